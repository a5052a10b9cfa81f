//! Words of the tab `Activity`: what every entry says, as a sentence, and the lists that are downloaded.

use std::borrow::Cow;

use rekey_domain::deed::{Deed, ManyPeople};
use rekey_domain::page_size::Total;
use rekey_domain::repeated::{List, PasswordRefusal};
use rekey_domain::reset::Kind;

use crate::texts::pages::role_in_sentence;
use crate::texts::totals;

/// The tab, its panel and its table.
pub const ACTIVITY: &str = "Activity";
/// Heading of the last five on the dashboard.
pub const NEWEST: &str = "Newest activity";
/// Link below them.
pub const ALL: &str = "All activity";
/// What it leads to, from `/settings`.
pub const ACTIVITY_LINE: &str = "Who did what in the company, and when.";
/// Field.
pub const SEARCH: &str = "Search activity";
/// Field.
pub const FROM: &str = "From";
/// Field.
pub const TO: &str = "To";
/// Column.
pub const WHEN: &str = "When";
/// Column.
pub const WHO: &str = "Who";
/// Column.
pub const WHAT: &str = "What";
/// Column.
pub const WHOM: &str = "Whom";
/// Link.
pub const DOWNLOAD_JSON_LINES: &str = "Download JSON Lines";
/// An empty list.
pub const NONE_YET: &str = "No activity yet.";
/// None is of these days.
pub const NO_MATCH: &str = "No activity matches.";
/// Where nobody is acted on.
pub const NOBODY: &str = "–";
/// The operator, as the actor.
pub const OPERATOR: &str = "The operator of this server";
/// Whoever it was, as the actor.
pub const SOMEBODY: &str = "Somebody who is not signed in";

/// How many match.
pub fn count(entries: Total) -> String {
    totals::counted(entries, "entry", "entries")
}

/// From where.
pub fn from_address(address: &str) -> String {
    format!("from {address}")
}

/// Who acted with a link or an address alone.
pub fn not_signed_in(name: &str) -> String {
    format!("{name}, not signed in,")
}

