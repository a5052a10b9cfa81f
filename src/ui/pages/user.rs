//! `/company/users/{id}`: a person, with **Reset password** at the top, what one may change, and what became
//! of the newest reset.

use leptos::prelude::*;
use rekey_domain::account::Status;
use rekey_domain::policy::Refusal;
use rekey_domain::reset::Headline;
use rekey_domain::role::Role;

use crate::texts::account as account_texts;
use crate::texts::pages::{self as shared, company as labels, user as texts};
use crate::texts::{email_change, linked, people};
use crate::ui::asked;
use crate::ui::components::form::{FormHandle, FormTop};
use crate::ui::components::live_resets::{
    RESET_HINT, ResetHint, ResetsOfPerson, result_of_confirming, result_of_press, result_of_waiting,
};
use crate::ui::components::of_person::of_person;
use crate::ui::components::pending_email::PendingEmail;
use crate::ui::components::person_access::PersonAccess;
use crate::ui::components::person_account::PersonAccount;
use crate::ui::components::person_button::{PersonButton, Press};
use crate::ui::components::person_details::PersonDetails;
use crate::ui::components::person_role::{PersonRole, RoleOnly};
use crate::ui::components::refused_passwords::RefusedPasswords;
use crate::ui::components::result_box::{Kind, Outcome, told};
use crate::ui::components::time::Time;
use crate::ui::live::browser::{CONFIRMING, WAITING};
use crate::ui::live::follow::Follow;
use crate::ui::pages::news::following_person;
use crate::ui::title::Title;
use crate::wire::done::Done;
use crate::wire::forms::OnPerson;
use crate::wire::news::Followed;
use crate::wire::paths;
use crate::wire::people::Editing;
use crate::wire::views::{LiveResets, ResetControl, UserPage as View};

/// The page.
#[component]
pub fn UserPage() -> impl IntoView {
    let form = FormHandle::new();
    of_person(move |page| view! { <Content page form/> }.into_any())
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    let View {
        row,
        company_name,
        company,
        control,
        editing,
        access,
        resets,
        refused_passwords,
    } = page;
    let input = OnPerson { company, user: row.id };
    // Who has no password is signed in nowhere.
    let signs_out = row.status == Status::Active && editing.signs_out.is_ok();
    let deletes = editing.deletes.is_ok();
    let restores = row.status == Status::Deleted && editing.restores.is_ok();
    let restoring = editing
        .pending_email
        .as_ref()
        .filter(|_| restores)
        .map(|pending| view! { <p>{email_change::restoring(pending)}</p> }.into_any());
    let done = asked::in_query("done").and_then(|word| Done::from_word(&word));
    let done = done.filter(|_| !form.has_failed());
    let words = done.and_then(|done| Some((done, what_was_done(done, control, &row.name)?)));
    let (result, done) = match (words, &resets) {
        (Some((done, words)), Some(resets)) => (Some(of_press(done, words, resets)), None),
        (words, _) => (None, words.map(|(_, words)| words)),
    };
    let button = match control {
        ResetControl::Reset => Some(texts::RESET),
        ResetControl::Invite => Some(texts::INVITE),
        ResetControl::Yourself | ResetControl::Deleted | ResetControl::NotAllowed => None,
    };
    let since = resets.as_ref().and_then(|resets| resets.living_since.clone());
    view! {
        <Title text=form.title(&row.name)/>
        <FormTop form/>
        <Outcome done>{result}</Outcome>
        <nav class="trail" aria-label=shared::TRAIL><a href=paths::USERS_TAB>{labels::users_of(&company_name)}</a></nav>
        <div class="page-head">
            <h1 tabindex="-1"><bdi>{row.name.clone()}</bdi></h1>
            <p class="byline">{shared::role(row.role)} " · " {shared::status(row.status)}</p>
        {match control {
            ResetControl::Reset | ResetControl::Invite => ().into_any(),
            ResetControl::Yourself => {
                view! { <p>{texts::YOURSELF} " " <a href=paths::ACCOUNT_PASSWORD>{account_texts::CHANGE_PASSWORD}</a></p> }
                    .into_any()
            }
            ResetControl::Deleted => view! { <p>{texts::DELETED}</p> }.into_any(),
            ResetControl::NotAllowed => view! { <p>{texts::not_allowed(&company_name)}</p> }.into_any(),
        }}
        {button.map(|words| {
            view! {
                <PersonButton input press=Press::Reset words described_by=Some(RESET_HINT)/>
                <ResetHint since/>
            }
        })}
        </div>
        <div class="sides">
        {resets.map(|resets| view! { <Live resets/> }.into_any())}
        <div class="side">
        <dl class="facts">
            <div><dt>{shared::EMAIL}</dt><dd><bdi>{row.email.clone()}</bdi></dd></div>
            <div><dt>{labels::ROLE}</dt><dd>{shared::role(row.role)}</dd></div>
            <div><dt>{labels::STATUS}</dt><dd>{shared::status(row.status)}</dd></div>
            <div>
                <dt>{labels::LAST_SIGN_IN}</dt>
                <dd>
                    {match row.last_sign_in {
                        Some(moment) => view! { <Time moment/> }.into_any(),
                        None => labels::NEVER.into_any(),
                    }}
                </dd>
            </div>
        </dl>
        {view! { <Edit form input name=row.name email=row.email role=row.role editing/> }.into_any()}
        {view! { <RefusedPasswords refused=refused_passwords/> }.into_any()}
        {access.map(|access| view! { <PersonAccess user=input.user access/> }.into_any())}
        {restoring
            .map(|words| {
                view! { <PendingEmail words action=paths::person_cancel_email(input.user)/> }.into_any()
            })}
        {view! { <PersonAccount input signs_out deletes restores/> }.into_any()}
        </div>
        </div>
    }
}

