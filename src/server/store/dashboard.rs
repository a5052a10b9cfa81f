//! What the dashboard tells beside where people stand: how many links were asked for and used, how soon, when the mail server
//! was out of order, and who said "this was not me". One statement of four parts, since a page may cost six in all.

use std::cmp::Reverse;

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::entity::{disavowal, outage, reset, user};
use super::read_time;

/// The latest outages that are read: more of them in two weeks are one.
const MOST_OUTAGES: u64 = 200;

/// From when on each part is read.
#[derive(Clone, Copy, Debug)]
pub struct Since {
    /// Links by the time of their asking, and outages.
    pub days: Timestamp,
    /// Links by the time until they were used.
    pub waits: Timestamp,
    /// What was disavowed.
    pub disavowals: Timestamp,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// When a quarter of an hour began, how many links were asked for in it, and how many of them were used by now. Quarters,
    /// because the days of all time zones begin with one.
    pub quarters: Vec<(Timestamp, u64, u64)>,
    /// Minutes from the asking to the new password, rounded up, none where there was none, and how many links.
    pub waits: Vec<(Option<u64>, u64)>,
    /// When the mail server was out of order, and until when; none while it is.
    pub outages: Vec<(Timestamp, Option<Timestamp>)>,
    /// Who said "this was not me", newest first.
    pub said: Vec<SaidNotMe>,
}

/// Somebody of a company who said "this was not me", and is not deleted meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidNotMe {
    /// Who.
    pub user: UserId,
    /// Their name now.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// Reads all four, `most_said` disavowals at most.
pub async fn read(on: &impl ConnectionTrait, company: CompanyId, since: Since, most_said: u64) -> Result<Found, DbErr> {
    let mut parts = said(company, since.disavowals, most_said);
    for part in [
        quarters(company, since.days),
        waits(company, since.waits),
        outages(since.days),
    ] {
        parts.union(UnionType::All, part);
    }
    let mut found = Found::default();
    for row in on.query_all(&parts).await? {
        found.take(&row)?;
    }
    // The parts of a union come in any order, and so do their rows.
    found.said.sort_by_key(|said| Reverse(said.at));
    Ok(found)
}

impl Found {
    fn take(&mut self, row: &QueryResult) -> Result<(), DbErr> {
        let part: String = row.try_get_by(0)?;
        let number = |place: usize| row.try_get_by::<Option<i64>, _>(place);
        let (first, second, third) = (number(1)?, number(2)?, number(3)?);
        let count = |number: Option<i64>| number.unwrap_or_default().unsigned_abs();
        let time = |number: Option<i64>| read_time(number.unwrap_or_default());
        match part.as_str() {
            "said" => self.said.push(SaidNotMe {
                at: time(first),
                user: UserId::from_uuid(row.try_get_by::<Uuid, _>(4)?),
                name: row.try_get_by(5)?,
            }),
            "quarter" => {
                let begin = Timestamp::from_millis(first.unwrap_or_default().saturating_mul(900_000));
                self.quarters.push((begin, count(second), count(third)));
            }
            "wait" => self.waits.push((first.map(i64::unsigned_abs), count(second))),
            _ => self.outages.push((time(first), second.map(read_time))),
        }
        Ok(())
    }
}

/// A row of a part: its name, three numbers, and a person. The part that has persons comes first, so that `PostgreSQL` knows the
/// kind of each column.
fn row(part: &str, numbers: [&str; 3]) -> SelectStatement {
    let mut row = Query::select();
    row.expr_as(Expr::cust(format!("'{part}'")), Alias::new("part"));
    for (number, name) in numbers.into_iter().zip(["first", "second", "third"]) {
        row.expr_as(Expr::cust(number.to_owned()), Alias::new(name));
    }
    row
}

fn without_person(part: &str, numbers: [&str; 3]) -> SelectStatement {
    let mut row = row(part, numbers);
    row.expr(Expr::cust("NULL")).expr(Expr::cust("NULL"));
    row
}

