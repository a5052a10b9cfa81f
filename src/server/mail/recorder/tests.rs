//! The recorder spoken to by hand and by lettre. Nothing sleeps: every wait ends with what it waits for.

mod client;

use std::io::ErrorKind;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use rekey_domain::time::Timestamp;
use tokio::net::TcpStream;
use tokio::time::timeout;

use self::client::{Client, PATIENCE};
use super::{Behaviour, Recorder};
use crate::server::clock::Clock;

const NOW: i64 = 1_795_444_325_000;

fn recorder() -> Recorder {
    Recorder::start(Clock::standing_at(Timestamp::from_millis(NOW))).unwrap()
}

#[tokio::test]
async fn a_mail_is_recorded_as_it_came() {
    let recorder = recorder();
    let mut client = Client::with_sender(&recorder).await;
    client.expect("rcpt to:<Uma@BlueHeron.example>", "250 2.1.5").await;
    client.expect("DATA", "354").await;
    client
        .expect("Subject: Hi\r\n\r\n..one dot\r\nEnd\r\n.", "250 2.0.0")
        .await;
    client.expect("QUIT", "221").await;
    assert_eq!(client.reply().await, "");

    let mails = recorder.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].id, 1);
    assert_eq!(mails[0].from, "rekey@example.com");
    assert_eq!(mails[0].to, ["Uma@BlueHeron.example"]);
    assert_eq!(mails[0].raw, b"Subject: Hi\r\n\r\n.one dot\r\nEnd\r\n");
    assert_eq!(mails[0].at, Timestamp::from_millis(NOW));
    assert_eq!(
        mails[0].commands,
        ["MAIL FROM:<rekey@example.com>", "rcpt to:<Uma@BlueHeron.example>"]
    );
    assert_eq!(recorder.mail(1).as_ref(), Some(&mails[0]));
    assert_eq!(recorder.conversations(), 1);
}

