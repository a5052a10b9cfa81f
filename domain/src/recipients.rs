//! Recipients as people paste them: one a line, the To line of a mail program, cells of a spreadsheet (K8).
//!
//! What stands between two of them is nobody's standard: Outlook writes `Lname, Fname <address>; …` without quotes. So this
//! file finds where one ends and the next begins; whether something is an address is decided by [`Email`] alone. An address
//! in `<>` counts, and what stands before it is a name. Nothing is dropped silently: a piece without any address comes out as
//! one (`docs/decisions/0037-pasted-recipients.md`).

use crate::email::{Email, EmailProblem};
use crate::fold::{collapse_blanks, is_invisible};
use crate::text::TextLine;

/// The longest piece without an address that is shown.
pub const LONGEST_SHOWN: usize = 100;

/// What mail programs and people put around an address.
const AROUND: &[char] = &[
    '<', '>', '(', ')', '[', ']', '{', '}', '"', '\'', '“', '”', '„', '‘', '’', '«', '»', ',', ';', ':', '|', '.',
];
/// What ends a line, in any program.
const LINE_ENDS: &[char] = &['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// One of those that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// What was written: the name before an address in `<>`, or a piece in which there is no address.
    pub written: TextLine<LONGEST_SHOWN>,
    /// The address, if there is one.
    pub email: Option<Email>,
}

impl Recipient {
    /// What its address is compared by, if there is one.
    pub fn key(&self) -> Option<&str> {
        self.email.as_ref().map(Email::key)
    }
}

/// Those that a text names, in order, at most so many.
pub fn read(text: &str, most: usize) -> Vec<Recipient> {
    let text: String = text.chars().filter(|c| c.is_ascii() || !is_invisible(*c)).collect();
    let mut reader = Reader {
        found: Vec::new(),
        most,
        names: Vec::new(),
    };
    let mut lines = text.split(LINE_ENDS).filter(|line| !line.trim().is_empty()).peekable();
    while let Some(line) = lines.next() {
        reader.line(line);
        // A long To line is wrapped between a name and its address.
        let goes_on = lines.peek().is_some_and(|next| next.trim_start().starts_with('<'));
        if !goes_on {
            reader.no_address_follows();
        }
        if reader.has_enough() {
            break;
        }
    }
    reader.found
}

/// The one that a cell names, alone or as `Name <address>`. Other words beside an address make it none, and so does another
/// address in the name: such a cell is more than one.
pub fn only(cell: &str) -> Result<Recipient, EmailProblem> {
    if !cell.contains('<') && cell.split_whitespace().nth(1).is_some() {
        return Err(problem_of(cell));
    }
    let [recipient] = read(cell, 2).try_into().map_err(|_| problem_of(cell))?;
    let written = recipient.written.as_str();
    match recipient.key() {
        Some(key) if !written.contains('@') || email_of(written).is_some_and(|named| named.key() == key) => {
            Ok(recipient)
        }
        _ => Err(problem_of(cell)),
    }
}

/// What is wrong with a cell that names nobody, or several.
fn problem_of(cell: &str) -> EmailProblem {
    Email::parse(cell).err().unwrap_or(EmailProblem::Malformed)
}

