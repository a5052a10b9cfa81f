//! The section `Role` of a person's page: the form, or the role and who may be edited.

use leptos::prelude::*;
use rekey_domain::role::Role;

use crate::api::users::ChangeRole;
use crate::texts::pages;
use crate::texts::people as texts;
use crate::ui::boundary;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::form::{FormHandle, SubmitButton};
use crate::ui::components::role_choice::RoleChoice;
use crate::wire::done::Done;
use crate::wire::forms::OnPerson;
use crate::wire::people::{ChangeRoleInput, ChangedTo};

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
    let save = ServerAction::<ChangeRole>::new();
    Effect::new(move |_| match save.value().get() {
        Some(Ok(())) => boundary::load(&format!("/company/users/{user}?done={}", Done::RoleSaved.word())),
        Some(Err(error)) => form.refuse(error),
        None => (),
    });
    let was = RwSignal::new(role);
    Effect::new(move |_| {
        if let Some(ChangedTo::Role(role)) = form.changed_meanwhile() {
            was.set(role);
        }
    });
    let busy = save.pending();
    // After a refusal the server shows what was chosen.
    let typed = form.typed_person().and_then(|typed| typed.role);
    let chosen = typed.map_or(Some(role), |typed| typed.parse().ok());
    view! {
        <section aria-labelledby="role-heading">
            <h2 id="role-heading">{texts::ROLE}</h2>
            <form
                method="post"
                action=format!("/company/users/{user}")
                novalidate
                class="narrow"
                on:submit=form.submit_here(busy, move |input: ChangeRoleInput| {
                    save.dispatch(ChangeRole { user, input });
                })
            >
                <CompanyField/>
                <input type="hidden" name="was_role" value=move || was.get().as_str()/>
                <RoleChoice form roles chosen has_heading=true/>
                <div class="actions"><SubmitButton text=texts::SAVE_ROLE busy/></div>
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
