//! The account was deleted, or its address corrected: every living link of the person ends, and what waits to be sent to
//! them is not sent (A9, G8). In the transaction of the caller, who has locked the person.

use sea_orm::DatabaseTransaction;

use crate::server::service::error::Outcome;
use crate::server::service::limit_asks;
use crate::server::services::Services;
use crate::server::store::users::User;
use crate::server::store::{mails, resets};

/// Ends them as cancelled.
pub async fn end_links(tx: &DatabaseTransaction, services: &Services, person: &User) -> Outcome<()> {
    let now = services.clock.now();
    let mut dropped = resets::cancel_living(tx, person.id, now).await?.dropped;
    dropped.extend(mails::drop_waiting_of_user(tx, person.id, None, now).await?);
    limit_asks::give_back_dropped(tx, services, &dropped).await
}
