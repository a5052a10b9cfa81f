//! Words of linked companies: acting in one, switching, and giving access.

/// Heading and link.
pub const TITLE: &str = "Linked companies";
/// What the link leads to.
pub const TITLE_LINE: &str = "The companies below yours, and acting in them.";
/// Field of the list.
pub const SEARCH: &str = "Search companies";
/// Button of the list.
pub const FIND: &str = "Search";
/// Link of the list.
pub const CLEAR: &str = "Clear search";
/// Column, and the field with the company to give access to.
pub const COMPANY: &str = "Company";
/// Column.
pub const ACCESS: &str = "Your access";
/// Column.
pub const ACTION: &str = "Action";
/// In place of the button, in the company acted in.
pub const HERE: &str = "You are here";
/// In place of a date.
pub const NONE: &str = "None";
/// Under the list, for administrators.
pub const HOW_TO_GIVE: &str = "You give access on the page of a manager or administrator, your own included.";
/// An empty list, for administrators.
pub const NO_CHILDREN: &str = "No company is linked to yours. The operator of this server links companies.";
/// An empty list, for managers.
pub const NO_ACCESS: &str = "You have no access to a linked company. Your administrators give it.";
/// Where there are more than are shown.
pub const MORE: &str = "There are more. Search for a name to see them.";
/// Button.
pub const GIVE: &str = "Give access";
/// On a person's page, where they have none.
pub const NO_ACCESS_YET: &str = "No access to a linked company yet.";
/// Under the heading on a person's page.
pub const WHAT_ACCESS_IS: &str =
    "With access, this person can switch to a linked company and act there with their own role.";

/// The bar on every page inside a linked company.
pub fn acting_in(company: &str) -> String {
    format!("You are acting in {company}")
}

/// Button of the bar.
pub fn back_to(company: &str) -> String {
    format!("Back to {company}")
}

/// Button.
pub fn switch_to(company: &str) -> String {
    format!("Switch to {company}")
}

/// Button.
pub fn remove_access(company: &str) -> String {
    format!("Remove access to {company}")
}

/// No match.
pub fn no_match(search: &str) -> String {
    format!("No company matches \"{search}\".")
}

/// Since when somebody has access.
pub fn since(day: &str) -> String {
    format!("Since {day}")
}

/// A company that somebody has access to, on their page.
pub fn has_access(since: &str) -> String {
    format!(", since {since}")
}

/// Told once after the access was taken away, or the link or the role.
pub fn lost(company: &str, home: &str) -> String {
    format!("You can't act in {company} any more. You act in {home} again.")
}

/// Result.
pub fn access_given(name: &str) -> String {
    format!("{name} has the access now.")
}

/// Result.
pub fn access_removed(name: &str) -> String {
    format!("The access of {name} is removed. It counts at once.")
}

/// Somebody as the people of the company acted in read their name: with their own company, where that is another one.
pub fn called(name: &str, of: Option<&str>) -> String {
    match of {
        Some(company) => format!("{name} of {company}"),
        None => name.to_owned(),
    }
}
