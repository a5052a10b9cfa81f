//! Opening a `PostgreSQL` database: one pool, secured towards other machines, and nothing waits for ever.

use std::env;
use std::time::Duration;

use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgSslMode};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr};
use url::{Host, Url};

use super::{LOCK_TIMEOUT, pool_options, refused};

const CONNECTIONS: u32 = 10;
/// No statement of ours takes as long; one that does holds a connection that others need.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);
/// The key of the advisory lock that lets one server at a time migrate ("rekey").
const MIGRATION_LOCK: i64 = 0x72_656b_6579;

/// The pool that reads and writes.
pub(super) async fn open(url: &str) -> Result<DatabaseConnection, DbErr> {
    let options = options(url)?;
    let mut pool = pool_options("postgres://");
    pool.max_connections(CONNECTIONS)
        .map_sqlx_postgres_opts(move |_| options.clone());
    Database::connect(pool).await
}

fn options(url: &str) -> Result<PgConnectOptions, DbErr> {
    let mut options = url
        .parse::<PgConnectOptions>()
        .map_err(|_| refused("the PostgreSQL URL can't be read"))?
        .application_name("rekey")
        .options([
            ("lock_timeout", LOCK_TIMEOUT.as_millis()),
            ("statement_timeout", STATEMENT_TIMEOUT.as_millis()),
            ("idle_in_transaction_session_timeout", STATEMENT_TIMEOUT.as_millis()),
        ])
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
