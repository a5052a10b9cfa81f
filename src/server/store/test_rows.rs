//! A fresh database and one good row of each table, for the tests of the store.

use std::env;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, ModelTrait,
};
use tempfile::TempDir;
use uuid::Uuid;

use super::db::Db;
use super::entity::{
    activity, ask, batch, batch_line, company, disavowal, email_change, grant, limit, link, mail, notice_link, reset,
    session, user,
};

pub const COMPANY: Uuid = Uuid::from_u128(1);
pub const OTHER_COMPANY: Uuid = Uuid::from_u128(2);
pub const USER: Uuid = Uuid::from_u128(3);
pub const RESET: Uuid = Uuid::from_u128(4);
pub const BATCH: Uuid = Uuid::from_u128(5);
pub const NOBODY: Uuid = Uuid::from_u128(99);

/// A database for one test. It goes when this is dropped; on `PostgreSQL`, by [`FreshDb::remove`].
pub struct FreshDb {
    pub db: Db,
    /// Where it is, for opening it a second time.
    pub url: String,
    /// The `PostgreSQL` server and the name of the database on it.
    on_server: Option<(String, String)>,
    _folder: TempDir,
}

impl FreshDb {
    /// A migrated database without rows.
    pub async fn new() -> Self {
        let fresh = Self::without_schema().await;
        fresh.db.migrate().await.expect("the schema applies");
        fresh
    }

    /// On `SQLite`; with `REKEY_TEST_POSTGRES_URL` (`postgres://user@host:port`, no database) on that server instead.
    pub async fn without_schema() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the database");
        let (url, on_server) = match env::var("REKEY_TEST_POSTGRES_URL") {
            Ok(server) => {
                // The folder's name is random, so one made from it is new.
                let random = folder
                    .path()
                    .file_name()
                    .map(|name| name.to_string_lossy().replace('.', ""));
                let name = format!("rekey_store_{}", random.unwrap_or_default());
                tell(&server, &format!("CREATE DATABASE \"{name}\"")).await;
                (format!("{server}/{name}"), Some((server, name)))
            }
            Err(_) => (format!("sqlite:{}", folder.path().join("rekey.db").display()), None),
        };
        let db = Db::connect(&url).await.expect("the database opens");
        Self {
            db,
            url,
            on_server,
            _folder: folder,
        }
    }

    /// Ends the connections and removes what dropping can't.
    pub async fn remove(self) {
        self.db.close().await.expect("the connections close");
        if let Some((server, name)) = &self.on_server {
            tell(server, &format!("DROP DATABASE \"{name}\" WITH (FORCE)")).await;
        }
    }
}

/// Runs one statement on a server's own database.
async fn tell(server: &str, statement: &str) {
    let db = Db::connect(&format!("{server}/postgres"))
        .await
        .expect("the server answers");
    db.reader()
        .execute_unprepared(statement)
        .await
        .expect("the server does as told");
    db.close().await.expect("the connections close");
}

/// Inserts one row in a transaction of its own; nothing stays of one that is refused.
pub async fn insert<M, A>(db: &Db, row: M) -> Result<(), DbErr>
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    let transaction = db.begin_write().await?;
    <M::Entity as EntityTrait>::insert(row.into_active_model())
        .exec_without_returning(&transaction)
        .await?;
    transaction.commit().await
}

/// A copy of `row` with something changed.
pub fn with<M: Clone>(row: &M, change: impl FnOnce(&mut M)) -> M {
    let mut row = row.clone();
    change(&mut row);
    row
}

/// Two companies, a user of the first, and a reset for that user.
pub async fn insert_base(db: &Db) -> Result<(), DbErr> {
    insert(db, company()).await?;
    insert(db, with(&company(), |row| row.id = OTHER_COMPANY)).await?;
    insert(db, user()).await?;
    insert(db, reset()).await
}

pub fn company() -> company::Model {
    company::Model {
        id: COMPANY,
        parent_id: None,
        name: "Blue Heron Logistics".to_owned(),
        search_key: "blue heron logistics".to_owned(),
        sort_key: "blue heron logistics".to_owned(),
        website: Some("https://blueheron.example".to_owned()),
        phone: None,
        contact_email: None,
        time_zone: Some("Europe/Berlin".to_owned()),
        created_at: 1_000,
        banner: Some("Closed on Friday".to_owned()),
        accent: "teal".to_owned(),
        sender_name: Some("Blue Heron".to_owned()),
        only_managers: true,
        version: 2,
    }
}

pub fn user() -> user::Model {
    user::Model {
        id: USER,
        company_id: COMPANY,
        name: "Uma User".to_owned(),
        email: "uma@blueheron.example".to_owned(),
        email_key: "uma@blueheron.example".to_owned(),
        search_key: "uma user uma@blueheron.example".to_owned(),
        sort_key: "uma user".to_owned(),
        role: "read-only".to_owned(),
        password_hash: Some("$argon2id$".to_owned()),
        has_had_password: true,
        time_zone: None,
        created_at: 1_000,
        last_sign_in_at: Some(2_000),
        deleted_at: None,
    }
}