/// What a deed is called: where it was done, and where it was tried in vain; `@` is where the person stands who was acted on, `*` the
/// detail. Where both are one person, `@` and the word before it are left out.
fn phrases(deed: Deed, detail: Option<&str>) -> (&'static str, &'static str) {
    match deed {
        Deed::SignedIn => ("signed in", "sign in as @ (*)"),
        Deed::SignedOut => ("signed out", "sign out"),
        Deed::DeviceSignedOut => ("signed out on another device", "sign out on another device"),
        Deed::OtherDevicesSignedOut => ("signed out on all other devices", "sign out on all other devices"),
        Deed::CurrentPassword => ("entered the current password", "enter the current password (*)"),
        Deed::LimitReached => ("reached the limit on *", "go beyond the limit on *"),
        Deed::ListDownloaded => ("downloaded *", "download *"),
        Deed::MoreRefused => (
            "was refused more than is listed one by one",
            "do more than is listed one by one",
        ),
        Deed::ResetAsked => match detail.map(str::parse) {
            Some(Ok(Kind::Invitation)) => ("asked for an invitation for @", "ask for an invitation for @"),
            Some(Ok(Kind::Restore)) => (
                "asked for a link to the restored account of @",
                "ask for a link to the restored account of @",
            ),
            _ => ("asked for a reset link for @", "ask for a reset link for @"),
        },
        Deed::ManyResetsAsked => ("asked for reset links for *", "ask for many reset links at once"),
        Deed::ManyLinksRevoked => ("withdrew the unused links of *", "withdraw many links at once"),
        Deed::PeopleImported => ("imported *", "import people"),
        Deed::LinksRevoked => ("withdrew the links of @", "withdraw the links of @"),
        Deed::LinkShown => ("was shown a link for @", "be shown a link for @"),
        Deed::LinkWithdrawn => ("withdrew a link that was not needed", "withdraw a link"),
        Deed::SaidNotMe => ("said: this was not me", "say: this was not me"),
        Deed::PasswordSetByLink => ("set a new password with a link", "set a new password with a link"),
        Deed::PasswordChanged => ("changed their own password", "change their own password"),
        Deed::OwnDetailsChanged => ("changed their own details", "change their own details"),
        Deed::UserCreated => ("created the account of @ (*)", "create an account for @"),
        Deed::UserEdited => ("edited the details of @", "edit the details of @"),
        Deed::UserRenamed => ("renamed @ to *", "rename @"),
        Deed::UserDeleted => ("deleted the account of @", "delete the account of @"),
        Deed::UserRestored => ("restored the account of @", "restore the account of @"),
        Deed::UserSignedOut => ("signed @ out everywhere", "sign @ out everywhere"),
        Deed::RoleChanged => ("changed the role of @ (*)", "change the role of @"),
        Deed::EmailCorrected => ("corrected the email of @ (*)", "correct the email of @"),
        Deed::EmailEntered => ("entered a new email for @ (*)", "enter an email for @ (*)"),
        Deed::EmailCancelled => ("cancelled the new email of @ (*)", "cancel the new email of @"),
        Deed::EmailConfirmed => ("confirmed the new email of @ (*)", "confirm the new email of @"),
        Deed::EmailChanged => ("has the new email from now on (*)", "have the new email"),
        Deed::EmailNotFree => ("lost the new email, which somebody else uses (*)", "have the new email"),
        Deed::EmailStopped => ("stopped the new email of @ (*)", "stop the new email of @"),
        Deed::CompanyCreated => ("created the company", "create the company"),
        Deed::CompanyChanged => (
            "changed the details of the company",
            "change the details of the company",
        ),
        Deed::CompanyLinked => ("linked the company to its parent *", "link the company"),
        Deed::CompanyUnlinked => ("ended the link to the parent *", "end the link to the parent"),
        Deed::ChildLinked => ("linked the company * as a child", "link a company"),
        Deed::ChildUnlinked => ("ended the link to the child *", "end the link to a child"),
        Deed::AccessGiven => (
            "gave @ access to the linked company *",
            "give @ access to a linked company",
        ),
        Deed::AccessRemoved => (
            "removed the access of @ to the linked company *",
            "remove the access of @ to a linked company",
        ),
        Deed::CompanyEntered => ("switched to the linked company *", "switch to a linked company"),
    }
}

/// An entry, as far as its sentence needs it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Who acted, as it is to be read.
    pub who: &'a str,
    /// The stored word.
    pub action: &'a str,
    /// Whether it was done, or refused.
    pub granted: bool,
    /// On whom, if that was somebody else.
    pub whom: Option<&'a str>,
    /// What else belongs to it.
    pub detail: Option<&'a str>,
    /// How often.
    pub times: u32,
}

/// The whole sentence.
pub fn sentence(told: &Told<'_>) -> String {
    let Told {
        who, action, granted, ..
    } = *told;
    let once = match (action.parse(), granted) {
        (Ok(deed), true) => format!("{who} {}", filled(phrases(deed, told.detail).0, told)),
        (Ok(deed), false) => format!("{who} tried to {}: refused", filled(phrases(deed, told.detail).1, told)),
        // Of a newer program.
        (Err(_), true) => format!("{who}: {}", action.replace('_', " ")),
        (Err(_), false) => format!("{who}: {}, refused", action.replace('_', " ")),
    };
    match told.times {
        0 | 1 => once,
        n => format!("{once}, {}", times(n)),
    }
}

/// How often, where it was more than once.
pub fn times(times: u32) -> String {
    format!("{times} times")
}

