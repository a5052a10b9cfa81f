//! What the limits keep of each key (C1, C2): one row, locked before it is read, so that of many requests at once each
//! sees what the one before has left (C3).
//!
//! Whoever locks several locks the client's before the address's. Nothing else is locked after them.

use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::limit::{ActiveModel, Column, Entity};
use super::read_time;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitOn {
    /// Links that were asked for, by address.
    AskEmail,
    /// Links that were asked for, by client.
    AskClient,
    /// Failures to sign in, by address.
    SignInEmail,
    /// Failures to sign in, by client.
    SignInClient,
    /// Addresses of other companies' accounts that were entered for somebody, by who entered them.
    TakenEmail,
    /// Mails to addresses that somebody has typed, by company.
    Invitations,
}

impl LimitOn {
    const ALL: [Self; 6] = [
        Self::AskEmail,
        Self::AskClient,
        Self::SignInEmail,
        Self::SignInClient,
        Self::TakenEmail,
        Self::Invitations,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::AskEmail => "ask_email",
            Self::AskClient => "ask_client",
            Self::SignInEmail => "sign_in_email",
            Self::SignInClient => "sign_in_client",
            Self::TakenEmail => "taken_email",
            Self::Invitations => "invitations",
        }
    }
}

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// How often, where the limit counts.
    pub count: u32,
    /// The moment that the limit reckons from.
    pub at: Timestamp,
}

/// What is kept of a key, whose row nobody else reads or changes until the transaction ends. A row is made where there
/// is none; none, and one that says nothing any more, are `count` 0 at `now`.
pub async fn lock(on: &impl ConnectionTrait, limit: LimitOn, key: &str, now: Timestamp) -> Result<Kept, DbErr> {
    let nothing = ActiveModel {
        kind: Set(limit.word().to_owned()),
        key: Set(key.to_owned()),
        count: Set(0),
        at: Set(now.as_millis()),
        forget_at: Set(now.as_millis()),
    };
    // Also of a row that is there already: reading it with a lock would not hold up whoever is just making it.
    let unchanged = OnConflict::columns([Column::Kind, Column::Key])
        .value(Column::Count, Expr::col((Entity, Column::Count)))
        .to_owned();
    Entity::insert(nothing)
        .on_conflict(unchanged)
        .exec_without_returning(on)
        .await?;
    let row = Entity::find_by_id((limit.word().to_owned(), key.to_owned()))
        .filter(Column::ForgetAt.gt(now.as_millis()))
        .one(on)
        .await?;
    Ok(row.map_or(Kept { count: 0, at: now }, |row| Kept {
        count: row.count.try_into().unwrap_or_default(),
        at: read_time(row.at),
    }))
}

/// Keeps something else of a locked key.
pub async fn keep(
    on: &impl ConnectionTrait,
    limit: LimitOn,
    key: &str,
    kept: Kept,
    forget_at: Timestamp,
) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(
            Column::Count,
            Expr::value(i32::try_from(kept.count).unwrap_or(i32::MAX)),
        )
        .col_expr(Column::At, Expr::value(kept.at.as_millis()))
        .col_expr(Column::ForgetAt, Expr::value(forget_at.as_millis()))
        .filter(Column::Kind.eq(limit.word()))
        .filter(Column::Key.eq(key))
        .exec(on)
        .await
        .map(|_| ())
}

