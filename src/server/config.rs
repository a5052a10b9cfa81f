//! The operator's configuration: `rekey.toml` and the environment, which wins. Whatever is missing or wrong is named,
//! all of it at once, each with an example.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use ipnet::IpNet;
use lettre::message::Mailbox;
use rekey_domain::batch::Pace;
use rekey_domain::keeping::Keeping;
use rekey_domain::limit::Limits;
use rekey_domain::password::{self, PasswordRules};
use rekey_domain::reset::Lifetime;
use rekey_domain::session::SessionLimits;
use rekey_domain::way_back::AppOrigins;
use tracing_subscriber::EnvFilter;
use url::{Host, Url};

use crate::server::connections::Limits as Connections;
use crate::server::mail::smtp_url::SmtpUrl;
use crate::server::run::SMTP_LIMIT;
use crate::server::services::Settings;
use crate::server::telemetry::DEFAULT_FILTER;

mod apps;
mod connections;
mod keeping;
mod limits;

/// The file that is read when it is there.
pub const FILE: &str = "rekey.toml";

/// How long a queue of asks waits at most.
const ASK_TICK: Duration = Duration::from_millis(800);

/// Every setting: its key in the file (in the environment `REKEY_` and upper case), and an example.
pub const SETTINGS: &[(&str, &str)] = &[
    ("public_url", "https://accounts.example.com"),
    ("smtp_url", "smtps://name:password@mail.example.com"),
    ("smtp_timeout", "60"),
    ("mail_from", "accounts@example.com"),
    ("database_url", "sqlite:rekey.db"),
    ("listen", "127.0.0.1:3000"),
    ("max_connections", "1024"),
    ("header_timeout", "10"),
    ("body_timeout", "30"),
    ("trusted_proxies", "127.0.0.1/32, 10.0.0.0/8"),
    ("app_hosts", "app.example.com, wiki.example.com:8443"),
    ("cookie_domain", "example.com"),
    ("link_hours", "24"),
    ("password_min", "15"),
    ("limit_asks_per_email", "3, 1"),
    ("limit_asks_per_client", "20, 60"),
    ("limit_failures_per_client", "100, 360"),
    ("limit_resets_per_person", "3"),
    ("limit_resets_per_manager", "30"),
    ("limit_batch_resets_per_person", "1"),
    ("limit_taken_emails_per_manager", "10, 10"),
    ("limit_invitations_per_company", "2000"),
    ("batch_mails_per_minute", "600"),
    ("keep_resets_days", "90"),
    ("keep_activity_days", "365"),
    ("help", "it@example.com"),
    ("log", DEFAULT_FILTER),
];

/// What a server is started with.
#[derive(Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// Where everything is kept. Holds a password in some setups: never print it.
    pub database_url: String,
    /// How many connections there may be, and how long they may take.
    pub connections: Connections,
    /// The mail server.
    pub smtp: SmtpUrl,
    /// The longest conversation with it about one mail.
    pub smtp_limit: Duration,
    /// The sender's address.
    pub mail_from: Mailbox,
    /// Proxies whose word on the client's address counts.
    pub trusted_proxies: Vec<IpNet>,
    /// What is logged.
    pub log: EnvFilter,
    /// What use cases need.
    pub settings: Settings,
}

/// What the operator's commands need: the database, how long links live, what counts against which limit, and for those that
/// show a link, its beginning.
#[derive(Debug)]
pub struct CommandConfig {
    /// Where everything is kept.
    pub database_url: String,
    /// How long a link lives.
    pub lifetime: Lifetime,
    /// How often something may be done. Commands are not limited, and some count.
    pub limits: Limits,
    /// Where people reach the server; there if the command needs it.
    pub public_url: Option<Url>,
}

/// Everything that is missing or wrong.
#[derive(Debug)]
pub struct Mistakes(Vec<String>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The configuration needs your attention:")?;
        self.0.iter().try_for_each(|mistake| writeln!(f, "  - {mistake}"))?;
        write!(f, "Set these in the environment or in {FILE}.")
    }
}

impl std::error::Error for Mistakes {}

/// The raw texts of all settings, and the mistakes found so far.
#[derive(Debug, Default)]
pub struct Source {
    values: BTreeMap<&'static str, String>,
    mistakes: Vec<String>,
}

