//! Table `batches`.

use sea_orm::entity::prelude::*;

/// Many resets at once, or an import.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batches")]
pub struct Model {
    /// The batch's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company of all its people.
    pub company_id: Uuid,
    /// `resets` or `import`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// `draft`, `pressed`, `done`, `revoking` or `revoked`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// Who made it; none where it was the operator.
    pub made_by: Option<Uuid>,
    /// When.
    pub made_at: i64,
    /// The address that it was made from.
    #[sea_orm(column_type = "Text", nullable)]
    pub client_address: Option<String>,
    /// What the browser called itself.
    #[sea_orm(column_type = "Text", nullable)]
    pub user_agent: Option<String>,
    /// Why, as its maker wrote it.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// When it was pressed; none while it is a draft.
    pub pressed_at: Option<i64>,
    /// Who withdrew its links.
    pub revoked_by: Option<Uuid>,
}

/// What a batch points to: nothing that a query of ours joins.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
