//! Which crates the code of a module comes from: `rekey-weigh MODULE` reads a `.wasm` that still has the names of its functions,
//! and prints a line for each crate, the bytes of its functions behind a tab, the largest first.
//!
//! Beside `rekey-bindgen` because that has the reader of WebAssembly among its dependencies already. A function counts for the
//! crate that its name begins with, so a generic one for the crate that wrote it, whoever calls it. It must not know Rekey.

use std::collections::BTreeMap;
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs};

use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What no crate is known for: glue of the linker and of wasm-bindgen.
const NO_CRATE: &str = "(none)";

fn main() -> ExitCode {
    let Some(module) = env::args_os().nth(1) else {
        eprintln!("usage: rekey-weigh MODULE");
        return ExitCode::from(2);
    };
    match fs::read(module).map_err(Into::into).and_then(|module| weigh(&module)) {
        Ok(crates) => {
            for (name, bytes) in crates {
                println!("{name}\t{bytes}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("rekey-weigh: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The crates and their bytes, the largest first.
fn weigh(module: &[u8]) -> Result<Vec<(String, usize)>, Box<dyn Error>> {
    let (mut imported, mut sizes, mut names) = (0_u32, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(module) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(found) = section.as_known() {
                    for name in found {
                        if let Name::Function(functions) = name? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index, function.name);
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    if names.is_empty() {
        return Err("the module has no names of functions".into());
    }
    let mut crates = BTreeMap::<_, usize>::new();
    for (index, bytes) in (imported..).zip(sizes) {
        let of = names
            .get(&index)
            .map_or_else(|| NO_CRATE.to_owned(), |name| crate_of(name));
        *crates.entry(of).or_default() += bytes;
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(name, bytes)| (std::cmp::Reverse(*bytes), name.clone()));
    Ok(crates)
}

/// The first path in a name such as `<alloc::vec::Vec<T> as core::iter::Extend<T>>::extend`.
fn crate_of(mangled: &str) -> String {
    let name = format!("{:#}", demangle(mangled));
    let is_of_a_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let mut words = name.split(|sign: char| !is_of_a_word(sign)).scan(0, |read, word| {
        let end = *read + word.len();
        *read = end + 1;
        Some((word, name[end..].starts_with("::")))
    });
    let first = words.find(|(word, begins_path)| *begins_path && !word.is_empty());
    first.map_or_else(|| NO_CRATE.to_owned(), |(word, _)| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_of_the_crate_that_wrote_it() {
        for (name, of) in [
            ("rekey::ui::live::forms::submit", "rekey"),
            ("<alloc::vec::Vec<T> as core::iter::Extend<T>>::extend", "alloc"),
            (
                "<&mut serde_json::de::Deserializer<R> as serde::Deserializer>::deserialize",
                "serde_json",
            ),
            ("core::ptr::drop_in_place<rekey::wire::answer::Answer>", "core"),
            ("__wbindgen_malloc", NO_CRATE),
        ] {
            assert_eq!(crate_of(name), of, "{name}");
        }
    }

    #[test]
    fn a_module_without_names_is_refused() {
        assert!(weigh(b"\0asm\x01\0\0\0").is_err());
    }
}
