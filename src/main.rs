//! The executable `rekey`: reads the command line and hands over.

fn main() -> std::process::ExitCode {
    rekey::server::cli::main()
}
