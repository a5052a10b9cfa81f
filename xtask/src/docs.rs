//! The documents against the tree: every file, link and item that they name is there, and every name of the pages is relied on by
//! a browser test. Only tests.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

use crate::workspace::Workspace;

/// Where a short path in a document may begin.
const BEGINNINGS: [&str; 3] = ["", "src", "src/server"];
const CODE: [&str; 5] = ["src", "domain/src", "migrations/src", "xtask/src", "tests"];
/// The pictures of the documents, and what takes them (`cargo xtask pictures`).
const PICTURES: [&str; 2] = ["docs/images", "end2end/pictures"];
/// A document that says nothing about the tree as it is now.
const HISTORY: &str = "CHANGELOG.md";

struct Document {
    path: PathBuf,
    links: Vec<String>,
    words: Vec<String>,
}

fn root() -> PathBuf {
    Workspace::find().expect("the workspace").root().to_owned()
}

/// The files below a folder, dependencies and what is built aside.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.')
                && !["target", "node_modules", "test-results", "playwright-report"].contains(&&*name)
            {
                found.extend(files(&path));
            }
        } else {
            found.push(path);
        }
    }
    found
}

fn documents() -> Vec<Document> {
    let is_document = |path: &PathBuf| path.extension().is_some_and(|end| end == "md") && !path.ends_with(HISTORY);
    files(&root())
        .into_iter()
        .filter(is_document)
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a document");
            let (mut links, mut words) = (Vec::new(), Vec::new());
            for event in Parser::new_ext(&text, pulldown_cmark::Options::ENABLE_TABLES) {
                match event {
                    Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                        links.push(dest_url.to_string());
                    }
                    Event::Code(word) => words.push(word.to_string()),
                    _ => {}
                }
            }
            Document { path, links, words }
        })
        .collect()
}

fn is_path(word: &str) -> bool {
    let is_plain = word
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || "._-/".contains(sign));
    let ends_like_a_file = [".rs", ".md", ".toml", ".ts", ".css", ".py"]
        .iter()
        .any(|end| word.ends_with(end));
    // What a build writes, and the settings that an operator writes, are not in a fresh clone.
    let is_in_the_tree = !word.starts_with("target/") && word != "rekey.toml";
    is_plain && is_in_the_tree && !word.starts_with(['/', '.']) && (ends_like_a_file || word.ends_with('/'))
}

/// `policy::decide` and the like: the last name, and what stands before it.
fn item(word: &str) -> Option<&str> {
    let is_plain = word
        .chars()
        .all(|sign| sign.is_ascii_alphanumeric() || sign == '_' || sign == ':');
    let (_, last) = word.rsplit_once("::")?;
    (is_plain && !last.is_empty()).then_some(last)
}

