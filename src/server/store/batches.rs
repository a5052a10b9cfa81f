//! Queries on batches: many resets at once, and imports. Guarded statements decide which of two presses has done it.

use rekey_domain::batch::{BatchKind, BatchState};
use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
};

use uuid::Uuid;

use super::entity::batch::{ActiveModel, Column, Entity, Model};
use super::entity::{company, user};
use super::named::Named;
use super::{read_time, read_word};

/// Many at once.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// The company of all its people.
    pub company: CompanyId,
    /// What it does.
    pub kind: BatchKind,
    /// Where it stands.
    pub state: BatchState,
    /// Who made it; none where it was the operator.
    pub made_by: Option<UserId>,
    /// When.
    pub made_at: Timestamp,
    /// From where.
    pub client_address: Option<String>,
    /// With which browser.
    pub user_agent: Option<String>,
    /// Why, as its maker wrote it.
    pub reason: Option<String>,
    /// When it was pressed; none while it is a draft.
    pub pressed_at: Option<Timestamp>,
    /// Who withdrew its links.
    pub revoked_by: Option<UserId>,
}

impl Batch {
    fn read(row: Model) -> Result<Self, DbErr> {
        Ok(Self {
            id: BatchId::from_uuid(row.id),
            company: CompanyId::from_uuid(row.company_id),
            kind: read_word(&row.kind)?,
            state: read_word(&row.state)?,
            made_by: row.made_by.map(UserId::from_uuid),
            made_at: read_time(row.made_at),
            client_address: row.client_address,
            user_agent: row.user_agent,
            reason: row.reason,
            pressed_at: row.pressed_at.map(read_time),
            revoked_by: row.revoked_by.map(UserId::from_uuid),
        })
    }
}

/// Adds one as it is.
pub async fn insert(on: &impl ConnectionTrait, batch: &Batch) -> Result<(), DbErr> {
    let row = ActiveModel {
        id: Set(batch.id.as_uuid()),
        company_id: Set(batch.company.as_uuid()),
        kind: Set(batch.kind.as_str().to_owned()),
        state: Set(batch.state.as_str().to_owned()),
        made_by: Set(batch.made_by.map(UserId::as_uuid)),
        made_at: Set(batch.made_at.as_millis()),
        client_address: Set(batch.client_address.clone()),
        user_agent: Set(batch.user_agent.clone()),
        reason: Set(batch.reason.clone()),
        pressed_at: Set(batch.pressed_at.map(Timestamp::as_millis)),
        revoked_by: Set(batch.revoked_by.map(UserId::as_uuid)),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The batch with this id, of this company.
pub async fn find(on: &impl ConnectionTrait, id: BatchId, company: CompanyId) -> Result<Option<Batch>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .one(on)
        .await?
        .map(Batch::read)
        .transpose()
}

/// As [`find`], with the name of whoever made it: one statement.
pub async fn find_named(
    on: &impl ConnectionTrait,
    id: BatchId,
    company: CompanyId,
) -> Result<Option<(Batch, Option<Named>)>, DbErr> {
    let found = Entity::find_by_id(id.as_uuid())
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .join(
            JoinType::LeftJoin,
            Entity::belongs_to(user::Entity)
                .from(Column::MadeBy)
                .to(user::Column::Id)
                .into(),
        )
        .join(JoinType::LeftJoin, user::Relation::Company.def())
        .expr_as(Expr::col((user::Entity, user::Column::Name)), "called")
        .expr_as(Expr::col((company::Entity, company::Column::Id)), "of_company")
        .expr_as(Expr::col((company::Entity, company::Column::Name)), "of_company_name")
        .into_model::<NamedRow>()
        .one(on)
        .await?;
    found
        .map(|row| Ok((Batch::read(row.batch)?, row.maker.named(company))))
        .transpose()
}

#[derive(FromQueryResult)]
struct NamedRow {
    #[sea_orm(nested)]
    batch: Model,
    #[sea_orm(nested)]
    maker: Maker,
}

/// Whoever made a batch, where it was somebody of a company.
#[derive(FromQueryResult)]
struct Maker {
    called: Option<String>,
    of_company: Option<Uuid>,
    of_company_name: Option<String>,
}

impl Maker {
    /// The name as people of this company read it.
    fn named(self, company: CompanyId) -> Option<Named> {
        let is_elsewhere = self.of_company != Some(company.as_uuid());
        Some(Named {
            name: self.called?,
            of: self.of_company_name.filter(|_| is_elsewhere),
        })
    }
}

/// As [`find`], and nobody else may change the row until the transaction ends.
pub async fn find_and_lock(on: &impl ConnectionTrait, id: BatchId, company: CompanyId) -> Result<Option<Batch>, DbErr> {
    Entity::find_by_id(id.as_uuid())
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .lock(LockType::Update)
        .one(on)
        .await?
        .map(Batch::read)
        .transpose()
}

/// The oldest one with something left to do but those in `but`, of the first such company after this one, in a ring of all: one
/// look before a transaction is begun for it. Without room for mails only those that are to be withdrawn.
pub async fn find_open(
    on: &impl ConnectionTrait,
    but: &[BatchId],
    after: Option<CompanyId>,
    is_room: bool,
) -> Result<Option<Batch>, DbErr> {
    // Literal words: with bound ones SQLite can't see that the partial index fits.
    let mut open = Entity::find()
        .apply_if((!but.is_empty()).then_some(but), |batches, but| {
            batches.filter(Column::Id.is_not_in(but.iter().map(|id| id.as_uuid())))
        })
        .filter(Expr::cust("batches.state IN ('pressed', 'revoking')"));
    if !is_room {
        open = open.filter(Column::State.eq(BatchState::Revoking.as_str()));
    }
    if let Some(after) = after {
        open = open.order_by(Column::CompanyId.lte(after.as_uuid()), Order::Asc);
    }
    open.order_by_asc(Column::CompanyId)
        .order_by_asc(Column::Id)
        .limit(1)
        .one(on)
        .await?
        .map(Batch::read)
        .transpose()
}

/// How many of a company's are being carried out.
pub async fn count_pressed(on: &impl ConnectionTrait, company: CompanyId) -> Result<u64, DbErr> {
    Entity::find()
        // Literal, as above.
        .filter(Expr::cust("batches.state IN ('pressed', 'revoking')"))
        .filter(Column::State.eq(BatchState::Pressed.as_str()))
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .count(on)
        .await
}

/// Presses a draft; whether it was this call that did.
pub async fn press(
    on: &impl ConnectionTrait,
    id: BatchId,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let pressed = Entity::update_many()
        .col_expr(Column::State, Expr::value(BatchState::Pressed.as_str()))
        .col_expr(Column::PressedAt, Expr::value(now.as_millis()))
        .col_expr(Column::Reason, Expr::value(reason))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::State.eq(BatchState::Draft.as_str()))
        .exec(on)
        .await?;
    Ok(pressed.rows_affected == 1)
}

