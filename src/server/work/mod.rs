//! What keeps work going when a piece of it fails by a mistake of the program's (F4, F7): a panic ends one piece, that is put
//! off and the others go on; a loop that ended is started again, and readiness tells of it. What the work is, is not known here.

mod contained;
mod loops;
mod put_off;
mod traps;

pub use contained::{Panicked, contained, contained_outcome};
pub use loops::{Chore, Loop, Loops};
pub use put_off::{Piece, PutOff, note_failure};
pub use traps::{Trap, Traps};

/// What the process remembers of it. Clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Work {
    /// The pieces that failed and wait.
    pub put_off: PutOff,
    /// The loops, and how they are.
    pub loops: Loops,
    /// Where a test lets it fail.
    pub traps: Traps,
}
