//! `/company/edit`: contact and banner, and for administrators the company's name and defaults.

use leptos::prelude::*;
use rekey_domain::company_details::Accent;

use crate::server::service::companies::edit_company::show_company_edit;
use crate::texts::company_edit as texts;
use crate::ui::components::fields::TextField;
use crate::ui::components::form::{FieldProblem, FormHandle, FormTop, SubmitButton, described_by, is_invalid};
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::company_edit::{CompanyDefaults, CompanyEditPage as View};
use crate::wire::forms::Field;
use crate::wire::paths;
use crate::wire::people::ChangedTo;

/// The page.
#[component]
pub fn CompanyEditPage() -> impl IntoView {
    let form = FormHandle::new();
    loaded(
        |services, who| async move { show_company_edit(&services, &who).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    // After a refusal the server shows what was typed, against what was read then.
    let read = form.typed("version").and_then(|read| read.parse().ok());
    let read = read.unwrap_or(page.version);
    // After somebody else's change the next press is against that one.
    let version = match form.changed_meanwhile() {
        Some(ChangedTo::Company(version)) => version,
        _ => read,
    };
    let name = page.defaults.as_ref().map(|defaults| {
        let value = defaults.name.clone();
        view! {
            <input type="hidden" name="all" value="yes"/>
            <TextField form field=Field::Name label=texts::NAME value/>
        }
    });
    let defaults = page
        .defaults
        .map(|defaults| view! { <Defaults form defaults/> }.into_any());
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <form
            method="post"
            action=paths::COMPANY_EDIT
            data-door="save-company"
            novalidate
            class="narrow"
        >
            <input type="hidden" name="company" value=page.company.to_string()/>
            <input type="hidden" name="version" value=version.to_string()/>
            {name}
            <TextField form field=Field::Website label=texts::WEBSITE value=page.website kind="url"/>
            <TextField form field=Field::Phone label=texts::PHONE value=page.phone kind="tel"/>
            <TextField form field=Field::ContactEmail label=texts::CONTACT_EMAIL value=page.contact_email kind="email"/>
            <TextField form field=Field::Banner label=texts::BANNER value=page.banner hint=texts::BANNER_HINT/>
            {defaults}
            <div class="actions">
                <SubmitButton text=texts::SAVE/>
                <a href=paths::COMPANY>{texts::BACK}</a>
            </div>
        </form>
    }
}

/// What only administrators see.
#[component]
fn Defaults(form: FormHandle, defaults: CompanyDefaults) -> impl IntoView {
    let CompanyDefaults { zones, sender_name, .. } = defaults;
    let chosen = form.typed(Field::TimeZone.name()).unwrap_or(defaults.time_zone);
    let accent = form.typed(Field::Accent.name());
    let accent = accent.unwrap_or_else(|| defaults.accent.as_str().to_owned());
    // A box that is not ticked is not sent.
    let only_managers = if form.is_again() {
        form.typed("only_managers").is_some()
    } else {
        defaults.only_managers
    };
    let none_chosen = chosen.is_empty();
    view! {
        <div class="field">
            <label for="time_zone">{texts::TIME_ZONE}</label>
            <FieldProblem form field=Field::TimeZone/>
            <select
                id="time_zone"
                name="time_zone"
                aria-invalid=is_invalid(form, Field::TimeZone)
                aria-describedby=described_by(form, Field::TimeZone, false)
            >
                <option value="" selected=none_chosen>{texts::UTC}</option>
                {zones
                    .into_iter()
                    .map(|zone| {
                        let is_chosen = zone == chosen;
                        view! { <option value=zone.clone() selected=is_chosen>{zone.clone()}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
        <fieldset
            class="swatches"
            role="radiogroup"
            aria-invalid=is_invalid(form, Field::Accent)
            aria-describedby=described_by(form, Field::Accent, false)
        >
            <legend>{texts::ACCENT}</legend>
            <FieldProblem form field=Field::Accent/>
            {Accent::ALL
                .iter()
                .map(|&choice| {
                    // The error summary leads to the first.
                    let id = if choice == Accent::default() {
                        Field::Accent.name().to_owned()
                    } else {
                        format!("accent-{}", choice.as_str())
                    };
                    let is_chosen = choice.as_str() == accent;
                    view! {
                        <div class="check">
                            <input
                                type="radio"
                                id=id.clone()
                                name="accent"
                                value=choice.as_str()
                                checked=is_chosen
                            />
                            <label for=id><span class="swatch" data-accent=choice.as_str()></span>{texts::accent(choice)}</label>
                        </div>
                    }
                })
                .collect_view()}
        </fieldset>
        <TextField form field=Field::SenderName label=texts::SENDER_NAME value=sender_name hint=texts::SENDER_NAME_HINT/>
        <div class="check">
            <input
                type="checkbox"
                id="only_managers"
                name="only_managers"
                value="yes"
                checked=only_managers
                aria-describedby="only_managers-hint"
            />
            <label for="only_managers">{texts::ONLY_MANAGERS}</label>
        </div>
        <p class="hint" id="only_managers-hint">{texts::ONLY_MANAGERS_HINT}</p>
    }
}
