//! What follows when somebody withdraws links, or says "this was not me", by the link in a mail and without being signed
//! in: in the transaction of the caller, whose first lock was the person's.

use rekey_domain::deed::Deed;
use rekey_domain::id::{ActivityId, DisavowalId, MailId};
use rekey_domain::reset::RecipientSaid;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::accounts::take_back::{LinksEnd, take_back};
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs, Entry};
use crate::server::store::disavowals::{self, Disavowed, NewDisavowal};
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::notice_facts::{AboutFacts, NotMeFacts};
use crate::server::store::resets;
use crate::server::store::users::{self, User};

/// What the page says afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The company whose administrators get a mail; none where there is nobody to tell, or nothing.
    pub told: Option<String>,
}

/// Ends all living resets of the person as withdrawn by themselves, and notes it. Where they were not expected, the account is
/// taken back (F7). How many living sessions ended.
pub async fn withdraw_all(
    tx: &DatabaseTransaction,
    services: &Services,
    client: &Client,
    person: &User,
    said: RecipientSaid,
    reference: Option<&str>,
    now: Timestamp,
) -> Outcome<u64> {
    let actor = ActorIs::Recipient(person.id, &person.name);
    let signed_out = match said {
        RecipientSaid::NotNeeded => {
            let ended = resets::withdraw_living(tx, person.id, said, now).await?;
            limit_asks::give_back_dropped(tx, services, &ended.dropped).await?;
            0
        }
        RecipientSaid::NotAsked => {
            let ended = take_back(tx, services, person, LinksEnd::Withdrawn(said), None).await?;
            let from = client.address_text();
            ended.note_new_email(tx, person, actor.clone(), &from, now).await?;
            ended.signed_out
        }
    };
    let entry = Entry {
        id: ActivityId::mint(now, random::bytes()),
        company: person.company,
        at: now,
        actor,
        deed: match said {
            RecipientSaid::NotAsked => Deed::SaidNotMe,
            RecipientSaid::NotNeeded => Deed::LinkWithdrawn,
        },
        granted: true,
        target: Some((person.id, &person.name)),
        detail: reference,
        client_address: Some(client.address_text()),
    };
    activity::insert(tx, entry).await?;
    Ok(signed_out)
}

/// Keeps that it was not expected, and queues a mail to each administrator of the company who can sign in. Whether there
/// was one.
pub async fn tell_administrators(
    tx: &DatabaseTransaction,
    person: &User,
    disavowed: Disavowed,
    about: AboutFacts,
    now: Timestamp,
) -> Outcome<bool> {
    let disavowal = NewDisavowal {
        id: DisavowalId::mint(now, random::bytes()),
        company: person.company,
        user: person.id,
        at: now,
        about: disavowed,
    };
    disavowals::insert(tx, disavowal).await?;
    let facts = NotMeFacts {
        person: person.id,
        name: person.name.clone(),
        email: person.email.clone(),
        at: now.as_millis(),
        about,
    };
    let facts = serde_json::to_string(&facts)?;
    let administrators = users::list_administrators(tx, person.company).await?;
    for administrator in &administrators {
        let id = MailId::mint(now, random::bytes());
        let mail = NewMail::notice(id, MailKind::NotMe, administrator, facts.clone(), now);
        mails::insert(tx, mail).await?;
    }
    Ok(!administrators.is_empty())
}
