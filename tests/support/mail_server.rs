//! Mail servers for what the recorder has no part in: login and TLS.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A certificate for `localhost`, signed by itself, and its key: of use to nobody but tests.
const LOCALHOST_PEM: &[u8] = include_bytes!("../../src/server/mail/transport/localhost.pem");

/// What is wrong with a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It refuses our name and password: `535 5.7.8`.
    Login,
    /// It speaks TLS with a certificate that nobody vouches for.
    Certificate,
    /// It is not on this machine, as far as its address tells, and offers no STARTTLS.
    NoStartTls,
    /// It takes no mail from our sender: `550 5.7.1` to MAIL FROM.
    Sender,
}

/// Starts one; its SMTP URL.
pub async fn start(wrong: Wrong) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let acceptor = TlsAcceptor::from(Arc::new(tls()));
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if wrong == Wrong::Certificate {
                    if let Ok(tls) = acceptor.accept(tcp).await {
                        talk(tls, wrong).await;
                    }
                } else {
                    talk(tcp, wrong).await;
                }
            });
        }
    });
    match wrong {
        Wrong::Login => format!("smtp://somebody:lantern-orbit@127.0.0.1:{port}"),
        Wrong::Certificate => format!("smtps://127.0.0.1:{port}"),
        // The same machine under an address that is no loopback address by its form.
        Wrong::NoStartTls => format!("smtp://[::ffff:127.0.0.1]:{port}"),
        Wrong::Sender => format!("smtp://127.0.0.1:{port}"),
    }
}

fn tls() -> ServerConfig {
    let certificate = CertificateDer::from_pem_slice(LOCALHOST_PEM).expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(LOCALHOST_PEM).expect("a key");
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together")
}

/// Answers until the other side hangs up. Nothing that it is told to send in the clear must come here.
async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin, wrong: Wrong) {
    let mut stream = BufReader::new(stream);
    let mut answer = "220 mail.example ready\r\n";
    loop {
        if stream.write_all(answer.as_bytes()).await.is_err() || stream.flush().await.is_err() {
            return;
        }
        let mut line = String::new();
        if !matches!(stream.read_line(&mut line).await, Ok(read) if read > 0) {
            return;
        }
        answer = match (line.split_whitespace().next().unwrap_or_default(), wrong) {
            ("EHLO", Wrong::Login) => "250-mail.example\r\n250 AUTH PLAIN\r\n",
            ("AUTH", Wrong::Login) => "535 5.7.8 Name or password is wrong\r\n",
            ("MAIL", Wrong::Sender) => "550 5.7.1 No mail from this sender\r\n",
            ("EHLO", _) => "250 mail.example\r\n",
            ("RSET" | "NOOP" | "QUIT", _) => "250 2.0.0 Yes\r\n",
            _ => "503 5.5.1 Not before the rest is in order\r\n",
        };
    }
}
