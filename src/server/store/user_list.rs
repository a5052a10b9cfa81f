//! The list of a company's people: search, filters, every order, and paging by cursor. And whole, for those who download it.
//!
//! A page begins after (or ends before) a person: what comes and goes on other pages moves no row of this one. Each
//! order is made total by name and id. Text is compared bytewise by folded keys, so both databases agree.
//!
//! No page reads a large company's people: those who fit are counted to 10 000, and come by one of two ways, whichever reads
//! fewer rows (`docs/decisions/0047-large-companies.md`).

use std::collections::HashMap;

use rekey_domain::account::Status;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::page_size::Total;
use rekey_domain::role::Role;
use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, Order, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use uuid::Uuid;

use super::entity::user::{Column, Entity};
use super::users::User;
use super::{counted, ranks, search};
use crate::wire::users_query::{Place, Shown, UserSort};

/// Which people, and in what order.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose people.
    pub company: CompanyId,
    /// A folded text in their name or address; empty for all.
    pub folded: String,
    /// Only this role.
    pub role: Option<Role>,
    /// By status.
    pub shown: Shown,
    /// By which column.
    pub sort: UserSort,
    /// The other way round.
    pub descending: bool,
}

impl Wanted {
    /// Whether nobody is left out but those who are deleted.
    fn is_everyone(&self) -> bool {
        self.folded.is_empty() && self.role.is_none() && self.shown == Shown::Everyone
    }
}

/// How the rows of a list are come by. By default in their order, by its index, leaving out who does not fit: quick where many
/// fit, or where few are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Who fits is found by an index first, and then put in order: quick where few fit.
    finds_first: bool,
    /// The company has more people than are counted: one or two signs are looked for only where a word begins.
    is_large: bool,
    /// What is searched is found by its index.
    by_search: bool,
}

#[cfg(test)]
impl Way {
    /// Whether it is by the index of the order.
    pub(super) fn is_in_order(self) -> bool {
        !self.finds_first
    }
}

/// How many people fit, and how they are best come by.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// How many.
    pub total: Total,
    /// The way to a page of them.
    pub way: Way,
}

/// How many there are: one statement for all people of a company, two where somebody is left out. `rows` are those of a page.
pub async fn count(on: &impl ConnectionTrait, wanted: &Wanted, rows: u64) -> Result<Counted, DbErr> {
    let in_order = Way::default();
    if wanted.is_everyone() {
        let finding = Way {
            finds_first: true,
            ..in_order
        };
        let total = counted::count(on, filtered(on, wanted, finding)).await?;
        return Ok(Counted { total, way: in_order });
    }
    let (size, may_fit) = size(on, wanted).await?;
    let is_large = size.exact().is_none();
    let by_search = may_fit.is_some_and(|found| found.exact().is_some());
    let way = Way {
        finds_first: wanted.folded.is_empty() || by_search,
        is_large,
        by_search,
    };
    let mut all = filtered(on, wanted, way);
    if !way.finds_first && on.get_database_backend() == DbBackend::Sqlite {
        // SQLite has what is searched in the index by name alone, and takes that one for its order.
        all = all.order_by_asc(Column::SortKey).order_by_asc(Column::Id);
    }
    let total = counted::count(on, all).await?;
    let way = Way {
        finds_first: is_worth_finding(size, total, rows),
        ..way
    };
    Ok(Counted { total, way })
}

/// How large the company is, whoever is deleted among them; and where it is large, how many of all companies what is searched may
/// fit.
async fn size(on: &impl ConnectionTrait, wanted: &Wanted) -> Result<(Total, Option<Total>), DbErr> {
    let people = Entity::find().filter(Column::CompanyId.eq(wanted.company.as_uuid()));
    let people = counted::counting(people.select_only().into_query());
    let mut both = Query::select()
        .column(counted::FOUND)
        .from_subquery(people, "people")
        .take();
    if !wanted.folded.is_empty() {
        let may_fit = counted::counting(search::those_who_may(on.get_database_backend(), &wanted.folded));
        let is_large = Expr::col(counted::FOUND).gt(Total::MOST);
        both.expr(CaseStatement::new().case(is_large, may_fit));
    }
    let Some(row) = on.query_one(&both).await? else {
        return Ok((Total::default(), None));
    };
    let may_fit = if wanted.folded.is_empty() {
        None
    } else {
        counted::read(&row, 1)?
    };
    Ok((counted::read(&row, 0)?.unwrap_or_default(), may_fit))
}

