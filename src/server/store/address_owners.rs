//! Who uses which of many addresses, deleted people aside; or may still want one back.

use std::collections::HashMap;

use rekey_domain::email_change::{ChangeEnd, ChangeFacts, STOPPED_AT_MOST, Told};
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};
use uuid::Uuid;

use super::email_changes::Notice;
use super::entity::{email_change, mail, user};
use super::read_time;

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

/// An address that came out of use, whose it was and their company, when the change was entered, and what became of its notice.
type Former = (String, Uuid, Uuid, i64, Option<String>, Option<i64>);

/// The owners of those of these addresses that have one, by the normalised address. Former owners, who may want it back, count
/// where nobody else has the address.
pub async fn list(on: &impl ConnectionTrait, keys: &[&str], now: Timestamp) -> Result<HashMap<String, Owner>, DbErr> {
    let mut owners = HashMap::new();
    for keys in keys.chunks(AT_ONCE) {
        let former = email_change::Entity::find()
            .inner_join(user::Entity)
            .join(JoinType::LeftJoin, email_change::Relation::Notice.def())
            .filter(email_change::Column::OldEmailKey.is_in(keys.iter().copied()))
            .filter(email_change::Column::EnteredAt.gt((now - STOPPED_AT_MOST).as_millis()))
            .filter(email_change::Column::EndedAs.eq(ChangeEnd::Counted.as_str()))
            .select_only()
            .column(email_change::Column::OldEmailKey)
            .column(user::Column::Id)
            .column(user::Column::CompanyId)
            .column(email_change::Column::EnteredAt)
            .column(mail::Column::State)
            .column(mail::Column::SettledAt);
        let present = user::Entity::find()
            .filter(user::Column::EmailKey.is_in(keys.iter().copied()))
            .filter(user::Column::DeletedAt.is_null())
            .select_only()
            .column(user::Column::EmailKey)
            .column(user::Column::Id)
            .column(user::Column::CompanyId);
        let mut rows = Vec::new();
        for (key, user, company, entered_at, state, settled_at) in former.into_tuple::<Former>().all(on).await? {
            let notice = state.map(|state| Notice { state, settled_at });
            let counted = ChangeFacts {
                entered_at: read_time(entered_at),
                is_own: false,
                told: notice.map_or(Ok(Told::Never), |notice| notice.told())?,
                confirmed_at: None,
                end: Some(ChangeEnd::Counted),
            };
            if counted.can_be_stopped(now) {
                rows.push((key, user, company));
            }
        }
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
