//! The parts that follow by themselves of the pages that show resets: each element says by `data-live` which part it is. A page
//! has them among its other parts; whoever follows gets them anew (`ui/pages/news.rs`), in the same words.

use leptos::prelude::*;
use rekey_domain::reset::is_of_a_press;

use crate::texts::pages::{company as labels, times_are_in, user as texts};
use crate::texts::{resets, resets_list};
use crate::ui::components::earlier_resets::EarlierResets;
use crate::ui::components::latest_reset::LatestReset;
use crate::ui::components::person_button::{PersonButton, Press};
use crate::ui::components::resets_table::ResetRows;
use crate::ui::components::stuck_mail::StuckMail;
use crate::wire::resets_list::{ResetsPage, StuckMail as Stuck};
use crate::wire::resets_query::ResetsQuery;
use crate::wire::views::{LiveResets, Moment};

/// The id of the hint below **Reset password**.
pub const RESET_HINT: &str = "reset-hint";

/// That another link works still; empty where none does.
#[component]
pub fn ResetHint(#[prop(optional_no_strip)] since: Option<Moment>) -> impl IntoView {
    view! {
        <p class="hint" id=RESET_HINT data-live="hint">{since.map(|since| texts::still_works(&since.text))}</p>
    }
}

/// What became of a person's resets, and what can be done about the newest.
#[component]
pub fn ResetsOfPerson(resets: LiveResets) -> impl IntoView {
    let LiveResets {
        of,
        name,
        zone,
        latest,
        earlier,
        send_again,
        revoke,
        ..
    } = resets;
    let button = |press: Press, words: &'static str| view! { <PersonButton input=of press words/> };
    let heading = match &latest {
        Some(latest) => {
            // A step more under the same headline is seen, and not said.
            let (said, headline) = (resets::news(&name, latest.headline), latest.headline);
            view! {
                <h3
                    id="latest"
                    tabindex="-1"
                    data-said-of=latest.reference.clone()
                    data-said=said
                    data-of-press=is_of_a_press(headline).then_some("")
                >
                    {texts::LATEST}
                </h3>
            }
            .into_any()
        }
        None => view! { <p>{texts::NO_RESETS}</p> }.into_any(),
    };
    view! {
        <section aria-labelledby="resets" data-live="resets">
            <h2 id="resets">{texts::RESETS}</h2>
            <p class="summary">
                <a href=format!("/company/users/{}", of.user)>{texts::REFRESH}</a>
                <span class="muted">{times_are_in(&zone)}</span>
            </p>
            {heading}
            <LatestReset reset=latest/>
            <div class="actions">
                {send_again.then(|| button(Press::SendAgain, texts::SEND_AGAIN))}
                {revoke.then(|| button(Press::Revoke, texts::REVOKE))}
            </div>
            <EarlierResets resets=earlier/>
        </section>
    }
}

/// That mail does not get away, above the list.
#[component]
pub fn StuckPart(#[prop(optional_no_strip)] stuck: Option<Stuck>) -> impl IntoView {
    view! { <div data-live="stuck"><StuckMail stuck/></div> }
}

/// A page of the list of a company's resets.
#[component]
pub fn ResetsOfCompany(page: ResetsPage) -> impl IntoView {
    let (count, zone) = (resets_list::count(page.total), times_are_in(&page.zone));
    view! {
        <div data-live="list">
            <p class="summary"><span>{count}</span> <span class="muted">{zone}</span></p>
            {if page.rows.is_empty() {
                view! { <p>{nothing(&page.query)}</p> }.into_any()
            } else {
                view! { <ResetRows page says=true/> }.into_any()
            }}
        </div>
    }
}

/// An empty list says why.
fn nothing(query: &ResetsQuery) -> String {
    if !query.search.is_empty() {
        labels::no_match(&query.search)
    } else if query.is_filtered() {
        resets_list::NO_MATCH.to_owned()
    } else {
        resets_list::NONE_YET.to_owned()
    }
}
