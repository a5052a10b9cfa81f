//! Whatever a mail server answers, and in whatever words: cases K5, K6, F8 and F21. Real conversations over SMTP.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rekey_domain::outage::PROBE_EVERY;

use crate::support::people::{ADA, IVY, MAX, ROB, UMA};
use crate::support::sink::{Answer, Sink, Step, text_of};
use crate::support::{Client, HOUR, Page, SECOND, TestApp, link_of};

const OPEN_OUTAGES: &str = "SELECT count(*) FROM outages WHERE ended_at IS NULL";

/// A server with a sink, and a manager who presses.
struct Office {
    app: TestApp,
    sink: Sink,
    max: Client,
}

impl Office {
    async fn new() -> Self {
        Self::on(Sink::start().await).await
    }

    async fn on(sink: Sink) -> Self {
        let app = TestApp::with()
            .mail_server(sink.url())
            .smtp_limit(2 * SECOND)
            .settings(|settings| {
                settings.ask_tick = HOUR;
                settings.limits.resets_per_manager = None;
                settings.limits.resets_per_person = None;
            })
            .start()
            .await;
        let max = app.sign_in_as(MAX).await;
        let office = Self { app, sink, max };
        // What the demo's people wait for has waited for long.
        office.nobody_needs_a_mail().await;
        office
    }

    /// No mail waits any more.
    async fn nobody_needs_a_mail(&self) {
        let drop = "UPDATE mails SET state = 'dropped', settled_at = created_at WHERE settled_at IS NULL";
        self.app.execute(drop).await;
    }

    /// Presses for somebody; their page once it says these words.
    async fn press(&self, email: &str, words: &str) -> Page {
        self.app.trigger(&self.max, email).await.expect_status(200);
        self.says(email, words).await
    }

    async fn says(&self, email: &str, words: &str) -> Page {
        let page = self.app.page_of(email).await;
        self.app.page_says(&self.max, &page, words).await
    }

    /// No outage is open any more. The sender that has found that the server is back says so; the others may have been quicker with
    /// their mails.
    async fn knows_that_it_is_back(&self) {
        let is_back = async || self.app.number(OPEN_OUTAGES).await == 0;
        self.app.until("the server is known to be back", is_back).await;
    }

    /// The server does as it should again, and is asked. Time stands while it is asked: where a question was under way before, whose
    /// answer was still a refusal, it is asked once more.
    async fn recovers(&self) {
        self.sink.is_in_order();
        for _ in 0..4 {
            self.app.advance(PROBE_EVERY + SECOND);
            if tokio::time::timeout(5 * SECOND, self.knows_that_it_is_back())
                .await
                .is_ok()
            {
                return;
            }
        }
    }

    /// Everything is settled, and nothing more comes although hours go by.
    async fn is_quiet(&self) {
        for _ in 0..3 {
            self.app.advance(HOUR / 4);
            let waiting = "SELECT count(*) FROM mails WHERE settled_at IS NULL AND next_try_at <= ";
            let now = self.app.services().clock.now().as_millis();
            self.app
                .until("nothing is due", async || {
                    self.app.number(&format!("{waiting}{now}")).await == 0
                })
                .await;
        }
    }

    /// In how many mails to this address the state is so.
    async fn mails(&self, email: &str, state: &str) -> i64 {
        let count = format!("SELECT count(*) FROM mails WHERE recipient = '{email}' AND state = '{state}'");
        self.app.number(&count).await
    }
}

#[track_caller]
fn says(page: &Page, words: &str) {
    assert!(page.says(words), "{words:?} is missing in: {}", page.text());
}

fn person(number: usize) -> String {
    format!("person{number:02}@blueheron.example")
}

