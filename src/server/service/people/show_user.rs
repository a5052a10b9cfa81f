//! A person's page, and what has changed on it since.

use rekey_domain::account::Status;
use rekey_domain::id::UserId;
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::policy::{self, Action, Refusal};
use rekey_domain::reset::{self, Headline};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::companies::list_linked;
use crate::server::service::emails::pending_email::pending_email;
use crate::server::service::people::restore_user::needs_another_email;
use crate::server::service::resets::reset_view::moment;
use crate::server::service::resets::resets_of_person::ResetsOfPerson;
use crate::server::services::Services;
use crate::server::store::grants::Child;
use crate::server::store::person_pages::{self, Person};
use crate::server::store::refused_passwords::RefusedPasswords;
use crate::server::store::users::User;
use crate::server::times::Zone;
use crate::texts::stages;
use crate::wire::email_change::{PendingEmail, Waits};
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::linked::AccessOfPerson;
use crate::wire::people::{Editing, RefusedPassword};
use crate::wire::views::{LiveResets, Remedy, ResetControl, UserPage, UserRow};

/// So many linked companies there may be to choose from.
const MOST_CHILDREN: u64 = 1000;
/// So many entries of refused passwords are shown.
const MOST_REFUSED: u64 = 5;

/// The page of somebody in the reader's company; anybody else is not found (D2).
pub async fn show_user(services: &Services, reader: &SignedIn, id: UserId) -> Outcome<UserPage> {
    let now = services.clock.now();
    let actor = reader.as_actor();
    let on = services.db.reader();
    let sees_resets = policy::allows(reader.role, Action::SeeResets);
    let refused = if sees_resets { MOST_REFUSED } else { 0 };
    let found = if policy::allows(reader.role, Action::GrantLinked) {
        person_pages::find_with_children(on, id, MOST_CHILDREN, refused).await?
    } else {
        let person = person_pages::find(on, id, refused).await?;
        person.map(|person| (person, Vec::new()))
    };
    let Some((found, children)) = found else {
        return Err(AppError::NotFound.into());
    };
    let person = &found.user;
    let target = person.as_target();
    policy::decide(&actor, Action::ViewUsers, Some(&target))?;

    let control = match policy::decide(&actor, Action::TriggerReset, Some(&target)) {
        Ok(()) if person.status == Status::Invited => ResetControl::Invite,
        Ok(()) => ResetControl::Reset,
        Err(Refusal::Oneself) => ResetControl::Yourself,
        Err(Refusal::Deleted) => ResetControl::Deleted,
        Err(_) => ResetControl::NotAllowed,
    };
    let pending = pending_email(&found, &reader.zone, now);
    let (last_reset, resets) = if sees_resets {
        let of_person = ResetsOfPerson::read(on, id, now).await?;
        let asked = of_person.newest().map(|named| named.found.reset.asked_at);
        let mut live = live(services, reader, (person, pending.clone()), &of_person, now).await?;
        if live.is_told_first() {
            // Whoever follows is told at once.
            live.stamp.clear();
            live.may_change = true;
        }
        (of_person.headline(now).zip(asked), Some(live))
    } else {
        (None, None)
    };
    Ok(UserPage {
        company_name: reader.company_name.clone(),
        company: reader.company,
        control,
        editing: editing(services, reader, person, pending).await?,
        access: access(reader, person, children),
        resets,
        refused_passwords: found
            .refused
            .iter()
            .filter_map(|refused| refused_password(refused, reader))
            .collect(),
        row: row(found.user, last_reset, &reader.zone),
    })
}

/// A refused password as the page shows it.
fn refused_password(refused: &RefusedPasswords, reader: &SignedIn) -> Option<RefusedPassword> {
    Some(RefusedPassword {
        at: moment(refused.at, &reader.zone),
        network: refused.network.clone().unwrap_or_default(),
        // Not one of a newer program.
        why: refused.why.as_deref()?.parse().ok()?,
        times: refused.times,
    })
}

/// What the reader may change about the person.
async fn editing(
    services: &Services,
    reader: &SignedIn,
    person: &User,
    pending_email: Option<PendingEmail>,
) -> Outcome<Editing> {
    let now = services.clock.now();
    let (actor, target) = (reader.as_actor(), person.as_target());
    let may = |action| policy::decide(&actor, action, Some(&target));
    let restores = may(Action::RestoreUser);
    Ok(Editing {
        edits_people: policy::allows(reader.role, Action::EditUser),
        details: may(Action::EditUser),
        corrects_email: person.lets_address_be_corrected(),
        pending_email,
        roles: Role::ALL
            .iter()
            .copied()
            .filter(|role| may(Action::ChangeRole(*role)).is_ok())
            .collect(),
        signs_out: may(Action::SignOutUser),
        deletes: may(Action::DeleteUser),
        needs_email: restores.is_ok() && needs_another_email(services.db.reader(), person, now).await?,
        restores,
    })
}

