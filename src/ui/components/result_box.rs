//! What stands before a page's heading and tells what the previous press did. It stays until the next page: no vanishing
//! toasts (WCAG 2.2.1). Islands write into the same place (`ui/live/browser.rs`).

use leptos::prelude::*;

use crate::texts::pages as texts;
use crate::ui::live::browser::OUTCOME;

/// A success, a trouble that is not a form's fault, or something to know; nothing where nothing was done.
#[component]
pub fn Outcome(
    /// What was done.
    #[prop(optional_no_strip)]
    done: Option<String>,
    /// What went wrong.
    #[prop(optional_no_strip)]
    problem: Option<String>,
    /// A box that follows what becomes of it.
    #[prop(optional)]
    children: Option<Children>,
    /// What happened without a press.
    #[prop(optional_no_strip)]
    note: Option<String>,
) -> impl IntoView {
    view! {
        <div id=OUTCOME>
            {done.map(|text| told(None, Kind::Done, text))}
            {problem.map(|text| told(None, Kind::Problem, text))}
            {children.map(|children| children())}
            {note.map(|text| view! { <section class="box neutral" aria-label=texts::NOTE><p>{text}</p></section> })}
        </div>
    }
}

/// How a box looks, and what it is called.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// It went well.
    Done,
    /// Something to know.
    Note,
    /// Something to be mended.
    Problem,
}

/// The box before a page's heading that tells of a press; where it follows, as the part of this name.
pub fn told(part: Option<&'static str>, kind: Kind, words: String) -> impl IntoView + use<> {
    let (class, label) = match kind {
        Kind::Done => ("box done", texts::DONE),
        Kind::Note => ("box note", texts::NOTE),
        Kind::Problem => ("box problem", texts::PROBLEM),
    };
    view! { <section class=class aria-label=label data-live=part><p>{words}</p></section> }
}
