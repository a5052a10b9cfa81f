//! What batches ask of resets: for whom of a company one waits, and which of those that a batch started live.

use std::collections::HashSet;

use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

use super::batch_lines::Which;
use super::entity::reset::{Column, Entity};
use super::entity::{mail, user};
use super::resets::ResetWithMail;
use super::users::User;

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
    which: Which<'_, UserId>,
    limit: u64,
) -> Result<Vec<UserId>, DbErr> {
    let mut living = living_of_batch(batch, now);
    living = match which {
        Which::But([]) => living,
        Which::But(people) => living.filter(Column::UserId.is_not_in(people.iter().map(|person| person.as_uuid()))),
        Which::Only(person) => living.filter(Column::UserId.eq(person.as_uuid())),
    };
    let rows: Vec<Uuid> = living
        .select_only()
        .column(Column::UserId)
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(UserId::from_uuid).collect())
}

/// The people of this batch whose mail the mail server has refused.
pub async fn list_refused_of_batch(on: &impl ConnectionTrait, batch: BatchId) -> Result<Vec<User>, DbErr> {
    let rows = Entity::find()
        .inner_join(mail::Entity)
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::EndedAs.is_null())
        .filter(mail::Column::State.eq(MailState::Refused.as_str()))
        .find_also_related(user::Entity)
        .order_by_asc(Column::Id)
        .all(on)
        .await?;
    rows.into_iter().filter_map(|(_, user)| user).map(User::read).collect()
}

/// The resets of this batch for these people.
pub async fn list_of_people(
    on: &impl ConnectionTrait,
    batch: BatchId,
    people: &[UserId],
) -> Result<Vec<ResetWithMail>, DbErr> {
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::UserId.is_in(people.iter().map(|person| person.as_uuid())))
        .find_also_related(mail::Entity)
        .all(on)
        .await?;
    rows.into_iter().map(ResetWithMail::read).collect()
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
