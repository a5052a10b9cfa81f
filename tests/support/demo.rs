//! A demo as a process of its own, whose memory nobody else uses.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use super::Client;

/// The demo. Killed when this is dropped.
pub struct Demo {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Demo {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_rekey"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the demo starts");
        let mut words = String::new();
        let mut said = BufReader::new(process.stdout.take().expect("its words"));
        said.read_line(&mut words).expect("it says where it serves");
        let address = words.trim().rsplit('/').next().and_then(|address| address.parse().ok());
        Self {
            process,
            address: address.unwrap_or_else(|| panic!("no address in {words:?}")),
        }
    }

    /// A browser that nobody is signed in with.
    pub fn client(&self) -> Client {
        Client::new(format!("http://{}", self.address).parse().expect("a URL"))
    }

    /// A line of what the system knows of its memory, in bytes.
    pub fn memory(&self, line: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("it runs");
        let found = status.lines().find_map(|text| text.strip_prefix(line));
        let kib = found.and_then(|text| text.split_whitespace().nth(1)?.parse::<usize>().ok());
        kib.expect("a number of KiB") * 1024
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
