//! Table `disavowals`: somebody said "this was not me".

use sea_orm::entity::prelude::*;

/// Said once about a reset, or about the change that a notice told of.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disavowals")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company of the person.
    pub company_id: Uuid,
    /// Who said it.
    pub user_id: Uuid,
    /// When.
    pub at: i64,
    /// About this reset, or
    pub reset_id: Option<Uuid>,
    /// about what this notice told.
    pub mail_id: Option<Uuid>,
}

/// What it points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who said it.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
