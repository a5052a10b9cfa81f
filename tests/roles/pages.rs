//! The pages that have forms, and what forms and downloads are posted to or asked for.

use super::doors::{DOORS, Door};
use super::knock::{PAGE, batch_for, draft_of};
use super::prepare::{company_of, enter_own, entered_for, link_for, notice_for};
use super::who::Who;
use crate::support::people::{AGNES, DEL, MAX, ROB, UMA};
use crate::support::{TestApp, password};

/// The list to be filled in: it is the same for everybody who may create somebody.
pub(super) const SAMPLE: &str = "/company/users/sample.csv";

/// The path of a form as the rows have it.
pub fn pattern_of(action: &str) -> String {
    let parts: Vec<_> = action.split('/').collect();
    match &parts[..] {
        ["", "reset-password", "open"] | ["", "company", "users", "new" | "import" | "sample.csv", ..] => {
            action.to_owned()
        }
        ["", "company", "users", list] if list.starts_with("import?") => "/company/users/import".to_owned(),
        ["", "reset-password", _, "not-me"] => "/reset-password/{token}/not-me".to_owned(),
        ["", "not-me", _] => "/not-me/{token}".to_owned(),
        ["", "confirm-email", _] => "/confirm-email/{token}".to_owned(),
        ["", "stop-email", _] => "/stop-email/{token}".to_owned(),
        ["", "companies", _, "switch"] => "/companies/{id}/switch".to_owned(),
        ["", "reset-password", _] => "/reset-password/{token}".to_owned(),
        ["", "account", "sessions", _, "end"] => "/account/sessions/{id}/end".to_owned(),
        ["", "company", list] if list.contains('.') => action.to_owned(),
        ["", "company", "users", _] => "/company/users/{id}".to_owned(),
        ["", list] if list.starts_with("company?") => "/company".to_owned(),
        ["", "company", "resets", new] if new.starts_with("new") => "/company/resets/new".to_owned(),
        ["", "company", "resets", "batches", _, rest] => {
            format!("/company/resets/batches/{{id}}/{rest}")
        }
        ["", "company", "users", _, rest @ ..] => format!("/company/users/{{id}}/{}", rest.join("/")),
        _ => action.to_owned(),
    }
}

/// The paths to which forms are posted.
pub fn posted_to() -> impl Iterator<Item = &'static str> {
    let takes_a_form = |door: &&Door| !door.is_download() && door.path != SAMPLE;
    let paths = DOORS.iter().filter(takes_a_form).map(|door| door.path);
    paths.filter(|path| !path.starts_with("/api/") && !path.starts_with(PAGE))
}

/// Pages that have, together and for one or another reader, every form that there is. What they need is in the database.
pub async fn pages_with_forms(app: &TestApp) -> Vec<String> {
    let link = link_for(app, UMA).await;
    // Of another one: what is done at the first would end it.
    let not_me = format!("{}/not-me", link_for(app, "person16@blueheron.example").await);
    let notice = notice_for(app, "person12@blueheron.example", &password(1)).await;
    let (umas, dels) = (app.page_of(UMA).await, app.page_of(DEL).await);
    let changing = "person13@blueheron.example";
    let confirms = entered_for(app, changing, false).await;
    let mut stops = app.mail_to(changing).await.links.into_iter();
    let stops = stops.find(|link| link.contains("/stop-email/"));
    let stops = stops.expect("such a link");
    let changings = app.page_of(changing).await;
    let [maxs, agnes] = [app.page_of(MAX).await, app.page_of(AGNES).await];
    enter_own(app, ROB).await;
    let door = |end: &str| DOORS.iter().find(|door| door.path.ends_with(end)).expect("a door");
    let [one, other, third] = [
        "person14@blueheron.example",
        "person15@blueheron.example",
        "person17@blueheron.example",
    ];
    let revoked = batch_for(app, door("batches/{id}/revoke"), Who::Manager, app.user_id(third).await).await;
    let batch = batch_for(app, door("/again"), Who::Manager, app.user_id(one).await).await;
    let batch = format!("/company/resets/batches/{batch}");
    let draft = batch_for(app, door("resets/new"), Who::Manager, app.user_id(other).await).await;
    let max = app.sign_in_as(MAX).await;
    let list = draft_of(&max, &company_of(app, MAX).await, "new@new.example").await;
    let list = format!("/company/users/import?draft={list}");
    [
        "/login",
        "/logout",
        "/reset-password",
        "/reset-password?sent=1",
        "/reset-password/open",
        "/reset-password/nonsense",
        &link,
        &not_me,
        &notice,
        "/dashboard",
        "/settings",
        "/account",
        "/account/password",
        // The drafts come before the pages where more of them are made: only the newest twenty are kept.
        &format!("/company/resets/new?draft={draft}"),
        &list,
        // Before the list of resets, where another link for the same person may be asked for; each with a batch of its own, since
        // what is done to one of its resets is done to all.
        &batch,
        &format!("/company/resets/batches/{revoked}/revoke"),
        "/company",
        "/company?tab=users",
        "/company?tab=resets",
        "/company?tab=activity",
        "/company/edit",
        "/company/notice",
        &umas,
        "/company/users/new",
        "/company/resets/new",
        "/company/users/import",
        "/company/users/import?from=lines",
        "/company/users/import?from=file",
        &confirms,
        &stops,
        &changings,
        "/companies",
        &maxs,
        &agnes,
        &format!("{umas}/delete"),
        &format!("{dels}/restore"),
        "/nowhere",
    ]
    .map(str::to_owned)
    .into()
}
