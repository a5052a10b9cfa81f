//! Resets as pages show them: with their mail and the names of whoever asked for them and withdrew them, in one
//! statement.

use rekey_domain::id::UserId;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, RelationDef, RelationTrait, Select,
};

use super::change_facts::{self, ChangeFacts};
use super::entity::reset::{Column, Entity, Model, Relation};
use super::entity::{company, mail, user};
use super::named::Named;
use super::resets::ResetWithMail;

/// A reset with its mail and the names of its actors.
#[derive(Clone, Debug)]
pub struct NamedReset {
    /// The reset and its mail.
    pub found: ResetWithMail,
    /// Who asked, where it was somebody signed in.
    pub asked_by: Option<Named>,
    /// Who withdrew it, where it was somebody signed in.
    pub ended_by: Option<Named>,
}

/// The resets of a person, newest first, and of those that were used what is known of the change.
pub async fn list_of_user(
    on: &impl ConnectionTrait,
    user: UserId,
    limit: u64,
) -> Result<Vec<(NamedReset, Option<ChangeFacts>)>, DbErr> {
    let rows = select(Entity::find())
        .column_as(change_facts::of_reset(), CHANGE)
        .filter(Column::UserId.eq(user.as_uuid()))
        .order_by_desc(Column::Id)
        .limit(limit)
        .into_model::<WithChange>()
        .all(on)
        .await?;
    let read = |WithChange { row, facts }| {
        let change = facts.and_then(|facts: String| serde_json::from_str(&facts).ok());
        Ok((Row::read(row)?, change))
    };
    rows.into_iter().map(read).collect()
}

/// The columns of a [`Row`], and the tables that they come from.
pub(super) fn select(resets: Select<Entity>) -> Select<Entity> {
    let mut select = resets
        .join(JoinType::InnerJoin, Relation::Mail.def())
        .join_as(JoinType::LeftJoin, Relation::AskedBy.def(), Alias::new(ASKERS))
        .join_as(JoinType::LeftJoin, Relation::EndedBy.def(), Alias::new(ENDERS))
        .join_as(JoinType::LeftJoin, elsewhere(ASKERS), Alias::new(ASKERS_COMPANIES))
        .join_as(JoinType::LeftJoin, elsewhere(ENDERS), Alias::new(ENDERS_COMPANIES))
        .select_only();
    for column in Column::iter() {
        select = select.column_as(column, format!("{OF_RESET}{}", column.as_str()));
    }
    for column in mail::Column::iter() {
        select = select.column_as(column, format!("{OF_MAIL}{}", column.as_str()));
    }
    for people in [ASKERS, ENDERS] {
        select = select.column_as(Expr::col((Alias::new(people), user::Column::Name)), people);
    }
    for companies in [ASKERS_COMPANIES, ENDERS_COMPANIES] {
        select = select.column_as(Expr::col((Alias::new(companies), company::Column::Name)), companies);
    }
    select
}

/// From these people to their company, where it is another one than the reset's.
fn elsewhere(people: &'static str) -> RelationDef {
    let mut relation = user::Relation::Company.def();
    relation.from_tbl = relation.from_tbl.alias(Alias::new(people));
    relation.on_condition(|_, companies| {
        Expr::col((companies, company::Column::Id))
            .ne(Expr::col((Entity, Column::CompanyId)))
            .into_condition()
    })
}

const ASKERS: &str = "askers";
const ENDERS: &str = "enders";
const ASKERS_COMPANIES: &str = "askers_companies";
const ENDERS_COMPANIES: &str = "enders_companies";
const CHANGE: &str = "change_facts";
const OF_RESET: &str = "reset_";
const OF_MAIL: &str = "mail_";

/// As it comes from the database.
pub(super) struct Row {
    reset: Model,
    mail: mail::Model,
    asked_by: Option<Named>,
    ended_by: Option<Named>,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let named = |people: &str, companies: &str| {
            let name: Option<String> = row.try_get(prefix, people)?;
            let of = row.try_get(prefix, companies)?;
            Ok::<_, DbErr>(name.map(|name| Named { name, of }))
        };
        Ok(Self {
            reset: Model::from_query_result(row, &format!("{prefix}{OF_RESET}"))?,
            mail: mail::Model::from_query_result(row, &format!("{prefix}{OF_MAIL}"))?,
            asked_by: named(ASKERS, ASKERS_COMPANIES)?,
            ended_by: named(ENDERS, ENDERS_COMPANIES)?,
        })
    }
}

/// A row of [`list_of_user`].
struct WithChange {
    row: Row,
    facts: Option<String>,
}

impl FromQueryResult for WithChange {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            row: Row::from_query_result(row, prefix)?,
            facts: row.try_get(prefix, CHANGE)?,
        })
    }
}

impl Row {
    pub(super) fn read(self) -> Result<NamedReset, DbErr> {
        Ok(NamedReset {
            found: ResetWithMail::read((self.reset, Some(self.mail)))?,
            asked_by: self.asked_by,
            ended_by: self.ended_by,
        })
    }
}
