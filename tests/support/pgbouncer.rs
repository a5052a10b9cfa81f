//! A real `PgBouncer` in front of the tests' `PostgreSQL` server, in a folder and on a port of its own.

use std::fs;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::net::TcpStream;
use url::Url;

use super::port;
use super::process::give_to_nobody;

/// Where it is, where it is on no usual path: `cargo xtask test` tells.
const VARIABLE: &str = "REKEY_PGBOUNCER";
const PATIENCE: Duration = Duration::from_secs(10);

/// A running pooler. It ends when this is dropped.
pub struct PgBouncer {
    process: Child,
    _folder: TempDir,
    port: u16,
}

impl PgBouncer {
    /// In front of the server of this database, with lines of its configuration that say more than where it is.
    pub async fn start(database_url: &str, lines: &[&str]) -> Self {
        let server = Url::parse(database_url).expect("a URL");
        let port = port::free();
        let folder = TempDir::new().expect("a folder");
        let conf = format!(
            "[databases]\n* = host={} port={} user={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             auth_type = any\nunix_socket_dir =\nlogfile = pgbouncer.log\n{}\n",
            server.host_str().expect("a host"),
            server.port().unwrap_or(5432),
            server.username(),
            lines.join("\n")
        );
        fs::write(folder.path().join("pgbouncer.ini"), conf).expect("written");
        let mut command = Command::new(find());
        command
            .args(["-q", "pgbouncer.ini"])
            .current_dir(folder.path())
            .stderr(Stdio::null());
        // It refuses to run as root.
        give_to_nobody(&mut command, folder.path());
        let pgbouncer = Self {
            process: command.spawn().expect("pgbouncer starts"),
            _folder: folder,
            port,
        };
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_err() {
            assert!(began.elapsed() < PATIENCE, "pgbouncer does not listen");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        pgbouncer
    }

    /// The same database through the pooler.
    pub fn url(&self, database_url: &str) -> String {
        let mut url = Url::parse(database_url).expect("a URL");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(self.port)).expect("a port");
        url.to_string()
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        // It may have died by itself, which the test has noticed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn find() -> PathBuf {
    if let Some(told) = std::env::var_os(VARIABLE) {
        return told.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders
        .map(|folder| folder.join("pgbouncer"))
        .find(|file| file.is_file())
        .expect("no pgbouncer on the PATH: `cargo xtask test http` gets it")
}
