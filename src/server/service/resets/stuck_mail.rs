//! Whether the mail of a company gets away, for those who may see the life of resets: one statement.

use rekey_domain::id::CompanyId;
use rekey_domain::mail_reply::PlainReason;
use rekey_domain::outage::is_stuck;
use rekey_domain::time::Timestamp;
use sea_orm::ConnectionTrait;

use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::reset_view::moment;
use crate::server::store::outages::{self, Outage};
use crate::server::store::outbox;
use crate::server::times::Zone;
use crate::wire::resets_list::StuckMail;

/// What decides it.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// The open outage.
    pub outage: Option<Outage>,
    /// How many mails wait.
    pub waiting: u64,
    oldest: Option<Timestamp>,
}

impl Outbox {
    /// Reads it.
    pub async fn read(on: &impl ConnectionTrait, company: CompanyId) -> Outcome<Self> {
        let found = outbox::waiting_of(on, company).await?;
        Ok(Self {
            outage: found.outage,
            waiting: found.mails,
            oldest: found.oldest,
        })
    }

    /// Only whether the mail server is out of order: one statement.
    pub async fn read_outage(on: &impl ConnectionTrait) -> Outcome<Self> {
        Ok(Self {
            outage: outages::find_open(on).await?,
            waiting: 0,
            oldest: None,
        })
    }

    /// What a page says, if something is wrong.
    pub fn stuck(&self, zone: &Zone, now: Timestamp) -> Option<StuckMail> {
        let is_stuck = is_stuck(self.outage.is_some(), self.oldest, now);
        let since = self.oldest.or(self.outage.as_ref().map(|outage| outage.began_at))?;
        is_stuck.then(|| StuckMail {
            waiting: self.waiting,
            since: moment(since, zone),
            why: self.outage.as_ref().and_then(to_be_mended),
        })
    }
}

/// The reason of an outage that does not go by itself.
fn to_be_mended(outage: &Outage) -> Option<PlainReason> {
    let reply = &outage.reply;
    let why = PlainReason::of_outage(reply.stage, reply.code, reply.text.as_str());
    let is_ours = matches!(
        why,
        PlainReason::OurSender | PlainReason::OurLogin | PlainReason::OurLimit
    );
    is_ours.then_some(why)
}
