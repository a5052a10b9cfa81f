//! Parts that several pages share.

pub mod earlier_resets;
pub mod follow;
pub mod form;
pub mod idle_warning;
pub mod latest_reset;
pub mod password_field;
pub mod person_button;
pub mod result_box;
pub mod time;
pub mod users_table;
