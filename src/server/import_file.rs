//! A list of people as it arrives, from a file or pasted: bytes to rows, by the `csv` crate. It knows text, quotes and what
//! stands between cells; what the cells say is read by `rekey_domain::import`.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use rekey_domain::batch::MOST_LINES;
use rekey_domain::import::{NoList, Row};
use rekey_domain::recipients;

/// The largest list, in bytes, on the command line; a form may hold as much (C6).
pub const MOST_BYTES: usize = 1024 * 1024;

/// What spreadsheets put between cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The hint that Excel wants before the header, and writes itself in some countries: what stands between cells.
const HINT: &str = "sep=";
/// One in so many characters is zero in no text that somebody wrote, and every second one is in UTF-16.
const ZEROS: usize = 10;
/// So many rows decide what stands between cells.
const TRIED: usize = 100;
/// Put behind every list, as a row of its own: where it is none, a quote before it was not closed.
const END: &str = "end of the list";
/// With the names of the columns, and one more, to be told that it is too long.
const MOST_ROWS: usize = MOST_LINES + 2;

/// The rows of a list that are not blank.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, NoList> {
    let text = std::str::from_utf8(bytes).map_err(|_| NoList::NotUtf8)?;
    if text.matches('\0').count() * ZEROS > text.len() {
        return Err(NoList::NotUtf8);
    }
    let hinted = Hinted::read(text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = format!("{}\n{END}", hinted.list);
    // Of several that fit alike, the first.
    let likeliest = || {
        let all = DELIMITERS.into_iter().rev();
        all.max_by_key(|delimiter| fitness(&text, *delimiter))
    };
    let delimiter = hinted.delimiter.or_else(likeliest).unwrap_or(b',');
    let mut rows: Vec<Row> = Rows::of(&text, delimiter, hinted.line).take(MOST_ROWS).collect();
    match rows.pop() {
        Some(last) if last.cells == [END] => Ok(rows),
        Some(last) if rows.len() + 1 < MOST_ROWS => Err(NoList::OpenQuote(last.line)),
        last => {
            rows.extend(last);
            Ok(rows)
        }
    }
}

/// Rows as a list again. Cells at the end that say nothing are left out.
pub fn write<'a>(rows: impl IntoIterator<Item = Vec<&'a str>>) -> Result<String, csv::Error> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for mut row in rows {
        while row.pop_if(|cell| cell.is_empty()).is_some() {}
        writer.write_record(row)?;
    }
    let list = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&list).into_owned())
}

/// A list without the hint before it (K9).
struct Hinted<'a> {
    list: &'a str,
    /// The line on which it begins.
    line: u32,
    delimiter: Option<u8>,
}

impl<'a> Hinted<'a> {
    fn read(text: &'a str) -> Self {
        let (first, rest) = text
            .split_once("\r\n")
            .into_iter()
            .chain(text.split_once(['\n', '\r']))
            .min_by_key(|(first, _)| first.len())
            .unwrap_or((text, ""));
        match Hint::read(first) {
            Hint::None => Self {
                list: text,
                line: 1,
                delimiter: None,
            },
            Hint::OfNothing => Self {
                list: rest,
                line: 2,
                delimiter: None,
            },
            Hint::Of(delimiter) => Self {
                list: rest,
                line: 2,
                delimiter: Some(delimiter),
            },
        }
    }
}

/// What a first line hints at.
enum Hint {
    /// It is none.
    None,
    /// It names no delimiter.
    OfNothing,
    /// This one.
    Of(u8),
}

impl Hint {
    fn read(line: &str) -> Self {
        let line = line.trim_start().trim_end_matches(' ');
        let quoted = line.strip_prefix('"').and_then(|line| line.strip_suffix('"'));
        let Some((name, value)) = quoted.unwrap_or(line).split_at_checked(HINT.len()) else {
            return Self::None;
        };
        let mut signs = if value == "\\t" { "\t" } else { value }.chars();
        match (name.eq_ignore_ascii_case(HINT), signs.next()) {
            (true, None) => Self::OfNothing,
            // Saved once more, the line has got as many delimiters as the others.
            (true, Some(sign)) if is_delimiter(sign) && signs.all(|other| other == sign) => {
                u8::try_from(sign).map_or(Self::None, Self::Of)
            }
            _ => Self::None,
        }
    }
}

/// Whether a spreadsheet may put this between cells.
fn is_delimiter(sign: char) -> bool {
    sign.is_ascii() && !sign.is_ascii_alphanumeric() && !matches!(sign, '"' | '\'' | ' ')
}

