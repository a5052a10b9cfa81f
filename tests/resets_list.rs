//! The tab `Resets` and what the dashboard counts: the state filter against the rule, paging, what it costs, who may see
//! it, and the way back without script.

use std::collections::BTreeMap;

use rekey::server::store::entity::{mail, reset};
use rekey_domain::attention::attention;
use rekey_domain::outage::mail_state_seen;
use rekey_domain::reset::{Headline, Kind, LinkEnd, MailState, headline};
use rekey_domain::time::Timestamp;
use scraper::Selector;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;

use crate::support::people::{ADA, MAX, QUINN, ROB, UMA};
use crate::support::{Client, HOUR, Page, TestApp};

async fn town() -> TestApp {
    TestApp::with()
        .settings(|settings| settings.ask_tick = HOUR)
        // The lists are made of more resets than anybody may ask for.
        .settings(|settings| settings.limits.resets_per_manager = None)
        .settings(|settings| settings.limits.resets_per_person = None)
        .start()
        .await
}

async fn shown(browser: &Client, query: &str) -> Page {
    let page = browser.get(&format!("/company?tab=resets{query}")).await;
    page.expect_status(200)
}

/// Person and time of each row, in order.
fn rows(page: &Page) -> Vec<(String, String)> {
    let (row, head, time) = (
        Selector::parse("tbody tr").expect("a selector"),
        Selector::parse("th").expect("a selector"),
        Selector::parse("time").expect("a selector"),
    );
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    let html = page.html();
    html.select(&row)
        .map(|row| {
            let asked = row.select(&time).next().and_then(|time| time.attr("datetime"));
            let name = row.select(&head).next().map(text);
            (name.unwrap_or_default(), asked.unwrap_or_default().to_owned())
        })
        .collect()
}

/// How many match, as the page says.
fn counted(page: &Page) -> String {
    let count = Selector::parse(".summary > span").expect("a selector");
    let html = page.html();
    let words: String = html.select(&count).take(1).flat_map(|count| count.text()).collect();
    words.split(' ').next().unwrap_or_default().to_owned()
}

/// A reset and its mail, made of the demo's own with other facts.
struct Case {
    kind: Kind,
    end: Option<LinkEnd>,
    mail: MailState,
    /// Seconds before now.
    asked: i64,
    /// Seconds after now; at 0 it has just expired.
    expires: i64,
}

/// Every combination that the state depends on.
fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    let ends = LinkEnd::ALL.iter().copied().filter(|end| *end != LinkEnd::Replaced);
    for end in ends.map(Some).chain([None]) {
        for &mail in MailState::ALL {
            for (asked, expires) in [(59, 100), (60, 100), (61, 1), (5_000, 0), (5_000, -1)] {
                for kind in [Kind::Manager, Kind::Invitation] {
                    all.push(Case {
                        kind,
                        end,
                        mail,
                        asked,
                        expires,
                    });
                }
            }
        }
    }
    all
}

