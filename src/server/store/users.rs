//! Queries on people.

use std::collections::{HashMap, HashSet};

use rekey_domain::account::{Status, lets_address_be_corrected};
use rekey_domain::email::Email;
use rekey_domain::fold;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::name::PersonName;
use rekey_domain::policy::Target;
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::companies::Company;
use super::entity::company;
use super::entity::user::{ActiveModel, Column, Entity, Model};
use super::{ranks, read_time, read_word};

/// A person.
#[derive(Clone, Debug)]
pub struct User {
    /// Who.
    pub id: UserId,
    /// Their company.
    pub company: CompanyId,
    /// Their name.
    pub name: String,
    /// Where their mail goes.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Invited, active or deleted.
    pub status: Status,
    /// Only where they have set one.
    pub password_hash: Option<PasswordHash>,
    /// Whether they have ever set one: then the account is theirs, also when the password is gone (F5).
    pub has_had_password: bool,
    /// The zone that they chose.
    pub time_zone: Option<String>,
    /// When they were created.
    pub created_at: Timestamp,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
}

/// A stored hash, which no log should hold either.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// The PHC string.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

impl User {
    pub(super) fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            id: UserId::from_uuid(row.id),
            company: CompanyId::from_uuid(row.company_id),
            name: row.name,
            email: row.email,
            role: read_word(&row.role)?,
            status: Status::of(row.password_hash.is_some(), row.deleted_at.is_some()),
            password_hash: row.password_hash.map(PasswordHash),
            has_had_password: row.has_had_password,
            time_zone: row.time_zone,
            created_at: read_time(row.created_at),
            last_sign_in_at: row.last_sign_in_at.map(read_time),
        })
    }

    /// Whether the account is deleted.
    pub fn is_deleted(&self) -> bool {
        self.status == Status::Deleted
    }

    /// Whether somebody else may put another address in place of theirs at once.
    pub fn lets_address_be_corrected(&self) -> bool {
        lets_address_be_corrected(self.has_had_password)
    }

    /// What the role table needs to know of somebody acted on.
    pub fn as_target(&self) -> Target {
        Target {
            user: self.id,
            company: self.company,
            role: self.role,
            status: self.status,
        }
    }
}

/// Somebody new.
#[derive(Clone, Debug)]
pub struct NewUser<'a> {
    /// Their id.
    pub id: UserId,
    /// Their company.
    pub company: CompanyId,
    /// Their name.
    pub name: &'a PersonName,
    /// Their address.
    pub email: &'a Email,
    /// Their role.
    pub role: Role,
    /// When they were created.
    pub now: Timestamp,
}

/// Adds a person, as invited.
pub async fn insert(on: &impl ConnectionTrait, new: &NewUser<'_>) -> Result<(), DbErr> {
    let (search_key, sort_key) = keys(new.name, new.email.as_str());
    let row = ActiveModel {
        id: Set(new.id.as_uuid()),
        company_id: Set(new.company.as_uuid()),
        name: Set(new.name.as_str().to_owned()),
        email: Set(new.email.as_str().to_owned()),
        email_key: Set(new.email.key().to_owned()),
        search_key: Set(search_key),
        sort_key: Set(sort_key),
        role: Set(new.role.as_str().to_owned()),
        password_hash: Set(None),
        has_had_password: Set(false),
        time_zone: Set(None),
        created_at: Set(new.now.as_millis()),
        last_sign_in_at: Set(None),
        deleted_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The person with this id, deleted or not, of any company.
pub async fn find(on: &impl ConnectionTrait, id: UserId) -> Result<Option<User>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .one(on)
        .await?
        .map(User::read)
        .transpose()
}

/// As [`find`], and nobody else may change the row until the transaction ends. What is decided by a person is decided
/// after this: on `PostgreSQL` the statements before may have seen an older row.
pub async fn find_and_lock(on: &impl ConnectionTrait, id: UserId) -> Result<Option<User>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .lock(LockType::NoKeyUpdate)
        .one(on)
        .await?
        .map(User::read)
        .transpose()
}

