//! The command line and the server whose reader closes the pipe, or whose disk is full. Cases K12 and F23.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use crate::support::people::UMA;
use crate::support::process::{Place, until};
use crate::support::{TestApp, password};

const HERON: &str = "Blue Heron Logistics";

fn command(app: &TestApp, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rekey"));
    command
        .args(arguments)
        .args(["--config", "/nonexistent/rekey.toml"])
        .env("REKEY_DATABASE_URL", app.database_url())
        .env("REKEY_PUBLIC_URL", "http://127.0.0.1:9");
    command
}

/// Runs a command whose reader was gone before it began; its exit code, and what it said on standard error.
fn unread(app: &TestApp, arguments: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command(app, arguments).stdout(writer).stderr(Stdio::piped()).output();
    let output = output.expect("it runs");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// The same where nobody reads its errors either.
fn unheard(app: &TestApp, arguments: &[&str]) -> Option<i32> {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let errors = writer.try_clone().expect("the same pipe");
    let mut child = command(app, arguments)
        .stdout(writer)
        .stderr(errors)
        .spawn()
        .expect("it starts");
    child.wait().expect("it ends").code()
}

/// Every command that the help names: `company list`, `import` and so on.
fn all_commands() -> BTreeSet<String> {
    let help = |arguments: &[&str]| -> Vec<String> {
        let output = Command::new(env!("CARGO_BIN_EXE_rekey"))
            .args(arguments)
            .arg("--help")
            .output();
        let text = String::from_utf8(output.expect("it runs").stdout).expect("text");
        let listed = text.lines().skip_while(|line| *line != "Commands:").skip(1);
        let listed = listed.take_while(|line| line.starts_with("  "));
        let words = listed
            .filter(|line| !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next());
        words.filter(|word| *word != "help").map(str::to_owned).collect()
    };
    let mut all = BTreeSet::new();
    for word in help(&[]) {
        let below = help(&[&word]);
        if below.is_empty() {
            all.insert(word);
        } else {
            all.extend(below.iter().map(|below| format!("{word} {below}")));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn k12_every_command_ends_with_its_exit_code_though_nobody_reads_it() {
    let app = TestApp::start().await;
    let folder = tempfile::TempDir::new().expect("a folder");
    let list = folder.path().join("list.csv");
    fs::write(&list, "name;email;role\nAna Lima;ana@new.example;user\n").expect("written");
    let list = list.to_str().expect("text");
    let commands: &[(&[&str], i32)] = &[
        (&["company", "create", "Pipe Dreams"], 0),
        (&["company", "list"], 0),
        (&["company", "link", "Pipe Dreams", "--parent", HERON], 0),
        (&["company", "unlink", "Pipe Dreams"], 0),
        (&["company", "unlink", "Nowhere"], 1),
        (&["company", "create", " "], 2),
        (&["admin", "invite", "boss@new.example", "--company", "Pipe Dreams"], 0),
        (&["admin", "grant", UMA], 0),
        (&["admin", "revoke", UMA], 0),
        (&["user", "list", "--company", HERON], 0),
        (&["user", "list", "--company", "Nowhere"], 1),
        (&["user", "reset", UMA], 0),
        (&["user", "reset", UMA, "--show-link"], 0),
        (
            &["user", "create", "new@new.example", "--name", "New", "--company", HERON],
            0,
        ),
        (&["user", "edit", "new@new.example", "--name", "Newer"], 0),
        (&["user", "sign-out", "new@new.example"], 0),
        (&["user", "delete", "new@new.example"], 0),
        (&["user", "delete", "new@new.example"], 1),
        (&["import", list, "--company", HERON], 0),
        (&["import", list, "--company", HERON, "--check"], 0),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["nonsense"], 2),
    ];
    let mut tried = BTreeSet::from(["serve".to_owned()]);
    for (arguments, code) in commands {
        for json in [&[][..], &["--json"]] {
            let arguments = [arguments, json].concat();
            let (ended, said) = unread(&app, &arguments);
            // What was done by the first is done by the second no more, or already: 0 or 1, and never a panic.
            let expected = if json.is_empty() { vec![*code] } else { vec![*code, 1] };
            assert!(
                ended.is_some_and(|ended| expected.contains(&ended)),
                "{arguments:?}: {ended:?} {said}"
            );
            assert!(!said.contains("panicked"), "{arguments:?}: {said}");
            assert_eq!(ended == Some(0), said.is_empty(), "{arguments:?}: {said}");
        }
        let words: Vec<_> = arguments
            .iter()
            .take_while(|word| !word.starts_with('-'))
            .take(2)
            .copied()
            .collect();
        tried.insert(if words.first() == Some(&"import") {
            "import".to_owned()
        } else {
            words.join(" ")
        });
    }
    let missing: Vec<_> = all_commands()
        .into_iter()
        .filter(|command| !tried.contains(command))
        .collect();
    assert!(missing.is_empty(), "these were not tried: {missing:?}");
    // What they did is done.
    let company = "SELECT count(*) FROM companies WHERE name = 'Pipe Dreams'";
    assert_eq!(app.number(company).await, 1);
    let ana = "SELECT count(*) FROM users WHERE email = 'ana@new.example'";
    app.until("the server has brought her in", async || app.number(ana).await == 1)
        .await;
    // Nor where nobody hears its complaints.
    assert_eq!(unheard(&app, &["company", "list"]), Some(0));
    assert_eq!(unheard(&app, &["user", "list", "--company", "Nowhere"]), Some(1));
    assert_eq!(unheard(&app, &["nonsense"]), Some(2));
}

#[tokio::test(flavor = "multi_thread")]
async fn k12_a_reader_that_has_seen_enough_does_not_fail_the_command() {
    let app = TestApp::start().await;
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("list.csv");
    let mut list = "name;email;role\n".to_owned();
    for number in 0..2_000 {
        writeln!(list, "Person {number};p{number}@many.example;user").expect("a line");
    }
    fs::write(&path, list).expect("written");
    // It reports a line for each of them, far more than a pipe holds.
    let mut importing = command(&app, &["import", path.to_str().expect("text"), "--company", HERON])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let first = first_line(&mut importing);
    assert!(!first.is_empty());
    well(importing);
    // All are taken; the running server brings them in, a few at a time.
    assert_eq!(app.number("SELECT count(*) FROM batch_lines").await, 2_000);
    for json in [&[][..], &["--json"]] {
        let arguments = [&["user", "list", "--company", HERON][..], json].concat();
        let mut listing = command(&app, &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut byte = [0];
        let mut words = listing.stdout.take().expect("its words");
        words.read_exact(&mut byte).expect("a byte");
        drop(words);
        well(listing);
    }
}

/// Reads one line of what it says, and closes the pipe.
fn first_line(child: &mut Child) -> String {
    let mut line = String::new();
    let mut words = BufReader::new(child.stdout.take().expect("its words"));
    words.read_line(&mut line).expect("a line");
    line
}

/// It ends with 0 and has nothing to complain of.
fn well(child: Child) {
    let output: Output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
#[cfg(target_os = "linux")]
async fn f23_an_answer_that_can_not_be_kept_is_no_success() {
    let app = TestApp::start().await;
    let full = fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let output = command(&app, &["company", "list"])
        .stdout(full)
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("could not be written"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn k12_a_server_whose_log_nobody_reads_serves_on() {
    let mut place = Place::new();
    place.set("REKEY_LOG", "debug");
    place.run_well(&["company", "create", "Acme"]);
    // Its reader goes once it has seen that the server is there.
    let mut server = place.serve_unread();
    for number in 0..20 {
        let page = place.client().get("/login").await.expect_status(200);
        let form = page.form("Sign in").fill("Email", &format!("p{number}@acme.example"));
        place
            .client()
            .submit(form.fill("Password", &password(1)))
            .await
            .expect_status(422);
    }
    until("it still is ready", async || {
        place.client().get("/health/ready").await.status == 200
    })
    .await;
    assert!(server.runs());
}
