//! Companies and their people. Carries A9 (a deleted account holds no password, so that restoring it brings none
//! back) and the one living account an address, over all companies.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, text, text_null, uuid, uuid_null};
use sea_orm_migration::sea_orm::DbBackend;

use crate::parts::{bytewise_text, one_of, reference};

/// Tables `companies` and `users`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(companies(manager)).await?;
        manager
            .create_index(
                Index::create()
                    .name("companies_parent_id_idx")
                    .table("companies")
                    .col("parent_id")
                    .take(),
            )
            .await?;
        manager.create_table(users(manager)).await?;
        // One living account an address; a deleted one gives its address free.
        manager
            .create_index(
                Index::create()
                    .name("users_email_key_of_living_key")
                    .table("users")
                    .col("email_key")
                    .unique()
                    .and_where(Expr::col("deleted_at").is_null())
                    .take(),
            )
            .await?;
        // What other tables point to when they name a user and the user's company together.
        manager
            .create_index(
                Index::create()
                    .name("users_company_id_id_key")
                    .table("users")
                    .col("company_id")
                    .col("id")
                    .unique()
                    .take(),
            )
            .await?;
        // The list of people, page by page, and how many there are. With the search key in it SQLite answers a search
        // from the index alone; PostgreSQL limits the size of an entry, and a search key may be longer.
        let mut list = Index::create()
            .name("users_of_company_by_name_idx")
            .table("users")
            .col("company_id")
            .col("sort_key")
            .col("id")
            .and_where(Expr::col("deleted_at").is_null())
            .take();
        if manager.get_database_backend() == DbBackend::Sqlite {
            list.col("search_key");
        }
        manager.create_index(list).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn companies(manager: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("companies")
        .col(uuid("id").primary_key())
        .col(uuid_null("parent_id"))
        .col(text("name"))
        .col(bytewise_text(manager, "search_key"))
        .col(bytewise_text(manager, "sort_key"))
        .col(text_null("website"))
        .col(text_null("phone"))
        .col(text_null("contact_email"))
        .col(text_null("time_zone"))
        .col(big_integer("created_at"))
        .foreign_key(&mut reference("companies", "parent_id", "companies"))
        .check(("companies_not_its_own_parent_check", Expr::cust("parent_id <> id")))
        .take()
}

fn users(manager: &SchemaManager) -> TableCreateStatement {
    Table::create()
        .table("users")
        .col(uuid("id").primary_key())
        .col(uuid("company_id"))
        .col(text("name"))
        .col(text("email"))
        .col(bytewise_text(manager, "email_key"))
        .col(bytewise_text(manager, "search_key"))
        .col(bytewise_text(manager, "sort_key"))
        .col(text("role"))
        .col(text_null("password_hash"))
        .col(text_null("time_zone"))
        .col(big_integer("created_at"))
        .col(big_integer_null("last_sign_in_at"))
        .col(big_integer_null("deleted_at"))
        .foreign_key(&mut reference("users", "company_id", "companies"))
        .check((
            "users_role_check",
            one_of("role", ["administrator", "manager", "user", "read-only"]),
        ))
        .check((
            "users_deleted_without_password_check",
            Expr::cust("deleted_at IS NULL OR password_hash IS NULL"),
        ))
        .take()
}
