//! Builds the browser's half without cargo-leptos, by the same table: cargo, wasm-bindgen, and for a release wasm-opt
//! and esbuild.
//!
//! The result is a folder as cargo-leptos writes it to `site-root`: `pkg/NAME.js`, `pkg/NAME.wasm`, `pkg/NAME.css`,
//! `pkg/snippets/…`, and the public files beside `pkg`. Each step is skipped when what it was made from is the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, cargo, program};
use crate::failure::Failure;
use crate::files;
use crate::leptos_table::LeptosTable;
use crate::needs;
use crate::npm::{self, FrontTools};
use crate::progress::{self, Show};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// The compiler's name of the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The oldest browsers that get a working style: the first with `light-dark()`, all from before summer 2024.
/// `docs/decisions/0026-build-without-cargo-leptos.md`.
pub const BROWSERS: &str = "chrome123,edge123,firefox120,safari17.5";

/// What wasm-opt is told: size before everything, and what all of [`BROWSERS`] understand and the compiler uses. With its code
/// flattened and put together anew the module is 1.4 % smaller in Brotli than after `-Oz` alone.
const WASM_OPT: [&str; 6] = [
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
];

/// For whom it is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For the demo of `run`: quickly.
    Development,
    /// For the executable that is handed out, and for the browser tests: small.
    Release,
}

impl Kind {
    fn folder(self, workspace: &Workspace) -> PathBuf {
        workspace.browser_half().join(match self {
            Self::Development => "development",
            Self::Release => "release",
        })
    }

    /// The profile's name, and cargo's name of the folder that it builds into.
    fn profile(self, table: &LeptosTable) -> (String, String) {
        match self {
            Self::Development => ("dev".to_owned(), "debug".to_owned()),
            Self::Release => (table.lib_profile_release.clone(), table.lib_profile_release.clone()),
        }
    }

    fn usually(self) -> &'static str {
        match self {
            Self::Development => "a minute the first time, half of it after a change",
            Self::Release => "2 minutes the first time, one after a change",
        }
    }
}

/// Builds it and returns the folder. What is in there besides is removed.
pub fn build(workspace: &Workspace, steps: &mut Steps, kind: Kind) -> Result<PathBuf, Failure> {
    let table = LeptosTable::read(workspace.root())?;
    needs::wasm_target(workspace, steps)?;
    let tools = match kind {
        Kind::Development => None,
        Kind::Release => Some(npm::front_tools(workspace, steps)?),
    };
    let module = compile(workspace, steps, &table, kind)?;
    let folder = kind.folder(workspace);
    let bound = folder.join("bound");
    let made_from = fingerprint(workspace, &module, tools.as_ref())?;
    let mark = folder.join("MADE_FROM");
    if fs::read_to_string(&mark).is_ok_and(|mark| mark == made_from) {
        Steps::already("what wasm-bindgen makes of it");
    } else {
        files::remove_if_there(&mark)?;
        files::empty(&bound)?;
        bind(workspace, steps, &table, &module, &bound)?;
        if let Some(tools) = &tools {
            shrink(workspace, steps, tools, &bound, &table)?;
        }
        files::write(&mark, made_from.as_bytes())?;
    }
    let site = folder.join("site");
    let pkg = site.join(&table.site_pkg_dir);
    files::empty(&site)?;
    files::copy_all(&workspace.root().join(&table.assets_dir), &site)?;
    files::copy_all(&bound, &pkg)?;
    style(workspace, &table, tools.as_ref(), &pkg)?;
    Ok(site)
}

/// The release's module again, with the names of its functions, in a place of its own: for who weighs it. Call it after [`build`].
pub fn with_names(workspace: &Workspace, steps: &mut Steps) -> Result<PathBuf, Failure> {
    let table = LeptosTable::read(workspace.root())?;
    let tools = npm::front_tools(workspace, steps)?;
    let module = compile(workspace, steps, &table, Kind::Release)?;
    build_bindgen(workspace, steps)?;
    let folder = Kind::Release.folder(workspace).join("named");
    files::empty(&folder)?;
    steps.step("making it small, with names", || {
        let mut bindgen = program(bindgen(workspace, "rekey-bindgen"), workspace.root());
        command::run(bindgen.arg(module).arg(&folder).arg("named").arg("--names"))?;
        let named = folder.join("named_bg.wasm");
        let mut wasm_opt = program(&tools.wasm_opt, workspace.root());
        command::run(wasm_opt.args(WASM_OPT).arg("-g").arg(&named).arg("-o").arg(&named))?;
        Ok(named)
    })
}

fn build_bindgen(workspace: &Workspace, steps: &mut Steps) -> Result<(), Failure> {
    let mut build = cargo(workspace.root());
    build.args(["build", "--package", "rekey-bindgen"]);
    steps.step("wasm-bindgen, at the locked version", || {
        progress::run(&mut build, "20 seconds the first time", Show::Rest)
    })
}

