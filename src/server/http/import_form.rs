//! The plain POSTs of `/company/users/import`: the list to be checked, and the press that lets it happen.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rekey_domain::id::CompanyId;
use rekey_domain::policy::{self, Action};
use rekey_domain::role::Role;
use rekey_domain::text::TextBlock;

use crate::server::http::form_parts::{self, Part};
use crate::server::http::forms::{Posted, go};
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, to_sign_in};
use crate::server::http::{download, trouble};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::batches::press_import::press_import;
use crate::server::service::batches::preview_import::{list_unknown, preview_import};
use crate::texts::import as texts;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};
use crate::wire::import::{InviteInput, InviteUnknownInput, Way};
use crate::wire::paths;
use crate::wire::url_query;

/// `POST /company/users/import`.
pub async fn post(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::IMPORT).into_response();
    };
    // The button on a draft of reset links sends other fields.
    if let Ok(input) = serde_html_form::from_bytes::<InviteUnknownInput>(&posted.bytes) {
        return check_unknown(app, posted, &who, input).await;
    }
    let fields = form_parts::read(&posted.parts, posted.bytes.clone()).await;
    let sent = match fields.and_then(|fields| Sent::read(fields).ok_or(AppError::BadRequest)) {
        Ok(sent) => sent,
        Err(error) => return trouble::answer(&error, &posted.parts.uri),
    };
    let lines = TextBlock::of(&String::from_utf8_lossy(&sent.lines));
    let typed = BTreeMap::from([(Field::Lines.name().to_owned(), lines)]);
    let from = url_query::value(posted.parts.uri.query().unwrap_or_default(), "from");
    let way = from.and_then(|word| Way::of_list(word.as_str()));
    let (field, list) = match sent.list(way) {
        Ok(list) => list,
        Err(problem) => {
            let problems = AppError::Invalid(vec![problem]);
            return posted.refuse_with(&app, problems, typed).await;
        }
    };
    check(app, posted, &who, (sent.company, field, list.to_vec()), typed).await
}

/// The addresses that are nobody's: they are checked as if they had been pasted here.
async fn check_unknown(app: AppState, posted: Posted, who: &SignedIn, input: InviteUnknownInput) -> Response {
    let list = match list_unknown(&app.services, &posted.visitor.client, who, input).await {
        Ok(list) => list,
        Err(error) => return posted.fail(error),
    };
    let typed = BTreeMap::from([(Field::Lines.name().to_owned(), TextBlock::of(&list))]);
    let list = (input.company, Field::Lines, list.into_bytes());
    check(app, posted, who, list, typed).await
}

/// Checks a list, and leads to the page that shows what would come of it; or shows this page again with what was typed.
async fn check(
    app: AppState,
    posted: Posted,
    who: &SignedIn,
    (company, field, list): (CompanyId, Field, Vec<u8>),
    typed: BTreeMap<String, TextBlock>,
) -> Response {
    match preview_import(&app.services, &posted.visitor.client, who, company, field, list).await {
        Ok(draft) => go(&paths::import_draft(draft), None),
        Err(error) => {
            let error = posted.tell(error);
            posted.refuse_with(&app, error, typed).await
        }
    }
}

/// `GET /company/users/sample.csv`: a list as the import reads it, to be filled in.
pub async fn get_sample(visitor: Extension<Arc<Visitor>>, uri: Uri) -> Response {
    let Some(who) = &visitor.signed_in else {
        return to_sign_in(paths::IMPORT).into_response();
    };
    if let Err(refusal) = policy::decide(&who.as_actor(), Action::CreateUser(Role::User), None) {
        return trouble::answer(&AppError::Forbidden(refusal), &uri);
    }
    let headers = [
        (CONTENT_TYPE, download::CSV),
        (CONTENT_DISPOSITION, "attachment; filename=\"people.csv\""),
    ];
    (headers, texts::SAMPLE).into_response()
}

/// `POST /company/users/import/invite`: the button **Invite 10 people**.
pub async fn post_invite(State(app): State<AppState>, posted: Posted) -> Response {
    let Some(who) = posted.visitor.signed_in.clone() else {
        return to_sign_in(paths::IMPORT).into_response();
    };
    let Ok(input) = serde_html_form::from_bytes::<InviteInput>(&posted.bytes) else {
        return trouble::answer(&AppError::BadRequest, &posted.parts.uri);
    };
    match press_import(&app.services, &posted.visitor.client, &who, input).await {
        Ok(()) => go(&paths::batch(input.draft), None),
        Err(error) => posted.fail(error),
    }
}

/// What the form sends.
struct Sent {
    company: CompanyId,
    file: Bytes,
    lines: Bytes,
}

impl Sent {
    /// Its fields, each once and no other (D3).
    fn read(fields: Vec<Part>) -> Option<Self> {
        let (mut company, mut file, mut lines) = (None, None, None);
        for Part { name, bytes } in fields {
            let field = match name.as_str() {
                "company" => &mut company,
                name if name == Field::File.name() => &mut file,
                name if name == Field::Lines.name() => &mut lines,
                _ => return None,
            };
            if field.replace(bytes).is_some() {
                return None;
            }
        }
        Some(Self {
            company: std::str::from_utf8(&company?).ok()?.parse().ok()?,
            file: file.unwrap_or_default(),
            lines: lines.unwrap_or_default(),
        })
    }

    /// The list, and where it is from: one of the two. `way`: what alone the page asks for, if it does not ask for either.
    fn list(&self, way: Option<Way>) -> Result<(Field, &Bytes), Problem> {
        let problem = |field, reason| Err(Problem { field, reason });
        match (self.file.is_empty(), self.lines.trim_ascii().is_empty()) {
            (false, true) => Ok((Field::File, &self.file)),
            (true, false) => Ok((Field::Lines, &self.lines)),
            (true, true) => match way {
                Some(Way::Lines) => problem(Field::Lines, Reason::NoLines),
                Some(Way::File) => problem(Field::File, Reason::NoFile),
                Some(Way::One) | None => problem(Field::File, Reason::NoList),
            },
            (false, false) => problem(Field::File, Reason::TwoLists),
        }
    }
}
