//! `rekey import`, as a process of its own beside a running server.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::people::{QUINN, UMA};
use crate::support::{SECOND, TestApp, link_of, password};

const HERON: &str = "Blue Heron Logistics";

/// Runs `rekey import` on the server's database.
fn import(app: &TestApp, file: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command
        .arg("import")
        .arg(file)
        .args(more)
        .args(["--config", "/nonexistent/rekey.toml"])
        .env("REKEY_DATABASE_URL", app.database_url());
    command.output().expect("it runs")
}

fn file(folder: &TempDir, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join("list.csv");
    std::fs::write(&path, content).expect("the file is written");
    path
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// Line, outcome.
fn outcomes(answer: &Value) -> Vec<(u64, &str)> {
    let lines = answer["lines"].as_array().expect("lines");
    let number = |line: &Value| line["line"].as_u64().expect("a number");
    let mut all = Vec::new();
    for line in lines {
        all.push((number(line), line["outcome"].as_str().expect("a word")));
    }
    all
}

async fn batches(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM batches").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_imported_and_reported_line_by_line() {
    let app = TestApp::start().await;
    let folder = TempDir::new().expect("a folder");
    let list = format!(
        "name;email;role\nAna Lima;ana@new.example;Administrator\nUma;{UMA};user\nQ;{QUINN};user\nBo;bo;user\nCy;cy@new.example;\n"
    );
    let path = file(&folder, list);
    let expected = [
        (2, "ready"),
        (3, "already-here"),
        (4, "unusable"),
        (5, "bad-email"),
        (6, "ready"),
    ];
    let output = import(&app, &path, &["--company", HERON, "--check", "--json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let answer = json_of(&output);
    assert_eq!(outcomes(&answer), expected);
    assert_eq!(
        (&answer["ready"], &answer["already_here"], &answer["refused"]),
        (&2.into(), &1.into(), &2.into())
    );
    assert_eq!(answer["batch"], Value::Null);
    assert_eq!(batches(&app).await, 0, "it was only checked");

    let output = import(&app, &path, &["--company", HERON, "--json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let answer = json_of(&output);
    assert_eq!(outcomes(&answer), expected);
    assert!(answer["batch"].is_string());
    // The running server sees it by itself.
    let mail = app.mail_to("ana@new.example").await;
    app.redeem(&link_of(&mail), &password(1)).await.expect_status(303);
    assert!(app.signs_in("ana@new.example", &password(1)).await);
    // The mails are paced.
    app.advance(SECOND);
    app.mail_to("cy@new.example").await;
    let noted = app
        .words(
            "SELECT detail FROM activity WHERE actor_kind = 'operator' AND action = 'people_imported'",
            0,
        )
        .await;
    assert_eq!(noted, ["2"]);
    let created = "SELECT count(*) FROM activity WHERE actor_kind = 'operator' AND action = 'user_created'";
    assert_eq!(app.number(created).await, 2);

    // Once more: they are there already, and the others still can't be.
    let output = import(&app, &path, &["--company", HERON]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    for words in [
        "Already here.",
        "The email is not like name@example.com.",
        "The email belongs to an account of another company.",
        "Nobody of 5 can be imported into Blue Heron Logistics. Nothing was changed.",
    ] {
        assert!(said.contains(words), "{words} in: {said}");
    }
    assert_eq!(batches(&app).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn exit_codes_tell_scripts_what_became_of_it() {
    let app = TestApp::start().await;
    let folder = TempDir::new().expect("a folder");
    let good = "Ana,ana@new.example\nBo,bo@new.example,manager\n";
    let many = (0..10_001).map(|number| format!("N,n{number}@new.example"));
    let many = many.collect::<Vec<_>>().join("\n");
    let large = vec![b'a'; 1024 * 1024 + 1];
    for (content, company, code, words) in [
        (b"".as_slice(), HERON, 2, "There is nobody on the list."),
        (b"J\xfcrgen,j@new.example", HERON, 2, "Save it as \"CSV UTF-8\""),
        (b"A,a@new.example\n\"B", HERON, 2, "Line 2 opens a quote"),
        (many.as_bytes(), HERON, 2, "at most 10000 people"),
        (&large, HERON, 2, "1 MiB at most"),
        (good.as_bytes(), "Blue Herring", 1, "no company is called"),
        (good.as_bytes(), " ", 2, "--company"),
    ] {
        let output = import(&app, &file(&folder, content), &["--company", company]);
        assert_eq!(output.status.code(), Some(code), "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains(words), "{words}: {said}");
    }
    let missing = import(&app, &folder.path().join("none.csv"), &["--company", HERON, "--json"]);
    assert_eq!(missing.status.code(), Some(2), "{missing:?}");
    assert_eq!(json_of(&missing)["error"], "usage");
    assert_eq!(
        import(&app, folder.path(), &["--company", HERON]).status.code(),
        Some(2)
    );
    assert_eq!(
        import(&app, folder.path(), &[]).status.code(),
        Some(2),
        "the company is missing"
    );
    assert_eq!(batches(&app).await, 0);

    let path = file(&folder, good);
    let output = import(&app, &path, &["--company", HERON]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("2 of 2 are imported into Blue Heron Logistics; the running server invites them."),
        "{said}"
    );
    app.mail_to("ana@new.example").await;
    app.advance(SECOND);
    app.mail_to("bo@new.example").await;
    // It was so already.
    let output = import(&app, &path, &["--company", HERON]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(batches(&app).await, 1);
    let help = import(&app, Path::new("x"), &["--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("Exit codes: 0 everybody is imported"));
}