impl Source {
    /// Reads the file, where there is one, and then the environment.
    pub fn read(file: &Path, env: impl Fn(&str) -> Option<String>) -> Self {
        let mut source = Self::default();
        source.read_file(file);
        for &(key, _) in SETTINGS {
            if let Some(value) = env(&variable(key)) {
                source.values.insert(key, value);
            }
        }
        source
    }

    fn read_file(&mut self, file: &Path) {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
            Err(error) => return self.mistakes.push(format!("{} can't be read: {error}", file.display())),
        };
        let table: toml::Table = match toml::from_str(&text) {
            Ok(table) => table,
            // The error's text would quote the line, which may hold a password.
            Err(_) => {
                return self.mistakes.push(format!(
                    "{} is no TOML: write lines like listen = \"127.0.0.1:3000\"",
                    file.display()
                ));
            }
        };
        for (key, value) in table {
            match SETTINGS.iter().find(|(known, _)| *known == key) {
                Some((known, _)) => {
                    let text = match value {
                        toml::Value::String(text) => text,
                        toml::Value::Integer(number) => number.to_string(),
                        _ => {
                            self.mistakes
                                .push(format!("{key} in {} must be a text or a number", file.display()));
                            continue;
                        }
                    };
                    self.values.insert(known, text);
                }
                None => self
                    .mistakes
                    .push(format!("{} has an unknown setting {key:?}", file.display())),
            }
        }
    }

    fn optional<T>(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.values.get(key)?.trim().to_owned();
        match parse(&text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.mistakes
                    .push(format!("{} {why}, for example {}", variable(key), example(key)));
                None
            }
        }
    }

    fn required<T>(&mut self, key: &'static str, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        if !self.values.contains_key(key) {
            self.mistakes
                .push(format!("{} is missing, for example {}", variable(key), example(key)));
        }
        self.optional(key, parse)
    }

    fn lifetime(&mut self) -> Lifetime {
        let lifetime = self.optional("link_hours", |text| {
            let lifetime = text.parse().ok().and_then(|hours| Lifetime::hours(hours).ok());
            lifetime.ok_or_else(|| {
                format!(
                    "is no number of hours from {} to {}",
                    Lifetime::MIN_HOURS,
                    Lifetime::MAX_HOURS
                )
            })
        });
        lifetime.unwrap_or_default()
    }

    fn database_url(&mut self) -> String {
        let url = self.optional("database_url", |text| {
            let is_known = ["sqlite:", "postgres:", "postgresql:"]
                .iter()
                .any(|scheme| text.starts_with(scheme));
            if is_known {
                Ok(text.to_owned())
            } else {
                Err("begins neither with sqlite: nor with postgres:".to_owned())
            }
        });
        url.unwrap_or_else(|| "sqlite:rekey.db".to_owned())
    }

    /// What an operator's command needs; one that shows a link needs the public URL.
    pub fn for_command(mut self, shows_link: bool) -> Result<CommandConfig, Mistakes> {
        let public_url = if shows_link {
            self.required("public_url", parse_public_url)
        } else {
            None
        };
        let config = CommandConfig {
            database_url: self.database_url(),
            lifetime: self.lifetime(),
            limits: self.limits(),
            public_url,
        };
        if self.mistakes.is_empty() {
            Ok(config)
        } else {
            Err(Mistakes(self.mistakes))
        }
    }

    /// What a server needs.
    pub fn for_server(mut self) -> Result<Config, Mistakes> {
        let public_url = self.required("public_url", parse_public_url);
        let smtp = self.required("smtp_url", |text| {
            SmtpUrl::parse(text).map_err(|problem| problem.to_string())
        });
        let smtp_limit = self.seconds("smtp_timeout", 600);
        let mail_from = self.required("mail_from", |text| {
            text.parse().map_err(|_| "is no email address".to_owned())
        });
        let listen = self.optional("listen", |text| {
            text.parse().map_err(|_| "is no address with a port".to_owned())
        });
        let trusted_proxies = self.optional("trusted_proxies", parse_networks);
        let apps = self.apps(public_url.as_ref());
        let password_rules = self.optional("password_min", |text| {
            let min = text.parse().ok().and_then(PasswordRules::with_min);
            min.ok_or_else(|| format!("is no number from {} to {}", PasswordRules::LOWEST_MIN, password::MAX))
        });
        let pace = self.optional("batch_mails_per_minute", |text| {
            let pace = text.parse().ok().and_then(Pace::a_minute);
            pace.ok_or_else(|| format!("is no number from 1 to {}", Pace::MOST))
        });
        let help = self.optional("help", |text| Ok(text.to_owned()));
        let log = self.optional("log", |text| {
            EnvFilter::try_new(text).map_err(|_| "is no log filter".to_owned())
        });
        let (database_url, lifetime, limits) = (self.database_url(), self.lifetime(), self.limits());
        let (keeping, connections) = (self.keeping(), self.connections());
        match (public_url, smtp, mail_from) {
            (Some(public_url), Some(smtp), Some(mail_from)) if self.mistakes.is_empty() => Ok(Config {
                listen: listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000))),
                connections,
                database_url,
                smtp,
                smtp_limit: smtp_limit.unwrap_or(SMTP_LIMIT),
                mail_from,
                trusted_proxies: trusted_proxies.unwrap_or_default(),
                log: log.unwrap_or_else(|| EnvFilter::new(DEFAULT_FILTER)),
                settings: Settings {
                    public_url,
                    lifetime,
                    password_rules: password_rules.unwrap_or_default(),
                    session_limits: SessionLimits::default(),
                    apps: apps.origins,
                    cookie_domain: apps.cookie_domain,
                    limits,
                    pace: pace.unwrap_or_default(),
                    keeping,
                    help,
                    ask_tick: ASK_TICK,
                },
            }),
            _ => Err(Mistakes(self.mistakes)),
        }
    }
}

