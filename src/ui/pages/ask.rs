//! `/reset-password`: asking for a link for oneself. The same answer for every address (B1).

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use crate::api::resets::AskForLink;
use crate::texts::pages::ask as texts;
use crate::ui::components::form::{EmailField, FormHandle, FormTop, SubmitButton, submit_here};
use crate::ui::layout::frame;
use crate::wire::done::Remembered;
use crate::wire::forms::AskInput;

/// The page: the form, or, after sending, what to do next.
#[component]
pub fn AskPage() -> impl IntoView {
    let query = use_query_map();
    let sent = Memo::new(move |_| query.with(|query| query.get("sent").is_some()));
    let remembered = use_context::<Remembered>().and_then(|remembered| remembered.asked_address);
    let address = RwSignal::new(remembered);
    let form = FormHandle::new();
    move || {
        if sent.get() && !form.is_refused() {
            view! { <Sent address/> }.into_any()
        } else {
            view! {
                <Title text=form.title(texts::TITLE)/>
                <FormTop form/>
                <h1 tabindex="-1">{texts::TITLE}</h1>
                <AskForm form address/>
                <p><a href="/login">{texts::BACK}</a></p>
            }
            .into_any()
        }
    }
}

/// The form, on its own page and on a dead link's.
#[component]
pub fn AskForm(
    form: FormHandle,
    /// Keeps the address for the page that follows.
    address: RwSignal<Option<String>>,
) -> impl IntoView {
    let hours = frame().link_hours;
    let ask = ServerAction::<AskForLink>::new();
    let navigate = use_navigate();
    Effect::new(move |_| match ask.value().get() {
        Some(Ok(())) => navigate("/reset-password?sent=1", NavigateOptions::default()),
        Some(Err(error)) => form.refuse(error),
        None => (),
    });
    let busy = ask.pending();
    view! {
        <p>{texts::intro(hours)}</p>
        <form
            method="post"
            action="/reset-password"
            novalidate
            class="narrow"
            on:submit=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                    return;
                }
                submit_here::<AskInput>(&event, |input| {
                    form.clear();
                    address.set(Some(input.email.clone()));
                    ask.dispatch(AskForLink { input });
                });
            }
        >
            <EmailField form/>
            <div class="actions"><SubmitButton text=texts::SEND busy/></div>
        </form>
    }
}

/// After sending.
#[component]
fn Sent(address: RwSignal<Option<String>>) -> impl IntoView {
    let hours = frame().link_hours;
    view! {
        <Title text=texts::SENT_TITLE/>
        <h1 tabindex="-1">{texts::SENT_TITLE}</h1>
        <p>{move || texts::sent(address.get().as_deref(), hours)}</p>
        <h2>{texts::NOTHING}</h2>
        <ul>{texts::HINTS.into_iter().map(|hint| view! { <li>{hint}</li> }).collect_view()}</ul>
        <div class="actions">
            {move || {
                address
                    .get()
                    .map(|address| {
                        view! {
                            <form method="post" action="/reset-password">
                                <input type="hidden" name="email" value=address/>
                                <button type="submit" class="primary">{texts::AGAIN}</button>
                            </form>
                        }
                    })
            }}
            <a href="/reset-password">{texts::OTHER}</a>
        </div>
    }
}
