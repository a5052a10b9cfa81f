//! Queries on grants: who may act in which linked company.

use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, RelationTrait,
};
use uuid::Uuid;

use super::entity::grant::{ActiveModel, Column, Entity};
use super::entity::{company, user};
use super::{read_time, search};

/// A new grant.
#[derive(Clone, Copy, Debug)]
pub struct NewGrant {
    /// Who gets it.
    pub user: UserId,
    /// Their own company.
    pub company: CompanyId,
    /// Its child.
    pub child: CompanyId,
    /// Since when.
    pub now: Timestamp,
}

/// Gives it. For a company that is no child of the own one it is refused by the database.
pub async fn insert(on: &impl ConnectionTrait, new: NewGrant) -> Result<(), DbErr> {
    let row = ActiveModel {
        user_id: Set(new.user.as_uuid()),
        company_id: Set(new.company.as_uuid()),
        child_id: Set(new.child.as_uuid()),
        given_at: Set(new.now.as_millis()),
    };
    Entity::insert(row).exec_without_returning(on).await.map(|_| ())
}

/// Whether somebody has one for this company.
pub async fn exists(on: &impl ConnectionTrait, user: UserId, child: CompanyId) -> Result<bool, DbErr> {
    let found = Entity::find_by_id((user.as_uuid(), child.as_uuid())).one(on).await?;
    Ok(found.is_some())
}

/// Takes it away; whether there was one.
pub async fn delete(on: &impl ConnectionTrait, user: UserId, child: CompanyId) -> Result<bool, DbErr> {
    let taken = Entity::delete_by_id((user.as_uuid(), child.as_uuid())).exec(on).await?;
    Ok(taken.rows_affected == 1)
}

/// Which grants, of one person or for one company.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    /// All of a person.
    Person(UserId),
    /// All for this company.
    Child(CompanyId),
}

/// A grant with the names in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who.
    pub user: UserId,
    /// Their name.
    pub user_name: String,
    /// For which company.
    pub child: CompanyId,
    /// Its name.
    pub child_name: String,
}

/// Takes all of them away, and tells which there were.
pub async fn delete_all(on: &impl ConnectionTrait, whose: Whose) -> Result<Vec<Named>, DbErr> {
    let filter = match whose {
        Whose::Person(id) => Column::UserId.eq(id.as_uuid()),
        Whose::Child(id) => Column::ChildId.eq(id.as_uuid()),
    };
    let found = Entity::find()
        .filter(filter.clone())
        .find_also_related(user::Entity)
        .find_also_related(company::Entity)
        .order_by_asc(Column::UserId)
        .order_by_asc(Column::ChildId)
        .all(on)
        .await?;
    if !found.is_empty() {
        Entity::delete_many().filter(filter).exec(on).await?;
    }
    let named = found.into_iter().filter_map(|(grant, user, child)| {
        Some(Named {
            user: UserId::from_uuid(grant.user_id),
            user_name: user?.name,
            child: CompanyId::from_uuid(grant.child_id),
            child_name: child?.name,
        })
    });
    Ok(named.collect())
}

/// Which children of a company.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Their parent.
    pub parent: CompanyId,
    /// Whose grants.
    pub user: UserId,
    /// Only those that this person has a grant for.
    pub only_granted: bool,
    /// A folded text in their name; empty for all.
    pub folded: &'a str,
}

/// A child of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Which.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// Since when the person has a grant for it; none without.
    pub given_at: Option<Timestamp>,
}

/// From companies to the grants of one person for them.
pub(super) fn grants_of(user: UserId) -> RelationDef {
    let user = user.as_uuid();
    company::Relation::Grant
        .def()
        .on_condition(move |_, grants| Expr::col((grants, Column::UserId)).eq(user).into_condition())
}

/// The children of a company by name, and whether the person has a grant for each: one statement.
pub async fn list_children(on: &impl ConnectionTrait, wanted: &Wanted<'_>, limit: u64) -> Result<Vec<Child>, DbErr> {
    let mut children = company::Entity::find()
        .join(JoinType::LeftJoin, grants_of(wanted.user))
        .filter(company::Column::ParentId.eq(wanted.parent.as_uuid()));
    if wanted.only_granted {
        children = children.filter(Column::GivenAt.is_not_null());
    }
    if !wanted.folded.is_empty() {
        children = children.filter(search::has_all_of(company::Column::SearchKey, wanted.folded));
    }
    let rows: Vec<(Uuid, String, Option<i64>)> = children
        .select_only()
        .column(company::Column::Id)
        .column(company::Column::Name)
        .column(Column::GivenAt)
        .order_by_asc(company::Column::SortKey)
        .order_by_asc(company::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(on)
        .await?;
    let children = rows.into_iter().map(|(id, name, given_at)| Child {
        id: CompanyId::from_uuid(id),
        name,
        given_at: given_at.map(read_time),
    });
    Ok(children.collect())
}
