//! The demo's companies and people, always the same: outside suites rely on the named ones.

use std::time::Duration;

use rekey_domain::account::Status;
use rekey_domain::email::Email;
use rekey_domain::id::{CompanyId, MailId, ResetId, UserId};
use rekey_domain::mail_reply::Stage;
use rekey_domain::name::{CompanyName, PersonName};
use rekey_domain::reset::{self, CancelledFor, Kind, LinkEnd, MailState, Reference};
use rekey_domain::role::Role;
use rekey_domain::time::Timestamp;
use rekey_domain::timeline::TryEnd;
use rekey_domain::token::{Token, TokenKind};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter};

use crate::server::random;
use crate::server::run::StartError;
use crate::server::services::Services;
use crate::server::store::companies::{self, NewCompany};
use crate::server::store::entity::{mail, reset as reset_row};
use crate::server::store::grants::{self, NewGrant};
use crate::server::store::links;
use crate::server::store::mail_tries::{self, MailTry};
use crate::server::store::mails::MailReply;
use crate::server::store::users::{self, NewUser};

/// The password of every active account of the demo.
pub const PASSWORD: &str = "lantern-orbit-velvet-27";

/// Blue Heron's people beside the named ones; their number makes two pages of 25.
const MORE: [&str; 40] = [
    "Agnes Lindqvist",
    "Ágnes Szabó",
    "Amara Okafor",
    "Anton Weiss",
    "Beatriz Moura",
    "Bo Chen",
    "Carla Rossi",
    "Cy Diaz",
    "Dana Levi",
    "Dmitri Volkov",
    "Elif Kaya",
    "Emil Nowak",
    "Farah Haddad",
    "Felix Braun",
    "Gita Sharma",
    "Hana Suzuki",
    "Hugo Lefèvre",
    "Ines Castro",
    "Jonas Berg",
    "Jun Park",
    "Kofi Mensah",
    "Lena Fischer",
    "Liam O'Brien",
    "Łukasz Zając",
    "Mara Jovanović",
    "Mei Lin",
    "Milo 100% Kern",
    "Nadia Petrova",
    "Noor al-Sayed",
    "Olga Ivanova",
    "Oskar Under_Score",
    "Pablo Ruiz",
    "Priya Nair",
    "Rafael Souza",
    "Sara Lund",
    "Sven Öberg",
    "Tomás Silva",
    "Vera Novak",
    "Yusuf Demir",
    "Zoë Martin",
];

/// What some of them show in the column of resets, from the first on.
const LIVES: [(MailState, Option<LinkEnd>, u64); 7] = [
    (MailState::Accepted, None, 2),
    (MailState::Deferred, None, 1),
    (MailState::Refused, None, 3),
    (MailState::Accepted, Some(LinkEnd::Used), 5),
    (MailState::Accepted, None, 40),
    (MailState::Accepted, Some(LinkEnd::Revoked), 6),
    (MailState::Accepted, Some(LinkEnd::Cancelled), 7),
];

const HOUR: Duration = Duration::from_hours(1);

/// Puts the demo's data into an empty database, in one transaction.
pub async fn seed(services: &Services) -> Result<(), StartError> {
    let phc = services.hasher.hash(PASSWORD).await?;
    let now = services.clock.now();
    let tx = services.db.begin_write().await?;
    let mut town = Town { tx: &tx, now, phc };

    let heron = town.company("Blue Heron Logistics", None).await?;
    town.person(
        heron,
        "Ada Admin",
        "ada@blueheron.example",
        Role::Administrator,
        Status::Active,
    )
    .await?;
    let max = town
        .person(
            heron,
            "Max Manager",
            "max@blueheron.example",
            Role::Manager,
            Status::Active,
        )
        .await?;
    town.person(heron, "Uma User", "uma@blueheron.example", Role::User, Status::Active)
        .await?;
    town.person(
        heron,
        "Rob Reader",
        "rob@blueheron.example",
        Role::ReadOnly,
        Status::Active,
    )
    .await?;
    let ivy = town
        .person(
            heron,
            "Ivy Invited",
            "ivy@blueheron.example",
            Role::User,
            Status::Invited,
        )
        .await?;
    town.reset(heron, ivy, max, Kind::Invitation, (MailState::Accepted, None, 8))
        .await?;
    town.person(
        heron,
        "Del Deleted",
        "del@blueheron.example",
        Role::User,
        Status::Deleted,
    )
    .await?;
    for (index, name) in MORE.into_iter().enumerate() {
        let role = match index % 10 {
            0 => Role::Manager,
            9 => Role::ReadOnly,
            _ => Role::User,
        };
        let person = town
            .person(heron, name, &address(index, "blueheron.example"), role, Status::Active)
            .await?;
        if let Some(life) = LIVES.get(index) {
            town.reset(heron, person, max, Kind::Manager, *life).await?;
        }
        if index == LIVES.len() {
            let older = town
                .reset(heron, person, max, Kind::Manager, (MailState::Accepted, None, 9))
                .await?;
            let newer = town
                .reset(heron, person, max, Kind::Manager, (MailState::Accepted, None, 1))
                .await?;
            town.replace(older, newer).await?;
        }
        // Most of the others were here lately; the named ones are left to whoever tries the demo.
        if index > LIVES.len() && index % 5 != 0 {
            let ago = Duration::from_mins(61) * u32::try_from(index * index).unwrap_or_default();
            users::touch_sign_in(&tx, person, now - ago).await?;
        }
    }

    let nord = others(&mut town, heron).await?;
    let grant = NewGrant {
        user: max,
        company: heron,
        child: nord,
        now,
    };
    grants::insert(&tx, grant).await?;
    tx.commit().await?;
    Ok(())
}

