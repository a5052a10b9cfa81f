//! Table `links`: the hashes of the secrets in the mails of a reset.

use sea_orm::entity::prelude::*;

/// The hash of the link that one attempt to mail a reset carried.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    /// The hash of the secret, 32 bytes.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Binary(32)")]
    pub hash: Vec<u8>,
    /// The reset that it belongs to.
    pub reset_id: Uuid,
    /// The attempt that it was minted for, from 1.
    pub attempt: i32,
    /// When it was minted.
    pub minted_at: i64,
}

/// What a link points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The reset that it belongs to.
    #[sea_orm(
        belongs_to = "super::reset::Entity",
        from = "Column::ResetId",
        to = "super::reset::Column::Id"
    )]
    Reset,
}

impl Related<super::reset::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Reset.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