/// How many of the first rows have an address, how many nothing else, and how many have several cells, if this stands between
/// cells.
fn fitness(text: &str, delimiter: u8) -> (usize, usize, usize) {
    let rows: Vec<_> = Rows::of(text, delimiter, 1).take(TRIED).collect();
    let several = || rows.iter().filter(|row| row.cells.len() > 1);
    let is_address = |cell: &String| cell.contains('@') && recipients::only(cell).is_ok();
    let with_address = several().filter(|row| row.cells.iter().any(is_address));
    // The To line of a mail program: `Lima, Ana <ana@example.com>; Chen, Bo <bo@example.com>`.
    let of_addresses = several().filter(|row| row.cells.iter().all(|cell| cell.trim().is_empty() || is_address(cell)));
    (with_address.count(), of_addresses.count(), several().count())
}

/// The rows of a text, one after the other.
struct Rows<'a> {
    text: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// How far lines were counted.
    counted: usize,
    /// The line there.
    line: u32,
}

impl<'a> Rows<'a> {
    fn of(text: &'a str, delimiter: u8, line: u32) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        Self {
            text: text.as_bytes(),
            reader: builder.from_reader(text.as_bytes()),
            record: StringRecord::new(),
            counted: 0,
            line,
        }
    }

    /// The line on which the row read last begins, as an editor counts: the crate counts from the end of the row before,
    /// and no line that ends with a carriage return alone.
    fn line(&mut self) -> u32 {
        let place = self.record.position().map_or(0, csv::Position::byte);
        let place = usize::try_from(place).unwrap_or(self.text.len()).min(self.text.len());
        let breaks = self.text[place..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let begins = place + breaks.count();
        for at in self.counted..begins {
            let is_break = match self.text[at] {
                b'\n' => true,
                b'\r' => self.text.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line = self.line.saturating_add(u32::from(is_break));
        }
        self.counted = begins;
        self.line
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        // The text is in memory and in UTF-8, and rows may have as many cells as they like: nothing is left to go wrong.
        while self.reader.read_record(&mut self.record).ok()? {
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Row {
                    line: self.line(),
                    cells: self.record.iter().map(str::to_owned).collect(),
                });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Vec<(u32, Vec<String>)> {
        let rows = read(text.as_bytes()).expect("a list");
        rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|&cell| cell.to_owned()).collect())
    }

    #[test]
    fn every_delimiter_of_spreadsheets_is_found_by_what_it_leads_to() {
        let ana = [row(1, &["Lima, Ana", "ana@a.example", "user"])];
        for text in [
            "\"Lima, Ana\",ana@a.example,user",
            "Lima, Ana;ana@a.example;user",
            "Lima, Ana\tana@a.example\tuser\r\n",
            "Lima, Ana|ana@a.example|user",
            "\u{feff}Lima, Ana;ana@a.example;user",
        ] {
            assert_eq!(read_text(text), ana, "{text:?}");
        }
        // More commas than semicolons, and no address on the first line.
        let text = "name;email\nA, B, C;a@a.example\nD, E, F;d@a.example";
        assert_eq!(read_text(text)[1], row(2, &["A, B, C", "a@a.example"]));
        // Nothing decides.
        assert_eq!(read_text("Ana"), [row(1, &["Ana"])]);
    }

    #[test]
    fn k9_the_hint_of_a_spreadsheet_names_the_delimiter_and_is_no_row() {
        for (begin, delimiter) in [
            ("sep=;", ";"),
            ("\u{feff}sep=;", ";"),
            ("\"sep=;\"", ";"),
            ("\u{feff}\"sep=;\"", ";"),
            ("SEP=\t", "\t"),
            ("SEP=\\t", "\t"),
            ("sep=|", "|"),
            ("Sep=,", ","),
            ("sep=;;;", ";"),
            ("sep=^", "^"),
            ("sep=", ";"),
        ] {
            for end in ["\r\n", "\n", "\r"] {
                let people = ["email", "role", "name"].join(delimiter);
                let ana = ["ana@a.example", "user", "Ana Lima"].join(delimiter);
                let rows = read_text(&[begin, &people, "", &ana, ""].join(end));
                let expected = [
                    row(2, &["email", "role", "name"]),
                    row(4, &["ana@a.example", "user", "Ana Lima"]),
                ];
                assert_eq!(rows, expected, "{begin:?} {end:?}");
            }
        }
        // Somebody whose name begins like this is somebody.
        for first in ["sep=abc", "separate;a@a.example", "sep=a;a@a.example"] {
            assert_eq!(read_text(&format!("{first}\nAna;ana@a.example"))[0].0, 1, "{first}");
        }
        assert_eq!(read_text("sep=;"), []);
        assert_eq!(read(b"sep=;\nA;a@a.example\n\"B"), Err(NoList::OpenQuote(3)));
    }

    #[test]
    fn k8_cells_with_a_name_before_the_address_are_told_apart_too() {
        let text = "Uma;User, Uma <uma@a.example>;user\nRob;\"\"\"Reader, Rob\"\" <rob@a.example>\";user";
        assert_eq!(
            read_text(text)[0],
            row(1, &["Uma", "User, Uma <uma@a.example>", "user"])
        );
    }

    #[test]
    fn k8_people_as_a_mail_program_writes_them_are_told_apart() {
        let text = "Lima, Ana <ana@a.example>; Chen, Bo <bo@a.example>";
        let both = ["Lima, Ana <ana@a.example>", " Chen, Bo <bo@a.example>"];
        assert_eq!(read_text(text), [row(1, &both)]);
        let text = "Ana Lima <ana@a.example>\nbo@a.example";
        let each = [row(1, &["Ana Lima <ana@a.example>"]), row(2, &["bo@a.example"])];
        assert_eq!(read_text(text), each);
    }

    #[test]
    fn a_list_that_is_written_again_reads_back() {
        let rows = [
            vec!["Lima, Ana", "ana@a.example", ""],
            vec!["Bo \"B\"", "bo@a.example", "user"],
            vec!["Cy", "", ""],
        ];
        let text = write(rows).expect("a list");
        assert_eq!(
            text,
            "\"Lima, Ana\",ana@a.example\n\"Bo \"\"B\"\"\",bo@a.example,user\nCy\n"
        );
        assert_eq!(read_text(&text)[0], row(1, &["Lima, Ana", "ana@a.example"]));
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "",
                "",
                "A,a@a.example",
                "",
                "\"B",
                "b\",b@a.example",
                ",",
                "C,c@a.example",
                "",
            ]
            .join(end);
            let lines: Vec<_> = read_text(&text).into_iter().map(|(line, _)| line).collect();
            assert_eq!(lines, [3, 5, 8], "{end:?}");
        }
    }

    #[test]
    fn quotes_hold_delimiters_line_breaks_and_quotes() {
        let text = "\"Ana \"\"A\"\" Lima\",\"a@a.example\",\"us\ner\"\nB,b@a.example";
        let ana = row(1, &["Ana \"A\" Lima", "a@a.example", "us\ner"]);
        assert_eq!(read_text(text), [ana, row(3, &["B", "b@a.example"])]);
    }

    #[test]
    fn a_quote_that_is_not_closed_swallows_nobody() {
        for (text, line) in [
            ("A,a@a.example\n\n\"B,b@a.example\nC,c@a.example", 3),
            ("\"", 1),
            ("A,\"", 1),
        ] {
            assert_eq!(read(text.as_bytes()), Err(NoList::OpenQuote(line)), "{text:?}");
        }
        assert_eq!(read_text("A,\"a@a.example\""), [row(1, &["A", "a@a.example"])]);
        assert_eq!(
            read_text(&format!("A,a@a.example\n{END}\n")).len(),
            2,
            "whatever it says"
        );
    }

    #[test]
    fn other_encodings_are_refused() {
        for bytes in [
            b"J\xfcrgen,j@a.example".as_slice(),
            b"\xff\xfeA\0,\0",
            b"\xfe\xff\0A\0,",
            b"PK\x03\x04\x14\x00\x08\x08\xff",
            // UTF-16 that says nothing of itself.
            b"A\0,\0a\0@\0a\0",
        ] {
            assert_eq!(read(bytes), Err(NoList::NotUtf8), "{bytes:?}");
        }
        assert_eq!(read_text("J\u{fc}rgen,j@a.example")[0].1[0], "J\u{fc}rgen");
        assert_eq!(read(b""), Ok(Vec::new()));
        assert_eq!(read("\u{feff}".as_bytes()), Ok(Vec::new()));
    }

    #[test]
    fn c8_of_a_list_that_is_too_long_no_more_is_read_than_tells_it() {
        let text = "a\n".repeat(MOST_BYTES / 2);
        assert_eq!(read(text.as_bytes()).map(|rows| rows.len()), Ok(MOST_ROWS));
        let text = "a\n".repeat(MOST_ROWS - 1);
        assert_eq!(read(text.as_bytes()).map(|rows| rows.len()), Ok(MOST_ROWS - 1));
    }
}
