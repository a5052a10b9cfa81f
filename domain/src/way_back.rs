//! The way back after signing in, `next=`, where applications on other hosts stand behind Rekey (case F6): to a page of
//! this site, or to one of an application that the operator named. Never to what is no page (case K4).

use crate::local_path::LocalPath;

/// The origins of the applications that the operator named, as a browser writes them: `https://app.example.com`, with a
/// port only where it is not the usual one, without a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AppOrigins(Vec<String>);

impl AppOrigins {
    /// Of these origins. The caller has them from a URL parser.
    pub fn new(origins: Vec<String>) -> Self {
        Self(origins)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether a browser that is sent to `url` ends up at one of them.
    ///
    /// The origin stands there letter by letter and a `/` ends it, so no name, no port and no other host can be in
    /// between. After it only visible ASCII signs, as a URL is written: the same rule makes the value safe in a
    /// `Location` header.
    fn have_page(&self, url: &str) -> bool {
        let is_written_as_one = url.len() <= LocalPath::MAX && url.bytes().all(|byte| byte.is_ascii_graphic());
        let is_below = |origin: &str| url.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'));
        is_written_as_one && self.iter().any(is_below)
    }
}

/// What stands below these is for scripts and programs.
const NO_PAGES: [&str; 4] = ["api", "auth", "health", "pkg"];

/// Whether a person sees a page there, as far as the address tells. Nobody writes `.` and `..` into the address of a page;
/// a browser takes them out again, and with them what stands before.
fn is_page(path: &LocalPath) -> bool {
    let path = path.as_str().split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<_> = path
        .split('/')
        .skip(1)
        .map(|part| part.to_ascii_lowercase().replace("%2e", "."))
        .collect();
    let is_for_programs = parts.first().is_some_and(|first| NO_PAGES.contains(&first.as_str()));
    !is_for_programs && !parts.iter().any(|part| part == "." || part == "..")
}

/// Where somebody is led after signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayBack {
    /// A page of this site.
    Here(LocalPath),
    /// A page of an application.
    App(String),
}

impl WayBack {
    /// The way back, or nothing if it could lead anywhere else. Nothing is repaired.
    pub fn parse(text: &str, apps: &AppOrigins) -> Option<Self> {
        match LocalPath::parse(text) {
            Some(path) => is_page(&path).then_some(Self::Here(path)),
            None => apps.have_page(text).then(|| Self::App(text.to_owned())),
        }
    }

    /// A path beginning with one `/`, or a URL of an application.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Here(path) => path.as_str(),
            Self::App(url) => url,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    const APPS: [&str; 2] = ["https://app.example.com", "https://wiki.example.com:8443"];

    fn parse(text: &str) -> Option<WayBack> {
        WayBack::parse(text, &AppOrigins::new(APPS.map(str::to_owned).into()))
    }

    #[test]
    fn pages_of_this_site_and_of_the_named_applications_pass() {
        for text in [
            "/company?tab=users",
            "https://app.example.com/",
            "https://app.example.com/a//b?next=https://evil.example/#top",
            "https://wiki.example.com:8443/page",
        ] {
            assert_eq!(parse(text).expect(text).as_str(), text);
        }
    }

    #[test]
    fn f6_everything_else_is_refused() {
        for text in [
            "//evil.example",
            "///evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "https://evil.example/",
            "https://evil.example/https://app.example.com/",
            // A name before the host, or the host as a name.
            "https://user@app.example.com/",
            "https://app.example.com@evil.example/",
            "https://app.example.com:pass@evil.example/",
            // Another host, port or scheme.
            "https://app.example.com.evil.example/",
            "https://evil-app.example.com/",
            "https://app.example.com:444/",
            "https://app.example.com:443/",
            "https://wiki.example.com/",
            "https://wiki.example.com:84430/",
            "http://app.example.com/",
            "ftp://app.example.com/",
            "//app.example.com/",
            "app.example.com/",
            // What a browser reads otherwise than it is written.
            "https:/app.example.com/",
            "https://app.example.com",
            "https://app.example.com\\@evil.example/",
            "https://app.example.com\\.evil.example/",
            "https://app.example.com?@evil.example/",
            "https://app.example.com#@evil.example/",
            "https://app.example.com/\r\nSet-Cookie: a=b",
            "https://app.example.com/\t",
            " https://app.example.com/",
            "HTTPS://APP.EXAMPLE.COM/",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
        let long = format!("https://app.example.com/{}", "a".repeat(LocalPath::MAX));
        assert_eq!(parse(&long), None);
    }

    #[test]
    fn k4_what_is_no_page_is_not_come_back_to() {
        for text in [
            "/api/dashboard",
            "/api",
            "/API/x",
            "/auth/verify?redirect=1",
            "/pkg/rekey.wasm",
            "/health/ready",
            "/x/../api/dashboard",
            "/%2E%2e/api/dashboard",
            "/./api/x",
            "/.",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        for text in [
            "/apis",
            "/company?next=/api/x",
            "/company#/../api",
            "/company/api",
            "/a.b/..c",
            "/",
        ] {
            assert!(parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn without_applications_there_is_only_this_site() {
        let none = AppOrigins::default();
        assert_eq!(WayBack::parse("https://app.example.com/", &none), None);
        assert!(WayBack::parse("/dashboard", &none).is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// What a browser's URL parser makes of an accepted way is on this site or on a named one.
        #[test]
        fn f6_never_leads_elsewhere(
            text in r"(https?:)?(//)?(app\.example\.com|wiki\.example\.com:8443)?[/\\.:@a?#%0-9\t\n\r\x00-]{0,12}(evil\.example)?(/.{0,3})?"
        ) {
            if let Some(way) = parse(&text) {
                let home = Url::parse("https://accounts.example.com/login").unwrap();
                let target = home.join(way.as_str()).unwrap();
                let origin = target.origin().ascii_serialization();
                prop_assert!(origin == "https://accounts.example.com" || APPS.contains(&origin.as_str()), "{}", text);
                prop_assert_eq!(target.username(), "");
            }
        }
    }
}
