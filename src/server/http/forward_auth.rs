//! `GET /auth/verify`: a proxy in front of an application asks it before each request, and passes the answer's
//! `Remote-…` headers on. Costs what finding the session costs, one read (`http::session`), which also notes the use.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rekey_domain::way_back::{AppOrigins, WayBack};
use url::{Position, Url, form_urlencoded};

use crate::server::http::client_ip::is_trusted;
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, peer_of, sign_in_address};
use crate::server::service::resolve_session::SignedIn;

/// All but what RFC 3986 calls unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// 200 with who it is for a living session, else the way to the sign-in page: 401, or with `?redirect=1` 302, for proxies
/// that pass the answer on.
pub async fn verify(State(app): State<AppState>, request: Request) -> Response {
    let visitor = request.extensions().get::<Arc<Visitor>>();
    if let Some(who) = visitor.and_then(|visitor| visitor.signed_in.as_ref()) {
        return (StatusCode::OK, identity(who)).into_response();
    }
    let settings = &app.services.settings;
    let way_back = is_trusted(peer_of(&request).ip(), &app.trusted_proxies)
        .then(|| way_back(request.headers(), &settings.apps))
        .flatten();
    let ended_idle = visitor.is_some_and(|visitor| visitor.ended_idle);
    let sign_in = sign_in_address(way_back.as_ref().map(WayBack::as_str), ended_idle);
    let sign_in = settings.public_url.origin().ascii_serialization() + &sign_in;
    let query = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
    let status = if query.into_iter().any(|pair| pair == ("redirect".into(), "1".into())) {
        StatusCode::FOUND
    } else {
        StatusCode::UNAUTHORIZED
    };
    (status, [(LOCATION, sign_in)]).into_response()
}

/// Who is signed in, for the application.
fn identity(who: &SignedIn) -> HeaderMap {
    let name = utf8_percent_encode(&who.name, ENCODED).to_string();
    [
        ("remote-user", who.user.to_string()),
        ("remote-email", who.email.clone()),
        ("remote-name", name),
        ("remote-company", who.home.to_string()),
        ("remote-role", who.role.as_str().to_owned()),
    ]
    .into_iter()
    // An address has no control signs, so each of them is a header's value.
    .filter_map(|(header, value)| {
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        Some((HeaderName::from_static(header), value))
    })
    .collect()
}

/// The page of an application that was asked for, as the proxy tells it: whole in `X-Original-URL` (nginx), or in
/// `X-Forwarded-Proto`, `-Host` and `-Uri` (Caddy, Traefik).
fn way_back(headers: &HeaderMap, apps: &AppOrigins) -> Option<WayBack> {
    let only = |name: &str| {
        let mut all = headers.get_all(name).iter();
        let first = all.next()?.to_str().ok()?;
        all.next().is_none().then_some(first)
    };
    let told = match only("x-original-url") {
        Some(whole) => whole.to_owned(),
        None => format!(
            "{}://{}{}",
            only("x-forwarded-proto")?,
            only("x-forwarded-host")?,
            only("x-forwarded-uri")?
        ),
    };
    // Written anew as a browser writes it: a host in lower case, no usual port.
    let url = Url::parse(&told).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let path = &url[Position::BeforePath..Position::AfterQuery];
    let way = WayBack::parse(&format!("{}{path}", url.origin().ascii_serialization()), apps)?;
    matches!(way, WayBack::App(_)).then_some(way)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(headers: &[(&'static str, &str)]) -> Option<String> {
        let apps = AppOrigins::new(vec!["https://app.example.com".to_owned()]);
        let headers = headers
            .iter()
            .map(|(name, value)| {
                let value = HeaderValue::from_bytes(value.as_bytes()).expect("a value");
                (HeaderName::from_static(name), value)
            })
            .fold(HeaderMap::new(), |mut map, (name, value)| {
                map.append(name, value);
                map
            });
        way_back(&headers, &apps).map(|way| way.as_str().to_owned())
    }

    #[test]
    fn f6_the_original_address_is_read_either_way() {
        let page = "https://app.example.com/a/b?c=d%20e&f=g";
        for headers in [
            &[("x-original-url", page)][..],
            &[("x-original-url", "https://APP.example.com:443/a/b?c=d%20e&f=g")],
            &[
                ("x-forwarded-proto", "https"),
                ("x-forwarded-host", "app.example.com"),
                ("x-forwarded-uri", "/a/b?c=d%20e&f=g"),
            ],
        ] {
            assert_eq!(told(headers).as_deref(), Some(page), "{headers:?}");
        }
    }

    #[test]
    fn f6_no_address_leads_elsewhere() {
        for (proto, host, uri) in [
            ("https", "evil.example", "/"),
            ("https", "app.example.com:444", "/"),
            ("http", "app.example.com", "/"),
            ("https", "app.example.com@evil.example", "/"),
            ("https", "user@app.example.com", "/"),
            ("https", "app.example.com", "@evil.example/"),
            ("https", "app.example.com", ".evil.example/"),
            ("https", "app.example.com", ":444/"),
            ("https", "evil.example/", "/app.example.com/"),
            ("https", "\\\\evil.example", "/"),
            ("javascript", "app.example.com", "/"),
            ("", "", "//evil.example"),
            ("https", "app.example.com, evil.example", "/"),
        ] {
            let parts = [
                ("x-forwarded-proto", proto),
                ("x-forwarded-host", host),
                ("x-forwarded-uri", uri),
            ];
            assert_eq!(told(&parts), None, "{parts:?}");
            assert_eq!(told(&[("x-original-url", &format!("{proto}://{host}{uri}"))]), None);
        }
        // Not our way of telling it, or told twice.
        let page = ("x-original-url", "https://app.example.com/");
        assert_eq!(told(&[page, page]), None);
        assert_eq!(told(&[("x-original-url", "/dashboard")]), None);
        assert_eq!(told(&[("x-original-url", "https://app.example.com/\u{e9}")]), None);
        assert_eq!(told(&[]), None);
    }
}
