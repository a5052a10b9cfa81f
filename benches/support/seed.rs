//! A company of the size that is measured, always the same: most people active, each signed in on two devices, every
//! third with a reset behind them.

use std::time::Duration;

use rekey::server::clock::Clock;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::random;
use rekey::server::store::db::Db;
use rekey_domain::id::{CompanyId, SessionId, UserId};
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;
use rekey_domain::token::Token;

use super::Outcome;
use super::rows::Rows;

/// Everybody's password.
pub const PASSWORD: &str = "lantern-orbit-velvet-27";
/// What is chosen as a new one.
pub const NEW_PASSWORD: &str = "umbrella-quartz-meadow-58";
/// The administrator's name.
pub const ADMINISTRATOR: &str = "Ada Admin";

const FIRST: [&str; 20] = [
    "Agnes", "Bo", "Carla", "Dmitri", "Elif", "Felix", "Gita", "Hana", "Inés", "Jonas", "Kofi", "Łukasz", "Mara",
    "Noor", "Olga", "Pablo", "Rafael", "Sven", "Tomás", "Zoë",
];
const LAST: [&str; 25] = [
    "Berg", "Braun", "Castro", "Chen", "Demir", "Diaz", "Fischer", "Haddad", "Kaya", "Kern", "Levi", "Lin", "Lund",
    "Martin", "Mensah", "Moura", "Novak", "Öberg", "Okafor", "Park", "Petrova", "Rossi", "Silva", "Szabó", "Zając",
];
/// How long ago the resets were asked, a millisecond more for each.
const AGO: Duration = Duration::from_hours(2);
/// How long before each other people signed in.
const BETWEEN: Duration = Duration::from_mins(1);
/// One in so many has a reset.
const RESET_EVERY: usize = 3;
/// One in so many has not accepted the invitation yet.
const INVITED_EVERY: usize = 10;

/// What was put into the database.
#[derive(Clone, Debug)]
pub struct Town {
    /// The company.
    pub company: CompanyId,
    /// Its administrator, who asked for all resets.
    pub administrator: Person,
    /// Its active people, the administrator aside.
    pub people: Vec<Person>,
    /// A link that somebody has used.
    pub used_link: Token,
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
    /// Of a session.
    pub cookie: String,
    /// Another session.
    pub elsewhere: SessionId,
    /// The living link of their reset.
    pub link: Option<Token>,
}

/// Fills an empty database with `people`, the administrator among them, in one transaction.
pub async fn seed(db: &Db, clock: &Clock, people: usize) -> Outcome<Town> {
    db.migrate().await?;
    let now = clock.now();
    let phc = PasswordHasher::for_this_machine()?.hash(PASSWORD).await?;
    let tx = db.begin_write().await?;
    let company = CompanyId::mint(now, random::bytes());
    let rows = Rows { tx: &tx, company, now };
    rows.company().await?;
    let email = "ada@bench.example".to_owned();
    let active = Some((phc.as_str(), BETWEEN));
    let id = rows.person(ADMINISTRATOR, &email, Role::Administrator, active).await?;
    let administrator = signed_in(&rows, id, email).await?;
    let mut active = Vec::new();
    for index in 1..people {
        let person = person(&rows, &phc, index, administrator.id).await?;
        active.extend(person);
    }
    // The administrator's own, asked by nobody else.
    let ada = &administrator;
    let reset = rows.reset(ada.id, &ada.email, Kind::Oneself, ada.id, AGO).await?;
    let used_link = rows.accepted(reset).await?;
    rows.used(reset).await?;
    tx.commit().await?;
    Ok(Town {
        company,
        administrator,
        people: active,
        used_link,
        phc,
    })
}

/// The person with this number; none where they are only invited.
async fn person(rows: &Rows<'_>, phc: &str, index: usize, asked_by: UserId) -> Outcome<Option<Person>> {
    let name = format!(
        "{} {} {index}",
        FIRST[index % FIRST.len()],
        LAST[index / FIRST.len() % LAST.len()]
    );
    let email = format!("person{index:05}@bench.example");
    let role = if index.is_multiple_of(50) {
        Role::Manager
    } else {
        Role::User
    };
    let number = u32::try_from(index)?;
    let is_active = !index.is_multiple_of(INVITED_EVERY);
    let active = is_active.then_some((phc, BETWEEN * number));
    let id = rows.person(&name, &email, role, active).await?;
    let mut link = None;
    if index.is_multiple_of(RESET_EVERY) {
        let kind = if is_active { Kind::Manager } else { Kind::Invitation };
        let ago = AGO + Duration::from_millis(1) * number;
        let reset = rows.reset(id, &email, kind, asked_by, ago).await?;
        link = Some(rows.accepted(reset).await?);
    }
    Ok(if is_active {
        Some(Person {
            link,
            ..signed_in(rows, id, email).await?
        })
    } else {
        None
    })
}

/// Somebody signed in twice, without a link.
async fn signed_in(rows: &Rows<'_>, id: UserId, email: String) -> Outcome<Person> {
    let (_, cookie) = rows.session(id).await?;
    let (elsewhere, _) = rows.session(id).await?;
    Ok(Person {
        id,
        email,
        cookie,
        elsewhere,
        link: None,
    })
}

/// Queues a mail with a link for each of these people, as pressing **Reset password** does: all at once.
pub async fn queue_resets(db: &Db, clock: &Clock, town: &Town, people: &[Person]) -> Outcome<()> {
    let tx = db.begin_write().await?;
    let rows = Rows {
        tx: &tx,
        company: town.company,
        now: clock.now(),
    };
    for person in people {
        let asked_by = town.administrator.id;
        rows.reset(person.id, &person.email, Kind::Manager, asked_by, Duration::ZERO)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}
