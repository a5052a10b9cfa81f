//! Entities against migrations, and everything that the schema refuses.

use rekey_domain::batch::LineOutcome;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder, SqlErr,
};
use uuid::Uuid;

use super::db::Db;
use super::entity::{
    activity, ask, batch, batch_line, company, disavowal, email_change, grant, limit, link, mail, notice_link, reset,
    session, user,
};
use super::search::contains;
use super::test_rows as rows;
use super::test_rows::{COMPANY, FreshDb, NOBODY, OTHER_COMPANY, RESET, USER, insert, insert_base, with};

/// The row is refused by the check of this name.
async fn by_check<M, A>(db: &Db, check: &str, row: M)
where
    M: ModelTrait + IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = M::Entity> + ActiveModelBehavior + Send,
{
    let error = insert(db, row).await.expect_err(check).to_string();
    assert!(error.contains(check), "expected {check}, got {error}");
}

#[track_caller]
fn is_double(result: Result<(), DbErr>) {
    let error = result.expect_err("a second row");
    assert!(
        matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))),
        "{error}"
    );
}

#[track_caller]
fn points_nowhere(result: Result<(), DbErr>) {
    let error = result.expect_err("a row that points nowhere");
    assert!(
        matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))),
        "{error}"
    );
}

#[tokio::test]
async fn every_table_gives_back_the_row_it_was_given() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::session()).await?;
    insert(db, rows::ask()).await?;
    insert(db, rows::link()).await?;
    insert(db, rows::mail()).await?;
    insert(db, rows::activity()).await?;
    insert(db, rows::limit()).await?;
    insert(db, rows::notice()).await?;
    insert(db, rows::notice_link()).await?;
    insert(db, rows::disavowal()).await?;
    insert(db, rows::email_change()).await?;
    insert(db, rows::batch()).await?;
    insert(db, rows::batch_line()).await?;

    let reader = db.reader();
    let company = company::Entity::find_by_id(COMPANY).one(reader).await?;
    assert_eq!(company, Some(rows::company()));
    let batch = batch::Entity::find().one(reader).await?;
    assert_eq!(batch, Some(rows::batch()));
    let of_batch = batch_line::Entity::find().one(reader).await?;
    assert_eq!(of_batch, Some(rows::batch_line()));
    let ask = ask::Entity::find().one(reader).await?;
    assert_eq!(ask, Some(rows::ask()));
    let limit = limit::Entity::find().one(reader).await?;
    assert_eq!(limit, Some(rows::limit()));
    let activity = activity::Entity::find().one(reader).await?;
    assert_eq!(activity, Some(rows::activity()));
    let user = user::Entity::find().find_also_related(company::Entity);
    let expected = Some((rows::user(), Some(rows::company())));
    assert_eq!(user.one(reader).await?, expected);
    let session = session::Entity::find().find_also_related(user::Entity);
    let expected = Some((rows::session(), Some(rows::user())));
    assert_eq!(session.one(reader).await?, expected);
    let reset = reset::Entity::find().find_also_related(user::Entity);
    let expected = Some((rows::reset(), Some(rows::user())));
    assert_eq!(reset.one(reader).await?, expected);
    let mail = mail::Entity::find_by_id(rows::mail().id).find_also_related(reset::Entity);
    let expected = Some((rows::mail(), Some(rows::reset())));
    assert_eq!(mail.one(reader).await?, expected);
    let link = link::Entity::find_by_id(rows::link().hash).find_also_related(reset::Entity);
    let expected = Some((rows::link(), Some(rows::reset())));
    assert_eq!(link.one(reader).await?, expected);
    let notice_link = notice_link::Entity::find().find_also_related(mail::Entity);
    let expected = Some((rows::notice_link(), Some(rows::notice())));
    assert_eq!(notice_link.one(reader).await?, expected);
    let disavowal = disavowal::Entity::find().find_also_related(user::Entity);
    let expected = Some((rows::disavowal(), Some(rows::user())));
    assert_eq!(disavowal.one(reader).await?, expected);
    let child = with(&rows::company(), |row| {
        row.id = rows::grant().child_id;
        row.parent_id = Some(COMPANY);
    });
    insert(db, child.clone()).await?;
    insert(db, rows::grant()).await?;
    let grant = grant::Entity::find().find_also_related(company::Entity);
    assert_eq!(grant.one(reader).await?, Some((rows::grant(), Some(child))));
    let grant = grant::Entity::find().find_also_related(user::Entity);
    assert_eq!(grant.one(reader).await?, Some((rows::grant(), Some(rows::user()))));
    let change = email_change::Entity::find().find_also_related(user::Entity);
    let expected = Some((rows::email_change(), Some(rows::user())));
    assert_eq!(change.one(reader).await?, expected);
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn companies_and_users_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;

    let company = with(&rows::company(), |row| row.id = NOBODY);
    let own_parent = with(&company, |row| row.parent_id = Some(NOBODY));
    by_check(db, "companies_not_its_own_parent_check", own_parent).await;
    let no_accent = with(&company, |row| row.accent = "gold".into());
    by_check(db, "companies_accent_check", no_accent).await;
    let no_parent = with(&company, |row| row.parent_id = Some(Uuid::nil()));
    points_nowhere(insert(db, no_parent).await);

    let same_address = with(&rows::user(), |row| row.id = NOBODY);
    is_double(insert(db, same_address.clone()).await);
    let elsewhere = with(&same_address, |row| row.company_id = OTHER_COMPANY);
    is_double(insert(db, elsewhere.clone()).await);
    let other = with(&same_address, |row| row.email_key.push('x'));
    let unknown_role = with(&other, |row| row.role = "owner".into());
    by_check(db, "users_role_check", unknown_role).await;
    let deleted = with(&other, |row| row.deleted_at = Some(1));
    by_check(db, "users_deleted_without_password_check", deleted.clone()).await;
    points_nowhere(insert(db, with(&other, |row| row.company_id = NOBODY)).await);
    let never_had = with(&other, |row| row.has_had_password = false);
    by_check(db, "users_has_had_password_check", never_had).await;

    let deleted = with(&deleted, |row| row.password_hash = None);
    insert(db, with(&deleted, |row| row.email_key = rows::user().email_key)).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn f5_that_there_was_a_password_is_never_forgotten() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    let one = || user::Entity::update_many().filter(user::Column::Id.eq(USER));
    let had = Expr::value(false);
    let tx = db.begin_write().await?;
    let without = one().col_expr(user::Column::PasswordHash, Expr::value(None::<String>));
    without.exec(&tx).await?;
    tx.commit().await?;
    let tx = db.begin_write().await?;
    let forgotten = one().col_expr(user::Column::HasHadPassword, had).exec(&tx).await;
    let error = forgotten.expect_err("it is kept").to_string();
    assert!(error.contains("never forgotten"), "{error}");
    drop(tx);
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn sessions_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::session()).await?;

    let same_secret = with(&rows::session(), |row| row.id = NOBODY);
    is_double(insert(db, same_secret.clone()).await);
    let other = with(&same_secret, |row| row.secret_hash = vec![6; 32]);
    let short = with(&other, |row| row.secret_hash = vec![6; 31]);
    by_check(db, "sessions_secret_hash_check", short).await;
    points_nowhere(insert(db, with(&other, |row| row.user_id = NOBODY)).await);
    points_nowhere(insert(db, with(&other, |row| row.company_id = NOBODY)).await);
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn grants_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    points_nowhere(insert(db, rows::grant()).await);
    let child = with(&rows::company(), |row| {
        row.id = Uuid::from_u128(7);
        row.parent_id = Some(COMPANY);
    });
    insert(db, child.clone()).await?;
    let grant = with(&rows::grant(), |row| row.child_id = child.id);
    for other in [
        with(&grant, |row| row.child_id = COMPANY),
        with(&grant, |row| row.child_id = OTHER_COMPANY),
        with(&grant, |row| row.company_id = OTHER_COMPANY),
        with(&grant, |row| row.user_id = NOBODY),
    ] {
        points_nowhere(insert(db, other).await);
    }
    insert(db, grant.clone()).await?;
    is_double(insert(db, grant).await);

    // While somebody has a grant by it, a link does not end.
    let transaction = db.begin_write().await?;
    let unlinked = company::Entity::update_many()
        .col_expr(company::Column::ParentId, Expr::value(None::<Uuid>))
        .filter(company::Column::Id.eq(child.id))
        .exec(&transaction)
        .await;
    points_nowhere(unlinked.map(|_| ()));
    drop(transaction);
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn resets_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;

    let other = with(&rows::reset(), |row| row.id = NOBODY);
    let used = with(&other, |row| row.ended_as = Some("used".into()));
    by_check(db, "resets_end_has_time_check", used.clone()).await;
    let used = with(&used, |row| row.ended_at = Some(1));
    let replaced = with(&used, |row| row.ended_as = Some("replaced".into()));
    by_check(db, "resets_replaced_by_check", replaced.clone()).await;
    let replaced = with(&replaced, |row| row.replaced_by = Some(RESET));

    let row = with(&other, |row| row.kind = "friend".into());
    by_check(db, "resets_kind_check", row).await;
    let row = with(&other, |row| row.expires_at = row.asked_at);
    by_check(db, "resets_expires_later_check", row).await;
    let row = with(&used, |row| row.ended_as = Some("expired".into()));
    by_check(db, "resets_ended_as_check", row).await;
    let row = with(&other, |row| row.ended_at = Some(1));
    by_check(db, "resets_end_has_time_check", row).await;
    let row = with(&other, |row| row.ended_by = Some(USER));
    by_check(db, "resets_ended_by_check", row).await;
    let row = with(&used, |row| row.replaced_by = Some(RESET));
    by_check(db, "resets_replaced_by_check", row).await;
    let row = with(&other, |row| row.replaced_by = Some(RESET));
    by_check(db, "resets_replaced_by_check", row).await;
    let row = with(&replaced, |row| row.replaced_by = Some(NOBODY));
    by_check(db, "resets_not_replaced_by_itself_check", row).await;
    // Only the recipient says why, and nobody else has ended it then.
    let revoked = with(&used, |row| row.ended_as = Some("revoked".into()));
    let said = with(&revoked, |row| row.recipient_said = Some("not-asked".into()));
    let row = with(&said, |row| row.recipient_said = Some("perhaps".into()));
    by_check(db, "resets_recipient_said_check", row).await;
    let row = with(&said, |row| row.ended_by = Some(USER));
    by_check(db, "resets_recipient_said_check", row).await;
    let row = with(&used, |row| row.recipient_said = Some("not-asked".into()));
    by_check(db, "resets_recipient_said_check", row).await;
    let row = with(&other, |row| row.recipient_said = Some("not-needed".into()));
    by_check(db, "resets_recipient_said_check", row).await;
    insert(db, with(&said, |row| row.id = Uuid::from_u128(98))).await?;
    // What cancelled it is said of one that was cancelled.
    let cancelled = with(&used, |row| row.ended_as = Some("cancelled".into()));
    let row = with(&cancelled, |row| row.cancelled_for = Some("perhaps".into()));
    by_check(db, "resets_cancelled_for_check", row).await;
    let row = with(&used, |row| row.cancelled_for = Some("email-changed".into()));
    by_check(db, "resets_cancelled_for_check", row).await;
    let row = with(&other, |row| row.cancelled_for = Some("account-deleted".into()));
    by_check(db, "resets_cancelled_for_check", row).await;
    let row = with(&cancelled, |row| {
        (row.id, row.cancelled_for) = (Uuid::from_u128(96), Some("password-changed".into()));
    });
    insert(db, row).await?;
    // Only the operator, who is nobody of a company, has a link shown.
    let shown = with(&other, |row| row.is_shown = true);
    let row = with(&shown, |row| row.asked_by = Some(USER));
    by_check(db, "resets_is_shown_check", row).await;
    insert(db, with(&shown, |row| row.id = Uuid::from_u128(97))).await?;
    // A person of one company can't be reset in another.
    points_nowhere(insert(db, with(&other, |row| row.company_id = OTHER_COMPANY)).await);
    points_nowhere(insert(db, with(&other, |row| row.asked_by = Some(NOBODY))).await);
    insert(db, replaced).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn links_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::link()).await?;

    is_double(insert(db, with(&rows::link(), |row| row.attempt = 2)).await);
    let second = with(&rows::link(), |row| row.hash = vec![8; 32]);
    is_double(insert(db, second.clone()).await);
    let second = with(&second, |row| row.attempt = 2);
    let attempt = with(&second, |row| row.attempt = 0);
    by_check(db, "links_attempt_check", attempt).await;
    let hash = with(&second, |row| row.hash = vec![8; 33]);
    by_check(db, "links_hash_check", hash).await;
    points_nowhere(insert(db, with(&second, |row| row.reset_id = NOBODY)).await);
    insert(db, second).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn mails_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::mail()).await?;

    let same_reset = with(&rows::mail(), |row| row.id = NOBODY);
    is_double(insert(db, same_reset.clone()).await);
    let no_reset = with(&same_reset, |row| row.reset_id = None);
    by_check(db, "mails_reset_check", no_reset.clone()).await;
    let notice = with(&no_reset, |row| row.kind = "password_changed".into());

    let row = with(&notice, |row| row.reset_id = Some(RESET));
    by_check(db, "mails_reset_check", row).await;
    let row = with(&notice, |row| row.kind = "greeting".into());
    by_check(db, "mails_kind_check", row).await;
    let row = with(&notice, |row| row.state = "delivered".into());
    by_check(db, "mails_state_check", row).await;
    let row = with(&notice, |row| row.attempts = -1);
    by_check(db, "mails_attempts_check", row).await;
    let row = with(&notice, |row| row.leased_until = Some(1));
    by_check(db, "mails_lease_check", row).await;
    let sending = with(&notice, |row| row.state = "sending".into());
    by_check(db, "mails_lease_check", sending.clone()).await;
    points_nowhere(insert(db, with(&notice, |row| row.company_id = OTHER_COMPANY)).await);
    insert(db, with(&sending, |row| row.leased_until = Some(1))).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn limits_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert(db, rows::limit()).await?;
    is_double(insert(db, rows::limit()).await);
    let other = with(&rows::limit(), |row| row.kind = "sign_in_email".into());
    insert(db, with(&other, |row| row.kind = "taken_email".into())).await?;
    by_check(db, "limits_kind_check", with(&other, |row| row.kind = "phase".into())).await;
    by_check(db, "limits_count_check", with(&other, |row| row.count = -1)).await;
    // The same key of another limit, and one that only folding would make the same.
    insert(db, other).await?;
    insert(db, with(&rows::limit(), |row| row.key = row.key.to_uppercase())).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn notice_links_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::notice()).await?;
    insert(db, rows::notice_link()).await?;

    is_double(insert(db, with(&rows::notice_link(), |row| row.attempt = 2)).await);
    let second = with(&rows::notice_link(), |row| {
        row.hash = vec![13; 32];
        row.attempt = 2;
    });
    let attempt = with(&second, |row| row.attempt = 0);
    by_check(db, "notice_links_attempt_check", attempt).await;
    let hash = with(&second, |row| row.hash = vec![13; 31]);
    by_check(db, "notice_links_hash_check", hash).await;
    points_nowhere(insert(db, with(&second, |row| row.mail_id = NOBODY)).await);
    insert(db, second).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn email_changes_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::email_change()).await?;

    let second = with(&rows::email_change(), |row| row.id = NOBODY);
    is_double(insert(db, second.clone()).await);
    let ended = with(&second, |row| {
        row.ended_as = Some("stopped".into());
        row.ended_at = Some(3_000);
    });
    let row = with(&ended, |row| row.ended_as = Some("forgotten".into()));
    by_check(db, "email_changes_ended_as_check", row).await;
    let row = with(&ended, |row| row.ended_at = None);
    by_check(db, "email_changes_end_has_time_check", row).await;
    let row = with(&ended, |row| row.counts_from = row.entered_at - 1);
    by_check(db, "email_changes_counts_from_check", row).await;
    let row = with(&ended, |row| row.ended_as = Some("counted".into()));
    by_check(db, "email_changes_counted_is_confirmed_check", row).await;
    points_nowhere(insert(db, with(&ended, |row| row.company_id = OTHER_COMPANY)).await);
    points_nowhere(insert(db, with(&ended, |row| row.entered_by = NOBODY)).await);
    insert(db, ended).await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn disavowals_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::notice()).await?;
    insert(db, rows::disavowal()).await?;

    let again = with(&rows::disavowal(), |row| row.id = NOBODY);
    is_double(insert(db, again.clone()).await);
    let neither = with(&again, |row| row.reset_id = None);
    by_check(db, "disavowals_about_one_check", neither.clone()).await;
    let both = with(&again, |row| row.mail_id = Some(rows::notice().id));
    by_check(db, "disavowals_about_one_check", both).await;
    let about_change = with(&neither, |row| row.mail_id = Some(rows::notice().id));
    // A person of one company does not speak in another.
    points_nowhere(insert(db, with(&about_change, |row| row.company_id = OTHER_COMPANY)).await);
    points_nowhere(insert(db, with(&about_change, |row| row.mail_id = Some(NOBODY))).await);
    insert(db, about_change.clone()).await?;
    is_double(insert(db, with(&about_change, |row| row.id = Uuid::from_u128(98))).await);

    // What it is about takes it along.
    let transaction = db.begin_write().await?;
    mail::Entity::delete_many().exec(&transaction).await?;
    reset::Entity::delete_many().exec(&transaction).await?;
    assert_eq!(disavowal::Entity::find().count(&transaction).await?, 0);
    assert_eq!(notice_link::Entity::find().count(&transaction).await?, 0);
    transaction.commit().await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn activity_is_never_changed_but_counts_up_and_can_be_purged() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::activity()).await?;
    let row = with(&rows::activity(), |row| row.actor_kind = "robot".into());
    by_check(db, "activity_actor_kind_check", row).await;
    let row = with(&rows::activity(), |row| row.outcome = "perhaps".into());
    by_check(db, "activity_outcome_check", row).await;
    let of_nobody = with(&rows::activity(), |row| row.company_id = None);
    by_check(db, "activity_company_check", of_nobody).await;
    for times in [0, 2] {
        let row = with(&rows::activity(), |row| row.times = times);
        by_check(db, "activity_times_check", row).await;
    }
    let repeated = with(&rows::activity(), |row| {
        row.id = NOBODY;
        row.company_id = None;
        row.repeat_key = Some("203.0.113.7 1".to_owned());
        row.times = 7;
    });
    insert(db, repeated.clone()).await?;
    is_double(insert(db, with(&repeated, |row| row.id = USER)).await);
    let nowhere = with(&rows::activity(), |row| row.company_id = Some(Uuid::nil()));
    points_nowhere(insert(db, with(&nowhere, |row| row.id = USER)).await);
    for (column, value, is_counting_up) in [
        (activity::Column::Times, Expr::value(8), true),
        (activity::Column::Times, Expr::value(8), false),
        (activity::Column::Times, Expr::value(1), false),
        (activity::Column::RepeatKey, Expr::value("another"), false),
        (activity::Column::At, Expr::value(7), false),
    ] {
        let transaction = db.begin_write().await?;
        let changed = activity::Entity::update_many()
            .col_expr(column, value)
            .filter(activity::Column::Id.eq(NOBODY))
            .exec(&transaction)
            .await;
        assert_eq!(changed.is_ok(), is_counting_up, "{column:?} {changed:?}");
        if is_counting_up {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
    }
    let transaction = db.begin_write().await?;
    let counted = activity::Entity::update_many()
        .col_expr(activity::Column::Times, Expr::value(2))
        .filter(activity::Column::Id.eq(rows::activity().id))
        .exec(&transaction);
    let error = counted.await.expect_err("an entry that is told alone").to_string();
    assert!(error.contains("activity is never changed"), "{error}");
    transaction.rollback().await?;

    let transaction = db.begin_write().await?;
    let change = activity::Entity::update_many()
        .col_expr(activity::Column::ActorName, Expr::value("Somebody else"))
        .exec(&transaction);
    let error = change.await.expect_err("a changed entry").to_string();
    assert!(error.contains("activity is never changed"), "{error}");
    transaction.rollback().await?;

    let transaction = db.begin_write().await?;
    let purged = activity::Entity::delete_many().exec(&transaction).await?;
    assert_eq!(purged.rows_affected, 2);
    transaction.commit().await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn a_reset_takes_its_links_and_mail_along_but_not_the_one_it_replaced() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::link()).await?;
    insert(db, rows::mail()).await?;
    let older = with(&rows::reset(), |row| {
        row.id = NOBODY;
        row.ended_as = Some("replaced".into());
        row.ended_at = Some(1);
        row.replaced_by = Some(RESET);
    });
    insert(db, older).await?;

    let transaction = db.begin_write().await?;
    let newer_alone = reset::Entity::delete_by_id(RESET).exec(&transaction).await;
    points_nowhere(newer_alone.map(drop));
    transaction.rollback().await?;

    let transaction = db.begin_write().await?;
    let both = reset::Entity::delete_many().exec(&transaction).await?;
    assert_eq!(both.rows_affected, 2);
    assert_eq!(link::Entity::find().count(&transaction).await?, 0);
    assert_eq!(mail::Entity::find().count(&transaction).await?, 0);
    transaction.commit().await?;
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn keys_are_sorted_and_searched_byte_by_byte() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    for (number, key) in (0..).zip(["a b", "a\u{e9}", "ab", "a-b", "B", "100%", "1000"]) {
        let row = with(&rows::company(), |row| {
            row.id = Uuid::from_u128(number);
            row.search_key = key.to_owned();
            row.sort_key = key.to_owned();
        });
        insert(db, row).await?;
    }
    let sorted = company::Entity::find().order_by_asc(company::Column::SortKey);
    let sorted = sorted.all(db.reader()).await?;
    let sorted: Vec<_> = sorted.into_iter().map(|row| row.sort_key).collect();
    assert_eq!(sorted, ["100%", "1000", "B", "a b", "a-b", "ab", "a\u{e9}"]);
    let found = company::Entity::find().filter(company::Column::SearchKey.like(contains("00%")));
    let found = found.all(db.reader()).await?;
    let found: Vec<_> = found.into_iter().map(|row| row.search_key).collect();
    assert_eq!(found, ["100%"]);
    fresh.remove().await;
    Ok(())
}