/// Puts resets into the database, each of a person of its own as long as there are some. What stands there goes.
async fn fill(app: &TestApp, cases: &[Case], now: Timestamp) {
    let on = app.services().db.begin_write().await.expect("a transaction");
    let (one, its_mail) = reset::Entity::find()
        .find_also_related(mail::Entity)
        .one(&on)
        .await
        .expect("the database answers")
        .expect("the demo has resets");
    let its_mail = its_mail.expect("a mail");
    mail::Entity::delete_many().exec(&on).await.expect("they go");
    reset::Entity::delete_many().exec(&on).await.expect("they go");
    let people = rekey::server::store::entity::user::Entity::find()
        .all(&on)
        .await
        .expect("the database answers");
    let people: Vec<_> = people
        .into_iter()
        .filter(|person| person.company_id == one.company_id && person.deleted_at.is_none())
        .collect();
    let mut resets = Vec::new();
    let mut mails = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let id = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + number as u128);
        let user = people[number % people.len()].id;
        let now = now.as_millis();
        let is_settled = matches!(case.mail, MailState::Accepted | MailState::Refused | MailState::Dropped);
        let row = reset::Model {
            id,
            user_id: user,
            kind: case.kind.as_str().to_owned(),
            asked_at: now - case.asked * 1000,
            expires_at: now + case.expires * 1000,
            ended_as: case.end.map(|end| end.as_str().to_owned()),
            ended_at: case.end.map(|_| now),
            ended_by: None,
            replaced_by: None,
            ..one.clone()
        };
        resets.push(row.into_active_model().reset_all());
        let row = mail::Model {
            id,
            user_id: user,
            reset_id: Some(id),
            state: case.mail.as_str().to_owned(),
            leased_until: (case.mail == MailState::Sending).then_some(now + 1_000_000_000),
            settled_at: is_settled.then_some(now),
            next_try_at: now + 1_000_000_000,
            ..its_mail.clone()
        };
        mails.push(row.into_active_model().reset_all());
    }
    while !resets.is_empty() {
        let some = resets.split_off(resets.len().saturating_sub(400));
        reset::Entity::insert_many(some)
            .exec_without_returning(&on)
            .await
            .expect("they go in");
    }
    while !mails.is_empty() {
        let some = mails.split_off(mails.len().saturating_sub(400));
        mail::Entity::insert_many(some)
            .exec_without_returning(&on)
            .await
            .expect("they go in");
    }
    on.commit().await.expect("it is kept");
}

async fn open_outage(app: &TestApp, now: Timestamp) {
    app.execute(&format!(
        "INSERT INTO outages (id, began_at, ended_at, next_probe_at, reply_stage, reply_code, reply_text) \
         VALUES ({}, {}, NULL, {}, 'connect', NULL, 'refused')",
        app.literal("01980000-0000-7000-8000-0000000000aa"),
        now.as_millis(),
        now.as_millis() + 1_000_000_000,
    ))
    .await;
}

