//! The company's profile with its list of people: five statements, however many people there are.

use rekey_domain::fold;
use rekey_domain::policy::{self, Action};

use crate::server::service::error::Outcome;
use crate::server::service::resolve_session::SignedIn;
use crate::server::service::show_user::row;
use crate::server::services::Services;
use crate::server::store::{companies, resets, users};
use crate::wire::error::AppError;
use crate::wire::views::{CompanyPage, UsersPage, UsersQuery};

/// The longest search text that is looked for, in characters.
const LONGEST_SEARCH: usize = 100;

/// The profile of the company acted in.
pub async fn show_company(services: &Services, reader: &SignedIn, query: UsersQuery) -> Outcome<CompanyPage> {
    let on = services.db.reader();
    policy::decide(&reader.as_actor(), Action::ViewProfile, None)?;
    let Some(company) = companies::find(on, reader.company).await? else {
        return Err(AppError::NotFound.into());
    };
    Ok(CompanyPage {
        users: list_users(services, reader, query).await?,
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
    let search: String = query.search.chars().take(LONGEST_SEARCH).collect();
    let folded = fold::search_key(&search);
    let total = users::count(on, reader.company, &folded).await?;
    let size = query.size.rows();
    let pages = total.div_ceil(size).max(1);
    let page = u64::from(query.page).clamp(1, pages);
    let people = users::list(on, reader.company, &folded, (page - 1) * size, size).await?;

    let shows_resets = policy::allows(reader.role, Action::SeeResets);
    let ids: Vec<_> = people.iter().map(|person| person.id).collect();
    let newest = if shows_resets && !ids.is_empty() {
        resets::list_newest(on, &ids).await?
    } else {
        Vec::new()
    };
    let rows = people
        .into_iter()
        .map(|person| {
            let its = newest.iter().find(|found| found.reset.user == person.id);
            row(person, its, &reader.zone, now)
        })
        .collect();
    Ok(UsersPage {
        query: UsersQuery {
            search,
            size: query.size,
            page: u32::try_from(page).unwrap_or(u32::MAX),
        },
        rows,
        total,
        shows_resets,
        zone: reader.zone.name().to_owned(),
    })
}
