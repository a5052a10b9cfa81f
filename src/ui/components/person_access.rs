//! The section `Linked companies` of a person's page: where they may act besides their own company. Plain posts.

use leptos::prelude::*;
use rekey_domain::id::UserId;

use crate::texts::linked as texts;
use crate::ui::components::company_field::CompanyField;
use crate::wire::linked::{AccessOfPerson, LinkedRow};
use crate::wire::paths;

/// The section.
#[component]
pub fn PersonAccess(
    /// On whom.
    user: UserId,
    /// What they have, and what they could have.
    access: AccessOfPerson,
) -> impl IntoView {
    let AccessOfPerson { given, others } = access;
    view! {
        <section aria-labelledby="access">
            <h2 id="access">{texts::TITLE}</h2>
            <p class="hint">{texts::WHAT_ACCESS_IS}</p>
            {if given.is_empty() {
                view! { <p>{texts::NO_ACCESS_YET}</p> }.into_any()
            } else {
                view! {
                    <ul class="people">
                        {given.into_iter().map(|row| view! { <Given user row/> }).collect_view()}
                    </ul>
                }
                    .into_any()
            }}
            {(!others.is_empty()).then(|| view! { <Give user others/> })}
        </section>
    }
}

#[component]
fn Given(user: UserId, row: LinkedRow) -> impl IntoView {
    view! {
        <li>
            <form method="post" action=paths::remove_access(user) class="inline">
                <span><bdi>{row.name.clone()}</bdi>{row.since.map(|day| texts::has_access(&day))}</span>
                <CompanyField/>
                <input type="hidden" name="child" value=row.id.to_string()/>
                <button type="submit" class="secondary danger">{texts::remove_access(&row.name)}</button>
            </form>
        </li>
    }
}

#[component]
fn Give(user: UserId, others: Vec<LinkedRow>) -> impl IntoView {
    view! {
        <form method="post" action=paths::give_access(user) class="inline">
            <CompanyField/>
            <div class="field">
                <label for="child">{texts::COMPANY}</label>
                <select id="child" name="child">
                    {others
                        .into_iter()
                        .enumerate()
                        .map(|(index, row)| {
                            view! { <option value=row.id.to_string() selected=index == 0>{row.name}</option> }
                        })
                        .collect_view()}
                </select>
            </div>
            <button type="submit" class="secondary">{texts::GIVE}</button>
        </form>
    }
}
