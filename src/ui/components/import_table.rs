//! Lines of a list of people, of one kind: who will be invited, who is here already, who can't be imported and why.

use leptos::prelude::*;
use rekey_domain::batch::LineOutcome;

use crate::texts::import as texts;
use crate::texts::pages::EMAIL;
use crate::wire::import::{ImportLine, ImportLines};
use crate::wire::paths;

/// The heading and the table; nothing where there are no such lines.
#[component]
pub fn ImportTable(
    /// Of the heading, which names the table.
    id: &'static str,
    heading: String,
    lines: ImportLines,
) -> impl IntoView {
    let left_out = lines.total.saturating_sub(lines.shown.len() as u64);
    let says_why = lines.shown.iter().any(says_why);
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    (lines.total > 0).then(|| {
        view! {
            <section aria-labelledby=id>
                <h2 id=id>{heading}</h2>
                <table role="table" aria-labelledby=id class="cards">
                    <thead role="rowgroup">
                        <tr role="row">
                            {head(texts::LINE)} {head(texts::NAME)} {head(EMAIL)} {head(texts::ROLE)}
                            {says_why.then(|| head(texts::WHY))}
                        </tr>
                    </thead>
                    <tbody role="rowgroup">
                        {lines.shown.into_iter().map(|line| view! { <Row line says_why/> }).collect_view()}
                    </tbody>
                </table>
                {(left_out > 0).then(|| view! { <p class="muted">{texts::more(left_out)}</p> })}
            </section>
        }
    })
}

/// Whether the heading alone does not tell what will come of a line.
fn says_why(line: &ImportLine) -> bool {
    !matches!(line.outcome, LineOutcome::Ready | LineOutcome::AlreadyHere)
}

#[component]
fn Row(line: ImportLine, says_why: bool) -> impl IntoView {
    let name = match line.user {
        Some(user) => view! { <a href=paths::person(user)><bdi>{line.name}</bdi></a> }.into_any(),
        None => view! { <bdi>{line.name}</bdi> }.into_any(),
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{line.line}</th>
            <td role="cell" data-label=texts::NAME>{name}</td>
            <td role="cell" data-label=EMAIL><bdi>{line.email}</bdi></td>
            <td role="cell" data-label=texts::ROLE><bdi>{texts::role(&line.role)}</bdi></td>
            {says_why.then(|| view! { <td role="cell" data-label=texts::WHY>{line.why}</td> })}
        </tr>
    }
}
