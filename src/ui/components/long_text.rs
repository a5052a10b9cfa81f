//! A field of many lines.
//!
//! The framework writes the children of a `textarea` as they are, and nothing at all for an empty text, which it does not
//! find again when the page comes alive. So what stands in it is set as its inner HTML, and escaped here.

use leptos::prelude::*;

use crate::ui::components::form::{FieldHint, FieldProblem, FormHandle, described_by, is_invalid};
use crate::wire::forms::Field;

/// The field.
#[component]
pub fn LongText(
    form: FormHandle,
    field: Field,
    label: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    /// What stands there first.
    value: String,
) -> impl IntoView {
    let has_hint = hint.is_some();
    view! {
        <div class="field">
            <label for=field.name()>{label}</label>
            {hint.map(|words| view! { <FieldHint field words/> })}
            <FieldProblem form field/>
            <textarea
                id=field.name()
                name=field.name()
                rows="10"
                dir="ltr"
                spellcheck="false"
                autocapitalize="none"
                autocomplete="off"
                aria-invalid=is_invalid(form, field)
                aria-describedby=described_by(form, field, has_hint)
                inner_html=as_html(value)
            ></textarea>
        </div>
    }
}

/// The text as the content of a `textarea`, whose first line break is dropped.
fn as_html(text: String) -> String {
    if text.is_empty() {
        return text;
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("\n{escaped}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g4_no_text_ends_the_field() {
        assert_eq!(
            as_html("</textarea><script>x</script>&lt;".to_owned()),
            "\n&lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt;&amp;lt;"
        );
        assert_eq!(as_html(String::new()), "");
    }
}
