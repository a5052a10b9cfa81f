//! Queries on outgoing mail: the queue between a use case and the mail server.
//!
//! A row is claimed under a lease (the machine's clock, which tests do not move), and settled only by whoever still
//! holds the claim: the number of the attempt is the proof.

use rekey_domain::id::{CompanyId, MailId, ResetId, UserId};
use rekey_domain::mail_reply::Stage;
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::entity::mail::{ActiveModel, Column, Entity, Model};
use super::users::User;
use super::{read_time, read_word};

/// What a mail is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// It carries the link of a reset.
    Reset,
    /// It tells the owner that the password was changed.
    PasswordChanged,
    /// It tells the owner that somebody withdrew a link that a mail had brought.
    LinkWithdrawn,
    /// It tells an administrator that somebody said "this was not me".
    NotMe,
    /// It asks a new address to confirm itself.
    ConfirmEmail,
    /// It tells the old address of a new one.
    EmailChanging,
    /// It tells somebody whom to ask for a new password.
    AskManager,
}

impl MailKind {
    const ALL: [Self; 7] = [
        Self::Reset,
        Self::PasswordChanged,
        Self::LinkWithdrawn,
        Self::NotMe,
        Self::ConfirmEmail,
        Self::EmailChanging,
        Self::AskManager,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::PasswordChanged => "password_changed",
            Self::LinkWithdrawn => "link_withdrawn",
            Self::NotMe => "not_me",
            Self::ConfirmEmail => "confirm_email",
            Self::EmailChanging => "email_changing",
            Self::AskManager => "ask_manager",
        }
    }

    fn read(word: &str) -> Result<Self, DbErr> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| DbErr::Custom("a mail of a kind that this program does not know".to_owned()))
    }
}

/// One outgoing mail.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// The company of the person.
    pub company: CompanyId,
    /// Who gets it.
    pub user: UserId,
    /// The reset whose link it carries.
    pub reset: Option<ResetId>,
    /// The address that it goes to.
    pub recipient: String,
    /// Where it stands.
    pub state: MailState,
    /// How often it was claimed.
    pub attempts: u32,
    /// When it was queued.
    pub created_at: Timestamp,
    /// Not before this is it tried again.
    pub next_try_at: Timestamp,
    /// After this it is no longer sent.
    pub deadline: Option<Timestamp>,
    /// When it was accepted, refused or dropped.
    pub settled_at: Option<Timestamp>,
    /// How the last conversation with the mail server ended.
    pub reply: Option<MailReply>,
    /// What its text must say and can't be read elsewhere, as JSON.
    pub facts: Option<String>,
}

/// The end of a conversation with the mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailReply {
    /// How far it came.
    pub stage: Stage,
    /// The reply's code; none where no reply came.
    pub code: Option<u16>,
    /// The server's words, or ours where it said nothing.
    pub text: String,
}

impl MailReply {
    /// Out of its three columns.
    pub(super) fn read(stage: &str, code: Option<i32>, text: String) -> Result<Self, DbErr> {
        Ok(Self {
            stage: read_word(stage)?,
            code: code.and_then(|code| code.try_into().ok()),
            text,
        })
    }
}

impl Mail {
    pub(super) fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            id: MailId::from_uuid(row.id),
            kind: MailKind::read(&row.kind)?,
            company: CompanyId::from_uuid(row.company_id),
            user: UserId::from_uuid(row.user_id),
            reset: row.reset_id.map(ResetId::from_uuid),
            recipient: row.recipient,
            state: read_word(&row.state)?,
            attempts: row.attempts.try_into().unwrap_or_default(),
            created_at: read_time(row.created_at),
            next_try_at: read_time(row.next_try_at),
            deadline: row.deadline.map(read_time),
            settled_at: row.settled_at.map(read_time),
            reply: match (row.reply_stage, row.reply_text) {
                (Some(stage), Some(text)) => Some(MailReply::read(&stage, row.reply_code, text)?),
                _ => None,
            },
            facts: row.facts,
        })
    }
}

/// How long a notice is worth sending: as long as the link in it works.
pub const NOTICE_LIFE: std::time::Duration = rekey_domain::not_me::ABOUT_CHANGE_FOR;

