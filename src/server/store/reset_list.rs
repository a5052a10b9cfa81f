//! The list of a company's resets: search, state, and paging by cursor, newest first. What a page says first about a reset
//! is decided by `rekey_domain::reset::headline`; here stands the same as SQL, and a test holds the two together.

use rekey_domain::account::Status;
use rekey_domain::attention::{attention, standing};
use rekey_domain::id::{BatchId, CompanyId, UserId};
use rekey_domain::page_size::Total;
use rekey_domain::policy::Target;
use rekey_domain::reset::{Headline, Kind, MailState};
use rekey_domain::time::Timestamp;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, RelationTrait, Select,
};

use super::entity::reset::{Column, Entity, Relation};
use super::entity::user;
use super::mails::MailReply;
use super::named_resets::{self, NamedReset, Row};
use super::{counted, read_word, search};
use crate::wire::resets_query::{PlaceInList, ResetPlace, ShownResets};

/// Which resets, and as seen when.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Whose people's.
    pub company: CompanyId,
    /// A folded text in the person's name or address; empty for all.
    pub folded: String,
    /// In which state.
    pub shown: ShownResets,
    /// What the clock says.
    pub now: Timestamp,
    /// Whether the mail server is out of order.
    pub is_out_of_order: bool,
    /// What needs attention was asked since then.
    pub look_back_to: Timestamp,
    /// Only those of this batch.
    pub batch: Option<BatchId>,
    /// The newest of this person, too, in whichever state.
    pub pressed: Option<UserId>,
}

/// A reset with its person.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The reset, its mail, the names of its actors.
    pub named: NamedReset,
    /// The person's name.
    pub person: String,
    /// What the role table needs to know of the person.
    pub target: Target,
    /// Whether the person has no newer one.
    pub is_newest: bool,
}

/// How many there are.
pub async fn count(on: &impl ConnectionTrait, wanted: &Wanted) -> Result<Total, DbErr> {
    let mut resets = Entity::find();
    if wanted.shown != ShownResets::All {
        resets = resets.join(JoinType::InnerJoin, Relation::Mail.def());
    }
    let is_of_people = matches!(wanted.shown, ShownResets::Needing(_) | ShownResets::Standing(_));
    if !wanted.folded.is_empty() || is_of_people {
        resets = resets.join(JoinType::InnerJoin, Relation::User.def());
    }
    counted::count(on, filtered(resets, wanted)).await
}

/// One page, newest first.
pub async fn page(
    on: &impl ConnectionTrait,
    wanted: &Wanted,
    place: PlaceInList,
    limit: u64,
) -> Result<Vec<Listed>, DbErr> {
    let row = || {
        Expr::tuple([
            Expr::col(Column::AskedAt.as_column_ref()),
            Expr::col(Column::Id.as_column_ref()),
        ])
    };
    let (beside, order) = match place {
        PlaceInList::Start => (None, Order::Desc),
        PlaceInList::After(at, _) => (Some(row().lt(as_row(at))), Order::Desc),
        PlaceInList::Before(at, _) => (Some(row().gt(as_row(at))), Order::Asc),
    };
    let is_backwards = order == Order::Asc;
    let mut resets = filtered(named_resets::select(Entity::find()), wanted)
        .join(JoinType::InnerJoin, Relation::User.def())
        .column_as(user::Column::Name, "person_name")
        .column_as(user::Column::Role, "person_role")
        .column_as(case("users.password_hash IS NOT NULL"), "has_password")
        .column_as(case("users.deleted_at IS NOT NULL"), "is_deleted")
        .column_as(case(IS_NEWEST), "is_newest");
    if let Some(beside) = beside {
        resets = resets.filter(beside);
    }
    let rows = resets
        .order_by(Column::AskedAt, order.clone())
        .order_by(Column::Id, order)
        .limit(limit)
        .into_model::<ListedRow>()
        .all(on)
        .await?;
    let mut listed = rows.into_iter().map(ListedRow::read).collect::<Result<Vec<_>, _>>()?;
    if is_backwards {
        listed.reverse();
    }
    Ok(listed)
}

