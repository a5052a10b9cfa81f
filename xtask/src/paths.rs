//! The addresses of the server are written in `src/wire/paths.rs` and nowhere else in its code. Only tests.

use std::fs;
use std::path::Path;

use crate::files;
use crate::workspace::Workspace;

const HOME: &str = "src/wire/paths.rs";

/// The literals of addresses in the code of a file, outside its comments and tests.
fn addresses_in(code: &str) -> Vec<String> {
    let product = code.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = product.lines().filter(|line| !line.trim_start().starts_with("//"));
    let literals = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    let begins_one = |text: &str| {
        let path = text.strip_prefix('/');
        path.is_some_and(|path| path.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    // At the beginning, or behind what is filled in.
    let is_address = |literal: &&str| {
        (literal.starts_with("/{") && literal.matches('/').count() > 1) || literal.split('}').any(begins_one)
    };
    literals.filter(is_address).map(str::to_owned).collect()
}

fn is_of_tests(file: &Path) -> bool {
    file.file_stem()
        .is_some_and(|name| name == "tests" || name == "test_rows" || name.to_string_lossy().ends_with("_tests"))
}

#[test]
fn an_address_stands_in_the_list_of_addresses_alone() {
    let workspace = Workspace::find().expect("the workspace");
    let mut found = Vec::new();
    for file in files::below(&workspace.root().join("src")).expect("the code") {
        let is_code = file.extension().is_some_and(|ending| ending == "rs");
        if !is_code || is_of_tests(&file) || file.ends_with(HOME) {
            continue;
        }
        let code = fs::read_to_string(&file).expect("code");
        // What the build script wrote is a file, and no address.
        let addresses = addresses_in(&code).into_iter().filter(|text| text != "/front.rs");
        found.extend(addresses.map(|address| format!("{}: {address}", file.display())));
    }
    assert_eq!(found, Vec::<String>::new(), "these belong into {HOME}");
    let home = fs::read_to_string(workspace.root().join(HOME)).expect("the list");
    assert!(addresses_in(&home).len() > 80, "the list has them");
}

#[test]
fn an_address_in_code_is_found_and_one_in_a_comment_or_a_test_is_not() {
    let code = "/// \"/docs\"\nlet a = format!(\"/x/{id}\") + \"none\" + \"//\" + \"{a}/b\";\n#[cfg(test)]\nmod tests {\n\"/y\"\n}\n";
    assert_eq!(addresses_in(code), ["/x/{id}", "{a}/b"]);
    assert!(is_of_tests(Path::new("src/server/http/dev/tests.rs")) && !is_of_tests(Path::new("src/a/attests.rs")));
}
