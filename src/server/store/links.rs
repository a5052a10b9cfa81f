//! Queries on links: one for each attempt to mail a reset, and only its hash (A4).

use rekey_domain::id::ResetId;
use rekey_domain::time::Timestamp;
use rekey_domain::token::TokenHash;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use super::entity::link::{ActiveModel, Entity};

/// Adds the link of one attempt.
pub async fn insert(
    on: &impl ConnectionTrait,
    hash: &TokenHash,
    reset: ResetId,
    attempt: u32,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        hash: Set(hash.as_bytes().to_vec()),
        reset_id: Set(reset.as_uuid()),
        attempt: Set(i32::try_from(attempt).unwrap_or(i32::MAX)),
        minted_at: Set(now.as_millis()),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The reset that a link belongs to.
pub async fn find_reset(on: &impl ConnectionTrait, hash: &TokenHash) -> Result<Option<ResetId>, DbErr> {
    Ok(Entity::find_by_id(hash.as_bytes().to_vec())
        .one(on)
        .await?
        .map(|row| ResetId::from_uuid(row.reset_id)))
}
