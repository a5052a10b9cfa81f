//! The section `Role` of a person's page: the form, or the role and who may be edited.

use leptos::prelude::*;
use rekey_domain::role::Role;

use crate::texts::pages;
use crate::texts::people as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::form::{FormHandle, SubmitButton};
use crate::ui::components::role_choice::RoleChoice;
use crate::wire::forms::{Field, OnPerson};
use crate::wire::paths;
use crate::wire::people::ChangedTo;

/// The form.
#[component]
pub fn PersonRole(
    form: FormHandle,
    /// On whom.
    input: OnPerson,
    /// As the page knows it.
    role: Role,
    /// Those that may be given.
    roles: Vec<Role>,
) -> impl IntoView {
    let OnPerson { user, .. } = input;
    let was = match form.changed_meanwhile() {
        Some(ChangedTo::Role(role)) => role,
        // What the form had read, when it is shown again.
        _ => form.typed("was_role").and_then(|was| was.parse().ok()).unwrap_or(role),
    };
    // After a refusal the server shows what was chosen.
    let typed = form.typed(Field::Role.name());
    let chosen = typed.map_or(Some(role), |typed| typed.parse().ok());
    view! {
        <section aria-labelledby="role-heading">
            <h2 id="role-heading">{texts::ROLE}</h2>
            <form
                method="post"
                action=paths::person(user)
                data-door="change-role"
                data-with=format!("input[user]={user}")
                novalidate
                class="narrow"
            >
                <CompanyField/>
                <input type="hidden" name="was_role" value=was.as_str()/>
                <RoleChoice form roles chosen has_heading=true/>
                <div class="actions"><SubmitButton text=texts::SAVE_ROLE is_secondary=true/></div>
            </form>
        </section>
    }
}

/// The role of somebody whom the reader may not edit.
#[component]
pub fn RoleOnly(role: Role) -> impl IntoView {
    view! {
        <section aria-labelledby="role-heading">
            <h2 id="role-heading">{texts::ROLE}</h2>
            <p>{pages::role(role)}</p>
            <p>{texts::BELOW_ONLY}</p>
        </section>
    }
}
