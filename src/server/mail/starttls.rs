//! The few words in the clear before STARTTLS (RFC 3207): greeting, EHLO, STARTTLS.
//!
//! What an attacker on the way adds behind the server's `220` must not be read, after the handshake, as if the server had
//! said it. Such a connection ends here (case G5).

use lettre::transport::smtp::commands::{Ehlo, Starttls};
use lettre::transport::smtp::extension::ClientId;
use rekey_domain::mail_reply::Stage;
use rekey_domain::mail_reply::bytes::Reply;
use tokio::net::TcpStream;

use super::dialog::{Deadline, Dialog, Silence};
use super::transport::Failure;

/// Talks until the server is ready for the handshake, and gives the socket back with nothing read ahead.
pub(super) async fn negotiate(tcp: TcpStream, hello: &ClientId, deadline: Deadline) -> Result<TcpStream, Failure> {
    let mut dialog = Dialog::over(tcp);
    said_yes(Stage::Connect, dialog.reply(deadline).await)?;
    let hello = Ehlo::new(hello.clone());
    let offers = said_yes(Stage::Connect, dialog.command(hello, deadline).await)?;
    let is_starttls = |line: &Vec<u8>| line.trim_ascii().eq_ignore_ascii_case(b"STARTTLS");
    if !offers.lines.iter().skip(1).any(is_starttls) {
        return Err(Failure::ours(
            Stage::Tls,
            "the mail server offers no STARTTLS, so nothing was sent",
        ));
    }
    said_yes(Stage::Tls, dialog.command(Starttls, deadline).await)?;
    dialog.into_stream().await.ok_or_else(|| {
        Failure::ours(
            Stage::Tls,
            "something was sent in the clear after STARTTLS, so nothing was sent",
        )
    })
}

/// The reply, if it is a whole one that says yes.
pub(super) fn said_yes(stage: Stage, answer: Result<Reply, Silence>) -> Result<Reply, Failure> {
    let reply = answer.map_err(|silence| Failure::silence(stage, &silence))?;
    match reply.code {
        200..=299 if reply.is_whole => Ok(reply),
        400..=599 => Err(Failure::reply(stage, &reply)),
        // Half of a yes, too: the server is gone.
        _ => Err(Failure::silence(stage, &Silence::Nonsense)),
    }
}
