//! Text of anybody on one line, where a line break would begin something else.

use crate::text::is_unfit;

/// The text without line breaks, control characters and whatever else is unfit to be shown; several blanks in a row become
/// one.
pub fn one_line(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    text.replace(|c: char| is_unfit(c) && !is_blank(c), "")
        .split(is_blank)
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn breaks_controls_and_turns_are_gone() {
        assert_eq!(one_line(" a\r\nb\u{7} \t c\u{202e}d\u{ffff}\u{2028}e "), "a b cd e");
    }
}
