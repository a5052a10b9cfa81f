//! All routes and layers in their order. `build` is the way in for the program and for tests alike.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRef, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{Redirect, Response};
use axum::routing::{MethodRouter, any, get, post};
use axum::{Router, middleware};
use leptos::config::{LeptosOptions, get_config_from_str};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::handle_server_fns_with_context;

use crate::api::account::{ChangePassword, SaveDetails};
use crate::api::company::{PostNotice, SaveCompany};
use crate::api::people::CreateUser;
use crate::api::resets::{AskForLink, RevokeResets, TriggerReset};
use crate::api::session::SignIn;
use crate::app::PAGES;
use crate::server::http::client_ip::Proxies;
use crate::server::http::dev::{self, DevDoors};
use crate::server::http::{
    account_forms, acting_in, activity_download, assets, batch_download, batch_forms, body_limit, compression,
    email_pages, field_limit, forms, forward_auth, headers, health, import_form, incident, kept_form, link_page,
    linked_forms, not_me_page, origin, page, people_forms, request_log, server_fn_status, session, trouble,
    users_download, write,
};
use crate::server::services::Services;
use crate::server::work::contained;
use crate::wire::account::{ChangePasswordInput, DetailsInput};
use crate::wire::company_edit::{CompanyInput, NoticeInput};
use crate::wire::forms::{AskInput, Field, PressInput, SignInInput};
use crate::wire::paths;
use crate::wire::people::CreateUserInput;

