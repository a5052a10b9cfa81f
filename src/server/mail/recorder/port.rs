//! The recorder's port, which can be closed and opened again under the same number.
//!
//! While it is closed, a socket stays bound to it without listening: connections are refused, and no other program
//! is given the number in the meantime.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::task::{Context, Poll};

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Handle;

/// Connections that may wait to be taken.
const BACKLOG: u32 = 128;

/// A loopback port, listening or closed.
pub(super) struct Port {
    /// The runtime that a listener belongs to, so that the port can be opened from any thread.
    runtime: Handle,
    state: State,
}

enum State {
    Listening(TcpListener),
    /// With the socket that holds the number, when the machine gave one.
    Closed(Option<TcpSocket>),
}

impl Port {
    /// Listens on a free port.
    ///
    /// # Errors
    /// When there is none, or outside a tokio runtime.
    pub(super) fn open_any() -> io::Result<(Self, SocketAddr)> {
        let runtime = Handle::try_current().map_err(io::Error::other)?;
        let listener = bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        Ok((
            Self {
                runtime,
                state: State::Listening(listener),
            },
            address,
        ))
    }

    /// Closes the port: refused from the moment this returns.
    pub(super) fn close(&mut self, address: SocketAddr) {
        if matches!(self.state, State::Listening(_)) {
            // The listener goes first, or the number is still taken. Without the holding socket the port is merely
            // not reserved, and opening tries anew.
            self.state = State::Closed(None);
            self.state = State::Closed(bind(address).ok());
        }
    }

    /// Listens again; does nothing on a port that listens.
    ///
    /// # Errors
    /// When the machine does not give the port back; it stays closed then.
    pub(super) fn open_again(&mut self, address: SocketAddr) -> io::Result<()> {
        if let State::Closed(held) = &mut self.state {
            let socket = held.take().map_or_else(|| bind(address), Ok)?;
            let _entered = self.runtime.enter();
            self.state = State::Listening(socket.listen(BACKLOG)?);
        }
        Ok(())
    }

    /// The next connection. A closed port has none and wakes nobody.
    pub(super) fn poll_accept(&self, context: &mut Context<'_>) -> Poll<io::Result<TcpStream>> {
        match &self.state {
            State::Listening(listener) => listener.poll_accept(context).map_ok(|(stream, _)| stream),
            State::Closed(_) => Poll::Pending,
        }
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    // Connections that this port had before may still be winding down.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
