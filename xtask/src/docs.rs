//! The documents against the tree: every file, link and item that they name is there. Only tests.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Parser, Tag};

use crate::workspace::Workspace;

/// Where a short path in a document may begin.
const BEGINNINGS: [&str; 3] = ["", "src", "src/server"];
const CODE: [&str; 5] = ["src", "domain/src", "migrations/src", "xtask/src", "tests"];
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
