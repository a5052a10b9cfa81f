//! The addresses of those of the demo's people who are in many tests. What they are is in `src/server/demo/people.rs`.

/// The administrator.
pub const ADA: &str = "ada@blueheron.example";
/// A manager.
pub const MAX: &str = "max@blueheron.example";
/// A user.
pub const UMA: &str = "uma@blueheron.example";
/// A user who may only read.
pub const ROB: &str = "rob@blueheron.example";
/// A user who was invited and has not set a password.
pub const IVY: &str = "ivy@blueheron.example";
/// A user who is deleted.
pub const DEL: &str = "del@blueheron.example";
/// A manager of the parent who has no access to a linked company.
pub const AGNES: &str = "person01@blueheron.example";
/// The administrator of the linked company.
pub const NILS: &str = "person01@heronnord.example";
/// The administrator of a company that has nothing to do with the others.
pub const QUINN: &str = "quinn@quarry.example";
