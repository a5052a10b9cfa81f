//! The operator's command line, as a process of its own beside a running server.

use std::process::{Command, Output};

use rekey::server::clock::Clock;
use tempfile::TempDir;

use crate::support::{TestApp, link_of, password};

const MAX: &str = "max@blueheron.example";
const UMA: &str = "uma@blueheron.example";

/// Runs `rekey` on the server's database.
fn rekey(app: &TestApp, arguments: &[&str]) -> Output {
    // No `rekey.toml` lies about there.
    let folder = TempDir::new().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_rekey"))
        .args(arguments)
        .current_dir(folder.path())
        .env("REKEY_DATABASE_URL", app.database_url())
        .output()
        .expect("it runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_from_the_command_line_is_mailed_and_shown_like_every_other() {
    let app = TestApp::start().await;
    // The command knows the machine's clock only.
    let now = Clock::system().now();
    app.advance(now.since(app.services().clock.now()));
    let output = rekey(&app, &["user", "reset", "Uma@BlueHeron.example"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("the running server sends it"));
    app.advance(crate::support::HOUR / 60);
    let max = app.sign_in_as(MAX).await;
    let page = app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    assert!(page.says("the operator"), "{}", page.text());
    let mail = app.mail_to(UMA).await;
    assert!(
        mail.text
            .contains("Blue Heron Logistics asked us to send you this link."),
        "{}",
        mail.text
    );
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    let noted = "SELECT count(*) FROM activity WHERE actor_kind = 'operator' AND action = 'reset_asked' AND target_name = \
                 'Uma User'";
    assert_eq!(app.number(noted).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_says_what_is_wrong_by_its_exit_code_and_in_words() {
    let app = TestApp::start().await;
    for (arguments, code, words) in [
        (&["user", "reset", "nobody@blueheron.example"][..], 1, "no account uses"),
        (&["user", "reset", "del@blueheron.example"], 1, "no account uses"),
        (&["user", "reset", "uma"], 2, "is no email address"),
        (&["user", "reset"], 2, "EMAIL"),
    ] {
        let output = rekey(&app, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    let asked = "SELECT count(*) FROM activity WHERE actor_kind = 'operator'";
    assert_eq!(app.number(asked).await, 0);
}