fn said(company: CompanyId, since: Timestamp, most: u64) -> SelectStatement {
    let newest = disavowal::Entity::find()
        .inner_join(user::Entity)
        .filter(disavowal::Column::CompanyId.eq(company.as_uuid()))
        .filter(disavowal::Column::At.gte(since.as_millis()))
        .filter(user::Column::DeletedAt.is_null())
        .select_only()
        .column_as(disavowal::Column::At, "at")
        .column_as(user::Column::Id, "person")
        .column_as(user::Column::Name, "name")
        .order_by_desc(disavowal::Column::At)
        .order_by_desc(disavowal::Column::Id)
        .limit(most)
        .into_query();
    let mut row = row("said", ["said.at", "0", "0"]);
    row.column((Alias::new("said"), Alias::new("person")))
        .column((Alias::new("said"), Alias::new("name")))
        .from_subquery(newest, Alias::new("said"));
    row
}

fn quarters(company: CompanyId, since: Timestamp) -> SelectStatement {
    const QUARTER: &str = "resets.asked_at / 900000";
    const USED: &str = "count(CASE WHEN resets.ended_as = 'used' THEN 1 END)";
    of_company(
        without_person("quarter", [QUARTER, "count(*)", USED]),
        company,
        since,
        QUARTER,
    )
}

fn waits(company: CompanyId, since: Timestamp) -> SelectStatement {
    const WAIT: &str =
        "CASE WHEN resets.ended_as = 'used' THEN (resets.ended_at - resets.asked_at + 59999) / 60000 END";
    let mut waits = of_company(without_person("wait", [WAIT, "count(*)", "0"]), company, since, WAIT);
    // In place of one that was replaced another one counts.
    waits.and_where(Expr::cust("(resets.ended_as IS NULL OR resets.ended_as <> 'replaced')"));
    waits
}

fn of_company(mut row: SelectStatement, company: CompanyId, since: Timestamp, by: &'static str) -> SelectStatement {
    row.from(reset::Entity)
        .and_where(reset::Column::CompanyId.eq(company.as_uuid()))
        .and_where(reset::Column::AskedAt.gte(since.as_millis()))
        .add_group_by([Expr::cust(by)]);
    row
}

