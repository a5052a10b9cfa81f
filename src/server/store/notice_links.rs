//! Queries on the links "This was not me" in notices: one for each attempt to send one, and only its hash (A4).

use rekey_domain::id::MailId;
use rekey_domain::time::Timestamp;
use rekey_domain::token::TokenHash;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use super::entity::notice_link::{ActiveModel, Entity};

/// Adds the link of one attempt.
pub async fn insert(
    on: &impl ConnectionTrait,
    hash: &TokenHash,
    mail: MailId,
    attempt: u32,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = ActiveModel {
        hash: Set(hash.as_bytes().to_vec()),
        mail_id: Set(mail.as_uuid()),
        attempt: Set(i32::try_from(attempt).unwrap_or(i32::MAX)),
        minted_at: Set(now.as_millis()),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The notice that a link belongs to.
pub async fn find_mail(on: &impl ConnectionTrait, hash: &TokenHash) -> Result<Option<MailId>, DbErr> {
    Ok(Entity::find_by_id(hash.as_bytes().to_vec())
        .one(on)
        .await?
        .map(|row| MailId::from_uuid(row.mail_id)))
}
