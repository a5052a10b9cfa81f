//! What the pages about one person share: the person in the path is loaded, or the page says why not.

use leptos::prelude::*;
use rekey_domain::id::UserId;

use crate::server::service::people::show_user::show_user;
use crate::ui::pages::loaded::{id_in_path, loaded};
use crate::wire::views::UserPage;

/// Shows the person in the path.
pub fn of_person(show: impl FnOnce(UserPage) -> AnyView + Send + 'static) -> impl IntoView {
    let id = id_in_path::<UserId>();
    loaded(
        move |services, reader| async move { show_user(&services, &reader, id?).await },
        show,
    )
}
