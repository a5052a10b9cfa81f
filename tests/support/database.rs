//! A database for each test, copied from a template with the schema and the demo's data in it: a `SQLite` file, or
//! with `REKEY_TEST_POSTGRES_URL` (`postgres://user@host:port`, no database) one on that server.

use std::env;
use std::fs;
use std::future::Future;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, OnceLock};

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
use super::log;

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
        database.execute(&[statements]).await;
        database
    }

    /// Runs these, whatever the schema is by now. On a connection of its own: what a dump sets, such as no foreign keys while it
    /// is read, goes with it.
    pub async fn execute(&self, statements: &[String]) {
        let url = match self {
            Self::File(_) => format!("{}?mode=rwc", self.url()),
            Self::OnServer { .. } => self.url(),
        };
        let mut one = ConnectOptions::new(url);
        one.max_connections(1);
        let db = sea_orm::Database::connect(one).await.expect("the database opens");
        for statement in statements {
            let done = db.execute_unprepared(statement).await;
            done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        db.close().await.expect("the connection closes");
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

    /// Tells the server something about this database, given its name; nothing on `SQLite`.
    pub async fn tell_server(&self, statement: impl Fn(&str) -> String) {
        if let Self::OnServer { server, name } = self {
            tell(server, &statement(name)).await;
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

impl Database {
    /// Stored texts that look like the secret of a link or session, and where they stand.
    pub fn secrets(&self) -> Vec<String> {
        let texts = self.texts(52).into_iter();
        texts
            .filter(|(_, text)| log::is_stored_secret(text))
            .map(|(place, text)| format!("{place}: {text}"))
            .collect()
    }

    /// Every stored text of at least so many characters, with the table and the column where it stands.
    pub fn texts(&self, least: usize) -> Vec<(String, String)> {
        let url = self.url();
        on_a_runtime(async move {
            // A test may have taken the database away.
            let Ok(db) = Db::connect(&url).await else {
                return Vec::new();
            };
            let query = query_for_texts(db.reader(), least).await;
            let backend = db.reader().get_database_backend();
            let rows = db.reader().query_all_raw(Statement::from_string(backend, query)).await;
            let rows = rows.unwrap_or_default();
            let texts = rows.iter().filter_map(|row| {
                let place: String = row.try_get_by_index(0).ok()?;
                let text: String = row.try_get_by_index(1).ok()?;
                Some((place, text))
            });
            let found = texts.collect();
            // It goes with the runtime in any case.
            let _ = db.close().await;
            found
        })
    }
}

/// A query for every text of at least so many characters.
async fn query_for_texts(on: &impl ConnectionTrait, least: usize) -> String {
    let selects = text_columns(on).await.iter().map(|(table, column)| {
        format!("SELECT '{table}.{column}', \"{column}\" FROM \"{table}\" WHERE length(\"{column}\") >= {least}")
    });
    selects.collect::<Vec<_>>().join(" UNION ALL ")
}

/// Every column of text, with its table. Looked up once.
async fn text_columns(on: &impl ConnectionTrait) -> &'static [(String, String)] {
    static COLUMNS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    if let Some(columns) = COLUMNS.get() {
        return columns;
    }
    let backend = on.get_database_backend();
    let columns = match backend {
        DbBackend::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type = 'text'"
        }
        _ => {
            "SELECT tables.name, columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns \
             WHERE tables.type = 'table' AND lower(columns.type) = 'text'"
        }
    };
    let rows = on.query_all_raw(Statement::from_string(backend, columns)).await;
    let columns = rows.expect("the columns").into_iter().map(|row| {
        let table = row.try_get_by_index(0).expect("a table");
        (table, row.try_get_by_index(1).expect("a column"))
    });
    let columns = columns.collect();
    COLUMNS.get_or_init(|| columns)
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
    let read = |file: &PathBuf| match fs::read(file) {
        // The server has removed it since it was listed, as it does with its log.
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        read => read.unwrap_or_else(|error| panic!("{}: {error}", file.display())),
    };
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