/// The person who signs in with this address; deleted people have none.
pub async fn find_by_email_key(on: &impl ConnectionTrait, key: &str) -> Result<Option<User>, DbErr> {
    let found = Entity::find()
        .filter(Column::EmailKey.eq(key))
        .filter(Column::DeletedAt.is_null())
        .one(on)
        .await?;
    found.map(User::read).transpose()
}

/// The people who sign in with these addresses, each with their address' key, whose rows nobody else may change until the
/// transaction ends. Whom somebody else has locked just now is left out, so that nobody is waited for.
pub async fn lock_free_by_email_keys(on: &impl ConnectionTrait, keys: &[&str]) -> Result<HashMap<String, User>, DbErr> {
    let rows = Entity::find()
        .filter(Column::EmailKey.is_in(keys.iter().copied()))
        .filter(Column::DeletedAt.is_null())
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.email_key.clone(), User::read(row)?)))
        .collect()
}

/// Those of these addresses' keys with which somebody signs in.
pub async fn list_email_keys(on: &impl ConnectionTrait, keys: &[&str]) -> Result<HashSet<String>, DbErr> {
    let found: Vec<String> = Entity::find()
        .select_only()
        .column(Column::EmailKey)
        .filter(Column::EmailKey.is_in(keys.iter().copied()))
        .filter(Column::DeletedAt.is_null())
        .into_tuple()
        .all(on)
        .await?;
    Ok(found.into_iter().collect())
}

/// The people with these ids, deleted or not, each with their company.
pub async fn list_with_company(
    on: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = UserId>,
) -> Result<HashMap<UserId, (User, Company)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.into_iter().map(UserId::as_uuid)))
        .find_also_related(company::Entity)
        .all(on)
        .await?;
    rows.into_iter()
        .map(|(person, company)| {
            let company = company.ok_or_else(|| DbErr::Custom("a person without a company".to_owned()))?;
            let person = User::read(person)?;
            Ok((person.id, (person, company.into())))
        })
        .collect()
}

/// Notes that the person signed in.
pub async fn touch_sign_in(on: &impl ConnectionTrait, id: UserId, now: Timestamp) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::LastSignInAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Sets the password of somebody who is not deleted; whether there was such a person.
pub async fn set_password(on: &impl ConnectionTrait, id: UserId, phc: &str) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(phc))
        .col_expr(Column::HasHadPassword, Expr::value(true))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::DeletedAt.is_null())
        .exec(on)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The password is gone: nobody signs in with it any more.
pub async fn remove_password(on: &impl ConnectionTrait, id: UserId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(None::<String>))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Puts another hash of the same password in the place of this one; whether it was still there.
pub async fn renew_password_hash(
    on: &impl ConnectionTrait,
    id: UserId,
    old: &PasswordHash,
    phc: &str,
) -> Result<bool, DbErr> {
    let changed = Entity::update_many()
        .col_expr(Column::PasswordHash, Expr::value(phc))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::PasswordHash.eq(old.expose()))
        .exec(on)
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The administrators and managers of a company who can sign in, by name.
pub async fn list_helpers(on: &impl ConnectionTrait, company: CompanyId, limit: u64) -> Result<Vec<User>, DbErr> {
    let rows = ranks::people_of(company, &[Status::Active])
        .filter(ranks::has_role(&[Role::Administrator, Role::Manager]))
        .order_by_asc(Column::SortKey)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(User::read).collect()
}

/// The administrators of a company who can sign in.
pub async fn list_administrators(on: &impl ConnectionTrait, company: CompanyId) -> Result<Vec<User>, DbErr> {
    let rows = ranks::people_of(company, &[Status::Active])
        .filter(ranks::has_role(&[Role::Administrator]))
        .order_by_asc(Column::Id)
        .all(on)
        .await?;
    rows.into_iter().map(User::read).collect()
}

