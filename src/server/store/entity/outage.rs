//! Table `outages`: when the mail server itself was out of order.

use sea_orm::entity::prelude::*;

/// One outage. At most one is open.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outages")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When it was noticed.
    pub began_at: i64,
    /// When the server answered again.
    pub ended_at: Option<i64>,
    /// When the server is asked next.
    pub next_probe_at: i64,
    /// How far the last conversation came.
    #[sea_orm(column_type = "Text")]
    pub reply_stage: String,
    /// The code of its last reply; none where no reply came.
    pub reply_code: Option<i32>,
    /// Its last words, or ours where it said nothing.
    #[sea_orm(column_type = "Text")]
    pub reply_text: String,
}

/// It points to nothing.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
