//! `/reset-password/{token}`: what became of the link is said before anything is typed. Showing it changes nothing
//! (A11); only the POST with an acceptable password spends it (A10).
//!
//! The token stands in no other URL: once the page is live the address bar shows `/reset-password/open` (F4), and one route
//! serves both addresses. `/reset-password/{token}/not-me` and `/not-me/{token}` are its pages too, and
//! `/confirm-email/{token}` and `/stop-email/{token}`: `not_me` and `email_change` have their forms, the pages of dead
//! links are the same.

use leptos::prelude::*;

use crate::texts::not_me as not_me_texts;
use crate::texts::pages::{self as shared, ask as ask_texts, link as texts};
use crate::ui::asked;
use crate::ui::components::form::{FieldProblem, FormHandle, FormTop, SubmitButton, described_by, is_invalid};
use crate::ui::components::password_field::PasswordField;
use crate::ui::components::state_heading::{State as Icon, StateHeading};
use crate::ui::live::hidden_address::HiddenAddress;
use crate::ui::live::password::MissingCharacters;
use crate::ui::pages::ask::AskForm;
use crate::ui::pages::email_change::{Deed, EmailDone, EmailForm};
use crate::ui::pages::not_me::{ChangeForm, NotMeDone, WithdrawForm};
use crate::ui::title::Title;
use crate::wire::forms::Field;
use crate::wire::not_me::NotMeForm;
use crate::wire::paths;
use crate::wire::views::{LinkPage as State, LivingLink, Moment};

/// The page in all its states.
#[component]
pub fn LinkPage() -> impl IntoView {
    let state = use_context::<State>().unwrap_or(State::OpenAgain);
    match state {
        State::OpenAgain => view! { <OpenAgain/> }.into_any(),
        State::Living(link) => view! { <SetPassword link/> }.into_any(),
        State::ForSomebodyElse { email, signed_in_as } => view! { <ForSomebodyElse email signed_in_as/> }.into_any(),
        State::DoesNotWork => view! { <DoesNotWork/> }.into_any(),
        State::Used(when) => view! { <Used when/> }.into_any(),
        State::Replaced(when) => view! { <Replaced when/> }.into_any(),
        State::Withdrawn { company, contact } => view! { <Withdrawn company contact/> }.into_any(),
        State::NotMe(NotMeForm::Link { about }) => view! { <WithdrawForm about/> }.into_any(),
        State::NotMe(NotMeForm::Change { about }) => view! { <ChangeForm about/> }.into_any(),
        State::NotMeSaid(when) => view! { <NotMeSaid when/> }.into_any(),
        State::NotMeDone(done) => view! { <NotMeDone done/> }.into_any(),
        State::ConfirmEmail(form) => view! { <EmailForm deed=Deed::Confirm form/> }.into_any(),
        State::StopEmail(form) => view! { <EmailForm deed=Deed::Stop form/> }.into_any(),
        State::EmailDone(done) => view! { <EmailDone done/> }.into_any(),
    }
}

/// A living link.
#[component]
fn SetPassword(link: LivingLink) -> impl IntoView {
    let token = asked::in_path("token").unwrap_or_default();
    let form = FormHandle::new();
    let min = link.min_length;
    let plain_action = paths::link(&token);
    let not_me = paths::link_not_me(&token);
    view! {
        <Title text=form.title(texts::TITLE)/>
        <HiddenAddress shown=paths::LINK_OPEN.to_owned()/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <p>{link.about}</p>
        <p>{link.deadline}</p>
        <form
            method="post"
            action=plain_action
            data-door="redeem-link"
            data-token=""
            novalidate
            class="narrow"
        >
            <div class="field">
                <label for="account">{shared::EMAIL}</label>
                // Without a name: it is for people and password managers, and not sent.
                <input id="account" type="email" autocomplete="username" readonly value=link.email/>
            </div>
            <PasswordField
                form
                field=Field::NewPassword
                label=texts::NEW_PASSWORD
                autocomplete="new-password"
                hint=texts::hint(min)
                rules=format!("minlength: {min}")
                more="new_password-count"
            />
            <p class="hint count" id="new_password-count"></p>
            <MissingCharacters field=Field::NewPassword.name().to_owned() id="new_password-count".to_owned() min/>
            <div class="actions"><SubmitButton text=texts::SET/></div>
        </form>
        // Its state comes with the page: the browser loads it.
        <p><a href=not_me>{not_me_texts::DID_NOT_EXPECT}</a></p>
        <p class="hint">{texts::reference(&link.reference)}</p>
    }
}

