//! Queries on sessions. Only the hash of a session's secret is stored (E6).

use rekey_domain::company_details::Accent;
use rekey_domain::id::{CompanyId, SessionId, UserId};
use rekey_domain::role::Role;
use rekey_domain::session::SessionTimes;
use rekey_domain::time::Timestamp;
use rekey_domain::token::TokenHash;
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter,
    QuerySelect, RelationTrait,
};
use uuid::Uuid;

use super::entity::{company, grant, session, user};
use super::{read_time, read_word};

/// How the pages of a company look.
#[derive(Clone, Debug)]
pub struct Look {
    /// What stands on top of them.
    pub banner: Option<String>,
    /// Their colour.
    pub accent: Accent,
}

/// A session as stored, with its person, their company, and the company that they chose to act in.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// Its id.
    pub id: SessionId,
    /// When it began and was last used.
    pub times: SessionTimes,
    /// Whose it is.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// The zone that they chose, else the company's.
    pub time_zone: Option<String>,
    /// The company that they belong to.
    pub home: CompanyId,
    /// Its name.
    pub home_name: String,
    /// How its pages look.
    pub home_look: Look,
    /// The company that they chose to act in.
    pub chosen: CompanyId,
    /// Its name.
    pub chosen_name: String,
    /// How its pages look.
    pub chosen_look: Look,
    /// Whether they have a grant for it now.
    pub has_grant: bool,
}

/// A new session.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The company acted in.
    pub company: CompanyId,
    /// What the cookie's secret hashes to.
    pub secret: &'a TokenHash,
    /// Whether the person asked to be kept signed in.
    pub kept: bool,
    /// When it begins.
    pub now: Timestamp,
    /// What the browser calls itself.
    pub user_agent: &'a str,
    /// From where.
    pub client_address: &'a str,
}

/// Begins a session.
pub async fn insert(on: &impl ConnectionTrait, new: &NewSession<'_>) -> Result<(), DbErr> {
    let row = session::ActiveModel {
        id: Set(new.id.as_uuid()),
        user_id: Set(new.user.as_uuid()),
        company_id: Set(new.company.as_uuid()),
        secret_hash: Set(new.secret.as_bytes().to_vec()),
        created_at: Set(new.now.as_millis()),
        seen_at: Set(new.now.as_millis()),
        kept: Set(new.kept),
        user_agent: Set(new.user_agent.to_owned()),
        client_address: Set(new.client_address.to_owned()),
    };
    session::Entity::insert(row)
        .exec_without_returning(on)
        .await
        .map(|_| ())
}

/// The companies of people, beside those that sessions act in.
const HOMES: &str = "homes";

/// As it comes from the database.
#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    secret_hash: Vec<u8>,
    created_at: i64,
    seen_at: i64,
    kept: bool,
    user_id: Uuid,
    name: String,
    email: String,
    role: String,
    time_zone: Option<String>,
    home_id: Uuid,
    home_name: String,
    home_zone: Option<String>,
    home_banner: Option<String>,
    home_accent: String,
    chosen_id: Uuid,
    chosen_name: String,
    chosen_banner: Option<String>,
    chosen_accent: String,
    given_at: Option<i64>,
}

