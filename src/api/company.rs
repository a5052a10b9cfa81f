//! The company's profile, its lists of people and of resets, the dashboard, and the companies linked to it.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::company_edit::{CompanyEditPage, CompanyInput};
use crate::wire::error::AppError;
use crate::wire::linked::{LinkedPage, SettingsPage};
use crate::wire::resets_list::ResetsPage;
use crate::wire::views::{CompanyPage, DashboardPage};

/// The profile with the tab that is asked for. `query` is that of the page's address.
#[server(endpoint = "company", input = GetUrl)]
pub async fn load_company(query: String) -> Result<CompanyPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(
        crate::server::service::show_company::show_company(
            door.services(),
            &reader,
            crate::wire::company_query::CompanyQuery::from_url(&query),
        )
        .await,
    )
}

/// What has changed in the list of resets since the page was given `stamp`; none if nothing has. With `may_wait` the answer
/// is kept back until there may be news, so "none" then means: ask again. Asking is not activity (E4).
#[server(endpoint = "resets-list-since", input = GetUrl)]
pub async fn load_resets_list_since(
    query: String,
    stamp: String,
    #[server(default)] may_wait: bool,
) -> Result<Option<ResetsPage>, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let query = crate::wire::resets_query::ResetsQuery::from_url(&query);
    let subject = crate::server::lookout::Subject::Company(reader.company);
    let since = crate::server::service::list_resets::resets_list_since(door.services(), &reader, query, &stamp);
    door.answer(door.services().lookout.news(subject, may_wait, since).await)
}

/// The first page after signing in.
#[server(endpoint = "dashboard", input = GetUrl)]
pub async fn load_dashboard() -> Result<DashboardPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::show_dashboard::show_dashboard(door.services(), &reader).await)
}

/// What `/company/edit` shows.
#[server(endpoint = "company-edit", input = GetUrl)]
pub async fn load_company_edit() -> Result<CompanyEditPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.answer(crate::server::service::edit_company::show_company_edit(door.services(), &who).await)
}

/// Saves the company's details.
#[server(endpoint = "save-company")]
pub async fn save_company(input: CompanyInput) -> Result<(), AppError> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    door.answer(crate::server::service::edit_company::edit_company(door.services(), door.client(), &who, &input).await)
}

/// What `/settings` offers.
#[server(endpoint = "settings", input = GetUrl)]
pub async fn load_settings() -> Result<SettingsPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::list_linked::show_settings(door.services(), &reader).await)
}

/// The companies linked to one's own.
#[server(endpoint = "companies", input = GetUrl)]
pub async fn load_companies(#[server(default)] search: String) -> Result<LinkedPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::list_linked::list_linked(door.services(), &reader, &search).await)
}
