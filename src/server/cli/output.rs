//! Writing to standard output and standard error, whoever reads them or has stopped to. The only place that may: `println!`
//! and `eprintln!` panic where the reader has closed the pipe, and then a command that did its work ends with 101 (F23). A
//! terminal obeys control characters, so whatever is written is made fit to be shown (F15).

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use rekey_domain::text::TextBlock;

/// Writes a line to standard output. A reader that has closed the pipe wants no more, which is no error; a full disk is one.
pub fn say(line: impl Display) -> io::Result<()> {
    write_line(&mut io::stdout().lock(), line)
}

/// Writes a line to standard error. Where that can't be written either, nobody is left who could be told.
pub fn complain(line: impl Display) {
    let _ = write_line(&mut io::stderr().lock(), line);
}

fn write_line(to: &mut impl Write, line: impl Display) -> io::Result<()> {
    match writeln!(to, "{}", TextBlock::of(&line.to_string())).and_then(|()| to.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes nothing, for this reason.
    struct Refuses(ErrorKind);

    impl Write for Refuses {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn k12_a_closed_pipe_is_no_error_and_a_full_disk_is_one() {
        assert!(write_line(&mut Refuses(ErrorKind::BrokenPipe), "words").is_ok());
        let full = write_line(&mut Refuses(ErrorKind::StorageFull), "words");
        assert_eq!(full.expect_err("it is not written").kind(), ErrorKind::StorageFull);
        let mut written = Vec::new();
        write_line(&mut written, "words").expect("it is written");
        assert_eq!(written, b"words\n");
    }

    #[test]
    fn f15_nothing_is_written_that_a_terminal_would_obey() {
        let mut written = Vec::new();
        write_line(&mut written, "a\n\u{1b}[31mb\u{202e}").expect("it is written");
        assert_eq!(written, "a\n\u{fffd}[31mb\u{fffd}\n".as_bytes());
    }
}
