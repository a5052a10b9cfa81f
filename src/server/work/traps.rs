//! Named places at which a test lets the work panic (F4, F7). A release build has none of them, and no door leads to them: a
//! test sets them in the server that it has started itself.

use std::fmt;

/// Where work can be made to panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trap {
    /// A reset is written with its mail, and not committed; by the person's address.
    ResetWritten,
    /// A mail is claimed, and its message about to be made; by the recipient.
    MailComposed,
    /// The mail server has answered, and nothing of it is kept; by the recipient.
    MailAnswered,
    /// What the mail server took is about to be kept; by the recipient.
    AcceptanceKept,
    /// A new address is put in place of the old one, and not committed; by the new one.
    AddressPut,
    /// The links of somebody are withdrawn with a batch, and that is not committed; by the person's address.
    LinksWithdrawn,
    /// What is over was removed, and that is not committed; by the name of its kind, or by its id.
    OldRemoved,
    /// The watch has looked; by whom or what it looked at.
    Looked,
    /// A loop begins its round; by the loop's name.
    Round,
    /// The first page has read what it shows; by the reader's address.
    DashboardRead,
}

/// The places that are set in one server. Clones share them.
#[derive(Clone, Default)]
pub struct Traps {
    #[cfg(debug_assertions)]
    set: std::sync::Arc<std::sync::Mutex<std::collections::HashMap<(Trap, String), u32>>>,
}

impl fmt::Debug for Traps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traps")
    }
}

#[cfg(debug_assertions)]
impl Traps {
    /// From now on whoever comes to this place with this panics.
    pub fn set(&self, place: Trap, with: impl fmt::Display) {
        self.lock().insert((place, with.to_string()), 0);
    }

    /// Nobody does any more; how many did.
    pub fn clear(&self, place: Trap, with: impl fmt::Display) -> u32 {
        self.lock().remove(&(place, with.to_string())).unwrap_or_default()
    }

    /// How many did so far.
    pub fn sprung(&self, place: Trap, with: impl fmt::Display) -> u32 {
        self.lock().get(&(place, with.to_string())).copied().unwrap_or_default()
    }

    /// Goes on, unless a test has set this.
    ///
    /// # Panics
    ///
    /// Where a test has: that is what it is for.
    pub fn spring(&self, place: Trap, with: &(impl fmt::Display + ?Sized)) {
        let is_set = {
            let mut set = self.lock();
            // Nothing is made into a text where nothing is set.
            let found = (!set.is_empty()).then(|| set.get_mut(&(place, with.to_string())));
            found.flatten().map(|times| *times += 1).is_some()
        };
        assert!(!is_set, "on purpose: {place:?} {with}");
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, std::collections::HashMap<(Trap, String), u32>> {
        self.set.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(not(debug_assertions))]
impl Traps {
    /// Goes on.
    #[expect(clippy::unused_self, reason = "the same call as in a build for tests")]
    pub fn spring(&self, _: Trap, _: &(impl fmt::Display + ?Sized)) {}
}
