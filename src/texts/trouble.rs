//! Words for what went wrong: reasons at a form's field, and pages of trouble. Each says what to do next.

use rekey_domain::batch::MOST_LINES;
use rekey_domain::company_details::DetailProblem;
use rekey_domain::email::EmailProblem;
use rekey_domain::form_fields;
use rekey_domain::import::{Column, NoList};
use rekey_domain::name::NameProblem;
use rekey_domain::password::PasswordProblem;
use rekey_domain::policy::Refusal;
use rekey_domain::role::Role;

use crate::texts::pages::role_in_sentence;
use crate::texts::people::{BELOW_ONLY, used_by};
use crate::wire::error::{AppError, Limit, Limited};
use crate::wire::forms::Reason;
use crate::wire::people::ChangedTo;

/// Heading of an error summary.
pub const CORRECT: &str = "Please correct this form";
/// What a request gets that our pages do not send.
pub const UNREADABLE: &str = "Nothing was changed. Go back, load the page again, and retry.";
/// What the browser's half says where nobody answers.
pub const UNREACHABLE: &str = "Check your connection and try again. Nothing was lost.";
/// The way out of every page of trouble.
pub const TO_DASHBOARD: &str = "Go to the dashboard";

/// A reason at a field, the same in the summary and beside the field.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Email(EmailProblem::Empty) => "Enter your email".to_owned(),
        Reason::EnterEmail => "Enter an email".to_owned(),
        Reason::Email(EmailProblem::Malformed | EmailProblem::TooLong) => {
            "Enter an email like name@example.com".to_owned()
        }
        Reason::Name(NameProblem::Empty) => "Enter a name".to_owned(),
        Reason::Name(NameProblem::TooLong) => "Use at most 100 characters".to_owned(),
        Reason::Name(NameProblem::WebAddress) => "Use a name without a web address".to_owned(),
        Reason::Name(NameProblem::ForbiddenCharacter) | Reason::Detail(DetailProblem::ForbiddenCharacter) => {
            "Use letters, digits and symbols only".to_owned()
        }
        Reason::Detail(DetailProblem::TooLong(most)) => format!("Use at most {most} characters"),
        Reason::Detail(DetailProblem::NotAWebsite) => "Enter a website like https://example.com".to_owned(),
        Reason::Detail(DetailProblem::NotAPhone) => "Enter a phone number like +49 30 5550 100".to_owned(),
        Reason::UnknownZone => "Choose a time zone from the list".to_owned(),
        Reason::WrongCurrentPassword => "Current password is wrong.".to_owned(),
        Reason::EnterPassword => "Enter your password".to_owned(),
        Reason::WrongCredentials => "Email or password is wrong.".to_owned(),
        Reason::Password(PasswordProblem::Empty) => "Enter a new password".to_owned(),
        Reason::Password(PasswordProblem::TooShort { min }) => format!("Use at least {min} characters"),
        Reason::Password(PasswordProblem::TooLong { max }) => format!("Use at most {max} characters"),
        Reason::Password(PasswordProblem::Common) => {
            "This password is on a list of common or stolen passwords. Choose another".to_owned()
        }
        Reason::Password(PasswordProblem::OwnWords) => "Leave out your name, your company and Rekey".to_owned(),
        Reason::NotALink => "Paste the whole link from the mail".to_owned(),
        Reason::LinkCutOff => "The link breaks off. Copy it from the mail to its end, and paste all of it".to_owned(),
        Reason::LinkElsewhere(home) => {
            format!("This link leads to another site. Paste the one in the mail that begins with {home}")
        }
        Reason::ChooseOne => "Choose what happened".to_owned(),
        Reason::NotTicked => "Tick the box if this was not you".to_owned(),
        Reason::ChooseRole => "Choose a role".to_owned(),
        Reason::EmailUsedBy { company, name, .. } => format!("{} {name}", used_by(company)),
        Reason::EmailUnusable => "This email cannot be used. Ask support.".to_owned(),
        Reason::ChooseSomebody => "Select at least one person".to_owned(),
        Reason::EnterAddresses => "Enter at least one email address".to_owned(),
        Reason::TooMany => format!("Choose at most {} people at once", rekey_domain::batch::MOST_LINES),
        Reason::NobodyLeft => "Nobody here gets a link. Choose others".to_owned(),
        Reason::BadReason => format!(
            "Use at most {} characters on one line",
            rekey_domain::batch::LONGEST_REASON
        ),
        Reason::NoList => "Choose a CSV file, or paste lines".to_owned(),
        Reason::NoLines => "Paste at least one line".to_owned(),
        Reason::NoFile => "Choose a CSV file".to_owned(),
        Reason::TwoLists => "Choose a CSV file or paste lines, not both".to_owned(),
        Reason::List(why) => no_list(why),
        Reason::Unreadable => "Fill in the form again. What arrived could not be read".to_owned(),
    }
}

