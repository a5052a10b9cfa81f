//! What a link's page says before anything is typed. Reads only: opening, prefetching and scanning a link change
//! nothing (A11).

use rekey_domain::account::Status;
use rekey_domain::reset::{LinkState, lifetime, link_state};
use rekey_domain::token::{Token, TokenKind};
use sea_orm::ConnectionTrait;

use crate::server::service::acting::called::called_as;
use crate::server::service::acting::error::Outcome;
use crate::server::service::resets::reset_view::moment;
use crate::server::services::Services;
use crate::server::store::companies::{self, Company};
use crate::server::store::links;
use crate::server::store::resets::{self, Reset};
use crate::server::store::users::{self, User};
use crate::server::times::{self, Zone};
use crate::texts::pages as texts;
use crate::wire::views::{LinkPage, LivingLink};

/// A link that we once mailed, with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct KnownLink {
    /// The reset that it belongs to.
    pub reset: Reset,
    /// Whose password it sets.
    pub person: User,
    /// Their company.
    pub company: Company,
}

impl KnownLink {
    /// Whether it works, and if not, why. A deleted account's links are dead whatever their row says (A9).
    pub fn state(&self, now: rekey_domain::time::Timestamp) -> LinkState {
        match link_state(self.reset.end.map(|(end, _)| end), self.reset.expires_at, now) {
            LinkState::Living if self.person.status == Status::Deleted => LinkState::Cancelled,
            state => state,
        }
    }

    /// Whose zone its times are shown in.
    pub fn zone(&self) -> Zone {
        Zone::named(self.person.time_zone.as_deref().or(self.company.time_zone.as_deref()))
    }
}

/// Finds a link by what stands in its address, forgiving what mail programs do to links (A13). None for what was never
/// one of ours, for tokens of another kind too (A14).
pub async fn find_link(on: &impl ConnectionTrait, token: &str) -> Outcome<Option<KnownLink>> {
    let Some(token) = Token::parse(token) else {
        return Ok(None);
    };
    let Some(id) = links::find_reset(on, &token.hash(TokenKind::SetPassword)).await? else {
        return Ok(None);
    };
    let Some(reset) = resets::find(on, id).await? else {
        return Ok(None);
    };
    let Some(person) = users::find(on, reset.user).await? else {
        return Ok(None);
    };
    let Some(company) = companies::find(on, reset.company).await? else {
        return Ok(None);
    };
    Ok(Some(KnownLink { reset, person, company }))
}

/// The page of a link.
pub async fn look_at_link(services: &Services, token: &str) -> Outcome<LinkPage> {
    let reader = services.db.reader();
    let Some(link) = find_link(reader, token).await? else {
        return Ok(LinkPage::DoesNotWork);
    };
    Ok(match link.state(services.clock.now()) {
        LinkState::Living => LinkPage::Living(living(services, reader, link).await?),
        dead => dead_page(services, link, dead),
    })
}

/// The page of a link that is dead in this way.
pub fn dead_page(services: &Services, link: KnownLink, state: LinkState) -> LinkPage {
    let zone = link.zone();
    let ended = link.reset.end.map_or(link.reset.asked_at, |(_, at)| at);
    match state {
        LinkState::Living | LinkState::Expired => LinkPage::DoesNotWork,
        LinkState::Used => LinkPage::Used(moment(ended, &zone)),
        LinkState::Replaced => LinkPage::Replaced(moment(ended, &zone)),
        LinkState::Revoked | LinkState::Cancelled => LinkPage::Withdrawn {
            company: link.company.name,
            contact: link.company.contact_email.or_else(|| services.settings.help.clone()),
        },
    }
}

/// For whom the link is, and who asked for it and when.
pub async fn about(on: &impl ConnectionTrait, link: &KnownLink) -> Outcome<String> {
    let asker = resets::find_asker(on, &link.reset).await?;
    let asker = asker
        .as_ref()
        .map(|(asker, role)| (called_as(asker), texts::role_in_sentence(*role)));
    let day = times::day(link.reset.asked_at, &link.zone());
    Ok(texts::link::about(
        &link.person.name,
        &link.company.name,
        asker.as_ref().map(|(name, role)| (name.as_str(), *role)),
        &day,
    ))
}

async fn living(services: &Services, on: &impl ConnectionTrait, link: KnownLink) -> Outcome<LivingLink> {
    let lifetime = lifetime(link.reset.kind, services.settings.lifetime);
    Ok(LivingLink {
        about: about(on, &link).await?,
        deadline: times::deadline_sentence(lifetime, link.reset.expires_at, &link.zone()),
        email: link.person.email,
        reference: link.reset.reference,
        min_length: services.settings.password_rules.min,
    })
}
