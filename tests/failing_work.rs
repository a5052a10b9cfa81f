//! Work that fails by a mistake of the program's: a panic, or a row that nobody can work with. It is put off, the others go on,
//! a loop that ended is started again, and readiness tells (F4).
//!
//! A panic is set with `services.work.traps`; a row is spoilt in the database itself.

use rekey::server::mail::recorder::Behaviour;
use rekey::server::store::entity::{ask, reset};
use rekey::server::work::Trap;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::support::people::{ADA, IVY, MAX, ROB, UMA};
use crate::support::{Client, HOUR, Page, SECOND, TestApp, log};

/// Longer than anything waits after a first failure, and than a mail does after its second.
const A_WHILE: std::time::Duration = std::time::Duration::from_secs(90);

/// Whether somebody's reset exists, and in which state its mail is.
async fn mail_of(app: &TestApp, email: &str) -> Vec<String> {
    app.words(
        &format!("SELECT state FROM mails WHERE recipient = '{email}' AND reset_id IS NOT NULL ORDER BY id"),
        0,
    )
    .await
}

/// Waits until it is so, and moves time on meanwhile: a try that was under way when the cause was mended fails still, and is put
/// off from then.
async fn by_and_by(app: &TestApp, what: &str, is_so: impl AsyncFn() -> bool) {
    app.by_and_by(A_WHILE, what, is_so).await;
}

fn traps(app: &TestApp) -> &rekey::server::work::Traps {
    &app.services().work.traps
}

/// Waits until somebody has run into it so often.
async fn sprung(app: &TestApp, trap: Trap, with: &str, times: u32) {
    app.until(&format!("{trap:?} {with} has sprung {times} times"), async || {
        traps(app).sprung(trap, with) >= times
    })
    .await;
}

/// What the server says of itself.
async fn readiness(app: &TestApp) -> (u16, String) {
    let page = app.client().get("/health/ready").await;
    (page.status, page.body)
}

async fn is_ready(app: &TestApp) {
    assert_eq!(readiness(app).await, (200, "ready\n".to_owned()));
}

/// From now on the database takes no row of this table that has this value in this column.
async fn spoil(app: &TestApp, event: &str, table: &str, column: &str, value: &str) {
    let row = format!("NEW.{column} = {value}");
    let statements = if app.is_on_sqlite() {
        vec![format!(
            "CREATE TRIGGER spoilt BEFORE {event} ON {table} WHEN {row} BEGIN SELECT RAISE(ABORT, 'spoilt'); END"
        )]
    } else {
        let function =
            "CREATE FUNCTION spoilt() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'spoilt'; END $$ LANGUAGE plpgsql";
        vec![
            function.to_owned(),
            format!(
                "CREATE TRIGGER spoilt BEFORE {event} ON {table} FOR EACH ROW WHEN ({row}) EXECUTE FUNCTION spoilt()"
            ),
        ]
    };
    for statement in statements {
        app.execute(&statement).await;
    }
}

async fn mend(app: &TestApp, table: &str) {
    let on = if app.is_on_sqlite() {
        String::new()
    } else {
        format!(" ON {table}")
    };
    app.execute(&format!("DROP TRIGGER spoilt{on}")).await;
}

/// Chooses people for a batch and presses; its page.
async fn batch(who: &Client, people: &[&str]) -> (String, Page) {
    let form = who.get("/company/resets/new").await.form("Check addresses");
    let form = form.fill("Email addresses, one a line", &people.join("\n"));
    let draft = who.follow(&who.submit(form).await.expect_status(303)).await;
    let button = match people {
        [_] => "Send 1 link".to_owned(),
        many => format!("Send {} links", many.len()),
    };
    let pressed = who.submit(draft.form(&button)).await.expect_status(303);
    (pressed.location(), who.follow(&pressed).await)
}

