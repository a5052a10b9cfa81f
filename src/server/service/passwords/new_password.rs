//! Whether a password may be somebody's new one (I1, I2): the same rule behind a link and while signed in.

use rekey_domain::password::NewPassword;
use rekey_domain::secret::Secret;

use crate::server::service::acting::error::{Outcome, ServiceError};
use crate::server::services::Services;
use crate::server::store::companies::Company;
use crate::server::store::users::User;
use crate::wire::forms::{Field, Reason};

/// A password that zxcvbn guesses with fewer tries is as good as common. Eight random signs, the fewest that an operator
/// may ask for, take it just as many; its own mark of 3 takes five more, which they would never reach.
const FEWEST_GUESSES: u64 = 100_000_000;

/// The password, if it may be one. The estimate takes milliseconds.
pub async fn acceptable(services: &Services, person: &User, company: &Company, typed: Secret) -> Outcome<NewPassword> {
    let rules = services.settings.password_rules;
    let own = [
        person.name.clone(),
        person.email.clone(),
        company.name.clone(),
        "Rekey".to_owned(),
    ];
    let checked = services.heavy().run(move || {
        let own = own.each_ref().map(String::as_str);
        NewPassword::parse(&typed, rules, &own, |password| {
            zxcvbn::zxcvbn(password, &own).guesses() < FEWEST_GUESSES
        })
    });
    checked
        .await?
        .map_err(|problem| ServiceError::invalid(Field::NewPassword, Reason::Password(problem)))
}