/// Forgets a key.
pub async fn forget(on: &impl ConnectionTrait, limit: LimitOn, key: &str) -> Result<(), DbErr> {
    Entity::delete_by_id((limit.word().to_owned(), key.to_owned()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Whether a row says nothing any more: one look before a transaction is begun for it.
pub async fn is_any_old(on: &impl ConnectionTrait, now: Timestamp) -> Result<bool, DbErr> {
    let old = Entity::find().filter(Column::ForgetAt.lte(now.as_millis())).limit(1);
    Ok(old.one(on).await?.is_some())
}

/// Removes rows that say nothing any more, `most` at a time, the oldest first (C8). Rows that somebody else has locked
/// just now are left alone.
pub async fn purge(on: &impl ConnectionTrait, now: Timestamp, most: u64) -> Result<(), DbErr> {
    let old = Entity::find()
        .filter(Column::ForgetAt.lte(now.as_millis()))
        .order_by_asc(Column::ForgetAt)
        .limit(most)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(on)
        .await?;
    for word in LimitOn::ALL.map(LimitOn::word) {
        let keys: Vec<_> = old
            .iter()
            .filter(|row| row.kind == word)
            .map(|row| row.key.as_str())
            .collect();
        if !keys.is_empty() {
            Entity::delete_many()
                .filter(Column::Kind.eq(word))
                .filter(Column::Key.is_in(keys))
                .exec(on)
                .await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm::PaginatorTrait;

    use super::super::db::Db;
    use super::super::test_rows::FreshDb;
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    async fn write(db: &Db, key: &str, count: u32, forget_at: i64) -> Result<(), DbErr> {
        let tx = db.begin_write().await?;
        lock(&tx, LimitOn::AskEmail, key, NOW).await?;
        let kept = Kept { count, at: NOW };
        keep(&tx, LimitOn::AskEmail, key, kept, read_time(forget_at)).await?;
        tx.commit().await
    }

    #[tokio::test]
    async fn a_key_keeps_what_it_was_given_until_it_is_forgotten() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        write(&fresh.db, "a", 5, 1_000_001).await?;
        let tx = fresh.db.begin_write().await?;
        let now_and_later = [(NOW, 5), (read_time(1_000_001), 0)];
        for (now, count) in now_and_later {
            let kept = lock(&tx, LimitOn::AskEmail, "a", now).await?;
            assert_eq!(kept.count, count, "{now:?}");
        }
        assert_eq!(lock(&tx, LimitOn::AskClient, "a", NOW).await?.count, 0);
        forget(&tx, LimitOn::AskEmail, "a").await?;
        assert_eq!(lock(&tx, LimitOn::AskEmail, "a", NOW).await?.count, 0);
        tx.commit().await?;
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn c3_fifty_at_once_count_fifty() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let all: Vec<_> = (0..50)
            .map(|_| {
                let db = fresh.db.clone();
                tokio::spawn(async move {
                    let tx = db.begin_write().await?;
                    let mut kept = lock(&tx, LimitOn::SignInEmail, "a", NOW).await?;
                    kept.count += 1;
                    keep(&tx, LimitOn::SignInEmail, "a", kept, read_time(2_000_000)).await?;
                    tx.commit().await
                })
            })
            .collect();
        for one in all {
            one.await.expect("it does not panic")?;
        }
        let tx = fresh.db.begin_write().await?;
        assert_eq!(lock(&tx, LimitOn::SignInEmail, "a", NOW).await?.count, 50);
        tx.commit().await?;
        fresh.remove().await;
        Ok(())
    }

    #[tokio::test]
    async fn c8_old_rows_go_in_batches_and_others_stay() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        for number in 0..5 {
            write(&fresh.db, &format!("old {number}"), 1, 1_000_001 + number).await?;
        }
        write(&fresh.db, "young", 1, 1_000_011).await?;
        let now = read_time(1_000_010);
        assert!(is_any_old(fresh.db.reader(), now).await?);
        for left in [4, 2, 1, 1] {
            let tx = fresh.db.begin_write().await?;
            purge(&tx, now, 2).await?;
            tx.commit().await?;
            assert_eq!(Entity::find().count(fresh.db.reader()).await?, left);
        }
        assert!(!is_any_old(fresh.db.reader(), now).await?);
        let young = Entity::find().one(fresh.db.reader()).await?;
        assert_eq!(young.map(|row| row.key), Some("young".to_owned()));
        fresh.remove().await;
        Ok(())
    }
}
