//! The files of a `SQLite` database, and whose they are. Cases K11, K16, F13 and H4. A real process of somebody who is not
//! root; `PostgreSQL` keeps its files itself.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::process::{Place, Process, is_root, until};
use crate::support::{Client, password};

const BOSS: &str = "boss@acme.test";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("it is there").permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

/// Where files have no owners for us.
fn says_why_not(test: &str) -> bool {
    if !is_root() {
        println!("{test}: skipped, only root can make files of another user");
    }
    !is_root()
}

/// A company with an administrator and somebody else, both invited.
fn found(place: &Place) {
    place.run_well(&["company", "create", "Acme"]);
    place.run_well(&["admin", "invite", BOSS, "--company", "Acme", "--name", "Boss"]);
    place.run_well(&[
        "user",
        "create",
        "ana@acme.test",
        "--company",
        "Acme",
        "--name",
        "Ana Lima",
    ]);
}

/// A running server with its administrator signed in, and the other one's page.
async fn signed_in(place: &Place) -> (Process, Client, String) {
    let server = place.serve().await;
    let said = place.run_well(&["user", "reset", BOSS, "--show-link", "--json"]);
    let link = said
        .split('"')
        .find(|part| part.contains("/reset-password/"))
        .expect("a link")
        .to_owned();
    let client = place.client();
    client
        .post(&link, &[("new_password", &password(1))])
        .await
        .expect_status(303);
    let fields = [("email", BOSS), ("password", &password(1))];
    client.post("/login", &fields).await.expect_status(303);
    let list = client.get("/company").await;
    (server, client, list.link("Ana Lima"))
}