/// A mail to be queued.
#[derive(Clone, Debug)]
pub struct NewMail<'a> {
    /// Its id.
    pub id: MailId,
    /// What it is about.
    pub kind: MailKind,
    /// The company of the person.
    pub company: CompanyId,
    /// Who gets it.
    pub user: UserId,
    /// The reset whose link it carries.
    pub reset: Option<ResetId>,
    /// The address that it goes to.
    pub recipient: &'a str,
    /// When it is queued.
    pub now: Timestamp,
    /// After this it is no longer sent.
    pub deadline: Option<Timestamp>,
    /// What its text must say and can't be read elsewhere, as JSON.
    pub facts: Option<String>,
    /// Where a batch started its reset: not before this moment, and after what is single.
    pub of_batch: Option<Timestamp>,
}

impl<'a> NewMail<'a> {
    /// A notice to `reader`, which carries no link of a reset.
    pub fn notice(id: MailId, kind: MailKind, reader: &'a User, facts: String, now: Timestamp) -> Self {
        Self {
            id,
            kind,
            company: reader.company,
            user: reader.id,
            reset: None,
            recipient: &reader.email,
            now,
            deadline: Some(now + NOTICE_LIFE),
            facts: Some(facts),
            of_batch: None,
        }
    }
}

/// Queues a mail.
pub async fn insert(on: &impl ConnectionTrait, new: NewMail<'_>) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(new.id.as_uuid()),
        kind: Set(new.kind.word().to_owned()),
        company_id: Set(new.company.as_uuid()),
        user_id: Set(new.user.as_uuid()),
        reset_id: Set(new.reset.map(ResetId::as_uuid)),
        recipient: Set(new.recipient.to_owned()),
        state: Set(MailState::Queued.as_str().to_owned()),
        attempts: Set(0),
        created_at: Set(new.now.as_millis()),
        next_try_at: Set(new.of_batch.unwrap_or(new.now).as_millis()),
        deadline: Set(new.deadline.map(Timestamp::as_millis)),
        leased_until: Set(None),
        settled_at: Set(None),
        reply_stage: Set(None),
        reply_code: Set(None),
        reply_text: Set(None),
        facts: Set(new.facts),
        is_of_batch: Set(new.of_batch.is_some()),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The mail with this id.
pub async fn find(on: &impl ConnectionTrait, id: MailId) -> Result<Option<Mail>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .one(on)
        .await?
        .map(Mail::read)
        .transpose()
}

/// Whether a mail is due or its claim has lapsed: one look before a transaction is begun for it.
pub async fn is_any_due(on: &impl ConnectionTrait, now: Timestamp, wall: Timestamp) -> Result<bool, DbErr> {
    Ok(Entity::find().filter(due(now, wall)).limit(1).one(on).await?.is_some())
}

/// Claims the mail that has been due longest, single ones before those of batches (C5), until `leased_until`. Inside a
/// transaction of its own; two workers can't claim the same one, since the state and the attempt are part of the guard. On
/// `PostgreSQL` each takes the next that nobody else is claiming just now.
pub async fn claim(
    on: &impl ConnectionTrait,
    now: Timestamp,
    wall: Timestamp,
    leased_until: Timestamp,
) -> Result<Option<Mail>, DbErr> {
    // Literal words, as below.
    let single = Expr::cust("mails.state IN ('queued', 'deferred') AND NOT mails.is_of_batch");
    let single = Condition::all().add(single).add(Column::NextTryAt.lte(now.as_millis()));
    let oldest = match oldest(on, single).await? {
        None => oldest(on, due(now, wall)).await?,
        found => found,
    };
    let Some(row) = oldest else { return Ok(None) };
    let claimed = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Sending.as_str()))
        .col_expr(Column::LeasedUntil, Expr::value(leased_until.as_millis()))
        .col_expr(Column::Attempts, Expr::value(row.attempts + 1))
        .filter(Column::Id.eq(row.id))
        .filter(Column::State.eq(row.state.clone()))
        .filter(Column::Attempts.eq(row.attempts))
        .exec(on)
        .await?;
    if claimed.rows_affected != 1 {
        return Ok(None);
    }
    let mut mail = Mail::read(row)?;
    mail.attempts += 1;
    mail.state = MailState::Sending;
    Ok(Some(mail))
}

async fn oldest(on: &impl ConnectionTrait, of: Condition) -> Result<Option<Model>, DbErr> {
    Entity::find()
        .filter(of)
        .order_by_asc(Column::NextTryAt)
        .order_by_asc(Column::Id)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(on)
        .await
}

