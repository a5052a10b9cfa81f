//! What the notice of a changed password must say and can't be read from other rows later, as kept with the mail.

use rekey_domain::id::UserId;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};

use super::entity::mail::{Column, Entity};

/// The circumstances of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeFacts {
    /// The id of the reset whose link was used; none where it was changed while signed in.
    pub reset: Option<String>,
    /// When, in milliseconds UTC.
    pub changed_at: i64,
    /// With which browser, in words.
    pub device: Option<String>,
    /// From where.
    pub client_address: String,
    /// How many living sessions ended.
    pub signed_out: u64,
}

impl ChangeFacts {
    /// As it is kept with the mail.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// The circumstances of the change that was made at this very time, as its notice keeps them.
pub async fn find(on: &impl ConnectionTrait, user: UserId, at: Timestamp) -> Result<Option<ChangeFacts>, DbErr> {
    let facts: Option<Option<String>> = Entity::find()
        .filter(Column::UserId.eq(user.as_uuid()))
        .filter(Column::CreatedAt.eq(at.as_millis()))
        // A literal word: a bound one does not show that the partial index fits.
        .filter(Expr::cust("mails.kind = 'password_changed'"))
        .select_only()
        .column(Column::Facts)
        .into_tuple()
        .one(on)
        .await?;
    Ok(facts.flatten().and_then(|facts| serde_json::from_str(&facts).ok()))
}
