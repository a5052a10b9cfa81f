//! What a database's error means: trouble that passes, which is answered with 503 and tried again, or a bug. One function
//! for all of them. Cases H4, K10 and K11.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// Whether trying again later can help, since something around the statement failed and not the statement: no
/// connection, a server that was restarted or switched over or may only be read just now, a lock that outlasted its
/// timeout, another transaction in the way, a full disk, a file that may not be written.
pub fn is_passing(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            match error.as_ref() {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::BeginFailed => true,
                sqlx::Error::Database(database) => database.code().is_some_and(|code| is_passing_code(&code)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// The library's error in it, where there is one.
pub(super) fn sqlx_of(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error.as_ref()),
        _ => None,
    }
}

/// The code of the database's own error, where it is one.
pub(super) fn code_of(error: &DbErr) -> Option<String> {
    code(sqlx_of(error)?)
}

/// The same of an error of the library's.
pub(super) fn code(error: &sqlx::Error) -> Option<String> {
    Some(error.as_database_error()?.code()?.into_owned())
}

/// A result code of `SQLite`'s without what its upper bytes add, where it is one.
pub(super) fn sqlite_code(code: &str) -> Option<u32> {
    // Those of PostgreSQL have five characters.
    (code.len() != 5)
        .then(|| code.parse::<u32>().ok())
        .flatten()
        .map(|code| code & 0xff)
}

fn is_passing_code(code: &str) -> bool {
    match sqlite_code(code) {
        Some(code) => is_passing_on_sqlite(code),
        None => is_passing_on_postgres(code),
    }
}

/// 3 permission, 5 busy, 6 locked, 7 out of memory, 8 read-only, 9 interrupted, 10 input and output, 13 full, 14 can't be
/// opened, 15 locking protocol.
fn is_passing_on_sqlite(code: u32) -> bool {
    matches!(code, 3 | 5..=10 | 13..=15)
}

/// 25006 read-only, 25P03 and 25P04 a transaction that took too long, 55P03 a lock that was not available, 57014 a
/// statement that took too long; and the classes 08 connection, 40 rolled back for another's sake, 53 resources, 57 the
/// server stops or starts, 58 the machine below it.
fn is_passing_on_postgres(code: &str) -> bool {
    matches!(code, "25006" | "25P03" | "25P04" | "55P03")
        || ["08", "40", "53", "57", "58"]
            .iter()
            .any(|class| code.starts_with(class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k11_what_passes_is_told_from_what_is_ours() {
        for code in [
            // PostgreSQL: connections, conflicts, resources, shutdown, read-only.
            "08006", "08P01", "25006", "25P03", "40001", "40P01", "53100", "53300", "55P03", "57014", "57P01", "57P02",
            "57P03", "57P05", "58030",
            // SQLite: busy and its kinds, read-only and its kinds, input and output, full, can't be opened.
            "5", "261", "517", "6", "262", "8", "264", "520", "776", "1032", "1544", "10", "266", "778", "1034", "13",
            "14", "270", "526", "1038",
        ] {
            assert!(is_passing_code(code), "{code}");
        }
        for code in [
            // PostgreSQL: no such table, a constraint, a text that it can't store, an aborted transaction.
            "42P01", "23505", "22021", "25P02", "42501", "XX000",
            // SQLite: a statement that can't be, a damaged file, a constraint, a wrong type, misuse.
            "1", "11", "19", "787", "2067", "20", "21", "26",
        ] {
            assert!(!is_passing_code(code), "{code}");
        }
    }
}