/// How many newest resets of people who are not deleted are of which kind and seen as what.
pub async fn count_newest(
    on: &impl ConnectionTrait,
    company: CompanyId,
    seen: (Timestamp, bool),
    since: Timestamp,
) -> Result<Vec<(Kind, Headline, u64)>, DbErr> {
    let rows: Vec<(String, String, i64)> = Entity::find()
        .filter(newest_since(since))
        .join(JoinType::InnerJoin, Relation::Mail.def())
        .join(JoinType::InnerJoin, Relation::User.def())
        .filter(Column::CompanyId.eq(company.as_uuid()))
        .select_only()
        .column(Column::Kind)
        .column_as(headline(seen.0, seen.1), "headline")
        .column_as(Expr::col(Column::Id.as_column_ref()).count(), "people")
        .group_by(Column::Kind)
        .group_by(Expr::col(Alias::new("headline")))
        .into_tuple()
        .all(on)
        .await?;
    rows.iter()
        .map(|(kind, headline, people)| Ok((read_word(kind)?, read_word(headline)?, people.unsigned_abs())))
        .collect()
}

/// Resets of a batch that are alike.
#[derive(Clone, Debug)]
pub struct OfBatch {
    /// What they are seen as.
    pub headline: Headline,
    /// Where their mails are.
    pub mail: MailState,
    /// What the mail server said of them, where it has refused them.
    pub reply: Option<MailReply>,
    /// How many there are.
    pub count: u64,
}

/// How many resets of a batch are seen as what, where their mails are, and what was said of those that were refused.
pub async fn count_of_batch(
    on: &impl ConnectionTrait,
    batch: BatchId,
    seen: (Timestamp, bool),
) -> Result<Vec<OfBatch>, DbErr> {
    let of_refused = |what: &str| Expr::cust(format!("CASE WHEN mails.state = 'refused' THEN {what} END"));
    let said = [
        (of_refused("mails.reply_stage"), "stage"),
        (of_refused("mails.reply_code"), "code"),
        // Many servers name the address in their answer: without it the same answer is the same.
        (of_refused("replace(mails.reply_text, mails.recipient, '')"), "words"),
    ];
    let mut counted = Entity::find()
        .join(JoinType::InnerJoin, Relation::Mail.def())
        .filter(Column::BatchId.eq(batch.as_uuid()))
        .select_only()
        .column_as(headline(seen.0, seen.1), "headline")
        .column_as(Expr::col((Alias::new("mails"), Alias::new("state"))), "mail_state")
        .column_as(Expr::col(Column::Id.as_column_ref()).count(), "people")
        .group_by(Expr::col(Alias::new("headline")))
        .group_by(Expr::col((Alias::new("mails"), Alias::new("state"))));
    for (what, name) in said {
        counted = counted.column_as(what.clone(), name).group_by(what);
    }
    let rows: Vec<OfBatchRow> = counted.into_tuple().all(on).await?;
    let read = |(headline, state, people, stage, code, words): OfBatchRow| {
        Ok(OfBatch {
            headline: read_word(&headline)?,
            mail: read_word(&state)?,
            reply: MailReply::read_any(stage, code, words)?,
            count: people.unsigned_abs(),
        })
    };
    rows.into_iter().map(read).collect()
}

/// Headline, state of the mail, number, and stage, code and words of the answer.
type OfBatchRow = (String, String, i64, Option<String>, Option<i32>, Option<String>);

fn filtered(resets: Select<Entity>, wanted: &Wanted) -> Select<Entity> {
    let mut resets = resets.filter(Column::CompanyId.eq(wanted.company.as_uuid()));
    if !wanted.folded.is_empty() {
        resets = resets.filter(search::names_somebody(&wanted.folded, false));
    }
    if let Some(batch) = wanted.batch {
        resets = resets.filter(Column::BatchId.eq(batch.as_uuid()));
    }
    let Some(shown) = shown(wanted) else { return resets };
    match wanted.pressed {
        Some(person) if wanted.shown != ShownResets::LeftOut => {
            let newest = Column::UserId.eq(person.as_uuid()).and(Expr::cust(IS_NEWEST));
            resets.filter(Condition::any().add(shown).add(newest))
        }
        _ => resets.filter(shown),
    }
}

/// Which of them are shown; none where all are.
fn shown(wanted: &Wanted) -> Option<Condition> {
    let seen = || headline(wanted.now, wanted.is_out_of_order);
    let words = |headlines: &[Headline]| headlines.iter().map(|headline| headline.as_str()).collect::<Vec<_>>();
    let all = Condition::all();
    match wanted.shown {
        ShownResets::All => None,
        ShownResets::In(state) => Some(all.add(seen().is_in(words(state.headlines())))),
        ShownResets::Part(part) => Some(all.add(seen().is_in(words(part.headlines())))),
        // Whoever was left out has no reset.
        ShownResets::LeftOut => Some(all.add(Expr::cust("1 = 0"))),
        ShownResets::Needing(reason) => {
            let any = any_of(wanted, |headline, kind| attention(headline, kind) == Some(reason));
            Some(newest_since(wanted.look_back_to).add(any))
        }
        ShownResets::Standing(place) => {
            let any = any_of(wanted, |headline, kind| standing(headline, kind) == place);
            Some(newest_since(wanted.look_back_to).add(any))
        }
    }
}

