//! One conversation with the mail server at a time, over a socket of our own.
//!
//! It knows no mail, no queue and no retries: it says at which stage what was answered, and `mail_reply::judge` decides.
//! The socket is ours because without `TCP_NODELAY` each mail waits 40 ms, and because lettre has no time limit inside.
//! Cases: nothing in the clear, certificates checked (G5); a server that hangs costs one time limit and the connection,
//! so that no reply is read as the answer to the next mail (G7); neither password nor letter in an error (G9).
//! lettre's feature `tracing` must stay off: it would write both.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::commands::{Data, Mail, Noop, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;
use rekey_domain::mail_reply::Stage;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};

use super::letter::one_line;
use super::smtp_url::{Security, SmtpUrl};
use super::{starttls, tls};

mod failure;
#[cfg(test)]
mod tests;

pub use failure::{Failure, Reply};

/// A connection that is given up need not be waited for.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(2);

/// The mail server and how to speak to it.
#[derive(Clone)]
pub struct Relay {
    url: SmtpUrl,
    hello: ClientId,
    limit: Duration,
    /// Tests trust a root of their own.
    trust: fn() -> Result<ClientConfig, rustls::Error>,
}

impl Relay {
    /// `hello_name` is this server's host name for EHLO; one that SMTP does not allow becomes an address literal.
    /// `limit` bounds each whole conversation: connecting up to the login, and each mail.
    pub fn new(url: SmtpUrl, hello_name: &str, limit: Duration) -> Self {
        let is_name = |name: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '.')
        };
        let hello = match hello_name.parse() {
            Ok(std::net::IpAddr::V4(address)) => ClientId::Ipv4(address),
            Ok(std::net::IpAddr::V6(address)) => ClientId::Ipv6(address),
            Err(_) if is_name(hello_name) => ClientId::Domain(hello_name.to_owned()),
            Err(_) => ClientId::default(),
        };
        Self {
            url,
            hello,
            limit,
            trust: tls::system_roots,
        }
    }

    /// What bounds connecting, and each mail.
    pub fn limit(&self) -> Duration {
        self.limit
    }

    /// Connects, secures the connection and signs in, all within the limit.
    ///
    /// Fails at the stages `Connect`, `Tls` and `Login`. Nothing is left behind then. A server that offers no login that
    /// we know is refused here, with the code 504 that RFC 4954 has for it, without asking the server: it did answer.
    pub async fn connect(&self) -> Result<Connection, Failure> {
        let mut stage = Stage::Connect;
        match timeout(self.limit, self.establish(&mut stage)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::timed_out(stage, self.limit)),
        }
    }

    async fn establish(&self, stage: &mut Stage) -> Result<Connection, Failure> {
        let tcp = self.reach().await?;
        let stream: Box<dyn AsyncTokioStream> = match self.url.security() {
            Security::Loopback => Box::new(tcp),
            Security::Tls => {
                *stage = Stage::Tls;
                Box::new(self.secured(tcp, b"").await?)
            }
            Security::StartTls => {
                let tcp = starttls::negotiate(tcp, &self.hello, stage).await?;
                *stage = Stage::Tls;
                Box::new(self.secured(tcp, b"220 ready\r\n").await?)
            }
        };
        *stage = Stage::Connect;
        let mut smtp = AsyncSmtpConnection::connect_with_transport(stream, &self.hello)
            .await
            .map_err(|error| Failure::smtp(Stage::Connect, &error))?;
        if let Some(credentials) = self.url.credentials() {
            *stage = Stage::Login;
            if smtp.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
                let why = "5.5.4 not tried: the mail server offers no login that Rekey knows (PLAIN or LOGIN)";
                return Err(Failure::reply(Stage::Login, 504, why));
            }
            smtp.auth(DEFAULT_MECHANISMS, credentials)
                .await
                .map_err(|error| Failure::smtp(Stage::Login, &error))?;
        }
        Ok(Connection {
            smtp,
            limit: self.limit,
            is_broken: false,
        })
    }

    /// Tries each address of the host; a silent one may use up its share of the time only.
    async fn reach(&self) -> Result<TcpStream, Failure> {
        let failed = |error: &std::io::Error| Failure::network(Stage::Connect, error);
        // What is not encrypted stays on this machine, whatever `localhost` resolves to.
        let may_go_to = |address: &SocketAddr| self.url.security() != Security::Loopback || address.ip().is_loopback();
        let addresses = tokio::net::lookup_host((self.url.host(), self.url.port()))
            .await
            .map_err(|error| failed(&error))?;
        let addresses = addresses.filter(may_go_to).collect::<Vec<_>>();
        let share = self.limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
        let mut failure = Failure::ours(Stage::Connect, "the name of the mail server has no address to use");
        for address in addresses {
            match timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(tcp)) => {
                    tcp.set_nodelay(true).map_err(|error| failed(&error))?;
                    return Ok(tcp);
                }
                Ok(Err(error)) => failure = failed(&error),
                Err(_) => failure = Failure::timed_out(Stage::Connect, share),
            }
        }
        Err(failure)
    }

    async fn secured(&self, tcp: TcpStream, preface: &'static [u8]) -> Result<tls::Secured, Failure> {
        let failed = |error: &dyn fmt::Display| Failure::ours(Stage::Tls, &format!("no secure connection: {error}"));
        let config = tokio::task::spawn_blocking(self.trust)
            .await
            .map_err(|error| failed(&error))?;
        let config = config.map_err(|error| failed(&error))?;
        tls::Secured::over(tcp, config, self.url.host(), preface)
            .await
            .map_err(|error| failed(&error))
    }
}

