//! Conversations with a small server that says what a test tells it to, over real sockets on this machine.

use std::io;
use std::sync::{Arc, Mutex};

use rustls::RootCertStore;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::time_provider::{DefaultTimeProvider, TimeProvider};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

use super::*;

/// A certificate for `localhost`, signed by itself, and its key: of use to nobody but these tests.
const LOCALHOST_PEM: &[u8] = include_bytes!("localhost.pem");
const LIMIT: Duration = Duration::from_secs(10);
const MAIL: &[u8] = b"Subject: x\r\n\r\n.dot\r\nbody\r\n";

/// What to say after the lines heard so far: `None` says nothing any more, an empty text hangs up.
type Answer = fn(&[String]) -> Option<&'static str>;

#[expect(clippy::unnecessary_wraps, reason = "it is an `Answer`")]
fn polite(heard: &[String]) -> Option<&'static str> {
    let Some(line) = heard.last() else {
        return Some("220 mail.test ready\r\n");
    };
    Some(match line.split(' ').next().unwrap() {
        "EHLO" => "250-mail.test\r\n250-STARTTLS\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n",
        "STARTTLS" => "220 go ahead\r\n",
        "AUTH" => "235 2.7.0 welcome\r\n",
        "DATA" => "354 go on\r\n",
        "." => "250-2.0.0 queued\r\n250 as 7\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 2.0.0 ok\r\n",
    })
}

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// The first words only.
    fn commands(&self) -> Vec<String> {
        self.lines()
            .iter()
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect()
    }

    fn is_secret_free(&self) -> bool {
        !self
            .commands()
            .iter()
            .any(|command| matches!(command.as_str(), "AUTH" | "MAIL" | "RCPT" | "DATA"))
    }
}

/// Talks until `last` was heard and answered, or the connection ends.
async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut S,
    heard: &Heard,
    answer: Answer,
    greets: bool,
    last: &str,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut is_silent = !greets;
    loop {
        let mut is_body = false;
        if !is_silent {
            let Some(words) = answer(&heard.lines()) else {
                return std::future::pending().await;
            };
            stream.write_all(words.as_bytes()).await?;
            stream.flush().await?;
            if words.is_empty() || heard.lines().last().is_some_and(|line| line == last) {
                return Ok(());
            }
            is_body = words.starts_with("354");
        }
        is_silent = false;
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if !is_body || line == ".\r\n" {
                heard.0.lock().unwrap().push(line.trim_end().to_owned());
                break;
            }
        }
    }
}

/// Serves one connection after the other; gives the relay that speaks to it.
async fn relay(security: Security, answer: Answer) -> (Relay, Heard) {
    relay_at("localhost", "127.0.0.1:0", security, answer).await
}

async fn relay_at(host: &str, listen: &str, security: Security, answer: Answer) -> (Relay, Heard) {
    let listener = TcpListener::bind(listen).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Heard::default();
    let spoken = heard.clone();
    tokio::spawn(async move {
        loop {
            let (mut tcp, _) = listener.accept().await.unwrap();
            let heard = spoken.clone();
            tokio::spawn(async move {
                match security {
                    Security::Loopback => talk(&mut tcp, &heard, answer, true, "QUIT").await,
                    Security::Tls => talk(&mut acceptor().accept(tcp).await?, &heard, answer, true, "QUIT").await,
                    Security::StartTls => {
                        talk(&mut tcp, &heard, answer, true, "STARTTLS").await?;
                        talk(&mut acceptor().accept(tcp).await?, &heard, answer, false, "QUIT").await
                    }
                }
            });
        }
    });
    let url = SmtpUrl::parse(&format!("smtp://somebody:lantern-orbit@{host}:{port}"))
        .unwrap()
        .with_security(security);
    (Relay::new(url, "rekey.example", LIMIT), heard)
}

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(LOCALHOST_PEM).unwrap();
    let key = PrivateKeyDer::from_pem_slice(LOCALHOST_PEM).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

fn test_root() -> Result<ClientConfig, rustls::Error> {
    test_root_by(Arc::new(DefaultTimeProvider))
}

