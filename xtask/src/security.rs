//! The tables of `docs/security.md` against the tree: every case has its row, and every test that a row names is there. Only
//! tests.

use std::collections::BTreeMap;
use std::fs;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::test_names::TestNames;
use crate::workspace::Workspace;

const DOCUMENT: &str = "docs/security.md";
const CASES: &str = "Cases";
const FINDINGS: &str = "Findings of a review";
const BROKE_FOR_OTHERS: &str = "What broke for others";
/// Each section with the numbers that it has: a letter, and how many.
const NUMBERS: [(&str, &[(char, usize)]); 3] = [
    (
        CASES,
        &[
            ('A', 16),
            ('B', 5),
            ('C', 8),
            ('D', 8),
            ('E', 8),
            ('F', 7),
            ('G', 10),
            ('H', 6),
            ('I', 4),
        ],
    ),
    (FINDINGS, &[('F', 23)]),
    (BROKE_FOR_OTHERS, &[('K', 17)]),
];

/// A line of a table.
#[derive(Debug, Default)]
struct Row {
    section: String,
    /// The text of each cell.
    cells: Vec<String>,
    /// What stands in the last cell as code.
    tests: Vec<String>,
}

impl Row {
    fn number(&self) -> &str {
        self.cells.first().map_or("", String::as_str)
    }
}

/// The rows of all tables that have a test's name to tell.
fn rows() -> Vec<Row> {
    let path = Workspace::find().expect("the workspace").root().join(DOCUMENT);
    let text = fs::read_to_string(path).expect("the document");
    let (mut rows, mut row, mut heading) = (Vec::new(), Row::default(), String::new());
    let mut is_heading = false;
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                is_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Text(words) if is_heading => heading.push_str(&words),
            Event::Start(Tag::TableRow) => row.section.clone_from(&heading),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
            Event::Start(Tag::TableCell) => {
                row.cells.push(String::new());
                row.tests.clear();
            }
            Event::Text(words) => row
                .cells
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|cell| cell.push_str(&words)),
            Event::Code(word) => {
                row.cells
                    .iter_mut()
                    .last()
                    .into_iter()
                    .for_each(|cell| cell.push_str(&word));
                row.tests.push(word.to_string());
            }
            // What was read of a table's head belongs to no row.
            Event::End(TagEnd::TableHead) => row = Row::default(),
            _ => {}
        }
    }
    let has_tests = |row: &Row| NUMBERS.iter().any(|(section, _)| *section == row.section);
    rows.into_iter().filter(has_tests).collect()
}

#[test]
fn every_case_finding_and_field_case_has_its_row() {
    let mut found = BTreeMap::<String, Vec<String>>::new();
    for row in rows() {
        assert_eq!(row.cells.len(), 4, "{row:?}");
        assert!(row.cells.iter().all(|cell| !cell.is_empty()), "{row:?}");
        let number = row.number().to_owned();
        found.entry(row.section).or_default().push(number);
    }
    for (section, letters) in NUMBERS {
        let expected: Vec<_> = letters
            .iter()
            .flat_map(|(letter, last)| (1..=*last).map(move |number| format!("{letter}{number}")))
            .collect();
        assert_eq!(found.get(section), Some(&expected), "{section}");
    }
}

#[test]
fn every_test_that_is_named_exists() {
    let workspace = Workspace::find().unwrap();
    let names = TestNames::of(workspace.root()).unwrap();
    // `file: title` is one of the browser's.
    let is_there = |test: &str| match test.split_once(".spec.ts: ") {
        Some((file, title)) => {
            let path = workspace.end2end().join("tests").join(format!("{file}.spec.ts"));
            fs::read_to_string(path).is_ok_and(|text| text.contains(title))
        }
        None => names.suite(test).is_some(),
    };
    let (mut seen, mut missing) = (0, Vec::new());
    for row in rows() {
        assert!(!row.tests.is_empty(), "a row without a test: {row:?}");
        seen += row.tests.len();
        let gone = row.tests.iter().filter(|test| !is_there(test));
        missing.extend(gone.map(|test| format!("{}: {test}", row.number())));
    }
    assert!(seen > 100, "only {seen} tests are named: the search is broken");
    assert!(missing.is_empty(), "{missing:#?}");
}
