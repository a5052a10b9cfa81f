//! A database for each test, copied from a template with the schema and the demo's data in it: a `SQLite` file, or
//! with `REKEY_TEST_POSTGRES_URL` (`postgres://user@host:port`, no database) one on that server.

use std::env;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use rekey::server::clock::Clock;
use rekey::server::config::demo_settings;
use rekey::server::demo;
use rekey::server::password_hash::PasswordHasher;
use rekey::server::run;
use rekey::server::store::db::Db;
use sea_orm::{ConnectOptions, ConnectionTrait, DbBackend, Statement};
use tempfile::TempDir;
use url::Url;

use super::app::START;

const FILE: &str = "rekey.db";
const TEMPLATE_NAME: &str = "rekey_template";

/// Made once, by the first test that needs it.
static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    on_a_runtime(async {
        match env::var("REKEY_TEST_POSTGRES_URL") {
            Ok(server) => Template::on_server(server).await,
            Err(_) => Template::in_file().await,
        }
    })
});

enum Template {
    /// The bytes of the file.
    File(Vec<u8>),
    /// The server that has it.
    Server(String),
}

impl Template {
    async fn in_file() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        seed(&file_url(folder.path())).await;
        assert!(
            !folder.path().join(format!("{FILE}-wal")).exists(),
            "closing writes the log back"
        );
        Self::File(fs::read(folder.path().join(FILE)).expect("the file is there"))
    }

    async fn on_server(server: String) -> Self {
        tell(
            &server,
            &format!("DROP DATABASE IF EXISTS {TEMPLATE_NAME} WITH (FORCE)"),
        )
        .await;
        tell(&server, &format!("CREATE DATABASE {TEMPLATE_NAME}")).await;
        seed(&format!("{server}/{TEMPLATE_NAME}")).await;
        Self::Server(server)
    }
}

/// Brings the schema and the demo's data into an empty database, and leaves no connection open.
async fn seed(url: &str) {
    let hasher = PasswordHasher::new(1).expect("a hasher");
    let nowhere = Url::parse("http://localhost").expect("a URL");
    let services = run::open_services(url, Clock::standing_at(START), hasher, demo_settings(nowhere))
        .await
        .expect("the database opens");
    demo::seed(&services).await.expect("the demo's data go in");
    services.db.close().await.expect("the database closes");
}

/// One test's own. It goes when this is dropped.
pub enum Database {
    /// In this folder.
    File(TempDir),
    /// By its name on a server.
    OnServer { server: String, name: String },
}

impl Database {
    /// A copy of the template.
    pub async fn new() -> Self {
        match &*TEMPLATE {
            Template::File(bytes) => {
                let folder = TempDir::new().expect("a temporary folder");
                fs::write(folder.path().join(FILE), bytes).expect("the template is copied");
                Self::File(folder)
            }
            Template::Server(server) => {
                let name = new_name();
                let copy = format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE_NAME} STRATEGY file_copy");
                tell(server, &copy).await;
                Self::OnServer {
                    server: server.clone(),
                    name,
                }
            }
        }
    }

    /// One that holds what these statements say, as `sqlite3` or `pg_dump` have written them.
    pub async fn of(dump: &str) -> Self {
        let database = Self::empty().await;
        // Words for `psql` itself.
        let is_statement = |line: &&str| !line.starts_with('\\');
        let statements = dump.lines().filter(is_statement).collect::<Vec<_>>().join("\n");
        // A connection of its own: what the dump sets, such as no foreign keys while it is read, goes with it.
        let url = match &database {
            Self::File(_) => format!("{}?mode=rwc", database.url()),
            Self::OnServer { .. } => database.url(),
        };
        let mut one = ConnectOptions::new(url);
        one.max_connections(1);
        let db = sea_orm::Database::connect(one).await.expect("the database opens");
        db.execute_unprepared(&statements).await.expect("the dump is read");
        db.close().await.expect("the connection closes");
        database
    }

    async fn empty() -> Self {
        match env::var("REKEY_TEST_POSTGRES_URL") {
            Err(_) => Self::File(TempDir::new().expect("a temporary folder")),
            Ok(server) => {
                let name = new_name();
                tell(&server, &format!("CREATE DATABASE {name}")).await;
                Self::OnServer { server, name }
            }
        }
    }

    /// Everything in it as statements, by the database's own program.
    pub fn dump(&self) -> String {
        let output = match self {
            Self::File(folder) => Command::new("sqlite3")
                .arg(folder.path().join(FILE))
                .arg(".dump")
                .output(),
            Self::OnServer { .. } => Command::new("pg_dump")
                .args(["--inserts", "--no-owner", &self.url()])
                .output(),
        };
        let output = output.expect("the program is installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// For [`Db::connect`].
    pub fn url(&self) -> String {
        match self {
            Self::File(folder) => file_url(folder.path()),
            Self::OnServer { server, name } => format!("{server}/{name}"),
        }
    }

    /// An id or a hash in a statement's text: on both databases bytes are written differently.
    pub fn literal(&self, hex: &str) -> String {
        let hex = hex.replace('-', "");
        match self {
            Self::File(_) => format!("x'{hex}'"),
            Self::OnServer { .. } if hex.len() == 32 => format!("'{hex}'::uuid"),
            Self::OnServer { .. } => format!("'\\x{hex}'::bytea"),
        }
    }

    /// Everything that whoever steals the database has: the data and the write-ahead log. `PostgreSQL`'s server must be
    /// on this machine, and its folder readable for us.
    pub async fn bytes(&self) -> Vec<u8> {
        match self {
            Self::File(folder) => read_all(&[folder.path().join(FILE), folder.path().join(format!("{FILE}-wal"))]),
            Self::OnServer { server, .. } => {
                tell(server, "CHECKPOINT").await;
                let db = Db::connect(&self.url()).await.expect("the database opens");
                let ask = "SELECT current_setting('data_directory') || '|' || oid FROM pg_database WHERE datname = current_database()";
                let row = db
                    .reader()
                    .query_one_raw(Statement::from_string(DbBackend::Postgres, ask))
                    .await;
                let place: String = row
                    .expect("an answer")
                    .expect("one row")
                    .try_get_by_index(0)
                    .expect("text");
                db.close().await.expect("the connections close");
                let (data, oid) = place.split_once('|').expect("both parts");
                let folders = [Path::new(data).join("base").join(oid), Path::new(data).join("pg_wal")];
                read_all(&folders.iter().flat_map(|folder| files_in(folder)).collect::<Vec<_>>())
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::OnServer { server, name } = self {
            // The test's server may still be running: its connections are cut.
            let (server, drop) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
            on_a_runtime(async move { tell(&server, &drop).await });
        }
    }
}

fn new_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("rekey_test_{}_{number}", std::process::id())
}

fn file_url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join(FILE).display())
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{} can't be listed: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_file()).collect()
}

fn read_all(files: &[PathBuf]) -> Vec<u8> {
    let read = |file: &PathBuf| fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    files.iter().flat_map(read).collect()
}

/// Runs one statement on the server's own database.
async fn tell(server: &str, statement: &str) {
    let db = Db::connect(&format!("{server}/postgres"))
        .await
        .expect("the server answers");
    let done = db.reader().execute_unprepared(statement).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    db.close().await.expect("the connections close");
}

/// On a thread of its own: connections belong to the runtime that opened them, and a test's ends with the test.
fn on_a_runtime<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let done = std::thread::spawn(|| {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(work)
    });
    done.join().expect("the database does as told")
}
