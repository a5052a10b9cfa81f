//! Queries on outgoing mail: the queue between a use case and the mail server.
//!
//! A row is claimed under a lease (the machine's clock, which tests do not move), and settled only by whoever still
//! holds the claim: the number of the attempt is the proof.

use std::collections::{HashMap, HashSet};

use rekey_domain::breaker::Likeness;
use rekey_domain::id::{CompanyId, MailId, ResetId, UserId};
use rekey_domain::mail_reply::Stage;
use rekey_domain::reset::MailState;
use rekey_domain::server_words::ServerWords;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{CaseStatement, Expr, LockBehavior, LockType};
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

    /// Whether it tells its reader what was done to their own account: such a mail is sent whatever becomes of the account.
    /// What becomes of the mail of a reset is decided with the reset.
    const fn is_owed(self) -> bool {
        match self {
            Self::Reset | Self::PasswordChanged | Self::LinkWithdrawn | Self::EmailChanging => true,
            Self::NotMe | Self::ConfirmEmail | Self::AskManager => false,
        }
    }

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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MailReply {
    /// How far it came.
    pub stage: Stage,
    /// The reply's code; none where no reply came.
    pub code: Option<u16>,
    /// The server's words, or ours where it said nothing.
    pub text: ServerWords,
}

impl MailReply {
    /// What it has in common with others that refuse a mail. None where no mail was spoken of, or no reply came.
    pub fn likeness(&self) -> Option<Likeness> {
        let is_of_mail = matches!(self.stage, Stage::Recipient | Stage::Body);
        let code = self.code.filter(|_| is_of_mail)?;
        Some(Likeness::of(self.stage, code, self.text.as_str()))
    }

    /// Out of its three columns. What an older version has stored is no safer than what comes from the server.
    pub(super) fn read(stage: &str, code: Option<i32>, text: String) -> Result<Self, DbErr> {
        Ok(Self {
            stage: read_word(stage)?,
            code: code.and_then(|code| code.try_into().ok()),
            text: text.into(),
        })
    }

