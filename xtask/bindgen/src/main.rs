//! Turns the compiled browser's half into what a browser loads: `rekey-bindgen MODULE FOLDER NAME` reads a `.wasm` that
//! cargo has built and writes `NAME.js` and `NAME_bg.wasm` into the folder. With `--names` behind it the functions keep their
//! names, for who weighs the module.
//!
//! A member of its own because it stands on forty crates that nothing else here needs: `cargo xtask check` and the unit
//! tests do not pay for it. It must not know Rekey, the Leptos table, or where files end up.

use std::env;
use std::ffi::OsString;
use std::process::ExitCode;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let (module, folder, name, keeps_names) = match arguments.as_slice() {
        [module, folder, name] => (module, folder, name, false),
        [module, folder, name, option] if option == "--names" => (module, folder, name, true),
        _ => {
            eprintln!("usage: rekey-bindgen MODULE FOLDER NAME [--names]");
            return ExitCode::from(2);
        }
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(&name.to_string_lossy())
        .typescript(false)
        // Names of functions are a third of a development build and nobody reads them in the browser.
        .remove_name_section(!keeps_names)
        .remove_producers_section(true);
    let outcome = bindgen.web(true).and_then(|bindgen| bindgen.generate(folder));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rekey-bindgen: {error:#}");
            ExitCode::FAILURE
        }
    }
}
