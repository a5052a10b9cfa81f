//! Refused sign-ins, wrong current passwords and reached limits whose entries are still to be written (F14). They are logged at
//! once; what is kept of them is written a moment later, by a worker and all together: so a request costs the same whether
//! somebody has the address that was typed or nobody does, and a flood of refusals is no flood of writes.
//!
//! In memory, and no more than so many: a typed address stands here until it is known whose it is, and is never kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rekey_domain::email::Email;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::repeated::PasswordRefusal;
use rekey_domain::time::Timestamp;

use crate::server::client::Client;
use crate::server::service::acting::error::ServiceError;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::wire::error::{AppError, Limit};

/// So many different ones wait. More come between two looks only where somebody measures that.
const MOST: usize = 500;

/// Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Refusals(Arc<Mutex<HashMap<Refusal, Seen>>>);

/// One of them. Those that are equal are told together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// What was refused.
    pub what: Refused,
    /// To whom.
    pub to: Whom,
    /// From which network.
    pub network: String,
    /// The whole site that it is a part of.
    pub site: String,
}

/// What was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refused {
    /// To sign in.
    SignIn(PasswordRefusal),
    /// The current password of somebody who is signed in.
    CurrentPassword(PasswordRefusal),
    /// What a limit held up, by its word.
    Limit(&'static str),
    /// What did not fit in here any more.
    More,
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Whom {
    /// Nobody who is known.
    Nobody,
    /// Whoever has this address, if anybody does.
    Address(Email),
    /// A stranger who wanted to be this person.
    Stranger(UserId),
    /// Somebody signed in.
    User {
        /// Who.
        user: UserId,
        /// As the people of the company read it.
        called: String,
        /// The company acted in.
        company: CompanyId,
    },
}

/// How often, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// When the first of them was.
    pub at: Timestamp,
    /// How many.
    pub times: u32,
}

impl Whom {
    /// Who is signed in.
    pub fn is(who: &SignedIn) -> Self {
        Self::User {
            user: who.user,
            called: who.called.clone(),
            company: who.company,
        }
    }
}

impl Refusals {
    /// Logs a refusal, and remembers it until it is written.
    pub fn saw(&self, what: Refused, to: Whom, client: &Client, now: Timestamp) {
        log(what, &to, client);
        let network = client.network_text();
        let refusal = Refusal {
            what,
            to,
            site: client.site_text().unwrap_or_else(|| network.clone()),
            network,
        };
        self.add(refusal, Seen { at: now, times: 1 });
    }

    /// The same of what a limit held up, whichever it was. Of passwords there is more to tell, and it was told before.
    pub fn saw_limit(&self, error: &ServiceError, client: &Client, signed_in: Option<&SignedIn>, now: Timestamp) {
        if let ServiceError::Refused(AppError::Limited(limited)) = error
            && limited.by != Limit::SignIn
        {
            let to = signed_in.map_or(Whom::Nobody, Whom::is);
            self.saw(Refused::Limit(limited.by.word()), to, client, now);
        }
    }

    /// All of them, to be written. What can't be written is given back by [`Refusals::add`].
    pub fn take(&self) -> Vec<(Refusal, Seen)> {
        self.lock().drain().collect()
    }

    /// Remembers one.
    pub fn add(&self, refusal: Refusal, seen: Seen) {
        let mut waiting = self.lock();
        let is_full = waiting.len() >= MOST && !waiting.contains_key(&refusal);
        let refusal = if is_full {
            Refusal {
                what: Refused::More,
                to: Whom::Nobody,
                network: "-".to_owned(),
                site: "-".to_owned(),
            }
        } else {
            refusal
        };
        let known = waiting.entry(refusal).or_insert(Seen { times: 0, ..seen });
        known.times = known.times.saturating_add(seen.times);
        known.at = known.at.min(seen.at);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Refusal, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One line, for people and for programs that watch it: never what was typed.
fn log(what: Refused, to: &Whom, client: &Client) {
    let (network, address) = (client.network_text(), client.address_text());
    let user = match to {
        Whom::Nobody | Whom::Address(_) => None,
        Whom::Stranger(user) | Whom::User { user, .. } => Some(tracing::field::display(*user)),
    };
    macro_rules! say {
        ($reason:expr, $words:literal) => {
            tracing::warn!(
                target: "rekey::security",
                { client.address = address, client.network = network, user.id = user, reason = $reason },
                $words
            )
        };
    }
    match what {
        Refused::SignIn(why) => say!(why.as_str(), "sign_in.refused"),
        Refused::CurrentPassword(why) => say!(why.as_str(), "current_password.refused"),
        Refused::Limit(which) => say!(which, "limit.reached"),
        Refused::More => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_000_000);

    fn client(address: &str) -> Client {
        Client::new(address.parse().expect("an address"), "")
    }

    #[test]
    fn f14_the_same_is_counted_and_others_are_told_apart() {
        let refusals = Refusals::default();
        let wrong = Refused::SignIn(PasswordRefusal::Wrong);
        let address = |text| Whom::Address(Email::parse(text).expect("an address"));
        for second in 0..10 {
            let at = NOW + std::time::Duration::from_secs(second);
            refusals.saw(wrong, address("uma@blueheron.example"), &client("2001:db8::1"), at);
        }
        refusals.saw(wrong, address("rob@blueheron.example"), &client("2001:db8::1"), NOW);
        refusals.saw(wrong, address("uma@blueheron.example"), &client("2001:db8:1::1"), NOW);
        let mut times: Vec<_> = refusals
            .take()
            .into_iter()
            .map(|(_, seen)| (seen.times, seen.at))
            .collect();
        times.sort_unstable_by_key(|(times, _)| *times);
        assert_eq!(times, [(1, NOW), (1, NOW), (10, NOW)]);
        assert!(refusals.take().is_empty());
    }

    #[test]
    fn f14_c8_no_more_are_remembered_than_so_many_and_the_rest_is_counted() {
        let refusals = Refusals::default();
        for number in 0..2_000 {
            let address = Email::parse(&format!("a{number}@new.example")).expect("an address");
            let what = Refused::SignIn(PasswordRefusal::TooMany);
            refusals.saw(what, Whom::Address(address), &client("203.0.113.7"), NOW);
        }
        let waiting = refusals.take();
        assert_eq!(waiting.len(), MOST + 1);
        assert_eq!(waiting.iter().map(|(_, seen)| seen.times).sum::<u32>(), 2_000);
        let rest = waiting.iter().find(|(refusal, _)| refusal.what == Refused::More);
        assert_eq!(rest.map(|(_, seen)| seen.times), Some(1_500));
    }
}
