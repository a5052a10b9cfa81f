//! Withdrawing the links of somebody by somebody else, in the transaction of the caller: what **Revoke** does, for one person
//! and for many. Whoever may have a link in a mailbox is told.

use rekey_domain::deed::Deed;
use rekey_domain::id::{CompanyId, MailId, UserId};
use rekey_domain::reset::MailState;
use rekey_domain::role::Role;

use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::Outcome;
use crate::server::service::limits::limit_asks;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::mails::{self, MailKind, NewMail};
use crate::server::store::notice_facts::WithdrawnFacts;
use crate::server::store::resets::{self, ResetWithMail};
use crate::server::store::users::User;
use crate::server::work::Trap;

/// Who withdraws them.
#[derive(Clone, Debug)]
pub struct Withdrawer<'a> {
    /// Who.
    pub user: UserId,
    /// In which company.
    pub company: CompanyId,
    /// Their name as the people of the company read it.
    pub called: &'a str,
    /// Their role.
    pub role: Role,
    /// From where.
    pub client_address: Option<String>,
}

/// Withdraws all living links of `person`, whose row the caller has locked. Where none lives, nothing is done and nothing
/// noted.
pub async fn withdraw_links(act: &Act<'_>, by: &Withdrawer<'_>, person: &User) -> Outcome<()> {
    let (tx, services, now) = (act.tx(), act.services, act.now);
    let living = resets::list_living(tx, person.id, now).await?;
    let ended = resets::revoke_living(tx, person.id, by.user, now).await?;
    if ended.resets == 0 {
        return Ok(());
    }
    services.work.traps.spring(Trap::LinksWithdrawn, &person.email);
    limit_asks::give_back_dropped(tx, services, &ended.dropped).await?;
    let whose = (by.company, ActorIs::User(by.user, by.called));
    let entry = act.entry(whose, Deed::LinksRevoked, Some((person.id, &person.name)), None);
    activity::insert(tx, entry.sent_from(by.client_address.clone())).await?;
    let may_have_one = |found: &ResetWithMail| found.reset.is_shown || found.mail.state == MailState::Accepted;
    if living.iter().any(may_have_one) {
        let facts = WithdrawnFacts {
            by: by.called.to_owned(),
            role: by.role,
            at: now.as_millis(),
        };
        let (id, facts) = (act.mint(MailId::mint), serde_json::to_string(&facts)?);
        let notice = NewMail::notice(id, MailKind::LinkWithdrawn, person, facts, now);
        mails::insert(tx, notice).await?;
    }
    Ok(())
}
