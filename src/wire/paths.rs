//! The addresses of the server, each once: the router, the pages' links and forms, the redirects and the mails take them from
//! here, and `xtask/src/paths.rs` has a test that fails on one that is written anywhere else.
//!
//! An address with an id or a token in it is two items: its pattern, as the router reads it, and the function that fills it in.
//! The interfaces that others rely on (`/reset-password`, `/auth/verify`, `/health/ready`) are among them: the HTTP tests
//! write all of them out, so that a change here is seen there.

use rekey_domain::id::{BatchId, CompanyId, SessionId, UserId};

use crate::wire::done::Done;

/// Leads to [`DASHBOARD`].
pub const ROOT: &str = "/";
/// The first page after sign-in.
pub const DASHBOARD: &str = "/dashboard";
/// The sign-in page.
pub const LOGIN: &str = "/login";
/// The page that asks whether to sign out, and what its button posts to.
pub const LOGOUT: &str = "/logout";
/// The page of links to all settings.
pub const SETTINGS: &str = "/settings";

/// The page on which somebody asks for a link alone.
pub const ASK: &str = "/reset-password";
/// The same, at the field for another email address.
pub const ASK_EMAIL: &str = "/reset-password#email";
/// The same, after it was asked for.
pub const ASK_SENT: &str = "/reset-password?sent=1";
/// What the address bar shows instead of a reset's token while its page lives.
pub const LINK_OPEN: &str = "/reset-password/open";
/// What the address bar shows instead of the token of [`NOT_ME`].
pub const NOT_ME_OPEN: &str = "/not-me/open";
/// What the address bar shows instead of the token of [`CONFIRM_EMAIL`].
pub const CONFIRM_EMAIL_OPEN: &str = "/confirm-email/open";
/// What the address bar shows instead of the token of [`STOP_EMAIL`].
pub const STOP_EMAIL_OPEN: &str = "/stop-email/open";
/// Tells what became of a "This was not me".
pub const NOT_ME_DONE: &str = "/not-me/done";
/// Tells what became of a confirmed address.
pub const CONFIRM_EMAIL_DONE: &str = "/confirm-email/done";
/// Tells what became of a stopped change of address.
pub const STOP_EMAIL_DONE: &str = "/stop-email/done";
/// What stands behind a reset's token where its recipient says that it was not they.
pub const NOT_ME_SUFFIX: &str = "/not-me";

/// One's own account.
pub const ACCOUNT: &str = "/account";
/// The page to change one's own password.
pub const ACCOUNT_PASSWORD: &str = "/account/password";
/// Asks for a link to one's own mailbox.
pub const ACCOUNT_RESET: &str = "/account/reset";
/// Cancels the pending change of one's own email.
pub const ACCOUNT_CANCEL_EMAIL: &str = "/account/cancel-email";
/// Ends all of one's own sessions but this one.
pub const END_OTHER_SESSIONS: &str = "/account/sessions/end-others";

/// The linked companies that somebody may switch to.
pub const COMPANIES: &str = "/companies";
/// Leads back from a linked company.
pub const COMPANIES_BACK: &str = "/companies/back";
/// The company profile, at its first tab.
pub const COMPANY: &str = "/company";
/// The tab of the company's users.
pub const USERS_TAB: &str = "/company?tab=users";
/// The tab of the company's resets.
pub const RESETS_TAB: &str = "/company?tab=resets";
/// The tab of the company's activity.
pub const ACTIVITY_TAB: &str = "/company?tab=activity";
/// The form for what the company is called and how it works.
pub const COMPANY_EDIT: &str = "/company/edit";
/// The form for the notice on top of every page.
pub const COMPANY_NOTICE: &str = "/company/notice";
/// The activity as CSV.
pub const ACTIVITY_CSV: &str = "/company/activity.csv";
/// The activity as a JSON object a line.
pub const ACTIVITY_JSON_LINES: &str = "/company/activity.jsonl";
/// The users as CSV.
pub const USERS_CSV: &str = "/company/users.csv";
/// The form for one new user.
pub const NEW_USER: &str = "/company/users/new";
/// The form for many new users.
pub const IMPORT: &str = "/company/users/import";
/// The same, open at the field for pasted lines.
pub const IMPORT_LINES: &str = "/company/users/import?from=lines";
/// The same, open at the field for a file.
pub const IMPORT_FILE: &str = "/company/users/import?from=file";
/// Invites those whose lines were checked.
pub const IMPORT_INVITE: &str = "/company/users/import/invite";
/// A file that shows how a list of users looks.
pub const IMPORT_SAMPLE: &str = "/company/users/sample.csv";
/// The form for resets of several people.
pub const NEW_BATCH: &str = "/company/resets/new";

/// What a proxy asks whether a request is signed in.
pub const AUTH_VERIFY: &str = "/auth/verify";
/// Answers while the process runs.
pub const HEALTH_LIVE: &str = "/health/live";
/// Answers whether requests can be served.
pub const HEALTH_READY: &str = "/health/ready";
/// Server functions live below it.
pub const API: &str = "/api/";
/// The browser's half, in the build that a page was rendered with.
pub const PKG: &str = "/pkg/{build}/{*file}";
/// The mark in a browser's tab.
pub const FAVICON: &str = "/favicon.svg";

