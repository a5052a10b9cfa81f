//! How a company's resets go, as the dashboard shows it: whom to look at, how many people stand where, the last days, and what
//! happened last. It is written anew while somebody looks.

use leptos::prelude::*;
use rekey_domain::id::CompanyId;
use rekey_domain::usage::Usage;

use crate::texts::pages::user as user_texts;
use crate::texts::{activity as activity_texts, resets, resets_list as texts};
use crate::ui::components::person_button::{PersonButton, Press};
use crate::ui::components::stuck_mail::StuckMail;
use crate::ui::components::time::Time;
use crate::wire::activity::ActivityRow;
use crate::wire::forms::OnPerson;
use crate::wire::paths;
use crate::wire::resets_list::{NeedsAttention, ResetRow};
use crate::wire::resets_query::{ListedState, ResetsQuery, ShownResets};
use crate::wire::views::{DayOfResets, Lately, ResetsInShort};

/// How many people stand where, each a link to them; how resets went day by day; and what somebody should look at.
#[component]
pub fn InShort(resets: ResetsInShort) -> impl IntoView {
    let ResetsInShort {
        company,
        attention,
        standings,
        days,
        usage,
        lately,
        stamp: _,
    } = resets;
    let numbers = standings.0.into_iter().map(|(place, people)| {
        let to = ResetsQuery::default().showing(ShownResets::Standing(place)).address();
        view! {
            <li data-standing=place.as_str()>
                <a href=to><strong>{people.to_string()}</strong> " " <span>{texts::standing(place)}</span></a>
            </li>
        }
    });
    view! {
        <div data-live="dashboard">
            {view! { <Attention attention company/> }.into_any()}
            <section aria-labelledby="standings" class="standings">
                <h2 id="standings">{texts::STANDINGS}</h2>
                <p class="hint">{texts::LAST_30_DAYS}</p>
                <ul class="numbers">{numbers.collect_view()}</ul>
                {view! { <Days days/> }.into_any()}
                {(usage.asked > 0).then(|| view! { <HowSoon usage/> })}
            </section>
            {view! { <Newest lately/> }.into_any()}
        </div>
    }
}

/// Whether links do their job: how many are used, and how soon.
#[component]
fn HowSoon(usage: Usage) -> impl IntoView {
    let used = ResetsQuery::default()
        .showing(ShownResets::In(ListedState::Used))
        .address();
    view! { <p><a href=used>{texts::used_of(usage)}</a>{texts::half_within(usage)}</p> }
}

/// What happened last, and the way to the rest.
#[component]
fn Newest(lately: Lately) -> impl IntoView {
    let (heading, all, rest, rows) = match lately {
        Lately::Activity(entries) => {
            let rows = entries
                .into_iter()
                .map(|entry| view! { <Entry entry/> }.into_any())
                .collect::<Vec<_>>();
            (activity_texts::NEWEST, activity_texts::ALL, paths::ACTIVITY_TAB, rows)
        }
        Lately::Resets(resets) => {
            let rows = resets.into_iter().map(|row| view! { <Row row/> }.into_any()).collect();
            (texts::NEWEST, texts::ALL_RESETS, paths::RESETS_TAB, rows)
        }
    };
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="newest">
                <h2 id="newest">{heading}</h2>
                <ul class="matters">{rows}</ul>
                <p><a href=rest>{all}</a></p>
            </section>
        }
    })
}

#[component]
fn Entry(entry: ActivityRow) -> impl IntoView {
    view! { <li><span class="what"><bdi>{entry.what}</bdi></span> <span class="muted"><Time moment=entry.at/></span></li> }
}

/// Whose reset, what and why, since when; and what can be done about it.
#[component]
fn Row(
    row: ResetRow,
    /// Whether it is told aloud when it comes.
    #[prop(optional)]
    is_said: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (id, badge) = (row.place.id.to_string(), resets::badge(row.headline));
    let said = is_said.then(|| resets::news(&row.person, row.headline));
    view! {
        <li
            data-key=id.clone()
            data-of=row.user.to_string()
            data-said-of=is_said.then_some(id)
            data-said=said
            data-badge=is_said.then(|| badge.to_lowercase())
        >
            <span class="badge" data-state=row.headline.as_str()>{badge}</span>
            " "
            <a href=paths::person(row.user)><bdi>{row.person}</bdi></a>
            " "
            <span class="what">{row.what}</span>
            " "
            <span class="muted"><Time moment=row.asked/></span>
            {children.map(|children| children())}
        </li>
    }
}

