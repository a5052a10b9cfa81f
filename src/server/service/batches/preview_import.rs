//! What an import would do, kept as a draft: nobody is created and nobody is mailed before it is pressed.
//!
//! Each address of another company's takes one of the places of `free_email.rs`, and nothing is told of any address that is
//! not of the own company while there is none: a list is no way round that limit (D2).

use rekey_domain::batch::{BatchKind, LineOutcome, MOST_LINES};
use rekey_domain::deed::Deed;
use rekey_domain::id::{BatchId, CompanyId};
use rekey_domain::import::{self, NewPerson};
use rekey_domain::limit::Rate;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::check_import::{kept, owners_of, read_list};
use crate::server::service::batches::choose_people::new_batch;
use crate::server::service::limits::limit_asks::limited;
use crate::server::service::limits::limit_batches::keep_draft;
use crate::server::service::people::create_user::roles_of;
use crate::server::services::Services;
use crate::server::store::batch_lines;
use crate::server::store::batches::{self, Batch};
use crate::server::store::limits::{self, Kept, LimitOn};
use crate::server::times::next_minute;
use crate::wire::error::{AppError, Limit};
use crate::wire::forms::{Field, Reason};
use crate::wire::import::InviteUnknownInput;

/// Keeps the draft. `field` is where the list came from.
pub async fn preview_import(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    company: CompanyId,
    field: Field,
    list: Vec<u8>,
) -> Outcome<BatchId> {
    who.must_act_in(company)?;
    may_import(services, client, who).await?;
    let lines = match read_list(services.heavy(), list, roles_of(who)).await? {
        Ok(lines) => lines,
        Err(why) => return Err(ServiceError::invalid(field, Reason::List(why))),
    };
    let owners = owners_of(services, &lines).await?;
    let mut act = Act::begin(services, By::Person(who, client)).await?;
    let mut places = Places::lock(&mut act, who).await?;
    let mut came_to = |person: &NewPerson| {
        let owner = owners.get(person.email.key());
        match owner.filter(|owner| owner.company == who.company) {
            Some(colleague) => (LineOutcome::AlreadyHere, Some(colleague.user), None),
            // Before anybody says whether there is another one.
            None => match (places.full_until(), owner) {
                (Some(next), _) => (LineOutcome::Limit, None, Some(next.as_millis().to_string())),
                (None, Some(_)) => {
                    places.take();
                    (LineOutcome::Unusable, None, None)
                }
                (None, None) => (LineOutcome::Ready, None, None),
            },
        }
    };
    let lines: Vec<_> = lines.into_iter().map(|line| kept(line, &mut came_to)).collect();
    if let (true, Some(next)) = (places.were_none, places.full_until())
        && lines.iter().any(|line| line.outcome == LineOutcome::Limit)
    {
        let by = Limit::TakenEmails(next_minute(next, &who.zone));
        return Err(limited(by, next, act.now).into());
    }
    if places.taken > 0 {
        places.keep(act.tx()).await?;
        let detail = places.taken.to_string();
        act.note_refused(Deed::EmailEntered, None, Some(&detail)).await?;
    }
    let draft = new_batch(&act, client, who, BatchKind::Import);
    keep_draft(act.tx(), &draft, &lines).await?;
    act.commit().await?;
    Ok(draft.id)
}

/// The addresses of one's own draft of reset links that are nobody's in the company, as a list to be imported: a name beside
/// each, the one that was pasted with it or one made of the address.
pub async fn list_unknown(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: InviteUnknownInput,
) -> Outcome<String> {
    who.must_act_in(input.company)?;
    may_import(services, client, who).await?;
    let on = services.db.reader();
    let found = batches::find(on, input.unknown_of, who.company).await?;
    let is_own = |batch: &Batch| batch.kind == BatchKind::Resets && batch.made_by == Some(who.user);
    let draft = found.filter(is_own).ok_or(AppError::NotFound)?;
    let lines = batch_lines::list(on, draft.id, &[LineOutcome::NotHere], MOST_LINES as u64).await?;
    if lines.is_empty() {
        return Err(AppError::NotFound.into());
    }
    Ok(import::list_of(
        lines.iter().map(|line| (line.name.as_deref(), line.email.as_str())),
    ))
}

/// Refuses, and notes it, where somebody may create nobody.
async fn may_import(services: &Services, client: &Client, who: &SignedIn) -> Outcome<()> {
    let Err(refusal) = policy::decide(&who.as_actor(), Action::CreateUser(Role::User), None) else {
        return Ok(());
    };
    let act = Act::begin(services, By::Person(who, client)).await?;
    Err(act.refuse(Deed::PeopleImported, None, refusal).await)
}

/// What is left of the limit on addresses of other companies.
struct Places {
    rate: Option<Rate>,
    key: String,
    used_until: Timestamp,
    now: Timestamp,
    /// There were none to begin with.
    were_none: bool,
    taken: u32,
}

impl Places {
    async fn lock(act: &mut Act<'_>, who: &SignedIn) -> Outcome<Self> {
        let (now, key) = (act.now, who.user.to_string());
        let rate = act.services.settings.limits.taken_emails_per_manager;
        let used_until = match rate {
            None => now,
            Some(_) => limits::lock(act.tx(), LimitOn::TakenEmail, &key, now).await?.at,
        };
        let mut places = Self {
            rate,
            key,
            used_until,
            now,
            were_none: false,
            taken: 0,
        };
        places.were_none = places.full_until().is_some();
        Ok(places)
    }

    /// While there is none: when there is one again.
    fn full_until(&self) -> Option<Timestamp> {
        self.rate
            .and_then(|rate| rate.take(Some(self.used_until), self.now).err())
    }

    /// Takes one that is there.
    fn take(&mut self) {
        self.taken += 1;
        if let Some(Ok(until)) = self.rate.map(|rate| rate.take(Some(self.used_until), self.now)) {
            self.used_until = until;
        }
    }

    async fn keep(&self, tx: &DatabaseTransaction) -> Outcome<()> {
        if self.rate.is_some() {
            let (count, at) = (0, self.used_until);
            limits::keep(tx, LimitOn::TakenEmail, &self.key, Kept { count, at }, at).await?;
        }
        Ok(())
    }
}
