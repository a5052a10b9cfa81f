//! Letters out of rows: reads what belongs to a mail and says it in the words of its company. Here are the mails with a
//! link to set a password, and what all mails share; `notices` has the others. `CONTRIBUTING.md` lists what a new kind of mail
//! needs.

use lettre::message::{Mailbox, Message};
use rekey_domain::reset::Kind;
use rekey_domain::time::Timestamp;
use rekey_domain::token::Token;
use sea_orm::ConnectionTrait;

use super::letter::{Asker, Composed, Parties, ResetLetter, compose_reset};
use super::message::{Envelope, build};
use crate::server::device;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::services::Settings;
use crate::server::store::companies::{self, Company};
use crate::server::store::mails::Mail;
use crate::server::store::resets::Reset;
use crate::server::store::users::{self, User};
use crate::server::times::Zone;
use crate::texts::mails::LANGUAGE;
use crate::wire::paths;

/// Everything that a letter is made of.
pub struct Letterhead<'a> {
    /// The operator's settings.
    pub settings: &'a Settings,
    /// The sender's address.
    pub from: &'a Mailbox,
    /// Now.
    pub now: Timestamp,
}

/// What the mail of a reset is made of, read in the transaction that claims it and mints its link.
pub struct ResetFacts {
    /// Who gets it.
    pub person: User,
    /// Their company.
    pub company: Company,
    /// Who asked, where it was somebody signed in.
    pub asked_by: Option<Asker>,
    /// The reset.
    pub reset: Reset,
    /// The secret of its link.
    pub token: Token,
}

/// The mail that carries the link of a reset. It needs no database: it is written when nobody waits for that.
pub fn reset_message(head: &Letterhead<'_>, mail: &Mail, facts: ResetFacts) -> Outcome<Message> {
    let ResetFacts {
        person,
        company,
        asked_by,
        reset,
        token,
    } = facts;
    let asked_alone = reset.kind == Kind::Oneself;
    let link = address(head, &paths::link(token.expose()))?;
    let says_not_me = matches!(reset.kind, Kind::Manager | Kind::Oneself);
    let letter = ResetLetter {
        kind: reset.kind,
        parties: parties(&person, &company, head.settings),
        role: person.role,
        asked_by,
        asked_at: reset.asked_at,
        expires_at: reset.expires_at,
        not_me: says_not_me.then(|| format!("{link}{}", paths::NOT_ME_SUFFIX)),
        link,
        reference: reset.reference.clone(),
        device: reset
            .user_agent
            .as_deref()
            .filter(|_| asked_alone)
            .and_then(device::describe),
        client_address: reset.client_address.filter(|_| asked_alone),
    };
    message(
        head,
        mail,
        &company,
        &compose_reset(&letter),
        &reset.id.to_string(),
        Some(&reset.reference),
    )
}

/// A path as people reach it.
pub(super) fn address(head: &Letterhead<'_>, path: &str) -> Outcome<String> {
    let address = head.settings.public_url.join(path);
    Ok(address.map_err(|error| ServiceError::Bug(error.into()))?.into())
}

/// Who gets a mail, and the company that it comes from.
pub(super) async fn owner(on: &impl ConnectionTrait, mail: &Mail) -> Outcome<(User, Company)> {
    let person = users::find(on, mail.user).await?;
    let company = companies::find(on, mail.company).await?;
    person
        .zip(company)
        .ok_or_else(|| ServiceError::bug("a mail without its person or company"))
}

/// The two ends of a mail.
pub(super) fn parties(person: &User, company: &Company, settings: &Settings) -> Parties {
    Parties {
        company: company.name.clone(),
        accent: company.accent,
        contact: contact(company, settings),
        name: person.name.clone(),
        email: person.email.clone(),
        zone: Zone::named(person.time_zone.as_deref().or(company.time_zone.as_deref())),
    }
}

/// Whom to ask.
fn contact(company: &Company, settings: &Settings) -> Option<String> {
    company.contact_email.clone().or_else(|| settings.help.clone())
}

/// The name that it comes from: the company's choice, else its own with the product's.
fn sender_name(company: &Company) -> String {
    let own = || format!("{} via Rekey", company.name);
    company.sender_name.clone().unwrap_or_else(own)
}

/// The letter with its headers. `id` is the same for all attempts, so that a duplicate folds.
pub(super) fn message(
    head: &Letterhead<'_>,
    mail: &Mail,
    company: &Company,
    letter: &Composed,
    id: &str,
    reference: Option<&str>,
) -> Outcome<Message> {
    let envelope = Envelope {
        from: head.from.clone(),
        sender_name: sender_name(company),
        reply_to: contact(company, head.settings),
        to: mail.recipient.clone(),
        message_id: format!("{id}@{}", head.from.email.domain()),
        language: LANGUAGE,
        reference: reference.map(str::to_owned),
        date: head.now,
    };
    build(letter, &envelope).map_err(|error| ServiceError::Bug(error.into()))
}
