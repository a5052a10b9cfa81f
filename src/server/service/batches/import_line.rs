//! One line of an import that was pressed: the account, as invited, and the invitation. Whether whoever imports may still give
//! the role, and whether the address is still free, is decided now (D6).

use rekey_domain::batch::LineOutcome;
use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::UserId;
use rekey_domain::import::NewPerson;
use rekey_domain::name::PersonName;
use rekey_domain::policy::{self, Action, Actor};
use rekey_domain::reset::Kind;
use rekey_domain::role::Role;

use crate::server::service::accounts::address::{owner_of, wait_for_turn};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::batches::carry_out_batches::{CarriedOut, Settled};
use crate::server::service::limits::limit_asks;
use crate::server::service::resets::start_reset::start_reset;
use crate::server::store::activity;
use crate::server::store::batch_lines::Line;
use crate::server::store::limits::LimitOn;
use crate::server::store::users::{self, NewUser, User};

/// Creates the account and queues the invitation. The line itself is the caller's to note.
pub async fn import_line(act: &mut Act<'_>, carried_out: &CarriedOut<'_>, line: &Line) -> Outcome<Settled> {
    let person = person_of(line)?;
    if let Some(refused) = refused(carried_out, person.role) {
        return Ok(refused);
    }
    wait_for_turn(act.tx(), &person.email).await?;
    act.has_locked();
    let (tx, now) = (act.tx(), act.now);
    if let Some(owner) = owner_of(tx, &person.email, now).await? {
        return taken(act, carried_out, &owner).await;
    }
    let id = act.mint(UserId::mint);
    let row = NewUser {
        id,
        company: carried_out.batch.company,
        name: &person.name,
        email: &person.email,
        role: person.role,
        now,
    };
    users::insert(tx, &row).await?;
    let Some(created) = users::find(tx, id).await? else {
        return Err(ServiceError::bug("the account that was just created is not there"));
    };
    let whose = (created.company, carried_out.actor());
    let target = Some((created.id, created.name.as_str()));
    let entry = act.entry(whose, Deed::UserCreated, target, Some(person.role.as_str()));
    activity::insert(tx, entry.sent_from(carried_out.batch.client_address.clone())).await?;
    start_reset(act, &created, carried_out.asking(Kind::Invitation)).await?;
    Ok(Settled {
        user: Some(id),
        ..Settled::by_itself(LineOutcome::Done)
    })
}

/// Who it is; lines that are ready can be read.
fn person_of(line: &Line) -> Outcome<NewPerson> {
    let name = line.name.as_deref().and_then(|name| PersonName::stored(name).ok());
    let role = line.role.as_deref().and_then(|role| role.parse().ok());
    match (name, Email::parse(&line.email), role) {
        (Some(name), Ok(email), Some(role)) => Ok(NewPerson { name, email, role }),
        _ => Err(ServiceError::bug("a line of an import that is ready can't be read")),
    }
}

/// Why whoever made the import may not create somebody with this role any more. The operator gives any.
fn refused(carried_out: &CarriedOut<'_>, role: Role) -> Option<Settled> {
    let maker = carried_out.maker.as_ref()?;
    let may_create = |new| {
        maker.role.is_some_and(|own| {
            let actor = Actor {
                user: maker.user,
                company: carried_out.batch.company,
                role: own,
            };
            policy::decide(&actor, Action::CreateUser(new), None).is_ok()
        })
    };
    if may_create(role) {
        None
    } else if may_create(Role::User) {
        Some(Settled {
            detail: Some(role.as_str().to_owned()),
            ..Settled::by_itself(LineOutcome::RoleNotAllowed)
        })
    } else {
        Some(Settled::by_itself(LineOutcome::NotAllowed))
    }
}

/// Somebody has the address since the list was checked. Another company's takes a place of whoever imports, while there is
/// one: the line was looked at then, so that it is not held up now where there is none.
async fn taken(act: &Act<'_>, carried_out: &CarriedOut<'_>, owner: &User) -> Outcome<Settled> {
    if owner.company == carried_out.batch.company {
        return Ok(Settled {
            user: Some(owner.id),
            ..Settled::by_itself(LineOutcome::AlreadyHere)
        });
    }
    let rate = act.services.settings.limits.taken_emails_per_manager;
    if let (Some(maker), Some(rate)) = (&carried_out.maker, rate) {
        let (key, now) = (maker.user.to_string(), act.now);
        // Whether there was one makes no difference here.
        let _ = limit_asks::take_of(act.tx(), rate, LimitOn::TakenEmail, &key, now).await?;
    }
    Ok(Settled::by_itself(LineOutcome::Unusable))
}
