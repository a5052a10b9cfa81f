//! What the pages of "this was not me" say before anything is chosen. Reads only: opening, prefetching and scanning
//! change nothing (A11).

use rekey_domain::account::Status;
use rekey_domain::not_me::{self, ChangeRefusal};
use rekey_domain::reset::LinkState;
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::ConnectionTrait;

use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::look_at_link::{KnownLink, about, dead_page, find_link};
use crate::server::service::resets::reset_view::moment;
use crate::server::services::Services;
use crate::server::store::change_facts::ChangeFacts;
use crate::server::store::companies::{self, Company};
use crate::server::store::disavowals::{self, Disavowed};
use crate::server::store::mails::{self, Mail};
use crate::server::store::users::{self, User};
use crate::server::store::{notice_links, resets};
use crate::server::times::{self, Zone};
use crate::texts::not_me as texts;
use crate::wire::not_me::NotMeForm;
use crate::wire::views::LinkPage;

/// `/reset-password/{token}/not-me`.
pub async fn look_at_own_withdrawal(services: &Services, token: &str) -> Outcome<LinkPage> {
    let reader = services.db.reader();
    let Some(link) = find_link(reader, token).await? else {
        return Ok(LinkPage::DoesNotWork);
    };
    Ok(match may_withdraw(reader, &link, services.clock.now()).await? {
        Ok(()) => LinkPage::NotMe(NotMeForm::Link {
            about: about(reader, &link).await?,
        }),
        Err(dead) => dead_page(services, link, dead),
    })
}

/// Whether the holder of this link can still withdraw it; if not, what its page says.
pub async fn may_withdraw(
    on: &impl ConnectionTrait,
    link: &KnownLink,
    now: Timestamp,
) -> Outcome<Result<(), LinkState>> {
    let was_said = disavowals::was_said(on, Disavowed::Reset(link.reset.id))
        .await?
        .is_some()
        || resets::was_withdrawn_by_recipient(on, &link.reset).await?;
    Ok(not_me::about_reset(
        link.state(now),
        link.reset.expires_at,
        now,
        was_said,
    ))
}

/// A link in a notice that we once mailed, with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct KnownNotice {
    /// The notice.
    pub mail: Mail,
    /// What it told of.
    pub change: ChangeFacts,
    /// To whom.
    pub person: User,
    /// Their company.
    pub company: Company,
}

/// Finds it by what stands in the address, as forgiving as with other links (A13). None for what was never one of ours,
/// for tokens of another kind (A14), and for people who are deleted: nothing is left there to sign out.
pub async fn find_notice(on: &impl ConnectionTrait, token: &str) -> Outcome<Option<KnownNotice>> {
    let Some(token) = Token::parse(token) else {
        return Ok(None);
    };
    let Some(id) = notice_links::find_mail(on, &token.hash(TokenKind::NotMe)).await? else {
        return Ok(None);
    };
    let Some(mail) = mails::find(on, id).await? else {
        return Ok(None);
    };
    let person = users::find(on, mail.user).await?;
    let Some(person) = person.filter(|person| person.status != Status::Deleted) else {
        return Ok(None);
    };
    let Some(company) = companies::find(on, mail.company).await? else {
        return Ok(None);
    };
    let change = serde_json::from_str(mail.facts.as_deref().unwrap_or_default())?;
    Ok(Some(KnownNotice {
        mail,
        change,
        person,
        company,
    }))
}

/// `/not-me/{token}`.
pub async fn look_at_disavowal(services: &Services, token: &str) -> Outcome<LinkPage> {
    let reader = services.db.reader();
    let Some(notice) = find_notice(reader, token).await? else {
        return Ok(LinkPage::DoesNotWork);
    };
    let company = &notice.company;
    let zone = Zone::named(notice.person.time_zone.as_deref().or(company.time_zone.as_deref()));
    let said = disavowals::was_said(reader, Disavowed::Change(notice.mail.id)).await?;
    let answer = not_me::about_change(notice.mail.created_at, services.clock.now(), said.is_some());
    Ok(match (answer, said) {
        (Ok(()), _) => {
            let when = times::day_and_time(Timestamp::from_millis(notice.change.changed_at), &zone);
            LinkPage::NotMe(NotMeForm::Change {
                about: texts::about_change(&notice.person.email, &company.name, &when),
            })
        }
        (Err(ChangeRefusal::WasSaid), Some(at)) => LinkPage::NotMeSaid(moment(at, &zone)),
        (Err(_), _) => LinkPage::DoesNotWork,
    })
}
