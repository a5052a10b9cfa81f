//! Tables of the lines of a batch: who gets something, and who does not and why.

use leptos::prelude::*;

use crate::texts::batches as texts;
use crate::texts::pages as shared;
use crate::wire::batches::{ShownLine, ShownLines};
use crate::wire::paths;

/// A table of them, under its heading; nothing where there are none.
#[component]
pub fn BatchLines(
    lines: ShownLines,
    /// Names it, with how many there are.
    heading: String,
    /// Where a link on the page can lead.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether the reasons stand beside.
    #[prop(default = false)]
    with_reasons: bool,
) -> impl IntoView {
    (lines.total > 0).then(|| {
        let ShownLines { lines, total } = lines;
        let shown = lines.len();
        let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
        view! {
            <h2 id=id>{heading.clone()}</h2>
            <table role="table" aria-label=heading class="cards">
                <thead role="rowgroup">
                    <tr role="row">
                        {head(texts::NAME)} {head(shared::EMAIL)} {with_reasons.then(|| head(texts::WHY))}
                    </tr>
                </thead>
                <tbody role="rowgroup">
                    {lines.into_iter().map(|line| view! { <Line line with_reasons/> }).collect_view()}
                </tbody>
            </table>
            {((shown as u64) < total).then(|| view! { <p class="muted">{texts::first_of(shown, total)}</p> })}
        }
    })
}

#[component]
fn Line(line: ShownLine, with_reasons: bool) -> impl IntoView {
    let ShownLine {
        name, email, user, why, ..
    } = line;
    // An address that is nobody's may have no name: it names the row then.
    let is_nameless = name.is_empty();
    let name = match user {
        Some(user) => view! { <a href=paths::person(user)><bdi>{name}</bdi></a> }.into_any(),
        None => view! { <bdi>{name}</bdi> }.into_any(),
    };
    let email = view! { <bdi>{email}</bdi> };
    let (first, second) = if is_nameless {
        (
            view! { <td role="cell"></td> }.into_any(),
            view! { <th role="rowheader" scope="row" data-label=shared::EMAIL>{email}</th> }.into_any(),
        )
    } else {
        (
            view! { <th role="rowheader" scope="row">{name}</th> }.into_any(),
            view! { <td role="cell" data-label=shared::EMAIL>{email}</td> }.into_any(),
        )
    };
    view! {
        <tr role="row">
            {first} {second}
            {with_reasons.then(|| view! { <td role="cell" data-label=texts::WHY>{why}</td> })}
        </tr>
    }
}
