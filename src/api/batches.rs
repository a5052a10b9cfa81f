//! Many at once: the draft, and the page of a batch, which follows.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::batches::{BatchPage, NewBatchPage, RevokeBatchPage};
use crate::wire::error::AppError;

/// What `/company/resets/new` shows; with the draft of this id, where there is one.
#[server(endpoint = "new-batch", input = GetUrl)]
pub async fn load_new_batch(draft: Option<String>) -> Result<NewBatchPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let draft = draft.map(|id| id.parse().map_err(|_| AppError::NotFound)).transpose()?;
    door.answer(crate::server::service::show_draft::show_new_batch(door.services(), &reader, draft).await)
}

/// The page of a batch. `query` is that of the page's address.
#[server(endpoint = "batch", input = GetUrl)]
pub async fn load_batch(id: String, query: String) -> Result<BatchPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let query = crate::wire::resets_query::ResetsQuery::from_url(&query);
    door.answer(crate::server::service::show_batch::show_batch(door.services(), &reader, id, query).await)
}

/// What has changed of it since the page was given `stamp`; none if nothing has. With `may_wait` the answer is kept back until
/// there may be news. Asking is not activity (E4).
#[server(endpoint = "batch-since", input = GetUrl)]
pub async fn load_batch_since(
    id: String,
    query: String,
    stamp: String,
    #[server(default)] may_wait: bool,
) -> Result<Option<BatchPage>, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    let query = crate::wire::resets_query::ResetsQuery::from_url(&query);
    let subject = crate::server::lookout::Subject::Company(reader.company);
    let since = crate::server::service::show_batch::batch_since(door.services(), &reader, id, query, &stamp);
    door.answer(door.services().lookout.news(subject, may_wait, since).await)
}

/// What the page shows that asks whether all links of a batch are to be withdrawn.
#[server(endpoint = "batch-to-revoke", input = GetUrl)]
pub async fn load_batch_to_revoke(id: String) -> Result<RevokeBatchPage, AppError> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    door.answer(crate::server::service::revoke_batch::show_revoke_batch(door.services(), &reader, id).await)
}