/// What is kept as a word, or as two of which the second came in place of the first.
fn in_words<'a>(action: &str, detail: &'a str) -> Cow<'a, str> {
    match action.parse() {
        Ok(Deed::SignedIn | Deed::CurrentPassword) => match detail.parse() {
            Ok(why) => password_refused(why).into(),
            Err(_) => detail.into(),
        },
        Ok(Deed::ListDownloaded) => match detail.parse() {
            Ok(which) => list(which).into(),
            Err(_) => detail.into(),
        },
        Ok(Deed::LimitReached) => limit(detail).into(),
        Ok(Deed::ManyResetsAsked | Deed::ManyLinksRevoked | Deed::PeopleImported) => match ManyPeople::read(detail) {
            Some(many) => many_people(many).into(),
            None => detail.into(),
        },
        // Of those that were refused the number is kept, and no address of another company's (D2).
        Ok(Deed::EmailEntered) => match detail.parse() {
            Ok(emails) => used_elsewhere(emails),
            Err(_) => detail.into(),
        },
        Ok(
            Deed::RoleChanged
            | Deed::EmailCorrected
            | Deed::EmailChanged
            | Deed::EmailNotFree
            | Deed::EmailStopped
            | Deed::UserRestored,
        ) => match detail.split_once(' ') {
            Some((old, new)) => format!("{} → {}", role(old), role(new)).into(),
            None => role(detail).into(),
        },
        _ => detail.into(),
    }
}

fn role(word: &str) -> &str {
    match word.parse() {
        Ok(role) => role_in_sentence(role),
        Err(_) => word,
    }
}

fn many_people(many: ManyPeople<'_>) -> String {
    let people = totals::number_of(many.people, "person", "people");
    match many.reason {
        Some(reason) => format!("{people}: {reason}"),
        None => people,
    }
}

fn used_elsewhere(emails: u32) -> Cow<'static, str> {
    match emails {
        1 => "used elsewhere".into(),
        n => format!("{n} used elsewhere").into(),
    }
}

fn list(list: List) -> &'static str {
    match list {
        List::Users => "the list of people",
        List::Activity => "the activity",
        List::Batch => "the results of a batch",
    }
}

fn limit(word: &str) -> &str {
    match word {
        "asks-for-address" => "links asked for one email",
        "asks-from-network" => "links asked for from one network",
        "resets-of-person" => "resets for one person",
        "resets-by-manager" => "resets by one person",
        "taken-emails" => "emails that cannot be used",
        "new-emails" => "new emails",
        "invitations" => "invitations a day",
        "open-batches" => "batches at a time",
        word => word,
    }
}

/// Why a password was refused.
pub fn password_refused(why: PasswordRefusal) -> &'static str {
    match why {
        PasswordRefusal::Wrong => "wrong password",
        PasswordRefusal::TooMany => "too many tries",
    }
}

fn filled(pattern: &str, told: &Told<'_>) -> String {
    let mut words = pattern.to_owned();
    if told.whom.is_none() {
        for left_out in [" for @", " of @", " from @", " as @", " @"] {
            words = words.replace(left_out, "");
        }
    }
    if told.detail.is_none() {
        for left_out in [" (*)", " to *", " *"] {
            words = words.replace(left_out, "");
        }
    }
    // What people typed is filled in last, and only once.
    let mut sentence = String::with_capacity(words.len() + 64);
    for sign in words.chars() {
        match sign {
            '@' => sentence.push_str(told.whom.unwrap_or_default()),
            '*' => sentence.push_str(
                &told
                    .detail
                    .map_or(Cow::default(), |detail| in_words(told.action, detail)),
            ),
            sign => sentence.push(sign),
        }
    }
    sentence
}

