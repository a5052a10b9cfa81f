//! Hashing and the like under load: a crowd, and clients that hang up (C7, F1); hashes that are renewed (F16).

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};
use futures::future::{join, join_all};
use rekey::server::heavy_work::HeavyWork;
use rekey::server::store::users;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::people::{MAX, UMA};
use crate::support::{PASSWORD, Page, TestApp, link_of, password};

const WRONG: &str = "a-wrong-password";
/// What a hash needs while it is computed.
const HASH_BYTES: usize = 19_456 * 1024;

/// Sends a try to sign in, and reads no answer.
async fn send_a_try(address: SocketAddr, number: usize) -> TcpStream {
    let body = format!("email=p{number}@nowhere.example&password={WRONG}");
    let request = format!(
        "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.write_all(request.as_bytes()).await.expect("it is sent");
    stream
}

#[tokio::test]
async fn f1_clients_that_hang_up_free_no_permit_while_their_hash_goes_on() {
    let heavy = HeavyWork::new(1);
    let app = TestApp::with().heavy_work(heavy.clone()).start().await;
    for number in 0..10 {
        let before = app.hash_runs();
        let stream = send_a_try(app.address(), number).await;
        app.until("its hash has begun", async || app.hash_runs() > before).await;
        drop(stream);
    }
    app.until("all have ended", async || heavy.running() == 0).await;
    assert_eq!(app.hash_runs(), 10, "each goes on to its end");
    assert_eq!(heavy.most_at_once(), 1);
    let kept = app.services().hasher.kept_bytes();
    assert!(kept <= HASH_BYTES, "{kept}");
}

#[tokio::test]
async fn f1_whoever_finds_no_place_in_time_is_told_when_to_come_back() {
    let heavy = HeavyWork::new(1);
    let impatient = heavy.clone().with_patience(Duration::from_millis(50));
    let app = TestApp::with().heavy_work(impatient).start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    let link = link_of(&app.mail_to(UMA).await);
    let form = max.get("/company/resets/new").await.form("Check addresses");
    let company = form.fields().find(|(name, _)| *name == "company");
    let company = company.expect("the form names the company").1.to_owned();

    let (end, ended) = mpsc::channel::<()>();
    let long = tokio::spawn(async move {
        // Nothing is ever sent.
        heavy.run(move || ended.recv().is_err()).await
    });
    app.until("something else runs", async || app.services().heavy().running() == 1)
        .await;
    let busy = |page: Page| {
        let page = page.expect_status(503);
        assert_eq!(page.header("retry-after"), Some("10"));
        page
    };
    for _ in 0..5 {
        let fields = [("email", UMA), ("password", PASSWORD)];
        let page = busy(app.client().post("/login", &fields).await);
        let words = "Rekey has too much to do just now. Nothing was changed. Try again in 10 seconds.";
        assert_eq!(page.region("Problem").as_deref(), Some(words));
        assert_eq!(
            (page.value_of("Email").as_str(), page.value_of("Password").as_str()),
            (UMA, "")
        );
    }
    let fields = [("input[email]", UMA), ("input[password]", PASSWORD)];
    let answer = busy(app.client().post("/api/sign-in", &fields).await);
    assert!(answer.body.contains("Try again in 10 seconds"), "{}", answer.body);
    busy(app.client().post(&link, &[("new_password", &password(1))]).await);
    let fields = [("current_password", PASSWORD), ("new_password", &password(2))];
    busy(max.post("/account/password", &fields).await);
    for (path, field) in [("/company/users/import", "lines"), ("/company/resets/new", "emails")] {
        let fields = [
            ("company", company.as_str()),
            (field, "New Person,new@new.example,user"),
        ];
        let page = busy(max.post(path, &fields).await);
        assert!(
            page.body.contains("New Person,new@new.example,user"),
            "what was typed stays"
        );
    }
    assert_eq!(app.number("SELECT count(*) FROM batches").await, 0);

    drop(end);
    assert!(long.await.expect("it does not panic").expect("it is done"));
    // None of the tries above was one.
    let fields = [("email", UMA), ("password", PASSWORD)];
    app.client().post("/login", &fields).await.expect_status(303);
    app.redeem(&link, &password(1)).await.expect_status(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn c7_of_two_hundred_sign_ins_no_more_are_hashed_at_once_than_there_are_permits() {
    let app = TestApp::start().await;
    let heavy = app.services().heavy();
    let is_over = AtomicBool::new(false);
    let tries = async {
        let tries = (0..200).map(|number| {
            let (client, email) = (app.client(), format!("p{number}@nowhere.example"));
            async move {
                client
                    .post("/login", &[("email", &email), ("password", WRONG)])
                    .await
                    .status
            }
        });
        let answers = join_all(tries).await;
        is_over.store(true, Ordering::Relaxed);
        answers
    };
    let looks = async {
        let client = app.client();
        app.until("the crowd is there", async || heavy.running() > 0).await;
        let mut while_it_lasts = 0;
        // For a moment nothing may run: one is answered, and the next one has not begun.
        while !is_over.load(Ordering::Relaxed) {
            client.get("/health/ready").await.expect_status(200);
            while_it_lasts += 1;
        }
        while_it_lasts
    };
    let (answers, looks) = join(tries, looks).await;
    assert!(answers.iter().all(|status| matches!(status, 422 | 503)), "{answers:?}");
    assert!(answers.contains(&422), "{answers:?}");
    assert!(looks > 1, "it is ready meanwhile");
    assert!(heavy.most_at_once() <= heavy.most(), "{}", heavy.most_at_once());
    let kept = app.services().hasher.kept_bytes();
    assert!(kept <= heavy.most() * HASH_BYTES, "{kept}");
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn c7_memory_is_bounded_by_the_permits_also_where_clients_hang_up() {
    let demo = crate::support::demo::Demo::start();
    let client = demo.client();
    let sign_in = async |number: usize| {
        let email = format!("q{number}@nowhere.example");
        let page = client.post("/login", &[("email", &email), ("password", WRONG)]).await;
        assert!(matches!(page.status, 422 | 503), "{}", page.status);
    };
    sign_in(0).await;
    let base = demo.memory("VmRSS");
    join_all((1..=200).map(sign_in)).await;
    let permits = std::thread::available_parallelism().map_or(1, usize::from);
    let hashes = permits * HASH_BYTES * 13 / 10;
    // What 200 requests at once need besides.
    let requests = 200 * 128 * 1024;
    let crowd = demo.memory("VmHWM");
    assert!(crowd <= base + hashes + requests, "from {base} to {crowd} bytes");

    for round in 0..40 {
        let streams = join_all((0..12).map(|number| send_a_try(demo.address, round * 12 + number))).await;
        // Time for some of the hashes to begin.
        tokio::time::sleep(Duration::from_millis(10)).await;
        drop(streams);
    }
    sign_in(201).await;
    let highest = demo.memory("VmHWM");
    assert!(highest < crowd + HASH_BYTES, "from {crowd} to {highest} bytes");
}

/// The demo's password, hashed with other parameters than today's.
fn old_hash() -> String {
    let params = Params::new(8, 1, 1, Some(32)).expect("parameters");
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(PASSWORD.as_bytes(), b"a salt of no use");
    hash.expect("a hash").to_string()
}

#[tokio::test]
async fn f16_a_hash_of_other_parameters_is_renewed_by_the_next_right_password() {
    let app = TestApp::start().await;
    let old = old_hash();
    app.execute(&format!(
        "UPDATE users SET password_hash = '{old}' WHERE email = '{UMA}'"
    ))
    .await;
    let stored = async || {
        let sql = format!("SELECT password_hash FROM users WHERE email = '{UMA}'");
        app.words(&sql, 0).await.remove(0)
    };
    let before = app.hash_runs();
    assert!(!app.signs_in(UMA, WRONG).await);
    assert_eq!((stored().await, app.hash_runs() - before), (old, 1));
    assert!(app.signs_in(UMA, PASSWORD).await);
    let new = stored().await;
    assert!(new.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{new}");
    assert_eq!(app.hash_runs() - before, 3, "one to verify, one to renew");
    assert!(app.signs_in(UMA, PASSWORD).await);
    assert_eq!((stored().await, app.hash_runs() - before), (new, 4));
}

#[tokio::test]
async fn f16_a_password_changed_meanwhile_is_not_overwritten() {
    let app = TestApp::start().await;
    let uma = app.user_id(UMA).await;
    let person = users::find(app.services().db.reader(), uma).await;
    let before = person.expect("the database answers").expect("Uma").password_hash;
    let before = before.expect("she has a password");
    app.ask(UMA).await.expect_status(303);
    let link = link_of(&app.mail_to(UMA).await);
    app.redeem(&link, &password(3)).await.expect_status(303);
    let tx = app.services().db.begin_write().await.expect("the database takes it");
    let renewed = users::renew_password_hash(&tx, uma, &before, &old_hash()).await;
    assert!(!renewed.expect("the database answers"));
    tx.commit().await.expect("the database keeps it");
    assert!(app.signs_in(UMA, &password(3)).await);
    assert!(!app.signs_in(UMA, PASSWORD).await);
}