#[tokio::test]
async fn the_state_filter_and_the_dashboard_agree_with_the_rule_for_every_combination() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let now = app.services().clock.now();
    let cases = cases();
    fill(&app, &cases, now).await;
    for is_out_of_order in [false, true] {
        if is_out_of_order {
            open_outage(&app, now).await;
        }
        let mut by_state: BTreeMap<&str, usize> = BTreeMap::new();
        let seen = |case: &Case| {
            headline(
                case.end,
                mail_state_seen(case.mail, is_out_of_order),
                now - std::time::Duration::from_secs(case.asked.unsigned_abs()),
                Timestamp::from_millis(now.as_millis() + case.expires * 1000),
                now,
            )
        };
        for case in &cases {
            let word = match seen(case) {
                Headline::StillWaiting => Headline::Waiting,
                Headline::NotSentInTime => Headline::Expired,
                other => other,
            };
            *by_state.entry(word.as_str()).or_default() += 1;
        }
        for word in [
            "waiting",
            "delayed",
            "accepted",
            "refused",
            "used",
            "expired",
            "revoked",
            "cancelled",
        ] {
            let count = by_state.get(word).copied().unwrap_or_default();
            let page = shown(&max, &format!("&state={word}")).await;
            assert_eq!(counted(&page), count.to_string(), "{word}: {}", page.text());
            let badges = Selector::parse("tbody .badge").expect("a selector");
            let html = page.html();
            for badge in html.select(&badges) {
                let state = badge.attr("data-state").expect("a state");
                assert!(
                    state.ends_with(word) || (word == "expired" && state == "not-sent-in-time"),
                    "{state} {word}"
                );
            }
        }
        // Of each person the last one counts: ids grow in the order of the cases.
        let people = 45;
        let mut needs: BTreeMap<&str, usize> = BTreeMap::new();
        for case in &cases[cases.len() - people..] {
            if let Some(reason) = attention(seen(case), case.kind) {
                *needs.entry(reason.as_str()).or_default() += 1;
            }
        }
        assert!(!needs.is_empty());
        let dashboard = max.get("/dashboard").await.expect_status(200);
        for (reason, count) in needs {
            let link = Selector::parse(&format!("a[href='/company?tab=resets&state={reason}']")).expect("a selector");
            let html = dashboard.html();
            let words: String = html.select(&link).flat_map(|link| link.text()).collect();
            assert!(words.starts_with(&format!("{count} ")), "{reason}: {count}, {words:?}");
            let page = shown(&max, &format!("&state={reason}")).await;
            assert!(page.says(&format!("{count} reset")), "{reason}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn ten_thousand_resets_page_by_page_in_few_statements() {
    let mut app = town().await;
    let max = app.sign_in_as(MAX).await;
    let now = app.services().clock.now();
    // Several at the same moment, so that the id decides too.
    let cases: Vec<_> = (0..10_000)
        .map(|number| Case {
            kind: Kind::Manager,
            end: None,
            mail: MailState::Accepted,
            asked: 100 + number / 3,
            expires: 5_000,
        })
        .collect();
    fill(&app, &cases, now).await;
    let first = shown(&max, "").await;
    assert!(
        first.says("10000 resets") && first.says("1–50 of 10000"),
        "{}",
        first.text()
    );
    let (mut page, mut seen) = (first.clone(), rows(&first));
    for number in 1..4 {
        let expected = format!("{}–{} of 10000", number * 50 + 1, number * 50 + 50);
        page = max.get(&page.link("Next page")).await.expect_status(200);
        assert!(page.says(&expected), "{expected} in {}", page.text());
        seen.extend(rows(&page));
    }
    assert_eq!(seen.len(), 200);
    let mut times: Vec<_> = seen.iter().map(|(_, asked)| asked.clone()).collect();
    let as_shown = times.clone();
    times.sort_by(|one, other| other.cmp(one));
    assert_eq!(as_shown, times, "newest first");
    let mut different = seen.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 200, "each once");
    for number in (1..4).rev() {
        page = max.get(&page.link("Previous page")).await.expect_status(200);
        assert_eq!(rows(&page), seen[(number - 1) * 50..number * 50]);
    }
    assert!(page.says("1–50 of 10000"));
    // A page begins at a reset: a new one on top moves nothing.
    let next = first.link("Next page");
    app.trigger(&max, UMA).await;
    assert_eq!(rows(&max.get(&next).await), seen[50..100]);
    // A waiting mail costs one more: whether the mail server is in order.
    let waiting = "SELECT count(*) FROM mails WHERE state IN ('queued', 'sending')";
    app.until("nothing waits", async || app.number(waiting).await == 0)
        .await;

    app.rest().await;
    for query in ["", "&state=accepted", "&state=link-not-used", "&q=person1"] {
        let cost = app.cost(shown(&max, query)).await;
        assert!(cost <= 6, "{cost} for {query}");
    }
    for path in [next.as_str(), "/dashboard"] {
        let cost = app.cost(async { max.get(path).await.expect_status(200) }).await;
        assert!(cost <= 6, "{cost} for {path}");
    }
}

#[tokio::test]
async fn every_query_of_the_list_reads_an_index() {
    let app = town().await;
    if !app.is_on_sqlite() {
        return;
    }
    let now = app.services().clock.now();
    fill(&app, &cases(), now).await;
    for (sql, index) in [
        (
            "SELECT id FROM resets WHERE company_id = x'00' AND (asked_at, id) < (1, x'00') ORDER BY asked_at DESC, id DESC LIMIT 50",
            "resets_company_id_asked_at_id_idx",
        ),
        (
            "SELECT later.id FROM resets AS later WHERE later.user_id = x'00' ORDER BY later.id DESC LIMIT 1",
            "resets_user_id_id_idx",
        ),
        (
            "SELECT count(id), min(created_at) FROM mails WHERE company_id = x'00' AND mails.state IN ('queued', 'sending', 'deferred')",
            "mails_company_id_created_at_of_waiting_idx",
        ),
        (
            "SELECT facts FROM mails WHERE user_id = x'00' AND created_at = 1 AND mails.kind = 'password_changed'",
            "mails_user_id_created_at_of_changes_idx",
        ),
        ("SELECT id FROM outages WHERE ended_at IS NULL", "outages"),
        (
            "SELECT id FROM disavowals WHERE company_id = x'00' AND at >= 1 ORDER BY at DESC",
            "disavowals_company_id_at_idx",
        ),
    ] {
        let plan = app.words(&format!("EXPLAIN QUERY PLAN {sql}"), 3).await.join("; ");
        assert!(plan.contains(&format!("INDEX {index}")), "{sql}: {plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{sql}: {plan}");
    }
}

#[tokio::test]
async fn the_tab_is_for_those_who_may_see_the_life_of_resets() {
    let app = town().await;
    for (email, sees, count) in [(ADA, true, 3), (MAX, true, 2), (UMA, false, 1), (ROB, false, 1)] {
        let browser = app.sign_in_as(email).await;
        let company = browser.get("/company").await.expect_status(200);
        let tabs = Selector::parse("[role=tab]").expect("a selector");
        assert_eq!(company.html().select(&tabs).count(), count, "{email}");
        let tab = browser.get("/company?tab=resets").await;
        if sees {
            assert_eq!(tab.status, 200);
            assert!(tab.row("Agnes Lindqvist").is_some());
        } else {
            let page = tab.expect_status(403);
            assert_eq!(page.heading(), "You cannot open this page");
            assert!(!page.body.contains("person01"));
        }
        let dashboard = browser.get("/dashboard").await.expect_status(200);
        assert_eq!(dashboard.says("Needs attention"), sees, "{email}");
    }
    let quinn = app.sign_in_as(QUINN).await;
    let page = shown(&quinn, "").await;
    assert!(page.says("No resets yet."), "{}", page.text());
    assert!(!page.body.contains("Agnes"));
    let page = quinn.get("/dashboard").await;
    assert!(page.says("Nothing needs your attention."), "{}", page.text());
}

#[tokio::test]
async fn what_the_list_says_and_finds() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let page = shown(&max, "").await;
    let row = page.row("Agnes Lindqvist").expect("a row");
    assert_eq!(row[1], ("State".to_owned(), "Mail accepted".to_owned()));
    assert_eq!(row[2], ("What happened".to_owned(), "22 hours left".to_owned()));
    assert_eq!(row[3], ("Asked by".to_owned(), "Max Manager".to_owned()));
    for (person, what) in [
        ("Amara Okafor", "no such mailbox"),
        ("Anton Weiss", "used after 30 minutes"),
        ("Beatriz Moura", "not used in time"),
    ] {
        let row = page.row(person).expect("a row");
        assert_eq!(row[2].1, what, "{person}");
    }
    assert!(page.has_button("Send again to Agnes Lindqvist") && page.has_button("Revoke link of Agnes Lindqvist"));
    assert!(!page.has_button("Send again to Anton Weiss") && !page.has_button("Revoke link of Anton Weiss"));
    // Delayed for long: told above.
    assert!(page.says("Mail is delayed: 1 waiting since"), "{}", page.text());
    // On the newest of a person only.
    let form = Selector::parse("tbody form").expect("a selector");
    let html = page.html();
    let row = Selector::parse("tbody tr").expect("a selector");
    let beatriz: Vec<_> = html
        .select(&row)
        .filter(|row| row.text().collect::<String>().contains("Beatriz Moura"))
        .map(|row| row.select(&form).count())
        .collect();
    assert_eq!(beatriz, [1], "expired: send again");
    let found = shown(&max, "&q=%C3%81GNES").await;
    assert_eq!(rows(&found).len(), 2);
    assert_eq!(found.link("Clear filters"), "/company?tab=resets");
    assert!(
        shown(&max, "&q=nobody-at-all")
            .await
            .says("Nobody matches \"nobody-at-all\".")
    );
    assert!(shown(&max, "&state=waiting").await.says("No reset matches."));
    for nonsense in ["&state=nonsense", "&after=x", "&after=1.x&start=9", "&start=7"] {
        assert_eq!(rows(&shown(&max, nonsense).await), rows(&page), "{nonsense}");
    }
    let dashboard = max.get("/dashboard").await;
    assert!(
        dashboard.says("1 mail refused") && dashboard.says("1 mail delayed"),
        "{}",
        dashboard.text()
    );
    assert!(dashboard.says("1 link expired unused"));
}

