//! Every way in which a conversation with a mail server can end: what the row says in plain words and in the server's,
//! what is kept of each try, and what comes next (G5, G7). Real conversations over SMTP.

use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::mail_tries::{self, MailTry};
use rekey_domain::id::MailId;
use rekey_domain::mail_reply::Stage;
use rekey_domain::outage::PROBE_EVERY;
use rekey_domain::timeline::TryEnd;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::support::mail_server::{self, Wrong};
use crate::support::people::{MAX, ROB, UMA};
use crate::support::{Client, Page, SECOND, TestApp};

const NOT_YET: &str = "Mail delayed The mail could not be handed over yet: ";

/// A manager who presses the button for Uma.
struct Desk {
    app: TestApp,
    max: Client,
    page: String,
}

impl Desk {
    async fn at(app: TestApp) -> Self {
        Self {
            max: app.sign_in_as(MAX).await,
            page: app.page_of(UMA).await,
            app,
        }
    }

    /// Presses while the mail server behaves so; the page once it says these words.
    async fn press(&self, behaviour: Behaviour, words: &str) -> Page {
        self.app.recorder.set_behaviour(behaviour);
        self.app.trigger(&self.max, UMA).await.expect_status(200);
        self.page_says(words).await
    }

    async fn page_says(&self, words: &str) -> Page {
        self.app.page_says(&self.max, &self.page, words).await
    }

    /// The tries of the newest mail to Uma.
    async fn tries(&self) -> Vec<MailTry> {
        use rekey::server::store::entity::mail;
        let on = self.app.services().db.reader();
        let newest = mail::Entity::find()
            .filter(mail::Column::Recipient.eq(UMA))
            .order_by_desc(mail::Column::Id)
            .one(on)
            .await
            .expect("the database answers")
            .expect("a mail");
        mail_tries::list_of(on, MailId::from_uuid(newest.id))
            .await
            .expect("the database answers")
    }

    /// The mail server is back: at the next question everything goes.
    async fn all_is_well(&self) {
        self.app.recorder.set_behaviour(Behaviour::Accept);
        self.app.advance(PROBE_EVERY);
        self.page_says("Mail accepted").await;
    }
}

fn says(page: &Page, words: &str) {
    assert!(page.says(words), "{words:?} is missing in: {}", page.text());
}

#[tokio::test]
async fn the_mail_server_takes_it() {
    let desk = Desk::at(TestApp::start().await).await;
    desk.press(Behaviour::Accept, "Mail accepted").await;
    let tries = desk.tries().await;
    assert_eq!(tries.len(), 1, "{tries:?}");
    assert_eq!(tries[0].end, TryEnd::Accepted);
    let reply = tries[0].reply.as_ref().expect("its words");
    assert_eq!((reply.stage, reply.code), (Stage::Body, Some(250)));
}

#[tokio::test]
async fn g7_421_as_greeting_is_the_servers_trouble_and_costs_the_mail_no_try() {
    let desk = Desk::at(TestApp::start().await).await;
    let page = desk.press(Behaviour::Busy, "Mail delayed").await;
    says(&page, &format!("{NOT_YET}temporary trouble."));
    says(&page, "4.3.2 Too busy, try again later");
    assert_eq!(desk.tries().await, []);
    desk.all_is_well().await;
    assert_eq!(desk.tries().await.len(), 1);
}

#[tokio::test]
async fn g7_no_connection_is_the_servers_trouble() {
    let desk = Desk::at(TestApp::start().await).await;
    let page = desk.press(Behaviour::Down, "Mail delayed").await;
    says(&page, &format!("{NOT_YET}our mail server does not answer."));
    desk.all_is_well().await;
}

#[tokio::test]
async fn g7_451_then_250_is_two_tries() {
    let desk = Desk::at(TestApp::start().await).await;
    let page = desk.press(Behaviour::Greylist, "Mail delayed").await;
    says(&page, &format!("{NOT_YET}temporary trouble."));
    says(&page, "4.7.1 Greylisted, try again later");
    desk.app.advance(20 * SECOND);
    desk.page_says("Mail accepted").await;
    let tries = desk.tries().await;
    assert_eq!(tries.len(), 2, "{tries:?}");
    assert!(matches!(tries[0].end, TryEnd::Deferred(next) if next > tries[0].ended_at));
    let first = tries[0].reply.as_ref().expect("its words");
    assert_eq!((first.stage, first.code), (Stage::Recipient, Some(451)));
    assert_eq!(tries[1].end, TryEnd::Accepted);
    // Nobody else had to wait for it.
    assert_eq!(desk.app.number("SELECT count(*) FROM outages").await, 0);
}

