//! One conversation with the mail server at a time, over a socket of our own.
//!
//! It knows no mail, no queue and no retries: it says at which stage what was answered, and `mail_reply::judge` decides.
//! The conversation is ours (`dialog`), and the commands in it are lettre's.
//! Cases: nothing in the clear, certificates checked (G5); a server that hangs costs one time limit and the connection,
//! so that no reply is read as the answer to the next mail (G7); neither password nor letter in an error (G9); a code is an
//! answer, whatever its words (K5).
//! lettre's feature `tracing` must stay off: it would write both.

use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS, Mechanism};
use lettre::transport::smtp::commands::{Auth, Data, Ehlo, Mail, Noop, Quit, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter, ServerInfo};
use lettre::transport::smtp::response::Response;
use rekey_domain::mail_reply::Stage;
use rekey_domain::mail_reply::bytes;
use rekey_domain::one_line::one_line;
use rustls::ClientConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::client::TlsStream;

use super::dialog::{Deadline, Dialog, Silence};
use super::smtp_url::{Security, SmtpUrl};
use super::starttls::said_yes;
use super::{starttls, tls};
use crate::server::heavy_work::wait_for_files;

mod failure;
#[cfg(test)]
mod tests;

pub use failure::{Failure, Reply};

/// A connection that is given up need not be waited for.
const PATIENCE_AT_THE_END: Duration = Duration::from_secs(2);
/// The challenges of one login, RFC 4954.
const MOST_CHALLENGES: usize = 10;

/// What a conversation goes over.
trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send + Sync> Stream for S {}

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

    /// The longest that handing one mail over can take: connecting and sending, each twice.
    pub fn longest_delivery(&self) -> Duration {
        self.limit * 4
    }

    /// The name or address that this server greets with.
    pub fn hello(&self) -> String {
        self.hello.to_string()
    }

    /// Connects, secures the connection and signs in, all within the limit.
    ///
    /// Fails at the stages `Connect`, `Tls` and `Login`. Nothing is left behind then. A server that offers no login that
    /// we know is refused here, with the code 504 that RFC 4954 has for it, without asking the server: it did answer.
    pub async fn connect(&self) -> Result<Connection, Failure> {
        let deadline = Deadline::after(self.limit);
        let late = |stage| move |silence: Silence| Failure::silence(stage, &silence);
        let tcp = deadline.keep(self.reach()).await.map_err(late(Stage::Connect))??;
        let security = self.url.security();
        let stream: Box<dyn Stream> = match security {
            Security::Loopback => Box::new(tcp),
            Security::Tls => Box::new(deadline.keep(self.secured(tcp)).await.map_err(late(Stage::Tls))??),
            Security::StartTls => {
                let tcp = starttls::negotiate(tcp, &self.hello, deadline).await?;
                Box::new(deadline.keep(self.secured(tcp)).await.map_err(late(Stage::Tls))??)
            }
        };
        self.begin(stream, security != Security::StartTls, deadline).await
    }

    /// The same over a stream that is there already, in the clear: for whoever plays the server without a socket.
    pub async fn connect_over(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + Sync + 'static,
    ) -> Result<Connection, Failure> {
        self.begin(Box::new(stream), true, Deadline::after(self.limit)).await
    }

    /// Hears the greeting, says hello and signs in. After STARTTLS the server does not greet again.
    async fn begin(&self, stream: Box<dyn Stream>, greets: bool, deadline: Deadline) -> Result<Connection, Failure> {
        let mut dialog = Dialog::over(stream);
        if greets {
            said_yes(Stage::Connect, dialog.reply(deadline).await)?;
        }
        let hello = Ehlo::new(self.hello.clone());
        let offers = said_yes(Stage::Connect, dialog.command(hello, deadline).await)?;
        let server = server_info(&offers).ok_or_else(|| Failure::silence(Stage::Connect, &Silence::Nonsense))?;
        if let Some(credentials) = self.url.credentials() {
            let Some(mechanism) = server.get_auth_mechanism(DEFAULT_MECHANISMS) else {
                let why = "5.5.4 not tried: the mail server offers no login that Rekey knows (PLAIN or LOGIN)";
                return Err(Failure::as_if(Stage::Login, 504, why));
            };
            sign_in(&mut dialog, mechanism, credentials, deadline).await?;
        }
        Ok(Connection {
            dialog,
            server,
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
                    // Without it each mail waits 40 ms.
                    tcp.set_nodelay(true).map_err(|error| failed(&error))?;
                    return Ok(tcp);
                }
                Ok(Err(error)) => failure = failed(&error),
                Err(_) => failure = Failure::silence(Stage::Connect, &Silence::Late(share)),
            }
        }
        Err(failure)
    }

    async fn secured(&self, tcp: TcpStream) -> Result<TlsStream<TcpStream>, Failure> {
        let failed = |error: &dyn fmt::Display| Failure::ours(Stage::Tls, &format!("no secure connection: {error}"));
        let config = wait_for_files(self.trust).await.map_err(|error| failed(&error))?;
        let config = config.map_err(|error| failed(&error))?;
        tls::secured(tcp, config, self.url.host())
            .await
            .map_err(|error| failed(&error))
    }
}

