//! A letter as a structure, and its two renderings. It knows no kind of mail and holds no words of its own.
//!
//! Every mail has the same places in the same order, so that all look alike and both parts say the same: who and why, the
//! button, what it does, a small table of facts, and apart from these what to do for somebody who did not expect the mail.

use askama::Template;

use super::palette::{Palette, dark, light};
use super::{Composed, Parties, one_line};
use crate::texts::mails::{self, Headline};

/// Longer ones are cut by mailboxes, and by us first.
const SUBJECT_LENGTH: usize = 60;

/// The text part's width in columns.
const COLUMNS: usize = 72;

/// What both parts say, in this order.
pub(super) struct Letter<'a> {
    pub parties: &'a Parties,
    pub headline: Headline<'a>,
    /// A longer subject, taken where all of it fits beside the company's whole name.
    pub fuller_subject: Option<String>,
    pub preheader: String,
    /// The paragraphs above the button.
    pub opening: Vec<String>,
    /// What the mail is for, where it is for pressing something.
    pub button: Option<Link>,
    /// The paragraphs below the button.
    pub details: Vec<String>,
    /// The small table.
    pub facts: Vec<Fact>,
    pub aside: Option<Aside>,
    /// The last lines, below everything.
    pub closing: Vec<String>,
}

/// What to do for somebody who did not expect the mail.
pub(super) struct Aside {
    /// A whole question.
    pub question: &'static str,
    /// The whole answer; no sentence is broken off before the link.
    pub answer: &'static str,
    /// A link, or a button where the letter has no other.
    pub link: Option<Link>,
    /// The words below the link.
    pub after: Option<String>,
}

/// In the text part the label, and the address alone on its line below.
pub(super) struct Link {
    pub label: &'static str,
    pub url: String,
}

/// A row of the small table; in the text part a line `label: value`.
pub(super) struct Fact {
    label: &'static str,
    value: String,
}

pub(super) fn fact(label: &'static str, value: impl Into<String>) -> Fact {
    Fact {
        label,
        value: value.into(),
    }
}

/// A row for a value that may be unknown.
pub(super) fn fact_if_known(label: &'static str, value: Option<&str>) -> Option<Fact> {
    value.map(|value| fact(label, one_line(value)))
}

impl Letter<'_> {
    pub(super) fn render(self) -> Composed {
        self.render_in(mails::LANGUAGE, mails::DIRECTION)
    }

    /// Renders for a language and its writing direction.
    pub(super) fn render_in(self, language: &str, direction: &str) -> Composed {
        let company = one_line(&self.parties.company);
        let subject = subject(&company, self.headline.subject, self.fuller_subject.as_deref());
        let greeting = mails::greeting(&one_line(&self.parties.name));
        let text = TextPart {
            greeting: &greeting,
            letter: &self,
        };
        let html = HtmlPart {
            language,
            direction,
            // Mail programs know the two sides better than the logical words for them.
            start: if direction == "rtl" { "right" } else { "left" },
            company: &company,
            subject: &subject,
            greeting: &greeting,
            letter: &self,
            light: light(self.parties.accent),
            dark: dark(self.parties.accent),
        };
        let (text, html) = (rendered(&text), rendered(&html));
        Composed {
            subject,
            preheader: self.preheader,
            text,
            html,
        }
    }
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct TextPart<'a> {
    greeting: &'a str,
    letter: &'a Letter<'a>,
}

impl TextPart<'_> {
    /// Breaks lines at blanks only: a broken e-mail address could not be copied.
    #[expect(clippy::unused_self, reason = "templates call methods of their own type")]
    fn wrapped(&self, text: &str) -> String {
        let options = textwrap::Options::new(COLUMNS)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        textwrap::fill(text, options)
    }
}

#[derive(Template)]
#[template(path = "letter.html")]
struct HtmlPart<'a> {
    language: &'a str,
    direction: &'a str,
    /// The side at which lines begin.
    start: &'static str,
    company: &'a str,
    subject: &'a str,
    greeting: &'a str,
    letter: &'a Letter<'a>,
    light: Palette,
    dark: Palette,
}

fn rendered(part: &impl Template) -> String {
    part.render()
        .expect("both templates write plain strings into a String, which does not fail")
}

/// `company: rest`. What is fuller gives way first, then the company's name is cut.
fn subject(company: &str, rest: &str, fuller: Option<&str>) -> String {
    let fits = |rest: &&str| company.chars().count() + ": ".len() + rest.chars().count() <= SUBJECT_LENGTH;
    let rest = fuller.filter(fits).unwrap_or(rest);
    let room = SUBJECT_LENGTH.saturating_sub(rest.chars().count() + ": ".len());
    shortened(&format!("{}: {rest}", shortened(company, room)), SUBJECT_LENGTH)
}

/// At most `length` characters, the last one `…` where something was cut.
pub(super) fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let kept = text.chars().take(length.saturating_sub(1)).collect::<String>();
    format!("{}…", kept.trim_end())
}
