//! What people paste, as other programs write it: recipients (K8), lists (K9), a link out of a mail (K17).

use crate::support::people::{MAX, UMA};
use crate::support::{Client, Page, TestApp, link_of};

const IMPORT: &str = "/company/users/import";
const LINES: &str = "Or paste lines: name, email, role";
const FILE: &str = "CSV file";

/// How many lines a table has, by its heading; none where there is no such table.
fn count(page: &Page, heading: &str) -> usize {
    let text = page.text();
    let heading = format!("{heading} (");
    let counts = text.split(heading.as_str()).skip(1);
    let mut counts = counts.filter_map(|rest| rest.split(')').next()?.parse().ok());
    counts.next().unwrap_or_default()
}

async fn draft(browser: &Client, addresses: &str) -> Page {
    let form = browser.get("/company/resets/new").await.form("Check addresses");
    let answer = browser
        .submit(form.fill("Email addresses, one a line", addresses))
        .await
        .expect_status(303);
    browser.follow(&answer).await.expect_status(200)
}

#[tokio::test]
async fn k8_recipients_pasted_from_a_mail_program_are_understood() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = draft(
        &max,
        "User, Uma <uma@blueheron.example>; \"Reader, Rob (IT)\" <rob@blueheron.example>;\r\n\
         Ivy Invited <ivy@blueheron.example>,\r\n\
         \u{200b}ada@blueheron.example\u{200b}\r\n\
         mailto:uma@blueheron.example\r\nmailto:uma@blueheron.example",
    )
    .await;
    assert_eq!(count(&page, "Will get a link"), 4, "{}", page.text());
    for name in ["Uma User", "Rob Reader", "Ivy Invited", "Ada Admin"] {
        assert!(page.row(name).is_some(), "{name} in: {}", page.text());
    }
    assert_eq!(
        count(&page, "Will not get a link"),
        2,
        "the same address twice more: {}",
        page.text()
    );
    assert!(!page.says("not an email address"), "{}", page.text());
    assert!(page.says("the same as line 1"), "{}", page.text());

    // What has no address is told, and not dropped.
    let page = draft(&max, "Uma User <uma@blueheron.example>; the night shift; Rob <>").await;
    assert_eq!(
        (count(&page, "Will get a link"), count(&page, "Will not get a link")),
        (1, 2)
    );
    assert!(
        page.says("the night shift") && page.says("not an email address"),
        "{}",
        page.text()
    );
}

async fn checked(browser: &Client, lines: &str) -> Page {
    let form = browser.get(IMPORT).await.form("Check lines").fill(LINES, lines);
    let answer = browser.submit(form).await.expect_status(303);
    browser.follow(&answer).await.expect_status(200)
}

#[tokio::test]
async fn k8_the_same_lines_are_imported() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let page = checked(
        &max,
        "Name;Email\r\nLima;Lima, Ana <ana@new.example>\r\nBo;\"\"\"Bo, B. (IT)\"\" <bo@new.example>;\"\r\n\
         Cy;\u{200b}cy@new.example\u{200b}\r\nDee;mailto:dee@new.example\r\n;Eve E. <eve@new.example>\r\n\
         Uma;User, Uma <uma@blueheron.example>",
    )
    .await;
    assert_eq!(count(&page, "Will be invited"), 5, "{}", page.text());
    assert_eq!(count(&page, "Already here"), 1, "{}", page.text());
    assert_eq!(count(&page, "Cannot be imported"), 0, "{}", page.text());
    let row = page.row("6").expect("line 6");
    assert_eq!(row[1].1, "Eve E.");
    assert_eq!(row[2].1, "eve@new.example");
}

