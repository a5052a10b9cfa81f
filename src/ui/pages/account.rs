//! `/account`: one's own details, password, sessions and resets. The details are a form; the other buttons are plain
//! posts to paths of their own, which come back here with their result.

use leptos::prelude::*;

use crate::server::service::account::show_account::show_account;
use crate::texts::account as texts;
use crate::texts::email_change as email_texts;
use crate::texts::pages::{self as shared, user as user_texts};
use crate::ui::asked;
use crate::ui::components::company_field::CompanyField;
use crate::ui::components::earlier_resets::EarlierResets;
use crate::ui::components::fields::{EmailField, NameField};
use crate::ui::components::form::{FieldProblem, FormHandle, FormTop, SubmitButton, described_by, is_invalid};
use crate::ui::components::latest_reset::LatestReset;
use crate::ui::components::password_field::PasswordField;
use crate::ui::components::pending_email::PendingEmail;
use crate::ui::components::result_box::Outcome;
use crate::ui::components::time::Time;
use crate::ui::pages::loaded::loaded;
use crate::ui::title::Title;
use crate::wire::account::{AccountPage as View, SessionRow};
use crate::wire::done::{Done, Remembered};
use crate::wire::email_change::PendingEmail as Pending;
use crate::wire::forms::Field;
use crate::wire::paths;

/// The page.
#[component]
pub fn AccountPage() -> impl IntoView {
    let form = FormHandle::new();
    loaded(
        |services, who| async move { show_account(&services, &who).await },
        move |page| view! { <Content page form/> }.into_any(),
    )
}

#[component]
fn Content(page: View, form: FormHandle) -> impl IntoView {
    let done = asked::in_query("done").and_then(|word| Done::from_word(&word));
    let devices = use_context::<Remembered>().and_then(|remembered| remembered.signed_out_devices);
    let done = done.and_then(|done| match done {
        Done::Saved => Some(texts::SAVED.to_owned()),
        Done::EmailEntered => Some(texts::EMAIL_ENTERED.to_owned()),
        Done::PasswordChanged => Some(texts::password_changed(devices)),
        Done::OnItsWay => Some(texts::LINK_ON_ITS_WAY.to_owned()),
        Done::DeviceSignedOut => Some(texts::DEVICE_SIGNED_OUT.to_owned()),
        Done::EmailCancelled => Some(email_texts::CANCELLED.to_owned()),
        Done::OthersSignedOut => Some(texts::OTHERS_SIGNED_OUT.to_owned()),
        Done::SignedOut
        | Done::IdleEnd
        | Done::CookieLost
        | Done::Revoked
        | Done::LinkWithdrawn
        | Done::LinkNotMine
        | Done::LinkDisavowed
        | Done::AllSignedOut
        | Done::ChangeDisavowed
        | Done::UserCreated
        | Done::InvitedAnew
        | Done::RoleSaved
        | Done::UserSignedOut
        | Done::UserDeleted
        | Done::UserRestored
        | Done::UserRestoring
        | Done::EmailCounts
        | Done::EmailConfirmed
        | Done::EmailStopped
        | Done::EmailStoppedSignedOut
        | Done::StaysDeleted
        | Done::EmailTakenBack
        | Done::AccessGiven
        | Done::AccessRemoved => None,
    });
    let zone_note = shared::times_are_in(&page.zone);
    let (latest, earlier) = (page.latest, page.earlier);
    view! {
        <Title text=form.title(texts::TITLE)/>
        <FormTop form/>
        <Outcome done=done.filter(|_| !form.is_refused())/>
        <h1 tabindex="-1">{texts::TITLE}</h1>
        {view! {
            <Details
                form
                name=page.name
                email=page.email
                pending=page.pending_email
                time_zone=page.time_zone
                company_zone=page.company_zone
                zones=page.zones
            />
        }
            .into_any()}
        <section aria-labelledby="password">
            <h2 id="password">{texts::PASSWORD}</h2>
            <div class="actions">
                <a href=paths::ACCOUNT_PASSWORD>{texts::CHANGE_PASSWORD}</a>
                {page
                    .starts_resets
                    .then(|| {
                        view! {
                            <form method="post" action=paths::ACCOUNT_RESET>
                                <CompanyField/>
                                <button type="submit" class="secondary">{texts::EMAIL_ME}</button>
                            </form>
                        }
                    })}
            </div>
            {(!page.starts_resets).then(|| view! { <p>{texts::NO_OWN_RESETS}</p> })}
        </section>
        {view! { <Sessions rows=page.sessions/> }.into_any()}
        <section aria-labelledby="resets">
            <h2 id="resets">{user_texts::RESETS}</h2>
            <p class="summary"><span class="muted">{zone_note}</span></p>
            {if latest.is_none() {
                view! { <p>{user_texts::NO_RESETS}</p> }.into_any()
            } else {
                view! {
                    <h3 id="latest">{user_texts::LATEST}</h3>
                    <LatestReset reset=latest/>
                    <EarlierResets resets=earlier/>
                }
                    .into_any()
            }}
        </section>
    }
}