#[test]
fn every_link_leads_to_a_file() {
    let mut broken = Vec::new();
    for document in documents() {
        let folder = document.path.parent().expect("a folder");
        for link in document
            .links
            .iter()
            .filter(|link| !link.contains("://") && !link.starts_with('#'))
        {
            let file = link.split('#').next().unwrap_or_default();
            if !folder.join(file).exists() {
                broken.push(format!("{}: {link}", document.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_picture_is_linked_and_can_be_taken_again() {
    let linked: BTreeSet<_> = documents()
        .iter()
        .flat_map(|document| {
            let folder = document.path.parent().expect("a folder");
            document.links.iter().map(move |link| folder.join(link))
        })
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let [pictures, takers] = PICTURES.map(|folder| files(&root().join(folder)));
    let taken: String = takers
        .iter()
        .map(|path| fs::read_to_string(path).expect("a taker of pictures"))
        .collect();
    assert!(
        pictures.len() > 5,
        "only {} pictures: the search is broken",
        pictures.len()
    );
    let name_of = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unlinked: Vec<_> = pictures
        .iter()
        .filter(|path| !linked.contains(&path.canonicalize().expect("a picture")))
        .collect();
    assert!(unlinked.is_empty(), "no document shows {unlinked:#?}");
    let old: Vec<_> = pictures
        .iter()
        .map(name_of)
        .filter(|name| !taken.contains(&format!("\"{name}\"")))
        .collect();
    assert!(old.is_empty(), "`cargo xtask pictures` does not take {old:#?}");
}

#[test]
fn every_file_that_is_named_exists() {
    let (mut seen, mut missing) = (0, Vec::new());
    for document in documents() {
        let folder = document.path.parent().expect("a folder");
        for word in document.words.iter().filter(|word| is_path(word)) {
            seen += 1;
            let places = BEGINNINGS
                .iter()
                .map(|beginning| root().join(beginning))
                .chain([folder.to_owned()]);
            if !places.map(|place| place.join(word)).any(|path| path.exists()) {
                missing.push(format!("{}: {word}", document.path.display()));
            }
        }
    }
    assert!(seen > 20, "only {seen} files are named: the search is broken");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_item_that_is_named_exists() {
    let code: String = CODE
        .iter()
        .flat_map(|folder| files(&root().join(folder)))
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| fs::read_to_string(path).expect("a source file"))
        .collect();
    let kinds = [
        "fn ", "struct ", "enum ", "trait ", "const ", "mod ", "type ", "static ",
    ];
    let (mut seen, mut missing) = (0, Vec::new());
    for document in documents() {
        for (word, last) in document.words.iter().filter_map(|word| Some((word, item(word)?))) {
            seen += 1;
            // A variant of an enum stands at the beginning of its line.
            let is_there = kinds.iter().any(|kind| code.contains(&format!("{kind}{last}")))
                || code.contains(&format!("\n    {last}"));
            if !is_there {
                missing.push(format!("{}: {word}", document.path.display()));
            }
        }
    }
    assert!(seen > 2, "only {seen} items are named: the search is broken");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Kinds of names in the contract of the pages, as they stand behind the name: button, link, field, checkbox, radio, select.
const KINDS: [&str; 6] = ["b", "l", "f", "c", "r", "s"];
/// And before it.
const HEADINGS: [&str; 3] = ["(h1) ", "(h2) ", "(h3) "];
/// Whom and what the contract takes for its examples. The browser tests have people of their own.
const EXAMPLES: [&str; 7] = [
    "Ana Lima",
    "Bo Chen",
    "Heron Nord",
    "Blue Heron Logistics",
    "Acme",
    "ana@example.com",
    "Firefox on Linux",
];

/// The names of what one presses, fills in and reads as a heading, in the part of the contract that is about pages.
fn names_of_the_contract(text: &str) -> Vec<String> {
    let pages = text.split("\n## 2. ").next().unwrap_or_default();
    let events: Vec<_> = Parser::new_ext(pages, pulldown_cmark::Options::ENABLE_TABLES).collect();
    let words = |place: Option<usize>| match place.and_then(|place| events.get(place)) {
        Some(Event::Text(words)) => words.to_string(),
        _ => String::new(),
    };
    let mut names = Vec::new();
    for (place, event) in events.iter().enumerate() {
        let Event::Code(name) = event else { continue };
        let (before, behind) = (words(place.checked_sub(1)), words(Some(place + 1)));
        let kind = behind
            .strip_prefix(" (")
            .and_then(|rest| rest.split([')', ',', ';', ' ', ':']).next());
        if HEADINGS.iter().any(|heading| before.ends_with(heading)) || kind.is_some_and(|kind| KINDS.contains(&kind)) {
            // Its line may be broken.
            names.push(name.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    names
}

/// What is left of a name without its examples and numbers.
fn fixed_parts(name: &str) -> Vec<String> {
    let mut name = name.to_owned();
    for example in EXAMPLES {
        name = name.replace(example, "0");
    }
    name.split(|sign: char| sign.is_ascii_digit())
        .map(str::to_owned)
        .filter(|part| !part.trim().is_empty())
        .collect()
}

/// Whether a line has these parts in this order.
fn has_in_order(line: &str, parts: &[String]) -> bool {
    let mut rest = line;
    parts.iter().all(|part| match rest.split_once(part.as_str()) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn the_browser_tests_rely_on_every_name_of_the_contract() {
    let text = fs::read_to_string(root().join("docs/experience.md")).expect("the contract");
    let names = names_of_the_contract(&text);
    assert!(names.len() > 120, "only {} names: the search is broken", names.len());
    // What only a picture presses is not tested.
    let takers = root().join(PICTURES[1]);
    let tests: Vec<_> = files(&root().join("end2end"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "ts") && !path.starts_with(&takers))
        .map(|path| fs::read_to_string(path).expect("a test"))
        .collect();
    let unused: Vec<_> = names
        .iter()
        .filter(|name| {
            let parts = fixed_parts(name);
            !tests
                .iter()
                .flat_map(|test| test.lines())
                .any(|line| has_in_order(line, &parts))
        })
        .collect();
    assert!(unused.is_empty(), "no browser test relies on {unused:#?}");
}

#[test]
fn names_of_the_contract_are_found_by_their_kind() {
    let text = "(h1) `Sign in`. `Email` (f, `autocomplete`), `Send again to Ana Lima` (b), a `word` (not one), \
                nav `Main`: `Stay signed\n in` (b; Esc)\n\n## 2. Mails\n`Later` (b)";
    assert_eq!(
        names_of_the_contract(text),
        ["Sign in", "Email", "Send again to Ana Lima", "Stay signed in"]
    );
    assert_eq!(
        fixed_parts("Send again to refused (8)"),
        ["Send again to refused (", ")"]
    );
    assert!(has_in_order(
        "click \"Send again to refused (2)\"",
        &fixed_parts("Send again to refused (8)")
    ));
    assert!(!has_in_order(
        "(2) Send again to refused",
        &fixed_parts("Send again to refused (8)")
    ));
}