pub fn session() -> session::Model {
    session::Model {
        id: Uuid::from_u128(5),
        user_id: USER,
        company_id: OTHER_COMPANY,
        secret_hash: vec![5; 32],
        created_at: 1_000,
        seen_at: 1_000,
        kept: true,
        user_agent: "Firefox".to_owned(),
        client_address: "192.0.2.1".to_owned(),
    }
}

pub fn grant() -> grant::Model {
    grant::Model {
        user_id: USER,
        company_id: COMPANY,
        child_id: Uuid::from_u128(8),
        given_at: 1_000,
    }
}

pub fn ask() -> ask::Model {
    ask::Model {
        id: Uuid::from_u128(6),
        email_key: "nobody@blueheron.example".to_owned(),
        asked_at: 1_000,
        client_address: "2001:db8::1".to_owned(),
        user_agent: String::new(),
    }
}

pub fn reset() -> reset::Model {
    reset::Model {
        id: RESET,
        company_id: COMPANY,
        user_id: USER,
        kind: "oneself".to_owned(),
        asked_by: None,
        asked_at: 1_000,
        expires_at: 1_001,
        reference: "ABC234".to_owned(),
        client_address: None,
        user_agent: None,
        ended_as: None,
        ended_at: None,
        ended_by: None,
        replaced_by: None,
        recipient_said: None,
        cancelled_for: None,
        is_shown: false,
        batch_id: None,
    }
}

pub fn link() -> link::Model {
    link::Model {
        hash: vec![7; 32],
        reset_id: RESET,
        attempt: 1,
        minted_at: 1_000,
    }
}

pub fn mail() -> mail::Model {
    mail::Model {
        id: Uuid::from_u128(8),
        kind: "reset".to_owned(),
        company_id: COMPANY,
        user_id: USER,
        reset_id: Some(RESET),
        recipient: "uma@blueheron.example".to_owned(),
        state: "queued".to_owned(),
        attempts: 0,
        created_at: 1_000,
        next_try_at: 1_000,
        deadline: Some(2_000),
        leased_until: None,
        settled_at: None,
        reply_stage: Some("recipient".to_owned()),
        reply_code: Some(451),
        reply_text: Some("4.3.0 try later".to_owned()),
        facts: None,
        is_of_batch: false,
    }
}

pub fn limit() -> limit::Model {
    limit::Model {
        kind: "ask_email".to_owned(),
        key: "nobody@blueheron.example".to_owned(),
        count: 0,
        at: 3_600_000,
        forget_at: 3_600_000,
    }
}

pub fn notice() -> mail::Model {
    mail::Model {
        id: Uuid::from_u128(10),
        kind: "password_changed".to_owned(),
        reset_id: None,
        ..mail()
    }
}

pub fn notice_link() -> notice_link::Model {
    notice_link::Model {
        hash: vec![11; 32],
        mail_id: notice().id,
        attempt: 1,
        minted_at: 1_000,
    }
}

pub fn disavowal() -> disavowal::Model {
    disavowal::Model {
        id: Uuid::from_u128(12),
        company_id: COMPANY,
        user_id: USER,
        at: 1_000,
        reset_id: Some(RESET),
        mail_id: None,
    }
}

pub fn email_change() -> email_change::Model {
    email_change::Model {
        id: Uuid::from_u128(14),
        company_id: COMPANY,
        user_id: USER,
        old_email: "uma@blueheron.example".to_owned(),
        old_email_key: "uma@blueheron.example".to_owned(),
        new_email: "uma@other.example".to_owned(),
        entered_by: USER,
        entered_at: 1_000,
        counts_from: 1_000,
        confirmed_at: None,
        ended_as: None,
        ended_at: None,
        notice_id: Some(NOBODY),
        restores: true,
        confirming_id: Some(NOBODY),
    }
}

pub fn activity() -> activity::Model {
    activity::Model {
        id: Uuid::from_u128(9),
        company_id: Some(COMPANY),
        at: 1_000,
        actor_kind: "operator".to_owned(),
        actor_id: None,
        actor_name: "Operator".to_owned(),
        action: "trigger_reset".to_owned(),
        search_key: "operator uma user".to_owned(),
        outcome: "granted".to_owned(),
        target_id: Some(NOBODY),
        target_name: Some("Uma User".to_owned()),
        detail: None,
        client_address: None,
        times: 1,
        repeat_key: None,
    }
}

pub fn batch() -> batch::Model {
    batch::Model {
        id: BATCH,
        company_id: COMPANY,
        kind: "resets".to_owned(),
        state: "done".to_owned(),
        made_by: Some(USER),
        made_at: 1_000,
        client_address: Some("203.0.113.7".to_owned()),
        user_agent: Some("Firefox".to_owned()),
        reason: Some("A laptop was stolen".to_owned()),
        pressed_at: Some(2_000),
        revoked_by: None,
    }
}

pub fn batch_line() -> batch_line::Model {
    batch_line::Model {
        batch_id: BATCH,
        line: 1,
        email: "uma@blueheron.example".to_owned(),
        name: Some("Uma User".to_owned()),
        role: None,
        user_id: Some(USER),
        outcome: "done".to_owned(),
        detail: None,
    }
}
