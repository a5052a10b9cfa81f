//! The connections of clients: how many there may be, and how long each may take over what it sends and over what it is sent
//! (F3). `docs/decisions/0051-connections.md` has the reasons.
//!
//! Nothing here knows what is asked. The time that a request's body may take is watched where it is read
//! (`http/body_limit.rs`), since somebody is to be told.

use std::convert::Infallible;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::futures::OwnedNotified;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep_until};
use tower::Service;

use self::answer::Answer;
use self::progress::Progress;
use self::watched::Watched;

mod answer;
mod progress;
mod watched;

/// The largest head of a request, in bytes; a larger one is answered 431. Proxies let less through.
const MOST_HEAD_BYTES: usize = 64 * 1024;
/// The time between two lines in the log that say that there is no place.
const TOLD_EVERY: Duration = Duration::from_mins(1);

/// What the operator allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long the head of a request may take.
    pub head: Duration,
    /// How long its body may take; and how long an answer may lie there of which nobody takes anything.
    pub body: Duration,
    /// Connections at once.
    pub most: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(30),
            most: 1024,
        }
    }
}

/// Serves until told to stop, and then until each request that has begun is answered.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut door = Door {
        listener,
        places: Arc::new(Semaphore::new(limits.most)),
        room: Arc::default(),
        told: None,
    };
    let mut http = Builder::new();
    // The time for a head is kept here: the library's own runs between two requests as well.
    http.header_read_timeout(None::<Duration>)
        .max_header_size(MOST_HEAD_BYTES);
    let stopping = watch::Sender::new(false);
    let mut open = JoinSet::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer, place) = tokio::select! {
            let_in = door.let_in() => let_in,
            () = &mut stop => break,
        };
        // Those that have ended.
        while open.try_join_next().is_some() {}
        let client = Client {
            stream,
            peer,
            limits,
            room: Arc::clone(&door.room),
            stopping: stopping.subscribe(),
        };
        let (http, app) = (http.clone(), app.clone());
        open.spawn(async move {
            client.serve(&http, app).await;
            drop(place);
        });
    }
    drop(door);
    stopping.send_replace(true);
    while open.join_next().await.is_some() {}
}

/// Where connections come in.
struct Door {
    listener: TcpListener,
    /// Those that are left.
    places: Arc<Semaphore>,
    /// Where connections wait that are between two requests, to be asked to leave: the one that has waited longest first.
    room: Arc<Notify>,
    /// When the log was told last that there is no place.
    told: Option<Instant>,
}

impl Door {
    /// The next connection, once there is a place for it. While there is none it waits unread, and all behind it with the
    /// system.
    async fn let_in(&mut self) -> (TcpStream, SocketAddr, OwnedSemaphorePermit) {
        loop {
            let (stream, peer) = Listener::accept(&mut self.listener).await;
            if let Some(place) = self.place().await {
                // Without it a page in several writes waits for the client's delayed acknowledgement, 40 ms each time.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(error = %error, "connection.nodelay failed");
                }
                return (stream, peer, place);
            }
        }
    }

    async fn place(&mut self) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Some(place);
        }
        if self.told.is_none_or(|told| told.elapsed() >= TOLD_EVERY) {
            self.told = Some(Instant::now());
            tracing::warn!("connections.full: the next ones wait; REKEY_MAX_CONNECTIONS says how many there may be");
        }
        self.room.notify_one();
        // Nobody closes it.
        Arc::clone(&self.places).acquire_owned().await.ok()
    }
}

/// A connection that has its place.
struct Client {
    stream: TcpStream,
    peer: SocketAddr,
    limits: Limits,
    room: Arc<Notify>,
    stopping: watch::Receiver<bool>,
}

impl Client {
    /// Answers one request after another, until the client or the server has enough of it.
    async fn serve(self, http: &Builder, app: Router) {
        let progress = Arc::new(Progress::new(self.limits, Instant::now()));
        let stream = TokioIo::new(Watched::new(self.stream, Arc::clone(&progress)));
        let service = service_fn(|mut request: Request<Incoming>| {
            progress.begin();
            request.extensions_mut().insert(ConnectInfo(self.peer));
            let (answer, progress) = (app.clone().call(request), Arc::clone(&progress));
            async move {
                let answer = answer.await?;
                Ok::<_, Infallible>(answer.map(|body| Answer::new(body, progress)))
            }
        });
        let mut connection = pin!(http.serve_connection(stream, service));
        let mut stopping = self.stopping;
        let mut told_to_stop = pin!(async move {
            // A sender that is gone stops it, too.
            let _ = stopping.wait_for(|is_stopping| *is_stopping).await;
        });
        let mut place_in_line = PlaceInLine::default();
        let mut timer = pin!(sleep_until(Instant::now() + self.limits.head));
        let mut is_ending = false;
        poll_fn(|cx| {
            loop {
                if connection.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(());
                }
                let is_asked = place_in_line.is_asked_to_leave(progress.idle_since(), &self.room, cx);
                if !is_ending && (is_asked || told_to_stop.as_mut().poll(cx).is_ready()) {
                    // What has begun is answered.
                    connection.as_mut().graceful_shutdown();
                    is_ending = true;
                    continue;
                }
                return if is_late(timer.as_mut(), progress.due(), cx) {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                };
            }
        })
        .await;
    }
}

/// The place of a connection among those that are between two requests.
#[derive(Default)]
struct PlaceInLine(Option<(Instant, Pin<Box<OwnedNotified>>)>);

impl PlaceInLine {
    /// Whether it is asked to make room. The place is given up with every request, and taken anew behind all others.
    fn is_asked_to_leave(&mut self, idle_since: Option<Instant>, room: &Arc<Notify>, cx: &mut Context<'_>) -> bool {
        let Some(since) = idle_since else {
            self.0 = None;
            return false;
        };
        let kept = self.0.take().filter(|(taken, _)| *taken == since);
        let (_, asked) = self
            .0
            .insert(kept.unwrap_or_else(|| (since, Box::pin(Arc::clone(room).notified_owned()))));
        asked.as_mut().poll(cx).is_ready()
    }
}

/// Whether what is due by then has not come. Wakes whoever asks when the time is up. The timer is set back only where it
/// would be too late: most requests come whole, and need none.
fn is_late(mut timer: Pin<&mut Sleep>, due: Option<Instant>, cx: &mut Context<'_>) -> bool {
    let Some(due) = due else { return false };
    if timer.is_elapsed() || timer.deadline() > due {
        timer.as_mut().reset(due);
    }
    while timer.as_mut().poll(cx).is_ready() {
        if Instant::now() >= due {
            return true;
        }
        timer.as_mut().reset(due);
    }
    false
}