/// The links that narrow the list, as read, and the rows behind each.
async fn standings(max: &Client) -> Vec<(String, usize)> {
    let chip = Selector::parse("nav.chips a").expect("a selector");
    let page = shown(max, "").await;
    let chips: Vec<_> = page
        .html()
        .select(&chip)
        .map(|chip| {
            let words = chip.text().collect::<String>();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            (words, chip.attr("href").unwrap_or_default().to_owned())
        })
        .collect();
    let mut found = Vec::new();
    for (words, to) in chips {
        let page = max.get(&to).await.expect_status(200);
        found.push((words, rows(&page).len()));
    }
    found
}

#[tokio::test]
async fn where_people_stand_is_a_number_and_the_rows_behind_it() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let before = standings(&max).await;
    let number = |chips: &[(String, usize)], name: &str| {
        let chip = chips.iter().find(|(words, _)| words.starts_with(name));
        chip.map(|(words, rows)| {
            (
                words.rsplit(' ').next().and_then(|number| number.parse::<usize>().ok()),
                *rows,
            )
        })
        .expect("such a link")
    };
    for name in [
        "Needs attention",
        "On its way",
        "Not used yet",
        "Password changed",
        "Ended",
    ] {
        let (said, rows) = number(&before, name);
        assert_eq!(said, Some(rows), "{name}: {before:?}");
    }
    // A link that works and was not used is no longer among those that nobody has to look at.
    let (waiting, _) = number(&before, "Not used yet");
    app.trigger(&max, UMA).await;
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    let after = standings(&max).await;
    assert_eq!(
        number(&after, "Not used yet").0,
        waiting.map(|people| people + 1),
        "{after:?}"
    );
    let dashboard = max.get("/dashboard").await;
    let said = format!("{} Not used yet", waiting.unwrap_or_default() + 1);
    assert!(dashboard.says(&said), "{said} in {}", dashboard.text());
    // Who, why and the button that helps.
    for words in ["Amara Okafor", "no such mailbox", "Mail refused"] {
        assert!(dashboard.says(words), "{words} in {}", dashboard.text());
    }
    assert!(dashboard.has_button("Send again to Amara Okafor"));
    let bars = Selector::parse("svg g title").expect("a selector");
    let html = dashboard.html();
    let days: Vec<_> = html
        .select(&bars)
        .map(|title| title.text().collect::<String>())
        .collect();
    assert_eq!(days.len(), 14, "{days:?}");
    assert!(
        days[13].ends_with(" used") && !days[13].contains(": 0 asked"),
        "{days:?}"
    );
}

