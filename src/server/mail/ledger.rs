//! The senders' one way to the database: what they have to write is written together, in one transaction with one wait for
//! the disk (F18).
//!
//! Whoever comes while another one writes waits, and the next one to write takes along what all of them want: what the mail
//! server took from each is kept, and each gets another mail. No sender is ahead of what is kept, so a crash sends at most
//! one mail of each twice (H1). Where that fails by a mistake of the program's, nothing of it is kept, and each of them is
//! written for by itself; a mail that can't be claimed even so is put off, and holds up no other (F4).

use std::collections::VecDeque;
use std::mem;
use std::slice;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::claimed::{Claimed, prepare};
use super::connections::Connections;
use super::mistakes::put_off_failed;
use super::record::record_acceptances;
use super::transport::Reply;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::services::Services;
use crate::server::store::mails::{self, Mail};
use crate::server::work::contained_outcome;

/// What a sender is to do next.
pub enum Next {
    /// Send this mail: its claim and its link are kept.
    Send(Box<Claimed>),
    /// Ask again: what was due was settled without being sent.
    Again,
    /// Wait: nothing is due.
    Nothing,
}

/// What the senders of one process share. Clones are the same.
#[derive(Clone)]
pub struct Ledger(Arc<Shared>);

struct Shared {
    services: Services,
    connections: Connections,
    /// How long a claim holds.
    lease: Duration,
    wishes: Mutex<Vec<Wish>>,
    /// Held by whoever writes.
    pen: tokio::sync::Mutex<()>,
}

/// One sender wants its next mail.
struct Wish {
    /// The mail that the mail server took from it, which is to be kept first.
    accepted: Option<(Mail, Reply)>,
    answer: oneshot::Sender<Outcome<Next>>,
}

impl Ledger {
    /// `lease` must be longer than the longest conversation, so that no living sender loses its claim.
    pub fn new(services: Services, connections: Connections, lease: Duration) -> Self {
        Self(Arc::new(Shared {
            services,
            connections,
            lease,
            wishes: Mutex::default(),
            pen: tokio::sync::Mutex::default(),
        }))
    }

    /// Keeps the mail that the mail server took, and claims the next one, together with what other senders want just now.
    pub async fn next(&self, accepted: Option<(Mail, Reply)>) -> Outcome<Next> {
        let (answer, mut answered) = oneshot::channel();
        self.0.wishes().push(Wish { accepted, answer });
        tokio::select! {
            biased;
            next = &mut answered => return heard(next),
            _pen = self.0.pen.lock() => {
                let wishes = mem::take(&mut *self.0.wishes());
                self.0.fulfil(wishes).await;
            }
        }
        heard(answered.await)
    }
}

fn heard(next: Result<Outcome<Next>, oneshot::error::RecvError>) -> Outcome<Next> {
    next.unwrap_or_else(|_| {
        Err(ServiceError::bug(
            "whoever wrote for several senders did not come to the end",
        ))
    })
}