#[tokio::test]
async fn a_conversation_takes_several_mails_and_the_newest_comes_first() {
    let recorder = recorder();
    let mut client = Client::in_data(&recorder).await;
    client.expect("First\r\n.", "250 2.0.0").await;
    client.expect("MAIL FROM:<> BODY=8BITMIME SIZE=100", "250").await;
    client.expect("RCPT TO:<rob@blueheron.example>", "250").await;
    client.expect("RCPT TO:<max@blueheron.example>", "250").await;
    client.expect("DATA", "354").await;
    client.expect(".", "250 2.0.0").await;

    let mails = recorder.mails();
    assert_eq!(mails.iter().map(|mail| mail.id).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(mails[0].from, "");
    assert_eq!(mails[0].to, ["rob@blueheron.example", "max@blueheron.example"]);
    assert_eq!(mails[0].raw, b"");
    assert_eq!(mails[0].commands.len(), 3);
}

#[tokio::test]
async fn commands_out_of_order_and_unknown_ones_are_refused() {
    let recorder = recorder();
    let (mut client, _) = Client::connect(&recorder).await;
    client.expect("MAIL FROM:<rekey@example.com>", "503").await;
    let offered = client.expect("EHLO client.example", "250-").await;
    for extension in ["8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "SIZE 10485760"] {
        assert!(offered.contains(extension), "{offered}");
    }
    client.expect("RCPT TO:<uma@blueheron.example>", "503").await;
    client.expect("DATA", "503").await;
    client
        .expect("MAIL FROM:<rekey@example.com> SIZE=10485761", "552 5.3.4")
        .await;
    client.expect("MAIL FROM:<rekey@example.com> COLOUR=red", "555").await;
    client.expect("MAIL FROM:rekey@example.com", "501").await;
    client.expect("MAIL FROM:<rekey@example.com>", "250").await;
    client.expect("MAIL FROM:<rekey@example.com>", "503").await;
    client.expect("RCPT TO:<uma>", "553").await;
    client.expect("RCPT TO:<uma@blueheron.example> X", "555").await;
    client.expect("DATA", "503").await;
    client.expect("STARTTLS", "502").await;
    client.expect("LAUGH", "500").await;
    client.expect("NOOP", "250").await;
    client.expect("RSET", "250").await;
    client.expect("RCPT TO:<uma@blueheron.example>", "503").await;
    client.expect("HELO client.example", "250").await;
    client.expect(&"x".repeat(5000), "500 5.5.2").await;
    assert_eq!(client.reply().await, "");
    assert!(recorder.mails().is_empty());
}

#[tokio::test]
async fn an_address_beyond_ascii_needs_smtputf8() {
    let recorder = recorder();
    let mut client = Client::with_sender(&recorder).await;
    client.expect("RCPT TO:<jörg@blueheron.example>", "553 5.6.7").await;
    client.expect("RSET", "250").await;
    client.expect("MAIL FROM:<rekey@example.com> SMTPUTF8", "250").await;
    client.expect("RCPT TO:<jörg@blueheron.example>", "250").await;
    client.expect("DATA", "354").await;
    client.expect(".", "250").await;
    assert_eq!(recorder.mails()[0].to, ["jörg@blueheron.example"]);
}

#[tokio::test]
async fn a_second_recipient_smuggled_in_shows() {
    let recorder = recorder();
    let mut client = Client::with_sender(&recorder).await;
    client
        .type_in("RCPT TO:<uma@blueheron.example>\r\nRCPT TO:<evil@quarry.example>\r\nDATA\r\n")
        .await;
    for reply in ["250", "250", "354"] {
        assert!(client.reply().await.starts_with(reply));
    }
    // A bare line feed before the dot does not end the mail.
    client
        .expect("Hi\n.\r\nMAIL FROM:<evil@quarry.example>\r\n.", "250")
        .await;
    let mail = &recorder.mails()[0];
    assert_eq!(
        mail.commands[1..],
        ["RCPT TO:<uma@blueheron.example>", "RCPT TO:<evil@quarry.example>"]
    );
    assert_eq!(recorder.mails().len(), 1);
}

#[tokio::test]
async fn large_mails_and_long_lines_are_refused_at_the_dot() {
    let recorder = recorder();
    let mut client = Client::in_data(&recorder).await;
    client.expect(&format!("{}\r\n.", "x".repeat(998)), "250").await;
    client.expect("MAIL FROM:<rekey@example.com>", "250").await;
    client.expect("RCPT TO:<uma@blueheron.example>", "250").await;
    client.expect("DATA", "354").await;
    client.expect(&format!("{}\r\n.", "x".repeat(999)), "554 5.6.0").await;
    client.expect("MAIL FROM:<rekey@example.com>", "250").await;
    client.expect("RCPT TO:<uma@blueheron.example>", "250").await;
    client.expect("DATA", "354").await;
    client
        .expect(
            &format!("{}.", format!("{}\r\n", "x".repeat(900)).repeat(12 * 1024)),
            "552 5.3.4",
        )
        .await;
    assert_eq!(recorder.mails().len(), 1);
}

#[tokio::test]
async fn trouble_at_the_recipient() {
    let recorder = recorder();
    let mut client = Client::with_sender(&recorder).await;
    recorder.set_behaviour(Behaviour::Defer);
    client.expect("RCPT TO:<uma@blueheron.example>", "451 4.3.0").await;
    recorder.set_behaviour(Behaviour::Refuse);
    client.expect("RCPT TO:<uma@blueheron.example>", "550 5.1.1").await;
    recorder.set_behaviour(Behaviour::Greylist);
    client.expect("RCPT TO:<uma@blueheron.example>", "451 4.7.1").await;
    client.expect("RCPT TO:<rob@blueheron.example>", "451 4.7.1").await;
    client.expect("RCPT TO:<UMA@blueheron.example>", "250").await;
    assert_eq!(recorder.behaviour(), Behaviour::Greylist);
}

#[tokio::test]
async fn trouble_in_the_mail() {
    let recorder = recorder();
    let mut client = Client::in_data(&recorder).await;
    recorder.set_behaviour(Behaviour::RefuseAfterData);
    client.expect("Hi\r\n.", "552 5.2.2").await;
    client.expect("MAIL FROM:<rekey@example.com>", "250").await;

    recorder.set_behaviour(Behaviour::CutInData);
    let mut client = Client::in_data(&recorder).await;
    client.type_in("Subject: Hi\r\n").await;
    assert_eq!(client.reply().await, "");
    assert!(recorder.mails().is_empty());
}

#[tokio::test]
async fn a_hanging_server_never_answers_the_final_dot() {
    let recorder = recorder();
    recorder.set_behaviour(Behaviour::HangAfterData);
    let mut client = Client::in_data(&recorder).await;
    client.type_in("Hi\r\n.\r\nNOOP\r\n").await;
    // Only the client's giving up ends it, and then every reply that was ever sent is here.
    client.give_up().await;
    assert_eq!(client.reply().await, "");
    assert!(recorder.mails().is_empty());
}

#[tokio::test]
async fn a_busy_server_ends_open_conversations_and_takes_no_new_ones() {
    let recorder = recorder();
    let mut open = Client::with_sender(&recorder).await;
    recorder.set_behaviour(Behaviour::Busy);
    open.expect("RCPT TO:<uma@blueheron.example>", "421 4.3.2").await;
    assert_eq!(open.reply().await, "");
    let (mut new, greeting) = Client::connect(&recorder).await;
    assert!(greeting.starts_with("421 4.3.2"), "{greeting}");
    assert_eq!(new.reply().await, "");
}

#[tokio::test]
async fn a_slow_server_has_the_mail_before_it_says_so() {
    let recorder = recorder();
    recorder.set_behaviour(Behaviour::Slow(Duration::from_hours(1)));
    let mut client = Client::in_data(&recorder).await;
    client.type_in("Hi\r\n.\r\n").await;
    timeout(PATIENCE, recorder.wait_for(1)).await.unwrap();
    // Cut off before the hour is over: not a word was said.
    recorder.set_behaviour(Behaviour::Down);
    assert_eq!(client.reply().await, "");

    recorder.set_behaviour(Behaviour::Slow(Duration::from_millis(1)));
    let mut client = Client::in_data(&recorder).await;
    client.expect("Hi\r\n.", "250 2.0.0 Taken as 2").await;
}

#[tokio::test]
async fn down_closes_the_port_and_every_conversation() {
    let recorder = recorder();
    let mut client = Client::in_data(&recorder).await;
    let address = recorder.address();
    for _ in 0..20 {
        recorder.set_behaviour(Behaviour::Down);
        let refused = TcpStream::connect(address).await.unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        recorder.set_behaviour(Behaviour::Accept);
        assert_eq!(recorder.address(), address);
        let (_, greeting) = Client::connect(&recorder).await;
        assert!(greeting.starts_with("220"), "{greeting}");
    }
    assert_eq!(client.reply().await, "", "a conversation outlived the outage");
}

#[tokio::test]
async fn the_port_is_free_after_the_last_handle() {
    let recorder = recorder();
    let address = recorder.address();
    let other = recorder.clone();
    drop(recorder);
    let (mut client, _) = Client::connect(&other).await;
    drop(other);
    assert_eq!(client.reply().await, "");
    // The task ends at its next step, which the closed conversation has shown.
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn waiting_counts_from_the_last_clearing() {
    let recorder = recorder();
    recorder.wait_for(0).await;
    let mut client = Client::in_data(&recorder).await;
    client.expect("Hi\r\n.", "250").await;
    timeout(PATIENCE, recorder.wait_for(1)).await.unwrap();
    recorder.clear();
    assert!(recorder.mails().is_empty());
    assert!(timeout(Duration::ZERO, recorder.wait_for(1)).await.is_err());
}

#[tokio::test]
async fn lettre_gets_its_mail_through() {
    let recorder = recorder();
    let address = recorder.address();
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(address.ip().to_string())
        .port(address.port())
        .timeout(Some(PATIENCE))
        .build();
    let envelope = Envelope::new(
        Some("rekey@example.com".parse().unwrap()),
        vec!["uma@blueheron.example".parse().unwrap()],
    )
    .unwrap();
    let raw = "Subject: Grüße\r\n\r\nHello\r\n.\r\n..";
    let response = transport.send_raw(&envelope, raw.as_bytes()).await.unwrap();
    assert!(response.is_positive());
    recorder.set_behaviour(Behaviour::Refuse);
    let refused = transport.send_raw(&envelope, raw.as_bytes()).await.unwrap_err();
    assert_eq!(refused.status().map(u16::from), Some(550));

    let mails = recorder.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to, ["uma@blueheron.example"]);
    // lettre ends every message with a line end of its own.
    assert_eq!(mails[0].raw, format!("{raw}\r\n").as_bytes());
}
