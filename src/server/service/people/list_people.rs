//! Everybody of a company, deleted people too, for the operator.

use crate::server::service::acting::operator::{CompanyRef, Operated, find_company};
use crate::server::services::Services;
use crate::server::store::users::{self, User};

/// By name.
pub async fn list_people(services: &Services, company: &CompanyRef) -> Operated<Vec<User>> {
    let reader = services.db.reader();
    let company = find_company(reader, company).await?;
    Ok(users::list_of_company(reader, company.id).await?)
}
