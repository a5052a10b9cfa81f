//! All chains of allowed acts, up to four of them, that somebody could try in order to get into another's account (F5, D8):
//! use cases on a real database, with a mail server of a few lines that says who received what. After each act:
//!
//! - No link of an account that has had a password goes anywhere but to its owner's mailbox, or to an address of which that
//!   mailbox was told a day before, by a mail that the mail server took.
//! - What the owner is told is never dropped.
//!
//! At the end of each chain whoever tries goes on as far as they can, and what the owner may stop, they stop.

use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use rekey::server::client::Client;
use rekey::server::clock::Clock;
use rekey::server::config::demo_settings;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::run;
use rekey::server::service::acting::act::{self, By};
use rekey::server::service::acting::error::{Outcome, ServiceError};
use rekey::server::service::acting::operator::OperatorError;
use rekey::server::service::acting::resolve_session::{Resolved, SignedIn, resolve_session};
use rekey::server::service::emails::cancel_email::cancel_email;
use rekey::server::service::emails::confirm_email::confirm_email;
use rekey::server::service::emails::settle_email::settle_due;
use rekey::server::service::emails::stop_email::stop_email;
use rekey::server::service::people::change_administrator::{grant_administrator, revoke_administrator};
use rekey::server::service::people::change_role::change_role;
use rekey::server::service::people::create_user::create_user;
use rekey::server::service::people::delete_user::delete_user;
use rekey::server::service::people::edit_user::edit_user;
use rekey::server::service::people::operator_delete_user::operator_delete_user;
use rekey::server::service::people::operator_edit_user::operator_edit_user;
use rekey::server::service::people::restore_user::restore_user;
use rekey::server::service::resets::ask_reset::ask_reset;
use rekey::server::service::resets::operator_reset::operator_reset;
use rekey::server::service::resets::resolve_asks::resolve_asks;
use rekey::server::service::resets::trigger_reset::trigger_reset;
use rekey::server::service::sessions::begin_session::begin_session;
use rekey::server::services::Services;
use rekey::server::store::email_changes;
use rekey::server::store::entity::mail;
use rekey::server::store::notice_links;
use rekey::server::store::users::{self, NewUser, User};
use rekey::wire::forms::{AskInput, OnPerson};
use rekey::wire::people::{ChangeRoleInput, CreateUserInput, EditUserInput, RestoreUserInput};
use rekey_domain::account::Status;
use rekey_domain::email::Email;
use rekey_domain::id::{MailId, UserId};
use rekey_domain::name::PersonName;
use rekey_domain::role::Role;
use rekey_domain::secret::Secret;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use url::Url;

use crate::support::people::{ADA, MAX};
use crate::support::{Database, HOUR, SECOND};

const DAY: Duration = Duration::from_hours(24);
/// So many acts a chain has, before its end.
const LONGEST: usize = 4;

/// What can be done to the account, or about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Delete,
    Restore,
    /// With an address of whoever restores.
    RestoreElsewhere,
    /// Enter an address of theirs.
    Change,
    /// Confirm it, from there.
    Confirm,
    Reset,
    /// "Forgot password?" for their address.
    Ask,
    Lower,
    Raise,
    /// Somebody else, with the account's address.
    CreateOther,
    /// That one gets another address.
    MoveOther,
    DeleteOther,
    Cancel,
    OneDay,
    OperatorDeletes,
    OperatorRenames,
    OperatorResets,
    OperatorGrants,
    OperatorRevokes,
}

/// What somebody in the company does.
const INSIDE: [Act; 14] = [
    Act::Delete,
    Act::Restore,
    Act::RestoreElsewhere,
    Act::Change,
    Act::Confirm,
    Act::Reset,
    Act::Ask,
    Act::Lower,
    Act::Raise,
    Act::CreateOther,
    Act::MoveOther,
    Act::DeleteOther,
    Act::Cancel,
    Act::OneDay,
];

/// The same where the operator does what operators can.
const WITH_OPERATOR: [Act; 12] = [
    Act::OperatorDeletes,
    Act::Restore,
    Act::RestoreElsewhere,
    Act::Change,
    Act::Confirm,
    Act::CreateOther,
    Act::MoveOther,
    Act::OperatorRenames,
    Act::OperatorResets,
    Act::OperatorGrants,
    Act::OperatorRevokes,
    Act::OneDay,
];

