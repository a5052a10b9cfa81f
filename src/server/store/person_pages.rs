//! What a person's page and one's own account begin with: the person together with what stands about them in other tables, in
//! one statement each, since these pages need many already.

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::reset::MailState;
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryOrder,
    QueryResult, QuerySelect, RelationDef, RelationTrait, Select,
};
use uuid::Uuid;

use super::companies::Company;
use super::email_changes::{EmailChange, Notice};
use super::entity::{company, email_change, grant, mail, session, user};
use super::grants::{Child, grants_of};
use super::mails::MailReply;
use super::refused_passwords::{self, RefusedPasswords};
use super::sessions::OwnSession;
use super::users::User;
use super::{read_time, read_word};

const CHANGE: &str = "change_";
const CHILD: &str = "child_";
const COMPANY: &str = "company_";
const CONFIRMING: &str = "confirming_";
const NOTICE: &str = "notice_";
const REFUSED: &str = "refused";
const SESSION: &str = "session_";

/// Somebody, and the change of their address that has not ended; its time may be over.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub user: User,
    /// The change.
    pub change: Option<EmailChange>,
    /// What became of the mail that asks its new address to confirm itself, unless it is forgotten.
    pub confirming: Option<Confirming>,
    /// The last passwords that were refused for them, where they were asked for.
    pub refused: Vec<RefusedPasswords>,
}

/// Where a mail stands that asks a new address to confirm itself.
#[derive(Clone, Debug)]
pub struct Confirming {
    /// Its state.
    pub state: MailState,
    /// How the last conversation about it ended.
    pub reply: Option<MailReply>,
}

/// Somebody, deleted or not, of any company, with so many of the passwords that were refused for them.
pub async fn find(on: &impl ConnectionTrait, id: UserId, refused: u64) -> Result<Option<Person>, DbErr> {
    let person = with_refused(with_change(id), on.get_database_backend(), id, refused);
    let found = person.into_model::<Row>().one(on).await?;
    found.map(Row::person).transpose()
}

/// The same, and the children of their company by name.
pub async fn find_with_children(
    on: &impl ConnectionTrait,
    id: UserId,
    limit: u64,
    refused: u64,
) -> Result<Option<(Person, Vec<Child>)>, DbErr> {
    let children: RelationDef = user::Entity::belongs_to(company::Entity)
        .from(user::Column::CompanyId)
        .to(company::Column::ParentId)
        .into();
    let person = with_refused(with_change(id), on.get_database_backend(), id, refused);
    let rows = person
        .join(JoinType::LeftJoin, children)
        .join(JoinType::LeftJoin, grants_of(id))
        .column_as(company::Column::Id, format!("{CHILD}id"))
        .column_as(company::Column::Name, format!("{CHILD}name"))
        .column(grant::Column::GivenAt)
        .order_by_asc(company::Column::SortKey)
        .order_by_asc(company::Column::Id)
        .limit(limit)
        .into_model::<Row<Option<Child>>>()
        .all(on)
        .await?;
    let mut person = None;
    let mut children = Vec::new();
    for mut row in rows {
        children.extend(row.beside.take());
        person = Some(row);
    }
    match person {
        Some(row) => Ok(Some((row.person()?, children))),
        None => Ok(None),
    }
}

/// Somebody who is signed in, their company, and where they are: all their sessions, ended by time or not.
pub async fn find_with_sessions(
    on: &impl ConnectionTrait,
    id: UserId,
) -> Result<Option<(Person, Company, Vec<OwnSession>)>, DbErr> {
    let select = with_change(id)
        .join(JoinType::InnerJoin, user::Relation::Company.def())
        .join(JoinType::InnerJoin, session::Relation::User.def().rev());
    let select = with_columns::<company::Entity>(select, COMPANY);
    let rows = with_columns::<session::Entity>(select, SESSION)
        .into_model::<Row<CompanyAndSession>>()
        .all(on)
        .await?;
    let mut first = None;
    let mut sessions = Vec::new();
    for Row {
        user,
        change,
        notice,
        confirming,
        refused,
        beside,
    } in rows
    {
        sessions.push(OwnSession::read(beside.session));
        first = Some((
            Row {
                user,
                change,
                notice,
                confirming,
                refused,
                beside: (),
            },
            beside.company,
        ));
    }
    match first {
        Some((row, company)) => Ok(Some((row.person()?, Company::from(company), sessions))),
        None => Ok(None),
    }
}

/// What is read of the mail that asks the new address.
const CONFIRMING_COLUMNS: [mail::Column; 4] = [
    mail::Column::State,
    mail::Column::ReplyStage,
    mail::Column::ReplyCode,
    mail::Column::ReplyText,
];

