//! `/company/users/{id}`: a person, with **Reset password** at the top and what became of the newest reset below.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use rekey_domain::id::UserId;

use crate::api::resets::TriggerReset;
use crate::api::users::load_user;
use crate::texts::account as account_texts;
use crate::texts::pages::{self as shared, company as labels, user as texts};
use crate::ui::components::form::submit_here;
use crate::ui::components::latest_reset::LatestReset;
use crate::ui::components::result_box::{DoneBox, ProblemBox};
use crate::ui::components::time::Time;
use crate::ui::layout::Announcer;
use crate::ui::pages::trouble::Trouble;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{ActingIn, TriggerResetInput};
use crate::wire::views::{Moment, ResetControl, UserPage as View};

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
        living_since,
        latest,
        shows_resets,
        zone,
    } = page;
    let id = row.id;
    let was_done = use_query_map().with_untracked(|query| query.get("done").and_then(|word| Done::from_word(&word)));
    let on_its_way = on_its_way(control, &row.name);
    let done = RwSignal::new((was_done == Some(Done::OnItsWay)).then(|| on_its_way.clone()));
    let problem = RwSignal::new(None::<String>);
    let latest = RwSignal::new(latest);
    let living_since = RwSignal::new(living_since);

    let trigger = ServerAction::<TriggerReset>::new();
    let refresh = Action::new(move |(): &()| load_user(id));
    let announcer = Announcer::here();
    Effect::new(move |_| match trigger.value().get() {
        Some(Ok(())) => {
            problem.set(None);
            done.set(Some(on_its_way.clone()));
            announcer.say(on_its_way.clone());
            refresh.dispatch(());
        }
        Some(Err(AppError::NotSignedIn)) => crate::ui::boundary::sign_in_again(),
        Some(Err(error)) => {
            done.set(None);
            problem.set(Some(crate::texts::trouble::explanation(&error)));
        }
        None => (),
    });
    Effect::new(move |_| {
        if let Some(Ok(page)) = refresh.value().get() {
            latest.set(page.latest);
            living_since.set(page.living_since);
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
                view! {
                    <ResetForm words living_since trigger input=TriggerResetInput { company, user: id }/>
                }
                    .into_any()
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
        {shows_resets
            .then(|| {
                view! {
                    <section aria-labelledby="resets">
                        <h2 id="resets">{texts::RESETS}</h2>
                        <p class="summary">
                            <a href=format!("/company/users/{id}") rel="external">{texts::REFRESH}</a>
                            <span class="muted">{shared::times_are_in(&zone)}</span>
                        </p>
                        {move || match latest.get() {
                            Some(reset) => view! {
                                <h3>{texts::LATEST}</h3>
                                <LatestReset reset/>
                            }.into_any(),
                            None => view! { <p>{texts::NO_RESETS}</p> }.into_any(),
                        }}
                    </section>
                }
            })}
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

/// The button. No confirmation: asking changes nothing (A16). A second press while the first runs is ignored, and
/// while a mail waits the server answers with that one.
#[component]
fn ResetForm(
    words: &'static str,
    living_since: RwSignal<Option<Moment>>,
    trigger: ServerAction<TriggerReset>,
    input: TriggerResetInput,
) -> impl IntoView {
    let busy = trigger.pending();
    let hint = move || living_since.with(|since| since.as_ref().map(|since| texts::still_works(&since.text)));
    let described = move || living_since.with(Option::is_some).then_some("reset-hint");
    view! {
        <form
            method="post"
            action=format!("/company/users/{}/reset", input.user)
            on:submit=submit_here(busy, move |acting: ActingIn| {
                trigger.dispatch(TriggerReset { input: TriggerResetInput { company: acting.company, ..input } });
            })
        >
            <input type="hidden" name="company" value=input.company.to_string()/>
            <button type="submit" class="primary" aria-disabled=move || busy.get().then_some("true") aria-describedby=described>
                {move || if busy.get() { texts::SENDING } else { words }}
            </button>
            {move || hint().map(|hint| view! { <p class="hint" id="reset-hint">{hint}</p> })}
        </form>
    }
}
