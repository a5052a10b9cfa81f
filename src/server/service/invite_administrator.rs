//! An administrator of a company, by the operator: the first one, or one more.

use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;

use crate::server::random;
use crate::server::service::error::{Outcome, ServiceError};
use crate::server::service::free_email::wait_for_turn;
use crate::server::service::settle_email::owner_of;
use crate::server::service::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::activity::ActorIs;
use crate::server::store::companies;
use crate::server::store::users::{self, NewUser};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The invitation is on its way.
    OnItsWay,
    /// The person was invited before; a new mail is on its way, or one still waits.
    Again,
    /// No company has this name.
    NoSuchCompany,
    /// The address belongs to an account that can sign in, or to another company's.
    AddressTaken,
}

/// Creates the account and queues the invitation, in one transaction.
pub async fn invite_administrator(
    services: &Services,
    email: &Email,
    name: &PersonName,
    company: &CompanyName,
) -> Outcome<Invited> {
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    let Some(company) = companies::find_by_name(&tx, company).await?.into_iter().next() else {
        return Ok(Invited::NoSuchCompany);
    };
    let asking = Asking {
        kind: Kind::Invitation,
        actor: ActorIs::Operator,
        client: None,
        asked_at: now,
    };
    wait_for_turn(&tx, email).await?;
    if let Some(found) = owner_of(&tx, email, now).await?
        && let Some(known) = users::find_and_lock(&tx, found.id).await?
    {
        let may_be_asked_again = known.company == company.id
            && known.role == Role::Administrator
            && known.status == rekey_domain::account::Status::Invited;
        if !may_be_asked_again {
            return Ok(Invited::AddressTaken);
        }
        start_reset(&tx, services, &known, asking).await?;
        tx.commit().await?;
        services.bell.ring();
        return Ok(Invited::Again);
    }
    let id = UserId::mint(now, random::bytes());
    users::insert(
        &tx,
        &NewUser {
            id,
            company: company.id,
            name,
            email,
            role: Role::Administrator,
            now,
        },
    )
    .await?;
    let Some(person) = users::find(&tx, id).await? else {
        return Err(ServiceError::bug("the account that was just created is not there"));
    };
    start_reset(&tx, services, &person, asking).await?;
    tx.commit().await?;
    services.bell.ring();
    Ok(Invited::OnItsWay)
}
