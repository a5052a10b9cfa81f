//! The table of resets, with what can be done about each: the same in the tab `Resets` and on the page of a batch.

use leptos::prelude::*;
use rekey_domain::id::CompanyId;
use rekey_domain::reset::is_of_a_press;

use crate::texts::pages::user as user_texts;
use crate::texts::{resets, resets_list as texts, timeline, totals};
use crate::ui::asked;
use crate::ui::components::live_resets::result_of_press;
use crate::ui::components::pages::Pages;
use crate::ui::components::person_button::{PersonButton, Press};
use crate::ui::components::time::{Deadline, Time};
use crate::wire::done::Done;
use crate::wire::forms::OnPerson;
use crate::wire::paths;
use crate::wire::resets_list::{ResetRow, ResetsPage};
use crate::wire::resets_query::{PlaceInList, ResetsQuery};

/// The table, and the ways to the pages beside. Explicit roles keep its meaning where CSS turns rows into cards.
#[component]
pub fn ResetRows(
    /// The rows.
    page: ResetsPage,
    /// Whether a live page says aloud what becomes of each row.
    says: bool,
) -> impl IntoView {
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    let range = totals::range(page.first, page.last(), page.total);
    let first = page.rows.first().map(|row| row.place);
    let last = page.rows.last().map(|row| row.place);
    let beside = |place: Option<PlaceInList>| {
        place.map(|place| {
            ResetsQuery {
                place,
                pressed: None,
                ..page.query.clone()
            }
            .address()
        })
    };
    let previous = beside(PlaceInList::previous(first, page.first));
    let next = beside(PlaceInList::next(last, page.last(), page.rows.len(), page.total));
    let (company, query) = (page.company, page.query.to_url());
    let rows = page
        .rows
        .into_iter()
        .map(|row| view! { <Row row company list=query.clone() says/> }.into_any())
        .collect_view();
    view! {
        <table role="table" aria-label=texts::RESETS class="cards resets">
            <thead role="rowgroup">
                <tr role="row">
                    {head(texts::PERSON)} {head(texts::STATE)} {head(texts::WHAT_HAPPENED)} {head(timeline::ASKED_BY)}
                    {head(user_texts::ASKED)} {head(user_texts::VALID_UNTIL)} {head(texts::ACTIONS)}
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
        <Pages range previous next/>
    }
}

#[component]
fn Row(row: ResetRow, company: CompanyId, list: String, says: bool) -> impl IntoView {
    let input = OnPerson {
        company,
        user: row.user,
    };
    let badge = resets::badge(row.headline);
    let said = says.then(|| resets::news(&row.person, row.headline));
    let button = |press: Press, words: &'static str, of: String| {
        let list = Some(list.clone());
        view! { <PersonButton input press words list of=Some(of)/> }
    };
    let again = row.send_again.then(|| {
        button(
            Press::SendAgain,
            user_texts::SEND_AGAIN,
            texts::send_again_to(&row.person),
        )
    });
    let revoke = row
        .revoke
        .then(|| button(Press::Revoke, user_texts::REVOKE, texts::revoke_of(&row.person)));
    view! {
        <tr
            role="row"
            data-key=row.place.id.to_string()
            data-of=row.user.to_string()
            data-said-of=says.then(|| row.place.id.to_string())
            data-said=said
            data-badge=says.then(|| badge.to_lowercase())
            data-of-press=(says && is_of_a_press(row.headline)).then_some("")
        >
            <th role="rowheader" scope="row">
                <a href=paths::person(row.user)><bdi>{row.person}</bdi></a>
            </th>
            <td role="cell" data-label=texts::STATE>
                <span class="badge" data-state=row.headline.as_str()>{badge}</span>
            </td>
            // An empty text would not be nothing: the cell takes no room where it is a card.
            <td role="cell" data-label=texts::WHAT_HAPPENED>{(!row.what.is_empty()).then_some(row.what)}</td>
            <td role="cell" data-label=timeline::ASKED_BY>
                <bdi>{row.asked_by}</bdi>
                {row
                    .batch
                    .map(|batch| view! { " " <a href=paths::batch(batch)>{texts::WITH_OTHERS}</a> })}
            </td>
            <td role="cell" data-label=user_texts::ASKED><Time moment=row.asked/></td>
            <td role="cell" data-label=user_texts::VALID_UNTIL><Deadline until=row.valid_until/></td>
            <td role="cell" data-label=texts::ACTIONS>
                <div class="row-actions">{again} {revoke}</div>
            </td>
        </tr>
    }
}

/// What the press before did, where its person is not on the page. The page's address tells.
pub fn was_done(page: &ResetsPage) -> Option<String> {
    let done = asked::in_query("done").and_then(|word| Done::from_word(&word))?;
    match done {
        _ if pressed(page).is_some() => None,
        Done::OnItsWay => Some(texts::ON_ITS_WAY.to_owned()),
        Done::Revoked => Some(texts::REVOKED.to_owned()),
        _ => None,
    }
}

/// What the press before has come to by now, where its person is on the page.
pub fn result(page: &ResetsPage) -> Option<AnyView> {
    let row = pressed(page)?;
    Some(result_of_press(&row.person, row.headline, row.is_invitation).into_any())
}

/// The same on a page that a press has led to.
pub fn result_on_page(page: &ResetsPage) -> Option<AnyView> {
    asked::in_query("done").and_then(|_| result(page))
}

/// The newest reset of whoever's button was pressed.
fn pressed(page: &ResetsPage) -> Option<&ResetRow> {
    page.rows.iter().find(|row| Some(row.user) == page.query.pressed)
}
