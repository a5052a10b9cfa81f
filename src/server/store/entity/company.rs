//! Table `companies`.

use sea_orm::entity::prelude::*;

/// A company: the tenant.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "companies")]
pub struct Model {
    /// The company's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company that this one is linked to as its child.
    pub parent_id: Option<Uuid>,
    /// The name as it is shown.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The name folded for searching.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// The name folded for sorting.
    #[sea_orm(column_type = "Text")]
    pub sort_key: String,
    /// Contact detail: a web address.
    #[sea_orm(column_type = "Text", nullable)]
    pub website: Option<String>,
    /// Contact detail: a telephone number.
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
    /// Contact detail: an e-mail address.
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_email: Option<String>,
    /// The IANA name of the zone in which its people read times, where they chose none themselves.
    #[sea_orm(column_type = "Text", nullable)]
    pub time_zone: Option<String>,
    /// When it was created.
    pub created_at: i64,
    /// What stands on top of its people's pages.
    #[sea_orm(column_type = "Text", nullable)]
    pub banner: Option<String>,
    /// The word of a colour.
    #[sea_orm(column_type = "Text")]
    pub accent: String,
    /// The name that its mails come from, if not its own with the product's.
    #[sea_orm(column_type = "Text", nullable)]
    pub sender_name: Option<String>,
    /// Whether only administrators and managers start resets.
    pub only_managers: bool,
    /// Greater after each change of its details.
    pub version: i64,
}

/// What a company points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Who may act in it without belonging to it.
    #[sea_orm(has_many = "super::grant::Entity")]
    Grant,
}

impl Related<super::grant::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Grant.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