impl Shared {
    fn wishes(&self) -> MutexGuard<'_, Vec<Wish>> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fulfil(&self, wishes: Vec<Wish>) {
        let mut answers = match contained_outcome(self.write(&wishes, &mut Vec::new())).await {
            Ok(next) => next.into_iter().map(Ok).collect(),
            Err(error) if error.is_passing() => refusals(error, wishes.len()),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "what several senders want can't be written together: one by one"
                );
                for wish in wishes {
                    // At once: a claim must not grow old while others are tried.
                    let next = self.write_alone(&wish).await;
                    let _ = wish.answer.send(next);
                }
                return;
            }
        };
        for wish in wishes {
            // A sender that is gone leaves its mail to whoever comes when the claim has lapsed.
            let _ = wish.answer.send(answers.pop_front().unwrap_or(Ok(Next::Nothing)));
        }
    }

    /// Goes on to the next mail where one can't be claimed. Fails where what the mail server took can't be kept.
    async fn write_alone(&self, wish: &Wish) -> Outcome<Next> {
        loop {
            let mut claims = Vec::new();
            let written = contained_outcome(self.write(slice::from_ref(wish), &mut claims)).await;
            match (written, claims.pop()) {
                (Ok(mut next), _) => return Ok(next.pop_front().unwrap_or(Next::Nothing)),
                (Err(error), Some(mail)) if !error.is_passing() => {
                    put_off_failed(&self.services, &mail, false, error).await?;
                }
                (Err(error), _) => return Err(error),
            }
        }
    }

    /// In one transaction: keeps, claims, and mints the links. What it claims is told also where it fails after that.
    async fn write(&self, wishes: &[Wish], claims: &mut Vec<Mail>) -> Outcome<VecDeque<Next>> {
        let services = &self.services;
        let tx = services.db.begin_write().await?;
        let accepted: Vec<_> = wishes.iter().filter_map(|wish| wish.accepted.as_ref()).collect();
        let accepted: Vec<_> = accepted.into_iter().map(|(mail, reply)| (mail, reply)).collect();
        record_acceptances(&tx, services, &accepted).await?;

        let (now, wall) = (services.clock.now(), services.clock.wall_now());
        let most = wishes.len().try_into().unwrap_or(u64::MAX);
        let claimed = mails::claim(&tx, most, now, wall, wall + self.lease).await?;
        claims.clone_from(&claimed);
        let count = claimed.len();
        let (mut sent, mut due) = (Vec::new(), Vec::new());
        for mail in claimed {
            match self.connections.unrecorded(mail.id) {
                // The database could not be told for so long that the claim has lapsed.
                Some(reply) => sent.push((mail, reply)),
                None => due.push(mail),
            }
        }
        let told: Vec<_> = sent.iter().map(|(mail, reply)| (mail, reply)).collect();
        record_acceptances(&tx, services, &told).await?;
        let prepared = prepare(&tx, services, due, now).await?;
        tx.commit().await?;

        for (mail, _) in sent {
            self.connections.recorded(mail.id);
        }
        let mut next: VecDeque<_> = prepared.into_iter().map(|one| Next::Send(Box::new(one))).collect();
        next.resize_with(count, || Next::Again);
        Ok(next)
    }
}

