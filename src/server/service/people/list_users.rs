//! The tab `[company] users`: five statements, with the page's own, however many people there are, and one more where not all
//! of them are asked for. And the same people in pieces, for those who download them.

use std::collections::HashMap;

use rekey_domain::account::Status;
use rekey_domain::fold;
use rekey_domain::id::UserId;
use rekey_domain::outage::mail_state_seen;
use rekey_domain::page_size::Total;
use rekey_domain::policy::{self, Action};
use rekey_domain::repeated::List;
use rekey_domain::reset::Headline;
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;

use crate::server::client::Client;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::activity::list_taken;
use crate::server::service::people::show_user::row;
use crate::server::service::resets::reset_view::headline_of;
use crate::server::services::Services;
use crate::server::store::user_list::{self, Counted, Page, Wanted};
use crate::server::store::users::User;
use crate::server::store::{outages, resets};
use crate::server::times;
use crate::texts::{pages, resets as texts};
use crate::wire::users_query::{Place, Shown, UserOrder, UserSort, UsersQuery};
use crate::wire::views::UsersPage;

/// People of a download that are in memory at a time.
const PIECE: usize = 500;

/// A page of the people of the company acted in.
pub async fn list_users(services: &Services, reader: &SignedIn, query: UsersQuery) -> Outcome<UsersPage> {
    let on = services.db.reader();
    policy::decide(&reader.as_actor(), Action::ViewUsers, None)?;
    let shows_resets = policy::allows(reader.role, Action::SeeResets);
    let query = allowed(query, shows_resets);
    let wanted = wanted(reader, &query);
    let rows = query.size.rows();
    let Counted { total, way } = user_list::count(on, &wanted, rows).await?;
    let mut found = user_list::page(on, &wanted, way, query.place, rows).await?;
    if found.people.is_empty() && !total.is_none() {
        // Whoever was there is gone: the first page says more than an empty one.
        found = user_list::page(on, &wanted, way, Place::Start, rows).await?;
    }
    let Page { people, first } = found;
    let last_resets = if shows_resets {
        last_resets(services, &people).await?
    } else {
        HashMap::new()
    };
    let rows: Vec<_> = people
        .into_iter()
        .map(|person| {
            let last_reset = last_resets.get(&person.id).copied();
            row(person, last_reset, &reader.zone)
        })
        .collect();
    Ok(UsersPage {
        first: total.first_row(first, rows.len()),
        query,
        rows,
        total,
        shows_resets,
        creates: policy::allows(reader.role, Action::CreateUser(Role::User)),
        zone: reader.zone.name().to_owned(),
    })
}

/// The query as far as the reader may ask it: deleted people and resets are not for everybody's eyes.
pub fn allowed(mut query: UsersQuery, shows_resets: bool) -> UsersQuery {
    if !shows_resets {
        if query.shown == Shown::Only(Status::Deleted) {
            query.shown = Shown::Everyone;
        }
        if query.order.sort == UserSort::LastReset {
            query.order = UserOrder::default();
        }
    }
    query
}

/// Which people the query asks for.
pub fn wanted(reader: &SignedIn, query: &UsersQuery) -> Wanted {
    Wanted {
        company: reader.company,
        folded: fold::search_key(&query.search),
        role: query.role,
        shown: query.shown,
        sort: query.order.sort,
        descending: query.order.descending,
    }
}

/// What became of the newest reset of each of these people who has one, and when it was asked.
async fn last_resets(services: &Services, people: &[User]) -> Outcome<HashMap<UserId, (Headline, Timestamp)>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let (on, now) = (services.db.reader(), services.clock.now());
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let newest = resets::list_newest(on, &ids).await?;
    // Asked only where an outage would be seen in a row.
    let could_tell = newest
        .iter()
        .any(|found| mail_state_seen(found.mail.state, true) != found.mail.state);
    let is_out_of_order = could_tell && outages::find_open(on).await?.is_some();
    let told = newest.iter().map(|found| {
        let headline = headline_of(found, is_out_of_order, now);
        (found.reset.user, (headline, found.reset.asked_at))
    });
    Ok(told.collect())
}

/// The names of a person's cells in a download.
pub const COLUMNS: [&str; 7] = [
    "name",
    "email",
    "role",
    "status",
    "last_sign_in",
    "last_reset",
    "last_reset_at",
];

/// A person of a download.
pub type Cells = [String; COLUMNS.len()];

/// All people that are asked for, a piece at a time. Who they are, and in what order, is as of the beginning: people change
/// while they are read, and so each of them is in it once.
#[derive(Debug)]
pub struct Download {
    services: Services,
    left: std::vec::IntoIter<UserId>,
}

impl Download {
    /// Begins, if the reader may have them.
    pub async fn begin(services: &Services, client: &Client, reader: &SignedIn, query: UsersQuery) -> Outcome<Self> {
        policy::decide(&reader.as_actor(), Action::SeeResets, None)?;
        list_taken::note(services, client, reader, List::Users).await?;
        let wanted = wanted(reader, &allowed(query, true));
        let on = services.db.reader();
        let Counted { way, .. } = user_list::count(on, &wanted, Total::ENOUGH).await?;
        let ids = user_list::ids(on, &wanted, way).await?;
        Ok(Self {
            services: services.clone(),
            left: ids.into_iter(),
        })
    }

    /// The next piece; none after the last one.
    pub async fn next(&mut self) -> Outcome<Option<Vec<Cells>>> {
        let ids: Vec<_> = self.left.by_ref().take(PIECE).collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let people = user_list::people(self.services.db.reader(), &ids).await?;
        let last_resets = last_resets(&self.services, &people).await?;
        let cells = people.into_iter().map(|person| {
            let last_reset = last_resets.get(&person.id).copied();
            cells(person, last_reset)
        });
        Ok(Some(cells.collect()))
    }
}

/// In the words of the tab, with times for machines. A cell of what never was is empty.
fn cells(person: User, last_reset: Option<(Headline, Timestamp)>) -> Cells {
    let time = |at: Option<Timestamp>| at.map(times::iso).unwrap_or_default();
    [
        person.name,
        person.email,
        pages::role(person.role).to_owned(),
        pages::status(person.status).to_owned(),
        time(person.last_sign_in_at),
        last_reset
            .map(|(headline, _)| texts::badge(headline).to_owned())
            .unwrap_or_default(),
        time(last_reset.map(|(_, at)| at)),
    ]
}
