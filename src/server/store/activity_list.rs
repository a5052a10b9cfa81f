//! Queries on the list of a company's activity: a page of it, how many there are, and all of it in pieces for those who
//! download it.

use rekey_domain::deed::Deed;
use rekey_domain::id::{ActivityId, CompanyId};
use rekey_domain::page_size::Total;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::entity::activity::{Column, Entity, Model};
use super::{counted, search};
use crate::wire::list_place::{PageStart, RowPlace};

/// Which entries.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of which company.
    pub company: CompanyId,
    /// A folded text in names, detail or address; empty for all.
    pub folded: String,
    /// Deeds whose sentences have that text too.
    pub deeds: Vec<Deed>,
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

/// How many there are.
pub async fn count(on: &impl ConnectionTrait, wanted: &Wanted) -> Result<Total, DbErr> {
    counted::count(on, filtered(wanted)).await
}

/// One page, newest first.
pub async fn page(
    on: &impl ConnectionTrait,
    wanted: &Wanted,
    start: PageStart<ActivityId>,
    limit: u64,
) -> Result<Vec<Model>, DbErr> {
    let (beside, order) = match start {
        PageStart::Start => (None, Order::Desc),
        PageStart::After(at, _) => (Some(place().lt(as_row(at))), Order::Desc),
        PageStart::Before(at, _) => (Some(place().gt(as_row(at))), Order::Asc),
    };
    let is_backwards = order == Order::Asc;
    let mut entries = filtered(wanted);
    if let Some(beside) = beside {
        entries = entries.filter(beside);
    }
    let mut found = entries
        .order_by(Column::At, order.clone())
        .order_by(Column::Id, order)
        .limit(limit)
        .all(on)
        .await?;
    if is_backwards {
        found.reverse();
    }
    Ok(found)
}

/// Where an entry stands in the list.
pub fn place_of(entry: &Model) -> RowPlace<ActivityId> {
    RowPlace {
        at: super::read_time(entry.at),
        id: ActivityId::from_uuid(entry.id),
    }
}

fn filtered(wanted: &Wanted) -> Select<Entity> {
    let mut entries = Entity::find().filter(Column::CompanyId.eq(wanted.company.as_uuid()));
    if !wanted.folded.is_empty() {
        let mut any = Condition::any().add(search::has_all_of(Column::SearchKey, &wanted.folded));
        if !wanted.deeds.is_empty() {
            any = any.add(Column::Action.is_in(wanted.deeds.iter().map(|deed| deed.as_str())));
        }
        entries = entries.filter(any);
    }
    if let Some(from) = wanted.from {
        entries = entries.filter(Column::At.gte(from.as_millis()));
    }
    if let Some(before) = wanted.before {
        entries = entries.filter(Column::At.lt(before.as_millis()));
    }
    entries
}

fn place() -> Expr {
    Expr::tuple([
        Expr::col(Column::At.as_column_ref()),
        Expr::col(Column::Id.as_column_ref()),
    ])
}

fn as_row(place: RowPlace<ActivityId>) -> Expr {
    Expr::tuple([Expr::value(place.at.as_millis()), Expr::value(place.id.as_uuid())])
}
