//! Whom the words of a refusal name. It is asked only where the codes leave open whose trouble it is.

use std::net::IpAddr;

use crate::mail_reply::{Fault, Stage};

/// Who takes part in handing over a mail. What is empty is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Parties<'a> {
    /// The address of our sender.
    pub sender: &'a str,
    /// The name or address that we greet with.
    pub hello: &'a str,
    /// The address that the mail goes to.
    pub recipient: &'a str,
}

/// What the words add to the codes.
pub(super) fn fault(stage: Stage, code: u16, text: &str, parties: &Parties<'_>) -> Option<Fault> {
    let text = text.to_lowercase();
    if is_about_connections(&text) {
        return Some(Fault::Connections);
    }
    if is_about_a_quota(&text, stage) {
        return Some(Fault::Quota);
    }
    let is_after_sender = matches!(stage, Stage::Recipient | Stage::Body);
    (is_after_sender && names_us(&text, code, parties)).then_some(Fault::Sender)
}

/// Whether we hold too many connections.
pub(super) fn is_about_connections(text: &str) -> bool {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_of_many = &["too many", "concurrent", "simultaneous", "parallel", "limit", "maximum"];
    has(&["connection", "session"]) && has(is_of_many)
}

/// Whether we have sent as much as we may. A full mailbox has a quota, too; but as long as nobody but the sender was named,
/// a quota is the sender's.
fn is_about_a_quota(text: &str, stage: Stage) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_of_sending = &[
        "sending",
        "daily",
        "hourly",
        "per hour",
        "per day",
        "outgoing",
        "outbound",
        "sender",
        "submission",
    ];
    let is_ours = has(is_of_sending) || (stage == Stage::Sender && has(&["quota"]));
    has(&["quota", "limit", "too many", "exceeded"]) && is_ours && !has(&["mailbox", "storage", "size"])
}

/// Whether the refusal is of our sender, our address or our greeting. Servers that refuse them only when they hear the
/// recipient begin with whom they mean, as in `<accounts@rekey.example>: …`.
fn names_us(text: &str, code: u16, parties: &Parties<'_>) -> bool {
    let [sender, hello, recipient] = [parties.sender, parties.hello, parties.recipient].map(str::to_lowercase);
    let of_recipient = place_of(text, &recipient);
    let comes_first = |place: Option<usize>| match (place, of_recipient) {
        (Some(place), Some(of_recipient)) => place < of_recipient,
        (place, _) => place.is_some(),
    };
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_owned());
    let own_domain = domain(&sender).filter(|own| Some(own) != domain(&recipient).as_ref());
    let is_sender = sender != recipient && comes_first(place_of(text, &sender));
    let is_domain = own_domain.is_some_and(|own| comes_first(place_of(text, &own)));
    // A single word, such as `localhost`, may stand for anything.
    let is_hello = hello.contains('.') && comes_first(place_of(text, &hello));
    let means_us = [
        "sender address",
        "sender verif",
        "client host",
        "helo command",
        "ehlo command",
    ];
    let is_meant = comes_first(means_us.iter().filter_map(|words| text.find(words)).min());
    is_sender || is_domain || is_hello || is_meant || (code / 100 == 5 && comes_first(place_of_client(text)))
}

/// Where the name stands in the text, whole and by itself. In a web address it stands for what the mail says, not for us.
fn place_of(text: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let is_part = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_');
    text.match_indices(name).map(|(place, _)| place).find(|&place| {
        let before = text[..place].chars().next_back();
        let mut behind = text[place + name.len()..].chars();
        let (next, second) = (behind.next(), behind.next());
        let is_dotted = next == Some('.') && second.is_some_and(is_part);
        let goes_on = is_dotted || next.is_some_and(|sign| is_part(sign) || sign == '/');
        !before.is_some_and(|sign| is_part(sign) || matches!(sign, '.' | '/')) && !goes_on
    })
}

/// Where an IP address stands that can only be ours: in brackets, as in `unknown[10.0.0.1]`, or beside words about clients.
fn place_of_client(text: &str) -> Option<usize> {
    let is_address = |word: &str| {
        // As in `[IPv6:2001:db8::1]`.
        let word = word.strip_prefix("6:").unwrap_or(word).trim_end_matches(['.', ':']);
        word.len() > "::1".len() && word.parse::<IpAddr>().is_ok()
    };
    let is_about_clients = [
        "client",
        "your ip",
        "from ip",
        "ip address",
        "blocked",
        "listed",
        "listing",
        "banned",
    ]
    .iter()
    .any(|word| text.contains(word));
    let is_of_address = |sign: char| sign.is_ascii_hexdigit() || matches!(sign, '.' | ':');
    let mut from = 0;
    text.split(|sign: char| !is_of_address(sign)).find_map(|word| {
        let place = from;
        from += word.len() + text[from + word.len()..].chars().next().map_or(0, char::len_utf8);
        let is_bracketed = text[..place].ends_with(['[', '(']) || text[..place].ends_with("[ipv");
        let is_of_link = text[..place].ends_with('/');
        (is_address(word) && !is_of_link && (is_bracketed || is_about_clients)).then_some(place)
    })
}
