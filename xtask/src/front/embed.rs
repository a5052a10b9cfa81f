//! The browser's half as the server's build script reads it: `target/embedded` holds `BUILD` (the hash over all files),
//! `pkg/…` and `public/…`, and beside each file its `.br` and `.gz` where they are smaller.
//!
//! A file is written only when its content changed. So an unchanged front leaves the server's build fresh.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::compress;
use crate::failure::Failure;
use crate::files::{self, with_suffix};

/// What the browser can't do without.
const ESSENTIAL: [&str; 3] = ["pkg/rekey.js", "pkg/rekey.wasm", "pkg/rekey.css"];

/// Kinds of files that compress; pictures already are.
const COMPRESSIBLE: [&str; 6] = ["wasm", "js", "css", "svg", "ico", "txt"];

/// Hexadecimal digits of the hash that name a build.
const BUILD_DIGITS: usize = 16;

/// The browser's half, collected.
#[derive(Debug)]
pub struct Front {
    /// The name of this build: changes with any byte of any file.
    pub build: String,
    /// The files by their path in the folder.
    pub files: Vec<Sizes>,
}

/// One file's sizes in bytes.
#[derive(Debug)]
pub struct Sizes {
    /// Such as `pkg/rekey.wasm`.
    pub path: String,
    /// As it is.
    pub raw: usize,
    /// In Brotli, or as it is when that is smaller.
    pub brotli: usize,
}

/// Collects what was built into `site` into `front`, compressed.
pub fn collect(site: &Path, front: &Path) -> Result<Front, Failure> {
    let mut files = BTreeMap::new();
    read_all(site, site, &mut files)?;
    if let Some(missing) = ESSENTIAL.iter().find(|path| !files.contains_key(**path)) {
        return Err(Failure::Unexpected(format!(
            "the build made no {missing} in {}",
            site.display()
        )));
    }
    let build = build_name(&files);
    let mut kept = vec![front.join("BUILD")];
    files::write_if_changed(&front.join("BUILD"), build.as_bytes())?;
    let mut sizes = Vec::new();
    for (path, raw) in &files {
        let place = front.join(path);
        let is_new = files::write_if_changed(&place, raw)?;
        let mut brotli = raw.len();
        if is_compressible(path) {
            brotli = put_packed(&with_suffix(&place, "br"), raw, is_new, compress::brotli)?.unwrap_or(raw.len());
            put_packed(&with_suffix(&place, "gz"), raw, is_new, compress::gzip)?;
        }
        kept.extend([with_suffix(&place, "br"), with_suffix(&place, "gz"), place]);
        sizes.push(Sizes {
            path: path.clone(),
            raw: raw.len(),
            brotli,
        });
    }
    remove_others(front, &kept)?;
    Ok(Front { build, files: sizes })
}

/// Reads a folder and those in it; keys are `pkg/…` and `public/…` with `/` on every system.
fn read_all(site: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Failure> {
    for path in files::entries(folder)? {
        if path.is_dir() {
            read_all(site, &path, files)?;
            continue;
        }
        let words: Vec<_> = path
            .strip_prefix(site)
            .unwrap_or(&path)
            .iter()
            .map(|word| word.to_string_lossy())
            .collect();
        let name = words.join("/");
        if is_for_the_browser(&name) {
            let key = if name.starts_with("pkg/") {
                name
            } else {
                format!("public/{name}")
            };
            files.insert(key, fs::read(&path).map_err(Failure::file("read", &path))?);
        }
    }
    Ok(())
}

/// Type declarations, maps and notes of the tools stay at home.
fn is_for_the_browser(name: &str) -> bool {
    let extension = Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    !matches!(extension, "" | "ts" | "map" | "json" | "md" | "br" | "gz")
        && !name.contains("/.")
        && !name.starts_with('.')
}

fn is_compressible(path: &str) -> bool {
    Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| COMPRESSIBLE.contains(&extension))
}

/// By every path and content.
fn build_name(files: &BTreeMap<String, Vec<u8>>) -> String {
    let parts: Vec<&[u8]> = files
        .iter()
        .flat_map(|(path, content)| [path.as_bytes(), content])
        .collect();
    let mut name = files::hash(&parts);
    name.truncate(BUILD_DIGITS);
    name
}

/// Writes the packed form, or takes away an old one that no longer pays. Returns its size. Leaves it when the raw
/// file is the old one: packing is slow.
fn put_packed(
    place: &Path,
    raw: &[u8],
    is_new: bool,
    pack: impl FnOnce(&[u8]) -> std::io::Result<Option<Vec<u8>>>,
) -> Result<Option<usize>, Failure> {
    if !is_new && let Ok(there) = fs::metadata(place) {
        return Ok(usize::try_from(there.len()).ok());
    }
    let packed = pack(raw).map_err(Failure::file("compress", place))?;
    match &packed {
        Some(packed) => drop(files::write_if_changed(place, packed)?),
        None if place.exists() => fs::remove_file(place).map_err(Failure::file("remove", place))?,
        None => {}
    }
    Ok(packed.map(|packed| packed.len()))
}

