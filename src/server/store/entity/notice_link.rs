//! Table `notice_links`: the hashes of the links "This was not me" in notices.

use sea_orm::entity::prelude::*;

/// The link of one attempt to send a notice.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_links")]
pub struct Model {
    /// SHA-256 of kind and token.
    #[sea_orm(primary_key, auto_increment = false, column_type = "VarBinary(StringLen::N(32))")]
    pub hash: Vec<u8>,
    /// The notice.
    pub mail_id: Uuid,
    /// For which attempt, from 1.
    pub attempt: i32,
    /// When.
    pub minted_at: i64,
}

/// What it points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The notice.
    #[sea_orm(
        belongs_to = "super::mail::Entity",
        from = "Column::MailId",
        to = "super::mail::Column::Id"
    )]
    Mail,
}

impl Related<super::mail::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Mail.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
