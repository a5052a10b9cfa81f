//! What the pages show. The server fills it, dates already in the reader's zone.

use rekey_domain::account::Status;
use rekey_domain::company_details::Accent;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::page_size::Total;
use rekey_domain::reset::Headline;
use rekey_domain::role::Role;
use rekey_domain::stages::{Progress, Stage, TimeLeft};
use rekey_domain::usage::Usage;

use crate::wire::account::SessionLeft;
use crate::wire::activity::{ActivityPage, ActivityRow};
use crate::wire::email_change::{EmailDone, EmailForm, PendingEmail};
use crate::wire::forms::OnPerson;
use crate::wire::linked::AccessOfPerson;
use crate::wire::not_me::{NotMeDone, NotMeForm};
use crate::wire::people::{Editing, RefusedPassword};
use crate::wire::resets::{EarlierReset, Step};
use crate::wire::resets_list::{NeedsAttention, ResetRow, ResetsPage, Standings};
use crate::wire::users_query::UsersQuery;

/// A moment, for machines and for people.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// RFC 3339 in UTC.
    pub iso: String,
    /// In the reader's zone, as read on the page.
    pub text: String,
}

/// Who is signed in: what the frame of every page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The person.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role, which they keep in a linked company.
    pub role: Role,
    /// The company acted in.
    pub company: CompanyId,
    /// Its name.
    pub company_name: String,
    /// What it says on top of every page.
    pub banner: Option<String>,
    /// The colour of its pages.
    pub accent: Accent,
    /// The name of their own company, while they act in a linked one.
    pub acting_for: Option<String>,
}

/// What stays the same on every page of a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Nobody: signed out.
    pub viewer: Option<Viewer>,
    /// The operator's contact, for the footer.
    pub help: Option<String>,
    /// How long a link lives, in hours (A2: every text follows).
    pub link_hours: u32,
    /// Fewest characters of a new password.
    pub password_min: usize,
    /// How long the session goes on, as of the rendering.
    pub session: Option<SessionLeft>,
    /// After how many minutes without activity a session ends.
    pub idle_minutes: u64,
    /// The linked company that they acted in until they lost the access to it: told once.
    pub lost: Option<String>,
}

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// Their role.
    pub role: Role,
    /// Invited, active or deleted.
    pub status: Status,
    /// Never: `None`.
    pub last_sign_in: Option<Moment>,
    /// Only for readers who may see resets.
    pub last_reset: Option<(Headline, Moment)>,
}

/// One page of a company's people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsersPage {
    /// What was asked, as far as the reader may ask it.
    pub query: UsersQuery,
    /// In order.
    pub rows: Vec<UserRow>,
    /// Number of the first row shown, from 1; 0 when there is none.
    pub first: u64,
    /// How many match in all.
    pub total: Total,
    /// Whether the reader may see the life of resets.
    pub shows_resets: bool,
    /// Whether the reader may create people.
    pub creates: bool,
    /// The zone that the times are in.
    pub zone: String,
}

impl UsersPage {
    /// Number of the last row shown; 0 when there is none.
    pub fn last(&self) -> u64 {
        self.first.saturating_add(self.rows.len() as u64).saturating_sub(1)
    }
}

/// The company's profile with one of its tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyPage {
    /// Whether the reader may edit any of it.
    pub may_edit: bool,
    /// Name.
    pub name: String,
    /// Contact details, where given.
    pub website: Option<String>,
    /// Contact details, where given.
    pub phone: Option<String>,
    /// Contact details, where given.
    pub contact_email: Option<String>,
    /// Whether the reader may see the tab `Resets`.
    pub sees_resets: bool,
    /// Whether the reader may see the tab `Activity`.
    pub sees_activity: bool,
    /// The tab that is open.
    pub tab: CompanyTab,
}

/// The open tab of a company's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyTab {
    /// `[company] users`.
    Users(UsersPage),
    /// `Resets`.
    Resets(ResetsPage),
    /// `Activity`.
    Activity(ActivityPage),
}

/// What stands at the top of a person's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetControl {
    /// The button `Reset password`.
    Reset,
    /// The button `Resend invitation`.
    Invite,
    /// `This is you.`
    Yourself,
    /// `Deleted people get no links.`
    Deleted,
    /// The role table says no.
    NotAllowed,
}

/// The newest reset of a person, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LatestReset {
    /// The badge.
    pub headline: Headline,
    /// What happened.
    pub sentence: String,
    /// What happened, step by step.
    pub steps: Vec<Step>,
    /// Until when the link lives.
    pub valid_until: Option<Moment>,
    /// The same as in the mail.
    pub reference: String,
    /// How far each stage of its life has come.
    pub stages: [(Stage, Progress); 4],
    /// How long its link still works, where somebody can still use it.
    pub left: Option<LinkLeft>,
    /// Why its mail was refused for good.
    pub refused: Option<PlainReason>,
    /// Whether it was asked for just now: then what the press has told is still true enough.
    pub is_fresh: bool,
}

/// How long a link still works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkLeft {
    /// In hours or minutes.
    pub time: TimeLeft,
    /// Of its whole life, in percent.
    pub percent: u8,
}

/// What can be done about a mail that did not get away, or a link that was not used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The address is to blame, and the reader may correct it on this page.
    CorrectAddress {
        /// Whether the new one counts at once, and is written to: that of somebody who was invited.
        at_once: bool,
    },
    /// The address is to blame, and a new one waits until it counts.
    AddressWaits(PendingEmail),
    /// The address was to blame, and is another one by now.
    AddressCorrected,
    /// In words.
    Words(&'static str),
}

