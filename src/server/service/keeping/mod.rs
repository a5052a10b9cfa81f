//! How long what is over is kept.

pub mod forget_old;
