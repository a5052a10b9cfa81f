//! Words of `/company/edit` and `/company/notice`.

use rekey_domain::company_details::Accent;

/// Heading, and the link that leads here.
pub const TITLE: &str = "Edit company details";
/// Field.
pub const NAME: &str = "Company name";
/// Field.
pub const WEBSITE: &str = "Website";
/// Field.
pub const PHONE: &str = "Phone";
/// Field.
pub const CONTACT_EMAIL: &str = "Contact email";
/// Field.
pub const BANNER: &str = "Banner";
/// Its hint.
pub const BANNER_HINT: &str = "Shown at the top of every page to all your people. Leave it empty to show nothing.";
/// Field.
pub const TIME_ZONE: &str = "Time zone";
/// The choice of none.
pub const UTC: &str = "UTC";
/// Group of choices.
pub const ACCENT: &str = "Accent colour";
/// Field.
pub const SENDER_NAME: &str = "Sender name of mails";
/// Its hint.
pub const SENDER_NAME_HINT: &str = "Empty: the company's name, via Rekey.";
/// Choice.
pub const ONLY_MANAGERS: &str = "Only managers may start resets";
/// Its hint.
pub const ONLY_MANAGERS_HINT: &str = "Managers and administrators. Whoever else asks for a link is told whom to ask. Administrators may still help themselves.";
/// Button.
pub const SAVE: &str = "Save company details";
/// Link.
pub const BACK: &str = "Back to the company";
/// Result.
pub const SAVED: &str = "The company's details are saved.";

/// Heading of the page of the notice, and the link that leads there.
pub const NOTICE_TITLE: &str = "Post a notice";
/// Field.
pub const NOTICE: &str = "Notice";
/// Button.
pub const POST_NOTICE: &str = "Save notice";

/// The name of a colour.
pub const fn accent(accent: Accent) -> &'static str {
    match accent {
        Accent::Blue => "Blue",
        Accent::Teal => "Teal",
        Accent::Green => "Green",
        Accent::Purple => "Purple",
        Accent::Pink => "Pink",
        Accent::Red => "Red",
        Accent::Brown => "Brown",
        Accent::Slate => "Slate",
    }
}
