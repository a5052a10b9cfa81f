//! Table `limits`: one row for each limit and key (an address, a network, a person or a company), with its count and its time.

use sea_orm::entity::prelude::*;

/// One key of one limit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "limits")]
pub struct Model {
    /// `ask_email`, `ask_client`, `sign_in_email`, `sign_in_client`, `taken_email` or `invitations`.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub kind: String,
    /// Whose: an address as it was typed, normalised, a client's network, somebody's id, or a company's.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key: String,
    /// How often, where the limit counts.
    pub count: i32,
    /// The moment that the limit reckons from.
    pub at: i64,
    /// From when the row says nothing any more.
    pub forget_at: i64,
}

/// It points to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
