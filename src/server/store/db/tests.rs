//! What the connection promises: reading, writing, migrating, and what it refuses to open.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbBackend, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter};

use super::super::entity::company;
use super::super::test_rows as rows;
use super::super::test_rows::{FreshDb, insert, insert_base};
use super::Db;

#[tokio::test]
async fn servers_that_migrate_at_once_wait_for_each_other() -> Result<(), DbErr> {
    let fresh = FreshDb::without_schema().await;
    let (one, other) = (&fresh.db, Db::connect(&fresh.url).await?);
    assert!(!one.is_migrated().await?);
    let (first, second) = tokio::join!(one.migrate(), other.migrate());
    first.and(second)?;
    assert!(one.is_migrated().await? && other.is_migrated().await?);
    one.ping().await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn every_statement_is_told_to_the_callback() -> Result<(), DbErr> {
    let mut fresh = FreshDb::new().await;
    let statements = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&statements);
    fresh.db.on_statement(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    company::Entity::find().count(fresh.db.reader()).await?;
    insert(&fresh.db.clone(), rows::company()).await?;
    assert_eq!(statements.load(Ordering::SeqCst), 2);
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn a_url_that_can_not_be_right_is_refused_without_repeating_it() {
    for url in [
        "mysql://u:hidden@host/db",
        "hidden",
        "sqlite::memory:",
        "sqlite:hidden?x=y",
        "postgres://u:hidden@host:x/db",
    ] {
        let error = Db::connect(url).await.expect_err(url).to_string();
        assert!(!error.contains("hidden"), "{error}");
    }
}

#[tokio::test]
async fn on_sqlite_the_reader_can_not_write() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let reader = fresh.db.reader();
    if reader.get_database_backend() == DbBackend::Sqlite {
        let error = company::Entity::delete_many()
            .exec(reader)
            .await
            .expect_err("a reader that writes");
        assert!(error.to_string().contains("readonly"), "{error}");
    }
    fresh.remove().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_writers_that_read_first_all_get_through() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    insert_base(&fresh.db).await?;
    let writers: Vec<_> = (0..50)
        .map(|_| {
            let db = fresh.db.clone();
            tokio::spawn(async move {
                let transaction = db.begin_write().await?;
                company::Entity::find().count(&transaction).await?;
                let one_more = Expr::col(company::Column::CreatedAt).add(1);
                company::Entity::update_many()
                    .col_expr(company::Column::CreatedAt, one_more)
                    .filter(company::Column::Id.eq(rows::COMPANY))
                    .exec(&transaction)
                    .await?;
                transaction.commit().await
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("a writer that does not panic")?;
    }
    let company = company::Entity::find_by_id(rows::COMPANY)
        .one(fresh.db.reader())
        .await?;
    assert_eq!(company.map(|company| company.created_at), Some(1_050));
    fresh.remove().await;
    Ok(())
}
