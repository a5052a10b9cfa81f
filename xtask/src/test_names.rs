//! The tests of the tree, by the names under which cargo runs them: found in the sources, without building anything.
//! It knows how Rust names modules after files; what a test is about is no matter of this file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::failure::Failure;
use crate::files;

/// The executable that a test is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suite {
    /// The rules' own tests.
    Domain,
    /// The server's own tests.
    Server,
    /// The schema's own tests.
    Migrations,
    /// The tests over HTTP.
    Http,
    /// The tasks' own tests.
    Xtask,
}

/// Where the sources of each suite are.
const SOURCES: [(Suite, &str); 5] = [
    (Suite::Domain, "domain/src"),
    (Suite::Server, "src"),
    (Suite::Migrations, "migrations/src"),
    (Suite::Http, "tests"),
    (Suite::Xtask, "xtask/src"),
];
/// Files that have no module of their own, but are the one of their folder or of the crate.
const ROOTS: [&str; 3] = ["mod", "lib", "main"];

/// Each test of the tree, such as `links::a5_a_link_works_once`, with the suites that have one of this name.
pub struct TestNames(BTreeMap<String, Vec<Suite>>);

impl TestNames {
    /// Finds them below the checkout, or a copy of it.
    pub fn of(root: &Path) -> Result<Self, Failure> {
        let mut names = BTreeMap::<_, Vec<_>>::new();
        for (suite, folder) in SOURCES {
            let folder = root.join(folder);
            for path in files::below(&folder)? {
                if path.extension().is_none_or(|end| end != "rs") {
                    continue;
                }
                let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
                let module = module(path.strip_prefix(&folder).unwrap_or(&path));
                for name in tests_in(&text, &module) {
                    names.entry(name).or_default().push(suite);
                }
            }
        }
        Ok(Self(names))
    }

    /// The suite that has this test; none where there is no such test, or several.
    pub fn suite(&self, name: &str) -> Option<Suite> {
        match self.0.get(name).map(Vec::as_slice) {
            Some(&[suite]) => Some(suite),
            _ => None,
        }
    }
}

/// `server/http/origin.rs` → `server::http::origin`.
fn module(file: &Path) -> String {
    let parts = file.with_extension("");
    let mut parts: Vec<_> = parts.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| ROOTS.contains(&last.as_str())) {
        parts.pop();
    }
    parts.join("::")
}

/// The tests of a file, in it or in a module that it writes out itself. The format check sees to it that an attribute has a
/// line of its own, and that such a module begins and ends at the beginning of a line.
fn tests_in(text: &str, module: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut inner = None;
    let mut is_test = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(" {")) {
            inner = Some(name);
        } else if line == "}" {
            inner = None;
        }
        let line = line.trim_start();
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some(name) = function(line).filter(|_| is_test) {
            let path = [module, inner.unwrap_or_default(), name];
            let path: Vec<_> = path.into_iter().filter(|part| !part.is_empty()).collect();
            names.push(path.join("::"));
            is_test = false;
        }
    }
    names
}

/// The name of the function that this line begins.
fn function(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let (name, _) = line.strip_prefix("fn ")?.split_once('(')?;
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn modules_are_named_after_files() {
        for (file, expected) in [
            ("links.rs", "links"),
            ("server/http/origin.rs", "server::http::origin"),
            ("server/mod.rs", "server"),
            ("email/tests.rs", "email::tests"),
            ("lib.rs", ""),
        ] {
            assert_eq!(module(Path::new(file)), expected);
        }
    }

    #[test]
    fn every_way_to_write_a_test_is_found_and_nothing_else() {
        let text = "fn helper() {}\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn one() {\n}\n\
                    #[cfg(test)]\nmod tests {\n    #[test]\n    #[ignore = \"long\"]\n    fn two() {}\n    \
                    fn helper() {}\n    proptest! {\n        #[test]\n        fn three(x: u8) {}\n    }\n}\n\
                    #[test]\nfn four() {}\n";
        assert_eq!(
            tests_in(text, "a::b"),
            ["a::b::one", "a::b::tests::two", "a::b::tests::three", "a::b::four"]
        );
        assert_eq!(tests_in("#[test]\nfn one() {}\n", ""), ["one"]);
    }

    #[test]
    fn the_tests_of_this_checkout_are_found() {
        let names = TestNames::of(Workspace::find().unwrap().root()).unwrap();
        for (name, suite) in [
            ("links::a5_a_link_works_once", Suite::Http),
            ("token::tests::a13_garbage_is_no_token", Suite::Domain),
            ("test_names::tests::the_tests_of_this_checkout_are_found", Suite::Xtask),
            (
                "server::http::origin::tests::f1_the_browsers_word_counts_first_then_the_origin",
                Suite::Server,
            ),
        ] {
            assert_eq!(names.suite(name), Some(suite), "{name}");
        }
        assert_eq!(names.suite("links::no_such_test"), None);
    }
}
