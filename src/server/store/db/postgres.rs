//! Opening a `PostgreSQL` database as others have set it up: one pool, secured towards other machines, where nothing waits
//! for ever; what the code relies on is set by the code. Cases K10 and K11.
//!
//! A session of our own gets its settings with its first message, and keeps prepared statements. Behind a pooler that
//! hands connections out for single transactions (`PgBouncer` with `pool_mode=transaction`, and its like) there is no
//! such session: each transaction brings its settings, and its statements with it.

use std::env;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPool, PgSslMode};
use sea_orm::sqlx::{self, Acquire, ConnectOptions as _, Connection, PgConnection, Row};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, Statement,
    TransactionOptions, TransactionTrait,
};
use url::{Host, Url};

use super::in_the_way::unreachable;
use super::trouble::code_of;
use super::{LOCK_TIMEOUT, pool_options, refused};

const CONNECTIONS: u32 = 10;
/// No statement of ours takes as long; one that does holds a connection that others need.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);
/// A connection that says nothing for so long between two uses is given up.
const SILENCE: Duration = Duration::from_secs(2);
/// A connection to a server that can only be read is replaced when it is as old: often enough to be back soon after a
/// switch-over, seldom enough not to reconnect for each statement while it lasts.
const READ_ONLY_FOR: Duration = Duration::from_secs(3);
/// The key of the advisory lock that lets one server at a time migrate ("rekey").
const MIGRATION_LOCK: i64 = 0x72_656b_6579;
/// What a server, or somebody in front of it, says about a first message that it does not understand, and about much else.
const PROTOCOL_VIOLATION: &str = "08P01";

/// Whoever set the database up may have set these otherwise for all its sessions. Whether it can be written is not among
/// them: who made it read-only meant it.
fn settings() -> [(&'static str, String); 6] {
    let millis = |time: Duration| time.as_millis().to_string();
    [
        ("lock_timeout", millis(LOCK_TIMEOUT)),
        ("statement_timeout", millis(STATEMENT_TIMEOUT)),
        ("idle_in_transaction_session_timeout", millis(STATEMENT_TIMEOUT)),
        ("default_transaction_isolation", "read committed".to_owned()),
        ("default_transaction_deferrable", "off".to_owned()),
        ("standard_conforming_strings", "on".to_owned()),
    ]
}

/// So long an opened database may take to answer for the first time. A pooler without a free connection lets wait for minutes.
const FIRST_ANSWER: Duration = Duration::from_secs(20);

/// The pool that reads and writes, and whether it goes through a pooler.
pub(super) async fn open(url: &str) -> Result<(DatabaseConnection, bool), DbErr> {
    let opened = tokio::time::timeout(FIRST_ANSWER, open_in_time(url)).await;
    opened.unwrap_or_else(|_| {
        Err(refused(
            "the database, or the pooler in front of it, gives no connection in time; with PgBouncer's pool_mode=session it \
             needs a default_pool_size of 10 for each server and 2 for commands, with pool_mode=transaction 5 are enough",
        ))
    })
}

async fn open_in_time(url: &str) -> Result<(DatabaseConnection, bool), DbErr> {
    let options = options(url)?;
    match connect(options.clone().options(settings())).await {
        Ok(pool) => {
            if has_sessions(pool.get_postgres_connection_pool()).await {
                check(&pool).await?;
                return Ok((pool, false));
            }
            pool.close().await?;
        }
        // A pooler that does not pass settings on, or something that is wrong without them, too.
        Err(error) if code_of(&error).as_deref() == Some(PROTOCOL_VIOLATION) => {}
        Err(error) => return Err(why_not(&options, error).await),
    }
    // Without a cache each statement is prepared where it is used.
    let pool = connect(options.statement_cache_capacity(0)).await?;
    let transaction = begin_through_pooler(&pool).await.map_err(|error| {
        if code_of(&error).as_deref() == Some(PROTOCOL_VIOLATION) {
            refused(
                "the database is behind a pooler that does not let transactions through; give it pool_mode=transaction or \
                 pool_mode=session, or name the database itself in REKEY_DATABASE_URL",
            )
        } else {
            error
        }
    })?;
    check(&transaction).await?;
    transaction.commit().await?;
    Ok((pool, true))
}

/// Why there is no connection: the pool, which tries again and again for a while, says only that there was none in time.
async fn why_not(options: &PgConnectOptions, error: DbErr) -> DbErr {
    if code_of(&error).is_some() {
        return error;
    }
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let once = tokio::time::timeout(SILENCE, PgConnection::connect_with(options)).await;
    let once = once.unwrap_or_else(|elapsed| Err(silent(elapsed)));
    match once.err().and_then(|error| unreachable(&place, &error)) {
        Some(sentence) => refused(&sentence),
        None => error,
    }
}

async fn connect(options: PgConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut pool = pool_options("postgres://");
    pool.max_connections(CONNECTIONS)
        // In its place there is the look before each use.
        .test_before_acquire(false)
        .map_sqlx_postgres_before_acquire(|connection, known| {
            Box::pin(async move { Ok(!is_read_only(connection).await? || known.age < READ_ONLY_FOR) })
        })
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.after_release(|connection, _| Box::pin(async move { finish(connection).await.map(|()| true) }))
        })
        .map_sqlx_postgres_opts(move |_| options.clone());
    Database::connect(pool).await
}

