//! The browser's half and the public files, out of the executable.
//!
//! `cargo xtask dist` puts them inside, packed beforehand; the build script writes the table. Every address below
//! `/pkg` carries the name of the build, which changes with any byte of any file: so it may be kept for ever, and a
//! page of an older build never gets files of this one. In development the table of `/pkg` is empty: the files are
//! read from disk each time, and the build is called `dev`.
//!
//! Knows nothing of pages, people or the database.

use std::path::{Component, Path, PathBuf};

use axum::Router;
use axum::body::Bytes;
use axum::extract;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// A file inside the executable.
#[derive(Debug)]
pub struct File {
    /// Its address below `/pkg/{BUILD}/` or `/`.
    path: &'static str,
    /// As it is.
    raw: &'static [u8],
    /// In Brotli, where that is smaller.
    br: Option<&'static [u8]>,
    /// In gzip, where that is smaller.
    gz: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/front.rs"));

/// The name of the build has the content in it.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The names of the public files have not.
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
const NEVER: HeaderValue = HeaderValue::from_static("no-store");

/// Leptos.toml's `site-root`, unless cargo-leptos says otherwise while it watches.
const SITE_ROOT: &str = "target/site";
const SITE_ROOT_VARIABLE: &str = "LEPTOS_SITE_ROOT";

/// GET and HEAD of `/pkg/{build}/{file}` and of each public file.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let mut router = Router::new().route("/pkg/{build}/{*file}", get(pkg));
    for file in PUBLIC {
        let answer = move |headers: HeaderMap| async move { inside(file, &headers, A_DAY) };
        router = router.route(&format!("/{}", file.path), get(answer));
    }
    router
}

/// The address of the style sheet.
pub fn stylesheet() -> String {
    address("rekey.css")
}

/// The address of the script that starts the WebAssembly.
pub fn script() -> String {
    address("rekey.js")
}

/// The address of the WebAssembly.
pub fn wasm() -> String {
    address("rekey.wasm")
}

fn address(file: &str) -> String {
    format!("/pkg/{BUILD}/{file}")
}

async fn pkg(extract::Path((build, file)): extract::Path<(String, String)>, headers: HeaderMap) -> Response {
    if build != BUILD {
        return not_there();
    }
    if PKG.is_empty() {
        return on_disk(&file).await;
    }
    match PKG.iter().find(|candidate| candidate.path == file) {
        Some(file) => inside(file, &headers, FOR_EVER),
        None => not_there(),
    }
}

/// A file of the executable, in the smallest form that the client reads.
fn inside(file: &'static File, headers: &HeaderMap, kept: HeaderValue) -> Response {
    let (coding, body) = match file {
        File { br: Some(packed), .. } if accepts(headers, "br") => (Some("br"), *packed),
        File { gz: Some(packed), .. } if accepts(headers, "gzip") => (Some("gzip"), *packed),
        File { raw, .. } => (None, *raw),
    };
    let mut response = (
        [
            (CONTENT_TYPE, HeaderValue::from_static(content_type(file.path))),
            (CACHE_CONTROL, kept),
            (VARY, HeaderValue::from_static("accept-encoding")),
        ],
        Bytes::from_static(body),
    )
        .into_response();
    if let Some(coding) = coding {
        response
            .headers_mut()
            .insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Development only. The path comes from outside: nothing but plain names may be in it.
async fn on_disk(file: &str) -> Response {
    let is_plain = Path::new(file)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_plain {
        return not_there();
    }
    let root = std::env::var_os(SITE_ROOT_VARIABLE).unwrap_or_else(|| SITE_ROOT.into());
    let place = PathBuf::from(root).join("pkg").join(file);
    match tokio::task::spawn_blocking(move || std::fs::read(place)).await {
        Ok(Ok(content)) => (
            [
                (CONTENT_TYPE, HeaderValue::from_static(content_type(file))),
                (CACHE_CONTROL, NEVER),
            ],
            content,
        )
            .into_response(),
        _ => not_there(),
    }
}

/// Nobody may keep this answer: a deployment may bring the file.
fn not_there() -> Response {
    (
        StatusCode::NOT_FOUND,
        [(CACHE_CONTROL, NEVER)],
        "There is no such file.\n",
    )
        .into_response()
}

/// Whether the client names this coding and does not refuse it with a weight of 0. The order of preference is ours:
/// clients weigh what is cheaper for them to unpack, and every one of them unpacks both. Whatever is not understood
/// here gets the file as it is, which every client reads; so no wrong answer can come of it.
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let lines = headers
        .get_all(ACCEPT_ENCODING)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let mut words = item.split(';').map(str::trim);
        words.next().is_some_and(|name| name.eq_ignore_ascii_case(coding)) && words.all(is_a_weight_above_zero)
    })
}