/// Whether the mail server takes the mails that tell the old address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notices {
    Taken,
    /// The old mailbox is not to be reached for days.
    PutOff,
}

/// One database, and who acts there.
struct Town {
    services: Services,
    _database: Database,
    client: Client,
    actor: SignedIn,
    notices: Notices,
    acts: &'static [Act],
    /// Of the account.
    role: Role,
}

impl Town {
    async fn new(actor: &str, role: Role, acts: &'static [Act], notices: Notices) -> Self {
        let database = Database::new().await;
        let mut settings = demo_settings(Url::parse("http://localhost").expect("a URL"));
        let limits = &mut settings.limits;
        limits.asks_per_email = None;
        limits.resets_per_person = None;
        limits.resets_per_manager = None;
        limits.taken_emails_per_manager = None;
        let clock = Clock::standing_at(crate::support::START);
        let hasher = PasswordHasher::new(1).expect("a hasher");
        let services = run::open_services(&database.url(), clock, hasher, settings).await;
        let services = services.expect("the database opens");
        let client = Client::new(IpAddr::V4(Ipv4Addr::LOCALHOST), "Firefox");
        let actor = signed_in(&services, &client, actor).await;
        Self {
            services,
            _database: database,
            client,
            actor,
            notices,
            acts,
            role,
        }
    }

    fn now(&self) -> Timestamp {
        self.services.clock.now()
    }

    /// Goes through all chains; how many there were.
    async fn explore(&self) -> usize {
        // The choice at each step, and how many there were.
        let mut plan: Vec<(usize, usize)> = Vec::new();
        let mut chains = 0;
        loop {
            let mut chain = Chain::begin(self, chains).await;
            for step in 0..LONGEST {
                let possible = chain.possible().await;
                if plan.len() == step {
                    plan.push((0, possible.len()));
                }
                let Some(act) = possible.get(plan[step].0) else { break };
                if !chain.step(*act).await {
                    break;
                }
            }
            chain.end().await;
            chains += 1;
            while plan.last().is_some_and(|(choice, of)| choice + 1 >= *of) {
                plan.pop();
            }
            match plan.last_mut() {
                Some((choice, _)) => *choice += 1,
                None => return chains,
            }
        }
    }
}

async fn signed_in(services: &Services, client: &Client, email: &str) -> SignedIn {
    let act = act::Act::begin(services, By::Operator)
        .await
        .expect("the database takes it");
    let key = address(email);
    let found = users::find_by_email_key(act.tx(), key.key()).await;
    let user = found.expect("the database answers").expect("somebody");
    let whose = (user.id, user.company);
    let session = begin_session(&act, client, whose, true, String::new()).await;
    let secret = session.expect("a session").secret;
    act.commit().await.expect("it is kept");
    match resolve_session(services, &[secret], false).await {
        Ok(Resolved::SignedIn(who)) => *who,
        other => panic!("{other:?}"),
    }
}

fn address(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

/// A mail as the mail server has it.
struct Sent {
    at: Timestamp,
    kind: String,
    user: UserId,
    to: String,
    /// Of the two about a new address: which, and the link in it.
    new_email: Option<(String, Token)>,
}

/// One account, and what has been done to it.
struct Chain<'a> {
    town: &'a Town,
    account: UserId,
    owner: String,
    mine: String,
    other: Option<UserId>,
    others: String,
    sent: Vec<Sent>,
    told: String,
}

impl<'a> Chain<'a> {
    async fn begin(town: &'a Town, number: usize) -> Self {
        let account = UserId::mint(town.now(), rekey::server::random::bytes());
        let owner = format!("owner{number}@chains.example");
        let row = NewUser {
            id: account,
            company: town.actor.company,
            name: &PersonName::parse("Olga Owner").expect("a name"),
            email: &address(&owner),
            role: town.role,
            now: town.now(),
        };
        let tx = town.services.db.begin_write().await.expect("the database takes it");
        users::insert(&tx, &row).await.expect("it is kept");
        let is_set = users::set_password(&tx, account, "$argon2id$").await;
        assert!(is_set.expect("it is kept"));
        tx.commit().await.expect("it is kept");
        Self {
            town,
            account,
            owner,
            mine: format!("mine{number}@evil.example"),
            other: None,
            others: format!("other{number}@evil.example"),
            sent: Vec::new(),
            told: String::new(),
        }
    }

