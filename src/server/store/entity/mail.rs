//! Table `mails`: outgoing mail.

use sea_orm::entity::prelude::*;

/// One mail to one person, from its queueing to its end.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    /// The mail's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `reset`, `password_changed`, `link_withdrawn`, `not_me`, `confirm_email`, `email_changing` or
    /// `ask_manager`.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The company of the user.
    pub company_id: Uuid,
    /// Who gets it.
    pub user_id: Uuid,
    /// The reset whose link it carries; there exactly if the kind is `reset`.
    #[sea_orm(unique)]
    pub reset_id: Option<Uuid>,
    /// The address that it goes to.
    #[sea_orm(column_type = "Text")]
    pub recipient: String,
    /// `queued`, `sending`, `accepted`, `deferred`, `refused` or `dropped`.
    #[sea_orm(column_type = "Text")]
    pub state: String,
    /// How often it was claimed for sending.
    pub attempts: i32,
    /// When it was queued.
    pub created_at: i64,
    /// Not before this is it tried again.
    pub next_try_at: i64,
    /// After this it is no longer sent.
    pub deadline: Option<i64>,
    /// Until when the worker that sends it owns it, by the machine's clock; there exactly if it is `sending`.
    pub leased_until: Option<i64>,
    /// When it was accepted, refused or dropped.
    pub settled_at: Option<i64>,
    /// How far the last conversation with the mail server came: `connect`, `tls`, `login`, `sender`, `recipient`, `body`.
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_stage: Option<String>,
    /// The mail server's last reply: its code.
    pub reply_code: Option<i32>,
    /// The mail server's last reply, or our reason, in its own words.
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_text: Option<String>,
    /// What the text must say and can't be read elsewhere, as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub facts: Option<String>,
    /// Whether a batch started its reset: then it lets single ones go first.
    pub is_of_batch: bool,
}

/// What a mail points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The reset whose link it carries.
    #[sea_orm(
        belongs_to = "super::reset::Entity",
        from = "Column::ResetId",
        to = "super::reset::Column::Id"
    )]
    Reset,
    /// Who gets it.
    #[sea_orm(
        belongs_to = "super::user::Entity",
        from = "Column::UserId",
        to = "super::user::Column::Id"
    )]
    User,
}

impl Related<super::reset::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Reset.def()
    }
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
