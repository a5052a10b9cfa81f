//! The few words in the clear before STARTTLS (RFC 3207): greeting, EHLO, STARTTLS.
//!
//! lettre could do this, but what an attacker on the way adds behind the server's `220` would stay in its buffer and be
//! read, after the handshake, as if the server had said it. Here such a connection ends (case G5).

use std::io;

use lettre::transport::smtp::commands::{Ehlo, Starttls};
use lettre::transport::smtp::extension::ClientId;
use rekey_domain::mail_reply::Stage;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::transport::Failure;

/// RFC 5321 §4.5.3.1.5 has 512 bytes; servers are seen to send more.
const LONGEST_LINE: u64 = 1000;
/// A server with more extensions than this is none.
const MOST_LINES: usize = 100;

/// Talks until the server is ready for the handshake, and gives the socket back with nothing read ahead.
pub(super) async fn negotiate(tcp: TcpStream, hello: &ClientId, stage: &mut Stage) -> Result<TcpStream, Failure> {
    let mut talk = Talk {
        tcp: BufReader::new(tcp),
    };
    *stage = Stage::Connect;
    talk.reply(Stage::Connect).await?;
    let offers = talk
        .command(Stage::Connect, &Ehlo::new(hello.clone()).to_string())
        .await?;
    *stage = Stage::Tls;
    if !offers
        .iter()
        .skip(1)
        .any(|line| line.trim().eq_ignore_ascii_case("STARTTLS"))
    {
        return Err(Failure::ours(
            Stage::Tls,
            "the mail server offers no STARTTLS, so nothing was sent",
        ));
    }
    talk.command(Stage::Tls, &Starttls.to_string()).await?;
    if !talk.tcp.buffer().is_empty() {
        return Err(Failure::ours(
            Stage::Tls,
            "something was sent in the clear after STARTTLS, so nothing was sent",
        ));
    }
    Ok(talk.tcp.into_inner())
}

struct Talk {
    tcp: BufReader<TcpStream>,
}

impl Talk {
    async fn command(&mut self, stage: Stage, line: &str) -> Result<Vec<String>, Failure> {
        self.tcp
            .write_all(line.as_bytes())
            .await
            .map_err(|error| Failure::network(stage, &error))?;
        self.reply(stage).await
    }

    /// The lines of one reply without their codes; anything but 2xx is a failure.
    async fn reply(&mut self, stage: Stage) -> Result<Vec<String>, Failure> {
        let mut lines = Vec::new();
        while lines.len() < MOST_LINES {
            let line = self.line().await.map_err(|error| Failure::network(stage, &error))?;
            let (code, rest) = line.split_at_checked(3).ok_or_else(|| Failure::not_smtp(stage))?;
            let code = code.parse::<u16>().map_err(|_| Failure::not_smtp(stage))?;
            let is_last = !rest.starts_with('-');
            lines.push(rest.get(1..).unwrap_or_default().to_owned());
            if is_last {
                return if (200..300).contains(&code) {
                    Ok(lines)
                } else {
                    Err(Failure::reply(stage, code, &lines.join(" ")))
                };
            }
        }
        Err(Failure::not_smtp(stage))
    }

    async fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        (&mut self.tcp).take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
        if line.pop() != Some(b'\n') {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }
}
