//! An answer, read as a person reads it: by heading, words, labels and the text on buttons; never by class or id.

use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};
use url::form_urlencoded;

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Page {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: String,
}

/// What a live page is told when something has changed.
#[derive(Debug)]
pub struct News {
    /// What it asks with next.
    pub stamp: String,
    /// Whether it asks on.
    pub may_change: bool,
    /// The parts that have changed.
    pub shown: Page,
}

impl Page {
    pub(super) fn new(status: u16, headers: HeaderMap, body: String) -> Self {
        Self { status, headers, body }
    }

    /// Fails unless the answer has this status.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }

    /// A header, the first of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The answer without what differs each time: the nonce (named in the policy), the date and the cookies. What stands
    /// in `aside` is left out too, and with it the length.
    pub fn without(&self, aside: &str) -> (u16, Vec<String>, String) {
        let policy = self.header("content-security-policy").unwrap_or_default();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next());
        let strip = |text: &str| {
            let text = text.replace(nonce.unwrap_or("no nonce"), "NONCE");
            if aside.is_empty() {
                text
            } else {
                text.replace(aside, "ASIDE")
            }
        };
        let varies = ["date", "set-cookie", "content-length"];
        let headers = self.headers.iter().filter(|(name, _)| !varies.contains(&name.as_str()));
        let headers =
            headers.map(|(name, value)| strip(&format!("{name}: {}", String::from_utf8_lossy(value.as_bytes()))));
        (self.status, headers.collect(), strip(&self.body))
    }

    /// The page's one heading of the first level.
    pub fn heading(&self) -> String {
        let html = self.html();
        let headings: Vec<_> = html.select(&selector("h1")).map(text_of).collect();
        assert_eq!(headings.len(), 1, "one h1 a page: {}", self.body);
        headings.into_iter().next().unwrap_or_default()
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        let html = self.html();
        html.select(&selector("head > title")).map(text_of).collect()
    }

    /// All words of the page's main part, in order, blanks folded; of the whole body where there is no main part.
    pub fn text(&self) -> String {
        let html = self.html();
        let main = html.select(&selector("main")).next();
        main.or_else(|| html.select(&selector("body")).next())
            .map(text_of)
            .unwrap_or_default()
    }

    /// Whether these words stand on the page.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// What stands in the region of this name, such as `Done`; none where there is no such region.
    pub fn region(&self, name: &str) -> Option<String> {
        let html = self.html();
        let found = html
            .select(&selector("section"))
            .find(|section| name_of(&html, *section) == name);
        found.map(text_of)
    }

    /// Where the link of these words leads.
    #[track_caller]
    pub fn link(&self, words: &str) -> String {
        let html = self.html();
        let found: Vec<_> = html
            .select(&selector("a[href]"))
            .filter(|link| text_of(*link) == words)
            .collect();
        let [link] = found[..] else {
            panic!("{} links {words:?} in: {}", found.len(), self.text())
        };
        link.attr("href").unwrap_or_default().to_owned()
    }

    /// The header cells of all rows, in their order.
    pub fn rows(&self) -> Vec<String> {
        self.html().select(&selector("tbody tr > th")).map(text_of).collect()
    }

    /// The row whose header cell says this, as pairs of column and cell.
    pub fn row(&self, name: &str) -> Option<Vec<(String, String)>> {
        let html = self.html();
        let columns: Vec<_> = html.select(&selector("thead th")).map(text_of).collect();
        let row = html.select(&selector("tbody tr")).find(|row| {
            row.select(&selector("th"))
                .next()
                .is_some_and(|head| text_of(head) == name)
        })?;
        Some(
            columns
                .into_iter()
                .zip(row.select(&selector("th, td")).map(text_of))
                .collect(),
        )
    }

    /// Of an answer to a live page, in which the new parts of the page are HTML: they, as a page; none where there is no news.
    pub fn news(&self) -> Option<News> {
        let told: serde_json::Value = serde_json::from_str(&self.body).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        (!told.is_null()).then(|| News {
            stamp: text(&told["now"]["stamp"]),
            may_change: told["now"]["may_change"] == true,
            shown: Self {
                body: text(&told["html"]),
                ..self.clone()
            },
        })
    }

    /// The state that the first badge shows, as the style reads it.
    pub fn state(&self) -> String {
        let html = self.html();
        let badge = html.select(&selector(".badge")).next();
        badge
            .and_then(|badge| badge.attr("data-state"))
            .unwrap_or_default()
            .to_owned()
    }

    /// Whether there is a button of these words.
    pub fn has_button(&self, words: &str) -> bool {
        let html = self.html();
        html.select(&selector("button")).any(|button| text_of(button) == words)
    }

    /// Every form of the page, in order.
    pub fn forms(&self) -> Vec<Form> {
        let html = self.html();
        html.select(&selector("form"))
            .map(|form| Form::read(&html, form))
            .collect()
    }

    /// The form that the button of these words sends, with what stands in its fields.
    #[track_caller]
    pub fn form(&self, button: &str) -> Form {
        let html = self.html();
        let found: Vec<_> = html
            .select(&selector("form"))
            .filter(|form| {
                form.select(&selector("button"))
                    .any(|found| text_of(found) == button && found.attr("type") == Some("submit"))
            })
            .collect();
        let [form] = found[..] else {
            panic!("{} forms with a button {button:?} in: {}", found.len(), self.text())
        };
        Form::read(&html, form)
    }

    /// What stands in the field of this label.
    #[track_caller]
    pub fn value_of(&self, label: &str) -> String {
        let html = self.html();
        let field = field(&html, label);
        if field.value().name() == "textarea" {
            return field.text().collect();
        }
        field.attr("value").unwrap_or_default().to_owned()
    }

    /// What is said to be wrong at the field of this label, by what describes it; nothing where it is not invalid.
    #[track_caller]
    pub fn reason_at(&self, label: &str) -> Option<String> {
        let html = self.html();
        let field = field(&html, label);
        if field.attr("aria-invalid") != Some("true") {
            return None;
        }
        // A hint or a count may describe the field too.
        let mut ids = field.attr("aria-describedby").unwrap_or_default().split_whitespace();
        ids.find(|id| id.ends_with("-problem"))
            .and_then(|id| by_id(&html, id))
            .map(text_of)
    }

    /// What is said to be wrong with the choices under this legend; nothing where nothing is.
    #[track_caller]
    pub fn reason_under(&self, legend: &str) -> Option<String> {
        let html = self.html();
        let group = html
            .select(&selector("fieldset"))
            .find(|group| group.select(&selector("legend")).any(|found| text_of(found) == legend))
            .unwrap_or_else(|| panic!("no choices {legend:?} in: {}", self.text()));
        let id = group.attr("aria-describedby")?;
        (group.attr("aria-invalid") == Some("true")).then(|| by_id(&html, id).map(text_of).unwrap_or_default())
    }

    /// The document, for what no person reads.
    pub fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }
}