#[tokio::test]
async fn f4_an_ask_that_panics_waits_and_the_others_are_answered() {
    let app = TestApp::start().await;
    traps(&app).set(Trap::ResetWritten, UMA);
    app.ask(UMA).await.expect_status(303);
    let ask = ask::Entity::find().one(app.services().db.reader()).await;
    let ask = ask.expect("the database answers").expect("the ask");
    app.ask(MAX).await.expect_status(303);
    app.mail_to(MAX).await;
    sprung(&app, Trap::ResetWritten, UMA, 1).await;
    assert_eq!(app.number("SELECT count(*) FROM asks").await, 1);
    let before = mail_of(&app, UMA).await;
    let name = format!("ask {}", ask.id);
    // Together with others first, then by itself.
    app.until("it is in the log", async || {
        log::failures().iter().any(|line| line.contains(&name))
    })
    .await;
    let lines = log::failures();
    let line = lines.iter().find(|line| line.contains(&name)).expect("it is there");
    assert!(line.contains("incident=") && line.contains("on purpose"), "{line}");

    // It is tried again, and waits longer.
    app.advance(5 * SECOND);
    sprung(&app, Trap::ResetWritten, UMA, 2).await;
    is_ready(&app).await;
    traps(&app).clear(Trap::ResetWritten, UMA);
    by_and_by(&app, "it is answered", async || {
        app.number("SELECT count(*) FROM asks").await == 0
    })
    .await;
    assert_eq!(mail_of(&app, UMA).await.len(), before.len() + 1);
    app.mail_to(UMA).await;
}

#[tokio::test]
async fn f4_an_ask_whose_reset_the_database_refuses_holds_up_nobody() {
    let app = TestApp::start().await;
    let uma = app.literal(&app.user_id(UMA).await.to_string());
    spoil(&app, "INSERT", "resets", "user_id", &uma).await;
    app.ask(UMA).await.expect_status(303);
    for other in [MAX, ADA] {
        app.ask(other).await.expect_status(303);
        app.mail_to(other).await;
    }
    assert_eq!(app.number("SELECT count(*) FROM asks").await, 1);
    is_ready(&app).await;
    mend(&app, "resets").await;
    app.advance(HOUR);
    app.mail_to(UMA).await;
}

#[tokio::test]
async fn f4_a_mail_that_panics_is_put_off_and_counted_and_the_others_go() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    // Whatever its state is just then.
    let tried = "SELECT CAST(attempts AS bigint) FROM mails WHERE recipient = 'uma@blueheron.example'";
    traps(&app).set(Trap::MailComposed, UMA);
    app.trigger(&max, UMA).await;
    app.trigger(&max, ROB).await;
    app.mail_to(ROB).await;
    sprung(&app, Trap::MailComposed, UMA, 1).await;
    app.until("it is counted", async || mail_of(&app, UMA).await == ["deferred"])
        .await;
    assert_eq!(app.number(tried).await, 1);
    app.advance(20 * SECOND);
    app.until("it is counted again", async || {
        app.number(tried).await == 2 && mail_of(&app, UMA).await == ["deferred"]
    })
    .await;
    is_ready(&app).await;
    traps(&app).clear(Trap::MailComposed, UMA);
    by_and_by(&app, "it is kept", async || mail_of(&app, UMA).await == ["accepted"]).await;
    assert_eq!(app.mails_to(UMA, 1).await.len(), 1);
}

#[tokio::test]
async fn f4_a_panic_over_the_mail_servers_answer_costs_that_mail_a_try() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Refuse);
    traps(&app).set(Trap::MailAnswered, UMA);
    app.trigger(&max, UMA).await;
    sprung(&app, Trap::MailAnswered, UMA, 1).await;
    app.until("it is put off", async || mail_of(&app, UMA).await == ["deferred"])
        .await;
    app.trigger(&max, ROB).await;
    app.until("the other is refused", async || mail_of(&app, ROB).await == ["refused"])
        .await;
    traps(&app).clear(Trap::MailAnswered, UMA);
    app.recorder.set_behaviour(Behaviour::Accept);
    by_and_by(&app, "it goes", async || mail_of(&app, UMA).await == ["accepted"]).await;
    app.mail_to(UMA).await;
}

