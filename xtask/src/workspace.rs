//! Where things are: the checkout, what is built in it, the per-user cache.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The folders of this checkout.
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
    tools: PathBuf,
}

impl Workspace {
    /// Finds them; `CARGO_TARGET_DIR` and `XDG_CACHE_HOME` are honoured.
    pub fn find() -> Result<Self, Failure> {
        // Cargo sets the variable when it runs xtask; the constant is for running the executable by hand.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest)
            .parent()
            .ok_or_else(|| Failure::Unexpected("the xtask folder has no parent".to_owned()))?
            .to_owned();
        // Cargo takes a relative one from the folder where it is started; xtask starts everything in the root.
        let target = root.join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()));
        let cache = env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .filter(|cache| cache.is_absolute())
            .or_else(|| env::home_dir().map(|home| home.join(".cache")))
            .ok_or_else(|| Failure::Missing {
                what: "There is no folder for tools: neither HOME nor XDG_CACHE_HOME is set".to_owned(),
                get: "export HOME=/path/to/your/home".to_owned(),
            })?;
        Ok(Self {
            root,
            target,
            tools: cache.join("rekey").join("tools"),
        })
    }

    /// The checkout.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo builds: `target`, or `CARGO_TARGET_DIR`.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Where xtask builds the browser's half. Not `target/front`: cargo-leptos compiles in there.
    pub fn browser_half(&self) -> PathBuf {
        self.root.join("target").join("browser")
    }

    /// The browser's half, compressed, as the server's build script reads it.
    pub fn front(&self) -> PathBuf {
        self.root.join("target").join("embedded")
    }

    /// The executable to hand out. It stays in the checkout whatever `CARGO_TARGET_DIR` says, so that everybody
    /// finds it.
    pub fn dist(&self) -> PathBuf {
        self.root
            .join("target")
            .join("dist")
            .join(format!("rekey{}", env::consts::EXE_SUFFIX))
    }

    /// The browser tests.
    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// The per-user folder of all tools.
    pub fn tools(&self) -> &Path {
        &self.tools
    }

    /// The per-user folder of one tool. It outlives the checkout: a clean one must not install tools again.
    pub fn tool(&self, name: &str, version: &str) -> PathBuf {
        self.tools.join(format!("{name}-{version}"))
    }

    /// The version of a package that `Cargo.lock` holds; a failure when there is none or more than one.
    pub fn locked_version(&self, package: &str) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&path).map_err(Failure::file("read", &path))?;
        only_version(&text, package)
    }
}

fn only_version(lock: &str, package: &str) -> Result<String, Failure> {
    let lock: toml::Table = lock
        .parse()
        .map_err(|error| Failure::Unexpected(format!("Cargo.lock can't be read: {error}")))?;
    let packages = lock
        .get("package")
        .and_then(toml::Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut versions = packages
        .iter()
        .filter(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .filter_map(|entry| entry.get("version").and_then(toml::Value::as_str));
    match (versions.next(), versions.next()) {
        (Some(version), None) => Ok(version.to_owned()),
        (None, _) => Err(Failure::Unexpected(format!("Cargo.lock has no package {package}"))),
        (Some(_), Some(_)) => Err(Failure::Unexpected(format!(
            "Cargo.lock has more than one version of {package}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
        version = 4
        [[package]]
        name = "wasm-bindgen"
        version = "0.2.129"
        [[package]]
        name = "sha2"
        version = "0.10.9"
        [[package]]
        name = "sha2"
        version = "0.11.1"
    "#;

    #[test]
    fn the_locked_version_is_the_only_one() {
        assert_eq!(only_version(LOCK, "wasm-bindgen").unwrap(), "0.2.129");
        assert!(only_version(LOCK, "sha2").is_err());
        assert!(only_version(LOCK, "leptos").is_err());
        assert!(only_version("?", "leptos").is_err());
    }

    /// The server reads Leptos.toml, cargo-leptos reads Cargo.toml: two files, one truth.
    #[test]
    fn leptos_toml_says_what_cargo_toml_says() {
        let root = Workspace::find().unwrap().root;
        let table = |file: &str| {
            let text = fs::read_to_string(root.join(file)).unwrap();
            text.parse::<toml::Table>().unwrap()["package"]["metadata"]["leptos"].clone()
        };
        assert_eq!(table("Leptos.toml"), table("Cargo.toml"));
    }

    #[test]
    fn the_lock_file_of_this_checkout_is_understood() {
        assert!(Workspace::find().unwrap().locked_version("wasm-bindgen").is_ok());
    }
}
