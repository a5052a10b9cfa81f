//! A company with more people than are counted: its list finds the same people as a reading of all of them would, and neither
//! reads them all nor sorts them.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rekey_domain::account::Status;
use rekey_domain::id::{CompanyId, UserId};
use rekey_domain::page_size::Total;
use rekey_domain::role::Role;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, ExecResult, IntoActiveModel,
    QueryResult, Statement,
};
use uuid::Uuid;

use super::entity::user::{Entity, Model};
use super::test_rows::{COMPANY, FreshDb, OTHER_COMPANY, company, insert, user, with};
use super::user_list::{self, Wanted};
use crate::wire::users_query::{Place, Shown, UserSort};

/// More than are counted.
const PEOPLE: u128 = 12_000;
/// Rows that are added in one statement.
const AT_ONCE: usize = 500;
/// Rows of a page.
const ROWS: u64 = 50;

/// A transaction that keeps the plan of each statement that it asks.
struct Explained<'a> {
    tx: &'a DatabaseTransaction,
    plans: Mutex<Vec<String>>,
}

impl Explained<'_> {
    async fn explain(&self, statement: &Statement) -> Result<(), DbErr> {
        let backend = self.tx.get_database_backend();
        let explain = match backend {
            DbBackend::Postgres => "EXPLAIN",
            _ => "EXPLAIN QUERY PLAN",
        };
        let asked = Statement {
            sql: format!("{explain} {}", statement.sql),
            ..statement.clone()
        };
        let mut plan = format!("{}\n", statement.sql);
        for row in self.tx.query_all_raw(asked).await? {
            let line: String = match backend {
                DbBackend::Postgres => row.try_get_by_index(0)?,
                _ => row.try_get_by("detail")?,
            };
            plan.push_str(&line);
            plan.push('\n');
        }
        self.plans.lock().unwrap_or_else(PoisonError::into_inner).push(plan);
        Ok(())
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut *self.plans.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[sea_orm::prelude::async_trait::async_trait]
impl ConnectionTrait for Explained<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.tx.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.tx.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.explain(&statement).await?;
        self.tx.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.explain(&statement).await?;
        self.tx.query_all_raw(statement).await
    }
}

fn person(number: u128) -> Model {
    let name = if number % 1_000 == 7 {
        format!("Zoe-Ann O\"Neil {number:05}")
    } else {
        format!("Number {number:05}")
    };
    let email = format!("n.{number:05}@large.example");
    with(&user(), |row| {
        row.id = Uuid::from_u128((1 << 80) + number);
        row.search_key = format!("{} {email}", name.to_lowercase());
        // Out of step with ids and addresses.
        row.sort_key = format!("{:05}", number * 7_919 % PEOPLE);
        row.email_key.clone_from(&email);
        row.email = email;
        row.name = name;
        row.role = match number % 100 {
            0 => "administrator",
            1..=20 => "manager",
            21..=50 => "read-only",
            _ => "user",
        }
        .to_owned();
        row.deleted_at = (number % 40 == 3).then_some(5_000);
        row.password_hash = Some("$argon2id$".to_owned()).filter(|_| !number.is_multiple_of(10) && number % 40 != 3);
        row.last_sign_in_at = number
            .is_multiple_of(3)
            .then_some(i64::try_from(number).expect("small"));
    })
}

/// A transaction in which they are there.
async fn large(fresh: &FreshDb) -> Result<DatabaseTransaction, DbErr> {
    insert(&fresh.db, company()).await?;
    let other = with(&company(), |row| {
        row.id = OTHER_COMPANY;
        row.parent_id = None;
    });
    insert(&fresh.db, other).await?;
    let tx = fresh.db.begin_write().await?;
    let people: Vec<_> = (0..PEOPLE).map(person).collect();
    for people in people.chunks(AT_ONCE) {
        let rows = people.iter().cloned().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(&tx).await?;
    }
    // Somebody of another company, who would be found.
    let other = with(&person(PEOPLE), |row| {
        row.company_id = OTHER_COMPANY;
        row.search_key = "zoe-ann of the others".to_owned();
    });
    Entity::insert(other.into_active_model())
        .exec_without_returning(&tx)
        .await?;
    if tx.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared("ANALYZE users").await?;
        // What can be done without reading a whole table is done so, however small the table is.
        tx.execute_unprepared("SET LOCAL enable_seqscan = off").await?;
    }
    Ok(tx)
}

/// Everybody whom this text finds, by name.
fn searched(folded: &str) -> Wanted {
    Wanted {
        company: CompanyId::from_uuid(COMPANY),
        folded: folded.to_owned(),
        role: None,
        shown: Shown::Everyone,
        sort: UserSort::Name,
        descending: false,
    }
}

fn all_wanted() -> Vec<Wanted> {
    let mut all = Vec::new();
    let sorts = [
        UserSort::Name,
        UserSort::Email,
        UserSort::Role,
        UserSort::Status,
        UserSort::LastSignIn,
        UserSort::LastReset,
    ];
    let shown = [
        Shown::Everyone,
        Shown::Only(Status::Active),
        Shown::Only(Status::Invited),
        Shown::Only(Status::Deleted),
    ];
    let roles = [None, Some(Role::Administrator), Some(Role::User)];
    // Of everybody, of few, of somebody, of nobody; with what means something to LIKE and to FTS5.
    let searches = ["", "number", "zoe-ann o\"neil", "n.00123@", "\" or \"", "%_%"];
    for (number, sort) in sorts.into_iter().enumerate() {
        for shown in shown {
            for role in roles {
                // A search is the same in every order.
                let searches = if number < 2 { &searches[..] } else { &searches[..1] };
                for folded in searches {
                    all.push(Wanted {
                        company: CompanyId::from_uuid(COMPANY),
                        folded: (*folded).to_owned(),
                        role,
                        shown,
                        sort,
                        descending: number % 2 == 1,
                    });
                }
            }
        }
    }
    all
}