    /// The same where no conversation may have ended yet.
    pub(super) fn read_any(
        stage: Option<String>,
        code: Option<i32>,
        text: Option<String>,
    ) -> Result<Option<Self>, DbErr> {
        let both = stage.zip(text);
        both.map(|(stage, text)| Self::read(&stage, code, text)).transpose()
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
            reply: MailReply::read_any(row.reply_stage, row.reply_code, row.reply_text)?,
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
    insert_many(on, vec![new]).await
}

/// Queues mails, in one statement.
pub async fn insert_many(on: &impl ConnectionTrait, new: Vec<NewMail<'_>>) -> Result<(), DbErr> {
    let rows = new.into_iter().map(row);
    Entity::insert_many(rows).exec_without_returning(on).await.map(|_| ())
}

fn row(new: NewMail<'_>) -> ActiveModel {
    ActiveModel {
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
    }
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

/// Claims the mails that have been due longest, single ones before those of batches (C5), until `leased_until`: at most
/// `most`, in the order in which they go. Inside a transaction of its own; two workers can't claim the same one, since the
/// state and the attempt are part of the guard. On `PostgreSQL` each takes the next that nobody else is claiming just now.
pub async fn claim(
    on: &impl ConnectionTrait,
    most: u64,
    now: Timestamp,
    wall: Timestamp,
    leased_until: Timestamp,
) -> Result<Vec<Mail>, DbErr> {
    // Literal words, as below.
    let single = Expr::cust("mails.state IN ('queued', 'deferred') AND NOT mails.is_of_batch");
    let single = Condition::all().add(single).add(Column::NextTryAt.lte(now.as_millis()));
    let mut claimed = claim_oldest(on, single, most, leased_until).await?;
    let left = most.saturating_sub(claimed.len().try_into().unwrap_or(u64::MAX));
    if left > 0 {
        // The single ones are claimed by now, and no longer due.
        claimed.extend(claim_oldest(on, due(now, wall), left, leased_until).await?);
    }
    Ok(claimed)
}

async fn claim_oldest(
    on: &impl ConnectionTrait,
    of: Condition,
    most: u64,
    leased_until: Timestamp,
) -> Result<Vec<Mail>, DbErr> {
    let oldest = Entity::find()
        .filter(of)
        .order_by_asc(Column::NextTryAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(on)
        .await?;
    if oldest.is_empty() {
        return Ok(Vec::new());
    }
    let mut unchanged = Condition::any();
    for row in &oldest {
        let unchanged_row = Condition::all()
            .add(Column::Id.eq(row.id))
            .add(Column::State.eq(row.state.as_str()))
            .add(Column::Attempts.eq(row.attempts));
        unchanged = unchanged.add(unchanged_row);
    }
    let claimed = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Sending.as_str()))
        .col_expr(Column::LeasedUntil, Expr::value(leased_until.as_millis()))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .filter(unchanged)
        .exec_with_returning(on)
        .await?;
    let mut claimed: HashMap<_, _> = claimed.into_iter().map(|row| (row.id, row)).collect();
    // In their order, which the statement that claims does not keep.
    let in_order = oldest.iter().filter_map(|row| claimed.remove(&row.id));
    in_order.map(Mail::read).collect()
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
    /// Accepted, refused, dropped, or deferred; queued, where nothing kept the mail but the connection.
    pub state: MailState,
    /// When a mail that goes on waiting is tried again.
    pub next_try_at: Option<Timestamp>,
    /// How the conversation ended, where there was one.
    pub reply: Option<MailReply>,
    /// When.
    pub now: Timestamp,
}

/// Records what became of a claimed mail; whether the claim still held.
pub async fn settle(on: &impl ConnectionTrait, mail: &Mail, settlement: &Settlement) -> Result<bool, DbErr> {
    let is_final = matches!(
        settlement.state,
        MailState::Accepted | MailState::Refused | MailState::Dropped
    );
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

/// Lets a mail wait whose try has failed by a mistake of the program's, and counts that try; whether it was still ours.
/// Without a committed claim the row is as it was before.
pub async fn put_off_failed(
    on: &impl ConnectionTrait,
    mail: &Mail,
    is_claim_committed: bool,
    next_try_at: Timestamp,
    wall: Timestamp,
) -> Result<bool, DbErr> {
    let attempts = i32::try_from(mail.attempts).unwrap_or(i32::MAX);
    let ours = if is_claim_committed {
        Column::State
            .eq(MailState::Sending.as_str())
            .and(Column::Attempts.eq(attempts))
    } else {
        let lapsed = Column::State
            .eq(MailState::Sending.as_str())
            .and(Column::LeasedUntil.lt(wall.as_millis()));
        let waits = Column::State
            .is_in([MailState::Queued.as_str(), MailState::Deferred.as_str()])
            .or(lapsed);
        Column::Attempts.eq(attempts.saturating_sub(1)).and(waits)
    };
    let put_off = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Deferred.as_str()))
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(Column::NextTryAt, Expr::value(next_try_at.as_millis()))
        .col_expr(Column::Attempts, Expr::value(attempts))
        .filter(Column::Id.eq(mail.id.as_uuid()))
        .filter(ours)
        .exec(on)
        .await?;
    Ok(put_off.rows_affected == 1)
}

