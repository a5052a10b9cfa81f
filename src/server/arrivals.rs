//! Sign-ins whose cookie has not come back yet. Whoever comes to where a right sign-in led, from the same place and with
//! the same browser but without any cookie, has a browser that did not keep it, and is told so (K3).
//!
//! In memory and for a minute: it is a hint, no rule. Behind several servers it is given where the browser comes to the
//! one again that signed it in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rekey_domain::time::Timestamp;
use rekey_domain::token::TokenHash;

use crate::server::client::Client;

/// How long a browser may take to come where it was led.
const PATIENCE: Duration = Duration::from_mins(1);
/// So many are remembered. More sign in within a minute only where somebody measures that.
const MOST: usize = 1000;

/// Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Arrivals(Arc<Mutex<HashMap<TokenHash, Awaited>>>);

#[derive(Debug)]
struct Awaited {
    client: Client,
    /// The address that it was led to, without a fragment, which never comes back.
    at: String,
    until: Timestamp,
}

impl Arrivals {
    /// A sign-in has begun the session with this secret, and leads the client to `next`.
    pub fn expect(&self, secret: TokenHash, client: &Client, next: &str, now: Timestamp) {
        let mut awaited = self.lock();
        awaited.retain(|_, one| now < one.until);
        if awaited.len() >= MOST {
            return;
        }
        let one = Awaited {
            client: client.clone(),
            at: next.split('#').next().unwrap_or_default().to_owned(),
            until: now + PATIENCE,
        };
        awaited.insert(secret, one);
    }

    /// These cookies came with a request, whether their sessions still live or not.
    pub fn came_back(&self, secrets: &[TokenHash]) {
        let mut awaited = self.lock();
        if !awaited.is_empty() {
            for secret in secrets {
                awaited.remove(secret);
            }
        }
    }

    /// Whether a client that comes to `here` without any cookie was led here by a sign-in just now.
    pub fn lost_its_cookie(&self, client: &Client, here: &str, now: Timestamp) -> bool {
        let awaited = self.lock();
        let mut all = awaited.values();
        all.any(|one| now < one.until && one.client == *client && one.at == here)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<TokenHash, Awaited>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn client(address: &str, browser: &str) -> Client {
        Client::new(address.parse().expect("an address"), browser)
    }

    fn secret(number: u32) -> TokenHash {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        TokenHash::from_bytes(bytes)
    }

    #[test]
    fn k3_only_the_same_client_at_the_same_address_within_a_minute() {
        let arrivals = Arrivals::default();
        let one = client("203.0.113.7", "Firefox");
        arrivals.expect(secret(1), &one, "/company?tab=users#row", NOW);
        assert!(arrivals.lost_its_cookie(&one, "/company?tab=users", NOW));
        assert!(arrivals.lost_its_cookie(&one, "/company?tab=users", NOW + Duration::from_secs(59)));
        for (client, here, now) in [
            (&one, "/company?tab=users", NOW + PATIENCE),
            (&one, "/dashboard", NOW),
            (&client("203.0.113.7", "Chrome"), "/company?tab=users", NOW),
            (&client("203.0.113.8", "Firefox"), "/company?tab=users", NOW),
        ] {
            assert!(
                !arrivals.lost_its_cookie(client, here, now),
                "{client:?} {here} {now:?}"
            );
        }
    }

    #[test]
    fn k3_whose_cookie_comes_back_is_not_awaited_any_more() {
        let arrivals = Arrivals::default();
        let one = client("203.0.113.7", "Firefox");
        arrivals.expect(secret(1), &one, "/dashboard", NOW);
        arrivals.came_back(&[secret(2)]);
        assert!(arrivals.lost_its_cookie(&one, "/dashboard", NOW));
        arrivals.came_back(&[secret(2), secret(1)]);
        assert!(!arrivals.lost_its_cookie(&one, "/dashboard", NOW));
    }

    #[test]
    fn c8_no_more_than_so_many_are_remembered() {
        let arrivals = Arrivals::default();
        let one = client("203.0.113.7", "Firefox");
        for number in 0..2000 {
            arrivals.expect(secret(number), &one, "/dashboard", NOW);
        }
        assert_eq!(arrivals.lock().len(), MOST);
        arrivals.expect(secret(9999), &one, "/dashboard", NOW + PATIENCE);
        assert_eq!(arrivals.lock().len(), 1);
    }
}
