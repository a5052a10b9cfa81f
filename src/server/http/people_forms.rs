//! The plain POSTs of the pages that create, edit, delete and restore people.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rekey_domain::id::UserId;
use rekey_domain::policy::Refusal;

use crate::server::http::forms::{OnPersonPosted, Posted, go, page_of};
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::http::trouble;
use crate::server::service::cancel_email::cancel_email;
use crate::server::service::change_role::change_role;
use crate::server::service::create_user::create_user;
use crate::server::service::delete_user::delete_user;
use crate::server::service::edit_user::edit_user;
use crate::server::service::error::ServiceError;
use crate::server::service::resolve_session::SignedIn;
use crate::server::service::restore_user::restore_user;
use crate::server::service::sign_out_user::sign_out_user;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, FormState};
use crate::wire::people::{ChangeRoleInput, CreateUserInput, EditUserInput, Edited, RestoreUserInput, TypedPerson};

/// Where somebody is created.
const NEW: &str = "/company/users/new";

/// The person in the path.
pub(super) type Id = Result<Path<String>, PathRejection>;

/// `POST /company/users/new`.
pub async fn post_new(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(NEW).into_response();
    };
    let input = match posted.read::<CreateUserInput>(Field::Name) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match create_user(&app.services, &posted.visitor.client, &who, &input).await {
        Ok(user) => to_page(user, Done::UserCreated),
        Err(error) => {
            let typed = FormState {
                person: Some(Box::new(TypedPerson {
                    name: Some(input.name),
                    role: Some(input.role),
                })),
                ..FormState::with_email(input.email)
            };
            posted.refuse(&app, error, typed).await
        }
    }
}

/// `POST /company/users/{id}`: the forms `Details` and `Role`, which are told apart by their fields.
pub async fn post_user(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let (user, who) = match on_whom(id, &posted, "") {
        Ok(both) => both,
        Err(answer) => return *answer,
    };
    if url::form_urlencoded::parse(&posted.bytes).any(|(name, _)| name == "was_role") {
        post_role(&app, user, &who, posted).await
    } else {
        post_details(&app, user, &who, posted).await
    }
}

async fn post_details(app: &AppState, user: UserId, who: &SignedIn, posted: Posted) -> Response {
    let input = match posted.read::<EditUserInput>(Field::Name) {
        Ok(input) => input,
        Err(state) => return posted.show(app, state).await,
    };
    match edit_user(&app.services, &posted.visitor.client, who, user, &input).await {
        Ok(Edited::Saved) => to_page(user, Done::Saved),
        Ok(Edited::InvitedAnew) => to_page(user, Done::InvitedAnew),
        Err(error) => {
            let typed = FormState {
                person: Some(Box::new(TypedPerson {
                    name: Some(input.name),
                    role: None,
                })),
                ..FormState::with_email(input.email.unwrap_or_default())
            };
            posted.refuse(app, error, typed).await
        }
    }
}

async fn post_role(app: &AppState, user: UserId, who: &SignedIn, posted: Posted) -> Response {
    let input = match posted.read::<ChangeRoleInput>(Field::Role) {
        Ok(input) => input,
        Err(state) => return posted.show(app, state).await,
    };
    match change_role(&app.services, &posted.visitor.client, who, user, &input).await {
        Ok(()) => to_page(user, Done::RoleSaved),
        Err(error) => {
            let typed = FormState {
                person: Some(Box::new(TypedPerson {
                    name: None,
                    role: Some(input.role),
                })),
                ..FormState::default()
            };
            posted.refuse(app, error, typed).await
        }
    }
}

/// `POST /company/users/{id}/sign-out`: the button **Sign out everywhere**.
pub async fn post_sign_out(State(app): State<AppState>, posted: OnPersonPosted) -> Response {
    let (who, input) = posted.pressed();
    let answer = sign_out_user(&app.services, posted.client(), who, input).await;
    posted.back(answer, Done::UserSignedOut)
}

/// `POST /company/users/{id}/cancel-email`: the button **Cancel new email**.
pub async fn post_cancel_email(State(app): State<AppState>, posted: OnPersonPosted) -> Response {
    let (who, input) = posted.pressed();
    let answer = cancel_email(&app.services, posted.client(), who, input).await;
    posted.back(answer, Done::EmailCancelled)
}

/// `POST /company/users/{id}/delete`.
pub async fn post_delete(State(app): State<AppState>, posted: OnPersonPosted) -> Response {
    let (who, input) = posted.pressed();
    let answer = match delete_user(&app.services, posted.client(), who, input).await {
        // A second press finds it done.
        Err(ServiceError::Refused(AppError::Forbidden(Refusal::Deleted))) => Ok(()),
        answer => answer,
    };
    posted.back(answer, Done::UserDeleted)
}

/// `POST /company/users/{id}/restore`.
pub async fn post_restore(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let (user, who) = match on_whom(id, &posted, "/restore") {
        Ok(both) => both,
        Err(answer) => return *answer,
    };
    let input = match posted.read::<RestoreUserInput>(Field::Email) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match restore_user(&app.services, &posted.visitor.client, &who, user, &input).await {
        Ok(()) => to_page(user, Done::UserRestored),
        Err(error) => {
            let typed = FormState::with_email(input.email.unwrap_or_default());
            posted.refuse(&app, error, typed).await
        }
    }
}

/// The person in the path and who is signed in; else the answer. `rest`: what follows the person in the page's path.
pub(super) fn on_whom(id: Id, posted: &Posted, rest: &str) -> Result<(UserId, SignedIn), Box<Response>> {
    let Some(user) = id.ok().and_then(|Path(id)| id.parse::<UserId>().ok()) else {
        return Err(trouble::answer(&AppError::NotFound, &posted.parts.uri).into());
    };
    match posted.visitor.signed_in.clone() {
        Some(who) => Ok((user, who)),
        None => Err(to_sign_in(&format!("{}{rest}", page_of(user))).into_response().into()),
    }
}

/// Back to the person's page, which tells what was done.
pub(super) fn to_page(user: UserId, done: Done) -> Response {
    go(&format!("{}?done={}", page_of(user), done.word()), None)
}