fn test_root_in_the_year_9999() -> Result<ClientConfig, rustls::Error> {
    test_root_by(Arc::new(InTheYear9999))
}

#[derive(Debug)]
struct InTheYear9999;

impl TimeProvider for InTheYear9999 {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(253_402_300_799)))
    }
}

fn test_root_by(time: Arc<dyn TimeProvider>) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(LOCALHOST_PEM).unwrap())?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_details(provider, time)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

async fn connected(relay: &Relay) -> Connection {
    relay.connect().await.unwrap_or_else(|failure| panic!("{failure}"))
}

async fn refused(relay: &Relay) -> Failure {
    relay.connect().await.err().expect("the connection is refused")
}

async fn send(connection: &mut Connection, to: &str) -> Result<Reply, Failure> {
    connection
        .send(&"rekey@mail.example".parse().unwrap(), &to.parse().unwrap(), MAIL)
        .await
}

#[tokio::test]
async fn mails_go_one_after_the_other_over_one_connection() {
    let (relay, heard) = relay(Security::Loopback, polite).await;
    let mut connection = connected(&relay).await;
    for to in ["ana@example.com", "bo@example.com"] {
        let reply = send(&mut connection, to).await.unwrap();
        assert_eq!(
            reply,
            Reply {
                code: 250,
                text: "2.0.0 queued as 7".into()
            }
        );
    }
    assert!(connection.still_answers().await && !connection.is_broken());
    connection.close().await;
    let lines = heard.lines();
    assert_eq!(lines[0], "EHLO rekey.example");
    assert_eq!(
        lines[2..6],
        [
            "MAIL FROM:<rekey@mail.example>",
            "RCPT TO:<ana@example.com>",
            "DATA",
            "."
        ]
    );
    assert_eq!(heard.commands()[6..], ["MAIL", "RCPT", "DATA", ".", "NOOP", "QUIT"]);
}

#[tokio::test]
async fn g5_both_ways_of_tls_carry_login_and_mail() {
    for security in [Security::Tls, Security::StartTls] {
        let (relay, heard) = relay(security, polite).await;
        let mut connection = connected(&Relay {
            trust: test_root,
            ..relay
        })
        .await;
        send(&mut connection, "ana@example.com").await.unwrap();
        let hello: &[&str] = if security == Security::Tls {
            &["EHLO"]
        } else {
            &["EHLO", "STARTTLS", "EHLO"]
        };
        assert_eq!(
            heard.commands(),
            [hello, &["AUTH", "MAIL", "RCPT", "DATA", "."]].concat()
        );
    }
}

#[tokio::test]
async fn g5_an_unknown_issuer_and_a_wrong_name_get_nothing() {
    for security in [Security::Tls, Security::StartTls] {
        let (unknown, first) = relay(security, polite).await;
        let (other, second) = relay_at("127.0.0.1", "127.0.0.1:0", security, polite).await;
        for relay in [
            unknown,
            Relay {
                trust: test_root,
                ..other
            },
        ] {
            let failure = refused(&relay).await;
            assert_eq!((failure.stage, failure.code), (Stage::Tls, None), "{failure}");
            assert!(failure.text.as_str().starts_with("no secure connection: "), "{failure}");
        }
        assert!(first.is_secret_free() && second.is_secret_free());
    }
}

#[tokio::test]
async fn g5_a_certificate_that_has_expired_gets_nothing() {
    for security in [Security::Tls, Security::StartTls] {
        let (relay, heard) = relay(security, polite).await;
        let failure = refused(&Relay {
            trust: test_root_in_the_year_9999,
            ..relay
        })
        .await;
        assert_eq!((failure.stage, failure.code), (Stage::Tls, None), "{failure}");
        assert!(failure.text.as_str().contains("certificate expired"), "{failure}");
        assert!(heard.is_secret_free());
    }
}

