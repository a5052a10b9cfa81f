//! Queries on what was disavowed: "this was not me", once about each reset and each notice.

use rekey_domain::id::{CompanyId, DisavowalId, MailId, ResetId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::entity::disavowal::{ActiveModel, Column, Entity};
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
