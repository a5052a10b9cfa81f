//! What a person's page and one's own account begin with: the person together with what stands about them in other tables, in
//! one statement each, since these pages need many already.

use rekey_domain::id::{CompanyId, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryOrder, QueryResult,
    QuerySelect, RelationDef, RelationTrait, Select,
};
use uuid::Uuid;

use super::companies::Company;
use super::email_changes::EmailChange;
use super::entity::{company, email_change, grant, session, user};
use super::grants::{Child, grants_of};
use super::read_time;
use super::sessions::OwnSession;
use super::users::User;

const CHANGE: &str = "change_";
const CHILD: &str = "child_";
const COMPANY: &str = "company_";
const SESSION: &str = "session_";

/// Somebody, and the change of their address that has not ended; its time may be over.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub user: User,
    /// The change.
    pub change: Option<EmailChange>,
}

/// Somebody, deleted or not, of any company.
pub async fn find(on: &impl ConnectionTrait, id: UserId) -> Result<Option<Person>, DbErr> {
    let found = with_change(id).into_model::<Row>().one(on).await?;
    found.map(Row::person).transpose()
}

/// The same, and the children of their company by name.
pub async fn find_with_children(
    on: &impl ConnectionTrait,
    id: UserId,
    limit: u64,
) -> Result<Option<(Person, Vec<Child>)>, DbErr> {
    let children: RelationDef = user::Entity::belongs_to(company::Entity)
        .from(user::Column::CompanyId)
        .to(company::Column::ParentId)
        .into();
    let rows = with_change(id)
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
    for Row { user, change, beside } in rows {
        sessions.push(OwnSession::read(beside.session));
        first = Some((
            Row {
                user,
                change,
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

/// The person and their change.
fn with_change(id: UserId) -> Select<user::Entity> {
    let open = email_change::Relation::User.def().rev().on_condition(|_, changes| {
        Expr::col((changes, email_change::Column::EndedAt))
            .is_null()
            .into_condition()
    });
    let person = user::Entity::find_by_id(id.as_uuid()).join(JoinType::LeftJoin, open);
    with_columns::<email_change::Entity>(person, CHANGE)
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
    beside: B,
}

impl<B> Row<B> {
    fn person(self) -> Result<Person, DbErr> {
        Ok(Person {
            user: User::read(self.user)?,
            change: self.change.map(EmailChange::read).transpose()?,
        })
    }
}

/// What stands beside a person in a row.
trait Beside: Sized {
    fn read(row: &QueryResult, prefix: &str) -> Result<Self, DbErr>;
}

impl<B: Beside> FromQueryResult for Row<B> {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let change = format!("{prefix}{CHANGE}");
        let is_changing = row.try_get::<Option<Uuid>>(&change, "id")?.is_some();
        Ok(Self {
            user: user::Model::from_query_result(row, prefix)?,
            change: is_changing
                .then(|| email_change::Model::from_query_result(row, &change))
                .transpose()?,
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
