//! The section `Account` of a person's page: signing out everywhere, deleting, restoring. The button is a plain post; the
//! links lead to pages that ask.

use leptos::prelude::*;

use crate::texts::people as texts;
use crate::ui::components::company_field::CompanyField;
use crate::wire::forms::OnPerson;
use crate::wire::paths;

/// The section, where there is anything to do.
#[component]
pub fn PersonAccount(
    /// On whom.
    input: OnPerson,
    /// Whether the person's sessions may be ended.
    signs_out: bool,
    /// Whether the account may be deleted.
    deletes: bool,
    /// Whether it may be restored.
    restores: bool,
) -> impl IntoView {
    (restores || deletes).then(|| {
        view! {
            <section aria-labelledby="account-heading">
                <h2 id="account-heading">{texts::ACCOUNT}</h2>
                <div class="actions">
                    {signs_out
                        .then(|| {
                            view! {
                                <form method="post" action=paths::person_sign_out(input.user)>
                                    <CompanyField/>
                                    <button type="submit" class="secondary">{texts::SIGN_OUT_EVERYWHERE}</button>
                                </form>
                            }
                        })}
                    {deletes.then(|| view! { <a href=paths::person_delete(input.user) class="button quiet danger">{texts::DELETE}</a> })}
                    {restores.then(|| view! { <a href=paths::person_restore(input.user)>{texts::RESTORE}</a> })}
                </div>
            </section>
        }
    })
}
