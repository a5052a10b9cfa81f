//! A field for a secret, with a button that shows it. The button needs script, so it is absent without.

use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::CustomAttribute;

use crate::texts::pages as texts;
use crate::ui::boundary;
use crate::ui::components::form::{FieldProblem, FormHandle, described_by};
use crate::wire::forms::Field;

/// The field. Its value never comes from the server, and leaves the page only with the form.
#[component]
pub fn PasswordField(
    form: FormHandle,
    field: Field,
    label: &'static str,
    autocomplete: &'static str,
    /// The words of the button that shows it.
    #[prop(default = texts::SHOW_PASSWORD)]
    show: &'static str,
    /// The words of the same button while it is shown.
    #[prop(default = texts::HIDE_PASSWORD)]
    hide: &'static str,
    /// Under the label, where a new password is chosen.
    #[prop(optional)]
    hint: Option<String>,
    /// For browsers that generate passwords.
    #[prop(optional)]
    rules: Option<String>,
    /// The id of a further line that describes the field.
    #[prop(optional)]
    more: Option<&'static str>,
    /// Called with the field's text while it is typed.
    #[prop(optional)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let live = boundary::is_live();
    let shown = RwSignal::new(false);
    // What is shown is hidden again before it leaves the page.
    Effect::new(move |_| {
        form.track_submissions();
        shown.set(false);
    });
    let base = described_by(form, field, hint.is_some());
    let described = move || match (base(), more) {
        (Some(ids), Some(more)) => Some(format!("{ids} {more}")),
        (ids, more) => ids.or_else(|| more.map(str::to_owned)),
    };
    let input = view! {
        <input
            id=field.name()
            name=field.name()
            type=move || if shown.get() { "text" } else { "password" }
            autocomplete=autocomplete
            spellcheck="false"
            autocapitalize="none"
            aria-invalid=move || form.has_problem(field).then_some("true")
            aria-describedby=described
            on:input=move |event| {
                if let Some(on_input) = on_input {
                    on_input.run(event_target_value(&event));
                }
            }
        />
    };
    // Not in the framework's list of attributes.
    let input = input.attr("passwordrules", rules);
    view! {
        <div class="field">
            <label for=field.name()>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{}-hint", field.name())>{hint}</p> })}
            <FieldProblem form field/>
            <div class="with-button">
                {input}
                {move || {
                    live.get()
                        .then(|| {
                            view! {
                                <button type="button" class="secondary" on:click=move |_| shown.update(|shown| *shown = !*shown)>
                                    {move || if shown.get() { hide } else { show }}
                                </button>
                            }
                        })
                }}
            </div>
        </div>
    }
}