#[tokio::test]
async fn g7_550_to_the_recipient_is_final() {
    let desk = Desk::at(TestApp::start().await).await;
    let page = desk.press(Behaviour::Refuse, "Mail refused").await;
    says(&page, "The mail server refused the mail: no such mailbox.");
    says(&page, "5.1.1 No such user here");
    let tries = desk.tries().await;
    assert_eq!(tries.len(), 1, "{tries:?}");
    assert_eq!(tries[0].end, TryEnd::Refused);
}

#[tokio::test]
async fn g7_552_to_the_final_dot_is_final() {
    let desk = Desk::at(TestApp::start().await).await;
    let page = desk.press(Behaviour::RefuseAfterData, "Mail refused").await;
    says(&page, "The mail server refused the mail: mailbox full.");
    says(&page, "5.2.2 Mailbox full");
    let tries = desk.tries().await;
    assert_eq!(tries[0].reply.as_ref().map(|reply| reply.stage), Some(Stage::Body));
}

#[tokio::test]
async fn g7_a_late_250_is_not_the_answer_to_the_next_mail() {
    let desk = Desk::at(TestApp::with().smtp_limit(SECOND).start().await).await;
    let page = desk.press(Behaviour::Slow(2 * SECOND), "Mail delayed").await;
    says(&page, "no answer within 1s");
    desk.app.recorder.set_behaviour(Behaviour::Refuse);
    desk.app.trigger(&desk.max, ROB).await.expect_status(200);
    let rob = desk.app.page_of(ROB).await;
    desk.app.page_says(&desk.max, &rob, "Mail refused").await;
    desk.app.advance(20 * SECOND);
    desk.page_says("Mail refused").await;
    let ends: Vec<_> = desk.tries().await.into_iter().map(|tried| tried.end).collect();
    assert!(
        matches!(ends[..], [TryEnd::Deferred(_), TryEnd::Refused]),
        "each try has its own answer: {ends:?}"
    );
}

#[tokio::test]
async fn g7_a_connection_that_is_cut_in_the_mail_is_tried_again() {
    let desk = Desk::at(TestApp::start().await).await;
    let page = desk.press(Behaviour::CutInData, "Mail delayed").await;
    says(&page, &format!("{NOT_YET}our mail server does not answer."));
    desk.app.recorder.set_behaviour(Behaviour::Accept);
    desk.app.advance(20 * SECOND);
    desk.page_says("Mail accepted").await;
}

/// What the page says about a server with this fault, once it was tried.
async fn with_server(wrong: Wrong) -> (Desk, Page) {
    let url = mail_server::start(wrong).await;
    let desk = Desk::at(TestApp::with().mail_server(url).start().await).await;
    desk.app.trigger(&desk.max, UMA).await.expect_status(200);
    let page = desk.page_says("Mail delayed").await;
    (desk, page)
}

#[tokio::test]
async fn g7_535_to_our_login_is_the_servers_trouble() {
    let (desk, page) = with_server(Wrong::Login).await;
    says(&page, &format!("{NOT_YET}our login is refused."));
    says(&page, "5.7.8 Name or password is wrong");
    assert_eq!(desk.tries().await, [], "no mail was tried");
}

#[tokio::test]
async fn g5_nothing_is_sent_to_a_server_with_a_wrong_certificate() {
    let (desk, page) = with_server(Wrong::Certificate).await;
    says(&page, &format!("{NOT_YET}no secure connection, so nothing was sent."));
    assert_eq!(desk.tries().await, []);
}

#[tokio::test]
async fn g5_nothing_is_sent_in_the_clear_where_starttls_is_missing() {
    let (desk, page) = with_server(Wrong::NoStartTls).await;
    says(&page, &format!("{NOT_YET}no secure connection, so nothing was sent."));
    assert_eq!(desk.tries().await, []);
}

#[tokio::test]
async fn g7_a_server_that_takes_nothing_from_our_sender_is_asked_without_a_mail() {
    let (desk, page) = with_server(Wrong::Sender).await;
    says(&page, &format!("{NOT_YET}our sender is refused."));
    says(&page, "5.7.1 No mail from this sender");
    let tries = desk.tries().await.len();
    desk.app.advance(PROBE_EVERY);
    desk.app.trigger(&desk.max, ROB).await.expect_status(200);
    let probed = "SELECT count(*) FROM outages WHERE next_probe_at > began_at + 30000";
    desk.app
        .until("the server was asked again", async || {
            desk.app.number(probed).await == 1
        })
        .await;
    assert_eq!(desk.tries().await.len(), tries, "the question costs no try");
    let untouched = "SELECT count(*) FROM mails WHERE recipient = 'rob@blueheron.example' AND attempts = 0";
    assert_eq!(desk.app.number(untouched).await, 1);
}
