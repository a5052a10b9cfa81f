//! A recorded mail as a person or a test reads it: decoded subject, text and HTML, and the links in the text.
//! It must not know SMTP (that is `recorder`) nor what our mails look like (that is `render`).

use jiff::Timestamp as Instant;
use mail_parser::{Message, MessageParser, PartType};
use rekey_domain::email::Email;
use rekey_domain::time::Timestamp;
use serde::Serialize;
use url::Url;

use super::recorder::RecordedMail;

/// What is in a mail. As JSON it is one entry of `/dev/mail.json`, which outside suites rely on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadMail {
    /// The recorder's number of it.
    pub id: u64,
    /// The envelope's address, which may differ from the header's; several with `, ` between.
    pub to: String,
    /// Decoded; empty when there is none.
    pub subject: String,
    /// The plain text part, decoded; empty when there is none. Never made from the HTML.
    pub text: String,
    /// The HTML part, decoded; empty when there is none. Never made from the text.
    pub html: String,
    /// The header fields as they came, line ends as `\n`.
    #[serde(skip)]
    pub headers: String,
    /// Each line of the text part that is a whole `http` or `https` URL, in their order.
    pub links: Vec<String>,
    /// When it came: RFC 3339 in UTC.
    pub at: String,
}

impl ReadMail {
    /// Reads a mail. What is broken in it is left empty: this shows mails, it does not judge them.
    pub fn of(mail: &RecordedMail) -> Self {
        let message = MessageParser::default().parse(&mail.raw);
        let message = message.as_ref();
        let text = message.map(text_of).unwrap_or_default();
        Self {
            id: mail.id,
            to: mail.to.join(", "),
            subject: message.and_then(Message::subject).unwrap_or_default().to_owned(),
            html: message.map(html_of).unwrap_or_default(),
            headers: headers_of(&mail.raw),
            links: links_in(&text),
            text,
            at: rfc3339(mail.at),
        }
    }
}

/// Whether a mail's envelope has this address. Compared as sign-in names are, so case and form of writing don't count.
pub fn is_for(mail: &RecordedMail, address: &Email) -> bool {
    mail.to
        .iter()
        .any(|to| Email::parse(to).is_ok_and(|to| to.key() == address.key()))
}

/// A time as RFC 3339 in UTC. A time beyond the year 9999 is given as its last moment.
pub fn rfc3339(at: Timestamp) -> String {
    Instant::from_millisecond(at.as_millis())
        .unwrap_or(Instant::MAX)
        .to_string()
}

fn text_of(message: &Message<'_>) -> String {
    let mut texts = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(text.replace("\r\n", "\n")),
        _ => None,
    });
    texts.next().unwrap_or_default()
}

fn html_of(message: &Message<'_>) -> String {
    let mut htmls = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Html(html) => Some(html.clone().into_owned()),
        _ => None,
    });
    htmls.next().unwrap_or_default()
}

fn headers_of(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    raw.split_once("\n\n")
        .map_or(raw.as_str(), |(headers, _)| headers)
        .trim_end()
        .to_owned()
}

fn links_in(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| is_web_address(line))
        .map(str::to_owned)
        .collect()
}

fn is_web_address(line: &str) -> bool {
    // The parser would take blanks inside and encode them: such a line is a sentence, not a link.
    !line.contains(char::is_whitespace)
        && Url::parse(line).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::{ReadMail, is_for};
    use crate::server::mail::recorder::RecordedMail;
    use rekey_domain::email::Email;
    use rekey_domain::time::Timestamp;

    fn mail(raw: &str) -> RecordedMail {
        RecordedMail {
            id: 7,
            from: "rekey@example.com".to_owned(),
            to: vec!["Uma@BlueHeron.example".to_owned()],
            raw: raw.replace('\n', "\r\n").into_bytes(),
            at: Timestamp::from_millis(1_795_444_325_000),
            commands: Vec::new(),
        }
    }

    const TWO_PARTS: &str = "\
From: Acme via Rekey <rekey@example.com>
To: somebody.else@example.com
Subject: =?utf-8?Q?M=C3=BCller:_set_a_new_password?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hello Uma, see https://not.example/alone or
http://127.0.0.1:3000/reset-password/aaaa=
bbbb
javascript:alert(1)
http://two words
 https://rekey.example/reset-password/cccc/not-me =20
--x
Content-Type: text/html; charset=utf-8

<p>Hello <b>Uma</b></p>
--x--
";

    #[test]
    fn a_mail_of_two_parts_is_decoded() {
        let read = ReadMail::of(&mail(TWO_PARTS));
        assert_eq!(read.id, 7);
        assert_eq!(read.to, "Uma@BlueHeron.example");
        assert_eq!(read.subject, "Müller: set a new password");
        assert!(read.text.starts_with("Hello Uma, see"), "{}", read.text);
        assert_eq!(read.html.trim_end(), "<p>Hello <b>Uma</b></p>");
        assert_eq!(
            read.links,
            [
                "http://127.0.0.1:3000/reset-password/aaaabbbb",
                "https://rekey.example/reset-password/cccc/not-me"
            ]
        );
        assert_eq!(read.at, "2026-11-23T14:32:05Z");
        assert!(
            read.headers
                .starts_with("From: Acme via Rekey <rekey@example.com>\nTo: ")
        );
        assert!(read.headers.ends_with("boundary=x"), "{}", read.headers);
    }

    #[test]
    fn a_missing_part_is_empty_and_not_made_from_the_other() {
        let read = ReadMail::of(&mail("Subject: Hi\nContent-Type: text/html\n\n<p>Only this</p>\n"));
        assert_eq!(read.text, "");
        assert_eq!(read.html.trim_end(), "<p>Only this</p>");
        let read = ReadMail::of(&mail("Subject: Hi\n\nOnly this\n"));
        assert_eq!(read.text.trim_end(), "Only this");
        assert_eq!(read.html, "");
    }

    #[test]
    fn what_is_no_mail_reads_as_empty() {
        let read = ReadMail::of(&mail(""));
        assert_eq!(
            (read.subject.as_str(), read.text.as_str(), read.html.as_str()),
            ("", "", "")
        );
        assert!(read.links.is_empty());
    }

    #[test]
    fn the_json_has_the_promised_fields_only() {
        let json = serde_json::to_value(ReadMail::of(&mail(TWO_PARTS))).unwrap();
        let mut names: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["at", "html", "id", "links", "subject", "text", "to"]);
    }

    #[test]
    fn addresses_are_compared_as_sign_in_names() {
        let recorded = mail(TWO_PARTS);
        assert!(is_for(&recorded, &Email::parse(" UMA@blueheron.EXAMPLE ").unwrap()));
        assert!(!is_for(&recorded, &Email::parse("somebody.else@example.com").unwrap()));
    }
}