/// The companies beside Blue Heron; the linked one.
async fn others(town: &mut Town<'_>, heron: CompanyId) -> Result<CompanyId, StartError> {
    let quarry = town.company("Quarry Foods", None).await?;
    town.person(
        quarry,
        "Quinn Quarry",
        "quinn@quarry.example",
        Role::Administrator,
        Status::Active,
    )
    .await?;
    for (index, name) in ["Rita Slate", "Sam Flint", "Tess Marl", "Uli Chalk", "Vic Shale"]
        .into_iter()
        .enumerate()
    {
        town.person(
            quarry,
            name,
            &address(index, "quarry.example"),
            Role::User,
            Status::Active,
        )
        .await?;
    }
    let nord = town.company("Heron Nord", Some(heron)).await?;
    for (index, name) in ["Nils Nord", "Nora Fjell", "Odd Vik", "Pia Sund", "Rolf Nes", "Siv Lie"]
        .into_iter()
        .enumerate()
    {
        let role = if index == 0 { Role::Administrator } else { Role::User };
        town.person(nord, name, &address(index, "heronnord.example"), role, Status::Active)
            .await?;
    }
    Ok(nord)
}

fn address(index: usize, domain: &str) -> String {
    format!("person{:02}@{domain}", index + 1)
}

/// Builds the demo's rows.
struct Town<'a> {
    tx: &'a DatabaseTransaction,
    now: Timestamp,
    phc: String,
}

