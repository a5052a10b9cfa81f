//! Queries on outages: when the mail server itself was out of order. While one is open no mail is tried; one process at a
//! time asks the server whether it is back.

use rekey_domain::outage::PROBE_EVERY;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entity::outage::{ActiveModel, Column, Entity, Model};
use super::mails::MailReply;
use super::read_time;

/// One outage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    id: Uuid,
    /// When it was noticed.
    pub began_at: Timestamp,
    /// When the server answered again; none while it has not.
    pub ended_at: Option<Timestamp>,
    /// When the server is asked next, while the outage is open.
    pub next_probe_at: Timestamp,
    /// How the last conversation with it went wrong.
    pub reply: MailReply,
}

impl Outage {
    fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.id,
            began_at: read_time(row.began_at),
            ended_at: row.ended_at.map(read_time),
            next_probe_at: read_time(row.next_probe_at),
            reply: MailReply::read(&row.reply_stage, row.reply_code, row.reply_text)?,
        })
    }
}

/// The open outage, if there is one.
pub async fn find_open(on: &impl ConnectionTrait) -> Result<Option<Outage>, DbErr> {
    Entity::find()
        .filter(Column::EndedAt.is_null())
        .one(on)
        .await?
        .map(Outage::read)
        .transpose()
}

/// The outages that were open at some time from `from` on and before `until`, the first one first, `limit` at most of the
/// latest.
pub async fn list_between(
    on: &impl ConnectionTrait,
    from: Timestamp,
    until: Timestamp,
    limit: u64,
) -> Result<Vec<Outage>, DbErr> {
    let still_open = Condition::any()
        .add(Column::EndedAt.is_null())
        .add(Column::EndedAt.gte(from.as_millis()));
    let rows = Entity::find()
        .filter(still_open)
        .filter(Column::BeganAt.lt(until.as_millis()))
        .order_by_desc(Column::BeganAt)
        .limit(limit)
        .all(on)
        .await?;
    let mut outages = rows.into_iter().map(Outage::read).collect::<Result<Vec<_>, _>>()?;
    outages.reverse();
    Ok(outages)
}

/// The server is out of order: opens an outage, or keeps the newest words in the one that is open.
pub async fn note(on: &impl ConnectionTrait, id: Uuid, reply: &MailReply, now: Timestamp) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(id),
        began_at: Set(now.as_millis()),
        ended_at: Set(None),
        next_probe_at: Set((now + PROBE_EVERY).as_millis()),
        reply_stage: Set(reply.stage.as_str().to_owned()),
        reply_code: Set(reply.code.map(i32::from)),
        reply_text: Set(reply.text.clone()),
    };
    // Of two senders that notice it at once, one opens it.
    let opened = Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await?;
    if opened > 0 {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::ReplyStage, Expr::value(reply.stage.as_str()))
        .col_expr(Column::ReplyCode, Expr::value(reply.code.map(i32::from)))
        .col_expr(Column::ReplyText, Expr::value(reply.text.as_str()))
        .filter(Column::EndedAt.is_null())
        .exec(on)
        .await
        .map(|_| ())
}

/// Takes the turn to ask the server, if it is due and nobody else has; the next turn comes after the usual wait.
pub async fn take_probe(on: &impl ConnectionTrait, outage: &Outage, now: Timestamp) -> Result<bool, DbErr> {
    if now < outage.next_probe_at {
        return Ok(false);
    }
    let taken = Entity::update_many()
        .col_expr(Column::NextProbeAt, Expr::value((now + PROBE_EVERY).as_millis()))
        .filter(Column::Id.eq(outage.id))
        .filter(Column::EndedAt.is_null())
        .filter(Column::NextProbeAt.eq(outage.next_probe_at.as_millis()))
        .exec(on)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// The server answers again.
pub async fn end(on: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(now.as_millis()))
        .filter(Column::EndedAt.is_null())
        .exec(on)
        .await
        .map(|_| ())
}
