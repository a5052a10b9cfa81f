//! Slow clients and many of them, over real sockets (F3): a head that never ends, a body that stalls, an answer that nobody
//! takes, more connections than there may be; and that pages which wait for news are none of these.

use std::future::pending;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::routing::get;
use rekey::server::connections::{self, Limits};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, sleep, timeout};

use crate::support::people::{MAX, UMA};
use crate::support::raw::Raw;
use crate::support::{Client, SECOND, TestApp};

/// What must happen does within this.
const SOON: Duration = Duration::from_secs(10);
/// The limits of most of these tests: far below what nothing would take, and above what a busy machine needs.
const SHORT: Duration = Duration::from_millis(400);
/// Between two pieces of what is sent slowly.
const A_LITTLE: Duration = Duration::from_millis(50);
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

fn limits(most: usize) -> Limits {
    Limits {
        head: SHORT,
        body: SHORT,
        most,
    }
}

/// A request for what costs nothing.
fn ask(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").into_bytes()
}

async fn connect(address: SocketAddr) -> TcpStream {
    TcpStream::connect(address).await.expect("it listens")
}

/// Whether the other side ends the connection without a word.
async fn ends_silently(stream: &mut TcpStream) -> bool {
    let mut said = Vec::new();
    let end = timeout(SOON, stream.read_to_end(&mut said)).await;
    end.is_ok() && said.is_empty()
}

/// Asks for what costs nothing; whether it was answered within the time.
async fn is_answered(connection: &mut Raw, within: Duration) -> bool {
    connection.send(&ask("/health/live")).await;
    let head = async { connection.head(SOON).await.starts_with("HTTP/1.1 200 ") };
    let is_answered = timeout(within, head).await.unwrap_or(false);
    if is_answered {
        connection.skip(b"live\n".len()).await;
    }
    is_answered
}

/// What a live page asks, and waits for.
fn waiting(client: &Client, stamp: &str) -> Vec<u8> {
    let cookie = client.cookie("rekey").expect("a session");
    format!(
        "GET /api/resets-list-since?query=tab%3Dresets&stamp={stamp}&may_wait=true HTTP/1.1\r\nHost: localhost\r\n\
         Cookie: rekey={cookie}\r\n\r\n"
    )
    .into_bytes()
}

/// What the list shows now.
async fn stamp(client: &Client) -> String {
    let answer = client
        .get("/api/resets-list-since?query=tab%3Dresets&stamp=&may_wait=false")
        .await;
    answer.news().expect("all of it").stamp
}

/// A connection on which a live page waits.
async fn live_page(app: &TestApp, client: &Client) -> Raw {
    let (stamp, before) = (stamp(client).await, app.services().lookout.pages());
    let mut page = Raw::open(app.address()).await;
    page.send(&waiting(client, &stamp)).await;
    app.until("it waits", async || app.services().lookout.pages() > before)
        .await;
    page
}

#[tokio::test]
async fn f3_a_head_that_never_ends_is_closed() {
    let app = TestApp::with().connections(limits(1024)).start().await;
    for begun in [
        "",
        "G",
        "GET / HTTP/1.1\r\n",
        "GET /login HTTP/1.1\r\nHost: localhost\r\nX: y",
    ] {
        let mut stream = connect(app.address()).await;
        stream.write_all(begun.as_bytes()).await.expect("it is taken");
        let began = Instant::now();
        assert!(ends_silently(&mut stream).await, "{begun:?}");
        assert!(began.elapsed() >= SHORT / 2, "{begun:?}: not at once");
    }
    // One more line each time gives it no more time.
    let mut stream = connect(app.address()).await;
    let began = Instant::now();
    let trickle = async {
        stream.write_all(b"GET / HTTP/1.1\r\n").await?;
        for line in 0.. {
            stream.write_all(format!("X-{line}: y\r\n").as_bytes()).await?;
            sleep(A_LITTLE).await;
        }
        Ok::<_, std::io::Error>(())
    };
    assert!(timeout(SOON, trickle).await.expect("it ends").is_err());
    assert!(began.elapsed() >= SHORT / 2);
    // Nor does it matter what was answered on the same connection before.
    let mut stream = connect(app.address()).await;
    stream.write_all(&ask("/health/live")).await.expect("it is taken");
    let mut answer = [0; 1024];
    assert!(stream.read(&mut answer).await.expect("an answer") > 0);
    // Between two requests it has longer.
    sleep(2 * SHORT).await;
    stream.write_all(b"GET / HT").await.expect("it is still open");
    assert!(ends_silently(&mut stream).await);
}

