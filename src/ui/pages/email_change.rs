//! The forms of `/confirm-email/{token}` and `/stop-email/{token}`, and what is said afterwards. Plain forms, with and
//! without script; both act by POST only (A11). Once a page is live, the token leaves the address bar (F4), to an address
//! of the same route.

use leptos::prelude::*;

use crate::texts::email_change as texts;
use crate::texts::pages::login as login_texts;
use crate::ui::asked;
use crate::ui::components::state_heading::{State, StateHeading};
use crate::ui::live::hidden_address::HiddenAddress;
use crate::ui::title::Title;
use crate::wire::email_change::{EmailDone as Done, EmailForm as Form};
use crate::wire::paths;

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Confirm the new address.
    Confirm,
    /// Stop the change.
    Stop,
}

/// The form.
#[component]
pub fn EmailForm(deed: Deed, form: Form) -> impl IntoView {
    let token = asked::in_path("token").unwrap_or_default();
    let (action, open, title, button, class) = match deed {
        Deed::Confirm => (
            paths::confirm_email(&token),
            paths::CONFIRM_EMAIL_OPEN,
            texts::CONFIRM_TITLE,
            texts::CONFIRM,
            "primary",
        ),
        Deed::Stop => (
            paths::stop_email(&token),
            paths::STOP_EMAIL_OPEN,
            texts::STOP_TITLE,
            texts::STOP,
            "danger",
        ),
    };
    view! {
        <Title text=title/>
        <HiddenAddress shown=open.to_owned()/>
        <h1 tabindex="-1">{title}</h1>
        <p>{form.about}</p>
        <dl class="facts">
            <div><dt>{texts::OLD}</dt><dd><bdi>{form.old}</bdi></dd></div>
            <div><dt>{texts::NEW}</dt><dd><bdi>{form.new}</bdi></dd></div>
        </dl>
        {form.counts.map(|counts| view! { <p>{counts}</p> })}
        {(deed == Deed::Stop)
            .then(|| view! { <p>{texts::stop_does(form.stopping)}</p> })}
        <form method="post" action=action>
            <div class="actions"><button type="submit" class=class>{button}</button></div>
        </form>
    }
}

/// `/confirm-email/done` and `/stop-email/done`.
#[component]
pub fn EmailDone(done: Done) -> impl IntoView {
    let words = match done {
        Done::Counts => texts::COUNTS,
        Done::Confirmed => texts::CONFIRMED,
        Done::Stopped => texts::STOPPED,
        Done::StoppedSignedOut => texts::STOPPED_SIGNED_OUT,
        Done::StaysDeleted => texts::STAYS_DELETED,
        Done::TakenBack => texts::TAKEN_BACK,
    };
    // Somebody else may know the password: a new one comes first.
    let asks_first = matches!(done, Done::TakenBack | Done::StoppedSignedOut);
    view! {
        <Title text=texts::DONE/>
        <StateHeading state=State::Done text=texts::DONE/>
        <p>{words}</p>
        <div class="actions">
            {asks_first.then(|| view! { <a href=paths::ASK class="button">{login_texts::FORGOT}</a> })}
            <a href=paths::LOGIN class=(!asks_first).then_some("button")>{login_texts::TITLE}</a>
        </div>
    }
}
