//! Table `sessions`.

use sea_orm::entity::prelude::*;

/// A person signed in from one browser.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// The session's public id, by which lists and forms name it; it opens nothing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who is signed in.
    pub user_id: Uuid,
    /// The company that one chose to act in: the own one, or a linked one, which counts while the grant stands.
    pub company_id: Uuid,
    /// The hash of the cookie's secret, 32 bytes.
    #[sea_orm(column_type = "Binary(32)", unique)]
    pub secret_hash: Vec<u8>,
    /// When the person signed in.
    pub created_at: i64,
    /// When the session was last used, at most 5 minutes behind.
    pub seen_at: i64,
    /// Whether the person asked to be kept signed in.
    pub kept: bool,
    /// What the browser called itself.
    #[sea_orm(column_type = "Text")]
    pub user_agent: String,
    /// The address that the person signed in from.
    #[sea_orm(column_type = "Text")]
    pub client_address: String,
}

/// What a session points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who is signed in.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    /// The company one acts in.
    #[sea_orm(
        belongs_to = "super::company::Entity",
        from = "Column::CompanyId",
        to = "super::company::Column::Id"
    )]
    Company,
    /// The grant by which one acts there, if it stands; none in the own company.
    #[sea_orm(
        belongs_to = "super::grant::Entity",
        from = "(Column::UserId, Column::CompanyId)",
        to = "(super::grant::Column::UserId, super::grant::Column::ChildId)"
    )]
    Grant,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::company::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Company.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
