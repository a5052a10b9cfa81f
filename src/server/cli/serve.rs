//! `rekey serve` and `rekey serve --demo`.

use std::net::SocketAddr;
use std::path::Path;

use super::answer::CommandFailure;
use super::output::{complain, say};
use crate::server::config::Config;
use crate::server::{demo, permissions, run, telemetry};

/// The server by its configuration, which `file` may be a part of, until it is told to stop.
pub async fn serve(mut config: Config, file: &Path, listen: Option<SocketAddr>) -> Result<(), CommandFailure> {
    config.listen = listen.unwrap_or(config.listen);
    telemetry::start(&config.log).map_err(CommandFailure::while_doing("starting the log"))?;
    permissions::warn_of_readers(file);
    let running = run::serve(config).await.map_err(|error| CommandFailure::Failed {
        doing: "starting the server",
        error,
    })?;
    tracing::info!(listen = %running.address(), "server.started");
    until_told_to_stop().await;
    running.stop().await;
    Ok(())
}

/// The demo, until it is told to stop. Its database goes with it.
pub async fn demo(listen: Option<SocketAddr>) -> Result<(), CommandFailure> {
    let listen = listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000)));
    if !listen.ip().is_loopback() {
        return Err(CommandFailure::Usage(format!(
            "the demo listens on this machine only: use --listen 127.0.0.1:{}",
            listen.port()
        )));
    }
    let filter = std::env::var("REKEY_LOG").unwrap_or_else(|_| "warn".to_owned());
    let filter = filter
        .parse()
        .map_err(|_| CommandFailure::Usage("REKEY_LOG is no log filter, for example info".to_owned()))?;
    telemetry::start(&filter).map_err(CommandFailure::while_doing("starting the log"))?;
    let demo = demo::start(listen).await.map_err(|error| CommandFailure::Failed {
        doing: "starting the demo",
        error,
    })?;
    let address = demo.address();
    let words = format!(
        "The demo serves at http://{address}\n  sign in as max@blueheron.example with {}\n  its mails arrive at \
         http://{address}/dev/mail",
        demo::PASSWORD
    );
    // It serves whether or not that can be read.
    if let Err(error) = say(words) {
        complain(format_args!(
            "rekey: where the demo serves could not be written: {error}"
        ));
    }
    until_told_to_stop().await;
    demo.stop().await;
    Ok(())
}

/// Ctrl-C, or SIGTERM from whatever supervises the process.
async fn until_told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without a handler the system ends the process.
    let _ = interrupted.await;
}
