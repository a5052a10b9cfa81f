//! Rows for spreadsheets, the one place that writes them: RFC 4180 by the `csv` crate, and no cell that a spreadsheet would
//! take for a formula.

use std::borrow::Cow;

/// Signs with which a formula begins, also behind what a spreadsheet drops.
const BEGINS_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The row, with its end of line.
pub fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let cells: Vec<_> = cells.into_iter().map(plain).collect();
    writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The cell as words: with an apostrophe before it, where a spreadsheet would calculate.
fn plain(cell: &str) -> Cow<'_, str> {
    if cell.trim_start_matches(' ').starts_with(BEGINS_FORMULA) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
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
    fn no_cell_begins_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"] {
            let written = written(&[formula, "a"]);
            assert!(
                written.trim_start_matches('"').starts_with(&format!("'{formula}")),
                "{written:?}"
            );
        }
        assert_eq!(written(&["a=1", "1-2"]), "a=1,1-2\r\n");
    }
}
