//! The ways to invite people, as links: each page of them leads to the others.

use leptos::prelude::*;

use crate::texts::import as texts;

/// A way to invite people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One person, in a form.
    One,
    /// Lines that are pasted.
    Lines,
    /// A file.
    File,
}

impl Way {
    /// Where a list comes from, by the word in the query of its page; none where either may be.
    pub fn of_list(word: &str) -> Option<Self> {
        [Self::Lines, Self::File].into_iter().find(|way| way.word() == word)
    }

    /// Its word in the query of the page that takes a list.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Lines => "lines",
            Self::File => "file",
        }
    }

    /// Its page.
    pub fn address(self) -> &'static str {
        match self {
            Self::One => "/company/users/new",
            Self::Lines => "/company/users/import?from=lines",
            Self::File => "/company/users/import?from=file",
        }
    }
}

/// The links; the page that is shown is marked.
#[component]
pub fn InviteWays(
    /// Which one is shown; none where a list may come either way.
    current: Option<Way>,
) -> impl IntoView {
    let link = |way: Way, words: &'static str| {
        let is_current = (current == Some(way)).then_some("page");
        view! { <a href=way.address() aria-current=is_current>{words}</a> }
    };
    view! {
        <nav class="filters" aria-label=texts::WAYS>
            {link(Way::One, texts::ONE_PERSON)}
            {link(Way::Lines, texts::PASTE_LINES)}
            {link(Way::File, texts::FILE)}
        </nav>
    }
}
