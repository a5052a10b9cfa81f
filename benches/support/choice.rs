//! Which parts are measured: all, or those with a word in their name.

use std::cell::RefCell;

use super::Outcome;

/// The choice, and what was left out by it.
#[derive(Debug)]
pub struct Choice {
    word: Option<String>,
    taken: RefCell<usize>,
    left_out: RefCell<Vec<String>>,
}

impl Choice {
    /// All parts, or those whose name has `word` in it; upper and lower case are the same.
    pub fn of(word: Option<&str>) -> Self {
        Self {
            word: word.map(str::to_lowercase),
            taken: RefCell::default(),
            left_out: RefCell::default(),
        }
    }

    /// Whether the part of this name is measured.
    pub fn takes(&self, name: &str) -> bool {
        let is_taken = self
            .word
            .as_deref()
            .is_none_or(|word| name.to_lowercase().contains(word));
        if is_taken {
            *self.taken.borrow_mut() += 1;
        } else {
            self.left_out.borrow_mut().push(name.to_owned());
        }
        is_taken
    }

    /// An error that lists the parts where none was taken.
    pub fn was_any_taken(&self) -> Outcome<()> {
        if *self.taken.borrow() > 0 {
            return Ok(());
        }
        let parts = self.left_out.borrow().join("\n  ");
        Err(format!("no part has that word in its name. The parts are:\n  {parts}").into())
    }
}
