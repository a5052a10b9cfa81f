//! Services make entries of the activity, ids and secrets by their act alone, which has one time for all of them
//! (`docs/decisions/0059-one-act.md`). Only tests.

use std::fs;

use crate::files;
use crate::workspace::Workspace;

const SERVICES: &str = "src/server/service";
/// The act itself; and what tells of tries that were refused, each at its own time.
const MAKERS: [&str; 2] = ["acting/act.rs", "activity/note_refusals.rs"];
const MADE: [&str; 2] = ["Entry {", "random::"];

/// What a file makes without an act.
fn made_in(code: &str) -> Vec<&'static str> {
    let product = code.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    MADE.into_iter().filter(|what| product.contains(what)).collect()
}

#[test]
fn what_an_act_makes_is_made_nowhere_else() {
    let workspace = Workspace::find().expect("the workspace");
    let mut found = Vec::new();
    for file in files::below(&workspace.root().join(SERVICES)).expect("the services") {
        if MAKERS.iter().any(|maker| file.ends_with(maker)) {
            continue;
        }
        let code = fs::read_to_string(&file).expect("code");
        found.extend(made_in(&code).iter().map(|what| format!("{}: {what}", file.display())));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn an_entry_or_a_secret_made_by_hand_is_found() {
    assert_eq!(made_in("let entry = Entry {\n    id: x,"), ["Entry {"]);
    assert_eq!(made_in("let id = UserId::mint(now, random::bytes());"), ["random::"]);
    assert!(made_in("act.entry(whose)\n#[cfg(test)]\nmod tests {\n    random::bytes()").is_empty());
}
