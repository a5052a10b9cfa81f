//! The choice of a role, out of those that the reader may give.

use leptos::prelude::*;
use rekey_domain::role::Role;

use crate::texts::pages;
use crate::texts::people as texts;
use crate::ui::components::form::{FieldProblem, FormHandle, described_by, is_invalid};
use crate::wire::forms::Field;

/// The radio group.
#[component]
pub fn RoleChoice(
    form: FormHandle,
    /// Highest first.
    roles: Vec<Role>,
    /// Which one stands chosen at first.
    chosen: Option<Role>,
    /// Whether a heading says already what is chosen here.
    #[prop(optional)]
    has_heading: bool,
) -> impl IntoView {
    let field = Field::Role;
    let choices = roles.into_iter().enumerate().map(|(number, role)| {
        // The error summary leads to the first.
        let id = if number == 0 {
            field.name().to_owned()
        } else {
            format!("{}-{role}", field.name())
        };
        let line = format!("{}-{role}-line", field.name());
        view! {
            <div class="check">
                <input
                    type="radio"
                    id=id.clone()
                    name=field.name()
                    value=role.as_str()
                    checked=chosen == Some(role)
                    aria-describedby=line.clone()
                />
                <label for=id>{pages::role(role)}</label>
                <span class="muted" id=line>{texts::role_line(role)}</span>
            </div>
        }
    });
    view! {
        <fieldset
            role="radiogroup"
            aria-invalid=is_invalid(form, field)
            aria-describedby=described_by(form, field, false)
        >
            <legend class=has_heading.then_some("visually-hidden")>{texts::ROLE}</legend>
            <FieldProblem form field/>
            {choices.collect_view()}
        </fieldset>
    }
}