/// Why a list of people is none.
pub fn no_list(why: &NoList) -> String {
    let called = |column: &Column| match column {
        Column::Name => "name",
        Column::Email => "email",
        Column::Role => "role",
    };
    match why {
        NoList::NotUtf8 => "The list is not UTF-8 text. Save it as \"CSV UTF-8\" and try again".to_owned(),
        NoList::OpenQuote(line) => format!("Line {line} opens a quote that is never closed. Close it, or take it away"),
        NoList::Empty => "There is nobody on the list. Each line should have a name, an email and a role".to_owned(),
        NoList::TooLong => format!("Import at most {MOST_LINES} people at once. Make several lists of this one"),
        NoList::NoColumn(column, found) => format!(
            "The first line names no column for the {}. It says: {found}. Call the columns Name, Email and Role, or First \
             name, Last name and Email",
            called(column)
        ),
        NoList::TwoColumns(column, found) => format!(
            "The first line names two columns for the {}. It says: {found}. Leave only one of them",
            called(column)
        ),
    }
}

/// Heading of a page of trouble.
pub fn title(error: &AppError) -> &'static str {
    match error {
        AppError::NotFound | AppError::Forbidden(Refusal::NotFound) => "Page not found",
        AppError::Forbidden(_) => "You cannot open this page",
        AppError::NotSignedIn => "Sign in first",
        AppError::Invalid(_) => CORRECT,
        AppError::OtherCompany(_) => "You act in another company now",
        AppError::ChangedMeanwhile(_) => "Somebody else was quicker",
        AppError::SignedInAs(_) => "This link is for somebody else",
        AppError::LinkDead => "This link does not work",
        AppError::Limited(_) => "Too many requests",
        AppError::BadRequest => "This request could not be read",
        AppError::CrossSite => "This form came from another site",
        AppError::TooLarge | AppError::TooManyFields => "That is too much at once",
        AppError::TooSlow => "That took too long",
        AppError::Unavailable => "Not available right now",
        AppError::Busy => "Too busy right now",
        AppError::Internal(_) => "Something went wrong",
    }
}

/// What the page of trouble says under its heading.
pub fn explanation(error: &AppError) -> String {
    match error {
        AppError::NotFound | AppError::Forbidden(Refusal::NotFound) => {
            "Check the address. Or the person is not in your company.".to_owned()
        }
        AppError::Forbidden(refusal) => refused(refusal),
        AppError::NotSignedIn => "You are signed out. Sign in and try again.".to_owned(),
        AppError::Invalid(problems) => problems
            .first()
            .map_or_else(|| CORRECT.to_owned(), |problem| format!("{}.", reason(&problem.reason))),
        AppError::OtherCompany(name) => format!("You now act in {name}. Nothing was done. Load the page again."),
        AppError::ChangedMeanwhile(to) => changed(to),
        AppError::SignedInAs(name) => format!("You are signed in as {name}. Sign out, then open the link again."),
        AppError::LinkDead => "It is too old, or not whole. Ask for a new one.".to_owned(),
        AppError::Limited(limited) => too_often(limited),
        AppError::BadRequest => UNREADABLE.to_owned(),
        AppError::CrossSite => "Nothing was changed. Open Rekey itself and use the form there.".to_owned(),
        AppError::TooLarge => {
            "A form may hold 16 KiB at most, a list 1 MiB. Nothing was changed. Go back and send less.".to_owned()
        }
        AppError::TooManyFields => format!(
            "A form or an address may have {} fields at most. Nothing was changed. Go back and send less.",
            form_fields::MOST
        ),
        AppError::TooSlow => {
            "Not everything arrived in time. Nothing was changed. Go back and send it again.".to_owned()
        }
        AppError::Unavailable => "Nothing was changed. Try again in a minute.".to_owned(),
        AppError::Busy => "Rekey has too much to do just now. Nothing was changed. Try again in 10 seconds.".to_owned(),
        AppError::Internal(incident) => {
            format!("Try again in a minute. If it stays, give support this number: {incident}.")
        }
    }
}

