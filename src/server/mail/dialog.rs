//! Speaking SMTP over any stream: a line is said, a reply is read, as bytes, within a deadline (K5).
//!
//! lettre writes the commands; it reads replies as UTF-8 and strictly, so that a refusal in Latin-1, a bare code or a long
//! line would be no answer. What was said unasked is never read as the answer to something said later (G5, G7). It knows no
//! stage and no mail.

use std::fmt::Display;
use std::io;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use rekey_domain::mail_reply::bytes::{Progress, Reply, ReplyReader};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf};
use tokio::time::{Instant, timeout_at};

/// What is read at once.
const CHUNK: usize = 1024;

/// Until when an answer is waited for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Deadline {
    /// So long from now on.
    pub(super) fn after(limit: Duration) -> Self {
        Self {
            at: Instant::now() + limit,
            limit,
        }
    }

    /// What comes of this, if it comes in time.
    pub(super) async fn keep<T>(self, work: impl Future<Output = T>) -> Result<T, Silence> {
        timeout_at(self.at, work).await.map_err(|_| Silence::Late(self.limit))
    }
}

/// Why there is no reply.
#[derive(Debug)]
pub(super) enum Silence {
    /// There was none within this time.
    Late(Duration),
    /// The connection broke, or the server hung up.
    Broken(io::Error),
    /// What came is no reply.
    Nonsense,
    /// The server spoke before it was asked: no reply can be told from that any more.
    Unasked,
}