/// The deeds whose sentences have this text in them, for searching. `text` is folded: the sentences have no capitals and no accents.
pub fn deeds_saying(text: &str) -> Vec<Deed> {
    let says = |deed: &Deed| {
        let (done, tried) = phrases(*deed, None);
        done.contains(text) || tried.contains(text)
    };
    Deed::ALL.iter().copied().filter(says).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(action: &'a str, granted: bool, whom: Option<&'a str>, detail: Option<&'a str>) -> String {
        sentence(&Told {
            who: "Bo Chen",
            action,
            granted,
            whom,
            detail,
            times: 1,
        })
    }

    #[test]
    fn an_entry_is_a_sentence() {
        let ana = Some("Ana Lima");
        for (expected, said) in [
            (
                "Bo Chen asked for a reset link for Ana Lima",
                told("reset_asked", true, ana, Some("manager")),
            ),
            (
                "Bo Chen asked for an invitation for Ana Lima",
                told("reset_asked", true, ana, Some("invitation")),
            ),
            (
                "Bo Chen asked for a link to the restored account of Ana Lima",
                told("reset_asked", true, ana, Some("restore")),
            ),
            (
                "Bo Chen asked for a reset link",
                told("reset_asked", true, None, Some("oneself")),
            ),
            (
                "Bo Chen tried to delete the account of Ana Lima: refused",
                told("user_deleted", false, ana, None),
            ),
            (
                "Bo Chen tried to sign out everywhere: refused",
                told("user_signed_out", false, None, None),
            ),
            (
                "Bo Chen changed the role of Ana Lima (user → manager)",
                told("role_changed", true, ana, Some("user manager")),
            ),
            (
                "Bo Chen renamed Ana Lima to @ * Lima",
                told("user_renamed", true, ana, Some("@ * Lima")),
            ),
            ("Bo Chen: moon painted, refused", told("moon_painted", false, ana, None)),
            (
                "Bo Chen tried to sign in as Ana Lima (wrong password): refused",
                told("signed_in", false, ana, Some("wrong")),
            ),
            (
                "Bo Chen tried to sign in (too many tries): refused",
                told("signed_in", false, None, Some("too-many")),
            ),
            (
                "Bo Chen downloaded the list of people",
                told("list_downloaded", true, None, Some("users")),
            ),
            (
                "Bo Chen tried to go beyond the limit on invitations a day: refused",
                told("limit_reached", false, None, Some("invitations")),
            ),
        ] {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_number_that_an_entry_keeps_becomes_words_and_a_sentence_of_old_stays_one() {
        for (action, granted, detail, expected) in [
            (
                "many_resets_asked",
                true,
                "7: the office moves",
                "Bo Chen asked for reset links for 7 people: the office moves",
            ),
            (
                "many_resets_asked",
                true,
                "7 people: the office moves",
                "Bo Chen asked for reset links for 7 people: the office moves",
            ),
            (
                "many_links_revoked",
                true,
                "1",
                "Bo Chen withdrew the unused links of 1 person",
            ),
            ("people_imported", true, "12", "Bo Chen imported 12 people"),
            (
                "email_entered",
                false,
                "1",
                "Bo Chen tried to enter an email (used elsewhere): refused",
            ),
            (
                "email_entered",
                false,
                "3",
                "Bo Chen tried to enter an email (3 used elsewhere): refused",
            ),
            (
                "email_entered",
                false,
                "used elsewhere: 3",
                "Bo Chen tried to enter an email (used elsewhere: 3): refused",
            ),
        ] {
            let told = Told {
                who: "Bo Chen",
                action,
                granted,
                whom: None,
                detail: Some(detail),
                times: 1,
            };
            assert_eq!(sentence(&told), expected);
        }
    }

    #[test]
    fn f14_what_happened_more_than_once_says_how_often() {
        let told = Told {
            who: SOMEBODY,
            action: "signed_in",
            granted: false,
            whom: Some("Ana Lima"),
            detail: Some("wrong"),
            times: 10,
        };
        let expected = "Somebody who is not signed in tried to sign in as Ana Lima (wrong password): refused, 10 times";
        assert_eq!(sentence(&told), expected);
    }

    #[test]
    fn no_sentence_has_capitals_and_all_are_found_by_what_they_say() {
        for deed in Deed::ALL {
            let (done, tried) = phrases(*deed, None);
            let has_capital = |words: &str| words.contains(char::is_uppercase);
            assert!(!has_capital(done) && !has_capital(tried), "{deed}");
        }
        assert_eq!(deeds_saying("withdrew the links"), [Deed::LinksRevoked]);
        assert!(deeds_saying("bo chen").is_empty());
    }
}
