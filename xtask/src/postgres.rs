//! A throw-away `PostgreSQL` server for the tests: made in a temporary folder, in memory where there is room, on a free
//! port of this machine, gone when it is dropped. Nothing of a server that the machine may have is touched.

use std::env;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::apt::{self, With};
use crate::command::{self, answer, on_path, program};
use crate::failure::Failure;
use crate::needs;
use crate::steps::Steps;

/// Tells the tests which server to make their databases on: `postgres://user@host:port`.
pub const VARIABLE: &str = "REKEY_TEST_POSTGRES_URL";

/// The oldest version that Rekey supports.
const OLDEST: u32 = 15;
const PROGRAMS: [&str; 4] = ["initdb", "postgres", "pg_ctl", "pg_isready"];
const USER: &str = "rekey";
const START_LIMIT: Duration = Duration::from_secs(30);
/// What the tests' databases take at most, and some room.
const MEMORY_MEGABYTES: u64 = 3_000;
/// What is written is lost with the machine anyway. Each test has a pool of its own, and there are as many at once as
/// the machine has processors.
const SETTINGS: [&str; 6] = [
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=500",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
];

/// A running server.
pub struct Server {
    url: String,
    account: Account,
    programs: PathBuf,
    folder: PathBuf,
    process: Child,
}

impl Server {
    /// Makes a cluster with these programs and starts it.
    pub fn start(programs: PathBuf, steps: &mut Steps) -> Result<Self, Failure> {
        steps.step("a PostgreSQL server for the tests", || Self::start_with(programs))
    }

    fn start_with(programs: PathBuf) -> Result<Self, Failure> {
        let account = Account::for_servers()?;
        let folder = place().join(format!("rekey-postgres-{}", std::process::id()));
        fs::create_dir(&folder).map_err(|error| unexpected("no folder for PostgreSQL", &error))?;
        account.owns(&folder)?;
        let data = folder.join("data");
        let mut make = account.program(&programs.join("initdb"), &folder);
        make.args([
            "--no-sync",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--username",
            USER,
            "--pgdata",
        ]);
        command::run(make.arg(&data).stdout(Stdio::null()))?;

        let port = free_port()?;
        let log = fs::File::create(folder.join("log")).map_err(|error| unexpected("no log for PostgreSQL", &error))?;
        let mut serve = account.program(&programs.join("postgres"), &folder);
        serve.arg("-D").arg(&data).args(["-p", &port.to_string()]);
        for setting in SETTINGS {
            serve.args(["-c", setting]);
        }
        let process = serve
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|error| unexpected("PostgreSQL does not start", &error))?;
        let mut server = Self {
            url: format!("postgres://{USER}@127.0.0.1:{port}"),
            account,
            programs,
            folder,
            process,
        };
        server.wait_until_it_answers(port)?;
        Ok(server)
    }

    fn wait_until_it_answers(&mut self, port: u16) -> Result<(), Failure> {
        let started = Instant::now();
        while started.elapsed() < START_LIMIT && matches!(self.process.try_wait(), Ok(None)) {
            let mut question = program(self.programs.join("pg_isready"), &self.folder);
            if answer(question.args(["--quiet", "--host", "127.0.0.1", "--port", &port.to_string()])).is_some() {
                return Ok(());
            }
            sleep(Duration::from_millis(50));
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Failure::Unexpected(format!(
            "PostgreSQL does not answer; its log:\n{log}"
        )))
    }

    /// For [`VARIABLE`].
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = self.account.program(&self.programs.join("pg_ctl"), &self.folder);
        stop.args(["stop", "--silent", "--mode=immediate", "--pgdata"])
            .arg(self.folder.join("data"));
        // It may have been stopped already, by Ctrl-C for instance; what counts is that it is gone.
        answer(&mut stop);
        let _ = self.process.wait();
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("    {} could not be removed: {error}", self.folder.display());
        }
    }
}

