//! A new person of the company, made by a manager or administrator, and the invitation, in one transaction. The mail is the
//! same as that of a reset, and so is its life.

use std::time::Duration;

use rekey_domain::account::Status;
use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use rekey_domain::name::PersonName;
use rekey_domain::policy::{self, Action};
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;

use crate::server::client::Client;
use crate::server::service::accounts::person_fields::{read_name, read_their_email};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::emails::free_email::must_be_free;
use crate::server::service::limits::{limit_invitations, limit_resets};
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::users::{self, NewUser};
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};
use crate::wire::people::{CreateUserInput, NewUserPage};

/// So long the same form sent once more is taken for the same press.
const SAME_PRESS: Duration = Duration::from_mins(1);

/// The page with the form, for who may create somebody. `created`: whoever was created just before.
pub async fn show_new_user(services: &Services, reader: &SignedIn, created: Option<UserId>) -> Outcome<NewUserPage> {
    policy::decide(&reader.as_actor(), Action::CreateUser(Role::User), None)?;
    let created = match created {
        Some(id) => users::find(services.db.reader(), id).await?,
        None => None,
    };
    Ok(NewUserPage {
        roles: roles_of(reader),
        created: created
            .filter(|person| person.company == reader.company)
            .map(|person| person.name),
    })
}

/// The roles that somebody may give, highest first.
pub fn roles_of(who: &SignedIn) -> Vec<Role> {
    let actor = who.as_actor();
    let may_give = |role: &Role| policy::decide(&actor, Action::CreateUser(*role), None).is_ok();
    Role::ALL.iter().copied().filter(may_give).collect()
}

/// What was typed, read.
struct NewPerson {
    name: PersonName,
    email: Email,
    role: Role,
}

/// Creates the account, as invited, and queues the invitation. A second press answers as the first.
pub async fn create_user(
    services: &Services,
    client: &Client,
    who: &SignedIn,
    input: &CreateUserInput,
) -> Outcome<UserId> {
    let role = input.role.parse::<Role>().ok();
    // Who may create nobody hears that, whatever was typed.
    let creates = [Action::CreateUser(role.unwrap_or(Role::User))];
    let act = Act::allowed(services, (who, client), input.company, &creates, Deed::UserCreated).await?;
    let new = read(input, role)?;
    let act = match must_be_free(act, who, &new.email, None).await {
        Ok(act) => act,
        Err(refused) => return first_press(services, &new, refused).await,
    };
    let now = act.now;
    let id = act.mint(UserId::mint);
    let row = NewUser {
        id,
        company: who.company,
        name: &new.name,
        email: &new.email,
        role: new.role,
        now,
    };
    users::insert(act.tx(), &row).await?;
    let Some(person) = users::find(act.tx(), id).await? else {
        return Err(ServiceError::bug("the account that was just created is not there"));
    };
    if let Some(limited) = limit_resets::reached(act.tx(), services, who, &person).await? {
        return Err(limited.into());
    }
    act.note(Deed::UserCreated, Some(&person), Some(new.role.as_str()))
        .await?;
    let asking = Asking::of(&act, &person, Kind::Invitation);
    start_reset(&act, &person, asking).await?;
    limit_invitations::take_for(act.tx(), services, who, &person).await?;
    act.commit().await?;
    services.bell.ring();
    Ok(id)
}

fn read(input: &CreateUserInput, role: Option<Role>) -> Outcome<NewPerson> {
    let mut problems = Vec::new();
    let name = read_name(&input.name, &mut problems);
    let email = read_their_email(&input.email, &mut problems);
    if role.is_none() {
        problems.push(Problem {
            field: Field::Role,
            reason: Reason::ChooseRole,
        });
    }
    match (name, email, role) {
        (Some(name), Some(email), Some(role)) => Ok(NewPerson { name, email, role }),
        _ => Err(AppError::Invalid(problems).into()),
    }
}

/// Where the address is used by the very person that this form has made a moment ago: who it is.
async fn first_press(services: &Services, new: &NewPerson, refused: ServiceError) -> Outcome<UserId> {
    if let ServiceError::Refused(AppError::Invalid(problems)) = &refused
        && let [
            Problem {
                reason: Reason::EmailUsedBy { user, .. },
                ..
            },
        ] = &problems[..]
        && let Some(made) = users::find(services.db.reader(), *user).await?
        && made.status == Status::Invited
        && made.name == new.name.as_str()
        && made.email == new.email.as_str()
        && made.role == new.role
        && services.clock.now().since(made.created_at) < SAME_PRESS
    {
        return Ok(made.id);
    }
    Err(refused)
}
