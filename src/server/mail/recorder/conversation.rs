//! One SMTP conversation (RFC 5321): the order of commands, the envelope, and the recorder's behaviour at each step.
//! No TLS and no sign-in: the recorder is on loopback, where plain SMTP is what `REKEY_SMTP_URL` allows.

use std::io;
use std::sync::Arc;

use smtp_proto::{Error, MAIL_SMTPUTF8, MailFrom, RcptTo, Request};
use tokio::net::TcpStream;

use super::Shared;
use super::behaviour::{BUSY, Behaviour};
use super::lines::{Command, LARGEST_MESSAGE, Lines, Message};
use super::mailbox::Draft;

/// Recipients of one mail, and MAIL and RCPT lines kept beside it: RFC 5321 4.5.3.1.8 asks for 100.
const MOST_RECIPIENTS: usize = 100;

const OUT_OF_ORDER: &str = "503 5.5.1 Commands out of order";
const NEEDS_SMTPUTF8: &str = "553 5.6.7 This address needs SMTPUTF8";
const TOO_LARGE: &str = "552 5.3.4 Message too large";

/// A connection and what was said on it so far.
pub(super) struct Conversation {
    lines: Lines,
    shared: Arc<Shared>,
    is_greeted: bool,
    envelope: Option<Envelope>,
    /// MAIL and RCPT lines since the last mail or RSET.
    commands: Vec<String>,
}

struct Envelope {
    from: String,
    to: Vec<String>,
    has_smtputf8: bool,
}

/// Whether the connection lives on after a command.
#[derive(PartialEq, Eq)]
enum Next {
    GoOn,
    Close,
}

impl Conversation {
    pub(super) fn new(stream: TcpStream, shared: Arc<Shared>) -> Self {
        // Replies are single small writes: held back by Nagle they would cost 40 ms each. A socket that refuses the
        // option is only slower.
        let _ = stream.set_nodelay(true);
        Self {
            lines: Lines::new(stream),
            shared,
            is_greeted: false,
            envelope: None,
            commands: Vec::new(),
        }
    }

