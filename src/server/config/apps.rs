//! The settings `app_hosts` and `cookie_domain`: which applications stand behind Rekey, and who gets the session's
//! cookie (E5). An application that would never get it is a mistake, since its people would be led to the sign-in page
//! for ever.

use rekey_domain::way_back::AppOrigins;
use url::{Host, Url};

use super::Source;

/// What they say.
#[derive(Debug, Default)]
pub(super) struct Apps {
    pub origins: AppOrigins,
    pub cookie_domain: Option<String>,
}

impl Source {
    /// The two settings; what is wrong is noted. Without the public URL, which is a mistake itself, they mean nothing.
    pub(super) fn apps(&mut self, public_url: Option<&Url>) -> Apps {
        let Some(public_url) = public_url else {
            return Apps::default();
        };
        let cookie_domain = self.optional("cookie_domain", |text| parse_cookie_domain(text, public_url));
        let origins = self.optional("app_hosts", |text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts
                .map(|part| parse_origin(part, public_url, cookie_domain.as_deref()))
                .collect()
        });
        Apps {
            origins: AppOrigins::new(origins.unwrap_or_default()),
            cookie_domain,
        }
    }
}

/// The host of the public URL, or a domain above it, for which browsers keep cookies (K3).
fn parse_cookie_domain(text: &str, public_url: &Url) -> Result<String, String> {
    if public_url.scheme() != "https" {
        return Err("works with https only".to_owned());
    }
    match (Host::parse(text), public_url.host()) {
        (Ok(Host::Domain(domain)), _) if is_public_suffix(&domain) => Err(format!(
            "is {text:?}, below which everybody can have a host, so that no browser keeps a cookie for it: name a domain \
             of your own"
        )),
        (Ok(Host::Domain(domain)), Some(Host::Domain(own))) if is_within(own, &domain) => Ok(domain),
        (Ok(Host::Ipv4(_) | Host::Ipv6(_)), _) => Err(format!("is {text:?}, an address, for which there is no domain")),
        _ => Err("is neither the host of REKEY_PUBLIC_URL nor a domain above it".to_owned()),
    }
}

/// Whether it is a top level domain, `localhost`, or what Mozilla's list names beside them: `co.uk`, `github.io`. A dot at
/// the end changes nothing about it.
fn is_public_suffix(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.');
    psl::suffix_str(domain).is_none_or(|suffix| suffix == domain)
}

fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// `host` or `host:port`, with the scheme of the public URL.
fn parse_origin(text: &str, public_url: &Url, cookie_domain: Option<&str>) -> Result<String, String> {
    let none = || format!("has {text:?}, which is no host");
    let scheme = public_url.scheme();
    // Nothing else stands in a host or before a port: no name, no path, no `*`, which would be one in a policy.
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    if !text.bytes().all(is_host) {
        return Err(none());
    }
    let url = Url::parse(&format!("{scheme}://{text}/")).map_err(|_| none())?;
    let gets_cookie = match (url.host_str(), cookie_domain) {
        (Some(host), Some(domain)) => is_within(host, domain),
        (host, None) => host == public_url.host_str(),
        (None, Some(_)) => false,
    };
    if gets_cookie {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(format!(
            "has {text:?}, which never gets the session's cookie: it is not below REKEY_COOKIE_DOMAIN or, without that, \
             not the host of REKEY_PUBLIC_URL"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apps(public_url: &str, hosts: &str, domain: Option<&str>) -> Result<Apps, Vec<String>> {
        let mut source = Source::default();
        source.values.insert("app_hosts", hosts.to_owned());
        if let Some(domain) = domain {
            source.values.insert("cookie_domain", domain.to_owned());
        }
        let apps = source.apps(Some(&Url::parse(public_url).expect("a URL")));
        if source.mistakes.is_empty() {
            Ok(apps)
        } else {
            Err(source.mistakes)
        }
    }

    fn origins(apps: &Apps) -> Vec<&str> {
        apps.origins.iter().collect()
    }

    #[test]
    fn hosts_become_origins_as_a_browser_writes_them() {
        let found = apps(
            "https://accounts.example.com",
            "App.Example.com, wiki.example.com:8443,example.com:443",
            Some("Example.com"),
        );
        let found = found.expect("right");
        assert_eq!(
            origins(&found),
            [
                "https://app.example.com",
                "https://wiki.example.com:8443",
                "https://example.com"
            ]
        );
        assert_eq!(found.cookie_domain.as_deref(), Some("example.com"));
        let here = apps("http://127.0.0.1:3000", "127.0.0.1:8080, 127.0.0.1", None).expect("right");
        assert_eq!(origins(&here), ["http://127.0.0.1:8080", "http://127.0.0.1"]);
        let same = apps("https://accounts.example.com", "accounts.example.com", None).expect("right");
        assert_eq!(origins(&same), ["https://accounts.example.com"]);
    }

    #[test]
    fn f6_what_is_no_host_or_never_gets_the_cookie_is_named() {
        let public = "https://accounts.example.com";
        for (hosts, domain) in [
            ("app.example.com", None),
            ("app.example.org", Some("example.com")),
            ("app.evilexample.com", Some("example.com")),
            ("https://app.example.com", Some("example.com")),
            ("//app.example.com", Some("example.com")),
            ("user@app.example.com", Some("example.com")),
            ("app.example.com/path", Some("example.com")),
            ("*.example.com", Some("example.com")),
            ("app.example.com:x", Some("example.com")),
        ] {
            let mistakes = apps(public, hosts, domain).map(|apps| origins(&apps).join(" "));
            let mistakes = mistakes.expect_err(hosts);
            assert!(mistakes[0].starts_with("REKEY_APP_HOSTS has"), "{mistakes:?}");
        }
    }

    #[test]
    fn e5_the_cookies_domain_is_above_the_public_url_and_https() {
        for (public, domain) in [
            ("https://accounts.example.com", "example.org"),
            ("https://accounts.example.com", "com"),
            ("https://accounts.example.com", "counts.example.com"),
            ("https://accounts.example.com", "www.accounts.example.com"),
            ("https://accounts.example.com", ".example.com"),
            ("https://127.0.0.1", "127.0.0.1"),
            ("http://localhost:3000", "localhost"),
            ("https://localhost", "localhost"),
            ("https://accounts.localhost", "localhost"),
            ("https://accounts.example.com", "example.com."),
            ("https://[2001:db8::1]", "[2001:db8::1]"),
            ("https://accounts.example.com", ""),
        ] {
            let mistakes = apps(public, "", Some(domain)).map(|apps| apps.cookie_domain);
            let mistakes = mistakes.expect_err(domain);
            assert!(mistakes[0].starts_with("REKEY_COOKIE_DOMAIN"), "{mistakes:?}");
        }
        assert!(apps("https://accounts.example.com", "", Some("accounts.example.com")).is_ok());
    }

    #[test]
    fn k3_a_public_suffix_is_refused_by_its_name() {
        for (public, domain) in [
            ("https://auth-me.duckdns.org", "duckdns.org"),
            ("https://accounts.co.uk", "co.uk"),
            ("https://accounts.co.uk", "CO.UK"),
            ("https://accounts.co.uk", "co.uk."),
            ("https://me.github.io", "github.io"),
            ("https://github.io", "github.io"),
            ("https://accounts.com", "com"),
            ("https://accounts.example.ck", "example.ck"),
            ("https://x.example.s3.amazonaws.com", "s3.amazonaws.com"),
            ("https://accounts.公司.cn", "公司.cn"),
            ("https://accounts.xn--55qx5d.cn", "xn--55qx5d.cn"),
            ("https://accounts.localhost", "localhost"),
            ("https://accounts.intranet", "intranet"),
        ] {
            let mistakes = apps(public, "", Some(domain)).map(|apps| apps.cookie_domain);
            let mistakes = mistakes.expect_err(domain);
            assert!(mistakes[0].starts_with("REKEY_COOKIE_DOMAIN is \""), "{mistakes:?}");
            assert!(mistakes[0].contains(domain), "{mistakes:?}");
        }
        for (public, domain) in [
            ("https://auth-me.duckdns.org", "auth-me.duckdns.org"),
            ("https://accounts.example.co.uk", "example.co.uk"),
            ("https://accounts.me.github.io", "me.github.io"),
            ("https://accounts.corp.intranet", "corp.intranet"),
            ("https://accounts.www.ck", "www.ck"),
            ("https://accounts.bücher.example", "bücher.example"),
        ] {
            assert!(apps(public, "", Some(domain)).is_ok(), "{domain}");
        }
    }
}
