//! The companies that are linked to one's own as children: for administrators all, for managers those they may act in. It
//! is the same list wherever one acts just now.

use rekey_domain::fold;
use rekey_domain::policy::{self, Action};
use rekey_domain::text::SearchTerm;

use crate::server::service::acting::error::Outcome;
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::grants::{self, Child, Wanted};
use crate::server::times::{self, Zone};
use crate::wire::linked::{LinkedPage, LinkedRow, SettingsPage};

/// So many are shown; whoever has more searches.
const MOST: usize = 100;

/// `/companies`: one statement.
pub async fn list_linked(services: &Services, reader: &SignedIn, search: SearchTerm) -> Outcome<LinkedPage> {
    policy::decide(&reader.at_home().as_actor(), Action::ActInLinked, None)?;
    let gives = policy::allows(reader.role, Action::GrantLinked);
    let folded = fold::search_key(&search);
    let wanted = Wanted {
        folded: &folded,
        ..wanted(reader)
    };
    let mut children = grants::list_children(services.db.reader(), &wanted, MOST as u64 + 1).await?;
    let has_more = children.len() > MOST;
    children.truncate(MOST);
    Ok(LinkedPage {
        search,
        company: reader.company,
        rows: children.into_iter().map(|child| row(child, &reader.zone)).collect(),
        has_more,
        gives,
    })
}

/// `/settings`: one statement, and none for who may act in no linked company anyway.
pub async fn show_settings(services: &Services, reader: &SignedIn) -> Outcome<SettingsPage> {
    let linked_companies = policy::allows(reader.role, Action::ActInLinked)
        && !grants::list_children(services.db.reader(), &wanted(reader), 1)
            .await?
            .is_empty();
    Ok(SettingsPage {
        linked_companies,
        activity: policy::allows(reader.role, Action::SeeActivity),
    })
}

fn wanted(reader: &SignedIn) -> Wanted<'static> {
    Wanted {
        parent: reader.home,
        user: reader.user,
        only_granted: !policy::allows(reader.role, Action::GrantLinked),
        folded: "",
    }
}

/// A company as lists show it.
pub fn row(child: Child, zone: &Zone) -> LinkedRow {
    LinkedRow {
        id: child.id,
        name: child.name,
        since: child.given_at.map(|at| times::day(at, zone)),
    }
}
