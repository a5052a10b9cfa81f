//! The address of the mail server as the operator writes it, `REKEY_SMTP_URL`.
//!
//! It decides here, once, how a connection is secured: nothing later can choose to speak in the clear (case G5). The
//! password never appears in an error or in `Debug` (G9).

use std::fmt;
use std::net::IpAddr;

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// Implicit TLS, RFC 8314.
const PORT_OF_SMTPS: u16 = 465;
/// Submission, RFC 6409.
const PORT_OF_SMTP: u16 = 587;

/// How the connection is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after STARTTLS; without it nothing is sent.
    StartTls,
    /// None: only to this very machine.
    Loopback,
}

/// Host, port, security and login of the mail server.
#[derive(Clone, Debug)]
pub struct SmtpUrl {
    security: Security,
    host: String,
    port: u16,
    /// Their `Debug` shows neither name nor password.
    credentials: Option<Credentials>,
}

/// Why an address is refused. No text repeats the address, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlProblem {
    /// No URL at all.
    #[error("is no address like smtps://name:password@mail.example.com")]
    Malformed,
    /// Another scheme.
    #[error("must begin with smtps:// or smtp://")]
    Scheme,
    /// No host, or one that cannot exist.
    #[error("needs the name or the address of the mail server after //")]
    Host,
    /// Port 0.
    #[error("needs a port from 1 to 65535, or none")]
    Port,
    /// Name without password or the other way round, or bytes that are not UTF-8.
    #[error(
        "needs both name and password before @, or neither; signs like @ : / # % are written as %40 %3A %2F %23 %25"
    )]
    Credentials,
    /// Path, query or fragment. A password with such a sign that is not percent-encoded ends up here too.
    #[error("must end after host and port; in a password the signs / ? # are written as %2F %3F %23")]
    Rest,
}

impl SmtpUrl {
    /// Reads `smtps://name:password@host:port` (TLS, port 465 if none is given) or `smtp://…` (STARTTLS, port 587; no
    /// encryption where the host is `localhost` or a loopback address). Name and password are optional and
    /// percent-encoded.
    pub fn parse(text: &str) -> Result<Self, SmtpUrlProblem> {
        let url = Url::parse(text.trim()).map_err(|_| SmtpUrlProblem::Malformed)?;
        let (is_tls, default_port) = match url.scheme() {
            "smtps" => (true, PORT_OF_SMTPS),
            "smtp" => (false, PORT_OF_SMTP),
            _ => return Err(SmtpUrlProblem::Scheme),
        };
        let has_rest = !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
        if has_rest {
            return Err(SmtpUrlProblem::Rest);
        }
        // `Url` knows hosts of web schemes only; parsed again, this one gets the same care (IP addresses, IDNA).
        let host = url
            .host_str()
            .filter(|host| !host.is_empty())
            .ok_or(SmtpUrlProblem::Host)?;
        let host = Host::parse(host).map_err(|_| SmtpUrlProblem::Host)?;
        let is_loopback = match &host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        };
        let host = match host {
            Host::Domain(name) => name,
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let port = url.port().unwrap_or(default_port);
        if port == 0 {
            return Err(SmtpUrlProblem::Port);
        }
        let security = match (is_tls, is_loopback) {
            (true, _) => Security::Tls,
            (false, false) => Security::StartTls,
            (false, true) => Security::Loopback,
        };
        Ok(Self {
            security,
            host,
            port,
            credentials: credentials(&url)?,
        })
    }

    /// How the connection is secured.
    pub fn security(&self) -> Security {
        self.security
    }

    /// A name in ASCII, or an IP address without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Never 0.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// For tests, whose servers are all on this machine.
    #[cfg(test)]
    pub(super) fn with_security(self, security: Security) -> Self {
        Self { security, ..self }
    }

