//! The forms of `/reset-password/{token}/not-me` and `/not-me/{token}`, and what is said afterwards. Nothing is chosen or
//! ticked at first, so that a scanner that presses every button does nothing (A11).
//!
//! Plain forms, with and without script. Once a page is live, the token leaves the address bar (F4), to an address of the
//! same route.

use leptos::prelude::*;
use rekey_domain::reset::RecipientSaid;

use crate::texts::not_me as texts;
use crate::texts::pages::login as login_texts;
use crate::ui::asked;
use crate::ui::components::form::{FieldProblem, FormHandle, FormTop, described_by, is_invalid};
use crate::ui::components::state_heading::{State, StateHeading};
use crate::ui::live::hidden_address::HiddenAddress;
use crate::ui::pages::link::WaysOn;
use crate::ui::title::Title;
use crate::wire::forms::Field;
use crate::wire::not_me::{NotMeAbout, NotMeDone as Done};
use crate::wire::paths;

fn token_in_path() -> String {
    asked::in_path("token").unwrap_or_default()
}

/// About the link of a reset.
#[component]
pub fn WithdrawForm(about: String) -> impl IntoView {
    let action = paths::link(&token_in_path());
    let form = FormHandle::new();
    let field = Field::WhatHappened;
    let answers = [
        (RecipientSaid::NotAsked, texts::NOT_ASKED),
        (RecipientSaid::NotNeeded, texts::NOT_NEEDED),
    ];
    let choices = answers.into_iter().enumerate().map(|(number, (said, label))| {
        // The error summary leads to the first.
        let id = if number == 0 {
            field.name().to_owned()
        } else {
            format!("{}-{number}", field.name())
        };
        view! {
            <div class="check">
                <input type="radio" id=id.clone() name=field.name() value=said.as_str()/>
                <label for=id>{label}</label>
            </div>
        }
    });
    view! {
        <Title text=form.title(texts::TITLE)/>
        <HiddenAddress shown=paths::LINK_OPEN.to_owned()/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <p>{about}</p>
        <p>{texts::WITHDRAW_DOES}</p>
        <form method="post" action=action novalidate class="narrow">
            <fieldset
                role="radiogroup"
                aria-invalid=is_invalid(form, field)
                aria-describedby=described_by(form, field, false)
            >
                <legend>{texts::WHAT_HAPPENED}</legend>
                <FieldProblem form field/>
                {choices.collect_view()}
            </fieldset>
            <div class="actions"><button type="submit" class="danger">{texts::WITHDRAW}</button></div>
        </form>
    }
}

/// About a change that a notice told of.
#[component]
pub fn ChangeForm(about: String) -> impl IntoView {
    let action = paths::not_me(&token_in_path());
    let form = FormHandle::new();
    let field = Field::NotMe;
    view! {
        <Title text=form.title(texts::TITLE)/>
        <HiddenAddress shown=paths::NOT_ME_OPEN.to_owned()/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <p>{about}</p>
        <p>{texts::SIGN_OUT_DOES}</p>
        <form method="post" action=action novalidate class="narrow">
            <FieldProblem form field/>
            <div class="check">
                <input
                    type="checkbox"
                    id=field.name()
                    name=field.name()
                    value="yes"
                    aria-invalid=is_invalid(form, field)
                    aria-describedby=described_by(form, field, false)
                />
                <label for=field.name()>{texts::YES}</label>
            </div>
            <div class="actions"><button type="submit" class="danger">{texts::SIGN_OUT_ALL}</button></div>
        </form>
    }
}

/// `/not-me/done`.
#[component]
pub fn NotMeDone(done: Done) -> impl IntoView {
    let Done {
        about,
        is_told,
        company,
    } = done;
    let what = match about {
        NotMeAbout::Unneeded => texts::LINK_WITHDRAWN,
        NotMeAbout::Unasked => texts::LINK_NOT_MINE,
        NotMeAbout::Change => texts::SIGNED_OUT,
    };
    let told = is_told.then(|| texts::told(company.as_deref()));
    let ways = if about == NotMeAbout::Change {
        // Somebody else may know the password: a new one comes first.
        view! {
            <div class="actions">
                <a href=paths::ASK class="button">{login_texts::FORGOT}</a>
                <a href=paths::LOGIN>{login_texts::TITLE}</a>
            </div>
        }
        .into_any()
    } else {
        view! { <WaysOn signs_in=true/> }.into_any()
    };
    view! {
        <Title text=texts::DONE/>
        <StateHeading state=State::Done text=texts::DONE/>
        <p>{what}</p>
        {told.map(|told| view! { <p>{told}</p> })}
        {ways}
    }
}
