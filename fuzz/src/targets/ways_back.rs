//! Where somebody is led after signing in: a page of this site or of a named application, as a browser reads it.

use rekey_domain::way_back::{AppOrigins, WayBack};
use url::{Origin, Url};

const APPS: [&str; 2] = ["https://app.example", "https://wiki.example:8443"];

pub fn check(bytes: &[u8]) {
    let Ok(next) = std::str::from_utf8(bytes) else { return };
    let apps = AppOrigins::new(APPS.map(str::to_owned).to_vec());
    let Some(way) = WayBack::parse(next, &apps) else { return };
    let home = Url::parse("https://rekey.example/login").expect("a URL");
    let reached = home.join(way.as_str()).expect("a browser follows it");
    let origin = |url: &str| Url::parse(url).expect("a URL").origin();
    let mut ours: Vec<Origin> = APPS.into_iter().map(origin).collect();
    ours.push(home.origin());
    assert!(ours.contains(&reached.origin()), "leads to {reached}");
    assert!(
        reached.username().is_empty() && reached.password().is_none(),
        "leads to {reached}"
    );
    assert!(
        way.as_str().bytes().all(|byte| byte.is_ascii_graphic()),
        "no header's value"
    );
}