/// What the server offers, out of its reply to EHLO. Its words count whatever their case (RFC 5321 §4.1.1.1).
fn server_info(offers: &bytes::Reply) -> Option<ServerInfo> {
    let (last, lines) = offers.lines.split_last()?;
    let words = |line: &[u8]| {
        // Nothing in it ends the line, and one of blanks is empty: lettre panics at any other.
        let line = one_line(&String::from_utf8_lossy(line)).to_ascii_uppercase();
        // Older servers write it so.
        line.replacen("AUTH=", "AUTH ", 1)
    };
    let mut reply = String::new();
    for line in lines {
        reply.extend(["250-", &words(line), "\r\n"]);
    }
    // Before what is offered comes the name of the server, which some leave out.
    let last = if lines.is_empty() { b"SERVER" } else { last.as_slice() };
    reply.extend(["250 ", &words(last), "\r\n"]);
    let reply = if reply.starts_with("250-\r\n") {
        reply.replacen("250-", "250-SERVER", 1)
    } else {
        reply
    };
    ServerInfo::from_response(&reply.parse::<Response>().ok()?).ok()
}

async fn sign_in(
    dialog: &mut Dialog<Box<dyn Stream>>,
    mechanism: Mechanism,
    credentials: &Credentials,
    deadline: Deadline,
) -> Result<(), Failure> {
    let not_understood = |_| Failure::silence(Stage::Login, &Silence::Nonsense);
    let mut auth = Auth::new(mechanism, credentials.clone(), None).map_err(not_understood)?;
    for _ in 0..MOST_CHALLENGES {
        let answer = dialog.command(auth, deadline).await;
        let challenge = match &answer {
            Ok(reply) if reply.code == 334 && reply.is_whole => reply.lines.concat(),
            _ => return said_yes(Stage::Login, answer).map(|_| ()),
        };
        let challenge = format!("334 {}\r\n", String::from_utf8_lossy(challenge.trim_ascii()));
        let challenge = challenge.parse::<Response>().map_err(not_understood)?;
        auth = Auth::new_from_response(mechanism, credentials.clone(), &challenge).map_err(not_understood)?;
    }
    Err(Failure::silence(Stage::Login, &Silence::Nonsense))
}

