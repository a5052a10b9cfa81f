//! The browser's half and the public files, out of the executable.
//!
//! `cargo xtask dist` puts them inside, packed beforehand; the build script writes the table. Every address below
//! `/pkg` carries the name of the build, which changes with any byte of any file: so it may be kept for ever, and a
//! page of an older build never gets files of this one.
//!
//! In a development build the table of `/pkg` is empty. There `REKEY_FRONT` may name a folder as `cargo xtask dist` makes
//! it, which is read once and served just like the files inside: so the browser tests run on the very bytes that are
//! handed out. Without it the files are read from the disk each time, they may come while the server runs, and the build
//! is called `dev`.
//!
//! Knows nothing of pages, people or the database.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::extract;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::wire::paths;

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

/// What is served below `/pkg`.
struct Front {
    build: &'static str,
    files: &'static [File],
}

static FRONT: LazyLock<Front> = LazyLock::new(|| {
    let inside = Front {
        build: BUILD,
        files: PKG,
    };
    match std::env::var_os(FRONT_VARIABLE).filter(|folder| PKG.is_empty() && !folder.is_empty()) {
        Some(folder) => Front::read(Path::new(&folder)).unwrap_or_else(|error| {
            tracing::warn!(%error, "assets.front_unreadable");
            inside
        }),
        None => inside,
    }
});

impl Front {
    /// Reads a folder that `cargo xtask dist` made. It is kept until the process ends, as the files inside are.
    fn read(folder: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        let build = fs::read_to_string(folder.join("BUILD"))?;
        read_files(&folder.join("pkg"), "", &mut files)?;
        Ok(Self {
            build: Box::leak(build.trim().into()),
            files: Box::leak(files.into()),
        })
    }
}

fn read_files(folder: &Path, before: &str, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let place = entry?.path();
        let Some(name) = place.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        let name = format!("{before}{name}");
        if place.is_dir() {
            read_files(&place, &format!("{name}/"), files)?;
        } else if !matches!(place.extension().and_then(|ending| ending.to_str()), Some("br" | "gz")) {
            let packed = |ending: &str| fs::read(place.with_file_name(format!("{}.{ending}", file_name(&name))));
            let kept = |content: Vec<u8>| -> &'static [u8] { Box::leak(content.into()) };
            files.push(File {
                raw: kept(fs::read(&place)?),
                br: packed("br").ok().map(kept),
                gz: packed("gz").ok().map(kept),
                path: Box::leak(name.into()),
            });
        }
    }
    Ok(())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The name of the build has the content in it.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The names of the public files have not.
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");
const NEVER: HeaderValue = HeaderValue::from_static("no-store");

/// Where a development build reads the browser's half from when it starts.
const FRONT_VARIABLE: &str = "REKEY_FRONT";

/// Leptos.toml's `site-root`, unless cargo-leptos says otherwise while it watches.
const SITE_ROOT: &str = "target/site";
const SITE_ROOT_VARIABLE: &str = "LEPTOS_SITE_ROOT";

/// GET and HEAD of `/pkg/{build}/{file}` and of each public file.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let mut router = Router::new().route(paths::PKG, get(pkg));
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

/// Whether the live parts are there. In development they may still be in the making, and a page without them is whole.
pub fn has_live_parts() -> bool {
    !FRONT.files.is_empty() || place_on_disk("rekey.js").is_file()
}

fn address(file: &str) -> String {
    paths::pkg(FRONT.build, file)
}

async fn pkg(extract::Path((build, file)): extract::Path<(String, String)>, headers: HeaderMap) -> Response {
    if build != FRONT.build {
        return not_there();
    }
    if FRONT.files.is_empty() {
        return on_disk(&file).await;
    }
    match FRONT.files.iter().find(|candidate| candidate.path == file) {
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
    let place = place_on_disk(file);
    match tokio::fs::read(place).await {
        Ok(content) => (
            [
                (CONTENT_TYPE, HeaderValue::from_static(content_type(file))),
                (CACHE_CONTROL, NEVER),
            ],
            content,
        )
            .into_response(),
        Err(_) => not_there(),
    }
}

fn place_on_disk(file: &str) -> PathBuf {
    let root = std::env::var_os(SITE_ROOT_VARIABLE).unwrap_or_else(|| SITE_ROOT.into());
    PathBuf::from(root).join("pkg").join(file)
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

    #[test]
    fn a_folder_is_read_as_the_build_script_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::create_dir_all(place("pkg/snippets")).unwrap();
        for (name, content) in [
            ("BUILD", "abc\n"),
            ("pkg/rekey.js", "js"),
            ("pkg/rekey.js.br", "b"),
            ("pkg/snippets/one.js", "1"),
            ("public/robots.txt", "not below pkg"),
        ] {
            fs::create_dir_all(place(name).parent().unwrap()).unwrap();
            fs::write(place(name), content).unwrap();
        }
        let front = Front::read(folder.path()).unwrap();
        let mut files: Vec<_> = front.files.iter().map(|file| (file.path, file.raw, file.br)).collect();
        files.sort_unstable();
        assert_eq!(front.build, "abc");
        assert_eq!(
            files,
            [
                ("rekey.js", &b"js"[..], Some(&b"b"[..])),
                ("snippets/one.js", &b"1"[..], None)
            ]
        );
        assert!(Front::read(&place("nowhere")).is_err());
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
