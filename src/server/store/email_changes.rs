//! Queries on new addresses of accounts. One change of a person is open at a time; the database refuses a second.

use rekey_domain::email::Email;
use rekey_domain::email_change::{ChangeEnd, ChangeFacts};
use rekey_domain::id::{CompanyId, EmailChangeId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::email_change::{ActiveModel, Column, Entity, Model};
use super::mails::Mail;
use super::notice_facts::EmailChangeFacts;
use super::{read_time, read_word};

/// One change.
#[derive(Clone, Debug)]
pub struct EmailChange {
    /// Its id.
    pub id: EmailChangeId,
    /// The company of the person.
    pub company: CompanyId,
    /// Whose address it is.
    pub user: UserId,
    /// The address before.
    pub old_email: String,
    /// The address to be.
    pub new_email: String,
    /// Who entered it, maybe the person.
    pub entered_by: UserId,
    /// What decides about it.
    pub facts: ChangeFacts,
}

impl EmailChange {
    pub(super) fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            id: EmailChangeId::from_uuid(row.id),
            company: CompanyId::from_uuid(row.company_id),
            user: UserId::from_uuid(row.user_id),
            old_email: row.old_email,
            new_email: row.new_email,
            entered_by: UserId::from_uuid(row.entered_by),
            facts: ChangeFacts {
                entered_at: read_time(row.entered_at),
                counts_from: read_time(row.counts_from),
                confirmed_at: row.confirmed_at.map(read_time),
                end: row.ended_as.as_deref().map(read_word).transpose()?,
            },
        })
    }
}

/// Adds a change; an open one of the same person must have ended. `old` is the account's address.
pub async fn insert(on: &impl ConnectionTrait, new: &EmailChange, old: &Email) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(new.id.as_uuid()),
        company_id: Set(new.company.as_uuid()),
        user_id: Set(new.user.as_uuid()),
        old_email: Set(new.old_email.clone()),
        old_email_key: Set(old.key().to_owned()),
        new_email: Set(new.new_email.clone()),
        entered_by: Set(new.entered_by.as_uuid()),
        entered_at: Set(new.facts.entered_at.as_millis()),
        counts_from: Set(new.facts.counts_from.as_millis()),
        confirmed_at: Set(None),
        ended_as: Set(None),
        ended_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The change with this id.
pub async fn find(on: &impl ConnectionTrait, id: EmailChangeId) -> Result<Option<EmailChange>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .one(on)
        .await?
        .map(EmailChange::read)
        .transpose()
}

/// The change that a mail is about.
pub async fn find_of_mail(on: &impl ConnectionTrait, mail: &Mail) -> Result<Option<EmailChange>, DbErr> {
    let facts = mail.facts.as_deref().unwrap_or_default();
    let facts: Option<EmailChangeFacts> = serde_json::from_str(facts).ok();
    match facts.and_then(|facts| facts.change.parse().ok()) {
        Some(id) => find(on, id).await,
        None => Ok(None),
    }
}

/// The change of a person that has not ended; its time may be over.
pub async fn find_open(on: &impl ConnectionTrait, user: UserId) -> Result<Option<EmailChange>, DbErr> {
    Entity::find()
        .filter(Column::UserId.eq(user.as_uuid()))
        // Literal words: a bound value does not show that the partial index fits.
        .filter(Expr::cust("email_changes.ended_at IS NULL"))
        .one(on)
        .await?
        .map(EmailChange::read)
        .transpose()
}

/// Notes that it was confirmed.
pub async fn confirm(on: &impl ConnectionTrait, id: EmailChangeId, now: Timestamp) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ConfirmedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Ends it, or gives it another end.
pub async fn end(on: &impl ConnectionTrait, id: EmailChangeId, end: ChangeEnd, now: Timestamp) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::EndedAs, Expr::value(end.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}

/// The old address of this change has stopped it: it and all that came after it for the same person end so, unless they
/// were cancelled.
pub async fn stop_since(on: &impl ConnectionTrait, change: &EmailChange, now: Timestamp) -> Result<(), DbErr> {
    let goes_on = Condition::any()
        .add(Column::EndedAs.is_null())
        .add(Column::EndedAs.eq(ChangeEnd::Counted.as_str()));
    Entity::update_many()
        .col_expr(Column::EndedAs, Expr::value(ChangeEnd::Stopped.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now.as_millis()))
        .filter(Column::UserId.eq(change.user.as_uuid()))
        .filter(Column::EnteredAt.gte(change.facts.entered_at.as_millis()))
        .filter(goes_on)
        .exec(on)
        .await
        .map(|_| ())
}

/// Those that were confirmed and whose time has come, the oldest first.
pub async fn list_due(on: &impl ConnectionTrait, now: Timestamp, most: u64) -> Result<Vec<EmailChange>, DbErr> {
    let rows = Entity::find()
        .filter(Column::CountsFrom.lte(now.as_millis()))
        // Literal words, as above.
        .filter(Expr::cust(
            "email_changes.ended_at IS NULL AND email_changes.confirmed_at IS NOT NULL",
        ))
        .order_by_asc(Column::CountsFrom)
        .limit(most)
        .all(on)
        .await?;
    rows.into_iter().map(EmailChange::read).collect()
}

/// Whose address this was until a change that was entered later than `since` came to count.
pub async fn find_former_owner(
    on: &impl ConnectionTrait,
    key: &str,
    since: Timestamp,
) -> Result<Option<UserId>, DbErr> {
    let found = Entity::find()
        .filter(Column::OldEmailKey.eq(key))
        .filter(Column::EnteredAt.gt(since.as_millis()))
        .filter(Column::EndedAs.eq(ChangeEnd::Counted.as_str()))
        .one(on)
        .await?;
    Ok(found.map(|row| UserId::from_uuid(row.user_id)))
}

/// When changes for this person, or by this one, were entered later than `since`.
pub async fn list_entered(
    on: &impl ConnectionTrait,
    whose: EnteredOf,
    since: Timestamp,
) -> Result<Vec<Timestamp>, DbErr> {
    let whose = match whose {
        EnteredOf::Person(user) => Column::UserId.eq(user.as_uuid()),
        EnteredOf::Actor(user) => Column::EnteredBy.eq(user.as_uuid()),
    };
    let rows: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::EnteredAt)
        .filter(whose)
        .filter(Column::EnteredAt.gt(since.as_millis()))
        .into_tuple()
        .all(on)
        .await?;
    Ok(rows.into_iter().map(read_time).collect())
}

/// Whose changes count together.
#[derive(Clone, Copy, Debug)]
pub enum EnteredOf {
    /// Those for this person.
    Person(UserId),
    /// Those that this one entered.
    Actor(UserId),
}