#[tokio::test(flavor = "multi_thread")]
async fn f13_the_files_are_for_their_owner_alone_whatever_the_mask() {
    for mask in ["000", "022", "277", "777"] {
        let place = Place::new();
        // A mask belongs to a process and is set by the shell.
        let start = format!("umask {mask}; exec \"$0\" company create Acme");
        let made = Command::new("sh")
            .args(["-c", &start, env!("CARGO_BIN_EXE_rekey")])
            .env(
                "REKEY_DATABASE_URL",
                format!("sqlite:{}", place.home.join("rekey.db").display()),
            )
            .output()
            .expect("a shell");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        assert_eq!(mode(&place.home.join("rekey.db")), 0o600, "mask {mask}");
    }
    let place = Place::new();
    let server = place.serve().await;
    for name in ["rekey.db", "rekey.db-wal", "rekey.db-shm"] {
        assert_eq!(mode(&place.home.join(name)), 0o600, "{name}");
    }
    assert!(!server.log().contains("file.readable"), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn f13_files_that_everybody_can_read_are_named_at_the_start() {
    let place = Place::new();
    found(&place);
    fs::write(place.home.join("rekey.toml"), "link_hours = 2\n").expect("written");
    for name in ["rekey.db", "rekey.toml"] {
        set_mode(&place.home.join(name), 0o644);
    }
    let server = place.serve().await;
    let warnings: Vec<_> = server
        .log()
        .lines()
        .filter(|line| line.contains("file.readable"))
        .map(str::to_owned)
        .collect();
    assert_eq!(warnings.len(), 2, "{}", server.log());
    for name in ["rekey.db", "rekey.toml"] {
        assert!(
            warnings.iter().any(|line| line.contains("WARN") && line.contains(name)),
            "{warnings:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k16_files_of_another_user_are_named_with_owner_and_remedy() {
    if says_why_not("k16") {
        return;
    }
    let mut place = Place::new();
    found(&place);
    place.as_nobody();
    let file = place.home.join("rekey.db");
    let says = |place: &Place, words: &[&str]| {
        let (code, said) = place.refused(&["serve"]);
        assert_eq!(
            (code, said.lines().filter(|line| line.starts_with("rekey:")).count()),
            (1, 1),
            "{said}"
        );
        for word in words {
            assert!(said.contains(word), "{word:?} is not in: {said}");
        }
    };
    let named = |path: &Path| path.display().to_string();
    // The file and its folder are root's; then the folder is.
    says(
        &place,
        &[&named(&file), "belongs to root", "user 65534", "sudo chown 65534"],
    );
    std::os::unix::fs::chown(&file, Some(65_534), None).expect("root may");
    says(
        &place,
        &[
            &named(&place.home),
            "belongs to root",
            "create files in it",
            "sudo chown 65534",
        ],
    );
    fs::remove_file(&file).expect("it is ours");
    says(&place, &[&named(&place.home), "belongs to root", "sudo chown 65534"]);
    // What a command of root's may have left beside it.
    place.give_to_nobody();
    place.run_well(&["company", "create", "Acme"]);
    for name in ["rekey.db-wal", "rekey.db-shm"] {
        // Anew, so that it is root's, where the command has left one of its own.
        let _ = fs::remove_file(place.home.join(name));
        fs::write(place.home.join(name), "").expect("written");
    }
    says(
        &place,
        &["rekey.db-wal", "rekey.db-shm'", "belongs to root", "sudo chown 65534"],
    );
    for name in ["rekey.db-wal", "rekey.db-shm"] {
        fs::remove_file(place.home.join(name)).expect("it is ours");
    }
    // Its own, which it may not write.
    set_mode(&file, 0o400);
    says(&place, &["mode 0400", &named(&file), "chmod u+rw"]);
    set_mode(&file, 0o600);
    // No commands either.
    set_mode(&place.home, 0o500);
    let (code, said) = place.refused(&["company", "list"]);
    assert!(code == 1 && said.contains("chmod u+rwx"), "{said}");
    set_mode(&place.home, 0o700);
    place.run_well(&["company", "list"]);
    place.serve().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k16_a_closed_folder_on_the_way_is_named() {
    if says_why_not("k16") {
        return;
    }
    let mut place = Place::new();
    place.as_nobody();
    let closed = place.home.join("closed");
    fs::create_dir_all(closed.join("data")).expect("a folder");
    let file = closed.join("data/rekey.db");
    place.set("REKEY_DATABASE_URL", format!("sqlite:{}", file.display()));
    set_mode(&closed, 0o700);
    let (code, said) = place.refused(&["serve"]);
    let named = format!("the folder {} belongs to root (user 0)", closed.display());
    assert!(
        code == 1 && said.contains(&named) && said.contains("sudo chmod o+x"),
        "{said}"
    );
    std::os::unix::fs::chown(&closed, Some(65_534), None).expect("root may");
    set_mode(&closed, 0o600);
    let (code, said) = place.refused(&["serve"]);
    assert!(
        code == 1 && said.contains("mode 0600") && said.contains("chmod u+x"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn k16_a_folder_in_its_place_and_one_that_is_not_there_are_told_apart() {
    let mut place = Place::new();
    let folder = place.home.join("folder");
    fs::create_dir(&folder).expect("a folder");
    place.set("REKEY_DATABASE_URL", format!("sqlite:{}", folder.display()));
    let (code, said) = place.refused(&["serve"]);
    assert!(
        code == 1 && said.contains("is a folder") && said.contains("folder/rekey.db"),
        "{said}"
    );
    place.set(
        "REKEY_DATABASE_URL",
        format!("sqlite:{}", folder.join("missing/rekey.db").display()),
    );
    let (code, said) = place.refused(&["serve"]);
    assert!(code == 1 && said.contains("missing is not there"), "{said}");
    fs::write(folder.join("file"), "").expect("written");
    place.set(
        "REKEY_DATABASE_URL",
        format!("sqlite:{}", folder.join("file/rekey.db").display()),
    );
    let (code, said) = place.refused(&["serve"]);
    assert!(code == 1 && said.contains("folder/file"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn k11_a_file_that_is_made_read_only_is_not_written_until_it_is_given_back() {
    if says_why_not("k11") {
        return;
    }
    let mut place = Place::new();
    place.as_nobody();
    place.give_to_nobody();
    found(&place);
    let (_server, boss, page) = signed_in(&place).await;
    let press = boss.get(&page).await.form("Resend invitation");
    let file = place.home.join("rekey.db");
    for (path, denied, given) in [(&file, 0o400, 0o600), (&place.home, 0o500, 0o700)] {
        set_mode(path, denied);
        boss.submit(press.clone()).await.expect_status(503);
        place
            .client()
            .post("/reset-password", &[("email", BOSS)])
            .await
            .expect_status(503);
        place.client().get("/health/ready").await.expect_status(503);
        boss.get("/company").await.expect_status(200);
        set_mode(path, given);
        place
            .client()
            .post("/reset-password", &[("email", "nobody@acme.test")])
            .await
            .expect_status(303);
        until("it is ready", async || {
            place.client().get("/health/ready").await.status == 200
        })
        .await;
    }
}

/// A small file system of its own. It goes when this is dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// None, where this machine does not let us.
    fn of(size: &str) -> Option<Self> {
        let folder = TempDir::new().expect("a folder");
        let options = format!("size={size},mode=0755");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &options, "tmpfs"])
            .arg(folder.path())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(folder))
    }

    /// Writes until nothing more fits.
    fn fill(&self) {
        let mut filler = fs::File::create(self.0.path().join("filler")).expect("a file");
        for size in [65_536, 4_096, 1] {
            while filler.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn empty(&self) {
        fs::remove_file(self.0.path().join("filler")).expect("it is ours");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whoever is still in it is gone in a moment.
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h4_a_full_disk_is_passing_trouble_and_leaves_nothing_half_done() {
    if says_why_not("h4") {
        return;
    }
    let Some(disk) = SmallDisk::of("3m") else {
        println!("h4: skipped, this machine mounts no file system for us");
        return;
    };
    let place = Place::at(TempDir::new().expect("a folder"), disk.0.path().to_owned());
    found(&place);
    let (_server, boss, _) = signed_in(&place).await;
    let rows = || {
        place
            .run_well(&["user", "list", "--company", "Acme", "--json"])
            .matches("email")
            .count()
    };
    let before = rows();
    for round in 0..3 {
        disk.fill();
        let create = boss.get("/company/users/new").await.form("Create user and send link");
        let mut refused = 0;
        // What is free inside the files is used up first.
        for number in 0..400 {
            let email = format!("round{round}-{number}@acme.test");
            let answer = place.client().post("/reset-password", &[("email", &email)]).await;
            assert!(
                [303, 503].contains(&answer.status),
                "{}: {}",
                answer.status,
                answer.text()
            );
            refused += u32::from(answer.status == 503);
            if refused == 3 {
                break;
            }
        }
        assert_eq!(refused, 3, "round {round}: the disk is full");
        until("it is not ready", async || {
            place.client().get("/health/ready").await.status == 503
        })
        .await;
        let person = create
            .fill("Name", "Bo Berg")
            .fill("Email", &format!("bo{round}@acme.test"));
        boss.submit(person.clone()).await.expect_status(503);
        boss.get("/company").await.expect_status(200);
        assert_eq!(rows(), before + round, "nothing of it is there");

        disk.empty();
        boss.submit(person).await.expect_status(303);
        assert_eq!(rows(), before + round + 1, "it works again");
        until("it is ready", async || {
            place.client().get("/health/ready").await.status == 200
        })
        .await;
    }
}
