//! The columns of `users` that come of others and stand in the index by which people are found
//! (`migrations/src/m0017_large_companies.rs`).

use rekey_domain::account::Status;
use rekey_domain::id::CompanyId;
use rekey_domain::role::Role;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};

use super::entity::user::{Column, Entity};

/// Those who are not deleted.
pub const LIVING: [Status; 2] = [Status::Active, Status::Invited];

/// The people of a company with one of these statuses.
pub fn people_of(company: CompanyId, statuses: &[Status]) -> Select<Entity> {
    let statuses = statuses.iter().map(|status| of_status(*status));
    Entity::find()
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .filter(Expr::cust("users.status_rank").is_in(statuses))
}

/// That somebody has one of these roles.
pub fn has_role(roles: &[Role]) -> Expr {
    Expr::cust("users.role_rank").is_in(roles.iter().map(|role| of_role(*role)))
}

/// As in the column `users.status_rank`.
pub fn of_status(status: Status) -> i32 {
    match status {
        Status::Active => 0,
        Status::Invited => 1,
        Status::Deleted => 2,
    }
}

/// As in the column `users.role_rank`: highest first, as everywhere that roles stand in a row.
pub fn of_role(role: Role) -> i32 {
    match role {
        Role::Administrator => 0,
        Role::Manager => 1,
        Role::User => 2,
        Role::ReadOnly => 3,
    }
}
