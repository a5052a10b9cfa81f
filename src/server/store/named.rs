//! People as others read them: by name, and with their company where that is another one than the company acted in.

use std::collections::{HashMap, HashSet};

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::role::Role;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entity::{company, user};
use super::read_word;

/// Somebody who acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Their name.
    pub name: String,
    /// Their company, where it is another one than the company acted in.
    pub of: Option<String>,
}

/// Name and role of somebody who acted in `company`, for mails and pages: one statement.
pub async fn find(on: &impl ConnectionTrait, id: UserId, company: CompanyId) -> Result<Option<(Named, Role)>, DbErr> {
    Ok(list(on, [(id, company)]).await?.remove(&(id, company)))
}

/// Name and role of each of these people, who have acted in a company each: one statement.
pub async fn list(
    on: &impl ConnectionTrait,
    acted: impl IntoIterator<Item = (UserId, CompanyId)>,
) -> Result<HashMap<(UserId, CompanyId), (Named, Role)>, DbErr> {
    let acted: HashSet<_> = acted.into_iter().collect();
    if acted.is_empty() {
        return Ok(HashMap::new());
    }
    let people = user::Entity::find()
        .filter(user::Column::Id.is_in(acted.iter().map(|(id, _)| id.as_uuid())))
        .find_also_related(company::Entity)
        .all(on)
        .await?;
    let people: HashMap<_, _> = people
        .into_iter()
        .map(|(person, own)| (person.id, (person, own)))
        .collect();
    let mut found = HashMap::new();
    for (id, company) in acted {
        let Some((person, Some(own))) = people.get(&id.as_uuid()) else {
            continue;
        };
        let named = Named {
            name: person.name.clone(),
            of: (own.id != company.as_uuid()).then(|| own.name.clone()),
        };
        found.insert((id, company), (named, read_word(&person.role)?));
    }
    Ok(found)
}
