//! A letter as a structure, and its two renderings. It knows no kind of mail and holds no words of its own.

use askama::Template;

use super::Composed;
use crate::texts::mails;

/// Longer ones are cut by mailboxes, and by us first.
const SUBJECT_LENGTH: usize = 60;

/// The text part's width in columns.
const COLUMNS: usize = 72;

/// What both parts say, in this order.
pub(super) struct Letter<'a> {
    pub company: &'a str,
    /// Without the company.
    pub subject: &'a str,
    pub preheader: String,
    pub greeting: String,
    pub blocks: Vec<Block>,
}

pub(super) enum Block {
    Paragraph(String),
    Link(Link),
    /// A link for few readers: no button.
    QuietLink(Link),
    Facts(Vec<Fact>),
}

/// A button, or quiet, in the HTML part; in the text part the label and the address below it.
pub(super) struct Link {
    pub label: &'static str,
    pub url: String,
}

/// A line `label: value`.
pub(super) struct Fact {
    label: &'static str,
    value: String,
}

pub(super) fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(text.into())
}

pub(super) fn fact(label: &'static str, value: String) -> Fact {
    Fact { label, value }
}

impl Letter<'_> {
    pub(super) fn render(self) -> Composed {
        let subject = subject(self.company, self.subject);
        let text = TextPart {
            greeting: &self.greeting,
            blocks: &self.blocks,
        };
        let html = HtmlPart {
            language: mails::LANGUAGE,
            direction: mails::DIRECTION,
            bare_address: mails::BARE_ADDRESS,
            subject: &subject,
            preheader: &self.preheader,
            greeting: &self.greeting,
            blocks: &self.blocks,
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
    blocks: &'a [Block],
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
    bare_address: &'a str,
    subject: &'a str,
    preheader: &'a str,
    greeting: &'a str,
    blocks: &'a [Block],
}

fn rendered(part: &impl Template) -> String {
    part.render()
        .expect("both templates write plain strings into a String, which does not fail")
}

/// `company: rest`, with the company cut so that all of it fits.
fn subject(company: &str, rest: &str) -> String {
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
