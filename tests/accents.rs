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

#[test]
fn every_accent_can_be_read_on_every_ground_in_light_and_dark() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("style/main.css");
    let css = fs::read_to_string(path).expect("the style sheet");
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.01);
    let (ground, surface, on) = (
        pair(&css, "--bg:"),
        pair(&css, "--surface:"),
        pair(&css, "--on-accent:"),
    );
    for &accent in Accent::ALL {
        let rule = format!(":root[data-accent=\"{accent}\"] {{ --accent:");
        // The first one is what is there without a company.
        let colours = pair(
            &css,
            if accent == Accent::default() {
                "--accent:"
            } else {
                &rule
            },
        );
        for (scheme, least_on) in [(0, 6.0), (1, 8.9)] {
            let colour = colours[scheme];
            let of_words = contrast(colour, on[scheme]);
            assert!(of_words >= least_on, "{accent}: {of_words} on a button");
            for under in [ground[scheme], surface[scheme]] {
                let of_link = contrast(colour, under);
                assert!(of_link >= 5.6, "{accent}: {of_link} on {under}");
            }
        }
    }
}

#[test]
fn mails_have_the_colours_of_the_style_sheet_and_can_be_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("style/main.css");
    let css = fs::read_to_string(path).expect("the style sheet");
    for &accent in Accent::ALL {
        let rule = format!(":root[data-accent=\"{accent}\"] {{ --accent:");
        let [light_accent, dark_accent] = pair(
            &css,
            if accent == Accent::default() {
                "--accent:"
            } else {
                &rule
            },
        );
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
            assert!(on_button >= 6.0, "{accent}: {on_button} on a button");
            let of_rule = contrast(scheme.accent, scheme.card);
            assert!(of_rule >= 3.0, "{accent}: {of_rule} as a rule");
        }
    }
}
