//! `/reset-password`: asking for a link for oneself. The same answer for every address (B1).

use leptos::prelude::*;

use crate::texts::pages::ask as texts;
use crate::ui::asked;
use crate::ui::components::fields::EmailField;
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::state_heading::{State, StateHeading};
use crate::ui::layout::frame;
use crate::ui::title::Title;
use crate::wire::done::Remembered;
use crate::wire::paths;

/// The page: the form, or, after sending, what to do next. The address comes from the server.
#[component]
pub fn AskPage() -> impl IntoView {
    let sent = asked::in_query("sent").is_some();
    let form = FormHandle::new();
    if sent && !form.is_refused() {
        return view! { <Sent/> }.into_any();
    }
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <AskForm form/>
        <p><a href=paths::LOGIN>{texts::BACK}</a></p>
    }
    .into_any()
}

/// The form, on its own page and on a dead link's.
#[component]
pub fn AskForm(form: FormHandle) -> impl IntoView {
    let hours = frame().link_hours;
    view! {
        <p>{texts::intro(hours)}</p>
        <form
            method="post"
            action=paths::ASK
            data-door="ask-for-link"
            novalidate
            class="narrow"
        >
            <EmailField form/>
            <div class="actions"><SubmitButton text=texts::SEND/></div>
        </form>
    }
}

/// After sending.
#[component]
fn Sent() -> impl IntoView {
    let hours = frame().link_hours;
    let address = use_context::<Remembered>().and_then(|remembered| remembered.asked_address);
    // There is always one main way on.
    let is_main = address.is_none();
    view! {
        <Title text=texts::SENT_TITLE/>
        // The page is loaded by the press: its heading takes the focus, with script or without.
        <StateHeading state=State::Mailed text=texts::SENT_TITLE takes_focus=true/>
        <p>{texts::sent(address.as_deref(), hours)}</p>
        <h2>{texts::NOTHING}</h2>
        <ul>{texts::HINTS.into_iter().map(|hint| view! { <li>{hint}</li> }).collect_view()}</ul>
        <div class="actions">
            {address
                .map(|address| {
                    view! {
                        <form method="post" action=paths::ASK>
                            <input type="hidden" name="email" value=address.to_string()/>
                            <button type="submit" class="primary">{texts::AGAIN}</button>
                        </form>
                    }
                })}
            // With the fragment the browser puts the focus into the field.
            <a href=paths::ASK_EMAIL class=is_main.then_some("button")>{texts::OTHER}</a>
        </div>
    }
}