/// Whether the server that this connection leads to can only be read: a standby, the one before a switch-over, or one that
/// somebody protects. The question also shows that it answers at all.
async fn is_read_only(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let asked = sqlx::raw_sql("SHOW transaction_read_only").fetch_one(connection);
    let answer = tokio::time::timeout(SILENCE, asked).await.map_err(silent)??;
    Ok(answer.try_get::<String, _>(0)? == "on")
}

/// Ends what was broken off in the middle, where that can be done: a server that has fallen silent must not keep a place of
/// the pool for as long as the network goes on trying.
async fn finish(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    tokio::time::timeout(SILENCE, connection.flush())
        .await
        .map_err(silent)?
}

fn silent(_: tokio::time::error::Elapsed) -> sqlx::Error {
    sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())
}

/// Whether each connection has a session of its own, with the settings that we gave it. A pooler gives two of them the
/// same session when only one is in a transaction, or one of them two sessions.
async fn has_sessions(pool: &PgPool) -> bool {
    let look = async {
        let mut one = pool.acquire().await?;
        let mut other = pool.acquire().await?;
        let (session, lock_timeout) = session_of(&mut one).await?;
        let mut in_transaction = other.begin().await?;
        let (others, _) = session_of(&mut in_transaction).await?;
        let is_shared = session == others || session_of(&mut one).await?.0 != session;
        in_transaction.rollback().await?;
        Ok::<_, sqlx::Error>(!is_shared && lock_timeout == LOCK_TIMEOUT.as_millis().to_string())
    };
    // Whoever can't answer this is no server of our own.
    look.await.unwrap_or(false)
}

