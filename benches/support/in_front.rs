//! Rekey in front of an application, by the very nginx configuration of the documentation with other addresses: the same
//! application behind the same nginx with and without asking Rekey before each request.

use std::env;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use hyper::StatusCode;

use super::Outcome;
use super::bench::Bench;
use super::client::{Ask, Connection};
use super::load::{Asks, Figures};
use super::report::{self, Section};
use super::server::Server;

/// What the section is called.
pub const TITLE: &str = "In front of an application";

/// Where nginx is: `cargo xtask bench` tells.
const VARIABLE: &str = "REKEY_NGINX";
/// The documentation's file.
const CONF: &str = include_str!("../../docs/forward-auth/nginx.conf");
/// What the application answers.
const PAGE: &str = "the application's page";
/// At how many connections, each kept alive.
const CONNECTIONS: [usize; 2] = [1, 16];
/// How often nginx is asked whether it listens, and the pause between.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// A running nginx with a small application in it. It is killed when this is dropped.
struct Nginx {
    child: Child,
    /// The application that is shown to who is signed in.
    guarded: SocketAddr,
    /// The same without Rekey.
    open: SocketAddr,
}

/// The answer for who is signed in: `/auth/verify` alone, and the application without and with it.
pub async fn measure(bench: &Bench<'_>, server: &Server) -> Outcome<Section> {
    let nginx = Nginx::start(bench.folder, server.address()).await?;
    let cookie = &bench.town.administrator.cookie;
    let stranger = Ask::get("/", "").answered(StatusCode::FOUND);
    Connection::open(nginx.guarded).await?.send(&stranger).await?;
    let page = || Ask::get("/", PAGE).signed_in(cookie);
    let verify = Ask::get("/auth/verify", "").signed_in(cookie);
    let mut figures = Vec::new();
    for (name, ask, address) in [
        ("GET /auth/verify", verify, server.address()),
        ("GET / of the application, nobody asked", page(), nginx.open),
        ("GET / of the application, Rekey asked", page(), nginx.guarded),
    ] {
        for connections in CONNECTIONS {
            let asks = Asks::Again([ask.clone()].into());
            figures.push(bench.load_at(address, server, name, asks, connections).await?);
        }
    }
    let note = format!(
        "nginx with one process, by the configuration of docs/forward-auth; the application answers a line, out of the same \
         nginx. {}{}",
        beside(&figures),
        report::client(&figures)
    );
    Ok(report::loads(TITLE, &figures, note))
}

/// What asking costs, in a sentence for each number of connections.
fn beside(figures: &[Figures]) -> String {
    let of = |name: &str, connections| {
        let mut found = figures.iter();
        found.find(|figures| figures.name.ends_with(name) && figures.connections == connections)
    };
    let sentences = CONNECTIONS.into_iter().filter_map(|connections| {
        let (bare, asked) = (of("nobody asked", connections)?, of("Rekey asked", connections)?);
        let share = 100.0 * asked.rate.median / bare.rate.median;
        let more = report::millis(asked.p99.median - bare.p99.median);
        Some(format!(
            "At {connections} the application gives {share:.0} % of its requests/s when Rekey is asked; p99 is {more} ms more."
        ))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

impl Nginx {
    /// Starts it in front of Rekey, and waits until it listens.
    async fn start(folder: &Path, rekey: SocketAddr) -> Outcome<Self> {
        let folder = folder.join("nginx");
        fs::create_dir(&folder)?;
        let [guarded, open, application] = free_addresses()?;
        fs::write(folder.join("nginx.conf"), main_file(open, application))?;
        fs::write(folder.join("site.conf"), site(guarded, rekey, application, &folder)?)?;
        let nginx = find()?;
        let child = Command::new(&nginx)
            .args(["-e", "error.log", "-c", "nginx.conf", "-p"])
            .arg(&folder)
            .current_dir(&folder)
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("{} can't be started: {error}", nginx.display()))?;
        let nginx = Self { child, guarded, open };
        let ready = Ask::get("/", PAGE);
        for _ in 0..TRIES {
            if let Ok(mut connection) = Connection::open(open).await
                && connection.send_and_look(&ready).await.is_ok()
            {
                return Ok(nginx);
            }
            tokio::time::sleep(PAUSE).await;
        }
        let log = fs::read_to_string(folder.join("error.log")).unwrap_or_default();
        Err(format!("nginx does not answer: {log}").into())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended by itself; its files go with the folder either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Free a moment ago.
fn free_addresses() -> Outcome<[SocketAddr; 3]> {
    let listener = || TcpListener::bind("127.0.0.1:0");
    let taken = [listener()?, listener()?, listener()?];
    let [one, two, three] = &taken;
    Ok([one.local_addr()?, two.local_addr()?, three.local_addr()?])
}

/// One process in a folder, the application, and the way to it that asks nobody.
fn main_file(open: SocketAddr, application: SocketAddr) -> String {
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    # One connection asks for everything.
    keepalive_requests 1000000;
    server {{ listen {application}; location / {{ return 200 \"{PAGE}\\n\"; }} }}
    server {{ listen {open}; location / {{ proxy_pass http://{application}; proxy_set_header Host $http_host; }} }}
    include site.conf;
}}
"
    )
}

/// The documentation's file with these addresses, without TLS. Each of them must stand there.
fn site(guarded: SocketAddr, rekey: SocketAddr, application: SocketAddr, folder: &Path) -> Outcome<String> {
    let mut site = CONF.to_owned();
    for (what, by) in [
        ("listen 443 ssl;", format!("listen {guarded};")),
        ("ssl_certificate /etc/ssl/certs/example.com.pem;", String::new()),
        ("ssl_certificate_key /etc/ssl/private/example.com.key;", String::new()),
        ("http://127.0.0.1:3000", format!("http://{rekey}")),
        ("http://127.0.0.1:8000", format!("http://{application}")),
        ("server_name accounts.example.com;", "server_name localhost;".to_owned()),
        ("server_name app.example.com;", format!("server_name {};", guarded.ip())),
        ("/var/log/nginx", folder.display().to_string()),
    ] {
        if !site.contains(what) {
            return Err(format!("{what} is not in docs/forward-auth/nginx.conf").into());
        }
        site = site.replace(what, &by);
    }
    Ok(site)
}

fn find() -> Outcome<PathBuf> {
    if let Some(told) = env::var_os(VARIABLE) {
        return Ok(told.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let mut files = folders.map(|folder| folder.join("nginx"));
    let found = files.find(|file| file.is_file());
    found.ok_or_else(|| "no nginx on the PATH: use `cargo xtask bench`".into())
}
