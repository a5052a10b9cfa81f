//! Counting rows, no further than anybody needs to know: whoever counts reads.

use rekey_domain::page_size::Total;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QuerySelect, QueryTrait, Select};

/// How many rows these are. Their order is of no account.
pub async fn count<E: EntityTrait>(on: &impl ConnectionTrait, rows: Select<E>) -> Result<Total, DbErr> {
    let some = rows
        .select_only()
        .expr(Expr::cust("1"))
        .limit(Total::ENOUGH)
        .into_query();
    let counted = Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .from_subquery(some, "counted")
        .to_owned();
    let found: Option<i64> = match on.query_one(&counted).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => None,
    };
    Ok(Total::of(found.unwrap_or_default().unsigned_abs()))
}
