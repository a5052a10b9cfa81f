//! Notices out of rows: the mails that carry no link to set a password. The one after a change gets a link "This was not
//! me" here, one for each attempt, of which only the hash is kept.

use lettre::message::Message;
use rekey_domain::email_change::{CONFIRM_FOR, SETTLES_AFTER, STOP_FOR};
use rekey_domain::id::ResetId;
use rekey_domain::reset::Kind;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::ConnectionTrait;
use serde::de::DeserializeOwned;

use super::compose::{Letterhead, address, message, owner, parties};
use super::letter::{
    About, AskManagerLetter, Asker, Composed, EmailChangeLetter, How, LinkShownLetter, LinkWithdrawnLetter,
    NotMeLetter, PasswordChangedLetter, compose_ask_manager, compose_confirm_email, compose_email_changing,
    compose_link_shown, compose_link_withdrawn, compose_not_me, compose_password_changed,
};
use crate::server::random;
use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::companies::Company;
use crate::server::store::mails::{Mail, MailKind};
use crate::server::store::notice_facts::{AboutFacts, AskManagerFacts, NotMeFacts, WithdrawnFacts};
use crate::server::store::resets::{self, Reset};
use crate::server::store::users::{self, User};
use crate::server::store::{email_changes, named, notice_links};
use crate::wire::paths;

/// How many administrators and managers are named.
const MOST_HELPERS: u64 = 10;

/// The mail of any kind that belongs to no reset. In a transaction of its own after that of the claim, like the link that it mints.
pub async fn notice_message(on: &impl ConnectionTrait, head: &Letterhead<'_>, mail: &Mail) -> Outcome<Message> {
    let (person, company) = owner(on, mail).await?;
    let letter = match mail.kind {
        MailKind::Reset => return Err(ServiceError::bug("the mail of a reset without its reset")),
        MailKind::PasswordChanged => password_changed(on, head, mail, &person, &company).await?,
        MailKind::LinkWithdrawn => link_withdrawn(head, mail, &person, &company)?,
        MailKind::NotMe => not_me(head, mail, &person, &company)?,
        MailKind::AskManager => ask_manager(on, head, mail, &person, &company).await?,
        MailKind::ConfirmEmail | MailKind::EmailChanging => email_change(on, head, mail, &person, &company).await?,
    };
    message(head, mail, &company, &letter, &mail.id.to_string(), None)
}

fn facts<T: DeserializeOwned>(mail: &Mail) -> Outcome<T> {
    Ok(serde_json::from_str(mail.facts.as_deref().unwrap_or_default())?)
}

/// To the owner, after a change.
async fn password_changed(
    on: &impl ConnectionTrait,
    head: &Letterhead<'_>,
    mail: &Mail,
    person: &User,
    company: &Company,
) -> Outcome<Composed> {
    let facts: ChangeFacts = facts(mail)?;
    let how = match &facts.reset {
        Some(id) => how_by_link(on, id).await?,
        None => How::SignedIn,
    };
    let token = Token::from_random(random::bytes());
    notice_links::insert(on, &token.hash(TokenKind::NotMe), mail.id, mail.attempts, head.now).await?;
    Ok(compose_password_changed(&PasswordChangedLetter {
        parties: parties(person, company, head.settings),
        changed_at: Timestamp::from_millis(facts.changed_at),
        how,
        device: facts.device,
        client_address: Some(facts.client_address),
        signed_out: facts.signed_out,
        cancelled_email: facts.cancelled_email,
        not_me: address(head, &paths::not_me(token.expose()))?,
    }))
}

/// How a password was changed behind a link.
async fn how_by_link(on: &impl ConnectionTrait, id: &str) -> Outcome<How> {
    let id: ResetId = id
        .parse()
        .map_err(|_| ServiceError::bug("the facts of a notice name no reset"))?;
    let reset = resets::find(on, id)
        .await?
        .ok_or_else(|| ServiceError::bug("the reset of a notice is not there"))?;
    let asker = resets::find_asker(on, &reset)
        .await?
        .map(|(asker, _)| called_as(&asker));
    Ok(match (reset.kind, asker) {
        (Kind::Manager, Some(name)) => How::ManagerAsked { name },
        (Kind::Manager | Kind::Oneself, None) if !reset.is_own() => How::Operator,
        (Kind::Manager | Kind::Oneself, _) => How::OwnerAsked,
        (Kind::Invitation, name) => How::Invitation { name },
        (Kind::Restore, name) => How::Restored { name },
    })
}

