//! The rooms of the services against `docs/architecture.md`: every room stands in its table, uses only what the table allows, and
//! the table has no circle. Only tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::workspace::Workspace;

const TABLE_OF: &str = "Rooms of the services";
const SERVICES: &str = "src/server/service";
/// What stands in front of a room in a path.
const BEFORE: &str = "server::service::";

type Arrows = BTreeMap<String, BTreeSet<String>>;

/// The first cell of each row below the heading, and what the last one allows.
fn allowed(document: &str) -> Vec<(String, BTreeSet<String>)> {
    let (mut heading, mut is_there, mut cell) = (String::new(), false, 0);
    let mut rows: Vec<(String, BTreeSet<String>)> = Vec::new();
    for event in Parser::new_ext(document, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading.clear(),
            Event::End(TagEnd::Heading(_)) => is_there = heading == TABLE_OF,
            Event::Text(text) if !is_there => heading.push_str(&text),
            Event::Start(Tag::TableRow) => cell = 0,
            Event::End(TagEnd::TableCell) => cell += 1,
            Event::Code(room) if is_there => match (cell, rows.last_mut()) {
                (0, _) => rows.push((room.to_string(), BTreeSet::new())),
                (2, Some((_, uses))) => {
                    uses.insert(room.to_string());
                }
                _ => {}
            },
            _ => {}
        }
    }
    rows
}

/// Which rooms each room names in its code.
fn used(services: &Path) -> Arrows {
    let mut arrows = Arrows::new();
    for room in rooms_in(services) {
        let name = room.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let uses: BTreeSet<String> = fs::read_dir(&room)
            .expect("a room")
            .map(|file| fs::read_to_string(file.expect("a file").path()).expect("code"))
            .flat_map(|code| rooms_named(&code))
            .filter(|used| *used != name)
            .collect();
        arrows.insert(name, uses);
    }
    arrows
}

fn rooms_in(services: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(services).expect("the services");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.is_dir()).collect()
}

fn rooms_named(code: &str) -> Vec<String> {
    let rest = code.split(BEFORE).skip(1);
    rest.map(|rest| {
        let end = rest.find(|sign: char| !(sign.is_ascii_lowercase() || sign == '_'));
        rest[..end.unwrap_or(rest.len())].to_owned()
    })
    .collect()
}

/// The arrows that the table does not allow.
fn forbidden(used: &Arrows, allowed: &[(String, BTreeSet<String>)]) -> Vec<String> {
    let mut found = Vec::new();
    for (room, uses) in used {
        let row = allowed.iter().find(|(name, _)| name == room);
        for other in uses {
            if row.is_none_or(|(_, may)| !may.contains(other)) {
                found.push(format!("{room} -> {other}"));
            }
        }
    }
    found
}

#[test]
fn every_room_of_the_services_uses_what_the_table_allows() {
    let workspace = Workspace::find().expect("the workspace");
    let document = fs::read_to_string(workspace.root().join("docs/architecture.md")).expect("the document");
    let (allowed, used) = (allowed(&document), used(&workspace.root().join(SERVICES)));
    let named: BTreeSet<_> = allowed.iter().map(|(room, _)| room).collect();
    assert_eq!(
        named,
        used.keys().collect(),
        "the rooms of the table, and those of the tree"
    );
    assert_eq!(forbidden(&used, &allowed), Vec::<String>::new());
    for (room, may) in &allowed {
        assert_eq!(&used[room], may, "the table allows {room} what it does not use");
    }
}

#[test]
fn the_table_has_no_circle() {
    let workspace = Workspace::find().expect("the workspace");
    let document = fs::read_to_string(workspace.root().join("docs/architecture.md")).expect("the document");
    let mut above = BTreeSet::new();
    for (room, may) in allowed(&document) {
        let below: Vec<_> = may.difference(&above).collect();
        assert!(below.is_empty(), "{room} names {below:?}, which stand below it");
        above.insert(room);
    }
}

#[test]
fn an_arrow_that_the_table_does_not_allow_is_found() {
    let table = format!(
        "## {TABLE_OF}\n\n| Room | Holds | May use |\n|---|---|---|\n| `a` | x | nothing |\n| `b` | y | `a` |\n"
    );
    let allowed = allowed(&table);
    let used = |room: &str, code: &str| Arrows::from([(room.to_owned(), rooms_named(code).into_iter().collect())]);
    let down = "use crate::server::service::a::one;";
    assert!(forbidden(&used("b", down), &allowed).is_empty());
    let up = "use crate::server::service::b::two::three;";
    assert_eq!(forbidden(&used("a", up), &allowed), ["a -> b"]);
}
