//! The first page after signing in: finding a person, or whom to ask.

use rekey_domain::policy::{self, Action};

use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::users;
use crate::wire::views::{DashboardPage, Helper};

/// How many administrators and managers are named.
const MOST_HELPERS: u64 = 10;

/// What the reader sees first.
pub async fn show_dashboard(services: &Services, reader: &SignedIn) -> Outcome<DashboardPage> {
    let finds_people = policy::allows(reader.role, Action::TriggerReset);
    let helpers = if finds_people {
        Vec::new()
    } else {
        users::list_helpers(services.db.reader(), reader.company, MOST_HELPERS).await?
    };
    Ok(DashboardPage {
        finds_people,
        email: reader.email.clone(),
        helpers: helpers
            .into_iter()
            .map(|person| Helper {
                name: person.name,
                email: person.email,
                role: person.role,
            })
            .collect(),
    })
}