/// A program of the member `rekey-bindgen`, which [`with_names`] has built.
pub fn bindgen(workspace: &Workspace, name: &str) -> PathBuf {
    let folder = workspace.target().join("debug");
    folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// The style of a development server, as it is written: every browser that a developer has reads it.
pub fn development_style(workspace: &Workspace, table: &LeptosTable, pkg: &Path) -> Result<(), Failure> {
    style(workspace, table, None, pkg)
}

/// Compiles the library as a `cdylib` alone. With the `rlib` that the manifest names beside it, cargo silently leaves link
/// time optimisation out (rust-lang/cargo#9672), which is 40 kB of Brotli.
fn compile(workspace: &Workspace, steps: &mut Steps, table: &LeptosTable, kind: Kind) -> Result<PathBuf, Failure> {
    let (profile, folder) = kind.profile(table);
    let mut command = cargo(workspace.root());
    command
        .args(["rustc", "--lib", "--crate-type", "cdylib", "--target", TARGET])
        .args(["--no-default-features", "--features", &table.lib_features.join(",")])
        .args(["--profile", &profile])
        .arg("--config")
        .arg(without_paths(workspace));
    steps.step("the browser's half, in WebAssembly", || {
        progress::run(&mut command, kind.usually(), Show::Rest)
    })?;
    Ok(workspace
        .target()
        .join(TARGET)
        .join(folder)
        // Cargo names the file by the library, which has the package's name.
        .join("rekey.wasm"))
}

/// The setting that keeps the paths of this machine out of the module: panics carry the places of the sources (F22). It comes
/// beside the flags that `.cargo/config.toml` sets, and reaches the libraries, too.
fn without_paths(workspace: &Workspace) -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    // A folder for each registry, with a long name that every place in a library would repeat.
    let registries = home.as_deref().map(|home| home.join("registry").join("src"));
    let registries = registries
        .and_then(|folder| files::entries(&folder).ok())
        .unwrap_or_default();
    let registries = registries.iter().map(|folder| (Some(folder.as_path()), "cargo"));
    // Of several that fit, the compiler takes the last one.
    let flags = [(home.as_deref(), "cargo"), (Some(workspace.root()), "rekey")];
    let flags = flags.into_iter().chain(registries).filter_map(|(path, shown)| {
        Some(format!(
            "{:?}",
            format!("--remap-path-prefix={}={shown}", path?.display())
        ))
    });
    format!("build.rustflags=[{}]", flags.collect::<Vec<_>>().join(", "))
}

/// What the bound files are made from: the module's content, and the versions of what changes them.
fn fingerprint(workspace: &Workspace, module: &Path, tools: Option<&FrontTools>) -> Result<String, Failure> {
    let content = files::read(module)?;
    Ok(format!(
        "module {}\nwasm-bindgen {}\ntools {}\noptions {}\n",
        files::hash(&[&content]),
        workspace.locked_version("wasm-bindgen")?,
        tools.map_or("none", |tools| tools.version.as_str()),
        WASM_OPT.join(" ")
    ))
}

fn bind(
    workspace: &Workspace,
    steps: &mut Steps,
    table: &LeptosTable,
    module: &Path,
    bound: &Path,
) -> Result<(), Failure> {
    build_bindgen(workspace, steps)?;
    let name = &table.output_name;
    steps.step("binding it to JavaScript", || {
        let mut bindgen = program(self::bindgen(workspace, "rekey-bindgen"), workspace.root());
        command::run(bindgen.arg(module).arg(bound).arg(name))?;
        // As cargo-leptos names it, and so as the pages do.
        files::rename(
            &bound.join(format!("{name}_bg.wasm")),
            &bound.join(format!("{name}.wasm")),
        )
    })
}

/// wasm-opt on the module, esbuild on every script.
fn shrink(
    workspace: &Workspace,
    steps: &mut Steps,
    tools: &FrontTools,
    bound: &Path,
    table: &LeptosTable,
) -> Result<(), Failure> {
    steps.step("making it small", || {
        let module = bound.join(format!("{}.wasm", table.output_name));
        let mut wasm_opt = program(&tools.wasm_opt, workspace.root());
        wasm_opt.args(WASM_OPT).arg(&module).arg("-o").arg(&module);
        command::run(&mut wasm_opt)?;
        for script in files::below(bound)?.iter().filter(|file| has_ending(file, "js")) {
            command::run(
                esbuild(workspace, tools)
                    .args(["--format=esm", "--allow-overwrite"])
                    .arg(outfile(script))
                    .arg(script),
            )?;
        }
        Ok(())
    })
}

/// The style: as it is without tools, else bundled, lowered for [`BROWSERS`] and minified.
fn style(workspace: &Workspace, table: &LeptosTable, tools: Option<&FrontTools>, pkg: &Path) -> Result<(), Failure> {
    let source = workspace.root().join(&table.style_file);
    let place = pkg.join(format!("{}.css", table.output_name));
    match tools {
        None => files::write(&place, &files::read(&source)?),
        Some(tools) => command::run(
            esbuild(workspace, tools)
                .arg("--bundle")
                .arg(outfile(&place))
                .arg(source),
        ),
    }
}

fn esbuild(workspace: &Workspace, tools: &FrontTools) -> Command {
    let mut command = program(&tools.esbuild, workspace.root());
    command.args(["--minify", "--log-level=warning"]);
    command.arg(format!("--target={BROWSERS}"));
    command
}

fn outfile(place: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("--outfile=");
    argument.push(place);
    argument
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both build the same from one table: what cargo-leptos 0.3.10 passes to cargo (`compile/front.rs`) is what is passed
    /// here, the crate type aside.
    #[test]
    fn the_profiles_are_those_of_the_table() {
        let table = LeptosTable::read(Workspace::find().unwrap().root()).unwrap();
        let manifest = fs::read_to_string(Workspace::find().unwrap().root().join("Cargo.toml")).unwrap();
        let (profile, folder) = Kind::Release.profile(&table);
        assert!(manifest.contains(&format!("[profile.{profile}]")), "{profile}");
        assert_eq!(profile, folder);
        assert_eq!(
            Kind::Development.profile(&table),
            ("dev".to_owned(), "debug".to_owned())
        );
    }

    #[test]
    fn wasm_bindgen_is_the_same_everywhere() {
        let root = Workspace::find().unwrap();
        let locked = root.locked_version("wasm-bindgen").unwrap();
        assert_eq!(root.locked_version("wasm-bindgen-cli-support").unwrap(), locked);
    }
}
