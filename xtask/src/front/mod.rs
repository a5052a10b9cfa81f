//! The browser's half: built by [`build`], and made ready to stand inside the executable by [`embed`].

pub mod build;
pub mod embed;
