//! A client on one kept connection of HTTP/1.1, with as little as possible between the socket and the clock.

use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, USER_AGENT};
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::form_urlencoded;

use super::Outcome;

/// Nothing may take longer: a page that waits for news is answered after 25 s.
const LIMIT: Duration = Duration::from_secs(40);

/// One request, and what its answer must be.
#[derive(Clone, Debug)]
pub struct Ask {
    method: Method,
    path: String,
    cookie: Option<String>,
    form: Option<Bytes>,
    takes_brotli: bool,
    expected: StatusCode,
    shows: Option<String>,
    leads_to: Option<String>,
}

impl Ask {
    /// Opens a page, which must answer 200 and, looked at once, hold `shows`.
    pub fn get(path: &str, shows: &str) -> Self {
        Self {
            method: Method::GET,
            path: path.to_owned(),
            cookie: None,
            form: None,
            takes_brotli: false,
            expected: StatusCode::OK,
            shows: Some(shows.to_owned()),
            leads_to: None,
        }
    }

    /// Sends a form, which must answer 303 to an address that begins with `leads_to`.
    pub fn post(path: &str, fields: &[(&str, &str)], leads_to: &str) -> Self {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        Self {
            method: Method::POST,
            form: Some(form.into()),
            expected: StatusCode::SEE_OTHER,
            shows: None,
            leads_to: Some(leads_to.to_owned()),
            ..Self::get(path, "")
        }
    }

    /// Sends the sign-in form.
    pub fn sign_in(email: &str, password: &str) -> Self {
        Self::post("/login", &[("email", email), ("password", password)], "/dashboard")
    }

    /// With the cookie of a session.
    pub fn signed_in(mut self, cookie: &str) -> Self {
        self.cookie = Some(cookie.to_owned());
        self
    }

    /// Must answer this instead.
    pub fn answered(mut self, expected: StatusCode) -> Self {
        self.expected = expected;
        self
    }

    /// Takes the answer in Brotli, as browsers do.
    pub fn in_brotli(mut self) -> Self {
        self.takes_brotli = true;
        self
    }

    /// Whether it does something, rather than open a page.
    pub fn is_form(&self) -> bool {
        self.form.is_some()
    }

    fn request(&self, host: &str) -> Result<Request<Full<Bytes>>, hyper::http::Error> {
        let mut request = Request::builder()
            .method(&self.method)
            .uri(&self.path)
            .header(HOST, host)
            .header(USER_AGENT, "rekey-bench");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        if self.takes_brotli {
            request = request.header(ACCEPT_ENCODING, "br");
        }
        if self.form.is_some() {
            request = request
                .header(ORIGIN, format!("http://{host}"))
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        request.body(Full::new(self.form.clone().unwrap_or_default()))
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The header fields.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

/// A kept connection.
pub struct Connection {
    host: String,
    sender: SendRequest<Full<Bytes>>,
    /// Ends with the connection.
    _driver: JoinSet<hyper::Result<()>>,
}

impl Connection {
    /// Opens it.
    pub async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = tokio::time::timeout(LIMIT, TcpStream::connect(address)).await??;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        Ok(Self {
            host: address.to_string(),
            sender,
            _driver: driver,
        })
    }

    /// Sends a request and reads the whole answer. Another status or way on than the expected one is an error.
    pub async fn send(&mut self, ask: &Ask) -> Outcome<Answer> {
        let done = tokio::time::timeout(LIMIT, self.exchange(ask)).await;
        done.map_err(|_| format!("{} {} took more than {LIMIT:?}", ask.method, ask.path))?
    }

    /// The same, and looks whether the body shows what it should.
    pub async fn send_and_look(&mut self, ask: &Ask) -> Outcome<Answer> {
        let answer = self.send(ask).await?;
        if let Some(shows) = &ask.shows
            && !String::from_utf8_lossy(&answer.body).contains(shows)
        {
            return Err(format!("{} {} does not show {shows:?}", ask.method, ask.path).into());
        }
        Ok(answer)
    }

    async fn exchange(&mut self, ask: &Ask) -> Outcome<Answer> {
        self.sender.ready().await?;
        let response = self.sender.send_request(ask.request(&self.host)?).await?;
        let (parts, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        if parts.status != ask.expected {
            return Err(format!("{} {} answered {}", ask.method, ask.path, parts.status).into());
        }
        if let Some(expected) = &ask.leads_to {
            let location = parts.headers.get(LOCATION).and_then(|location| location.to_str().ok());
            if !location.is_some_and(|location| location.starts_with(expected)) {
                return Err(format!("{} {} leads to {location:?}, not {expected}", ask.method, ask.path).into());
            }
        }
        Ok(Answer {
            headers: parts.headers,
            body,
        })
    }
}
