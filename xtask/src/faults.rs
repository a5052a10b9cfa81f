//! The faults that `cargo xtask sabotage` seeds, read from `xtask/sabotage.toml`: each a replacement in one file, and the
//! test that has to notice. The text to replace is found by itself and not by its line, so that code may move.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::failure::Failure;
use crate::test_names::{Suite, TestNames};

/// The list, in the checkout.
const LIST: &str = "xtask/sabotage.toml";

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What it is called on the command line.
    pub name: String,
    /// The case that is broken, as in `docs/security.md`.
    pub case: String,
    /// What is wrong then.
    pub what: String,
    /// The file, from the checkout's root.
    pub file: String,
    /// What stands in it, once.
    find: String,
    /// What stands there instead.
    replace: String,
    /// The test that has to fail.
    pub test: String,
}

impl Fault {
    /// The file's text with the fault in it.
    pub fn apply(&self, text: &str) -> Result<String, Failure> {
        match text.matches(&self.find).count() {
            1 => Ok(text.replacen(&self.find, &self.replace, 1)),
            0 => Err(self.wrong("the text that it replaces is not there any more")),
            several => Err(self.wrong(&format!("the text that it replaces is there {several} times"))),
        }
    }

    /// The same for a file in a tree.
    pub fn apply_in(&self, root: &Path) -> Result<String, Failure> {
        let path = root.join(&self.file);
        let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
        self.apply(&text)
    }

    /// The suite of the test that has to fail.
    pub fn suite(&self, names: &TestNames) -> Result<Suite, Failure> {
        names
            .suite(&self.test)
            .ok_or_else(|| self.wrong(&format!("there is no test {}, or several", self.test)))
    }

    fn wrong(&self, why: &str) -> Failure {
        Failure::Unexpected(format!("{LIST}: {} ({}): {why}", self.name, self.file))
    }
}

/// All faults of the list.
pub fn read(root: &Path) -> Result<Vec<Fault>, Failure> {
    #[derive(Deserialize)]
    struct List {
        fault: Vec<Fault>,
    }
    let path = root.join(LIST);
    let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
    let list: List = toml::from_str(&text).map_err(|error| Failure::Unexpected(format!("{LIST}: {error}")))?;
    Ok(list.fault)
}

/// Those of these names, or all where none is named.
pub fn choose(faults: Vec<Fault>, names: &[String]) -> Result<Vec<Fault>, Failure> {
    if let Some(unknown) = names
        .iter()
        .find(|name| !faults.iter().any(|fault| fault.name == **name))
    {
        let known: Vec<_> = faults.iter().map(|fault| fault.name.as_str()).collect();
        return Err(Failure::Unexpected(format!(
            "no fault is called {unknown}; there are {}",
            known.join(", ")
        )));
    }
    let is_chosen = |fault: &Fault| names.is_empty() || names.contains(&fault.name);
    Ok(faults.into_iter().filter(is_chosen).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::workspace::Workspace;

    fn fault() -> Fault {
        Fault {
            name: "x".to_owned(),
            case: "A1".to_owned(),
            what: "x".to_owned(),
            file: "x.rs".to_owned(),
            find: "a < b".to_owned(),
            replace: "a <= b".to_owned(),
            test: "x::x".to_owned(),
        }
    }

    #[test]
    fn a_fault_applies_where_its_text_stands_once() {
        assert_eq!(fault().apply("if a < b {").unwrap(), "if a <= b {");
        for (text, why) in [("if b > a {", "not there"), ("a < b || a < b", "2 times")] {
            let said = fault().apply(text).unwrap_err().to_string();
            assert!(said.contains(why), "{said}");
        }
    }

    #[test]
    fn faults_are_chosen_by_name() {
        let two = || {
            vec![
                fault(),
                Fault {
                    name: "y".to_owned(),
                    ..fault()
                },
            ]
        };
        assert_eq!(choose(two(), &[]).unwrap().len(), 2);
        assert_eq!(choose(two(), &["y".to_owned()]).unwrap()[0].name, "y");
        let said = choose(two(), &["z".to_owned()]).unwrap_err().to_string();
        assert!(said.contains("x, y"), "{said}");
    }

    /// Each fault of the list can be seeded into this very tree, changes something, and has its test.
    #[test]
    fn all_faults_apply_and_have_their_test() {
        let workspace = Workspace::find().unwrap();
        let (faults, names) = (
            read(workspace.root()).unwrap(),
            TestNames::of(workspace.root()).unwrap(),
        );
        assert!(faults.len() >= 20, "{}", faults.len());
        let different: BTreeSet<_> = faults.iter().map(|fault| &fault.name).collect();
        assert_eq!(different.len(), faults.len(), "each has a name of its own");
        let problems: Vec<_> = faults
            .iter()
            .flat_map(|fault| {
                assert_ne!(fault.find, fault.replace, "{}", fault.name);
                let applied = fault.apply_in(workspace.root()).map(drop);
                [applied.err(), fault.suite(&names).err()]
            })
            .flatten()
            .map(|problem| problem.to_string())
            .collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}