#[tokio::test]
async fn f4_what_the_mail_server_took_is_not_handed_over_again_while_it_cannot_be_kept() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    traps(&app).set(Trap::AcceptanceKept, UMA);
    app.trigger(&max, UMA).await;
    app.mail_to(UMA).await;
    // With the next one, alone, and when it is claimed again.
    app.until("it is put off", async || mail_of(&app, UMA).await == ["deferred"])
        .await;
    app.advance(20 * SECOND);
    sprung(&app, Trap::AcceptanceKept, UMA, 3).await;
    app.trigger(&max, ROB).await;
    app.until("the other is kept", async || mail_of(&app, ROB).await == ["accepted"])
        .await;
    traps(&app).clear(Trap::AcceptanceKept, UMA);
    by_and_by(&app, "it is kept", async || mail_of(&app, UMA).await == ["accepted"]).await;
    assert_eq!(app.mails_to(UMA, 1).await.len(), 1, "handed over once");
}

#[tokio::test]
async fn f4_a_mail_whose_rows_are_spoilt_holds_up_no_other() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.recorder.set_behaviour(Behaviour::Down);
    app.trigger(&max, UMA).await;
    app.trigger(&max, ROB).await;
    for email in [UMA, ROB] {
        // What is tried while time is moved is put off from then on.
        app.until("none is being tried", async || {
            !mail_of(&app, email).await.contains(&"sending".to_owned())
        })
        .await;
    }
    let uma = reset::Entity::find()
        .filter(reset::Column::UserId.eq(app.user_id(UMA).await.as_uuid()))
        .filter(reset::Column::EndedAs.is_null())
        .one(app.services().db.reader())
        .await;
    let uma = uma.expect("the database answers").expect("a reset").id;
    // The statement fails, and on PostgreSQL its transaction with it.
    spoil(&app, "INSERT", "links", "reset_id", &app.literal(&uma.to_string())).await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR);
    app.mail_to(ROB).await;
    app.until("it is put off", async || mail_of(&app, UMA).await == ["deferred"])
        .await;
    mend(&app, "links").await;
    app.advance(2 * HOUR);
    app.mail_to(UMA).await;

    // A notice whose facts nobody can read.
    app.recorder.set_behaviour(Behaviour::Defer);
    let max = app.sign_in_as(MAX).await;
    let page = max.get(&app.page_of(UMA).await).await;
    max.submit(page.form("Revoke")).await.expect_status(303);
    let facts = "SELECT count(*) FROM mails WHERE kind = 'link_withdrawn' AND settled_at IS NULL";
    assert_eq!(app.number(facts).await, 1);
    app.execute("UPDATE mails SET facts = 'spoilt' WHERE kind = 'link_withdrawn'")
        .await;
    app.trigger(&max, ADA).await;
    app.until("it is put off", async || mail_of(&app, ADA).await == ["deferred"])
        .await;
    app.recorder.set_behaviour(Behaviour::Accept);
    app.advance(HOUR);
    app.mail_to(ADA).await;
    assert_eq!(app.number(facts).await, 1);
    is_ready(&app).await;
}