/// For when the last mail of a batch that still waits is planned.
pub async fn last_of_batches(on: &impl ConnectionTrait) -> Result<Option<Timestamp>, DbErr> {
    let last: Option<i64> = Entity::find()
        .select_only()
        .column(Column::NextTryAt)
        // Literal words, as below. What was put off comes when it comes.
        .filter(Expr::cust(
            "mails.state IN ('queued', 'deferred') AND mails.is_of_batch",
        ))
        .filter(Column::State.eq(MailState::Queued.as_str()))
        .order_by_desc(Column::NextTryAt)
        .limit(1)
        .into_tuple()
        .one(on)
        .await?;
    Ok(last.map(read_time))
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub struct Settlement {
    /// Accepted, refused, dropped, or deferred.
    pub state: MailState,
    /// When a deferred mail is tried again.
    pub next_try_at: Option<Timestamp>,
    /// How the conversation ended, where there was one.
    pub reply: Option<MailReply>,
    /// When.
    pub now: Timestamp,
}

/// Records what became of a claimed mail; whether the claim still held.
pub async fn settle(on: &impl ConnectionTrait, mail: &Mail, settlement: &Settlement) -> Result<bool, DbErr> {
    let is_final = settlement.state != MailState::Deferred;
    let next_try_at = settlement.next_try_at.unwrap_or(mail.next_try_at);
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(settlement.state.as_str()))
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(Column::NextTryAt, Expr::value(next_try_at.as_millis()))
        .col_expr(
            Column::SettledAt,
            Expr::value(is_final.then(|| settlement.now.as_millis())),
        );
    if let Some(reply) = &settlement.reply {
        update = update
            .col_expr(Column::ReplyStage, Expr::value(reply.stage.as_str()))
            .col_expr(Column::ReplyCode, Expr::value(reply.code.map(i32::from)))
            .col_expr(Column::ReplyText, Expr::value(reply.text.as_str()));
    }
    let settled = update
        .filter(Column::Id.eq(mail.id.as_uuid()))
        .filter(Column::State.eq(MailState::Sending.as_str()))
        .filter(Column::Attempts.eq(i32::try_from(mail.attempts).unwrap_or(i32::MAX)))
        .exec(on)
        .await?;
    Ok(settled.rows_affected == 1)
}

/// Mails of these resets that nobody is sending just now are not sent any more (G8). Which they were: only the statement
/// that drops a mail knows that no sender has taken it meanwhile.
pub async fn drop_waiting_of(on: &impl ConnectionTrait, resets: Vec<Uuid>, now: Timestamp) -> Result<Vec<Mail>, DbErr> {
    if resets.is_empty() {
        return Ok(Vec::new());
    }
    let dropped = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Dropped.as_str()))
        .col_expr(Column::SettledAt, Expr::value(now.as_millis()))
        .filter(Column::ResetId.is_in(resets))
        .filter(Column::State.is_in([MailState::Queued.as_str(), MailState::Deferred.as_str()]))
        .exec_with_returning(on)
        .await?;
    dropped.into_iter().map(Mail::read).collect()
}

/// Mails about this person that nobody is sending just now are not sent any more, of one kind or of all: the account was
/// deleted, or the address was wrong. Which they were.
pub async fn drop_waiting_of_user(
    on: &impl ConnectionTrait,
    user: UserId,
    kind: Option<MailKind>,
    now: Timestamp,
) -> Result<Vec<Mail>, DbErr> {
    let mut dropped = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Dropped.as_str()))
        .col_expr(Column::SettledAt, Expr::value(now.as_millis()))
        .filter(Column::UserId.eq(user.as_uuid()))
        // Literal words, as below.
        .filter(Expr::cust("mails.state IN ('queued', 'deferred')"));
    if let Some(kind) = kind {
        dropped = dropped.filter(Column::Kind.eq(kind.word()));
    }
    let dropped = dropped.exec_with_returning(on).await?;
    dropped.into_iter().map(Mail::read).collect()
}

fn due(now: Timestamp, wall: Timestamp) -> Condition {
    // Literal words: with bound ones SQLite can't see that the partial index fits, and scans the table.
    let waiting = Expr::cust("mails.state IN ('queued', 'deferred')");
    let lapsed = Column::State
        .eq(MailState::Sending.as_str())
        .and(Column::LeasedUntil.lt(wall.as_millis()));
    Condition::any()
        .add(waiting.and(Column::NextTryAt.lte(now.as_millis())))
        .add(lapsed)
}
