//! Who is used for what: people of whom something is used up must not be met again by a later measurement of the same.

use super::Outcome;
use super::seed::Person;

/// Whose pages are opened, and who sign in.
const CHOSEN: usize = 200;
/// Who end another session of theirs, and again so many who end all others.
const ENDING: usize = 1_500;
/// Who change their password.
const CHANGING: usize = 800;
/// Whose link is opened.
const OPENED: usize = 50;
/// Whose link is withdrawn.
const REVOKED: usize = 450;
/// Whose link is used at one connection; all that are left at several.
const REDEEMED: usize = 600;

/// People by what they are for. The mails of the last two pools replace living links, so links are used first.
pub struct Pools<'a> {
    /// Whose pages are opened, who sign in, and for whom the button is pressed one at a time.
    pub chosen: &'a [Person],
    /// Who end another session of theirs.
    pub ending: &'a [Person],
    /// Who end all other sessions of theirs.
    pub ending_others: &'a [Person],
    /// Both, who then sign out.
    pub leaving: &'a [Person],
    /// Who change their password.
    pub changing: &'a [Person],
    /// Whose link is opened.
    pub opened: Vec<&'a Person>,
    /// Whose link is withdrawn.
    pub revoked: Vec<&'a Person>,
    /// Whose link is used, at one connection and at several.
    pub redeemed: [Vec<&'a Person>; 2],
    /// Who ask for a link while signed in: nobody whose link is used, which ends all sessions.
    pub asking: Vec<&'a Person>,
    /// For whom the button is pressed, and who get mail: all but the chosen.
    pub mailed: &'a [Person],
}

impl<'a> Pools<'a> {
    /// Divides them; an error where there are too few.
    pub fn of(people: &'a [Person]) -> Outcome<Self> {
        let split = |people: &'a [Person], count| {
            let parts = people.split_at_checked(count);
            parts.ok_or("too few people for all measurements")
        };
        let (chosen, mailed) = split(people, CHOSEN)?;
        let (leaving, rest) = split(mailed, 2 * ENDING)?;
        let (ending, ending_others) = split(leaving, ENDING)?;
        let (changing, rest) = split(rest, CHANGING)?;
        let (linked, asking): (Vec<_>, Vec<_>) = rest.iter().partition(|person| person.link.is_some());
        let mut linked = linked.into_iter();
        let mut take = |count: usize| -> Vec<_> { linked.by_ref().take(count).collect() };
        Ok(Self {
            chosen,
            ending,
            ending_others,
            leaving,
            changing,
            opened: take(OPENED),
            revoked: take(REVOKED),
            redeemed: [take(REDEEMED), take(usize::MAX)],
            asking,
            mailed,
        })
    }
}