#[tokio::test]
async fn f3_a_head_of_more_than_64_kib_is_refused() {
    let app = TestApp::start().await;
    let with = |bytes: usize| {
        format!(
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n",
            "x".repeat(bytes)
        )
    };
    for (bytes, status) in [(60_000, "HTTP/1.1 200 "), (70_000, "HTTP/1.1 431 ")] {
        let mut connection = Raw::open(app.address()).await;
        connection.send(with(bytes).as_bytes()).await;
        let head = connection.head(SOON).await;
        assert!(head.starts_with(status), "{bytes}: {head}");
    }
}

#[tokio::test]
async fn f3_a_body_that_stalls_is_told_so_and_the_connection_ends() {
    let app = TestApp::with().connections(limits(1024)).start().await;
    let before = app.hash_runs();
    let length = format!("POST /login HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: 500\r\n\r\n");
    let chunked = format!("POST /login HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (begun, piece) in [
        (format!("{length}email={UMA}"), None),
        (length.clone(), None),
        (format!("{chunked}6\r\nemail=\r\n"), None),
        // A byte now and then is no body that comes.
        (length.clone(), Some("x")),
        (chunked, Some("1\r\nx\r\n")),
        (length.replace("POST /login", "POST /reset-password"), None),
        (length.replace("POST /login", "POST /nowhere"), None),
        (length.replace("POST /login", "GET /login"), None),
    ] {
        let mut connection = Raw::open(app.address()).await;
        connection.send(begun.as_bytes()).await;
        let (mut reader, mut writer) = connection.split();
        let trickle = async {
            while let Some(piece) = piece
                && writer.write_all(piece.as_bytes()).await.is_ok()
            {
                sleep(A_LITTLE).await;
            }
        };
        let began = Instant::now();
        let mut answer = Vec::new();
        let read = async {
            // What comes after the answer ends some connections with an error.
            let _ = timeout(SOON, reader.read_to_end(&mut answer)).await.expect("it ends");
        };
        tokio::join!(trickle, read);
        let answer = String::from_utf8_lossy(&answer);
        assert!(began.elapsed() >= SHORT / 2);
        assert!(answer.starts_with("HTTP/1.1 408 "), "{begun}: {answer}");
        assert!(
            answer.to_ascii_lowercase().contains("\r\nconnection: close\r\n"),
            "{answer}"
        );
        assert!(answer.contains("That took too long"), "{answer}");
        assert!(
            answer.contains("Not everything arrived in time. Nothing was changed."),
            "{answer}"
        );
    }
    // A script is told in its own way.
    let mut connection = Raw::open(app.address()).await;
    connection
        .send(length.replace("/login", "/api/sign-in").as_bytes())
        .await;
    let head = connection.head(SOON).await;
    assert!(head.starts_with("HTTP/1.1 408 "), "{head}");
    let told = String::from_utf8(connection.rest(SOON).await).expect("text");
    assert!(told.contains("Not everything arrived in time."), "{told}");
    // A proxy's question is answered from the head.
    let mut connection = Raw::open(app.address()).await;
    let began = Instant::now();
    connection
        .send(length.replace("/login", "/auth/verify").as_bytes())
        .await;
    assert!(connection.head(SOON).await.starts_with("HTTP/1.1 401 "));
    assert!(began.elapsed() < SHORT);
    connection.rest(SOON).await;
    assert_eq!(app.hash_runs(), before, "nothing was tried");

    // Whoever is slow and comes to an end in time is served.
    let body = format!("email={UMA}&password=wrong");
    let mut connection = Raw::open(app.address()).await;
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    connection.send(head.as_bytes()).await;
    for piece in body.as_bytes().chunks(body.len().div_ceil(3)) {
        connection.send(piece).await;
        sleep(A_LITTLE).await;
    }
    assert!(connection.head(SOON).await.starts_with("HTTP/1.1 422 "));
}

