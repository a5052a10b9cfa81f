//! Words of the pages: headings, labels, buttons, results.

use rekey_domain::account::Status;
use rekey_domain::role::Role;

/// The program's name, at the end of every title.
pub const PRODUCT: &str = "Rekey";
/// First link of every page.
pub const SKIP: &str = "Skip to main content";
/// Name of the navigation.
pub const MAIN_NAV: &str = "Main";
/// Name of the way back to where a page belongs.
pub const TRAIL: &str = "Breadcrumb";
/// Navigation.
pub const DASHBOARD: &str = "Dashboard";
/// Navigation.
pub const COMPANY: &str = "Company";
/// Button in the frame and on `/logout`.
pub const SIGN_OUT: &str = "Sign out";
/// Footer.
pub const HELP: &str = "Help";
/// Footer, where the operator named no contact.
pub const HELP_NOBODY: &str = "Ask the administrators of your company.";
/// Prefix of a title while a form shows reasons.
pub const ERROR_PREFIX: &str = "Error: ";

/// The label of every address field.
pub const EMAIL: &str = "Email";
/// Button in a secret's field; what it shows is added for screen readers.
pub const SHOW: &str = "Show";
/// The same button while the secret is shown.
pub const HIDE: &str = "Hide";
/// What the button shows.
pub const A_PASSWORD: &str = "password";

/// Heading of a company's banner.
pub fn notice_from(company: &str) -> String {
    format!("Notice from {company}")
}

/// Texts of `/login`.
pub mod login {
    /// Heading and button.
    pub const TITLE: &str = "Sign in";
    /// Field.
    pub const PASSWORD: &str = "Password";
    /// Checkbox.
    pub const KEEP: &str = "Keep me signed in on this device";
    /// Link.
    pub const FORGOT: &str = "Forgot password?";
}

/// Texts of `/logout`.
pub mod logout {
    /// Heading.
    pub const TITLE: &str = "Sign out?";
}

/// Texts of `/reset-password`.
pub mod ask {
    /// Heading.
    pub const TITLE: &str = "Forgot your password?";
    /// Button.
    pub const SEND: &str = "Send link";
    /// Link.
    pub const BACK: &str = "Back to sign in";
    /// Heading after sending.
    pub const SENT_TITLE: &str = "Check your email";
    /// Second heading after sending.
    pub const NOTHING: &str = "Nothing after 10 minutes?";
    /// Hints after sending.
    pub const HINTS: [&str; 3] = [
        "Look in your spam folder.",
        "Check the spelling of the address.",
        "Ask an administrator or manager of your company.",
    ];
    /// Button after sending.
    pub const AGAIN: &str = "Send again";
    /// Link after sending.
    pub const OTHER: &str = "Use another email";

    /// Under the heading. `hours` is the life of a link.
    pub fn intro(hours: u32) -> String {
        format!(
            "Enter your email. We will send a link that works for {}.",
            super::hours(hours)
        )
    }

    /// The same for every address (B1).
    pub fn sent(address: Option<&str>, hours: u32) -> String {
        let hours = super::hours(hours);
        match address {
            Some(address) => format!("If an account uses {address}, a link is on its way. It works once, for {hours}."),
            None => format!("If an account uses this address, a link is on its way. It works once, for {hours}."),
        }
    }
}

/// Texts of a link's page.
pub mod link {
    /// Heading of a living link.
    pub const TITLE: &str = "Set a new password";
    /// Field.
    pub const NEW_PASSWORD: &str = "New password";
    /// Button.
    pub const SET: &str = "Set new password";
    /// Heading of `/reset-password/open`.
    pub const OPEN_TITLE: &str = "Open the link again";
    /// Under it.
    pub const OPEN_INTRO: &str = "Press the button in the mail once more, or paste the link.";
    /// Field there.
    pub const OPEN_FIELD: &str = "Link from the mail";
    /// Button there.
    pub const OPEN: &str = "Open link";
    /// Heading for expired, unknown and garbled links alike.
    pub const DEAD_TITLE: &str = "This link does not work";
    /// Under it.
    pub const DEAD: &str = "It is too old, or not whole. Ask for a new one.";
    /// Heading of a used link.
    pub const USED_TITLE: &str = "This link was used";
    /// Heading of a replaced link.
    pub const REPLACED_TITLE: &str = "A newer link was sent";
    /// Heading of a revoked or cancelled link.
    pub const WITHDRAWN_TITLE: &str = "This link was withdrawn";

