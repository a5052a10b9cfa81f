//! Inputs of forms (one struct for the plain POST and for the server function) and what is said back about them.
//!
//! Every struct refuses unknown fields (D3): `role=admin` beside a password is not ignored but answered with 422. A
//! missing field is an empty one, so that the answer says what to enter.
//! Secrets are typed as [`Secret`], which prints nothing, and everything else that people type is made fit to be stored and
//! shown as it arrives (F15).

use std::collections::BTreeMap;

use rekey_domain::company_details::DetailProblem;
use rekey_domain::email::EmailProblem;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::import::NoList;
use rekey_domain::name::NameProblem;
use rekey_domain::password::PasswordProblem;
use rekey_domain::secret::Secret;
use rekey_domain::text::{TextBlock, Typed};
use serde::{Deserialize, Serialize};

use crate::wire::error::AppError;
use crate::wire::url_query;

/// The sign-in form.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInInput {
    /// As typed.
    pub email: Typed,
    /// As typed.
    pub password: Secret,
    /// A checkbox: any value means yes.
    pub keep: Option<Typed>,
    /// Where to go afterwards: a local path or a page of an application, checked by the server.
    pub next: Option<url_query::Value>,
}

/// The form that asks for a link for oneself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AskInput {
    /// As typed.
    pub email: Typed,
}

/// The button `Sign out`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignOutInput {
    /// Where to go afterwards: a local path, checked by the server.
    pub next: Option<url_query::Value>,
}

/// The form behind a link.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewPasswordInput {
    /// What the address of its page ends with.
    pub token: Secret,
    /// As typed.
    pub new_password: Secret,
}

/// The form of `/reset-password/open`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OpenLinkInput {
    /// The link out of the mail, or the token alone: as good as a password.
    pub link: Secret,
}

/// The form of `/reset-password/{token}/not-me`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WithdrawInput {
    /// The chosen word of `RecipientSaid`; empty where nothing was chosen.
    pub what_happened: Typed,
}

/// The form of `/not-me/{token}`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NotMeInput {
    /// A checkbox: any value means yes.
    pub not_me: Option<Typed>,
}

/// A button on a person's page: **Reset password**, **Resend invitation**, **Send again**, **Revoke**.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnPerson {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// On whom.
    pub user: UserId,
}

/// Such a button where it starts or withdraws resets, which stands in lists, too.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressInput {
    /// The company that the page showed (D3).
    pub company: CompanyId,
    /// On whom.
    pub user: UserId,
    /// The query of the list of resets that the button stands in, where it does: the way back. It is read as such and
    /// written anew, so that it leads nowhere else.
    #[serde(default)]
    pub list: Option<url_query::Value>,
}

impl PressInput {
    /// On whom, without where from.
    pub fn on(&self) -> OnPerson {
        OnPerson {
            company: self.company,
            user: self.user,
        }
    }
}

/// The body of the plain POST of any other button on a person's page, whose person stands in the path.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActingIn {
    /// The company that the page showed (D3).
    pub company: CompanyId,
}

/// A form's field, as far as a message can stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `Email`.
    Email,
    /// `Password`.
    Password,
    /// `New password`.
    NewPassword,
    /// `Link from the mail`.
    Link,
    /// `Name`.
    Name,
    /// `Time zone`.
    TimeZone,
    /// `Current password`.
    CurrentPassword,
    /// `What happened?`
    WhatHappened,
    /// `Yes, this was not me`.
    NotMe,
    /// `Role`.
    Role,
    /// `Website`.
    Website,
    /// `Phone`.
    Phone,
    /// `Contact email`.
    ContactEmail,
    /// `Banner`.
    Banner,
    /// `Accent colour`.
    Accent,
    /// `Sender name of mails`.
    SenderName,
    /// The people ticked in a list.
    Selection,
    /// `Email addresses, one a line`.
    Emails,
    /// `Reason, kept in Activity`.
    Reason,
    /// `CSV file`.
    File,
    /// `Or paste lines: name, email, role`.
    Lines,
}

impl Field {
    /// Whether what is typed there is never shown again, nor kept in a page.
    pub fn is_secret(name: &str) -> bool {
        [Self::Password, Self::NewPassword, Self::CurrentPassword, Self::Link]
            .iter()
            .any(|secret| secret.name() == name)
    }

    /// The `name` and `id` in the page; the same word as in the input structs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Password => "password",
            Self::NewPassword => "new_password",
            Self::Link => "link",
            Self::Name => "name",
            Self::TimeZone => "time_zone",
            Self::CurrentPassword => "current_password",
            Self::WhatHappened => "what_happened",
            Self::NotMe => "not_me",
            Self::Role => "role",
            Self::Website => "website",
            Self::Phone => "phone",
            Self::ContactEmail => "contact_email",
            Self::Banner => "banner",
            Self::Accent => "accent",
            Self::SenderName => "sender_name",
            Self::Selection => "selection",
            Self::Emails => "emails",
            Self::Reason => "reason",
            Self::File => "file",
            Self::Lines => "lines",
        }
    }
}

/// What is wrong with a form. The words for it are in `texts::reason`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The address can't be one.
    Email(EmailProblem),
    /// No address typed for somebody else.
    EnterEmail,
    /// Nothing typed into `Password`.
    EnterPassword,
    /// Wrong, unknown, deleted or password-less: one answer (B4).
    WrongCredentials,
    /// The new password is not acceptable.
    Password(PasswordProblem),
    /// The name can't be one.
    Name(NameProblem),
    /// A detail of the company can't be one.
    Detail(DetailProblem),
    /// No zone has this name.
    UnknownZone,
    /// It is not the password that the account has.
    WrongCurrentPassword,
    /// Nothing that could be a link.
    NotALink,
    /// A link of ours that breaks off.
    LinkCutOff,
    /// A link to another site. With what ours begin with.
    LinkElsewhere(String),
    /// None of the choices was made.
    ChooseOne,
    /// The box was not ticked.
    NotTicked,
    /// None of the roles was chosen.
    ChooseRole,
    /// Somebody of the same company uses the address.
    EmailUsedBy {
        /// The company's name.
        company: String,
        /// The name of whoever uses it.
        name: String,
        /// Who it is.
        user: UserId,
    },
    /// The address is in use elsewhere: where, nobody learns here (D2).
    EmailUnusable,
    /// Nobody was ticked.
    ChooseSomebody,
    /// No address was typed.
    EnterAddresses,
    /// More than a batch may have.
    TooMany,
    /// Of those chosen nobody gets a link.
    NobodyLeft,
    /// The reason is too long, or holds signs that can't be seen.
    BadReason,
    /// Neither a file nor a line.
    NoList,
    /// The same, where lines alone are asked for.
    NoLines,
    /// The same, where a file alone is asked for.
    NoFile,
    /// A file, and lines too.
    TwoLists,
    /// The list of people is none.
    List(NoList),
    /// Fields were repeated, unknown or not text.
    Unreadable,
}

/// One reason and the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field to mend.
    pub field: Field,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What a refused form shows again: the reasons, and what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormState {
    /// Empty: nothing was refused.
    pub problems: Vec<Problem>,
    /// What is nobody's typing: a limit, or a change by somebody else.
    pub failure: Option<Box<AppError>>,
    /// What stood in each field, secrets aside.
    pub typed: BTreeMap<String, TextBlock>,
}

impl FormState {
    /// What is wrong first at this field, if anything.
    pub fn problem_at(&self, field: Field) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.field == field)
    }
}