/// A form about to be sent.
#[derive(Clone, Debug)]
pub struct Form {
    action: String,
    is_post: bool,
    /// It is sent in parts, so that a file can be among them.
    has_parts: bool,
    fields: Vec<Field>,
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    value: String,
    label: Option<String>,
    /// One of several of which one is chosen.
    is_radio: bool,
    /// A checkbox that is not ticked and a choice that is not made are not sent.
    is_sent: bool,
    /// What is in the chosen file, where one can be chosen.
    file: Option<Vec<u8>>,
}

impl Field {
    fn words(&self) -> &str {
        self.label.as_deref().unwrap_or_default()
    }
}

impl Form {
    fn read(html: &Html, form: ElementRef<'_>) -> Self {
        let named = selector("input[name], select[name], textarea[name]");
        let fields = form.select(&named).map(|field| {
            let name = field.attr("name").unwrap_or_default().to_owned();
            let chosen = field.select(&selector("option[selected]")).next();
            let value = match field.value().name() {
                "textarea" => field.text().collect(),
                _ => chosen.unwrap_or(field).attr("value").unwrap_or_default().to_owned(),
            };
            let is_choice = matches!(field.attr("type"), Some("checkbox" | "radio"));
            let is_sent = !is_choice || field.attr("checked").is_some();
            let label = html
                .select(&selector("label"))
                .find(|label| label.attr("for").is_some() && label.attr("for") == field.attr("id"));
            Field {
                name,
                value,
                label: label.map(text_of),
                is_radio: field.attr("type") == Some("radio"),
                is_sent,
                file: (field.attr("type") == Some("file")).then(Vec::new),
            }
        });
        Self {
            fields: fields.collect(),
            action: form.attr("action").unwrap_or_default().to_owned(),
            is_post: form.attr("method") == Some("post"),
            has_parts: form.attr("enctype") == Some("multipart/form-data"),
        }
    }

    /// Types into the field of this label.
    #[track_caller]
    pub fn fill(mut self, label: &str, value: &str) -> Self {
        value.clone_into(&mut self.labelled(label).value);
        self
    }

    /// Chooses a file with these bytes in the field of this label.
    #[track_caller]
    pub fn attach(mut self, label: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let field = self.labelled(label);
        assert!(field.file.is_some(), "{label:?} takes no file");
        field.file = Some(bytes.into());
        self
    }

    /// The body of a form that is sent in parts; none of one that is not.
    pub(super) fn parts(&self, boundary: &str) -> Option<Vec<u8>> {
        self.has_parts.then(|| {
            let mut body = Vec::new();
            for field in self.fields.iter().filter(|field| field.is_sent) {
                let head = format!(
                    "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"",
                    field.name
                );
                body.extend(head.into_bytes());
                if let Some(file) = &field.file {
                    body.extend(b"; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\n");
                    body.extend(file);
                } else {
                    body.extend(b"\r\n\r\n");
                    body.extend(field.value.as_bytes());
                }
                body.extend(b"\r\n");
            }
            body.extend(format!("--{boundary}--\r\n").into_bytes());
            body
        })
    }