#[tokio::test]
async fn g5_a_login_that_fails_behind_tls_is_the_servers_own_word() {
    let wrong: Answer = |heard| match heard.last() {
        Some(line) if line.starts_with("AUTH") => Some("535 5.7.8 wrong\r\n"),
        _ => polite(heard),
    };
    for security in [Security::Tls, Security::StartTls] {
        let (relay, heard) = relay(security, wrong).await;
        let failure = refused(&Relay {
            trust: test_root,
            ..relay
        })
        .await;
        assert_eq!((failure.stage, failure.code), (Stage::Login, Some(535)), "{failure}");
        assert!(!heard.commands().contains(&"MAIL".to_owned()));
    }
}

#[tokio::test]
async fn g5_what_is_not_encrypted_goes_to_this_machine_only() {
    // As if `localhost` had this address: one that nobody has (RFC 5737).
    let url = SmtpUrl::parse("smtp://somebody:lantern-orbit@192.0.2.7:25")
        .unwrap()
        .with_security(Security::Loopback);
    let failure = refused(&Relay::new(url, "rekey.example", LIMIT)).await;
    assert_eq!((failure.stage, failure.code), (Stage::Connect, None), "{failure}");
    assert!(failure.text.as_str().contains("no address to use"), "{failure}");
}

#[tokio::test]
async fn g5_starttls_that_is_taken_away_or_refused_gets_nothing() {
    let stripped: Answer = |heard| match heard.len() {
        1 => Some("250-mail.test\r\n250 AUTH PLAIN\r\n"),
        _ => polite(heard),
    };
    let refused_by_server: Answer = |heard| match heard.len() {
        2 => Some("454 4.7.0 not now\r\n"),
        _ => polite(heard),
    };
    for (answer, code) in [(stripped, None), (refused_by_server, Some(454))] {
        let (relay, heard) = relay(Security::StartTls, answer).await;
        let failure = refused(&Relay {
            trust: test_root,
            ..relay
        })
        .await;
        assert_eq!((failure.stage, failure.code), (Stage::Tls, code), "{failure}");
        assert!(heard.is_secret_free());
    }
}

