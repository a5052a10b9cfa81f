//! `/login`: one answer for wrong, unknown, deleted and password-less accounts (B4).

use leptos::prelude::*;

use crate::texts::account as account_texts;
use crate::texts::pages::{self as shared, login as texts};
use crate::ui::asked;
use crate::ui::components::fields::EmailField;
use crate::ui::components::form::{FormHandle, FormTop, SubmitButton};
use crate::ui::components::password_field::PasswordField;
use crate::ui::components::result_box::Outcome;
use crate::ui::layout::frame;
use crate::ui::title::Title;
use crate::wire::done::{Done, Remembered};
use crate::wire::forms::Field;
use crate::wire::paths;
use crate::wire::url_query;

/// The page.
#[component]
pub fn LoginPage() -> impl IntoView {
    let next = url_query::value(&asked::query(), "next");
    // In the address too, so that a refusal without script, which renders it again, still knows.
    let action = match &next {
        Some(next) => format!("{}?next={}", paths::LOGIN, url_query::as_value(next)),
        None => paths::LOGIN.to_owned(),
    };
    let done = asked::in_query("done").and_then(|word| Done::from_word(&word));
    let trouble = (done == Some(Done::CookieLost)).then(|| shared::COOKIE_LOST.to_owned());
    let remembered = use_context::<Remembered>().unwrap_or_default();
    let devices = remembered.signed_out_devices;
    // Whose password was just set, so that only the password is left to type.
    let address = remembered.asked_address.filter(|_| done == Some(Done::PasswordChanged));
    let note = (done == Some(Done::IdleEnd)).then(|| account_texts::ended_idle(frame().idle_minutes));
    let done = match done {
        Some(Done::SignedOut) => Some(shared::SIGNED_OUT.to_owned()),
        Some(Done::PasswordChanged) => Some(shared::password_changed(devices)),
        _ => None,
    };

    let form = FormHandle::new();
    let is_first = !form.is_refused();
    let address = form
        .typed(Field::Email.name())
        .or(address.map(|address| address.to_string()));
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <Outcome
            done=done.filter(|_| is_first)
            problem=trouble.filter(|_| is_first)
            note=note.filter(|_| is_first)
        />
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <form
            method="post"
            action=action
            data-door="sign-in"
            novalidate
            class="narrow"
        >
            <EmailField form autocomplete="username" value=address.unwrap_or_default()/>
            <PasswordField form field=Field::Password label=texts::PASSWORD autocomplete="current-password" is_emptied=true/>
            <div class="check">
                <input type="checkbox" id="keep" name="keep" value="yes"/>
                <label for="keep">{texts::KEEP}</label>
            </div>
            {next.map(|next| view! { <input type="hidden" name="next" value=next.to_string()/> })}
            <div class="actions">
                <SubmitButton text=texts::TITLE/>
                <a href=paths::ASK>{texts::FORGOT}</a>
            </div>
        </form>
    }
}
