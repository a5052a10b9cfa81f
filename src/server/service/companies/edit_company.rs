//! A company's details: contact and banner by managers too, name and defaults by administrators. Whoever saves what was read
//! before somebody else's change is told, and nothing is done. The notice on top of every page can be posted alone.

use rekey_domain::company_details::{self, DetailProblem};
use rekey_domain::deed::Deed;
use rekey_domain::email::Email;
use rekey_domain::id::CompanyId;
use rekey_domain::name::{CompanyName, NameProblem};
use rekey_domain::policy::{self, Action};

use crate::server::client::Client;
use crate::server::service::acting::act::Act;
use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::service::acting::resolve_session::SignedIn;
use crate::server::services::Services;
use crate::server::store::companies::{self, Company};
use crate::server::times;
use crate::wire::company_edit::{CompanyDefaults, CompanyEditPage, CompanyInput, NoticeInput, NoticePage};
use crate::wire::error::AppError;
use crate::wire::forms::{Field, Problem, Reason};
use crate::wire::people::ChangedTo;

/// What the page shows to somebody who may change any of it.
pub async fn show_company_edit(services: &Services, who: &SignedIn) -> Outcome<CompanyEditPage> {
    policy::decide(&who.as_actor(), Action::ChangeContact, None)?;
    let found = companies::find(services.db.reader(), who.company).await?;
    let company = found.ok_or(AppError::NotFound)?;
    let defaults = policy::allows(who.role, Action::ChangeDefaults).then(|| CompanyDefaults {
        name: company.name,
        time_zone: company.time_zone.unwrap_or_default(),
        accent: company.accent,
        sender_name: company.sender_name.unwrap_or_default(),
        only_managers: company.only_managers,
        zones: times::zone_names(),
    });
    Ok(CompanyEditPage {
        company: company.id,
        version: company.version,
        website: company.website.unwrap_or_default(),
        phone: company.phone.unwrap_or_default(),
        contact_email: company.contact_email.unwrap_or_default(),
        banner: company.banner.unwrap_or_default(),
        defaults,
    })
}

/// Saves what was typed.
pub async fn edit_company(services: &Services, client: &Client, who: &SignedIn, input: &CompanyInput) -> Outcome<()> {
    let (Some(company), Some(version)) = (input.company, input.version) else {
        return Err(AppError::BadRequest.into());
    };
    let (act, found) = begin(services, client, who, company, actions(input)).await?;
    let there = found.version;
    let changed = change(found, input).map_err(AppError::Invalid)?;
    if version != there {
        return Err(AppError::ChangedMeanwhile(ChangedTo::Company(there)).into());
    }
    finish(act, &changed).await
}

/// What the page of the notice shows to somebody who may change it.
pub async fn show_notice(services: &Services, who: &SignedIn) -> Outcome<NoticePage> {
    policy::decide(&who.as_actor(), Action::ChangeContact, None)?;
    let found = companies::find(services.db.reader(), who.company).await?;
    let company = found.ok_or(AppError::NotFound)?;
    Ok(NoticePage {
        company: company.id,
        banner: company.banner.unwrap_or_default(),
    })
}

/// Posts the notice, in place of the one that stood there.
pub async fn post_notice(services: &Services, client: &Client, who: &SignedIn, input: &NoticeInput) -> Outcome<()> {
    let (act, found) = begin(services, client, who, input.company, &[Action::ChangeContact]).await?;
    let banner = company_details::banner(&input.banner)
        .map_err(|problem| ServiceError::invalid(Field::Banner, Reason::Detail(problem)))?;
    finish(act, &Company { banner, ..found }).await
}

/// Begins a change: the act to go on with, and the company, whose row is locked.
async fn begin<'a>(
    services: &'a Services,
    client: &'a Client,
    who: &'a SignedIn,
    company: CompanyId,
    actions: &[Action],
) -> Outcome<(Act<'a>, Company)> {
    let mut act = Act::allowed(services, (who, client), company, actions, Deed::CompanyChanged).await?;
    let found = companies::find_and_lock(act.tx(), company).await?;
    act.has_locked();
    Ok((act, found.ok_or(AppError::NotFound)?))
}

/// Keeps a change and that it was made.
async fn finish(act: Act<'_>, changed: &Company) -> Outcome<()> {
    companies::save(act.tx(), changed).await?;
    act.note(Deed::CompanyChanged, None, None).await?;
    act.commit().await
}

/// What the fields that are there need the right to.
fn actions(input: &CompanyInput) -> &'static [Action] {
    if input.has_defaults() {
        &[Action::ChangeContact, Action::ChangeCompanyName, Action::ChangeDefaults]
    } else {
        &[Action::ChangeContact]
    }
}

/// The company with what was typed, or what is wrong with it.
fn change(company: Company, input: &CompanyInput) -> Result<Company, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut refuse = |field, reason| problems.push(Problem { field, reason });
    let mut new = company;
    let mut detail = |field, typed: Result<Option<String>, DetailProblem>, to: &mut Option<String>| match typed {
        Ok(typed) => *to = typed,
        Err(problem) => refuse(field, Reason::Detail(problem)),
    };
    detail(
        Field::Website,
        company_details::website(&input.website),
        &mut new.website,
    );
    detail(Field::Phone, company_details::phone(&input.phone), &mut new.phone);
    detail(Field::Banner, company_details::banner(&input.banner), &mut new.banner);
    let contact = input.contact_email.trim();
    match Email::parse(contact) {
        _ if contact.is_empty() => new.contact_email = None,
        Ok(email) => new.contact_email = Some(email.as_str().to_owned()),
        Err(problem) => refuse(Field::ContactEmail, Reason::Email(problem)),
    }
    if input.has_defaults() {
        match CompanyName::parse(&input.name) {
            Ok(name) => name.as_str().clone_into(&mut new.name),
            Err(problem) => refuse(Field::Name, Reason::Name(problem)),
        }
        match input.time_zone.as_str() {
            "" => new.time_zone = None,
            zone if times::is_zone(zone) => new.time_zone = Some(zone.to_owned()),
            _ => refuse(Field::TimeZone, Reason::UnknownZone),
        }
        match input.accent.parse() {
            Ok(accent) => new.accent = accent,
            Err(_) => refuse(Field::Accent, Reason::ChooseOne),
        }
        new.only_managers = input.only_managers.is_some();
        match CompanyName::parse(&input.sender_name) {
            Ok(name) => new.sender_name = Some(name.as_str().to_owned()),
            Err(NameProblem::Empty) => new.sender_name = None,
            Err(problem) => refuse(Field::SenderName, Reason::Name(problem)),
        }
    }
    if problems.is_empty() { Ok(new) } else { Err(problems) }
}
