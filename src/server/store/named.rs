//! People as others read them: by name, and with their company where that is another one than the company acted in.

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::role::Role;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

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
    let found = user::Entity::find_by_id(id.as_uuid())
        .find_also_related(company::Entity)
        .one(on)
        .await?;
    let Some((user, own)) = found else { return Ok(None) };
    let of = own.filter(|own| own.id != company.as_uuid()).map(|own| own.name);
    let role = read_word(&user.role)?;
    Ok(Some((Named { name: user.name, of }, role)))
}