/// A connection that is signed in and takes one mail after the other.
pub struct Connection {
    dialog: Dialog<Box<dyn Stream>>,
    server: ServerInfo,
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
        if self.is_broken {
            return Err(Failure::ours(
                Stage::Connect,
                "the connection was given up after an earlier failure",
            ));
        }
        let parameters = self.parameters(from, to, raw)?;
        let deadline = Deadline::after(self.limit);
        self.is_broken = true;
        let result = self.converse(from, parameters, to, raw, deadline).await;
        match &result {
            // A reply of which the end is missing leaves nothing to ask more.
            Ok((_, is_whole)) => self.is_broken = !is_whole,
            Err(failure) => self.leave_recipient(failure, deadline).await,
        }
        result.map(|(reply, _)| reply)
    }

    /// After a refused recipient the next mail may follow. 421 announces that the server is about to hang up, whatever it
    /// was asked.
    async fn leave_recipient(&mut self, failure: &Failure, deadline: Deadline) {
        if failure.stage == Stage::Recipient && failure.code.is_some_and(|code| code != 421) {
            self.is_broken = self.reset(deadline).await.is_err();
        }
    }

    /// Asks, within the limit, whether the server takes mail from this sender, and for one of these recipients, of whom it
    /// hears one after the other until it says yes; sends none. What it said to each of them. Fails at the stage `Sender`.
    pub async fn probe(&mut self, from: &Address, recipients: &[Address]) -> Result<Vec<Result<(), Failure>>, Failure> {
        let deadline = Deadline::after(self.limit);
        self.is_broken = true;
        let parameters = self.parameters(from, from, b"")?;
        let mut said = Vec::new();
        let sender = Mail::new(Some(from.clone()), parameters);
        said_yes(Stage::Sender, self.dialog.command(sender, deadline).await)?;
        for to in recipients {
            let recipient = Rcpt::new(to.clone(), Vec::new());
            let answer = said_yes(Stage::Recipient, self.dialog.command(recipient, deadline).await).map(|_| ());
            let is_over = !matches!(&answer, Err(Failure { code: Some(code), .. }) if *code != 421);
            said.push(answer);
            if is_over {
                break;
            }
        }
        self.is_broken = self.reset(deadline).await.is_err();
        Ok(said)
    }

    /// Must be dropped: what would be read next belongs to something else.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Asks whether the server is still there; worth it before a mail on a connection that was idle. A connection that
    /// does not answer is broken.
    pub async fn still_answers(&mut self) -> bool {
        if self.is_broken {
            return false;
        }
        self.is_broken = true;
        let answer = self.dialog.command(Noop, Deadline::after(self.limit)).await;
        self.is_broken = said_yes(Stage::Sender, answer).is_err();
        !self.is_broken
    }

    /// Says goodbye, for at most two seconds.
    pub async fn close(mut self) {
        if !self.is_broken {
            // The connection ends in any case; there is nothing to do about a failure.
            let _ = self.dialog.command(Quit, Deadline::after(PATIENCE_AT_THE_END)).await;
        }
    }

    async fn reset(&mut self, deadline: Deadline) -> Result<(), Failure> {
        said_yes(Stage::Sender, self.dialog.command(Rset, deadline).await).map(|_| ())
    }

    /// The reply to the final dot, and whether it is whole.
    async fn converse(
        &mut self,
        from: &Address,
        parameters: Vec<MailParameter>,
        to: &Address,
        raw: &[u8],
        deadline: Deadline,
    ) -> Result<(Reply, bool), Failure> {
        let sender = Mail::new(Some(from.clone()), parameters);
        said_yes(Stage::Sender, self.dialog.command(sender, deadline).await)?;
        let recipient = Rcpt::new(to.clone(), Vec::new());
        said_yes(Stage::Recipient, self.dialog.command(recipient, deadline).await)?;
        match self.dialog.command(Data, deadline).await {
            Ok(reply) if reply.code / 100 == 3 && reply.is_whole => {}
            // A yes at this point is none: the letter was not sent yet.
            Ok(reply) if reply.is_positive() => return Err(Failure::silence(Stage::Body, &Silence::Nonsense)),
            answer => {
                said_yes(Stage::Body, answer)?;
            }
        }
        match self.dialog.message(raw, deadline).await {
            // Taken, whatever its words, and whether or not they came to an end: a second mail would be one too many.
            Ok(reply) if reply.is_positive() => Ok((
                Reply {
                    code: reply.code,
                    text: reply.words(),
                },
                reply.is_whole,
            )),
            answer => Err(said_yes(Stage::Body, answer)
                .err()
                .unwrap_or_else(|| Failure::silence(Stage::Body, &Silence::Nonsense))),
        }
    }

    fn parameters(&self, from: &Address, to: &Address, raw: &[u8]) -> Result<Vec<MailParameter>, Failure> {
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let offers = |extension| self.server.supports_feature(extension);
        let mut parameters = Vec::new();
        if !is_ascii(from) || !is_ascii(to) {
            if !offers(Extension::SmtpUtfEight) {
                let why = "5.6.7 not tried: the mail server takes no addresses outside ASCII";
                return Err(Failure::as_if(
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
