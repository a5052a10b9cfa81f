//! A new account by the operator, with any role: the first administrator of a company, or somebody more.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use rekey_domain::name::PersonName;
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;

use crate::server::service::accounts::address::{owner_of, stored_email, wait_for_turn};
use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::operator::{CompanyRef, Operated, Refused, find_company};
use crate::server::service::limits::limit_invitations;
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::users::{self, NewUser};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invited {
    /// The invitation is on its way.
    OnItsWay,
    /// The person was invited before; a new mail is on its way, or one still waits.
    Again,
}

/// Creates the account and queues the invitation, in one transaction.
pub async fn operator_create_user(
    services: &Services,
    email: &Email,
    name: &PersonName,
    company: &CompanyRef,
    role: Role,
) -> Operated<Invited> {
    let act = Act::begin(services, By::Operator).await?;
    let now = act.now;
    let company = find_company(act.tx(), company).await?;
    wait_for_turn(act.tx(), email).await?;
    if let Some(found) = owner_of(act.tx(), email, now).await?
        && let Some(known) = users::find_and_lock(act.tx(), found.id).await?
    {
        // Not one who only may want the address back.
        let is_theirs = stored_email(&known.email)?.key() == email.key();
        let may_be_asked_again = is_theirs
            && known.company == company.id
            && known.role == role
            && known.status == rekey_domain::account::Status::Invited;
        if !may_be_asked_again {
            return Err(Refused::AddressTaken(email.clone()).into());
        }
        let asking = Asking::of(&act, &known, Kind::Invitation);
        if start_reset(&act, &known, asking).await? {
            limit_invitations::count(act.tx(), services, company.id, 1).await?;
        }
        act.commit().await?;
        services.bell.ring();
        return Ok(Invited::Again);
    }
    let id = act.mint(UserId::mint);
    users::insert(
        act.tx(),
        &NewUser {
            id,
            company: company.id,
            name,
            email,
            role,
            now,
        },
    )
    .await?;
    let Some(person) = users::find(act.tx(), id).await? else {
        return Err(ServiceError::bug("the account that was just created is not there").into());
    };
    act.note(Deed::UserCreated, Some(&person), Some(role.as_str())).await?;
    let asking = Asking::of(&act, &person, Kind::Invitation);
    start_reset(&act, &person, asking).await?;
    limit_invitations::count(act.tx(), services, company.id, 1).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(Invited::OnItsWay)
}
