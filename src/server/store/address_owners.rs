//! Who uses which of many addresses, deleted people aside; or may still want one back.

use std::collections::HashMap;

use rekey_domain::email_change::ChangeEnd;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::entity::{email_change, user};

/// Addresses of one statement.
const AT_ONCE: usize = 500;

/// Whoever has an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Who.
    pub user: UserId,
    /// Their company.
    pub company: CompanyId,
}

/// The owners of those of these addresses that have one, by the normalised address. Former owners, whose change was entered
/// later than `since`, count where nobody else has the address.
pub async fn list(on: &impl ConnectionTrait, keys: &[&str], since: Timestamp) -> Result<HashMap<String, Owner>, DbErr> {
    let mut owners = HashMap::new();
    for keys in keys.chunks(AT_ONCE) {
        let former = email_change::Entity::find()
            .inner_join(user::Entity)
            .filter(email_change::Column::OldEmailKey.is_in(keys.iter().copied()))
            .filter(email_change::Column::EnteredAt.gt(since.as_millis()))
            .filter(email_change::Column::EndedAs.eq(ChangeEnd::Counted.as_str()))
            .filter(user::Column::DeletedAt.is_null())
            .select_only()
            .column(email_change::Column::OldEmailKey)
            .column(user::Column::Id)
            .column(user::Column::CompanyId);
        let present = user::Entity::find()
            .filter(user::Column::EmailKey.is_in(keys.iter().copied()))
            .filter(user::Column::DeletedAt.is_null())
            .select_only()
            .column(user::Column::EmailKey)
            .column(user::Column::Id)
            .column(user::Column::CompanyId);
        let mut rows: Vec<(String, Uuid, Uuid)> = former.into_tuple().all(on).await?;
        rows.extend(present.into_tuple::<(String, Uuid, Uuid)>().all(on).await?);
        // Those who have one come last, and stay.
        owners.extend(rows.into_iter().map(|(key, user, company)| {
            let owner = Owner {
                user: UserId::from_uuid(user),
                company: CompanyId::from_uuid(company),
            };
            (key, owner)
        }));
    }
    Ok(owners)
}
