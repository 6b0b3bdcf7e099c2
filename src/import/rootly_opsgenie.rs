//! Timelines of hosted tools: Rootly's events and Opsgenie's items, as returned by their APIs.

use crate::model::Audience;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, JsonFields, Node};
use super::text::text_of;

/// Reads Rootly's events.
///
/// # Errors
/// It is not such a file.
pub(super) fn rootly(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    all(inputs, answers, "Rootly", |gathered, item| {
        let value = &item.value;
        let Some(text) = value.text("attributes.event") else {
            return gathered.leave(item.place, value.to_string(), WhyLeft::NoText);
        };
        let at =
            value.word("attributes.occurred_at").or_else(|| value.word("attributes.created_at"));
        let public = value.text("attributes.visibility") == Some("external");
        let by =
            value.text("attributes.user.name").or_else(|| value.text("attributes.user.full_name"));
        let told = Told {
            text,
            at,
            by,
            logged: value.text("attributes.created_at"),
            is_internal: !public,
        };
        keep(gathered, item, "rootly", &told);
    })
}

/// Reads Opsgenie's items.
///
/// # Errors
/// It is not such a file.
pub(super) fn opsgenie(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    all(inputs, answers, "Opsgenie", |gathered, item| {
        let value = &item.value;
        let own = value.text("description.content").or_else(|| value.text("description"));
        let text = own
            .or_else(|| value.text("title.content"))
            .or_else(|| value.text("type"))
            .unwrap_or_default();
        let by = value.text("actor.name");
        if value.at("lastEdit").is_some() {
            let id = value.word("id").unwrap_or_default();
            gathered.doubt(DoubtCode::Edited, item.place, &id);
        }
        let told = Told {
            text,
            at: value.word("eventTime"),
            by,
            logged: None,
            is_internal: value.is_true("hidden"),
        };
        keep(gathered, item, "opsgenie", &told);
    })
}

fn all(
    inputs: &[Input],
    answers: &ImportOptions,
    title: &str,
    take: impl Fn(&mut DraftBuilder<'_>, &Node<'_>),
) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    gathered.begin(title.to_owned());
    for input in inputs {
        let text = text_of(input, answers)?;
        let json = Json::read(&input.name, &text)?;
        gathered.reads(&input.name);
        let root = json.root()?;
        let next = ["links.next", "paging.next"].iter().any(|keys| root.value.text(keys).is_some());
        if next {
            gathered.doubt(DoubtCode::MorePages, root.place, &input.name);
        }
        let mut items = json.under(&root, "data")?;
        if let Some(data) = json.object(&root, "data")? {
            items = json.under(&data, "entries")?;
        }
        if items.is_empty() {
            items = json.items()?;
        }
        for item in &items {
            take(&mut gathered, item);
        }
    }
    Ok(gathered.finish())
}

/// The parts of an item.
struct Told<'v> {
    text: &'v str,
    at: Option<String>,
    by: Option<&'v str>,
    logged: Option<&'v str>,
    is_internal: bool,
}

fn keep(gathered: &mut DraftBuilder<'_>, item: &Node<'_>, source: &str, told: &Told<'_>) {
    let written = told.at.as_deref().unwrap_or_default();
    let Some(at) = gathered.time(written, item.place) else {
        let text = format!("{written} {}", told.text);
        return gathered.leave(item.place, text.trim().to_owned(), WhyLeft::NoTime);
    };
    let mut event = chat::event(at, told.text);
    let logged = told.logged.and_then(|it| gathered.time(it, item.place));
    event.logged = logged.filter(|logged| logged.unix() - at.unix() >= 60);
    event.by = told.by.map(str::to_owned);
    event.source = item.value.word("id").map(|id| format!("{source}:{id}"));
    if told.is_internal {
        event.audience = Audience::Internal;
    }
    gathered.event(event, item.place, written);
}