/// The process that serves it, and its lock timeout in milliseconds.
async fn session_of(connection: &mut PgConnection) -> Result<(String, String), sqlx::Error> {
    let asked = "SELECT pg_backend_pid()::text, (SELECT setting FROM pg_settings WHERE name = 'lock_timeout')";
    let row = sqlx::raw_sql(asked).fetch_one(connection).await?;
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// What can't be set by us and must be right.
async fn check(on: &impl ConnectionTrait) -> Result<(), DbErr> {
    let asked = "SELECT current_schema()::text, current_setting('server_encoding')";
    let Some(row) = on
        .query_one_raw(Statement::from_string(DbBackend::Postgres, asked))
        .await?
    else {
        return Err(refused("the database does not say what it is"));
    };
    if row.try_get_by_index::<Option<String>>(0)?.is_none() {
        return Err(refused(
            "the account's search_path names no schema that is there; create one, or: ALTER ROLE … SET search_path = public",
        ));
    }
    let encoding = row.try_get_by_index::<String>(1)?;
    if encoding != "UTF8" {
        return Err(refused(&format!(
            "the database stores text as {encoding}; Rekey needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )));
    }
    Ok(())
}

/// Begins a transaction that brings what a session of our own would have. Statements of whoever had the session before are
/// forgotten, since ours have the same names.
pub(super) async fn begin_through_pooler(pool: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let transaction = pool.begin_with_options(TransactionOptions::default()).await?;
    let isolation = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE".to_owned();
    let settings = settings().map(|(name, value)| format!("SET LOCAL {name} = '{value}'"));
    let bring = [&[isolation], settings.as_slice(), &["DEALLOCATE ALL".to_owned()]].concat();
    // One message, so one way there and back.
    transaction.execute_unprepared(&bring.join("; ")).await?;
    Ok(transaction)
}

/// Whether the server may be written.
pub(super) async fn is_writable(on: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let asked = "SELECT current_setting('transaction_read_only') = 'off'";
    let row = on
        .query_one_raw(Statement::from_string(DbBackend::Postgres, asked))
        .await?;
    row.map_or(Ok(false), |row| row.try_get_by_index(0))
}

fn options(url: &str) -> Result<PgConnectOptions, DbErr> {
    let mut options = url
        .parse::<PgConnectOptions>()
        .map_err(|_| refused("the PostgreSQL URL can't be read"))?
        .application_name("rekey")
        // There are no such numbers here, and a pooler would have to know it.
        .extra_float_digits(None)
        .disable_statement_logging();
    if !names_ssl_mode(url) && !is_on_this_machine(url) {
        // The library's default would go on in the clear when the server, or somebody in between, offers no TLS.
        options = options.ssl_mode(PgSslMode::VerifyFull);
    }
    Ok(options)
}

fn names_ssl_mode(url: &str) -> bool {
    let in_url = Url::parse(url).is_ok_and(|url| {
        url.query_pairs()
            .any(|(name, _)| matches!(name.as_ref(), "sslmode" | "ssl-mode"))
    });
    in_url || env::var_os("PGSSLMODE").is_some()
}

/// A loopback address, or a socket in the file system (its folder stands in `host=`, or encoded in the host's place).
fn is_on_this_machine(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let is_folder = |host: &str| host.starts_with('/') || host.to_lowercase().starts_with("%2f");
    let named = url.query_pairs().find(|(name, _)| name == "host");
    let host = named.map_or_else(
        || url.host_str().unwrap_or("localhost").to_owned(),
        |(_, host)| host.into_owned(),
    );
    if host.is_empty() || is_folder(&host) {
        return true;
    }
    match Host::parse(&host) {
        Ok(Host::Domain(name)) => name == "localhost",
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}

/// Until this transaction ends, no other server migrates; the others wait for as long as it takes.
pub(super) async fn wait_for_the_turn_to_migrate(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    for statement in ["SET LOCAL lock_timeout = 0", "SET LOCAL statement_timeout = 0"] {
        transaction.execute_unprepared(statement).await?;
    }
    wait_for_the_turn(transaction, MIGRATION_LOCK).await
}

/// Until this transaction ends, others with the same number wait here.
pub(super) async fn wait_for_the_turn(transaction: &DatabaseTransaction, number: i64) -> Result<(), DbErr> {
    transaction
        .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({number})"))
        .await
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g5_towards_another_machine_the_certificate_is_checked_unless_the_operator_says_otherwise() {
        let mode = |url: &str| format!("{:?}", options(url).expect(url).get_ssl_mode());
        for url in [
            "postgres://rekey:secret@db.example.com/rekey",
            "postgres://rekey@10.0.0.5:5433/rekey",
            "postgresql://rekey@localhost.example.com/rekey",
            "postgres:///rekey?host=db.example.com",
        ] {
            assert_eq!(mode(url), "VerifyFull", "{url}");
        }
        assert_eq!(mode("postgres://rekey@db/rekey?sslmode=disable"), "Disable");
        assert_eq!(mode("postgres://rekey@db.example.com/rekey?sslmode=require"), "Require");
        for url in [
            "postgres://rekey@localhost/rekey",
            "postgres://rekey@127.0.0.1:5433/rekey",
            "postgres://rekey@[::1]/rekey",
            "postgres:///rekey?host=/run/postgresql",
            "postgres://rekey@%2Frun%2Fpostgresql/rekey",
        ] {
            assert_eq!(mode(url), "Prefer", "{url}");
        }
    }
}
