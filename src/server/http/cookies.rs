//! Cookies: the session's (E5), and three that live for two minutes and carry to the next page what must not stand in a
//! URL.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::server::service::begin_session::NewSession;
use crate::server::services::Settings;
use crate::wire::done::Remembered;

/// The address for which a link was asked.
const ASKED: &str = "rekey-asked";
/// How many devices were signed out.
const DEVICES: &str = "rekey-devices";
/// Whose administrators were told.
const TOLD: &str = "rekey-told";
/// How long the next page may take.
const SHORT_LIFE: Duration = Duration::minutes(2);

/// A cookie ready to be sent. Its value is a secret, so it prints nothing.
pub struct SetCookie(HeaderValue);

impl From<&SetCookie> for HeaderValue {
    fn from(cookie: &SetCookie) -> Self {
        cookie.0.clone()
    }
}

/// Makes cookies as the server's public address demands.
#[derive(Clone, Copy, Debug)]
pub struct Cookies<'a> {
    https: bool,
    domain: Option<&'a str>,
    kept_for: std::time::Duration,
}

impl<'a> Cookies<'a> {
    /// By the operator's settings.
    pub fn of(settings: &'a Settings) -> Self {
        Self {
            https: settings.is_https(),
            domain: settings.cookie_domain.as_deref(),
            kept_for: settings.session_limits.kept_absolute,
        }
    }

    /// The name of the session's cookie. Under https the prefix makes browsers refuse it from anywhere else: from other
    /// hosts, or, where the domain's hosts share it, from pages that are not https.
    fn session_name(self) -> &'static str {
        match (self.https, self.domain) {
            (false, _) => "rekey",
            (true, None) => "__Host-rekey",
            (true, Some(_)) => "__Secure-rekey",
        }
    }

    /// The session's cookie. Without "keep me signed in" it ends with the browser.
    pub fn session(self, session: &NewSession) -> SetCookie {
        let mut cookie = self.shared(session.secret.expose().to_owned());
        if session.kept {
            cookie.set_max_age(Duration::try_from(self.kept_for).unwrap_or(Duration::days(1)));
        }
        ready(&cookie)
    }

    /// Takes the session's cookie away.
    pub fn end_session(self) -> SetCookie {
        let mut cookie = self.shared(String::new());
        cookie.make_removal();
        ready(&cookie)
    }

    /// Remembers the address for which a link was asked.
    pub fn remember_address(self, address: &str) -> SetCookie {
        self.short(ASKED, address.to_owned())
    }

    /// Remembers how many devices were signed out.
    pub fn remember_devices(self, devices: u64) -> SetCookie {
        self.short(DEVICES, devices.to_string())
    }

    /// Remembers the company whose administrators were told.
    pub fn remember_told(self, company: &str) -> SetCookie {
        self.short(TOLD, company.to_owned())
    }

    /// The value of the session's cookie in a request.
    pub fn read_session(self, headers: &HeaderMap) -> Option<String> {
        read(headers, self.session_name())
    }

    /// The session's cookie: the only one that other hosts may get.
    fn shared(self, value: String) -> Cookie<'static> {
        let mut cookie = self.base(self.session_name(), value);
        if let Some(domain) = self.domain {
            cookie.set_domain(domain.to_owned());
        }
        cookie
    }

    fn base(self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build((name, value))
            .http_only(true)
            .same_site(SameSite::Lax)
            .path("/")
            .secure(self.https)
            .build()
    }

    fn short(self, name: &'static str, value: String) -> SetCookie {
        let mut cookie = self.base(name, value);
        cookie.set_max_age(SHORT_LIFE);
        ready(&cookie)
    }
}

/// What the previous page left for this one.
pub fn read_remembered(headers: &HeaderMap) -> Remembered {
    Remembered {
        asked_address: read(headers, ASKED),
        signed_out_devices: read(headers, DEVICES).and_then(|devices| devices.parse().ok()),
        told_company: read(headers, TOLD),
    }
}

fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| Cookie::split_parse_encoded(header).flatten())
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// Percent-encoded, a cookie is always a header's value.
fn ready(cookie: &Cookie<'static>) -> SetCookie {
    let mut value =
        HeaderValue::try_from(cookie.encoded().to_string()).unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    SetCookie(value)
}
