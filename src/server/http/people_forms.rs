//! The plain POSTs of the pages about a person.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use rekey_domain::id::UserId;
use rekey_domain::policy::Refusal;

use crate::api::people::{ChangeRole, EditUser};
use crate::server::http::forms::{OnPersonPosted, Posted, go};
use crate::server::http::router::AppState;
use crate::server::http::session::to_sign_in;
use crate::server::http::{trouble, write};
use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::emails::cancel_email::cancel_email;
use crate::server::service::people::delete_user::delete_user;
use crate::server::service::people::restore_user::{Restored, restore_user};
use crate::server::service::sessions::sign_out_user::sign_out_user;
use crate::wire::done::Done;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, PressInput};
use crate::wire::paths;
use crate::wire::people::{ChangeRoleInput, EditUserInput, RestoreUserInput};
use crate::wire::resets_query::ResetsQuery;

/// The person in the path.
pub(super) type Id = Result<Path<String>, PathRejection>;

/// `POST /company/users/{id}`: the forms `Details` and `Role`, which are told apart by their fields.
pub async fn post_user(State(app): State<AppState>, id: Id, posted: Posted) -> Response {
    let user = match on_whom(id, &posted, paths::person) {
        Ok((user, _)) => Some(user),
        Err(answer) => return *answer,
    };
    if url::form_urlencoded::parse(&posted.bytes).any(|(name, _)| name == "was_role") {
        write::answer_form::<ChangeRole, ChangeRoleInput>(&app, user, posted, Field::Role).await
    } else {
        write::answer_form::<EditUser, EditUserInput>(&app, user, posted, Field::Name).await
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
    let (user, who) = match on_whom(id, &posted, paths::person_restore) {
        Ok(both) => both,
        Err(answer) => return *answer,
    };
    let input = match posted.read::<RestoreUserInput>(Field::Email) {
        Ok(input) => input,
        Err(state) => return posted.show(&app, state).await,
    };
    match restore_user(&app.services, &posted.visitor.client, &who, user, &input).await {
        Ok(Restored::Back) => to_page(user, Done::UserRestored),
        Ok(Restored::OnceConfirmed) => to_page(user, Done::UserRestoring),
        Err(error) => {
            let error = posted.tell(error);
            posted.refuse(&app, error).await
        }
    }
}

/// The person in the path and who is signed in; else the answer. `page`: the person's page that was posted to.
pub(super) fn on_whom(
    id: Id,
    posted: &Posted,
    page: fn(UserId) -> String,
) -> Result<(UserId, SignedIn), Box<Response>> {
    let Some(user) = id.ok().and_then(|Path(id)| id.parse::<UserId>().ok()) else {
        return Err(trouble::answer(&AppError::NotFound, &posted.parts.uri).into());
    };
    match posted.visitor.signed_in.clone() {
        Some(who) => Ok((user, who)),
        None => Err(to_sign_in(&page(user)).into_response().into()),
    }
}

/// Back to the person's page, which tells what was done.
pub(super) fn to_page(user: UserId, done: Done) -> Response {
    go(&told_on_page(user, done), None)
}

/// The address of somebody's page, with what it tells was done.
pub fn told_on_page(user: UserId, done: Done) -> String {
    paths::with_done(&paths::person(user), done)
}

/// The address of the form for the next new person, with what it tells was done to the one before.
pub fn told_on_form(user: UserId, done: Done) -> String {
    format!("{}&of={user}", paths::with_done(paths::NEW_USER, done))
}

/// Where a press leads without script: to the list that it came from, which tells by the person's id whom it was about, or to the
/// person's page.
pub fn back_from(press: &PressInput, done: Done) -> String {
    let Some(list) = &press.list else {
        return told_on_page(press.user, done);
    };
    let list = ResetsQuery {
        pressed: Some(press.user),
        ..ResetsQuery::from_url(list)
    };
    format!("{}&done={}", list.address(), done.word())
}
