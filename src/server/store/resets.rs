//! Queries on resets. Guarded statements decide races: whoever changes one row has won (A6).

use std::collections::HashMap;

use rekey_domain::id::{BatchId, CompanyId, ResetId, UserId};
use rekey_domain::reset::{CancelledFor, Kind, LinkEnd, MailState, RecipientSaid};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::mail;
use super::entity::reset::{ActiveModel, Column, Entity, Model};
use super::mails::{self, Mail};
use super::named::{self, Named};
use super::{read_time, read_word};

/// One request for a new password.
#[derive(Clone, Debug)]
pub struct Reset {
    /// Its id.
    pub id: ResetId,
    /// The company of the person.
    pub company: CompanyId,
    /// Whose password it is for.
    pub user: UserId,
    /// Who asked, in kind.
    pub kind: Kind,
    /// Who asked, where it was somebody signed in.
    pub asked_by: Option<UserId>,
    /// When.
    pub asked_at: Timestamp,
    /// The first moment at which its links no longer work.
    pub expires_at: Timestamp,
    /// The short sign in mail and page.
    pub reference: String,
    /// From where it was asked.
    pub client_address: Option<String>,
    /// With which browser.
    pub user_agent: Option<String>,
    /// How and when it ended, unless it lives or has merely expired.
    pub end: Option<(LinkEnd, Timestamp)>,
    /// Who withdrew it, where it was somebody signed in.
    pub ended_by: Option<UserId>,
    /// Why the recipient withdrew it, by the mail's own link.
    pub recipient_said: Option<RecipientSaid>,
    /// What cancelled it, where that is known.
    pub cancelled_for: Option<CancelledFor>,
    /// Whether the operator's command has shown its link. Its mail is the notice of that then.
    pub is_shown: bool,
    /// The batch that started it.
    pub batch: Option<BatchId>,
}

impl Reset {
    /// Whether the person asked for it: signed in, or from somewhere. The operator's command has no address.
    pub fn is_own(&self) -> bool {
        match self.asked_by {
            Some(asker) => asker == self.user,
            None => self.client_address.is_some(),
        }
    }

    fn read(row: Model) -> Result<Self, DbErr> {
        let end = match (&row.ended_as, row.ended_at) {
            (Some(word), Some(at)) => Some((read_word(word)?, read_time(at))),
            _ => None,
        };
        Ok(Self {
            id: ResetId::from_uuid(row.id),
            company: CompanyId::from_uuid(row.company_id),
            user: UserId::from_uuid(row.user_id),
            kind: read_word(&row.kind)?,
            asked_by: row.asked_by.map(UserId::from_uuid),
            asked_at: read_time(row.asked_at),
            expires_at: read_time(row.expires_at),
            reference: row.reference,
            client_address: row.client_address,
            user_agent: row.user_agent,
            end,
            ended_by: row.ended_by.map(UserId::from_uuid),
            recipient_said: row.recipient_said.as_deref().map(read_word).transpose()?,
            cancelled_for: row.cancelled_for.as_deref().map(read_word).transpose()?,
            is_shown: row.is_shown,
            batch: row.batch_id.map(BatchId::from_uuid),
        })
    }
}

/// A reset with the mail that carries it.
#[derive(Clone, Debug)]
pub struct ResetWithMail {
    /// The reset.
    pub reset: Reset,
    /// Its mail.
    pub mail: Mail,
}

impl ResetWithMail {
    pub(super) fn read((reset, mail): (Model, Option<mail::Model>)) -> Result<Self, DbErr> {
        let mail = mail.ok_or_else(|| DbErr::Custom("a reset without a mail".to_owned()))?;
        Ok(Self {
            reset: Reset::read(reset)?,
            mail: Mail::read(mail)?,
        })
    }
}

/// Adds resets, in one statement; the caller adds the mail of each in the same transaction.
pub async fn insert_many(on: &impl ConnectionTrait, new: &[Reset]) -> Result<(), DbErr> {
    let rows = new.iter().map(row);
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}

/// Adds a reset; the caller adds its mail in the same transaction.
pub async fn insert(on: &impl ConnectionTrait, reset: &Reset) -> Result<(), DbErr> {
    insert_many(on, std::slice::from_ref(reset)).await
}

