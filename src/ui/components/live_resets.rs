//! The parts that follow by themselves of the pages that show resets: each element says by `data-live` which part it is. A page
//! has them among its other parts; whoever follows gets them anew (`ui/pages/news.rs`), in the same words.

use leptos::prelude::*;
use rekey_domain::reset::{Headline, is_of_a_press};

use crate::texts::email_change;
use crate::texts::pages::{company as labels, times_are_in, user as texts};
use crate::texts::{resets, resets_list, stages};
use crate::ui::components::earlier_resets::EarlierResets;
use crate::ui::components::latest_reset::LatestReset;
use crate::ui::components::person_button::{PersonButton, Press};
use crate::ui::components::resets_table::ResetRows;
use crate::ui::components::result_box::{Kind, told};
use crate::ui::components::stuck_mail::StuckMail;
use crate::ui::live::browser::{CONFIRMING, RESULT, WAITING};
use crate::wire::email_change::{PendingEmail, Waits};
use crate::wire::paths;
use crate::wire::resets_list::{ResetsPage, Standings, StuckMail as Stuck};
use crate::wire::resets_query::{ResetsQuery, ShownResets};
use crate::wire::views::{LiveResets, Moment, Remedy};

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
        remedy,
        ..
    } = resets;
    let button = move |press: Press, words: &'static str| view! { <PersonButton input=of press words/> };
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
        <section aria-labelledby="resets" data-live="resets" class="life">
            <h2 id="resets">{texts::RESETS}</h2>
            <p class="summary">
                <a href=paths::person(of.user)>{texts::REFRESH}</a>
                <span class="muted">{times_are_in(&zone)}</span>
            </p>
            {heading}
            <LatestReset reset=latest>
                {remedy.map(|remedy| view! { <What remedy/> })}
                <div class="actions" data-key="actions">
                    {send_again.then(|| button(Press::SendAgain, texts::SEND_AGAIN))}
                    {revoke.then(|| button(Press::Revoke, texts::REVOKE))}
                </div>
            </LatestReset>
            <EarlierResets resets=earlier/>
        </section>
    }
}

/// What can be done, beside the refusal.
#[component]
fn What(remedy: Remedy) -> impl IntoView {
    match remedy {
        Remedy::CorrectAddress { at_once } => view! {
            <p class="remedy"><a href="#email">{stages::CORRECT_ADDRESS}</a>{stages::new_address_counts(at_once)}</p>
        }
        .into_any(),
        Remedy::AddressWaits(pending) => {
            // One that can't be confirmed waits for nothing.
            let correct = matches!(pending.waits, Waits::Refused(_))
                .then(|| view! { " " <a href="#email">{stages::CORRECT_ADDRESS}</a> "." });
            view! { <p class="remedy">{email_change::waits_to_count(&pending)} {correct}</p> }.into_any()
        }
        Remedy::AddressCorrected => view! { <p class="remedy">{stages::ADDRESS_CORRECTED}</p> }.into_any(),
        Remedy::Words(words) => view! { <p class="remedy">{words}</p> }.into_any(),
    }
}

/// What the last press on a person's page has come to: it tells of the press first, and then of what became of it, so that it never
/// says less than the state beside it. A page shows it after a press only.
pub fn result_of_press(name: &str, headline: Headline, is_invitation: bool) -> impl IntoView + use<> {
    let words = match headline {
        Headline::Waiting | Headline::StillWaiting | Headline::Accepted | Headline::Replaced if is_invitation => {
            texts::invitation_on_its_way(name)
        }
        // The page of many shows what was sent with the others: what the press has sent came in place of it.
        Headline::Waiting | Headline::StillWaiting | Headline::Accepted | Headline::Replaced => {
            texts::reset_on_its_way(name)
        }
        Headline::Revoked => texts::revoked(name),
        other => resets::news(name, other),
    };
    told(Some(RESULT), kind_of(headline), words)
}

