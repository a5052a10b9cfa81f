//! One act: something that somebody does, from its beginning to its commit. It has one transaction and one time, knows who does
//! it and from where, and is the only place that writes entries of the activity about it.
//!
//! Whoever locks a row first reads the time afterwards ([`Act::has_locked`]): of two who wait for the same person, the second acts
//! later than the first.

use rekey_domain::deed::Deed;
use rekey_domain::id::{ActivityId, CompanyId, UserId};
use rekey_domain::policy::{self, Action};
use rekey_domain::reset::Reference;
use rekey_domain::time::Timestamp;
use rekey_domain::token::Token;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::{SignedIn, actor_now};
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::users::User;

/// Who acts.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody signed in.
    Person(&'a SignedIn, &'a Client),
    /// The person concerned, by a link in a mail; from where, unless it takes effect later by itself.
    Recipient(Option<&'a Client>),
    /// The operator, on the command line.
    Operator,
    /// This server, which carries out what people have asked for before. Its entries name them.
    Server,
}

impl<'a> By<'a> {
    /// As entries name the actor of something that is done to `person`.
    pub fn actor_on(self, person: &'a User) -> ActorIs<'a> {
        match self {
            Self::Person(who, _) => ActorIs::User(who.user, &who.called),
            Self::Recipient(_) => ActorIs::Recipient(person.id, &person.name),
            Self::Operator => ActorIs::Operator,
            Self::Server => ActorIs::Somebody,
        }
    }

    /// From where it is done; nothing of the operator and of this server, which are on the machine.
    pub fn client(self) -> Option<&'a Client> {
        match self {
            Self::Person(_, client) => Some(client),
            Self::Recipient(client) => client,
            Self::Operator | Self::Server => None,
        }
    }
}

/// An act under way. It is undone when it is dropped without [`Act::commit`].
#[derive(Debug)]
pub struct Act<'a> {
    /// What use cases are made of.
    pub services: &'a Services,
    /// Who acts.
    pub by: By<'a>,
    /// When, for everything that the act writes.
    pub now: Timestamp,
    tx: DatabaseTransaction,
}

impl<'a> Act<'a> {
    /// Begins it.
    pub async fn begin(services: &'a Services, by: By<'a>) -> Outcome<Self> {
        let tx = services.db.begin_write().await?;
        let now = services.clock.now();
        Ok(Self { services, by, now, tx })
    }

    /// Begins what somebody signed in does in the company that the page showed (D3), where they may do all of `actions` as of now
    /// (D6). A refusal is an entry in the activity (D7).
    pub async fn allowed(
        services: &'a Services,
        (who, client): (&'a SignedIn, &'a Client),
        shown: CompanyId,
        actions: &[Action],
        deed: Deed,
    ) -> Outcome<Self> {
        who.must_act_in(shown)?;
        let act = Self::begin(services, By::Person(who, client)).await?;
        let actor = actor_now(act.tx(), who).await?;
        match actions
            .iter()
            .try_for_each(|action| policy::decide(&actor, *action, None))
        {
            Ok(()) => Ok(act),
            Err(refusal) => Err(act.refuse(deed, None, refusal).await),
        }
    }

    /// The act has locked the row that it is about, and waited for whoever had it: its time is now.
    pub fn has_locked(&mut self) {
        self.now = self.services.clock.now();
    }

    /// Its transaction.
    pub fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// An id that is made now, of the kind whose `mint` is given.
    pub fn mint<Id>(&self, mint: fn(Timestamp, [u8; 10]) -> Id) -> Id {
        mint(self.now, random::bytes())
    }

    /// What a mailed link or a session is known by.
    pub fn token(&self) -> Token {
        Token::from_random(random::bytes())
    }

    /// What a reset is called in its mails, for who asks about it.
    pub fn reference(&self) -> Reference {
        Reference::from_random(random::bytes())
    }

    /// An entry of this act in a company's trail, where the actor and the person have the names that it knows them by.
    pub fn entry<'e>(
        &self,
        (company, actor): (CompanyId, ActorIs<'e>),
        deed: Deed,
        target: Option<(UserId, &'e str)>,
        detail: Option<&'e str>,
    ) -> Entry<'e> {
        Entry {
            id: self.mint(ActivityId::mint),
            company,
            at: self.now,
            actor,
            deed,
            granted: true,
            target,
            detail,
            client_address: self.by.client().map(Client::address_text),
        }
    }

    /// Notes what was done by somebody signed in or by the operator, in the company acted in.
    pub async fn note(&self, deed: Deed, on: Option<&User>, detail: Option<&str>) -> Outcome<()> {
        Ok(activity::insert(&self.tx, self.about(deed, on, detail)?).await?)
    }

    /// Ends the act with nothing but the entry that it was refused. What to answer.
    pub async fn refuse(self, deed: Deed, on: Option<&User>, why: impl Into<ServiceError>) -> ServiceError {
        let noted = self.note_refused(deed, on, None).await;
        match noted {
            Ok(()) => self.commit().await.err().unwrap_or_else(|| why.into()),
            Err(failed) => failed,
        }
    }

    /// Notes that a deed was refused, in an act that goes on.
    pub async fn note_refused(&self, deed: Deed, on: Option<&User>, detail: Option<&str>) -> Outcome<()> {
        let refused = self.about(deed, on, detail)?.refused();
        Ok(activity::insert(&self.tx, refused).await?)
    }

    fn about<'e>(&'e self, deed: Deed, on: Option<&'e User>, detail: Option<&'e str>) -> Outcome<Entry<'e>> {
        let target = on.map(|person| (person.id, person.name.as_str()));
        let whose = match (self.by, on) {
            (By::Person(who, _), _) => (who.company, ActorIs::User(who.user, &who.called)),
            (by, Some(person)) => (person.company, by.actor_on(person)),
            (_, None) => return Err(ServiceError::bug("an act about nobody, by nobody who is signed in")),
        };
        Ok(self.entry(whose, deed, target, detail))
    }

    /// Ends it for good.
    pub async fn commit(self) -> Outcome<()> {
        Ok(self.tx.commit().await?)
    }
}