#[tokio::test]
async fn k9_the_hint_of_a_spreadsheet_is_nobody_and_lines_keep_their_numbers() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let list = "email;role;name\r\nana@acme.test;user;Ana Lima\r\n";
    for (hint, list) in [
        ("sep=;", list.to_owned()),
        ("\u{feff}sep=;", list.to_owned()),
        ("\"sep=;\"", list.to_owned()),
        ("SEP=\t", list.replace(';', "\t")),
        ("sep=|", list.replace(';', "|")),
    ] {
        let file = format!("{hint}\r\n{list}");
        let form = max.get(IMPORT).await.form("Check lines").attach(FILE, file);
        let answer = max.submit(form).await.expect_status(303);
        let page = max.follow(&answer).await.expect_status(200);
        assert_eq!(count(&page, "Will be invited"), 1, "{hint:?}: {}", page.text());
        assert_eq!(count(&page, "Cannot be imported"), 0, "{hint:?}");
        let row = page.row("3").unwrap_or_else(|| panic!("no line 3: {}", page.text()));
        assert_eq!(row[1].1, "Ana Lima", "{hint:?}");
    }
}

#[tokio::test]
async fn k9_a_header_that_is_not_understood_is_one_sentence() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let form = async || max.get(IMPORT).await.form("Check lines");
    let lines = "Kunde;Adresse;Rolle-Nr\nAna;ana@new.example;7\nBo;bo@new.example;7\n";
    let page = max.submit(form().await.fill(LINES, lines)).await.expect_status(422);
    let reason = page.reason_at(LINES).expect("a reason");
    assert!(
        reason.contains("names no column for the email") && reason.contains("Kunde, Adresse, Rolle-Nr"),
        "{reason}"
    );
    assert_eq!(page.value_of(LINES), lines);
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 0);

    for head in [
        "E-Mail-Adresse;Anzeigename",
        "userPrincipalName;displayName",
        "Email address;Full name",
    ] {
        let page = checked(&max, &format!("{head}\nana@new.example;Ana Lima")).await;
        assert_eq!(count(&page, "Will be invited"), 1, "{head}: {}", page.text());
    }
    // Text in another encoding is one sentence too.
    for bytes in [&b"Name,Email\nJ\xfcrgen,j@new.example\n"[..], b"\xff\xfeN\0,\0"] {
        let page = max.submit(form().await.attach(FILE, bytes)).await.expect_status(422);
        assert!(page.reason_at(FILE).is_some_and(|reason| reason.contains("not UTF-8")));
    }
}

#[tokio::test]
async fn k17_a_wrapped_link_is_opened() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let path = link
        .strip_prefix(app.url().as_str())
        .map(|path| format!("/{path}"))
        .expect("ours");
    let stranger = app.client();
    let encoded: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    let (begin, end) = link.split_at(60);
    for pasted in [
        format!("https://eur01.safelinks.example/?url={encoded}&data=05%7C02&reserved=0"),
        format!("> {begin}\r\n> {end}\r\n"),
        format!("> {begin}> {end}"),
        format!("Here it is: {link}\r\nMax"),
        format!("<{link}>"),
    ] {
        let form = stranger.get("/reset-password/open").await.form("Open link");
        let opened = stranger
            .submit(form.fill("Link from the mail", &pasted))
            .await
            .expect_status(303);
        assert_eq!(opened.location(), path, "{pasted:?}");
        let page = stranger.follow(&opened).await.expect_status(200);
        assert_eq!(page.heading(), "Set a new password");
    }
    let token = path.rsplit('/').next().expect("a token");
    for (pasted, words) in [
        (format!("https://evil.example/reset-password/{token}"), "begins with"),
        (link[..link.len() - 10].to_owned(), "The link breaks off"),
        ("what I found".to_owned(), "Paste the whole link from the mail"),
    ] {
        let form = stranger.get("/reset-password/open").await.form("Open link");
        let page = stranger
            .submit(form.fill("Link from the mail", &pasted))
            .await
            .expect_status(422);
        let reason = page.reason_at("Link from the mail").expect("a reason");
        assert!(reason.contains(words), "{pasted:?}: {reason}");
        assert!(!page.body.contains(&token[..40]), "what was pasted is not shown");
    }
}
