//! What came of a batch, line by line, for who downloads it: a piece at a time, however long it is.

use std::collections::HashMap;

use rekey_domain::batch::{BatchKind, BatchState};
use rekey_domain::id::BatchId;
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::policy::{self, Action};
use rekey_domain::repeated::List;
use rekey_domain::reset::Headline;
use rekey_domain::role::Role;

use crate::server::client::Client;
use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::service::activity::list_taken;
use crate::server::service::batches::show_draft::shown;
use crate::server::service::resets::reset_view::{headline_of, of_mail, of_outage};
use crate::server::services::Services;
use crate::server::store::batch_lines::{self, Line};
use crate::server::store::outages::{self, Outage};
use crate::server::store::resets::ResetWithMail;
use crate::server::store::{batch_resets, batches, user_list};
use crate::server::times;
use crate::texts::{import as import_texts, pages, resets as texts};
use crate::wire::error::AppError;

/// Lines that are read at once.
const PIECE: u64 = 500;

/// The names of the columns.
pub const COLUMNS: [&str; 8] = [
    "line",
    "name",
    "email",
    "role",
    "outcome",
    "reason",
    "asked",
    "valid_until",
];

/// A line of the report.
pub type Cells = [String; COLUMNS.len()];

/// All lines, in order.
#[derive(Debug)]
pub struct Report {
    services: Services,
    reader: SignedIn,
    batch: BatchId,
    kind: BatchKind,
    after: u32,
    is_whole: bool,
}

impl Report {
    /// Begins, if the reader may have it.
    pub async fn begin(services: &Services, client: &Client, reader: &SignedIn, batch: BatchId) -> Outcome<Self> {
        policy::decide(&reader.as_actor(), Action::SeeResets, None)?;
        let found = batches::find(services.db.reader(), batch, reader.company).await?;
        let found = found
            .filter(|batch| batch.state != BatchState::Draft)
            .ok_or(AppError::NotFound)?;
        list_taken::note(services, client, reader, List::Batch).await?;
        Ok(Self {
            kind: found.kind,
            services: services.clone(),
            reader: reader.clone(),
            batch,
            after: 0,
            is_whole: false,
        })
    }

    /// The next piece; empty after the last one.
    pub async fn next(&mut self) -> Outcome<Vec<Cells>> {
        if self.is_whole {
            return Ok(Vec::new());
        }
        let on = self.services.db.reader();
        let lines = batch_lines::list_after(on, self.batch, self.after, PIECE).await?;
        self.is_whole = (lines.len() as u64) < PIECE;
        self.after = lines.last().map_or(self.after, |line| line.number);
        let people: Vec<_> = lines.iter().filter_map(|line| line.user).collect();
        let resets = batch_resets::list_of_people(on, self.batch, &people).await?;
        let resets: HashMap<_, _> = resets.into_iter().map(|found| (found.reset.user, found)).collect();
        let of_company = user_list::of_company(on, self.reader.company, people.iter().copied()).await?;
        let roles: HashMap<_, _> = of_company.into_iter().map(|person| (person.id, person.role)).collect();
        let outage = outages::find_open(on).await?;
        let cells = lines.into_iter().map(|line| {
            let role = line.user.and_then(|user| roles.get(&user)).copied();
            let reset = line.user.and_then(|user| resets.get(&user));
            self.cells(line, role, reset, outage.as_ref())
        });
        Ok(cells.collect())
    }

    fn cells(&self, line: Line, role: Option<Role>, reset: Option<&ResetWithMail>, outage: Option<&Outage>) -> Cells {
        let now = self.services.clock.now();
        let line = shown(line, self.kind, &self.reader);
        // The role that somebody has; of whoever is not there, what was written.
        let role = role.map_or_else(|| import_texts::role(&line.role), |role| pages::role(role).to_owned());
        let nothing = String::new;
        let (outcome, reason, asked, until) = match reset {
            Some(found) if line.why.is_empty() => {
                let headline = headline_of(found, outage.is_some(), now);
                (
                    texts::badge(headline).to_owned(),
                    why(found, headline, outage).map_or_else(nothing, |reason| texts::plain(reason).to_owned()),
                    times::iso(found.reset.asked_at),
                    times::iso(found.reset.expires_at),
                )
            }
            // Not carried out yet.
            _ if line.why.is_empty() => (
                texts::badge(Headline::Waiting).to_owned(),
                nothing(),
                nothing(),
                nothing(),
            ),
            _ => (line.why, nothing(), nothing(), nothing()),
        };
        [
            line.number.to_string(),
            line.name,
            line.email,
            role,
            outcome,
            reason,
            asked,
            until,
        ]
    }
}

/// Why the mail server does not have a mail, where it has said so.
fn why(found: &ResetWithMail, headline: Headline, outage: Option<&Outage>) -> Option<PlainReason> {
    match headline {
        Headline::Refused => found.mail.reply.as_ref().map(|reply| of_mail(reply, found.mail.state)),
        Headline::Delayed => match outage {
            Some(outage) => Some(of_outage(&outage.reply)),
            None => found.mail.reply.as_ref().map(|reply| of_mail(reply, found.mail.state)),
        },
        _ => None,
    }
}
