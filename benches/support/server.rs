//! The executable as a process of its own, the way an operator starts it.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use hyper::header::SET_COOKIE;

use super::Outcome;
use super::client::{Ask, Connection};
use super::machine;

/// How often the server is asked whether it is ready, and the pause between.
const TRIES: u32 = 300;
const PAUSE: Duration = Duration::from_millis(100);

/// A running server; it is killed when this is dropped.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

/// What the process holds in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// Now.
    pub resident: u64,
    /// At its highest.
    pub highest: u64,
}

impl Server {
    /// Starts it in an empty environment, and waits until it is ready.
    pub async fn start(executable: &Path, folder: &Path, database_url: &str, smtp: SocketAddr) -> Outcome<Self> {
        Self::start_with(executable, folder, database_url, smtp, &[]).await
    }

    /// Starts it as [`start`](Self::start) does, with other settings.
    pub async fn start_with(
        executable: &Path,
        folder: &Path,
        database_url: &str,
        smtp: SocketAddr,
        settings: &[(&str, &str)],
    ) -> Outcome<Self> {
        // Free a moment ago. Should another program have taken it since, the server says so and the benchmark ends.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = Command::new(executable)
            .arg("serve")
            .current_dir(folder)
            .env_clear()
            .env("REKEY_PUBLIC_URL", format!("http://{address}"))
            .env("REKEY_LISTEN", address.to_string())
            .env("REKEY_DATABASE_URL", database_url)
            .env("REKEY_SMTP_URL", format!("smtp://{smtp}"))
            .env("REKEY_MAIL_FROM", "accounts@bench.example")
            .env("REKEY_LOG", "warn")
            // One machine asks for everything, and one administrator presses for thousands. The limits on addresses stay
            // on, and so does the work of the one on clients; what a press looks up for C5 is not measured.
            .env("REKEY_LIMIT_ASKS_PER_CLIENT", "100000, 100000")
            .env("REKEY_LIMIT_FAILURES_PER_CLIENT", "100000, 100000")
            .env("REKEY_LIMIT_RESETS_PER_PERSON", "off")
            .env("REKEY_LIMIT_RESETS_PER_MANAGER", "off")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} can't be started: {error}", executable.display()))?;
        let mut server = Self { child, address };
        server.wait_until_ready().await?;
        Ok(server)
    }

    async fn wait_until_ready(&mut self) -> Outcome<()> {
        let ready = Ask::get("/health/ready", "ready");
        for _ in 0..TRIES {
            if let Some(status) = self.child.try_wait()? {
                return Err(format!("the server ended at its start: {status}").into());
            }
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection.send_and_look(&ready).await.is_ok()
            {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err("the server did not become ready within 30 s".into())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Signs in and returns the session's cookie, ready to be sent.
    pub async fn sign_in(&self, email: &str, password: &str) -> Outcome<String> {
        let mut connection = Connection::open(self.address).await?;
        let answer = connection.send(&Ask::sign_in(email, password)).await?;
        let cookie = answer.headers.get(SET_COOKIE).ok_or("signing in gave no cookie")?;
        let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
        Ok(pair.to_owned())
    }

    /// What it holds, where the system tells.
    pub fn memory(&self) -> Option<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let read = |key: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(key))?;
            let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
            Some(kibibytes * 1024)
        };
        Some(Memory {
            resident: read("VmRSS:")?,
            highest: read("VmHWM:")?,
        })
    }

    /// Seconds of processor time so far, where the system tells.
    pub fn cpu_seconds(&self) -> Option<f64> {
        machine::cpu_seconds(&self.child.id().to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; its database goes with the folder either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