/// The settings of a demo at this address: nothing to configure. Everybody comes from this machine, so clients are not
/// limited.
pub fn demo_settings(public_url: Url) -> Settings {
    Settings {
        public_url,
        lifetime: Lifetime::default(),
        password_rules: PasswordRules::default(),
        session_limits: SessionLimits::default(),
        apps: AppOrigins::default(),
        cookie_domain: None,
        limits: Limits::default().whatever_client(),
        pace: Pace::default(),
        keeping: Keeping::default(),
        help: None,
        ask_tick: ASK_TICK,
    }
}

fn variable(key: &str) -> String {
    format!("REKEY_{}", key.to_uppercase())
}

fn example(key: &str) -> &'static str {
    SETTINGS
        .iter()
        .find(|(known, _)| *known == key)
        .map_or("", |(_, example)| example)
}

/// https anywhere, plain http on this machine only: else cookies and links would travel in the clear (E5).
fn parse_public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|_| "is no URL".to_owned())?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" | "http" if url.path() != "/" || url.query().is_some() || url.fragment().is_some() => {
            Err("must end after the host and the port".to_owned())
        }
        "https" => Ok(url),
        "http" if is_loopback => Ok(url),
        "http" => Err("must begin with https: on anything but this machine".to_owned()),
        _ => Err("must begin with https:".to_owned()),
    }
}

fn parse_networks(text: &str) -> Result<Vec<IpNet>, String> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| parse_network(part).ok_or_else(|| format!("has {part:?}, which is no network")))
        .collect()
}

