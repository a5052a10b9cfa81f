//! Queries on tries: how each conversation with the mail server about a mail ended. Added once, never changed.

use rekey_domain::breaker::{Likeness, Refused};
use rekey_domain::id::{MailId, UserId};
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::TryEnd;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::entity::mail;
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
            reply: MailReply::read_any(row.reply_stage, row.reply_code, row.reply_text)?,
        })
    }
}

/// Adds a try, by whoever held the claim of its mail.
pub async fn insert(on: &impl ConnectionTrait, new: &MailTry) -> Result<(), DbErr> {
    insert_many(on, std::slice::from_ref(new)).await
}

/// Adds tries, in one statement.
pub async fn insert_many(on: &impl ConnectionTrait, new: &[MailTry]) -> Result<(), DbErr> {
    let rows = new.iter().map(row);
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}

fn row(new: &MailTry) -> ActiveModel {
    let (verdict, next_try_at) = columns(new.end);
    ActiveModel {
        mail_id: Set(new.mail.as_uuid()),
        attempt: Set(i32::try_from(new.attempt).unwrap_or(i32::MAX)),
        ended_at: Set(new.ended_at.as_millis()),
        verdict: Set(verdict.to_owned()),
        next_try_at: Set(next_try_at),
        reply_stage: Set(new.reply.as_ref().map(|reply| reply.stage.as_str().to_owned())),
        reply_code: Set(new.reply.as_ref().and_then(|reply| reply.code).map(i32::from)),
        reply_text: Set(new.reply.as_ref().map(|reply| reply.text.as_str().to_owned())),
    }
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

/// The refusals like this one that were kept later than `since`, the last ones first, at most so many.
pub async fn list_refused_alike(
    on: &impl ConnectionTrait,
    likeness: Likeness,
    since: Timestamp,
    most: u64,
) -> Result<Vec<Refused>, DbErr> {
    let rows: Vec<(Uuid, Uuid, i64, Option<String>)> = Entity::find()
        .inner_join(mail::Entity)
        .select_only()
        .column(Column::MailId)
        .column(mail::Column::UserId)
        .column(Column::EndedAt)
        .column(Column::ReplyText)
        .filter(Column::Verdict.eq("refused"))
        .filter(Column::EndedAt.gt(since.as_millis()))
        .filter(Column::ReplyStage.eq(likeness.stage.as_str()))
        .filter(Column::ReplyCode.eq(i32::from(likeness.code)))
        .order_by_desc(Column::EndedAt)
        .limit(most)
        .into_tuple()
        .all(on)
        .await?;
    let is_alike = |text: &Option<String>| {
        Likeness::of(likeness.stage, likeness.code, text.as_deref().unwrap_or_default()) == likeness
    };
    let alike = rows.into_iter().filter(|(.., text)| is_alike(text));
    Ok(alike
        .map(|(mail, person, at, _)| Refused {
            mail: MailId::from_uuid(mail),
            person: UserId::from_uuid(person),
            at: read_time(at),
        })
        .collect())
}

/// The mail that was accepted last: which, when, and its address.
pub async fn find_last_accepted(on: &impl ConnectionTrait) -> Result<Option<(MailId, Timestamp, String)>, DbErr> {
    let found: Option<(Uuid, i64, String)> = Entity::find()
        .inner_join(mail::Entity)
        .select_only()
        .column(Column::MailId)
        .column(Column::EndedAt)
        .column(mail::Column::Recipient)
        .filter(Column::Verdict.eq("accepted"))
        .order_by_desc(Column::EndedAt)
        .limit(1)
        .into_tuple()
        .one(on)
        .await?;
    Ok(found.map(|(mail, at, recipient)| (MailId::from_uuid(mail), read_time(at), recipient)))
}
