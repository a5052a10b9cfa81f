//! Mail as the recipient and the mail server see it, and as the pages tell of it: cases G1, G3, G4, G6, G7, G8, G10.

use rekey::server::mail::recorded::ReadMail;
use rekey::server::mail::recorder::Behaviour;
use rekey_domain::outage::PROBE_EVERY;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HOST};
use scraper::{Html, Selector};

use crate::support::people::{IVY, MAX, ROB, UMA};
use crate::support::{Client, HOUR, SECOND, TestApp, link_of, not_me_of, password};

const OPEN_OUTAGES: &str = "SELECT count(*) FROM outages WHERE ended_at IS NULL";

/// A server and the manager, about to trigger a reset for Uma.
struct Office {
    app: TestApp,
    max: Client,
    /// Uma's page.
    page: String,
}

impl Office {
    async fn new() -> Self {
        Self::on(TestApp::start().await).await
    }

    async fn on(app: TestApp) -> Self {
        let max = app.sign_in_as(MAX).await;
        let page = app.page_of(UMA).await;
        Self { app, max, page }
    }

    /// Triggers a reset while the mail server behaves so, and waits until the page says these words.
    async fn trigger_until(&self, behaviour: Behaviour, words: &str) {
        self.app.recorder.set_behaviour(behaviour);
        self.app.trigger(&self.max, UMA).await.expect_status(200);
        self.app.page_says(&self.max, &self.page, words).await;
    }

    /// Fails if Uma gets a mail beyond `count`, of all that are due: one to somebody else overtakes none.
    async fn nothing_more_comes(&self, count: usize) {
        let max = self.app.sign_in_as(MAX).await;
        self.app.trigger(&max, ROB).await;
        self.app.mail_to(ROB).await;
        let unsettled = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending')";
        self.app
            .until("nothing is under way", async || self.app.number(unsettled).await == 0)
            .await;
        let to_uma = self
            .app
            .recorder
            .mails()
            .into_iter()
            .filter(|mail| mail.to == [UMA])
            .count();
        assert_eq!(to_uma, count);
    }
}

/// A text part without its line breaks.
fn unwrapped(mail: &ReadMail) -> String {
    mail.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The value of a header, unfolded.
fn header(mail: &ReadMail, name: &str) -> Option<String> {
    let unfolded = mail.headers.replace("\n ", " ").replace("\n\t", " ");
    let start = format!("{}:", name.to_lowercase());
    let mut found = unfolded.lines().filter(|line| line.to_lowercase().starts_with(&start));
    let value = found.next()?[start.len()..].trim().to_owned();
    assert_eq!(found.next(), None, "{name} twice");
    Some(value)
}

#[tokio::test]
async fn g1_the_link_leads_to_the_configured_address_whatever_the_request_says() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let form = max.get(&app.page_of(ROB).await).await.form("Reset password");
    let company = form.fields().map(|(_, value)| value.to_owned()).collect::<String>();
    let forged = |client: &Client, address: &str, body: String| {
        client
            .request(Method::POST, address)
            .header(HOST, "evil.example")
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Forwarded-Proto", "https")
            .header("X-Original-URL", "https://evil.example/")
            .header("Forwarded", "for=203.0.113.7;host=evil.example;proto=https")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body)
    };
    let stranger = app.client();
    stranger
        .send(forged(&stranger, "/reset-password", format!("email={UMA}")))
        .await
        .expect_status(303);
    max.send(forged(&max, form.action(), format!("company={company}")))
        .await
        .expect_status(303);
    for address in [UMA, ROB] {
        let mail = app.mail_to(address).await;
        assert!(
            link_of(&mail).starts_with(&format!("{}reset-password/", app.url())),
            "{:?}",
            mail.links
        );
        assert!(!format!("{}{}{}", mail.headers, mail.text, mail.html).contains("evil.example"));
    }
}

