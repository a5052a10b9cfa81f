//! The island that makes a page's forms live: what is submitted goes to the form's server function instead of being posted,
//! and a refusal is shown without loading the page. A form says by `data-door` which server function that is; one without
//! it, or of which this island knows nothing, is posted as it always was.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;

use crate::texts::kept;
use crate::texts::pages::ERROR_PREFIX;
use crate::ui::live::browser::{self, FORM_TOP};
use crate::ui::live::refusal;
use crate::wire::answer::{Answer, Refused, Trouble};

/// It shows nothing itself: what a refusal says stands in places of the page.
#[island]
pub fn LiveForms() -> impl IntoView {
    Effect::new(|_| {
        window_event_listener(ev::submit, |event| submit(&event));
    });
}

/// Sends a form to its server function, unless it has none or is being sent already.
fn submit(event: &SubmitEvent) {
    let Some(form) = refusal::as_form(event.target()) else {
        return;
    };
    let Some(door) = form.dataset().get("door") else { return };
    if form.dataset().get("busy").is_some() {
        event.prevent_default();
        return;
    }
    // What can't be read here is posted, and the server says what is wrong.
    let Some(fields) = read(&form) else { return };
    event.prevent_default();
    let button = event.submitter();
    let words = button.as_ref().map(|button| button.inner_html());
    set_busy(&form, button.as_ref(), words.as_deref(), true);
    refusal::clear();
    if let Some(plain) = document().title().strip_prefix(ERROR_PREFIX) {
        document().set_title(plain);
    }
    spawn_local(async move {
        let answer = send(&door, fields).await;
        // The button stays busy until the page goes.
        match &answer {
            Ok(Answer::Go(to)) => return browser::load(to),
            Ok(Answer::SeePage) => return browser::load(&form.action()),
            Err(trouble) if trouble.is_signed_out() && !browser::has_typed() => return browser::sign_in_again(),
            Ok(Answer::Stay { .. } | Answer::Refused(_)) | Err(_) => (),
        }
        set_busy(&form, button.as_ref(), words.as_deref(), false);
        match answer {
            Ok(Answer::Stay { said: words, to }) => {
                browser::tell_done(&words);
                browser::announce(&words);
                browser::tell_islands(browser::PRESSED, &to);
            }
            Ok(Answer::Refused(refused)) => show(&form, &refused),
            Ok(Answer::Go(_) | Answer::SeePage) => (),
            Err(trouble) => {
                refusal::empty_secrets(&form);
                if trouble.is_signed_out() {
                    tell_signed_out();
                } else {
                    browser::tell_problem(&trouble.words);
                }
            }
        }
    });
}

/// Shows why a form was refused: on top, where the focus goes, and at its fields.
fn show(form: &web_sys::HtmlFormElement, refused: &Refused) {
    refusal::show(form, refused);
    refusal::empty_secrets(form);
    browser::tell_nothing();
    let Some(top) = document().get_element_by_id(FORM_TOP) else {
        return;
    };
    // It was rendered by the server, from texts that are escaped.
    top.set_inner_html(&refused.top);
    if !refused.problems.is_empty() {
        mark_title();
        if let Ok(Some(summary)) = top.query_selector("[tabindex]") {
            browser::focus(&summary);
        }
    }
}

/// The session has ended meanwhile: what was typed stays, and is sent again after signing in beside it.
fn tell_signed_out() {
    browser::tell_problem(kept::SIGNED_OUT_HERE);
    let section = document().query_selector("#form-top section").ok().flatten();
    let Some(section) = section else { return };
    let (way, then) = (kept::SIGN_IN, kept::THEN_SEND);
    // Words of ours alone.
    let way = format!("<p><a href='/login' target='_blank' rel='noopener'>{way}</a> {then}</p>");
    let _ = section.insert_adjacent_html("beforeend", &way);
}

/// The title begins with `Error: ` while reasons are shown.
fn mark_title() {
    let title = document().title();
    if !title.starts_with(ERROR_PREFIX) {
        document().set_title(&format!("{ERROR_PREFIX}{title}"));
    }
}

/// The main button is never disabled: while its form runs it says so, and further presses are harmless.
fn set_busy(
    form: &web_sys::HtmlFormElement,
    button: Option<&web_sys::HtmlElement>,
    words: Option<&str>,
    is_busy: bool,
) {
    // Names of attributes are such.
    let _ = if is_busy {
        form.set_attribute("data-busy", "")
    } else {
        form.remove_attribute("data-busy")
    };
    if let (Some(button), Some(words)) = (button, words) {
        let _ = if is_busy {
            button.set_attribute("aria-disabled", "true")
        } else {
            button.remove_attribute("aria-disabled")
        };
        if is_busy {
            let plain = || button.text_content().unwrap_or_default();
            let running = button
                .dataset()
                .get("running")
                .unwrap_or_else(|| format!("{}…", plain()));
            button.set_text_content(Some(&running));
        } else {
            // What it said before.
            button.set_inner_html(words);
        }
    }
}

/// The form's fields as its server function reads them: `input[email]=…`, and beside them what the form's `data-with` adds, and
/// the token at the end of its address where `data-token` says so. Nothing where a field is a file.
fn read(form: &web_sys::HtmlFormElement) -> Option<String> {
    let mut pairs: Vec<String> = form.dataset().get("with").into_iter().collect();
    if form.dataset().get("token").is_some() {
        let action = form.action();
        pairs.push(format!(
            "input[token]={}",
            action.rsplit('/').next().unwrap_or_default()
        ));
    }
    pairs.extend(browser::fields(form, |name| format!("input[{name}]"))?);
    Some(pairs.join("&"))
}

/// Calls the server function of this name, as its own generated call would.
#[cfg(feature = "hydrate")]
async fn send(door: &str, fields: String) -> Result<Answer, Trouble> {
    use leptos::server_fn::ContentType;
    use leptos::server_fn::client::Client;
    use leptos::server_fn::client::browser::BrowserClient;
    use leptos::server_fn::codec::{JsonEncoding, PostUrl};
    use leptos::server_fn::request::ClientReq;
    use leptos::server_fn::request::browser::BrowserRequest;
    use leptos::server_fn::response::ClientRes;
    use leptos::server_fn::response::browser::BrowserResponse;

    let path = format!("{}{door}", crate::wire::paths::API);
    let request: BrowserRequest =
        ClientReq::<Trouble>::try_new_post(&path, PostUrl::CONTENT_TYPE, JsonEncoding::CONTENT_TYPE, fields)?;
    let response: BrowserResponse = <BrowserClient as Client<Trouble>>::send(request).await?;
    let text = ClientRes::<Trouble>::try_into_string(response).await?;
    // A refusal has a status of its own, and is an answer all the same.
    serde_json::from_str(&text).map_err(|_| serde_json::from_str(&text).unwrap_or_else(unreadable))
}

#[cfg(feature = "hydrate")]
#[expect(clippy::needless_pass_by_value, reason = "it is given like this")]
fn unreadable(error: serde_json::Error) -> Trouble {
    leptos::server_fn::error::ServerFnErrorErr::Deserialization(error.to_string()).into()
}

/// The server has no forms to send.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the same call as in the browser")]
async fn send(_door: &str, _fields: String) -> Result<Answer, Trouble> {
    Err(leptos::server_fn::error::ServerFnErrorErr::Request(String::new()).into())
}
