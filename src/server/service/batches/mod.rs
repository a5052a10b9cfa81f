//! Many at once: links for many, and lists of people.

pub mod act_on_batch;
pub mod batch_report;
pub mod carry_out_batches;
pub mod check_import;
pub mod choose_people;
pub mod import_line;
pub mod operator_import;
pub mod press_batch;
pub mod press_import;
pub mod preview_import;
pub mod revoke_batch;
pub mod send_again_to_refused;
pub mod show_batch;
pub mod show_draft;
pub mod show_import;
