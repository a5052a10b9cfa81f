//! Queries on the queue behind "Forgot password?". A row is written for every address alike (B3).

use rekey_domain::id::AskId;
use rekey_domain::time::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::ask::{ActiveModel, Column, Entity};
use super::read_time;

/// Somebody asked for a link for this address.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Its id.
    pub id: AskId,
    /// The address, normalised.
    pub email_key: String,
    /// When.
    pub asked_at: Timestamp,
    /// From where.
    pub client_address: String,
    /// What the browser called itself.
    pub user_agent: String,
}

/// Queues an ask.
pub async fn insert(on: &impl ConnectionTrait, ask: &Ask) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(ask.id.as_uuid()),
        email_key: Set(ask.email_key.clone()),
        asked_at: Set(ask.asked_at.as_millis()),
        client_address: Set(ask.client_address.clone()),
        user_agent: Set(ask.user_agent.clone()),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The oldest asks.
pub async fn list_oldest(on: &impl ConnectionTrait, limit: u64) -> Result<Vec<Ask>, DbErr> {
    let rows = Entity::find()
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Ask {
            id: AskId::from_uuid(row.id),
            email_key: row.email_key,
            asked_at: read_time(row.asked_at),
            client_address: row.client_address,
            user_agent: row.user_agent,
        })
        .collect())
}

/// Takes an ask out of the queue; whether it was still there, so that of two processes one resolves it.
pub async fn take(on: &impl ConnectionTrait, id: AskId) -> Result<bool, DbErr> {
    Ok(Entity::delete_many()
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await?
        .rows_affected
        == 1)
}