/// Records that the mail server took claimed mails, each with what it said, in one statement; of which the claim still held.
pub async fn settle_accepted(
    on: &impl ConnectionTrait,
    taken: &[(&Mail, MailReply)],
    now: Timestamp,
) -> Result<HashSet<MailId>, DbErr> {
    let mut still_claimed = Condition::any();
    let (mut codes, mut texts) = (CaseStatement::new(), CaseStatement::new());
    for (mail, reply) in taken {
        let is_it = Column::Id.eq(mail.id.as_uuid());
        let claim = Column::Attempts.eq(i32::try_from(mail.attempts).unwrap_or(i32::MAX));
        still_claimed = still_claimed.add(Condition::all().add(is_it.clone()).add(claim));
        codes = codes.case(is_it.clone(), Expr::value(reply.code.map(i32::from)));
        texts = texts.case(is_it, Expr::value(reply.text.as_str()));
    }
    let settled = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Accepted.as_str()))
        .col_expr(Column::LeasedUntil, Expr::value(None::<i64>))
        .col_expr(Column::SettledAt, Expr::value(now.as_millis()))
        .col_expr(Column::ReplyStage, Expr::value(Stage::Body.as_str()))
        .col_expr(Column::ReplyCode, codes.into())
        .col_expr(Column::ReplyText, texts.into())
        .filter(still_claimed)
        .filter(Column::State.eq(MailState::Sending.as_str()))
        .exec_with_returning(on)
        .await?;
    Ok(settled.into_iter().map(|row| MailId::from_uuid(row.id)).collect())
}

/// Lets a mail wait again that was refused at this attempt; whether it still was. The database takes it only while the mail
/// server is out of order.
pub async fn put_back(on: &impl ConnectionTrait, mail: &Mail, next_try_at: Timestamp) -> Result<bool, DbErr> {
    let put_back = Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Deferred.as_str()))
        .col_expr(Column::NextTryAt, Expr::value(next_try_at.as_millis()))
        .col_expr(Column::SettledAt, Expr::value(None::<i64>))
        .filter(Column::Id.eq(mail.id.as_uuid()))
        .filter(Column::State.eq(MailState::Refused.as_str()))
        .filter(Column::Attempts.eq(i32::try_from(mail.attempts).unwrap_or(i32::MAX)))
        .exec(on)
        .await?;
    Ok(put_back.rows_affected == 1)
}

/// The addresses of mails that wait, those that were never tried first, at most so many.
pub async fn list_waiting_recipients(on: &impl ConnectionTrait, most: u64) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Recipient)
        // Literal words, as below.
        .filter(Expr::cust("mails.state IN ('queued', 'deferred')"))
        .order_by_asc(Column::Attempts)
        .order_by_asc(Column::NextTryAt)
        .limit(most)
        .into_tuple()
        .all(on)
        .await
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

/// Mails of this kind about this person that nobody is sending just now are not sent any more. Not for mails of resets, which
/// end with them.
pub async fn drop_waiting_of_user(
    on: &impl ConnectionTrait,
    user: UserId,
    kind: MailKind,
    now: Timestamp,
) -> Result<(), DbErr> {
    drop_kinds(on, &[user], &[kind], now).await
}

/// Mails of this kind about these people that nobody is sending just now are not sent any more. Not for mails of resets, which
/// end with them.
pub async fn drop_waiting_of_users(
    on: &impl ConnectionTrait,
    users: &[UserId],
    kind: MailKind,
    now: Timestamp,
) -> Result<(), DbErr> {
    drop_kinds(on, users, &[kind], now).await
}

/// Mails about this person that nobody is sending just now are not sent any more, of all kinds that are not owed to the owner of
/// the account: it was deleted, or its address was wrong.
pub async fn drop_not_owed(on: &impl ConnectionTrait, user: UserId, now: Timestamp) -> Result<(), DbErr> {
    let kinds: Vec<_> = MailKind::ALL.into_iter().filter(|kind| !kind.is_owed()).collect();
    drop_kinds(on, &[user], &kinds, now).await
}

async fn drop_kinds(
    on: &impl ConnectionTrait,
    users: &[UserId],
    kinds: &[MailKind],
    now: Timestamp,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Dropped.as_str()))
        .col_expr(Column::SettledAt, Expr::value(now.as_millis()))
        .filter(Column::UserId.is_in(users.iter().map(|user| user.as_uuid())))
        // Literal words, as below.
        .filter(Expr::cust("mails.state IN ('queued', 'deferred')"))
        .filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.word())))
        .exec(on)
        .await
        .map(|_| ())
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
