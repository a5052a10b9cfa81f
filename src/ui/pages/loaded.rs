//! A page that is read first: by one service, for whoever is signed in. Where that is refused or fails, its page is that of
//! the trouble, with the status that fits.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;

use crate::server::door::Door;
use crate::server::http::incident;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::work::contained;
use crate::ui::asked;
use crate::ui::pages::trouble::Trouble;
use crate::wire::error::AppError;

/// Shows what `read` finds for whoever is signed in.
pub fn loaded<T, Read, Reading>(read: Read, show: impl FnOnce(T) -> AnyView + Send + 'static) -> impl IntoView
where
    T: Send + 'static,
    Read: FnOnce(Services, SignedIn) -> Reading + Send + 'static,
    Reading: Future<Output = Outcome<T>> + Send + 'static,
{
    // What the request brings is there before the first await only.
    let opened = Door::open().and_then(|door| Ok((door.services().clone(), door.signed_in()?, door)));
    Suspend::new(async move {
        let page = match opened {
            Ok((services, who, door)) => match contained(read(services, who)).await {
                Ok(found) => door.answer(found),
                // A page like any other trouble's, with an incident's number (F7).
                Err(panicked) => Err(incident::bug(&panicked)),
            },
            Err(error) => Err(error),
        };
        let shown = match page {
            Ok(page) => show(page),
            Err(error) => view! { <Trouble error/> }.into_any(),
        };
        // What a view makes only while it is written out, such as the rows of a list, needs the owner of the page. The
        // framework no longer has it by then, except by chance in the thread that had it last.
        OwnedView::new(shown)
    })
}

/// The id in the path, or that there is no such page.
pub fn id_in_path<Id: std::str::FromStr>() -> Result<Id, AppError> {
    let params = asked::in_path("id");
    params.and_then(|id| id.parse().ok()).ok_or(AppError::NotFound)
}
