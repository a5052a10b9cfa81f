//! New passwords: cases I1 to I4.

use rekey_domain::password::PasswordRules;
use scraper::Selector;

use crate::support::people::{MAX, ROB, UMA};
use crate::support::{Client, PASSWORD, Page, TestApp, link_of, log, password};

/// A living link for somebody.
async fn link_for(app: &TestApp, email: &str) -> String {
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, email).await;
    link_of(&app.mail_to(email).await)
}

/// Sets it by the page's form.
async fn set(browser: &Client, link: &str, password: &str) -> Page {
    let form = browser.get(link).await.form("Set new password");
    browser.submit(form.fill("New password", password)).await
}

/// A good one of so many characters.
fn of_length(length: usize) -> String {
    let words = [
        log::MARK,
        "quartz",
        "heron",
        "mosaic",
        "tundra",
        "velvet",
        "sprig",
        "ledger",
        "plinth",
        "orchid",
        "gravel",
        "zephyr",
        "walnut",
        "fjord",
        "copper",
        "saddle",
        "lyric",
        "pebble",
        "cactus",
        "ribbon",
        "hazel",
        "anvil",
        "goblet",
    ];
    let long = words.join("-");
    assert!(long.len() >= length, "{}", long.len());
    long[..length].to_owned()
}

#[tokio::test]
async fn i1_from_15_to_128_characters() {
    let app = TestApp::start().await;
    let link = link_for(&app, UMA).await;
    let browser = app.client();
    for (typed, reason) in [
        ("", "Enter a new password"),
        ("               ", "Enter a new password"),
        (&of_length(14), "Use at least 15 characters"),
        // Seven signs, however many bytes.
        ("🦉🦉🦉🦉🦉🦉🦉", "Use at least 15 characters"),
        (&of_length(129), "Use at most 128 characters"),
        (&of_length(129).repeat(20), "Use at most 128 characters"),
    ] {
        let page = set(&browser, &link, typed).await.expect_status(422);
        assert_eq!(page.reason_at("New password").as_deref(), Some(reason), "{typed:?}");
        assert_eq!(page.value_of("New password"), "");
        assert!(page.has_button("Set new password"));
    }
    assert!(app.signs_in(UMA, PASSWORD).await, "nothing was changed");

    let longest = of_length(128);
    set(&browser, &link, &longest).await.expect_status(303);
    assert!(app.signs_in(UMA, &longest).await);
    assert!(!app.signs_in(UMA, &longest[..127]).await, "nothing is cut off");
    assert!(!app.signs_in(UMA, &longest[..72]).await);
    assert!(!app.signs_in(UMA, &format!("{longest}x")).await);
}

#[tokio::test]
async fn i1_15_is_enough_and_no_sign_is_demanded() {
    let app = TestApp::start().await;
    let link = link_for(&app, UMA).await;
    let fifteen = format!("{}-z", log::MARK);
    assert_eq!(fifteen.chars().count(), 15);
    set(&app.client(), &link, &fifteen).await.expect_status(303);
    assert!(app.signs_in(UMA, &fifteen).await);

    // Blanks are signs like any other, those at the ends too.
    let link = link_for(&app, ROB).await;
    let spaced = format!(" {} qua rtz plinth ", log::MARK);
    set(&app.client(), &link, &spaced).await.expect_status(303);
    assert!(app.signs_in(ROB, &spaced).await);
    assert!(!app.signs_in(ROB, spaced.trim()).await);
}

#[tokio::test]
async fn i1_the_operator_may_ask_for_less() {
    let rules = PasswordRules::with_min(8).expect("allowed");
    let app = TestApp::with()
        .settings(move |settings| settings.password_rules = rules)
        .start()
        .await;
    let link = link_for(&app, UMA).await;
    let browser = app.client();
    let page = browser.get(&link).await;
    assert!(page.says("At least 8 characters."), "{}", page.text());
    let page = set(&browser, &link, "qZ7-fjo").await.expect_status(422);
    assert_eq!(
        page.reason_at("New password").as_deref(),
        Some("Use at least 8 characters")
    );
    // Eight that nobody guesses; not the tests' own beginning, which is longer.
    set(&browser, &link, "qZ7-fjoV").await.expect_status(303);
    assert!(app.signs_in(UMA, "qZ7-fjoV").await);
    assert!(PasswordRules::with_min(7).is_none());
}