#[tokio::test]
async fn f4_a_new_address_that_panics_waits_and_the_others_come_to_count() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    for (old, new) in [(UMA, "uma@new.example"), (ROB, "rob@new.example")] {
        let form = max.get(&app.page_of(old).await).await.form("Save details");
        max.submit(form.fill("Email", new)).await.expect_status(303);
        let mail = app.mail_to(new).await;
        app.mail_is_out().await;
        let link = mail.links.iter().find(|link| link.contains("/confirm-email/"));
        let browser = app.client();
        let page = browser.get(link.expect("a link")).await.form("Confirm this address");
        browser.submit(page).await.expect_status(303);
    }
    let has = async |email: &str| {
        app.number(&format!("SELECT count(*) FROM users WHERE email = '{email}'"))
            .await
            == 1
    };
    traps(&app).set(Trap::AddressPut, "uma@new.example");
    app.advance(25 * HOUR);
    app.until("the other counts", async || has("rob@new.example").await)
        .await;
    sprung(&app, Trap::AddressPut, "uma@new.example", 1).await;
    assert!(has(UMA).await);
    app.advance(5 * SECOND);
    sprung(&app, Trap::AddressPut, "uma@new.example", 2).await;
    assert!(has(UMA).await);
    traps(&app).clear(Trap::AddressPut, "uma@new.example");
    by_and_by(&app, "it counts", async || has("uma@new.example").await).await;
}

#[tokio::test]
async fn f4_a_line_of_a_batch_that_panics_waits_and_its_batch_and_others_go_on() {
    let app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    let open = "SELECT count(*) FROM batches WHERE state IN ('pressed', 'revoking')";
    traps(&app).set(Trap::ResetWritten, UMA);
    let (address, _) = batch(&max, &[UMA, ROB]).await;
    app.until("the other line is done", async || mail_of(&app, ROB).await.len() == 1)
        .await;
    batch(&ada, &[IVY]).await;
    app.advance(SECOND);
    app.mail_to(IVY).await;
    app.until("one is left", async || app.number(open).await == 1).await;
    // Together with the other, then by itself.
    sprung(&app, Trap::ResetWritten, UMA, 2).await;
    is_ready(&app).await;
    traps(&app).clear(Trap::ResetWritten, UMA);
    by_and_by(&app, "none is left", async || app.number(open).await == 0).await;
    app.advance(SECOND);
    app.mail_to(UMA).await;

    // The same when its links are withdrawn.
    app.page_says(&max, &address, "2 of 2 accepted.").await;
    traps(&app).set(Trap::LinksWithdrawn, UMA);
    let page = max.get(&address).await;
    let sure = max.get(&page.link("Revoke all unused")).await;
    max.submit(sure.form("Revoke 2 links")).await.expect_status(303);
    // One of the demo's was withdrawn long ago.
    let revoked = "SELECT count(*) FROM resets WHERE ended_as = 'revoked' AND batch_id IS NOT NULL";
    by_and_by(&app, "the other's is withdrawn", async || {
        app.number(revoked).await == 1
    })
    .await;
    sprung(&app, Trap::LinksWithdrawn, UMA, 2).await;
    assert_eq!(app.number(open).await, 1);
    traps(&app).clear(Trap::LinksWithdrawn, UMA);
    by_and_by(&app, "both are", async || app.number(revoked).await == 2).await;
    app.until("it is over", async || app.number(open).await == 0).await;
}

#[tokio::test]
async fn f4_a_line_of_an_import_that_nobody_can_read_holds_up_no_other_and_no_other_batch() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let open = "SELECT count(*) FROM batches WHERE state = 'pressed'";
    let form = max.get("/company/users/import").await.form("Check lines");
    let lines = "A One,one@new.example,user\nB Two,two@new.example,user";
    let form = form.fill("Or paste lines: name, email, role", lines);
    let draft = max.follow(&max.submit(form).await.expect_status(303)).await;
    let spoilt = "UPDATE batch_lines SET role = 'king' WHERE email = 'one@new.example'";
    app.execute(spoilt).await;
    max.submit(draft.form("Invite 2 people")).await.expect_status(303);
    app.mail_to("two@new.example").await;
    batch(&max, &[UMA]).await;
    app.advance(SECOND);
    app.mail_to(UMA).await;
    app.until("one is left", async || app.number(open).await == 1).await;
    is_ready(&app).await;
    app.execute(&spoilt.replace("king", "user")).await;
    by_and_by(&app, "none is left", async || app.number(open).await == 0).await;
    app.mail_to("one@new.example").await;
}

