//! The company's profile with one of its tabs.

use rekey_domain::policy::{self, Action};

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::activity::list_activity::list_activity;
use crate::server::service::people::list_users::list_users;
use crate::server::service::resets::list_resets::list_resets;
use crate::server::services::Services;
use crate::server::store::companies;
use crate::wire::company_query::CompanyQuery;
use crate::wire::error::AppError;
use crate::wire::views::{CompanyPage, CompanyTab};

/// The profile of the company acted in.
pub async fn show_company(services: &Services, reader: &SignedIn, query: CompanyQuery) -> Outcome<CompanyPage> {
    let on = services.db.reader();
    policy::decide(&reader.as_actor(), Action::ViewProfile, None)?;
    let Some(company) = companies::find(on, reader.company).await? else {
        return Err(AppError::NotFound.into());
    };
    Ok(CompanyPage {
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
