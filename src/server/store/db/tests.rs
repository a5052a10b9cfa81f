//! What the connection promises: reading, writing, migrating, and what it refuses to open.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rekey_migrations::{Migrator, MigratorTrait};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, Statement,
};
use uuid::Uuid;

use super::super::entity::{activity, company};
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

#[tokio::test]
async fn entries_of_older_versions_can_be_found_and_are_still_never_changed() -> Result<(), DbErr> {
    let fresh = FreshDb::without_schema().await;
    let on = fresh.db.begin_write().await?;
    Migrator::up(&on, Some(9)).await?;
    on.commit().await?;
    insert(&fresh.db, rows::company()).await?;
    let on = fresh.db.begin_write().await?;
    let backend = on.get_database_backend();
    let (id, company) = if backend == DbBackend::Postgres {
        ("$1", "$2")
    } else {
        ("?", "?")
    };
    let sql = format!(
        "INSERT INTO activity (id, company_id, at, actor_kind, actor_name, action, outcome, target_name) \
         VALUES ({id}, {company}, 1, 'user', 'Ágnes Ábel', 'signed_in', 'granted', 'Uma User')"
    );
    // More than are folded at a time.
    for number in 0..501 {
        let values = [Uuid::from_u128(number).into(), rows::COMPANY.into()];
        on.execute_raw(Statement::from_sql_and_values(backend, &sql, values))
            .await?;
    }
    on.commit().await?;
    fresh.db.migrate().await?;
    let found = activity::Entity::find().filter(activity::Column::SearchKey.like("agnes abel uma user%"));
    assert_eq!(found.count(fresh.db.reader()).await?, 501);
    let on = fresh.db.begin_write().await?;
    let changed = on.execute_unprepared("UPDATE activity SET actor_name = 'Nobody'").await;
    assert!(changed.is_err(), "it is never changed");
    drop(on);
    fresh.remove().await;
    Ok(())
}