#[tokio::test]
async fn without_script_a_press_comes_back_to_the_list() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let page = shown(&max, "&q=amara&state=refused").await;
    let answer = max
        .submit(page.form("Send again to Amara Okafor"))
        .await
        .expect_status(303);
    let to = answer.location();
    assert!(
        to.starts_with("/company?tab=resets&q=amara&state=refused&of=") && to.ends_with("&done=on-its-way"),
        "{to}"
    );
    let back = max.follow(&answer).await.expect_status(200);
    // Whoever was helped stays in sight, though refused no more.
    assert!(back.row("Amara Okafor").is_some(), "{}", back.text());
    // With the one that was refused, as long as the new mail is not accepted: it is replaced then.
    assert!(back.says("2 resets") || back.says("1 reset"), "{}", back.text());
    let said = back.region("Done");
    assert_eq!(said.as_deref(), Some("Reset link for Amara Okafor is on its way."));
    let page = app
        .page_says(
            &max,
            "/company?tab=resets&state=accepted&q=amara",
            "Revoke link of Amara",
        )
        .await;
    let answer = max
        .submit(page.form("Revoke link of Amara Okafor"))
        .await
        .expect_status(303);
    let back = max.follow(&answer).await;
    let said = back.region("Done");
    assert_eq!(said.as_deref(), Some("No link for Amara Okafor works any more."));
    assert!(
        shown(&max, "&state=revoked&q=amara")
            .await
            .row("Amara Okafor")
            .is_some()
    );
    // The way back leads to the list, whatever stands there.
    let (id, company) = (app.user_id(UMA).await, {
        let form = shown(&max, "&q=agnes+lind")
            .await
            .form("Revoke link of Agnes Lindqvist");
        let field = form.fields().find(|(name, _)| *name == "company");
        field.map(|(_, value)| value.to_owned()).expect("a company")
    });
    for list in ["https://evil.example/", "//evil.example", "q=%0d%0aset-cookie:x", ""] {
        let fields = [("company", company.as_str()), ("list", list)];
        let answer = max.post(&format!("/company/users/{id}/reset"), &fields).await;
        let to = answer.location();
        assert!(to.starts_with("/company?tab=resets") && !to.contains("evil"), "{to}");
        assert!(answer.header("set-cookie").is_none());
    }
}