/// A connection that is signed in and takes one mail after the other.
pub struct Connection {
    smtp: AsyncSmtpConnection,
    limit: Duration,
    is_broken: bool,
}

impl Connection {
    /// Hands one mail over, within the limit. `raw` is the whole message with CRLF line ends.
    ///
    /// Fails at the stages `Sender`, `Recipient` and `Body`. A refused recipient leaves the connection usable; after
    /// any other failure, and where this future was dropped before its end, [`is_broken`](Self::is_broken) holds.
    ///
    /// An address outside ASCII that the server cannot take is refused here, at `Recipient` with the code 553 that
    /// RFC 6531 has for it, without asking the server.
    pub async fn send(&mut self, from: &Address, to: &Address, raw: &[u8]) -> Result<Reply, Failure> {
        if self.is_broken() {
            return Err(Failure::ours(
                Stage::Connect,
                "the connection was given up after an earlier failure",
            ));
        }
        let parameters = self.parameters(from, to, raw)?;
        let deadline = Instant::now() + self.limit;
        let mut stage = Stage::Sender;
        self.is_broken = true;
        let conversation = Self::converse(&mut self.smtp, from, parameters, to, raw, &mut stage);
        let failure = match timeout_at(deadline, conversation).await {
            Ok(Ok(reply)) => {
                self.is_broken = false;
                return Ok(reply);
            }
            Ok(Err(failure)) => failure,
            Err(_) => Failure::timed_out(stage, self.limit),
        };
        // 421 announces that the server is about to hang up, whatever it was asked.
        let is_refused_recipient = failure.stage == Stage::Recipient && failure.code.is_some_and(|code| code != 421);
        if is_refused_recipient {
            self.is_broken = !matches!(timeout_at(deadline, self.smtp.command(Rset)).await, Ok(Ok(_)));
        }
        Err(failure)
    }

    /// Asks, within the limit, whether the server takes mail from this sender, and sends none. Fails at the stage
    /// `Sender`.
    pub async fn probe(&mut self, from: &Address) -> Result<(), Failure> {
        let parameters = self.parameters(from, from, b"")?;
        let ask = async {
            self.smtp.command(Mail::new(Some(from.clone()), parameters)).await?;
            self.smtp.command(Rset).await
        };
        self.is_broken = true;
        match timeout(self.limit, ask).await {
            Ok(Ok(_)) => {
                self.is_broken = false;
                Ok(())
            }
            Ok(Err(error)) => Err(Failure::smtp(Stage::Sender, &error)),
            Err(_) => Err(Failure::timed_out(Stage::Sender, self.limit)),
        }
    }

    /// Must be dropped: what would be read next belongs to something else.
    pub fn is_broken(&self) -> bool {
        self.is_broken || self.smtp.has_broken()
    }

    /// Asks whether the server is still there; worth it before a mail on a connection that was idle. A connection that
    /// does not answer is broken.
    pub async fn still_answers(&mut self) -> bool {
        if self.is_broken() {
            return false;
        }
        self.is_broken = true;
        self.is_broken = !matches!(timeout(self.limit, self.smtp.command(Noop)).await, Ok(Ok(_)));
        !self.is_broken
    }

    /// Says goodbye, for at most two seconds.
    pub async fn close(mut self) {
        if !self.is_broken() {
            // The connection ends in any case; there is nothing to do about a failure.
            let _ = timeout(PATIENCE_AT_THE_END, self.smtp.quit()).await;
        }
    }

    async fn converse(
        smtp: &mut AsyncSmtpConnection,
        from: &Address,
        parameters: Vec<MailParameter>,
        to: &Address,
        raw: &[u8],
        stage: &mut Stage,
    ) -> Result<Reply, Failure> {
        let sender = Mail::new(Some(from.clone()), parameters);
        smtp.command(sender)
            .await
            .map_err(|error| Failure::smtp(Stage::Sender, &error))?;
        *stage = Stage::Recipient;
        let recipient = Rcpt::new(to.clone(), Vec::new());
        smtp.command(recipient)
            .await
            .map_err(|error| Failure::smtp(Stage::Recipient, &error))?;
        *stage = Stage::Body;
        let go_on = smtp
            .command(Data)
            .await
            .map_err(|error| Failure::smtp(Stage::Body, &error))?;
        if !go_on.has_code(354) {
            return Err(Failure::not_smtp(Stage::Body));
        }
        let response = smtp
            .message(raw)
            .await
            .map_err(|error| Failure::smtp(Stage::Body, &error))?;
        if response.has_code(354) {
            return Err(Failure::not_smtp(Stage::Body));
        }
        Ok(reply(&response))
    }

    fn parameters(&self, from: &Address, to: &Address, raw: &[u8]) -> Result<Vec<MailParameter>, Failure> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let offers = |extension| self.smtp.server_info().supports_feature(extension);
        let mut parameters = Vec::new();
        if !is_ascii(from) || !is_ascii(to) {
            if !offers(Extension::SmtpUtfEight) {
                let why = "5.6.7 not tried: the mail server takes no addresses outside ASCII";
                return Err(Failure::reply(
                    if is_ascii(from) {
                        Stage::Recipient
                    } else {
                        Stage::Sender
                    },
                    553,
                    why,
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !raw.is_ascii() && offers(Extension::EightBitMime) {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        Ok(parameters)
    }
}

fn reply(response: &Response) -> Reply {
    let text = response.message().collect::<Vec<_>>().join(" ");
    Reply {
        code: response.code().into(),
        text: failure::at_most_500(&one_line(&text)),
    }
}
