//! The beginning of a session, in the transaction of the caller: a new secret, of which only the hash is stored (E1, E6).

use rekey_domain::id::{CompanyId, SessionId, UserId};
use rekey_domain::time::Timestamp;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::server::client::Client;
use crate::server::random;
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
    tx: &DatabaseTransaction,
    client: &Client,
    (user, company): (UserId, CompanyId),
    kept: bool,
    next: String,
    now: Timestamp,
) -> Result<NewSession, DbErr> {
    let secret = Token::from_random(random::bytes());
    let session = sessions::NewSession {
        id: SessionId::mint(now, random::bytes()),
        user,
        company,
        secret: &secret.hash(TokenKind::Session),
        kept,
        now,
        user_agent: &client.user_agent,
        client_address: &client.address_text(),
    };
    sessions::insert(tx, &session).await?;
    Ok(NewSession { secret, kept, next })
}