#[tokio::test]
async fn g5_words_put_in_before_the_handshake_are_not_believed() {
    let answer: Answer = |heard| match heard.len() {
        2 => Some("220 go ahead\r\n250-mail.test\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 ok\r\n"),
        _ => polite(heard),
    };
    let (relay, heard) = relay(Security::StartTls, answer).await;
    let failure = refused(&Relay {
        trust: test_root,
        ..relay
    })
    .await;
    assert_eq!((failure.stage, failure.code), (Stage::Tls, None), "{failure}");
    assert_eq!(heard.commands(), ["EHLO", "STARTTLS"]);
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_connection_for_the_next_mail() {
    let answer: Answer = |heard| match heard.last().map(String::as_str) {
        Some("RCPT TO:<nobody@example.com>") => Some("550-5.1.1 no such user,\r\n550 5.1.1 sorry\r\n"),
        _ => polite(heard),
    };
    let (relay, heard) = relay(Security::Loopback, answer).await;
    let mut connection = connected(&relay).await;
    let failure = send(&mut connection, "nobody@example.com").await.unwrap_err();
    let text = "5.1.1 no such user, sorry".into();
    assert_eq!(
        failure,
        Failure {
            stage: Stage::Recipient,
            code: Some(550),
            text
        }
    );
    assert!(!connection.is_broken());
    send(&mut connection, "ana@example.com").await.unwrap();
    assert_eq!(
        heard.commands()[2..],
        ["MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA", "."]
    );
}

#[tokio::test]
async fn refusals_while_connecting_name_their_stage() {
    let greeting: Answer = |_| Some("554 5.3.2 go away\r\n");
    let hello: Answer = |heard| {
        if heard.is_empty() {
            polite(heard)
        } else {
            Some("502 5.5.1 what?\r\n")
        }
    };
    let login: Answer = |heard| {
        if heard.len() < 2 {
            polite(heard)
        } else {
            Some("535 5.7.8 wrong\r\n")
        }
    };
    for (answer, stage, code) in [
        (greeting, Stage::Connect, 554),
        (hello, Stage::Connect, 502),
        (login, Stage::Login, 535),
    ] {
        let (relay, _) = relay(Security::Loopback, answer).await;
        let failure = refused(&relay).await;
        assert_eq!((failure.stage, failure.code), (stage, Some(code)), "{failure}");
        assert!(!format!("{failure} {failure:?}").contains("lantern"), "{failure:?}");
    }
    let no_login: Answer = |heard| {
        if heard.len() == 1 {
            Some("250 mail.test\r\n")
        } else {
            polite(heard)
        }
    };
    let (relay, heard) = relay(Security::Loopback, no_login).await;
    let failure = refused(&relay).await;
    assert_eq!((failure.stage, failure.code), (Stage::Login, Some(504)), "{failure}");
    assert!(
        heard.is_secret_free() && failure.text.as_str().contains("offers no login"),
        "{failure}"
    );
}

#[tokio::test]
async fn every_other_failure_breaks_the_connection() {
    let sender: Answer = |heard| {
        if heard.len() == 3 {
            Some("451 4.3.0 later\r\n")
        } else {
            polite(heard)
        }
    };
    let leaving: Answer = |heard| {
        if heard.len() == 4 {
            Some("421 4.3.2 shutting down\r\n")
        } else {
            polite(heard)
        }
    };
    let body: Answer = |heard| {
        if heard.len() == 5 {
            Some("503 5.5.1 no\r\n")
        } else {
            polite(heard)
        }
    };
    let end: Answer = |heard| {
        if heard.len() == 6 {
            Some("552 5.3.4 too big\r\n")
        } else {
            polite(heard)
        }
    };
    let no_sense: Answer = |heard| {
        if heard.len() == 5 {
            Some("250 2.0.0 ok\r\n")
        } else {
            polite(heard)
        }
    };
    let gone: Answer = |heard| if heard.len() == 4 { Some("") } else { polite(heard) };
    for (answer, stage, code) in [
        (sender, Stage::Sender, Some(451)),
        (leaving, Stage::Recipient, Some(421)),
        (body, Stage::Body, Some(503)),
        (end, Stage::Body, Some(552)),
        (no_sense, Stage::Body, None),
        (gone, Stage::Recipient, None),
    ] {
        let (relay, heard) = relay(Security::Loopback, answer).await;
        let mut connection = connected(&relay).await;
        let failure = send(&mut connection, "ana@example.com").await.unwrap_err();
        assert_eq!((failure.stage, failure.code), (stage, code), "{failure}");
        assert!(connection.is_broken() && !connection.still_answers().await);
        assert!(!heard.commands().contains(&"RSET".to_owned()));
    }
}

#[tokio::test]
async fn g7_a_server_that_hangs_costs_one_limit_and_the_connection() {
    let silent: Answer = |_| None;
    let after_the_body: Answer = |heard| if heard.len() == 6 { None } else { polite(heard) };
    let limit = Duration::from_millis(200);

    let (quiet, _) = relay(Security::Loopback, silent).await;
    let failure = refused(&Relay { limit, ..quiet }).await;
    assert_eq!(
        (failure.stage, failure.code, failure.text.as_str()),
        (Stage::Connect, None, "no answer within 200ms")
    );

    let (relay, heard) = relay(Security::Loopback, after_the_body).await;
    let mut connection = connected(&Relay { limit, ..relay }).await;
    let started = Instant::now();
    let failure = send(&mut connection, "ana@example.com").await.unwrap_err();
    assert_eq!((failure.stage, failure.code), (Stage::Body, None), "{failure}");
    assert!(connection.is_broken() && started.elapsed() < 10 * limit);
    assert_eq!(
        send(&mut connection, "bo@example.com").await.unwrap_err().stage,
        Stage::Connect
    );
    assert_eq!(heard.commands().iter().filter(|command| *command == "MAIL").count(), 1);
}

#[tokio::test]
async fn a_mail_that_was_given_up_half_way_breaks_the_connection() {
    let answer: Answer = |heard| if heard.len() == 4 { None } else { polite(heard) };
    let (relay, _) = relay(Security::Loopback, answer).await;
    let mut connection = connected(&relay).await;
    assert!(
        timeout(Duration::from_millis(100), send(&mut connection, "ana@example.com"))
            .await
            .is_err()
    );
    assert!(connection.is_broken());
}

#[tokio::test]
async fn nobody_listening_is_a_failure_to_connect() {
    let url = SmtpUrl::parse("smtp://127.0.0.1:1").unwrap();
    let failure = refused(&Relay::new(url, "rekey.example", LIMIT)).await;
    assert_eq!((failure.stage, failure.code), (Stage::Connect, None), "{failure}");
}

#[tokio::test]
async fn addresses_outside_ascii_need_a_server_that_takes_them() {
    let (able, heard) = relay(Security::Loopback, polite).await;
    send(&mut connected(&able).await, "añá@example.com").await.unwrap();
    assert_eq!(
        heard.lines()[2..4],
        ["MAIL FROM:<rekey@mail.example> SMTPUTF8", "RCPT TO:<añá@example.com>"]
    );
    let mut connection = connected(&able).await;
    let raw = "Subject: añá\r\n\r\nx\r\n".as_bytes();
    connection
        .send(
            &"r@mail.example".parse().unwrap(),
            &"a@example.com".parse().unwrap(),
            raw,
        )
        .await
        .unwrap();
    assert!(
        heard
            .lines()
            .contains(&"MAIL FROM:<r@mail.example> BODY=8BITMIME".to_owned())
    );

    let old: Answer = |heard| {
        if heard.len() == 1 {
            Some("250-mail.test\r\n250 AUTH PLAIN\r\n")
        } else {
            polite(heard)
        }
    };
    let (relay, heard) = relay(Security::Loopback, old).await;
    let mut connection = connected(&relay).await;
    let failure = send(&mut connection, "añá@example.com").await.unwrap_err();
    assert_eq!(
        (failure.stage, failure.code),
        (Stage::Recipient, Some(553)),
        "{failure}"
    );
    assert!(!connection.is_broken() && heard.commands() == ["EHLO", "AUTH"]);
}

#[tokio::test]
async fn a_long_reply_is_cut_and_has_one_line() {
    let long: Answer = |heard| match heard.len() {
        6 => Some(Box::leak(
            format!("250-{0}\r\n250 \u{7}{0}\r\n", "ä".repeat(400)).into_boxed_str(),
        )),
        _ => polite(heard),
    };
    let (relay, _) = relay(Security::Loopback, long).await;
    let reply = send(&mut connected(&relay).await, "ana@example.com").await.unwrap();
    assert_eq!(reply.text.as_str(), format!("{} {}", "ä".repeat(400), "ä".repeat(99)));
}

#[test]
fn a_name_that_smtp_does_not_allow_is_not_said() {
    let hello = |name| {
        let url = SmtpUrl::parse("smtp://localhost").unwrap();
        Relay::new(url, name, LIMIT).hello.to_string()
    };
    assert_eq!(hello("rekey.example"), "rekey.example");
    assert_eq!(hello("192.0.2.7"), "[192.0.2.7]");
    assert_eq!(hello("::1"), "[IPv6:::1]");
    for name in ["", "a b", "x\r\nMAIL FROM:<>", "münchen.example"] {
        assert_eq!(hello(name), "[127.0.0.1]");
    }
}

#[test]
fn k5_an_offer_of_nothing_but_blanks_is_none() {
    for blanks in ["", " ", "\t \t", "\u{b}", "\u{a0}", "\u{2003}\u{85}", "\0"] {
        let lines = ["mail.test", blanks, "8bitmime", blanks, "AUTH=PLAIN"];
        let offers = bytes::Reply {
            code: 250,
            lines: lines.map(|line| line.as_bytes().to_vec()).to_vec(),
            is_whole: true,
        };
        let server = server_info(&offers).expect("it offers something");
        assert!(server.supports_feature(Extension::EightBitMime), "{blanks:?}");
        assert!(server.get_auth_mechanism(DEFAULT_MECHANISMS).is_some(), "{blanks:?}");
    }
}
