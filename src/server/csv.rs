//! Rows for spreadsheets, the one place that writes them: RFC 4180 by the `csv` crate, and no cell that a spreadsheet would
//! take for a formula (F16).

use std::borrow::Cow;

use rekey_domain::fold::is_invisible;

/// Characters with which a formula begins, in all widths and heights in which a keyboard or a spreadsheet may turn one into
/// another.
const BEGINS_FORMULA: [char; 16] = [
    '=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '⁼', '⁺', '⁻', '−',
];
/// What stands between cells where a spreadsheet is set up to split at something else than commas. There quotes don't keep a
/// cell together, since they don't stand at the beginning of what is then a cell.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// The row, with its end of line.
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let cells: Vec<_> = cells.into_iter().map(plain).collect();
    writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// Whether the cell is written as it is, since nothing in it would begin a formula.
pub fn is_written_as_it_is(cell: &str) -> bool {
    plain(cell) == cell
}

/// The cell as words: with an apostrophe before whatever would begin a formula, at its beginning or where it may be split.
fn plain(cell: &str) -> Cow<'_, str> {
    if !cell.contains(BEGINS_FORMULA) {
        return Cow::Borrowed(cell);
    }
    let mut plain = String::with_capacity(cell.len() + 1);
    let mut is_beginning = true;
    for c in cell.chars() {
        if is_beginning && BEGINS_FORMULA.contains(&c) {
            plain.push('\'');
        }
        // A spreadsheet may drop blanks, and what nobody sees.
        let is_dropped = c.is_whitespace() || c.is_control() || is_invisible(c);
        is_beginning = SEPARATORS.contains(&c) || (is_beginning && is_dropped);
        plain.push(c);
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        String::from_utf8(row(cells.iter().copied()).expect("a row")).expect("text")
    }

    #[test]
    fn what_needs_quotes_has_them() {
        assert_eq!(written(&["a", "b c", ""]), "a,b c,\r\n");
        assert_eq!(
            written(&["a,b", "say \"x\"", "two\nlines"]),
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn f16_no_cell_begins_a_formula_wherever_it_is_split() {
        for (cell, plain) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\t'=1"),
            ("\r=1", "\"\r'=1\""),
            ("  =1", "  '=1"),
            ("\u{a0}\u{200b}\u{feff}\0=1", "\u{a0}\u{200b}\u{feff}\0'=1"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠SUM(A1)", "'＠SUM(A1)"),
            ("−1", "'−1"),
            ("﹦1", "'﹦1"),
            ("a;=1", "a;'=1"),
            (";; =1;-2", ";; '=1;'-2"),
            ("a\t=1", "a\t'=1"),
            ("a\n=1\r\n@b", "\"a\n'=1\r\n'@b\""),
            ("a=1", "a=1"),
            ("1-2", "1-2"),
            ("a; b-c", "a; b-c"),
        ] {
            assert_eq!(written(&[cell, "a"]), format!("{plain},a\r\n"), "{cell:?}");
            assert_eq!(is_written_as_it_is(cell), !plain.contains('\''), "{cell:?}");
        }
    }
}
