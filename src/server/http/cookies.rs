//! Cookies: the session's (E5), and three that live for two minutes and carry to the next page what must not stand in a
//! URL. How a request's cookies are read stands in `rekey_domain::cookies`: each by itself, whatever its neighbours are
//! (K2).

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use percent_encoding::percent_decode;
use rekey_domain::cookies;
use rekey_domain::text::Typed;
use rekey_domain::token::Token;

use crate::server::service::sessions::begin_session::NewSession;
use crate::server::services::Settings;
use crate::wire::done::Remembered;

/// The session.
const SESSION: &str = "rekey";
/// The address for which a link was asked, or whose password was set.
const ASKED: &str = "rekey-asked";
/// How many devices were signed out.
const DEVICES: &str = "rekey-devices";
/// Whose administrators were told.
const TOLD: &str = "rekey-told";
/// Every cookie of Rekey's, without the prefix that it has under https.
const NAMES: [&str; 4] = [SESSION, ASKED, DEVICES, TOLD];
/// The prefixes, in lower case.
const PREFIXES: [&[u8]; 2] = [b"__host-", b"__secure-"];
/// How long the next page may take.
const SHORT_LIFE: Duration = Duration::minutes(2);
/// So many session cookies of one request are looked at. No browser keeps more cookies of a site.
const MOST_SESSIONS: usize = 200;

/// A cookie ready to be sent. Its value is a secret, so it prints nothing.
pub struct SetCookie(HeaderValue);

impl From<&SetCookie> for HeaderValue {
    fn from(cookie: &SetCookie) -> Self {
        cookie.0.clone()
    }
}

/// The session's cookies of a request. Usually it is one; others are left from before a setting was changed, or planted.
#[derive(Debug)]
pub struct SessionCookies {
    /// Those that can be a session's, each once, in the order in which the browser sent them.
    pub secrets: Vec<Token>,
    /// Whether there was any, readable or not, under the name of today or of other settings: the browser keeps cookies.
    pub were_there: bool,
}

/// Makes and reads cookies as the server's public address demands.
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

    /// Remembers the address for which a link was asked, or whose password was set.
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

    /// The session's cookies of a request: all of the name are looked at, since any neighbour under the same domain may
    /// set another one in front.
    pub fn read_sessions(self, headers: &HeaderMap) -> SessionCookies {
        let mut found = SessionCookies {
            secrets: Vec::new(),
            were_there: cookies::read(lines(headers)).any(|(name, _)| bare(name) == Some(SESSION)),
        };
        for value in values(headers, &self.session_name()) {
            let secret = std::str::from_utf8(value).ok().and_then(Token::parse);
            if let Some(secret) = secret.filter(|secret| !found.secrets.contains(secret)) {
                found.secrets.push(secret);
                if found.secrets.len() == MOST_SESSIONS {
                    break;
                }
            }
        }
        found
    }

    /// What the previous page left for this one.
    pub fn read_remembered(self, headers: &HeaderMap) -> Remembered {
        let read = |name| {
            let name = self.own_name(name);
            let mut all = values(headers, &name);
            all.find_map(|value| Some(Typed::from(&*percent_decode(value).decode_utf8().ok()?)))
        };
        Remembered {
            asked_address: read(ASKED),
            signed_out_devices: read(DEVICES).and_then(|devices| devices.parse().ok()),
            told_company: read(TOLD),
        }
    }

    /// Under https the prefix makes browsers refuse the cookie from anywhere else: from other hosts, or, where the
    /// domain's hosts share it, from pages that are not https.
    fn session_name(self) -> String {
        match (self.https, self.domain) {
            (true, Some(_)) => format!("__Secure-{SESSION}"),
            _ => self.own_name(SESSION),
        }
    }

    /// The name of a cookie that this host alone gets.
    fn own_name(self, name: &str) -> String {
        let prefix = if self.https { "__Host-" } else { "" };
        format!("{prefix}{name}")
    }

    /// The session's cookie: the only one that other hosts may get.
    fn shared(self, value: String) -> Cookie<'static> {
        let mut cookie = self.base(self.session_name(), value);
        if let Some(domain) = self.domain {
            cookie.set_domain(domain.to_owned());
        }
        cookie
    }

    fn base(self, name: String, value: String) -> Cookie<'static> {
        Cookie::build((name, value))
            .http_only(true)
            .same_site(SameSite::Lax)
            .path("/")
            .secure(self.https)
            .build()
    }

    fn short(self, name: &str, value: String) -> SetCookie {
        let mut cookie = self.base(self.own_name(name), value);
        cookie.set_max_age(SHORT_LIFE);
        ready(&cookie)
    }
}

/// A request's cookies without any of Rekey's: what an application behind the same proxy may know (F20).
pub fn of_others(headers: &HeaderMap) -> Vec<u8> {
    cookies::without(lines(headers), is_ours)
}

/// Whether a name could be taken for one of ours, by us or by an application that reads names more loosely: in any case,
/// with any prefix, in quotes or percent-encoded.
fn is_ours(name: &[u8]) -> bool {
    bare(name).is_some()
}

