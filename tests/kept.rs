//! What was typed into a form survives what is not its fault. Case K15.

use std::fmt::Write as _;

use crate::support::people::{ADA, MAX};
use crate::support::{PASSWORD, SECOND, TestApp};

fn list(people: usize) -> String {
    (0..people).fold(String::new(), |mut list, number| {
        writeln!(list, "Person {number},p{number}@new.example,user").expect("a line");
        list
    })
}

#[tokio::test]
async fn k15_a_list_that_was_pasted_before_the_session_ended_is_kept_and_sent_again() {
    for people in [1, 200, 5_000] {
        let app = TestApp::start().await;
        let max = app.sign_in_as(MAX).await;
        let form = max
            .get("/company/users/import")
            .await
            .expect_status(200)
            .form("Check lines");
        let typed = list(people);
        let form = form.fill("Or paste lines: name, email, role", &typed);
        app.advance(SECOND * 1_801);
        let kept = max.submit(form).await.expect_status(401);
        assert_eq!(kept.heading(), "Your session has ended");
        assert!(kept.says("Nothing was done."), "{}", kept.text());
        assert_eq!(app.number("SELECT count(*) FROM batches").await, 0);
        // In another tab.
        let again = kept.form("Send again");
        max.post("/login", &[("email", MAX), ("password", PASSWORD)])
            .await
            .expect_status(303);
        let checked = max.submit(again).await.expect_status(303);
        let draft = max.follow(&checked).await.expect_status(200);
        assert!(
            draft.says(&format!("Will be invited ({people})")) || draft.says(&people.to_string()),
            "{}",
            draft.text()
        );
        assert_eq!(app.number("SELECT count(*) FROM batches").await, 1);
    }
}

#[tokio::test]
async fn k15_every_form_with_something_typed_keeps_it_and_no_secret() {
    let app = TestApp::start().await;
    let ada = app.sign_in_as(ADA).await;
    let page = ada.get("/account").await.form("Save details");
    let details = page.fill("Name", "Ada Adamant").fill("Current password", PASSWORD);
    let banner = ada.get("/company/edit").await.form("Save company details");
    let banner = banner.fill("Banner", "Closed <b>today</b> & \"tomorrow\"");
    let paste = ada.get("/company/resets/new").await.form("Check addresses");
    let paste = paste.fill("Email addresses, one a line", "a@b.example\nc@d.example");
    let press = ada.get(&app.page_of(MAX).await).await.form("Reset password");
    app.advance(SECOND * 1_801);
    for (form, kept) in [
        (details, "Ada Adamant"),
        (banner, "Closed <b>today</b> & \"tomorrow\""),
        (paste, "a@b.example\nc@d.example"),
    ] {
        let page = ada.submit(form).await.expect_status(401);
        let again = page.form("Send again");
        assert!(
            again.fields().any(|(_, value)| value.replace("\r\n", "\n") == kept),
            "{kept}: {}",
            page.body
        );
        assert!(!page.body.contains(PASSWORD));
        assert_eq!(page.header("cache-control"), Some("no-store"));
    }
    // Where nothing was typed, the sign-in page leads back.
    let answer = ada.submit(press).await.expect_status(303);
    assert!(answer.location().starts_with("/login?"), "{}", answer.location());
}

#[tokio::test]
async fn k15_what_was_typed_before_signing_out_in_another_tab_is_kept() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = app.page_of("uma@blueheron.example").await;
    let form = max.get(&page).await.form("Save details").fill("Name", "Uma Umber");
    max.post("/logout", &[]).await.expect_status(303);
    let fields: Vec<_> = form.fields().collect();
    // As browsers send it.
    let typed = max.posting(&page, &fields).header("sec-fetch-site", "same-origin");
    let kept = max.send(typed).await.expect_status(401);
    assert_eq!(kept.heading(), "Your session has ended");
    let again = kept.form("Send again");
    assert!(
        again.fields().any(|field| field == ("name", "Uma Umber")),
        "{}",
        kept.body
    );
}

#[tokio::test]
async fn k15_what_another_tab_is_in_the_way_of_is_kept_too() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let paste = max.get("/company/resets/new").await.form("Check addresses");
    let paste = paste.fill("Email addresses, one a line", "uma@blueheron.example");
    let switch = max.get("/companies").await.form("Switch to Heron Nord");
    max.submit(switch).await.expect_status(303);
    let page = max.submit(paste).await.expect_status(409);
    assert_eq!(page.heading(), "You act in another company now");
    let again = page.form("Send again");
    assert!(again.fields().any(|(_, value)| value.contains("uma@blueheron.example")));
}
