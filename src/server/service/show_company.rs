//! The company's profile with one of its tabs; of the list of people: five statements, however many people there are.

use rekey_domain::account::Status;
use rekey_domain::fold;
use rekey_domain::outage::mail_state_seen;
use rekey_domain::page_size::first_row;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;

use crate::server::service::error::Outcome;
use crate::server::service::list_activity::list_activity;
use crate::server::service::list_resets::list_resets;
use crate::server::service::reset_view::headline_of;
use crate::server::service::resolve_session::SignedIn;
use crate::server::service::show_user::row;
use crate::server::services::Services;
use crate::server::store::user_list::{self, Page, Wanted};
use crate::server::store::{companies, outages, resets};
use crate::wire::company_query::CompanyQuery;
use crate::wire::error::AppError;
use crate::wire::users_query::{Place, Shown, UserOrder, UserSort, UsersQuery};
use crate::wire::views::{CompanyPage, CompanyTab, UsersPage};

/// The longest search text that is looked for, in characters.
pub const LONGEST_SEARCH: usize = 100;

/// The profile of the company acted in.
pub async fn show_company(services: &Services, reader: &SignedIn, query: CompanyQuery) -> Outcome<CompanyPage> {
    let on = services.db.reader();
    policy::decide(&reader.as_actor(), Action::ViewProfile, None)?;
    let Some(company) = companies::find(on, reader.company).await? else {
        return Err(AppError::NotFound.into());
    };
    Ok(CompanyPage {
        company: company.id,
        may_edit: policy::allows(reader.role, Action::ChangeContact),
        sees_activity: policy::allows(reader.role, Action::SeeActivity),
        sees_resets: policy::allows(reader.role, Action::SeeResets),
        tab: match query {
            CompanyQuery::Users(query) => CompanyTab::Users(list_users(services, reader, query).await?),
            CompanyQuery::Resets(query) => CompanyTab::Resets(list_resets(services, reader, query).await?),
            CompanyQuery::Activity(query) => CompanyTab::Activity(list_activity(services, reader, query).await?),
        },
        name: company.name,
        website: company.website,
        phone: company.phone,
        contact_email: company.contact_email,
    })
}

async fn list_users(services: &Services, reader: &SignedIn, query: UsersQuery) -> Outcome<UsersPage> {
    let on = services.db.reader();
    let now = services.clock.now();
    policy::decide(&reader.as_actor(), Action::ViewUsers, None)?;
    let shows_resets = policy::allows(reader.role, Action::SeeResets);
    let query = allowed(query, shows_resets);
    let wanted = Wanted {
        company: reader.company,
        folded: fold::search_key(&query.search),
        role: query.role,
        shown: query.shown,
        sort: query.order.sort,
        descending: query.order.descending,
    };
    let total = user_list::count(on, &wanted).await?;
    let mut found = user_list::page(on, &wanted, query.place, query.size.rows()).await?;
    if found.people.is_empty() && total > 0 {
        // Whoever was there is gone: the first page says more than an empty one.
        found = user_list::page(on, &wanted, Place::Start, query.size.rows()).await?;
    }
    let Page { people, first } = found;
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let newest = if shows_resets && !ids.is_empty() {
        resets::list_newest(on, &ids).await?
    } else {
        Vec::new()
    };
    // Asked only where an outage would be seen in a row.
    let could_tell = newest
        .iter()
        .any(|found| mail_state_seen(found.mail.state, true) != found.mail.state);
    let is_out_of_order = could_tell && outages::find_open(on).await?.is_some();
    let rows: Vec<_> = people
        .into_iter()
        .map(|person| {
            let its = newest.iter().find(|found| found.reset.user == person.id);
            let last_reset = its.map(|found| (headline_of(found, is_out_of_order, now), found.reset.asked_at));
            row(person, last_reset, &reader.zone)
        })
        .collect();
    Ok(UsersPage {
        first: first_row(first, rows.len(), total),
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
    query.search = query.search.chars().take(LONGEST_SEARCH).collect();
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
