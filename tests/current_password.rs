//! The current password, asked for while signed in: whoever has got hold of a session can't guess it (F6). A try there
//! counts like a try to sign in (C2), at whichever door.

use futures::future::join_all;

use crate::support::people::UMA;
use crate::support::{Client, PASSWORD, Page, SECOND, TestApp, password};

const NEW: &str = "uma@new.example";
const WRONG: &str = "a-wrong-password";

/// Where the current password is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    PasswordForm,
    PasswordFunction,
    DetailsForm,
    DetailsFunction,
}

impl Door {
    const ALL: [Self; 4] = [
        Self::PasswordForm,
        Self::PasswordFunction,
        Self::DetailsForm,
        Self::DetailsFunction,
    ];

    async fn knock(self, browser: &Client, current: &str) -> Page {
        let new = password(1);
        match self {
            Self::PasswordForm => {
                let fields = [("current_password", current), ("new_password", &new)];
                browser.post("/account/password", &fields).await
            }
            Self::PasswordFunction => {
                let fields = [("input[current_password]", current), ("input[new_password]", &new)];
                browser.post("/api/change-password", &fields).await
            }
            Self::DetailsForm => {
                let fields = [
                    ("name", "Uma User"),
                    ("email", NEW),
                    ("current_password", current),
                    ("time_zone", ""),
                ];
                browser.post("/account", &fields).await
            }
            Self::DetailsFunction => {
                let fields = [
                    ("input[name]", "Uma User"),
                    ("input[email]", NEW),
                    ("input[current_password]", current),
                    ("input[time_zone]", ""),
                ];
                browser.post("/api/save-details", &fields).await
            }
        }
    }

    fn is_form(self) -> bool {
        matches!(self, Self::PasswordForm | Self::DetailsForm)
    }
}

async fn sign_in(app: &TestApp, password: &str) -> Page {
    let fields = [("email", UMA), ("password", password)];
    app.client().post("/login", &fields).await
}

#[tokio::test]
async fn f6_at_every_door_the_fourth_try_waits_and_the_right_password_begins_anew() {
    for door in Door::ALL {
        let app = TestApp::start().await;
        let thief = app.sign_in_as(UMA).await;
        for _ in 0..3 {
            door.knock(&thief, WRONG).await.expect_status(422);
        }
        for (seconds, wait) in [(1, "1 second"), (3, "3 seconds")] {
            let before = app.hash_runs();
            // The right one does not help either: else the answer would tell.
            for current in [PASSWORD, WRONG] {
                let refused = door.knock(&thief, current).await.expect_status(429);
                assert_eq!(
                    refused.header("retry-after"),
                    Some(seconds.to_string().as_str()),
                    "{door:?}"
                );
                if door.is_form() {
                    let words = format!("Too many tries. Wait {wait} and try again, or reset your password.");
                    assert_eq!(refused.region("Problem"), Some(words), "{door:?}");
                    assert_eq!(refused.value_of("Current password"), "");
                }
            }
            sign_in(&app, PASSWORD).await.expect_status(429);
            assert_eq!(app.hash_runs(), before, "{door:?}: nothing was hashed");
            app.advance(SECOND * seconds);
            door.knock(&thief, WRONG).await.expect_status(422);
        }
        app.advance(SECOND * 5);
        let answer = door.knock(&thief, PASSWORD).await;
        assert!(matches!(answer.status, 200 | 303), "{door:?}: {}", answer.status);
        for _ in 0..3 {
            door.knock(&thief, WRONG).await.expect_status(422);
        }
        door.knock(&thief, WRONG).await.expect_status(429);
    }
}

#[tokio::test]
async fn f6_all_doors_and_the_sign_in_count_together() {
    let app = TestApp::start().await;
    let thief = app.sign_in_as(UMA).await;
    Door::PasswordForm.knock(&thief, WRONG).await.expect_status(422);
    Door::DetailsFunction.knock(&thief, WRONG).await.expect_status(422);
    sign_in(&app, WRONG).await.expect_status(422);
    for door in Door::ALL {
        door.knock(&thief, PASSWORD).await.expect_status(429);
    }
    // Where another field is wrong too, a right password is right all the same.
    app.advance(SECOND);
    let fields = [
        ("name", ""),
        ("email", NEW),
        ("current_password", PASSWORD),
        ("time_zone", ""),
    ];
    thief.post("/account", &fields).await.expect_status(422);
    for _ in 0..3 {
        sign_in(&app, WRONG).await.expect_status(422);
    }
    sign_in(&app, WRONG).await.expect_status(429);
}

#[tokio::test]
async fn f6_after_a_hundred_failures_no_door_listens() {
    let app = TestApp::start().await;
    let thief = app.sign_in_as(UMA).await;
    Door::PasswordForm.knock(&thief, WRONG).await.expect_status(422);
    app.execute("UPDATE limits SET count = 99").await;
    app.advance(SECOND * 10);
    Door::DetailsForm.knock(&thief, WRONG).await.expect_status(422);
    app.advance(SECOND * 60);
    let before = app.hash_runs();
    for door in Door::ALL {
        let refused = door.knock(&thief, PASSWORD).await.expect_status(429);
        assert_eq!(refused.header("retry-after"), None, "time does not help");
    }
    assert_eq!(app.hash_runs(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn f6_of_twenty_tries_at_once_only_the_free_ones_are_hashed() {
    let app = TestApp::start().await;
    let thief = app.sign_in_as(UMA).await;
    let before = app.hash_runs();
    let tries = (0..20).map(|number| Door::ALL[number % 4].knock(&thief, WRONG));
    let answers: Vec<_> = join_all(tries).await.iter().map(|page| page.status).collect();
    let count = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((count(422), count(429)), (3, 17), "{answers:?}");
    assert_eq!(app.hash_runs() - before, 3);
}

#[tokio::test]
async fn f6_failures_there_count_for_the_network_too() {
    let app = TestApp::with()
        .settings(|settings| settings.limits.failures_per_client = rekey_domain::limit::Rate::per_hour(2, 360))
        .start()
        .await;
    let thief = app.sign_in_as(UMA).await;
    for _ in 0..2 {
        Door::PasswordForm.knock(&thief, WRONG).await.expect_status(422);
    }
    let refused = Door::DetailsForm.knock(&thief, WRONG).await.expect_status(429);
    assert_eq!(refused.header("retry-after"), Some("10"));
    app.advance(SECOND * 10);
    // A right one gives its place back.
    for _ in 0..2 {
        Door::DetailsForm.knock(&thief, PASSWORD).await;
    }
    Door::PasswordForm.knock(&thief, WRONG).await.expect_status(422);
    Door::PasswordForm.knock(&thief, WRONG).await.expect_status(429);
}
