//! The lines of an SMTP connection: commands and the message after DATA, both bounded, and the replies.
//! It must not know what a command means.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// The largest message taken, in bytes.
pub(super) const LARGEST_MESSAGE: usize = 10 * 1024 * 1024;
/// The longest command line, in bytes: RFC 5321 asks for 512, extensions for some more.
const LONGEST_COMMAND: usize = 4096;
/// The longest line of a message, with its line end (RFC 5322 2.1.1): real servers refuse or break longer ones.
const LONGEST_TEXT_LINE: usize = 1000;

/// A command line as it came.
pub(super) enum Command {
    /// With its line end.
    Line(Vec<u8>),
    TooLong,
    /// The client has closed the connection.
    End,
}

/// The message after DATA.
pub(super) enum Message {
    /// Up to the final dot, dots unstuffed.
    Whole(Vec<u8>),
    /// Read to the end, but over [`LARGEST_MESSAGE`].
    TooLarge,
    /// Read to the end, but a line of it is over 1000 bytes.
    LineTooLong,
    /// The client has closed the connection in the middle.
    End,
}

/// One connection, read by lines.
pub(super) struct Lines {
    stream: BufReader<TcpStream>,
}

impl Lines {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// Sends a reply, which may have several lines, in one write.
    pub(super) async fn say(&mut self, reply: &str) -> io::Result<()> {
        self.stream.write_all(format!("{reply}\r\n").as_bytes()).await
    }

    pub(super) async fn command(&mut self) -> io::Result<Command> {
        let line = self.piece(LONGEST_COMMAND).await?;
        Ok(if line.ends_with(b"\n") {
            Command::Line(line)
        } else if line.len() == LONGEST_COMMAND {
            Command::TooLong
        } else {
            Command::End
        })
    }

    /// Reads to the final dot, whatever comes, so that a refusal is the answer to the dot and not to a line.
    pub(super) async fn message(&mut self) -> io::Result<Message> {
        let mut raw = Vec::new();
        let (mut is_too_large, mut is_line_too_long) = (false, false);
        // Only a dot after CR LF ends a mail: a bare LF before it is how mails are smuggled into others.
        let (mut is_line_start, mut is_after_cr, mut is_after_crlf) = (true, false, true);
        loop {
            let piece = self.piece(LONGEST_TEXT_LINE).await?;
            if piece.is_empty() {
                return Ok(Message::End);
            }
            if is_after_crlf && piece == b".\r\n" {
                break;
            }
            is_line_too_long |= !piece.ends_with(b"\n");
            let is_stuffed = is_line_start && piece.starts_with(b".");
            is_line_start = piece.ends_with(b"\n");
            // The end of a line that is too long may itself be cut in two.
            is_after_crlf = piece.ends_with(b"\r\n") || (is_after_cr && piece == b"\n");
            is_after_cr = piece.ends_with(b"\r");
            if raw.len() + piece.len() > LARGEST_MESSAGE {
                is_too_large = true;
            } else {
                raw.extend_from_slice(&piece[usize::from(is_stuffed)..]);
            }
        }
        Ok(match (is_too_large, is_line_too_long) {
            (true, _) => Message::TooLarge,
            (false, true) => Message::LineTooLong,
            (false, false) => Message::Whole(raw),
        })
    }

    /// Reads and drops everything until the client closes the connection.
    pub(super) async fn until_closed(&mut self) -> io::Result<()> {
        tokio::io::copy_buf(&mut self.stream, &mut tokio::io::sink())
            .await
            .map(drop)
    }

    /// A line with its end, or the first `longest` bytes of it, or what the client left unfinished.
    async fn piece(&mut self, longest: usize) -> io::Result<Vec<u8>> {
        let mut piece = Vec::new();
        let limit = u64::try_from(longest).unwrap_or(u64::MAX);
        (&mut self.stream).take(limit).read_until(b'\n', &mut piece).await?;
        Ok(piece)
    }
}
