//! Table `activity`: the audit trail of every company.

use sea_orm::entity::prelude::*;

/// One entry. It is inserted and, after its time, deleted; the database refuses to change it, apart from its number.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    /// The entry's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The company whose trail it is in; none where a refusal was nobody's who is known.
    pub company_id: Option<Uuid>,
    /// When it happened.
    pub at: i64,
    /// `user`, `operator`, `recipient` or `system`.
    #[sea_orm(column_type = "Text")]
    pub actor_kind: String,
    /// Who acted, where it was a user.
    pub actor_id: Option<Uuid>,
    /// What the actor was called at that time.
    #[sea_orm(column_type = "Text")]
    pub actor_name: String,
    /// What was done or tried.
    #[sea_orm(column_type = "Text")]
    pub action: String,
    /// `granted` or `refused`.
    #[sea_orm(column_type = "Text")]
    pub outcome: String,
    /// On whom.
    pub target_id: Option<Uuid>,
    /// What the target was called at that time.
    #[sea_orm(column_type = "Text", nullable)]
    pub target_name: Option<String>,
    /// What else belongs to it: words and numbers, which are made a sentence when they are shown.
    #[sea_orm(column_type = "Text", nullable)]
    pub detail: Option<String>,
    /// What it is found by: names, detail and address, folded.
    #[sea_orm(column_type = "Text")]
    pub search_key: String,
    /// The address, or the network, that it was done from.
    #[sea_orm(column_type = "Text", nullable)]
    pub client_address: Option<String>,
    /// How often.
    pub times: i32,
    /// What an entry has in common with what is counted to it; none where nothing is.
    #[sea_orm(column_type = "Text", nullable)]
    pub repeat_key: Option<String>,
}

/// An entry points to nothing that a query follows.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
