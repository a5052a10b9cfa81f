//! Queries on new addresses of accounts. One change of a person is open at a time; the database refuses a second.

use rekey_domain::email::Email;
use rekey_domain::email_change::{ChangeEnd, ChangeFacts, SETTLES_AFTER, STOPPED_AT_MOST, Told, not_before};
use rekey_domain::id::{CompanyId, EmailChangeId, MailId, UserId};
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::entity::email_change::{ActiveModel, Column, Entity, Model};
use super::entity::mail;
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
    /// Whether the account is deleted, and comes back by it.
    pub restores: bool,
    /// What decides about it.
    pub facts: ChangeFacts,
}

impl EmailChange {
    /// Whether it was entered with the account itself.
    pub fn is_own(&self) -> bool {
        self.facts.is_own
    }

    /// Out of its row and what became of the notice to the old address. One that is forgotten is not waited for any more.
    pub(super) fn read(row: Model, notice: Option<Notice>) -> Result<Self, DbErr> {
        Ok(Self {
            id: EmailChangeId::from_uuid(row.id),
            company: CompanyId::from_uuid(row.company_id),
            user: UserId::from_uuid(row.user_id),
            old_email: row.old_email,
            new_email: row.new_email,
            entered_by: UserId::from_uuid(row.entered_by),
            restores: row.restores,
            facts: ChangeFacts {
                entered_at: read_time(row.entered_at),
                is_own: row.entered_by == row.user_id,
                told: notice.map_or(Ok(Told::Never), |notice| notice.told())?,
                confirmed_at: row.confirmed_at.map(read_time),
                end: row.ended_as.as_deref().map(read_word).transpose()?,
            },
        })
    }

    fn read_both((row, notice): (Model, Option<mail::Model>)) -> Result<Self, DbErr> {
        Self::read(row, notice.map(Notice::of))
    }
}

/// What a mail's row knows of the telling.
pub(super) struct Notice {
    /// The word of its state.
    pub state: String,
    /// When it was settled.
    pub settled_at: Option<i64>,
}

impl Notice {
    fn of(row: mail::Model) -> Self {
        Self {
            state: row.state,
            settled_at: row.settled_at,
        }
    }

    /// Whether the old address was told.
    pub fn told(&self) -> Result<Told, DbErr> {
        Ok(Told::of(read_word(&self.state)?, self.settled_at.map(read_time)))
    }
}

/// A change to be added.
#[derive(Clone, Debug)]
pub struct NewChange<'a> {
    /// Its id.
    pub id: EmailChangeId,
    /// The company of the person.
    pub company: CompanyId,
    /// Whose address it is.
    pub user: UserId,
    /// The account's address.
    pub old: &'a Email,
    /// The address to be.
    pub new: &'a Email,
    /// Who entered it, maybe the person.
    pub entered_by: UserId,
    /// When.
    pub now: Timestamp,
    /// The mail that asks the new address to confirm itself.
    pub confirming: MailId,
    /// The mail that tells the old address.
    pub notice: MailId,
    /// Whether the account is deleted, and comes back by it.
    pub restores: bool,
}

/// Adds a change; an open one of the same person must have ended.
pub async fn insert(on: &impl ConnectionTrait, new: NewChange<'_>) -> Result<(), DbErr> {
    let not_before = not_before(new.now, new.entered_by == new.user);
    let row = ActiveModel {
        id: Set(new.id.as_uuid()),
        company_id: Set(new.company.as_uuid()),
        user_id: Set(new.user.as_uuid()),
        old_email: Set(new.old.as_str().to_owned()),
        old_email_key: Set(new.old.key().to_owned()),
        new_email: Set(new.new.as_str().to_owned()),
        entered_by: Set(new.entered_by.as_uuid()),
        entered_at: Set(new.now.as_millis()),
        counts_from: Set(not_before.as_millis()),
        confirmed_at: Set(None),
        ended_as: Set(None),
        ended_at: Set(None),
        notice_id: Set(Some(new.notice.as_uuid())),
        restores: Set(new.restores),
        confirming_id: Set(Some(new.confirming.as_uuid())),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The change with this id.
pub async fn find(on: &impl ConnectionTrait, id: EmailChangeId) -> Result<Option<EmailChange>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .find_also_related(mail::Entity)
        .one(on)
        .await?
        .map(EmailChange::read_both)
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
        .find_also_related(mail::Entity)
        .one(on)
        .await?
        .map(EmailChange::read_both)
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

/// Those that were confirmed and whose time has come, without some, the oldest first: one's own, and those of which the old
/// address was told a day ago.
pub async fn list_due(
    on: &impl ConnectionTrait,
    now: Timestamp,
    but: &[EmailChangeId],
    most: u64,
) -> Result<Vec<EmailChange>, DbErr> {
    let told = mail::Column::State
        .is_in([MailState::Accepted.as_str(), MailState::Refused.as_str()])
        .and(mail::Column::SettledAt.lte((now - SETTLES_AFTER).as_millis()));
    let rows = Entity::find()
        .find_also_related(mail::Entity)
        .filter(Column::CountsFrom.lte(now.as_millis()))
        .apply_if((!but.is_empty()).then_some(but), |changes, but| {
            changes.filter(Column::Id.is_not_in(but.iter().map(|id| id.as_uuid())))
        })
        .filter(
            Expr::col(Column::EnteredBy.as_column_ref())
                .equals(Column::UserId.as_column_ref())
                .or(told),
        )
        // Literal words, as above.
        .filter(Expr::cust(
            "email_changes.ended_at IS NULL AND email_changes.confirmed_at IS NOT NULL",
        ))
        .order_by_asc(Column::CountsFrom)
        .limit(most)
        .all(on)
        .await?;
    rows.into_iter().map(EmailChange::read_both).collect()
}

/// Whose address this was, and may be wanted back: their change counts and can still be stopped.
pub async fn find_former_owner(on: &impl ConnectionTrait, key: &str, now: Timestamp) -> Result<Option<UserId>, DbErr> {
    let found = Entity::find()
        .filter(Column::OldEmailKey.eq(key))
        .filter(Column::EnteredAt.gt((now - STOPPED_AT_MOST).as_millis()))
        .filter(Column::EndedAs.eq(ChangeEnd::Counted.as_str()))
        .order_by_desc(Column::EnteredAt)
        .find_also_related(mail::Entity)
        .all(on)
        .await?;
    for both in found {
        let change = EmailChange::read_both(both)?;
        if change.facts.can_be_stopped(now) {
            return Ok(Some(change.user));
        }
    }
    Ok(None)
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