    /// Button, where somebody else is signed in.
    pub const SIGN_OUT_AND_CONTINUE: &str = "Sign out and continue";

    /// Heading, where somebody else is signed in.
    pub fn is_for(email: &str) -> String {
        format!("This link is for {email}")
    }

    /// Link, where somebody else is signed in.
    pub fn stay_as(name: &str) -> String {
        format!("Stay signed in as {name}")
    }

    /// The field's hint.
    pub fn hint(min: usize) -> String {
        format!("At least {min} characters. Spaces and symbols are fine. Four unrelated words work well.")
    }

    /// Shown one second after typing stops.
    pub fn missing(characters: usize) -> String {
        match characters {
            1 => "1 more character".to_owned(),
            n => format!("{n} more characters"),
        }
    }

    /// Under the heading of a used link.
    pub fn used(when: &str) -> String {
        format!("The password was changed on {when}. Not you? Ask for a new link at once.")
    }

    /// Under the heading of a replaced link.
    pub fn replaced(when: &str) -> String {
        format!("Sent on {when}. Open the newest mail.")
    }

    /// Under the heading of a withdrawn link.
    pub fn withdrawn(company: &str, contact: Option<&str>) -> String {
        match contact {
            Some(contact) => format!("Your password is unchanged. Questions: {company}, {contact}."),
            None => format!("Your password is unchanged. Questions: ask an administrator of {company}."),
        }
    }

    /// The reference line.
    pub fn reference(reference: &str) -> String {
        format!("Reference {reference}")
    }

    /// Who the link is for and who asked. `asker` is a name with its role.
    pub fn about(name: &str, company: &str, asker: Option<(&str, &str)>, day: &str) -> String {
        match asker {
            Some((asker, role)) => format!("For {name} at {company}. Asked for by {asker}, {role}, on {day}."),
            None => format!("For {name} at {company}. Asked for on {day}."),
        }
    }
}

/// Texts of the dashboard.
pub mod dashboard {
    /// Field.
    pub const FIND: &str = "Find a person";
    /// Button.
    pub const SEARCH: &str = "Search";
    /// Heading of one's own details.
    pub const YOU: &str = "You";
    /// Heading of the list of colleagues.
    pub const WHO_HELPS: &str = "Who can help";
}

/// Texts of the company's profile.
pub mod company {
    use rekey_domain::page_size::Total;

    use crate::texts::totals;

    /// Heading.
    pub const GENERAL: &str = "General";
    /// Heading, and name of the tab list.
    pub const EXTRA: &str = "Extra";
    /// Title of the first tab.
    pub const USERS: &str = "Users";
    /// Label of a detail.
    pub const NAME: &str = "Name";
    /// Label of a detail.
    pub const WEBSITE: &str = "Website";
    /// Label of a detail.
    pub const PHONE: &str = "Phone";
    /// Field of the list.
    pub const SEARCH: &str = "Search people";
    /// Field of the list.
    pub const ROWS: &str = "Rows a page";
    /// Button of the list.
    pub const APPLY: &str = "Apply filters";
    /// Link of the list.
    pub const CLEAR: &str = "Clear filters";
    /// Link of the list.
    pub const DOWNLOAD_CSV: &str = "Download CSV";
    /// Name of the paging.
    pub const PAGES: &str = "Pages";
    /// Link of the paging.
    pub const PREVIOUS: &str = "Previous page";
    /// Link of the paging.
    pub const NEXT: &str = "Next page";
    /// Column.
    pub const ROLE: &str = "Role";
    /// Column.
    pub const STATUS: &str = "Status";
    /// Column.
    pub const LAST_SIGN_IN: &str = "Last sign-in";
    /// Column.
    pub const LAST_RESET: &str = "Last reset";
    /// A cell without a value.
    pub const NEVER: &str = "Never";
    /// An empty list.
    pub const NOBODY: &str = "No users yet.";
    /// Nobody of this role and status.
    pub const NOBODY_LIKE_THAT: &str = "Nobody matches these filters.";
    /// Before the columns, where they stand in one line.
    pub const SORT_BY: &str = "Sort by";
    /// Link, where nobody who has an account is found.
    pub const AMONG_DELETED: &str = "Look among deleted users";
    /// What opens the filters, where they are folded.
    pub const FILTERS: &str = "Filters";
    /// Choice of a filter.
    pub const ANY_ROLE: &str = "Any role";
    /// Choice of a filter.
    pub const EVERYONE: &str = "Everyone";

