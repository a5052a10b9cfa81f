//! `/company/resets/batches/{id}/revoke`: asks before many links are withdrawn. A plain form, with and without script.

use leptos::prelude::*;
use rekey_domain::id::BatchId;

use crate::server::service::batches::revoke_batch::show_revoke_batch;
use crate::texts::batches as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::pages::loaded::{id_in_path, loaded};
use crate::ui::title::Title;
use crate::wire::batches::RevokeBatchPage as View;
use crate::wire::paths;

/// The page.
#[component]
pub fn RevokeBatchPage() -> impl IntoView {
    let id = id_in_path::<BatchId>();
    loaded(
        move |services, reader| async move { show_revoke_batch(&services, &reader, id?).await },
        move |page| view! { <Content page/> }.into_any(),
    )
}

#[component]
fn Content(page: View) -> impl IntoView {
    let title = texts::revoke_heading(page.living);
    let batch = paths::batch(page.id);
    view! {
        <Title text=title.clone()/>
        <h1 tabindex="-1">{title}</h1>
        {if page.living == 0 {
            view! {
                <p>{texts::NOTHING_TO_REVOKE}</p>
                <p><a href=batch>{texts::SEE_BATCH}</a></p>
            }
                .into_any()
        } else {
            view! {
                <p>{texts::REVOKING_MEANS}</p>
                <form method="post" action=paths::batch_revoke(page.id)>
                    <CompanyField/>
                    <div class="actions">
                        <button type="submit" class="danger">{texts::revoke(page.living)}</button>
                        <a href=batch.clone()>{texts::KEEP}</a>
                    </div>
                </form>
            }
                .into_any()
        }}
    }
}
