//! Table `grants`.

use sea_orm::entity::prelude::*;

/// Somebody may act in a company that is linked to their own as its child.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grants")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// The company that they belong to.
    pub company_id: Uuid,
    /// The child in which they may act.
    #[sea_orm(primary_key, auto_increment = false)]
    pub child_id: Uuid,
    /// Since when.
    pub given_at: i64,
}

/// What a grant points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The child.
    #[sea_orm(
        belongs_to = "super::company::Entity",
        from = "Column::ChildId",
        to = "super::company::Column::Id"
    )]
    Child,
    /// Who.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
}

impl Related<super::company::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Child.def()
    }
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
