//! TLS towards the mail server: one configuration for both ways of securing a connection, with the system's roots.
//!
//! The crypto provider is named here and does not depend on what the process may have installed. A wrong certificate
//! ends the connection before anything is sent (case G5).

use std::io;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Reads the system's roots, so it blocks. Called for each connection: the roots may have changed since the last one.
pub(super) fn system_roots() -> Result<ClientConfig, rustls::Error> {
    Ok(
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_platform_verifier()?
            .with_no_client_auth(),
    )
}

/// Shakes hands with a server that proves its name.
pub(super) async fn secured(tcp: TcpStream, config: ClientConfig, host: &str) -> io::Result<TlsStream<TcpStream>> {
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    TlsConnector::from(Arc::new(config)).connect(name, tcp).await
}