/// A connection on which one side speaks at a time.
pub(super) struct Dialog<S> {
    stream: S,
    /// Read and not used yet.
    unread: Vec<u8>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Dialog<S> {
    /// Nothing was said yet, or what was said has been read.
    pub(super) fn over(stream: S) -> Self {
        Self {
            stream,
            unread: Vec::new(),
        }
    }

    /// Says a command, with its line end, and reads the reply.
    pub(super) async fn command(&mut self, command: impl Display, deadline: Deadline) -> Result<Reply, Silence> {
        self.say(command.to_string().as_bytes(), deadline).await?;
        self.reply(deadline).await
    }

    /// Sends a message with CRLF line ends behind the server's 354, its dot, and reads the reply.
    pub(super) async fn message(&mut self, raw: &[u8], deadline: Deadline) -> Result<Reply, Silence> {
        match self.say(&with_dots(raw), deadline).await {
            // A server may refuse what it has only half heard, and hang up.
            Err(Silence::Broken(error)) => match self.reply(deadline).await {
                Ok(reply) if !reply.is_positive() => Ok(reply),
                _ => Err(Silence::Broken(error)),
            },
            Err(silence) => Err(silence),
            Ok(()) => self.reply(deadline).await,
        }
    }

    /// Reads a reply: the greeting, which is not asked for.
    pub(super) async fn reply(&mut self, deadline: Deadline) -> Result<Reply, Silence> {
        let mut reader = ReplyReader::default();
        loop {
            let (used, progress) = reader.read(&self.unread);
            self.unread.drain(..used);
            if progress == Progress::Done {
                return reader.finish().ok_or(Silence::Nonsense);
            }
            let mut chunk = [0; CHUNK];
            let silence = match deadline.keep(self.stream.read(&mut chunk)).await {
                Ok(Ok(0)) => Silence::Broken(io::ErrorKind::UnexpectedEof.into()),
                Ok(Ok(read)) => {
                    self.unread.extend_from_slice(&chunk[..read]);
                    continue;
                }
                Ok(Err(error)) => Silence::Broken(error),
                Err(late) => late,
            };
            // A code is an answer, whatever became of its words.
            return reader.finish().ok_or(silence);
        }
    }

    /// The stream, with nothing read ahead; nothing if the server has spoken unasked.
    pub(super) async fn into_stream(mut self) -> Option<S> {
        self.is_silent().await.then_some(self.stream)
    }

    async fn say(&mut self, bytes: &[u8], deadline: Deadline) -> Result<(), Silence> {
        if !self.is_silent().await {
            return Err(Silence::Unasked);
        }
        let say = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        deadline.keep(say).await?.map_err(Silence::Broken)
    }

    /// Whether the server has said nothing since its last reply, as far as it has arrived. Empty lines are nothing.
    async fn is_silent(&mut self) -> bool {
        let mut chunk = [0; CHUNK];
        let mut buffer = ReadBuf::new(&mut chunk);
        let stream = &mut self.stream;
        // Not waited for: what comes later is the answer. That the connection has ended is found out by whoever writes.
        let _ = std::future::poll_fn(|context| match Pin::new(&mut *stream).poll_read(context, &mut buffer) {
            Poll::Ready(read) => Poll::Ready(Some(read)),
            Poll::Pending => Poll::Ready(None),
        })
        .await;
        self.unread.extend_from_slice(buffer.filled());
        if self.unread.trim_ascii().is_empty() {
            self.unread.clear();
        }
        self.unread.is_empty()
    }
}

/// The message with its dots doubled where they begin a line, and the one that ends it (RFC 5321 §4.5.2).
fn with_dots(raw: &[u8]) -> Vec<u8> {
    let mut sent = Vec::with_capacity(raw.len() + raw.len() / 64 + 8);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            sent.push(b'.');
        }
        sent.extend_from_slice(line);
    }
    if !sent.ends_with(b"\r\n") && !sent.is_empty() {
        sent.extend_from_slice(b"\r\n");
    }
    sent.extend_from_slice(b".\r\n");
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_that_begin_a_line_are_doubled() {
        assert_eq!(
            with_dots(b"a\r\n.b\r\n..\r\nc.d\r\n"),
            b"a\r\n..b\r\n...\r\nc.d\r\n.\r\n"
        );
        assert_eq!(with_dots(b".\r\n.\r\nend"), b"..\r\n..\r\nend\r\n.\r\n");
        assert_eq!(with_dots(b""), b".\r\n");
    }

    fn soon() -> Deadline {
        Deadline::after(Duration::from_secs(10))
    }

    fn at_once() -> Deadline {
        Deadline::after(Duration::from_millis(20))
    }

    #[tokio::test]
    async fn what_is_said_unasked_is_no_answer_to_what_is_said_next() {
        let (near, mut far) = tokio::io::duplex(1024);
        let mut dialog = Dialog::over(near);
        far.write_all(b"220 ready\r\n\r\n").await.expect("it takes it");
        assert_eq!(dialog.reply(soon()).await.expect("a greeting").code, 220);
        far.write_all(b"250 hello\r\n250 and more\r\n")
            .await
            .expect("it takes it");
        // The first line came before the command was said.
        assert!(matches!(
            dialog.command("EHLO x\r\n", soon()).await,
            Err(Silence::Unasked)
        ));
        assert!(dialog.into_stream().await.is_none());
    }

    #[tokio::test]
    async fn k5_a_code_that_was_cut_off_is_an_answer() {
        for (said, code) in [(&b"250-queued\r\n25"[..], 250), (b"550 5.1.1 n", 550)] {
            let (near, mut far) = tokio::io::duplex(1024);
            far.write_all(said).await.expect("it takes it");
            drop(far);
            let reply = Dialog::over(near).reply(soon()).await.expect("a reply");
            assert_eq!((reply.code, reply.is_whole), (code, false));
        }
        let (near, far) = tokio::io::duplex(1024);
        drop(far);
        assert!(matches!(
            Dialog::over(near).reply(soon()).await,
            Err(Silence::Broken(_))
        ));
    }

    #[tokio::test]
    async fn a_server_that_falls_silent_is_waited_for_until_the_deadline() {
        let (near, mut far) = tokio::io::duplex(1024);
        let mut dialog = Dialog::over(near);
        assert!(matches!(
            dialog.command("NOOP\r\n", at_once()).await,
            Err(Silence::Late(_))
        ));
        far.write_all(b"250").await.expect("it takes it");
        assert_eq!(dialog.reply(at_once()).await.expect("a code").code, 250);
    }
}
