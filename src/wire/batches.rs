//! Many at once: the people chosen, the draft that is shown of them, and the page of a batch.

use std::fmt;

use rekey_domain::batch::BatchKind;
use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::reset::Headline;
use rekey_domain::text::{SearchTerm, Typed};
use serde::{Deserialize, Serialize};

use crate::wire::resets_list::ResetsPage;
use crate::wire::resets_query::{BatchPart, ListedState, ShownResets};
use crate::wire::users_query::{Shown, UsersQuery};
use crate::wire::views::Moment;

/// The form around the list of people: whom it chooses. The list is that of the page's own address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChooseInput {
    /// The company that the page showed (D3).
    pub company: Option<CompanyId>,
    /// The people ticked on this page, a field each.
    pub person: Vec<UserId>,
    /// Those ticked on other pages, however many.
    pub elsewhere: People,
    /// A checkbox: any value means everybody on this page.
    pub whole_page: Option<String>,
    /// The people on this page.
    pub on_page: People,
    /// The button **Select all**: any value means everybody whom the filters show.
    pub everyone: Option<String>,
    /// The filters that the page showed.
    pub q: SearchTerm,
    /// By role.
    pub role: Typed,
    /// By status.
    pub status: Typed,
}

impl ChooseInput {
    /// The list that the page showed, whole.
    pub fn filters(&self) -> UsersQuery {
        UsersQuery {
            search: self.q.clone(),
            role: self.role.parse().ok(),
            shown: Shown::from_word(&self.status),
            ..UsersQuery::default()
        }
    }

    /// The people ticked, each once, in the order of the page.
    pub fn ticked(&self) -> Vec<UserId> {
        let mut people = Vec::new();
        let whole_page = self.on_page.0.iter().filter(|_| self.whole_page.is_some());
        let mut known = std::collections::HashSet::new();
        for person in self.person.iter().chain(&self.elsewhere.0).chain(whole_page) {
            if known.insert(*person) {
                people.push(*person);
            }
        }
        people
    }
}

/// Any number of people in one field, with a blank between them: fields are counted (F2), people are not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct People(pub Vec<UserId>);

impl FromIterator<UserId> for People {
    fn from_iter<I: IntoIterator<Item = UserId>>(people: I) -> Self {
        Self(people.into_iter().collect())
    }
}

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, person) in self.0.iter().enumerate() {
            let blank = if place == 0 { "" } else { " " };
            write!(f, "{blank}{person}")?;
        }
        Ok(())
    }
}

impl From<People> for String {
    fn from(people: People) -> Self {
        people.to_string()
    }
}

impl TryFrom<String> for People {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let people = text.split_ascii_whitespace().map(str::parse);
        people
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(|_| "not a list of people")
    }
}

/// The form `Paste addresses`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasteInput {
    /// The company that the page showed (D3).
    pub company: Option<CompanyId>,
    /// One a line. As typed: programs copy characters along with addresses that nobody sees.
    pub emails: String,
}

/// The form below a draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SendInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// Which draft.
    pub draft: BatchId,
    /// Why; may be empty.
    #[serde(default)]
    pub reason: Typed,
}

/// A button on the page of a batch.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchPress {
    /// The company that the page showed (D3).
    pub company: CompanyId,
}

/// A line of a batch as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine {
    /// Its number.
    pub number: u32,
    /// The person's name, or what was written for one.
    pub name: String,
    /// The address.
    pub email: String,
    /// The role that somebody new gets.
    pub role: String,
    /// Why nothing comes of it; empty where something does.
    pub why: String,
    /// The page of whoever it is about.
    pub user: Option<UserId>,
}

/// Some lines of a kind, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownLines {
    /// The first ones.
    pub lines: Vec<ShownLine>,
    /// All.
    pub total: u64,
}

/// What `/company/resets/new` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBatchPage {
    /// The people chosen, where some were.
    pub draft: Option<DraftPage>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPage {
    /// Which.
    pub id: BatchId,
    /// Who will get a link.
    pub ready: ShownLines,
    /// Who will not, though there is somebody.
    pub others: ShownLines,
    /// Addresses that are nobody's in the company.
    pub unknown: ShownLines,
    /// Whether the reader may invite those.
    pub invites: bool,
    /// The company's name.
    pub company_name: String,
    /// It was pressed already.
    pub is_pressed: bool,
}

/// How far a batch has come. Whoever was left out from the beginning is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Totals {
    /// All.
    pub all: u64,
    /// Mails that the mail server took.
    pub accepted: u64,
    /// Those that it refused.
    pub refused: u64,
    /// Those that it does not have yet.
    pub waiting: u64,
    /// Those that are not sent any more, since their link ended before.
    pub dropped: u64,
}