    async fn person(&self, id: UserId) -> User {
        let found = users::find(self.town.services.db.reader(), id).await;
        found.expect("the database answers").expect("somebody")
    }

    /// The link to confirm the address of whoever tries, the newest.
    fn confirming(&self) -> Option<&Token> {
        let mine = self.sent.iter().rev().filter(|sent| sent.kind == "confirm_email");
        mine.filter_map(|sent| sent.new_email.as_ref())
            .map(|(_, link)| link)
            .next()
    }

    /// The acts that would do something: those that would not make no other chain.
    async fn possible(&self) -> Vec<Act> {
        let person = self.person(self.account).await;
        let is_deleted = person.status == Status::Deleted;
        let waits = self.waits().await;
        let mut possible = Vec::new();
        for &act in self.town.acts {
            let is_possible = match act {
                Act::Delete | Act::Reset | Act::OperatorDeletes | Act::OperatorResets => !is_deleted,
                Act::OperatorRenames => !is_deleted && person.name == "Olga Owner",
                Act::Restore | Act::RestoreElsewhere => is_deleted,
                Act::Change => !is_deleted && person.email != self.mine && !waits,
                Act::Cancel => waits,
                Act::Confirm => waits && self.confirming().is_some(),
                Act::Ask => person.email == self.mine,
                Act::Lower => !is_deleted && person.role == self.town.role,
                Act::Raise => !is_deleted && self.town.role.is_above(person.role),
                Act::CreateOther => self.other.is_none() && (is_deleted || person.email != self.owner),
                Act::MoveOther | Act::DeleteOther => match self.other {
                    Some(other) => {
                        let other = self.person(other).await;
                        other.status != Status::Deleted && (act == Act::DeleteOther || other.email != self.others)
                    }
                    None => false,
                },
                Act::OperatorGrants => !is_deleted && person.role != Role::Administrator,
                Act::OperatorRevokes => !is_deleted && person.role == Role::Administrator,
                Act::OneDay => true,
            };
            if is_possible {
                possible.push(act);
            }
        }
        possible
    }

    async fn waits(&self) -> bool {
        let open = email_changes::find_open(self.town.services.db.reader(), self.account).await;
        let open = open.expect("the database answers");
        open.is_some_and(|open| open.facts.is_pending(self.town.now()))
    }

    /// Does it, has the mail that it brings taken, and looks whether all is still well. Whether it was allowed.
    async fn step(&mut self, act: Act) -> bool {
        let _ = write!(self.told, "{act:?} ");
        // Nothing is the same press.
        self.town.services.clock.advance(SECOND * 61);
        let is_allowed = match self.act(act).await {
            Ok(()) => true,
            Err(ServiceError::Refused(_)) => {
                self.told.push_str("(refused) ");
                false
            }
            Err(other) => panic!("{}: {other}", self.told),
        };
        self.take_mail().await;
        self.look();
        is_allowed
    }

