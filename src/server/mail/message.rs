//! A composed letter as a message with headers (RFC 5322) and two parts (RFC 2046).
//!
//! It knows no kind of mail and no way to send one. Every header that is not lettre's own is written here, and no value
//! can bring a line break (case G3). The table with the reason for each header is in the experience, section 2.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use rekey_domain::time::Timestamp;

use super::letter::{Composed, one_line};

/// The last second that a mail's date can name (the year 9999).
const LAST_SECOND: u64 = 253_402_300_799;

/// What is written on the outside of a mail.
pub struct Envelope {
    /// The sender's address; a name in it is replaced by `sender_name`.
    pub from: Mailbox,
    /// Such as `Acme via Rekey`.
    pub sender_name: String,
    /// Where answers go. What is no e-mail address is left out: a company's contact must not stop its mails.
    pub reply_to: Option<String>,
    /// The recipient's address.
    pub to: String,
    /// `reset-id@mail-domain`, with or without `<>`: the same for all attempts at one mail, so that duplicates fold.
    pub message_id: String,
    /// The language tag of the words, such as `en`.
    pub language: &'static str,
    /// Keeps mail programs from threading this mail with an older one.
    pub reference: Option<String>,
    /// The time of asking, or of this attempt.
    pub date: Timestamp,
}

/// Why no message can be made. None of these passes by itself.
#[derive(Debug, thiserror::Error)]
pub enum MessageProblem {
    /// The recipient's address is none that mail can go to.
    #[error("the recipient's address cannot be used in a mail")]
    Recipient,
    /// The Message-ID has no `@`, or signs that do not belong there.
    #[error("the Message-ID is malformed")]
    MessageId,
    /// lettre refused the whole.
    #[error("the message cannot be built: {0}")]
    Build(#[from] lettre::error::Error),
}

/// Builds the message: the text part first, the HTML part last, both quoted-printable.
pub fn build(letter: &Composed, envelope: &Envelope) -> Result<Message, MessageProblem> {
    let to = envelope.to.parse::<Address>().map_err(|_| MessageProblem::Recipient)?;
    let sender_name = Some(one_line(&envelope.sender_name)).filter(|name| !name.is_empty());
    let mut message = Message::builder()
        .from(Mailbox::new(sender_name, envelope.from.email.clone()))
        .to(Mailbox::new(None, to))
        .subject(one_line(&letter.subject))
        .date(date(envelope.date))
        .raw_header(message_id(&envelope.message_id)?)
        .raw_header(header("Auto-Submitted", "auto-generated"))
        // Neither `NDR` nor `All`: bounces are wanted.
        .raw_header(header("X-Auto-Response-Suppress", "OOF, AutoReply, RN, NRN"))
        .raw_header(header("Content-Language", envelope.language));
    if let Some(reference) = &envelope.reference {
        message = message.raw_header(header("X-Entity-Ref-ID", reference));
    }
    if let Some(reply_to) = envelope
        .reply_to
        .as_deref()
        .and_then(|address| address.trim().parse::<Address>().ok())
    {
        message = message.reply_to(Mailbox::new(None, reply_to));
    }
    let parts = MultiPart::alternative()
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
        .singlepart(part(ContentType::TEXT_HTML, &letter.html));
    Ok(message.multipart(parts)?)
}

/// Left to itself lettre takes 7bit or base64 where that is shorter; one encoding for all is easier to read and test.
fn part(content_type: ContentType, body: &str) -> SinglePart {
    SinglePart::builder()
        .header(content_type)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body.to_owned())
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), one_line(value))
}

/// Written whole, since lettre would fold a long one, and some mail programs then lose it.
fn message_id(id: &str) -> Result<HeaderValue, MessageProblem> {
    let id = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    let is_allowed = |sign: char| sign.is_ascii_alphanumeric() || "-._+=".contains(sign);
    let (left, right) = id.split_once('@').ok_or(MessageProblem::MessageId)?;
    if [left, right]
        .iter()
        .any(|half| half.is_empty() || half.len() > 255 || !half.chars().all(is_allowed))
    {
        return Err(MessageProblem::MessageId);
    }
    let id = format!("<{id}>");
    Ok(HeaderValue::dangerous_new_pre_encoded(
        HeaderName::new_from_ascii_str("Message-ID"),
        id.clone(),
        id,
    ))
}

