//! Every page that there is, in every order of its list, the data that a live page asks for, and the files beside.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use hyper::StatusCode;
use rekey::texts::pages::{ask, company, dashboard, link, login, logout};
use rekey::texts::{account, resets_list, trouble};
use rekey::wire::error::AppError;
use rekey_domain::token::Token;

use super::Outcome;
use super::client::{Ask, Connection};
use super::pools::Pools;
use super::seed::Town;

/// One connection tells how long a page takes.
const ONE: &[usize] = &[1];
/// Several tell how many pages the server gives at most.
const BOTH: &[usize] = &[1, 16];

/// Something to open again and again.
pub struct Page {
    /// As in the report.
    pub name: String,
    /// In turn.
    pub asks: Vec<Ask>,
    /// At how many connections, each kept alive.
    pub connections: &'static [usize],
}

impl Page {
    fn new(name: &str, ask: Ask) -> Self {
        Self {
            name: format!("GET {name}"),
            asks: vec![ask],
            connections: ONE,
        }
    }

    fn of_all(name: &str, asks: impl Iterator<Item = Ask>) -> Self {
        Self {
            name: format!("GET {name}"),
            asks: asks.collect(),
            connections: ONE,
        }
    }

    fn at_both(mut self) -> Self {
        self.connections = BOTH;
        self
    }
}

/// What people see, as the administrator sees it where one must be signed in.
pub fn pages(town: &Town, pools: &Pools<'_>) -> Vec<Page> {
    let see = |path: &str, shows: &str| Ask::get(path, shows).signed_in(&town.administrator.cookie);
    let same = |path: &str, shows: &str| Page::new(path, see(path, shows));
    let stranger = |path: &str, shows: &str| Page::new(path, Ask::get(path, shows));
    let opened = pools.opened.iter().filter_map(|person| person.link.as_ref());
    let living = opened.map(|token| Ask::get(&to(token), link::NEW_PASSWORD));
    let used = Ask::get(&to(&town.used_link), link::USED_TITLE).answered(StatusCode::GONE);
    let unknown = Token::from_random([7; 32]);
    let unknown = Ask::get(&to(&unknown), link::DEAD_TITLE).answered(StatusCode::GONE);
    let people = pools.chosen.iter();
    let people = people.map(|person| see(&format!("/company/users/{}", person.id), &person.email));
    let not_there = see("/no-such-page", trouble::title(&AppError::NotFound)).answered(StatusCode::NOT_FOUND);
    let mut pages = vec![
        stranger("/login", login::PASSWORD).at_both(),
        stranger("/reset-password", ask::TITLE),
        stranger("/reset-password?sent=1", ask::SENT_TITLE),
        Page::of_all("/reset-password/{token}, living", living).at_both(),
        Page::new("/reset-password/{token}, used", used),
        Page::new("/reset-password/{token}, unknown", unknown),
        stranger("/reset-password/open", link::OPEN_TITLE),
        same("/dashboard", dashboard::FIND).at_both(),
        same("/company", "+49 30 5550 100"),
    ];
    pages.extend(lists(town));
    pages.extend([
        same("/company?tab=resets", resets_list::SEARCH),
        Page::of_all("/company/users/{id}", people).at_both(),
        same("/account", account::SIGNED_IN),
        same("/account/password", account::CURRENT_PASSWORD),
        same("/settings", account::COMPANY_PROFILE_LINE),
        same("/logout", logout::TITLE),
        Page::new("/no-such-page", not_there),
    ]);
    pages
}

/// The tab `[company] users`. The second page is asked for as its link does; the one in the middle begins after somebody
/// who stands there in no order in particular.
fn lists(town: &Town) -> Vec<Page> {
    let email = "@bench.example";
    let list = |query: &str, shows: &str| {
        let path = format!("/company?tab=users{query}");
        let ask = Ask::get(&path, shows).signed_in(&town.administrator.cookie);
        Page::new(&path, ask)
    };
    let after = |name: &str, query: &str| {
        let middle = town
            .people
            .get(town.people.len() / 2)
            .map_or(town.administrator.id, |person| person.id);
        let ask = Ask::get(
            &format!("/company?tab=users{query}&after={middle}&start=4501"),
            company::PREVIOUS,
        );
        Page::new(name, ask.signed_in(&town.administrator.cookie))
    };
    vec![
        list("", email).at_both(),
        list("&sort=-name", email),
        list("&sort=email", email),
        list("&sort=role", email),
        list("&sort=status", email),
        list("&sort=-last-sign-in", email),
        list("&sort=-last-reset", email),
        list("&q=berg", "Berg").at_both(),
        list("&q=nobody-like-that", "nobody-like-that"),
        list("&role=manager", email),
        list("&status=invited", email),
        after("/company?tab=users&after={id}", ""),
        after("/company?tab=users&sort=-last-reset&after={id}", "&sort=-last-reset"),
        list("&size=100", email),
    ]
}

/// What the live parts of a page ask for.
pub fn data(town: &Town, pools: &Pools<'_>) -> Vec<Page> {
    let get = |path: &str, shows: &str| Ask::get(path, shows).signed_in(&town.administrator.cookie);
    let same = |path: &str, shows: &str| Page::new(path, get(path, shows));
    let people = pools.chosen.iter();
    let people = people.map(|person| {
        let path = format!("/api/resets-since?id={}&stamp=&may_wait=false", person.id);
        get(&path, "data-live")
    });
    vec![
        Page::of_all("/api/resets-since?id={id}", people),
        same(
            "/api/resets-list-since?query=tab%3Dresets&stamp=&may_wait=false",
            "@bench.example",
        )
        .at_both(),
        same("/api/session-left", "idle_seconds"),
    ]
}

/// Health and the browser's files, whose addresses the sign-in page tells.
pub async fn files(address: SocketAddr) -> Outcome<Vec<Page>> {
    let login = Ask::get("/login", login::PASSWORD);
    let answer = Connection::open(address).await?.send_and_look(&login).await?;
    let html = String::from_utf8_lossy(&answer.body).into_owned();
    let addresses: BTreeSet<_> = html
        .split(['"', '\''])
        .filter(|text| text.starts_with("/pkg/"))
        .collect();
    let mut files = vec![
        Page::new("/health/live", Ask::get("/health/live", "live")).at_both(),
        Page::new("/health/ready", Ask::get("/health/ready", "ready")),
    ];
    for ending in [".css", ".js", ".wasm"] {
        let found = addresses.iter().find(|address| address.ends_with(ending));
        let found = found.ok_or_else(|| format!("the sign-in page names no file that ends with {ending}"))?;
        let name = format!("/pkg/{{build}}/{}", found.rsplit('/').next().unwrap_or_default());
        files.push(Page::new(&name, Ask::get(found, "").in_brotli()));
    }
    Ok(files)
}

fn to(token: &Token) -> String {
    format!("/reset-password/{}", token.expose())
}