fn is_a_weight_above_zero(word: &str) -> bool {
    let weight = word
        .split_once('=')
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    weight
        .and_then(|(_, value)| value.trim().parse::<f32>().ok())
        .is_some_and(|weight| weight > 0.0)
}

/// By the file's ending. WebAssembly must have its own type, or browsers compile it only after all of it has come.
fn content_type(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("ico") => "image/x-icon",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: File = File {
        path: "rekey.wasm",
        raw: b"raw",
        br: Some(b"br"),
        gz: Some(b"gz"),
    };
    static SMALL: File = File {
        path: "robots.txt",
        raw: b"raw",
        br: None,
        gz: None,
    };

    fn asking(line: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(line))])
    }

    fn coding(file: &'static File, line: &'static str) -> Option<HeaderValue> {
        inside(file, &asking(line), FOR_EVER)
            .headers()
            .get(CONTENT_ENCODING)
            .cloned()
    }

    #[test]
    fn the_smallest_form_that_the_client_reads() {
        assert_eq!(coding(&FILE, "gzip, deflate, br, zstd").unwrap(), "br");
        assert_eq!(coding(&FILE, "GZIP;q=0.5").unwrap(), "gzip");
        assert_eq!(coding(&FILE, "br;q=0, gzip").unwrap(), "gzip");
        assert_eq!(coding(&FILE, "br; q=0.000, gzip ; q=0"), None);
        assert_eq!(coding(&FILE, "brotli, xgzip, *"), None);
        assert_eq!(coding(&FILE, "br;q=much"), None);
        assert_eq!(coding(&FILE, ""), None);
        assert_eq!(coding(&SMALL, "gzip, br"), None);
    }

    #[test]
    fn several_lines_are_one() {
        let mut headers = asking("identity");
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("br"));
        assert!(accepts(&headers, "br"));
    }

    #[test]
    fn caches_are_told_what_they_need() {
        let response = inside(&FILE, &asking("br"), FOR_EVER);
        assert_eq!(response.headers()[VARY], "accept-encoding");
        assert_eq!(response.headers()[CONTENT_TYPE], "application/wasm");
        assert_eq!(response.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
        assert_eq!(not_there().headers()[CACHE_CONTROL], "no-store");
    }

    #[test]
    fn what_is_in_public_is_always_inside() {
        let names: Vec<_> = PUBLIC.iter().map(|file| file.path).collect();
        assert!(
            names.contains(&"robots.txt") && names.contains(&"favicon.svg"),
            "{names:?}"
        );
    }

    #[tokio::test]
    async fn an_unknown_build_or_file_is_not_there() {
        for (build, file) in [
            ("0000000000000000", "rekey.css"),
            (BUILD, "no-such.js"),
            (BUILD, "../site/x"),
            (BUILD, "/etc/passwd"),
        ] {
            let path = extract::Path((build.to_owned(), file.to_owned()));
            assert_eq!(
                pkg(path, HeaderMap::new()).await.status(),
                StatusCode::NOT_FOUND,
                "{build} {file}"
            );
        }
    }
}