/// To the owner, after the operator's command has shown a link. The mail brings no link to set a password, but `token` is
/// one of the same reset: with it the owner withdraws the reset as with the link of any other.
pub async fn shown_message(
    on: &impl ConnectionTrait,
    head: &Letterhead<'_>,
    mail: &Mail,
    reset: &Reset,
    token: &Token,
) -> Outcome<Message> {
    let (person, company) = owner(on, mail).await?;
    let letter = compose_link_shown(&LinkShownLetter {
        parties: parties(&person, &company, head.settings),
        made_at: reset.asked_at,
        expires_at: reset.expires_at,
        reference: reset.reference.clone(),
        not_me: address(head, &paths::link_not_me(token.expose()))?,
    });
    let (id, reference) = (reset.id.to_string(), Some(reset.reference.as_str()));
    message(head, mail, &company, &letter, &id, reference)
}

/// To the owner, after **Revoke**.
fn link_withdrawn(head: &Letterhead<'_>, mail: &Mail, person: &User, company: &Company) -> Outcome<Composed> {
    let facts: WithdrawnFacts = facts(mail)?;
    Ok(compose_link_withdrawn(&LinkWithdrawnLetter {
        parties: parties(person, company, head.settings),
        by: Asker {
            name: facts.by,
            of: None,
            role: facts.role,
        },
        at: Timestamp::from_millis(facts.at),
    }))
}

/// To somebody who asked for a link and gets none.
async fn ask_manager(
    on: &impl ConnectionTrait,
    head: &Letterhead<'_>,
    mail: &Mail,
    person: &User,
    company: &Company,
) -> Outcome<Composed> {
    let facts: AskManagerFacts = facts(mail)?;
    let helpers = users::list_helpers(on, company.id, MOST_HELPERS).await?;
    let helpers = helpers.into_iter().filter(|helper| helper.id != person.id);
    Ok(compose_ask_manager(&AskManagerLetter {
        parties: parties(person, company, head.settings),
        asked_at: Timestamp::from_millis(facts.asked_at),
        device: facts.device,
        client_address: facts.client_address,
        helpers: helpers
            .map(|helper| Asker {
                name: helper.name,
                of: None,
                role: helper.role,
            })
            .collect(),
    }))
}

/// To a new address, or to the old one, each with a link of its own.
async fn email_change(
    on: &impl ConnectionTrait,
    head: &Letterhead<'_>,
    mail: &Mail,
    person: &User,
    company: &Company,
) -> Outcome<Composed> {
    let change = email_changes::find_of_mail(on, mail)
        .await?
        .ok_or_else(|| ServiceError::bug("a mail about a new address without it"))?;
    let by = if change.entered_by == person.id {
        None
    } else {
        let found = named::find(on, change.entered_by, person.company).await?;
        found.map(|(by, role)| Asker {
            name: by.name,
            of: by.of,
            role,
        })
    };
    let is_new = mail.kind == MailKind::ConfirmEmail;
    let facts = &change.facts;
    let (kind, page, life, expires_at): (_, fn(&str) -> String, _, _) = if is_new {
        let expires_at = facts.entered_at + CONFIRM_FOR;
        (TokenKind::ConfirmEmail, paths::confirm_email, CONFIRM_FOR, expires_at)
    } else {
        // From the telling, which is now.
        (TokenKind::StopEmail, paths::stop_email, STOP_FOR, head.now + STOP_FOR)
    };
    let counts_from = facts.counts_from().unwrap_or(head.now + SETTLES_AFTER);
    let token = Token::from_random(random::bytes());
    notice_links::insert(on, &token.hash(kind), mail.id, mail.attempts, head.now).await?;
    let letter = EmailChangeLetter {
        parties: parties(person, company, head.settings),
        old: change.old_email,
        new: change.new_email,
        by,
        restores: change.restores,
        entered_at: facts.entered_at,
        counts_from: (!facts.is_own).then_some(counts_from),
        lifetime: life,
        expires_at,
        link: address(head, &page(token.expose()))?,
    };
    Ok(if is_new {
        compose_confirm_email(&letter)
    } else {
        compose_email_changing(&letter)
    })
}

/// To an administrator, after "this was not me".
fn not_me(head: &Letterhead<'_>, mail: &Mail, administrator: &User, company: &Company) -> Outcome<Composed> {
    let facts: NotMeFacts = facts(mail)?;
    let about = match facts.about {
        AboutFacts::Link {
            asked_by,
            asked_at,
            reference,
            signed_out,
        } => About::Link {
            asked_by,
            asked_at: Timestamp::from_millis(asked_at),
            reference,
            signed_out,
        },
        AboutFacts::Change { changed_at, signed_out } => About::Change {
            changed_at: Timestamp::from_millis(changed_at),
            signed_out,
        },
    };
    Ok(compose_not_me(&NotMeLetter {
        parties: parties(administrator, company, head.settings),
        name: facts.name,
        email: facts.email,
        said_at: Timestamp::from_millis(facts.at),
        about,
        page: address(head, &paths::person(facts.person))?,
    }))
}
