//! A real proxy in front of an application, by the very file of the documentation with other addresses.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::{TestApp, port};

/// The headers by which Rekey tells an application who is signed in.
pub const REMOTE: [&str; 5] = [
    "remote-user",
    "remote-email",
    "remote-name",
    "remote-company",
    "remote-role",
];

/// Around the documentation's nginx file, what a distribution's own says, for one process in a folder. And what an operator
/// may have allowed for all sites, which must not open a way around that file.
const NGINX_MAIN: &str = "daemon off; master_process off; pid nginx.pid; error_log error.log;
events { worker_connections 64; }
http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
       uwsgi_temp_path uwsgi; scgi_temp_path scgi; underscores_in_headers on; include site.conf; }";

/// The same for Caddy.
const CADDY_MAIN: &str = "{
    admin off
    auto_https off
    default_bind 127.0.0.1
}
import site.conf
";

/// The largest body that the application reads.
const MOST_BYTES: usize = 16 << 20;

/// Which proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proxy {
    Nginx,
    Caddy,
}

impl Proxy {
    /// Those that can be run here.
    pub const ALL: [Self; 2] = [Self::Nginx, Self::Caddy];

    /// The program's name.
    fn name(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Caddy => "caddy",
        }
    }

    /// The documentation's file.
    pub fn documented(self) -> &'static str {
        match self {
            Self::Nginx => include_str!("../../docs/forward-auth/nginx.conf"),
            Self::Caddy => include_str!("../../docs/forward-auth/Caddyfile"),
        }
    }

    /// What is replaced in it, each of which must stand there: addresses, and TLS.
    fn changes(
        self,
        port: u16,
        rekey: SocketAddr,
        application: SocketAddr,
        folder: &Path,
    ) -> Vec<(&'static str, String)> {
        match self {
            Self::Nginx => vec![
                ("listen 443 ssl;", format!("listen 127.0.0.1:{port};")),
                ("ssl_certificate /etc/ssl/certs/example.com.pem;", String::new()),
                ("ssl_certificate_key /etc/ssl/private/example.com.key;", String::new()),
                ("http://127.0.0.1:3000", format!("http://{rekey}")),
                ("http://127.0.0.1:8000", format!("http://{application}")),
                ("server_name accounts.example.com;", "server_name localhost;".to_owned()),
                ("server_name app.example.com;", "server_name 127.0.0.1;".to_owned()),
                ("/var/log/nginx", folder.display().to_string()),
            ],
            Self::Caddy => vec![
                ("127.0.0.1:3000 {", format!("{rekey} {{")),
                ("reverse_proxy 127.0.0.1:3000", format!("reverse_proxy {rekey}")),
                ("reverse_proxy 127.0.0.1:8000", format!("reverse_proxy {application}")),
                ("\naccounts.example.com {", format!("\nhttp://localhost:{port} {{")),
                ("\napp.example.com {", format!("\nhttp://127.0.0.1:{port} {{")),
            ],
        }
    }

    /// Started in a folder that has its files.
    fn command(self, folder: &Path) -> Command {
        let mut command = Command::new(self.find());
        match self {
            Self::Nginx => command.args(["-e", "error.log", "-c", "main.conf", "-p"]).arg(folder),
            Self::Caddy => command
                .args(["run", "--config", "main.conf", "--adapter", "caddyfile"])
                .env("HOME", folder)
                .env("XDG_CONFIG_HOME", folder)
                .env("XDG_DATA_HOME", folder),
        };
        command.current_dir(folder);
        command
    }

    /// Where it is: `cargo xtask test` tells, by `REKEY_NGINX` and `REKEY_CADDY`.
    fn find(self) -> PathBuf {
        let name = self.name();
        if let Some(told) = std::env::var_os(format!("REKEY_{}", name.to_uppercase())) {
            return told.into();
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
        folders
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
            .unwrap_or_else(|| panic!("no {name} on the PATH: `cargo xtask test http` gets it"))
    }
}

/// A proxy to be: its port is known before Rekey is started.
pub struct Place {
    proxy: Proxy,
    port: u16,
}

/// A running proxy, an application behind it, and what reached the application.
pub struct InFront {
    process: Child,
    folder: TempDir,
    port: u16,
    reached: Reached,
}

/// Requests as the application got them.
type Reached = Arc<Mutex<Vec<ReachedRequest>>>;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedRequest {
    /// The path and the query.
    pub path: String,
    /// The names in lower case, and the values as far as they are text.
    pub headers: Vec<(String, String)>,
    /// How much was sent.
    pub bytes: usize,
}

impl ReachedRequest {
    /// The values under a name.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let found = self.headers.iter().filter(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).collect()
    }
}

impl Place {
    /// A free port for this proxy.
    pub fn find(proxy: Proxy) -> Self {
        let port = port::free();
        Self { proxy, port }
    }

    /// Where people reach Rekey, behind the proxy.
    pub fn accounts(&self) -> Url {
        Url::parse(&format!("http://localhost:{}", self.port)).expect("a URL")
    }

    /// The application's origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Starts the application and the proxy in front of both, by the documentation's file without these lines.
    pub async fn start(self, rekey: &TestApp, without: &[&str]) -> InFront {
        let reached = Reached::default();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let application = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(&reached));
        tokio::spawn(async move { axum::serve(listener, router).await });

        let folder = TempDir::new().expect("a folder");
        let mut site = self.proxy.documented().to_owned();
        let mut changes = self
            .proxy
            .changes(self.port, rekey.address(), application, folder.path());
        changes.extend(without.iter().map(|line| (*line, String::new())));
        for (what, by) in changes {
            assert!(
                site.contains(what),
                "{what} is not in the file for {}",
                self.proxy.name()
            );
            site = site.replace(what, &by);
        }
        let main = match self.proxy {
            Proxy::Nginx => NGINX_MAIN,
            Proxy::Caddy => CADDY_MAIN,
        };
        fs::write(folder.path().join("main.conf"), main).expect("written");
        fs::write(folder.path().join("site.conf"), site).expect("written");
        let mut command = self.proxy.command(folder.path());
        let process = command.stderr(Stdio::null()).spawn().expect("the proxy starts");
        let proxy = InFront {
            process,
            folder,
            port: self.port,
            reached,
        };
        rekey
            .until("the proxy listens", async || {
                TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port)).await.is_ok()
            })
            .await;
        proxy
    }
}

impl InFront {
    /// A page of the application.
    pub fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What reached the application since the last look.
    pub fn take_reached(&self) -> Vec<ReachedRequest> {
        std::mem::take(&mut self.reached.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The log of requests to Rekey, which nginx keeps.
    pub fn accounts_log(&self) -> String {
        fs::read_to_string(self.folder.path().join("accounts.log")).expect("a log")
    }
}

impl Drop for InFront {
    fn drop(&mut self) {
        // It may have died by itself, which the test has noticed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The application: keeps what it got.
async fn answer(State(reached): State<Reached>, request: Request) -> &'static str {
    let path = request.uri().to_string();
    let headers = request.headers().iter();
    let headers = headers
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let bytes = to_bytes(request.into_body(), MOST_BYTES).await;
    let request = ReachedRequest {
        path,
        headers,
        bytes: bytes.expect("it arrives whole").len(),
    };
    reached.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    "the application's page"
}
