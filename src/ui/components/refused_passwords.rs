//! The section `Refused sign-ins` of a person's page: the last passwords that were refused, when and from where (F14).

use leptos::prelude::*;

use crate::texts::activity::{from_address, password_refused, times};
use crate::texts::people as texts;
use crate::ui::components::time::Time;
use crate::wire::people::RefusedPassword;

/// The section, where there are any.
#[component]
pub fn RefusedPasswords(refused: Vec<RefusedPassword>) -> impl IntoView {
    (!refused.is_empty()).then(|| {
        let items = refused
            .into_iter()
            .map(|refused| view! { <Item refused/> })
            .collect_view();
        view! {
            <section aria-labelledby="refused-sign-ins">
                <h2 id="refused-sign-ins">{texts::REFUSED_SIGN_INS}</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}

#[component]
fn Item(refused: RefusedPassword) -> impl IntoView {
    let RefusedPassword {
        at,
        network,
        why,
        times: n,
    } = refused;
    let how_often = (n > 1).then(|| format!(", {}", times(n)));
    view! {
        <li>
            <Time moment=at/>
            " "
            {from_address(&network)}
            ": "
            {password_refused(why)}
            {how_often}
        </li>
    }
}
