//! Forms that work twice: a plain POST to the page's own path, and, hydrated, the same fields through a server function.
//!
//! A refusal looks the same both ways. After a plain POST its state comes from the server with the page; after a
//! hydrated one from [`FormHandle::refuse`]. Inputs are uncontrolled: what was typed before hydration survives.

use leptos::form::{FromFormData, form_data_from_event};
use leptos::html;
use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;
use serde::de::DeserializeOwned;

use crate::texts::{people, trouble};
use crate::ui::boundary;
use crate::ui::components::result_box::ProblemBox;
use crate::ui::layout::focus;
use crate::wire::account::DetailsInput;
use crate::wire::company_edit::CompanyInput;
use crate::wire::error::AppError;
use crate::wire::forms::{Field, FormState, Reason};
use crate::wire::people::{ChangedTo, TypedPerson};

/// What a form's parts share.
#[derive(Clone, Copy)]
pub struct FormHandle {
    state: RwSignal<FormState>,
    failure: RwSignal<Option<AppError>>,
    /// What stood in `Email` when the page was rendered.
    email: StoredValue<String>,
    /// How often it was submitted.
    submissions: RwSignal<u32>,
}

impl FormHandle {
    /// The form of this page, with what the server says about the POST that led here.
    pub fn new() -> Self {
        let state = SharedValue::new(|| use_context::<FormState>().unwrap_or_default()).into_inner();
        Self {
            email: StoredValue::new(state.email.clone()),
            failure: RwSignal::new(state.failure.as_deref().cloned()),
            state: RwSignal::new(state),
            submissions: RwSignal::new(0),
        }
    }

    /// The first value of `Email`.
    pub fn email(self) -> String {
        self.email.get_value()
    }

    /// What stood in the details of the own account, where the server shows a refused form again.
    pub fn typed(self) -> Option<DetailsInput> {
        self.state.with_untracked(|state| state.details.as_deref().cloned())
    }

    /// What stood in a form about a person, where the server shows a refused form again.
    pub fn typed_person(self) -> Option<TypedPerson> {
        self.state.with_untracked(|state| state.person.as_deref().cloned())
    }

    /// What somebody else has made of it, where the last try came too late.
    pub fn changed_meanwhile(self) -> Option<ChangedTo> {
        self.failure.with(|failure| match failure {
            Some(AppError::ChangedMeanwhile(to)) => Some(to.clone()),
            _ => None,
        })
    }

    /// What stood in a form of one text, where the server shows a refused form again.
    pub fn typed_text(self) -> String {
        self.state
            .with_untracked(|state| state.text.clone().unwrap_or_default())
    }

    /// The same of the company's details.
    pub fn typed_company(self) -> Option<CompanyInput> {
        self.state.with_untracked(|state| state.company.as_deref().cloned())
    }

    /// Whether reasons are shown.
    pub fn is_refused(self) -> bool {
        self.state.with(|state| !state.problems.is_empty())
    }

    /// Whether the last try was refused, for whatever reason.
    pub fn has_failed(self) -> bool {
        self.is_refused() || self.failure.with(Option::is_some)
    }

    /// The same, for a page that is decided once.
    pub fn has_failed_untracked(self) -> bool {
        self.is_refused_untracked() || self.failure.with_untracked(Option::is_some)
    }

    /// As [`is_refused`](Self::is_refused), for a page that is decided once.
    pub fn is_refused_untracked(self) -> bool {
        self.state.with_untracked(|state| !state.problems.is_empty())
    }

    /// Whether this field has a reason beside it.
    pub fn has_problem(self, field: Field) -> bool {
        self.state.with(|state| state.problem_at(field).is_some())
    }

    /// Runs whatever reads it again at each submission.
    pub fn track_submissions(self) {
        self.submissions.track();
    }

    /// [`submit_here`] for a form with reasons beside its fields: those of the last try go.
    pub fn submit_here<T: DeserializeOwned>(
        self,
        busy: impl GetUntracked<Value = bool>,
        run: impl Fn(T),
    ) -> impl Fn(SubmitEvent) {
        let submit = submit_here(busy, move |input| {
            self.clear();
            run(input);
        });
        move |event| {
            self.submissions.update(|count| *count += 1);
            submit(event);
        }
    }

    fn clear(self) {
        self.state.update(|state| state.problems.clear());
        self.failure.set(None);
    }

    /// Shows what the server function answered.
    pub fn refuse(self, error: AppError) {
        match error {
            AppError::Invalid(problems) => self.state.update(|state| state.problems = problems),
            AppError::NotSignedIn => boundary::sign_in_again(),
            other => self.failure.set(Some(other)),
        }
    }