    /// Talks until one side ends it.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(super) async fn run(mut self) -> io::Result<()> {
        if self.shared.behaviour() == Behaviour::Busy {
            return self.lines.say(BUSY).await;
        }
        self.lines.say("220 recorder.localhost ESMTP").await?;
        loop {
            let line = match self.lines.command().await? {
                Command::Line(line) => line,
                Command::TooLong => return self.lines.say("500 5.5.2 Line too long").await,
                Command::End => return Ok(()),
            };
            if self.shared.behaviour() == Behaviour::Busy {
                return self.lines.say(BUSY).await;
            }
            if self.answer(&line).await? == Next::Close {
                return Ok(());
            }
        }
    }

    async fn answer(&mut self, line: &[u8]) -> io::Result<Next> {
        self.keep_command(line);
        let reply = match Request::parse(&mut line.iter()) {
            Ok(Request::Ehlo { .. }) => {
                self.greet();
                // Without PIPELINING: our sender does without, and each answer stands beside its question.
                &*format!(
                    "250-recorder.localhost\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n\
                     250 SIZE {LARGEST_MESSAGE}"
                )
            }
            Ok(Request::Helo { .. }) => {
                self.greet();
                "250 recorder.localhost"
            }
            Ok(Request::Mail { from }) => self.begin(&from),
            Ok(Request::Rcpt { to }) => self.add(&to),
            Ok(Request::Data) => return self.take_message().await,
            Ok(Request::Rset) => {
                self.forget_envelope();
                "250 2.0.0 Forgotten"
            }
            Ok(Request::Noop { .. }) => "250 2.0.0 Yes",
            Ok(Request::Quit) => {
                self.lines.say("221 2.0.0 Bye").await?;
                return Ok(Next::Close);
            }
            Ok(_) => "502 5.5.1 Command not offered",
            Err(Error::InvalidSenderAddress) => "553 5.1.7 This is no sender's address",
            Err(Error::InvalidRecipientAddress) => "553 5.1.3 This is no recipient's address",
            Err(Error::UnsupportedParameter { .. }) => "555 5.5.4 Parameter not offered",
            Err(Error::InvalidParameter { .. } | Error::SyntaxError { .. }) => "501 5.5.4 Wrong syntax",
            Err(_) => "500 5.5.2 Unknown command",
        };
        self.lines.say(reply).await?;
        Ok(Next::GoOn)
    }

    /// Keeps MAIL and RCPT lines as they came, before anything reads them.
    fn keep_command(&mut self, line: &[u8]) {
        let is_of_envelope = line
            .get(..4)
            .is_some_and(|verb| verb.eq_ignore_ascii_case(b"MAIL") || verb.eq_ignore_ascii_case(b"RCPT"));
        if is_of_envelope && self.commands.len() <= MOST_RECIPIENTS {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.commands.push(String::from_utf8_lossy(line).into_owned());
        }
    }

    fn greet(&mut self) {
        self.is_greeted = true;
        self.forget_envelope();
    }

    fn forget_envelope(&mut self) {
        self.envelope = None;
        self.commands.clear();
    }

    fn begin(&mut self, from: &MailFrom<impl AsRef<str>>) -> &'static str {
        let address = from.address.as_ref();
        let has_smtputf8 = from.flags & MAIL_SMTPUTF8 != 0;
        if !self.is_greeted || self.envelope.is_some() {
            OUT_OF_ORDER
        } else if from.size > LARGEST_MESSAGE {
            TOO_LARGE
        } else if !has_smtputf8 && !address.is_ascii() {
            NEEDS_SMTPUTF8
        } else {
            self.envelope = Some(Envelope {
                from: address.to_owned(),
                to: Vec::new(),
                has_smtputf8,
            });
            "250 2.1.0 Sender ok"
        }
    }

    fn add(&mut self, to: &RcptTo<impl AsRef<str>>) -> &'static str {
        let Some(envelope) = &mut self.envelope else {
            return OUT_OF_ORDER;
        };
        let address = to.address.as_ref();
        if !envelope.has_smtputf8 && !address.is_ascii() {
            return NEEDS_SMTPUTF8;
        }
        if envelope.to.len() == MOST_RECIPIENTS {
            return "452 4.5.3 Too many recipients";
        }
        let behaviour = self.shared.behaviour();
        if let Some(refusal) = behaviour.refusal_of_recipient(|| self.shared.is_known_to_greylist(address)) {
            return refusal;
        }
        envelope.to.push(address.to_owned());
        "250 2.1.5 Recipient ok"
    }

    /// DATA and what follows, up to the reply to the final dot.
    async fn take_message(&mut self) -> io::Result<Next> {
        if self.envelope.as_ref().is_none_or(|envelope| envelope.to.is_empty()) {
            self.lines.say(OUT_OF_ORDER).await?;
            return Ok(Next::GoOn);
        }
        self.lines.say("354 End with a dot on a line of its own").await?;
        if self.shared.behaviour() == Behaviour::CutInData {
            self.lines.command().await?;
            return Ok(Next::Close);
        }
        let message = self.lines.message().await?;
        let commands = std::mem::take(&mut self.commands);
        let Some(Envelope { from, to, .. }) = self.envelope.take() else {
            return Ok(Next::Close);
        };
        let raw = match message {
            Message::Whole(raw) => raw,
            Message::TooLarge => return self.go_on(TOO_LARGE).await,
            Message::LineTooLong => return self.go_on("554 5.6.0 A line is longer than 998 octets").await,
            Message::End => return Ok(Next::Close),
        };
        let behaviour = self.shared.behaviour();
        match behaviour {
            Behaviour::RefuseAfterData => return self.go_on("552 5.2.2 Mailbox full").await,
            Behaviour::HangAfterData => {
                self.lines.until_closed().await?;
                return Ok(Next::Close);
            }
            _ => {}
        }
        let id = self.shared.record(Draft {
            from,
            to,
            raw,
            commands,
        });
        if let Behaviour::Slow(wait) = behaviour {
            tokio::time::sleep(wait).await;
        }
        self.go_on(&format!("250 2.0.0 Taken as {id}")).await
    }

    async fn go_on(&mut self, reply: &str) -> io::Result<Next> {
        self.lines.say(reply).await?;
        Ok(Next::GoOn)
    }
}
