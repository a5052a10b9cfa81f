//! The first page after signing in: finding a person, or whom to ask.

use std::time::Duration;

use rekey_domain::attention::LOOK_BACK;
use rekey_domain::policy::{self, Action};

use crate::server::service::error::Outcome;
use crate::server::service::reset_view::moment;
use crate::server::service::resolve_session::SignedIn;
use crate::server::service::stuck_mail::Outbox;
use crate::server::services::Services;
use crate::server::store::{disavowals, reset_list, users};
use crate::server::work::Trap;
use crate::wire::resets_list::NeedsAttention;
use crate::wire::views::{DashboardPage, Helper};

/// How many administrators and managers are named.
const MOST_HELPERS: u64 = 10;
/// So long it is told who said "this was not me".
const DISAVOWED_FOR: Duration = Duration::from_hours(7 * 24);
/// And of so many.
const MOST_DISAVOWALS: u64 = 20;

/// What the reader sees first.
pub async fn show_dashboard(services: &Services, reader: &SignedIn) -> Outcome<DashboardPage> {
    let finds_people = policy::allows(reader.role, Action::TriggerReset);
    let helpers = if finds_people {
        Vec::new()
    } else {
        users::list_helpers(services.db.reader(), reader.company, MOST_HELPERS).await?
    };
    let attention = if policy::allows(reader.role, Action::SeeResets) {
        Some(needs_attention(services, reader).await?)
    } else {
        None
    };
    services.work.traps.spring(Trap::DashboardRead, &reader.email);
    Ok(DashboardPage {
        finds_people,
        attention,
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

/// Four statements.
async fn needs_attention(services: &Services, reader: &SignedIn) -> Outcome<NeedsAttention> {
    let on = services.db.reader();
    let now = services.clock.now();
    let outbox = Outbox::read(on, reader.company).await?;
    let seen = (now, outbox.outage.is_some());
    let resets = reset_list::count_attention(on, reader.company, seen, now - LOOK_BACK).await?;
    let said = disavowals::list_of_company(on, reader.company, now - DISAVOWED_FOR, MOST_DISAVOWALS).await?;
    Ok(NeedsAttention {
        resets,
        disavowals: said
            .into_iter()
            .map(|said| (said.user, said.name, moment(said.at, &reader.zone)))
            .collect(),
        stuck: outbox.stuck(&reader.zone, now),
    })
}