#[tokio::test]
async fn f4_a_batch_that_fails_as_a_whole_holds_up_no_other() {
    let app = TestApp::start().await;
    let (max, ada) = (app.sign_in_as(MAX).await, app.sign_in_as(ADA).await);
    let open = "SELECT count(*) FROM batches WHERE state = 'pressed'";
    // No batch can end.
    spoil(&app, "UPDATE", "batches", "state", "'done'").await;
    for (number, (who, email)) in (1..).zip([(&max, UMA), (&ada, IVY)]) {
        batch(who, &[email]).await;
        app.advance(SECOND);
        app.mail_to(email).await;
        assert_eq!(app.number(open).await, number);
    }
    is_ready(&app).await;
    mend(&app, "batches").await;
    by_and_by(&app, "both end", async || app.number(open).await == 0).await;
}

#[tokio::test]
async fn f4_an_old_row_that_cannot_be_removed_stays_and_the_others_go() {
    let app = TestApp::start().await;
    let all = "SELECT count(*) FROM resets";
    let one = reset::Entity::find().one(app.services().db.reader()).await;
    let one = one
        .expect("the database answers")
        .expect("a reset of the demo")
        .id
        .to_string();
    assert!(app.number(all).await > 1);
    traps(&app).set(Trap::OldRemoved, &one);
    app.advance(120 * 24 * HOUR);
    app.until("the others are gone", async || {
        // What a busy machine has put off comes again.
        app.advance(HOUR / 60);
        app.number(all).await == 1
    })
    .await;
    let other_kinds = "SELECT count(*) FROM sessions";
    app.until("other kinds too", async || app.number(other_kinds).await == 0)
        .await;
    is_ready(&app).await;
    traps(&app).clear(Trap::OldRemoved, &one);
    app.advance(2 * HOUR);
    app.until("it is gone", async || app.number(all).await == 0).await;
}

#[tokio::test]
async fn f4_a_loop_that_dies_is_started_again_and_readiness_tells_meanwhile() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    let news = format!("/api/resets-since?id={}&stamp=&may_wait=true", app.user_id(UMA).await);
    is_ready(&app).await;
    for name in ["mail", "batches", "ticks", "watch"] {
        traps(&app).set(Trap::Round, name);
        if name == "watch" {
            // It sleeps where nobody watches.
            max.get(&news).await.expect_status(200);
        }
        app.until(&format!("{name} is told of"), async || {
            let (status, words) = readiness(&app).await;
            status == 503 && words == format!("the loop {name} fails: see work.failed in the log\n")
        })
        .await;
        sprung(&app, Trap::Round, name, 2).await;
        app.client().get("/health/live").await.expect_status(200);
        traps(&app).clear(Trap::Round, name);
        app.until(&format!("{name} works again"), async || readiness(&app).await.0 == 200)
            .await;
    }
    app.ask(UMA).await.expect_status(303);
    app.mail_to(UMA).await;
    batch(&max, &[IVY]).await;
    app.advance(SECOND);
    app.mail_to(IVY).await;
}

#[tokio::test]
async fn f4_a_loop_whose_rounds_fail_again_and_again_is_told_of_and_the_others_go_on() {
    let app = TestApp::start().await;
    let max = app.sign_in_as(MAX).await;
    app.execute("ALTER TABLE asks RENAME TO elsewhere").await;
    app.until("it is told of", async || {
        readiness(&app).await == (503, "the loop asks fails: see work.failed in the log\n".to_owned())
    })
    .await;
    app.trigger(&max, UMA).await;
    app.mail_to(UMA).await;
    app.execute("ALTER TABLE elsewhere RENAME TO asks").await;
    app.until("it works again", async || readiness(&app).await.0 == 200)
        .await;
    app.ask(MAX).await.expect_status(303);
    app.mail_to(MAX).await;
}