/// What somebody else has made of it since the page was loaded.
fn changed(to: &ChangedTo) -> String {
    match to {
        ChangedTo::Details { name, email } => {
            format!("Somebody changed this meanwhile, to {name}, {email}. Nothing was saved. Save again to change it.")
        }
        ChangedTo::Role(role) => {
            let role = role_in_sentence(*role);
            format!("Somebody changed this meanwhile, to the role {role}. Nothing was saved. Save again to change it.")
        }
        ChangedTo::Company(_) => {
            "Somebody changed these details meanwhile. Nothing was saved. Save again to replace them.".to_owned()
        }
    }
}

/// Which limit, and when the next one may come.
fn too_often(limited: &Limited) -> String {
    let links = |most: u32| match most {
        1 => "1 link".to_owned(),
        n => format!("{n} links"),
    };
    match (&limited.by, limited.retry_after) {
        (Limit::AsksForAddress(next), wait) => {
            format!(
                "Too many requests for this address. {}",
                try_again(next.as_deref(), wait)
            )
        }
        (Limit::AsksFromNetwork(next), wait) => {
            format!(
                "Too many requests from your network. {}",
                try_again(next.as_deref(), wait)
            )
        }
        (Limit::SignIn, Some(1)) => "Too many tries. Wait 1 second and try again, or reset your password.".to_owned(),
        (Limit::SignIn, Some(n)) => {
            format!("Too many tries. Wait {n} seconds and try again, or reset your password.")
        }
        (Limit::SignIn, None) => "Too many tries. Reset your password to sign in again.".to_owned(),
        (Limit::ResetsOf { name, most, next }, _) => {
            format!("{name} got {} in the last hour. Next one at {next}.", links(*most))
        }
        (Limit::TakenEmails(next), _) => format!("Too many emails that cannot be used. Try again at {next}."),
        (Limit::NewEmails(next), _) => format!("Too many new emails within an hour. Try again at {next}."),
        (Limit::ResetsBy { most, next }, _) => {
            format!("You asked for {} in the last hour. Next one at {next}.", links(*most))
        }
        (
            Limit::Invitations {
                most,
                left,
                wanted,
                enough_at,
            },
            _,
        ) => {
            let when = match enough_at {
                Some(at) if *wanted == 1 => format!("The next one may go at {at}."),
                Some(at) => format!("All {wanted} may go at {at}."),
                None => format!("{wanted} are more than it may send in a day: make several lists of this one."),
            };
            format!("Your company may send {most} invitations a day, and {left} more now. {when}")
        }
        (Limit::OpenBatches(most), _) => {
            format!("Your company has {most} batches under way. Wait until one of them is done, then try again.")
        }
    }
}

/// When to try again: the time in the reader's zone, or, where no zone is known, how long until then.
fn try_again(next: Option<&str>, seconds: Option<u64>) -> String {
    match (next, seconds.map(|seconds| seconds.div_ceil(60))) {
        (Some(next), _) => format!("Try again at {next}."),
        (None, Some(0 | 1)) => "Try again in 1 minute.".to_owned(),
        (None, Some(60)) => "Try again in 1 hour.".to_owned(),
        (None, Some(minutes)) if minutes < 120 => format!("Try again in {minutes} minutes."),
        (None, Some(minutes)) => format!("Try again in {} hours.", minutes.div_ceil(60)),
        (None, None) => "Try again later.".to_owned(),
    }
}

/// Why the role table said no.
fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NotFound => "Check the address. Or the person is not in your company.".to_owned(),
        Refusal::NeedsRole(roles) => format!(
            "It needs the role {}. The list of users shows who has it.",
            any_of(roles)
        ),
        Refusal::Oneself => "Nobody does this to their own account.".to_owned(),
        Refusal::Deleted => "The account is deleted. Restore it first.".to_owned(),
        Refusal::NotBelow => BELOW_ONLY.to_owned(),
        Refusal::OnlyManagersStart => {
            "Your company does not allow own resets. Ask an administrator or manager for a link.".to_owned()
        }
        Refusal::RoleNotBelow => "You can give roles below your own.".to_owned(),
    }
}

/// `manager or administrator`.
fn any_of(roles: &[Role]) -> String {
    let words: Vec<_> = roles.iter().rev().map(|role| role_in_sentence(*role)).collect();
    words.join(" or ")
}
