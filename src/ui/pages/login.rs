//! `/login`: one answer for wrong, unknown, deleted and password-less accounts (B4).

use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use crate::api::session::SignIn;
use crate::texts::account as account_texts;
use crate::texts::pages::{self as shared, login as texts};
use crate::ui::boundary;
use crate::ui::components::fields::EmailField;
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::password_field::PasswordField;
use crate::ui::components::result_box::DoneBox;
use crate::ui::layout::frame;
use crate::wire::done::{Done, Remembered};
use crate::wire::forms::{Field, SignInInput};
use crate::wire::url_query;

/// The page.
#[component]
pub fn LoginPage() -> impl IntoView {
    let next = use_location()
        .search
        .with_untracked(|search| url_query::value(search, "next"));
    // In the address too, so that a refusal without script, which renders it again, still knows.
    let action = match &next {
        Some(next) => format!("/login?next={}", leptos_router::location::Url::escape(next)),
        None => "/login".to_owned(),
    };
    let done = use_query_map().with_untracked(|query| query.get("done").and_then(|word| Done::from_word(&word)));
    let devices = use_context::<Remembered>().and_then(|remembered| remembered.signed_out_devices);
    let done = match done {
        Some(Done::SignedOut) => Some(shared::SIGNED_OUT.to_owned()),
        Some(Done::PasswordChanged) => Some(shared::password_changed(devices)),
        Some(Done::IdleEnd) => Some(account_texts::ended_idle(frame().idle_minutes)),
        _ => None,
    };

    let form = FormHandle::new();
    let sign_in = ServerAction::<SignIn>::new();
    let html_form = NodeRef::<html::Form>::new();
    Effect::new(move |_| match sign_in.value().get() {
        // The session changes: the frame of the next page is the server's.
        Some(Ok(path)) => boundary::load(&path),
        Some(Err(error)) => {
            form.refuse(error);
            empty_password(html_form);
        }
        None => (),
    });
    let busy = sign_in.pending();
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <DoneBox text=Signal::derive(move || if form.is_refused() { None } else { done.clone() })/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <form
            node_ref=html_form
            method="post"
            action=action
            novalidate
            class="narrow"
            on:submit=form.submit_here(busy, move |input: SignInInput| {
                sign_in.dispatch(SignIn { input });
            })
        >
            <EmailField form autocomplete="username"/>
            <PasswordField form field=Field::Password label=texts::PASSWORD autocomplete="current-password"/>
            <div class="check">
                <input type="checkbox" id="keep" name="keep" value="yes"/>
                <label for="keep">{texts::KEEP}</label>
            </div>
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            <div class="actions">
                <SubmitButton text=texts::TITLE busy/>
                <a href="/reset-password">{texts::FORGOT}</a>
            </div>
        </form>
    }
}

/// After a refusal the secret goes, as it does when the server renders the page again.
fn empty_password(form: NodeRef<html::Form>) {
    use wasm_bindgen::JsCast;

    let input = form
        .get_untracked()
        .and_then(|form| form.query_selector("#password").ok().flatten());
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.set_value("");
    }
}
