//! A mail server that answers any step with any bytes, in any pieces, and keeps what it took.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Between two pieces of an answer, so that they are two segments.
const BETWEEN_PIECES: Duration = Duration::from_millis(20);

/// A step of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The greeting.
    Greet,
    /// EHLO.
    Hello,
    /// AUTH.
    Login,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA.
    Data,
    /// After the final dot.
    Dot,
    /// Anything else.
    Other,
}

/// What is to be answered.
pub struct Asked<'a> {
    /// Which step.
    pub step: Step,
    /// The line, or the letter at [`Step::Dot`].
    pub said: &'a str,
    /// The recipient, once it was named.
    pub to: &'a str,
    /// Whether there was another connection already when this one came, which is still there.
    pub is_beyond: bool,
}

/// An answer that is not the usual one.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pieces: Vec<Vec<u8>>,
    hangs_up: bool,
}

impl Answer {
    /// These bytes, in one piece.
    pub fn of(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            pieces: vec![bytes.into()],
            hangs_up: false,
        }
    }

    /// These bytes, in pieces.
    pub fn in_pieces(pieces: Vec<Vec<u8>>) -> Self {
        Self {
            pieces,
            hangs_up: false,
        }
    }

    /// And then nothing more.
    pub fn and_hang_up(self) -> Self {
        Self { hangs_up: true, ..self }
    }
}

/// A mail that was answered with a 2xx at its final dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// To whom.
    pub to: String,
    /// The letter as it came.
    pub letter: String,
}

type Script = Box<dyn Fn(&Asked<'_>) -> Option<Answer> + Send>;

struct Shared {
    script: Mutex<Script>,
    taken: Mutex<Vec<Taken>>,
    /// Whether the one connection that is not [beyond](Asked::is_beyond) is there.
    is_held: AtomicBool,
    /// How many connections came while it was.
    beyond: AtomicUsize,
    has_login: bool,
}

/// The mail server.
#[derive(Clone)]
pub struct Sink {
    port: u16,
    shared: Arc<Shared>,
}

impl Sink {
    /// One that takes everything.
    pub async fn start() -> Self {
        Self::start_with(false).await
    }

    /// One that wants a login, and takes any.
    pub async fn start_with_login() -> Self {
        Self::start_with(true).await
    }

    async fn start_with(has_login: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            script: Mutex::new(Box::new(|_| None)),
            taken: Mutex::default(),
            is_held: AtomicBool::new(false),
            beyond: AtomicUsize::new(0),
            has_login,
        });
        let served = shared.clone();
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                let shared = served.clone();
                let is_beyond = shared.is_held.swap(true, Ordering::SeqCst);
                shared.beyond.fetch_add(usize::from(is_beyond), Ordering::SeqCst);
                tokio::spawn(async move {
                    // The other side may hang up at any time.
                    let _ = talk(tcp, &shared, is_beyond).await;
                    if !is_beyond {
                        shared.is_held.store(false, Ordering::SeqCst);
                    }
                });
            }
        });
        Self { port, shared }
    }

    /// For `REKEY_SMTP_URL`.
    pub fn url(&self) -> String {
        let login = if self.shared.has_login {
            "somebody:lantern-orbit@"
        } else {
            ""
        };
        format!("smtp://{login}127.0.0.1:{}", self.port)
    }

    /// From now on it answers so, and as usual where this says nothing.
    pub fn answers(&self, script: impl Fn(&Asked<'_>) -> Option<Answer> + Send + 'static) {
        *self.shared.script.lock().unwrap_or_else(PoisonError::into_inner) = Box::new(script);
    }

    /// From now on it answers one step with these bytes.
    pub fn says(&self, step: Step, bytes: impl Into<Vec<u8>>) {
        let answer = Answer::of(bytes);
        self.answers(move |asked| (asked.step == step).then(|| answer.clone()));
    }

    /// It takes everything again.
    pub fn is_in_order(&self) {
        self.answers(|_| None);
    }

    /// What it took, in that order.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How often it took a mail to this address.
    pub fn times_taken(&self, to: &str) -> usize {
        self.taken().iter().filter(|taken| taken.to == to).count()
    }

    /// How many connections came beside another one.
    pub fn beyond(&self) -> usize {
        self.shared.beyond.load(Ordering::SeqCst)
    }
}

/// The text of a letter.
pub fn text_of(letter: &str) -> String {
    let letter = MessageParser::default().parse(letter.as_bytes()).expect("a letter");
    letter.body_text(0).expect("a text part").into_owned()
}

async fn talk(tcp: TcpStream, shared: &Shared, is_beyond: bool) -> std::io::Result<()> {
    tcp.set_nodelay(true)?;
    let mut stream = BufReader::new(tcp);
    let (mut to, mut said, mut step) = (String::new(), String::new(), Step::Greet);
    loop {
        let (answer, is_yes) = {
            let asked = Asked {
                step,
                said: &said,
                to: &to,
                is_beyond,
            };
            let script = shared.script.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = script(&asked).unwrap_or_else(|| usual(step, shared));
            let is_yes = answer.pieces.concat().starts_with(b"2");
            (answer, is_yes)
        };
        if step == Step::Dot && is_yes {
            let taken = Taken {
                to: to.clone(),
                letter: said.clone(),
            };
            shared.taken.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
        }
        let is_letter_next = step == Step::Data && answer.pieces.concat().starts_with(b"354");
        for (number, piece) in answer.pieces.iter().enumerate() {
            if number > 0 {
                tokio::time::sleep(BETWEEN_PIECES).await;
            }
            stream.write_all(piece).await?;
            stream.flush().await?;
        }
        if answer.hangs_up || (step == Step::Other && said.starts_with("QUIT")) {
            return stream.shutdown().await;
        }
        said.clear();
        if is_letter_next {
            while !said.ends_with("\r\n.\r\n") && said != ".\r\n" {
                if stream.read_line(&mut said).await? == 0 {
                    return Ok(());
                }
            }
            step = Step::Dot;
            continue;
        }
        if stream.read_line(&mut said).await? == 0 {
            return Ok(());
        }
        step = match said.get(..4) {
            Some("EHLO") => Step::Hello,
            Some("AUTH") => Step::Login,
            Some("MAIL") => Step::Mail,
            Some("RCPT") => Step::Rcpt,
            Some("DATA") => Step::Data,
            _ => Step::Other,
        };
        if step == Step::Rcpt {
            let address = said.trim_end().trim_start_matches("RCPT TO:<");
            address.trim_end_matches('>').clone_into(&mut to);
        }
    }
}

fn usual(step: Step, shared: &Shared) -> Answer {
    Answer::of(match step {
        Step::Greet => "220 sink.example ready\r\n",
        Step::Hello if shared.has_login => "250-sink.example\r\n250 AUTH PLAIN\r\n",
        Step::Hello => "250-sink.example\r\n250 8BITMIME\r\n",
        Step::Login => "235 2.7.0 welcome\r\n",
        Step::Data => "354 go on\r\n",
        Step::Dot => "250 2.0.0 taken\r\n",
        Step::Mail | Step::Rcpt | Step::Other => "250 2.0.0 ok\r\n",
    })
}
