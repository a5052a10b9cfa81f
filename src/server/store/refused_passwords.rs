//! The last passwords that were refused for somebody (F14), read as one value beside the person, since their page needs many
//! statements already.

use rekey_domain::id::UserId;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{DbBackend, DbErr};

use super::read_time;

/// Passwords that were refused within a minute, from one network and for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedPasswords {
    /// When the first was.
    pub at: Timestamp,
    /// From where.
    pub network: Option<String>,
    /// The word of the reason.
    pub why: Option<String>,
    /// How many there were.
    pub times: u32,
}

/// As the database puts them together: time, network, reason, number.
type Row = (i64, Option<String>, Option<String>, i32);

/// So many of somebody, newest first, as the text of a JSON list; SQL's NULL or an empty list where there are none.
pub(super) fn column(backend: DbBackend, person: UserId, most: u64) -> SimpleExpr {
    // Literal words: with bound ones SQLite can't see that the partial index fits.
    let last = |placeholder: &str| {
        format!(
            "SELECT at, client_address, detail, times FROM activity WHERE target_id = {placeholder} AND outcome = 'refused' \
             AND action IN ('signed_in', 'current_password') ORDER BY at DESC, id DESC LIMIT {most}"
        )
    };
    let sql = match backend {
        DbBackend::Postgres => format!(
            "(SELECT json_agg(json_build_array(at, client_address, detail, times))::text FROM ({}) AS refused)",
            last("$1")
        ),
        _ => format!(
            "(SELECT json_group_array(json_array(at, client_address, detail, times)) FROM ({}))",
            last("?")
        ),
    };
    Expr::cust_with_values(sql, [person.as_uuid()])
}

/// What stands in that column.
pub(super) fn read(text: Option<String>) -> Result<Vec<RefusedPasswords>, DbErr> {
    let rows: Vec<Row> = match text {
        Some(text) => serde_json::from_str(&text).map_err(|error| DbErr::Type(error.to_string()))?,
        None => Vec::new(),
    };
    Ok(rows
        .into_iter()
        .map(|(at, network, why, times)| RefusedPasswords {
            at: read_time(at),
            network,
            why,
            times: times.unsigned_abs(),
        })
        .collect())
}