/// The demo's mailbox.
pub const DEV_MAIL: &str = "/dev/mail";
/// The demo's mailbox as JSON.
pub const DEV_MAIL_JSON: &str = "/dev/mail.json";
/// One of its mails.
pub const DEV_MAIL_ONE: &str = "/dev/mail/{id}";
/// The HTML part of one of its mails.
pub const DEV_MAIL_HTML: &str = "/dev/mail/{id}/html";
/// Empties the demo's mailbox.
pub const DEV_MAIL_CLEAR: &str = "/dev/mail/clear";
/// What the demo's mail server answers.
pub const DEV_MAIL_SERVER: &str = "/dev/mail/server";
/// Moves the demo's clock.
pub const DEV_CLOCK: &str = "/dev/clock";
/// Every part of the look, in every state.
pub const DEV_STYLE: &str = "/dev/style";

/// Pairs of a pattern and the function that fills it in.
macro_rules! filled_in {
    ($($(#[$doc:meta])* $pattern:ident, $fill:ident($of:ty) = $before:literal $variable:literal $after:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $pattern: &str = concat!($before, $variable, $after);

            #[doc = concat!("The address of one [`", stringify!($pattern), "`].")]
            pub fn $fill(of: $of) -> String {
                format!(concat!($before, "{}", $after), of)
            }
        )*
    };
}

filled_in! {
    /// The page behind a reset's link.
    LINK, link(&str) = "/reset-password/" "{*token}" "";
    /// The page behind "This was not me" in a notice.
    NOT_ME, not_me(&str) = "/not-me/" "{*token}" "";
    /// The page that confirms a new email.
    CONFIRM_EMAIL, confirm_email(&str) = "/confirm-email/" "{*token}" "";
    /// The page that stops a change of email.
    STOP_EMAIL, stop_email(&str) = "/stop-email/" "{*token}" "";
    /// Ends one of one's own sessions.
    END_SESSION, end_session(SessionId) = "/account/sessions/" "{id}" "/end";
    /// Switches to a linked company.
    SWITCH_COMPANY, switch_company(CompanyId) = "/companies/" "{id}" "/switch";
    /// A person's page.
    PERSON, person(UserId) = "/company/users/" "{id}" "";
    /// **Reset password**, **Send again** and **Resend invitation**.
    PERSON_RESET, person_reset(UserId) = "/company/users/" "{id}" "/reset";
    /// **Revoke**.
    PERSON_REVOKE, person_revoke(UserId) = "/company/users/" "{id}" "/revoke";
    /// Ends all sessions of a person.
    PERSON_SIGN_OUT, person_sign_out(UserId) = "/company/users/" "{id}" "/sign-out";
    /// Cancels the pending change of a person's email.
    PERSON_CANCEL_EMAIL, person_cancel_email(UserId) = "/company/users/" "{id}" "/cancel-email";
    /// The page with the button that deletes a person.
    PERSON_DELETE, person_delete(UserId) = "/company/users/" "{id}" "/delete";
    /// The page with the button that brings a deleted person back.
    PERSON_RESTORE, person_restore(UserId) = "/company/users/" "{id}" "/restore";
    /// Gives an administrator access to a linked company.
    GIVE_ACCESS, give_access(UserId) = "/company/users/" "{id}" "/give-access";
    /// Takes such an access away.
    REMOVE_ACCESS, remove_access(UserId) = "/company/users/" "{id}" "/remove-access";
    /// The page of many resets at once, and of an import.
    BATCH, batch(BatchId) = "/company/resets/batches/" "{id}" "";
    /// Sends again to those whose mail was refused.
    BATCH_AGAIN, batch_again(BatchId) = "/company/resets/batches/" "{id}" "/again";
    /// The page with the button that revokes all links of a batch.
    BATCH_REVOKE, batch_revoke(BatchId) = "/company/resets/batches/" "{id}" "/revoke";
    /// A batch as CSV.
    BATCH_CSV, batch_csv(BatchId) = "/company/resets/batches/" "{id}" "/csv";
}

/// The page behind a reset's link on which its recipient says that it was not they.
pub fn link_not_me(token: &str) -> String {
    link(token) + NOT_ME_SUFFIX
}

/// The form for resets of several people, with the addresses that were checked.
pub fn batch_draft(draft: BatchId) -> String {
    format!("{NEW_BATCH}?draft={draft}")
}

/// The form for many new users, with the lines that were checked.
pub fn import_draft(draft: BatchId) -> String {
    format!("{IMPORT}?draft={draft}")
}

/// A page, which tells on top what was done.
pub fn with_done(page: &str, done: Done) -> String {
    format!("{page}?done={}", done.word())
}

/// A file of the browser's half.
pub fn pkg(build: &str, file: &str) -> String {
    PKG.replace("{build}", build).replace("{*file}", file)
}

/// Whether a path has the token of a mailed link in it, or a word in its place.
pub fn is_mailed_link(path: &str) -> bool {
    let links = [LINK, NOT_ME, CONFIRM_EMAIL, STOP_EMAIL].map(|pattern| pattern.trim_end_matches("{*token}"));
    links.into_iter().any(|link| path.starts_with(link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_its_pattern_filled_in() {
        let user = UserId::mint(rekey_domain::time::Timestamp::from_millis(0), [7; 10]);
        assert_eq!(person_delete(user), PERSON_DELETE.replace("{id}", &user.to_string()));
        assert_eq!(link_not_me("abc"), "/reset-password/abc/not-me");
        assert_eq!(pkg("b", "rekey.js"), "/pkg/b/rekey.js");
        assert!(is_mailed_link("/stop-email/abc") && !is_mailed_link(ASK) && !is_mailed_link(PERSON));
        assert_eq!(with_done(LOGIN, Done::SignedOut), "/login?done=signed-out");
    }
}