/// What a press that queued a mail for a person has come to, where the mail is in trouble; else what the press itself said stays.
pub fn result_of_waiting(name: &str, headline: Headline) -> Option<impl IntoView + use<>> {
    let is_in_trouble = matches!(
        headline,
        Headline::Refused | Headline::Delayed | Headline::NotSentInTime
    );
    is_in_trouble.then(|| told(Some(WAITING), kind_of(headline), resets::news(name, headline)))
}

/// What entering a new address has come to, where the mail that asks it to confirm itself was refused.
pub fn result_of_confirming(pending: Option<&PendingEmail>) -> Option<impl IntoView + use<>> {
    let pending = pending?;
    let Waits::Refused(reason) = pending.waits else {
        return None;
    };
    Some(told(
        Some(CONFIRMING),
        Kind::Problem,
        email_change::refused(&pending.new, reason),
    ))
}

fn kind_of(headline: Headline) -> Kind {
    match headline {
        Headline::Delayed | Headline::StillWaiting | Headline::Expired => Kind::Note,
        Headline::Refused | Headline::NotSentInTime => Kind::Problem,
        _ => Kind::Done,
    }
}

/// That mail does not get away, above the list.
#[component]
pub fn StuckPart(#[prop(optional_no_strip)] stuck: Option<Stuck>) -> impl IntoView {
    view! { <div data-live="stuck"><StuckMail stuck/></div> }
}

/// The way back to all of them, beside the form that narrows the list.
#[component]
pub fn ClearResets(is_filtered: bool) -> impl IntoView {
    let way = is_filtered.then(|| view! { <a href=paths::RESETS_TAB>{labels::CLEAR}</a> });
    view! { <span data-live="clear">{way}</span> }
}

/// A page of the list of a company's resets.
#[component]
pub fn ResetsOfCompany(page: ResetsPage) -> impl IntoView {
    let (count, zone) = (resets_list::count(page.total), times_are_in(&page.zone));
    view! {
        <div data-live="list">
            {page
                .query
                .batch
                .is_none()
                .then(|| view! { <StandingsNav query=page.query.clone() standings=page.standings.clone()/> })}
            <p class="summary"><span>{count}</span> <span class="muted">{zone}</span></p>
            {if page.rows.is_empty() {
                view! { <p>{nothing(&page.query)}</p> }.into_any()
            } else {
                view! { <ResetRows page says=true/> }.into_any()
            }}
        </div>
    }
}

/// Links that narrow the list to where people stand with their newest resets, each with its number.
#[component]
fn StandingsNav(query: ResetsQuery, standings: Standings) -> impl IntoView {
    let shown = query.shown;
    let link = |choice: ShownResets, words: &'static str, people: Option<u64>| {
        let number = people.map(|people| view! { " " <span class="number">{people.to_string()}</span> });
        let current = (choice == shown).then_some("true");
        view! { <a href=query.showing(choice).address() aria-current=current>{words} {number}</a> }
    };
    // A link of the dashboard leads to a part of them.
    let part = match shown {
        ShownResets::Needing(reason) => Some(link(shown, resets_list::needing(reason), None)),
        _ => None,
    };
    view! {
        <nav class="chips" aria-label=resets_list::STANDINGS>
            {link(ShownResets::All, resets_list::ALL, None)}
            {standings
                .0
                .iter()
                .map(|(place, people)| {
                    link(ShownResets::Standing(*place), resets_list::standing(*place), Some(*people))
                })
                .collect_view()}
            {part}
        </nav>
    }
}

/// An empty list says why.
fn nothing(query: &ResetsQuery) -> String {
    if query.shown != ShownResets::All {
        // Each of two filters may be to blame.
        resets_list::NO_MATCH.to_owned()
    } else if query.is_filtered() {
        labels::no_match(&query.search)
    } else {
        resets_list::NONE_YET.to_owned()
    }
}
