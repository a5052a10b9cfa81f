//! Name and address of somebody else. Each form carries what its page showed, so that of two people who edit at once the
//! second is told, and nothing is overwritten unseen.
//!
//! While nobody has ever set a password, the address is corrected at once: the old links end, and a new invitation goes out.
//! After that it is confirmed and told first (D8), also when the password is gone (F5).

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::name::PersonName;
use rekey_domain::policy::Action;
use rekey_domain::reset::{CancelledFor, Kind};

use crate::server::client::Client;
use crate::server::service::accounts::address::stored_email;
use crate::server::service::accounts::person_fields::{read_name, read_their_email};
use crate::server::service::accounts::take_back::{LinksEnd, take_back};
use crate::server::service::acting::act::Act;
use crate::server::service::acting::act_on_person::act_on_person;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::emails::enter_email::enter_email;
use crate::server::service::emails::free_email::must_be_free;
use crate::server::service::limits::{limit_invitations, limit_resets};
use crate::server::service::resets::start_reset::{Asking, start_reset};
use crate::server::services::Services;
use crate::server::store::mails;
use crate::server::store::users::{self, User};
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::people::{ChangedTo, EditUserInput, Edited};

/// Saves them.
pub async fn edit_user(services: &Services, client: &Client, who: &SignedIn, input: &EditUserInput) -> Outcome<Edited> {
    let on = OnPerson {
        company: input.company,
        user: input.user,
    };
    let (act, person) = act_on_person(services, client, who, on, Action::EditUser, Deed::UserEdited).await?;
    let (name, email) = read(input)?;
    let corrected = email.filter(|email| email.as_str() != person.email);
    let renamed = name.as_str() != person.name;
    if !renamed && corrected.is_none() {
        return Ok(Edited::Saved);
    }
    if let Some(changed) = changed_meanwhile(input, &person, corrected.is_some()) {
        return Err(AppError::ChangedMeanwhile(changed).into());
    }
    let Some(email) = corrected else {
        let same = stored_email(&person.email)?;
        users::set_name_and_email(act.tx(), person.id, &name, &same).await?;
        act.note(Deed::UserRenamed, Some(&person), Some(name.as_str())).await?;
        act.commit().await?;
        return Ok(Edited::Saved);
    };
    let act = must_be_free(act, who, &email, Some(person.id)).await?;
    if renamed {
        users::set_name_and_email(act.tx(), person.id, &name, &stored_email(&person.email)?).await?;
        act.note(Deed::UserRenamed, Some(&person), Some(name.as_str())).await?;
    }
    let outcome = if person.lets_address_be_corrected() {
        correct(&act, client, who, (&person, &name, &email)).await?;
        Edited::InvitedAnew
    } else {
        enter_email(&act, who, (&person, &email)).await?;
        Edited::EmailEntered
    };
    act.commit().await?;
    services.bell.ring();
    Ok(outcome)
}

/// Puts the address in place of the one that was invited, and invites it.
async fn correct(
    act: &Act<'_>,
    _client: &Client,
    who: &SignedIn,
    (person, name, email): (&User, &PersonName, &Email),
) -> Outcome<()> {
    let (tx, services) = (act.tx(), act.services);
    if let Some(limited) = limit_resets::reached(tx, services, who, person).await? {
        return Err(limited.into());
    }
    users::set_name_and_email(tx, person.id, name, email).await?;
    let detail = format!("{} {email}", person.email);
    act.note(Deed::EmailCorrected, Some(person), Some(&detail)).await?;
    mails::drop_not_owed(tx, person.id, act.now).await?;
    take_back(act, person, LinksEnd::Cancelled(CancelledFor::EmailChanged), None).await?;
    let Some(person) = users::find(tx, person.id).await? else {
        return Err(ServiceError::bug("the account that was just changed is not there"));
    };
    let asking = Asking::of(act, &person, Kind::Invitation);
    start_reset(act, &person, asking).await?;
    limit_invitations::take_for(tx, services, who, &person).await
}

fn read(input: &EditUserInput) -> Outcome<(PersonName, Option<Email>)> {
    let mut problems = Vec::new();
    let name = read_name(&input.name, &mut problems);
    let email = input
        .email
        .as_deref()
        .map(|typed| read_their_email(typed, &mut problems));
    match (name, email) {
        (Some(name), None) => Ok((name, None)),
        (Some(name), Some(Some(email))) => Ok((name, Some(email))),
        _ => Err(AppError::Invalid(problems).into()),
    }
}

/// What the page did not show yet, if it was changed since.
fn changed_meanwhile(input: &EditUserInput, person: &User, is_corrected: bool) -> Option<ChangedTo> {
    let knows_email = !is_corrected || input.was_email == Some(person.email.as_str().into());
    let is_known = input.was_name == person.name.as_str().into() && knows_email;
    (!is_known).then(|| ChangedTo::Details {
        name: person.name.clone(),
        email: person.email.clone(),
    })
}
