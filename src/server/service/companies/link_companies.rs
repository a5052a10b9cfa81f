//! Linked companies, by the operator: a company becomes the child of another, or nobody's child any more. Who of the parent
//! may act in the child is another matter.

use rekey_domain::deed::Deed;
use rekey_domain::operator::may_link;

use crate::server::service::acting::act::{Act, By};
use crate::server::service::acting::operator::{CompanyRef, Operated, find_company, note};
use crate::server::service::companies::end_grants::end_grants_for;
use crate::server::services::Services;
use crate::server::store::companies::{self, Company};
use crate::server::store::db::Db;

/// For the turn on `PostgreSQL`: two links at once could make a circle, and access is given only along a link that stays.
pub const TURN: i64 = 0x6c69_6e6b;

/// What came of it.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The child.
    pub child: Company,
    /// The parent that it has now, or had.
    pub parent: Option<Company>,
    /// False: it was so already.
    pub is_new: bool,
}

/// Links `child` to `parent`.
pub async fn link_companies(services: &Services, child: &CompanyRef, parent: &CompanyRef) -> Operated<Linked> {
    let act = Act::begin(services, By::Operator).await?;
    Db::one_at_a_time(act.tx(), TURN).await?;
    let child = find_company(act.tx(), child).await?;
    let parent = find_company(act.tx(), parent).await?;
    let mut above = Vec::new();
    let mut next = parent.parent;
    // A circle can't be there; if it were, this would end all the same.
    while let Some(company) = next.filter(|next| !above.contains(next)) {
        above.push(company);
        next = companies::find(act.tx(), company)
            .await?
            .and_then(|company| company.parent);
    }
    may_link(child.id, child.parent, parent.id, &above)?;
    let is_new = child.parent.is_none();
    if is_new {
        companies::set_parent(act.tx(), child.id, Some(parent.id)).await?;
        note(&act, child.id, Deed::CompanyLinked, Some(&parent.name)).await?;
        note(&act, parent.id, Deed::ChildLinked, Some(&child.name)).await?;
        act.commit().await?;
    }
    Ok(Linked {
        child,
        parent: Some(parent),
        is_new,
    })
}

/// Ends the link of `child` to its parent, if it has one.
pub async fn unlink_company(services: &Services, child: &CompanyRef) -> Operated<Linked> {
    let act = Act::begin(services, By::Operator).await?;
    Db::one_at_a_time(act.tx(), TURN).await?;
    let child = find_company(act.tx(), child).await?;
    let parent = match child.parent {
        Some(parent) => companies::find(act.tx(), parent).await?,
        None => None,
    };
    if let Some(parent) = &parent {
        end_grants_for(&act, &child, parent).await?;
        companies::set_parent(act.tx(), child.id, None).await?;
        note(&act, child.id, Deed::CompanyUnlinked, Some(&parent.name)).await?;
        note(&act, parent.id, Deed::ChildUnlinked, Some(&child.name)).await?;
        act.commit().await?;
    }
    Ok(Linked {
        child,
        is_new: parent.is_some(),
        parent,
    })
}