/// Which of ours it could be taken for.
fn bare(name: &[u8]) -> Option<&'static str> {
    let name: Vec<u8> = percent_decode(name).collect();
    let mut name = name.trim_ascii();
    while let [b'"' | b'\'', rest @ ..] | [rest @ .., b'"' | b'\''] = name {
        name = rest.trim_ascii();
    }
    let name = name.to_ascii_lowercase();
    let bare = PREFIXES.iter().find_map(|prefix| name.strip_prefix(*prefix));
    let bare = bare.unwrap_or(&name);
    NAMES.into_iter().find(|ours| bare == ours.as_bytes())
}

/// The values of all cookies of this very name, as they travel.
fn values<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h [u8]> {
    cookies::read(lines(headers))
        .filter(move |(found, _)| *found == name.as_bytes())
        .map(|(_, value)| value)
}

fn lines(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    headers.get_all(COOKIE).iter().map(HeaderValue::as_bytes)
}

/// Percent-encoded, a cookie is always a header's value.
fn ready(cookie: &Cookie<'static>) -> SetCookie {
    let mut value =
        HeaderValue::try_from(cookie.encoded().to_string()).unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    SetCookie(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&[u8]]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(COOKIE, HeaderValue::from_bytes(line).expect("a value"));
        }
        headers
    }

    const HERE: Cookies<'static> = Cookies {
        https: false,
        domain: None,
        kept_for: std::time::Duration::ZERO,
    };

    #[test]
    fn k2_all_cookies_of_the_name_are_looked_at_and_no_end_of_them() {
        let [one, two] = [1, 2].map(|byte| Token::from_random([byte; 32]));
        let line = format!("rekey=x; a=\u{e7}; rekey={}; rekey={}", one.expose(), two.expose());
        let again = format!("rekey={}; rekey", one.expose());
        let found = HERE.read_sessions(&headers(&[line.as_bytes(), again.as_bytes()]));
        assert!(found.were_there);
        assert_eq!(found.secrets, [one, two]);

        let none = HERE.read_sessions(&headers(&[b"a=rekey; xrekey=x; rekey-asked=x"]));
        assert!(!none.were_there);
        let other = HERE.read_sessions(&headers(&[again.replace("rekey", "__Host-rekey").as_bytes()]));
        assert!(other.were_there && other.secrets.is_empty());
        let garbled = HERE.read_sessions(&headers(&[b"rekey=\xff"]));
        assert!(garbled.were_there && garbled.secrets.is_empty());

        let many: Vec<_> = (0..=255_u8)
            .map(|byte| format!("rekey={}", Token::from_random([byte; 32]).expose()))
            .collect();
        let found = HERE.read_sessions(&headers(&[many.join("; ").as_bytes()]));
        assert_eq!(found.secrets.len(), MOST_SESSIONS);
    }

    #[test]
    fn f20_no_spelling_of_ours_is_left() {
        for name in NAMES {
            for spelt in [
                name.to_owned(),
                format!("__Host-{name}"),
                format!("__Secure-{name}"),
                name.to_uppercase(),
                format!("__host-{}", name.to_uppercase()),
                format!("\"{name}\""),
                format!("__Secure%2D{name}"),
                name.replace('e', "%65"),
            ] {
                let line = format!("{spelt}=secret; a=1; {spelt} =\"secret\";{spelt}");
                let rest = of_others(&headers(&[line.as_bytes(), line.as_bytes()]));
                assert_eq!(rest, b"a=1; a=1", "{spelt}");
            }
        }
        let others = "xrekey=1; rekeyx=2; rekey-theme=3; my-rekey=4; __Host-app=5; r=rekey";
        assert_eq!(of_others(&headers(&[others.as_bytes()])), others.as_bytes());
    }

    #[test]
    fn f16_each_cookie_follows_the_prefix_rule() {
        let (host, secure) = (
            Cookies { https: true, ..HERE },
            Cookies {
                https: true,
                domain: Some("rekey.example"),
                ..HERE
            },
        );
        let name = |cookie: SetCookie| {
            let text = cookie.0.to_str().expect("ASCII").to_owned();
            text.split_once('=').expect("a pair").0.to_owned()
        };
        for (cookies, session, own) in [
            (HERE, "rekey", ""),
            (host, "__Host-rekey", "__Host-"),
            (secure, "__Secure-rekey", "__Host-"),
        ] {
            assert_eq!(name(cookies.end_session()), session);
            assert_eq!(
                name(cookies.remember_address("a@b.example")),
                format!("{own}rekey-asked")
            );
            assert_eq!(name(cookies.remember_devices(1)), format!("{own}rekey-devices"));
            assert_eq!(name(cookies.remember_told("x")), format!("{own}rekey-told"));
        }
        // What another host may plant under https is nobody's word.
        let planted = headers(&[b"rekey-asked=evil; __Secure-rekey-asked=evil; __Host-rekey-asked=a%40b.example"]);
        let remembered = host.read_remembered(&planted);
        assert_eq!(remembered.asked_address.as_deref(), Some("a@b.example"));
        // What was planted before is shown as text of one line.
        let planted = headers(&[b"rekey-told=a%00b%1b%e2%80%ae"]);
        let remembered = HERE.read_remembered(&planted);
        assert_eq!(remembered.told_company.as_deref(), Some("a\u{fffd}b\u{fffd}"));
    }
}
