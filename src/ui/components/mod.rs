//! Parts that several pages share.

pub mod form;
pub mod password_field;
pub mod result_box;
pub mod time;
pub mod users_table;
