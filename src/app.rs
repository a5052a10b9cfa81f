//! The pages: their frame and their table of routes. Only the server has them.
//!
//! It also runs at start-up without any request, to list the routes: nothing here may expect one.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::texts::pages as texts;
use crate::ui::layout::{self, Layout};
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
use crate::ui::pages::restore_user::RestoreUserPage;
use crate::ui::pages::revoke_batch::RevokeBatchPage;
use crate::ui::pages::settings::SettingsPage;
use crate::ui::pages::trouble::TroublePage;
use crate::ui::pages::user::UserPage;

/// The whole application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let company = layout::frame().viewer.map(|viewer| viewer.company_name);

    let full_title = move |page: String| match &company {
        Some(company) => format!("{page} – {company} – {}", texts::PRODUCT),
        None => format!("{page} – {}", texts::PRODUCT),
    };
    view! {
        <Title formatter=full_title/>
        <Router>
            <Layout>
                <Routes fallback=TroublePage>
                    <Route path=path!("/login") view=LoginPage ssr=SsrMode::Async/>
                    <Route path=path!("/logout") view=LogoutPage ssr=SsrMode::Async/>
                    <Route path=path!("/reset-password") view=AskPage ssr=SsrMode::Async/>
                    <Route path=path!("/reset-password/*token") view=LinkPage ssr=SsrMode::Async/>
                    <Route path=path!("/not-me/*token") view=LinkPage ssr=SsrMode::Async/>
                    <Route path=path!("/confirm-email/*token") view=LinkPage ssr=SsrMode::Async/>
                    <Route path=path!("/stop-email/*token") view=LinkPage ssr=SsrMode::Async/>
                    <Route path=path!("/dashboard") view=DashboardPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=SettingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
                    <Route path=path!("/account/password") view=AccountPasswordPage ssr=SsrMode::Async/>
                    <Route path=path!("/companies") view=CompaniesPage ssr=SsrMode::Async/>
                    <Route path=path!("/company") view=CompanyPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/edit") view=CompanyEditPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/resets/new") view=NewBatchPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/resets/batches/:id") view=BatchPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/resets/batches/:id/revoke") view=RevokeBatchPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/users/new") view=CreateUserPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/users/import") view=ImportUsersPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/users/:id") view=UserPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/users/:id/delete") view=DeleteUserPage ssr=SsrMode::Async/>
                    <Route path=path!("/company/users/:id/restore") view=RestoreUserPage ssr=SsrMode::Async/>
                </Routes>
            </Layout>
        </Router>
    }
}
