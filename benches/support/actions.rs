//! Every form that there is, in an order in which none uses up what a later one needs. Each is the plain POST; a live
//! page's server function calls the same service.

use rekey::wire::done::Done;

use super::client::Ask;
use super::load::Asks;
use super::pools::Pools;
use super::seed::{ADMINISTRATOR, NEW_PASSWORD, PASSWORD, Person, Town};

/// Something to do.
pub struct Action {
    /// As in the report.
    pub name: &'static str,
    /// How often the server hashes for it.
    pub hashes: u32,
    /// The requests.
    pub asks: Asks,
    /// Each kept alive.
    pub connections: usize,
}

/// Many connections show what the one writer, or hashing on all cores, allows.
const MANY: usize = 16;

/// What hashes passwords.
pub fn hashing(pools: &Pools<'_>) -> Vec<Action> {
    let sign_in = pools.chosen.iter().map(|person| Ask::sign_in(&person.email, PASSWORD));
    let sign_in = Asks::Again(sign_in.collect());
    let change = pools.changing.iter().map(change_password);
    let [one, many] = &pools.redeemed;
    let redeem = |people: &[&Person]| once(people.iter().filter_map(|person| redeem(person)));
    let action = |name, hashes, asks, connections| Action {
        name,
        hashes,
        asks,
        connections,
    };
    vec![
        action("POST /login", 1, sign_in.clone(), 1),
        action("POST /login", 1, sign_in, MANY),
        action("POST /reset-password/{token}", 1, redeem(one), 1),
        action("POST /reset-password/{token}", 1, redeem(many), MANY),
        action("POST /account/password", 2, once(change), 1),
    ]
}

/// What writes and does not hash.
pub fn writing(town: &Town, pools: &Pools<'_>) -> Vec<Action> {
    let action = |name, asks, connections| Action {
        name,
        hashes: 0,
        asks,
        connections,
    };
    let fields = [("name", ADMINISTRATOR), ("time_zone", "")];
    let details = Ask::post("/account", &fields, &account(Done::Saved)).signed_in(&town.administrator.cookie);
    let details = Asks::Again([details].into());
    let ending = pools.ending.iter().map(|person| {
        let path = format!("/account/sessions/{}/end", person.elsewhere);
        Ask::post(&path, &[], &account(Done::DeviceSignedOut)).signed_in(&person.cookie)
    });
    let ending_others = pools.ending_others.iter().map(|person| {
        let done = account(Done::OthersSignedOut);
        Ask::post("/account/sessions/end-others", &[], &done).signed_in(&person.cookie)
    });
    let revoked = pools.revoked.iter();
    let revoked = revoked.map(|person| on_person(town, person, "revoke", Done::Revoked));
    let signed_out = format!("/login?done={}", Done::SignedOut.word());
    let leaving = pools.leaving.iter();
    let leaving = leaving.map(|person| Ask::post("/logout", &[], &signed_out).signed_in(&person.cookie));
    vec![
        action("POST /account", details.clone(), 1),
        action("POST /account", details, MANY),
        action("POST /account/sessions/{id}/end", once(ending), 1),
        action("POST /account/sessions/end-others", once(ending_others), 1),
        action("POST /company/users/{id}/revoke", once(revoked), 1),
        action("POST /logout", once(leaving), 1),
    ]
}

/// What queues mail, which is sent at the same time.
pub fn mailing(town: &Town, pools: &Pools<'_>) -> Vec<Action> {
    let presses = once(pools.mailed.iter().map(|person| press(town, person)));
    let own = pools
        .asking
        .iter()
        .map(|person| Ask::post("/account/reset", &[], &account(Done::OnItsWay)).signed_in(&person.cookie));
    let action = |name, asks, connections| Action {
        name,
        hashes: 0,
        asks,
        connections,
    };
    vec![
        action("POST /company/users/{id}/reset", presses.clone(), 1),
        action("POST /company/users/{id}/reset", presses, MANY),
        action("POST /account/reset", once(own), 1),
    ]
}

/// Asking for a link. The asks are resolved in ticks, long after the answers, so this comes last of all.
pub fn asking(pools: &Pools<'_>) -> Vec<Action> {
    // Unknown people too: the answer must not tell, and so must not take longer.
    let nobody = (0..pools.mailed.len()).map(|number| format!("nobody{number}@bench.example"));
    let known = pools.mailed.iter().map(|person| person.email.clone());
    let addresses = known.zip(nobody).flat_map(|(known, unknown)| [known, unknown]);
    let asks = addresses.map(|address| Ask::post("/reset-password", &[("email", &address)], "/reset-password?sent=1"));
    vec![Action {
        name: "POST /reset-password",
        hashes: 0,
        asks: once(asks),
        connections: 1,
    }]
}

/// The button **Reset password**, pressed by the administrator.
pub fn press(town: &Town, person: &Person) -> Ask {
    on_person(town, person, "reset", Done::OnItsWay)
}

/// A button on somebody's page.
fn on_person(town: &Town, person: &Person, button: &str, done: Done) -> Ask {
    let page = format!("/company/users/{}", person.id);
    let done = format!("{page}?done={}", done.word());
    let company = town.company.to_string();
    let ask = Ask::post(&format!("{page}/{button}"), &[("company", &company)], &done);
    ask.signed_in(&town.administrator.cookie)
}

fn redeem(person: &Person) -> Option<Ask> {
    let path = format!("/reset-password/{}", person.link.as_ref()?.expose());
    let done = format!("/login?done={}", Done::PasswordChanged.word());
    Some(Ask::post(&path, &[("new_password", NEW_PASSWORD)], &done))
}

fn change_password(person: &Person) -> Ask {
    let fields = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
    Ask::post("/account/password", &fields, &account(Done::PasswordChanged)).signed_in(&person.cookie)
}

fn account(done: Done) -> String {
    format!("/account?done={}", done.word())
}

fn once(asks: impl IntoIterator<Item = Ask>) -> Asks {
    Asks::Once(asks.into_iter().collect())
}
