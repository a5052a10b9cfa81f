//! Queries on tries: how each conversation with the mail server about a mail ended. Added once, never changed.

use rekey_domain::id::MailId;
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::TryEnd;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::entity::mail_try::{ActiveModel, Column, Entity, Model};
use super::mails::MailReply;
use super::read_time;

/// One try that came to an end. Where the mail counts a try that is not here, it was interrupted or is under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailTry {
    /// Of which mail.
    pub mail: MailId,
    /// Which try, from 1.
    pub attempt: u32,
    /// When it ended.
    pub ended_at: Timestamp,
    /// What came of it.
    pub end: TryEnd,
    /// How the conversation ended; none where it was not begun.
    pub reply: Option<MailReply>,
}

fn columns(end: TryEnd) -> (&'static str, Option<i64>) {
    match end {
        TryEnd::Accepted => ("accepted", None),
        TryEnd::Deferred(next) => ("deferred", Some(next.as_millis())),
        TryEnd::Refused => ("refused", None),
    }
}

fn read_end(verdict: &str, next_try_at: Option<i64>) -> Result<TryEnd, DbErr> {
    match (verdict, next_try_at) {
        ("accepted", None) => Ok(TryEnd::Accepted),
        ("deferred", Some(next)) => Ok(TryEnd::Deferred(read_time(next))),
        ("refused", None) => Ok(TryEnd::Refused),
        _ => Err(DbErr::Custom(
            "the end of a try that this program does not know".to_owned(),
        )),
    }
}

impl MailTry {
    fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            mail: MailId::from_uuid(row.mail_id),
            attempt: row.attempt.try_into().unwrap_or_default(),
            ended_at: read_time(row.ended_at),
            end: read_end(&row.verdict, row.next_try_at)?,
            reply: match (row.reply_stage, row.reply_text) {
                (Some(stage), Some(text)) => Some(MailReply::read(&stage, row.reply_code, text)?),
                _ => None,
            },
        })
    }
}

/// Adds a try, by whoever held the claim of its mail.
pub async fn insert(on: &impl ConnectionTrait, new: &MailTry) -> Result<(), DbErr> {
    let (verdict, next_try_at) = columns(new.end);
    let row = ActiveModel {
        mail_id: Set(new.mail.as_uuid()),
        attempt: Set(i32::try_from(new.attempt).unwrap_or(i32::MAX)),
        ended_at: Set(new.ended_at.as_millis()),
        verdict: Set(verdict.to_owned()),
        next_try_at: Set(next_try_at),
        reply_stage: Set(new.reply.as_ref().map(|reply| reply.stage.as_str().to_owned())),
        reply_code: Set(new.reply.as_ref().and_then(|reply| reply.code).map(i32::from)),
        reply_text: Set(new.reply.as_ref().map(|reply| reply.text.clone())),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The tries of a mail, the first one first.
pub async fn list_of(on: &impl ConnectionTrait, mail: MailId) -> Result<Vec<MailTry>, DbErr> {
    let rows = Entity::find()
        .filter(Column::MailId.eq(mail.as_uuid()))
        .order_by_asc(Column::Attempt)
        .all(on)
        .await?;
    rows.into_iter().map(MailTry::read).collect()
}