/// As a reading of everybody finds them.
async fn read_whole(on: &impl ConnectionTrait, wanted: &Wanted) -> Result<Vec<UserId>, DbErr> {
    user_list::ids(on, wanted, user_list::Way::default()).await
}

#[tokio::test]
async fn no_order_filter_or_search_reads_or_sorts_everybody_and_all_are_exact() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let tx = large(&fresh).await?;
    let on = Explained {
        tx: &tx,
        plans: Mutex::default(),
    };
    let mut by_search = 0;
    let is_on_sqlite = tx.get_database_backend() == DbBackend::Sqlite;
    for wanted in all_wanted() {
        let mut plans = Vec::new();
        let whole = read_whole(&tx, &wanted).await?;
        let counted = user_list::count(&on, &wanted, ROWS).await?;
        assert_eq!(counted.total, Total::of(whole.len() as u64), "{wanted:?}");
        let page = user_list::page(&on, &wanted, counted.way, Place::Start, ROWS).await?;
        let ids = |page: &user_list::Page| page.people.iter().map(|person| person.id).collect::<Vec<_>>();
        let rows = usize::try_from(ROWS).expect("small");
        assert_eq!(
            ids(&page),
            whole.iter().copied().take(rows).collect::<Vec<_>>(),
            "{wanted:?}"
        );
        if let (Some(last), true) = (page.people.last(), whole.len() > rows) {
            let place = Place::After(last.id, ROWS + 1);
            plans.extend(on.taken());
            let next = user_list::page(&on, &wanted, counted.way, place, ROWS).await?;
            let begins = on.taken();
            if is_on_sqlite && counted.way.is_in_order() {
                // Where it begins is found by all that it is ordered by, not gone to.
                assert!(begins[0].contains("sort_key,id)"), "{wanted:?}\n{}", begins[0]);
            }
            plans.extend(begins);
            let expected: Vec<_> = whole.iter().copied().skip(rows).take(rows).collect();
            assert_eq!(ids(&next), expected, "{wanted:?}");
            let back = Place::Before(next.people.first().expect("somebody").id, 1);
            let back = user_list::page(&on, &wanted, counted.way, back, ROWS).await?;
            assert_eq!(ids(&back), ids(&page), "{wanted:?}");
        }
        plans.extend(on.taken());
        for plan in plans {
            let is_by_search = plan.contains("users.id IN (");
            let finds = plan.contains("SEARCH users USING INDEX sqlite_autoindex_users_1 (id=?)");
            assert!(!is_by_search || finds, "{wanted:?}\n{plan}");
            by_search += usize::from(is_by_search);
            let reads_all = plan.contains("Seq Scan") || plan.lines().any(|line| line.starts_with("SCAN users"));
            assert!(!reads_all, "{wanted:?}\n{plan}");
            let sorts = plan.contains("USE TEMP B-TREE FOR ORDER BY") || plan.contains("Sort Key");
            let few = whole.len() <= 3_200;
            assert!(!sorts || few, "{wanted:?} sorts {} people\n{plan}", whole.len());
        }
    }
    assert_eq!(by_search > 0, is_on_sqlite, "{by_search} searches by the index");
    tx.rollback().await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn of_one_or_two_signs_the_words_of_a_large_company_begin_with_them() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let tx = large(&fresh).await?;
    for (folded, is_found) in [
        ("z", true),
        ("an", true),
        ("o\"", true),
        ("00", true),
        ("oe", false),
        ("@", false),
        ("la", true),
    ] {
        let wanted = searched(folded);
        let counted = user_list::count(&tx, &wanted, ROWS).await?;
        assert_eq!(!counted.total.is_none(), is_found, "{folded}");
        let page = user_list::page(&tx, &wanted, counted.way, Place::Start, ROWS).await?;
        assert_eq!(!page.people.is_empty(), is_found, "{folded}");
        if ["z", "an", "o\""].contains(&folded) {
            let names: BTreeSet<_> = page.people.iter().map(|person| person.name.as_str()).collect();
            assert!(
                names.iter().all(|name| name.starts_with("Zoe-Ann")),
                "{folded}: {names:?}"
            );
        }
    }
    // Who is renamed is found by the new name alone, and who is gone by none.
    let renamed = UserId::from_uuid(person(7).id);
    let name = rekey_domain::name::PersonName::parse("Quentin Quill").expect("a name");
    super::users::set_details(&tx, renamed, &name, "n.00007@large.example", None).await?;
    for (folded, found) in [("quill", 1), ("zoe-ann o\"neil 00007", 0), ("zoe-ann o\"neil 01007", 1)] {
        let wanted = searched(folded);
        let counted = user_list::count(&tx, &wanted, ROWS).await?;
        assert_eq!(counted.total, Total::of(found), "{folded}");
    }
    tx.rollback().await?;
    fresh.remove().await;
    Ok(())
}
