//! A stored reset as the pages show it: headline, sentence, times in the reader's zone.

use rekey_domain::id::UserId;
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::reset::{Headline, LinkState, MailState, headline, link_state};
use rekey_domain::time::Timestamp;

use crate::server::store::resets::ResetWithMail;
use crate::server::times::{self, Zone};
use crate::texts::resets as texts;
use crate::wire::views::{LatestReset, Moment};

/// A moment in the reader's zone.
pub fn moment(at: Timestamp, zone: &Zone) -> Moment {
    Moment {
        iso: times::iso(at),
        text: times::day_and_time(at, zone),
    }
}

/// The headline of a reset.
pub fn headline_of(found: &ResetWithMail, now: Timestamp) -> Headline {
    let ResetWithMail { reset, mail } = found;
    headline(
        reset.end.map(|(end, _)| end),
        mail.state,
        reset.asked_at,
        reset.expires_at,
        now,
    )
}

/// Whether a link of this reset works now, as far as we know: its mail was accepted.
pub fn has_living_link(found: &ResetWithMail, now: Timestamp) -> bool {
    let state = link_state(found.reset.end.map(|(end, _)| end), found.reset.expires_at, now);
    state == LinkState::Living && found.mail.state == MailState::Accepted
}

/// The newest reset in words.
///
/// `names` are those of whoever asked for it or withdrew it.
pub fn latest(
    found: &ResetWithMail,
    person: &str,
    names: &[(UserId, String)],
    zone: &Zone,
    now: Timestamp,
) -> LatestReset {
    let name = |id: Option<UserId>| {
        let found = names.iter().find(|(known, _)| Some(*known) == id);
        found.map(|(_, name)| name.as_str())
    };
    let ResetWithMail { reset, mail } = found;
    let headline = headline_of(found, now);
    let text = |at| times::day_and_time(at, zone);
    let settled = reset.end.map(|(_, at)| at).or(mail.settled_at).map(text);
    let reply = mail.reply.as_ref();
    let sentence = texts::sentence(
        headline,
        &texts::Facts {
            person,
            asked_by: name(reset.asked_by),
            ended_by: name(reset.ended_by),
            recipient_said: reset.recipient_said,
            asked: &text(reset.asked_at),
            until: &text(reset.expires_at),
            settled: settled.as_deref(),
            next_try: Some(text(mail.next_try_at)).as_deref(),
            reason: reply.map(|reply| PlainReason::at(reply.stage, reply.code, &reply.text)),
        },
    );
    LatestReset {
        headline,
        sentence,
        server_reply: reply.map(|reply| reply.text.clone()).filter(|words| !words.is_empty()),
        asked: moment(reset.asked_at, zone),
        valid_until: moment(reset.expires_at, zone),
        reference: reset.reference.clone(),
    }
}