    async fn act(&mut self, act: Act) -> Outcome<()> {
        let Town {
            services,
            client,
            actor: who,
            ..
        } = self.town;
        let person = self.person(self.account).await;
        let (user, company) = (self.account, who.company);
        let on = OnPerson { company, user };
        match act {
            Act::Delete => delete_user(services, client, who, on).await,
            Act::Restore | Act::RestoreElsewhere => {
                let email = (act == Act::RestoreElsewhere).then(|| self.mine.as_str().into());
                let input = RestoreUserInput { company, email };
                restore_user(services, client, who, user, &input).await.map(|_| ())
            }
            Act::Change => self.edit(&person, &self.mine).await,
            Act::Confirm => {
                let token = self.confirming().expect("one that waits").expose().to_owned();
                let confirmed = confirm_email(services, client, &Secret::from(token)).await;
                confirmed.map(|_| ())
            }
            Act::Reset => trigger_reset(services, client, who, on).await.map(drop),
            Act::Ask => {
                let email = self.mine.as_str().into();
                ask_reset(services, client, &AskInput { email }).await?;
                resolve_asks(services).await.map(|_| ())
            }
            Act::Lower | Act::Raise => {
                let to = match (act, self.town.role) {
                    (Act::Lower, Role::User) => Role::ReadOnly,
                    (Act::Lower, _) => Role::User,
                    (_, role) => role,
                };
                let input = ChangeRoleInput {
                    company,
                    user,
                    role: to.as_str().into(),
                    was_role: person.role.as_str().into(),
                };
                change_role(services, client, who, &input).await
            }
            Act::CreateOther => {
                let input = CreateUserInput {
                    company,
                    name: "Otto Other".into(),
                    email: self.owner.as_str().into(),
                    role: "user".into(),
                    another: None,
                };
                self.other = Some(create_user(services, client, who, &input).await?);
                Ok(())
            }
            Act::MoveOther => {
                let other = self.person(self.other.expect("there is one")).await;
                self.edit(&other, &self.others).await
            }
            Act::DeleteOther => {
                let user = self.other.expect("there is one");
                delete_user(services, client, who, OnPerson { company, user }).await
            }
            Act::Cancel => cancel_email(services, client, who, on).await,
            Act::OneDay => {
                services.clock.advance(DAY + HOUR);
                settle_due(services).await
            }
            Act::OperatorDeletes => {
                let deleted = operator_delete_user(services, &address(&person.email)).await;
                operated(deleted.map(|_| ()))
            }
            Act::OperatorRenames => {
                let name = PersonName::parse("Mine").expect("a name");
                let renamed = operator_edit_user(services, &address(&person.email), &name).await;
                operated(renamed.map(|_| ()))
            }
            Act::OperatorResets => {
                let asked = operator_reset(services, &address(&person.email)).await;
                operated(asked.map(|_| ()))
            }
            Act::OperatorGrants => {
                let granted = grant_administrator(services, &address(&person.email)).await;
                operated(granted.map(|_| ()))
            }
            Act::OperatorRevokes => {
                let revoked = revoke_administrator(services, &address(&person.email), self.town.role).await;
                operated(revoked.map(|_| ()))
            }
        }
    }

    async fn edit(&self, person: &User, email: &str) -> Outcome<()> {
        let Town {
            services,
            client,
            actor: who,
            ..
        } = self.town;
        let input = EditUserInput {
            company: who.company,
            user: person.id,
            name: person.name.as_str().into(),
            email: Some(email.into()),
            was_name: person.name.as_str().into(),
            was_email: Some(person.email.as_str().into()),
        };
        edit_user(services, client, who, &input).await.map(|_| ())
    }

    /// The mail server takes everything that waits, except what it puts off; links in mails are made as senders make them.
    async fn take_mail(&mut self) {
        let services = &self.town.services;
        let now = self.town.now();
        let tx = services.db.begin_write().await.expect("the database takes it");
        let waiting = mail::Entity::find()
            .filter(mail::Column::State.eq("queued"))
            .filter(mail::Column::UserId.is_in(self.both().map(UserId::as_uuid)))
            .order_by_asc(mail::Column::Id);
        for row in waiting.all(&tx).await.expect("the database answers") {
            if row.kind == "email_changing" && self.town.notices == Notices::PutOff {
                continue;
            }
            let kind = match row.kind.as_str() {
                "confirm_email" => Some(TokenKind::ConfirmEmail),
                "email_changing" => Some(TokenKind::StopEmail),
                _ => None,
            };
            let new_email = match kind {
                None => None,
                Some(kind) => {
                    let token = Token::from_random(rekey::server::random::bytes());
                    let id = MailId::from_uuid(row.id);
                    let kept = notice_links::insert(&tx, &token.hash(kind), id, 1, now).await;
                    kept.expect("it is kept");
                    Some((self.mine.clone(), token))
                }
            };
            let taken = mail::Entity::update_many()
                .col_expr(mail::Column::State, Expr::value("accepted"))
                .col_expr(mail::Column::SettledAt, Expr::value(now.as_millis()))
                .filter(mail::Column::Id.eq(row.id))
                .exec(&tx)
                .await;
            taken.expect("it is kept");
            self.sent.push(Sent {
                at: now,
                kind: row.kind,
                user: UserId::from_uuid(row.user_id),
                to: row.recipient,
                new_email,
            });
        }
        tx.commit().await.expect("it is kept");
    }

