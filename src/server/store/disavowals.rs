//! Queries on disavowals: somebody said "this was not me".

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::disavowal::{Column, Entity};
use super::entity::user;
use super::read_time;

/// What the people of a company have said since then, newest first: who, their name, when.
pub async fn list_since(
    on: &impl ConnectionTrait,
    company: CompanyId,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<(UserId, String, Timestamp)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .filter(Column::At.gte(since.as_millis()))
        .order_by_desc(Column::At)
        .limit(limit)
        .find_also_related(user::Entity)
        .all(on)
        .await?;
    let named = rows.into_iter().filter_map(|(said, person)| {
        let person = person?;
        Some((UserId::from_uuid(said.user_id), person.name, read_time(said.at)))
    });
    Ok(named.collect())
}