/// Those that a rule of the domain takes.
fn any_of(wanted: &Wanted, takes: impl Fn(Headline, Kind) -> bool) -> Condition {
    let mut any = Condition::any();
    for &kind in Kind::ALL {
        let all = Headline::ALL.iter().copied();
        let headlines: Vec<_> = all
            .filter(|headline| takes(*headline, kind))
            .map(Headline::as_str)
            .collect();
        if !headlines.is_empty() {
            let seen = headline(wanted.now, wanted.is_out_of_order);
            any = any.add(Column::Kind.eq(kind.as_str()).and(seen.is_in(headlines)));
        }
    }
    any
}

/// The newest of each person who is not deleted, if it was asked after `since`.
fn newest_since(since: Timestamp) -> Condition {
    Condition::all()
        .add(Column::AskedAt.gte(since.as_millis()))
        .add(user::Column::DeletedAt.is_null())
        .add(Expr::cust(IS_NEWEST))
}

/// Ids grow with time (`UUIDv7`), so the newest reset of a person has the greatest one.
const IS_NEWEST: &str = "resets.id = (SELECT later.id FROM resets AS later WHERE later.user_id = resets.user_id ORDER BY later.id DESC LIMIT 1)";

/// `rekey_domain::reset::headline` with `rekey_domain::outage::mail_state_seen`, or `headline_of_shown`, as a word. Only numbers of ours go into
/// the text.
fn headline(now: Timestamp, is_out_of_order: bool) -> Expr {
    let put_off = if is_out_of_order {
        "mails.state IN ('deferred', 'queued')"
    } else {
        "mails.state = 'deferred'"
    };
    let now = now.as_millis();
    Expr::cust(format!(
        "CASE WHEN resets.ended_as IS NOT NULL THEN resets.ended_as \
         WHEN resets.is_shown AND resets.expires_at <= {now} THEN 'expired' \
         WHEN resets.is_shown THEN 'handed-over' \
         WHEN mails.state = 'refused' THEN 'refused' \
         WHEN resets.expires_at <= {now} AND mails.state = 'accepted' THEN 'expired' \
         WHEN resets.expires_at <= {now} OR mails.state = 'dropped' THEN 'not-sent-in-time' \
         WHEN mails.state = 'accepted' THEN 'accepted' \
         WHEN {put_off} THEN 'delayed' \
         WHEN resets.asked_at <= {now} - 60000 THEN 'still-waiting' \
         ELSE 'waiting' END"
    ))
}

/// Whether something is so, as a number: the two databases have no boolean in common.
fn case(condition: &str) -> Expr {
    Expr::cust(format!("CAST(CASE WHEN {condition} THEN 1 ELSE 0 END AS BIGINT)"))
}

fn as_row(place: ResetPlace) -> Expr {
    Expr::tuple([Expr::value(place.at.as_millis()), Expr::value(place.id.as_uuid())])
}

struct ListedRow {
    row: Row,
    person: String,
    role: String,
    has_password: bool,
    is_deleted: bool,
    is_newest: bool,
}

impl FromQueryResult for ListedRow {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let is_so = |name: &str| row.try_get::<i64>(prefix, name).map(|number| number != 0);
        Ok(Self {
            row: Row::from_query_result(row, prefix)?,
            person: row.try_get(prefix, "person_name")?,
            role: row.try_get(prefix, "person_role")?,
            has_password: is_so("has_password")?,
            is_deleted: is_so("is_deleted")?,
            is_newest: is_so("is_newest")?,
        })
    }
}

impl ListedRow {
    fn read(self) -> Result<Listed, DbErr> {
        let named = self.row.read()?;
        let (user, company): (UserId, CompanyId) = (named.found.reset.user, named.found.reset.company);
        Ok(Listed {
            target: Target {
                user,
                company,
                role: read_word(&self.role)?,
                status: Status::of(self.has_password, self.is_deleted),
            },
            named,
            person: self.person,
            is_newest: self.is_newest,
        })
    }
}
