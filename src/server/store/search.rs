//! Searching folded text: the one place that turns what somebody typed into a `LIKE` pattern, and into what the index of the
//! people is asked.

use sea_orm::DbBackend;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LikeExpr, Query, SelectStatement};

use super::entity::user::{Column, Entity};

/// The sign that takes a wildcard's meaning away. `PostgreSQL` has it by default, `SQLite` only when it is named.
const ESCAPE: char = '\\';

/// The pattern that matches every text with `search_key` in it, where `%`, `_` and `\` of `search_key` mean
/// themselves. `search_key` is already folded (`rekey_domain::fold::search_key`). An empty one matches every text.
///
/// The pattern is right only together with `ESCAPE '\'`: use [`contains`].
pub fn like_pattern(search_key: &str) -> String {
    let mut pattern = String::with_capacity(search_key.len() + 2);
    pattern.push('%');
    for sign in search_key.chars() {
        if matches!(sign, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

/// The right side of `column.like(…)` that finds every row with `search_key` in that column, wildcards taken as
/// plain signs. The column is a `search_key` column.
pub fn contains(search_key: &str) -> LikeExpr {
    LikeExpr::new(like_pattern(search_key)).escape(ESCAPE)
}

/// The trigrams by which people are found (`migrations/src/m0017_large_companies.rs`) need so many signs. In a large company
/// fewer are looked for where a word begins.
const SIGNS_ANYWHERE: usize = 3;

/// Signs that a word can begin behind, besides the blank. As in `users.search_words`.
const SIGNS: [char; 5] = ['.', '-', '@', '_', '+'];

/// Whether so little was typed that only beginnings of words are found.
fn is_beginning(folded: &str) -> bool {
    folded.chars().count() < SIGNS_ANYWHERE
}

/// The same text as it stands in `users.search_words`, where two blanks stand before each word.
fn in_words(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len() + 4);
    if is_beginning(folded) {
        words.push_str("  ");
    }
    for sign in folded.chars() {
        match sign {
            ' ' => words.push_str("  "),
            sign if SIGNS.contains(&sign) => {
                words.push(sign);
                words.push_str("  ");
            }
            sign => words.push(sign),
        }
    }
    words
}

/// Exactly the people whose name or address has this folded text in it; where only `beginnings` of words are looked for and it
/// is of one or two signs, those in which a word begins with it.
pub fn names_somebody(folded: &str, beginnings: bool) -> Expr {
    if beginnings && is_beginning(folded) {
        let words = Expr::col((Entity, Alias::new("search_words")));
        words.like(contains(&in_words(folded)))
    } else {
        Expr::col((Entity, Column::SearchKey)).like(contains(folded))
    }
}

/// By the index, the same people and perhaps a few others: used together with [`names_somebody`].
pub fn may_name_somebody(backend: DbBackend, folded: &str) -> Expr {
    match backend {
        DbBackend::Postgres => {
            Expr::cust_with_values("trigrams_of(users.search_words) @> trigrams_of($1)", [in_words(folded)])
        }
        _ => Expr::cust_with_values(
            "users.id IN (SELECT user_search_rows.user_id FROM user_search \
             JOIN user_search_rows ON user_search_rows.number = user_search.rowid WHERE user_search MATCH ?)",
            [phrase(folded)],
        ),
    }
}

/// The same people of all companies, nothing selected of them.
pub fn those_who_may(backend: DbBackend, folded: &str) -> SelectStatement {
    match backend {
        DbBackend::Postgres => Query::select()
            .from(Entity)
            .and_where(may_name_somebody(backend, folded))
            .take(),
        _ => Query::select()
            .from("user_search")
            .and_where(Expr::cust_with_values("user_search MATCH ?", [phrase(folded)]))
            .take(),
    }
}

/// The text as a phrase of FTS5, in which nothing means anything but itself.
fn phrase(folded: &str) -> String {
    format!("\"{}\"", in_words(folded).replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_word_is_looked_for_anywhere() {
        assert_eq!(like_pattern("uma user"), "%uma user%");
        assert_eq!(like_pattern(""), "%%");
    }

    #[test]
    fn wildcards_mean_themselves() {
        assert_eq!(like_pattern("100%_a\\b"), "%100\\%\\_a\\\\b%");
    }

    #[test]
    fn one_or_two_signs_begin_a_word_and_a_quotation_mark_means_itself() {
        for (folded, words) in [
            ("a", "  a"),
            ("an", "  an"),
            ("ana", "ana"),
            ("ana lima", "ana  lima"),
            ("a.lima@x", "a.  lima@  x"),
            ("\u{7530}\u{4e2d}", "  \u{7530}\u{4e2d}"),
        ] {
            assert_eq!(in_words(folded), words, "{folded}");
        }
        assert_eq!(phrase("d\" or \"a"), "\"d\"\"  or  \"\"a\"");
    }
}
