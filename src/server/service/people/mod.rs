//! The people of a company, as managers, administrators and the operator change them.

pub mod change_administrator;
pub mod change_role;
pub mod create_user;
pub mod delete_user;
pub mod edit_user;
pub mod give_role;
pub mod list_people;
pub mod list_users;
pub mod operator_create_user;
pub mod operator_delete_user;
pub mod operator_edit_user;
pub mod restore_user;
pub mod show_user;
