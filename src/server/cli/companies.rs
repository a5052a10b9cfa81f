//! `rekey company …`, through the same kind of services as the pages.

use rekey_domain::name::CompanyName;
use serde_json::json;

use super::answer::{Answer, CommandFailure};
use super::arguments::CompanyCommand;
use crate::server::service::companies::create_company::{self, Created};
use crate::server::service::companies::link_companies::{Linked, link_companies, unlink_company};
use crate::server::service::companies::list_companies;
use crate::server::services::Services;

/// One of them.
pub async fn run(services: &Services, command: CompanyCommand) -> Result<Answer, CommandFailure> {
    match command {
        CompanyCommand::Create { name } => create(services, &name).await,
        CompanyCommand::List => list(services).await,
        CompanyCommand::Link { child, parent } => {
            let linked = link_companies(services, &child, &parent).await?;
            let words = match &linked.parent {
                Some(parent) if linked.is_new => format!("{} is a child of {} now.", linked.child.name, parent.name),
                _ => format!("{} was linked like this already.", linked.child.name),
            };
            Ok(Answer::new(words, link_json(&linked, true)))
        }
        CompanyCommand::Unlink { child } => {
            let linked = unlink_company(services, &child).await?;
            let words = match &linked.parent {
                Some(parent) => format!("{} is no child of {} any more.", linked.child.name, parent.name),
                None => format!("{} has no parent.", linked.child.name),
            };
            Ok(Answer::new(words, link_json(&linked, false)))
        }
    }
}

fn link_json(linked: &Linked, is_linked: bool) -> serde_json::Value {
    let parent = linked.parent.as_ref().filter(|_| is_linked);
    json!({
        "id": linked.child.id.to_string(),
        "name": linked.child.name,
        "parent": parent.map(|parent| json!({ "id": parent.id.to_string(), "name": parent.name })),
        "changed": linked.is_new,
    })
}

async fn create(services: &Services, name: &CompanyName) -> Result<Answer, CommandFailure> {
    match create_company::create_company(services, name).await? {
        Created::New(id) => Ok(Answer::new(
            format!("Created {} ({id}).", name.as_str()),
            json!({ "id": id.to_string(), "name": name.as_str() }),
        )),
        Created::NameTaken(id) => Err(CommandFailure::Refused {
            word: "name-taken",
            words: format!("there is a company of this name already ({id}); choose another name"),
        }),
    }
}

async fn list(services: &Services) -> Result<Answer, CommandFailure> {
    let all = list_companies::list_companies(services).await?;
    let rows: Vec<_> = all
        .iter()
        .map(|listed| {
            vec![
                listed.company.name.clone(),
                listed.parent.as_ref().map_or("–", |(_, name)| name).to_owned(),
                listed.people.to_string(),
                listed.administrators.to_string(),
                listed.company.id.to_string(),
            ]
        })
        .collect();
    let json = all.iter().map(|listed| {
        json!({
            "id": listed.company.id.to_string(),
            "name": listed.company.name,
            "parent": listed.parent.as_ref().map(|(id, name)| json!({ "id": id.to_string(), "name": name })),
            "people": listed.people,
            "administrators": listed.administrators,
        })
    });
    let heads = ["Name", "Parent", "People", "Administrators", "Id"];
    Ok(Answer::table(&heads, &rows, json.collect()))
}
