//! The two letters about a new address: to the new one, which confirms itself, and to the old one, which can stop it.

use std::time::Duration;

use rekey_domain::time::Timestamp;

use super::parts::{Aside, Fact, Letter, Link, fact};
use super::{Asker, Composed, Parties, one_line};
use crate::server::times::{deadline_sentence, short_day_and_time};
use crate::texts::mails;

/// What both say.
pub struct EmailChangeLetter {
    /// The two ends of the mail.
    pub parties: Parties,
    /// The address before.
    pub old: String,
    /// The address to be.
    pub new: String,
    /// Who entered it, where it was not the person.
    pub by: Option<Asker>,
    /// Whether the account is deleted, and comes back by it.
    pub restores: bool,
    /// When it was entered.
    pub entered_at: Timestamp,
    /// Before this it does not count; none where it does as soon as it is confirmed.
    pub counts_from: Option<Timestamp>,
    /// How long the link works.
    pub lifetime: Duration,
    /// After this the link does not work.
    pub expires_at: Timestamp,
    /// The whole address with the secret.
    pub link: String,
}

impl EmailChangeLetter {
    fn entered(&self) -> String {
        let company = self.parties.company();
        let by = self.by.as_ref().map(Asker::name_and_role);
        let by = by.as_ref().map(|(name, role)| (name.as_str(), *role));
        match by {
            Some(by) if self.restores => mails::email_restores(by, &company),
            by => mails::email_entered(by, &company),
        }
    }

    fn facts(&self) -> impl Iterator<Item = Fact> {
        let by = self.by.as_ref().map(|by| fact(mails::LABEL_ENTERED_BY, by.in_table()));
        [
            Some(fact(mails::LABEL_OLD_EMAIL, one_line(&self.old))),
            Some(fact(mails::LABEL_NEW_EMAIL, one_line(&self.new))),
            by,
            Some(fact(mails::LABEL_ENTERED, self.parties.in_zone(self.entered_at))),
        ]
        .into_iter()
        .flatten()
    }

    fn counts(&self) -> String {
        match self.counts_from {
            Some(from) => mails::email_counts_from(&self.parties.in_zone(from)),
            None => mails::EMAIL_COUNTS_WHEN_CONFIRMED.to_owned(),
        }
    }

    fn link(&self, label: &'static str) -> Link {
        Link {
            label,
            url: self.link.clone(),
        }
    }
}

/// To the new address.
pub fn compose_confirm_email(letter: &EmailChangeLetter) -> Composed {
    let parties = &letter.parties;
    let by = letter
        .by
        .as_ref()
        .map_or_else(|| one_line(&parties.name), |by| by.name_and_role().0);
    let deadline = parties.deadline(letter.lifetime, letter.expires_at);
    Letter {
        parties,
        headline: mails::HEADLINE_CONFIRM_EMAIL,
        fuller_subject: None,
        preheader: mails::preheader_confirm_email(&by),
        opening: vec![letter.entered()],
        button: Some(letter.link(mails::BUTTON_CONFIRM_EMAIL)),
        details: vec![letter.counts()],
        facts: letter.facts().chain([deadline]).collect(),
        aside: Some(Aside {
            question: mails::NOT_EXPECTED,
            answer: mails::IGNORE,
            link: None,
            after: None,
        }),
        closing: parties.closing(),
    }
    .render()
}

/// To the old address. The deadline is the one of its button and stands there: in the table it would seem to be the one of
/// the change.
pub fn compose_email_changing(letter: &EmailChangeLetter) -> Composed {
    let parties = &letter.parties;
    let from = short_day_and_time(letter.counts_from.unwrap_or(letter.entered_at), &parties.zone);
    Letter {
        parties,
        headline: mails::HEADLINE_EMAIL_CHANGING,
        fuller_subject: None,
        preheader: mails::preheader_email_changing(&one_line(&letter.new), &from),
        opening: vec![letter.entered()],
        button: None,
        details: vec![letter.counts()],
        facts: letter.facts().collect(),
        aside: Some(Aside {
            question: mails::NOT_WANTED,
            answer: if letter.restores {
                mails::STOPS_RESTORING_LATER_TOO
            } else {
                mails::STOPS_LATER_TOO
            },
            link: Some(letter.link(mails::BUTTON_STOP_EMAIL)),
            after: Some(deadline_sentence(letter.lifetime, letter.expires_at, &parties.zone)),
        }),
        closing: parties.closing(),
    }
    .render()
}