    /// Name and password, where the server asks for them.
    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpUrlProblem> {
    let decoded = |text: &str| match percent_decode_str(text).decode_utf8() {
        Ok(text) if !text.is_empty() && !text.contains('\0') => Ok(text.into_owned()),
        _ => Err(SmtpUrlProblem::Credentials),
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (name, Some(password)) => Ok(Some(Credentials::new(decoded(name)?, decoded(password)?))),
        (_, None) => Err(SmtpUrlProblem::Credentials),
    }
}

/// For logs and pages: scheme, host and port, without name and password.
impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.security == Security::Tls {
            "smtps"
        } else {
            "smtp"
        };
        match self.host.parse() {
            Ok(IpAddr::V6(address)) => write!(f, "{scheme}://[{address}]:{}", self.port),
            _ => write!(f, "{scheme}://{}:{}", self.host, self.port),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (Security, String, u16, bool) {
        let url = SmtpUrl::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        (
            url.security(),
            url.host().to_owned(),
            url.port(),
            url.credentials().is_some(),
        )
    }

    #[test]
    fn security_and_port_follow_from_scheme_and_host() {
        for (text, security, host, port, has_login) in [
            (
                "smtps://mail.example.com",
                Security::Tls,
                "mail.example.com",
                465,
                false,
            ),
            (
                "smtps://me:pw@mail.example.com:2465/",
                Security::Tls,
                "mail.example.com",
                2465,
                true,
            ),
            (
                " SMTP://Mail.Example.com ",
                Security::StartTls,
                "mail.example.com",
                587,
                false,
            ),
            (
                "smtp://me:pw@mail.example.com:25",
                Security::StartTls,
                "mail.example.com",
                25,
                true,
            ),
            ("smtp://192.0.2.7", Security::StartTls, "192.0.2.7", 587, false),
            ("smtp://[2001:db8::7]:25", Security::StartTls, "2001:db8::7", 25, false),
            ("smtp://localhost:25", Security::Loopback, "localhost", 25, false),
            ("smtp://127.0.0.1:2525", Security::Loopback, "127.0.0.1", 2525, false),
            ("smtp://[::1]:2525", Security::Loopback, "::1", 2525, false),
            ("smtps://127.0.0.1:2525", Security::Tls, "127.0.0.1", 2525, false),
            (
                "smtp://localhost.example.com",
                Security::StartTls,
                "localhost.example.com",
                587,
                false,
            ),
            (
                "smtp://127.0.0.1.example.com",
                Security::StartTls,
                "127.0.0.1.example.com",
                587,
                false,
            ),
            (
                "smtp://münchen.example",
                Security::StartTls,
                "xn--mnchen-3ya.example",
                587,
                false,
            ),
        ] {
            assert_eq!(parsed(text), (security, host.to_owned(), port, has_login), "{text}");
        }
    }

    #[test]
    fn problems_are_told_apart() {
        for (text, problem) in [
            ("", SmtpUrlProblem::Malformed),
            ("mail.example.com", SmtpUrlProblem::Malformed),
            ("mail.example.com:25", SmtpUrlProblem::Scheme),
            ("https://mail.example.com", SmtpUrlProblem::Scheme),
            ("smtp:mail.example.com", SmtpUrlProblem::Rest),
            ("smtp://", SmtpUrlProblem::Host),
            ("smtp://two words", SmtpUrlProblem::Malformed),
            ("smtp://mail.example.com:0", SmtpUrlProblem::Port),
            ("smtp://mail.example.com:99999", SmtpUrlProblem::Malformed),
            ("smtp://me@mail.example.com", SmtpUrlProblem::Credentials),
            ("smtp://:pw@mail.example.com", SmtpUrlProblem::Credentials),
            ("smtp://me:%FF@mail.example.com", SmtpUrlProblem::Credentials),
            ("smtp://mail.example.com/inbox", SmtpUrlProblem::Rest),
            ("smtp://mail.example.com?tls=off", SmtpUrlProblem::Rest),
        ] {
            assert_eq!(SmtpUrl::parse(text).map(|url| url.to_string()), Err(problem), "{text}");
        }
    }

    #[test]
    fn name_and_password_are_decoded() {
        let url = SmtpUrl::parse("smtps://me%40example.com:p%2Fw%25+%3A@mail.example.com").unwrap();
        let expected = Credentials::new("me@example.com".to_owned(), "p/w%+:".to_owned());
        assert!(url.credentials() == Some(&expected));
    }

    #[test]
    fn g9_the_password_is_never_shown() {
        let url = SmtpUrl::parse("smtps://somebody:lantern-orbit@mail.example.com").unwrap();
        let shown = format!("{url} {url:?} {url:#?}");
        assert!(
            !shown.contains("lantern-orbit") && !shown.contains("somebody"),
            "{shown}"
        );
        assert_eq!(url.to_string(), "smtps://mail.example.com:465");
        assert_eq!(
            SmtpUrl::parse("smtp://[::1]:25").unwrap().to_string(),
            "smtp://[::1]:25"
        );
    }
}