/// What has become of a batch, each person in one part: what its bar is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A new password was set.
    Used,
    /// The mail server has the mail, and the link can still be used.
    NotUsed,
    /// The mail server does not have the mail yet.
    Waiting,
    /// It has put the mail off.
    Delayed,
    /// It has refused the mail.
    Refused,
    /// The link can't be used any more, and never was.
    Ended,
}

impl Part {
    /// Every one, in the order of the bar.
    pub const ALL: [Self; 6] = [
        Self::Used,
        Self::NotUsed,
        Self::Waiting,
        Self::Delayed,
        Self::Refused,
        Self::Ended,
    ];

    /// What the list shows of it.
    pub fn shown(self) -> ShownResets {
        match self {
            Self::Used => ShownResets::In(ListedState::Used),
            Self::NotUsed => ShownResets::Part(BatchPart::NotUsed),
            Self::Waiting => ShownResets::In(ListedState::Waiting),
            Self::Delayed => ShownResets::In(ListedState::Delayed),
            Self::Refused => ShownResets::In(ListedState::Refused),
            Self::Ended => ShownResets::Part(BatchPart::Ended),
        }
    }

    /// Which resets it holds.
    pub fn headlines(self) -> &'static [Headline] {
        match self.shown() {
            ShownResets::In(state) => state.headlines(),
            ShownResets::Part(part) => part.headlines(),
            ShownResets::All | ShownResets::Needing(_) | ShownResets::Standing(_) | ShownResets::LeftOut => &[],
        }
    }

    /// Its word in the page, for the style.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::NotUsed => "not-used",
            Self::Waiting => "waiting",
            Self::Delayed => "delayed",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }
}

/// How many there are of each part, in their order.
pub type Parts = [(Part, u64); Part::ALL.len()];

/// The page of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchPage {
    /// Which.
    pub id: BatchId,
    /// What it does.
    pub kind: BatchKind,
    /// When it was pressed.
    pub pressed: Moment,
    /// Who pressed it, as the reader calls them.
    pub pressed_by: String,
    /// What has become of it.
    pub parts: Parts,
    /// Why mails are refused, the most frequent reason first; of those that are counted in `refused`.
    pub failures: Vec<(PlainReason, u64)>,
    /// Why, as whoever pressed wrote it.
    pub reason: Option<String>,
    /// How far it has come.
    pub totals: Totals,
    /// Whom the mail server refused.
    pub refused: u64,
    /// Links that can still be used, or will be sent.
    pub living: u64,
    /// Who was left out.
    pub left_out: ShownLines,
    /// Its links are being withdrawn.
    pub is_revoking: bool,
    /// Its resets.
    pub list: ResetsPage,
    /// Another one each time that something has changed.
    pub stamp: String,
    /// Whether it is being worked at: the answer to an open page must not wait for news.
    pub is_under_way: bool,
}

impl BatchPage {
    /// Whether any link can still be withdrawn.
    pub fn revokes(&self) -> bool {
        self.living > 0 && !self.is_revoking
    }

    /// Whether anything on it can still change by itself.
    pub fn may_change(&self) -> bool {
        self.is_under_way || self.living > 0 || self.totals.waiting > 0
    }
}

/// What `/company/resets/batches/{id}/revoke` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevokeBatchPage {
    /// Which.
    pub id: BatchId,
    /// Links that would end.
    pub living: u64,
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn each_reset_is_in_one_part() {
        for headline in Headline::ALL {
            let parts = Part::ALL.into_iter().filter(|part| part.headlines().contains(headline));
            assert_eq!(parts.count(), 1, "{headline}");
        }
    }

    #[test]
    fn f2_any_number_of_people_is_one_field() {
        let id = |last: u16| {
            format!("01980000-0000-7000-8000-00000000{last:04x}")
                .parse::<UserId>()
                .expect("an id")
        };
        for number in [0, 1, 2, 1000] {
            let people: People = (0..number).map(id).collect();
            let body = serde_html_form::to_string([("elsewhere", people.to_string())]).expect("a form");
            let input: ChooseInput = serde_html_form::from_str(&body).expect("it is read");
            assert_eq!(input.ticked(), people.0);
            assert!(!body.contains('&'));
        }
        let body = format!(
            "person={}&elsewhere={}+{}&on_page={}+{}",
            id(1),
            id(2),
            id(1),
            id(1),
            id(3)
        );
        let input: ChooseInput = serde_html_form::from_str(&body).expect("it is read");
        assert_eq!(input.ticked(), [id(1), id(2)]);
        let input: ChooseInput = serde_html_form::from_str(&format!("{body}&whole_page=yes")).expect("it is read");
        assert_eq!(input.ticked(), [id(1), id(2), id(3)]);
        for wrong in ["elsewhere=x", "on_page=1+2", &format!("elsewhere={},{}", id(1), id(2))] {
            assert!(serde_html_form::from_str::<ChooseInput>(wrong).is_err(), "{wrong}");
        }
    }
}
