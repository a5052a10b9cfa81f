//! A client that types SMTP, for the recorder's tests.

use std::io::ErrorKind;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::server::mail::recorder::Recorder;

/// Far more than anything here takes; reached only when a test fails.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// One connection to a recorder.
pub(super) struct Client(BufReader<TcpStream>);

impl Client {
    /// Connects and reads the greeting.
    pub(super) async fn connect(recorder: &Recorder) -> (Self, String) {
        let mut client = Self(BufReader::new(TcpStream::connect(recorder.address()).await.unwrap()));
        let greeting = client.reply().await;
        (client, greeting)
    }

    /// Connects and gets as far as an accepted sender.
    pub(super) async fn with_sender(recorder: &Recorder) -> Self {
        let (mut client, greeting) = Self::connect(recorder).await;
        assert!(greeting.starts_with("220 "), "{greeting}");
        client.expect("EHLO client.example", "250").await;
        client.expect("MAIL FROM:<rekey@example.com>", "250 2.1.0").await;
        client
    }

    /// Connects and gets as far as the `354`.
    pub(super) async fn in_data(recorder: &Recorder) -> Self {
        let mut client = Self::with_sender(recorder).await;
        client.expect("RCPT TO:<uma@blueheron.example>", "250 2.1.5").await;
        client.expect("DATA", "354").await;
        client
    }

    pub(super) async fn type_in(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).await.unwrap();
    }

    pub(super) async fn expect(&mut self, command: &str, reply: &str) -> String {
        self.type_in(&format!("{command}\r\n")).await;
        let said = self.reply().await;
        assert!(said.starts_with(reply), "{command}: {said}");
        said
    }

    /// Says nothing more, but goes on listening.
    pub(super) async fn give_up(&mut self) {
        self.0.get_mut().shutdown().await.unwrap();
    }

    /// The next reply with all its lines; empty when the connection was closed.
    pub(super) async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let start = reply.len();
            match timeout(PATIENCE, self.0.read_line(&mut reply))
                .await
                .expect("no reply in time")
            {
                Ok(0) => return reply,
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return reply,
                read => read.unwrap(),
            };
            if reply.as_bytes().get(start + 3) != Some(&b'-') {
                return reply;
            }
        }
    }
}