    fn both(&self) -> impl Iterator<Item = UserId> {
        std::iter::once(self.account).chain(self.other)
    }

    /// Whether every link of the account went where it may.
    fn look(&self) {
        for link in self.sent.iter().filter(|sent| sent.kind == "reset") {
            if link.user != self.account || link.to == self.owner {
                continue;
            }
            let was_told = self.sent.iter().any(|notice| {
                let is_of_it = notice.new_email.as_ref().is_some_and(|(new, _)| *new == link.to);
                notice.kind == "email_changing" && notice.to == self.owner && is_of_it && notice.at + DAY <= link.at
            });
            assert!(was_told, "a link went to {} after: {}", link.to, self.told);
        }
    }

    /// Whoever tries goes on as far as they can. Then the owner stops what they can stop.
    async fn end(mut self) {
        for act in [Act::Confirm, Act::OneDay, Act::Reset, Act::Ask] {
            if self.possible_at_the_end(act).await {
                self.step(act).await;
            }
        }
        let dropped = mail::Entity::find()
            .filter(mail::Column::UserId.eq(self.account.as_uuid()))
            .filter(mail::Column::Kind.eq("email_changing"))
            .filter(mail::Column::State.eq("dropped"))
            .one(self.town.services.db.reader())
            .await;
        let dropped = dropped.expect("the database answers");
        assert!(dropped.is_none(), "the owner is not told after: {}", self.told);
        let came_to_count = self.person(self.account).await.email == self.mine;
        if self.town.notices == Notices::PutOff {
            assert!(!came_to_count, "untold after: {}", self.told);
        }
        if !came_to_count {
            return;
        }
        let notice = self.sent.iter().rev().find(|sent| sent.kind == "email_changing");
        let notice = notice.unwrap_or_else(|| panic!("nobody was told after: {}", self.told));
        if self.town.now().since(notice.at) >= DAY * 3 {
            return;
        }
        let link = notice.new_email.as_ref().map(|(_, link)| link.expose().to_owned());
        let link = Secret::from(link.expect("a link"));
        let stopped = stop_email(&self.town.services, &self.town.client, &link).await;
        stopped.unwrap_or_else(|error| panic!("{error} after: {}", self.told));
        let person = self.person(self.account).await;
        assert_eq!(person.email, self.owner, "after: {}", self.told);
        assert!(person.password_hash.is_none(), "after: {}", self.told);
    }

    async fn possible_at_the_end(&self, act: Act) -> bool {
        let person = self.person(self.account).await;
        match act {
            Act::Confirm => self.waits().await && self.confirming().is_some(),
            Act::Reset => person.status != Status::Deleted,
            Act::Ask => person.email == self.mine,
            _ => true,
        }
    }
}

fn operated(result: Result<(), OperatorError>) -> Outcome<()> {
    match result {
        Ok(()) => Ok(()),
        Err(OperatorError::Failed(error)) => Err(error),
        Err(OperatorError::Refused(_)) => Err(rekey::wire::error::AppError::NotFound.into()),
    }
}

async fn none_leads_into_the_account(actor: &str, role: Role, acts: &'static [Act], notices: Notices) {
    let chains = Town::new(actor, role, acts, notices).await.explore().await;
    assert!(chains > 200, "{chains} chains");
}

#[tokio::test]
async fn f5_no_chain_of_acts_of_a_manager_leads_into_an_account() {
    none_leads_into_the_account(MAX, Role::User, &INSIDE, Notices::Taken).await;
}

#[tokio::test]
async fn f5_no_chain_of_acts_of_an_administrator_leads_into_an_account() {
    none_leads_into_the_account(ADA, Role::Manager, &INSIDE, Notices::Taken).await;
}

#[tokio::test]
async fn f5_no_chain_of_acts_with_the_operators_leads_into_an_account() {
    none_leads_into_the_account(MAX, Role::User, &WITH_OPERATOR, Notices::Taken).await;
}

#[tokio::test]
async fn f5_no_chain_of_acts_leads_anywhere_while_the_owner_cannot_be_told() {
    none_leads_into_the_account(MAX, Role::User, &INSIDE, Notices::PutOff).await;
}