#[tokio::test]
async fn k5_a_refusal_that_can_not_be_read_is_a_refusal() {
    const NO_MAILBOX: &str = "Mail refused The mail server refused the mail: no such mailbox.";
    let office = Office::new().await;
    let long = [&b"550 5.1.1 "[..], &[b'x'; 1_200], b"\r\n"].concat();
    let cut = vec![b"5".to_vec(), b"50 5.1.1 o".to_vec(), b"k\r".to_vec(), b"\n".to_vec()];
    for (number, (answer, words, reply)) in [
        (
            Answer::of(&b"550 5.1.1 Empf\xe4nger unbekannt\r\n"[..]),
            NO_MAILBOX,
            "550 5.1.1 Empf\u{fffd}nger unbekannt",
        ),
        (
            Answer::of(&b"550-erste Zeile\r\n550 5.1.1 \xd3\xca\r\n"[..]),
            NO_MAILBOX,
            "550 erste Zeile 5.1.1 \u{fffd}\u{fffd}",
        ),
        (
            Answer::of(&b"550-5.1.1 one\r\nno code at all\r\n550 5.1.1 two\r\n"[..]),
            NO_MAILBOX,
            "550 5.1.1 one no code at all two",
        ),
        (Answer::of(&b"550\r\n"[..]), "Mail refused", "550"),
        (Answer::of(long), NO_MAILBOX, "550 5.1.1 […]"),
        (Answer::in_pieces(cut), NO_MAILBOX, "550 5.1.1 ok"),
        (
            Answer::of(&b"550 5.1.1 cut o"[..]).and_hang_up(),
            NO_MAILBOX,
            "550 5.1.1 cut o",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        office
            .sink
            .answers(move |asked| (asked.step == Step::Rcpt).then(|| answer.clone()));
        let page = office.press(&person(20 + number), words).await;
        says(&page, reply);
    }
    assert_eq!(office.app.number("SELECT count(*) FROM outages").await, 0);
    assert_eq!(office.sink.taken(), []);
    // Nothing is tried a second time.
    office.sink.is_in_order();
    office.is_quiet().await;
    assert_eq!(office.sink.taken(), []);
}

#[tokio::test]
async fn k5_a_greeting_that_can_not_be_read_is_an_outage_with_its_words() {
    let office = Office::new().await;
    office
        .sink
        .says(Step::Greet, &b"554 Zugriff verweigert f\xfcr 10.0.0.1\r\n"[..]);
    let page = office.press(UMA, "Mail delayed").await;
    says(&page, "554 Zugriff verweigert f\u{fffd}r 10.0.0.1");
    assert_eq!(office.app.number(OPEN_OUTAGES).await, 1);
    office.sink.is_in_order();
    office.app.advance(PROBE_EVERY);
    office.says(UMA, "Mail accepted").await;
}

#[tokio::test]
async fn k5_what_was_taken_is_taken_whatever_the_words() {
    let office = Office::new().await;
    let long = [&b"250 "[..], &[b'y'; 5_000], b"\r\n"].concat();
    let endless = "250-so many words\r\n".repeat(20_000);
    for (number, answer) in [
        Answer::of(&b"250 \xff\xfe\x00\x07 genommen\r\n"[..]),
        Answer::of(&b"250\r\n"[..]),
        Answer::of(&b"250\n"[..]),
        Answer::of(&b"250OK\r\n"[..]),
        Answer::of(&b"junk\r\n\r\n250 ok\r\n"[..]),
        Answer::of(&b"250-one\r\nno code\r\n550 two\r\n"[..]),
        Answer::of(long),
        Answer::of(endless),
        Answer::of(&b"250-queued\r\n"[..]).and_hang_up(),
        Answer::of(&b"250-queued\r\n25"[..]),
        Answer::of(&b"250"[..]).and_hang_up(),
        Answer::of(&b"250 2.0.0 queued"[..]),
        Answer::in_pieces(vec![
            b"2".to_vec(),
            b"5".to_vec(),
            b"0".to_vec(),
            b" ok\r".to_vec(),
            b"\n".to_vec(),
        ]),
    ]
    .into_iter()
    .enumerate()
    {
        office
            .sink
            .answers(move |asked| (asked.step == Step::Dot).then(|| answer.clone()));
        let email = person(10 + number);
        office.press(&email, "Mail accepted").await;
    }
    office.sink.is_in_order();
    office.is_quiet().await;
    for number in 0..13 {
        let email = person(10 + number);
        // The sink does not count what it took with words before the code.
        let times = usize::from(number != 4);
        assert_eq!(office.sink.times_taken(&email), times, "{email}");
    }
    assert_eq!(office.app.number("SELECT count(*) FROM outages").await, 0);
}

#[tokio::test]
async fn k5_what_is_said_unasked_is_not_the_answer_to_the_letter() {
    let office = Office::new().await;
    // As if the letter had been taken before it was sent; then it is refused.
    office.sink.answers(|asked| match asked.step {
        Step::Data => Some(Answer::of(&b"354 go on\r\n250 2.0.0 taken\r\n"[..])),
        _ => None,
    });
    office.press(UMA, "Mail delayed").await;
    assert_eq!(office.mails(UMA, "accepted").await, 0);
    office.sink.is_in_order();
    office.app.advance(20 * SECOND);
    office.says(UMA, "Mail accepted").await;
}

/// What a server says to a recipient, and means our sender.
const OF_OUR_SENDER: [&str; 4] = [
    "553 5.7.1 <accounts@rekey.example>: this login may not send as it",
    "504 5.5.2 <host>: HELO needs a full name",
    "554 5.7.1 <unknown[10.0.0.1]>: client not wanted here",
    "550 5.1.8 bad sender",
];

#[tokio::test]
async fn k6_a_refused_sender_is_no_bad_mailbox_and_nothing_is_lost() {
    let office = Office::new().await;
    let mut people = Vec::new();
    for (number, words) in OF_OUR_SENDER.into_iter().enumerate() {
        office.sink.says(Step::Rcpt, format!("{words}\r\n"));
        for email in (0..3).map(|one| person(10 + 3 * number + one)) {
            office.press(&email, "Mail delayed").await;
            people.push(email);
        }
    }
    let page = office
        .says(
            &people[0],
            "Mail delayed The mail could not be handed over yet: our sender is refused.",
        )
        .await;
    says(&page, OF_OUR_SENDER[0].split_once(' ').map_or("", |(_, words)| words));
    for page in ["/dashboard", "/company?tab=resets"] {
        let page = office.max.get(page).await;
        says(&page, "Mail is delayed because our sender is refused: ");
    }
    assert_eq!(
        office
            .app
            .number("SELECT count(*) FROM mails WHERE state = 'refused' AND settled_at > 1795527128000")
            .await,
        0
    );
    assert_eq!(office.app.number(OPEN_OUTAGES).await, 1);
    // Asking costs nobody a try.
    let tries = "SELECT count(*) FROM tries WHERE ended_at > 1795527128000";
    let before = office.app.number(tries).await;
    office.app.advance(PROBE_EVERY);
    let asked_again = "SELECT count(*) FROM outages WHERE next_probe_at > began_at + 30000";
    office
        .app
        .until("the server was asked again", async || {
            office.app.number(asked_again).await == 1
        })
        .await;
    assert_eq!(office.app.number(tries).await, before);

    office.sink.is_in_order();
    office.app.advance(PROBE_EVERY);
    for email in &people {
        office.says(email, "Mail accepted").await;
        assert_eq!(office.sink.times_taken(email), 1, "{email}");
    }
    office.knows_that_it_is_back().await;
    assert!(!office.max.get("/dashboard").await.says("Mail is delayed"));
}

#[tokio::test]
async fn k6_each_way_of_refusing_our_sender_is_understood_from_the_first_mail() {
    for (step, words) in [
        (Step::Rcpt, OF_OUR_SENDER[0]),
        (Step::Rcpt, OF_OUR_SENDER[1]),
        (Step::Rcpt, OF_OUR_SENDER[2]),
        (
            Step::Rcpt,
            "450 4.1.8 <accounts@rekey.example>: Sender address rejected: Domain not found",
        ),
        (Step::Rcpt, "530 5.7.0 Authentication required"),
        (Step::Mail, "550 5.7.1 <accounts@rekey.example> is not yours"),
        (
            Step::Data,
            "554 5.7.1 <accounts@rekey.example>: Sender address rejected",
        ),
        (Step::Dot, "554 5.7.1 <accounts@rekey.example>: not with this login"),
    ] {
        let office = Office::new().await;
        office.sink.says(step, format!("{words}\r\n"));
        office
            .press(
                UMA,
                "Mail delayed The mail could not be handed over yet: our sender is refused.",
            )
            .await;
        office.press(ROB, "our sender is refused.").await;
        assert_eq!(office.app.number(OPEN_OUTAGES).await, 1, "{words}");
        office.recovers().await;
        for email in [UMA, ROB] {
            // One whose refusal was on its way when the server came back waits for its own time.
            let goes = async || office.mails(email, "accepted").await == 1;
            office.app.by_and_by(PROBE_EVERY + SECOND, words, goes).await;
            office.says(email, "Mail accepted").await;
            assert_eq!(office.sink.times_taken(email), 1, "{email} {words}");
        }
        assert_eq!(office.app.number(OPEN_OUTAGES).await, 0, "{words}");
    }
}

#[tokio::test]
async fn k6_an_outage_ends_although_nobody_needs_a_mail_any_more() {
    for (step, words) in [
        (Step::Mail, "550 5.7.1 <accounts@rekey.example> is not yours"),
        (Step::Rcpt, OF_OUR_SENDER[0]),
        (Step::Dot, "554 5.7.1 <accounts@rekey.example>: not with this login"),
    ] {
        let office = Office::new().await;
        office.sink.says(step, format!("{words}\r\n"));
        office.press(UMA, "our sender is refused.").await;
        office.nobody_needs_a_mail().await;
        // As long as the server refuses, asking changes nothing, where that can be seen without a mail.
        office.app.advance(PROBE_EVERY + SECOND);
        if matches!(step, Step::Mail | Step::Rcpt) {
            let asked_again = "SELECT count(*) FROM outages WHERE next_probe_at > began_at + 30000";
            let is_asked = async || office.app.number(asked_again).await == 1;
            office.app.until("the server was asked again", is_asked).await;
            assert_eq!(office.app.number(OPEN_OUTAGES).await, 1, "{words}");
        }
        office.sink.is_in_order();
        office.app.advance(PROBE_EVERY + SECOND);
        office.knows_that_it_is_back().await;
        assert!(!office.max.get("/dashboard").await.says("Mail is delayed"), "{words}");
    }
}

#[tokio::test]
async fn k6_a_quota_that_is_used_up_is_the_relays_and_a_full_mailbox_is_not() {
    for step in [Step::Mail, Step::Rcpt, Step::Dot] {
        let office = Office::new().await;
        office
            .sink
            .says(step, "550 5.4.5 Daily user sending limit exceeded\r\n");
        office.press(UMA, "our sending limit is used up.").await;
        let dashboard = office.max.get("/dashboard").await;
        says(&dashboard, "Mail is delayed because our sending limit is used up: ");
        office.sink.is_in_order();
        office.app.advance(PROBE_EVERY + SECOND);
        office.says(UMA, "Mail accepted").await;
    }
    let office = Office::new().await;
    for (number, words) in ["552 5.2.2 mailbox full", "552 over quota"].into_iter().enumerate() {
        office.sink.says(Step::Rcpt, format!("{words}\r\n"));
        office
            .press(
                &person(20 + number),
                "Mail refused The mail server refused the mail: mailbox full.",
            )
            .await;
    }
    assert_eq!(office.app.number("SELECT count(*) FROM outages").await, 0);
}

#[tokio::test]
async fn k6_the_same_refusal_of_three_people_means_us_whatever_its_words() {
    for (step, words) in [
        (Step::Rcpt, &b"554 Nein\r\n"[..]),
        (Step::Rcpt, b"550\r\n"),
        (Step::Rcpt, b"550 5.7.1 \xd3\xca\r\n"),
        (Step::Rcpt, b"552 quota exceeded\r\n"),
        (Step::Dot, b"554 5.7.1 refused\r\n"),
    ] {
        let office = Office::new().await;
        office.sink.says(step, words);
        office.press(UMA, "Mail refused").await;
        office.press(ROB, "Mail refused").await;
        assert_eq!(office.app.number(OPEN_OUTAGES).await, 0);
        office
            .press(
                ADA,
                "Mail delayed The mail could not be handed over yet: our sender is refused.",
            )
            .await;
        for email in [UMA, ROB] {
            office.says(email, "Mail delayed").await;
        }
        says(&office.max.get("/dashboard").await, "because our sender is refused: ");
        // The server is asked again and again, and some are tried again.
        for round in 1..=3 {
            office.app.advance(PROBE_EVERY * 2);
            let now = office.app.services().clock.now().as_millis();
            let asked = format!("SELECT count(*) FROM outages WHERE next_probe_at > {now}");
            office
                .app
                .until("the server was asked again", async || {
                    office.app.number(&asked).await == 1
                })
                .await;
            for email in [UMA, ROB, ADA] {
                let waits = async || office.mails(email, "deferred").await == 1;
                office
                    .app
                    .until(&format!("{email} waits in round {round}"), waits)
                    .await;
            }
        }
        office.sink.is_in_order();
        office.app.advance(PROBE_EVERY * 2);
        for email in [UMA, ROB, ADA] {
            office.says(email, "Mail accepted").await;
            assert_eq!(office.sink.times_taken(email), 1, "{email} {words:?}");
        }
        office.knows_that_it_is_back().await;
    }
}

#[tokio::test]
async fn k6_what_is_put_back_is_only_what_is_still_of_use() {
    let office = Office::new().await;
    office.sink.says(Step::Rcpt, "554 no\r\n");
    // Uma's first is followed by a second one, Rob's is withdrawn, Ivy's time is over.
    office.press(IVY, "Mail refused").await;
    office
        .app
        .execute("UPDATE mails SET deadline = 1795527129500 WHERE recipient = 'ivy@blueheron.example'")
        .await;
    office.press(ROB, "Mail refused").await;
    office
        .app
        .execute(
            "UPDATE resets SET ended_as = 'revoked', ended_at = 1795527130000 WHERE ended_as IS NULL AND id IN \
             (SELECT reset_id FROM mails WHERE recipient = 'rob@blueheron.example')",
        )
        .await;
    // Two of one person are one in a row.
    office.app.advance(SECOND);
    office.press(ADA, "Mail delayed").await;
    office.says(ADA, "our sender is refused").await;
    office.sink.is_in_order();
    office.app.advance(PROBE_EVERY);
    office.says(ADA, "Mail accepted").await;
    office.is_quiet().await;
    for (email, times) in [(IVY, 0), (ROB, 0), (ADA, 1)] {
        assert_eq!(office.sink.times_taken(email), times, "{email}");
    }
}

#[tokio::test]
async fn k6_who_pressed_again_meanwhile_gets_one_mail() {
    let office = Office::new().await;
    office.sink.says(Step::Rcpt, "554 no\r\n");
    office.press(UMA, "Mail refused").await;
    office.press(UMA, "Mail refused").await;
    office
        .app
        .until("both were refused", async || office.mails(UMA, "refused").await == 2)
        .await;
    office.press(ROB, "Mail refused").await;
    office.press(ADA, "Mail delayed").await;
    office.says(UMA, "Mail delayed").await;
    assert_eq!(
        (office.mails(UMA, "refused").await, office.mails(UMA, "deferred").await),
        (1, 1)
    );
    office.sink.is_in_order();
    office.app.advance(PROBE_EVERY);
    for email in [UMA, ROB, ADA] {
        office.says(email, "Mail accepted").await;
        assert_eq!(office.sink.times_taken(email), 1, "{email}");
    }
}

#[tokio::test]
async fn k6_many_wrong_addresses_hold_up_nobody_and_end_as_refused() {
    let office = Office::new().await;
    office.press(ROB, "Mail accepted").await;
    let is_wrong = |to: &str| to.starts_with("person");
    office.sink.answers(move |asked| {
        let is_refused = asked.step == Step::Rcpt && is_wrong(asked.to);
        is_refused.then(|| Answer::of("550 no such user\r\n"))
    });
    let wrong: Vec<_> = (10..17).map(person).collect();
    for email in &wrong {
        office.app.trigger(&office.max, email).await.expect_status(200);
    }
    let settled = "SELECT count(*) FROM mails WHERE recipient LIKE 'person1%' AND state = 'refused' AND attempts > 0 \
                   AND settled_at > 1795527128000";
    office
        .app
        .until("all of them are refused", async || {
            office.app.advance(SECOND);
            office.app.number(settled).await == 7
        })
        .await;
    office.press(UMA, "Mail accepted").await;
    office.knows_that_it_is_back().await;
    office.is_quiet().await;
    assert_eq!(office.app.number(settled).await, 7);
    assert_eq!(office.sink.times_taken(UMA), 1);
}

#[tokio::test]
async fn k6_one_mailbox_that_refuses_our_sender_does_not_hold_up_the_others() {
    let office = Office::new().await;
    office.press(ROB, "Mail accepted").await;
    office.sink.answers(|asked| {
        let is_refused = asked.step == Step::Rcpt && asked.to == UMA;
        is_refused.then(|| Answer::of("550 5.7.1 <accounts@rekey.example> is not known here\r\n"))
    });
    office.press(UMA, "Mail delayed").await;
    // Asked at once about somebody else.
    office.press(ADA, "Mail accepted").await;
    for attempts in 2..=4 {
        office.app.advance(Duration::from_mins(10));
        let tried = format!(
            "SELECT count(*) FROM mails WHERE recipient = '{UMA}' AND state = 'deferred' AND attempts = {attempts}"
        );
        office
            .app
            .until("it was tried", async || office.app.number(&tried).await == 1)
            .await;
    }
    office.knows_that_it_is_back().await;
    assert_eq!(office.app.number("SELECT count(*) FROM outages").await, 1);
    office.sink.is_in_order();
    office.app.advance(HOUR * 2);
    office
        .app
        .until("it went in the end", async || office.mails(UMA, "accepted").await == 1)
        .await;
}

#[tokio::test]
async fn k6_the_database_revives_no_settled_mail_but_in_an_outage() {
    let office = Office::new().await;
    office.press(UMA, "Mail accepted").await;
    office.sink.says(Step::Rcpt, "550 5.1.1 nobody\r\n");
    office.press(ROB, "Mail refused").await;
    let revive = async |email: &str, state: &str| {
        let tx = office
            .app
            .services()
            .db
            .begin_write()
            .await
            .expect("the database takes it");
        let sql = format!(
            "UPDATE mails SET state = '{state}', settled_at = NULL WHERE recipient = '{email}' AND kind = 'reset'"
        );
        let done = sea_orm::ConnectionTrait::execute_unprepared(&tx, &sql).await;
        done.map(|_| ()).map_err(|error| error.to_string())
    };
    for (email, state) in [(UMA, "deferred"), (UMA, "queued"), (ROB, "deferred"), (ROB, "queued")] {
        let refused = revive(email, state).await.expect_err("a settled mail stays settled");
        assert!(refused.contains("a settled mail stays settled"), "{refused}");
    }
    office.sink.says(Step::Mail, "451 4.3.0 no\r\n");
    office.press(ADA, "Mail delayed").await;
    for (email, state) in [(UMA, "deferred"), (ROB, "queued")] {
        revive(email, state).await.expect_err("a settled mail stays settled");
    }
    revive(ROB, "deferred").await.expect("our sender was refused, perhaps");
}

#[tokio::test]
async fn f8_a_link_that_the_mail_server_quotes_is_neither_kept_nor_shown() {
    let quotes = |words: &'static str, folds: bool| {
        move |asked: &crate::support::sink::Asked<'_>| {
            let text = (asked.step == Step::Dot).then(|| text_of(asked.said))?;
            let link = text.lines().find(|line| line.contains("/reset-password/"))?.trim();
            let (code, words) = words.split_once(' ')?;
            let (start, end) = link.split_at(link.len() - 20);
            Some(Answer::of(if folds {
                format!("{code}-{words} bad: <{start}\r\n{code} {words} {end}> (list)\r\n")
            } else {
                format!("{code} {words} bad: {link} (list)\r\n")
            }))
        }
    };
    for folds in [false, true] {
        let office = Office::new().await;
        let mut secrets = Vec::new();
        for (email, words, badge) in [
            (UMA, "550 5.7.1", "Mail refused"),
            (ROB, "451 4.7.1", "Mail delayed"),
            (ADA, "250 2.0.0", "Mail accepted"),
        ] {
            office.sink.answers(quotes(words, folds));
            let page = office.press(email, badge).await;
            says(&page, "bad: ");
            says(&page, "[…]");
            assert!(
                !page.body.contains("reset-password/a") && !crate::support::log::has_secret(&page.text()),
                "{}",
                page.text()
            );
        }
        for taken in office.sink.taken() {
            let text = text_of(&taken.letter);
            let link = text
                .lines()
                .find(|line| line.contains("/reset-password/"))
                .expect("a link")
                .trim()
                .to_owned();
            secrets.push(link.rsplit('/').next().expect("a secret").to_owned());
        }
        assert_eq!(secrets.len(), 1);
        // A whole secret, or most of one, is nowhere; rows are searched at the end of each test.
        let stolen = office.app.stolen().await;
        for secret in secrets {
            let most = &secret.as_bytes()[..32];
            assert!(!stolen.windows(32).any(|window| window == most));
        }
    }
}