    /// The tab, its panel and its table.
    pub fn users_of(company: &str) -> String {
        format!("{company} users")
    }

    /// How many match.
    pub fn count(people: Total) -> String {
        totals::counted(people, "person", "people")
    }

    /// Nobody matches.
    pub fn no_match(search: &str) -> String {
        format!("Nobody matches \"{search}\".")
    }
}

/// Texts of a person's page.
pub mod user {
    /// The button.
    pub const RESET: &str = "Reset password";
    /// The button for somebody who has no password yet.
    pub const INVITE: &str = "Resend invitation";
    /// Either button while it runs.
    pub const SENDING: &str = "Sending…";
    /// Instead of the button on one's own page.
    pub const YOURSELF: &str = "This is you.";
    /// Instead of the button on a deleted person's page.
    pub const DELETED: &str = "Deleted people get no links. Restore the account first.";
    /// Heading.
    pub const RESETS: &str = "Password resets";
    /// Heading.
    pub const LATEST: &str = "Latest";
    /// An empty list.
    pub const NO_RESETS: &str = "No resets yet.";
    /// Label of a detail.
    pub const ASKED: &str = "Asked";
    /// Label of a detail.
    pub const VALID_UNTIL: &str = "Valid until";
    /// Label of a detail.
    pub const REFERENCE: &str = "Reference";
    /// Label of the mail server's own words.
    pub const SERVER_REPLY: &str = "Server reply";
    /// Button on the newest reset: a new link for the same person.
    pub const SEND_AGAIN: &str = "Send again";
    /// Button on the newest reset: its links stop working.
    pub const REVOKE: &str = "Revoke";
    /// The same while it runs.
    pub const REVOKING: &str = "Revoking…";
    /// Link that loads the page anew.
    pub const REFRESH: &str = "Refresh";

    /// Instead of the button for readers without the right.
    pub fn not_allowed(company: &str) -> String {
        format!("Administrators and managers of {company} can reset this password.")
    }

    /// Beside the button while a link lives.
    pub fn still_works(asked: &str) -> String {
        format!("A link from {asked} still works, until a new mail is accepted.")
    }

    /// After the press.
    pub fn reset_on_its_way(name: &str) -> String {
        format!("Reset link for {name} is on its way.")
    }

    /// After `Revoke`.
    pub fn revoked(name: &str) -> String {
        format!("No link for {name} works any more.")
    }

    /// After the press, for somebody who has no password yet.
    pub fn invitation_on_its_way(name: &str) -> String {
        format!("The invitation for {name} is on its way.")
    }
}

/// Name of a result box that tells of a success.
pub const DONE: &str = "Done";
/// Name of a box that tells of something to know.
pub const NOTE: &str = "Note";
/// Name of a result box that tells of a trouble.
pub const PROBLEM: &str = "Problem";

/// The zone that a table's times are in.
pub fn times_are_in(zone: &str) -> String {
    format!("Times are in {zone}")
}

/// A role, as a word of its own.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Administrator => "Administrator",
        Role::Manager => "Manager",
        Role::User => "User",
        Role::ReadOnly => "Read-only",
    }
}

/// A role inside a sentence.
pub fn role_in_sentence(role: Role) -> &'static str {
    match role {
        Role::Administrator => "administrator",
        Role::Manager => "manager",
        Role::User => "user",
        Role::ReadOnly => "read-only",
    }
}

/// A status.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Invited => "Invited",
        Status::Active => "Active",
        Status::Deleted => "Deleted",
    }
}

/// A number of hours in words.
pub fn hours(hours: u32) -> String {
    match hours {
        1 => "1 hour".to_owned(),
        n => format!("{n} hours"),
    }
}

/// The result box on `/login` after signing out.
pub const SIGNED_OUT: &str = "You are signed out.";

/// The problem box on `/login` after a right sign-in whose cookie did not come back.
pub const COOKIE_LOST: &str = "You signed in, but your browser did not keep the cookie that keeps you signed in. Allow \
                               cookies for this site, then sign in again. If they are allowed, tell whoever runs this site.";

/// The result box on `/login` after a new password.
pub fn password_changed(devices: Option<u64>) -> String {
    match devices {
        None | Some(0) => "Your password is changed. Sign in with the new one.".to_owned(),
        Some(1) => "Your password is changed. 1 device was signed out. Sign in with the new one.".to_owned(),
        Some(n) => format!("Your password is changed. {n} devices were signed out. Sign in with the new one."),
    }
}