/// What handlers share. Each layer and each handler gets a clone for each request: all of them are the same one.
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl From<Shared> for AppState {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

/// What is shared.
#[derive(Debug)]
pub struct Shared {
    /// What use cases are made of.
    pub services: Services,
    /// Compiled in from `Leptos.toml`.
    pub leptos_options: LeptosOptions,
    /// Proxies whose word on the client's address is believed (C4).
    pub proxies: Proxies,
    /// How long a request's body may take (F3).
    pub body_time: Duration,
}

impl FromRef<AppState> for Services {
    fn from_ref(app: &AppState) -> Self {
        app.services.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(app: &AppState) -> Self {
        app.leptos_options.clone()
    }
}

/// The options of the framework, the same that the build reads from `Cargo.toml`; a test holds the two together.
pub fn leptos_options() -> Result<LeptosOptions, leptos::config::errors::LeptosConfigError> {
    get_config_from_str(include_str!("../../../Leptos.toml"))
}

/// The whole HTTP surface. `dev` only in a demo.
pub fn build(app: AppState, dev: Option<DevDoors>) -> Router {
    let mut router = Router::new()
        .route(paths::ROOT, get(|| async { Redirect::to(paths::DASHBOARD) }))
        .route(paths::LOGIN, write::form::<SignIn, SignInInput>(Field::Email))
        .route(paths::LOGOUT, post(forms::post_logout))
        .route(paths::ACCOUNT, write::form::<SaveDetails, DetailsInput>(Field::Name))
        .route(
            paths::ACCOUNT_PASSWORD,
            write::form::<ChangePassword, ChangePasswordInput>(Field::CurrentPassword),
        )
        .route(paths::ACCOUNT_RESET, post(account_forms::post_reset))
        .route(paths::END_OTHER_SESSIONS, post(account_forms::post_end_others))
        .route(paths::END_SESSION, post(account_forms::post_end_session))
        .route("/.well-known/change-password", get(account_forms::well_known))
        .route(paths::ASK, write::form::<AskForLink, AskInput>(Field::Email))
        .route(paths::LINK, get(link_page::get).post(link_page::post))
        .route(paths::NOT_ME, get(not_me_page::get).post(not_me_page::post))
        .route(
            paths::CONFIRM_EMAIL,
            get(email_pages::get_confirm).post(email_pages::post_confirm),
        )
        .route(
            paths::STOP_EMAIL,
            get(email_pages::get_stop).post(email_pages::post_stop),
        )
        .route(paths::ACCOUNT_CANCEL_EMAIL, post(account_forms::post_cancel_email))
        .route(paths::PERSON_CANCEL_EMAIL, post(people_forms::post_cancel_email))
        .route(paths::ACTIVITY_CSV, get(activity_download::get_csv))
        .route(paths::ACTIVITY_JSON_LINES, get(activity_download::get_json_lines))
        .route(paths::USERS_CSV, get(users_download::get))
        .route(
            paths::COMPANY_EDIT,
            write::form::<SaveCompany, CompanyInput>(Field::Website),
        )
        .route(
            paths::COMPANY_NOTICE,
            write::form::<PostNotice, NoticeInput>(Field::Banner),
        )
        .route(paths::COMPANY, post(batch_forms::post_choose))
        .route(paths::NEW_BATCH, post(batch_forms::post_new))
        .route(paths::BATCH_AGAIN, post(batch_forms::post_again))
        .route(paths::BATCH_REVOKE, post(batch_forms::post_revoke))
        .route(paths::BATCH_CSV, get(batch_download::get))
        .route(paths::PERSON_RESET, write::button::<TriggerReset, PressInput>())
        .route(paths::PERSON_REVOKE, write::button::<RevokeResets, PressInput>())
        .route(paths::PERSON_SIGN_OUT, post(people_forms::post_sign_out))
        .route(paths::NEW_USER, write::form::<CreateUser, CreateUserInput>(Field::Name))
        .route(paths::IMPORT_SAMPLE, get(import_form::get_sample))
        .route(paths::IMPORT, post(import_form::post))
        .route(paths::IMPORT_INVITE, post(import_form::post_invite))
        .route(paths::PERSON, post(people_forms::post_user))
        .route(paths::PERSON_DELETE, post(people_forms::post_delete))
        .route(paths::PERSON_RESTORE, post(people_forms::post_restore))
        .route(paths::GIVE_ACCESS, post(linked_forms::post_give))
        .route(paths::REMOVE_ACCESS, post(linked_forms::post_remove))
        .route(paths::COMPANIES_BACK, post(linked_forms::post_back))
        .route(paths::SWITCH_COMPANY, post(linked_forms::post_switch));
    for (address, _) in PAGES {
        router = router.route(address, get(page::get));
    }
    for (path, method) in server_fn_paths() {
        router = router.route(path, server_fn(&app, &method));
    }
    if let Some(doors) = dev {
        router = router
            .merge(dev::routes(doors))
            .route(paths::DEV_STYLE, get(page::get_style));
    }
    // Proxies ask with the visitor's method, and announce a body that they keep: nothing here reads one, or refuses what
    // another site sends to the application.
    let for_proxies = Router::new()
        .route(paths::AUTH_VERIFY, any(forward_auth::verify))
        .layer(middleware::from_fn_with_state(app.clone(), session::resolve))
        .layer(middleware::from_fn(forward_auth::from_the_head));
    // These need neither the database nor to know who asks, whatever cookies come with it.
    let for_everybody = Router::new()
        .route(paths::HEALTH_LIVE, get(health::live))
        .route(paths::HEALTH_READY, get(health::ready))
        .merge(assets::routes())
        .layer(middleware::from_fn(field_limit::in_query));
    router
        .fallback(page::get)
        .layer(middleware::from_fn(server_fn_status::set))
        .layer(middleware::from_fn(acting_in::check))
        .layer(middleware::from_fn(kept_form::keep))
        .layer(middleware::from_fn_with_state(app.clone(), body_limit::limit))
        .layer(middleware::from_fn_with_state(app.clone(), session::resolve))
        .layer(middleware::from_fn_with_state(app.services.clone(), origin::check))
        .layer(middleware::from_fn(field_limit::in_query))
        .merge(for_proxies)
        .merge(for_everybody)
        .layer(compression::layer())
        .layer(middleware::from_fn(compression::only_where_it_tells_nothing))
        .layer(middleware::from_fn(contain))
        .layer(middleware::from_fn_with_state(app.services.clone(), headers::add))
        .layer(middleware::from_fn(request_log::log))
        .with_state(app)
}

/// A server function, as the live parts of pages call it.
fn server_fn(app: &AppState, method: &Method) -> MethodRouter<AppState> {
    let app = app.clone();
    let call = async move |request: Request| {
        handle_server_fns_with_context(move || page::provide_request_context(&app), request).await
    };
    if method == Method::GET { get(call) } else { post(call) }
}

/// A panic costs one request. What it said goes to the log only (F7).
async fn contain(request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    match contained(next.run(request)).await {
        Ok(response) => response,
        Err(panicked) => trouble::answer(&incident::bug(&panicked), &uri),
    }
}
