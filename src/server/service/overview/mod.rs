//! The first pages: dashboard and company.

pub mod show_company;
pub mod show_dashboard;
