//! Words of many at once: choosing people, the draft, the page of a batch.

use rekey_domain::batch::{BatchKind, LineOutcome};

use crate::texts::totals;
use crate::wire::batches::Totals;

/// The way there from the list of people.
pub const RESET_SEVERAL: &str = "Reset several";
/// The way to choose people by their addresses.
pub const PASTE: &str = "Paste addresses";
/// Field.
pub const EMAILS: &str = "Email addresses, one a line";
/// Hint there.
pub const EMAILS_HINT: &str = "Or as a mail program has them: User, Uma <uma@example.com>; Rob <rob@example.com>";
/// Button.
pub const CHECK: &str = "Check addresses";
/// Button below the list of people.
pub const SEND_TO_SELECTED: &str = "Send reset links to selected";
/// Checkbox.
pub const SELECT_PAGE: &str = "Select all on this page";
/// Column.
pub const SELECT: &str = "Select";
/// Field.
pub const REASON: &str = "Reason, kept in Activity (optional)";
/// Under the tables.
pub const OLD_PASSWORDS: &str = "Old passwords work until each person sets a new one.";
/// Link.
pub const BACK_TO_LIST: &str = "Back to the list";
/// Nobody of those chosen gets one.
pub const NOBODY: &str = "Nobody of them gets a link now.";
/// The draft was pressed before.
pub const PRESSED_ALREADY: &str = "These links were sent already.";
/// Link.
pub const SEE_BATCH: &str = "See what became of them";
/// Progress.
pub const HANDED_OVER: &str = "Mails handed over";
/// Navigation.
pub const FILTERS: &str = "Show";
/// Filter.
pub const ALL: &str = "All";
/// Filter.
pub const REFUSED: &str = "Refused";
/// Filter.
pub const WAITING: &str = "Waiting";
/// Filter.
pub const NOT_USED: &str = "Not used";
/// Filter.
pub const USED: &str = "Used";
/// Link.
pub const REVOKE_ALL: &str = "Revoke all unused";
/// Link.
pub const DOWNLOAD: &str = "Download CSV";
/// An empty list.
pub const NO_MATCH: &str = "Nothing here is in that state.";
/// While it is carried out.
pub const WITHDRAWING: &str = "The unused links are being withdrawn.";
/// Column.
pub const NAME: &str = "Name";
/// Column.
pub const LINE: &str = "Line";
/// Column.
pub const WHY: &str = "Why not";
/// Link.
pub const KEEP: &str = "Keep links";
/// Where there is nothing to withdraw.
pub const NOTHING_TO_REVOKE: &str = "No link of these can be used any more.";
/// What happens.
pub const REVOKING_MEANS: &str =
    "They stop working at once. Whoever got one is told by mail. Passwords stay as they are.";

/// Checkbox of a row.
pub fn select(name: &str) -> String {
    format!("Select {name}")
}

/// Button: everybody whom the filters show.
pub fn select_everyone(people: u64) -> String {
    format!("Select all {people}")
}

/// Instead of that button, where the filters show more people than are counted.
pub fn too_many_to_select() -> String {
    format!(
        "To select everybody, narrow the list to {} people or fewer.",
        totals::most()
    )
}

/// How many are chosen, live.
pub fn selected(people: usize) -> String {
    match people {
        0 => "Nobody selected".to_owned(),
        1 => "1 person selected".to_owned(),
        n => format!("{n} people selected"),
    }
}

/// The heading of a draft.
pub fn send_to(people: u64) -> String {
    match people {
        1 => "Send a reset link to 1 person?".to_owned(),
        n => format!("Send reset links to {n} people?"),
    }
}

/// Table.
pub fn will_get(people: u64) -> String {
    format!("Will get a link ({people})")
}

/// Table.
pub fn will_not(people: u64) -> String {
    format!("Will not ({people})")
}

/// Button.
pub fn send(people: u64) -> String {
    match people {
        1 => "Send 1 link".to_owned(),
        n => format!("Send {n} links"),
    }
}

/// Where a table shows the first ones only.
pub fn first_of(shown: usize, total: u64) -> String {
    format!("The first {shown} of {total} are shown.")
}

/// The heading of a batch.
pub fn heading(kind: BatchKind, pressed: &str) -> String {
    match kind {
        BatchKind::Resets => format!("Reset links of {pressed}"),
        BatchKind::Import => format!("Import of {pressed}"),
    }
}

/// How far it has come.
pub fn progress(totals: Totals) -> String {
    let Totals {
        all,
        accepted,
        refused,
        waiting,
        dropped,
    } = totals;
    let mut said = format!("{accepted} of {all} accepted");
    for (count, words) in [(refused, "refused"), (dropped, "not sent"), (waiting, "waiting")] {
        if count > 0 {
            said.extend([", ", &count.to_string(), " ", words]);
        }
    }
    said.push('.');
    if waiting > 0 {
        said.push_str(" You can close this page.");
    }
    said
}

/// Filter.
pub fn left_out(people: u64) -> String {
    format!("No link ({people})")
}

/// Button.
pub fn again(people: u64) -> String {
    format!("Send again to refused ({people})")
}

/// Heading.
pub fn revoke_heading(links: u64) -> String {
    match links {
        1 => "Revoke 1 link?".to_owned(),
        n => format!("Revoke {n} links?"),
    }
}

/// Button.
pub fn revoke(links: u64) -> String {
    match links {
        1 => "Revoke 1 link".to_owned(),
        n => format!("Revoke {n} links"),
    }
}

/// The reason that a batch was given.
pub fn because(reason: &str) -> String {
    format!("Reason: {reason}")
}

/// How many people a batch reached, for the activity.
pub fn in_activity(people: u64, reason: Option<&str>) -> String {
    let count = match people {
        1 => "1 person".to_owned(),
        n => format!("{n} people"),
    };
    match reason {
        Some(reason) => format!("{count}: {reason}"),
        None => count,
    }
}

/// Why somebody gets no link. `detail`: when a limit lets one through, or the other line; `company`: its name.
pub fn why(outcome: LineOutcome, company: &str, detail: Option<&str>) -> String {
    let detail = detail.unwrap_or_default();
    match outcome {
        LineOutcome::Ready | LineOutcome::Done => String::new(),
        LineOutcome::Revoked => "withdrawn before it was sent".to_owned(),
        LineOutcome::NotAllowed => "whoever asked may no longer do so".to_owned(),
        LineOutcome::Deleted => "deleted".to_owned(),
        LineOutcome::AlreadyWaiting => "already waiting".to_owned(),
        LineOutcome::Limit => format!("limit, possible at {detail}"),
        LineOutcome::NotHere => format!("not in {company}"),
        LineOutcome::You => "you".to_owned(),
        LineOutcome::BadEmail => "not an email address".to_owned(),
        LineOutcome::Twice => format!("the same as line {detail}"),
        // Of imports, which have words of their own.
        LineOutcome::AlreadyHere
        | LineOutcome::Unusable
        | LineOutcome::BadName
        | LineOutcome::BadRole
        | LineOutcome::RoleNotAllowed
        | LineOutcome::Malformed => outcome.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_tells_what_there_is_and_nothing_else() {
        let totals = Totals {
            all: 10,
            accepted: 7,
            refused: 1,
            waiting: 2,
            dropped: 0,
        };
        assert_eq!(
            progress(totals),
            "7 of 10 accepted, 1 refused, 2 waiting. You can close this page."
        );
        let over = Totals {
            accepted: 10,
            refused: 0,
            waiting: 0,
            ..totals
        };
        assert_eq!(progress(over), "10 of 10 accepted.");
    }
}