#[tokio::test]
async fn k14_every_kind_of_blank_is_a_space() {
    let app = TestApp::start().await;
    let plain = format!("{} orbit velvet seven", log::MARK);
    let other = format!("{}\u{a0}orbit velvet\u{3000}seven", log::MARK);
    for (email, set_as, typed) in [(UMA, &other, &plain), (ROB, &plain, &other)] {
        let link = link_for(&app, email).await;
        set(&app.client(), &link, set_as).await.expect_status(303);
        assert!(app.signs_in(email, set_as).await, "{email} as it was set");
        assert!(app.signs_in(email, typed).await, "{email} with other blanks");
        assert!(!app.signs_in(email, &typed.replace(' ', "")).await);
    }
    // One that was hashed before, with its own blanks.
    let hash = app.services().hasher.hash(&other).await.expect("hashes");
    app.execute(&format!(
        "UPDATE users SET password_hash = '{hash}' WHERE email_key = '{UMA}'"
    ))
    .await;
    assert!(app.signs_in(UMA, &other).await);
    assert!(!app.signs_in(UMA, &plain).await, "it never was this one");
    // It is the current one where that is asked for, too.
    let uma = app.client();
    let form = uma.get("/login").await.form("Sign in");
    uma.submit(form.fill("Email", UMA).fill("Password", &other))
        .await
        .expect_status(303);
    let form = uma.get("/account/password").await.form("Change password");
    let form = form.fill("Current password", &other).fill("New password", &other);
    uma.submit(form).await.expect_status(303);
    assert!(app.signs_in(UMA, &plain).await, "now it is");
    // What is typed decides how much is hashed, and not whether there is an account (B4).
    for (typed, runs) in [("wrong one", 1), ("wrong\u{a0}one", 2)] {
        for email in [ROB, "nobody@blueheron.example", "ivy@blueheron.example"] {
            let before = app.hash_runs();
            assert!(!app.signs_in(email, typed).await);
            assert_eq!(app.hash_runs() - before, runs, "{email} {typed:?}");
        }
    }
}

#[tokio::test]
async fn i1_composed_and_decomposed_are_one() {
    let app = TestApp::start().await;
    let decomposed = format!("{}-cafe\u{301}-A\u{30a}land", log::MARK);
    let composed = format!("{}-caf\u{e9}-\u{c5}land", log::MARK);
    for (email, set_as) in [(UMA, &decomposed), (ROB, &composed)] {
        let link = link_for(&app, email).await;
        set(&app.client(), &link, set_as).await.expect_status(303);
        assert!(app.signs_in(email, &composed).await, "{email}");
        assert!(app.signs_in(email, &decomposed).await, "{email}");
        // But compatible is not the same.
        assert!(!app.signs_in(email, &composed.replace('\u{e9}', "e")).await, "{email}");
    }
    // Counted as composed: 14 signs that are 15 when decomposed.
    let link = link_for(&app, "person12@blueheron.example").await;
    let short = "qua rtz plinte\u{301}";
    assert_eq!(short.chars().count(), 15);
    set(&app.client(), &link, short).await.expect_status(422);
}

const COMMON: &str = "This password is on a list of common or stolen passwords. Choose another";
const OWN_WORDS: &str = "Leave out your name, your company and Rekey";

/// What is refused, and why.
const GUESSED: [(&str, &str); 11] = [
    ("passwordpassword", COMMON),
    ("password123456789", COMMON),
    ("qwertyuiopasdfghjkl", COMMON),
    ("aaaaaaaaaaaaaaaaaaaa", COMMON),
    ("123456789012345", COMMON),
    ("abcabcabcabcabcabc", COMMON),
    ("Blue Heron Logistics", OWN_WORDS),
    ("umauser-blueheron", OWN_WORDS),
    ("uma@blueheron.example", OWN_WORDS),
    ("Rekey-rekey-REKEY!", OWN_WORDS),
    ("ÜMA user 1 üma user", OWN_WORDS),
];

