//! The parts of a form as the server renders it: what was typed before, and, after a refusal, the reasons beside the fields.
//! A form is posted to its page's own address. With `data-door` and a [`FormTop`] on its page it is live: then the island
//! sends it, and shows a refusal the same way (`ui/live/refusal.rs`).

use leptos::prelude::*;
use rekey_domain::text::Typed;

use crate::server::answers;
use crate::server::answers::{ProblemAt, Refusal};
use crate::texts::{pages, trouble};
use crate::ui::live::browser::FORM_TOP;
use crate::ui::live::forms::LiveForms;
use crate::wire::answer::{FieldProblem as WireProblem, Refused};
use crate::wire::error::AppError;
use crate::wire::forms::{Field, FormState};
use crate::wire::people::ChangedTo;

/// What a form's parts share: what the server says about the POST that led here.
#[derive(Clone, Copy)]
pub struct FormHandle(StoredValue<FormState>);

impl FormHandle {
    /// The form of this page.
    pub fn new() -> Self {
        Self(StoredValue::new(use_context::<FormState>().unwrap_or_default()))
    }

    /// What was typed into this field of one line, where the page is shown again; secrets aside.
    pub fn typed(self, name: &str) -> Option<String> {
        self.0
            .with_value(|state| state.typed.get(name).map(|text| Typed::from(text.as_str()).to_string()))
    }

    /// The same of a field of many lines, empty where nothing was typed.
    pub fn typed_lines(self, field: Field) -> String {
        self.0.with_value(|state| {
            let text = state.typed.get(field.name());
            text.map(ToString::to_string).unwrap_or_default()
        })
    }

    /// The same of a field that is empty where nothing was typed.
    pub fn typed_or_empty(self, field: Field) -> String {
        self.typed(field.name()).unwrap_or_default()
    }

    /// Whether the page is shown again, with what was typed.
    pub fn is_again(self) -> bool {
        self.0.with_value(|state| !state.typed.is_empty())
    }

    /// What somebody else has made of it, where the last try came too late.
    pub fn changed_meanwhile(self) -> Option<ChangedTo> {
        self.0.with_value(|state| match state.failure.as_deref() {
            Some(AppError::ChangedMeanwhile(to)) => Some(to.clone()),
            _ => None,
        })
    }

    /// Whether reasons are shown.
    pub fn is_refused(self) -> bool {
        self.0.with_value(|state| !state.problems.is_empty())
    }

    /// Whether the last try was refused, for whatever reason.
    pub fn has_failed(self) -> bool {
        self.0
            .with_value(|state| !state.problems.is_empty() || state.failure.is_some())
    }

    /// Whether this field has a reason beside it.
    pub fn has_problem(self, field: Field) -> bool {
        self.0.with_value(|state| state.problem_at(field).is_some())
    }

    /// The title of the page: it begins with `Error: ` while reasons are shown.
    pub fn title(self, title: &str) -> String {
        let prefix = if self.is_refused() {
            crate::texts::pages::ERROR_PREFIX
        } else {
            ""
        };
        format!("{prefix}{title}")
    }
}

impl Default for FormHandle {
    fn default() -> Self {
        Self::new()
    }
}

/// On top of a page with a form: what to correct, with a link to each field; or the failure that is nobody's typing.
#[component]
pub fn FormTop(form: FormHandle) -> impl IntoView {
    let refusal = form.0.with_value(answers::of_state);
    view! {
        <div id=FORM_TOP><Top refusal/></div>
        <LiveForms/>
    }
}

#[component]
fn Top(refusal: Refusal) -> impl IntoView {
    let failure = refusal.trouble.map(|words| {
        view! { <section class="box problem" aria-label=pages::PROBLEM><p>{words}</p></section> }
    });
    let links = refusal.problems.iter().map(|problem| {
        let words = match &problem.link {
            Some((_, name)) => format!("{} {name}", problem.words),
            None => problem.words.clone(),
        };
        view! { <li><a href=format!("#{}", problem.field)>{words}</a></li> }
    });
    let problems = (!refusal.problems.is_empty()).then(|| {
        view! {
            <section class="box problem" tabindex="-1" autofocus aria-labelledby="error-summary">
                <h2 id="error-summary">{trouble::CORRECT}</h2>
                <ul>{links.collect_view()}</ul>
            </section>
        }
    });
    view! { {failure} {problems} }
}

/// The same for a live form, whose page stands.
pub fn refused(refusal: Refusal) -> Refused {
    let problems = refusal.problems.iter().map(|problem| WireProblem {
        field: problem.field.to_owned(),
        message: view! { <Message problem=problem.clone()/> }.to_html(),
    });
    Refused {
        problems: problems.collect(),
        renewed: refusal.renewed.clone(),
        top: view! { <Top refusal/> }.to_html(),
    }
}

/// What to know about a field, between its label and its input.
#[component]
pub fn FieldHint(field: Field, #[prop(into)] words: String) -> impl IntoView {
    view! { <p class="hint" id=format!("{}-hint", field.name())>{words}</p> }
}

/// The message between a field's label and its input, while there is one.
#[component]
pub fn FieldProblem(form: FormHandle, field: Field) -> impl IntoView {
    let problem = form
        .0
        .with_value(|state| state.problem_at(field).map(answers::of_problem));
    problem.map(|problem| view! { <Message problem/> })
}

#[component]
fn Message(problem: ProblemAt) -> impl IntoView {
    let link = problem.link.map(|(to, name)| view! { " " <a href=to>{name}</a> });
    view! {
        <p class="field-problem" id=format!("{}-problem", problem.field)>
            {problem.words}
            {link}
        </p>
    }
}

/// The ids that describe an input: its hint, and its message while there is one.
pub fn described_by(form: FormHandle, field: Field, has_hint: bool) -> Option<String> {
    let mut ids = Vec::new();
    if has_hint {
        ids.push(format!("{}-hint", field.name()));
    }
    if form.has_problem(field) {
        ids.push(format!("{}-problem", field.name()));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// What an input says of its value: `aria-invalid`, while a reason stands beside it.
pub fn is_invalid(form: FormHandle, field: Field) -> Option<&'static str> {
    form.has_problem(field).then_some("true")
}

/// A form's main button. It is never disabled: while the form runs, it says so and further presses are harmless.
#[component]
pub fn SubmitButton(
    /// What it does.
    #[prop(into)]
    text: String,
    /// Whether the page has a more important one.
    #[prop(optional)]
    is_secondary: bool,
) -> impl IntoView {
    let class = if is_secondary { "secondary" } else { "primary" };
    view! { <button type="submit" class=class>{text}</button> }
}