    /// The title of the page: it begins with `Error: ` while reasons are shown.
    ///
    /// The server writes a title after the page, outside of its reactive arena and maybe on another thread, so this
    /// must not read signals by their place in the arena.
    pub fn title(self, title: &'static str) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        self.title_of(title.to_owned())
    }

    /// The same, for a page that is named after somebody.
    pub fn title_of(self, title: String) -> impl Fn() -> String + Clone + Send + Sync + 'static {
        let state = ArcRwSignal::from(self.state);
        move || {
            let prefix = if state.with(|state| state.problems.is_empty()) {
                ""
            } else {
                crate::texts::pages::ERROR_PREFIX
            };
            format!("{prefix}{title}")
        }
    }
}

impl Default for FormHandle {
    fn default() -> Self {
        Self::new()
    }
}

/// What a form does when it is submitted: its input goes to `run` instead of being posted. While it runs, further presses
/// are harmless. If the fields can't be read, nothing is prevented: the browser posts the form, and the server says what
/// is wrong.
pub fn submit_here<T: DeserializeOwned>(
    busy: impl GetUntracked<Value = bool>,
    run: impl Fn(T),
) -> impl Fn(SubmitEvent) {
    move |event| {
        if busy.get_untracked() {
            event.prevent_default();
            return;
        }
        let read = || {
            let fields = form_data_from_event(&event).ok()?;
            // The pressed button is added under its name, even when that is empty; the input structs refuse unknown
            // fields.
            fields.delete("");
            T::from_form_data(&fields).ok()
        };
        if let Some(input) = read() {
            event.prevent_default();
            run(input);
        }
    }
}

/// On top of a form: what to correct, with a link to each field; or the failure that is nobody's typing.
#[component]
pub fn FormTop(form: FormHandle) -> impl IntoView {
    let summary = NodeRef::<html::Section>::new();
    // `autofocus` works for a page that was loaded; after a hydrated refusal the focus is ours to move.
    Effect::new(move |before: Option<()>| {
        let refused = form.is_refused();
        if before.is_some() && refused {
            request_animation_frame(move || {
                if let Some(summary) = summary.get_untracked() {
                    focus(&summary);
                }
            });
        }
    });
    let failure = Signal::derive(move || form.failure.with(|failure| failure.as_ref().map(trouble::explanation)));
    view! {
        <ProblemBox text=failure/>
        {move || {
            form.is_refused()
                .then(|| {
                    let links = form.state.with(|state| state.problems.clone());
                    view! {
                        <section node_ref=summary class="box problem" tabindex="-1" autofocus aria-labelledby="error-summary">
                            <h2 id="error-summary">{trouble::CORRECT}</h2>
                            <ul>
                                {links
                                    .into_iter()
                                    .map(|problem| {
                                        view! {
                                            <li>
                                                <a href=format!("#{}", problem.field.name()) rel="external">
                                                    {trouble::reason(&problem.reason)}
                                                </a>
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        </section>
                    }
                })
        }}
    }
}

/// The message between a field's label and its input.
#[component]
pub fn FieldProblem(form: FormHandle, field: Field) -> impl IntoView {
    move || {
        form.state.with(|state| {
            state.problem_at(field).map(|reason| {
                let words = match reason {
                    // Who it is, is a way on.
                    Reason::EmailUsedBy { company, name, user } => view! {
                        {people::used_by(company)}
                        " "
                        <a href=format!("/company/users/{user}") rel="external">{name.clone()}</a>
                    }
                    .into_any(),
                    other => trouble::reason(other).into_any(),
                };
                view! { <p class="field-problem" id=format!("{}-problem", field.name())>{words}</p> }
            })
        })
    }
}

/// The ids that describe an input: its hint, and its message while there is one.
pub fn described_by(
    form: FormHandle,
    field: Field,
    has_hint: bool,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    move || {
        let mut ids = Vec::new();
        if has_hint {
            ids.push(format!("{}-hint", field.name()));
        }
        if form.has_problem(field) {
            ids.push(format!("{}-problem", field.name()));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// A form's main button. It is never disabled: while the form runs, it says so and further presses are harmless.
#[component]
pub fn SubmitButton(
    /// What it does.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it runs.
    #[prop(into)]
    busy: Signal<bool>,
    /// The id of a hint, if there is one.
    #[prop(optional, into)]
    described_by: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="primary"
            aria-disabled=move || busy.get().then_some("true")
            aria-describedby=move || described_by.get()
        >
            {move || if busy.get() { format!("{}…", text.get()) } else { text.get() }}
        </button>
    }
}
