//! Queries on outages: when the mail server itself was out of order. While one is open no mail is tried; one process at a
//! time asks the server whether it is back.

use rekey_domain::breaker::Likeness;
use rekey_domain::mail_reply::Stage;
use rekey_domain::outage::{PROBE_EVERY, ask_with_mail_after};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QueryResult, QuerySelect,
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

impl Outage {
    /// Out of a row of another statement, where one is joined to it.
    pub(super) fn joined(row: &QueryResult) -> Result<Option<Self>, DbErr> {
        match Model::from_query_result_optional(row, "")? {
            Some(model) => Self::read(model).map(Some),
            None => Ok(None),
        }
    }

    /// Whether mails were refused as if each were one of all.
    pub fn is_of_mails(&self) -> bool {
        self.reply.likeness().is_some()
    }

    /// Whether it was no more than that nobody could connect.
    pub fn is_of_connecting(&self) -> bool {
        matches!(self.reply.stage, Stage::Connect | Stage::Tls | Stage::Login)
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

/// When the last outage ended in which mails were refused as if each were one of all.
pub async fn find_last_of_mails_ended(on: &impl ConnectionTrait) -> Result<Option<Timestamp>, DbErr> {
    let found = Entity::find()
        .filter(Column::EndedAt.is_not_null())
        .filter(Column::ReplyStage.is_in([Stage::Recipient.as_str(), Stage::Body.as_str()]))
        .order_by_desc(Column::EndedAt)
        .one(on)
        .await?;
    Ok(found.and_then(|row| row.ended_at).map(read_time))
}

/// When outages in which mails were refused like this ended, later than `since`, the last one first.
pub async fn list_ended_alike(
    on: &impl ConnectionTrait,
    likeness: Likeness,
    since: Timestamp,
) -> Result<Vec<Timestamp>, DbErr> {
    let rows = Entity::find()
        .filter(Column::EndedAt.gt(since.as_millis()))
        .filter(Column::ReplyStage.eq(likeness.stage.as_str()))
        .filter(Column::ReplyCode.eq(i32::from(likeness.code)))
        .order_by_desc(Column::EndedAt)
        .all(on)
        .await?;
    let outages = rows.into_iter().map(Outage::read).collect::<Result<Vec<_>, _>>()?;
    let alike = outages
        .into_iter()
        .filter(|outage| outage.reply.likeness() == Some(likeness));
    Ok(alike.filter_map(|outage| outage.ended_at).collect())
}

/// The server is out of order: opens an outage, or keeps the newest words in the one that is open. Whether it was opened.
///
/// Where a mail was refused as if it were one of all, that is found out at once by asking about others.
pub async fn note(on: &impl ConnectionTrait, id: Uuid, reply: &MailReply, now: Timestamp) -> Result<bool, DbErr> {
    let is_of_mail = reply.likeness().is_some();
    let next_probe_at = if is_of_mail { now } else { now + PROBE_EVERY };
    let row = ActiveModel {
        id: Set(id),
        began_at: Set(now.as_millis()),
        ended_at: Set(None),
        next_probe_at: Set(next_probe_at.as_millis()),
        reply_stage: Set(reply.stage.as_str().to_owned()),
        reply_code: Set(reply.code.map(i32::from)),
        reply_text: Set(reply.text.as_str().to_owned()),
    };
    // Of two senders that notice it at once, one opens it.
    let opened = Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(on)
        .await?;
    if opened > 0 {
        return Ok(true);
    }
    let mut noted = Entity::update_many()
        .col_expr(Column::ReplyStage, Expr::value(reply.stage.as_str()))
        .col_expr(Column::ReplyCode, Expr::value(reply.code.map(i32::from)))
        .col_expr(Column::ReplyText, Expr::value(reply.text.as_str()))
        .filter(Column::EndedAt.is_null());
    if !is_of_mail {
        // That mails were refused stays true while the server can't be reached: when it can, it is asked about that.
        noted = noted.filter(Column::ReplyStage.is_not_in([Stage::Recipient.as_str(), Stage::Body.as_str()]));
    }
    noted.exec(on).await.map(|_| false)
}

/// Takes the turn to ask the server, if it is due and nobody else has; the next turn comes after the usual wait.
pub async fn take_probe(on: &impl ConnectionTrait, outage: &Outage, now: Timestamp) -> Result<bool, DbErr> {
    if now < outage.next_probe_at {
        return Ok(false);
    }
    let wait = match outage.reply.stage {
        Stage::Body => ask_with_mail_after(outage.began_at, now),
        _ => PROBE_EVERY,
    };
    let taken = Entity::update_many()
        .col_expr(Column::NextProbeAt, Expr::value((now + wait).as_millis()))
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
