//! The frame of every page: skip link, name of the company acted in, navigation, the bar inside a linked company, main,
//! footer, live region.

use leptos::prelude::*;

use crate::texts::account as account_texts;
use crate::texts::linked;
use crate::texts::pages as texts;
use crate::ui::asked;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::mark::Mark;
use crate::ui::live::browser::ANNOUNCER;
use crate::ui::live::idle_warning::{DIALOG, IdleWarning, STAY, WHY};
use crate::wire::account::SessionLeft;
use crate::wire::paths;
use crate::wire::views::{Frame, Viewer};

/// What the frame of this visit shows.
pub fn frame() -> Frame {
    use_context().unwrap_or_default()
}

/// Wraps every page.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let frame = frame();
    let banner = frame.viewer.as_ref().and_then(|viewer| {
        let company = viewer.company_name.clone();
        viewer.banner.clone().map(|banner| view! { <Banner company banner/> })
    });
    let acting = frame
        .viewer
        .clone()
        .and_then(|viewer| Some((viewer.company_name, viewer.acting_for?)));
    let is_signed_out = frame.viewer.is_none();
    let lost = frame.viewer.as_ref().zip(frame.lost.as_ref());
    let lost = lost.map(|(viewer, lost)| linked::lost(lost, &viewer.company_name));
    view! {
        <a class="skip" href="#main">{texts::SKIP}</a>
        <header class="frame">
            <a class="brand" href=paths::DASHBOARD><Mark/>{texts::PRODUCT}</a>
            {frame.viewer.map(|viewer| view! { <SignedInBar viewer/> })}
        </header>
        {banner}
        {acting.map(|(company, home)| view! { <ActingBar company home/> })}
        {frame.session.map(|left| view! { <StillThere left/> })}
        <main id="main" tabindex="-1">
            {is_signed_out.then(|| view! { <Mark/> })}
            {lost.map(|words| view! { <LostNote words/> })}
            {children()}
        </main>
        <footer class="frame">
            <p>
                <strong>{texts::HELP}</strong>
                " "
                {frame.help.unwrap_or_else(|| texts::HELP_NOBODY.to_owned())}
            </p>
        </footer>
        <div id=ANNOUNCER class="visually-hidden" role="status" aria-live="polite" aria-atomic="true"></div>
    }
}

/// The dialog before a session ends; closed until then.
#[component]
fn StillThere(left: SessionLeft) -> impl IntoView {
    view! {
        <dialog id=DIALOG aria-labelledby="still-there">
            <h2 id="still-there">{account_texts::STILL_THERE}</h2>
            <p id=WHY></p>
            <div class="actions">
                <button type="button" id=STAY class="primary" autofocus>{account_texts::STAY}</button>
                <form method="post" action=paths::LOGOUT>
                    <button type="submit" class="secondary">{account_texts::SIGN_OUT_NOW}</button>
                </form>
            </div>
        </dialog>
        <IdleWarning left/>
    }
}

/// What the company says on top of every page.
#[component]
fn Banner(company: String, banner: String) -> impl IntoView {
    view! {
        <section class="box banner" aria-labelledby="notice">
            <p><strong id="notice">{texts::notice_from(&company)}</strong></p>
            <p><bdi>{banner}</bdi></p>
        </section>
    }
}

/// What the frame shows to somebody who is signed in.
#[component]
fn SignedInBar(viewer: Viewer) -> impl IntoView {
    let path = asked::path();
    let current = |root: &str| {
        let below = path.strip_prefix(root)?;
        (below.is_empty() || below.starts_with('/')).then_some("page")
    };
    view! {
        <span class="acting-in"><bdi>{viewer.company_name}</bdi></span>
        <nav aria-label=texts::MAIN_NAV>
            <a href=paths::DASHBOARD aria-current=current(paths::DASHBOARD)>{texts::DASHBOARD}</a>
            <a href=paths::COMPANY aria-current=current(paths::COMPANY)>{texts::COMPANY}</a>
            <a href=paths::SETTINGS aria-current=current(paths::SETTINGS)>
                {account_texts::SETTINGS}
            </a>
        </nav>
        <div class="account">
            <a class="who" href=paths::ACCOUNT aria-current=current(paths::ACCOUNT)><bdi>{viewer.name}</bdi></a>
            <form method="post" action=paths::LOGOUT><button type="submit" class="quiet">{texts::SIGN_OUT}</button></form>
        </div>
    }
}

/// Inside a linked company: where one is, and the way back.
#[component]
fn ActingBar(company: String, home: String) -> impl IntoView {
    view! {
        <section class="acting" aria-labelledby="acting-in">
            <p id="acting-in">{linked::acting_in(&company)}</p>
            <form method="post" action=paths::COMPANIES_BACK>
                <CompanyField/>
                <button type="submit" class="secondary">{linked::back_to(&home)}</button>
            </form>
        </section>
    }
}

/// That one is at home again, on one page.
#[component]
fn LostNote(words: String) -> impl IntoView {
    view! { <section class="box note" aria-label=texts::NOTE><p>{words}</p></section> }
}
