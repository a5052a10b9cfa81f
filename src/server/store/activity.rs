//! The audit trail: entries are added, never changed (the database refuses it). Only what repeats itself within a minute, as
//! refusals do, is one entry whose number grows (F14).

use rekey_domain::deed::Deed;
use rekey_domain::fold;
use rekey_domain::id::{ActivityId, CompanyId, UserId};
use rekey_domain::repeated::{self, MOST_AN_HOUR};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use uuid::Uuid;

use super::entity::activity::{Column, Entity, Model};
use crate::server::client::Client;

/// Who acted.
#[derive(Clone, Debug)]
pub enum ActorIs<'a> {
    /// Somebody signed in.
    User(UserId, &'a str),
    /// Whoever held a link or asked for one, not signed in.
    Recipient(UserId, &'a str),
    /// Whoever runs the server.
    Operator,
    /// Nobody knows who.
    Somebody,
}

impl ActorIs<'_> {
    fn columns(&self) -> (&'static str, Option<UserId>, String) {
        match self {
            Self::User(id, name) => ("user", Some(*id), (*name).to_owned()),
            Self::Recipient(id, name) => ("recipient", Some(*id), (*name).to_owned()),
            Self::Operator => ("operator", None, "Operator".to_owned()),
            Self::Somebody => ("system", None, "Somebody".to_owned()),
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
    /// What.
    pub deed: Deed,
    /// Whether it was done, or refused.
    pub granted: bool,
    /// On whom, with the name of that time.
    pub target: Option<(UserId, &'a str)>,
    /// What else belongs to it.
    pub detail: Option<&'a str>,
    /// From where: an address, or a network.
    pub client_address: Option<String>,
}

impl Entry<'_> {
    /// The same of what was refused.
    #[must_use]
    pub fn refused(self) -> Self {
        Self { granted: false, ..self }
    }

    /// The same from another address than that of whoever carries it out.
    #[must_use]
    pub fn sent_from(self, client_address: Option<String>) -> Self {
        Self { client_address, ..self }
    }
}

/// A refusal of nobody who is known, which is in no company's trail.
#[derive(Clone, Debug)]
pub struct OfNobody<'a> {
    /// Its id.
    pub id: ActivityId,
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
    /// What else belongs to it.
    pub detail: Option<&'a str>,
    /// From where.
    pub network: &'a str,
}

/// Adds an entry. The same refusal once more within a minute is counted.
pub async fn insert(on: &impl ConnectionTrait, entry: Entry<'_>) -> Result<(), DbErr> {
    insert_many(on, vec![entry]).await
}

/// Adds entries: what was done, in one statement; and each refusal, which is counted.
pub async fn insert_many(on: &impl ConnectionTrait, entries: Vec<Entry<'_>>) -> Result<(), DbErr> {
    let (granted, refused): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| entry.granted);
    if !granted.is_empty() {
        let rows = granted
            .into_iter()
            .map(|entry| row_of(entry).into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(on).await?;
    }
    for entry in refused {
        insert_repeated(on, entry, 1).await?;
    }
    Ok(())
}

/// Adds so many that are one entry, and to one that is there already.
pub async fn insert_repeated(on: &impl ConnectionTrait, entry: Entry<'_>, times: u32) -> Result<(), DbErr> {
    count(on, row_of(entry), times).await
}

/// The same of nobody who is known.
pub async fn insert_of_nobody(on: &impl ConnectionTrait, entry: OfNobody<'_>, times: u32) -> Result<(), DbErr> {
    let (actor_kind, _, actor_name) = ActorIs::Somebody.columns();
    let row = Model {
        id: entry.id.as_uuid(),
        company_id: None,
        at: entry.at.as_millis(),
        actor_kind: actor_kind.to_owned(),
        actor_id: None,
        search_key: search_key(&[Some(actor_name.as_str()), entry.detail, Some(entry.network)]),
        actor_name,
        action: entry.deed.as_str().to_owned(),
        outcome: REFUSED.to_owned(),
        target_id: None,
        target_name: None,
        detail: entry.detail.map(str::to_owned),
        client_address: Some(entry.network.to_owned()),
        times: 1,
        repeat_key: None,
    };
    count(on, row, times).await
}

const REFUSED: &str = "refused";

fn row_of(entry: Entry<'_>) -> Model {
    let (actor_kind, actor_id, actor_name) = entry.actor.columns();
    let target_name = entry.target.map(|(_, name)| name);
    let parts = [
        Some(actor_name.as_str()),
        target_name,
        entry.detail,
        entry.client_address.as_deref(),
    ];
    Model {
        id: entry.id.as_uuid(),
        company_id: Some(entry.company.as_uuid()),
        at: entry.at.as_millis(),
        actor_kind: actor_kind.to_owned(),
        actor_id: actor_id.map(UserId::as_uuid),
        search_key: search_key(&parts),
        actor_name,
        action: entry.deed.as_str().to_owned(),
        outcome: if entry.granted { "granted" } else { REFUSED }.to_owned(),
        target_id: entry.target.map(|(id, _)| id.as_uuid()),
        target_name: target_name.map(str::to_owned),
        detail: entry.detail.map(str::to_owned),
        client_address: entry.client_address,
        times: 1,
        repeat_key: None,
    }
}

fn search_key(parts: &[Option<&str>]) -> String {
    fold::search_key(&parts.iter().flatten().copied().collect::<Vec<_>>().join(" "))
}

/// Counts a row to the one that tells the same, if there is one. Where its site has made too many within the hour, it is
/// counted to the one that tells no more than that.
async fn count(on: &impl ConnectionTrait, mut row: Model, times: u32) -> Result<(), DbErr> {
    let at = Timestamp::from_millis(row.at);
    let site = row
        .client_address
        .as_deref()
        .map_or_else(|| "-".to_owned(), Client::site_of);
    let id = |id: Option<Uuid>| id.map_or_else(|| "-".to_owned(), |id| id.to_string());
    let (actor, target, company) = (id(row.actor_id), id(row.target_id), id(row.company_id));
    let what = [
        row.action.as_str(),
        row.outcome.as_str(),
        &company,
        row.actor_kind.as_str(),
        &actor,
        &target,
        row.detail.as_deref().unwrap_or("-"),
    ];
    let key = repeated::key(&site, at, &what);
    let times = i32::try_from(times).unwrap_or(i32::MAX);
    let more = Expr::col((Entity, Column::Times)).add(times);
    let known = Entity::update_many()
        .col_expr(Column::Times, more.clone())
        .filter(Column::RepeatKey.eq(key.as_str()))
        .exec(on)
        .await?;
    if known.rows_affected > 0 {
        return Ok(());
    }
    let (from, before) = repeated::keys_of_an_hour(&site, at);
    let made = Entity::find()
        .filter(Column::RepeatKey.gte(from))
        .filter(Column::RepeatKey.lt(before))
        .count(on)
        .await?;
    // What was done is told, however much was refused before.
    if row.outcome != REFUSED || made < MOST_AN_HOUR {
        row.repeat_key = Some(key);
    } else {
        row = beyond(row, &site);
    }
    row.times = times;
    let counted = OnConflict::column(Column::RepeatKey)
        .target_and_where(Expr::col(Column::RepeatKey).is_not_null())
        .value(Column::Times, more)
        .to_owned();
    Entity::insert(row.into_active_model().reset_all())
        .on_conflict(counted)
        .exec_without_returning(on)
        .await
        .map(|_| ())
}

/// The one entry of an hour that tells of all that its site did besides: of whoever is signed in, or of nobody.
fn beyond(row: Model, site: &str) -> Model {
    let by = row.actor_id.filter(|_| row.actor_kind == "user");
    let key_by = by.map_or_else(|| "-".to_owned(), |by| by.to_string());
    Model {
        repeat_key: Some(repeated::key_of_more(site, Timestamp::from_millis(row.at), &key_by)),
        company_id: row.company_id.filter(|_| by.is_some()),
        search_key: search_key(&[Some(row.actor_name.as_str()), Some(site)]),
        action: Deed::MoreRefused.as_str().to_owned(),
        outcome: REFUSED.to_owned(),
        target_id: None,
        target_name: None,
        detail: None,
        client_address: Some(site.to_owned()),
        ..row
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sea_orm::QueryOrder;

    use super::super::test_rows::{COMPANY, FreshDb, insert_base};
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_521_600_000);

    fn refused<'a>(number: u128, network: &'a str, detail: &'a str, at: Timestamp) -> Entry<'a> {
        Entry {
            id: ActivityId::from_uuid(Uuid::from_u128(number)),
            company: CompanyId::from_uuid(COMPANY),
            at,
            actor: ActorIs::Somebody,
            deed: Deed::SignedIn,
            granted: false,
            target: None,
            detail: Some(detail),
            client_address: Some(network.to_owned()),
        }
    }

    async fn rows(on: &impl ConnectionTrait) -> Result<Vec<(String, i32, Option<String>)>, DbErr> {
        let rows = Entity::find().order_by_asc(Column::RepeatKey).all(on).await?;
        let rows = rows.into_iter().map(|row| (row.action, row.times, row.client_address));
        Ok(rows.collect())
    }

    #[tokio::test]
    async fn f14_the_same_refusal_within_a_minute_is_one_row_with_a_count() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        insert_base(&fresh.db).await?;
        let tx = fresh.db.begin_write().await?;
        for number in 0..10 {
            let at = NOW + Duration::from_secs(5) * u32::try_from(number).unwrap_or_default();
            insert(&tx, refused(number, "203.0.113.7", "wrong", at)).await?;
        }
        insert_repeated(&tx, refused(10, "203.0.113.7", "wrong", NOW), 5).await?;
        insert(&tx, refused(11, "203.0.113.7", "wrong", NOW + Duration::from_mins(1))).await?;
        let network = || Some("203.0.113.7".to_owned());
        let word = || Deed::SignedIn.as_str().to_owned();
        assert_eq!(rows(&tx).await?, [(word(), 15, network()), (word(), 1, network())]);
        tx.commit().await?;
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test]
    async fn f14_one_network_makes_so_many_rows_an_hour_and_the_rest_is_counted() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        insert_base(&fresh.db).await?;
        let tx = fresh.db.begin_write().await?;
        // Every network of a /48 and a new reason each.
        for number in 0..300_u128 {
            let (network, reason) = (format!("2001:db8:1:{number:x}::/64"), number.to_string());
            insert(&tx, refused(number, &network, &reason, NOW)).await?;
        }
        let written = rows(&tx).await?;
        let most = usize::try_from(MOST_AN_HOUR).unwrap_or_default();
        assert_eq!(written.len(), most + 1);
        let more = written.iter().find(|(action, ..)| action == Deed::MoreRefused.as_str());
        assert_eq!(
            more,
            Some(&(
                Deed::MoreRefused.as_str().to_owned(),
                100,
                Some("2001:db8:1::/48".to_owned())
            ))
        );
        assert_eq!(written.iter().map(|(_, times, _)| times).sum::<i32>(), 300);
        // Another site, and the next hour.
        insert(&tx, refused(300, "203.0.113.7", "wrong", NOW)).await?;
        insert(
            &tx,
            refused(301, "2001:db8:1::/64", "wrong", NOW + Duration::from_hours(1)),
        )
        .await?;
        assert_eq!(rows(&tx).await?.len(), most + 3);
        tx.commit().await?;
        fresh.remove().await;
        Ok(())
    }
}