fn remove_others(folder: &Path, kept: &[PathBuf]) -> Result<(), Failure> {
    for path in files::entries(folder)? {
        if path.is_dir() {
            remove_others(&path, kept)?;
        } else if !kept.contains(&path) {
            fs::remove_file(&path).map_err(Failure::file("remove", &path))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that goes when the test ends.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("rekey-xtask-{}-{name}", std::process::id()));
            fs::create_dir_all(path.join("site/pkg/snippets")).unwrap();
            let folder = Self(path);
            folder.put("pkg/rekey.js", &"export default 1;".repeat(50));
            folder.put("pkg/rekey.wasm", &"wasm".repeat(400));
            folder.put("pkg/rekey.css", "a{}");
            folder.put("robots.txt", "User-agent: *\nDisallow: /\n");
            folder
        }

        fn put(&self, name: &str, content: &str) {
            fs::write(self.site().join(name), content).unwrap();
        }

        fn site(&self) -> PathBuf {
            self.0.join("site")
        }

        fn front(&self) -> PathBuf {
            self.0.join("front")
        }

        fn collect(&self) -> Front {
            collect(&self.site(), &self.front()).unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn files_are_sorted_into_pkg_and_public_and_compressed() {
        let folder = Folder::new("sorted");
        folder.put("pkg/rekey.d.ts", "declare const x: 1;");
        folder.put("pkg/snippets/inline0.js", "export const y = 2;");
        let front = folder.collect();
        let paths: Vec<_> = front.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "pkg/rekey.css",
                "pkg/rekey.js",
                "pkg/rekey.wasm",
                "pkg/snippets/inline0.js",
                "public/robots.txt"
            ]
        );
        assert_eq!(fs::read_to_string(folder.front().join("BUILD")).unwrap(), front.build);
        assert_eq!(front.build.len(), BUILD_DIGITS);
        assert!(folder.front().join("pkg/rekey.wasm.br").exists());
        assert!(folder.front().join("pkg/rekey.js.gz").exists());
        assert!(
            !folder.front().join("pkg/rekey.css.br").exists(),
            "three bytes do not shrink"
        );
        assert_eq!(front.files[0].brotli, front.files[0].raw);
        assert!(front.files[2].brotli < front.files[2].raw);
    }

    #[test]
    fn an_unchanged_file_is_not_written_again() {
        let folder = Folder::new("unchanged");
        let first = folder.collect();
        let wasm = folder.front().join("pkg/rekey.wasm.br");
        let written = fs::metadata(&wasm).unwrap().modified().unwrap();
        folder.put("pkg/rekey.js", &"export default 2;".repeat(50));
        let second = folder.collect();
        assert_ne!(first.build, second.build);
        assert_eq!(fs::metadata(&wasm).unwrap().modified().unwrap(), written);
        assert_eq!(
            fs::read(folder.front().join("pkg/rekey.js")).unwrap(),
            "export default 2;".repeat(50).as_bytes()
        );
    }

    #[test]
    fn what_is_gone_goes() {
        let folder = Folder::new("gone");
        folder.put("pkg/old.js", &"let old;".repeat(20));
        folder.collect();
        assert!(folder.front().join("pkg/old.js.br").exists());
        fs::remove_file(folder.site().join("pkg/old.js")).unwrap();
        folder.collect();
        assert!(!folder.front().join("pkg/old.js").exists());
        assert!(!folder.front().join("pkg/old.js.br").exists());
    }

    #[test]
    fn a_missing_half_is_named() {
        let folder = Folder::new("missing");
        fs::remove_file(folder.site().join("pkg/rekey.wasm")).unwrap();
        let failure = collect(&folder.site(), &folder.front()).unwrap_err();
        assert!(failure.to_string().contains("pkg/rekey.wasm"));
    }

    #[test]
    fn the_name_of_a_build_depends_on_paths_and_contents() {
        let of = |files: &[(&str, &str)]| {
            build_name(
                &files
                    .iter()
                    .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
                    .collect(),
            )
        };
        assert_eq!(of(&[("a", "1"), ("b", "2")]), of(&[("b", "2"), ("a", "1")]));
        assert_ne!(of(&[("a", "1")]), of(&[("a", "2")]));
        assert_ne!(of(&[("a", "1")]), of(&[("b", "1")]));
        assert_ne!(of(&[("ab", "c")]), of(&[("a", "bc")]));
    }
}
