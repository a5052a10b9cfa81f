//! Carries pressed batches out, a few lines at a time, so that nobody waits long for the database; and withdraws the links of
//! those that were withdrawn. Companies take turns, so that nobody waits for all lines of somebody else's (F10). Each line is
//! decided for as of now: the draft has only shown what was so then (D6).

use std::time::Duration;

use rekey_domain::account::Status;
use rekey_domain::batch::{self, BatchKind, BatchState, Candidate, LineOutcome};
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::policy::Actor;
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::batches::import_line::import_line;
use crate::server::service::limits::limit_invitations;
use crate::server::service::resets::start_reset::{Asking, OfBatch, is_waiting, start_reset};
use crate::server::service::resets::withdraw_links::{Withdrawer, withdraw_links};
use crate::server::services::Services;
use crate::server::store::activity::ActorIs;
use crate::server::store::batch_lines::{self, Line, Which};
use crate::server::store::batches::{self, Batch};
use crate::server::store::counted_resets::{self, CountedOf};
use crate::server::store::db::Db;
use crate::server::store::{batch_resets, grants, mails, named, users};
use crate::server::work::{Piece, contained_outcome, note_failure};

/// Lines of one transaction.
const AT_ONCE: u64 = 25;
/// Of all processes one carries out at a time: the pace is that of all batches. Any number that nobody else takes.
const TURN: i64 = 0x0062_6174_6368;
/// Drafts that are forgotten at once.
const PURGED: u64 = 20;

/// What came of a line.
#[derive(Clone, Debug)]
pub struct Settled {
    /// Done, or why not.
    pub outcome: LineOutcome,
    /// Whom it was about, where the line has not told.
    pub user: Option<UserId>,
    /// What the outcome needs to be said.
    pub detail: Option<String>,
}

impl Settled {
    /// Nothing more to say.
    pub fn by_itself(outcome: LineOutcome) -> Self {
        Self {
            outcome,
            user: None,
            detail: None,
        }
    }
}

/// What the lines of a batch have in common.
#[derive(Clone, Debug)]
pub struct CarriedOut<'a> {
    /// The batch.
    pub batch: &'a Batch,
    /// Who made it, as far as they may still act there; none where it was the operator.
    pub maker: Option<Maker>,
    /// From where.
    pub client: Option<Client>,
    /// The next mail is not sent before.
    pub send_at: Timestamp,
}

/// Who made a batch, as of now.
#[derive(Clone, Debug)]
pub struct Maker {
    /// Who.
    pub user: UserId,
    /// Their role; none where they are gone, or may not act in the company any more.
    pub role: Option<Role>,
    /// Their name as the people of the company read it.
    pub called: String,
}

impl CarriedOut<'_> {
    /// For the activity.
    pub fn actor(&self) -> ActorIs<'_> {
        match &self.maker {
            Some(maker) => ActorIs::User(maker.user, &maker.called),
            None => ActorIs::Operator,
        }
    }

    /// What a reset of the batch begins with.
    pub fn asking(&self, kind: Kind) -> Asking<'_> {
        Asking {
            kind,
            actor: self.actor(),
            client: self.client.as_ref(),
            asked_at: self.batch.pressed_at.unwrap_or(self.send_at),
            of_batch: Some(OfBatch {
                batch: self.batch.id,
                send_at: self.send_at,
            }),
        }
    }
}

/// Whose turn it was last. Each server has its own ring: whichever serves next, all companies get as many turns.
#[derive(Debug, Default)]
pub struct Ring(Option<CompanyId>);

/// Takes the next few lines of the company whose turn it is, of the oldest of its batches; whether there were any that may
/// be carried out now. What is too far ahead to be mailed waits: so a small batch is not behind all mails of a large one.
///
/// Where they fail, each is done by itself: those that fail then wait, and the others of the batch, and other batches, go on
/// (F4).
pub async fn carry_out_next(services: &Services, ring: &mut Ring) -> Outcome<bool> {
    let (now, put_off) = (services.clock.now(), &services.work.put_off);
    let waiting = put_off.waiting(now, |piece| match piece {
        Piece::Batch(id) => Some(id),
        _ => None,
    });
    let on = services.db.reader();
    // Whether there is room is asked only where something is open: mostly there is not.
    let mut found = batches::find_open(on, &waiting, ring.0, true).await?;
    if found.as_ref().is_some_and(|batch| batch.state == BatchState::Pressed) && room(on, services).await? == 0 {
        found = batches::find_open(on, &waiting, ring.0, false).await?;
    }
    let Some(batch) = found else {
        return Ok(false);
    };
    ring.0 = Some(batch.company);
    let failed = match contained_outcome(round(services, &batch, None)).await {
        Err(error) if !error.is_passing() => error,
        done => {
            done?;
            return Ok(true);
        }
    };
    note_failure(&Piece::Batch(batch.id), &failed, 1);
    let mut any_done = false;
    for part in parts(services.db.reader(), services, &batch, None).await? {
        let done = put_off.attempt(services, part, round(services, &batch, Some(part)));
        any_done |= done.await?.is_some();
    }
    if !any_done {
        put_off.put_off(Piece::Batch(batch.id), &failed, services.clock.now());
    }
    Ok(true)
}

