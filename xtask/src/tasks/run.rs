//! `run`: the demo, from whatever state the checkout is in. It serves as soon as the server is built; the live parts
//! join when they are ready, and until then every page works without them.

use std::ffi::OsString;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;

use crate::command::{self, program};
use crate::failure::Failure;
use crate::files;
use crate::front::build;
use crate::leptos_table::LeptosTable;
use crate::needs;
use crate::server;
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Builds the server and becomes it, after starting `cargo xtask front` beside it.
pub fn run(workspace: &Workspace, steps: &mut Steps, arguments: &[OsString]) -> Result<(), Failure> {
    let table = LeptosTable::read(workspace.root())?;
    // What can't be should be said now, not after minutes of building.
    port_is_free(&listen(&table, arguments))?;
    needs::room_on_disk(workspace)?;
    needs::wasm_target(workspace, steps)?;
    let executable = server::build(workspace, steps)?;
    withdraw_live_parts(workspace, &table)?;
    steps.summary();
    eprintln!("\n==> the demo; the live parts follow");
    let mut live = program(this_executable()?, workspace.root());
    live.args(["front", "--beside", &std::process::id().to_string()])
        .stdin(Stdio::null());
    live.spawn().map_err(|error| Failure::Command {
        line: "cargo xtask front".to_owned(),
        outcome: format!("could not be started: {error}"),
    })?;
    let mut command = program(executable, workspace.root());
    command.args(["serve", "--demo"]).args(arguments);
    // Whoever started xtask and stops it stops the server.
    command::become_it(&mut command)
}

/// Live parts of other sources than the server's would hydrate pages that they do not know: they go before it starts.
/// The style stays up to date meanwhile.
fn withdraw_live_parts(workspace: &Workspace, table: &LeptosTable) -> Result<(), Failure> {
    let pkg = workspace.root().join(&table.site_root).join(&table.site_pkg_dir);
    files::empty(&pkg)?;
    build::development_style(workspace, table, &pkg)
}

/// Where the demo is going to listen: its argument, else the table's address.
fn listen(table: &LeptosTable, arguments: &[OsString]) -> String {
    let mut words = arguments.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        if let Some(address) = word.strip_prefix("--listen=") {
            return address.to_owned();
        }
        if word == "--listen" {
            return words.next().unwrap_or_default().into_owned();
        }
    }
    table.site_addr.clone()
}

/// An address that can't be read is left to the server, which says what is wrong with it.
fn port_is_free(address: &str) -> Result<(), Failure> {
    let Ok(address) = address.parse::<SocketAddr>() else {
        return Ok(());
    };
    match TcpListener::bind(address) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Err(Failure::Missing {
            what: format!("Another program listens on {address}"),
            get: format!(
                "stop it, or choose another port: cargo xtask run -- --listen {}:{}",
                address.ip(),
                address.port().checked_add(1).unwrap_or(3000)
            ),
        }),
        _ => Ok(()),
    }
}

fn this_executable() -> Result<PathBuf, Failure> {
    std::env::current_exe().map_err(|error| Failure::Unexpected(format!("xtask does not find itself: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> LeptosTable {
        LeptosTable::read(Workspace::find().unwrap().root()).unwrap()
    }

    #[test]
    fn the_address_is_the_arguments_or_the_tables() {
        let words = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(listen(&table(), &[]), table().site_addr);
        assert_eq!(
            listen(&table(), &words(&["--listen", "127.0.0.1:4000"])),
            "127.0.0.1:4000"
        );
        assert_eq!(listen(&table(), &words(&["--listen=127.0.0.1:4000"])), "127.0.0.1:4000");
        assert_eq!(listen(&table(), &words(&["--listen"])), "");
    }

    #[test]
    fn a_busy_port_is_said_with_the_way_round() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap();
        let said = port_is_free(&address.to_string()).unwrap_err().to_string();
        assert!(
            said.contains(&address.to_string()) && said.contains("--listen"),
            "{said}"
        );
        drop(taken);
        assert!(port_is_free(&address.to_string()).is_ok());
        assert!(port_is_free("nonsense").is_ok());
    }
}
