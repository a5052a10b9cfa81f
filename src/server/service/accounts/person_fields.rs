//! What somebody typed about a person, as the domain reads it, with a reason for each field that can't be read.

use rekey_domain::email::{Email, EmailProblem};
use rekey_domain::name::PersonName;

use crate::wire::forms::{Field, Problem, Reason};

/// The name, or one more problem.
pub fn read_name(typed: &str, problems: &mut Vec<Problem>) -> Option<PersonName> {
    let name = PersonName::parse(typed);
    keep(name.map_err(Reason::Name), Field::Name, problems)
}

/// The address of somebody else, or one more problem.
pub fn read_their_email(typed: &str, problems: &mut Vec<Problem>) -> Option<Email> {
    let email = Email::parse(typed).map_err(|problem| match problem {
        EmailProblem::Empty => Reason::EnterEmail,
        problem => Reason::Email(problem),
    });
    keep(email, Field::Email, problems)
}

/// One's own address, or one more problem.
pub fn read_email(typed: &str, problems: &mut Vec<Problem>) -> Option<Email> {
    let email = Email::parse(typed);
    keep(email.map_err(Reason::Email), Field::Email, problems)
}

fn keep<T>(read: Result<T, Reason>, field: Field, problems: &mut Vec<Problem>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(reason) => {
            problems.push(Problem { field, reason });
            None
        }
    }
}
