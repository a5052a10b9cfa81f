//! A program that takes long, run with one line that says where it is: how long so far, how long it usually takes, what
//! it is doing. What it says beyond that (warnings, errors) is shown as it comes.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::command;
use crate::diagnosis;
use crate::failure::Failure;
use crate::steps::in_words;

/// How often the line is drawn again on a terminal.
const REDRAW: Duration = Duration::from_millis(500);
/// How often a log gets a line.
const LOG_LINE: Duration = Duration::from_secs(30);
/// How many of the last lines are kept for the diagnosis of a failure.
const KEPT_LINES: usize = 200;
/// What cargo, npm and apt begin the lines with that only say what they are at.
const STATUS_WORDS: [&str; 18] = [
    "Compiling",
    "Checking",
    "Downloading",
    "Downloaded",
    "Updating",
    "Locking",
    "Adding",
    "Blocking",
    "Finished",
    "Running",
    "Fresh",
    "Get:",
    "Hit:",
    "Reading",
    "Selecting",
    "Preparing",
    "Unpacking",
    "Setting",
];

/// Which of a program's lines are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// All but those that only say what it is at: for compilers, whose other lines are warnings and errors.
    Rest,
    /// None, unless it fails: for installers.
    OnFailure,
}

/// Runs it to its end. `usually` says how long that takes on a machine with two cores.
pub fn run(program: &mut Command, usually: &str, show: Show) -> Result<(), Failure> {
    let line = command::line(program);
    eprintln!("    $ {line}");
    let is_terminal = std::io::stderr().is_terminal();
    if is_terminal {
        program.env("CARGO_TERM_COLOR", "always");
    }
    let started = Instant::now();
    let could_not_start = |error: std::io::Error| Failure::Command {
        line: line.clone(),
        outcome: format!("could not be started: {error}"),
    };
    let mut child = program
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(could_not_start)?;
    let (sender, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        read_lines(output, sender.clone());
    }
    if let Some(errors) = child.stderr.take() {
        read_lines(errors, sender);
    }
    let mut progress = Progress {
        started,
        usually,
        at: String::new(),
        is_terminal,
        drawn: started,
    };
    let mut kept = VecDeque::new();
    loop {
        match lines.recv_timeout(REDRAW) {
            Ok(text) => {
                if let Some(status) = status(&text) {
                    progress.at = status;
                } else if show == Show::Rest {
                    progress.clear();
                    eprintln!("{text}");
                }
                kept.push_back(text);
                if kept.len() > KEPT_LINES {
                    kept.pop_front();
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        progress.draw();
    }
    progress.clear();
    let status = child.wait().map_err(could_not_start)?;
    if status.success() {
        return Ok(());
    }
    let said: Vec<String> = kept.into();
    if show == Show::OnFailure {
        eprintln!("{}", said.join("\n"));
    }
    Err(diagnosis::of(&said).unwrap_or(Failure::Command {
        line,
        outcome: format!("failed ({status})"),
    }))
}

/// Sends each line of a stream until it ends; one that is not UTF-8 with replacement characters.
fn read_lines(stream: impl Read + Send + 'static, sender: mpsc::Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).split(b'\n') {
            let Ok(line) = line else { return };
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            if sender.send(text).is_err() {
                return;
            }
        }
    });
}

struct Progress<'a> {
    started: Instant,
    usually: &'a str,
    /// What the program said last that it was doing.
    at: String,
    is_terminal: bool,
    drawn: Instant,
}

impl Progress<'_> {
    fn draw(&mut self) {
        let every = if self.is_terminal { REDRAW } else { LOG_LINE };
        if self.drawn.elapsed() < every {
            return;
        }
        self.drawn = Instant::now();
        let text = format!(
            "    … {} so far, usually {}  {}",
            in_words(self.started.elapsed()),
            self.usually,
            self.at
        );
        if self.is_terminal {
            let short: String = text.chars().take(110).collect();
            eprint!("\r\u{1b}[K{short}");
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{}", text.trim_end());
        }
    }

    fn clear(&self) {
        if self.is_terminal {
            eprint!("\r\u{1b}[K");
        }
    }
}

/// `   Compiling serde v1.0.228` → `Compiling serde v1.0.228`; nothing for any other line.
fn status(line: &str) -> Option<String> {
    let plain = without_colours(line);
    let plain = plain.trim();
    STATUS_WORDS
        .iter()
        .any(|word| plain.starts_with(word))
        .then(|| plain.to_owned())
}

/// Without the sequences `ESC [ … m` that colour a terminal.
fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn what_a_program_is_at_is_told_from_what_it_has_to_say() {
        assert_eq!(
            status("   Compiling serde v1.0.228").as_deref(),
            Some("Compiling serde v1.0.228")
        );
        assert_eq!(
            status("\u{1b}[1m\u{1b}[92m   Compiling\u{1b}[0m tachys v0.2.19").as_deref(),
            Some("Compiling tachys v0.2.19")
        );
        assert_eq!(status("warning: unused variable: `x`"), None);
        assert_eq!(status("error: linking with `cc` failed"), None);
    }

    #[test]
    fn a_failure_that_is_known_says_what_to_do() {
        let mut shell = command::program("sh", Path::new("/"));
        shell.args(["-c", "echo 'error: No space left on device (os error 28)' >&2; exit 1"]);
        let failure = run(&mut shell, "a second", Show::OnFailure).unwrap_err();
        assert!(failure.to_string().contains("disk"), "{failure}");
    }

    #[test]
    fn a_failure_that_is_not_known_names_the_command() {
        let mut shell = command::program("sh", Path::new("/"));
        let failure = run(shell.args(["-c", "exit 3"]), "a second", Show::Rest).unwrap_err();
        assert!(failure.to_string().starts_with("`sh -c exit 3` failed"), "{failure}");
    }
}