fn outages(since: Timestamp) -> SelectStatement {
    let is_of_these_days = Expr::cust("ended_at IS NULL").or(outage::Column::EndedAt.gte(since.as_millis()));
    let latest = Query::select()
        .columns([outage::Column::BeganAt, outage::Column::EndedAt])
        .from(outage::Entity)
        .and_where(is_of_these_days)
        .order_by(outage::Column::BeganAt, Order::Desc)
        .limit(MOST_OUTAGES)
        .take();
    let mut row = without_person("outage", ["latest.began_at", "latest.ended_at", "0"]);
    row.from_subquery(latest, Alias::new("latest"));
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::test_rows::{
        COMPANY, FreshDb, OTHER_COMPANY, USER, disavowal, insert, insert_base, notice, reset, user, with,
    };

    fn since(time: i64) -> Since {
        let time = Timestamp::from_millis(time);
        Since {
            days: time,
            waits: time,
            disavowals: time,
        }
    }

    #[tokio::test]
    async fn a_company_hears_of_its_own_people_newest_first_and_of_nobody_deleted() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        insert_base(db).await?;
        insert(db, notice()).await?;
        insert(db, disavowal()).await?;
        let about_change = with(&disavowal(), |row| {
            row.id = Uuid::from_u128(13);
            row.at = 2_000;
            row.reset_id = None;
            row.mail_id = Some(notice().id);
        });
        insert(db, about_change).await?;
        let gone = with(&user(), |row| {
            row.id = Uuid::from_u128(14);
            row.password_hash = None;
            row.deleted_at = Some(3_000);
        });
        insert(db, gone.clone()).await?;
        let notice_to_gone = with(&notice(), |row| {
            row.id = Uuid::from_u128(15);
            row.user_id = gone.id;
        });
        insert(db, notice_to_gone.clone()).await?;
        let said_by_gone = with(&disavowal(), |row| {
            row.id = Uuid::from_u128(16);
            row.user_id = gone.id;
            row.reset_id = None;
            row.mail_id = Some(notice_to_gone.id);
        });
        insert(db, said_by_gone).await?;

        let said = |at| SaidNotMe {
            user: UserId::from_uuid(USER),
            name: "Uma User".to_owned(),
            at: Timestamp::from_millis(at),
        };
        let reader = db.reader();
        let read = async |company, time, most| {
            let found = read(reader, CompanyId::from_uuid(company), since(time), most).await?;
            Ok::<_, DbErr>(found.said)
        };
        assert_eq!(read(COMPANY, 1_000, 9).await?, [said(2_000), said(1_000)]);
        assert_eq!(read(COMPANY, 1_000, 1).await?, [said(2_000)]);
        assert_eq!(read(COMPANY, 1_001, 9).await?, [said(2_000)]);
        assert_eq!(read(OTHER_COMPANY, 0, 9).await?, []);
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test]
    async fn links_are_counted_by_their_quarter_and_by_how_soon_they_were_used() -> Result<(), DbErr> {
        const MINUTE: i64 = 60_000;
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        insert_base(db).await?;
        for (id, asked, used) in [
            (20, 15 * MINUTE, None),
            (21, 16 * MINUTE, Some(25 * MINUTE + 30_000)),
            (22, 30 * MINUTE - 1, Some(39 * MINUTE)),
            (23, 30 * MINUTE, Some(30 * MINUTE)),
        ] {
            let row = with(&reset(), |row| {
                row.id = Uuid::from_u128(id);
                row.reference = format!("REF{id}");
                row.asked_at = asked;
                row.expires_at = asked + 1_440 * MINUTE;
                row.ended_as = used.map(|_| "used".to_owned());
                row.ended_at = used;
            });
            insert(db, row).await?;
        }
        // Asked for like the others; whether it was used is asked of the one in its place.
        let replaced = with(&reset(), |row| {
            row.id = Uuid::from_u128(24);
            row.reference = "REF24".to_owned();
            row.asked_at = 32 * MINUTE;
            row.expires_at = 1_472 * MINUTE;
            row.ended_as = Some("replaced".to_owned());
            row.ended_at = Some(33 * MINUTE);
            row.replaced_by = Some(Uuid::from_u128(23));
        });
        insert(db, replaced).await?;
        let mut found = read(db.reader(), CompanyId::from_uuid(COMPANY), since(2_000), 9).await?;
        found.quarters.sort_unstable();
        found.waits.sort_unstable();
        let quarter = |minute: i64, asked, used| (Timestamp::from_millis(minute * MINUTE), asked, used);
        assert_eq!(found.quarters, [quarter(15, 3, 2), quarter(30, 2, 1)]);
        assert_eq!(found.waits, [(None, 1), (Some(0), 1), (Some(10), 2)]);
        let other = read(db.reader(), CompanyId::from_uuid(OTHER_COMPANY), since(2_000), 9).await?;
        assert_eq!(other, Found::default());
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test]
    async fn outages_are_read_as_far_as_they_reach_into_these_days() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        insert_base(db).await?;
        for (id, began_at, ended_at) in [(1, 1_000, Some(2_000)), (2, 3_000, Some(4_000)), (3, 5_000, None)] {
            let row = outage::Model {
                id: Uuid::from_u128(id),
                began_at,
                ended_at,
                next_probe_at: began_at,
                reply_stage: "connect".to_owned(),
                reply_code: None,
                reply_text: String::new(),
            };
            insert(db, row).await?;
        }
        let mut found = read(db.reader(), CompanyId::from_uuid(OTHER_COMPANY), since(4_000), 9).await?;
        found.outages.sort_unstable();
        let time = Timestamp::from_millis;
        assert_eq!(found.outages, [(time(3_000), Some(time(4_000))), (time(5_000), None)]);
        fresh.remove().await;
        Ok(())
    }
}
