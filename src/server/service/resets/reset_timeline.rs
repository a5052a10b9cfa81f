//! The steps of a reset's life in words: what is stored, through `rekey_domain::timeline`, in the reader's zone.

use std::time::Duration;

use rekey_domain::mail_reply::{PlainReason, apart};
use rekey_domain::reset::{Kind, MailState};
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::{self, Facts, Try, TryEnd, What};
use sea_orm::ConnectionTrait;

use crate::server::device;
use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::Outcome;
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::links;
use crate::server::store::mail_tries::{self, MailTry};
use crate::server::store::mails::MailReply;
use crate::server::store::named_resets::NamedReset;
use crate::server::store::outages::{self, Outage};
use crate::server::times::{self, Zone};
use crate::texts::timeline as texts;
use crate::wire::resets::{ServerReply, Step};

use super::reset_view::{moment, of_outage};

/// So many outages of a reset's time are shown.
const MOST_OUTAGES: u64 = 20;

/// What is stored about one reset, besides the reset and its mail.
#[derive(Clone, Debug, Default)]
pub struct Story {
    tries: Vec<MailTry>,
    begun: Vec<(u32, Timestamp)>,
    outages: Vec<Outage>,
    signed_out: Option<u64>,
}

impl Story {
    /// What can still change of it: two statements.
    pub async fn begin(on: &impl ConnectionTrait, named: &NamedReset, now: Timestamp) -> Outcome<Self> {
        let until = timeline::waits_until(&facts(named, &[], &[], &[]), now);
        // An outage may have been noticed at this very moment.
        let until = until + Duration::from_millis(1);
        Ok(Self {
            tries: mail_tries::list_of(on, named.found.mail.id).await?,
            outages: outages::list_between(on, named.found.reset.asked_at, until, MOST_OUTAGES).await?,
            ..Self::default()
        })
    }

    /// And the rest: one statement where a try was interrupted or is under way. `change`: what is known of the password that
    /// was set with its link.
    pub async fn complete(
        mut self,
        on: &impl ConnectionTrait,
        named: &NamedReset,
        change: Option<&ChangeFacts>,
    ) -> Outcome<Self> {
        let (reset, mail) = (&named.found.reset, &named.found.mail);
        let story = &mut self;
        // Of a mail that was settled before tries were kept, its own row tells all that is shown.
        let is_from_before = story.tries.is_empty() && matches!(mail.state, MailState::Accepted | MailState::Refused);
        if story.tries.len() < mail.attempts as usize && !is_from_before {
            story.begun = links::list_minted(on, reset.id).await?;
        }
        let is_its = |id: &Option<String>| id.as_deref() == Some(reset.id.to_string().as_str());
        story.signed_out = change
            .filter(|change| is_its(&change.reset))
            .map(|change| change.signed_out);
        Ok(self)
    }

    /// How many of its tries have ended.
    pub fn ended_tries(&self) -> usize {
        self.tries.len()
    }

    /// The outage that is open, if one is.
    pub fn open_outage(&self) -> Option<&Outage> {
        self.outages.iter().find(|outage| outage.ended_at.is_none())
    }

    /// The steps of the reset as sentences, with the times in `zone`.
    pub fn steps(&self, named: &NamedReset, person: &str, zone: &Zone, now: Timestamp) -> Vec<Step> {
        let tries: Vec<_> = self
            .tries
            .iter()
            .map(|ended| Try {
                number: ended.attempt,
                at: ended.ended_at,
                end: ended.end,
            })
            .collect();
        let spans: Vec<_> = self
            .outages
            .iter()
            .map(|outage| timeline::Outage {
                began_at: outage.began_at,
                ended_at: outage.ended_at,
            })
            .collect();
        let steps = timeline::steps(&facts(named, &tries, &self.begun, &spans), now);
        let mut day = String::new();
        let tell = |step: timeline::Step| {
            let (key, text, reply) = self.tell(step.what, named, person, zone);
            let mut at = moment(step.at, zone);
            let its_day = times::day(step.at, zone);
            if its_day == day {
                at.text = times::time(step.at, zone);
            }
            day = its_day;
            Step {
                key,
                at,
                text,
                reply: reply.map(shown),
            }
        };
        steps.into_iter().map(tell).collect()
    }

