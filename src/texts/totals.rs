//! How many rows a list has, in words.

use rekey_domain::page_size::Total;

/// `1 person`, `312 people`.
pub fn number_of(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `1 person`, `312 people`, `More than 10,000 people`.
pub fn counted(total: Total, one: &str, many: &str) -> String {
    match total.exact() {
        Some(total) => number_of(total, one, many),
        None => format!("More than {} {many}", most()),
    }
}

/// `1–25 of 312`, `1–25 of more than 10,000`.
pub fn range(first: u64, last: u64, total: Total) -> String {
    match total.exact() {
        Some(total) => format!("{first}–{last} of {total}"),
        None => format!("{first}–{last} of more than {}", most()),
    }
}

/// The most that are counted. In English a comma stands before the thousands.
pub fn most() -> String {
    let (thousands, rest) = (Total::MOST / 1_000, Total::MOST % 1_000);
    format!("{thousands},{rest:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_most_it_is_said_that_there_are_more() {
        for (total, words, of) in [
            (0, "0 people", "1–25 of 0"),
            (1, "1 person", "1–25 of 1"),
            (312, "312 people", "1–25 of 312"),
            (10_000, "10000 people", "1–25 of 10000"),
            (200_000, "More than 10,000 people", "1–25 of more than 10,000"),
        ] {
            assert_eq!(counted(Total::of(total), "person", "people"), words);
            assert_eq!(range(1, 25, Total::of(total)), of);
        }
    }
}
