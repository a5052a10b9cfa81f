//! Letters out of rows: reads what belongs to a mail and says it in the words of its company.

use lettre::message::{Mailbox, Message};
use rekey_domain::id::ResetId;
use rekey_domain::reset::Kind;
use rekey_domain::time::Timestamp;
use rekey_domain::token::Token;
use sea_orm::ConnectionTrait;

use super::letter::{
    Asker, Composed, How, PasswordChangedLetter, ResetLetter, compose_password_changed, compose_reset,
};
use super::message::{Envelope, build};
use crate::server::device;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::services::Settings;
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::companies::{self, Company};
use crate::server::store::mails::Mail;
use crate::server::store::resets::{self, Reset};
use crate::server::store::users::{self, User};
use crate::server::times::Zone;
use crate::texts::mails::LANGUAGE;

/// Everything that a letter is made of.
pub struct Letterhead<'a> {
    /// The operator's settings.
    pub settings: &'a Settings,
    /// The sender's address.
    pub from: &'a Mailbox,
    /// Now.
    pub now: Timestamp,
}

/// The mail that carries the link of a reset.
pub async fn reset_message(
    on: &impl ConnectionTrait,
    head: &Letterhead<'_>,
    mail: &Mail,
    reset: &Reset,
    token: &Token,
) -> Outcome<Message> {
    let (person, company) = owner(on, mail).await?;
    let asked_by = resets::find_asker(on, reset)
        .await?
        .map(|(name, role)| Asker { name, role });
    let asked_alone = reset.kind == Kind::Oneself;
    let link = head
        .settings
        .public_url
        .join(&format!("/reset-password/{}", token.expose()));
    let letter = ResetLetter {
        kind: reset.kind,
        company: company.name.clone(),
        recipient_name: person.name.clone(),
        recipient_email: person.email.clone(),
        recipient_role: person.role,
        asked_by,
        asked_at: reset.asked_at,
        expires_at: reset.expires_at,
        zone: zone(&person, &company),
        link: link.map_err(|error| ServiceError::Bug(error.into()))?.into(),
        reference: reset.reference.clone(),
        device: reset
            .user_agent
            .as_deref()
            .filter(|_| asked_alone)
            .and_then(device::describe),
        client_address: reset.client_address.clone().filter(|_| asked_alone),
        contact: contact(&company, head.settings),
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

/// The notice to the owner after a change.
pub async fn password_changed_message(
    on: &impl ConnectionTrait,
    head: &Letterhead<'_>,
    mail: &Mail,
) -> Outcome<Message> {
    let (person, company) = owner(on, mail).await?;
    let facts: ChangeFacts = serde_json::from_str(mail.facts.as_deref().unwrap_or_default())
        .map_err(|error| ServiceError::Bug(error.into()))?;
    let how = match &facts.reset {
        Some(id) => how_by_link(on, id).await?,
        None => How::SignedIn,
    };
    let letter = PasswordChangedLetter {
        company: company.name.clone(),
        recipient_name: person.name.clone(),
        recipient_email: person.email.clone(),
        changed_at: Timestamp::from_millis(facts.changed_at),
        how,
        device: facts.device,
        client_address: Some(facts.client_address),
        signed_out: facts.signed_out,
        zone: zone(&person, &company),
        contact: contact(&company, head.settings),
    };
    message(
        head,
        mail,
        &company,
        &compose_password_changed(&letter),
        &mail.id.to_string(),
        None,
    )
}

/// How a password was changed behind a link.
async fn how_by_link(on: &impl ConnectionTrait, id: &str) -> Outcome<How> {
    let id: ResetId = id
        .parse()
        .map_err(|_| ServiceError::bug("the facts of a notice name no reset"))?;
    let reset = resets::find(on, id)
        .await?
        .ok_or_else(|| ServiceError::bug("the reset of a notice is not there"))?;
    let asker = resets::find_asker(on, &reset).await?.map(|(name, _)| name);
    Ok(match (reset.kind, asker) {
        (Kind::Manager, Some(name)) => How::ManagerAsked { name },
        (Kind::Manager | Kind::Oneself, _) => How::OwnerAsked,
        (Kind::Invitation, name) => How::Invitation { name },
        (Kind::Restore, name) => How::Restored { name },
    })
}

async fn owner(on: &impl ConnectionTrait, mail: &Mail) -> Outcome<(User, Company)> {
    let person = users::find(on, mail.user).await?;
    let company = companies::find(on, mail.company).await?;
    person
        .zip(company)
        .ok_or_else(|| ServiceError::bug("a mail without its person or company"))
}

fn zone(person: &User, company: &Company) -> Zone {
    Zone::named(person.time_zone.as_deref().or(company.time_zone.as_deref()))
}

fn contact(company: &Company, settings: &Settings) -> Option<String> {
    company.contact_email.clone().or_else(|| settings.help.clone())
}

fn message(
    head: &Letterhead<'_>,
    mail: &Mail,
    company: &Company,
    letter: &Composed,
    id: &str,
    reference: Option<&str>,
) -> Outcome<Message> {
    let envelope = Envelope {
        from: head.from.clone(),
        sender_name: format!("{} via Rekey", company.name),
        reply_to: contact(company, head.settings),
        to: mail.recipient.clone(),
        // The same for all attempts, so that a duplicate folds.
        message_id: format!("{id}@{}", head.from.email.domain()),
        language: LANGUAGE,
        reference: reference.map(str::to_owned),
        date: head.now,
    };
    build(letter, &envelope).map_err(|error| ServiceError::Bug(error.into()))
}
