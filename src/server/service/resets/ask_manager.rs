//! The mail to somebody who asked for a link of their own where only managers start resets: whom to ask instead. It waits in
//! the same queue as a link would, so that nobody outside learns anything from it (B3).

use std::collections::BTreeMap;

use rekey_domain::id::MailId;

use crate::server::client::Client;
use crate::server::device;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::store::asks::Ask;
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::notice_facts::AskManagerFacts;
use crate::server::store::users::User;

/// Queues one for each of these people, in a few statements for all of them. One that still waits is not sent any more, and of
/// several for one person only the last is: the newest says all.
pub async fn tell_all(act: &Act<'_>, asked: Vec<(&User, &Ask, &Client)>) -> Outcome<()> {
    let newest: BTreeMap<_, _> = asked
        .into_iter()
        .map(|(person, ask, client)| (person.id, (person, ask, client)))
        .collect();
    if newest.is_empty() {
        return Ok(());
    }
    let (tx, now) = (act.tx(), act.now);
    let people: Vec<_> = newest.keys().copied().collect();
    mails::drop_waiting_of_users(tx, &people, MailKind::AskManager, now).await?;
    let mut notices = Vec::new();
    for (person, ask, client) in newest.into_values() {
        let facts = AskManagerFacts {
            asked_at: ask.asked_at.as_millis(),
            device: device::describe(&client.user_agent),
            client_address: client.address_text(),
        };
        let (id, facts) = (act.mint(MailId::mint), serde_json::to_string(&facts)?);
        notices.push(NewMail::notice(id, MailKind::AskManager, person, facts, now));
    }
    mails::insert_many(tx, notices).await?;
    Ok(())
}
