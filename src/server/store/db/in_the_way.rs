//! What is in the way of opening a database that others have set up: one sentence with what to do, in place of a statement's
//! error. Cases K10 and K16. What is not known here is left in the database's own words.

use sea_orm::{DbErr, RuntimeErr, sqlx};

use super::trouble::{code_of, sqlite_code, sqlx_of};

/// What the library says of a step that was applied by another program, and that this one does not know.
const UNKNOWN_STEP: &str = "Migration file of version";

/// The sentence, where it is known.
pub fn in_the_way(error: &DbErr) -> Option<String> {
    if let DbErr::Conn(RuntimeErr::Internal(sentence)) = error {
        // One of ours.
        return Some(sentence.clone());
    }
    if matches!(error, DbErr::Custom(words) if words.starts_with(UNKNOWN_STEP)) {
        let older = "the database was brought up to date by a newer version of Rekey, which this one does not know; start that \
                     one, or name another database in REKEY_DATABASE_URL";
        return Some(older.to_owned());
    }
    let code = code_of(error)?;
    // The database's own words, without where it says them.
    let said = sqlx_of(error)?.as_database_error()?.message();
    match sqlite_code(&code) {
        Some(code) => on_sqlite(code, said),
        None => on_postgres(&code, said),
    }
}

/// 1 a statement that can't be, here of the schema; 11 damaged; 26 something else.
fn on_sqlite(code: u32, said: &str) -> Option<String> {
    match code {
        1 if said.contains("already exists") => Some(of_another_program(said)),
        11 => Some(format!(
            "the file of REKEY_DATABASE_URL is damaged ({said}); put a copy in its place"
        )),
        26 => Some(format!(
            "the file of REKEY_DATABASE_URL holds something else ({said}); name another one"
        )),
        _ => None,
    }
}

/// 25006 read-only, 28 no such account or password, 3D000 no such database, 42501 too few rights, 42P07 there already.
fn on_postgres(code: &str, said: &str) -> Option<String> {
    match code {
        "25006" => Some(
            "the database can only be read just now, and its schema has to be brought up to date; start Rekey again when \
             it can be written"
                .to_owned(),
        ),
        "28000" | "28P01" => Some(format!(
            "the database does not let the account of REKEY_DATABASE_URL in: {said}"
        )),
        "3D000" => Some(format!(
            "there is no such database: {said}; create it: CREATE DATABASE … OWNER …, with the account of \
             REKEY_DATABASE_URL"
        )),
        "42501" => Some(format!(
            "the account of REKEY_DATABASE_URL may not do what it must ({said}); give it the database and all that is in it: \
             ALTER DATABASE … OWNER TO …, and in the database REASSIGN OWNED BY … TO …"
        )),
        "42P07" => Some(of_another_program(said)),
        _ => None,
    }
}

fn of_another_program(said: &str) -> String {
    format!("the database has tables of something else ({said}); give Rekey one of its own")
}

/// Why nobody answers there, as a sentence. `place` is the host and the port.
pub(super) fn unreachable(place: &str, error: &sqlx::Error) -> Option<String> {
    match error {
        sqlx::Error::Io(error) => Some(format!("the database at {place} can't be reached: {error}")),
        sqlx::Error::Tls(error) => Some(format!(
            "the connection to the database at {place} can't be encrypted: {error}; in a private network that you trust, \
             REKEY_DATABASE_URL may end in ?sslmode=disable"
        )),
        sqlx::Error::Protocol(_) => Some(format!("what answers at {place} is no PostgreSQL")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k10_sentences_name_what_to_do() {
        for code in ["25006", "28000", "28P01", "3D000", "42501", "42P07"] {
            assert!(on_postgres(code, "its words").is_some(), "{code}");
        }
        assert_eq!(on_postgres("23505", "its words"), None);
        for code in [11, 26] {
            assert!(on_sqlite(code, "its words").is_some_and(|said| said.contains("its words")));
        }
        assert_eq!(on_sqlite(1, "syntax error"), None);
        let unknown = DbErr::Custom("Migration file of version 'm9999' is missing".to_owned());
        assert!(in_the_way(&unknown).is_some_and(|said| said.contains("newer version")));
        assert_eq!(in_the_way(&DbErr::RecordNotUpdated), None);
    }
}