#[tokio::test]
async fn f8_what_an_older_version_has_kept_is_not_shown() {
    let office = Office::new().await;
    office.press(UMA, "Mail accepted").await;
    let secret = "abcdefghijklmnopqrstuvwxyz".repeat(2);
    office
        .app
        .execute(&format!(
            "UPDATE tries SET reply_text = '2.0.0 see {secret} there' WHERE verdict = 'accepted'"
        ))
        .await;
    let page = office.says(UMA, "250 2.0.0 see […] there").await;
    assert!(!page.body.contains(&secret));
    office.app.execute("UPDATE tries SET reply_text = ''").await;
}

#[tokio::test]
async fn f21_no_code_is_shown_twice() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.trigger(&max, UMA).await;
    link_of(&app.mail_to(UMA).await);
    let page = app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    says(&page, "Server reply 250 2.0.0 Taken as 1");
    assert!(!page.says("2.0.0 2.0.0"), "{}", page.text());
}

/// Answers of a server that has lost its mind, and what they are: `Some` code where there is one.
fn mad_answer() -> impl Strategy<Value = (Option<u16>, Vec<Vec<u8>>)> {
    // No line ends, and nothing that could be read as a code.
    let junk = prop::collection::vec(any::<u8>().prop_filter("no line end", |byte| *byte != b'\n'), 0..300);
    let code = prop::sample::select(vec![
        None,
        Some(220),
        Some(250),
        Some(299),
        Some(354),
        Some(421),
        Some(451),
        Some(550),
        Some(554),
    ]);
    let sign = prop::sample::select(vec![" ", "-", ""]);
    let end = prop::sample::select(vec!["\r\n", "\n", ""]);
    let cuts = prop::collection::vec(any::<prop::sample::Index>(), 0..3);
    (code, sign, junk, end, cuts).prop_map(|(code, sign, junk, end, cuts)| {
        let start = match code {
            // Without a sign in between, a digit would make another number of it.
            Some(code) if sign.is_empty() => format!("{code}!"),
            Some(code) => format!("{code}{sign}"),
            None => "?".to_owned(),
        };
        let bytes = [start.as_bytes(), &junk, end.as_bytes()].concat();
        let mut places: Vec<_> = cuts.iter().map(|cut| cut.index(bytes.len())).collect();
        places.extend([0, bytes.len()]);
        places.sort_unstable();
        let pieces = places.windows(2).map(|ends| bytes[ends[0]..ends[1]].to_vec());
        (code, pieces.filter(|piece| !piece.is_empty()).collect())
    })
}

