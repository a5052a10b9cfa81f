//! The colours of companies in the style sheet: each accent there is has its pair, and each can be read.

use std::fs;
use std::path::Path;

use rekey::server::mail::letter::palette;
use rekey_domain::company_details::Accent;

/// What stands in the parentheses of `light-dark(…)` behind this, as light and dark.
fn pair<'a>(css: &'a str, before: &str) -> [&'a str; 2] {
    let (_, rest) = css.split_once(before).unwrap_or_else(|| panic!("no {before}"));
    let (pair, _) = rest
        .trim_start()
        .strip_prefix("light-dark(")
        .and_then(|rest| rest.split_once(')'))
        .unwrap_or_else(|| panic!("no pair behind {before}"));
    let (light, dark) = pair.split_once(',').expect("two colours");
    [light.trim(), dark.trim()]
}

/// The relative luminance of WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).unwrap_or_else(|_| panic!("{colour} is no colour"));
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// So many hundredths of one colour on another, as `color-mix(in srgb, …)` makes it.
fn mixed(one: &str, hundredths: u32, other: &str) -> String {
    let part = |colour: &str, at: usize| u32::from_str_radix(&colour[at..at + 2], 16).expect("a colour");
    let part = |at| (part(one, at) * hundredths + part(other, at) * (100 - hundredths) + 50) / 100;
    format!("#{:02x}{:02x}{:02x}", part(1), part(3), part(5))
}

fn style_sheet() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("style/main.css");
    fs::read_to_string(path).expect("the style sheet")
}

#[test]
fn every_accent_can_be_read_on_every_ground_in_light_and_dark() {
    let css = style_sheet();
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    let [ground, surface, on] = ["--bg:", "--surface:", "--on-accent:"].map(|token| pair(&css, token));
    for &accent in Accent::ALL {
        let colours = pair(&css, &format!("[data-accent=\"{accent}\"] {{ --accent:"));
        if accent == Accent::default() {
            // What is there without a company.
            assert_eq!(pair(&css, "--accent:"), colours);
        }
        for scheme in [0, 1] {
            let colour = colours[scheme];
            let of_words = contrast(colour, on[scheme]);
            assert!(of_words >= 7.0, "{accent}: {of_words} on a button");
            for under in [ground[scheme], surface[scheme]] {
                let of_link = contrast(colour, under);
                assert!(of_link >= 7.0, "{accent}: {of_link} on {under}");
            }
        }
    }
}

#[test]
fn mails_have_the_colours_of_the_style_sheet_and_can_be_read() {
    let css = style_sheet();
    for &accent in Accent::ALL {
        let rule = format!("[data-accent=\"{accent}\"] {{ --accent:");
        let [light_accent, dark_accent] = pair(&css, &rule);
        let (light, dark) = (palette::light(accent), palette::dark(accent));
        assert_eq!((light.accent, dark.accent), (light_accent, dark_accent), "{accent}");
        for scheme in [light, dark] {
            for (words, ground) in [
                (scheme.text, scheme.card),
                (scheme.text, scheme.aside),
                (scheme.muted, scheme.card),
                (scheme.muted, scheme.aside),
                (scheme.muted, scheme.ground),
            ] {
                let found = contrast(words, ground);
                assert!(found >= 7.0, "{words} on {ground}: {found}");
            }
            let on_button = contrast(scheme.on_accent, scheme.accent);
            assert!(on_button >= 7.0, "{accent}: {on_button} on a button");
            let of_rule = contrast(scheme.accent, scheme.card);
            assert!(of_rule >= 3.0, "{accent}: {of_rule} as a rule");
        }
    }
}

#[test]
fn every_token_of_text_has_seven_to_one_and_every_border_three() {
    let css = style_sheet();
    let [ground, surface, on] = ["--bg:", "--surface:", "--on-accent:"].map(|token| pair(&css, token));
    for scheme in [0, 1] {
        let grounds = [ground[scheme], surface[scheme]];
        for token in ["--text:", "--muted:", "--danger:", "--warn:", "--ok:", "--info:"] {
            let colour = pair(&css, token)[scheme];
            // As a badge has it, on a tint of itself.
            let own = mixed(colour, 8, ground[scheme]);
            for under in grounds.into_iter().chain([own.as_str()]) {
                let found = contrast(colour, under);
                assert!(found >= 7.0, "{token} {found} on {under}");
            }
        }
        let danger = contrast(pair(&css, "--danger:")[scheme], on[scheme]);
        assert!(danger >= 7.0, "{danger} on the button of danger");
        // The ring of the focus is in the colour of text.
        for under in grounds {
            let field = contrast(pair(&css, "--field:")[scheme], under);
            assert!(field >= 3.0, "--field: {field} on {under}");
        }
    }
}