/// The next parts of a batch that are left to do and do not wait, or `only` this one.
async fn parts(
    on: &impl ConnectionTrait,
    services: &Services,
    batch: &Batch,
    only: Option<Piece>,
) -> Outcome<Vec<Piece>> {
    let (now, put_off) = (services.clock.now(), &services.work.put_off);
    if batch.state == BatchState::Revoking {
        let waiting = put_off.waiting(now, |piece| match piece {
            Piece::Withdrawal(of, person) if of == batch.id => Some(person),
            _ => None,
        });
        let which = match only {
            Some(Piece::Withdrawal(_, person)) => Which::Only(person),
            _ => Which::But(&waiting),
        };
        let people = batch_resets::list_living_of_batch(on, batch.id, now, which, AT_ONCE).await?;
        return Ok(people
            .into_iter()
            .map(|person| Piece::Withdrawal(batch.id, person))
            .collect());
    }
    let lines = ready_lines(on, services, batch, only, AT_ONCE).await?;
    Ok(lines
        .into_iter()
        .map(|line| Piece::Line(batch.id, line.number))
        .collect())
}

async fn ready_lines(
    on: &impl ConnectionTrait,
    services: &Services,
    batch: &Batch,
    only: Option<Piece>,
    most: u64,
) -> Outcome<Vec<Line>> {
    let waiting = services
        .work
        .put_off
        .waiting(services.clock.now(), |piece| match piece {
            Piece::Line(of, line) if of == batch.id => Some(line),
            _ => None,
        });
    let which = match only {
        Some(Piece::Line(_, line)) => Which::Only(line),
        _ => Which::But(&waiting),
    };
    Ok(batch_lines::list_ready(on, batch.id, which, most).await?)
}

/// A few parts of the batch, or one, in one transaction. `found` is the batch as it was before that began.
async fn round(services: &Services, found: &Batch, only: Option<Piece>) -> Outcome<()> {
    let mut act = Act::begin(services, By::Server).await?;
    Db::one_at_a_time(act.tx(), TURN).await?;
    act.has_locked();
    let batch = batches::find(act.tx(), found.id, found.company).await?;
    // Another process may have done it, or somebody withdrawn it meanwhile.
    let Some(batch) = batch.filter(|batch| batch.state == found.state) else {
        return Ok(());
    };
    if batch.state == BatchState::Revoking {
        revoke_some(&mut act, &batch, only).await?;
    } else {
        let most = room(act.tx(), services).await?.min(AT_ONCE);
        // Another process may have taken it.
        if most > 0 {
            start_some(&mut act, &batch, only, most).await?;
        }
    }
    act.commit().await?;
    services.bell.ring();
    Ok(())
}

/// Nothing is left of the batch that does not wait: it has come to its end, or waits with what does.
async fn end_or_wait(tx: &DatabaseTransaction, services: &Services, batch: &Batch, end: BatchState) -> Outcome<()> {
    let is_part = |piece| matches!(piece, Piece::Line(of, _) | Piece::Withdrawal(of, _) if of == batch.id);
    match services.work.put_off.first(services.clock.now(), is_part) {
        Some(until) => services.work.put_off.set_aside(Piece::Batch(batch.id), until),
        None => batches::end(tx, batch.id, batch.state, end).await?,
    }
    Ok(())
}