/// Changes somebody's name and zone. The search key holds name and address, so both are needed.
pub async fn set_details(
    on: &impl ConnectionTrait,
    id: UserId,
    name: &PersonName,
    email: &str,
    time_zone: Option<&str>,
) -> Result<(), DbErr> {
    let (search_key, sort_key) = keys(name, email);
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(name.as_str()))
        .col_expr(Column::SearchKey, Expr::value(search_key))
        .col_expr(Column::SortKey, Expr::value(sort_key))
        .col_expr(Column::TimeZone, Expr::value(time_zone))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Changes somebody's name and address, which may be the same as before.
pub async fn set_name_and_email(
    on: &impl ConnectionTrait,
    id: UserId,
    name: &PersonName,
    email: &Email,
) -> Result<(), DbErr> {
    let (search_key, sort_key) = keys(name, email.as_str());
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(name.as_str()))
        .col_expr(Column::Email, Expr::value(email.as_str()))
        .col_expr(Column::EmailKey, Expr::value(email.key()))
        .col_expr(Column::SearchKey, Expr::value(search_key))
        .col_expr(Column::SortKey, Expr::value(sort_key))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Gives somebody a role.
pub async fn set_role(on: &impl ConnectionTrait, id: UserId, role: Role) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Role, Expr::value(role.as_str()))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Deletes an account, softly: its password goes for good (A9), its address is free.
pub async fn delete(on: &impl ConnectionTrait, id: UserId, now: Timestamp) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DeletedAt, Expr::value(now.as_millis()))
        .col_expr(Column::PasswordHash, Expr::value(None::<String>))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// A deleted account is there again, without a password. Its address must be free.
pub async fn restore(on: &impl ConnectionTrait, id: UserId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::DeletedAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// The administrators of a company, invited ones too, whose rows nobody else may change until the transaction ends.
pub async fn lock_administrators(on: &impl ConnectionTrait, company: CompanyId) -> Result<Vec<User>, DbErr> {
    let rows = ranks::people_of(company, &ranks::LIVING)
        .filter(ranks::has_role(&[Role::Administrator]))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(on)
        .await?;
    rows.into_iter().map(User::read).collect()
}

/// Everybody of a company, deleted people too, by name.
pub async fn list_of_company(on: &impl ConnectionTrait, company: CompanyId) -> Result<Vec<User>, DbErr> {
    let rows = Entity::find()
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .order_by_asc(Column::SortKey)
        .order_by_asc(Column::Id)
        .all(on)
        .await?;
    rows.into_iter().map(User::read).collect()
}

/// How many people of a role a company has.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// The company.
    pub company: CompanyId,
    /// The role.
    pub role: Role,
    /// Deleted ones aside.
    pub people: u64,
    /// Those of them who can sign in.
    pub active: u64,
}

/// The people of all companies, counted.
pub async fn count_by_company(on: &impl ConnectionTrait) -> Result<Vec<Count>, DbErr> {
    let rows: Vec<(Uuid, String, i64, i64)> = Entity::find()
        .select_only()
        .column(Column::CompanyId)
        .column(Column::Role)
        .column_as(Column::Id.count(), "people")
        .column_as(Column::PasswordHash.count(), "active")
        .filter(Column::DeletedAt.is_null())
        .group_by(Column::CompanyId)
        .group_by(Column::Role)
        .into_tuple()
        .all(on)
        .await?;
    rows.into_iter()
        .map(|(company, role, people, active)| {
            Ok(Count {
                company: CompanyId::from_uuid(company),
                role: read_word(&role)?,
                people: people.unsigned_abs(),
                active: active.unsigned_abs(),
            })
        })
        .collect()
}

/// What people are found and sorted by.
fn keys(name: &PersonName, email: &str) -> (String, String) {
    (
        fold::search_key(&format!("{} {email}", name.as_str())),
        fold::sort_key(name.as_str()),
    )
}