/// Asks for all its links to be withdrawn; whether it was this call that did.
pub async fn begin_revoking(on: &impl ConnectionTrait, id: BatchId, by: UserId) -> Result<bool, DbErr> {
    let begun = Entity::update_many()
        .col_expr(Column::State, Expr::value(BatchState::Revoking.as_str()))
        .col_expr(Column::RevokedBy, Expr::value(by.as_uuid()))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::State.is_in([BatchState::Pressed.as_str(), BatchState::Done.as_str()]))
        .exec(on)
        .await?;
    Ok(begun.rows_affected == 1)
}

/// Everything that the batch was to do in the state `from` is done.
pub async fn end(on: &impl ConnectionTrait, id: BatchId, from: BatchState, to: BatchState) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(to.as_str()))
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::State.eq(from.as_str()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Whether there is a draft made before this: one look before a transaction is begun for it.
pub async fn is_draft_before(on: &impl ConnectionTrait, made_before: Timestamp) -> Result<bool, DbErr> {
    let found = Entity::find()
        // Literal, as above.
        .filter(Expr::cust("batches.state = 'draft'"))
        .filter(Column::MadeAt.lt(made_before.as_millis()))
        .limit(1)
        .one(on)
        .await?;
    Ok(found.is_some())
}

/// Forgets drafts made before `made_before`, with their lines: at most so many.
pub async fn purge_drafts(on: &impl ConnectionTrait, made_before: Timestamp, most: u64) -> Result<(), DbErr> {
    let old: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        // Literal, as above.
        .filter(Expr::cust("batches.state = 'draft'"))
        .filter(Column::MadeAt.lt(made_before.as_millis()))
        .limit(most)
        .into_tuple()
        .all(on)
        .await?;
    if old.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::Id.is_in(old))
        .filter(Column::State.eq(BatchState::Draft.as_str()))
        .exec(on)
        .await
        .map(|_| ())
}

/// Forgets the drafts of one person, with their lines, apart from the newest `kept`.
pub async fn purge_drafts_of(on: &impl ConnectionTrait, maker: UserId, kept: u64) -> Result<(), DbErr> {
    let drafts: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        // Literal, as above.
        .filter(Expr::cust("batches.state = 'draft'"))
        .filter(Column::MadeBy.eq(maker.as_uuid()))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Id)
        .into_tuple()
        .all(on)
        .await?;
    let kept = usize::try_from(kept).unwrap_or(usize::MAX);
    let older: Vec<_> = drafts.into_iter().skip(kept).collect();
    if older.is_empty() {
        return Ok(());
    }
    Entity::delete_many()
        .filter(Column::Id.is_in(older))
        .filter(Column::State.eq(BatchState::Draft.as_str()))
        .exec(on)
        .await
        .map(|_| ())
}
