//! The company's profile, its list of people, and the dashboard.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::error::AppError;
use crate::wire::views::{CompanyPage, DashboardPage, UsersQuery};

/// The profile with its tab of people.
#[server(endpoint = "company", input = GetUrl)]
pub async fn load_company(query: UsersQuery) -> Result<CompanyPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::show_company::show_company(door.services(), &reader, query).await)
}

/// The first page after signing in.
#[server(endpoint = "dashboard", input = GetUrl)]
pub async fn load_dashboard() -> Result<DashboardPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    door.answer(crate::server::service::show_dashboard::show_dashboard(door.services(), &reader).await)
}
