//! The list of a company's people: search, filters, every order, and paging by cursor.
//!
//! A page begins after (or ends before) a person: what comes and goes on other pages moves no row of this one. Each
//! order is made total by name and id. Text is compared bytewise by folded keys, so both databases agree.

use rekey_domain::account::Status;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::role::Role;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

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

/// One page, in order. A cursor that is not among the company's people begins at the start.
pub async fn page(on: &impl ConnectionTrait, wanted: &Wanted, place: Place, limit: u64) -> Result<Page, DbErr> {
    let key = key(wanted.sort);
    let (cursor, backwards) = match place {
        Place::Start => (None, false),
        Place::After(id, _) => (find_cursor(on, wanted, id).await?, false),
        Place::Before(id, _) => (find_cursor(on, wanted, id).await?, true),
    };
    let backwards = backwards && cursor.is_some();
    let number = match (&cursor, place) {
        (Some(_), Place::After(_, number) | Place::Before(_, number)) => number,
        _ => 1,
    };
    let ascending = wanted.descending == backwards;
    let mut people = filtered(wanted);
    // By name the key is the name's already: said twice, SQLite would no longer see that an index holds the order.
    let first = (wanted.sort != UserSort::Name).then_some(key);
    if let Some(cursor) = cursor {
        let names = [Expr::col(Column::SortKey), Expr::col(Column::Id)];
        let at_names = [Expr::value(cursor.sort_key), Expr::value(cursor.id)];
        let row = Expr::tuple(first.iter().cloned().chain(names));
        let at = Expr::tuple(first.iter().map(|_| cursor.key.clone()).chain(at_names));
        people = people.filter(if ascending { row.gt(at) } else { row.lt(at) });
    }
    let order = if ascending { Order::Asc } else { Order::Desc };
    if let Some(first) = first {
        people = people.order_by(first, order.clone());
    }
    let rows = people
        .order_by(Column::SortKey, order.clone())
        .order_by(Column::Id, order)
        .limit(limit)
        .all(on)
        .await?;
    let mut people = rows.into_iter().map(User::read).collect::<Result<Vec<_>, _>>()?;
    if backwards {
        people.reverse();
    }
    Ok(Page { people, first: number })
}

/// The place of a person in the order.
struct Cursor {
    key: Expr,
    sort_key: String,
    id: uuid::Uuid,
}

async fn find_cursor(on: &impl ConnectionTrait, wanted: &Wanted, id: UserId) -> Result<Option<Cursor>, DbErr> {
    let chosen = Entity::find_by_id(id.as_uuid())
        .filter(Column::CompanyId.eq(wanted.company.as_uuid()))
        .select_only()
        .column(Column::SortKey)
        .column_as(key(wanted.sort), "place");
    let cursor = if is_text(wanted.sort) {
        chosen
            .into_tuple::<(String, String)>()
            .one(on)
            .await?
            .map(|(sort_key, key)| (sort_key, Expr::value(key)))
    } else {
        chosen
            .into_tuple::<(String, i64)>()
            .one(on)
            .await?
            .map(|(sort_key, key)| (sort_key, Expr::value(key)))
    };
    Ok(cursor.map(|(sort_key, key)| Cursor {
        key,
        sort_key,
        id: id.as_uuid(),
    }))
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

fn is_text(sort: UserSort) -> bool {
    matches!(sort, UserSort::Name | UserSort::Email)
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
