//! The colours of the HTML part: those of the style sheet, written out, since a mail cannot link it. Every pair of a text
//! and its ground is held to a contrast of 7:1 where it does not depend on the company's accent.

use rekey_domain::company_details::Accent;

/// The colours of one scheme.
pub struct Palette {
    /// Behind the card.
    pub ground: &'static str,
    /// Behind the words.
    pub card: &'static str,
    /// Behind what to do for somebody who did not expect the mail.
    pub aside: &'static str,
    /// The hairlines.
    pub line: &'static str,
    /// The words.
    pub text: &'static str,
    /// Words of less weight.
    pub muted: &'static str,
    /// The company's colour: the rule on top and the button.
    pub accent: &'static str,
    /// The words on the button.
    pub on_accent: &'static str,
}

/// The light scheme, which also stands in the elements themselves.
pub fn light(accent: Accent) -> Palette {
    Palette {
        ground: "#eef0f3",
        card: "#ffffff",
        aside: "#f5f6f8",
        line: "#d5d9df",
        text: "#1b1f24",
        muted: "#464d56",
        accent: pair(accent)[0],
        on_accent: "#ffffff",
    }
}

/// The dark scheme.
pub fn dark(accent: Accent) -> Palette {
    Palette {
        ground: "#14171a",
        card: "#1d2125",
        aside: "#23282d",
        line: "#343a41",
        text: "#e9ebee",
        muted: "#b4bcc5",
        accent: pair(accent)[1],
        on_accent: "#10151b",
    }
}

/// Each accent in light and dark, as in `style/main.css`.
fn pair(accent: Accent) -> [&'static str; 2] {
    match accent {
        Accent::Blue => ["#1a4e9e", "#8fb8ff"],
        Accent::Teal => ["#0d5a5a", "#6fd3cf"],
        Accent::Green => ["#185c2e", "#7fd497"],
        Accent::Purple => ["#6039a5", "#c3a7ff"],
        Accent::Pink => ["#931f5d", "#ff9fcb"],
        Accent::Red => ["#922c25", "#ffa199"],
        Accent::Brown => ["#724611", "#e6b97a"],
        Accent::Slate => ["#46525e", "#b4c2cf"],
    }
}
