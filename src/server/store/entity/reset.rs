//! Table `resets`.

use sea_orm::entity::prelude::*;

/// One request for a new password.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resets")]
pub struct Model {
    /// The reset's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company of the user.
    pub company_id: Uuid,
    /// Whose password it is for.
    pub user_id: Uuid,
    /// `manager`, `oneself`, `invitation` or `restore`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// Who asked; none where it was the person, not signed in, or the operator.
    pub asked_by: Option<Uuid>,
    /// When it was asked.
    pub asked_at: i64,
    /// The first moment at which its links no longer work.
    pub expires_at: i64,
    /// The short sign that mail and page both show.
    #[sea_orm(column_type = "Text")]
    pub reference: String,
    /// The address that it was asked from.
    #[sea_orm(column_type = "Text", nullable)]
    pub client_address: Option<String>,
    /// What the asking browser called itself.
    #[sea_orm(column_type = "Text", nullable)]
    pub user_agent: Option<String>,
    /// `used`, `replaced`, `revoked` or `cancelled`; none while it lives or has merely expired.
    #[sea_orm(column_type = "Text", nullable)]
    pub ended_as: Option<String>,
    /// When it ended so; there exactly if `ended_as` is.
    pub ended_at: Option<i64>,
    /// Who ended it.
    pub ended_by: Option<Uuid>,
    /// The reset that replaced it; there exactly if `ended_as` is `replaced`.
    pub replaced_by: Option<Uuid>,
    /// `not-asked` or `not-needed`: why the recipient withdrew it, by the mail's own link.
    #[sea_orm(column_type = "Text", nullable)]
    pub recipient_said: Option<String>,
    /// Whether the operator's command has shown its link, to be handed over outside mail.
    pub is_shown: bool,
    /// The batch that started it.
    pub batch_id: Option<Uuid>,
    /// `account-deleted`, `email-changed` or `password-changed`: what cancelled it; unknown of old ones.
    #[sea_orm(column_type = "Text", nullable)]
    pub cancelled_for: Option<String>,
}

/// What a reset points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Whose password it is for.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
    /// Who asked.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::AskedBy",
        to = "super::user::Column::Id"
    )]
    AskedBy,
    /// Who ended it.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::EndedBy",
        to = "super::user::Column::Id"
    )]
    EndedBy,
    /// The links minted for it, one an attempt to mail it.
    #[sea_orm(has_many = "super::link::Entity")]
    Link,
    /// The mail that carries it.
    #[sea_orm(has_one = "super::mail::Entity")]
    Mail,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl Related<super::link::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Link.def()
    }
}

impl Related<super::mail::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Mail.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
