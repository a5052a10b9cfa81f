//! Fields that several forms have: the address and the name of somebody, and any other line to type.

use leptos::prelude::*;

use crate::texts::{account, pages};
use crate::ui::components::form::{FieldHint, FieldProblem, FormHandle, described_by, is_invalid};
use crate::wire::forms::Field;

/// A form's address field.
#[component]
pub fn EmailField(
    form: FormHandle,
    #[prop(default = "email")] autocomplete: &'static str,
    /// What stands in it at first; else what was typed before.
    #[prop(optional, into)]
    value: Option<String>,
    /// What to know about it.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let field = Field::Email;
    view! {
        <div class="field">
            <label for=field.name()>{pages::EMAIL}</label>
            {hint.map(|words| view! { <FieldHint field words/> })}
            <FieldProblem form field/>
            <input
                id=field.name()
                name=field.name()
                type="email"
                autocomplete=autocomplete
                value=value.unwrap_or_else(|| form.typed_or_empty(field))
                dir="ltr"
                spellcheck="false"
                autocapitalize="none"
                aria-invalid=is_invalid(form, field)
                aria-describedby=described_by(form, field, hint.is_some())
            />
        </div>
    }
}

/// A form's field for the name of somebody.
#[component]
pub fn NameField(
    form: FormHandle,
    /// What stands in it at first.
    value: String,
    #[prop(default = "off")] autocomplete: &'static str,
    /// Whether it has the focus when the page comes.
    #[prop(default = false)]
    is_first: bool,
) -> impl IntoView {
    let field = Field::Name;
    view! {
        <div class="field">
            <label for=field.name()>{account::NAME}</label>
            <FieldProblem form field/>
            <input
                id=field.name()
                name=field.name()
                type="text"
                autocomplete=autocomplete
                autofocus=is_first
                value=value
                aria-invalid=is_invalid(form, field)
                aria-describedby=described_by(form, field, false)
            />
        </div>
    }
}

/// One line to type.
#[component]
pub fn TextField(
    form: FormHandle,
    field: Field,
    label: &'static str,
    /// What stands there before anybody types.
    value: String,
    /// What is typed there.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=field.name()>{label}</label>
            {hint.map(|words| view! { <FieldHint field words/> })}
            <FieldProblem form field/>
            <input
                id=field.name()
                name=field.name()
                type=kind
                value=form.typed(field.name()).unwrap_or(value)
                aria-invalid=is_invalid(form, field)
                aria-describedby=described_by(form, field, hint.is_some())
            />
        </div>
    }
}