impl Town<'_> {
    async fn company(&mut self, name: &str, parent: Option<CompanyId>) -> Result<CompanyId, StartError> {
        let id = CompanyId::mint(self.now, random::bytes());
        let contact = format!("it@{}.example", name.to_lowercase().replace(' ', ""));
        let new = NewCompany {
            id,
            parent,
            name: &CompanyName::parse(name)?,
            website: None,
            phone: Some("+49 30 5550 100"),
            contact_email: Some(&contact),
            time_zone: Some("Europe/Berlin"),
            now: self.now,
        };
        companies::insert(self.tx, &new).await?;
        Ok(id)
    }

    async fn person(
        &mut self,
        company: CompanyId,
        name: &str,
        email: &str,
        role: Role,
        status: Status,
    ) -> Result<UserId, StartError> {
        let id = UserId::mint(self.now, random::bytes());
        let new = NewUser {
            id,
            company,
            name: &PersonName::parse(name)?,
            email: &Email::parse(email)?,
            role,
            now: self.now,
        };
        users::insert(self.tx, &new).await?;
        match status {
            Status::Invited => {}
            Status::Active => {
                users::set_password(self.tx, id, &self.phc).await?;
            }
            Status::Deleted => {
                // Not before having had a password.
                users::set_password(self.tx, id, &self.phc).await?;
                users::delete(self.tx, id, self.now).await?;
            }
        }
        Ok(id)
    }

    /// A reset with a past: its mail's state, its link's end, and how many hours ago it was asked.
    async fn reset(
        &mut self,
        company: CompanyId,
        user: UserId,
        asked_by: UserId,
        kind: Kind,
        (mail_state, end, hours): (MailState, Option<LinkEnd>, u64),
    ) -> Result<ResetId, DbErr> {
        let asked_at = self.now - HOUR * u32::try_from(hours).unwrap_or(1);
        let id = ResetId::mint(asked_at, random::bytes());
        let expires_at = asked_at + reset::lifetime(kind, reset::Lifetime::default());
        let row = reset_row::ActiveModel {
            id: Set(id.as_uuid()),
            company_id: Set(company.as_uuid()),
            user_id: Set(user.as_uuid()),
            kind: Set(kind.as_str().to_owned()),
            asked_by: Set(Some(asked_by.as_uuid())),
            asked_at: Set(asked_at.as_millis()),
            expires_at: Set(expires_at.as_millis()),
            reference: Set(Reference::from_random(random::bytes()).as_str().to_owned()),
            client_address: Set(None),
            user_agent: Set(None),
            ended_as: Set(end.map(|end| end.as_str().to_owned())),
            ended_at: Set(end.map(|_| (asked_at + HOUR / 2).as_millis())),
            ended_by: Set(None),
            recipient_said: Set(None),
            cancelled_for: Set(end
                .filter(|end| *end == LinkEnd::Cancelled)
                .map(|_| CancelledFor::PasswordChanged.as_str().to_owned())),
            is_shown: Set(false),
            batch_id: Set(None),
            replaced_by: Set(None),
        };
        reset_row::Entity::insert(row).exec_without_returning(self.tx).await?;
        self.mail(company, user, id, mail_state, asked_at, expires_at).await?;
        Ok(id)
    }

    async fn mail(
        &mut self,
        company: CompanyId,
        user: UserId,
        reset: ResetId,
        state: MailState,
        asked_at: Timestamp,
        deadline: Timestamp,
    ) -> Result<(), DbErr> {
        let recipient = users::find(self.tx, user)
            .await?
            .map(|user| user.email)
            .unwrap_or_default();
        let (reached, code, text) = match state {
            MailState::Refused => (Stage::Recipient, 550, "5.1.1 no such user here"),
            MailState::Deferred => (Stage::Recipient, 452, "4.2.2 mailbox full"),
            _ => (Stage::Body, 250, "2.0.0 Ok: queued"),
        };
        // The first try of a delayed mail was interrupted.
        let attempts = if state == MailState::Deferred { 2 } else { 1 };
        let id = MailId::mint(asked_at, random::bytes());
        // A delayed mail is tried again when somebody has had time to look at it.
        let next_try_at = self.now + HOUR / 4;
        let settled_at = (state != MailState::Deferred).then(|| (asked_at + Duration::from_secs(2)).as_millis());
        let row = mail::ActiveModel {
            id: Set(id.as_uuid()),
            kind: Set("reset".to_owned()),
            company_id: Set(company.as_uuid()),
            user_id: Set(user.as_uuid()),
            reset_id: Set(Some(reset.as_uuid())),
            recipient: Set(recipient),
            state: Set(state.as_str().to_owned()),
            attempts: Set(attempts),
            created_at: Set(asked_at.as_millis()),
            next_try_at: Set(next_try_at.as_millis()),
            deadline: Set(Some(deadline.as_millis())),
            leased_until: Set(None),
            settled_at: Set(settled_at),
            reply_stage: Set(Some(reached.as_str().to_owned())),
            reply_code: Set(Some(code)),
            reply_text: Set(Some(text.to_owned())),
            facts: Set(None),
            is_of_batch: Set(false),
        };
        mail::Entity::insert(row).exec_without_returning(self.tx).await?;
        let ended = MailTry {
            mail: id,
            attempt: attempts.unsigned_abs(),
            ended_at: asked_at + Duration::from_secs(if attempts > 1 { 330 } else { 2 }),
            end: match state {
                MailState::Refused => TryEnd::Refused,
                MailState::Deferred => TryEnd::Deferred(next_try_at),
                _ => TryEnd::Accepted,
            },
            reply: Some(MailReply {
                stage: reached,
                code: u16::try_from(code).ok(),
                text: text.into(),
            }),
        };
        mail_tries::insert(self.tx, &ended).await?;
        for attempt in 1..=ended.attempt {
            let began_at = asked_at + Duration::from_secs(if attempt > 1 { 329 } else { 1 });
            let link = Token::from_random(random::bytes()).hash(TokenKind::SetPassword);
            links::insert(self.tx, &link, reset, attempt, began_at).await?;
        }
        Ok(())
    }

    async fn replace(&mut self, older: ResetId, newer: ResetId) -> Result<(), DbErr> {
        reset_row::Entity::update_many()
            .col_expr(reset_row::Column::EndedAs, Expr::value(LinkEnd::Replaced.as_str()))
            .col_expr(reset_row::Column::EndedAt, Expr::value((self.now - HOUR).as_millis()))
            .col_expr(reset_row::Column::ReplacedBy, Expr::value(newer.as_uuid()))
            .filter(reset_row::Column::Id.eq(older.as_uuid()))
            .exec(self.tx)
            .await
            .map(|_| ())
    }
}
