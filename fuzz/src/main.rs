//! libFuzzer on one of the targets, chosen by `REKEY_FUZZ_TARGET`. `cargo xtask fuzz` builds it so that it sees which ways
//! through the code an input takes; built otherwise it only guesses.

#![no_main]

mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static CHOSEN: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let name = std::env::var("REKEY_FUZZ_TARGET").unwrap_or_default();
    let target = targets::ALL.iter().find(|(known, _)| *known == name);
    target.map_or_else(|| panic!("REKEY_FUZZ_TARGET={name} is no target"), |(_, check)| *check)
});

fuzz_target!(|bytes: &[u8]| (*CHOSEN)(bytes));
