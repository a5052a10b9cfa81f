//! Searching folded text: the one place that turns what somebody typed into a `LIKE` pattern.

use sea_orm::sea_query::LikeExpr;

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
}
