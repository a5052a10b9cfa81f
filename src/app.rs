//! The pages: the table of their addresses. Only the server has them.

use std::sync::LazyLock;

use leptos::prelude::*;
use matchit::Router;

use crate::ui::pages::account::AccountPage;
use crate::ui::pages::account_password::AccountPasswordPage;
use crate::ui::pages::ask::AskPage;
use crate::ui::pages::batch::BatchPage;
use crate::ui::pages::companies::CompaniesPage;
use crate::ui::pages::company::CompanyPage;
use crate::ui::pages::company_edit::CompanyEditPage;
use crate::ui::pages::create_user::CreateUserPage;
use crate::ui::pages::dashboard::DashboardPage;
use crate::ui::pages::delete_user::DeleteUserPage;
use crate::ui::pages::import_users::ImportUsersPage;
use crate::ui::pages::link::LinkPage;
use crate::ui::pages::login::LoginPage;
use crate::ui::pages::logout::LogoutPage;
use crate::ui::pages::new_batch::NewBatchPage;
use crate::ui::pages::notice::NoticePage;
use crate::ui::pages::restore_user::RestoreUserPage;
use crate::ui::pages::revoke_batch::RevokeBatchPage;
use crate::ui::pages::settings::SettingsPage;
use crate::ui::pages::trouble::TroublePage;
use crate::ui::pages::user::UserPage;
use crate::wire::paths;

/// What makes a page, in the context of its request.
pub type Page = fn() -> AnyView;

/// A page by its address, in which names stand in braces.
pub type Address = (&'static str, Page);

/// The pages that are opened by their address alone.
pub const PAGES: [Address; 19] = [
    (paths::LOGIN, || LoginPage().into_any()),
    (paths::LOGOUT, || LogoutPage().into_any()),
    (paths::ASK, || AskPage().into_any()),
    (paths::DASHBOARD, || DashboardPage().into_any()),
    (paths::SETTINGS, || SettingsPage().into_any()),
    (paths::ACCOUNT, || AccountPage().into_any()),
    (paths::ACCOUNT_PASSWORD, || AccountPasswordPage().into_any()),
    (paths::COMPANIES, || CompaniesPage().into_any()),
    (paths::COMPANY, || CompanyPage().into_any()),
    (paths::COMPANY_EDIT, || CompanyEditPage().into_any()),
    (paths::COMPANY_NOTICE, || NoticePage().into_any()),
    (paths::NEW_BATCH, || NewBatchPage().into_any()),
    (paths::BATCH, || BatchPage().into_any()),
    (paths::BATCH_REVOKE, || RevokeBatchPage().into_any()),
    (paths::NEW_USER, || CreateUserPage().into_any()),
    (paths::IMPORT, || ImportUsersPage().into_any()),
    (paths::PERSON, || UserPage().into_any()),
    (paths::PERSON_DELETE, || DeleteUserPage().into_any()),
    (paths::PERSON_RESTORE, || RestoreUserPage().into_any()),
];

/// The pages of links, which are looked up before anything is shown.
const OF_LINKS: [Address; 4] = [
    (paths::LINK, || LinkPage().into_any()),
    (paths::NOT_ME, || LinkPage().into_any()),
    (paths::CONFIRM_EMAIL, || LinkPage().into_any()),
    (paths::STOP_EMAIL, || LinkPage().into_any()),
];

static BY_ADDRESS: LazyLock<Router<Page>> = LazyLock::new(|| {
    let mut pages = Router::new();
    for (address, page) in PAGES.into_iter().chain(OF_LINKS) {
        // A test looks for each of them.
        let _ = pages.insert(address, page);
    }
    pages
});

/// The page of a path, and what stands there instead of the names; the page of trouble where there is none.
pub fn page_of(path: &str) -> (Page, Vec<(String, String)>) {
    let Ok(found) = BY_ADDRESS.at(path) else {
        return (|| TroublePage().into_any(), Vec::new());
    };
    let in_path = found.params.iter();
    let in_path = in_path.map(|(name, value)| (name.to_owned(), value.to_owned()));
    (*found.value, in_path.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_leads_to_its_page_and_others_to_none() {
        for (address, page) in PAGES.into_iter().chain(OF_LINKS) {
            let (found, _) = page_of(&address.replace(['{', '}', '*'], ""));
            assert!(std::ptr::fn_addr_eq(found, page), "{address}");
        }
        let (_, in_path) = page_of("/company/users/42/delete");
        assert_eq!(in_path, [("id".to_owned(), "42".to_owned())]);
        let (_, in_path) = page_of("/reset-password/a/not-me");
        assert_eq!(in_path, [("token".to_owned(), "a/not-me".to_owned())]);
        assert_eq!(page_of("/nowhere").1, []);
    }
}
