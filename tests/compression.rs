//! Which answers leave compressed. Case F19.

use reqwest::Method;

use crate::support::people::{MAX, UMA};
use crate::support::{Client, Page, TestApp, link_of};

async fn asked(client: &Client, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = client.request(Method::GET, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    client.send(request).await.expect_status(200)
}

fn coding(page: &Page) -> Option<&str> {
    page.header("content-encoding")
}

#[tokio::test]
async fn f19_pages_and_answers_leave_compressed_for_whoever_accepts_it() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let people = "/company?size=100";
    let plain = asked(&max, people, &[]).await;
    assert_eq!(coding(&plain), None);
    let length = |page: &Page| {
        page.header("content-length")
            .and_then(|length| length.parse::<usize>().ok())
    };
    let whole = length(&plain).unwrap_or(plain.body.len());
    for (accepted, expected) in [("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br")] {
        let page = asked(&max, people, &[("accept-encoding", accepted)]).await;
        assert_eq!(coding(&page), Some(expected), "{accepted}");
        assert!(
            page.header("vary")
                .is_some_and(|vary| vary.to_lowercase().contains("accept-encoding"))
        );
        // As lossy text it is never shorter than its bytes by more than a half.
        assert!(page.body.len() < whole / 2, "{} of {whole}", page.body.len());
    }
    for (path, expected) in [
        ("/api/session-left", None),
        ("/api/resets-list-since?query=&stamp=", Some("br")),
        ("/api/search-people?query=", Some("br")),
    ] {
        let answer = asked(&max, path, &[("accept-encoding", "br")]).await;
        assert_eq!(coding(&answer), expected, "{path}");
    }
    assert_eq!(
        coding(&asked(&max, people, &[("accept-encoding", "identity")]).await),
        None
    );
}

#[tokio::test]
async fn f19_what_another_site_asks_for_in_somebodys_name_and_the_page_of_a_link_never_are() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let accepts = ("accept-encoding", "br");
    for (site, expected) in [
        ("cross-site", None),
        ("same-site", None),
        ("same-origin", Some("br")),
        ("none", Some("br")),
    ] {
        let page = asked(&max, "/company?q=uma", &[accepts, ("sec-fetch-site", site)]).await;
        assert_eq!(coding(&page), expected, "{site}");
    }
    // To a stranger nothing is told that anybody may not know.
    let page = asked(&app.client(), "/login", &[accepts, ("sec-fetch-site", "cross-site")]).await;
    assert_eq!(coding(&page), Some("br"));
    app.ask(UMA).await.expect_status(303);
    let link = link_of(&app.mail_to(UMA).await);
    assert_eq!(coding(&asked(&app.client(), &link, &[accepts]).await), None);
    assert_eq!(
        coding(&asked(&app.client(), &format!("{link}/not-me"), &[accepts]).await),
        None
    );
}
