//! What waits to be handed over, as a company sees it, and whether the mail server is out of order.

use rekey_domain::id::CompanyId;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, JoinType, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityName, EntityTrait, Iterable, QueryFilter, QuerySelect, QueryTrait,
};

use super::entity::mail;
use super::entity::outage;
use super::outages::Outage;
use super::read_time;

/// What stands in the way of a company's mail.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The open outage.
    pub outage: Option<Outage>,
    /// How many mails wait.
    pub mails: u64,
    /// Since when the oldest of them does.
    pub oldest: Option<Timestamp>,
}

/// How many mails of a company wait, since when, and the open outage, in one statement.
pub async fn waiting_of(on: &impl ConnectionTrait, company: CompanyId) -> Result<Waiting, DbErr> {
    let waiting = mail::Entity::find()
        .filter(mail::Column::CompanyId.eq(company.as_uuid()))
        // Literal words: with bound ones SQLite can't see that the partial index fits.
        .filter(Expr::cust("mails.state IN ('queued', 'sending', 'deferred')"))
        .select_only()
        .column_as(Expr::col(mail::Column::Id.as_column_ref()).count(), "waiting")
        .column_as(Expr::col(mail::Column::CreatedAt.as_column_ref()).min(), "oldest")
        .into_query();
    let mut statement = Query::select();
    statement
        .column((Alias::new("w"), Alias::new("waiting")))
        .column((Alias::new("w"), Alias::new("oldest")))
        .from_subquery(waiting, Alias::new("w"))
        .join(
            JoinType::LeftJoin,
            outage::Entity.table_ref(),
            Condition::all().add(outage::Column::EndedAt.is_null()),
        );
    for column in outage::Column::iter() {
        statement.column(column.as_column_ref());
    }
    let Some(row) = on.query_one(&statement).await? else {
        return Err(DbErr::RecordNotFound("a count".to_owned()));
    };
    let (mails, oldest): (i64, Option<i64>) = (row.try_get("", "waiting")?, row.try_get("", "oldest")?);
    Ok(Waiting {
        outage: Outage::joined(&row)?,
        mails: mails.unsigned_abs(),
        oldest: oldest.map(read_time),
    })
}
