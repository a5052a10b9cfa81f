//! The newest reset in words: its badge, what became of it, and its steps. Each part changes by itself, so that what one
//! has opened or selected stays.

use leptos::prelude::*;
use rekey_domain::reset::Headline;

use crate::texts::pages::user as texts;
use crate::texts::{resets, timeline};
use crate::ui::components::time::Time;
use crate::wire::resets::{ServerReply, Step};
use crate::wire::views::LatestReset as View;

/// The reset; nothing while there is none.
#[component]
pub fn LatestReset(#[prop(into)] reset: Signal<Option<View>>) -> impl IntoView {
    let is_there = Memo::new(move |_| reset.with(Option::is_some));
    let headline = move || reset.with(|reset| reset.as_ref().map(|reset| reset.headline));
    let sentence = move || reset.with(|reset| reset.as_ref().map(|reset| reset.sentence.clone()));
    let facts = Memo::new(move |_| {
        reset.with(|reset| {
            let reset = reset.as_ref()?;
            Some((reset.asked.clone(), reset.valid_until.clone(), reset.reference.clone()))
        })
    });
    move || {
        is_there.get().then(|| {
            view! {
                <p>
                    <span class="badge" data-state=move || headline().map(Headline::as_str)>
                        {move || headline().map(resets::badge)}
                    </span>
                    " "
                    {sentence}
                </p>
                {view! { <Steps reset/> }.into_any()}
                {move || {
                    facts
                        .get()
                        .map(|(asked, until, reference)| {
                            view! {
                                <dl class="facts row">
                                    <div><dt>{texts::ASKED}</dt><dd><Time moment=asked/></dd></div>
                                    <div><dt>{texts::VALID_UNTIL}</dt><dd><Time moment=until/></dd></div>
                                    <div><dt>{texts::REFERENCE}</dt><dd><code>{reference}</code></dd></div>
                                </dl>
                            }
                        })
                }}
            }
        })
    }
}

/// What happened, in its order.
#[component]
fn Steps(reset: Signal<Option<View>>) -> impl IntoView {
    let of_now = move || reset.with(|reset| reset.as_ref().map(|reset| reset.steps.clone()).unwrap_or_default());
    // Of another reset's steps none is the same.
    let key = move |step: &Step| {
        let reference = reset.with_untracked(|reset| reset.as_ref().map(|reset| reset.reference.clone()));
        (reference, step.key.clone())
    };
    view! {
        <ol class="steps" aria-label=timeline::STEPS>
            <For each=of_now key=key children=move |step| view! { <OneStep first=step reset/> }/>
        </ol>
    }
}

/// A step, which may come to say more while one looks.
#[component]
fn OneStep(first: Step, reset: Signal<Option<View>>) -> impl IntoView {
    let key = first.key.clone();
    let step = Memo::new(move |before: Option<&Step>| {
        let now = reset.with(|reset| reset.as_ref()?.steps.iter().find(|step| step.key == key).cloned());
        now.unwrap_or_else(|| before.cloned().unwrap_or_else(|| first.clone()))
    });
    let at = Memo::new(move |_| step.with(|step| step.at.clone()));
    let reply = Memo::new(move |_| step.with(|step| step.reply.clone()));
    view! {
        <li>
            {move || view! { <Time moment=at.get()/> }} " " {move || step.with(|step| step.text.clone())}
            {move || reply.get().map(|reply| view! { <Reply reply/> })}
        </li>
    }
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
