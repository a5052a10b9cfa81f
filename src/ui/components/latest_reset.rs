//! A reset in words: its badge, what happened, the mail server's reply. Each part changes by itself, so that what one has
//! opened or selected stays.

use leptos::prelude::*;
use rekey_domain::reset::Headline;

use crate::texts::pages::user as texts;
use crate::texts::resets;
use crate::ui::components::time::Time;
use crate::wire::views::LatestReset as View;

/// The reset; nothing while there is none.
#[component]
pub fn LatestReset(#[prop(into)] reset: Signal<Option<View>>) -> impl IntoView {
    let is_there = Memo::new(move |_| reset.with(Option::is_some));
    let headline = move || reset.with(|reset| reset.as_ref().map(|reset| reset.headline));
    let sentence = move || reset.with(|reset| reset.as_ref().map(|reset| reset.sentence.clone()));
    let reply = Memo::new(move |_| reset.with(|reset| reset.as_ref().and_then(|reset| reset.server_reply.clone())));
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
                {move || {
                    reply
                        .get()
                        .map(|reply| {
                            view! {
                                <details>
                                    <summary>{texts::SERVER_REPLY}</summary>
                                    <p dir="ltr"><code>{reply}</code></p>
                                </details>
                            }
                        })
                }}
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