/// Whether it is quicker to find all who fit, and sort them, than to go through a company's people in order until a page of
/// `rows` of them is full: that reads `rows * size / total` people, the other way `total`.
fn is_worth_finding(size: Total, total: Total, rows: u64) -> bool {
    // A company that is not counted to its end is taken for one of the largest that there are.
    let size = size.exact().unwrap_or(200_000);
    total.exact().is_some_and(|total| total * total <= rows * size)
}

/// What the people of a name are sorted by, such that no index has it.
const SORT_KEY_OF_NO_INDEX: &str = "users.sort_key || ''";

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// In order.
    pub people: Vec<User>,
    /// Number of the first one, from 1, as the cursor tells it.
    pub first: u64,
}

/// One page, in order. Beside somebody who is not among the company's people there is nobody.
pub async fn page(
    on: &impl ConnectionTrait,
    wanted: &Wanted,
    way: Way,
    place: Place,
    limit: u64,
) -> Result<Page, DbErr> {
    let (beside, number) = match place {
        Place::Start => (None, 1),
        Place::After(id, number) | Place::Before(id, number) => (Some(id), number),
    };
    let backwards = matches!(place, Place::Before(..));
    let ascending = wanted.descending == backwards;
    let mut people = filtered(on, wanted, way);
    let first = first_key(wanted);
    if let Some(id) = beside {
        let names = [Expr::col(Column::SortKey), Expr::col(Column::Id)];
        // As the sum that it is, SQLite compares it with the index without turning it into a text first.
        let at_names = [
            of(wanted, id, Expr::cust(SORT_KEY_OF_NO_INDEX)),
            Expr::value(id.as_uuid()),
        ];
        let row = Expr::tuple(first.iter().cloned().chain(names));
        let at = Expr::tuple(first.iter().map(|key| of(wanted, id, key.clone())).chain(at_names));
        people = people.filter(if ascending { row.gt(at) } else { row.lt(at) });
    }
    let rows = ordered(people, wanted, way, ascending).limit(limit).all(on).await?;
    let mut people = rows.into_iter().map(User::read).collect::<Result<Vec<_>, _>>()?;
    if backwards {
        people.reverse();
    }
    Ok(Page { people, first: number })
}

/// The ids of all of them, in order.
pub async fn ids(on: &impl ConnectionTrait, wanted: &Wanted, way: Way) -> Result<Vec<UserId>, DbErr> {
    let ids: Vec<Uuid> = ordered(filtered(on, wanted, way), wanted, way, !wanted.descending)
        .select_only()
        .column(Column::Id)
        .into_tuple()
        .all(on)
        .await?;
    Ok(ids.into_iter().map(UserId::from_uuid).collect())
}

/// Those with these ids who are of the company, by name.
pub async fn of_company(
    on: &impl ConnectionTrait,
    company: CompanyId,
    ids: impl IntoIterator<Item = UserId>,
) -> Result<Vec<User>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.into_iter().map(UserId::as_uuid)))
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .order_by_asc(Expr::cust(SORT_KEY_OF_NO_INDEX))
        .order_by_asc(Column::Id)
        .all(on)
        .await?;
    rows.into_iter().map(User::read).collect()
}

/// Those of the company with these addresses' keys, each with it, deleted people too.
pub async fn with_emails(
    on: &impl ConnectionTrait,
    company: CompanyId,
    keys: impl IntoIterator<Item = &str>,
) -> Result<Vec<(String, User)>, DbErr> {
    let rows = Entity::find()
        .filter(Column::CompanyId.eq(company.as_uuid()))
        // Both, said so, that the index by address is of use.
        .filter(Expr::cust("users.is_deleted").is_in([0, 1]))
        .filter(Column::EmailKey.is_in(keys))
        .all(on)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.email_key.clone(), User::read(row)?)))
        .collect()
}