    /// Ticks the box, or makes the choice, of this label.
    #[track_caller]
    pub fn choose(mut self, label: &str) -> Self {
        let chosen = self.labelled(label);
        let (name, value) = (chosen.name.clone(), chosen.value.clone());
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            let is_it = field.value == value;
            field.is_sent = is_it || (field.is_sent && !field.is_radio);
        }
        self
    }

    /// The labels of the choices, and of them the one that is made.
    pub fn choices(&self) -> (Vec<&str>, Option<&str>) {
        let radios = || self.fields.iter().filter(|field| field.is_radio);
        (
            radios().map(Field::words).collect(),
            radios().find(|field| field.is_sent).map(Field::words),
        )
    }

    #[track_caller]
    fn labelled(&mut self, label: &str) -> &mut Field {
        let labels: Vec<_> = self.fields.iter().map(|field| field.label.clone()).collect();
        self.fields
            .iter_mut()
            .find(|field| field.label.as_deref() == Some(label))
            .unwrap_or_else(|| panic!("no field {label:?} among {labels:?}"))
    }

    /// Where it goes.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// What it sends, hidden fields among them.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|field| field.is_sent)
            .map(|field| (field.name.as_str(), field.value.as_str()))
    }

    /// The names of its fields, each once, whether or not they are sent as it stands.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for field in &self.fields {
            if !names.contains(&field.name.as_str()) {
                names.push(&field.name);
            }
        }
        names
    }

    /// Whether the field of this name is one that people type into.
    pub fn is_typed_into(&self, name: &str) -> bool {
        let is_typed = |field: &Field| field.label.is_some() && !field.is_radio && field.is_sent;
        self.fields.iter().any(|field| field.name == name && is_typed(field))
    }

    /// Puts this into the field of this name, where nothing stands in it; where one is to be chosen, chooses the first.
    pub fn where_empty(mut self, name: &str, value: &str) -> Self {
        let mut of_name: Vec<_> = self.fields.iter_mut().filter(|field| field.name == name).collect();
        if of_name.iter().any(|field| field.is_radio) {
            if of_name.iter().all(|field| !field.is_sent) {
                of_name[0].is_sent = true;
            }
        } else if let [field] = &mut of_name[..]
            && field.is_sent
            && field.value.is_empty()
        {
            value.clone_into(&mut field.value);
        }
        self
    }

    /// What it sends, with this, as it travels, in the field of this name.
    pub fn encoded_with(&self, name: &str, encoded: &str) -> String {
        let mut pairs = vec![format!("{name}={encoded}")];
        let others = self.fields().filter(|(other, _)| *other != name);
        pairs.extend(others.map(|(other, value)| {
            form_urlencoded::Serializer::new(String::new())
                .append_pair(other, value)
                .finish()
        }));
        pairs.join("&")
    }

    /// Whether it is sent with its fields in the body.
    pub fn is_post(&self) -> bool {
        self.is_post
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("selectors are written in this file")
}

fn by_id<'a>(html: &'a Html, id: &str) -> Option<ElementRef<'a>> {
    html.select(&selector("[id]"))
        .find(|found| found.attr("id") == Some(id))
}

#[track_caller]
fn field<'a>(html: &'a Html, label: &str) -> ElementRef<'a> {
    html.select(&selector("label[for]"))
        .filter(|found| text_of(*found) == label)
        .find_map(|found| by_id(html, found.attr("for").unwrap_or_default()))
        .unwrap_or_else(|| panic!("no field {label:?}"))
}

/// The accessible name that an attribute gives.
fn name_of(html: &Html, element: ElementRef<'_>) -> String {
    match (element.attr("aria-label"), element.attr("aria-labelledby")) {
        (Some(name), _) => name.to_owned(),
        (None, Some(id)) => by_id(html, id).map(text_of).unwrap_or_default(),
        (None, None) => String::new(),
    }
}

fn text_of(element: ElementRef<'_>) -> String {
    let mut words = Vec::new();
    let hidden = |name: &str| matches!(name, "script" | "style" | "template");
    for node in element.descendants() {
        let parent = node.parent().and_then(|parent| parent.value().as_element());
        if let Some(text) = node.value().as_text()
            && !parent.is_some_and(|parent| hidden(parent.name()))
        {
            words.push(text.to_string());
        }
        // What stands in blocks of its own is read as words of its own.
        let is_block = node.value().as_element().is_some_and(|element| {
            matches!(
                element.name(),
                "p" | "li" | "h1" | "h2" | "h3" | "div" | "dt" | "dd" | "td" | "th" | "section" | "form"
            )
        });
        if is_block {
            words.push(" ".to_owned());
        }
    }
    words.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}
