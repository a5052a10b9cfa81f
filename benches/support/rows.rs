//! The rows that a seeded company is made of, written past the server with the store's own functions.

use std::time::Duration;

use rekey::server::random;
use rekey::server::store::companies::{self, NewCompany};
use rekey::server::store::links;
use rekey::server::store::mails::{self, MailKind, MailReply, NewMail, Settlement};
use rekey::server::store::resets::{self, Reset};
use rekey::server::store::sessions::{self, NewSession};
use rekey::server::store::users::{self, NewUser};
use rekey_domain::email::Email;
use rekey_domain::id::{CompanyId, MailId, ResetId, SessionId, UserId};
use rekey_domain::mail_reply::Stage;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::reset::{self, Kind, Lifetime, MailState, Reference};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DatabaseTransaction;

use super::Outcome;

/// The name of the session's cookie over plain http.
const COOKIE: &str = "rekey";

/// Writes rows in one transaction.
pub struct Rows<'a> {
    /// Of the caller.
    pub tx: &'a DatabaseTransaction,
    /// The company of all of them.
    pub company: CompanyId,
    /// When they are written.
    pub now: Timestamp,
}

impl Rows<'_> {
    /// The company itself.
    pub async fn company(&self) -> Outcome<()> {
        let new = NewCompany {
            id: self.company,
            parent: None,
            name: &CompanyName::parse("Blue Heron Logistics")?,
            website: None,
            phone: Some("+49 30 5550 100"),
            contact_email: Some("it@bench.example"),
            time_zone: Some("Europe/Berlin"),
            now: self.now,
        };
        Ok(companies::insert(self.tx, &new).await?)
    }

    /// Somebody, with a password and a last sign-in `ago`, or as invited.
    pub async fn person(
        &self,
        name: &str,
        email: &str,
        role: Role,
        active: Option<(&str, Duration)>,
    ) -> Outcome<UserId> {
        let id = UserId::mint(self.now, random::bytes());
        let new = NewUser {
            id,
            company: self.company,
            name: &PersonName::parse(name)?,
            email: &Email::parse(email)?,
            role,
            now: self.now,
        };
        users::insert(self.tx, &new).await?;
        if let Some((phc, ago)) = active {
            users::set_password(self.tx, id, phc).await?;
            users::touch_sign_in(self.tx, id, self.now - ago).await?;
        }
        Ok(id)
    }

    /// A living session: its id, and its cookie ready to be sent.
    pub async fn session(&self, user: UserId) -> Outcome<(SessionId, String)> {
        let id = SessionId::mint(self.now, random::bytes());
        let secret = Token::from_random(random::bytes());
        let new = NewSession {
            id,
            user,
            company: self.company,
            secret: &secret.hash(TokenKind::Session),
            // It must outlive the longest benchmark.
            kept: true,
            now: self.now,
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            client_address: "203.0.113.7",
        };
        sessions::insert(self.tx, &new).await?;
        Ok((id, format!("{COOKIE}={}", secret.expose())))
    }

    /// A reset asked `ago`, with its mail waiting.
    pub async fn reset(
        &self,
        user: UserId,
        email: &str,
        kind: Kind,
        asked_by: UserId,
        ago: Duration,
    ) -> Outcome<ResetId> {
        let asked_at = self.now - ago;
        let new = Reset {
            id: ResetId::mint(asked_at, random::bytes()),
            company: self.company,
            user,
            kind,
            asked_by: Some(asked_by),
            asked_at,
            expires_at: asked_at + reset::lifetime(kind, Lifetime::default()),
            reference: Reference::from_random(random::bytes()).as_str().to_owned(),
            client_address: None,
            user_agent: None,
            end: None,
            ended_by: None,
            recipient_said: None,
            cancelled_for: None,
            is_shown: false,
            batch: None,
        };
        resets::insert(self.tx, &new).await?;
        let mail = NewMail {
            id: MailId::mint(asked_at, random::bytes()),
            kind: MailKind::Reset,
            company: self.company,
            user,
            reset: Some(new.id),
            recipient: email,
            now: asked_at,
            deadline: Some(new.expires_at),
            facts: None,
            of_batch: None,
        };
        mails::insert(self.tx, mail).await?;
        Ok(new.id)
    }

    /// The one waiting mail was accepted: the token of its link.
    pub async fn accepted(&self, reset: ResetId) -> Outcome<Token> {
        let mut claimed = mails::claim(self.tx, 1, self.now, self.now, self.now).await?;
        let claimed = claimed.pop().ok_or("a mail that was just queued can't be claimed")?;
        let settlement = Settlement {
            state: MailState::Accepted,
            next_try_at: None,
            reply: Some(MailReply {
                stage: Stage::Body,
                code: Some(250),
                text: "2.0.0 Ok: queued".into(),
            }),
            now: self.now,
        };
        mails::settle(self.tx, &claimed, &settlement).await?;
        let token = Token::from_random(random::bytes());
        let hash = token.hash(TokenKind::SetPassword);
        links::insert(self.tx, &hash, reset, claimed.attempts, self.now).await?;
        Ok(token)
    }

    /// The reset's link was used.
    pub async fn used(&self, reset: ResetId) -> Outcome<()> {
        if resets::consume(self.tx, reset, self.now).await? {
            Ok(())
        } else {
            Err("a living reset can't be used".into())
        }
    }
}
