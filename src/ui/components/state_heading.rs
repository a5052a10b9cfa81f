//! The heading of a page that tells how something ended: an icon beside the words, so that the state is seen before it is read.

use leptos::prelude::*;

/// What became of the thing that the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was done.
    Done,
    /// It works no more, or never did.
    Dead,
    /// It is in a mail.
    Mailed,
    /// The reader should look at it.
    Warning,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Done, Self::Dead, Self::Mailed, Self::Warning];

    /// The word in `data-state`, by which the style sheet colours the icon.
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Mailed => "mailed",
            Self::Warning => "warning",
        }
    }

    /// The strokes of the icon, on a ground of 24 by 24.
    fn strokes(self) -> &'static str {
        match self {
            Self::Done => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM8 12.5l2.8 2.8L16 9.5",
            Self::Dead => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM9 9l6 6M15 9l-6 6",
            Self::Mailed => "M3 6h18v12H3zM3.5 6.5 12 13l8.5-6.5",
            Self::Warning => "M12 3.5 21.5 20h-19zM12 10v4.5M12 17.2v.1",
        }
    }
}

/// The page's first heading with its icon. Screen readers hear the words only.
#[component]
pub fn StateHeading(
    /// What the icon shows.
    state: State,
    /// The words.
    #[prop(into)]
    text: String,
    /// Whether it takes the focus as soon as the page is there.
    #[prop(optional)]
    takes_focus: bool,
) -> impl IntoView {
    view! {
        <h1 class="state" tabindex="-1" autofocus=takes_focus>
            <StateIcon state/>
            {text}
        </h1>
    }
}

/// The icon alone, for places where its words stand beside it.
#[component]
pub fn StateIcon(
    /// What it shows.
    state: State,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            data-state=state.word()
            viewBox="0 0 24 24"
            width="24"
            height="24"
            aria-hidden="true"
            focusable="false"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
        >
            <path d=state.strokes()></path>
        </svg>
    }
}
