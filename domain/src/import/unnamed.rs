//! Rows of a list whose columns have no names, as people type them or copy them from a mail program: the address comes first,
//! with the name in it, behind it or left out, or a row is a whole To line (K8). Rows in the usual order stay as they are.

use super::{Row, name_in_address, parse_role};
use crate::email::Email;
use crate::recipients;

/// The same people with name, address and role in this order. Where a row holds several, each of all rows is a line of its own,
/// counted from one: no line of the text is theirs alone.
pub(super) fn in_usual_order(rows: &[&Row]) -> Vec<Row> {
    let people: Vec<Vec<Row>> = rows.iter().map(|row| people_of(row)).collect();
    let are_counted = people.iter().any(|people| people.len() > 1);
    let people = people.into_iter().flatten();
    if are_counted {
        (1..).zip(people).map(|(line, row)| Row { line, ..row }).collect()
    } else {
        people.collect()
    }
}

fn people_of(row: &Row) -> Vec<Row> {
    let Some((name, email)) = row.cells.first().and_then(|cell| named_address(cell)) else {
        return vec![whole_name(row).unwrap_or_else(|| row.clone())];
    };
    let others: Vec<&str> = row.cells[1..]
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let name_known = || name.clone().unwrap_or_else(|| name_in_address(&email));
    let cells = match others[..] {
        [] => vec![name_known(), email.into()],
        [role] if parse_role(role).is_some() => vec![name_known(), email.into(), role.to_owned()],
        [behind] if name.is_none() && !behind.contains('@') => vec![behind.to_owned(), email.into()],
        [behind, role] if name.is_none() && !behind.contains('@') && !role.contains('@') => {
            vec![behind.to_owned(), email.into(), role.to_owned()]
        }
        _ => {
            let addresses: Option<Vec<_>> = others.iter().map(|cell| named_address(cell)).collect();
            let Some(addresses) = addresses else {
                return vec![row.clone()];
            };
            let all = [(name, email)].into_iter().chain(addresses);
            let cells = all.map(|(name, email)| vec![name.unwrap_or_else(|| name_in_address(&email)), email.into()]);
            return cells.map(|cells| Row { line: row.line, cells }).collect();
        }
    };
    vec![Row { line: row.line, cells }]
}

/// `Lima, Ana <ana@example.com>`, which the comma has cut in two: the name is put together again.
fn whole_name(row: &Row) -> Option<Row> {
    let [first, second, others @ ..] = &row.cells[..] else {
        return None;
    };
    let (written, email) = named_address(second)?;
    let (first, rest) = (first.trim(), written?);
    let is_name = !first.is_empty() && !first.contains('@');
    let is_cut = is_name && !first.contains(&rest) && !rest.contains(first);
    is_cut.then(|| {
        let mut cells = vec![format!("{first}, {rest}"), email.into()];
        cells.extend_from_slice(others);
        Row { line: row.line, cells }
    })
}

/// The address that a cell is, and the name that stands in it.
fn named_address(cell: &str) -> Option<(Option<String>, Email)> {
    if !cell.contains('@') {
        return None;
    }
    let recipient = recipients::only(cell).ok()?;
    // Some programs write the address in place of a name.
    let written = Some(recipient.written.to_string()).filter(|name| !name.is_empty() && !name.contains('@'));
    Some((written, recipient.email?))
}