#[tokio::test]
async fn k5_random_answers_at_every_step_lose_no_mail_and_send_none_twice() {
    let office = Office::new().await;
    let mut runner = TestRunner::deterministic();
    let steps = [Step::Greet, Step::Hello, Step::Mail, Step::Rcpt, Step::Data, Step::Dot];
    for round in 0..24 {
        let (code, pieces) = mad_answer().new_tree(&mut runner).expect("an answer").current();
        let step = steps[round % steps.len()];
        let email = person(10 + round);
        let described = format!("round {round}: {step:?} {code:?} {pieces:?}");
        // It comes to its senses after two of these.
        let left = AtomicU32::new(2);
        let answer = Answer::in_pieces(pieces).and_hang_up();
        // So that it is greeted: connections from before are cut.
        let cut = AtomicU32::new(u32::from(matches!(step, Step::Greet | Step::Hello)));
        let takes = |left: &AtomicU32| left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok();
        office.sink.answers(move |asked| {
            if asked.step == Step::Mail && takes(&cut) {
                return Some(Answer::default().and_hang_up());
            }
            (asked.step == step && takes(&left)).then(|| answer.clone())
        });
        let max = office.app.sign_in_as(MAX).await;
        office.app.trigger(&max, &email).await.expect_status(200);
        let open = format!("SELECT count(*) FROM mails WHERE recipient = '{email}' AND settled_at IS NULL");
        office
            .app
            .until(&described, async || {
                office.app.advance(PROBE_EVERY);
                office.app.number(&open).await == 0
            })
            .await;
        let is_refused = matches!(step, Step::Rcpt | Step::Data | Step::Dot) && code.is_some_and(|code| code >= 500);
        let state = if is_refused { "refused" } else { "accepted" };
        let newest = format!(
            "SELECT count(*) FROM mails WHERE recipient = '{email}' AND state = '{state}' AND settled_at > 1795527128000"
        );
        assert_eq!(office.app.number(&newest).await, 1, "{described}");
        // The sink counts what begins with a 2 at the final dot.
        assert_eq!(office.sink.times_taken(&email), usize::from(!is_refused), "{described}");
    }
}
