//! Queries on companies.

use std::collections::HashMap;

use rekey_domain::company_details::Accent;
use rekey_domain::fold;
use rekey_domain::id::CompanyId;
use rekey_domain::name::CompanyName;
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

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
    /// What stands on top of its people's pages.
    pub banner: Option<String>,
    /// The colour of its people's pages.
    pub accent: Accent,
    /// The name that its mails come from, if not its own with the product's.
    pub sender_name: Option<String>,
    /// Whether only administrators and managers start resets, an administrator's own aside.
    pub only_managers: bool,
    /// Greater after each change of its details.
    pub version: i64,
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
            banner: row.banner,
            // The table lets no other word in.
            accent: row.accent.parse().unwrap_or_default(),
            sender_name: row.sender_name,
            only_managers: row.only_managers,
            version: row.version,
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
        banner: Set(None),
        accent: Set(Accent::default().as_str().to_owned()),
        sender_name: Set(None),
        only_managers: Set(false),
        version: Set(0),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// The company with this id.
pub async fn find(on: &impl ConnectionTrait, id: CompanyId) -> Result<Option<Company>, DbErr> {
    Ok(Entity::find_by_id(id.as_uuid()).one(on).await?.map(Company::from))
}

/// The companies with these ids.
pub async fn list_of(
    on: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = CompanyId>,
) -> Result<HashMap<CompanyId, Company>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.into_iter().map(CompanyId::as_uuid)))
        .all(on)
        .await?;
    let companies = rows.into_iter().map(Company::from);
    Ok(companies.map(|company| (company.id, company)).collect())
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

/// The company with this id, whose row nobody else may change until the transaction ends.
pub async fn find_and_lock(on: &impl ConnectionTrait, id: CompanyId) -> Result<Option<Company>, DbErr> {
    let found = Entity::find_by_id(id.as_uuid())
        .lock(LockType::NoKeyUpdate)
        .one(on)
        .await?;
    Ok(found.map(Company::from))
}

/// Keeps everything that can be edited of a company, and makes its version greater.
pub async fn save(on: &impl ConnectionTrait, company: &Company) -> Result<(), DbErr> {
    let text = |value: &Option<String>| Expr::value(value.clone());
    Entity::update_many()
        .col_expr(Column::Name, Expr::value(company.name.as_str()))
        .col_expr(Column::SearchKey, Expr::value(fold::search_key(&company.name)))
        .col_expr(Column::SortKey, Expr::value(fold::sort_key(&company.name)))
        .col_expr(Column::Website, text(&company.website))
        .col_expr(Column::Phone, text(&company.phone))
        .col_expr(Column::ContactEmail, text(&company.contact_email))
        .col_expr(Column::TimeZone, text(&company.time_zone))
        .col_expr(Column::Banner, text(&company.banner))
        .col_expr(Column::Accent, Expr::value(company.accent.as_str()))
        .col_expr(Column::SenderName, text(&company.sender_name))
        .col_expr(Column::OnlyManagers, Expr::value(company.only_managers))
        .col_expr(Column::Version, Expr::value(company.version + 1))
        .filter(Column::Id.eq(company.id.as_uuid()))
        .exec(on)
        .await
        .map(|_| ())
}
