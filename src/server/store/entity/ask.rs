//! Table `asks`: what was typed into "Forgot password?", until the worker has seen to it.

use sea_orm::entity::prelude::*;

/// One asking for a link, for an address that may or may not be somebody's.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "asks")]
pub struct Model {
    /// The ask's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The address normalised.
    #[sea_orm(column_type = "Text")]
    pub email_key: String,
    /// When it was asked.
    pub asked_at: i64,
    /// The address that it was asked from.
    #[sea_orm(column_type = "Text")]
    pub client_address: String,
    /// What the browser called itself.
    #[sea_orm(column_type = "Text")]
    pub user_agent: String,
}

/// An ask points to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
