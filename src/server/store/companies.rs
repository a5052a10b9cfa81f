//! Queries on companies.

use rekey_domain::fold;
use rekey_domain::id::CompanyId;
use rekey_domain::name::CompanyName;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};

use super::entity::company::{ActiveModel, Column, Entity, Model};

/// A company.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// The company that it is linked to as a child.
    pub parent: Option<CompanyId>,
    /// Its name.
    pub name: String,
    /// Contact details, where given.
    pub website: Option<String>,
    /// Contact details, where given.
    pub phone: Option<String>,
    /// Contact details, where given.
    pub contact_email: Option<String>,
    /// The zone of people who chose none.
    pub time_zone: Option<String>,
}

impl From<Model> for Company {
    fn from(row: Model) -> Self {
        Self {
            id: CompanyId::from_uuid(row.id),
            parent: row.parent_id.map(CompanyId::from_uuid),
            name: row.name,
            website: row.website,
            phone: row.phone,
            contact_email: row.contact_email,
            time_zone: row.time_zone,
        }
    }
}

/// A new company.
#[derive(Clone, Debug)]
pub struct NewCompany<'a> {
    /// Its id.
    pub id: CompanyId,
    /// The company that it is linked to as a child.
    pub parent: Option<CompanyId>,
    /// Its name.
    pub name: &'a CompanyName,
    /// Contact details, where given.
    pub website: Option<&'a str>,
    /// Contact details, where given.
    pub phone: Option<&'a str>,
    /// Contact details, where given.
    pub contact_email: Option<&'a str>,
    /// The zone of people who chose none.
    pub time_zone: Option<&'a str>,
    /// When it was created.
    pub now: Timestamp,
}

/// Adds a company.
pub async fn insert(on: &impl ConnectionTrait, new: &NewCompany<'_>) -> Result<(), DbErr> {
    let text = |value: Option<&str>| Set(value.map(str::to_owned));
    let row = ActiveModel {
        id: Set(new.id.as_uuid()),
        parent_id: Set(new.parent.map(CompanyId::as_uuid)),
        name: Set(new.name.as_str().to_owned()),
        search_key: Set(fold::search_key(new.name.as_str())),
        sort_key: Set(fold::sort_key(new.name.as_str())),
        website: text(new.website),
        phone: text(new.phone),
        contact_email: text(new.contact_email),
        time_zone: text(new.time_zone),
        created_at: Set(new.now.as_millis()),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The company with this id.
pub async fn find(on: &impl ConnectionTrait, id: CompanyId) -> Result<Option<Company>, DbErr> {
    Ok(Entity::find_by_id(id.as_uuid()).one(on).await?.map(Company::from))
}

/// The companies whose name is the same when folded; the operator names companies by name.
pub async fn find_by_name(on: &impl ConnectionTrait, name: &CompanyName) -> Result<Vec<Company>, DbErr> {
    let rows = Entity::find()
        .filter(Column::SearchKey.eq(fold::search_key(name.as_str())))
        .all(on)
        .await?;
    Ok(rows.into_iter().map(Company::from).collect())
}

/// All companies, by name.
pub async fn list(on: &impl ConnectionTrait) -> Result<Vec<Company>, DbErr> {
    let rows = Entity::find()
        .order_by_asc(Column::SortKey)
        .order_by_asc(Column::Id)
        .all(on)
        .await?;
    Ok(rows.into_iter().map(Company::from).collect())
}

/// Makes it the child of another company, or of none.
pub async fn set_parent(on: &impl ConnectionTrait, id: CompanyId, parent: Option<CompanyId>) -> Result<(), DbErr> {
    Entity::update_many()
        .col_expr(Column::ParentId, Expr::value(parent.map(CompanyId::as_uuid)))
        .filter(Column::Id.eq(id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}
