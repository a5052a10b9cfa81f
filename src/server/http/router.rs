//! All routes and layers in their order. `build` is the way in for the program and for tests alike.

use std::sync::{Arc, LazyLock};

use axum::extract::{FromRef, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use ipnet::IpNet;
use leptos::config::{LeptosOptions, get_config_from_str};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tower_http::catch_panic::CatchPanicLayer;

use crate::app::App;
use crate::server::http::dev::{self, DevDoors};
use crate::server::http::shell::shell;
use crate::server::http::{
    account_forms, acting_in, activity_download, assets, batch_download, batch_forms, body_limit, company_form,
    email_pages, forms, forward_auth, headers, health, import_form, incident, link_page, linked_forms, not_me_page,
    origin, page, people_forms, request_log, server_fn_status, session, trouble, users_download,
};
use crate::server::services::Services;

/// What handlers share.
#[derive(Clone, Debug)]
pub struct AppState {
    /// What use cases are made of.
    pub services: Services,
    /// Compiled in from `Leptos.toml`.
    pub leptos_options: LeptosOptions,
    /// Proxies whose `X-Forwarded-For` is believed (C4).
    pub trusted_proxies: Arc<[IpNet]>,
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

/// The pages' routes. The pages of links are not among them: they have handlers of their own, which look the link up.
///
/// Listed once for the process: while the framework lists, nothing loads anywhere in it, and a page that another server
/// of the same process (another test's) begins to render just then would never be finished.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| {
    let all = generate_route_list(App).into_iter();
    all.filter(|route| {
        !["/reset-password/", "/not-me/", "/confirm-email/", "/stop-email/"]
            .iter()
            .any(|root| route.path().starts_with(root))
    })
    .collect()
});

/// The whole HTTP surface. `dev` only in a demo.
pub fn build(app: AppState, dev: Option<DevDoors>) -> Router {
    let pages = PAGES.clone();
    let context = {
        let app = app.clone();
        move || page::provide_request_context(&app)
    };
    let document = {
        let options = app.leptos_options.clone();
        move || shell(&options)
    };

    let mut router = Router::new()
        .route("/", get(|| async { Redirect::to("/dashboard") }))
        .route("/login", post(forms::post_login))
        .route("/logout", post(forms::post_logout))
        .route("/account", post(account_forms::post_details))
        .route("/account/password", post(account_forms::post_password))
        .route("/account/reset", post(account_forms::post_reset))
        .route("/account/sessions/end-others", post(account_forms::post_end_others))
        .route("/account/sessions/{id}/end", post(account_forms::post_end_session))
        .route("/.well-known/change-password", get(account_forms::well_known))
        .route("/reset-password", post(forms::post_ask))
        .route("/reset-password/{*token}", get(link_page::get).post(link_page::post))
        .route("/not-me/{*token}", get(not_me_page::get).post(not_me_page::post))
        .route(
            "/confirm-email/{*token}",
            get(email_pages::get_confirm).post(email_pages::post_confirm),
        )
        .route(
            "/stop-email/{*token}",
            get(email_pages::get_stop).post(email_pages::post_stop),
        )
        .route("/account/cancel-email", post(account_forms::post_cancel_email))
        .route(
            "/company/users/{id}/cancel-email",
            post(people_forms::post_cancel_email),
        )
        .route("/company/activity.csv", get(activity_download::get_csv))
        .route("/company/activity.jsonl", get(activity_download::get_json_lines))
        .route("/company/users.csv", get(users_download::get))
        .route("/company/edit", post(company_form::post))
        .route("/company", post(batch_forms::post_choose))
        .route("/company/resets/new", post(batch_forms::post_new))
        .route("/company/resets/batches/{id}/again", post(batch_forms::post_again))
        .route("/company/resets/batches/{id}/revoke", post(batch_forms::post_revoke))
        .route("/company/resets/batches/{id}/csv", get(batch_download::get))
        .route("/company/users/{id}/reset", post(forms::post_reset))
        .route("/company/users/{id}/revoke", post(forms::post_revoke))
        .route("/company/users/{id}/sign-out", post(people_forms::post_sign_out))
        .route("/company/users/new", post(people_forms::post_new))
        .route("/company/users/import", post(import_form::post))
        .route("/company/users/import/invite", post(import_form::post_invite))
        .route("/company/users/{id}", post(people_forms::post_user))
        .route("/company/users/{id}/delete", post(people_forms::post_delete))
        .route("/company/users/{id}/restore", post(people_forms::post_restore))
        .route("/company/users/{id}/give-access", post(linked_forms::post_give))
        .route("/company/users/{id}/remove-access", post(linked_forms::post_remove))
        .route("/companies/back", post(linked_forms::post_back))
        .route("/companies/{id}/switch", post(linked_forms::post_switch))
        .leptos_routes_with_context(&app, pages, context, document)
        .route("/auth/verify", get(forward_auth::verify))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .merge(assets::routes());
    if let Some(doors) = dev {
        router = router.merge(dev::routes(doors));
    }
    router
        .fallback(not_found)
        .layer(middleware::from_fn(server_fn_status::set))
        .layer(middleware::from_fn(acting_in::check))
        .layer(middleware::from_fn(body_limit::limit))
        .layer(middleware::from_fn_with_state(app.clone(), session::resolve))
        .layer(middleware::from_fn_with_state(app.services.clone(), origin::check))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn_with_state(app.services.clone(), headers::add))
        .layer(middleware::from_fn(request_log::log))
        .with_state(app)
}

/// An unknown address.
async fn not_found(State(app): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    page::render(&app, parts, StatusCode::NOT_FOUND, || ()).await
}

/// A panic costs one request. What it said goes to the log only (F7).
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over like this")]
fn after_panic(panic: Box<dyn std::any::Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    let error = incident::bug(&format!("panic: {}", said.unwrap_or("without words")));
    (StatusCode::INTERNAL_SERVER_ERROR, trouble::page(&error)).into_response()
}
