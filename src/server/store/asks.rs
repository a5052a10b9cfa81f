//! Queries on the queue behind "Forgot password?". A row is written for every address alike (B3).

use rekey_domain::id::AskId;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::entity::ask::{ActiveModel, Column, Entity, Model};
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

impl From<Model> for Ask {
    fn from(row: Model) -> Self {
        Self {
            id: AskId::from_uuid(row.id),
            email_key: row.email_key,
            asked_at: read_time(row.asked_at),
            client_address: row.client_address,
            user_agent: row.user_agent,
        }
    }
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

/// Whether an ask waits: one look before a transaction is begun for it.
pub async fn is_any(on: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(Entity::find().limit(1).one(on).await?.is_some())
}

/// The oldest asks but those in `aside`.
pub async fn list_oldest(on: &impl ConnectionTrait, aside: &[AskId], most: u64) -> Result<Vec<Ask>, DbErr> {
    let rows = oldest(aside, most).all(on).await?;
    Ok(rows.into_iter().map(Ask::from).collect())
}

/// The oldest asks but those in `aside`, which nobody else resolves until the transaction ends. Asks that another process
/// is resolving just now are left to it.
pub async fn lock_oldest(on: &impl ConnectionTrait, aside: &[AskId], most: u64) -> Result<Vec<Ask>, DbErr> {
    lock(on, oldest(aside, most)).await
}

fn oldest(aside: &[AskId], most: u64) -> Select<Entity> {
    let oldest = Entity::find()
        .order_by_asc(Column::AskedAt)
        .order_by_asc(Column::Id)
        .limit(most);
    if aside.is_empty() {
        oldest
    } else {
        oldest.filter(Column::Id.is_not_in(aside.iter().map(|id| id.as_uuid())))
    }
}

/// The ask with this id, as [`lock_oldest`] has it.
pub async fn lock_one(on: &impl ConnectionTrait, id: AskId) -> Result<Option<Ask>, DbErr> {
    Ok(lock(on, Entity::find_by_id(id.as_uuid())).await?.pop())
}

async fn lock(on: &impl ConnectionTrait, asks: Select<Entity>) -> Result<Vec<Ask>, DbErr> {
    let rows = asks
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(Ask::from).collect())
}

/// Takes asks out of the queue that are locked: what they asked for is done in the same transaction.
pub async fn remove(on: &impl ConnectionTrait, asks: impl IntoIterator<Item = AskId>) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Id.is_in(asks.into_iter().map(AskId::as_uuid)))
        .exec(on)
        .await
        .map(|_| ())
}
