//! The tab `Resets`, and what the dashboard says of resets.

use rekey_domain::attention::{Attention, Standing, standing};
use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::page_size::Total;
use rekey_domain::reset::{Headline, Kind};

use crate::wire::resets_query::{ResetPlace, ResetsQuery};
use crate::wire::views::Moment;

/// A reset in the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResetRow {
    /// Which, and where in the order.
    pub place: ResetPlace,
    /// Whose password it is for.
    pub user: UserId,
    /// Their name.
    pub person: String,
    /// Who asked, in words.
    pub asked_by: String,
    /// Whether it is the invitation of somebody new.
    pub is_invitation: bool,
    /// The batch that it is one of.
    pub batch: Option<BatchId>,
    /// When.
    pub asked: Moment,
    /// Its badge.
    pub headline: Headline,
    /// What became of it, in a few words.
    pub what: String,
    /// Until when its link lives, or would have.
    pub valid_until: Option<Moment>,
    /// Whether `Send again` is offered.
    pub send_again: bool,
    /// Whether `Revoke` is offered.
    pub revoke: bool,
}

/// Mail that does not get away.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StuckMail {
    /// How many wait.
    pub waiting: u64,
    /// Since when the oldest does; where none waits, since when the mail server is out of order.
    pub since: Moment,
    /// Why, where it is for the operator to mend: our sender or our login is refused, or our limit is used up.
    pub why: Option<PlainReason>,
}

/// One page of a company's resets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetsPage {
    /// What was asked, as far as it makes sense.
    pub query: ResetsQuery,
    /// The company, carried by the buttons.
    pub company: CompanyId,
    /// Newest first.
    pub rows: Vec<ResetRow>,
    /// Number of the first row shown, from 1; 0 when there is none.
    pub first: u64,
    /// How many match in all.
    pub total: Total,
    /// Mail that does not get away, if that is so.
    pub stuck: Option<StuckMail>,
    /// Another one each time that something has changed: what the page asks with.
    pub stamp: String,
    /// Whether anything on it can still change by itself.
    pub may_change: bool,
    /// The zone that the times are in.
    pub zone: String,
    /// How many people stand where with their newest reset; none are left out. Only on the tab.
    pub standings: Standings,
}

/// How many people stand where with their newest resets of the last days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Standings(pub Vec<(Standing, u64)>);

impl Standings {
    /// Each that there is, with its number.
    pub fn of(newest: &[(Kind, Headline, u64)]) -> Self {
        let number = |place: Standing| {
            let those = newest
                .iter()
                .filter(|(kind, headline, _)| standing(*headline, *kind) == place);
            (place, those.map(|(_, _, people)| people).sum())
        };
        Self(Standing::ALL.iter().copied().map(number).collect())
    }
}

impl ResetsPage {
    /// Number of the last row shown; 0 when there is none.
    pub fn last(&self) -> u64 {
        self.first.saturating_add(self.rows.len() as u64).saturating_sub(1)
    }
}

/// What needs somebody's attention.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct NeedsAttention {
    /// How many people's newest resets, by reason; none is left out.
    pub resets: Vec<(Attention, u64)>,
    /// The newest of these.
    pub rows: Vec<ResetRow>,
    /// Who said "this was not me" lately: person, name, when.
    pub disavowals: Vec<(UserId, String, Moment)>,
    /// Mail that does not get away, if that is so.
    pub stuck: Option<StuckMail>,
}

impl NeedsAttention {
    /// Whether there is nothing to say.
    pub fn is_nothing(&self) -> bool {
        self.resets.is_empty() && self.disavowals.is_empty() && self.stuck.is_none()
    }
}
