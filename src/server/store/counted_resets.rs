//! The resets that limits count (C5): of one person, of one manager, and of everybody in a company.

use std::collections::HashMap;

use rekey_domain::batch::Counted;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::entity::mail;
use super::entity::reset::{Column, Entity};
use super::read_time;

/// Whose resets count together (C5).
#[derive(Clone, Copy, Debug)]
pub enum CountedOf {
    /// Those for this person.
    Person(UserId),
    /// Those that this manager or administrator asked for.
    Asker(UserId),
}

/// The resets that were asked for later than `since`, by somebody else than the person, as far as they count: the mail was
/// accepted or still waits. Of a manager, those of no batch (C5).
pub async fn list_counted(
    on: &impl ConnectionTrait,
    whose: CountedOf,
    since: Timestamp,
) -> Result<Vec<Counted>, DbErr> {
    let mut counted = counted(since);
    counted = match whose {
        CountedOf::Person(user) => counted.filter(Column::UserId.eq(user.as_uuid())),
        CountedOf::Asker(user) => counted
            .filter(Column::AskedBy.eq(user.as_uuid()))
            .filter(Column::BatchId.is_null()),
    };
    let rows: Vec<(i64, Option<Uuid>)> = counted
        .select_only()
        .column(Column::AskedAt)
        .column(Column::BatchId)
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(read_counted).collect())
}

/// The same of everybody in a company.
pub async fn list_counted_of_company(
    on: &impl ConnectionTrait,
    company: CompanyId,
    since: Timestamp,
) -> Result<HashMap<UserId, Vec<Counted>>, DbErr> {
    let rows: Vec<(Uuid, i64, Option<Uuid>)> = counted(since)
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .select_only()
        .column(Column::UserId)
        .column(Column::AskedAt)
        .column(Column::BatchId)
        .into_tuple()
        .all(on)
        .await?;
    let mut by_person = HashMap::<_, Vec<_>>::new();
    for (user, at, batch) in rows {
        let counted = read_counted((at, batch));
        by_person.entry(UserId::from_uuid(user)).or_default().push(counted);
    }
    Ok(by_person)
}

fn counted(since: Timestamp) -> Select<Entity> {
    let unsent = [MailState::Refused.as_str(), MailState::Dropped.as_str()];
    Entity::find()
        .inner_join(mail::Entity)
        .filter(Expr::col((Entity, Column::AskedBy)).ne(Expr::col((Entity, Column::UserId))))
        .filter(Column::AskedAt.gt(since.as_millis()))
        .filter(mail::Column::State.is_not_in(unsent))
}

fn read_counted((at, batch): (i64, Option<Uuid>)) -> Counted {
    Counted {
        at: read_time(at),
        of_batch: batch.is_some(),
    }
}