/// The people with these ids, in the order of the ids.
pub async fn people(on: &impl ConnectionTrait, ids: &[UserId]) -> Result<Vec<User>, DbErr> {
    let rows = Entity::find()
        .filter(Column::Id.is_in(ids.iter().map(|id| id.as_uuid())))
        .all(on)
        .await?;
    let mut people = rows.into_iter().map(User::read).collect::<Result<Vec<_>, _>>()?;
    let places: HashMap<_, _> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    people.sort_by_key(|person| places.get(&person.id).copied());
    Ok(people)
}

/// A key of somebody of the company, looked up where it is compared with: a page costs one statement.
fn of(wanted: &Wanted, id: UserId, key: Expr) -> Expr {
    let found = Entity::find_by_id(id.as_uuid())
        .filter(Column::CompanyId.eq(wanted.company.as_uuid()))
        .select_only()
        .expr(key)
        .into_query();
    found.into()
}

fn filtered(on: &impl ConnectionTrait, wanted: &Wanted, way: Way) -> Select<Entity> {
    let backend = on.get_database_backend();
    let by_search = way.by_search && way.finds_first;
    // SQLite knows nothing of how many fit what. As sums, which no index has, the other columns leave it the index that is meant.
    let hides = backend == DbBackend::Sqlite && (by_search || !way.finds_first);
    let rank = |column: &str| Expr::cust(format!("users.{column}{}", if hides { " + 0" } else { "" }));
    let company = if hides && by_search {
        Expr::cust("+users.company_id")
    } else {
        Expr::col((Entity, Column::CompanyId))
    };
    let mut people = Entity::find().filter(company.eq(wanted.company.as_uuid()));
    if !way.finds_first {
        let is_deleted = i32::from(wanted.shown == Shown::Only(Status::Deleted));
        people = people.filter(Expr::cust("users.is_deleted").eq(is_deleted));
    }
    people = match wanted.shown {
        Shown::Only(status) => people.filter(rank("status_rank").eq(ranks::of_status(status))),
        Shown::Everyone if way.finds_first => {
            people.filter(rank("status_rank").is_in(ranks::LIVING.map(ranks::of_status)))
        }
        Shown::Everyone => people,
    };
    people = people.apply_if(wanted.role, |people, role| {
        people.filter(rank("role_rank").eq(ranks::of_role(role)))
    });
    if !wanted.folded.is_empty() {
        people = people.filter(search::names_somebody(&wanted.folded, way.is_large));
    }
    if by_search {
        people = people.filter(search::may_name_somebody(backend, &wanted.folded));
    }
    people
}

fn ordered(mut people: Select<Entity>, wanted: &Wanted, way: Way, ascending: bool) -> Select<Entity> {
    let order = if ascending { Order::Asc } else { Order::Desc };
    if let Some(first) = first_key(wanted) {
        people = people.order_by(first, order.clone());
    }
    let name = if way.finds_first {
        // No index has this order, so that none is gone through for it.
        Expr::cust(SORT_KEY_OF_NO_INDEX)
    } else {
        Expr::col((Entity, Column::SortKey))
    };
    people.order_by(name, order.clone()).order_by(Column::Id, order)
}

/// What the rows are ordered by before name and id: one text or one whole number. By name that is the name's key already: said
/// twice, `SQLite` would no longer see that an index holds the order. Nor is it said what is the same of all.
fn first_key(wanted: &Wanted) -> Option<Expr> {
    let column = match wanted.sort {
        UserSort::Name => return None,
        UserSort::Email => "users.email_key",
        UserSort::Role if wanted.role.is_some() => return None,
        UserSort::Role => "users.role_rank",
        UserSort::Status if wanted.shown != Shown::Everyone => return None,
        UserSort::Status => "users.status_rank",
        UserSort::LastSignIn => "users.signed_in_rank",
        UserSort::LastReset => "users.last_reset_at",
    };
    Some(Expr::cust(column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_found_first_and_many_are_read_in_order() {
        for (size, total, is_worth) in [
            (10_000, 700, true),
            (10_000, 800, false),
            (200_000, 3_000, true),
            (200_000, 9_000, false),
            (200_000, 200_000, false),
            (10, 0, true),
        ] {
            let found = is_worth_finding(Total::of(size), Total::of(total), 50);
            assert_eq!(found, is_worth, "{total} of {size}");
        }
    }
}
