//! The resets of a person before the newest one: a heading and a table, absent while there is none.

use leptos::prelude::*;

use crate::texts::pages::user as texts;
use crate::texts::{resets as words, timeline};
use crate::ui::components::time::{Deadline, Time};
use crate::wire::resets::EarlierReset;

/// The table.
#[component]
pub fn EarlierResets(resets: Vec<EarlierReset>) -> impl IntoView {
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    (!resets.is_empty()).then(|| {
        let rows = resets.into_iter().map(|reset| view! { <Row reset/> }).collect_view();
        view! {
            <h3 id="earlier">{timeline::EARLIER}</h3>
            <table role="table" aria-labelledby="earlier" class="cards">
                <thead role="rowgroup">
                    <tr role="row">
                        {head(texts::ASKED)} {head(timeline::ASKED_BY)} {head(timeline::STATE)}
                        {head(texts::VALID_UNTIL)} {head(texts::REFERENCE)}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
    })
}

#[component]
fn Row(reset: EarlierReset) -> impl IntoView {
    view! {
        <tr role="row" data-key=reset.id.to_string()>
            <th role="rowheader" scope="row"><Time moment=reset.asked/></th>
            <td role="cell" data-label=timeline::ASKED_BY><bdi>{reset.asked_by}</bdi></td>
            <td role="cell" data-label=timeline::STATE>
                <span class="badge" data-state=reset.headline.as_str()>{words::badge(reset.headline)}</span>
            </td>
            <td role="cell" data-label=texts::VALID_UNTIL><Deadline until=reset.valid_until/></td>
            <td role="cell" data-label=texts::REFERENCE><code>{reset.reference}</code></td>
        </tr>
    }
}