/// What somebody should look at, each a link to it.
#[component]
fn Attention(attention: NeedsAttention, company: CompanyId) -> impl IntoView {
    let is_nothing = attention.is_nothing();
    let resets = attention.resets.into_iter().map(|(reason, people)| {
        let to = ResetsQuery::default().showing(ShownResets::Needing(reason)).address();
        view! { <li data-key=reason.as_str()><a href=to>{texts::how_many(reason, people)}</a></li> }
    });
    let disavowals = attention.disavowals.into_iter().map(|(person, name, at)| {
        let to = paths::person(person);
        view! { <li><Time moment=at/> " " <a href=to>{texts::disavowed(&name)}</a></li> }
    });
    let rows = attention.rows.into_iter().map(|row| view! { <Matter row company/> });
    let has_lines = resets.len() + disavowals.len() > 0;
    view! {
        <section aria-labelledby="attention">
            <h2 id="attention">{texts::NEEDS_ATTENTION}</h2>
            <StuckMail stuck=attention.stuck/>
            {has_lines.then(|| view! { <ul class="people reasons" data-key="reasons">{disavowals.collect_view()} {resets.collect_view()}</ul> })}
            {(rows.len() > 0).then(|| view! { <ul class="matters" data-key="matters">{rows.collect_view()}</ul> })}
            {is_nothing.then(|| view! { <p data-key="nothing">{texts::NOTHING}</p> })}
        </section>
    }
}

/// Somebody whose reset needs attention, with the button that helps.
#[component]
fn Matter(row: ResetRow, company: CompanyId) -> impl IntoView {
    let input = OnPerson {
        company,
        user: row.user,
    };
    let again = row.send_again.then(|| {
        let of = Some(texts::send_again_to(&row.person));
        view! { <PersonButton input press=Press::SendAgain words=user_texts::SEND_AGAIN of/> }
    });
    view! { <Row row is_said=true>{again}</Row> }
}

/// The last days as bars, and as a table for who would rather read them.
#[component]
fn Days(days: Vec<DayOfResets>) -> impl IntoView {
    let most = days.iter().map(|day| day.asked).max().unwrap_or_default().max(1);
    // Of 40 units, and never nothing where there was something.
    let height = |number: u64| if number == 0 { 0 } else { (number * 40 / most).max(2) };
    let bars = days.iter().zip(0_u64..).map(|(day, place)| {
        let (asked, used) = (height(day.asked), height(day.used));
        let left = place * 10 + 1;
        view! {
            <g>
                <title>{texts::of_day(&day.day, day.asked, day.used, day.was_out_of_order)}</title>
                <rect class="asked" x=left.to_string() y=(40 - asked).to_string() width="8" height=asked.to_string()></rect>
                <rect class="used" x=left.to_string() y=(40 - used).to_string() width="8" height=used.to_string()></rect>
                {day.was_out_of_order.then(|| view! { <rect class="outage" x=left.to_string() y="43" width="8" height="3"></rect> })}
            </g>
        }
    });
    let bars = bars.collect_view();
    let had_outage = days.iter().any(|day| day.was_out_of_order);
    let (first, last) = (days.first(), days.last());
    let ends = first.zip(last).map(|(first, last)| {
        view! { <p class="ends" aria-hidden="true"><span>{first.day.clone()}</span> <span>{last.day.clone()}</span></p> }
    });
    let rows = days.iter().map(|day| {
        view! {
            <tr>
                <th scope="row">{day.day.clone()}</th>
                <td>{day.asked.to_string()}</td>
                <td>{day.used.to_string()}</td>
                {had_outage
                    .then(|| {
                        let words = if day.was_out_of_order { texts::YES } else { texts::NO };
                        view! { <td>{words}</td> }
                    })}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h3 id="days">{texts::LAST_DAYS}</h3>
        <a class="days" href=paths::RESETS_TAB aria-labelledby="days">
            <svg viewBox=if had_outage { "0 0 140 46" } else { "0 0 140 40" } preserveAspectRatio="none" aria-hidden="true">
                {bars}
                <line class="base" x1="0" y1="39.6" x2="140" y2="39.6"></line>
            </svg>
        </a>
        {ends}
        <p class="key" aria-hidden="true">
            <span class="asked"></span>
            {user_texts::ASKED}
            <span class="used"></span>
            {texts::USED}
            {had_outage.then(|| view! { <span class="outage"></span> {texts::OUTAGE} })}
        </p>
        <details>
            <summary>{texts::AS_TABLE}</summary>
            <table aria-labelledby="days">
                <thead>
                    <tr>
                        <th scope="col">{texts::DAY}</th>
                        <th scope="col">{user_texts::ASKED}</th>
                        <th scope="col">{texts::USED}</th>
                        {had_outage.then(|| view! { <th scope="col">{texts::OUTAGE}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}
