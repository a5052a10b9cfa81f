//! Many at once: the people chosen, the draft that is shown of them, and the page of a batch.

use rekey_domain::batch::BatchKind;
use rekey_domain::id::{BatchId, CompanyId, UserId};
use serde::{Deserialize, Serialize};

use crate::wire::resets_list::ResetsPage;
use crate::wire::users_query::{Shown, UsersQuery};
use crate::wire::views::Moment;

/// The form around the list of people: whom it chooses. The list is that of the page's own address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChooseInput {
    /// The company that the page showed (D3).
    pub company: Option<CompanyId>,
    /// The people ticked.
    pub person: Vec<UserId>,
    /// A checkbox: any value means everybody on this page.
    pub whole_page: Option<String>,
    /// The people on this page.
    pub on_page: Vec<UserId>,
    /// The button **Select all**: any value means everybody whom the filters show.
    pub everyone: Option<String>,
    /// The filters that the page showed.
    pub q: String,
    /// By role.
    pub role: String,
    /// By status.
    pub status: String,
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
        let whole_page = self.on_page.iter().filter(|_| self.whole_page.is_some());
        let mut known = std::collections::HashSet::new();
        for person in self.person.iter().chain(whole_page) {
            if known.insert(*person) {
                people.push(*person);
            }
        }
        people
    }
}

/// The form `Paste addresses`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PasteInput {
    /// The company that the page showed (D3).
    pub company: Option<CompanyId>,
    /// One a line.
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
    pub reason: String,
}

/// A button on the page of a batch.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchPress {
    /// The company that the page showed (D3).
    pub company: CompanyId,
}

/// A line of a batch as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownLines {
    /// The first ones.
    pub lines: Vec<ShownLine>,
    /// All.
    pub total: u64,
}

/// What `/company/resets/new` shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBatchPage {
    /// The company acted in.
    pub company: CompanyId,
    /// The people chosen, where some were.
    pub draft: Option<DraftPage>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftPage {
    /// Which.
    pub id: BatchId,
    /// Who will get a link.
    pub ready: ShownLines,
    /// Who will not.
    pub others: ShownLines,
    /// It was pressed already.
    pub is_pressed: bool,
}

/// How far a batch has come. Whoever was left out from the beginning is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

impl Totals {
    /// Mails that are settled.
    pub fn settled(self) -> u64 {
        self.accepted + self.refused + self.dropped
    }
}

/// The page of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchPage {
    /// Which.
    pub id: BatchId,
    /// What it does.
    pub kind: BatchKind,
    /// When it was pressed.
    pub pressed: Moment,
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
    /// Whether anything on it can still change by itself.
    pub fn may_change(&self) -> bool {
        self.is_under_way || self.living > 0 || self.totals.waiting > 0
    }
}

/// What `/company/resets/batches/{id}/revoke` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeBatchPage {
    /// The company acted in.
    pub company: CompanyId,
    /// Which.
    pub id: BatchId,
    /// Links that would end.
    pub living: u64,
}