/// The person, their change, and what became of both mails about it.
fn with_change(id: UserId) -> Select<user::Entity> {
    let open = email_change::Relation::User.def().rev().on_condition(|_, changes| {
        Expr::col((changes, email_change::Column::EndedAt))
            .is_null()
            .into_condition()
    });
    let person = user::Entity::find_by_id(id.as_uuid())
        .join(JoinType::LeftJoin, open)
        .join(JoinType::LeftJoin, email_change::Relation::Notice.def())
        .column_as(mail::Column::State, format!("{NOTICE}state"))
        .column_as(mail::Column::SettledAt, format!("{NOTICE}settled_at"))
        .join_as(JoinType::LeftJoin, email_change::Relation::Confirming.def(), CONFIRMING);
    let person = CONFIRMING_COLUMNS.into_iter().fold(person, |person, column| {
        person.expr_as(
            Expr::col((CONFIRMING, column)),
            format!("{CONFIRMING}{}", column.as_str()),
        )
    });
    with_columns::<email_change::Entity>(person, CHANGE)
}

/// Together with the last passwords that were refused for the person, where any are wanted.
fn with_refused(select: Select<user::Entity>, backend: DbBackend, id: UserId, most: u64) -> Select<user::Entity> {
    if most == 0 {
        return select;
    }
    select.expr_as(refused_passwords::column(backend, id, most), REFUSED)
}

/// All columns of one more table, each behind this word.
fn with_columns<E: EntityTrait>(mut select: Select<user::Entity>, word: &str) -> Select<user::Entity> {
    for column in E::Column::iter() {
        select = select.column_as(column, format!("{word}{}", column.as_str()));
    }
    select
}

/// As it comes from the database, with one row of what stands beside.
struct Row<B = ()> {
    user: user::Model,
    change: Option<email_change::Model>,
    notice: Option<Notice>,
    confirming: Option<Confirming>,
    refused: Option<String>,
    beside: B,
}

impl<B> Row<B> {
    fn person(self) -> Result<Person, DbErr> {
        Ok(Person {
            user: User::read(self.user)?,
            change: self
                .change
                .map(|change| EmailChange::read(change, self.notice))
                .transpose()?,
            confirming: self.confirming,
            refused: refused_passwords::read(self.refused)?,
        })
    }
}

impl Confirming {
    fn read(row: &QueryResult, prefix: &str) -> Result<Option<Self>, DbErr> {
        let Some(word) = row.try_get::<Option<String>>(prefix, "state")? else {
            return Ok(None);
        };
        Ok(Some(Self {
            state: read_word(&word)?,
            reply: MailReply::read_any(
                row.try_get(prefix, "reply_stage")?,
                row.try_get(prefix, "reply_code")?,
                row.try_get(prefix, "reply_text")?,
            )?,
        }))
    }
}

/// What stands beside a person in a row.
trait Beside: Sized {
    fn read(row: &QueryResult, prefix: &str) -> Result<Self, DbErr>;
}

impl<B: Beside> FromQueryResult for Row<B> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let change = format!("{prefix}{CHANGE}");
        let notice = format!("{prefix}{NOTICE}");
        let state: Option<String> = row.try_get(&notice, "state")?;
        let settled_at = row.try_get(&notice, "settled_at")?;
        let is_changing = row.try_get::<Option<Uuid>>(&change, "id")?.is_some();
        Ok(Self {
            user: user::Model::from_query_result(row, prefix)?,
            change: is_changing
                .then(|| email_change::Model::from_query_result(row, &change))
                .transpose()?,
            notice: state.map(|state| Notice { state, settled_at }),
            confirming: Confirming::read(row, &format!("{prefix}{CONFIRMING}"))?,
            // It is there where it was asked for.
            refused: row.try_get(prefix, REFUSED).unwrap_or_default(),
            beside: B::read(row, prefix)?,
        })
    }
}

impl Beside for () {
    fn read(_: &QueryResult, _: &str) -> Result<Self, DbErr> {
        Ok(())
    }
}

impl Beside for Option<Child> {
    fn read(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let child = format!("{prefix}{CHILD}");
        let id: Option<Uuid> = row.try_get(&child, "id")?;
        let name: Option<String> = row.try_get(&child, "name")?;
        let given_at: Option<i64> = row.try_get(prefix, "given_at")?;
        Ok(id.zip(name).map(|(id, name)| Child {
            id: CompanyId::from_uuid(id),
            name,
            given_at: given_at.map(read_time),
        }))
    }
}

struct CompanyAndSession {
    company: company::Model,
    session: session::Model,
}

impl Beside for CompanyAndSession {
    fn read(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            company: company::Model::from_query_result(row, &format!("{prefix}{COMPANY}"))?,
            session: session::Model::from_query_result(row, &format!("{prefix}{SESSION}"))?,
        })
    }
}