#[tokio::test]
async fn f3_more_connections_than_there_may_be_wait_for_a_place() {
    let app = TestApp::with()
        .connections(Limits {
            most: 3,
            ..Limits::default()
        })
        .start()
        .await;
    let max = app.sign_in_as(MAX).await;
    let stamp = stamp(&max).await;
    // The browser keeps its connection, which makes room for these. They wait for news, and stay.
    let mut pages = Vec::new();
    for number in 1..=3 {
        let mut page = Raw::open(app.address()).await;
        page.send(&waiting(&max, &stamp)).await;
        app.until("it waits", async || app.services().lookout.pages() == number)
            .await;
        pages.push(page);
    }
    let mut next = Raw::open(app.address()).await;
    let mut last = Raw::open(app.address()).await;
    assert!(!is_answered(&mut next, SHORT).await, "there is no place");
    assert_eq!(app.services().lookout.pages(), 3, "nobody was cut");
    // One ends.
    drop(pages.pop());
    let head = next.head(SOON).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    // The one that was answered has nothing to do, and makes room for the last.
    assert!(is_answered(&mut last, SOON).await);
    assert_eq!(app.services().lookout.pages(), 2, "nobody was cut");
}

#[tokio::test]
async fn f3_the_connection_that_has_been_idle_longest_makes_room() {
    let app = TestApp::with()
        .connections(Limits {
            most: 3,
            ..Limits::default()
        })
        .start()
        .await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut connection = Raw::open(app.address()).await;
        assert!(is_answered(&mut connection, SOON).await);
        open.push(connection);
    }
    // The first is used again, so that the second has been idle longest.
    assert!(is_answered(&mut open[0], SOON).await);
    for (leaves, stays) in [(1, [0, 2]), (3, [2, 0])] {
        let mut next = Raw::open(app.address()).await;
        assert!(is_answered(&mut next, SOON).await);
        open.push(next);
        assert!(
            open[leaves].rest(SOON).await.is_empty(),
            "{leaves} leaves without a word"
        );
        for place in stays {
            assert!(is_answered(&mut open[place], SOON).await, "{place} stays");
        }
    }
}

#[tokio::test]
async fn f3_a_live_page_that_waits_longer_than_any_time_is_not_cut() {
    let app = TestApp::with().connections(limits(1024)).start().await;
    let max = app.sign_in_as(MAX).await;
    let mut page = live_page(&app, &max).await;
    sleep(4 * SHORT).await;
    assert_eq!(app.services().lookout.pages(), 1, "it still waits");
    app.trigger(&max, UMA).await;
    let head = page.head(SOON).await;
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    page.skip(b"null".len()).await;
    // And the connection is as good as before.
    assert!(is_answered(&mut page, SOON).await);
}

/// An answer that is larger than what the system keeps for a connection.
const LARGE: usize = 16 * 1024 * 1024;

/// The same way in, with that answer behind it.
async fn with_a_large_answer(limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let large = Bytes::from(vec![b'x'; LARGE]);
    let router = Router::new()
        .route("/large", get(async move || large))
        .route("/health/live", get(async || "live\n"));
    tokio::spawn(connections::serve(listener, router, limits, pending()));
    address
}

/// Asks for it, over a connection that takes little at once.
async fn ask_for_it(address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(16 * 1024).expect("a small buffer");
    let mut stream = socket.connect(address).await.expect("it listens");
    stream.write_all(&ask("/large")).await.expect("it is taken");
    stream
}

