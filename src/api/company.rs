//! The company's details.

use leptos::prelude::*;

use crate::wire::answer::{Answer, Trouble};
use crate::wire::company_edit::CompanyInput;

/// Saves the company's details.
#[server(endpoint = "save-company")]
pub async fn save_company(input: CompanyInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    let saved = crate::server::service::edit_company::edit_company(door.services(), door.client(), &who, &input).await;
    door.answer_form(saved.map(|()| format!("/company?done={}", crate::wire::done::Done::Saved.word())))
}
