//! What waits to be handed over, as a company sees it.

use rekey_domain::id::CompanyId;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::entity::mail::{Column, Entity};
use super::read_time;

/// How many mails of a company wait, and since when the oldest does.
pub async fn waiting_of(on: &impl ConnectionTrait, company: CompanyId) -> Result<(u64, Option<Timestamp>), DbErr> {
    let found: Option<(i64, Option<i64>)> = Entity::find()
        .filter(Column::CompanyId.eq(company.as_uuid()))
        // Literal words: with bound ones SQLite can't see that the partial index fits.
        .filter(Expr::cust("mails.state IN ('queued', 'sending', 'deferred')"))
        .select_only()
        .column_as(Expr::col(Column::Id.as_column_ref()).count(), "waiting")
        .column_as(Expr::col(Column::CreatedAt.as_column_ref()).min(), "oldest")
        .into_tuple()
        .one(on)
        .await?;
    let (waiting, oldest) = found.unwrap_or_default();
    Ok((waiting.try_into().unwrap_or_default(), oldest.map(read_time)))
}
