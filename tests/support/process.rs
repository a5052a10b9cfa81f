//! The built executable as a process of its own, as an operator starts it: what ends it, and of which user it is, matters.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use url::Url;

use super::{Client, port};

/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(20);
/// A user that every system has and that nothing belongs to.
const NOBODY: u32 = 65_534;

/// Whether the tests run as root, who may do everything with every file.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Where the tests run as root, the command runs as somebody who is not, and whose folder this is.
pub fn give_to_nobody(command: &mut Command, folder: &Path) {
    use std::os::unix::process::CommandExt;

    if is_root() {
        give(folder, NOBODY);
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// Gives the folder and what is in it to a user.
pub fn give(path: &Path, user: u32) {
    std::os::unix::fs::chown(path, Some(user), Some(user)).expect("root may");
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            give(&entry.expect("an entry").path(), user);
        }
    }
}

/// What the executable is started with.
pub struct Place {
    folder: TempDir,
    /// Where its database and everything else of it is.
    pub home: PathBuf,
    environment: Vec<(String, String)>,
    is_nobody: bool,
    port: u16,
}

impl Place {
    /// A folder of its own, with a configuration that is complete; no mail server is there.
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let home = folder.path().join("home");
        fs::create_dir(&home).expect("a folder in it");
        Self::at(folder, home)
    }

    /// The same with its home elsewhere.
    pub fn at(folder: TempDir, home: PathBuf) -> Self {
        let port = port::free();
        let url = format!("http://127.0.0.1:{port}");
        let environment = [
            ("REKEY_LISTEN", format!("127.0.0.1:{port}")),
            ("REKEY_PUBLIC_URL", url),
            (
                "REKEY_DATABASE_URL",
                format!("sqlite:{}", home.join("rekey.db").display()),
            ),
            // Nobody listens at the port of discarding.
            ("REKEY_SMTP_URL", "smtp://127.0.0.1:9".to_owned()),
            ("REKEY_MAIL_FROM", "accounts@rekey.example".to_owned()),
            ("REKEY_LOG", "info".to_owned()),
        ];
        let place = Self {
            folder,
            home,
            environment: environment.map(|(name, value)| (name.to_owned(), value)).into(),
            is_nobody: false,
            port,
        };
        open_to_all(place.folder.path());
        place
    }

    /// With this in the environment.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.into()));
    }

    /// From now on as a user who is not root. The tests run as root.
    pub fn as_nobody(&mut self) {
        self.is_nobody = true;
    }

    /// Gives its home, and everything in it, to whom it runs as then.
    pub fn give_to_nobody(&self) {
        give(&self.home, NOBODY);
    }

    fn command(&self, arguments: &[&str]) -> Command {
        use std::os::unix::process::CommandExt;

        let mut command = Command::new(self.executable());
        command
            .args(arguments)
            .current_dir(&self.home)
            .env_remove("REKEY_HOLD_AT")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        if self.is_nobody {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Where anybody may run it.
    fn executable(&self) -> PathBuf {
        let built = PathBuf::from(env!("CARGO_BIN_EXE_rekey"));
        if !self.is_nobody {
            return built;
        }
        let here = self.folder.path().join("rekey");
        if !here.exists() && fs::hard_link(&built, &here).is_err() {
            // By another process: a file that this one has open for writing may be so in a child that another test starts at
            // that moment, and then nobody can execute it ("text file busy").
            let copied = Command::new("cp").arg(&built).arg(&here).status().expect("cp runs");
            assert!(copied.success(), "the executable is copied");
        }
        here
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// The same, which must end well; what it said.
    pub fn run_well(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("text")
    }

    /// Starts a server that must not start: its exit code and what it said.
    pub fn refused(&self, arguments: &[&str]) -> (i32, String) {
        let output = self.run(arguments);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code().expect("it ended by itself"), words)
    }

    /// Starts a server and waits until it listens.
    pub async fn serve(&self) -> Process {
        let mut child = self
            .command(&["serve"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let log = Arc::<Mutex<String>>::default();
        let lines = BufReader::new(child.stderr.take().expect("its log"));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        let mut process = Process { child, log };
        let began = Instant::now();
        while !process.log().contains("server.started") {
            let ended = process.child.try_wait().expect("its state is known");
            assert!(
                ended.is_none() && began.elapsed() < PATIENCE,
                "no server: {}",
                process.log()
            );
            tokio::time::sleep(GLANCE).await;
        }
        process
    }

    /// Starts a server whose log is read until it listens, and then closed.
    pub fn serve_unread(&self) -> Process {
        let process = self.command(&["serve"]).stderr(Stdio::piped()).spawn();
        let mut process = Process {
            child: process.expect("it starts"),
            log: Arc::default(),
        };
        let lines = BufReader::new(process.child.stderr.take().expect("its log")).lines();
        let mut said = lines.map_while(Result::ok);
        assert!(said.any(|line| line.contains("server.started")), "no server");
        process
    }

    /// Where the server listens.
    pub fn url(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}", self.port)).expect("a URL")
    }

    /// A browser that nobody is signed in with.
    pub fn client(&self) -> Client {
        Client::new(self.url())
    }
}

/// A running server. Killed when this is dropped.
pub struct Process {
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Process {
    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().expect("its state is known").is_none()
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until something is so that a process does behind its answers.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let look = async {
        while !is_so().await {
            tokio::time::sleep(GLANCE).await;
        }
    };
    let came = tokio::time::timeout(PATIENCE, look).await.is_ok();
    assert!(came, "waited in vain until {what}");
}

fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("it is ours");
}
