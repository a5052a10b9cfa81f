//! A browser without script, over a real connection of its own: keeps cookies, follows redirects only when asked.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cookie::Cookie;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Method, RequestBuilder, redirect};
use url::{Url, form_urlencoded};

use super::page::{Form, Page};

/// What the browser calls itself; in mails it is "Firefox on Linux".
const USER_AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

/// Between the parts of a form with a file.
const BOUNDARY: &str = "----------------------------rekey-tests-7f31";

/// How long an answer is waited for, of real time: a machine may have other things to do.
const PATIENCE: Duration = Duration::from_mins(2);

/// One browser.
pub struct Client {
    http: reqwest::Client,
    base: Url,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Client {
    /// A browser that knows no cookie. Relative addresses are meant below `base`.
    pub fn new(base: Url) -> Self {
        let http = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .user_agent(USER_AGENT)
            .no_proxy()
            .timeout(PATIENCE)
            .build()
            .expect("a client without TLS needs nothing that can be missing");
        Self {
            http,
            base,
            cookies: Mutex::default(),
        }
    }

    /// Opens a page.
    pub async fn get(&self, address: &str) -> Page {
        self.send(self.request(Method::GET, address)).await
    }

    /// Posts these fields, whatever a form would send.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Page {
        self.send(self.posting(address, fields)).await
    }

    /// The request that posts these fields, for more headers, or to be sent another way.
    pub fn posting(&self, address: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.request(Method::POST, address)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
    }

    /// Presses a form's button.
    pub async fn submit(&self, form: Form) -> Page {
        let fields: Vec<_> = form
            .fields()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        if let Some(body) = form.parts(BOUNDARY) {
            let kind = format!("multipart/form-data; boundary={BOUNDARY}");
            let request = self.request(Method::POST, form.action()).header(CONTENT_TYPE, kind);
            return self.send(request.body(body)).await;
        }
        if form.is_post() {
            return self.post(form.action(), &fields).await;
        }
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.get(&format!("{}?{query}", form.action())).await
    }

    /// Goes where a redirect leads.
    pub async fn follow(&self, page: &Page) -> Page {
        self.get(&page.location()).await
    }

    /// A request with the browser's cookies, for whatever no form sends.
    pub fn request(&self, method: Method, address: &str) -> RequestBuilder {
        let url = self.base.join(address).expect("tests write addresses that can be read");
        let request = self.http.request(method, url);
        let cookies: Vec<_> = self
            .jar()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if cookies.is_empty() {
            request
        } else {
            request.header(COOKIE, cookies.join("; "))
        }
    }

    /// Sends it and keeps the cookies of the answer.
    pub async fn send(&self, request: RequestBuilder) -> Page {
        let answer = request.send().await.expect("the server answers");
        for set in answer.headers().get_all(SET_COOKIE) {
            let set = set.to_str().expect("cookies are ASCII");
            let cookie = Cookie::parse(set).expect("the server sets cookies that can be read");
            // Only "gone at once" counts: the clock of the tests is not the machine's.
            if cookie.max_age().is_some_and(cookie::time::Duration::is_zero) {
                self.jar().remove(cookie.name());
            } else {
                self.jar().insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = answer.text().await.expect("the answer arrives whole");
        Page::new(status, headers, body)
    }

    /// A cookie's value as it travels.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get(name).cloned()
    }

    /// Puts a cookie into the browser, as somebody who plants one would.
    pub fn plant_cookie(&self, name: &str, value: &str) {
        self.jar().insert(name.to_owned(), value.to_owned());
    }

    fn jar(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Page {
    /// Where a redirect leads; anything else fails the test.
    pub fn location(&self) -> String {
        assert!(
            (300..400).contains(&self.status),
            "no redirect but {}: {}",
            self.status,
            self.text()
        );
        self.header(LOCATION.as_str()).unwrap_or_default().to_owned()
    }
}
