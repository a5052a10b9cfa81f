//! What batches ask of resets: for whom of a company one waits, and which of those that a batch started live.

use std::collections::HashSet;

use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use uuid::Uuid;

use super::entity::mail;
use super::entity::reset::{Column, Entity};
use super::read_word;

/// For whom of a company a link waits to be sent.
pub async fn list_waiting_of_company(
    on: &impl ConnectionTrait,
    company: CompanyId,
    now: Timestamp,
) -> Result<HashSet<UserId>, DbErr> {
    let rows: Vec<Uuid> = Entity::find()
        .inner_join(mail::Entity)
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .filter(Column::EndedAs.is_null())
        .filter(Column::ExpiresAt.gt(now.as_millis()))
        // The notice of a shown link brings none.
        .filter(Column::IsShown.eq(false))
        // Literal words: with bound ones SQLite can't see that the partial index fits.
        .filter(Expr::cust("mails.state IN ('queued', 'sending', 'deferred')"))
        .select_only()
        .column(Column::UserId)
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(UserId::from_uuid).collect())
}

/// People with a link of this batch that lives, at most so many.
pub async fn list_living_of_batch(
    on: &impl ConnectionTrait,
    batch: BatchId,
    now: Timestamp,
    limit: u64,
) -> Result<Vec<UserId>, DbErr> {
    let rows: Vec<Uuid> = living_of_batch(batch, now)
        .select_only()
        .column(Column::UserId)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(UserId::from_uuid).collect())
}

/// How many links of this batch live.
pub async fn count_living_of_batch(on: &impl ConnectionTrait, batch: BatchId, now: Timestamp) -> Result<u64, DbErr> {
    living_of_batch(batch, now).count(on).await
}

fn living_of_batch(batch: BatchId, now: Timestamp) -> Select<Entity> {
    Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::EndedAs.is_null())
        .filter(Column::ExpiresAt.gt(now.as_millis()))
}

/// How many mails of a batch are in which state. The links of some may have ended since.
pub async fn count_mails(on: &impl ConnectionTrait, batch: BatchId) -> Result<Vec<(MailState, u64)>, DbErr> {
    let rows: Vec<(String, i64)> = Entity::find()
        .inner_join(mail::Entity)
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .select_only()
        .column(mail::Column::State)
        .column_as(Expr::col(Column::Id.as_column_ref()).count(), "mails")
        .group_by(mail::Column::State)
        .into_tuple()
        .all(on)
        .await?;
    rows.into_iter()
        .map(|(state, mails)| Ok((read_word(&state)?, mails.unsigned_abs())))
        .collect()
}
