//! What a refusal or failure is to the browser's half: words at a field, words for the whole, or a status. The only place
//! where what is wrong with a form becomes its sentence; pages of trouble have theirs from `texts::trouble`.

use crate::texts::{people, trouble};
use crate::wire::answer::Trouble;
use crate::wire::error::AppError;
use crate::wire::forms::{FormState, Problem, Reason};
use crate::wire::paths;
use crate::wire::people::ChangedTo;

/// Why a form was refused, in words.
#[derive(Clone, Debug, Default)]
pub struct Refusal {
    /// What to correct, field by field.
    pub problems: Vec<ProblemAt>,
    /// What is nobody's typing: a limit, or a change by somebody else.
    pub trouble: Option<String>,
    /// Hidden fields with what they have to say at the next try.
    pub renewed: Vec<(String, String)>,
}

/// What is wrong at a field, in words.
#[derive(Clone, Debug)]
pub struct ProblemAt {
    /// The field's name and id.
    pub field: &'static str,
    /// What to do about it.
    pub words: String,
    /// Address and words of a link behind them.
    pub link: Option<(String, String)>,
}

/// What a form is told: it can be mended, or it is a trouble.
pub fn of_form(error: AppError) -> Result<Refusal, Trouble> {
    match error {
        AppError::Invalid(problems) => Ok(Refusal {
            problems: problems.iter().map(of_problem).collect(),
            ..Refusal::default()
        }),
        not_now @ (AppError::Limited(_) | AppError::ChangedMeanwhile(_) | AppError::Busy) => Ok(of_failure(&not_now)),
        other => Err(of_trouble(&other)),
    }
}

/// What a form shows that the server renders again.
pub fn of_state(state: &FormState) -> Refusal {
    let problems = state.problems.iter().map(of_problem).collect();
    let failure = state.failure.as_deref().map(of_failure).unwrap_or_default();
    Refusal { problems, ..failure }
}

/// A refusal or failure of anything else.
pub fn of_trouble(error: &AppError) -> Trouble {
    Trouble {
        status: error.status(),
        words: trouble::explanation(error),
        retry_after: error.retry_after(),
    }
}

/// What a field is told, as a page shows it and a live form.
pub fn of_problem(problem: &Problem) -> ProblemAt {
    let field = problem.field.name();
    match &problem.reason {
        // Who it is, is a way on.
        Reason::EmailUsedBy { company, name, user } => ProblemAt {
            field,
            words: people::used_by(company),
            link: Some((paths::person(*user), name.clone())),
        },
        reason => ProblemAt {
            field,
            words: trouble::reason(reason),
            link: None,
        },
    }
}

/// Not the fault of what was typed. After somebody else's change the next try is against that one.
fn of_failure(failure: &AppError) -> Refusal {
    let field = |name: &str, value: String| (name.to_owned(), value);
    let renewed = match failure {
        AppError::ChangedMeanwhile(ChangedTo::Details { name, email }) => {
            vec![field("was_name", name.clone()), field("was_email", email.clone())]
        }
        AppError::ChangedMeanwhile(ChangedTo::Role(role)) => vec![field("was_role", role.as_str().to_owned())],
        AppError::ChangedMeanwhile(ChangedTo::Company(version)) => vec![field("version", version.to_string())],
        _ => Vec::new(),
    };
    Refusal {
        problems: Vec::new(),
        trouble: Some(trouble::explanation(failure)),
        renewed,
    }
}
