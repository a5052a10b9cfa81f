//! `/company/resets/batches/{id}`: what becomes of many at once. Links and plain posts; an island follows by itself.

use std::mem;

use leptos::prelude::*;
use rekey_domain::id::BatchId;

use crate::server::service::batches::show_batch::show_batch;
use crate::texts::pages as shared;
use crate::texts::{batches as texts, resets_list};
use crate::ui::asked;
use crate::ui::components::batch_lines::BatchLines;
use crate::ui::components::form::{FormHandle, FormTop};
use crate::ui::components::live_batch::{AboveTheList, ResetsOfBatch};
use crate::ui::components::resets_table::{result_on_page, was_done};
use crate::ui::components::result_box::Outcome;
use crate::ui::components::time::Time;
use crate::ui::live::follow::Follow;
use crate::ui::pages::loaded::{id_in_path, loaded};
use crate::ui::pages::news::following_batch;
use crate::ui::title::Title;
use crate::wire::batches::{BatchPage as View, ShownLines};
use crate::wire::news::Followed;
use crate::wire::paths;
use crate::wire::resets_query::{ResetsQuery, ShownResets};

/// The page.
#[component]
pub fn BatchPage() -> impl IntoView {
    let id = id_in_path::<BatchId>();
    let query = ResetsQuery::from_url(&asked::query());
    loaded(
        move |services, reader| async move { show_batch(&services, &reader, id?, query).await },
        move |page| view! { <Content page/> }.into_any(),
    )
}

#[component]
fn Content(mut page: View) -> impl IntoView {
    let title = texts::heading(page.kind, page.totals.all);
    let (done, result) = (was_done(&page.list), result_on_page(&page.list));
    let reason = page.reason.clone();
    let left_out = (page.list.query.shown == ShownResets::LeftOut).then(|| {
        let heading = texts::left_out(page.left_out.total);
        // They are a table of the page's, not of its live part.
        let (lines, total) = (mem::take(&mut page.left_out.lines), page.left_out.total);
        view! { <BatchLines lines=ShownLines { lines, total } heading with_reasons=true/> }
    });
    let of = Followed::Batch(page.id.to_string(), page.list.query.to_url());
    let now = following_batch(&page);
    let (by, pressed) = (page.pressed_by.clone(), page.pressed.clone());
    let list = page.list.clone();
    view! {
        <Title text=title.clone()/>
        <FormTop form=FormHandle::new()/>
        <Outcome done>{result}</Outcome>
        <nav class="trail" aria-label=shared::TRAIL><a href=paths::RESETS_TAB>{resets_list::RESETS}</a></nav>
        <h1 tabindex="-1">{title}</h1>
        <p class="muted">{texts::ASKED_FOR_BY} " " <bdi>{by}</bdi> " " {texts::ON} " " <Time moment=pressed/></p>
        {reason.map(|reason| view! { <p>{texts::because(&reason)}</p> })}
        {view! { <AboveTheList page/> }.into_any()}
        <div id="batch" tabindex="-1">
            {left_out}
            <ResetsOfBatch list/>
        </div>
        <Follow of now place="#batch".to_owned()/>
    }
}
