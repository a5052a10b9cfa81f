//! The audit trail: entries are added, never changed (the database refuses it).

use rekey_domain::fold;
use rekey_domain::id::{ActivityId, CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait};

use super::entity::activity::{ActiveModel, Entity};

/// Who acted.
#[derive(Clone, Debug)]
pub enum ActorIs<'a> {
    /// Somebody signed in.
    User(UserId, &'a str),
    /// Whoever held a link or asked for one, not signed in.
    Recipient(UserId, &'a str),
    /// Whoever runs the server.
    Operator,
}

impl ActorIs<'_> {
    fn columns(&self) -> (&'static str, Option<UserId>, String) {
        match self {
            Self::User(id, name) => ("user", Some(*id), (*name).to_owned()),
            Self::Recipient(id, name) => ("recipient", Some(*id), (*name).to_owned()),
            Self::Operator => ("operator", None, "Operator".to_owned()),
        }
    }
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// Its id.
    pub id: ActivityId,
    /// In whose trail.
    pub company: CompanyId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: ActorIs<'a>,
    /// What, as a fixed word.
    pub action: &'static str,
    /// Whether it was done, or refused by the role table.
    pub granted: bool,
    /// On whom, with the name of that time.
    pub target: Option<(UserId, &'a str)>,
    /// What else belongs to it.
    pub detail: Option<&'a str>,
    /// From where.
    pub client_address: Option<String>,
}

/// Adds an entry.
pub async fn insert(on: &impl ConnectionTrait, entry: Entry<'_>) -> Result<(), DbErr> {
    let (actor_kind, actor_id, actor_name) = entry.actor.columns();
    let target_name = entry.target.map(|(_, name)| name);
    let parts = [
        Some(actor_name.as_str()),
        target_name,
        entry.detail,
        entry.client_address.as_deref(),
    ];
    let search_key = fold::search_key(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let row = ActiveModel {
        id: Set(entry.id.as_uuid()),
        company_id: Set(entry.company.as_uuid()),
        at: Set(entry.at.as_millis()),
        actor_kind: Set(actor_kind.to_owned()),
        actor_id: Set(actor_id.map(UserId::as_uuid)),
        actor_name: Set(actor_name),
        action: Set(entry.action.to_owned()),
        outcome: Set(if entry.granted { "granted" } else { "refused" }.to_owned()),
        target_id: Set(entry.target.map(|(id, _)| id.as_uuid())),
        target_name: Set(target_name.map(str::to_owned)),
        detail: Set(entry.detail.map(str::to_owned)),
        search_key: Set(search_key),
        client_address: Set(entry.client_address),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}
