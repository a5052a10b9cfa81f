//! Resets as pages show them: with their mail and the names of whoever asked for them and withdrew them, in one
//! statement.

use rekey_domain::id::UserId;
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryFilter,
    QueryOrder, QueryResult, QuerySelect, RelationTrait, Select,
};

use super::entity::reset::{Column, Entity, Model, Relation};
use super::entity::{mail, user};
use super::resets::ResetWithMail;

/// A reset with its mail and the names of its actors.
#[derive(Clone, Debug)]
pub struct NamedReset {
    /// The reset and its mail.
    pub found: ResetWithMail,
    /// Who asked, where it was somebody signed in.
    pub asked_by: Option<String>,
    /// Who withdrew it, where it was somebody signed in.
    pub ended_by: Option<String>,
}

/// The resets of a person, newest first.
pub async fn list_of_user(on: &impl ConnectionTrait, user: UserId, limit: u64) -> Result<Vec<NamedReset>, DbErr> {
    let rows = select(Entity::find())
        .filter(Column::UserId.eq(user.as_uuid()))
        .order_by_desc(Column::Id)
        .limit(limit)
        .into_model::<Row>()
        .all(on)
        .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The columns of a [`Row`], and the tables that they come from.
pub(super) fn select(resets: Select<Entity>) -> Select<Entity> {
    let mut select = resets
        .join(JoinType::InnerJoin, Relation::Mail.def())
        .join_as(JoinType::LeftJoin, Relation::AskedBy.def(), Alias::new(ASKERS))
        .join_as(JoinType::LeftJoin, Relation::EndedBy.def(), Alias::new(ENDERS))
        .select_only();
    for column in Column::iter() {
        select = select.column_as(column, format!("{OF_RESET}{}", column.as_str()));
    }
    for column in mail::Column::iter() {
        select = select.column_as(column, format!("{OF_MAIL}{}", column.as_str()));
    }
    let name = |table: &'static str| Expr::col((Alias::new(table), user::Column::Name));
    select.column_as(name(ASKERS), ASKERS).column_as(name(ENDERS), ENDERS)
}

const ASKERS: &str = "askers";
const ENDERS: &str = "enders";
const OF_RESET: &str = "reset_";
const OF_MAIL: &str = "mail_";

/// As it comes from the database.
pub(super) struct Row {
    reset: Model,
    mail: mail::Model,
    asked_by: Option<String>,
    ended_by: Option<String>,
}

impl FromQueryResult for Row {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        Ok(Self {
            reset: Model::from_query_result(row, &format!("{prefix}{OF_RESET}"))?,
            mail: mail::Model::from_query_result(row, &format!("{prefix}{OF_MAIL}"))?,
            asked_by: row.try_get(prefix, ASKERS)?,
            ended_by: row.try_get(prefix, ENDERS)?,
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
