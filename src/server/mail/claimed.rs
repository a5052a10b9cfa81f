//! Claimed mails: is each still worth sending, with which link, and what does its letter say? What that needs of the database
//! is read in the transaction of the claim, for several mails of resets together; the letters are written after it.

use std::collections::HashMap;

use lettre::Message;
use rekey_domain::id::MailId;
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DatabaseTransaction;

use super::compose::{Letterhead, ResetFacts, reset_message};
use super::letter::Asker;
use super::notices::{notice_message, shown_message};
use super::record::is_over;
use crate::server::random;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::limits::limit_asks;
use crate::server::services::Services;
use crate::server::store::links::{self, NewLink};
use crate::server::store::mails::{self, Mail, Settlement};
use crate::server::store::named;
use crate::server::store::resets::{self, Reset};
use crate::server::store::users;
use crate::server::work::Trap;

/// A mail that is to be sent: its claim is kept.
pub struct Claimed {
    /// The mail.
    pub mail: Mail,
    /// What its letter says, and the link in it, where it is the mail of a reset.
    of_reset: Option<Outcome<ResetFacts>>,
}

impl Claimed {
    /// The mail and its letter. The one with the link of a reset needs the processor alone, so that no transaction waits for
    /// it. Any other has a transaction of its own, for what it reads and the link that it may bring.
    pub async fn write(self, services: &Services, head: &Letterhead<'_>) -> (Mail, Outcome<Message>) {
        services.work.traps.spring(Trap::MailComposed, &self.mail.recipient);
        let message = match self.of_reset.transpose() {
            Ok(Some(facts)) if !facts.reset.is_shown => reset_message(head, &self.mail, facts),
            Ok(facts) => write_notice(services, head, &self.mail, facts.as_ref()).await,
            Err(error) => Err(error),
        };
        (self.mail, message)
    }
}

async fn write_notice(
    services: &Services,
    head: &Letterhead<'_>,
    mail: &Mail,
    shown: Option<&ResetFacts>,
) -> Outcome<Message> {
    let tx = services.db.begin_write().await?;
    let message = match shown {
        Some(facts) => shown_message(&tx, head, mail, &facts.reset, &facts.token).await?,
        None => notice_message(&tx, head, mail).await?,
    };
    tx.commit().await?;
    Ok(message)
}

/// Those of the claimed mails that are worth sending, in the same order; the others are over, and settled here.
pub async fn prepare(
    tx: &DatabaseTransaction,
    services: &Services,
    claimed: Vec<Mail>,
    now: Timestamp,
) -> Outcome<Vec<Claimed>> {
    if claimed.is_empty() {
        return Ok(Vec::new());
    }
    let mut resets = resets::list(tx, claimed.iter().filter_map(|mail| mail.reset)).await?;
    let mut worth_sending = Vec::new();
    for mail in claimed {
        let reset = mail.reset.and_then(|id| resets.remove(&id));
        if is_over(&mail, reset.as_ref(), now) {
            drop_over(tx, services, &mail, now).await?;
        } else {
            worth_sending.push((mail, reset));
        }
    }
    let mut facts = facts_of_resets(tx, &worth_sending, now).await?;
    let prepared = worth_sending.into_iter().map(|(mail, _)| Claimed {
        of_reset: facts.remove(&mail.id),
        mail,
    });
    Ok(prepared.collect())
}

async fn drop_over(tx: &DatabaseTransaction, services: &Services, mail: &Mail, now: Timestamp) -> Outcome<()> {
    let dropped = Settlement {
        state: MailState::Dropped,
        next_try_at: None,
        reply: None,
        now,
    };
    mails::settle(tx, mail, &dropped).await?;
    limit_asks::give_back_unsent(tx, services, mail, MailState::Dropped).await
}

/// Mints a link for each mail of a reset, and reads what its letter says: all of them in a few statements.
async fn facts_of_resets(
    tx: &DatabaseTransaction,
    mails: &[(Mail, Option<Reset>)],
    now: Timestamp,
) -> Outcome<HashMap<MailId, Outcome<ResetFacts>>> {
    let of_resets: Vec<_> = mails
        .iter()
        .filter_map(|(mail, reset)| Some((mail, reset.as_ref()?, Token::from_random(random::bytes()))))
        .collect();
    if of_resets.is_empty() {
        return Ok(HashMap::new());
    }
    let new: Vec<_> = of_resets
        .iter()
        .map(|(mail, reset, token)| NewLink {
            hash: token.hash(TokenKind::SetPassword),
            reset: reset.id,
            attempt: mail.attempts,
        })
        .collect();
    links::insert_many(tx, &new, now).await?;
    let people = users::list_with_company(tx, of_resets.iter().map(|(mail, ..)| mail.user)).await?;
    let asked = of_resets
        .iter()
        .filter_map(|(_, reset, _)| Some((reset.asked_by?, reset.company)));
    let askers = named::list(tx, asked).await?;
    let mut facts = HashMap::new();
    for (mail, reset, token) in of_resets {
        let owner = people.get(&mail.user).filter(|(_, company)| company.id == mail.company);
        let found = owner.map(|(person, company)| ResetFacts {
            person: person.clone(),
            company: company.clone(),
            asked_by: reset
                .asked_by
                .and_then(|asker| askers.get(&(asker, reset.company)))
                .map(|(named, role)| Asker {
                    name: named.name.clone(),
                    of: named.of.clone(),
                    role: *role,
                }),
            reset: reset.clone(),
            token,
        });
        let found = found.ok_or_else(|| ServiceError::bug("a mail without its person or company"));
        facts.insert(mail.id, found);
    }
    Ok(facts)
}
