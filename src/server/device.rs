//! A browser in words: `Firefox on Linux`, for mails and the list of sessions.
//!
//! Only names of a fixed list come out, never a piece of the User-Agent header: that is whatever a client sends.

use woothee::parser::Parser;
use woothee::woothee::VALUE_UNKNOWN;

/// More than any browser sends; the rest is not looked at.
const LONGEST: usize = 1024;

/// The browser and its system, or only the browser; `None` where the header names no browser that is known.
pub fn describe(user_agent: &str) -> Option<String> {
    let read = Parser::new().parse(&user_agent[..user_agent.floor_char_boundary(LONGEST)])?;
    if read.name == VALUE_UNKNOWN || read.category == "crawler" || read.category == "misc" {
        return None;
    }
    Some(match system(read.os) {
        Some(system) if system != read.name => format!("{} on {system}", read.name),
        _ => read.name.to_owned(),
    })
}

/// The system by the name that people know. Windows has no number: 10 and 11 send the same one.
fn system(name: &str) -> Option<&str> {
    match name {
        VALUE_UNKNOWN => None,
        "Mac OSX" => Some("macOS"),
        "Windows Phone OS" => Some("Windows Phone"),
        name if name.starts_with("Windows") => Some("Windows"),
        name => Some(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_of_today() {
        for (user_agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
                "Firefox on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36",
                "Chrome on Linux",
            ),
        ] {
            assert_eq!(describe(user_agent).as_deref(), Some(words), "{user_agent}");
        }
    }

    #[test]
    fn what_is_no_browser_has_no_name() {
        for user_agent in [
            "",
            "-",
            "curl/8.5.0",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "<script>",
            "\r\nX: 1",
        ] {
            assert_eq!(describe(user_agent), None, "{user_agent}");
        }
    }

    #[test]
    fn a_very_long_header_is_cut_between_characters() {
        assert_eq!(describe(&"ä".repeat(100_000)), None);
    }
}
