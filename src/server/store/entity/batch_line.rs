//! Table `batch_lines`.

use sea_orm::entity::prelude::*;

/// A line of a batch: one person, or what was to be one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch_lines")]
pub struct Model {
    /// The batch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: Uuid,
    /// Its number in the list or file that the batch was made of, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    /// The address, as it was written or as the account has it.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// The name, as it was written or as the account has it.
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// The role, as it was written.
    #[sea_orm(column_type = "Text", nullable)]
    pub role: Option<String>,
    /// Whom it is about.
    pub user_id: Option<Uuid>,
    /// A word of `rekey_domain::batch::LineOutcome`.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    /// What the outcome needs to be said: a moment, or another line.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
}

/// What a line points to: nothing that a query of ours joins.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
