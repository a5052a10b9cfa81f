//! Table `email_changes`: new addresses that were entered for accounts that have, or had, a password.

use sea_orm::entity::prelude::*;

/// One change of an address, from its entering to its end.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_changes")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company of the person.
    pub company_id: Uuid,
    /// Whose address it is.
    pub user_id: Uuid,
    /// The address before.
    #[sea_orm(column_type = "Text")]
    pub old_email: String,
    /// The same normalised: while it may be wanted back, nobody else gets it.
    #[sea_orm(column_type = "Text")]
    pub old_email_key: String,
    /// The address to be.
    #[sea_orm(column_type = "Text")]
    pub new_email: String,
    /// Who entered it, maybe the person.
    pub entered_by: Uuid,
    /// When.
    pub entered_at: i64,
    /// Before this it counts in no case.
    pub counts_from: i64,
    /// When it was confirmed from the new address.
    pub confirmed_at: Option<i64>,
    /// `counted`, `stopped` or `cancelled`.
    #[sea_orm(column_type = "Text", nullable)]
    pub ended_as: Option<String>,
    /// When.
    pub ended_at: Option<i64>,
    /// The mail that tells the old address; it may be forgotten.
    pub notice_id: Option<Uuid>,
    /// Whether the account is deleted, and comes back by it.
    pub restores: bool,
    /// The mail that asks the new address to confirm itself; it may be forgotten.
    pub confirming_id: Option<Uuid>,
}

/// What it points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Whose address it is.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    /// The mail that tells the old address.
    #[sea_orm(
        belongs_to = "super::mail::Entity",
        from = "Column::NoticeId",
        to = "super::mail::Column::Id"
    )]
    Notice,
    /// The mail that asks the new address to confirm itself.
    #[sea_orm(
        belongs_to = "super::mail::Entity",
        from = "Column::ConfirmingId",
        to = "super::mail::Column::Id"
    )]
    Confirming,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::mail::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Notice.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