#[cfg(test)]
mod tests {
    use rekey_domain::role::Role;

    use super::super::tests::parties;
    use super::*;

    const ENTERED_AT: Timestamp = Timestamp::from_millis(1_795_527_128_000);

    fn letter(by: Option<&str>) -> EmailChangeLetter {
        let hours = Duration::from_hours;
        EmailChangeLetter {
            parties: parties(),
            old: "old@acme.example".to_owned(),
            new: "new@acme.example".to_owned(),
            by: by.map(|name| Asker {
                name: name.to_owned(),
                of: None,
                role: Role::Manager,
            }),
            restores: false,
            entered_at: ENTERED_AT,
            counts_from: by.map(|_| ENTERED_AT + hours(24)),
            lifetime: hours(24),
            expires_at: ENTERED_AT + hours(24),
            link: "https://rekey.example/confirm-email/abc".to_owned(),
        }
    }

    #[test]
    fn both_name_both_addresses_and_who_entered_it_when() {
        for compose in [compose_confirm_email, compose_email_changing] {
            let mail = compose(&letter(Some("Bo Chen")));
            let text = mail.text.replace('\n', " ");
            for words in [
                "Hello Ana Lima,",
                "Bo Chen, manager at Acme, entered a new email for your account.",
                "Entered by: Bo Chen, manager Entered: 24 Nov 2026",
                "24 Nov 2026, 14:32 (Europe/Berlin)",
                "25 Nov 2026, 14:32 (Europe/Berlin)",
                "old@acme.example",
                "new@acme.example",
                "Questions: Acme, it@acme.example.",
            ] {
                assert!(text.contains(words), "{words}: {text}");
            }
            assert!(
                mail.text.contains("\nhttps://rekey.example/confirm-email/abc\n"),
                "{}",
                mail.text
            );
            assert!(mail.html.contains("https://rekey.example/confirm-email/abc"));
            assert!(mail.subject.starts_with("Acme: ") && mail.subject.chars().count() <= 60);
        }
        let own = compose_email_changing(&letter(None)).text.replace('\n', " ");
        assert!(own.contains("as soon as it is confirmed"), "{own}");
    }

    #[test]
    fn f5_what_restores_an_account_says_so() {
        let mut restoring = letter(Some("Bo Chen"));
        restoring.restores = true;
        for compose in [compose_confirm_email, compose_email_changing] {
            let text = compose(&restoring).text.replace('\n', " ");
            let said = "Bo Chen, manager at Acme, wants to bring your deleted account back with a new email.";
            assert!(text.contains(said), "{text}");
            assert!(text.contains("Entered: 24 Nov 2026, 14:32 (Europe/Berlin)"), "{text}");
        }
        let to_old = compose_email_changing(&restoring).text.replace('\n', " ");
        assert!(to_old.contains("deletes the account again"), "{to_old}");
    }

    #[test]
    fn g3_g4_what_people_typed_is_one_line_of_text() {
        let mut evil = letter(Some("<img src=x>\r\nBcc: x@x.example"));
        evil.new = "<img src=x>\n@x.example".to_owned();
        for compose in [compose_confirm_email, compose_email_changing] {
            let mail = compose(&evil);
            assert!(!mail.html.contains("<img"), "{}", mail.html);
            assert!(!mail.subject.contains('\n') && !mail.preheader.contains('\n'));
        }
    }
}
