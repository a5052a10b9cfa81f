//! Writes `$OUT_DIR/front.rs`: the table of the files that the server serves, with their bytes inside.
//!
//! `cargo xtask dist` builds the browser's half first and names its folder in `REKEY_FRONT`. Without that variable
//! (development, tests) the table of `pkg` is empty and the server reads those files from disk; what is in `public/`
//! is always inside. Only the server has a table.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The name of a build that has no files inside.
const DEVELOPMENT: &str = "dev";

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=REKEY_FRONT");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return Ok(());
    }
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let source = if let Some(front) = env::var_os("REKEY_FRONT").filter(|front| !front.is_empty()) {
        with_front(&root.join(front))?
    } else {
        let public = root.join("public");
        println!("cargo::rerun-if-changed={}", public.display());
        table(DEVELOPMENT, &[], &files(&public)?)?
    };
    fs::write(PathBuf::from(variable("OUT_DIR")?).join("front.rs"), source)?;
    Ok(())
}

fn with_front(front: &Path) -> Outcome<String> {
    println!("cargo::rerun-if-changed={}", front.display());
    let build = fs::read_to_string(front.join("BUILD"))
        .map_err(|error| format!("no BUILD in REKEY_FRONT={}: {error}", front.display()))?;
    table(
        build.trim(),
        &files(&front.join("pkg"))?,
        &files(&front.join("public"))?,
    )
}

/// A file to embed: its path below the folder that was walked, and where it is.
struct Found {
    name: String,
    place: PathBuf,
}

/// All files of a folder and those in it, in a stable order, without their packed forms.
fn files(folder: &Path) -> Outcome<Vec<Found>> {
    let mut found = Vec::new();
    walk(folder, "", &mut found)?;
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

fn walk(folder: &Path, before: &str, found: &mut Vec<Found>) -> Outcome<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let place = entry?.path();
        let name = place
            .file_name()
            .and_then(|name| name.to_str())
            .ok_or("a file's name is not Unicode")?;
        if name.starts_with('.') {
            // Notes of file managers and editors.
            continue;
        }
        let name = format!("{before}{name}");
        let is_packed = place
            .extension()
            .is_some_and(|extension| extension == "br" || extension == "gz");
        if place.is_dir() {
            walk(&place, &format!("{name}/"), found)?;
        } else if !is_packed {
            found.push(Found { name, place });
        }
    }
    Ok(())
}

fn table(build: &str, pkg: &[Found], public: &[Found]) -> Outcome<String> {
    let mut text = String::new();
    writeln!(
        text,
        "/// The name of this build: stands in every address below `/pkg`."
    )?;
    writeln!(text, "pub const BUILD: &str = {build:?};")?;
    writeln!(text, "/// What is served below `/pkg/{{BUILD}}`; empty in development.")?;
    list(&mut text, "PKG", pkg)?;
    writeln!(text, "/// What is served at the root, such as `/robots.txt`.")?;
    list(&mut text, "PUBLIC", public)?;
    Ok(text)
}

fn list(text: &mut String, name: &str, files: &[Found]) -> Outcome<()> {
    writeln!(text, "pub static {name}: &[File] = &[")?;
    for file in files {
        let raw = include(&file.place)?;
        let (br, gz) = (packed(&file.place, "br")?, packed(&file.place, "gz")?);
        writeln!(
            text,
            "    File {{ path: {:?}, raw: {raw}, br: {br}, gz: {gz} }},",
            file.name
        )?;
    }
    writeln!(text, "];")?;
    Ok(())
}

fn packed(place: &Path, suffix: &str) -> Outcome<String> {
    let mut packed = place.as_os_str().to_owned();
    packed.push(".");
    packed.push(suffix);
    let packed = PathBuf::from(packed);
    if packed.exists() {
        Ok(format!("Some({})", include(&packed)?))
    } else {
        Ok("None".to_owned())
    }
}

fn include(place: &Path) -> Outcome<String> {
    let place = place.to_str().ok_or("the checkout's path is not Unicode")?;
    Ok(format!("include_bytes!({place:?})"))
}

fn variable(name: &str) -> Outcome<String> {
    env::var(name).map_err(|error| format!("cargo sets {name}, but: {error}").into())
}
