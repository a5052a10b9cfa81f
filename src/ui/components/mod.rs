//! Parts that several pages share.

pub mod activity_table;
pub mod company_field;
pub mod earlier_resets;
pub mod fields;
pub mod follow;
pub mod follow_list;
pub mod form;
pub mod idle_warning;
pub mod keep_asking;
pub mod latest_reset;
pub mod of_person;
pub mod pages;
pub mod password_field;
pub mod pending_email;
pub mod person_access;
pub mod person_account;
pub mod person_button;
pub mod person_details;
pub mod person_role;
pub mod resets_table;
pub mod result_box;
pub mod role_choice;
pub mod stuck_mail;
pub mod tabs;
pub mod time;
pub mod users_table;
