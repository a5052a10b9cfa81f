//! Choosing people for many links at once: from the list, everybody whom its filters show, or by pasted addresses. Nothing is
//! sent: what will come of each is kept as a draft, which is shown.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use rekey_domain::batch::{self, BatchKind, BatchState, Candidate, LineOutcome};
use rekey_domain::deed::Deed;
use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::policy::{self, Action, Refusal};
use rekey_domain::recipients::{self, Recipient};

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::limits::limit_batches::keep_draft;
use crate::server::service::people::list_users::{allowed, wanted};
use crate::server::services::Services;
use crate::server::store::batch_lines::Line;
use crate::server::store::batches::Batch;
use crate::server::store::user_list::{self, Counted};
use crate::server::store::users::User;
use crate::server::store::{batch_resets, counted_resets};
use crate::wire::forms::{Field, Reason};
use crate::wire::users_query::UsersQuery;

/// Who was chosen.
#[derive(Clone, Debug)]
pub enum Chosen {
    /// These.
    People(Vec<UserId>),
    /// Everybody whom the list shows with these filters.
    Everyone(UsersQuery),
    /// Whoever has these addresses.
    Addresses(String),
}

/// Keeps a draft of them.
pub async fn choose_people(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    company: CompanyId,
    chosen: Chosen,
) -> Outcome<BatchId> {
    who.must_act_in(company)?;
    // Who may not hears that, whatever was chosen.
    if let Err(refusal) = policy::decide(&who.as_actor(), Action::ResetMany, None) {
        let act = Act::begin(services, By::Person(who, client)).await?;
        return Err(act.refuse(Deed::ManyResetsAsked, None, refusal).await);
    }
    let Some(found) = find(services, who, chosen).await? else {
        let act = Act::begin(services, By::Person(who, client)).await?;
        return Err(act.refuse(Deed::ManyResetsAsked, None, Refusal::NotFound).await);
    };
    let lines = decided(services.db.reader(), services, who, found).await?;
    // As of now (D6).
    let (many, deed) = ([Action::ResetMany], Deed::ManyResetsAsked);
    let act = Act::allowed(services, (who, client), company, &many, deed).await?;
    let batch = new_batch(&act, client, who, BatchKind::Resets);
    keep_draft(act.tx(), &batch, &lines).await?;
    act.commit().await?;
    Ok(batch.id)
}

/// A draft that somebody makes now.
pub fn new_batch(act: &Act<'_>, client: &Client, who: &SignedIn, kind: BatchKind) -> Batch {
    Batch {
        id: act.mint(BatchId::mint),
        company: who.company,
        kind,
        state: BatchState::Draft,
        made_by: Some(who.user),
        made_at: act.now,
        client_address: Some(client.address_text()),
        user_agent: Some(client.user_agent.to_string()),
        reason: None,
        pressed_at: None,
        revoked_by: None,
    }
}

/// Somebody chosen, or an address that is nobody's.
pub(super) struct Found {
    person: Option<User>,
    /// The address; or what was written, where there is none in it.
    email: String,
    /// The name that was written beside an address.
    written: Option<String>,
    /// What tells it from others where it is nobody's; none where it is no address.
    key: Option<String>,
}

impl Found {
    /// Somebody of the company.
    pub(super) fn of(person: User) -> Self {
        Self {
            email: person.email.clone(),
            written: None,
            key: Some(person.id.to_string()),
            person: Some(person),
        }
    }
}