/// Takes a text apart.
struct Reader<'a> {
    found: Vec<Recipient>,
    most: usize,
    /// Pieces since the last address, which may be the parts of a name: one has to see what follows.
    names: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn has_enough(&self) -> bool {
        self.found.len() >= self.most
    }

    fn line(&mut self, line: &'a str) {
        // Looked for once: a line may be all of the text, and have one opening sign after the other.
        let last = |sign| line.rfind(sign).unwrap_or_default();
        let (last_quote, last_angle, last_parenthesis) = (last('"'), last('>'), last(')'));
        let (mut from, mut at, mut no_remark_before) = (0, 0, 0);
        while let Some(c) = line[at..].chars().next().filter(|_| !self.has_enough()) {
            let next = at + c.len_utf8();
            let begins_word = line[from..at].chars().next_back().is_none_or(char::is_whitespace);
            match c {
                '"' if begins_word && at < last_quote => at = end_of_quote(line, next).unwrap_or(next),
                '(' if at < last_parenthesis && at >= no_remark_before => {
                    let end = line[next..].find(')').map_or(next, |length| next + length);
                    // With an address in it, it is more than a remark.
                    if line[next..end].contains('@') {
                        no_remark_before = end;
                        at = next;
                    } else {
                        at = end;
                    }
                }
                '<' if at < last_angle => {
                    let end = line[next..].find('>').map_or(line.len(), |length| next + length);
                    self.in_angles(&line[from..at], &line[next..end]);
                    at = (end + 1).min(line.len());
                    from = at;
                }
                ',' | '，' => {
                    self.piece(&line[from..at]);
                    (from, at) = (next, next);
                }
                ';' | '；' => {
                    self.piece(&line[from..at]);
                    self.no_address_follows();
                    (from, at) = (next, next);
                }
                _ => at = next,
            }
        }
        if !self.has_enough() {
            self.piece(&line[from..]);
        }
    }

    /// An address in `<>`, with what stands before it.
    fn in_angles(&mut self, before: &'a str, inside: &'a str) {
        match (email_of(inside), emails_of(before)) {
            (Some(email), _) => {
                let names = self.names.drain(..).chain([before]).map(str::trim);
                let name = names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
                self.push(TextLine::of(&unquoted(&name)), Some(email));
            }
            // The other way round: an address, and a name in `<>`.
            (None, Some((emails, _))) if !inside.contains('@') => self.addresses(emails),
            (None, _) => {
                self.no_address_follows();
                self.nobody(&format!("{before}<{inside}>"));
            }
        }
    }

    /// What stands between two separators, without `<>`.
    fn piece(&mut self, piece: &'a str) {
        match emails_of(piece) {
            Some((emails, has_name)) => {
                if has_name {
                    self.names.clear();
                }
                self.addresses(emails);
            }
            None if piece.contains('@') => {
                self.no_address_follows();
                self.nobody(piece);
            }
            None if piece.contains(char::is_alphanumeric) => self.names.push(piece),
            None => {}
        }
    }

    fn addresses(&mut self, emails: Vec<Email>) {
        self.no_address_follows();
        for email in emails {
            self.push(TextLine::default(), Some(email));
        }
    }

    /// The pieces so far were no parts of a name.
    fn no_address_follows(&mut self) {
        for piece in std::mem::take(&mut self.names) {
            self.nobody(piece);
        }
    }

    fn nobody(&mut self, piece: &str) {
        if !self.has_enough() {
            self.push(TextLine::shortened(&collapse_blanks(piece)), None);
        }
    }

    fn push(&mut self, written: TextLine<LONGEST_SHOWN>, email: Option<Email>) {
        if !self.has_enough() {
            self.found.push(Recipient { written, email });
        }
    }
}

/// Where the quoted text ends that begins here: behind its closing quote.
fn end_of_quote(line: &str, from: usize) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in line[from..].char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return Some(from + at + 1),
            _ => {}
        }
    }
    None
}

/// The addresses of a piece, and whether other words stand in it. None where there is no address, or one that is none.
fn emails_of(piece: &str) -> Option<(Vec<Email>, bool)> {
    let (with_at, others): (Vec<_>, Vec<_>) = piece.split_whitespace().partition(|word| word.contains('@'));
    let emails: Vec<_> = with_at.into_iter().map(email_of).collect::<Option<_>>()?;
    (!emails.is_empty()).then_some((emails, !others.is_empty()))
}

/// The address that a word is, with what programs write around it: quotes, brackets, `mailto:` and what follows a `?` there.
fn email_of(word: &str) -> Option<Email> {
    let word = word.trim().trim_matches(AROUND);
    let (scheme, rest) = word.split_once(':').unwrap_or(("", word));
    let word = if scheme.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        rest
    } else {
        word
    };
    let end = word.find('@').and_then(|at| word[at..].find('?').map(|mark| at + mark));
    Email::parse(word[..end.unwrap_or(word.len())].trim_matches(AROUND)).ok()
}

/// A name without the quotes around it.
fn unquoted(name: &str) -> String {
    name.trim_matches(['"', '\'', ' ', '\t']).replace("\\\"", "\"")
}

#[cfg(test)]
mod tests;