fn date(at: Timestamp) -> SystemTime {
    let second = u64::try_from(at.as_millis()).unwrap_or(0) / 1000;
    UNIX_EPOCH + Duration::from_secs(second.min(LAST_SECOND))
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders};

    use super::*;

    fn letter() -> Composed {
        Composed {
            subject: "Acmé: reset your password".to_owned(),
            preheader: String::new(),
            text: format!(
                "Hello Ana,\n\nhttps://rekey.example/{}\n.\nFrom here: ä=ö\n",
                "a".repeat(80)
            ),
            html: "<!DOCTYPE html>\n<p>Hello Änä</p>\n".to_owned(),
        }
    }

    fn envelope() -> Envelope {
        Envelope {
            from: "Somebody <rekey@mail.example>".parse().unwrap(),
            sender_name: "Acmé via Rekey".to_owned(),
            reply_to: Some("it@acme.example".to_owned()),
            to: "ana@example.com".to_owned(),
            message_id: "0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b@a-rather-long-mail-domain.example".to_owned(),
            language: "en",
            reference: Some("7KQ2M4".to_owned()),
            date: Timestamp::from_millis(1_795_527_128_500),
        }
    }

    fn raw(letter: &Composed, envelope: &Envelope) -> String {
        String::from_utf8(build(letter, envelope).unwrap().formatted()).unwrap()
    }

    /// The header lines, unfolded.
    fn headers(raw: &str) -> Vec<String> {
        let head = raw.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
        head.split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn every_header_is_there_once_and_no_other() {
        let raw = raw(&letter(), &envelope());
        let headers = headers(&raw);
        for line in [
            "To: ana@example.com",
            "Reply-To: it@acme.example",
            "Date: Tue, 24 Nov 2026 13:32:08 +0000",
            "Message-ID: <0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b@a-rather-long-mail-domain.example>",
            "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN",
            "X-Entity-Ref-ID: 7KQ2M4",
            "Content-Language: en",
            "MIME-Version: 1.0",
        ] {
            assert_eq!(
                headers.iter().filter(|header| *header == line).count(),
                1,
                "{line}\n{raw}"
            );
        }
        let mut names = headers
            .iter()
            .map(|line| line.split(": ").next().unwrap())
            .collect::<Vec<_>>();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "Auto-Submitted",
                "Content-Language",
                "Content-Type",
                "Date",
                "From",
                "MIME-Version",
                "Message-ID",
                "Reply-To",
                "Subject",
                "To",
                "X-Auto-Response-Suppress",
                "X-Entity-Ref-ID"
            ]
        );
    }

    #[test]
    fn a_mail_program_reads_what_was_composed() {
        let raw = raw(&letter(), &envelope());
        assert!(raw.is_ascii());
        let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
        assert_eq!(message.subject(), Some("Acmé: reset your password"));
        let from = message.from().unwrap().first().unwrap();
        assert_eq!(
            (from.name(), from.address()),
            (Some("Acmé via Rekey"), Some("rekey@mail.example"))
        );
        assert_eq!(
            message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(),
            letter().text.trim_end()
        );
        assert_eq!(
            message.body_html(0).unwrap().replace("\r\n", "\n").trim_end(),
            letter().html.trim_end()
        );
        let kinds = message
            .parts
            .iter()
            .filter_map(|part| part.content_type()?.c_subtype.as_deref())
            .collect::<Vec<_>>();
        assert_eq!(kinds, ["alternative", "plain", "html"]);
        assert_eq!(
            raw.matches("Content-Transfer-Encoding: quoted-printable\r\n").count(),
            2
        );
        assert_eq!(raw.matches("; charset=utf-8\r\n").count(), 2);
        assert!(
            raw.split("\r\n")
                .all(|line| line.len() <= 78 || line.starts_with("Message-ID: ")),
            "{raw}"
        );
    }

    #[test]
    fn plain_ascii_is_quoted_printable_too() {
        let letter = Composed {
            text: "Hello\n".to_owned(),
            html: "<p>Hello".to_owned(),
            ..letter()
        };
        assert_eq!(
            raw(&letter, &envelope())
                .matches("Content-Transfer-Encoding: quoted-printable")
                .count(),
            2
        );
    }

    #[test]
    fn g3_no_value_brings_a_header_or_a_recipient() {
        let evil = "x\r\nBcc: all@example.com\r\n\r\n<p>";
        let letter = Composed {
            subject: evil.to_owned(),
            ..letter()
        };
        let envelope = Envelope {
            sender_name: evil.to_owned(),
            reply_to: Some(evil.to_owned()),
            reference: Some(evil.to_owned()),
            ..envelope()
        };
        let message = build(&letter, &envelope).unwrap();
        assert_eq!(message.envelope().to().len(), 1);
        let raw = String::from_utf8(message.formatted()).unwrap();
        assert!(
            headers(&raw)
                .iter()
                .all(|line| !line.starts_with("Bcc") && !line.is_empty()),
            "{raw}"
        );
        assert!(!raw.contains("Reply-To"), "{raw}");
    }

    #[test]
    fn g3_an_address_with_a_line_break_is_no_recipient() {
        for to in [
            "ana@example.com\r\nRCPT TO:<b@example.com>",
            "ana@example.com, b@example.com",
            "a b@example.com",
            "",
        ] {
            let envelope = Envelope {
                to: to.to_owned(),
                ..envelope()
            };
            assert!(
                matches!(build(&letter(), &envelope), Err(MessageProblem::Recipient)),
                "{to:?}"
            );
        }
    }

    #[test]
    fn a_malformed_message_id_is_refused() {
        for id in ["", "a", "@", "a@", "<a@b", "a b@c", "a@b\r\nX: 1", "a@b@c", "ä@b"] {
            let envelope = Envelope {
                message_id: id.to_owned(),
                ..envelope()
            };
            assert!(
                matches!(build(&letter(), &envelope), Err(MessageProblem::MessageId)),
                "{id:?}"
            );
        }
        let envelope = Envelope {
            message_id: "<a@b>".to_owned(),
            ..envelope()
        };
        assert!(raw(&letter(), &envelope).contains("\r\nMessage-ID: <a@b>\r\n"));
    }

    #[test]
    fn dates_beyond_the_calendar_do_not_panic() {
        for millis in [i64::MIN, -1, i64::MAX] {
            raw(
                &letter(),
                &Envelope {
                    date: Timestamp::from_millis(millis),
                    ..envelope()
                },
            );
        }
    }
}
