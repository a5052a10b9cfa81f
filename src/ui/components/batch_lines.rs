//! Tables of the lines of a batch: who gets something, and who does not and why.

use leptos::prelude::*;

use crate::texts::batches as texts;
use crate::texts::pages as shared;
use crate::wire::batches::{ShownLine, ShownLines};

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
    // An address that is nobody's has no name, and stands in its place.
    let (name, email) = if line.name.is_empty() {
        (line.email, String::new())
    } else {
        (line.name, line.email)
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">
                {match line.user {
                    Some(user) => view! { <a href=format!("/company/users/{user}")><bdi>{name}</bdi></a> }.into_any(),
                    None => view! { <bdi>{name}</bdi> }.into_any(),
                }}
            </th>
            <td role="cell" data-label=shared::EMAIL><bdi>{email}</bdi></td>
            {with_reasons.then(|| view! { <td role="cell" data-label=texts::WHY>{line.why}</td> })}
        </tr>
    }
}
