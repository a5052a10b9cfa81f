//! `/dev/style`, in the demo only: every colour and every component in every state, in light and in dark. It is made of the
//! components themselves, so that it shows what pages show.

use leptos::prelude::*;
use rekey_domain::company_details::Accent;
use rekey_domain::email::EmailProblem;
use rekey_domain::password::PasswordProblem;
use rekey_domain::reset::Headline;

use crate::texts::{company_edit, people, resets};
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FormHandle, SubmitButton};
use crate::ui::components::mark::Mark;
use crate::ui::components::password_field::PasswordField;
use crate::ui::components::result_box::Outcome;
use crate::ui::components::state_heading::{State, StateIcon};
use crate::ui::title::Title;
use crate::wire::forms::{Field, FormState, Problem, Reason};

/// The heading.
const TITLE: &str = "Style";

/// The tokens that are colours, with what each is for.
const COLOURS: [(&str, &str); 13] = [
    ("--bg", "The page"),
    ("--surface", "The ground of what stands apart"),
    ("--text", "Text and focus"),
    ("--muted", "Hints and labels of facts"),
    ("--line", "Hairlines"),
    ("--field", "Borders of fields and buttons"),
    ("--danger", "Refused, or ends something"),
    ("--warn", "Late, or to look at"),
    ("--ok", "Done"),
    ("--info", "Under way"),
    ("--accent", "The company's colour"),
    ("--on-accent", "Words on a filled button"),
    ("--veil", "Under a dialog"),
];

/// The tokens that are sizes and weights, with what each is for.
const SIZES: [(&str, &str); 18] = [
    ("--small", "Hints and badges"),
    ("--dense", "Tables"),
    ("--normal", "Text"),
    ("--medium", "Second headings"),
    ("--large", "The first heading"),
    ("--firm", "Labels and buttons"),
    ("--bold", "Headings and main buttons"),
    ("--s1", "A label and its field"),
    ("--s2", "Things of one line"),
    ("--s3", "Paragraphs"),
    ("--s4", "Fields"),
    ("--s5", "The inside of a card"),
    ("--s6", "Sections"),
    ("--radius", "Corners"),
    ("--control", "Heights of controls"),
    ("--page", "The width of a page"),
    ("--card", "The width of a card"),
    ("--hairline", "A line between things"),
];

/// The page.
#[component]
pub fn StylePage() -> impl IntoView {
    view! {
        <Title text=TITLE/>
        <h1 tabindex="-1">{TITLE}</h1>
        <div class="schemes">
            {[("light", "Light"), ("dark", "Dark")]
                .map(|(scheme, name)| {
                    view! {
                        <section data-scheme=scheme aria-labelledby=format!("scheme-{scheme}")>
                            <h2 id=format!("scheme-{scheme}")>{name}</h2>
                            <Everything/>
                        </section>
                    }
                })
                .collect_view()}
        </div>
        <Fields/>
        <Measures/>
    }
}

