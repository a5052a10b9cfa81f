//! All companies of the server, for the operator.

use std::collections::BTreeMap;

use rekey_domain::id::CompanyId;
use rekey_domain::role::Role;

use crate::server::service::acting::operator::Operated;
use crate::server::services::Services;
use crate::server::store::companies::{self, Company};
use crate::server::store::users;

/// One of them.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The company.
    pub company: Company,
    /// Its parent's name, where it has a parent.
    pub parent: Option<(CompanyId, String)>,
    /// How many people it has, deleted ones aside.
    pub people: u64,
    /// How many of them are administrators who can sign in.
    pub administrators: u64,
}

/// By name.
pub async fn list_companies(services: &Services) -> Operated<Vec<Listed>> {
    let reader = services.db.reader();
    let all = companies::list(reader).await?;
    let counts = users::count_by_company(reader).await?;
    let names: BTreeMap<_, _> = all.iter().map(|company| (company.id, company.name.clone())).collect();
    let listed = all.into_iter().map(|company| {
        let of_company = || counts.iter().filter(|count| count.company == company.id);
        let administrators = of_company().filter(|count| count.role == Role::Administrator);
        Listed {
            parent: company
                .parent
                .and_then(|parent| Some((parent, names.get(&parent)?.clone()))),
            people: of_company().map(|count| count.people).sum(),
            administrators: administrators.map(|count| count.active).sum(),
            company,
        }
    });
    Ok(listed.collect())
}
