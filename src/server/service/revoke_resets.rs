//! The button **Revoke**: every living link of a person stops working, and what waits to be sent is not sent (G8). Whoever
//! may have one of them in a mailbox is told.

use rekey_domain::id::MailId;
use rekey_domain::policy::Action;
use rekey_domain::reset::MailState;
use rekey_domain::time::Timestamp;
use sea_orm::DatabaseTransaction;

use crate::server::client::Client;
use crate::server::random;
use crate::server::service::act_on_person::{act_on_person, entry};
use crate::server::service::error::Outcome;
use crate::server::service::limit_asks;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::activity;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::notice_facts::WithdrawnFacts;
use crate::server::store::resets::{self, ResetWithMail};
use crate::server::store::users::User;
use crate::wire::forms::OnPerson;

const WORD: &str = "links_revoked";

/// Withdraws them. Where none lives, nothing is done and nothing noted: a double press is harmless.
pub async fn revoke_resets(services: &Services, client: &Client, who: &SignedIn, input: OnPerson) -> Outcome<()> {
    let (tx, person) = act_on_person(services, client, who, input, Action::RevokeReset, WORD).await?;
    let now = services.clock.now();
    let living = resets::list_living(&tx, person.id, now).await?;
    if resets::revoke_living(&tx, person.id, who.user, now).await? > 0 {
        limit_asks::give_back_ended(&tx, services, &living).await?;
        activity::insert(&tx, entry(services, client, who, WORD, true, Some(&person))).await?;
        let may_have_one = |found: &ResetWithMail| found.reset.is_shown || found.mail.state == MailState::Accepted;
        if living.iter().any(may_have_one) {
            tell(&tx, who, &person, now).await?;
        }
    }
    tx.commit().await?;
    services.bell.ring();
    Ok(())
}

/// A notice to the person: their link is dead.
async fn tell(tx: &DatabaseTransaction, who: &SignedIn, person: &User, now: Timestamp) -> Outcome<()> {
    let facts = WithdrawnFacts {
        by: who.called.clone(),
        role: who.role,
        at: now.as_millis(),
    };
    let (id, facts) = (MailId::mint(now, random::bytes()), serde_json::to_string(&facts)?);
    let notice = NewMail::notice(id, MailKind::LinkWithdrawn, person, facts, now);
    Ok(mails::insert(tx, notice).await?)
}