#[tokio::test]
async fn g2_g3_an_address_that_is_more_than_one_is_refused_and_no_mail_goes() {
    let app = TestApp::start().await;
    for typed in [
        "uma@blueheron.example\r\nRCPT TO:<evil@evil.example>",
        "uma@blueheron.example\nBcc: evil@evil.example",
        "uma@blueheron.example, evil@evil.example",
        "uma@blueheron.example;evil@evil.example",
        "uma@blueheron.example> RCPT TO:<evil@evil.example",
        "' OR 1=1 --",
    ] {
        let page = app
            .client()
            .post("/reset-password", &[("email", typed)])
            .await
            .expect_status(422);
        assert_eq!(
            page.reason_at("Email").as_deref(),
            Some("Enter an email like name@example.com"),
            "{typed:?}"
        );
    }
    for fields in [
        &[("email", UMA), ("email", "evil@evil.example")][..],
        &[("email[]", UMA), ("email[]", "evil@evil.example")],
        &[("email[0]", UMA)],
    ] {
        app.client().post("/reset-password", fields).await.expect_status(422);
    }
    assert_eq!(app.number("SELECT count(*) FROM asks").await, 0);
    assert!(app.recorder.mails().is_empty());
}

#[tokio::test]
async fn g3_line_breaks_in_names_bring_no_recipient_and_no_header() {
    let office = Office::new().await;
    // No form lets such names in; the database does.
    let evil = "'\r\nBcc: evil@evil.example\r\n\r\nx'";
    office
        .app
        .execute(&format!(
            "UPDATE users SET name = name || {evil}; UPDATE companies SET name = name || {evil}"
        ))
        .await;
    office.app.trigger(&office.max, UMA).await;
    let mail = office.app.mail_to(UMA).await;
    let raw = &office.app.recorder.mails()[0];
    assert_eq!(raw.to, [UMA]);
    assert_eq!(raw.commands.len(), 2, "{:?}", raw.commands);
    assert_eq!(header(&mail, "Bcc"), None);
    assert!(mail.subject.contains("set a new password"), "{}", mail.subject);
    link_of(&mail);
}

