//! `/company/resets/batches/{id}/revoke`: asks before many links are withdrawn. A plain form, with and without script.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::api::batches::load_batch_to_revoke;
use crate::texts::batches as texts;
use crate::ui::components::company_field::CompanyField;
use crate::ui::layout::belongs_to;
use crate::ui::pages::trouble::Trouble;
use crate::wire::batches::RevokeBatchPage as View;

/// The page.
#[component]
pub fn RevokeBatchPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let page = Resource::new(id, load_batch_to_revoke);
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => view! { <Content page/> }.into_any(),
                    Err(error) => view! { <Trouble error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Content(page: View) -> impl IntoView {
    belongs_to(page.company);
    let title = texts::revoke_heading(page.living);
    let batch = format!("/company/resets/batches/{}", page.id);
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
                <form method="post" action=format!("{batch}/revoke")>
                    <CompanyField/>
                    <div class="actions">
                        <button type="submit" class="primary">{texts::revoke(page.living)}</button>
                        <a href=batch.clone()>{texts::KEEP}</a>
                    </div>
                </form>
            }
                .into_any()
        }}
    }
}
