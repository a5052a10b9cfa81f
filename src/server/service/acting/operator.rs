//! What the operator's use cases share: how a company and a person are named, why it is refused, and the entry in the
//! activity. The operator is whoever can run commands on the server: there is nothing more to ask for.

use rekey_domain::account::Status;
use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::CompanyId;
use rekey_domain::name::{CompanyName, NameProblem};
use rekey_domain::operator::{LastAdministrator, NoLink, Others, may_leave};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::ServiceError;
use crate::server::store::activity::{self, ActorIs};
use crate::server::store::companies::{self, Company};
use crate::server::store::users::{self, User};

/// The result of a use case of the operator's.
pub type Operated<T> = Result<T, OperatorError>;

/// Why it was not done. In each case nothing was.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// For a reason that the command line says.
    #[error("refused: {0:?}")]
    Refused(Refused),
    /// The database, or a bug.
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

/// Why the operator is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No company has this name or id.
    NoSuchCompany(CompanyRef),
    /// Several have this name.
    SeveralCompanies(CompanyRef),
    /// No account uses this address. Deleted people are not found by it: it may be somebody else's by now.
    NoSuchAccount(Email),
    /// The address belongs to an account that can sign in, or to another company's.
    AddressTaken(Email),
    /// The company would have no administrator, or none who can sign in.
    LastAdministrator,
    /// The companies can't be linked like this.
    NoLink(NoLink),
}

impl From<Refused> for OperatorError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<DbErr> for OperatorError {
    fn from(error: DbErr) -> Self {
        Self::Failed(error.into())
    }
}

impl From<LastAdministrator> for OperatorError {
    fn from(LastAdministrator: LastAdministrator) -> Self {
        Self::Refused(Refused::LastAdministrator)
    }
}

impl From<NoLink> for OperatorError {
    fn from(why: NoLink) -> Self {
        Self::Refused(Refused::NoLink(why))
    }
}

/// How the operator names a company: by its name, or by its id, where several have the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyRef {
    /// As lists show it.
    Id(CompanyId),
    /// However it is written in upper and lower case.
    Name(CompanyName),
}

impl CompanyRef {
    /// What was typed.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        match text.parse() {
            Ok(id) => Ok(Self::Id(id)),
            Err(_) => CompanyName::parse(text).map(Self::Name),
        }
    }
}

impl std::fmt::Display for CompanyRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// The one company that is meant.
pub async fn find_company(on: &impl ConnectionTrait, which: &CompanyRef) -> Operated<Company> {
    let mut found = match which {
        CompanyRef::Id(id) => companies::find(on, *id).await?.into_iter().collect(),
        CompanyRef::Name(name) => companies::find_by_name(on, name).await?,
    };
    match (found.pop(), found.is_empty()) {
        (Some(company), true) => Ok(company),
        (None, _) => Err(Refused::NoSuchCompany(which.clone()).into()),
        (Some(_), false) => Err(Refused::SeveralCompanies(which.clone()).into()),
    }
}

/// The person who signs in with this address, whose row is locked.
pub async fn find_person(tx: &DatabaseTransaction, email: &Email) -> Operated<User> {
    let none = || Refused::NoSuchAccount(email.clone());
    let found = users::find_by_email_key(tx, email.key()).await?.ok_or_else(none)?;
    let person = users::find_and_lock(tx, found.id).await?.ok_or_else(none)?;
    // Deleted, or with another address, in between.
    let is_still = Email::parse(&person.email).is_ok_and(|now| now.key() == email.key());
    if is_still && person.status != Status::Deleted {
        Ok(person)
    } else {
        Err(none().into())
    }
}

/// The same of somebody who is about to lose the role or the account: a company keeps an administrator.
pub async fn find_person_who_may_leave(tx: &DatabaseTransaction, email: &Email) -> Operated<User> {
    let found = users::find_by_email_key(tx, email.key()).await?;
    let found = found.ok_or_else(|| Refused::NoSuchAccount(email.clone()))?;
    // All of them before the person, so that two who leave at once see each other.
    let administrators = users::lock_administrators(tx, found.company).await?;
    let person = find_person(tx, email).await?;
    let others = || administrators.iter().filter(|other| other.id != person.id);
    let others = Others {
        active: others().filter(|other| other.status == Status::Active).count(),
        invited: others().filter(|other| other.status == Status::Invited).count(),
    };
    may_leave(person.role, person.status, others)?;
    Ok(person)
}

/// Notes in a company's activity what the operator did to it; [`Act::note`] notes what is done to a person.
pub async fn note(act: &Act<'_>, company: CompanyId, deed: Deed, detail: Option<&str>) -> Result<(), DbErr> {
    let entry = act.entry((company, ActorIs::Operator), deed, None, detail);
    activity::insert(act.tx(), entry).await
}
