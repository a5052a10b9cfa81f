//! The list of a company's people: search, filters, every order, and paging by cursor. And whole, for those who download it.
//!
//! A page begins after (or ends before) a person: what comes and goes on other pages moves no row of this one. Each
//! order is made total by name and id. Text is compared bytewise by folded keys, so both databases agree.

use std::collections::HashMap;

use rekey_domain::account::Status;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::role::Role;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::entity::user::{Column, Entity};
use super::search;
use super::users::User;
use crate::wire::users_query::{Place, Shown, UserSort};

/// Which people, and in what order.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose people.
    pub company: CompanyId,
    /// A folded text in their name or address; empty for all.
    pub folded: String,
    /// Only this role.
    pub role: Option<Role>,
    /// By status.
    pub shown: Shown,
    /// By which column.
    pub sort: UserSort,
    /// The other way round.
    pub descending: bool,
}

/// How many there are.
pub async fn count(on: &impl ConnectionTrait, wanted: &Wanted) -> Result<u64, DbErr> {
    filtered(wanted).count(on).await
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// In order.
    pub people: Vec<User>,
    /// Number of the first one, from 1, as the cursor tells it.
    pub first: u64,
}

/// One page, in order. Beside somebody who is not among the company's people there is nobody.
pub async fn page(on: &impl ConnectionTrait, wanted: &Wanted, place: Place, limit: u64) -> Result<Page, DbErr> {
    let (beside, number) = match place {
        Place::Start => (None, 1),
        Place::After(id, number) | Place::Before(id, number) => (Some(id), number),
    };
    let backwards = matches!(place, Place::Before(..));
    let ascending = wanted.descending == backwards;
    let mut people = filtered(wanted);
    let first = first_key(wanted.sort);
    if let Some(id) = beside {
        let names = [Expr::col(Column::SortKey), Expr::col(Column::Id)];
        let at_names = [of(wanted, id, Expr::col(Column::SortKey)), Expr::value(id.as_uuid())];
        let row = Expr::tuple(first.iter().cloned().chain(names));
        let at = Expr::tuple(first.iter().map(|key| of(wanted, id, key.clone())).chain(at_names));
        people = people.filter(if ascending { row.gt(at) } else { row.lt(at) });
    }
    let rows = ordered(people, wanted.sort, ascending).limit(limit).all(on).await?;
    let mut people = rows.into_iter().map(User::read).collect::<Result<Vec<_>, _>>()?;
    if backwards {
        people.reverse();
    }
    Ok(Page { people, first: number })
}

/// The ids of all of them, in order.
pub async fn ids(on: &impl ConnectionTrait, wanted: &Wanted) -> Result<Vec<UserId>, DbErr> {
    let ids: Vec<Uuid> = ordered(filtered(wanted), wanted.sort, !wanted.descending)
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(on)
        .await?;
    Ok(ids.into_iter().map(UserId::from_uuid).collect())
}

/// The people with these ids, in the order of the ids.
pub async fn people(on: &impl ConnectionTrait, ids: &[UserId]) -> Result<Vec<User>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
        .all(on)
        .await?;
    let mut people = rows.into_iter().map(User::read).collect::<Result<Vec<_>, _>>()?;
    let places: HashMap<_, _> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    people.sort_by_key(|person| places.get(&person.id).copied());
    Ok(people)
}

/// A key of somebody of the company, looked up where it is compared with: a page costs one statement.
fn of(wanted: &Wanted, id: UserId, key: Expr) -> Expr {
    let found = Entity::find_by_id(id.as_uuid())
        .filter(Column::CompanyId.eq(wanted.company.as_uuid()))
        .select_only()
        .expr(key)
        .into_query();
    found.into()
}

fn filtered(wanted: &Wanted) -> Select<Entity> {
    let mut people = Entity::find().filter(Column::CompanyId.eq(wanted.company.as_uuid()));
    people = match wanted.shown {
        Shown::Everyone => people.filter(Column::DeletedAt.is_null()),
        Shown::Only(Status::Active) => people
            .filter(Column::DeletedAt.is_null())
            .filter(Column::PasswordHash.is_not_null()),
        Shown::Only(Status::Invited) => people
            .filter(Column::DeletedAt.is_null())
            .filter(Column::PasswordHash.is_null()),
        Shown::Only(Status::Deleted) => people.filter(Column::DeletedAt.is_not_null()),
    };
    if let Some(role) = wanted.role {
        people = people.filter(Column::Role.eq(role.as_str()));
    }
    if !wanted.folded.is_empty() {
        people = people.filter(Column::SearchKey.like(search::contains(&wanted.folded)));
    }
    people
}

fn ordered(mut people: Select<Entity>, sort: UserSort, ascending: bool) -> Select<Entity> {
    let order = if ascending { Order::Asc } else { Order::Desc };
    if let Some(first) = first_key(sort) {
        people = people.order_by(first, order.clone());
    }
    people
        .order_by(Column::SortKey, order.clone())
        .order_by(Column::Id, order)
}

/// What the rows are ordered by before name and id. By name that is the name's key already: said twice, `SQLite` would no
/// longer see that an index holds the order.
fn first_key(sort: UserSort) -> Option<Expr> {
    (sort != UserSort::Name).then(|| key(sort))
}

/// What the rows are ordered by: one text or one whole number.
fn key(sort: UserSort) -> Expr {
    match sort {
        UserSort::Name => Expr::col(Column::SortKey),
        UserSort::Email => Expr::col(Column::EmailKey),
        // Highest first, as everywhere that roles stand in a row.
        UserSort::Role => Expr::cust(
            "CAST(CASE users.role WHEN 'administrator' THEN 0 WHEN 'manager' THEN 1 WHEN 'user' THEN 2 ELSE 3 END AS BIGINT)",
        ),
        UserSort::Status => Expr::cust(
            "CAST(CASE WHEN users.deleted_at IS NOT NULL THEN 2 WHEN users.password_hash IS NULL THEN 1 ELSE 0 END AS BIGINT)",
        ),
        UserSort::LastSignIn => Expr::cust("COALESCE(users.last_sign_in_at, 0)"),
        UserSort::LastReset => {
            Expr::cust("COALESCE((SELECT MAX(asked.asked_at) FROM resets AS asked WHERE asked.user_id = users.id), 0)")
        }
    }
}
