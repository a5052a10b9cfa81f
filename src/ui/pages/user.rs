//! `/company/users/{id}`: a person, with **Reset password** at the top and what became of the newest reset below.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use rekey_domain::id::UserId;

use crate::api::resets::{RevokeResets, TriggerReset};
use crate::api::users::load_user;
use crate::texts::account as account_texts;
use crate::texts::pages::{self as shared, company as labels, user as texts};
use crate::texts::trouble;
use crate::ui::boundary;
use crate::ui::components::earlier_resets::EarlierResets;
use crate::ui::components::follow::follow;
use crate::ui::components::latest_reset::LatestReset;
use crate::ui::components::person_button::PersonButton;
use crate::ui::components::result_box::{DoneBox, ProblemBox};
use crate::ui::components::time::Time;
use crate::ui::layout::Announcer;
use crate::ui::pages::trouble::Trouble;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::OnPerson;
use crate::wire::views::{LiveResets, ResetControl, UserPage as View};

/// The page.
#[component]
pub fn UserPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| id.parse::<UserId>().ok())
    });
    let page = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => load_user(id).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Content page/> }.into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Content(page: View) -> impl IntoView {
    let View {
        row,
        company_name,
        company,
        control,
        resets,
        zone,
    } = page;
    let input = OnPerson { company, user: row.id };
    let was_done = use_query_map().with_untracked(|query| query.get("done").and_then(|word| Done::from_word(&word)));
    let on_its_way = on_its_way(control, &row.name);
    let revoked = texts::revoked(&row.name);
    let done = RwSignal::new(match was_done {
        Some(Done::OnItsWay) => Some(on_its_way.clone()),
        Some(Done::Revoked) => Some(revoked.clone()),
        _ => None,
    });
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
        <Title text=row.name.clone()/>
        <DoneBox text=done/>
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
            <div><dt>{shared::EMAIL}</dt><dd><bdi>{row.email}</bdi></dd></div>
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
        {shows_resets.then(|| view! { <Resets resets trigger revoke input zone/> })}
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
