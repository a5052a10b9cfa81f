//! A new company, by the operator.

use rekey_domain::deed::Deed;
use rekey_domain::id::CompanyId;
use rekey_domain::name::CompanyName;

use crate::server::service::acting::act::{Act, By};
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
    let act = Act::begin(services, By::Operator).await?;
    let now = act.now;
    if let Some(existing) = companies::find_by_name(act.tx(), name).await?.first() {
        return Ok(Created::NameTaken(existing.id));
    }
    let id = act.mint(CompanyId::mint);
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
    companies::insert(act.tx(), &new).await?;
    note(&act, id, Deed::CompanyCreated, None).await?;
    act.commit().await?;
    Ok(Created::New(id))
}
