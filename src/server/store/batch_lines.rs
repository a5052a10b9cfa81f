//! Queries on the lines of batches: what will come of each, and what came of it.

use rekey_domain::batch::LineOutcome;
use rekey_domain::id::{BatchId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::batch_line::{ActiveModel, Column, Entity, Model};
use super::entity::user;
use super::read_word;

/// Rows of one statement: eight values each, and PostgreSQL takes 65 535.
const AT_ONCE: usize = 500;

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// The address.
    pub email: String,
    /// The name.
    pub name: Option<String>,
    /// The role, as it was written.
    pub role: Option<String>,
    /// Whom it is about.
    pub user: Option<UserId>,
    /// What will come of it, or came.
    pub outcome: LineOutcome,
    /// What the outcome needs to be said.
    pub detail: Option<String>,
}

impl Line {
    fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            number: row.line.try_into().unwrap_or_default(),
            email: row.email,
            name: row.name,
            role: row.role,
            user: row.user_id.map(UserId::from_uuid),
            outcome: read_word(&row.outcome)?,
            detail: row.detail,
        })
    }
}

/// Adds all lines of a batch.
pub async fn insert(on: &impl ConnectionTrait, batch: BatchId, lines: &[Line]) -> Result<(), DbErr> {
    for lines in lines.chunks(AT_ONCE) {
        let rows = lines.iter().map(|line| ActiveModel {
            batch_id: Set(batch.as_uuid()),
            line: Set(line.number.try_into().unwrap_or(i32::MAX)),
            email: Set(line.email.clone()),
            name: Set(line.name.clone()),
            role: Set(line.role.clone()),
            user_id: Set(line.user.map(UserId::as_uuid)),
            outcome: Set(line.outcome.as_str().to_owned()),
            detail: Set(line.detail.clone()),
        });
        Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    Ok(())
}

/// How many of a batch's lines are ready and about somebody who never had a password.
pub async fn count_ready_without_password(on: &impl ConnectionTrait, batch: BatchId) -> Result<u64, DbErr> {
    Entity::find()
        .join(
            JoinType::InnerJoin,
            Entity::belongs_to(user::Entity)
                .from(Column::UserId)
                .to(user::Column::Id)
                .into(),
        )
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Outcome.eq(LineOutcome::Ready.as_str()))
        .filter(user::Column::HasHadPassword.eq(false))
        .count(on)
        .await
}

/// Those with one of these outcomes, in order.
pub async fn list(
    on: &impl ConnectionTrait,
    batch: BatchId,
    outcomes: &[LineOutcome],
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Outcome.is_in(outcomes.iter().map(|outcome| outcome.as_str())))
        .order_by_asc(Column::Line)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(Line::read).collect()
}

/// Some of what is left to do.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a, T> {
    /// Everything but these.
    But(&'a [T]),
    /// This alone, if it is left.
    Only(T),
}

/// Those that are ready, in order, at most so many.
pub async fn list_ready(
    on: &impl ConnectionTrait,
    batch: BatchId,
    which: Which<'_, u32>,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let stored = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let mut ready = Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Outcome.eq(LineOutcome::Ready.as_str()));
    ready = match which {
        Which::But([]) => ready,
        Which::But(numbers) => ready.filter(Column::Line.is_not_in(numbers.iter().map(|number| stored(*number)))),
        Which::Only(number) => ready.filter(Column::Line.eq(stored(number))),
    };
    let rows = ready.order_by_asc(Column::Line).limit(limit).all(on).await?;
    rows.into_iter().map(Line::read).collect()
}

/// The lines after this number, in order.
pub async fn list_after(
    on: &impl ConnectionTrait,
    batch: BatchId,
    number: u32,
    limit: u64,
) -> Result<Vec<Line>, DbErr> {
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Line.gt(i32::try_from(number).unwrap_or(i32::MAX)))
        .order_by_asc(Column::Line)
        .limit(limit)
        .all(on)
        .await?;
    rows.into_iter().map(Line::read).collect()
}

/// The first ones with these outcomes, and how many there are in all: one statement.
pub async fn list_and_count(
    on: &impl ConnectionTrait,
    batch: BatchId,
    outcomes: &[LineOutcome],
    limit: u64,
) -> Result<(Vec<Line>, u64), DbErr> {
    let rows = Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Outcome.is_in(outcomes.iter().map(|outcome| outcome.as_str())))
        .expr_as(Expr::cust("COUNT(*) OVER ()"), "total")
        .order_by_asc(Column::Line)
        .limit(limit)
        .into_model::<Counted>()
        .all(on)
        .await?;
    let total = rows.first().map_or(0, |row| row.total.unsigned_abs());
    let lines = rows
        .into_iter()
        .map(|row| Line::read(row.line))
        .collect::<Result<_, _>>()?;
    Ok((lines, total))
}

#[derive(FromQueryResult)]
struct Counted {
    #[sea_orm(nested)]
    line: Model,
    total: i64,
}

/// How many lines have which outcome.
pub async fn count(on: &impl ConnectionTrait, batch: BatchId) -> Result<Vec<(LineOutcome, u64)>, DbErr> {
    let rows: Vec<(String, i64)> = Entity::find()
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .select_only()
        .column(Column::Outcome)
        .column_as(Expr::col(Column::Line.as_column_ref()).count(), "lines")
        .group_by(Column::Outcome)
        .into_tuple()
        .all(on)
        .await?;
    rows.into_iter()
        .map(|(outcome, lines)| Ok((read_word(&outcome)?, lines.unsigned_abs())))
        .collect()
}

/// Notes what came of a line that was ready.
pub async fn settle(
    on: &impl ConnectionTrait,
    batch: BatchId,
    number: u32,
    outcome: LineOutcome,
    user: Option<UserId>,
    detail: Option<&str>,
) -> Result<(), DbErr> {
    let mut update = Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(outcome.as_str()))
        .col_expr(Column::Detail, Expr::value(detail));
    if let Some(user) = user {
        update = update.col_expr(Column::UserId, Expr::value(user.as_uuid()));
    }
    update
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Line.eq(i32::try_from(number).unwrap_or(i32::MAX)))
        .filter(Column::Outcome.eq(LineOutcome::Ready.as_str()))
        .exec(on)
        .await
        .map(|_| ())
}

/// The batch is withdrawn: what was still ready is not carried out.
pub async fn revoke_ready(on: &impl ConnectionTrait, batch: BatchId) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(LineOutcome::Revoked.as_str()))
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .filter(Column::Outcome.eq(LineOutcome::Ready.as_str()))
        .exec(on)
        .await
        .map(|_| ())
}
