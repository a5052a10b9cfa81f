//! A mail server that takes everything and keeps nothing of it, on threads of its own: what it costs is as little as can be.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Outcome;

/// Between two looks at how many mails came.
const GLANCE: Duration = Duration::from_millis(2);

/// What came since the last count was begun.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arrived {
    /// How many mails.
    pub mails: usize,
    /// When the first of them was there.
    pub first: Option<Instant>,
    /// When the last of them was.
    pub last: Option<Instant>,
}

/// The mail server. It goes with the process.
pub struct Sink {
    address: SocketAddr,
    arrived: Arc<Mutex<Arrived>>,
}

impl Sink {
    /// Starts it on a free port.
    pub fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let arrived = Arc::<Mutex<Arrived>>::default();
        let counted = Arc::clone(&arrived);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let counted = Arc::clone(&counted);
                // The other side may hang up at any time.
                thread::spawn(move || talk(stream, &counted));
            }
        });
        Ok(Self { address, arrived })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Counts from nothing again.
    pub fn count_anew(&self) {
        *lock(&self.arrived) = Arrived::default();
    }

    /// Waits until so many mails have come, at most for so long.
    pub async fn wait_for(&self, mails: usize, at_most: Duration) -> Outcome<Arrived> {
        let began = Instant::now();
        loop {
            let arrived = *lock(&self.arrived);
            if arrived.mails >= mails {
                return Ok(arrived);
            }
            if began.elapsed() > at_most {
                return Err(format!("{} of {mails} mails arrived within {at_most:?}", arrived.mails).into());
            }
            tokio::time::sleep(GLANCE).await;
        }
    }
}

fn lock(arrived: &Mutex<Arrived>) -> MutexGuard<'_, Arrived> {
    arrived.lock().unwrap_or_else(PoisonError::into_inner)
}

fn talk(mut stream: TcpStream, arrived: &Mutex<Arrived>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream.try_clone()?);
    let mut line = Vec::new();
    stream.write_all(b"220 sink.example\r\n")?;
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        match line.get(..4) {
            Some(b"EHLO") => stream.write_all(b"250-sink.example\r\n250 8BITMIME\r\n")?,
            Some(b"DATA") => {
                stream.write_all(b"354 go on\r\n")?;
                while line != b".\r\n" {
                    line.clear();
                    if lines.read_until(b'\n', &mut line)? == 0 {
                        return Ok(());
                    }
                }
                {
                    let (mut arrived, now) = (lock(arrived), Instant::now());
                    arrived.mails += 1;
                    arrived.first.get_or_insert(now);
                    arrived.last = Some(now);
                }
                stream.write_all(b"250 2.0.0 taken\r\n")?;
            }
            Some(b"QUIT") => return stream.write_all(b"221 2.0.0 bye\r\n"),
            _ => stream.write_all(b"250 2.0.0 ok\r\n")?,
        }
    }
}
