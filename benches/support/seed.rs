//! A company of the size that is measured, always the same: most people active, every third with a reset behind them.

use std::time::Duration;

use rekey::server::clock::Clock;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::random;
use rekey::server::store::companies::{self, NewCompany};
use rekey::server::store::db::Db;
use rekey::server::store::mails::{self, MailKind, MailReply, NewMail, Settlement};
use rekey::server::store::resets::{self, Reset};
use rekey::server::store::users::{self, NewUser};
use rekey_domain::delivery::Stage;
use rekey_domain::email::Email;
use rekey_domain::id::{CompanyId, MailId, ResetId, UserId};
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::reset::{self, Kind, Lifetime, MailState, Reference};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use super::Outcome;

/// Everybody's password.
pub const PASSWORD: &str = "lantern-orbit-velvet-27";

const FIRST: [&str; 20] = [
    "Agnes", "Bo", "Carla", "Dmitri", "Elif", "Felix", "Gita", "Hana", "Inés", "Jonas", "Kofi", "Łukasz", "Mara",
    "Noor", "Olga", "Pablo", "Rafael", "Sven", "Tomás", "Zoë",
];
const LAST: [&str; 25] = [
    "Berg", "Braun", "Castro", "Chen", "Demir", "Diaz", "Fischer", "Haddad", "Kaya", "Kern", "Levi", "Lin", "Lund",
    "Martin", "Mensah", "Moura", "Novak", "Öberg", "Okafor", "Park", "Petrova", "Rossi", "Silva", "Szabó", "Zając",
];
/// How long ago the resets were asked.
const AGO: Duration = Duration::from_hours(2);
/// One in so many has a reset.
const RESET_EVERY: usize = 3;
/// One in so many has not accepted the invitation yet.
const INVITED_EVERY: usize = 10;

/// What was put into the database.
#[derive(Clone, Debug)]
pub struct Town {
    /// The company.
    pub company: CompanyId,
    /// The address of its administrator.
    pub administrator: String,
    /// Its active people, the administrator aside.
    pub people: Vec<Person>,
    /// The hash of everybody's password.
    pub phc: String,
}

/// Somebody who can sign in.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// What they sign in with.
    pub email: String,
}

/// Makes the database and its `people`, the administrator among them, in one transaction.
pub async fn seed(database_url: &str, clock: &Clock, people: usize) -> Outcome<Town> {
    let db = Db::connect(database_url).await?;
    db.migrate().await?;
    let now = clock.now();
    let phc = PasswordHasher::for_this_machine()?.hash(PASSWORD).await?;
    let tx = db.begin_write().await?;
    let builder = Builder {
        tx: &tx,
        company: CompanyId::mint(now, random::bytes()),
        now,
        phc: &phc,
    };
    builder.company().await?;
    let administrator = "ada@bench.example";
    let ada = builder
        .person("Ada Admin", administrator, Role::Administrator, true)
        .await?;
    let mut active = Vec::new();
    for index in 1..people {
        let name = format!(
            "{} {} {index}",
            FIRST[index % FIRST.len()],
            LAST[index / FIRST.len() % LAST.len()]
        );
        let email = format!("person{index:05}@bench.example");
        let role = if index % 50 == 0 { Role::Manager } else { Role::User };
        let is_active = index % INVITED_EVERY != 0;
        let id = builder.person(&name, &email, role, is_active).await?;
        if index % RESET_EVERY == 0 {
            builder.reset(id, &email, ada, is_active).await?;
        }
        if is_active {
            active.push(Person { id, email });
        }
    }
    let company = builder.company;
    tx.commit().await?;
    db.close().await?;
    Ok(Town {
        company,
        administrator: administrator.to_owned(),
        people: active,
        phc,
    })
}

struct Builder<'a> {
    tx: &'a DatabaseTransaction,
    company: CompanyId,
    now: Timestamp,
    phc: &'a str,
}

impl Builder<'_> {
    async fn company(&self) -> Outcome<()> {
        let new = NewCompany {
            id: self.company,
            parent: None,
            name: &CompanyName::parse("Blue Heron Logistics")?,
            website: None,
            phone: Some("+49 30 5550 100"),
            contact_email: Some("it@bench.example"),
            time_zone: Some("Europe/Berlin"),
            now: self.now,
        };
        Ok(companies::insert(self.tx, &new).await?)
    }

    async fn person(&self, name: &str, email: &str, role: Role, is_active: bool) -> Outcome<UserId> {
        let id = UserId::mint(self.now, random::bytes());
        let new = NewUser {
            id,
            company: self.company,
            name: &PersonName::parse(name)?,
            email: &Email::parse(email)?,
            role,
            now: self.now,
        };
        users::insert(self.tx, &new).await?;
        if is_active {
            users::set_password(self.tx, id, self.phc).await?;
        }
        Ok(id)
    }

    /// A reset whose mail was accepted and whose link still lives.
    async fn reset(&self, user: UserId, email: &str, asked_by: UserId, is_active: bool) -> Outcome<()> {
        let asked_at = self.now - AGO;
        let kind = if is_active { Kind::Manager } else { Kind::Invitation };
        let new = Reset {
            id: ResetId::mint(asked_at, random::bytes()),
            company: self.company,
            user,
            kind,
            asked_by: Some(asked_by),
            asked_at,
            expires_at: asked_at + reset::lifetime(kind, Lifetime::default()),
            reference: Reference::from_random(random::bytes()).as_str().to_owned(),
            client_address: None,
            user_agent: None,
            end: None,
        };
        resets::insert(self.tx, &new).await?;
        let mail = NewMail {
            id: MailId::mint(asked_at, random::bytes()),
            kind: MailKind::Reset,
            company: self.company,
            user,
            reset: Some(new.id),
            recipient: email,
            now: asked_at,
            deadline: Some(new.expires_at),
            facts: None,
        };
        mails::insert(self.tx, mail).await?;
        // The only one that waits.
        let claimed = mails::claim(self.tx, self.now, self.now, self.now).await?;
        let settlement = Settlement {
            state: MailState::Accepted,
            next_try_at: None,
            reply: Some(MailReply {
                stage: Stage::Body,
                code: Some(250),
                text: "2.0.0 Ok: queued".to_owned(),
            }),
            now: asked_at,
        };
        let claimed = claimed.ok_or("a mail that was just queued can't be claimed")?;
        mails::settle(self.tx, &claimed, &settlement).await?;
        Ok(())
    }
}
