//! The newest reset: its badge, what became of it, its stages as a picture, and its steps.

use leptos::prelude::*;

use crate::texts::pages::user as texts;
use crate::texts::{resets, timeline};
use crate::ui::components::stages::{Stages, TimeLeft};
use crate::ui::components::time::{Deadline, Time};
use crate::wire::resets::{ServerReply, Step};
use crate::wire::views::LatestReset as View;

/// The reset; nothing while there is none.
#[component]
pub fn LatestReset(
    #[prop(optional_no_strip)] reset: Option<View>,
    /// What can be done about it, between what became of it and its steps.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    reset.map(|reset| {
        let steps = reset
            .steps
            .into_iter()
            .map(|step| view! { <OneStep step/> })
            .collect_view();
        view! {
            <p class="state">
                <span class="badge" data-state=reset.headline.as_str()>{resets::badge(reset.headline)}</span>
                " "
                {reset.sentence}
            </p>
            <Stages stages=reset.stages headline=reset.headline/>
            {reset.left.map(|left| view! { <TimeLeft left/> })}
            {children.map(|children| children())}
            // Parts before it come and go: it stays the same one, with whatever was opened in it.
            <ol class="steps" aria-label=timeline::STEPS data-key="steps">{steps}</ol>
            <dl class="facts row">
                <div><dt>{texts::VALID_UNTIL}</dt><dd><Deadline until=reset.valid_until/></dd></div>
                <div><dt>{texts::REFERENCE}</dt><dd><code>{reset.reference}</code></dd></div>
            </dl>
        }
    })
}

/// A step, which may come to say more while the page follows.
#[component]
fn OneStep(step: Step) -> impl IntoView {
    let reply = step.reply.map(|reply| view! { <Reply reply/> });
    view! { <li data-key=step.key><Time moment=step.at/> " " <div>{step.text} {reply}</div></li> }
}

/// What the mail server said, as it said it.
#[component]
fn Reply(reply: ServerReply) -> impl IntoView {
    let codes = [reply.code.map(|code| code.to_string()), reply.enhanced];
    let codes = codes.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let codes = (!codes.is_empty()).then(|| view! { <strong>{codes}</strong> " " });
    view! {
        <details>
            <summary>{texts::SERVER_REPLY}</summary>
            <p dir="ltr"><code>{codes} {reply.text}</code></p>
        </details>
    }
}