/// The sessions with these secrets, in any order, whether they have ended by time or not, and whether the grant stands by
/// which each acts in a linked company: one statement. None of people who are deleted or have no password.
pub async fn find_by_secrets(
    on: &impl ConnectionTrait,
    secrets: &[TokenHash],
) -> Result<Vec<(TokenHash, StoredSession)>, DbErr> {
    let home = |column: company::Column| Expr::col((Alias::new(HOMES), column));
    let found = session::Entity::find()
        .filter(session::Column::SecretHash.is_in(secrets.iter().map(|secret| secret.as_bytes().to_vec())))
        .join(JoinType::InnerJoin, session::Relation::User.def())
        .join(JoinType::InnerJoin, session::Relation::Company.def())
        .join_as(JoinType::InnerJoin, user::Relation::Company.def(), Alias::new(HOMES))
        .join(JoinType::LeftJoin, session::Relation::Grant.def())
        .filter(user::Column::DeletedAt.is_null())
        .filter(user::Column::PasswordHash.is_not_null())
        .select_only()
        .columns([
            session::Column::Id,
            session::Column::SecretHash,
            session::Column::CreatedAt,
            session::Column::SeenAt,
            session::Column::Kept,
            session::Column::UserId,
        ])
        .columns([
            user::Column::Name,
            user::Column::Email,
            user::Column::Role,
            user::Column::TimeZone,
        ])
        .column_as(home(company::Column::Id), "home_id")
        .column_as(home(company::Column::Name), "home_name")
        .column_as(home(company::Column::TimeZone), "home_zone")
        .column_as(home(company::Column::Banner), "home_banner")
        .column_as(home(company::Column::Accent), "home_accent")
        .column_as(company::Column::Id, "chosen_id")
        .column_as(company::Column::Name, "chosen_name")
        .column_as(company::Column::Banner, "chosen_banner")
        .column_as(company::Column::Accent, "chosen_accent")
        .column(grant::Column::GivenAt)
        .into_model::<Row>()
        .all(on)
        .await?;
    found.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<(TokenHash, StoredSession), DbErr> {
    let secret = row.secret_hash.as_slice().try_into();
    let secret = secret.map_err(|_| DbErr::Type("the hash of a session's secret has another length".to_owned()))?;
    let session = StoredSession {
        id: SessionId::from_uuid(row.id),
        times: SessionTimes {
            created_at: read_time(row.created_at),
            seen_at: read_time(row.seen_at),
            kept: row.kept,
        },
        user: UserId::from_uuid(row.user_id),
        name: row.name,
        email: row.email,
        role: read_word(&row.role)?,
        time_zone: row.time_zone.or(row.home_zone),
        home: CompanyId::from_uuid(row.home_id),
        home_name: row.home_name,
        home_look: Look {
            banner: row.home_banner,
            accent: read_word(&row.home_accent)?,
        },
        chosen: CompanyId::from_uuid(row.chosen_id),
        chosen_name: row.chosen_name,
        chosen_look: Look {
            banner: row.chosen_banner,
            accent: read_word(&row.chosen_accent)?,
        },
        has_grant: row.given_at.is_some(),
    };
    Ok((TokenHash::from_bytes(secret), session))
}

/// The company that a session chose to act in, and whether its person has a grant for it: what a transaction asks before it
/// acts for somebody (D6, E2). None where the session has ended.
pub async fn find_chosen(on: &impl ConnectionTrait, id: SessionId) -> Result<Option<(CompanyId, bool)>, DbErr> {
    let found: Option<(Uuid, Option<i64>)> = session::Entity::find_by_id(id.as_uuid())
        .join(JoinType::LeftJoin, session::Relation::Grant.def())
        .select_only()
        .column(session::Column::CompanyId)
        .column(grant::Column::GivenAt)
        .into_tuple()
        .one(on)
        .await?;
    Ok(found.map(|(chosen, given_at)| (CompanyId::from_uuid(chosen), given_at.is_some())))
}

/// Has the session act in this company from now on.
pub async fn set_chosen(on: &impl ConnectionTrait, id: SessionId, company: CompanyId) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::CompanyId, Expr::value(company.as_uuid()))
        .filter(session::Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// The same, if it chose `from`.
pub async fn leave(on: &impl ConnectionTrait, id: SessionId, from: CompanyId, to: CompanyId) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::CompanyId, Expr::value(to.as_uuid()))
        .filter(session::Column::Id.eq(id.as_uuid()))
        .filter(session::Column::CompanyId.eq(from.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Notes that the session was used, unless somebody else has noted it since `seen_at` was read: of many requests at
/// once, one writes (E4).
pub async fn touch(on: &impl ConnectionTrait, id: SessionId, seen_at: Timestamp, now: Timestamp) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(now.as_millis()))
        .filter(session::Column::Id.eq(id.as_uuid()))
        .filter(session::Column::SeenAt.eq(seen_at.as_millis()))
        .exec(on)
        .await
        .map(|_| ())
}

/// The times of one session.
pub async fn find_times(on: &impl ConnectionTrait, id: SessionId) -> Result<Option<SessionTimes>, DbErr> {
    Ok(session::Entity::find_by_id(id.as_uuid())
        .one(on)
        .await?
        .map(|row| times(&row)))
}

/// Ends one session.
pub async fn delete(on: &impl ConnectionTrait, id: SessionId) -> Result<(), DbErr> {
    session::Entity::delete_by_id(id.as_uuid()).exec(on).await.map(|_| ())
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct OwnSession {
    /// Its id.
    pub id: SessionId,
    /// When it began and was last used.
    pub times: SessionTimes,
    /// What the browser called itself.
    pub user_agent: String,
    /// From where.
    pub client_address: String,
}

impl OwnSession {
    pub(super) fn read(row: session::Model) -> Self {
        Self {
            id: SessionId::from_uuid(row.id),
            times: times(&row),
            user_agent: row.user_agent,
            client_address: row.client_address,
        }
    }
}

/// The sessions of a person, ended by time or not.
pub async fn list_of_user(on: &impl ConnectionTrait, user: UserId) -> Result<Vec<OwnSession>, DbErr> {
    let rows = session::Entity::find()
        .filter(session::Column::UserId.eq(user.as_uuid()))
        .all(on)
        .await?;
    Ok(rows.into_iter().map(OwnSession::read).collect())
}

fn times(row: &session::Model) -> SessionTimes {
    SessionTimes {
        created_at: read_time(row.created_at),
        seen_at: read_time(row.seen_at),
        kept: row.kept,
    }
}

/// Ends one session of a person; whether there was such a one.
pub async fn delete_one_of_user(on: &impl ConnectionTrait, user: UserId, id: SessionId) -> Result<bool, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user.as_uuid()))
        .filter(session::Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Ends all sessions of a person but one.
pub async fn delete_others_of_user(on: &impl ConnectionTrait, user: UserId, but: SessionId) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user.as_uuid()))
        .filter(session::Column::Id.ne(but.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Ends all sessions of a person.
pub async fn delete_of_user(on: &impl ConnectionTrait, user: UserId) -> Result<(), DbErr> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}