/// What the press before has come to, in a box that follows where a mail was queued by it. `words`: what the press itself says.
fn of_press(done: Done, words: String, resets: &LiveResets) -> AnyView {
    let latest = resets.latest.as_ref();
    match (done, latest) {
        (Done::OnItsWay | Done::Revoked, Some(latest)) => {
            let is_told_first = done == Done::OnItsWay && latest.is_fresh;
            let headline = if is_told_first {
                Headline::Waiting
            } else {
                latest.headline
            };
            result_of_press(&resets.name, headline, resets.is_invited).into_any()
        }
        // The page says that a mail waits: once that is not all, it says more.
        (Done::UserCreated | Done::InvitedAnew | Done::UserRestored, Some(latest)) => {
            match result_of_waiting(&resets.name, latest.headline) {
                Some(result) => result.into_any(),
                None => told(Some(WAITING), Kind::Done, words).into_any(),
            }
        }
        (Done::EmailEntered | Done::UserRestoring, _) => match result_of_confirming(resets.pending_email.as_ref()) {
            Some(result) => result.into_any(),
            None => told(Some(CONFIRMING), Kind::Done, words).into_any(),
        },
        _ => told(None, Kind::Done, words).into_any(),
    }
}

/// What became of the person's resets, which follows by itself.
#[component]
fn Live(resets: LiveResets) -> impl IntoView {
    let (of, now) = (Followed::Person(resets.of.user.to_string()), following_person(&resets));
    view! {
        <ResetsOfPerson resets/>
        <Follow of now place="#latest".to_owned()/>
    }
}

/// What the press before did, where it is told on a person's page.
fn what_was_done(done: Done, control: ResetControl, name: &str) -> Option<String> {
    Some(match done {
        Done::OnItsWay => on_its_way(control, name),
        Done::Revoked => texts::revoked(name),
        Done::UserCreated => people::created(name),
        Done::Saved => people::saved(name),
        Done::InvitedAnew => people::invited_anew(name),
        Done::EmailEntered => people::email_entered(name),
        Done::RoleSaved => people::role_saved(name),
        Done::UserSignedOut => people::signed_out(name),
        Done::UserDeleted => people::deleted(name),
        Done::UserRestored => people::restored(name),
        Done::UserRestoring => people::restoring(name),
        Done::AccessGiven => linked::access_given(name),
        Done::AccessRemoved => linked::access_removed(name),
        Done::EmailCancelled => email_change::CANCELLED.to_owned(),
        _ => return None,
    })
}

/// What the reader may change of the person's details and role; for who edits people, else nothing.
#[component]
fn Edit(form: FormHandle, input: OnPerson, name: String, email: String, role: Role, editing: Editing) -> impl IntoView {
    let Editing {
        edits_people,
        details,
        corrects_email,
        pending_email: pending,
        roles,
        ..
    } = editing;
    match details {
        Ok(()) => view! {
            {view! { <PersonDetails form input name email corrects_email pending/> }.into_any()}
            {(!roles.is_empty()).then(|| view! { <PersonRole form input role roles/> })}
        }
        .into_any(),
        Err(Refusal::NotBelow | Refusal::Oneself) if edits_people => view! { <RoleOnly role/> }.into_any(),
        Err(_) => ().into_any(),
    }
}

/// What the page says after the press.
fn on_its_way(control: ResetControl, name: &str) -> String {
    if control == ResetControl::Invite {
        texts::invitation_on_its_way(name)
    } else {
        texts::reset_on_its_way(name)
    }
}