/// Somebody else is signed in here: nothing is mixed (E7).
#[component]
fn ForSomebodyElse(email: String, signed_in_as: String) -> impl IntoView {
    let token = asked::in_path("token").unwrap_or_default();
    let title = texts::is_for(&email);
    view! {
        <Title text=title.clone()/>
        <StateHeading state=Icon::Warning text=title/>
        <div class="actions">
            <form method="post" action=paths::LOGOUT>
                <input type="hidden" name="next" value=paths::link(&token)/>
                <button type="submit" class="primary">{texts::SIGN_OUT_AND_CONTINUE}</button>
            </form>
            <a href=paths::DASHBOARD>{texts::stay_as(&signed_in_as)}</a>
        </div>
    }
}

/// `/reset-password/open`.
#[component]
fn OpenAgain() -> impl IntoView {
    let form = FormHandle::new();
    view! {
        <Title text=form.title(texts::OPEN_TITLE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::OPEN_TITLE}</h1>
        <p>{texts::OPEN_INTRO}</p>
        <form method="post" action=paths::LINK_OPEN novalidate class="narrow">
            <div class="field">
                <label for="link">{texts::OPEN_FIELD}</label>
                <FieldProblem form field=Field::Link/>
                <input
                    id="link"
                    name="link"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autocapitalize="none"
                    aria-invalid=is_invalid(form, Field::Link)
                    aria-describedby=described_by(form, Field::Link, false)
                />
            </div>
            <div class="actions"><button type="submit" class="primary">{texts::OPEN}</button></div>
        </form>
        <p><a href=paths::ASK>{shared::login::FORGOT}</a></p>
    }
}

/// Expired, unknown, cut off: one page (A13).
#[component]
fn DoesNotWork() -> impl IntoView {
    let form = FormHandle::new();
    view! {
        <Title text=texts::DEAD_TITLE/>
        <FormTop form/>
        <StateHeading state=Icon::Dead text=texts::DEAD_TITLE/>
        <p>{texts::DEAD}</p>
        <AskForm form/>
        <p><a href=paths::LOGIN>{ask_texts::BACK}</a></p>
    }
}

/// It was used.
#[component]
fn Used(when: Moment) -> impl IntoView {
    view! {
        <Title text=texts::USED_TITLE/>
        <StateHeading state=Icon::Done text=texts::USED_TITLE/>
        <p>{texts::used(&when.text)}</p>
        <WaysOn signs_in=true/>
    }
}

/// A newer one was sent.
#[component]
fn Replaced(when: Moment) -> impl IntoView {
    view! {
        <Title text=texts::REPLACED_TITLE/>
        <StateHeading state=Icon::Mailed text=texts::REPLACED_TITLE/>
        <p>{texts::replaced(&when.text)}</p>
        <WaysOn signs_in=false/>
    }
}

/// Revoked or cancelled.
#[component]
fn Withdrawn(company: String, contact: Option<String>) -> impl IntoView {
    view! {
        <Title text=texts::WITHDRAWN_TITLE/>
        <StateHeading state=Icon::Dead text=texts::WITHDRAWN_TITLE/>
        <p>{texts::withdrawn(&company, contact.as_deref())}</p>
        <WaysOn signs_in=true/>
    }
}

/// "This was not me" was said before.
#[component]
fn NotMeSaid(when: Moment) -> impl IntoView {
    view! {
        <Title text=not_me_texts::SAID_TITLE/>
        <StateHeading state=Icon::Done text=not_me_texts::SAID_TITLE/>
        <p>{not_me_texts::said(&when.text)}</p>
        <WaysOn signs_in=true/>
    }
}

/// The next step of a dead link.
#[component]
pub fn WaysOn(signs_in: bool) -> impl IntoView {
    view! {
        <div class="actions">
            {signs_in.then(|| view! { <a href=paths::LOGIN class="button">{shared::login::TITLE}</a> })}
            // There is always one main way on.
            <a href=paths::ASK class=(!signs_in).then_some("button")>{shared::login::FORGOT}</a>
        </div>
    }
}