/// They, as far as they are of the company; none if somebody chosen is not (D2).
async fn find(services: &Services, who: &SignedIn, chosen: Chosen) -> Outcome<Option<Vec<Found>>> {
    let on = services.db.reader();
    let found: Vec<_> = match chosen {
        Chosen::People(ids) if ids.is_empty() => {
            return Err(ServiceError::invalid(Field::Selection, Reason::ChooseSomebody));
        }
        Chosen::People(ids) if ids.len() > batch::MOST_LINES => {
            return Err(ServiceError::invalid(Field::Selection, Reason::TooMany));
        }
        Chosen::People(ids) => {
            let ids: HashSet<_> = ids.into_iter().collect();
            let people = user_list::of_company(on, who.company, ids.iter().copied()).await?;
            if people.len() < ids.len() {
                return Ok(None);
            }
            people.into_iter().map(Found::of).collect()
        }
        Chosen::Everyone(query) => {
            let query = allowed(query, true);
            let wanted = wanted(who, &query);
            let most = batch::MOST_LINES as u64 + 1;
            let Counted { way, .. } = user_list::count(on, &wanted, most).await?;
            let page = user_list::page(on, &wanted, way, query.place, most).await?;
            page.people.into_iter().map(Found::of).collect()
        }
        Chosen::Addresses(text) => {
            // One more than may be is enough to be refused.
            let read = move || recipients::read(&text, batch::MOST_LINES + 1);
            let recipients = services.heavy().run(read).await?;
            let keys = recipients.iter().filter_map(Recipient::key);
            let known = user_list::with_emails(on, who.company, keys).await?;
            by_addresses(known, recipients)
        }
    };
    let field = if found.iter().all(|found| found.person.is_some()) {
        Field::Selection
    } else {
        Field::Emails
    };
    match found.len() {
        0 => Err(ServiceError::invalid(Field::Emails, Reason::EnterAddresses)),
        n if n > batch::MOST_LINES => Err(ServiceError::invalid(field, Reason::TooMany)),
        _ => Ok(Some(found)),
    }
}

/// Whoever has the addresses, of those who are known by them.
fn by_addresses(known: Vec<(String, User)>, recipients: Vec<Recipient>) -> Vec<Found> {
    let mut by_key = HashMap::new();
    for (key, person) in known {
        // Of several with one address all but one are deleted.
        let is_better = by_key.get(&key).is_none_or(|known: &User| known.is_deleted());
        if is_better {
            by_key.insert(key, person);
        }
    }
    let found = recipients.into_iter().map(|recipient| match recipient.email {
        Some(email) => Found {
            person: by_key.get(email.key()).cloned(),
            key: Some(email.key().to_owned()),
            email: email.into(),
            written: Some(recipient.written.into()).filter(|written: &String| !written.is_empty()),
        },
        None => Found {
            person: None,
            key: None,
            email: recipient.written.into(),
            written: None,
        },
    });
    found.collect()
}

/// What will come of each, as of now: two statements.
pub(super) async fn decided(
    on: &impl sea_orm::ConnectionTrait,
    services: &Services,
    who: &SignedIn,
    found: Vec<Found>,
) -> Outcome<Vec<Line>> {
    let now = services.clock.now();
    let waiting = batch_resets::list_waiting_of_company(on, who.company, now).await?;
    let since = now - Duration::from_hours(1);
    let past = counted_resets::list_counted_of_company(on, who.company, since).await?;
    let mut first_lines = HashMap::new();
    let line = |(index, found): (usize, Found)| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let is_email = found.key.is_some();
        let same = match (&found.person, found.key) {
            (Some(person), _) => person.id.to_string(),
            (None, Some(key)) => key,
            (None, None) => found.email.clone(),
        };
        let first = *first_lines.entry(same).or_insert(number);
        let (outcome, detail) = if first != number {
            (LineOutcome::Twice, Some(first.to_string()))
        } else if is_email {
            let target = found.person.as_ref().map(User::as_target);
            let candidate = Candidate {
                target: target.as_ref(),
                waits: target.is_some_and(|target| waiting.contains(&target.user)),
                past: target
                    .and_then(|target| past.get(&target.user))
                    .map_or(&[], Vec::as_slice),
            };
            match batch::check(&who.as_actor(), candidate, &services.settings.limits, now) {
                Ok(()) => (LineOutcome::Ready, None),
                Err((outcome, until)) => (outcome, until.map(|until| until.as_millis().to_string())),
            }
        } else {
            (LineOutcome::BadEmail, None)
        };
        Line {
            number,
            email: found.email,
            name: found
                .person
                .as_ref()
                .map(|person| person.name.clone())
                .or(found.written),
            role: None,
            user: found.person.map(|person| person.id),
            outcome,
            detail,
        }
    };
    Ok(found.into_iter().enumerate().map(line).collect())
}
