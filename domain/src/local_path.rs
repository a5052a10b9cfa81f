//! The way back after signing in, `next=` (case F6).

use std::fmt;

/// A path on this very site, with query and fragment. Never leads to another host, whatever a browser makes of it.
///
/// Only visible ASCII signs are accepted, as a URL is written: a browser drops tabs and line breaks from a URL and
/// takes `\` for `/` (WHATWG URL, §4.4), so `/\evil.example` and `/<tab>/evil.example` would leave. The same rule
/// makes the value safe in a `Location` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// The longest path accepted, in bytes.
    pub const MAX: usize = 2000;

    /// The path, or nothing if it could lead off-site. Nothing is repaired.
    pub fn parse(text: &str) -> Option<Self> {
        let is_local = text.starts_with('/')
            && text.len() <= Self::MAX
            && !text.contains("//")
            && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        is_local.then(|| Self(text.to_owned()))
    }

    /// The path, beginning with one `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LocalPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn a_local_path_stays_as_it_was() {
        let text = "/company?tab=users&q=a%20b#row";
        assert_eq!(LocalPath::parse(text).expect("local").as_str(), text);
    }

    #[test]
    fn f6_paths_that_leave_are_refused() {
        for text in [
            "",
            "company",
            "//evil.example",
            "///evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "javascript:alert(1)",
            "https://evil.example/",
            "https:evil.example",
            "/a//evil.example",
            "/.//evil.example",
            " /company",
            "/company\r\nSet-Cookie: a=b",
            "/caf\u{e9}",
            "/a\0",
            "?next=/",
            "#top",
            "@evil.example",
        ] {
            assert_eq!(LocalPath::parse(text), None, "{text:?}");
        }
        assert_eq!(LocalPath::parse(&format!("/{}", "a".repeat(LocalPath::MAX))), None);
    }

    #[test]
    fn f6_pages_of_this_site_pass() {
        for text in [
            "/",
            "/company?tab=users&q=Ana%20Lima",
            "/account#sessions",
            "/company/users/018f?at=14:32",
        ] {
            assert_eq!(
                LocalPath::parse(text).map(|path| path.to_string()),
                Some(text.to_owned())
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// What a browser's URL parser makes of an accepted path is on the same origin.
        #[test]
        fn f6_never_leads_off_site(text in r"/?[/\\.:@a?#%20\t\n\r\x00-]{0,12}(evil\.example)?") {
            if let Some(path) = LocalPath::parse(&text) {
                let home = Url::parse("https://rekey.example/login").unwrap();
                let target = home.join(path.as_str()).unwrap();
                prop_assert_eq!(target.origin(), home.origin(), "{}", text);
                prop_assert_eq!(target.username(), "");
            }
        }
    }
}
