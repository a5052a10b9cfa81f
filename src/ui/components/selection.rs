//! Choosing people in the list: a tick in each row, and the buttons below. A form, so that it works without script; hydrated,
//! the selection survives turning pages, and how many are chosen is told.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Event, HtmlInputElement};
use rekey_domain::id::UserId;

use crate::texts::batches as texts;
use crate::ui::components::form::{FieldProblem, FormHandle, described_by};
use crate::ui::layout::Announcer;
use crate::wire::forms::Field;

/// The people chosen, on whatever page of the list they are.
#[derive(Clone, Copy)]
pub struct Selection {
    people: RwSignal<BTreeSet<UserId>>,
    /// Whether a page of the list was shown before.
    is_known: StoredValue<bool>,
    announcer: Announcer,
}

/// The ticks of the rows, and the one for all of them.
const TICKS: &str = "input[type=checkbox][name=person]";
const WHOLE_PAGE: &str = "input[name=whole_page]";

impl Selection {
    /// For the page around the list: it outlives what is loaded into it.
    pub fn provide() {
        provide_context(Self {
            people: RwSignal::new(BTreeSet::new()),
            is_known: StoredValue::new(false),
            announcer: Announcer::here(),
        });
    }

    /// That of the page around.
    pub fn here() -> Self {
        expect_context()
    }

    /// Whether somebody is chosen already, for a row that is shown just now.
    pub fn has(self, person: UserId) -> bool {
        self.people.with_untracked(|people| people.contains(&person))
    }

    /// What a tick in a row does.
    pub fn tick(self, person: UserId) -> impl Fn(Event) {
        move |event| {
            let is_ticked = event_target_checked(&event);
            self.people.update(|people| {
                if is_ticked {
                    people.insert(person);
                } else {
                    people.remove(&person);
                }
            });
            if !is_ticked {
                // One less is not the whole page.
                for whole in boxes(WHOLE_PAGE) {
                    whole.set_checked(false);
                }
            }
            self.tell();
        }
    }

    /// What the tick for the whole page does.
    fn tick_page(self, event: &Event) {
        let is_ticked = event_target_checked(event);
        for tick in boxes(TICKS) {
            tick.set_checked(is_ticked);
        }
        self.read();
        self.tell();
    }

    /// A page of the list is there. What was ticked on the first one before it was live counts; every later one shows who is
    /// chosen, since the browser keeps the ticks of rows whose place they take.
    fn meet_page(self) {
        let whole_page = boxes(WHOLE_PAGE);
        // The page may be gone by now.
        let Some(is_known) = self.is_known.try_get_value() else {
            return;
        };
        if is_known {
            for tick in boxes(TICKS) {
                tick.set_checked(tick.value().parse().is_ok_and(|person| self.has(person)));
            }
            for whole in whole_page {
                whole.set_checked(false);
            }
            return;
        }
        self.is_known.set_value(true);
        if whole_page.iter().any(HtmlInputElement::checked) {
            for tick in boxes(TICKS) {
                tick.set_checked(true);
            }
        }
        self.read();
    }

    /// Takes what is ticked on this page as it stands.
    fn read(self) {
        self.people.update(|people| {
            for tick in boxes(TICKS) {
                if let Ok(person) = tick.value().parse() {
                    if tick.checked() {
                        people.insert(person);
                    } else {
                        people.remove(&person);
                    }
                }
            }
        });
    }

    fn tell(self) {
        self.announcer
            .say(texts::selected(self.people.with_untracked(BTreeSet::len)));
    }
}

/// The boxes that are on the page now.
fn boxes(selector: &str) -> Vec<HtmlInputElement> {
    let Ok(found) = document().query_selector_all(selector) else {
        return Vec::new();
    };
    let nodes = (0..found.length()).filter_map(|place| found.item(place));
    nodes.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Below the rows: everybody on the page, everybody whom the filters show, and what to do with those chosen.
#[component]
pub fn SelectionBar(
    /// The people on this page.
    on_page: Vec<UserId>,
    /// How many the filters show.
    total: u64,
    form: FormHandle,
) -> impl IntoView {
    let selection = Selection::here();
    // Runs in the browser only, and once the rows are there: an effect comes before they are.
    Effect::new(move |_| request_animation_frame(move || selection.meet_page()));
    let shown: BTreeSet<_> = on_page.iter().copied().collect();
    let is_more = total > on_page.len() as u64;
    let elsewhere = move || {
        let people = selection.people.get();
        people
            .into_iter()
            .filter(|person| !shown.contains(person))
            .collect::<Vec<_>>()
    };
    let field = Field::Selection;
    view! {
        <div id=field.name() class="selection" role="group" tabindex="-1" aria-label=texts::SELECT aria-describedby=described_by(form, field, false)>
            <FieldProblem form field/>
            <div class="check">
                <input
                    type="checkbox"
                    id="whole_page"
                    name="whole_page"
                    value="yes"
                    on:change=move |event| selection.tick_page(&event)
                />
                <label for="whole_page">{texts::SELECT_PAGE}</label>
            </div>
            {on_page.into_iter().map(|person| view! { <input type="hidden" name="on_page" value=person.to_string()/> }).collect_view()}
            {move || {
                elsewhere()
                    .into_iter()
                    .map(|person| view! { <input type="hidden" name="person" value=person.to_string()/> })
                    .collect_view()
            }}
            {is_more
                .then(|| {
                    view! {
                        <button type="submit" class="secondary" name="everyone" value="yes">
                            {texts::select_everyone(total)}
                        </button>
                    }
                })}
            <button type="submit" class="secondary">{texts::SEND_TO_SELECTED}</button>
            {move || {
                let chosen = selection.people.with(BTreeSet::len);
                (chosen > 0).then(|| view! { <span class="muted">{texts::selected(chosen)}</span> })
            }}
        </div>
    }
}
