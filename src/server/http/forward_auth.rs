//! `/auth/verify`: a proxy in front of an application asks it before each request, and passes the answer's `Remote-…`
//! headers on, and its `Cookie`, which is the visitor's without Rekey's own. Costs what finding the session costs, one read
//! (`http::session`), which also notes the use. `docs/decisions/0033-forward-authentication.md` has the reasons.

use std::sync::Arc;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, COOKIE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Version};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rekey_domain::page_asked::Asked;
use rekey_domain::way_back::{AppOrigins, WayBack};
use url::{Position, Url, form_urlencoded};

use crate::server::http::cookies;
use crate::server::http::router::AppState;
use crate::server::http::session::{Visitor, peer_of, sign_in_address};
use crate::server::service::acting::resolve_session::SignedIn;

/// All but what RFC 3986 calls unreserved.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The layer that answers from the head at once: a proxy announces the visitor's body and never sends it (K4). What is
/// left of such a request can't be told from a next one, so the connection ends with the answer.
pub async fn from_the_head(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let is_whole = body.is_end_stream();
    let is_one_at_a_time = parts.version < Version::HTTP_2;
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    if !is_whole && is_one_at_a_time {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// 200 with who it is for a living session, else the way to the sign-in page: 401, or with `?redirect=1` 302, for proxies
/// that pass the answer on. Only pages are led there: a script's call would get a page for an answer (K4).
pub async fn verify(State(app): State<AppState>, request: Request) -> Response {
    let headers = request.headers();
    let visitor = request.extensions().get::<Arc<Visitor>>();
    if let Some(who) = visitor.and_then(|visitor| visitor.signed_in.as_ref()) {
        return (StatusCode::OK, for_application(who, headers)).into_response();
    }
    let settings = &app.services.settings;
    let asked = asked(&request);
    let way_back = (asked.can_be_come_back_to() && app.proxies.trust(peer_of(&request).ip()))
        .then(|| way_back(headers, &settings.apps))
        .flatten();
    let way_back = way_back.as_ref().map(WayBack::as_str);
    let why = visitor.and_then(|visitor| visitor.why_signed_out(&app.services, way_back.unwrap_or_default()));
    let sign_in = settings.public_url.origin().ascii_serialization() + &sign_in_address(way_back, why);
    let query = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
    let may_redirect = query.into_iter().any(|pair| pair == ("redirect".into(), "1".into()));
    let status = if may_redirect && asked.is_page() {
        StatusCode::FOUND
    } else {
        StatusCode::UNAUTHORIZED
    };
    (status, [(LOCATION, sign_in)]).into_response()
}

/// What the application was asked for. The proxy asks with the visitor's own headers, and tells the method where it does
/// not ask with it: in `X-Original-Method` (nginx) or in `X-Forwarded-Method` (Caddy, Traefik).
fn asked(request: &Request) -> Asked<'_> {
    let header = |name: &str| request.headers().get(name).map(HeaderValue::as_bytes);
    let told = header("x-original-method").or_else(|| header("x-forwarded-method"));
    Asked {
        mode: header("sec-fetch-mode"),
        accept: header("accept"),
        requested_with: header("x-requested-with"),
        method: told.unwrap_or_else(|| request.method().as_str().as_bytes()),
    }
}

/// Who is signed in, and the visitor's cookies without ours. `Cookie` is there even where none is left: a proxy that finds
/// none passes the visitor's own on.
fn for_application(who: &SignedIn, headers: &HeaderMap) -> HeaderMap {
    let mut told = identity(who);
    // Pieces of a header's value, and so one themselves.
    if let Ok(mut rest) = HeaderValue::from_bytes(&cookies::of_others(headers)) {
        rest.set_sensitive(true);
        told.insert(COOKIE, rest);
    }
    told
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
    // A proxy tells in one way; what can't be read in it does not make the visitor's own headers the other one.
    let told = if headers.contains_key("x-original-url") {
        only("x-original-url")?.to_owned()
    } else {
        format!(
            "{}://{}{}",
            only("x-forwarded-proto")?,
            only("x-forwarded-host")?,
            only("x-forwarded-uri")?
        )
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
        let parts = [
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "app.example.com"),
            ("x-forwarded-uri", "/"),
        ];
        let unreadable = ("x-original-url", "https://app.example.com/\u{e9}");
        assert_eq!(told(&[unreadable, parts[0], parts[1], parts[2]]), None);
        assert_eq!(told(&[("x-original-url", "/dashboard")]), None);
        assert_eq!(told(&[("x-original-url", "https://app.example.com/\u{e9}")]), None);
        assert_eq!(told(&[]), None);
    }
}
