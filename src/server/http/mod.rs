//! The HTTP surface: one file a layer, the pages' own POSTs, and what is served beside the pages.
//!
//! Layers decide on size, origin, client address and session; no rule of the business stands here.

pub mod account_forms;
pub mod acting_in;
pub mod activity_download;
pub mod assets;
pub mod batch_download;
pub mod batch_forms;
pub mod body_limit;
pub mod client_ip;
pub mod compression;
pub mod cookies;
pub mod dev;
pub mod download;
pub mod email_pages;
pub mod field_limit;
pub mod form_parts;
pub mod forms;
pub mod forward_auth;
pub mod frame;
pub mod headers;
pub mod health;
pub mod import_form;
pub mod incident;
pub mod kept_form;
pub mod link_page;
pub mod linked_forms;
pub mod not_me_page;
pub mod origin;
pub mod page;
pub mod people_forms;
pub mod request_log;
pub mod router;
pub mod server_fn_status;
pub mod session;
pub mod shell;
pub mod trouble;
pub mod users_download;
pub mod write;
