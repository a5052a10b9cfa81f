//! What an open page is told when something has changed: its parts that follow, written anew, and what to ask with next.

use leptos::prelude::*;

use crate::server::service::acting::resolve_session::SignedIn;
use crate::texts::pages::company as texts;
use crate::ui::components::live_batch::{AboveTheList, ResetsOfBatch};
use crate::ui::components::live_resets::{
    ClearResets, ResetHint, ResetsOfCompany, ResetsOfPerson, StuckPart, result_of_confirming, result_of_press,
    result_of_waiting,
};
use crate::ui::components::pending_email::pending_words;
use crate::ui::components::resets_in_short::InShort;
use crate::ui::components::resets_table::result;
use crate::ui::components::users_table::FoundParts;
use crate::wire::batches::BatchPage;
use crate::wire::news::{Following, News};
use crate::wire::people::FoundPeople;
use crate::wire::resets_list::ResetsPage;
use crate::wire::views::{LiveResets, ResetsInShort, UsersPage};

/// Of the dashboard.
pub fn of_dashboard(resets: ResetsInShort) -> News {
    let now = following_dashboard(&resets);
    News {
        html: view! { <InShort resets/> }.to_html(),
        now,
    }
}

/// Of a person's page.
pub fn of_person(resets: LiveResets) -> News {
    let (now, since) = (following_person(&resets), resets.living_since.clone());
    let (name, headline) = (&resets.name, resets.latest.as_ref().map(|latest| latest.headline));
    let result = headline.map(|headline| result_of_press(name, headline, resets.is_invited));
    let waiting = headline.and_then(|headline| result_of_waiting(name, headline));
    let confirming = result_of_confirming(resets.pending_email.as_ref());
    let pending = resets.pending_email.as_ref().map(pending_words);
    News {
        html: view! { {result} {waiting} {confirming} <ResetHint since/> <ResetsOfPerson resets/> {pending} }.to_html(),
        now,
    }
}

/// The news for a page of the company's resets: its HTML, and what to announce.
pub fn of_list(page: ResetsPage) -> News {
    let (now, stuck, result) = (following_list(&page), page.stuck.clone(), result(&page));
    News {
        html: view! { {result} <StuckPart stuck/> <ClearResets is_filtered=page.query.is_filtered()/> <ResetsOfCompany page/> }
            .to_html(),
        now,
    }
}

/// Of the page of a batch.
pub fn of_batch(page: BatchPage) -> News {
    let (now, list, result) = (following_batch(&page), page.list.clone(), result(&page.list));
    News {
        html: view! { {result} <AboveTheList page/> <ResetsOfBatch list/> }.to_html(),
        now,
    }
}

/// What a search of the list of people has found.
pub fn found_people(page: UsersPage, reader: &SignedIn) -> FoundPeople {
    let said = if page.rows.is_empty() {
        texts::NOBODY_LIKE_THAT.to_owned()
    } else {
        texts::count(page.total)
    };
    let name = texts::users_of(&reader.company_name);
    FoundPeople {
        html: view! { <FoundParts page name/> }.to_html(),
        said,
        company: reader.company.to_string(),
    }
}

/// How far the dashboard has followed.
pub fn following_dashboard(resets: &ResetsInShort) -> Following {
    Following {
        stamp: resets.stamp.clone(),
        // Somebody may ask for a link at any time.
        may_change: true,
        is_under_way: false,
        company: resets.company.to_string(),
    }
}

/// How far a person's page has followed.
pub fn following_person(resets: &LiveResets) -> Following {
    Following {
        stamp: resets.stamp.clone(),
        may_change: resets.may_change,
        is_under_way: false,
        company: resets.of.company.to_string(),
    }
}

/// How far a page of the list has.
pub fn following_list(page: &ResetsPage) -> Following {
    Following {
        stamp: page.stamp.clone(),
        may_change: page.may_change,
        is_under_way: false,
        company: page.company.to_string(),
    }
}

/// How far the page of a batch has.
pub fn following_batch(page: &BatchPage) -> Following {
    Following {
        stamp: page.stamp.clone(),
        may_change: page.may_change(),
        is_under_way: page.is_under_way,
        company: page.list.company.to_string(),
    }
}
