//! What the pages of "confirm your new email" and "stop this change" say before anything is pressed. Reads only: opening,
//! prefetching and scanning change nothing (A11).

use rekey_domain::email_change::ChangeEnd;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::ConnectionTrait;

use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::companies::{self, Company};
use crate::server::store::email_changes::{self, EmailChange};
use crate::server::store::users::{self, User};
use crate::server::store::{mails, named, notice_links};
use crate::server::times::{self, Zone};
use crate::texts::email_change as texts;
use crate::wire::email_change::{EmailForm, StopDoes};
use crate::wire::views::LinkPage;

/// A link about a new address that we once mailed, with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct KnownChange {
    /// The change.
    pub change: EmailChange,
    /// Whose address it is.
    pub person: User,
    /// Their company.
    pub company: Company,
}

impl KnownChange {
    /// Whether it can be confirmed now. One of a deleted account only where it brings the account back.
    pub fn can_be_confirmed(&self, now: Timestamp) -> bool {
        self.person.is_deleted() == self.change.restores && self.change.facts.can_be_confirmed(now)
    }

    /// What stopping it does, apart from that.
    pub fn stopping(&self) -> StopDoes {
        let change = &self.change;
        if change.restores || self.person.is_deleted() {
            StopDoes::StaysDeleted
        } else if change.facts.end == Some(ChangeEnd::Counted) {
            StopDoes::BringsBack
        } else if change.is_own() {
            StopDoes::SignsOut
        } else {
            StopDoes::Stops
        }
    }
}

/// Finds it by what stands in the address, as forgiving as with other links (A13). None for what was never one of ours,
/// and for tokens of another kind (A14).
pub async fn find_change(on: &impl ConnectionTrait, token: &str, kind: TokenKind) -> Outcome<Option<KnownChange>> {
    let Some(token) = Token::parse(token) else {
        return Ok(None);
    };
    let Some(mail) = notice_links::find_mail(on, &token.hash(kind)).await? else {
        return Ok(None);
    };
    let Some(mail) = mails::find(on, mail).await? else {
        return Ok(None);
    };
    let Some(change) = email_changes::find_of_mail(on, &mail).await? else {
        return Ok(None);
    };
    let Some(person) = users::find(on, change.user).await? else {
        return Ok(None);
    };
    let Some(company) = companies::find(on, change.company).await? else {
        return Ok(None);
    };
    Ok(Some(KnownChange {
        change,
        person,
        company,
    }))
}

/// What `/confirm-email/{token}` shows: the form, or that the link does not work. Looking changes nothing.
pub async fn look_at_confirming(services: &Services, token: &str) -> Outcome<LinkPage> {
    let reader = services.db.reader();
    let now = services.clock.now();
    Ok(match find_change(reader, token, TokenKind::ConfirmEmail).await? {
        Some(known) if known.can_be_confirmed(now) => LinkPage::ConfirmEmail(form(reader, &known).await?),
        _ => LinkPage::DoesNotWork,
    })
}

/// `/stop-email/{token}`.
pub async fn look_at_stopping(services: &Services, token: &str) -> Outcome<LinkPage> {
    let reader = services.db.reader();
    let now = services.clock.now();
    Ok(match find_change(reader, token, TokenKind::StopEmail).await? {
        Some(known) if known.change.facts.can_be_stopped(now) => LinkPage::StopEmail(form(reader, &known).await?),
        _ => LinkPage::DoesNotWork,
    })
}

async fn form(on: &impl ConnectionTrait, known: &KnownChange) -> Outcome<EmailForm> {
    let KnownChange {
        change,
        person,
        company,
    } = known;
    let zone = Zone::named(person.time_zone.as_deref().or(company.time_zone.as_deref()));
    let by = named::find(on, change.entered_by, company.id).await?;
    let by = by.map(|(by, _)| called_as(&by));
    let when = times::day_and_time(change.facts.entered_at, &zone);
    let facts = &change.facts;
    let counts = match facts.counts_from() {
        None => Some(texts::COUNTS_ONCE_TOLD.to_owned()),
        Some(_) if facts.is_own => None,
        Some(from) => Some(texts::counts_from(&times::day_and_time(from, &zone), zone.name())),
    };
    Ok(EmailForm {
        about: texts::entered(&person.name, &company.name, by.as_deref(), &when),
        old: change.old_email.clone(),
        new: change.new_email.clone(),
        counts,
        stopping: known.stopping(),
    })
}