#[tokio::test]
async fn batches_refuse_what_must_not_be() -> Result<(), DbErr> {
    let fresh = FreshDb::new().await;
    let db = &fresh.db;
    insert_base(db).await?;
    insert(db, rows::batch()).await?;
    insert(db, rows::batch_line()).await?;

    let other = with(&rows::batch(), |row| row.id = NOBODY);
    let no_kind = with(&other, |row| row.kind = "gifts".into());
    by_check(db, "batches_kind_check", no_kind).await;
    let no_state = with(&other, |row| row.state = "lost".into());
    by_check(db, "batches_state_check", no_state).await;
    let never_pressed = with(&other, |row| row.pressed_at = None);
    by_check(db, "batches_pressed_check", never_pressed).await;
    let pressed_draft = with(&other, |row| row.state = "draft".into());
    by_check(db, "batches_pressed_check", pressed_draft).await;
    let by_nobody = with(&other, |row| row.state = "revoked".into());
    by_check(db, "batches_revoked_by_check", by_nobody).await;
    let not_revoked = with(&other, |row| row.revoked_by = Some(USER));
    by_check(db, "batches_revoked_by_check", not_revoked).await;
    let of_operator = with(&other, |row| row.made_by = None);
    by_check(db, "batches_made_by_check", of_operator).await;

    let second = with(&rows::batch_line(), |row| row.line = 2);
    is_double(insert(db, rows::batch_line()).await);
    points_nowhere(insert(db, with(&second, |row| row.batch_id = NOBODY)).await);
    points_nowhere(insert(db, with(&second, |row| row.user_id = Some(NOBODY))).await);
    by_check(db, "batch_lines_line_check", with(&second, |row| row.line = 0)).await;
    let no_word = with(&second, |row| row.outcome = "perhaps".into());
    by_check(db, "batch_lines_outcome_check", no_word).await;
    let for_nobody = with(&second, |row| row.user_id = None);
    by_check(db, "batch_lines_done_check", for_nobody).await;
    for &outcome in LineOutcome::ALL {
        let number = 10 + LineOutcome::ALL.iter().position(|known| *known == outcome).unwrap_or(0);
        let line = with(&second, |row| {
            row.line = number.try_into().expect("a small number");
            row.outcome = outcome.as_str().into();
        });
        insert(db, line).await?;
    }

    let reset = with(&rows::reset(), |row| row.id = NOBODY);
    points_nowhere(insert(db, with(&reset, |row| row.batch_id = Some(NOBODY))).await);
    let notice = with(&rows::notice(), |row| row.is_of_batch = true);
    by_check(db, "mails_is_of_batch_check", notice).await;

    // A batch takes its lines along, and stays while a reset tells of it.
    insert(db, with(&reset, |row| row.batch_id = Some(rows::BATCH))).await?;
    let transaction = db.begin_write().await?;
    let kept = batch::Entity::delete_by_id(rows::BATCH).exec(&transaction).await;
    points_nowhere(kept.map(|_| ()));
    drop(transaction);
    let transaction = db.begin_write().await?;
    reset::Entity::delete_by_id(NOBODY).exec(&transaction).await?;
    batch::Entity::delete_by_id(rows::BATCH).exec(&transaction).await?;
    transaction.commit().await?;
    assert_eq!(batch_line::Entity::find().count(db.reader()).await?, 0);
    fresh.remove().await;
    Ok(())
}
