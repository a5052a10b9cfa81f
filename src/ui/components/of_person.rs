//! What the pages about one person share: the person in the path is loaded, or the page says why not.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use rekey_domain::id::UserId;

use crate::api::users::load_user;
use crate::ui::pages::trouble::Trouble;
use crate::wire::error::AppError;
use crate::wire::views::UserPage;

/// Shows the person in the path.
pub fn of_person(show: impl Fn(UserPage) -> AnyView + Clone + Send + Sync + 'static) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .with(|params| params.get("id"))
            .and_then(|id| id.parse::<UserId>().ok())
    });
    let page = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => load_user(id).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Suspense>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(page) => show(page),
                        Err(error) => view! { <Trouble error/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}
