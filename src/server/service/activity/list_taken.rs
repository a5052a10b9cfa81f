//! That a list was taken away: an entry, before the first line of it is read (F14).

use rekey_domain::deed::Deed;
use rekey_domain::repeated::List;

use crate::server::client::Client;
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::activity::{self, ActorIs};

/// Notes it. Whoever may not have the list has been refused before.
pub async fn note(services: &Services, client: &Client, reader: &SignedIn, list: List) -> Outcome<()> {
    let act = Act::begin(services, By::Person(reader, client)).await?;
    let whose = (reader.company, ActorIs::User(reader.user, &reader.called));
    let taken = act.entry(whose, Deed::ListDownloaded, None, Some(list.as_str()));
    activity::insert_repeated(act.tx(), taken, 1).await?;
    act.commit().await?;
    tracing::info!(
        target: "rekey::security",
        {
            client.address = client.address_text(),
            client.network = client.network_text(),
            user.id = %reader.user,
            list = list.as_str(),
        },
        "list.downloaded"
    );
    Ok(())
}