#[tokio::test]
async fn the_list_is_told_what_changed_and_nothing_else() {
    let mut app = town().await;
    let max = app.sign_in_as(MAX).await;
    let ask = async |stamp: &str| {
        let address = format!("/api/resets-list-since?query=tab%3Dresets&stamp={stamp}");
        max.get(&address).await.expect_status(200).news()
    };
    let all = ask("").await.expect("all of it");
    assert!(all.may_change);
    assert!(ask(&all.stamp).await.is_none());
    app.trigger(&max, UMA).await;
    let changed = ask(&all.stamp).await.expect("a change");
    assert_eq!(changed.shown.rows()[0], "Uma User");
    let stamp = changed.stamp;
    app.page_says(&max, &app.page_of(UMA).await, "Mail accepted").await;
    let accepted = ask(&stamp).await;
    // It may have been accepted before the first question.
    if let Some(accepted) = accepted {
        assert_eq!(accepted.shown.state(), "accepted");
    }
    app.rest().await;
    let stamp = ask("").await.expect("all of it").stamp;
    let cost = app.cost(async { assert!(ask(&stamp).await.is_none()) }).await;
    assert!(cost <= 4, "{cost}: the session, the outage, what waits, the rows");
}

#[tokio::test]
async fn who_said_this_was_not_me_is_told_for_a_week() {
    let app = town().await;
    let max = app.sign_in_as(MAX).await;
    let now = app.services().clock.now().as_millis();
    let uma = app.user_id(UMA).await.to_string();
    let day = 24 * 3_600_000;
    for (number, age) in [(1, day), (2, 8 * day)] {
        app.execute(&format!(
            "INSERT INTO disavowals (id, company_id, user_id, at, reset_id, mail_id) \
             SELECT {}, company_id, id, {}, (SELECT min_id FROM (SELECT resets.id AS min_id FROM resets \
             WHERE resets.id NOT IN (SELECT reset_id FROM disavowals WHERE reset_id IS NOT NULL) LIMIT 1) AS one), NULL \
             FROM users WHERE id = {}",
            app.literal(&format!("01980000-0000-7000-8000-00000000000{number}")),
            now - age,
            app.literal(&uma),
        ))
        .await;
    }
    let page = max.get("/dashboard").await.expect_status(200);
    assert_eq!(page.text().matches("this was not me").count(), 1, "{}", page.text());
    assert_eq!(
        page.link("Uma User said: this was not me"),
        format!("/company/users/{uma}")
    );
}
