//! Finds and deletes rows that are older than `domain::keeping` allows (H6), a few at a time, with the rows that depend on them. Ids
//! begin with the time, so that looking for them reads no newer row.

use rekey_domain::batch::BatchState;
use rekey_domain::id::{ActivityId, BatchId, MailId, ResetId, SessionId};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::entity::{activity, batch, mail, reset, session};

/// What is removed when it is old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Over {
    /// Resets that have ended, with their links and mails and what was kept of each try.
    Resets,
    /// Mails of no reset that were settled.
    Notices,
    /// Batches that were carried out or withdrawn, once their resets are gone.
    Batches,
    /// Sessions.
    Sessions,
    /// The activity.
    Activity,
}

impl Over {
    /// In the order in which they are removed: what points before what is pointed to.
    pub const ALL: [Self; 5] = [
        Self::Resets,
        Self::Notices,
        Self::Batches,
        Self::Sessions,
        Self::Activity,
    ];

    /// The oldest that were over before `before`, without some, at most so many.
    pub async fn list(
        self,
        on: &impl ConnectionTrait,
        before: Timestamp,
        but: &[Uuid],
        most: u64,
    ) -> Result<Vec<Uuid>, DbErr> {
        let millis = before.as_millis();
        let none = [0; 10];
        match self {
            Self::Resets => {
                let end = Func::coalesce([Expr::col(reset::Column::EndedAt), Expr::col(reset::Column::ExpiresAt)]);
                let ended = reset::Entity::find().filter(Expr::expr(end).lt(millis));
                let bound = ResetId::mint(before, none).as_uuid();
                oldest(on, ended, reset::Column::Id, bound, but, most).await
            }
            Self::Notices => {
                let settled = mail::Entity::find()
                    .filter(mail::Column::ResetId.is_null())
                    .filter(mail::Column::SettledAt.lt(millis));
                let bound = MailId::mint(before, none).as_uuid();
                oldest(on, settled, mail::Column::Id, bound, but, most).await
            }
            Self::Batches => {
                let is_over = [BatchState::Done, BatchState::Revoked].map(BatchState::as_str);
                let over = batch::Entity::find()
                    .filter(batch::Column::State.is_in(is_over))
                    .filter(batch::Column::PressedAt.lt(millis))
                    .filter(Expr::cust(
                        "NOT EXISTS (SELECT 1 FROM resets WHERE resets.batch_id = batches.id)",
                    ));
                let bound = BatchId::mint(before, none).as_uuid();
                oldest(on, over, batch::Column::Id, bound, but, most).await
            }
            Self::Sessions => {
                let begun = session::Entity::find().filter(session::Column::CreatedAt.lt(millis));
                let bound = SessionId::mint(before, none).as_uuid();
                oldest(on, begun, session::Column::Id, bound, but, most).await
            }
            Self::Activity => {
                let noted = activity::Entity::find().filter(activity::Column::At.lt(millis));
                let bound = ActivityId::mint(before, none).as_uuid();
                oldest(on, noted, activity::Column::Id, bound, but, most).await
            }
        }
    }

    /// Removes these. What is over stays over, so nobody needs to look again.
    pub async fn remove(self, on: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<(), DbErr> {
        match self {
            Self::Resets => delete::<reset::Entity>(on, reset::Column::Id, ids).await,
            Self::Notices => delete::<mail::Entity>(on, mail::Column::Id, ids).await,
            Self::Batches => delete::<batch::Entity>(on, batch::Column::Id, ids).await,
            Self::Sessions => delete::<session::Entity>(on, session::Column::Id, ids).await,
            Self::Activity => delete::<activity::Entity>(on, activity::Column::Id, ids).await,
        }
    }
}

async fn oldest<E: EntityTrait>(
    on: &impl ConnectionTrait,
    of: Select<E>,
    id: E::Column,
    bound: Uuid,
    but: &[Uuid],
    most: u64,
) -> Result<Vec<Uuid>, DbErr> {
    of.apply_if((!but.is_empty()).then_some(but), |of, but| {
        of.filter(id.is_not_in(but.iter().copied()))
    })
    .select_only()
    .column(id)
    .filter(id.lt(bound))
    .order_by_asc(id)
    .limit(most)
    .into_tuple()
    .all(on)
    .await
}

async fn delete<E: EntityTrait>(on: &impl ConnectionTrait, id: E::Column, ids: Vec<Uuid>) -> Result<(), DbErr> {
    E::delete_many().filter(id.is_in(ids)).exec(on).await.map(|_| ())
}

#[cfg(test)]
mod tests {
    use sea_orm::PaginatorTrait;

    use super::super::read_time;
    use super::super::test_rows::{FreshDb, RESET, insert, insert_base, link, mail, reset, with};
    use super::*;

    #[tokio::test]
    async fn h6_the_oldest_go_first_a_few_at_a_time_with_what_hangs_on_them() -> Result<(), DbErr> {
        let fresh = FreshDb::new().await;
        let db = &fresh.db;
        // One of the year 1970, whose id and end are early, with a link and a mail.
        insert_base(db).await?;
        insert(db, link()).await?;
        insert(db, mail()).await?;
        let living = read_time(90_000_000);
        for (number, ends_at) in [(1, 50_000_i64), (2, 60_000), (3, 100_000_000)] {
            let id = ResetId::mint(read_time(40_000 + number), [1; 10]).as_uuid();
            let one = with(&reset(), |row| {
                row.id = id;
                row.expires_at = ends_at;
            });
            insert(db, one).await?;
        }
        // An older one that the first replaced.
        let older = with(&reset(), |row| {
            row.id = Uuid::from_u128(2);
            row.ended_as = Some("replaced".to_owned());
            row.ended_at = Some(1_000);
            row.replaced_by = Some(RESET);
        });
        insert(db, older).await?;

        let mut left = Vec::new();
        loop {
            let ids = Over::Resets.list(db.reader(), living, &[], 2).await?;
            if ids.is_empty() {
                break;
            }
            let tx = db.begin_write().await?;
            Over::Resets.remove(&tx, ids).await?;
            tx.commit().await?;
            left.push(reset::Entity::find().count(db.reader()).await?);
        }
        assert_eq!(left, [3, 1], "the one that lives stays");
        assert_eq!(mail::Entity::find().count(db.reader()).await?, 0);
        fresh.remove().await;
        Ok(())
    }
}
