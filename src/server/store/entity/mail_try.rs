//! Table `tries`: how each conversation with the mail server about a mail ended.

use sea_orm::entity::prelude::*;

/// One try that came to an end. A try without a row was interrupted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tries")]
pub struct Model {
    /// The mail.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mail_id: Uuid,
    /// Which try, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt: i32,
    /// When it ended.
    pub ended_at: i64,
    /// `accepted`, `deferred` or `refused`.
    #[sea_orm(column_type = "Text")]
    pub verdict: String,
    /// When the next one was planned; there exactly if it was deferred.
    pub next_try_at: Option<i64>,
    /// How far the conversation came.
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_stage: Option<String>,
    /// The reply's code; none where no reply came.
    pub reply_code: Option<i32>,
    /// The server's words, or ours where it said nothing.
    #[sea_orm(column_type = "Text", nullable)]
    pub reply_text: Option<String>,
}

/// What a try points to.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The mail.
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
