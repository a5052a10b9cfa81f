//! Marks of what can be seen of the resets of a person or of a company: numbers that change with it, read for many of them
//! at once. They tell that something has changed, never what: a few sums over the rows that can still change, by index.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::outage::is_stuck;
use rekey_domain::reset::STILL_WAITING_AFTER;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::entity::{email_change, mail, reset};
use super::outages::Outage;
use super::read_time;

/// A hash of everything that a followed page shows. Two equal marks mean that nothing has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(u64);

impl Mark {
    fn of(facts: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        facts.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// Of each of these people: two statements. `outage`: the open one.
pub async fn of_people(
    on: &impl ConnectionTrait,
    people: &[UserId],
    outage: Option<&Outage>,
    now: Timestamp,
) -> Result<HashMap<UserId, Mark>, DbErr> {
    type SumsOfPerson = (Uuid, i64, i64, i64, i64, i64, i64, i64);
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<SumsOfPerson> = reset::Entity::find()
        .join(JoinType::InnerJoin, reset::Relation::Mail.def())
        .filter(reset::Column::UserId.is_in(people.iter().map(|person| person.as_uuid())))
        .select_only()
        .column(reset::Column::UserId)
        .column_as(Expr::col(reset::Column::AskedAt.as_column_ref()).count(), "resets")
        .column_as(sum(reset::Column::EndedAt), "ended")
        .column_as(how_many(reset::Column::ExpiresAt, now), "expired")
        .column_as(how_many(reset::Column::AskedAt, now - STILL_WAITING_AFTER), "wait_long")
        .column_as(sum(mail::Column::Attempts), "attempts")
        .column_as(sum(mail::Column::NextTryAt), "next_tries")
        .column_as(sum(mail::Column::SettledAt), "settled")
        .group_by(reset::Column::UserId)
        .into_tuple()
        .all(on)
        .await?;
    let changes: Vec<(Uuid, i64, Option<i64>, Option<i64>)> = email_change::Entity::find()
        .join(JoinType::LeftJoin, email_change::Relation::Confirming.def())
        .filter(email_change::Column::UserId.is_in(people.iter().map(|person| person.as_uuid())))
        // Literal words: with bound ones SQLite can't see that the partial index fits.
        .filter(Expr::cust("email_changes.ended_at IS NULL"))
        .select_only()
        .column(email_change::Column::UserId)
        .column(email_change::Column::EnteredAt)
        .column(email_change::Column::ConfirmedAt)
        .column(mail::Column::SettledAt)
        .into_tuple()
        .all(on)
        .await?;
    let seen: HashMap<_, _> = rows.into_iter().map(|row| (row.0, row)).collect();
    let changes: HashMap<_, _> = changes.into_iter().map(|row| (row.0, row)).collect();
    let outage = outage.map(|outage| (outage.began_at, outage.next_probe_at, &outage.reply));
    let mark = |person: &UserId| {
        let id = person.as_uuid();
        (*person, Mark::of((seen.get(&id), changes.get(&id), outage)))
    };
    Ok(people.iter().map(mark).collect())
}

/// Of each of these companies: two statements. `outage`: the open one.
pub async fn of_companies(
    on: &impl ConnectionTrait,
    companies: &[CompanyId],
    outage: Option<&Outage>,
    now: Timestamp,
) -> Result<HashMap<CompanyId, Mark>, DbErr> {
    if companies.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = || companies.iter().map(|company| company.as_uuid());
    // Whatever ends, or runs out of time, leaves these; whatever is asked for joins them.
    let living: Vec<(Uuid, i64, i64, i64)> = reset::Entity::find()
        .filter(reset::Column::CompanyId.is_in(ids()))
        .filter(reset::Column::EndedAs.is_null())
        .filter(reset::Column::ExpiresAt.gt(now.as_millis()))
        .select_only()
        .column(reset::Column::CompanyId)
        .column_as(Expr::col(reset::Column::AskedAt.as_column_ref()).count(), "resets")
        .column_as(sum(reset::Column::AskedAt), "asked")
        .column_as(how_many(reset::Column::AskedAt, now - STILL_WAITING_AFTER), "wait_long")
        .group_by(reset::Column::CompanyId)
        .into_tuple()
        .all(on)
        .await?;
    // Whatever is settled leaves these.
    let waiting: Vec<(Uuid, i64, i64, i64, i64)> = mail::Entity::find()
        .filter(mail::Column::CompanyId.is_in(ids()))
        // Literal words: with bound ones SQLite can't see that the partial index fits.
        .filter(Expr::cust("mails.state IN ('queued', 'sending', 'deferred')"))
        .select_only()
        .column(mail::Column::CompanyId)
        .column_as(Expr::col(mail::Column::CreatedAt.as_column_ref()).count(), "mails")
        .column_as(sum(mail::Column::Attempts), "attempts")
        .column_as(sum(mail::Column::NextTryAt), "next_tries")
        .column_as(Expr::col(mail::Column::CreatedAt.as_column_ref()).min(), "oldest")
        .group_by(mail::Column::CompanyId)
        .into_tuple()
        .all(on)
        .await?;
    let living: HashMap<_, _> = living.into_iter().map(|row| (row.0, row)).collect();
    let waiting: HashMap<_, _> = waiting.into_iter().map(|row| (row.0, row)).collect();
    let mark = |company: &CompanyId| {
        let waiting = waiting.get(&company.as_uuid());
        let oldest = waiting.map(|row| read_time(row.4));
        let stuck = is_stuck(outage.is_some(), oldest, now);
        let outage = outage.map(|outage| (outage.began_at, &outage.reply));
        (
            *company,
            Mark::of((living.get(&company.as_uuid()), waiting, stuck, outage)),
        )
    };
    Ok(companies.iter().map(mark).collect())
}

/// The sum of what is set. PostgreSQL adds up in a wider type than the columns have.
fn sum(column: impl ColumnTrait) -> SimpleExpr {
    let sum = Expr::col(column.as_column_ref()).sum().cast_as("bigint");
    SimpleExpr::from(Func::coalesce([sum, Expr::val(0_i64)]))
}

/// How many lie at or before `moment`.
fn how_many(column: impl ColumnTrait, moment: Timestamp) -> SimpleExpr {
    let column = Expr::col(column.as_column_ref());
    let one_each: SimpleExpr = Expr::case(column.lte(moment.as_millis()), 1).finally(0).into();
    one_each.sum().cast_as("bigint")
}

#[cfg(test)]
mod tests {
    use rekey_domain::mail_reply::Stage;
    use rekey_domain::reset::MailState;
    use sea_orm::DbErr;
    use uuid::Uuid;

    use super::*;
    use crate::server::store::db::Db;
    use crate::server::store::mails::{self, MailReply, Settlement};
    use crate::server::store::test_rows::{
        COMPANY, FreshDb, OTHER_COMPANY, USER, insert, insert_base, mail, reset, user, with,
    };
    use crate::server::store::{outages, resets};

    const BEFORE: Timestamp = Timestamp::from_millis(1_500);

    /// Of the person, the company, and of another company.
    async fn marks(db: &Db, now: Timestamp) -> Result<[Mark; 3], DbErr> {
        let on = db.reader();
        let outage = outages::find_open(on).await?;
        let person = UserId::from_uuid(USER);
        let [here, there] = [COMPANY, OTHER_COMPANY].map(CompanyId::from_uuid);
        let people = of_people(on, &[person], outage.as_ref(), now).await?;
        let companies = of_companies(on, &[here, there], outage.as_ref(), now).await?;
        Ok([people[&person], companies[&here], companies[&there]])
    }

    /// Both marks have changed, and nobody else's.
    #[track_caller]
    fn differ(before: &mut [Mark; 3], after: [Mark; 3], why: &str) {
        assert_ne!(before[0], after[0], "person: {why}");
        assert_ne!(before[1], after[1], "company: {why}");
        assert_eq!(before[2], after[2], "another company: {why}");
        *before = after;
    }

    async fn settle(db: &Db, state: MailState, next_try_at: Option<Timestamp>, now: Timestamp) -> Result<(), DbErr> {
        let tx = db.begin_write().await?;
        let claimed = mails::claim(&tx, 1, now, now, now).await?.pop();
        let reply = Some(MailReply {
            stage: Stage::Recipient,
            code: Some(450),
            text: "4.2.0 later".into(),
        });
        let settlement = Settlement {
            state,
            next_try_at,
            reply,
            now,
        };
        mails::settle(&tx, &claimed.expect("a mail is due"), &settlement).await?;
        tx.commit().await
    }

    #[tokio::test]
    async fn marks_change_with_each_step_of_a_reset_and_with_nothing_else() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        insert_base(db).await?;
        insert(db, mail()).await?;
        let day = Timestamp::from_millis(86_400_000);
        let tx = db.begin_write().await?;
        tx.execute_unprepared("UPDATE resets SET expires_at = 86400000").await?;
        tx.commit().await?;
        let mut before = marks(db, BEFORE).await?;
        assert_eq!(before, marks(db, BEFORE).await?, "nothing has happened");

        let late = BEFORE + STILL_WAITING_AFTER;
        differ(&mut before, marks(db, late).await?, "it waits for long");
        let next = late + STILL_WAITING_AFTER;
        settle(db, MailState::Deferred, Some(next), late).await?;
        differ(&mut before, marks(db, late).await?, "the mail was put off");
        settle(db, MailState::Accepted, None, next).await?;
        differ(&mut before, marks(db, late).await?, "the mail was accepted");
        differ(&mut before.clone(), marks(db, day).await?, "the time is over");

        let newer = with(&reset(), |row| {
            row.id = Uuid::from_u128(40);
            row.asked_at = late.as_millis();
            row.expires_at = day.as_millis();
        });
        insert(db, newer).await?;
        let its_mail = with(&mail(), |row| {
            row.id = Uuid::from_u128(41);
            row.reset_id = Some(Uuid::from_u128(40));
        });
        insert(db, its_mail).await?;
        differ(&mut before, marks(db, late).await?, "another was asked for");
        let tx = db.begin_write().await?;
        let user = UserId::from_uuid(USER);
        resets::revoke_living(&tx, user, user, late).await?;
        tx.commit().await?;
        differ(&mut before, marks(db, late).await?, "they were withdrawn");
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test]
    async fn an_outage_changes_the_marks_of_all() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        insert_base(db).await?;
        let before = marks(db, BEFORE).await?;
        let reply = MailReply {
            stage: Stage::Connect,
            code: None,
            text: "nobody answers".into(),
        };
        let tx = db.begin_write().await?;
        outages::note(&tx, Uuid::from_u128(50), &reply, BEFORE).await?;
        tx.commit().await?;
        let during = marks(db, BEFORE).await?;
        let tx = db.begin_write().await?;
        outages::end(&tx, BEFORE).await?;
        tx.commit().await?;
        let after = marks(db, BEFORE).await?;
        for number in 0..3 {
            assert_ne!(before[number], during[number]);
            assert_eq!(before[number], after[number]);
        }
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test]
    async fn somebody_elses_reset_is_news_for_the_company_alone() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        insert_base(db).await?;
        let before = marks(db, BEFORE).await?;
        let other = with(&user(), |row| row.id = Uuid::from_u128(60));
        insert(db, with(&other, |row| row.email_key.push('x'))).await?;
        let theirs = with(&reset(), |row| {
            row.id = Uuid::from_u128(61);
            row.user_id = Uuid::from_u128(60);
            row.expires_at = 90_000;
        });
        insert(db, theirs).await?;
        let after = marks(db, BEFORE).await?;
        assert_eq!(before[0], after[0]);
        assert_ne!(before[1], after[1]);
        fresh.remove().await;
        Ok(())
    }
}
