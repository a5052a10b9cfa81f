//! Choosing people in the list: a tick in each row, and the buttons below.

use leptos::prelude::*;
use rekey_domain::id::UserId;
use rekey_domain::page_size::Total;

use crate::texts::batches as texts;
use crate::ui::components::form::{FieldProblem, FormHandle, described_by};
use crate::ui::live::selection::Selection;
use crate::wire::batches::People;
use crate::wire::forms::Field;

/// Below the rows: everybody on the page, everybody whom the filters show, and what to do with those chosen.
#[component]
pub fn SelectionBar(
    /// The people on this page.
    on_page: People,
    /// How many the filters show.
    total: Total,
    form: FormHandle,
) -> impl IntoView {
    let field = Field::Selection;
    view! {
        <div id=field.name() class="selection" role="group" tabindex="-1" aria-label=texts::SELECT aria-describedby=described_by(form, field, false)>
            <FieldProblem form field/>
            <div class="check">
                <input type="checkbox" id="whole_page" name="whole_page" value="yes"/>
                <label for="whole_page">{texts::SELECT_PAGE}</label>
            </div>
            <ChoosingMore on_page total/>
            <button type="submit" class="secondary">{texts::SEND_TO_SELECTED}</button>
            <Selection/>
        </div>
    }
}

/// Those on other pages: who is on this one, and the way to all of them.
#[component]
pub fn ChoosingMore(on_page: People, total: Total) -> impl IntoView {
    let is_more = total.is_more_than(on_page.0.len() as u64);
    view! {
        <div class="more" data-live="people-more">
            <input type="hidden" name="on_page" value=String::from(on_page)/>
            {is_more
                .then(|| match total.exact() {
                    Some(total) => {
                        view! {
                            <button type="submit" class="secondary" name="everyone" value="yes">
                                {texts::select_everyone(total)}
                            </button>
                        }
                            .into_any()
                    }
                    None => view! { <p class="hint">{texts::too_many_to_select()}</p> }.into_any(),
                })}
        </div>
    }
}

/// The tick of a row.
#[component]
pub fn Tick(person: UserId, #[prop(into)] label: String) -> impl IntoView {
    let id = format!("select-{person}");
    view! {
        <td role="cell" class="tick" data-label=texts::SELECT>
            <input type="checkbox" id=id.clone() name="person" value=person.to_string()/>
            <label for=id class="visually-hidden">{label}</label>
        </td>
    }
}