#[tokio::test]
async fn i2_common_passwords_and_own_words_are_refused_with_the_reason() {
    let app = TestApp::start().await;
    let link = link_for(&app, UMA).await;
    let browser = app.client();
    for (typed, reason) in GUESSED {
        let page = set(&browser, &link, typed).await.expect_status(422);
        assert_eq!(page.reason_at("New password").as_deref(), Some(reason), "{typed:?}");
        let summary = page.region("Please correct this form").unwrap_or_default();
        assert!(summary.contains(reason), "{summary}");
    }
    // None of it has spent the link.
    set(&browser, &link, &password(1)).await.expect_status(303);
    assert!(app.signs_in(UMA, &password(1)).await);
}

#[tokio::test]
async fn i3_the_server_checks_what_a_browser_would_have_checked() {
    let app = TestApp::start().await;
    let link = link_for(&app, UMA).await;
    let token = link.rsplit('/').next().unwrap_or_default();
    let before = app.hash_runs();
    for typed in [
        "",
        "short",
        &of_length(14),
        &of_length(129),
        "password123456789",
        "Blue Heron Logistics",
    ] {
        let function = [("input[token]", token), ("input[new_password]", typed)];
        let answer = app.client().post("/api/redeem-link", &function).await;
        let answer = answer.expect_status(422);
        assert!(answer.body.contains(r#""field":"new_password""#), "{}", answer.body);
        assert!(typed.len() < 8 || !answer.body.contains(typed), "never said back");
        app.client()
            .post(&link, &[("new_password", typed)])
            .await
            .expect_status(422);
    }
    // The field that is missing is an empty one.
    let answer = app.client().post("/api/redeem-link", &[("input[token]", token)]).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    app.client().post(&link, &[]).await.expect_status(422);
    assert_eq!(app.hash_runs(), before, "what is refused is not hashed");
    assert!(app.signs_in(UMA, PASSWORD).await);
}

/// An attribute of the field with this id.
fn attribute(page: &Page, id: &str, name: &str) -> Option<String> {
    let html = page.html();
    let field = Selector::parse(&format!("input#{id}")).expect("a selector");
    let field = html.select(&field).next().unwrap_or_else(|| panic!("no field {id}"));
    field.attr(name).map(str::to_owned)
}

#[tokio::test]
async fn i4_password_managers_find_what_they_need() {
    let app = TestApp::start().await;
    let page = app.client().get("/login").await;
    for (id, name, value) in [
        ("email", "autocomplete", "username"),
        ("email", "type", "email"),
        ("password", "autocomplete", "current-password"),
        ("password", "type", "password"),
    ] {
        assert_eq!(attribute(&page, id, name).as_deref(), Some(value), "{id} {name}");
    }

    let link = link_for(&app, UMA).await;
    let page = app.client().get(&link).await;
    for (id, name, value) in [
        ("account", "autocomplete", "username"),
        ("account", "value", UMA),
        ("account", "readonly", ""),
        ("new_password", "autocomplete", "new-password"),
        ("new_password", "type", "password"),
        ("new_password", "passwordrules", "minlength: 15"),
    ] {
        assert_eq!(attribute(&page, id, name).as_deref(), Some(value), "{id} {name}");
    }
    assert_eq!(page.value_of("Email"), UMA, "shown, with a label");
    for page in [page, app.client().get("/login").await] {
        for stops in ["onpaste", "oncopy", "maxlength", "autocomplete=\"off\""] {
            assert!(!page.body.contains(stops), "{stops}");
        }
    }
    let page = app.client().get("/.well-known/change-password").await;
    assert!(matches!(page.status, 302 | 303 | 307 | 404), "{}", page.status);
}
