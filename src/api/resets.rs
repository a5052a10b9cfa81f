//! Asking for a reset, for somebody or for oneself, following what becomes of it, and redeeming its link.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use crate::wire::answer::{Answer, Trouble};
use crate::wire::forms::{AskInput, NewPasswordInput, PressInput};
use crate::wire::news::News;

/// The buttons **Reset password** and **Send again**: the mail goes only to the owner's address on file (D5).
#[server(endpoint = "trigger-reset")]
pub async fn trigger_reset(input: PressInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    let triggered = crate::server::service::resets::trigger_reset::trigger_reset(
        door.services(),
        door.client(),
        &actor,
        input.on(),
    )
    .await;
    let to = crate::server::http::people_forms::back_from(&input, crate::wire::done::Done::OnItsWay);
    let said = triggered.map(|triggered| {
        if triggered.is_invitation {
            crate::texts::pages::user::invitation_on_its_way(&triggered.name)
        } else {
            crate::texts::pages::user::reset_on_its_way(&triggered.name)
        }
    });
    door.answer_press(said, to)
}

/// The button **Revoke**: all living links of the person stop working.
#[server(endpoint = "revoke-resets")]
pub async fn revoke_resets(input: PressInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let actor = door.signed_in()?;
    let revoked = crate::server::service::resets::revoke_resets::revoke_resets(
        door.services(),
        door.client(),
        &actor,
        input.on(),
    )
    .await;
    let to = crate::server::http::people_forms::back_from(&input, crate::wire::done::Done::Revoked);
    door.answer_press(revoked.map(|name| crate::texts::pages::user::revoked(&name)), to)
}

/// Forgot password: the same answer for every address (B1).
#[server(endpoint = "ask-for-link")]
pub async fn ask_for_link(input: AskInput) -> Result<Answer, Trouble> {
    let door = crate::server::door::Door::open()?;
    let asked = crate::server::service::resets::ask_reset::ask_reset(door.services(), door.client(), &input).await;
    door.answer_form(asked.map(|()| {
        door.set_cookie(&door.cookies().remember_address(&input.email));
        crate::wire::paths::ASK_SENT.to_owned()
    }))
}

/// Sets the new password behind a link, and spends the link (A5, A6, A10). Where the link is dead by now, its own page says why.
#[server(endpoint = "redeem-link")]
pub async fn redeem_link(input: NewPasswordInput) -> Result<Answer, Trouble> {
    use crate::server::service::acting::error::ServiceError;
    use crate::wire::error::AppError;

    let door = crate::server::door::Door::open()?;
    let who = door.signed_in().ok();
    let redeemed =
        crate::server::service::resets::redeem_reset::redeem_reset(door.services(), door.client(), who.as_ref(), input)
            .await;
    if let Err(ServiceError::Refused(AppError::LinkDead)) = &redeemed {
        return door.see_page(&AppError::LinkDead);
    }
    door.answer_form(redeemed.map(|redeemed| {
        door.set_cookie(&door.cookies().remember_devices(redeemed.signed_out_devices));
        door.set_cookie(&door.cookies().remember_address(&redeemed.email));
        crate::wire::paths::with_done(crate::wire::paths::LOGIN, crate::wire::done::Done::PasswordChanged)
    }))
}

/// What became of a person's resets since the page was given `stamp`; none if nothing has changed. With `may_wait` the
/// answer is kept back until there may be news, so "none" then means: ask again. Asking is not activity (E4).
#[server(endpoint = "resets-since", input = GetUrl)]
pub async fn load_resets_since(
    id: String,
    stamp: String,
    #[server(default)] may_wait: bool,
) -> Result<Option<News>, Trouble> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let id = id.parse().map_err(|_| crate::wire::error::AppError::NotFound)?;
    let subject = crate::server::lookout::Subject::Person(id);
    let allowed = crate::server::service::people::show_user::may_see_resets_of(door.services(), &reader, id);
    let since = crate::server::service::people::show_user::resets_since(door.services(), &reader, id, &stamp);
    let news = door.services().lookout.news(subject, may_wait, allowed, since).await;
    door.tell(news.map(|news| news.map(crate::ui::pages::news::of_person)))
}

/// The same of the list of a company's resets. `query` is that of the page's address.
#[server(endpoint = "resets-list-since", input = GetUrl)]
pub async fn load_resets_list_since(
    query: String,
    stamp: String,
    #[server(default)] may_wait: bool,
) -> Result<Option<News>, Trouble> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let query = crate::wire::resets_query::ResetsQuery::from_url(&query);
    let subject = crate::server::lookout::Subject::Company(reader.company);
    let allowed = async { crate::server::service::resets::list_resets::may_see_resets(&reader) };
    let since = crate::server::service::resets::list_resets::resets_list_since(door.services(), &reader, query, &stamp);
    let news = door.services().lookout.news(subject, may_wait, allowed, since).await;
    door.tell(news.map(|news| news.map(crate::ui::pages::news::of_list)))
}

/// The same of the dashboard.
#[server(endpoint = "dashboard-since", input = GetUrl)]
pub async fn load_dashboard_since(stamp: String, #[server(default)] may_wait: bool) -> Result<Option<News>, Trouble> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let subject = crate::server::lookout::Subject::Company(reader.company);
    let allowed = async { crate::server::service::resets::list_resets::may_see_resets(&reader) };
    let since = crate::server::service::overview::show_dashboard::dashboard_since(door.services(), &reader, &stamp);
    let news = door.services().lookout.news(subject, may_wait, allowed, since).await;
    door.tell(news.map(|news| news.map(crate::ui::pages::news::of_dashboard)))
}

/// The same of the page of a batch.
#[server(endpoint = "batch-since", input = GetUrl)]
pub async fn load_batch_since(
    id: String,
    query: String,
    stamp: String,
    #[server(default)] may_wait: bool,
) -> Result<Option<News>, Trouble> {
    let door = crate::server::door::Door::open()?;
    let reader = door.signed_in()?;
    let id = id.parse().map_err(|_| crate::wire::error::AppError::NotFound)?;
    let query = crate::wire::resets_query::ResetsQuery::from_url(&query);
    let subject = crate::server::lookout::Subject::Company(reader.company);
    let allowed = async { crate::server::service::resets::list_resets::may_see_resets(&reader) };
    let since = crate::server::service::batches::show_batch::batch_since(door.services(), &reader, id, query, &stamp);
    let news = door.services().lookout.news(subject, may_wait, allowed, since).await;
    door.tell(news.map(|news| news.map(crate::ui::pages::news::of_batch)))
}
