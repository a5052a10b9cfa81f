//! Searching folded text: the one place that turns what somebody typed into a `LIKE` pattern, and into what the index of the
//! people is asked.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, LikeExpr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, DbBackend};

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

/// So many words are looked for one by one.
const MOST_WORDS: usize = 6;

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

/// The words of what was typed, each looked for on its own: `tau tom` finds Tom Tau. So many that nobody types them are one.
fn words_of(folded: &str) -> Vec<&str> {
    let words: Vec<_> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    match words.len() {
        0..=MOST_WORDS => words,
        _ => vec![folded],
    }
}

/// Every row in whose `search_key` column each word of this folded text stands.
pub fn has_all_of(column: impl ColumnTrait, folded: &str) -> Condition {
    let each = words_of(folded).into_iter();
    each.fold(Condition::all(), |all, word| all.add(column.like(contains(word))))
}

/// Exactly the people in whose name or address each word of this folded text stands; where only `beginnings` of words are
/// looked for, a word of one or two signs has to begin one.
pub fn names_somebody(folded: &str, beginnings: bool) -> Condition {
    let each = words_of(folded).into_iter();
    each.fold(Condition::all(), |all, word| {
        all.add(if beginnings && is_beginning(word) {
            let words = Expr::col((Entity, Alias::new("search_words")));
            words.like(contains(&in_words(word)))
        } else {
            Expr::col((Entity, Column::SearchKey)).like(contains(word))
        })
    })
}

/// By the index, the same people and perhaps a few others: used together with [`names_somebody`].
pub fn may_name_somebody(backend: DbBackend, folded: &str) -> Condition {
    match backend {
        DbBackend::Postgres => {
            let each = words_of(folded).into_iter();
            each.fold(Condition::all(), |all, word| {
                let has_word = "trigrams_of(users.search_words) @> trigrams_of($1)";
                all.add(Expr::cust_with_values(has_word, [in_words(word)]))
            })
        }
        _ => Condition::all().add(Expr::cust_with_values(
            "users.id IN (SELECT user_search_rows.user_id FROM user_search \
             JOIN user_search_rows ON user_search_rows.number = user_search.rowid WHERE user_search MATCH ?)",
            [phrases(folded)],
        )),
    }
}

/// The same people of all companies, nothing selected of them.
pub fn those_who_may(backend: DbBackend, folded: &str) -> SelectStatement {
    match backend {
        DbBackend::Postgres => Query::select()
            .from(Entity)
            .cond_where(may_name_somebody(backend, folded))
            .take(),
        _ => Query::select()
            .from("user_search")
            .and_where(Expr::cust_with_values("user_search MATCH ?", [phrases(folded)]))
            .take(),
    }
}

/// The words as phrases of FTS5, in which nothing means anything but itself; all of them have to be there.
fn phrases(folded: &str) -> String {
    let each = words_of(folded).into_iter();
    let phrases: Vec<_> = each
        .map(|word| format!("\"{}\"", in_words(word).replace('"', "\"\"")))
        .collect();
    phrases.join(" AND ")
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
        assert_eq!(phrases("d\"e or \"a"), "\"d\"\"e\" AND \"  or\" AND \"  \"\"a\"");
    }

    #[test]
    fn words_are_looked_for_in_any_order_and_very_many_as_they_stand() {
        assert_eq!(words_of("tau tom"), ["tau", "tom"]);
        assert!(words_of("").is_empty());
        assert_eq!(words_of("a b c d e f g"), ["a b c d e f g"]);
    }
}
