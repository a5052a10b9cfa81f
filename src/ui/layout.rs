//! The frame of every page: skip link, name of the company acted in, navigation, the bar inside a linked company, main,
//! footer, live region.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use rekey_domain::id::CompanyId;

use crate::texts::account as account_texts;
use crate::texts::linked;
use crate::texts::pages as texts;
use crate::ui::boundary;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::idle_warning::IdleWarning;
use crate::wire::views::{Frame, Viewer};

/// The one polite live region. Only changes of state and result counts go there, never clocks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Announcer(RwSignal<String>);

impl Announcer {
    /// The region of this page.
    pub fn here() -> Self {
        use_context().unwrap_or_default()
    }

    /// Says it once.
    pub fn say(self, sentence: String) {
        self.0.set(sentence);
    }
}

/// What the frame of this visit shows.
pub fn frame() -> Frame {
    use_context().unwrap_or_default()
}

/// For a page that shows something of this company: where the frame shows another one, since another tab has switched, all
/// of it is loaded anew. One never reads under the name of one company what belongs to another.
pub fn belongs_to(company: CompanyId) {
    let shown = frame().viewer.map(|viewer| viewer.company);
    Effect::new(move |_| {
        if shown.is_some_and(|shown| shown != company) {
            boundary::load_again();
        }
    });
}

/// Wraps every page.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let frame = frame();
    let announcer = Announcer::here();
    let banner = frame.viewer.as_ref().and_then(|viewer| {
        let company = viewer.company_name.clone();
        viewer.banner.clone().map(|banner| view! { <Banner company banner/> })
    });
    let acting = frame
        .viewer
        .clone()
        .and_then(|viewer| Some((viewer.company_name, viewer.acting_for?)));
    let lost = frame.viewer.as_ref().zip(frame.lost.as_ref());
    let lost = lost.map(|(viewer, lost)| linked::lost(lost, &viewer.company_name));
    focus_heading_on_navigation();
    view! {
        <a class="skip" href="#main" rel="external">{texts::SKIP}</a>
        <header class="frame">
            <a class="brand" href="/dashboard" rel=frame.viewer.is_none().then_some("external")>{texts::PRODUCT}</a>
            {frame.viewer.map(|viewer| view! { <SignedInBar viewer/> })}
        </header>
        {banner}
        {acting.map(|(company, home)| view! { <ActingBar company home/> })}
        {frame.session.map(|left| view! { <IdleWarning left/> })}
        <main id="main" tabindex="-1">
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
        <div class="visually-hidden" role="status" aria-live="polite" aria-atomic="true">{move || announcer.0.get()}</div>
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
    let path = use_location().pathname;
    let current = move |root: &'static str| move || path.get().starts_with(root).then_some("page");
    view! {
        <span class="acting-in"><bdi>{viewer.company_name}</bdi></span>
        <nav aria-label=texts::MAIN_NAV>
            <a href="/dashboard" aria-current=current("/dashboard")>{texts::DASHBOARD}</a>
            <a href="/company" aria-current=current("/company")>{texts::COMPANY}</a>
            <a href="/settings" aria-current=current("/settings")>
                {account_texts::SETTINGS}
            </a>
        </nav>
        <div class="account">
            <a class="who" href="/account" aria-current=current("/account")><bdi>{viewer.name}</bdi></a>
            <form method="post" action="/logout"><button type="submit" class="quiet">{texts::SIGN_OUT}</button></form>
        </div>
    }
}

/// Inside a linked company: where one is, and the way back.
#[component]
fn ActingBar(company: String, home: String) -> impl IntoView {
    view! {
        <section class="acting" aria-labelledby="acting-in">
            <p id="acting-in">{linked::acting_in(&company)}</p>
            <form method="post" action="/companies/back">
                <CompanyField/>
                <button type="submit" class="secondary">{linked::back_to(&home)}</button>
            </form>
        </section>
    }
}

/// That one is at home again, until the next page.
#[component]
fn LostNote(words: String) -> impl IntoView {
    let path = use_location().pathname;
    let first = path.get_untracked();
    let is_first = Memo::new(move |_| path.with(|path| *path == first));
    move || {
        is_first
            .get()
            .then(|| view! { <section class="box note" aria-label=texts::NOTE><p>{words.clone()}</p></section> })
    }
}

/// The router moves no focus: when the path changes, the new page's heading takes it, so that a screen reader starts
/// there. Nothing on the first load, nothing when only the query changes.
fn focus_heading_on_navigation() {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now && !is_renaming(&before, &now)) {
            focus_heading(LONGEST_WAIT_FOR_HEADING);
        }
        now
    });
}

/// A link's page shows another address than it was loaded from (F4). The router learns of that only with the first
/// in-page link, and nobody has left the page.
fn is_renaming(before: &str, now: &str) -> bool {
    now == "/reset-password/open" && before.starts_with("/reset-password/")
}

/// In frames: about ten seconds.
const LONGEST_WAIT_FOR_HEADING: u32 = 600;

/// Focuses the heading as soon as there is one: it comes with the page's data, after the old page has gone.
fn focus_heading(frames: u32) {
    request_animation_frame(move || match document().query_selector("h1") {
        Ok(Some(heading)) => focus(&heading),
        _ if frames > 0 => focus_heading(frames - 1),
        _ => (),
    });
}

/// After a change that took the focused control away: whoever uses the keyboard goes on at the first element of
/// `selector`, instead of at the top of the document.
pub fn focus_if_lost(selector: &'static str) {
    request_animation_frame(move || {
        let is_lost = document()
            .active_element()
            .is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"));
        if is_lost && let Ok(Some(element)) = document().query_selector(selector) {
            focus(&element);
        }
    });
}

/// Whether the focus is inside the first element of `selector`: only then can a change there take it away.
pub fn has_focus(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|element| matches!(element.closest(selector), Ok(Some(_))))
}

/// Gives the element the focus, if it can take it.
pub fn focus(element: &web_sys::Element) {
    use wasm_bindgen::JsCast;

    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        // An element that can't take the focus leaves it where it was.
        let _ = element.focus();
    }
}
