//! Counting rows, no further than anybody needs to know: whoever counts reads.

use rekey_domain::page_size::Total;
use sea_orm::sea_query::{Asterisk, Expr, Func, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryResult, QuerySelect, QueryTrait, Select};

/// How many rows these are. Their order is of no account.
pub async fn count<E: EntityTrait>(on: &impl ConnectionTrait, rows: Select<E>) -> Result<Total, DbErr> {
    let found = on.query_one(&counting(rows.select_only().into_query())).await?;
    found.map_or(Ok(Total::of(0)), |row| read(&row, 0).map(Option::unwrap_or_default))
}

/// What the number is called in [`counting`].
pub const FOUND: &str = "found";

/// The statement that counts these rows, of which nothing is selected yet.
pub fn counting(mut rows: SelectStatement) -> SelectStatement {
    rows.expr(Expr::cust("1")).limit(Total::ENOUGH);
    Query::select()
        .expr_as(Func::count(Expr::col(Asterisk)), FOUND)
        .from_subquery(rows, "counted")
        .take()
}

/// What such a statement has found, where it was asked.
pub fn read(row: &QueryResult, column: usize) -> Result<Option<Total>, DbErr> {
    let found: Option<i64> = row.try_get_by_index(column)?;
    Ok(found.map(|found| Total::of(found.unsigned_abs())))
}
