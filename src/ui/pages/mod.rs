//! One file a route.

pub mod ask;
pub mod company;
pub mod dashboard;
pub mod link;
pub mod login;
pub mod logout;
pub mod trouble;
pub mod user;
