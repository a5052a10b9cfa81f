//! A bare connection: what is sent is sent byte for byte, and nothing more.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::timeout;

/// An open connection.
pub struct Raw(TcpStream);

impl Raw {
    /// Opens one.
    pub async fn open(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).await.expect("it listens"))
    }

    /// Sends this.
    pub async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.expect("it is taken");
    }

    /// The head of the next answer, which must come within that time; the connection stays as it is.
    pub async fn head(&mut self, within: Duration) -> String {
        let read = async {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(self.0.read_u8().await.expect("a whole head"));
            }
            head
        };
        let head = timeout(within, read).await.expect("an answer in time");
        String::from_utf8_lossy(&head).into_owned()
    }

    /// Reads so many bytes, which must be there soon.
    pub async fn skip(&mut self, bytes: usize) {
        let mut skipped = vec![0; bytes];
        let read = self.0.read_exact(&mut skipped);
        timeout(Duration::from_secs(10), read)
            .await
            .expect("in time")
            .expect("all of them");
    }

    /// For reading and writing at once.
    pub fn split(self) -> (OwnedReadHalf, OwnedWriteHalf) {
        self.0.into_split()
    }

    /// What else comes until the other side closes, which it must within that time.
    pub async fn rest(&mut self, within: Duration) -> Vec<u8> {
        let mut rest = Vec::new();
        let read = timeout(within, self.0.read_to_end(&mut rest)).await;
        // A connection that is closed before everything was read ends with an error on some systems.
        let _ = read.expect("closed in time");
        rest
    }
}
