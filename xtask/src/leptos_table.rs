//! `[package.metadata.leptos]` of `Cargo.toml`: what cargo-leptos builds by, and so what xtask builds by.
//!
//! Every key of the table is read here. One that is not known is a failure and not ignored: `cargo leptos` and
//! `cargo xtask` must never build different things from the same table.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::Failure;

/// The table. Paths are relative to the checkout.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LeptosTable {
    /// The name of the JavaScript, WebAssembly and CSS files.
    pub output_name: String,
    /// Where a development server reads the browser's half from.
    pub site_root: PathBuf,
    /// The folder of the built files below `site_root`.
    pub site_pkg_dir: String,
    /// The style's source.
    pub style_file: PathBuf,
    /// Files that are served as they are, at the root.
    pub assets_dir: PathBuf,
    /// Where the server listens unless it is told otherwise.
    pub site_addr: String,
    /// Only `cargo leptos watch` uses it: where pages hear that they should load anew.
    pub reload_port: u16,
    /// The server's cargo features.
    pub bin_features: Vec<String>,
    /// The browser's half's cargo features.
    pub lib_features: Vec<String>,
    /// The cargo profile of the browser's half in a release.
    pub lib_profile_release: String,
}

impl LeptosTable {
    /// Reads it from the checkout's `Cargo.toml`.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let path = root.join("Cargo.toml");
        let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
        Self::parse(&text)
    }

    fn parse(manifest: &str) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Manifest {
            package: Package,
        }
        #[derive(Deserialize)]
        struct Package {
            metadata: Metadata,
        }
        #[derive(Deserialize)]
        struct Metadata {
            leptos: LeptosTable,
        }
        toml::from_str::<Manifest>(manifest)
            .map(|manifest| manifest.package.metadata.leptos)
            .map_err(|error| {
                Failure::Unexpected(format!(
                    "[package.metadata.leptos] in Cargo.toml is not what xtask knows how to build: {error}"
                ))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Workspace;

    #[test]
    fn the_table_of_this_checkout_is_read_whole() {
        let table = LeptosTable::read(Workspace::find().unwrap().root()).unwrap();
        assert_eq!(table.output_name, "rekey");
        assert!(!table.lib_features.is_empty() && !table.bin_features.is_empty());
    }

    #[test]
    fn a_key_that_is_not_known_is_refused() {
        let manifest = fs::read_to_string(Workspace::find().unwrap().root().join("Cargo.toml")).unwrap();
        let with_more = manifest.replace(
            "[package.metadata.leptos]",
            "[package.metadata.leptos]\nhash-files = true",
        );
        assert_ne!(manifest, with_more);
        let failure = LeptosTable::parse(&with_more).unwrap_err();
        assert!(failure.to_string().contains("hash-files"), "{failure}");
    }
}
