//! Whole conversations with a mail server that says anything at all: two mails over one connection, over a stream in memory.
//! A mail counts as handed over only where its own final dot was answered with yes, and then always: never a lost mail, and
//! never a second one after a yes.
//!
//! The input is what the server says, one answer after the other with a zero byte between them; a byte of one cuts an answer
//! into pieces. After its last answer the server hangs up. Where the first byte is odd, we have to sign in.

use std::sync::LazyLock;
use std::time::Duration;

use futures::FutureExt;
use lettre::Address;
use rekey::server::mail::smtp_url::SmtpUrl;
use rekey::server::mail::transport::{Failure, Relay, Reply};
use rekey_domain::mail_reply::bytes::{Progress, ReplyReader};
use rekey_domain::mail_reply::{Stage, Verdict, judge};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::runtime::Runtime;
use tokio::task::yield_now;

const MAIL: &[u8] = b"Subject: x\r\n\r\n.dot\r\n";
/// More than either side ever says at once, so that nobody waits for the other to read.
const ROOM: usize = 64 * 1024;
/// So often the other side is let go on before it is taken to wait for more.
const TURNS: usize = 20;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime")
});

/// What the server has heard, and said to it.
#[derive(Debug, PartialEq, Eq)]
struct Exchange {
    heard: String,
    said: Vec<u8>,
}

pub fn check(bytes: &[u8]) {
    let Some((how, rest)) = bytes.split_first() else { return };
    let url = if how % 2 == 0 {
        "smtp://127.0.0.1"
    } else {
        "smtp://rekey:lantern-orbit@127.0.0.1"
    };
    let answers = rest.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
    let (near, far) = tokio::io::duplex(ROOM);
    let (results, exchanges) = RUNTIME.block_on(async { tokio::join!(client(near, url), server(far, answers)) });
    let dots: Vec<_> = exchanges.iter().filter(|exchange| exchange.heard == ".").collect();
    let taken = results.iter().filter(|result| result.is_ok()).count();
    assert!(taken <= dots.len(), "{taken} taken: {exchanges:?}");
    // A yes that is one reply and nothing else. Where something was said unasked, nobody can tell.
    let is_yes = |exchange: &&&Exchange| one_reply(&exchange.said).is_some_and(|code| code / 100 == 2);
    let yes = dots.iter().filter(is_yes).count();
    assert!(taken >= yes, "{results:?}: {exchanges:?}");
    for failure in results.into_iter().filter_map(Result::err) {
        if judge(failure.stage, failure.code) == Verdict::Refused {
            assert!(matches!(failure.stage, Stage::Recipient | Stage::Body), "{failure:?}");
        }
    }
}

/// The code, where it was one reply, to its end, and nothing behind it.
fn one_reply(said: &[u8]) -> Option<u16> {
    let mut reader = ReplyReader::default();
    let (used, progress) = reader.read(said);
    let reply = reader.finish().filter(|reply| reply.is_whole)?;
    (progress == Progress::Done && used == said.len()).then_some(reply.code)
}

async fn client(stream: DuplexStream, url: &str) -> Vec<Result<Reply, Failure>> {
    let url = SmtpUrl::parse(url).expect("an address");
    let relay = Relay::new(url, "rekey.example", Duration::from_secs(10));
    let address = |text: &str| text.parse::<Address>().expect("an address");
    let (from, to) = (address("accounts@rekey.example"), address("uma@blueheron.example"));
    let mut results = Vec::new();
    let Ok(mut connection) = relay.connect_over(stream).await else {
        return results;
    };
    for _ in 0..2 {
        results.push(connection.send(&from, &to, MAIL).await);
        if connection.is_broken() {
            return results;
        }
    }
    connection.close().await;
    results
}

/// Greets, and answers each line, or the body after its 354.
async fn server(mut stream: DuplexStream, answers: Vec<Vec<u8>>) -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    let mut heard = Some("(connected)".to_owned());
    for answer in answers {
        let Some(line) = heard.take() else { break };
        for piece in answer.split(|byte| *byte == 1) {
            // Whoever has hung up hears nothing.
            let _ = stream.write_all(piece).await;
            yield_now().await;
        }
        let said: Vec<_> = answer.into_iter().filter(|byte| *byte != 1).collect();
        let is_body = line == "DATA" && one_reply(&said).is_some_and(|code| code / 100 == 3);
        exchanges.push(Exchange { heard: line, said });
        heard = listen(&mut stream, if is_body { b"\r\n.\r\n" } else { b"\r\n" }).await;
    }
    exchanges
}

/// What the client says next, up to this end; none where it hangs up, or waits for more of an answer.
async fn listen(stream: &mut DuplexStream, end: &[u8]) -> Option<String> {
    let mut heard = Vec::new();
    for _ in 0..TURNS {
        let mut chunk = [0; 1024];
        // What the client has said is there at once.
        if let Some(Ok(read)) = stream.read(&mut chunk).now_or_never() {
            heard.extend_from_slice(&chunk[..read]);
        }
        if heard.ends_with(end) {
            let text = String::from_utf8_lossy(&heard);
            return text.trim_end().rsplit("\r\n").next().map(str::to_owned);
        }
        yield_now().await;
    }
    None
}