    fn tell<'a>(
        &'a self,
        what: What,
        named: &'a NamedReset,
        person: &str,
        zone: &Zone,
    ) -> (String, String, Option<&'a MailReply>) {
        let reset = &named.found.reset;
        let text = |at| times::day_and_time(at, zone);
        match what {
            What::Asked if reset.is_shown => ("asked".to_owned(), texts::SHOWN.to_owned(), None),
            What::Asked => {
                let device = reset.user_agent.as_deref().and_then(device::describe);
                let address = reset.client_address.as_deref().filter(|_| reset.kind == Kind::Oneself);
                let whence = address.map(|address| (device.as_deref(), address));
                let asker = named.asked_by.as_ref().map(called_as);
                let asked_by = texts::asked_by(reset.kind, asker.as_deref(), person);
                ("asked".to_owned(), texts::asked(reset.kind, asked_by, whence), None)
            }
            What::Tried(number, end) => {
                let reply = self.reply_to(number, named);
                let reason = reply.map(|reply| match end {
                    TryEnd::Deferred(_) => PlainReason::of_delay(reply.stage, reply.code, reply.text.as_str()),
                    _ => PlainReason::at(reply.stage, reply.code, reply.text.as_str()),
                });
                let words = match end {
                    TryEnd::Accepted => texts::accepted(number),
                    TryEnd::Deferred(next) => texts::put_off(number, reason, &text(next)),
                    TryEnd::Refused => texts::refused(number, reason),
                };
                (format!("try-{number}"), words, reply)
            }
            What::Interrupted(number) => (format!("try-{number}"), texts::interrupted(number), None),
            What::LeftOut(tries) => ("left-out".to_owned(), texts::left_out(tries), None),
            What::Outage(index) => {
                let outage = &self.outages[index];
                let until = outage.ended_at.map(text);
                let words = texts::outage(of_outage(&outage.reply), &text(outage.began_at), until.as_deref());
                let key = format!("outage-{}", outage.began_at.as_millis());
                (key, words, Some(&outage.reply))
            }
            What::Ended(end) => {
                let by = named.ended_by.as_ref().map(called_as);
                let why = (reset.recipient_said, reset.cancelled_for);
                let words = texts::ended(end, person, by.as_deref(), why, self.signed_out);
                ("end".to_owned(), words, None)
            }
            What::Expired => ("end".to_owned(), texts::EXPIRED.to_owned(), None),
            What::NotSentInTime => ("end".to_owned(), texts::NOT_SENT.to_owned(), None),
        }
    }

    fn reply_to<'a>(&'a self, number: u32, named: &'a NamedReset) -> Option<&'a MailReply> {
        match self.tries.iter().find(|ended| ended.attempt == number) {
            Some(ended) => ended.reply.as_ref(),
            // From before tries were kept.
            None => named.found.mail.reply.as_ref(),
        }
    }
}

fn facts<'a>(
    named: &NamedReset,
    tries: &'a [Try],
    begun: &'a [(u32, Timestamp)],
    outages: &'a [timeline::Outage],
) -> Facts<'a> {
    let (reset, mail) = (&named.found.reset, &named.found.mail);
    Facts {
        asked_at: reset.asked_at,
        expires_at: reset.expires_at,
        end: reset.end,
        is_shown: reset.is_shown,
        mail: mail.state,
        attempts: mail.attempts,
        settled_at: mail.settled_at,
        next_try_at: mail.next_try_at,
        tries,
        begun,
        outages,
    }
}

fn shown(reply: &MailReply) -> ServerReply {
    let (enhanced, text) = apart(reply.code, reply.text.as_str());
    ServerReply {
        code: reply.code,
        enhanced,
        text: text.to_owned(),
    }
}
