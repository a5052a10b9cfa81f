//! `/company/edit`: contact and banner, and for administrators the company's name and defaults.

use leptos::prelude::*;
use leptos_meta::Title;
use rekey_domain::company_details::Accent;

use crate::api::company::{SaveCompany, load_company_edit};
use crate::texts::company_edit as texts;
use crate::ui::boundary;
use crate::ui::components::form::{FieldProblem, FormHandle, FormTop, SubmitButton, described_by};
use crate::ui::pages::trouble::Trouble;
use crate::wire::company_edit::{CompanyDefaults, CompanyEditPage as View, CompanyInput};
use crate::wire::forms::Field;
use crate::wire::people::ChangedTo;

/// The page.
#[component]
pub fn CompanyEditPage() -> impl IntoView {
    let form = FormHandle::new();
    let page = Resource::new(|| (), |()| load_company_edit());
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Content page form/> }.into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    let save = ServerAction::<SaveCompany>::new();
    Effect::new(move |_| match save.value().get() {
        // The frame shows the name, the accent and the banner: it is the server's.
        Some(Ok(())) => boundary::load("/company?done=saved"),
        Some(Err(error)) => form.refuse(error),
        None => (),
    });
    let busy = save.pending();
    // After a refusal the server shows what was typed, against what was read then.
    let typed = form.typed_company();
    let read = typed.as_ref().and_then(|typed| typed.version).unwrap_or(page.version);
    // After somebody else's change the next press is against that one.
    let version = move || match form.changed_meanwhile() {
        Some(ChangedTo::Company(version)) => version,
        _ => read,
    };
    let typed = typed.unwrap_or_else(|| CompanyInput {
        website: page.website,
        phone: page.phone,
        contact_email: page.contact_email,
        banner: page.banner,
        ..of_defaults(page.defaults.as_ref())
    });
    let name = page.defaults.is_some().then(|| {
        let value = typed.name.clone();
        view! {
            <input type="hidden" name="all" value="yes"/>
            <TextField form field=Field::Name label=texts::NAME value/>
        }
    });
    let defaults = page
        .defaults
        .map(|defaults| view! { <Defaults form zones=defaults.zones typed=typed.clone()/> }.into_any());
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        <form
            method="post"
            action="/company/edit"
            novalidate
            class="narrow"
            on:submit=form.submit_here(busy, move |input: CompanyInput| {
                save.dispatch(SaveCompany { input });
            })
        >
            <input type="hidden" name="company" value=page.company.to_string()/>
            <input type="hidden" name="version" value=move || version().to_string()/>
            {name}
            <TextField form field=Field::Website label=texts::WEBSITE value=typed.website kind="url"/>
            <TextField form field=Field::Phone label=texts::PHONE value=typed.phone kind="tel"/>
            <TextField form field=Field::ContactEmail label=texts::CONTACT_EMAIL value=typed.contact_email kind="email"/>
            <TextField form field=Field::Banner label=texts::BANNER value=typed.banner hint=texts::BANNER_HINT/>
            {defaults}
            <div class="actions">
                <SubmitButton text=texts::SAVE busy/>
                <a href="/company">{texts::BACK}</a>
            </div>
        </form>
    }
}

/// What stands in the fields that only administrators have, before anybody types.
fn of_defaults(defaults: Option<&CompanyDefaults>) -> CompanyInput {
    let Some(defaults) = defaults else {
        return CompanyInput::default();
    };
    CompanyInput {
        name: defaults.name.clone(),
        time_zone: defaults.time_zone.clone(),
        accent: defaults.accent.as_str().to_owned(),
        sender_name: defaults.sender_name.clone(),
        only_managers: defaults.only_managers.then(|| "yes".to_owned()),
        ..CompanyInput::default()
    }
}

/// What only administrators see.
#[component]
fn Defaults(form: FormHandle, zones: Vec<String>, typed: CompanyInput) -> impl IntoView {
    let (chosen, accent, sender) = (typed.time_zone, typed.accent, typed.sender_name);
    let only_managers = typed.only_managers.is_some();
    let none_chosen = chosen.is_empty();
    view! {
        <div class="field">
            <label for="time_zone">{texts::TIME_ZONE}</label>
            <FieldProblem form field=Field::TimeZone/>
            <select
                id="time_zone"
                name="time_zone"
                aria-invalid=move || form.has_problem(Field::TimeZone).then_some("true")
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
            role="radiogroup"
            aria-invalid=move || form.has_problem(Field::Accent).then_some("true")
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
                            <label for=id>{texts::accent(choice)}</label>
                        </div>
                    }
                })
                .collect_view()}
        </fieldset>
        <TextField form field=Field::SenderName label=texts::SENDER_NAME value=sender hint=texts::SENDER_NAME_HINT/>
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

/// One line to type.
#[component]
fn TextField(
    form: FormHandle,
    field: Field,
    label: &'static str,
    /// What stands there first.
    value: String,
    /// What is typed there.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=field.name()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{}-hint", field.name())>{hint}</p> })}
            <FieldProblem form field/>
            <input
                id=field.name()
                name=field.name()
                type=kind
                value=value
                aria-invalid=move || form.has_problem(field).then_some("true")
                aria-describedby=described_by(form, field, hint.is_some())
            />
        </div>
    }
}
