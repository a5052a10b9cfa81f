//! The resets of a person before the newest one: a heading and a table, absent while there is none.

use leptos::prelude::*;
use rekey_domain::id::ResetId;

use crate::texts::pages::user as texts;
use crate::texts::{resets as words, timeline};
use crate::ui::components::time::Time;
use crate::wire::resets::EarlierReset;

/// The table.
#[component]
pub fn EarlierResets(#[prop(into)] resets: Signal<Vec<EarlierReset>>) -> impl IntoView {
    let has_any = Memo::new(move |_| resets.with(|resets| !resets.is_empty()));
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    move || {
        has_any.get().then(|| {
            view! {
                <h3 id="earlier">{timeline::EARLIER}</h3>
                <table role="table" aria-labelledby="earlier" class="cards">
                    <thead role="rowgroup">
                        <tr role="row">
                            {head(texts::ASKED)} {head(timeline::ASKED_BY)} {head(timeline::STATE)}
                            {head(texts::VALID_UNTIL)} {head(texts::REFERENCE)}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        <For
                            each=move || resets.get()
                            key=|reset| reset.id
                            children=move |reset| view! { <Row reset resets/> }
                        />
                    </tbody>
                </table>
            }
        })
    }
}

/// Of an older reset only the state can change.
#[component]
fn Row(reset: EarlierReset, resets: Signal<Vec<EarlierReset>>) -> impl IntoView {
    let (id, first) = (reset.id, reset.headline);
    let headline = Memo::new(move |_| resets.with(|resets| of(resets, id).map_or(first, |reset| reset.headline)));
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><Time moment=reset.asked/></th>
            <td role="cell" data-label=timeline::ASKED_BY><bdi>{reset.asked_by}</bdi></td>
            <td role="cell" data-label=timeline::STATE>
                <span class="badge" data-state=move || headline.get().as_str()>
                    {move || words::badge(headline.get())}
                </span>
            </td>
            <td role="cell" data-label=texts::VALID_UNTIL><Time moment=reset.valid_until/></td>
            <td role="cell" data-label=texts::REFERENCE><code>{reset.reference}</code></td>
        </tr>
    }
}

fn of(resets: &[EarlierReset], id: ResetId) -> Option<&EarlierReset> {
    resets.iter().find(|reset| reset.id == id)
}
