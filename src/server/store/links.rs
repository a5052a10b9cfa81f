//! Queries on links: one for each attempt to mail a reset, and only its hash (A4).

use rekey_domain::id::ResetId;
use rekey_domain::time::Timestamp;
use rekey_domain::token::TokenHash;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::link::{ActiveModel, Column, Entity};
use super::read_time;

/// The link of one attempt to mail a reset.
#[derive(Clone, Debug)]
pub struct NewLink {
    /// What is kept of its secret.
    pub hash: TokenHash,
    /// Of which reset.
    pub reset: ResetId,
    /// Which attempt, from 1.
    pub attempt: u32,
}

/// Adds the link of one attempt.
pub async fn insert(
    on: &impl ConnectionTrait,
    hash: &TokenHash,
    reset: ResetId,
    attempt: u32,
    now: Timestamp,
) -> Result<(), DbErr> {
    let hash = *hash;
    insert_many(on, &[NewLink { hash, reset, attempt }], now).await
}

/// Adds links, in one statement.
pub async fn insert_many(on: &impl ConnectionTrait, new: &[NewLink], now: Timestamp) -> Result<(), DbErr> {
    let rows = new.iter().map(|new| ActiveModel {
        hash: Set(new.hash.as_bytes().to_vec()),
        reset_id: Set(new.reset.as_uuid()),
        attempt: Set(i32::try_from(new.attempt).unwrap_or(i32::MAX)),
        minted_at: Set(now.as_millis()),
    });
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}

/// Adds the link that the operator's command shows. It belongs to no attempt, so its number is one that none comes to.
pub async fn insert_shown(
    on: &impl ConnectionTrait,
    hash: &TokenHash,
    reset: ResetId,
    now: Timestamp,
) -> Result<(), DbErr> {
    insert(on, hash, reset, u32::MAX, now).await
}

/// The reset that a link belongs to.
pub async fn find_reset(on: &impl ConnectionTrait, hash: &TokenHash) -> Result<Option<ResetId>, DbErr> {
    Ok(Entity::find_by_id(hash.as_bytes().to_vec())
        .one(on)
        .await?
        .map(|row| ResetId::from_uuid(row.reset_id)))
}

/// When the link of each attempt was minted, which is when the attempt began; the first one first.
pub async fn list_minted(on: &impl ConnectionTrait, reset: ResetId) -> Result<Vec<(u32, Timestamp)>, DbErr> {
    let rows: Vec<(i32, i64)> = Entity::find()
        .filter(Column::ResetId.eq(reset.as_uuid()))
        .order_by_asc(Column::Attempt)
        .select_only()
        .columns([Column::Attempt, Column::MintedAt])
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(attempt, minted_at)| (attempt.try_into().unwrap_or_default(), read_time(minted_at)))
        .collect())
}