fn row(reset: &Reset) -> ActiveModel {
    ActiveModel {
        id: Set(reset.id.as_uuid()),
        company_id: Set(reset.company.as_uuid()),
        user_id: Set(reset.user.as_uuid()),
        kind: Set(reset.kind.as_str().to_owned()),
        asked_by: Set(reset.asked_by.map(UserId::as_uuid)),
        asked_at: Set(reset.asked_at.as_millis()),
        expires_at: Set(reset.expires_at.as_millis()),
        reference: Set(reset.reference.clone()),
        client_address: Set(reset.client_address.clone()),
        user_agent: Set(reset.user_agent.clone()),
        ended_as: Set(reset.end.map(|(end, _)| end.as_str().to_owned())),
        ended_at: Set(reset.end.map(|(_, at)| at.as_millis())),
        ended_by: Set(reset.ended_by.map(UserId::as_uuid)),
        replaced_by: Set(None),
        recipient_said: Set(reset.recipient_said.map(|said| said.as_str().to_owned())),
        is_shown: Set(reset.is_shown),
        batch_id: Set(reset.batch.map(BatchId::as_uuid)),
        cancelled_for: Set(reset.cancelled_for.map(|what| what.as_str().to_owned())),
    }
}

/// The reset with this id.
pub async fn find(on: &impl ConnectionTrait, id: ResetId) -> Result<Option<Reset>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .one(on)
        .await?
        .map(Reset::read)
        .transpose()
}

/// The resets with these ids.
pub async fn list(
    on: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = ResetId>,
) -> Result<HashMap<ResetId, Reset>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.into_iter().map(ResetId::as_uuid)))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| Ok((ResetId::from_uuid(row.id), Reset::read(row)?)))
        .collect()
}

/// The reset with this id, and nobody ends it until the transaction is over. Resets are locked before their mails.
pub async fn find_and_lock(on: &impl ConnectionTrait, id: ResetId) -> Result<Option<Reset>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .lock(LockType::NoKeyUpdate)
        .one(on)
        .await?
        .map(Reset::read)
        .transpose()
}

/// Whether the person has a newer reset whose mail waits or was accepted.
pub async fn has_newer_under_way(on: &impl ConnectionTrait, reset: &Reset) -> Result<bool, DbErr> {
    let under_way = [
        MailState::Queued,
        MailState::Sending,
        MailState::Deferred,
        MailState::Accepted,
    ];
    let found = Entity::find()
        .inner_join(mail::Entity)
        .filter(Column::UserId.eq(reset.user.as_uuid()))
        .filter(Column::Id.gt(reset.id.as_uuid()))
        .filter(mail::Column::State.is_in(under_way.map(MailState::as_str)))
        .limit(1)
        .one(on)
        .await?;
    Ok(found.is_some())
}

/// The newest reset of each of these people, in one statement.
pub async fn list_newest(on: &impl ConnectionTrait, users: &[UserId]) -> Result<Vec<ResetWithMail>, DbErr> {
    // Ids grow with time (UUIDv7), so the newest reset has the greatest one. PostgreSQL has no max(uuid).
    let newest = Expr::cust(
        "resets.id = (SELECT later.id FROM resets AS later WHERE later.user_id = resets.user_id ORDER BY later.id DESC LIMIT 1)",
    );
    let rows = Entity::find()
        .filter(Column::UserId.is_in(users.iter().map(|user| user.as_uuid())))
        .filter(newest)
        .find_also_related(mail::Entity)
        .all(on)
        .await?;
    rows.into_iter().map(ResetWithMail::read).collect()
}

/// The resets of a person that have not ended and not expired, newest first.
pub async fn list_living(on: &impl ConnectionTrait, user: UserId, now: Timestamp) -> Result<Vec<ResetWithMail>, DbErr> {
    list_living_of(on, [user], now).await
}

/// The resets of these people that have not ended and not expired, newest first.
pub async fn list_living_of(
    on: &impl ConnectionTrait,
    users: impl IntoIterator<Item = UserId>,
    now: Timestamp,
) -> Result<Vec<ResetWithMail>, DbErr> {
    let rows = Entity::find()
        .filter(Column::UserId.is_in(users.into_iter().map(UserId::as_uuid)))
        .filter(Column::EndedAs.is_null())
        .filter(Column::ExpiresAt.gt(now.as_millis()))
        .order_by_desc(Column::AskedAt)
        .order_by_desc(Column::Id)
        .find_also_related(mail::Entity)
        .all(on)
        .await?;
    rows.into_iter().map(ResetWithMail::read).collect()
}

/// Spends a living reset; whether it was this call that did (A5, A6).
pub async fn consume(on: &impl ConnectionTrait, id: ResetId, now: Timestamp) -> Result<bool, DbErr> {
    let spent = Entity::update_many()
        .col_expr(Column::EndedAs, Expr::value(LinkEnd::Used.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now.as_millis()))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::EndedAs.is_null())
        .filter(Column::ExpiresAt.gt(now.as_millis()))
        .exec(on)
        .await?;
    Ok(spent.rows_affected == 1)
}

