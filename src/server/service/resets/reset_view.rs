//! A stored reset as the pages show it: headline, sentence, times in the reader's zone.

use std::time::Duration;

use rekey_domain::mail_reply::PlainReason;
use rekey_domain::outage::{mail_state_seen, next_try_seen};
use rekey_domain::reset::{
    self, Headline, LinkState, MailState, has_deadline, headline, headline_of_shown, link_state,
};
use rekey_domain::stages::{TimeLeft, percent_left, stages};
use rekey_domain::time::Timestamp;

use crate::server::service::acting::called::called_as;
use crate::server::store::mails::MailReply;
use crate::server::store::named_resets::NamedReset;
use crate::server::store::outages::Outage;
use crate::server::store::resets::ResetWithMail;
use crate::server::times::{self, Zone};
use crate::texts::resets as texts;
use crate::texts::timeline as timeline_texts;
use crate::texts::timeline;
use crate::wire::resets::{EarlierReset, Step};
use crate::wire::views::{LatestReset, LinkLeft, Moment};

/// So long what a press has told of a reset is left alone.
const FRESH: Duration = Duration::from_secs(2);

/// A moment in the reader's zone.
pub fn moment(at: Timestamp, zone: &Zone) -> Moment {
    Moment {
        iso: times::iso(at),
        text: times::day_and_time(at, zone),
    }
}

/// The headline of a reset, as seen while the mail server is, or is not, out of order.
pub fn headline_of(found: &ResetWithMail, is_out_of_order: bool, now: Timestamp) -> Headline {
    let ResetWithMail { reset, mail } = found;
    if reset.is_shown {
        return headline_of_shown(reset.end.map(|(end, _)| end), reset.expires_at, now);
    }
    headline(
        reset.end.map(|(end, _)| end),
        mail_state_seen(mail.state, is_out_of_order),
        reset.asked_at,
        reset.expires_at,
        now,
    )
}

/// Whether a link of this reset works now, as far as we know: its mail was accepted, or it was shown.
pub fn has_living_link(found: &ResetWithMail, now: Timestamp) -> bool {
    let has_gone = found.reset.is_shown || found.mail.state == MailState::Accepted;
    has_gone && link_state_of(found, now) == LinkState::Living
}

/// Whether its mail is still to go out: only then does it matter to it whether the mail server is out of order.
pub fn waits_for_mail(found: &ResetWithMail, now: Timestamp) -> bool {
    !found.reset.is_shown && reset::waits_for_mail(found.mail.state, link_state_of(found, now))
}

fn link_state_of(found: &ResetWithMail, now: Timestamp) -> LinkState {
    link_state(found.reset.end.map(|(end, _)| end), found.reset.expires_at, now)
}

/// The newest reset in words. `outage`: the open one.
pub fn latest(
    named: &NamedReset,
    person: &str,
    outage: Option<&Outage>,
    steps: Vec<Step>,
    zone: &Zone,
    now: Timestamp,
) -> LatestReset {
    let ResetWithMail { reset, mail } = &named.found;
    let headline = headline_of(&named.found, outage.is_some(), now);
    let text = |at| times::day_and_time(at, zone);
    let settled = reset.end.map(|(_, at)| at).or(mail.settled_at).map(text);
    // While the server is out of order, that is why the mail waits, whatever was said to it before.
    let reason = outage.map(|outage| of_outage(&outage.reply));
    let reason = reason.or_else(|| mail.reply.as_ref().map(|reply| of_mail(reply, mail.state)));
    let next_try = next_try_seen(mail.next_try_at, outage.map(|outage| outage.next_probe_at));
    let sentence = texts::sentence(
        headline,
        &texts::Facts {
            person,
            asked_by: timeline_texts::asked_by(
                reset.kind,
                named.asked_by.as_ref().map(called_as).as_deref(),
                texts::THE_PERSON,
            ),
            ended_by: named.ended_by.as_ref().map(called_as).as_deref(),
            recipient_said: reset.recipient_said,
            cancelled_for: reset.cancelled_for,
            asked: &text(reset.asked_at),
            until: &text(reset.expires_at),
            settled: settled.as_deref(),
            next_try: Some(text(next_try)).as_deref(),
            reason,
        },
    );
    LatestReset {
        headline,
        sentence,
        steps,
        valid_until: has_deadline(headline).then(|| moment(reset.expires_at, zone)),
        reference: reset.reference.clone(),
        stages: stages(headline, reset.is_shown || mail.state == MailState::Accepted),
        left: TimeLeft::until(reset.expires_at, now)
            .filter(|_| matches!(headline, Headline::Accepted | Headline::HandedOver))
            .map(|time| LinkLeft {
                time,
                percent: percent_left(reset.asked_at, reset.expires_at, now),
            }),
        refused: reason.filter(|_| headline == Headline::Refused),
        is_fresh: now.since(reset.asked_at) < FRESH,
    }
}

/// What became of a reset, in a few words for a list. `outage`: the open one.
pub fn in_short(named: &NamedReset, headline: Headline, outage: Option<&Outage>, now: Timestamp) -> String {
    let ResetWithMail { reset, mail } = &named.found;
    let waits = matches!(headline, Headline::Delayed).then_some(outage).flatten();
    let reason = waits.map(|outage| of_outage(&outage.reply));
    let told = mail.reply.as_ref().map(|reply| of_mail(reply, mail.state));
    // What has ended was refused before, or its mail had got away.
    let told = told.filter(|_| reset.end.is_none() || mail.state == MailState::Refused);
    let reason = reason.or(told);
    texts::in_short(
        headline,
        reason,
        named.ended_by.as_ref().map(called_as).as_deref(),
        reset.cancelled_for,
        reset.end.map(|(_, at)| at.since(reset.asked_at)),
        TimeLeft::until(reset.expires_at, now),
    )
}

/// Why the mail server is out of order.
pub fn of_outage(reply: &MailReply) -> PlainReason {
    PlainReason::of_outage(reply.stage, reply.code, reply.text.as_str())
}

/// Why a mail was refused or put off.
pub fn of_mail(reply: &MailReply, state: MailState) -> PlainReason {
    match state {
        MailState::Refused => PlainReason::at(reply.stage, reply.code, reply.text.as_str()),
        _ => PlainReason::of_delay(reply.stage, reply.code, reply.text.as_str()),
    }
}

/// An older reset, in a line.
pub fn earlier(named: &NamedReset, person: &str, is_out_of_order: bool, zone: &Zone, now: Timestamp) -> EarlierReset {
    let reset = &named.found.reset;
    let headline = headline_of(&named.found, is_out_of_order, now);
    EarlierReset {
        id: reset.id,
        asked: moment(reset.asked_at, zone),
        asked_by: timeline::asked_by(reset.kind, named.asked_by.as_ref().map(called_as).as_deref(), person).to_owned(),
        headline,
        valid_until: has_deadline(headline).then(|| moment(reset.expires_at, zone)),
        reference: reset.reference.clone(),
    }
}