/// What has no ids, and so may stand on the page twice.
#[component]
fn Everything() -> impl IntoView {
    view! {
        <h3>"Colours"</h3>
        <ul class="tokens">
            {COLOURS.map(|(name, used_for)| view! { <li><Swatch name/><code>{name}</code>" "{used_for}</li> }).collect_view()}
        </ul>
        <h3>"Accents"</h3>
        <ul class="tokens">
            {Accent::ALL
                .iter()
                .map(|&accent| {
                    view! {
                        <li data-accent=accent.as_str()>
                            <span class="swatch"></span>
                            <a href="#main">{company_edit::accent(accent)}</a>
                            <span class="button">"Button"</span>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
        <h3>"Mark and icons"</h3>
        <p class="row-actions"><Mark/>{State::ALL.map(|state| view! { <StateIcon state/> }).collect_view()}</p>
        <h3>"Type"</h3>
        <p>"Text, " <a href="#main">"a link"</a> ", " <strong>"strong words"</strong> ", " <code>"code"</code> "."</p>
        <p class="hint">"A hint below its label"</p>
        <h3>"Buttons"</h3>
        <div class="actions">
            <button type="button" class="primary">"Primary"</button>
            <button type="button" class="secondary">"Secondary"</button>
            <button type="button" class="quiet">"Quiet"</button>
            <button type="button" class="primary" aria-disabled="true">"Running…"</button>
        </div>
        <div class="actions">
            <button type="button" class="danger">"Danger"</button>
            <button type="button" class="secondary danger">"Danger, secondary"</button>
            <button type="button" class="quiet danger">"Danger, quiet"</button>
        </div>
        <div class="actions">
            <a href="#main" class="button">"A link as a button"</a>
            <a href="#main" class="button secondary">"Secondary"</a>
            <a href="#main" class="button quiet danger">{people::DELETE}</a>
            <a href="#main">"A plain link"</a>
        </div>
        <h3>"States of a reset"</h3>
        <p class="row-actions">
            {Headline::ALL
                .iter()
                .map(|&headline| {
                    view! { <span class="badge" data-state=headline.as_str()>{resets::badge(headline)}</span> }
                })
                .collect_view()}
        </p>
        <h3>"Boxes"</h3>
        <div class="box done"><p>"It is done. "<a href="#main">"A link"</a></p></div>
        <div class="box problem"><p>"It went wrong."</p></div>
        <div class="box note"><p>"Something to look at."</p></div>
        <div class="box neutral"><p>"Something to know."</p></div>
        <h3>"Facts"</h3>
        <dl class="facts">
            <div><dt>"Email"</dt><dd>"ana@example.com"</dd></div>
            <div><dt>"Role"</dt><dd>"Manager"</dd></div>
        </dl>
        <h3>"A table"</h3>
        <table>
            <thead><tr><th scope="col">"Name"</th><th scope="col">"Role"</th></tr></thead>
            <tbody>
                <tr><th scope="row"><a href="#main">"Ana Lima"</a></th><td>"User"</td></tr>
                <tr><th scope="row"><a href="#main">"Bo Chen"</a></th><td>"Manager"</td></tr>
            </tbody>
        </table>
    }
}

/// A colour.
#[component]
fn Swatch(name: &'static str) -> impl IntoView {
    view! {
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <circle cx="10" cy="10" r="9.5" fill=format!("var({name})") stroke="var(--field)"></circle>
        </svg>
    }
}

/// Fields, as they are and as they are refused. They have ids, so they stand here once.
#[component]
fn Fields() -> impl IntoView {
    let calm = FormHandle::new();
    let refused = |field, reason| Problem { field, reason };
    provide_context(FormState {
        problems: vec![
            refused(
                Field::NewPassword,
                Reason::Password(PasswordProblem::TooShort { min: 15 }),
            ),
            refused(Field::Email, Reason::Email(EmailProblem::Malformed)),
        ],
        ..FormState::default()
    });
    let refused = FormHandle::new();
    view! {
        <section aria-labelledby="fields">
            <h2 id="fields">"Fields"</h2>
            <Outcome done=Some("What a press did.".to_owned())/>
            <form class="narrow" novalidate>
                <NameField form=calm value="Ana Lima".to_owned()/>
                <EmailField form=refused value="ana at example".to_owned()/>
                <PasswordField form=calm field=Field::Password label="Password" autocomplete="off"/>
                <PasswordField
                    form=refused
                    field=Field::NewPassword
                    label="New password"
                    shows="new password"
                    autocomplete="off"
                    hint="At least 15 characters.".to_owned()
                />
                <div class="field">
                    <label for="only-read">"Only to read"</label>
                    <input id="only-read" readonly value="ana@example.com"/>
                </div>
                <div class="field">
                    <label for="one-of">"One of several"</label>
                    <select id="one-of"><option>"Europe/Berlin"</option><option>"UTC"</option></select>
                </div>
                <div class="field">
                    <label for="lines">"Lines"</label>
                    <textarea id="lines" rows="3"></textarea>
                </div>
                <div class="field">
                    <label for="file">"CSV file"</label>
                    <input id="file" type="file"/>
                </div>
                <div class="check">
                    <input type="checkbox" id="tick" checked/>
                    <label for="tick">"A box with so many words beside it that they need a second line on most screens"</label>
                </div>
                <fieldset class="swatches">
                    <legend>{company_edit::ACCENT}</legend>
                    {Accent::ALL
                        .iter()
                        .map(|&accent| {
                            let id = format!("accent-{}", accent.as_str());
                            view! {
                                <div class="check">
                                    <input type="radio" name="accent" id=id.clone() checked=accent == Accent::default()/>
                                    <label for=id>
                                        <span class="swatch" data-accent=accent.as_str()></span>
                                        {company_edit::accent(accent)}
                                    </label>
                                </div>
                            }
                        })
                        .collect_view()}
                </fieldset>
                <div class="field">
                    <label for="progress">"Progress"</label>
                    <progress id="progress" max="4" value="3"></progress>
                </div>
                <div class="actions"><SubmitButton text="Save"/></div>
            </form>
        </section>
    }
}

/// The tokens that are no colours.
#[component]
fn Measures() -> impl IntoView {
    view! {
        <section aria-labelledby="measures">
            <h2 id="measures">"Sizes"</h2>
            <ul class="tokens">
                {SIZES.map(|(name, used_for)| view! { <li><code>{name}</code>" "{used_for}</li> }).collect_view()}
            </ul>
        </section>
    }
}
