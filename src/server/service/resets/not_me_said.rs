//! What follows when somebody withdraws links, or says "this was not me", by the link in a mail and without being signed
//! in: in the transaction of the caller, whose first lock was the person's.

use rekey_domain::deed::Deed;
use rekey_domain::id::{DisavowalId, MailId};
use rekey_domain::reset::RecipientSaid;

use crate::server::service::accounts::take_back::{LinksEnd, take_back};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks;
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
pub async fn withdraw_all(act: &Act<'_>, person: &User, said: RecipientSaid, reference: Option<&str>) -> Outcome<u64> {
    let signed_out = match said {
        RecipientSaid::NotNeeded => {
            let ended = resets::withdraw_living(act.tx(), person.id, said, act.now).await?;
            limit_asks::give_back_dropped(act.tx(), act.services, &ended.dropped).await?;
            0
        }
        RecipientSaid::NotAsked => {
            let ended = take_back(act, person, LinksEnd::Withdrawn(said), None).await?;
            ended.note_new_email(act, person).await?;
            ended.signed_out
        }
    };
    let deed = match said {
        RecipientSaid::NotAsked => Deed::SaidNotMe,
        RecipientSaid::NotNeeded => Deed::LinkWithdrawn,
    };
    act.note(deed, Some(person), reference).await?;
    Ok(signed_out)
}

/// Keeps that it was not expected, and queues a mail to each administrator of the company who can sign in. Whether there
/// was one.
pub async fn tell_administrators(
    act: &Act<'_>,
    person: &User,
    disavowed: Disavowed,
    about: AboutFacts,
) -> Outcome<bool> {
    let (tx, now) = (act.tx(), act.now);
    let disavowal = NewDisavowal {
        id: act.mint(DisavowalId::mint),
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
        let id = act.mint(MailId::mint);
        let mail = NewMail::notice(id, MailKind::NotMe, administrator, facts.clone(), now);
        mails::insert(tx, mail).await?;
    }
    Ok(!administrators.is_empty())
}