/// The resets of a person: the part of their page that changes while one looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct LiveResets {
    /// Whose they are, and the company that the page shows.
    pub of: OnPerson,
    /// Their name.
    pub name: String,
    /// The zone that the times are in.
    pub zone: String,
    /// Another one each time that something has changed: what a page asks with.
    pub stamp: String,
    /// Whether anything can still change by itself.
    pub may_change: bool,
    /// The newest, if there is one.
    pub latest: Option<LatestReset>,
    /// The others, newest first.
    pub earlier: Vec<EarlierReset>,
    /// Since when a link lives, if one does.
    pub living_since: Option<Moment>,
    /// Whether `Send again` is offered.
    pub send_again: bool,
    /// Whether `Revoke` is offered.
    pub revoke: bool,
    /// What else can be done about the newest.
    pub remedy: Option<Remedy>,
    /// Whether the person has no password yet, so that a link is an invitation.
    pub is_invited: bool,
    /// The new address that does not count yet.
    pub pending_email: Option<PendingEmail>,
}

impl LiveResets {
    /// Whether the newest was asked for just now and is in trouble already: the page tells of the press first, and of the trouble as
    /// soon as it follows.
    pub fn is_told_first(&self) -> bool {
        self.latest.as_ref().is_some_and(|latest| {
            latest.is_fresh
                && !matches!(
                    latest.headline,
                    Headline::Waiting | Headline::StillWaiting | Headline::Accepted
                )
        })
    }
}

/// A person's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPage {
    /// Who.
    pub row: UserRow,
    /// The company's name.
    pub company_name: String,
    /// The company's id, carried by the form.
    pub company: CompanyId,
    /// What one may do here.
    pub control: ResetControl,
    /// What one may change here.
    pub editing: Editing,
    /// The linked companies, for who may give access to the person.
    pub access: Option<AccessOfPerson>,
    /// `None`: the reader may not see the life of resets.
    pub resets: Option<LiveResets>,
    /// The last passwords that were refused, newest first; none where the reader may not see the life of resets.
    pub refused_passwords: Vec<RefusedPassword>,
}

/// A colleague who can help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Administrator or manager.
    pub role: Role,
}

/// The first page after signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DashboardPage {
    /// Whether the search stands there.
    pub finds_people: bool,
    /// The reader's own address.
    pub email: String,
    /// Who the administrators and managers are, ten at most; for readers who are neither.
    pub helpers: Vec<Helper>,
    /// What needs attention, and how resets go; for readers who may see the life of resets.
    pub resets: Option<ResetsInShort>,
}

/// How a company's resets go.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResetsInShort {
    /// The company, carried by the buttons.
    pub company: CompanyId,
    /// What somebody should look at.
    pub attention: NeedsAttention,
    /// How many people stand where.
    pub standings: Standings,
    /// The last fourteen days, today the last.
    pub days: Vec<DayOfResets>,
    /// How many links of the last thirty days were used, and how soon.
    pub usage: Usage,
    /// What happened last.
    pub lately: Lately,
    /// Another one whenever something of this has changed.
    pub stamp: String,
}

/// What happened last, newest first, as far as the reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Lately {
    /// Everything, for administrators.
    Activity(Vec<ActivityRow>),
    /// The resets.
    Resets(Vec<ResetRow>),
}

/// The resets that were asked for on one day.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DayOfResets {
    /// The day in the reader's zone, as read on the page.
    pub day: String,
    /// How many.
    pub asked: u64,
    /// With how many of them a new password was set by now.
    pub used: u64,
    /// Whether the mail server was out of order on it, however short.
    pub was_out_of_order: bool,
}

/// What a link's page says, before anything is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkPage {
    /// `/reset-password/open`.
    OpenAgain,
    /// The link lives.
    Living(LivingLink),
    /// It lives, but somebody else is signed in here (E7).
    ForSomebodyElse {
        /// Whose link it is.
        email: String,
        /// Who is signed in.
        signed_in_as: String,
    },
    /// Expired, unknown, cut off, garbled: one page (A13).
    DoesNotWork,
    /// It was used.
    Used(Moment),
    /// A newer one was sent.
    Replaced(Moment),
    /// Revoked or cancelled.
    Withdrawn {
        /// Whom to ask.
        company: String,
        /// How to reach them.
        contact: Option<String>,
    },
    /// `/reset-password/{token}/not-me` and `/not-me/{token}`, while it can still be said.
    NotMe(NotMeForm),
    /// It was said, about the change that a notice told of, at this time.
    NotMeSaid(Moment),
    /// It was said just now.
    NotMeDone(NotMeDone),
    /// `/confirm-email/{token}`, while it can be confirmed.
    ConfirmEmail(EmailForm),
    /// `/stop-email/{token}`, while it can be stopped.
    StopEmail(EmailForm),
    /// Either was done just now.
    EmailDone(EmailDone),
}

/// A living link's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivingLink {
    /// `For Ana Lima at Acme. Asked for by …`
    pub about: String,
    /// The account's address: password managers file the password under it (I4).
    pub email: String,
    /// `Valid for 24 hours, until …`
    pub deadline: String,
    /// The same as in the mail.
    pub reference: String,
    /// Shortest acceptable password, in code points.
    pub min_length: usize,
}
