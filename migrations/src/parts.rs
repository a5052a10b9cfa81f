//! The few parts that several steps share. Once a step is published, what these build for it must stay the same.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text;
use sea_orm_migration::sea_orm::DbBackend;

/// A text column that is compared and sorted byte by byte: the keys are folded before they are stored, and no
/// locale of the machine may fold them again. `SQLite` does so by default; `PostgreSQL` needs the collation "C".
pub fn bytewise_text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = text(name);
    if manager.get_database_backend() == DbBackend::Postgres {
        column.extra(r#"COLLATE "C""#);
    }
    column
}

/// The check that `column` holds one of `words`. A column that may be null may still be null.
pub fn one_of<const N: usize>(column: &'static str, words: [&'static str; N]) -> Expr {
    Expr::col(column).is_in(words)
}

/// A foreign key to the `id` of another table. The row that it points to can't be deleted.
pub fn reference(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{from}_{column}_fkey"))
        .from(from, column)
        .to(to, "id")
        .to_owned()
}

/// The foreign key that keeps a row of `from` in the company of its user: a row that names one company and a
/// person of another can't be stored.
pub fn user_of_company(from: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{from}_user_of_company_fkey"))
        .from(from, ("company_id", "user_id"))
        .to("users", ("company_id", "id"))
        .to_owned()
}

/// An id, which `SQLite` keeps as bytes, as the facts of a mail write it.
pub fn hyphenated(column: &str) -> String {
    let parts = [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)];
    let parts = parts.map(|(from, length)| format!("substr(lower(hex({column})), {from}, {length})"));
    parts.join(" || '-' || ")
}
