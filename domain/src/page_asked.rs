//! Whether a request asks for a page that a person looks at, or for one of its parts: a script's call, an image, a style.
//! Only a page is led to the sign-in page, and only to a page people are led back (case K4).

/// What a request says about itself. Each is none where the header is not there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// `Sec-Fetch-Mode`, which every browser of today sends to a site with https.
    pub mode: Option<&'a [u8]>,
    /// `Accept`.
    pub accept: Option<&'a [u8]>,
    /// `X-Requested-With`, which scripts of old send.
    pub requested_with: Option<&'a [u8]>,
    /// The method with which the application was asked.
    pub method: &'a [u8],
}

impl Asked<'_> {
    /// Whether a page is asked for. The browser's own word decides where it gives it. Else a page is what HTML is wanted
    /// for; who says nothing at all, or that anything will do, is no browser, and is taken at the word of whoever asks.
    pub fn is_page(self) -> bool {
        match (self.mode, self.requested_with, self.accept) {
            (Some(mode), ..) => mode.eq_ignore_ascii_case(b"navigate"),
            (None, Some(_), _) => false,
            (None, None, None) => true,
            (None, None, Some(accept)) => {
                let is = |wanted: &[u8]| kinds(accept).any(|kind| kind.eq_ignore_ascii_case(wanted));
                is(b"text/html") || kinds(accept).all(|kind| kind == b"*/*" || kind.is_empty())
            }
        }
    }

    /// Whether the address shows that page again: what was posted is not come back to.
    pub fn can_be_come_back_to(self) -> bool {
        self.is_page() && matches!(self.method, b"GET" | b"HEAD")
    }
}

/// The media types of an `Accept`, without their parameters.
fn kinds(accept: &[u8]) -> impl Iterator<Item = &[u8]> {
    accept
        .split(|byte| *byte == b',')
        .map(|kind| kind.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where it is not empty.
    fn header(text: &str) -> Option<&[u8]> {
        (!text.is_empty()).then_some(text.as_bytes())
    }

    fn is_page(mode: &str, accept: &str, requested_with: &str) -> bool {
        let asked = Asked {
            mode: header(mode),
            accept: header(accept),
            requested_with: header(requested_with),
            method: b"GET",
        };
        asked.is_page()
    }

    #[test]
    fn k4_the_browsers_own_word_decides() {
        assert!(is_page("navigate", "", ""));
        assert!(is_page("navigate", "*/*", ""));
        assert!(is_page("Navigate", "image/png", "x"));
        for mode in ["cors", "no-cors", "same-origin", "websocket", "nonsense"] {
            assert!(!is_page(mode, "text/html", ""), "{mode}");
        }
    }

    #[test]
    fn k4_without_it_a_page_is_what_html_is_wanted_for() {
        let browsers = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for accept in [browsers, "text/html", "application/json, Text/HTML;q=0.1", "*/*", ""] {
            assert!(is_page("", accept, ""), "{accept}");
        }
        for accept in [
            "application/json",
            "application/json, text/plain, */*",
            "image/avif,image/webp,*/*",
            "text/css,*/*;q=0.1",
            "text/event-stream",
            "text/htmlx",
            "x-text/html",
            "\u{ff}",
        ] {
            assert!(!is_page("", accept, ""), "{accept}");
        }
        assert!(!is_page("", "*/*", "XMLHttpRequest"));
        assert!(!is_page("", "text/html", "XMLHttpRequest"));
    }

    #[test]
    fn k4_what_was_posted_is_not_come_back_to() {
        let asked = |method: &'static [u8]| Asked {
            method,
            ..Asked::default()
        };
        assert!(asked(b"GET").can_be_come_back_to());
        assert!(asked(b"HEAD").can_be_come_back_to());
        for method in [b"POST".as_slice(), b"PUT", b"get", b"", b"OPTIONS"] {
            assert!(!asked(method).can_be_come_back_to());
            assert!(asked(method).is_page());
        }
    }
}
