//! `/company/users/{id}`: a person, with **Reset password** at the top, what one may change, and what became
//! of the newest reset.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use rekey_domain::account::Status;
use rekey_domain::policy::Refusal;
use rekey_domain::role::Role;

use crate::api::resets::{RevokeResets, TriggerReset};
use crate::texts::account as account_texts;
use crate::texts::pages::{self as shared, company as labels, user as texts};
use crate::texts::{email_change, linked, people, trouble};
use crate::ui::boundary;
use crate::ui::components::earlier_resets::EarlierResets;
use crate::ui::components::follow::follow;
use crate::ui::components::form::{FormHandle, FormTop};
use crate::ui::components::latest_reset::LatestReset;
use crate::ui::components::of_person::of_person;
use crate::ui::components::person_access::PersonAccess;
use crate::ui::components::person_account::PersonAccount;
use crate::ui::components::person_button::PersonButton;
use crate::ui::components::person_details::PersonDetails;
use crate::ui::components::person_role::{PersonRole, RoleOnly};
use crate::ui::components::result_box::{DoneBox, ProblemBox};
use crate::ui::components::time::Time;
use crate::ui::layout::{Announcer, belongs_to};
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
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
        zone,
    } = page;
    belongs_to(company);
    let input = OnPerson { company, user: row.id };
    // Who has no password is signed in nowhere.
    let signs_out = row.status == Status::Active && editing.signs_out.is_ok();
    let deletes = editing.deletes.is_ok();
    let restores = row.status == Status::Deleted && editing.restores.is_ok();
    let was_done = use_query_map().with_untracked(|query| query.get("done").and_then(|word| Done::from_word(&word)));
    let on_its_way = on_its_way(control, &row.name);
    let revoked = texts::revoked(&row.name);
    let was_done = was_done.filter(|_| !form.has_failed_untracked());
    let done = RwSignal::new(was_done.and_then(|done| match done {
        Done::OnItsWay => Some(on_its_way.clone()),
        Done::Revoked => Some(revoked.clone()),
        Done::UserCreated => Some(people::created(&row.name)),
        Done::Saved => Some(people::saved(&row.name)),
        Done::InvitedAnew => Some(people::invited_anew(&row.name)),
        Done::RoleSaved => Some(people::role_saved(&row.name)),
        Done::UserSignedOut => Some(people::signed_out(&row.name)),
        Done::UserDeleted => Some(people::deleted(&row.name)),
        Done::UserRestored => Some(people::restored(&row.name)),
        Done::AccessGiven => Some(linked::access_given(&row.name)),
        Done::AccessRemoved => Some(linked::access_removed(&row.name)),
        Done::EmailCancelled => Some(email_change::CANCELLED.to_owned()),
        _ => None,
    }));
    let problem = RwSignal::new(None::<String>);
    let shows_resets = resets.is_some();
    let resets = RwSignal::new(resets);
    let follow = follow(row.id, row.name.clone(), resets, "#latest");
    let (trigger, revoke) = (ServerAction::<TriggerReset>::new(), ServerAction::<RevokeResets>::new());

    let announcer = Announcer::here();
    let tell = move |answer: Result<(), AppError>, words: &str| match answer {
        Ok(()) => {
            problem.set(None);
            done.set(Some(words.to_owned()));
            announcer.say(words.to_owned());
            follow.look_now();
        }
        Err(AppError::NotSignedIn) => boundary::sign_in_again(),
        Err(error) => {
            done.set(None);
            problem.set(Some(trouble::explanation(&error)));
        }
    };
    Effect::new(move |_| {
        if let Some(answer) = trigger.value().get() {
            tell(answer, &on_its_way);
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = revoke.value().get() {
            tell(answer, &revoked);
        }
    });

    view! {
        <Title text=form.title_of(row.name.clone())/>
        <FormTop form/>
        <DoneBox text=Signal::derive(move || if form.has_failed() { None } else { done.get() })/>
        <ProblemBox text=problem/>
        <h1 tabindex="-1"><bdi>{row.name.clone()}</bdi></h1>
        {match control {
            ResetControl::Reset | ResetControl::Invite => {
                let words = if control == ResetControl::Reset { texts::RESET } else { texts::INVITE };
                view! { <ResetForm words resets trigger input/> }.into_any()
            }
            ResetControl::Yourself => {
                view! { <p>{texts::YOURSELF} " " <a href="/account/password">{account_texts::CHANGE_PASSWORD}</a></p> }
                    .into_any()
            }
            ResetControl::Deleted => view! { <p>{texts::DELETED}</p> }.into_any(),
            ResetControl::NotAllowed => view! { <p>{texts::not_allowed(&company_name)}</p> }.into_any(),
        }}
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
        {shows_resets.then(|| view! { <Resets resets trigger revoke input zone/> })}
        {access.map(|access| view! { <PersonAccess user=input.user access/> }.into_any())}
        {view! { <PersonAccount input signs_out deletes restores/> }.into_any()}
    }
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

/// What became of the newest reset, and what can be done about it.
#[component]
fn Resets(
    resets: RwSignal<Option<LiveResets>>,
    trigger: ServerAction<TriggerReset>,
    revoke: ServerAction<RevokeResets>,
    input: OnPerson,
    zone: String,
) -> impl IntoView {
    let of = move |pick: fn(&LiveResets) -> bool| {
        Memo::new(move |_| resets.with(|resets| resets.as_ref().is_some_and(pick)))
    };
    let has_any = of(|resets| resets.latest.is_some());
    let (offers_again, offers_revoke) = (of(|resets| resets.send_again), of(|resets| resets.revoke));
    let latest = Signal::derive(move || resets.with(|resets| resets.as_ref().and_then(|resets| resets.latest.clone())));
    let earlier = Memo::new(move |_| {
        resets.with(|resets| resets.as_ref().map(|resets| resets.earlier.clone()).unwrap_or_default())
    });
    view! {
        <section aria-labelledby="resets">
            <h2 id="resets">{texts::RESETS}</h2>
            <p class="summary">
                <a href=format!("/company/users/{}", input.user) rel="external">{texts::REFRESH}</a>
                <span class="muted">{shared::times_are_in(&zone)}</span>
            </p>
            {move || {
                if has_any.get() {
                    view! { <h3 id="latest" tabindex="-1">{texts::LATEST}</h3> }.into_any()
                } else {
                    view! { <p>{texts::NO_RESETS}</p> }.into_any()
                }
            }}
            <LatestReset reset=latest/>
            <div class="actions">
                {move || {
                    offers_again
                        .get()
                        .then(|| {
                            view! {
                                <PersonButton
                                    input
                                    path="reset"
                                    words=texts::SEND_AGAIN
                                    running=texts::SENDING
                                    class="secondary"
                                    busy=trigger.pending()
                                    run=Callback::new(move |input| {
                                        trigger.dispatch(TriggerReset { input });
                                    })
                                />
                            }
                        })
                }}
                {move || {
                    offers_revoke
                        .get()
                        .then(|| {
                            view! {
                                <PersonButton
                                    input
                                    path="revoke"
                                    words=texts::REVOKE
                                    running=texts::REVOKING
                                    class="secondary"
                                    busy=revoke.pending()
                                    run=Callback::new(move |input| {
                                        revoke.dispatch(RevokeResets { input });
                                    })
                                />
                            }
                        })
                }}
            </div>
            <EarlierResets resets=earlier/>
        </section>
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

/// The button. No confirmation: asking changes nothing (A16). While a mail waits the server answers with that one.
#[component]
fn ResetForm(
    words: &'static str,
    resets: RwSignal<Option<LiveResets>>,
    trigger: ServerAction<TriggerReset>,
    input: OnPerson,
) -> impl IntoView {
    let hint = Memo::new(move |_| {
        resets.with(|resets| {
            let since = resets.as_ref()?.living_since.as_ref()?;
            Some(texts::still_works(&since.text))
        })
    });
    view! {
        <PersonButton
            input
            path="reset"
            words
            running=texts::SENDING
            class="primary"
            busy=trigger.pending()
            run=Callback::new(move |input| {
                trigger.dispatch(TriggerReset { input });
            })
            described_by=Signal::derive(move || hint.with(Option::is_some).then_some("reset-hint"))
        />
        {move || hint.get().map(|hint| view! { <p class="hint" id="reset-hint">{hint}</p> })}
    }
}