/// What an end of living resets of a person has done.
#[derive(Clone, Debug)]
pub struct Ended {
    /// How many resets there were.
    pub resets: usize,
    /// The mails that still waited and are not sent any more.
    pub dropped: Vec<Mail>,
}

/// The mail of `newer` was accepted, or its link was shown: the older living resets of the same person end (A7).
pub async fn replace_older(on: &impl ConnectionTrait, newer: &Reset, now: Timestamp) -> Result<Ended, DbErr> {
    let end = End {
        newer: Some(newer.id),
        ..End::by_itself(LinkEnd::Replaced)
    };
    end_living(on, newer.user, end, now).await
}

/// Something happened to the account: every living reset of the person ends, mailed or not (A9, G8).
pub async fn cancel_living(
    on: &impl ConnectionTrait,
    user: UserId,
    what: CancelledFor,
    now: Timestamp,
) -> Result<Ended, DbErr> {
    let end = End {
        what: Some(what),
        ..End::by_itself(LinkEnd::Cancelled)
    };
    end_living(on, user, end, now).await
}

/// Somebody withdrew every living reset of the person, mailed or not (G8).
pub async fn revoke_living(
    on: &impl ConnectionTrait,
    user: UserId,
    by: UserId,
    now: Timestamp,
) -> Result<Ended, DbErr> {
    let end = End {
        by: Some(by),
        ..End::by_itself(LinkEnd::Revoked)
    };
    end_living(on, user, end, now).await
}

/// The same by the person, not signed in, by the link in a mail.
pub async fn withdraw_living(
    on: &impl ConnectionTrait,
    user: UserId,
    said: RecipientSaid,
    now: Timestamp,
) -> Result<Ended, DbErr> {
    let end = End {
        said: Some(said),
        ..End::by_itself(LinkEnd::Revoked)
    };
    end_living(on, user, end, now).await
}

/// Whether the person has withdrawn this reset, or a newer one, by the link in a mail.
pub async fn was_withdrawn_by_recipient(on: &impl ConnectionTrait, reset: &Reset) -> Result<bool, DbErr> {
    let found = Entity::find()
        .filter(Column::UserId.eq(reset.user.as_uuid()))
        .filter(Column::Id.gte(reset.id.as_uuid()))
        .filter(Column::RecipientSaid.is_not_null())
        .limit(1)
        .one(on)
        .await?;
    Ok(found.is_some())
}

/// How living resets end.
#[derive(Clone, Copy)]
struct End {
    link: LinkEnd,
    by: Option<UserId>,
    said: Option<RecipientSaid>,
    what: Option<CancelledFor>,
    /// Only those older than this one, which takes their place.
    newer: Option<ResetId>,
}

impl End {
    fn by_itself(link: LinkEnd) -> Self {
        Self {
            link,
            by: None,
            said: None,
            what: None,
            newer: None,
        }
    }
}

async fn end_living(on: &impl ConnectionTrait, user: UserId, end: End, now: Timestamp) -> Result<Ended, DbErr> {
    let mut living = Entity::update_many()
        .col_expr(Column::EndedAs, Expr::value(end.link.as_str()))
        .col_expr(Column::EndedAt, Expr::value(now.as_millis()))
        .col_expr(Column::EndedBy, Expr::value(end.by.map(UserId::as_uuid)))
        .col_expr(Column::RecipientSaid, Expr::value(end.said.map(RecipientSaid::as_str)))
        .col_expr(Column::CancelledFor, Expr::value(end.what.map(CancelledFor::as_str)))
        .col_expr(Column::ReplacedBy, Expr::value(end.newer.map(ResetId::as_uuid)))
        .filter(Column::UserId.eq(user.as_uuid()))
        .filter(Column::EndedAs.is_null())
        .filter(Column::ExpiresAt.gt(now.as_millis()));
    if let Some(newer) = end.newer {
        living = living.filter(Column::Id.lt(newer.as_uuid()));
    }
    // The resets first: a sender whose try has just failed then either sees the end, or has put the mail off before it.
    let ended = living.exec_with_returning(on).await?;
    // The notice that a link was shown is sent.
    let mailed: Vec<_> = ended
        .iter()
        .filter(|reset| !reset.is_shown)
        .map(|reset| reset.id)
        .collect();
    Ok(Ended {
        resets: ended.len(),
        dropped: mails::drop_waiting_of(on, mailed, now).await?,
    })
}

/// Name and role of whoever asked, for mails and pages.
pub async fn find_asker(on: &impl ConnectionTrait, reset: &Reset) -> Result<Option<(Named, Role)>, DbErr> {
    match reset.asked_by {
        Some(asker) => named::find(on, asker, reset.company).await,
        None => Ok(None),
    }
}