/// Where its files go: into memory where that is a file system with room, since each test copies a database. The tests
/// take half the time there.
fn place() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if needs::free_megabytes(&memory).is_some_and(|free| free >= MEMORY_MEGABYTES) {
        memory
    } else {
        env::temp_dir()
    }
}

/// Whom the server runs as: `PostgreSQL` refuses to run as root.
struct Account {
    /// Of another user, when we are root.
    ids: Option<(u32, u32)>,
}

impl Account {
    fn for_servers() -> Result<Self, Failure> {
        let id =
            |arguments: &[&str]| -> Option<u32> { answer(program("id", Path::new("/")).args(arguments))?.parse().ok() };
        if id(&["-u"]) != Some(0) {
            return Ok(Self { ids: None });
        }
        // Debian's package brings the first; every system has the second.
        let ids = ["postgres", "nobody"]
            .iter()
            .find_map(|user| Some((id(&["-u", user])?, id(&["-g", user])?)));
        match ids {
            Some(ids) => Ok(Self { ids: Some(ids) }),
            None => Err(Failure::Unexpected(
                "there is no user to run PostgreSQL as; it refuses to run as root".to_owned(),
            )),
        }
    }

    #[cfg(unix)]
    fn owns(&self, folder: &Path) -> Result<(), Failure> {
        let Some((user, group)) = self.ids else { return Ok(()) };
        std::os::unix::fs::chown(folder, Some(user), Some(group))
            .map_err(|error| unexpected("PostgreSQL's folder can't be given away", &error))
    }

    #[cfg(unix)]
    fn program(&self, name: &Path, folder: &Path) -> Command {
        use std::os::unix::process::CommandExt;
        let mut command = program(name, folder);
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group);
        }
        command
    }

    #[cfg(not(unix))]
    fn owns(&self, _folder: &Path) -> Result<(), Failure> {
        Ok(())
    }

    #[cfg(not(unix))]
    fn program(&self, name: &Path, folder: &Path) -> Command {
        program(name, folder)
    }
}

/// Finds the server's programs, or installs them.
pub fn find_or_install(steps: &mut Steps) -> Result<PathBuf, Failure> {
    match find() {
        Some(programs) => {
            Steps::already(&format!("PostgreSQL: {}", programs.display()));
            Ok(programs)
        }
        None => steps.step("PostgreSQL for the tests", install),
    }
}

/// The folder of the newest server programs that are new enough: on the `PATH`, or where Debian keeps them.
fn find() -> Option<PathBuf> {
    let on_path = on_path("initdb").and_then(|initdb| initdb.parent().map(Path::to_owned));
    let debians = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    on_path
        .into_iter()
        .chain(debians.map(|version| version.path().join("bin")))
        .filter(|folder| PROGRAMS.iter().all(|name| folder.join(name).is_file()))
        .filter_map(|folder| {
            let version = answer(program(folder.join("postgres"), Path::new("/")).arg("--version"))?;
            Some((major(&version)?, folder))
        })
        .filter(|(version, _)| *version >= OLDEST)
        .max()
        .map(|(_, folder)| folder)
}

fn install() -> Result<PathBuf, Failure> {
    if apt::may_install() {
        apt::install("postgresql", With::Dependencies)?;
    }
    find().ok_or_else(|| Failure::Missing {
        what: format!("There is no PostgreSQL server of version {OLDEST} or later"),
        get: "sudo apt-get update && sudo apt-get install -y --no-install-recommends postgresql (where that is older: \
              the packages at https://www.postgresql.org/download), or put the folder of `initdb` into PATH"
            .to_owned(),
    })
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` → 15.
fn major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(2)?;
    let digits = number.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(number.len());
    number[..digits].parse().ok()
}

fn free_port() -> Result<u16, Failure> {
    let port = || TcpListener::bind("127.0.0.1:0")?.local_addr();
    Ok(port().map_err(|error| unexpected("no free port", &error))?.port())
}

fn unexpected(what: &str, error: &std::io::Error) -> Failure {
    Failure::Unexpected(format!("{what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read() {
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("what"), None);
    }
}
