//! The one exception to "nobody sees another's link", for the day on which the mail is broken: the operator's command makes a
//! link and shows it. It is noted in the activity, and the owner is told by mail, also when the link has been used before that
//! mail goes.

use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::{MailId, ResetId};
use rekey_domain::reset::{self, Kind};
use rekey_domain::time::Timestamp;
use rekey_domain::token::TokenKind;
use url::Url;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::operator::{Operated, find_person};
use crate::server::service::limits::limit_asks;
use crate::server::services::Services;
use crate::server::store::links;
use crate::server::store::mails::{self, MailKind, NOTICE_LIFE, NewMail};
use crate::server::store::resets::{self, Reset};
use crate::wire::paths;

/// A link to hand over. It is as good as a password, so it prints nothing.
pub struct ShownLink {
    /// The whole address.
    pub url: Url,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Makes one, in one transaction. Older links of the person end at once, since this one has arrived.
pub async fn show_link(services: &Services, email: &Email) -> Operated<ShownLink> {
    let mut act = Act::begin(services, By::Operator).await?;
    let person = find_person(act.tx(), email).await?;
    act.has_locked();
    let now = act.now;
    let kind = if person.has_had_password {
        Kind::Manager
    } else {
        Kind::Invitation
    };
    let new = Reset {
        id: act.mint(ResetId::mint),
        company: person.company,
        user: person.id,
        kind,
        asked_by: None,
        asked_at: now,
        expires_at: now + reset::lifetime(kind, services.settings.lifetime),
        reference: act.reference().as_str().to_owned(),
        client_address: None,
        user_agent: None,
        end: None,
        ended_by: None,
        recipient_said: None,
        cancelled_for: None,
        is_shown: true,
        batch: None,
    };
    resets::insert(act.tx(), &new).await?;
    let older = resets::replace_older(act.tx(), &new, now).await?;
    limit_asks::give_back_dropped(act.tx(), services, &older.dropped).await?;
    let notice = NewMail {
        id: act.mint(MailId::mint),
        kind: MailKind::Reset,
        company: person.company,
        user: person.id,
        reset: Some(new.id),
        recipient: &person.email,
        now,
        deadline: Some(now + NOTICE_LIFE),
        facts: None,
        of_batch: None,
    };
    mails::insert(act.tx(), notice).await?;
    let token = act.token();
    links::insert_shown(act.tx(), &token.hash(TokenKind::SetPassword), new.id, now).await?;
    act.note(Deed::LinkShown, Some(&person), Some(kind.as_str())).await?;
    let url = services.settings.public_url.join(&paths::link(token.expose()));
    let url = url.map_err(|error| ServiceError::Bug(error.into()))?;
    act.commit().await?;
    services.bell.ring();
    Ok(ShownLink {
        url,
        expires_at: new.expires_at,
    })
}
