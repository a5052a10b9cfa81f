//! How people are named to others: somebody of the parent company with their company.

use crate::server::store::named::Named;
use crate::texts::linked::called;

/// The name as people of the company acted in read it.
pub fn called_as(named: &Named) -> String {
    called(&named.name, named.of.as_deref())
}