/// Forgets drafts that nobody has pressed.
pub async fn forget_drafts(services: &Services) -> Outcome<()> {
    let made_before = services.clock.now() - batch::DRAFT_LIFE;
    if batches::is_draft_before(services.db.reader(), made_before).await? {
        let tx = services.db.begin_write().await?;
        batches::purge_drafts(&tx, made_before, PURGED).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// How many mails of batches may be given their time now.
async fn room(on: &impl ConnectionTrait, services: &Services) -> Outcome<u64> {
    let last = mails::last_of_batches(on).await?;
    Ok(services.settings.pace.room(last, services.clock.now()))
}

async fn start_some(act: &mut Act<'_>, batch: &Batch, only: Option<Piece>, most: u64) -> Outcome<()> {
    let services = act.services;
    let lines = ready_lines(act.tx(), services, batch, only, most).await?;
    // They are the last ones where there are fewer: nobody waits for room to hear that it is done.
    let are_last = only.is_none() && u64::try_from(lines.len()).is_ok_and(|lines| lines < most);
    let client = batch.client_address.as_deref().and_then(|address| address.parse().ok());
    let agent = batch.user_agent.as_deref().unwrap_or_default();
    let mut last = mails::last_of_batches(act.tx()).await?;
    let mut carried_out = CarriedOut {
        batch,
        maker: maker(act.tx(), batch).await?,
        client: client.map(|address| Client::new(address, agent)),
        send_at: act.now,
    };
    let mut unused = 0;
    for line in lines {
        carried_out.send_at = services.settings.pace.next(last, act.now);
        let settled = match batch.kind {
            BatchKind::Resets => start_one(act, &carried_out, &line).await?,
            BatchKind::Import => import_line(act, &carried_out, &line).await?,
        };
        if settled.outcome == LineOutcome::Done {
            last = Some(carried_out.send_at);
        } else if batch.kind == BatchKind::Import && batch.made_by.is_some() {
            unused += 1;
        }
        let detail = settled.detail.as_deref();
        batch_lines::settle(act.tx(), batch.id, line.number, settled.outcome, settled.user, detail).await?;
    }
    if are_last {
        end_or_wait(act.tx(), services, batch, BatchState::Done).await?;
    }
    limit_invitations::give_back(act.tx(), services, batch.company, unused).await
}

/// Who made the batch, and whether they may still act there.
async fn maker(tx: &DatabaseTransaction, batch: &Batch) -> Outcome<Option<Maker>> {
    let Some(user) = batch.made_by else { return Ok(None) };
    let found = users::find(tx, user).await?;
    let found = found.ok_or_else(|| ServiceError::bug("whoever made a batch is not there"))?;
    let acts_there = found.company == batch.company || grants::exists(tx, user, batch.company).await?;
    let named = named::find(tx, user, batch.company).await?;
    Ok(Some(Maker {
        user,
        role: (acts_there && found.status == Status::Active).then_some(found.role),
        called: named.map(|(named, _)| called_as(&named)).unwrap_or_default(),
    }))
}

async fn start_one(act: &mut Act<'_>, carried_out: &CarriedOut<'_>, line: &Line) -> Outcome<Settled> {
    let maker = carried_out.maker.as_ref();
    let Some((user, role)) = maker.and_then(|maker| Some((maker.user, maker.role?))) else {
        return Ok(Settled::by_itself(LineOutcome::NotAllowed));
    };
    let actor = Actor {
        user,
        company: carried_out.batch.company,
        role,
    };
    let person = match line.user {
        Some(user) => users::find_and_lock(act.tx(), user).await?,
        None => None,
    };
    act.has_locked();
    let Some(person) = person else {
        return Ok(Settled::by_itself(LineOutcome::NotHere));
    };
    let (tx, now) = (act.tx(), act.now);
    let since = now - Duration::from_hours(1);
    let past = counted_resets::list_counted(tx, CountedOf::Person(person.id), since).await?;
    let candidate = Candidate {
        target: Some(&person.as_target()),
        waits: is_waiting(tx, &person, now).await?,
        past: &past,
    };
    if let Err((outcome, until)) = batch::check(&actor, candidate, &act.services.settings.limits, now) {
        return Ok(Settled {
            detail: until.map(|until| until.as_millis().to_string()),
            ..Settled::by_itself(outcome)
        });
    }
    let is_started = start_reset(act, &person, carried_out.asking(Kind::Manager)).await?;
    Ok(Settled::by_itself(if is_started {
        LineOutcome::Done
    } else {
        LineOutcome::AlreadyWaiting
    }))
}

async fn revoke_some(act: &mut Act<'_>, batch: &Batch, only: Option<Piece>) -> Outcome<()> {
    let services = act.services;
    let people = parts(act.tx(), services, batch, only).await?;
    if people.is_empty() && only.is_none() {
        return end_or_wait(act.tx(), services, batch, BatchState::Revoked).await;
    }
    let Some(user) = batch.revoked_by else {
        return Err(ServiceError::bug("a batch is withdrawn by nobody"));
    };
    let Some((named, role)) = named::find(act.tx(), user, batch.company).await? else {
        return Err(ServiceError::bug("whoever withdrew a batch is not there"));
    };
    let called = called_as(&named);
    let by = Withdrawer {
        user,
        company: batch.company,
        called: &called,
        role,
        client_address: None,
    };
    for part in people {
        if let Piece::Withdrawal(_, person) = part
            && let Some(person) = users::find_and_lock(act.tx(), person).await?
        {
            act.has_locked();
            withdraw_links(act, &by, &person).await?;
        }
    }
    Ok(())
}
