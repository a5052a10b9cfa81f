//! The company's details, and its notice.

use leptos::prelude::*;

use crate::wire::answer::{Answer, Trouble};
use crate::wire::company_edit::{CompanyInput, NoticeInput};

/// Saves the company's details.
#[server(endpoint = "save-company")]
pub async fn save_company(input: CompanyInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    let saved =
        crate::server::service::companies::edit_company::edit_company(door.services(), door.client(), &who, &input)
            .await;
    door.answer_form(
        saved.map(|()| crate::wire::paths::with_done(crate::wire::paths::COMPANY, crate::wire::done::Done::Saved)),
    )
}

/// Puts a notice on top of every page of the company, or takes it away.
#[server(endpoint = "post-notice")]
pub async fn post_notice(input: NoticeInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let who = door.signed_in()?;
    let posted =
        crate::server::service::companies::edit_company::post_notice(door.services(), door.client(), &who, &input)
            .await;
    door.answer_form(
        posted.map(|()| crate::wire::paths::with_done(crate::wire::paths::COMPANY, crate::wire::done::Done::Saved)),
    )
}