#[tokio::test]
async fn g4_html_in_names_is_text_in_the_mail() {
    let office = Office::new().await;
    let evil = "<img src=x onerror=alert(1)> & <b>bold</b>";
    office
        .app
        .execute(&format!(
            "UPDATE users SET name = name || '{evil}'; UPDATE companies SET name = '{evil}'"
        ))
        .await;
    office.app.trigger(&office.max, UMA).await;
    let mail = office.app.mail_to(UMA).await;
    let html = Html::parse_document(&mail.html);
    for tag in ["img", "b", "script"] {
        let selector = Selector::parse(tag).expect("a selector");
        assert_eq!(html.select(&selector).count(), 0, "{tag} in {}", mail.html);
    }
    let words = html.root_element().text().collect::<String>();
    assert!(words.contains(&format!("Hello Uma User{evil},")), "{words}");
    assert!(
        unwrapped(&mail).contains(&format!("Hello Uma User{evil},")),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn g6_the_notice_says_truthfully_who_asked() {
    let office = Office::new().await;
    let app = &office.app;
    app.trigger(&office.max, UMA).await;
    app.redeem(&link_of(&app.mail_to(UMA).await), &password(1))
        .await
        .expect_status(303);
    let notice = app.mails_to(UMA, 2).await.remove(1);
    assert_eq!(notice.subject, "Blue Heron Logistics: your password was changed");
    let words = unwrapped(&notice);
    for said in [
        "A new password was set for your account at Blue Heron Logistics.",
        "Account: uma@blueheron.example When: 24 Nov 2026, 14:32 (Europe/Berlin)",
        "How: With the link that Max Manager asked us to send you",
        "Browser: Firefox on Linux",
        "IP address: 127.0.0.1",
        "Devices: None was signed in",
        "Questions: Blue Heron Logistics, it@blueheronlogistics.example.",
    ] {
        assert!(words.contains(said), "{said} in {words}");
    }
    // Nothing of devices where none was signed in.
    assert!(
        !words.contains("device was") && !words.contains("devices were"),
        "{words}"
    );
    assert!(!format!("{}{}", notice.text, notice.html).contains(&password(1)));
    let [not_me] = &notice.links[..] else {
        panic!("{:?}", notice.links)
    };
    assert!(not_me.starts_with(&format!("{}not-me/", app.url())), "{not_me}");

    app.ask(ROB).await;
    let rob = app.sign_in_as(ROB).await;
    app.redeem(&link_of(&app.mail_to(ROB).await), &password(2))
        .await
        .expect_status(303);
    let words = unwrapped(&app.mails_to(ROB, 2).await[1]);
    assert!(
        words.contains("How: With a link that you, or someone who entered your email, asked for"),
        "{words}"
    );
    assert!(words.contains("Devices: 1 signed out"), "{words}");
    rob.get("/dashboard").await.expect_status(303);

    app.trigger(&office.max, IVY).await;
    app.redeem(&link_of(&app.mail_to(IVY).await), &password(3))
        .await
        .expect_status(303);
    let words = unwrapped(&app.mails_to(IVY, 2).await[1]);
    assert!(
        words.contains("How: With the link in the invitation from Max Manager"),
        "{words}"
    );
}

#[tokio::test]
async fn g7_a_mail_that_is_put_off_is_tried_again_after_its_wait_and_not_before() {
    let office = Office::new().await;
    office.trigger_until(Behaviour::Defer, "Mail delayed").await;
    let page = office.max.get(&office.page).await;
    assert!(
        page.says("The mail could not be handed over yet: temporary trouble. Next try 24 Nov 2026, 14:32."),
        "{}",
        page.text()
    );
    assert!(page.says("4.3.0 Temporary trouble, try again later"), "{}", page.text());

    office.app.recorder.set_behaviour(Behaviour::Accept);
    office.app.advance(10 * SECOND);
    office.nothing_more_comes(0).await;
    office.app.advance(10 * SECOND);
    office.app.mail_to(UMA).await;
    office.app.page_says(&office.max, &office.page, "Mail accepted").await;
    office.app.advance(2 * HOUR);
    office.nothing_more_comes(1).await;
}

#[tokio::test]
async fn g7_greylisting_costs_one_wait() {
    let office = Office::new().await;
    office.trigger_until(Behaviour::Greylist, "Mail delayed").await;
    office.app.advance(20 * SECOND);
    office.app.page_says(&office.max, &office.page, "Mail accepted").await;
    office
        .app
        .redeem(&link_of(&office.app.mail_to(UMA).await), &password(1))
        .await
        .expect_status(303);
}

#[tokio::test]
async fn g7_a_refused_mail_is_refused_for_good_and_the_page_says_why() {
    for (behaviour, why, reply) in [
        (Behaviour::Refuse, "no such mailbox", "5.1.1 No such user here"),
        (Behaviour::RefuseAfterData, "mailbox full", "5.2.2 Mailbox full"),
    ] {
        let office = Office::new().await;
        office.trigger_until(behaviour, "Mail refused").await;
        let page = office.max.get(&office.page).await;
        assert!(
            page.says(&format!("The mail server refused the mail: {why}.")),
            "{}",
            page.text()
        );
        assert!(page.says(reply), "{}", page.text());
        office.app.recorder.set_behaviour(Behaviour::Accept);
        office.app.advance(2 * HOUR);
        office.nothing_more_comes(0).await;
    }
}

#[tokio::test]
async fn g7_the_mail_servers_own_trouble_puts_off_and_refuses_nothing() {
    for behaviour in [Behaviour::Down, Behaviour::Busy, Behaviour::CutInData] {
        let office = Office::new().await;
        office.trigger_until(behaviour, "Mail delayed").await;
        office.app.recorder.set_behaviour(Behaviour::Accept);
        office.app.advance(PROBE_EVERY);
        office.app.page_says(&office.max, &office.page, "Mail accepted").await;
        office.nothing_more_comes(1).await;
    }
}

#[tokio::test]
async fn g7_no_mail_server_is_said_in_plain_words() {
    let office = Office::new().await;
    office
        .trigger_until(Behaviour::Down, "our mail server does not answer")
        .await;
}

#[tokio::test]
async fn g7_a_mail_server_that_hangs_costs_one_time_limit_and_holds_up_nobody() {
    let office = Office::on(TestApp::with().smtp_limit(SECOND).start().await).await;
    office.app.recorder.set_behaviour(Behaviour::HangAfterData);
    office.app.trigger(&office.max, UMA).await.expect_status(200);
    // Answered while the mail server hangs.
    office.max.get("/company").await.expect_status(200);
    office.app.page_says(&office.max, &office.page, "Mail delayed").await;
    let page = office.max.get(&office.page).await;
    assert!(page.says("no answer within 1s"), "{}", page.text());

    office.app.recorder.set_behaviour(Behaviour::Accept);
    office.app.advance(20 * SECOND);
    office.app.page_says(&office.max, &office.page, "Mail accepted").await;
    office.nothing_more_comes(1).await;
}

#[tokio::test]
async fn g7_a_late_yes_is_not_taken_for_the_answer_to_the_next_mail() {
    let office = Office::on(TestApp::with().smtp_limit(SECOND).start().await).await;
    office.trigger_until(Behaviour::Slow(2 * SECOND), "Mail delayed").await;
    office.app.recorder.set_behaviour(Behaviour::Refuse);
    office.app.advance(20 * SECOND);
    office.app.page_says(&office.max, &office.page, "Mail refused").await;
}

#[tokio::test]
async fn g8_a_mail_that_can_not_go_out_in_time_is_not_sent_and_the_page_says_so() {
    let office = Office::new().await;
    office.trigger_until(Behaviour::Defer, "Mail delayed").await;
    office.app.recorder.set_behaviour(Behaviour::Accept);
    office.app.advance(24 * HOUR);
    let max = office.app.sign_in_as(MAX).await;
    office
        .app
        .page_says(&max, &office.page, "Expired The mail could not go out in time.")
        .await;
    office.nothing_more_comes(0).await;
    let dropped = "SELECT count(*) FROM mails WHERE recipient = 'uma@blueheron.example' AND state = 'dropped'";
    assert_eq!(office.app.number(dropped).await, 1);
}

#[tokio::test]
async fn g8_a_link_used_while_the_newer_mail_is_on_the_wire_cancels_the_newer_one() {
    let office = Office::new().await;
    let app = &office.app;
    office.trigger_until(Behaviour::Accept, "Mail accepted").await;
    let older = link_of(&app.mail_to(UMA).await);
    app.recorder.set_behaviour(Behaviour::Slow(2 * SECOND));
    app.trigger(&office.max, UMA).await;
    let newer = link_of(&app.mails_to(UMA, 2).await[1]);
    app.redeem(&older, &password(1)).await.expect_status(303);
    let page = office.max.get(&office.page).await;
    assert!(page.says("Cancelled"), "{}", page.text());
    let accepted = "SELECT count(*) FROM mails WHERE recipient = 'uma@blueheron.example' AND state = 'accepted' AND \
                    kind = 'reset'";
    app.until("the mail server has answered", async || app.number(accepted).await == 2)
        .await;
    let page = office.max.get(&office.page).await;
    assert!(page.says("Cancelled"), "{}", page.text());
    app.client().get(&newer).await.expect_status(410);
    assert_eq!(app.client().get(&older).await.heading(), "This link was used");
}

#[tokio::test]
async fn g10_the_server_starts_and_works_without_a_mail_server() {
    let office = Office::on(TestApp::with().without_mail_server().start().await).await;
    let app = &office.app;
    app.client().get("/health/ready").await.expect_status(200);
    app.ask(ROB).await.expect_status(303);
    app.trigger(&office.max, UMA).await.expect_status(200);
    app.until("the outage is seen", async || app.number(OPEN_OUTAGES).await == 1)
        .await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(PROBE_EVERY);
    for address in [UMA, ROB] {
        app.redeem(&link_of(&app.mail_to(address).await), &password(1))
            .await
            .expect_status(303);
    }
}

#[tokio::test]
async fn a_mail_carries_the_headers_that_it_should_and_no_others() {
    let office = Office::new().await;
    office.trigger_until(Behaviour::Accept, "Mail accepted").await;
    let mail = office.app.mail_to(UMA).await;
    let reference = office.max.get(&office.page).await;
    let reference = reference
        .text()
        .split("Reference ")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next())
        .map(str::to_owned)
        .unwrap_or_default();
    let id = header(&mail, "Message-ID").unwrap_or_default();
    let (id, domain) = id.trim_matches(['<', '>']).split_once('@').expect("two halves");
    assert_eq!(
        office
            .app
            .number(&format!(
                "SELECT count(*) FROM resets WHERE id = {}",
                office.app.literal(id)
            ))
            .await,
        1,
        "{id}"
    );
    assert_eq!(domain, "rekey.example");
    for (name, value) in [
        ("From", "\"Blue Heron Logistics via Rekey\" <accounts@rekey.example>"),
        ("To", UMA),
        ("Reply-To", "it@blueheronlogistics.example"),
        ("Date", "Tue, 24 Nov 2026 13:32:09 +0000"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply, RN, NRN"),
        ("Content-Language", "en"),
        ("X-Entity-Ref-ID", &reference),
    ] {
        assert_eq!(header(&mail, name).as_deref(), Some(value), "{}", mail.headers);
    }
    for name in [
        "In-Reply-To",
        "References",
        "List-Unsubscribe",
        "List-Id",
        "Precedence",
        "Received",
    ] {
        assert_eq!(header(&mail, name), None, "{}", mail.headers);
    }
    assert_eq!(office.app.recorder.mails()[0].from, "accounts@rekey.example");
    assert!(mail.text.contains(&format!("Reference: {reference}")), "{}", mail.text);
    assert!(mail.subject.chars().count() <= 60, "{}", mail.subject);
}

#[tokio::test]
async fn every_attempt_at_one_mail_has_the_same_message_id() {
    let office = Office::on(TestApp::with().smtp_limit(SECOND).start().await).await;
    office.trigger_until(Behaviour::Slow(HOUR), "Mail delayed").await;
    office.app.recorder.set_behaviour(Behaviour::Accept);
    office.app.advance(20 * SECOND);
    let ids: Vec<_> = office
        .app
        .mails_to(UMA, 2)
        .await
        .iter()
        .map(|mail| header(mail, "Message-ID"))
        .collect();
    assert!(ids[0].is_some() && ids[0] == ids[1], "{ids:?}");
}

#[tokio::test]
async fn both_parts_of_a_mail_have_the_same_link_and_nothing_from_outside() {
    let office = Office::new().await;
    office.app.trigger(&office.max, UMA).await;
    let mail = office.app.mail_to(UMA).await;
    let html = Html::parse_document(&mail.html);
    let select = |text: &str| Selector::parse(text).expect("a selector");
    let mut links: Vec<_> = html
        .select(&select("a[href]"))
        .filter_map(|link| link.attr("href"))
        .filter(|link| link.starts_with("http"))
        .collect();
    assert_eq!(
        links.iter().filter(|link| **link == link_of(&mail)).count(),
        2,
        "the button, and once more to be copied"
    );
    links.dedup();
    assert_eq!(links, [link_of(&mail), not_me_of(&mail)]);
    assert_eq!(mail.links, links, "the same in the text part");
    let token = links[0].rsplit('/').next().unwrap_or_default();
    assert!(
        token.len() == 52 && token.chars().all(|sign| matches!(sign, 'a'..='z' | '2'..='7')),
        "{token}"
    );
    let bare = html.root_element().text().collect::<String>();
    assert!(bare.contains(links[0]), "the bare address below the button: {bare}");
    assert_eq!(bare.matches("://").count(), 1, "the only one that is seen: {bare}");
    assert_eq!(
        html.select(&select("[src], link, script, form, [background]")).count(),
        0,
        "{}",
        mail.html
    );
    let deadline = "Valid for 24 hours, until Wednesday 25 November 2026, 14:32 (Europe/Berlin, UTC+1).";
    assert!(unwrapped(&mail).contains(deadline), "{}", mail.text);
    assert!(
        bare.split_whitespace().collect::<Vec<_>>().join(" ").contains(deadline),
        "{bare}"
    );
    assert!(
        mail.text
            .lines()
            .all(|line| line.chars().count() <= 72 || links.contains(&line)),
        "{}",
        mail.text
    );
    assert!(mail.html.len() < 15_000);
}

#[tokio::test]
async fn one_mail_that_hangs_does_not_hold_up_the_next() {
    let office = Office::new().await;
    office.app.recorder.set_behaviour(Behaviour::Slow(HOUR));
    office.app.trigger(&office.max, UMA).await;
    office.app.mail_to(UMA).await;
    office.app.recorder.set_behaviour(Behaviour::Accept);
    office.app.trigger(&office.max, ROB).await;
    office.app.mail_to(ROB).await;
}

#[tokio::test]
async fn one_mail_that_can_not_be_written_does_not_hold_up_the_others() {
    let office = Office::new().await;
    office
        .app
        .execute("UPDATE users SET email = 'damaged' WHERE email_key = 'uma@blueheron.example'")
        .await;
    office.app.trigger(&office.max, UMA).await;
    office.app.page_says(&office.max, &office.page, "Mail delayed").await;
    office.app.trigger(&office.max, ROB).await;
    office.app.mail_to(ROB).await;
}
