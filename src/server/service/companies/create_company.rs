//! A new company, by the operator.

use rekey_domain::deed::Deed;
use rekey_domain::id::CompanyId;
use rekey_domain::name::CompanyName;

use crate::server::random;
use crate::server::service::acting::operator::{Operated, note};
use crate::server::services::Services;
use crate::server::store::companies::{self, NewCompany};

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub enum Created {
    /// The company's id.
    New(CompanyId),
    /// One of this name exists already: the operator names companies by name, so it would be ambiguous.
    NameTaken(CompanyId),
}

/// Creates a company.
pub async fn create_company(services: &Services, name: &CompanyName) -> Operated<Created> {
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    if let Some(existing) = companies::find_by_name(&tx, name).await?.first() {
        return Ok(Created::NameTaken(existing.id));
    }
    let id = CompanyId::mint(now, random::bytes());
    let new = NewCompany {
        id,
        parent: None,
        name,
        website: None,
        phone: None,
        contact_email: None,
        time_zone: None,
        now,
    };
    companies::insert(&tx, &new).await?;
    note(&tx, services, id, Deed::CompanyCreated, None, None).await?;
    tx.commit().await?;
    Ok(Created::New(id))
}
