//! Queries on what was disavowed: "this was not me", once about each reset and each notice.

use rekey_domain::id::{CompanyId, DisavowalId, MailId, ResetId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::disavowal::{ActiveModel, Column, Entity};
use super::entity::user;
use super::read_time;

/// What was disavowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disavowed {
    /// A reset, by the link in its mail.
    Reset(ResetId),
    /// The change that this notice told of.
    Change(MailId),
}

/// A disavowal to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewDisavowal {
    /// Its id.
    pub id: DisavowalId,
    /// The company of the person.
    pub company: CompanyId,
    /// Who said it.
    pub user: UserId,
    /// When.
    pub at: Timestamp,
    /// About what.
    pub about: Disavowed,
}

/// Keeps it. A second one about the same is refused by the database.
pub async fn insert(on: &impl ConnectionTrait, new: NewDisavowal) -> Result<(), DbErr> {
    let (reset, mail) = match new.about {
        Disavowed::Reset(id) => (Some(id), None),
        Disavowed::Change(id) => (None, Some(id)),
    };
    let row = ActiveModel {
        id: Set(new.id.as_uuid()),
        company_id: Set(new.company.as_uuid()),
        user_id: Set(new.user.as_uuid()),
        at: Set(new.at.as_millis()),
        reset_id: Set(reset.map(ResetId::as_uuid)),
        mail_id: Set(mail.map(MailId::as_uuid)),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// When it was said about this, if it was.
pub async fn was_said(on: &impl ConnectionTrait, about: Disavowed) -> Result<Option<Timestamp>, DbErr> {
    let about = match about {
        Disavowed::Reset(id) => Column::ResetId.eq(id.as_uuid()),
        Disavowed::Change(id) => Column::MailId.eq(id.as_uuid()),
    };
    let found = Entity::find().filter(about).one(on).await?;
    Ok(found.map(|row| read_time(row.at)))
}

/// Somebody of a company who said "this was not me".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidNotMe {
    /// Who.
    pub user: UserId,
    /// Their name now.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// What was said in a company since then, newest first and `limit` at most; of people who are not deleted meanwhile.
pub async fn list_of_company(
    on: &impl ConnectionTrait,
    company: CompanyId,
    since: Timestamp,
    limit: u64,
) -> Result<Vec<SaidNotMe>, DbErr> {
    let rows = Entity::find()
        .find_also_related(user::Entity)
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .filter(Column::At.gte(since.as_millis()))
        .filter(user::Column::DeletedAt.is_null())
        .order_by_desc(Column::At)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(on)
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(said, person)| {
            person.map(|person| SaidNotMe {
                user: UserId::from_uuid(person.id),
                name: person.name,
                at: read_time(said.at),
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use sea_orm::DbErr;
    use uuid::Uuid;

    use super::{CompanyId, SaidNotMe, Timestamp, UserId, list_of_company};
    use crate::server::store::test_rows::{
        COMPANY, FreshDb, OTHER_COMPANY, USER, disavowal, insert, insert_base, notice, user, with,
    };

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
        let since =
            |company, since| list_of_company(reader, CompanyId::from_uuid(company), Timestamp::from_millis(since), 9);
        assert_eq!(since(COMPANY, 1_000).await?, [said(2_000), said(1_000)]);
        assert_eq!(since(COMPANY, 1_001).await?, [said(2_000)]);
        assert_eq!(since(OTHER_COMPANY, 0).await?, []);
        fresh.remove().await;
        Ok(())
    }
}