/// A network, or one address. An IPv4 network written as IPv6 is the IPv4 one, since addresses are compared like that.
fn parse_network(text: &str) -> Option<IpNet> {
    let network = match text.parse::<IpNet>() {
        Ok(network) => network,
        Err(_) => IpNet::from(text.parse::<IpAddr>().ok()?),
    };
    match (network.network().to_canonical(), network.prefix_len().checked_sub(96)) {
        (IpAddr::V4(address), Some(bits)) if matches!(network, IpNet::V6(_)) => IpNet::new(address.into(), bits).ok(),
        _ => Some(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pairs: &[(&str, &str)]) -> Source {
        let env: BTreeMap<String, String> = pairs
            .iter()
            .map(|(key, value)| (variable(key), (*value).to_owned()))
            .collect();
        Source::read(Path::new("/nonexistent/rekey.toml"), |key| env.get(key).cloned())
    }

    #[test]
    fn every_mistake_is_named_at_once_with_an_example() {
        let mistakes = source(&[
            ("public_url", "http://accounts.example.com"),
            ("link_hours", "25"),
            ("listen", "here"),
        ])
        .for_server()
        .expect_err("refused")
        .to_string();
        for word in [
            "REKEY_PUBLIC_URL",
            "REKEY_SMTP_URL",
            "REKEY_MAIL_FROM",
            "REKEY_LINK_HOURS",
            "REKEY_LISTEN",
        ] {
            assert!(mistakes.contains(word), "{word} in {mistakes}");
        }
        assert!(
            mistakes.contains("smtps://name:password@mail.example.com"),
            "{mistakes}"
        );
    }

    #[test]
    fn a_right_configuration_is_read_and_the_rest_has_defaults() {
        let config = source(&[
            ("public_url", "https://accounts.example.com"),
            ("smtp_url", "smtps://name:pass@mail.example.com"),
            ("mail_from", "accounts@example.com"),
        ])
        .for_server()
        .expect("complete");
        assert_eq!(config.settings.lifetime.as_hours(), 24);
        assert_eq!(config.settings.password_rules.min, 15);
        assert_eq!(config.database_url, "sqlite:rekey.db");
    }

    #[test]
    fn the_documentation_has_every_setting_with_its_default_and_no_other() {
        let text = include_str!("../../docs/operating.md");
        let row = |key: &str| {
            let start = format!("| `{}` |", variable(key));
            let line = text.lines().find(|line| line.starts_with(&start));
            line.unwrap_or_else(|| panic!("{} has no row", variable(key)))
        };
        let documented = text.lines().filter(|line| line.starts_with("| `REKEY_")).count();
        assert_eq!(documented, SETTINGS.len());
        for (key, _) in SETTINGS {
            row(key);
        }
        let least = [
            ("public_url", "https://accounts.example.com"),
            ("smtp_url", "smtps://mail.example.com"),
            ("mail_from", "accounts@example.com"),
        ];
        let config = source(&least).for_server().expect("complete");
        let rate = |rate: Option<rekey_domain::limit::Rate>| {
            rate.map_or_else(String::new, |rate| format!("{}, {}", rate.burst(), rate.an_hour()))
        };
        let number = |most: Option<std::num::NonZeroU32>| most.map_or_else(String::new, |most| most.to_string());
        for (key, default) in [
            ("database_url", config.database_url.clone()),
            ("listen", config.listen.to_string()),
            ("max_connections", config.connections.most.to_string()),
            ("header_timeout", config.connections.head.as_secs().to_string()),
            ("body_timeout", config.connections.body.as_secs().to_string()),
            ("link_hours", config.settings.lifetime.as_hours().to_string()),
            ("password_min", config.settings.password_rules.min.to_string()),
            ("smtp_timeout", config.smtp_limit.as_secs().to_string()),
            ("limit_asks_per_email", rate(config.settings.limits.asks_per_email)),
            ("limit_asks_per_client", rate(config.settings.limits.asks_per_client)),
            (
                "limit_failures_per_client",
                rate(config.settings.limits.failures_per_client),
            ),
            (
                "limit_resets_per_person",
                number(config.settings.limits.resets_per_person),
            ),
            (
                "limit_resets_per_manager",
                number(config.settings.limits.resets_per_manager),
            ),
            (
                "limit_batch_resets_per_person",
                number(config.settings.limits.batch_resets_per_person),
            ),
            (
                "batch_mails_per_minute",
                config.settings.pace.mails_a_minute().to_string(),
            ),
            ("keep_resets_days", config.settings.keeping.resets.as_days().to_string()),
            (
                "keep_activity_days",
                config.settings.keeping.activity.as_days().to_string(),
            ),
            (
                "limit_taken_emails_per_manager",
                rate(config.settings.limits.taken_emails_per_manager),
            ),
            (
                "limit_invitations_per_company",
                config
                    .settings
                    .limits
                    .invitations_per_company
                    .map_or_else(String::new, |a_day| a_day.most().to_string()),
            ),
        ] {
            let cell = row(key).trim_end_matches(" |").rsplit("| ").next().unwrap_or_default();
            assert_eq!(cell.trim_matches('`'), default, "{key}");
        }
    }

    #[test]
    fn f16_a_number_that_is_refused_is_told_with_the_lowest_and_the_highest() {
        let bounds = [
            ("smtp_timeout", "1", "600"),
            ("max_connections", "1", "100000"),
            ("header_timeout", "1", "120"),
            ("body_timeout", "1", "600"),
            ("link_hours", "1", "24"),
            ("password_min", "8", "128"),
            ("limit_asks_per_email", "1", "100000"),
            ("limit_asks_per_client", "1", "100000"),
            ("limit_failures_per_client", "1", "100000"),
            ("limit_resets_per_person", "1", "100000"),
            ("limit_resets_per_manager", "1", "100000"),
            ("limit_batch_resets_per_person", "1", "100000"),
            ("limit_taken_emails_per_manager", "1", "100000"),
            ("limit_invitations_per_company", "1", "100000"),
            ("batch_mails_per_minute", "1", "60000"),
            ("keep_resets_days", "31", "3653"),
            ("keep_activity_days", "31", "3653"),
        ];
        // Every setting whose example is made of numbers.
        let is_number = |example: &str| example.chars().all(|c| c.is_ascii_digit() || ", ".contains(c));
        let numbers = SETTINGS.iter().filter(|(_, example)| is_number(example));
        let numbers: Vec<_> = numbers.map(|(key, _)| *key).collect();
        let mut known: Vec<_> = bounds.iter().map(|(key, _, _)| *key).collect();
        known.sort_by_key(|key| SETTINGS.iter().position(|(setting, _)| setting == key));
        assert_eq!(numbers, known);

        let least = [
            ("public_url", "https://accounts.example.com"),
            ("smtp_url", "smtps://mail.example.com"),
            ("mail_from", "accounts@example.com"),
        ];
        for (key, lowest, highest) in bounds {
            let is_pair = example(key).contains(',');
            let both = |number: &str| {
                if is_pair {
                    format!("{number}, {number}")
                } else {
                    number.to_owned()
                }
            };
            let set = |value: &str| source(&[&least[..], &[(key, value)]].concat()).for_server();
            for right in [lowest, highest] {
                assert!(set(&both(right)).is_ok(), "{key} = {right}");
            }
            let next = |number: &str, by: i64| (number.parse::<i64>().expect("a number") + by).to_string();
            for wrong in [
                &next(lowest, -1),
                &next(highest, 1),
                "-1",
                "99999999999999999999",
                "many",
                "",
                "1.5",
            ] {
                let mistakes = set(&both(wrong)).expect_err(wrong).to_string();
                let words = format!(" from {lowest} to {highest}");
                assert!(mistakes.contains(&variable(key)), "{mistakes}");
                assert!(mistakes.contains(&words), "{key} = {wrong}: {mistakes}");
            }
        }
    }

    #[test]
    fn e5_plain_http_only_on_this_machine() {
        assert!(parse_public_url("http://127.0.0.1:3000").is_ok());
        assert!(parse_public_url("http://localhost:3000").is_ok());
        assert!(parse_public_url("http://10.0.0.1:3000").is_err());
        assert!(parse_public_url("https://accounts.example.com/base").is_err());
    }

    #[test]
    fn k1_proxies_are_networks_or_addresses_in_either_spelling() {
        let read =
            |text| parse_networks(text).map(|networks| networks.iter().map(IpNet::to_string).collect::<Vec<_>>());
        assert_eq!(
            read("127.0.0.1/32, 10.0.0.0/8,192.0.2.1 ,2001:db8::1, ::ffff:10.0.0.0/104, ::ffff:192.0.2.7, ::/0"),
            Ok([
                "127.0.0.1/32",
                "10.0.0.0/8",
                "192.0.2.1/32",
                "2001:db8::1/128",
                "10.0.0.0/8",
                "192.0.2.7/32",
                "::/0"
            ]
            .map(str::to_owned)
            .into())
        );
        for wrong in ["localhost", "10.0.0.0/33", "10.0.0.1:80", "*"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_file_is_read_and_unknown_settings_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(FILE);
        std::fs::write(&file, "link_hours = 2\npublic_urk = \"x\"\n").expect("written");
        let mistakes = Source::read(&file, |_| None)
            .for_command(false)
            .expect_err("refused")
            .to_string();
        assert!(mistakes.contains("public_urk"), "{mistakes}");
        std::fs::write(&file, "link_hours = 2\n").expect("written");
        let config = Source::read(&file, |_| None).for_command(false).expect("complete");
        assert_eq!(config.lifetime.as_hours(), 2);
    }
}