#[tokio::test]
async fn f3_an_answer_that_nobody_takes_is_given_up_and_a_slow_one_is_not() {
    let address = with_a_large_answer(Limits {
        body: SECOND,
        ..limits(1)
    })
    .await;
    let mut stream = ask_for_it(address).await;
    // There is one place, and whoever takes nothing loses it.
    let mut next = Raw::open(address).await;
    assert!(!is_answered(&mut next, SECOND / 2).await);
    assert!(next.head(SOON).await.starts_with("HTTP/1.1 200 "));
    let mut taken = Vec::new();
    // An end before everything was read is an error on some systems.
    let _ = timeout(SOON, stream.read_to_end(&mut taken))
        .await
        .expect("it has ended");
    assert!(!taken.is_empty() && taken.len() < LARGE, "{}", taken.len());
    drop(next);

    // Whoever takes a little all the time gets everything, however long it takes.
    let mut stream = ask_for_it(address).await;
    let (began, mut taken, mut piece) = (Instant::now(), 0, vec![0; 512 * 1024]);
    while taken < LARGE {
        let read = timeout(SOON, stream.read_exact(&mut piece)).await.expect("it goes on");
        taken += read.unwrap_or_else(|error| panic!("{error} after {taken} bytes"));
        sleep(2 * A_LITTLE).await;
    }
    assert!(began.elapsed() > 2 * SECOND, "{:?}", began.elapsed());
    assert!(timeout(SOON, stream.read(&mut piece)).await.expect("the rest").is_ok());
}

#[tokio::test]
async fn f3_a_server_that_stops_answers_what_has_begun() {
    let app = TestApp::start().await;
    let other = app.one_more().await;
    let address = other.address();
    let mut idle = Raw::open(address).await;
    assert!(is_answered(&mut idle, SOON).await);
    let mut silent = Raw::open(address).await;
    let body = format!("email={UMA}&password=wrong");
    let head = format!(
        "POST /login HTTP/1.1\r\nHost: localhost\r\n{FORM}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut busy = Raw::open(address).await;
    busy.send(head.as_bytes()).await;
    // A request that is answered after it shows that the others have arrived.
    let mut witness = Raw::open(address).await;
    assert!(is_answered(&mut witness, SOON).await);
    let rest = async {
        assert!(idle.rest(SOON).await.is_empty(), "at once");
        assert!(silent.rest(SOON).await.is_empty(), "at once");
        let refused = TcpStream::connect(address).await;
        assert!(refused.is_err(), "nobody else is let in");
        busy.send(body.as_bytes()).await;
        let answer = busy.head(SOON).await;
        assert!(answer.starts_with("HTTP/1.1 422 "), "{answer}");
        assert!(
            answer.to_ascii_lowercase().contains("\r\nconnection: close\r\n"),
            "{answer}"
        );
        busy.rest(SOON).await
    };
    let began = Instant::now();
    let (page, ()) = tokio::join!(rest, other.stop());
    assert!(String::from_utf8_lossy(&page).contains("</html>"), "whole");
    assert!(began.elapsed() < 9 * SECOND, "and it does not wait for anything else");
}

#[cfg(unix)]
#[tokio::test]
async fn f3_the_settings_are_checked_at_the_start_and_hold() {
    use crate::support::process::Place;

    let mut place = Place::new();
    for (name, wrong) in [
        ("REKEY_HEADER_TIMEOUT", "0"),
        ("REKEY_BODY_TIMEOUT", "1000"),
        ("REKEY_MAX_CONNECTIONS", "none"),
    ] {
        place.set(name, wrong);
    }
    let (code, words) = place.refused(&["serve"]);
    assert_eq!(code, 2, "{words}");
    for expected in [
        "REKEY_HEADER_TIMEOUT is no number of seconds from 1 to 120, for example 10",
        "REKEY_BODY_TIMEOUT is no number of seconds from 1 to 600, for example 30",
        "REKEY_MAX_CONNECTIONS is no number from 1 to 100000, for example 1024",
    ] {
        assert!(words.contains(expected), "{words}");
    }

    place.set("REKEY_HEADER_TIMEOUT", "1");
    place.set("REKEY_BODY_TIMEOUT", "1");
    place.set("REKEY_MAX_CONNECTIONS", "2");
    let server = place.serve().await;
    let address = place.url().socket_addrs(|| None).expect("an address")[0];
    let mut slow = Raw::open(address).await;
    slow.send(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
        .await;
    let mut silent = connect(address).await;
    let mut next = Raw::open(address).await;
    next.send(&ask("/health/live")).await;
    let answer = slow.head(SOON).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(ends_silently(&mut silent).await);
    assert!(next.head(SOON).await.starts_with("HTTP/1.1 200 "));
    assert!(server.log().contains("connections.full"), "{}", server.log());
}
