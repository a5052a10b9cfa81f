//! What every import begins with, on a page and on the command line: the list read, and who of it is there already.

use std::collections::HashMap;

use rekey_domain::batch::LineOutcome;
use rekey_domain::email::EmailProblem;
use rekey_domain::id::UserId;
use rekey_domain::import::{self, NewPerson, NoList, Refused};
use rekey_domain::name::NameProblem;
use rekey_domain::role::Role;

use crate::server::heavy_work::HeavyWork;
use crate::server::import_file;
use crate::server::service::acting::error::Outcome;
use crate::server::services::Services;
use crate::server::store::address_owners::{self, Owner};
use crate::server::store::batch_lines::Line;
use crate::texts::import::{EMPTY, TOO_LONG, WEB_ADDRESS};

/// Reads a list, whose people may be given these roles. A long one takes its time.
pub async fn read_list(
    heavy: &HeavyWork,
    list: Vec<u8>,
    roles: Vec<Role>,
) -> Outcome<Result<Vec<import::Line>, NoList>> {
    let read = move || import::read(&import_file::read(&list)?, |role| roles.contains(&role));
    Ok(heavy.run(read).await?)
}

/// Who has which of the addresses, by the normalised address.
pub async fn owners_of(services: &Services, lines: &[import::Line]) -> Outcome<HashMap<String, Owner>> {
    let people = lines.iter().filter_map(|line| line.person.as_ref().ok());
    let keys: Vec<_> = people.map(|person| person.email.key()).collect();
    let now = services.clock.now();
    Ok(address_owners::list(services.db.reader(), &keys, now).await?)
}

/// A line as the batch keeps it. `came_to`: what will come of it, on whom, and what has to be said besides.
pub fn kept(
    line: import::Line,
    came_to: impl FnOnce(&NewPerson) -> (LineOutcome, Option<UserId>, Option<String>),
) -> Line {
    match line.person {
        Ok(person) => {
            let (outcome, user, detail) = came_to(&person);
            Line {
                number: line.line,
                email: person.email.into(),
                name: Some(person.name.into()),
                role: Some(person.role.as_str().to_owned()),
                user,
                outcome,
                detail,
            }
        }
        Err(why) => Line {
            number: line.line,
            email: line.email.into(),
            name: Some(line.name.into()),
            role: Some(line.role.into()),
            user: None,
            outcome: why.outcome(),
            detail: detail_of(why),
        },
    }
}

/// What the page needs besides the outcome, as `texts::import` reads it.
fn detail_of(why: Refused) -> Option<String> {
    match why {
        Refused::Email(EmailProblem::Empty) | Refused::Name(NameProblem::Empty) => Some(EMPTY.to_owned()),
        Refused::Name(NameProblem::TooLong) => Some(TOO_LONG.to_owned()),
        Refused::Name(NameProblem::WebAddress) => Some(WEB_ADDRESS.to_owned()),
        Refused::RoleNotAllowed(role) => Some(role.as_str().to_owned()),
        Refused::Twice(first) => Some(first.to_string()),
        Refused::Email(EmailProblem::Malformed | EmailProblem::TooLong)
        | Refused::Name(NameProblem::ForbiddenCharacter)
        | Refused::Malformed
        | Refused::UnknownRole => None,
    }
}