/// The companies that are linked to the person's, where there are any and the reader may give access to them.
fn access(reader: &SignedIn, person: &User, children: Vec<Child>) -> Option<AccessOfPerson> {
    let may = policy::decide(&reader.as_actor(), Action::GrantLinked, Some(&person.as_target()));
    if may.is_err() || children.is_empty() {
        return None;
    }
    let (given, others) = children
        .into_iter()
        .partition::<Vec<_>, _>(|child| child.given_at.is_some());
    let rows = |children: Vec<Child>| {
        let rows = children.into_iter().map(|child| list_linked::row(child, &reader.zone));
        rows.collect()
    };
    Some(AccessOfPerson {
        given: rows(given),
        others: rows(others),
    })
}

/// What has changed on the page since it was given `stamp`; none if nothing has.
pub async fn resets_since(
    services: &Services,
    reader: &SignedIn,
    id: UserId,
    known: &str,
) -> Outcome<Option<LiveResets>> {
    let now = services.clock.now();
    let person = whose_resets(services, reader, id).await?;
    let pending = pending_email(&person, &reader.zone, now);
    let found = ResetsOfPerson::read(services.db.reader(), id, now).await?;
    if found.stamp(&pending, now) == known {
        return Ok(None);
    }
    let whose = (&person.user, pending);
    Ok(Some(live(services, reader, whose, &found, now).await?))
}

/// Whether the reader may know what becomes of this person's resets.
pub async fn may_see_resets_of(services: &Services, reader: &SignedIn, id: UserId) -> Outcome<()> {
    whose_resets(services, reader, id).await.map(|_| ())
}

/// The person, if the reader may see their resets.
async fn whose_resets(services: &Services, reader: &SignedIn, id: UserId) -> Outcome<Person> {
    let person = person_pages::find(services.db.reader(), id, 0).await?;
    let person = person.ok_or(AppError::NotFound)?;
    let actor = reader.as_actor();
    policy::decide(&actor, Action::ViewUsers, Some(&person.user.as_target()))?;
    policy::decide(&actor, Action::SeeResets, None)?;
    Ok(person)
}

async fn live(
    services: &Services,
    reader: &SignedIn,
    (person, pending): (&User, Option<PendingEmail>),
    found: &ResetsOfPerson,
    now: Timestamp,
) -> Outcome<LiveResets> {
    let living_since = found.living_since(now).map(|at| moment(at, &reader.zone));
    let headline = found.headline(now);
    let may = |action| policy::decide(&reader.as_actor(), action, Some(&person.as_target())).is_ok();
    let latest = found
        .latest(services.db.reader(), &person.name, &reader.zone, now)
        .await?;
    let send_again = headline.is_some_and(reset::offers_send_again) && may(Action::TriggerReset);
    let remedy = headline.filter(|_| send_again).and_then(|headline| {
        let went_elsewhere = found
            .newest()
            .is_some_and(|named| named.found.mail.recipient != person.email);
        let address = if went_elsewhere {
            Some(Remedy::AddressCorrected)
        } else if let Some(pending) = pending.clone() {
            Some(Remedy::AddressWaits(pending))
        } else {
            may(Action::EditUser).then_some(Remedy::CorrectAddress {
                at_once: person.lets_address_be_corrected(),
            })
        };
        remedy(headline, latest.as_ref()?.refused, address)
    });
    Ok(LiveResets {
        of: OnPerson {
            company: reader.company,
            user: person.id,
        },
        name: person.name.clone(),
        zone: reader.zone.name().to_owned(),
        stamp: found.stamp(&pending, now),
        may_change: headline.is_some_and(reset::may_change)
            || pending
                .as_ref()
                .is_some_and(|pending| pending.waits == Waits::Confirming),
        latest,
        earlier: found.earlier(&person.name, &reader.zone, now),
        send_again,
        remedy,
        is_invited: person.status == Status::Invited,
        pending_email: pending,
        revoke: (headline.is_some_and(reset::offers_revoke) || living_since.is_some()) && may(Action::RevokeReset),
        living_since,
    })
}

/// What can be done, besides sending again. `address`: where it is to blame.
fn remedy(headline: Headline, refused: Option<PlainReason>, address: Option<Remedy>) -> Option<Remedy> {
    match (refused, address) {
        (Some(reason), Some(address)) if reason.blames_the_address() => Some(address),
        (refused, _) => stages::remedy(headline, refused).map(Remedy::Words),
    }
}

/// A person as lists show them, with how their newest reset is seen and when it was asked.
pub fn row(person: User, last_reset: Option<(Headline, Timestamp)>, zone: &Zone) -> UserRow {
    UserRow {
        id: person.id,
        name: person.name,
        email: person.email,
        role: person.role,
        status: person.status,
        last_sign_in: person.last_sign_in_at.map(|at| moment(at, zone)),
        last_reset: last_reset.map(|(headline, at)| (headline, moment(at, zone))),
    }
}
