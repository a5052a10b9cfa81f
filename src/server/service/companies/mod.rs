//! Companies, linked ones, and the access to them.

pub mod create_company;
pub mod edit_company;
pub mod end_grants;
pub mod give_access;
pub mod link_companies;
pub mod list_companies;
pub mod list_linked;
pub mod remove_access;
pub mod switch_company;
