//! A real nginx in front of an application, by the very file of the documentation with other addresses.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener as StdTcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::{Request, State};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use super::TestApp;

/// Where nginx is, where it is on no usual path: `cargo xtask test` tells.
const VARIABLE: &str = "REKEY_NGINX";

/// The documentation's file.
const CONF: &str = include_str!("../../docs/forward-auth/nginx.conf");

/// Around it, what a distribution's own file says, for one process in a folder.
const MAIN: &str = "daemon off; master_process off; pid nginx.pid; error_log error.log;
events { worker_connections 64; }
http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
       uwsgi_temp_path uwsgi; scgi_temp_path scgi; include site.conf; }";

/// An nginx to be: its port is known before Rekey is started.
pub struct Place(u16);

/// A running nginx, an application behind it, and what reached the application.
pub struct Nginx {
    process: Child,
    folder: TempDir,
    port: u16,
    reached: Reached,
}

/// Requests as the application got them: path, and headers in lower case.
type Reached = Arc<Mutex<Vec<(String, Vec<(String, String)>)>>>;

impl Place {
    /// A free port.
    pub fn find() -> Self {
        let listener = StdTcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        Self(listener.local_addr().expect("an address").port())
    }

    /// Where people reach Rekey, behind nginx.
    pub fn accounts(&self) -> Url {
        Url::parse(&format!("http://localhost:{}", self.0)).expect("a URL")
    }

    /// The application's origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.0)
    }

    /// Starts the application and nginx in front of both.
    pub async fn start(self, rekey: &TestApp) -> Nginx {
        let reached = Reached::default();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let application = listener.local_addr().expect("an address");
        let router = Router::new().fallback(answer).with_state(Arc::clone(&reached));
        tokio::spawn(async move { axum::serve(listener, router).await });

        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("nginx.conf"), MAIN).expect("written");
        let site = site(self.0, rekey.address(), application, folder.path());
        fs::write(folder.path().join("site.conf"), site).expect("written");
        let process = Command::new(find())
            .args(["-e", "error.log", "-c", "nginx.conf", "-p"])
            .arg(folder.path())
            .current_dir(folder.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let nginx = Nginx {
            process,
            folder,
            port: self.0,
            reached,
        };
        rekey
            .until("nginx listens", async || {
                TcpStream::connect((Ipv4Addr::LOCALHOST, nginx.port)).await.is_ok()
            })
            .await;
        nginx
    }
}

impl Nginx {
    /// A page of the application.
    pub fn page(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What reached the application since the last look.
    pub fn take_reached(&self) -> Vec<(String, Vec<(String, String)>)> {
        std::mem::take(&mut self.reached.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The log of requests to Rekey.
    pub fn accounts_log(&self) -> String {
        fs::read_to_string(self.folder.path().join("accounts.log")).expect("a log")
    }
}

impl Drop for Nginx {
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
    let headers =
        headers.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let request = (path, headers.collect());
    reached.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    "the application's page"
}

/// The documentation's file with these addresses, without TLS. Each of them must stand there.
fn site(port: u16, rekey: SocketAddr, application: SocketAddr, folder: &Path) -> String {
    let mut site = CONF.to_owned();
    let mut replace = |what: &str, by: &str| {
        assert!(site.contains(what), "{what} is not in docs/forward-auth/nginx.conf");
        site = site.replace(what, by);
    };
    replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port};"));
    replace("ssl_certificate /etc/ssl/certs/example.com.pem;", "");
    replace("ssl_certificate_key /etc/ssl/private/example.com.key;", "");
    replace("http://127.0.0.1:3000", &format!("http://{rekey}"));
    replace("http://127.0.0.1:8000", &format!("http://{application}"));
    replace("server_name accounts.example.com;", "server_name localhost;");
    replace("server_name app.example.com;", "server_name 127.0.0.1;");
    replace("/var/log/nginx", &folder.display().to_string());
    site
}

fn find() -> PathBuf {
    if let Some(told) = std::env::var_os(VARIABLE) {
        return told.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    folders
        .map(|folder| folder.join("nginx"))
        .find(|file| file.is_file())
        .expect("no nginx on the PATH: `cargo xtask test http` gets it")
}
