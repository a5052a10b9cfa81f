//! A field for a secret, with a button that shows it. The button needs script, so it is absent without.

use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::CustomAttribute;

use crate::texts::pages as texts;
use crate::ui::components::form::{FieldHint, FieldProblem, FormHandle, described_by, is_invalid};
use crate::ui::live::password::ShowPassword;
use crate::wire::forms::Field;

/// The field. Its value never comes from the server, and leaves the page only with the form.
#[component]
pub fn PasswordField(
    form: FormHandle,
    field: Field,
    label: &'static str,
    autocomplete: &'static str,
    /// What the button in it shows, in words.
    #[prop(default = texts::A_PASSWORD)]
    shows: &'static str,
    /// Under the label, where a new password is chosen.
    #[prop(optional)]
    hint: Option<String>,
    /// For browsers that generate passwords.
    #[prop(optional)]
    rules: Option<String>,
    /// The id of a further line that describes the field.
    #[prop(optional)]
    more: Option<&'static str>,
    /// Whether a refusal leaves it empty, as it does when the server renders the page again.
    #[prop(optional)]
    is_emptied: bool,
) -> impl IntoView {
    let described = match (described_by(form, field, hint.is_some()), more) {
        (Some(ids), Some(more)) => Some(format!("{ids} {more}")),
        (ids, more) => ids.or_else(|| more.map(str::to_owned)),
    };
    let input = view! {
        <input
            id=field.name()
            name=field.name()
            type="password"
            autocomplete=autocomplete
            spellcheck="false"
            autocapitalize="none"
            aria-invalid=is_invalid(form, field)
            aria-describedby=described
            data-emptied=is_emptied
        />
    };
    // Not in the framework's list of attributes.
    let input = input.attr("passwordrules", rules);
    view! {
        <div class="field">
            <label for=field.name()>{label}</label>
            {hint.map(|words| view! { <FieldHint field words/> })}
            <FieldProblem form field/>
            <div class="with-button">
                {input}
                <ShowPassword field=field.name().to_owned() shows=shows.to_owned()/>
            </div>
        </div>
    }
}
