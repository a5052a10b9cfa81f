//! lettre alone: the same messages over plain connections of it, with and without `TCP_NODELAY`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use lettre::Address;
use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use rekey::server::mail::recorder::RecordedMail;
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::Outcome;

/// Nothing may take longer.
const LIMIT: Duration = Duration::from_mins(1);

/// How lettre is used.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Each hands over one mail after the other.
    pub connections: usize,
    /// On a socket with `TCP_NODELAY`; without it, as lettre connects by itself.
    pub nodelay: bool,
}

/// Hands all mails over, from a thread of its own as Rekey does from a process of its own; mails a second, connecting
/// aside.
pub async fn rate(server: SocketAddr, mails: &Arc<[RecordedMail]>, way: Way) -> Outcome<f64> {
    let (done, result) = oneshot::channel();
    let mails = Arc::clone(mails);
    let sender = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let sent = runtime
            .map_err(Into::into)
            .and_then(|runtime| runtime.block_on(send_all(server, &mails, way)));
        // Nobody waits any more where the benchmark has failed.
        let _ = done.send(sent);
    });
    let rate = tokio::time::timeout(LIMIT, result).await??;
    sender.join().map_err(|_| "lettre's thread panicked")?;
    rate
}

async fn send_all(server: SocketAddr, mails: &Arc<[RecordedMail]>, way: Way) -> Outcome<f64> {
    let mut connections = Vec::new();
    for _ in 0..way.connections {
        connections.push(connect(server, way.nodelay).await?);
    }
    let began = Instant::now();
    let mut workers = JoinSet::new();
    for (first, connection) in connections.into_iter().enumerate() {
        workers.spawn(send(connection, Arc::clone(mails), first, way.connections));
    }
    while let Some(worker) = workers.join_next().await {
        worker??;
    }
    Ok(f64::from(u32::try_from(mails.len())?) / began.elapsed().as_secs_f64())
}

async fn connect(server: SocketAddr, nodelay: bool) -> Outcome<AsyncSmtpConnection> {
    let hello = ClientId::default();
    if !nodelay {
        return Ok(AsyncSmtpConnection::connect_tokio1(server, None, &hello, None, None).await?);
    }
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    Ok(AsyncSmtpConnection::connect_with_transport(Box::new(stream), &hello).await?)
}

/// Every so many-th mail, beginning with `first`. lettre fails on any refusal.
async fn send(
    mut connection: AsyncSmtpConnection,
    mails: Arc<[RecordedMail]>,
    first: usize,
    step: usize,
) -> Outcome<()> {
    for mail in mails.iter().skip(first).step_by(step) {
        let to: Result<Vec<Address>, _> = mail.to.iter().map(|to| to.parse()).collect();
        let envelope = Envelope::new(Some(mail.from.parse()?), to?)?;
        connection.send(&envelope, &mail.raw).await?;
    }
    connection.quit().await?;
    Ok(())
}
