//! Lists of people, from a file or pasted. A list is read or refused as a whole; each row of it becomes a person, or has a
//! reason; and what was read once can be written as a list and is read again as the same.

use std::collections::HashSet;

use rekey::server::{csv, import_file};
use rekey_domain::import::{self, Line};

pub fn check(bytes: &[u8]) {
    let Ok(rows) = import_file::read(bytes) else { return };
    let breaks = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    for pair in rows.windows(2) {
        assert!(pair[0].line < pair[1].line, "lines go up");
    }
    for row in &rows {
        assert!(
            row.line >= 1 && row.line as usize <= breaks + 1,
            "a line that is not there"
        );
        assert!(row.cells.iter().any(|cell| !cell.trim().is_empty()), "a blank row");
    }
    let Ok(lines) = import::read(&rows, |_| true) else {
        return;
    };
    assert!(lines.len() <= rows.len());
    let mut keys = HashSet::new();
    for line in &lines {
        for shown in [&line.name, &line.email, &line.role] {
            assert!(
                !shown.as_str().contains(char::is_control),
                "shown with a control character: {shown:?}"
            );
        }
        if let Ok(person) = &line.person {
            assert!(keys.insert(person.email.key().to_owned()), "one address for two people");
        }
    }
    write_and_read_again(&lines);
}

fn write_and_read_again(lines: &[Line]) {
    let people: Vec<_> = lines.iter().filter_map(|line| line.person.as_ref().ok()).collect();
    let mut list = csv::row(["name", "email", "role"]).expect("a row");
    for person in &people {
        let cells = [person.name.as_str(), person.email.as_str(), person.role.as_str()];
        // What a spreadsheet would take for a formula is written otherwise, on purpose.
        if !cells.into_iter().all(csv::is_written_as_it_is) {
            return;
        }
        list.extend(csv::row(cells).expect("a row"));
    }
    if people.is_empty() {
        return;
    }
    let rows = import_file::read(&list).expect("a list that was written here");
    let again = import::read(&rows, |_| true).expect("a list that was written here");
    let again: Vec<_> = again.iter().map(|line| line.person.as_ref().ok()).collect();
    let people: Vec<_> = people.into_iter().map(Some).collect();
    assert_eq!(again, people, "{}", String::from_utf8_lossy(&list));
}