/// The same failure for each of them.
fn refusals(error: ServiceError, count: usize) -> VecDeque<Outcome<Next>> {
    let mut refusals = VecDeque::new();
    for _ in 1..count {
        refusals.push_back(Err(match &error {
            ServiceError::Unavailable(error) => ServiceError::Unavailable(error.clone()),
            _ => ServiceError::bug("what another sender wanted could not be written"),
        }));
    }
    refusals.push_front(Err(error));
    refusals
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use rekey_domain::id::{CompanyId, UserId};
    use rekey_domain::name::PersonName;
    use rekey_domain::reset::Kind;
    use rekey_domain::role::Role;
    use sea_orm::{EntityTrait, PaginatorTrait};
    use url::Url;
    use uuid::Uuid;

    use super::*;
    use crate::server::clock::Clock;
    use crate::server::config::demo_settings;
    use crate::server::password_hash::PasswordHasher;
    use crate::server::service::acting::act::{Act, By};
    use crate::server::service::resets::start_reset::{Asking, start_resets};
    use crate::server::store::entity::{link, mail_try};
    use crate::server::store::test_rows::{COMPANY, FreshDb, company, insert};
    use crate::server::store::users::{self, NewUser};
    use rekey_domain::email::Email;

    /// As many senders as the worker has.
    const SENDERS: usize = 4;
    const MAILS: u128 = 8;

    /// A mail with a link waits for each of eight people.
    async fn queue(services: &Services) {
        insert(&services.db, company()).await.expect("a company");
        let now = services.clock.now();
        let act = Act::begin(services, By::Operator).await.expect("the database takes it");
        let mut people = Vec::new();
        for number in 0..MAILS {
            let id = UserId::from_uuid(Uuid::from_u128(100 + number));
            let new = NewUser {
                id,
                company: CompanyId::from_uuid(COMPANY),
                name: &PersonName::parse("Somebody").expect("a name"),
                email: &Email::parse(&format!("somebody{number}@blueheron.example")).expect("an address"),
                role: Role::User,
                now,
            };
            users::insert(act.tx(), &new).await.expect("a person");
            people.push(
                users::find_and_lock(act.tx(), id)
                    .await
                    .expect("an answer")
                    .expect("the person"),
            );
        }
        let asked = |person| (person, Asking::of(&act, person, Kind::Oneself));
        let wanted = people.iter().map(asked).collect();
        start_resets(&act, wanted).await.expect("they are started");
        act.commit().await.expect("the database keeps it");
    }

    /// What each sender gets who comes at the same time as the others.
    async fn all_next(ledger: &Ledger, accepted: Vec<Option<(Mail, Reply)>>) -> Vec<Outcome<Next>> {
        let wishes = accepted.into_iter().map(|accepted| ledger.next(accepted));
        futures::future::join_all(wishes).await
    }

    fn mails_of(next: Vec<Outcome<Next>>) -> Vec<Mail> {
        let mails = next.into_iter().map(|next| match next {
            Ok(Next::Send(claimed)) => claimed.mail,
            Ok(_) => panic!("nothing to send"),
            Err(error) => panic!("{error:?}"),
        });
        mails.collect()
    }

    fn taken(mail: Mail) -> (Mail, Reply) {
        let text = format!("2.0.0 taken as {}", mail.id).as_str().into();
        (mail, Reply { code: 250, text })
    }

    #[tokio::test]
    async fn f18_what_several_senders_want_is_written_together() {
        let mut fresh = FreshDb::new().await;
        let statements = Arc::<AtomicU64>::default();
        let counted = Arc::clone(&statements);
        fresh.db.on_statement(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        let hasher = PasswordHasher::new(1).expect("a hasher");
        let settings = demo_settings(Url::parse("http://localhost").expect("a URL"));
        let services = Services::new(fresh.db.clone(), Clock::system(), hasher, settings);
        queue(&services).await;
        let lease = Duration::from_mins(1);
        let ledger = Ledger::new(services.clone(), Connections::default(), lease);

        let first = mails_of(all_next(&ledger, vec![None; SENDERS]).await);
        let before = statements.load(Ordering::SeqCst);
        let told = first.iter().cloned().map(|mail| Some(taken(mail))).collect();
        let second = mails_of(all_next(&ledger, told).await);
        let cost = statements.load(Ordering::SeqCst) - before;
        // The first to come writes alone and the other three together: eight statements each time. Four alone would take 32.
        assert!(cost <= 16, "{cost} statements");
        let mut ids: Vec<_> = first.iter().chain(&second).map(|mail| mail.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2 * SENDERS, "each is claimed once");
        assert_eq!(
            mail_try::Entity::find()
                .count(services.db.reader())
                .await
                .expect("an answer"),
            4
        );
        assert_eq!(
            link::Entity::find()
                .count(services.db.reader())
                .await
                .expect("an answer"),
            8
        );
        for mail in first {
            let kept = mails::find(services.db.reader(), mail.id)
                .await
                .expect("an answer")
                .expect("the mail");
            let said = kept.reply.map(|reply| reply.text.as_str().to_owned());
            assert_eq!(
                said,
                Some(format!("2.0.0 taken as {}", mail.id)),
                "each has its own words"
            );
        }
        // Nothing is left but to keep what was taken.
        let told = second.into_iter().map(|mail| Some(taken(mail))).collect();
        for next in all_next(&ledger, told).await {
            assert!(matches!(next, Ok(Next::Nothing)));
        }
        assert_eq!(
            mail_try::Entity::find()
                .count(services.db.reader())
                .await
                .expect("an answer"),
            8
        );

        // Where the database is gone, all of them hear it.
        services.db.close().await.expect("the connections close");
        for next in all_next(&ledger, vec![None; SENDERS]).await {
            assert!(matches!(next, Err(ServiceError::Unavailable(_))));
        }
        fresh.remove().await;
    }
}
