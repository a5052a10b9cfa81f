//! The life of a reset as a picture: four bars, like the bitting of a key, and how long the link still works.

use leptos::prelude::*;
use rekey_domain::reset::Headline;
use rekey_domain::stages::{Progress, Stage};

use crate::texts::stages as texts;
use crate::wire::views::LinkLeft;

/// The stages. What each bar's shape says is said in words below it, too.
#[component]
pub fn Stages(stages: [(Stage, Progress); 4], headline: Headline) -> impl IntoView {
    let stages = stages.map(|(stage, progress)| {
        view! {
            <li data-key=stage.as_str() data-progress=progress.as_str()>
                <strong>{texts::stage(stage)}</strong>
                " "
                <span>{texts::progress(stage, progress, headline)}</span>
            </li>
        }
    });
    view! {
        <ol class="stages" aria-label=texts::STAGES>
            {stages.collect_view()}
        </ol>
    }
}

/// How long the link still works, as a bar and in words.
#[component]
pub fn TimeLeft(left: LinkLeft) -> impl IntoView {
    view! {
        <p class="left">
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="4"></rect>
                <rect width=left.percent.to_string() height="4"></rect>
            </svg>
            {texts::left(left.time)}
        </p>
    }
}
