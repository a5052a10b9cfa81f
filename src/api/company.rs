//! The company's profile, its list of people, and the dashboard.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::error::AppError;
use crate::wire::views::{CompanyPage, DashboardPage};

/// The profile with its tab of people. `query` is that of the page's address.
#[server(endpoint = "company", input = GetUrl)]
pub async fn load_company(query: String) -> Result<CompanyPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(
        crate::server::service::show_company::show_company(
            door.services(),
            &reader,
            crate::wire::users_query::UsersQuery::from_url(&query),
        )
        .await,
    )
}

/// The first page after signing in.
#[server(endpoint = "dashboard", input = GetUrl)]
pub async fn load_dashboard() -> Result<DashboardPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::show_dashboard::show_dashboard(door.services(), &reader).await)
}