#[component]
fn Details(
    form: FormHandle,
    name: String,
    email: String,
    pending: Option<Pending>,
    time_zone: Option<String>,
    company_zone: String,
    zones: Vec<String>,
) -> impl IntoView {
    // After a refusal the server shows what was typed.
    let name = form.typed(Field::Name.name()).unwrap_or(name);
    let email = form.typed(Field::Email.name()).unwrap_or(email);
    let chosen = form.typed(Field::TimeZone.name()).or(time_zone).unwrap_or_default();
    let none_chosen = chosen.is_empty();
    view! {
        <section aria-labelledby="details">
            <h2 id="details">{texts::DETAILS}</h2>
            <form
                method="post"
                action=paths::ACCOUNT
                data-door="save-details"
                novalidate
                class="narrow"
            >
                <CompanyField/>
                <NameField form value=name autocomplete="name"/>
                <EmailField form autocomplete="username" value=email/>
                <PasswordField
                    form
                    field=Field::CurrentPassword
                    label=texts::CURRENT_PASSWORD
                    shows=texts::A_CURRENT_PASSWORD
                    autocomplete="current-password"
                    hint=email_texts::NEEDS_PASSWORD.to_owned()
                />
                <div class="field">
                    <label for="time_zone">{texts::TIME_ZONE}</label>
                    <FieldProblem form field=Field::TimeZone/>
                    <select
                        id="time_zone"
                        name="time_zone"
                        aria-invalid=is_invalid(form, Field::TimeZone)
                        aria-describedby=described_by(form, Field::TimeZone, false)
                    >
                        <option value="" selected=none_chosen>{texts::company_zone(&company_zone)}</option>
                        {zones
                            .into_iter()
                            .map(|zone| {
                                let is_chosen = zone == chosen;
                                view! { <option value=zone.clone() selected=is_chosen>{zone.clone()}</option> }
                            })
                            .collect_view()}
                    </select>
                </div>
                <div class="actions"><SubmitButton text=texts::SAVE/></div>
            </form>
            {pending
                .map(|pending| {
                    let words = view! { <p>{email_texts::own_pending(&pending)}</p> }.into_any();
                    view! { <PendingEmail words action=paths::ACCOUNT_CANCEL_EMAIL.to_owned()/> }
                })}
        </section>
    }
}

#[component]
fn Sessions(rows: Vec<SessionRow>) -> impl IntoView {
    let has_others = rows.len() > 1;
    let head = |words: &'static str| view! { <th role="columnheader" scope="col">{words}</th> };
    view! {
        <section aria-labelledby="sessions">
            <h2 id="sessions">{texts::SIGNED_IN}</h2>
            <table role="table" aria-labelledby="sessions" class="cards">
                <thead role="rowgroup">
                    <tr role="row">
                        {head(texts::DEVICE)} {head(texts::ADDRESS)} {head(texts::LAST_ACTIVE)} {head(texts::ACTION)}
                    </tr>
                </thead>
                <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Session row/> }).collect_view()}</tbody>
            </table>
            {has_others
                .then(|| {
                    view! {
                        <form method="post" action=paths::END_OTHER_SESSIONS>
                            <CompanyField/>
                            <button type="submit" class="secondary">{texts::SIGN_OUT_OTHERS}</button>
                        </form>
                    }
                })}
        </section>
    }
}

#[component]
fn Session(row: SessionRow) -> impl IntoView {
    let device = row.device.unwrap_or_else(|| texts::UNKNOWN_DEVICE.to_owned());
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{device.clone()}</th>
            <td role="cell" data-label=texts::ADDRESS><bdi>{row.address}</bdi></td>
            <td role="cell" data-label=texts::LAST_ACTIVE><Time moment=row.last_active/></td>
            <td role="cell" data-label=texts::ACTION>
                {if row.is_this {
                    view! { <span>{texts::THIS_DEVICE}</span> }.into_any()
                } else {
                    view! {
                        <form method="post" action=paths::end_session(row.id)>
                            <CompanyField/>
                            <button type="submit" class="secondary">{texts::sign_out(&device)}</button>
                        </form>
                    }
                        .into_any()
                }}
            </td>
        </tr>
    }
}
