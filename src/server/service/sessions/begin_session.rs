//! The beginning of a session, as a part of the caller's act: a new secret, of which only the hash is stored (E1, E6).

use rekey_domain::id::{CompanyId, SessionId, UserId};
use rekey_domain::token::{Token, TokenKind};
use sea_orm::DbErr;

use crate::server::client::Client;
use crate::server::service::acting::act::Act;
use crate::server::store::sessions;

/// A new session, as the browser gets it.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// For the cookie, and nowhere else.
    pub secret: Token,
    /// Whether the cookie outlives the browser.
    pub kept: bool,
    /// Where to go: a local path, or a page of an application.
    pub next: String,
}

/// Begins one for `user`, who acts in `company`, and then leads to `next`.
pub async fn begin_session(
    act: &Act<'_>,
    client: &Client,
    (user, company): (UserId, CompanyId),
    kept: bool,
    next: String,
) -> Result<NewSession, DbErr> {
    let secret = act.token();
    let session = sessions::NewSession {
        id: act.mint(SessionId::mint),
        user,
        company,
        secret: &secret.hash(TokenKind::Session),
        kept,
        now: act.now,
        user_agent: &client.user_agent,
        client_address: &client.address_text(),
    };
    sessions::insert(act.tx(), &session).await?;
    Ok(NewSession { secret, kept, next })
}
