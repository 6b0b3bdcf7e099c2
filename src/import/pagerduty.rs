//! PagerDuty: the log entries of incidents, or incidents alone, as its API answers them, newest first; bodies of its
//! webhooks; and the sheet of incidents that its web app writes.

use serde_json::Value;

use crate::model::{Event, EventType};

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, Node, Said};
use super::pagerduty_sheet;
use super::pagerduty_webhooks::{self, outage, without_number};
use super::place::Place;
use super::text::text_of;

/// Entries of the machinery: who was told, and whose turn it was.
const NOISE: [&str; 11] = [
    "notify",
    "assign",
    "reassign",
    "escalate",
    "delegate",
    "exhaust_escalation_path",
    "repeat_escalation_path",
    "reach_ack_limit",
    "reach_trigger_limit",
    "link",
    "unlink",
];

/// Milestones that an entry's type is.
const MILESTONES: [(&str, EventType); 3] = [
    ("trigger", EventType::Detected),
    ("acknowledge", EventType::Acknowledged),
    ("resolve", EventType::Resolved),
];

/// Keys that a page of the API, or the body of a webhook of version 2, holds its items under.
const PAGES: [&str; 4] = ["log_entries", "incidents", "notes", "messages"];

/// Reads log entries; a record for each incident they are of.
///
/// # Errors
/// It is no such file.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        if pagerduty_sheet::is_sheet(&text) {
            pagerduty_sheet::take(&mut gathered, &text);
        } else if is_a_body_a_line(&text) {
            take_lines(&mut gathered, &text)?;
        } else {
            take_json(&mut gathered, &Json::read(&input.name, &text)?, &input.name)?;
        }
    }
    gathered.tell_newest_first();
    Ok(gathered.finish())
}

/// Whether a text is bodies of webhooks, one a line, which together are no JSON.
fn is_a_body_a_line(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().and_then(|line| serde_json::from_str::<Value>(line).ok());
    first.is_some_and(|first| pagerduty_webhooks::is_body(&first)) && lines.next().is_some()
}

/// Takes bodies of webhooks, one a line.
fn take_lines(gathered: &mut DraftBuilder<'_>, text: &str) -> Result<(), ImportFault> {
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match Json::of_line("", line, number + 1) {
            Ok(json) => take_json(gathered, &json, "")?,
            Err(_) => {
                gathered.leave(Place::line(number + 1), line.to_owned(), WhyLeft::NotJson);
            }
        }
    }
    Ok(())
}

/// Takes a page of the API, bodies of webhooks, or entries.
fn take_json(
    gathered: &mut DraftBuilder<'_>,
    json: &Json<'_>,
    name: &str,
) -> Result<(), ImportFault> {
    let is_page = |node: &Node<'_>| PAGES.iter().any(|key| node.value.at(key).is_some());
    let (pages, entries): (Vec<_>, Vec<_>) = json.items()?.into_iter().partition(is_page);
    for page in &pages {
        if page.value.is_true("more") {
            gathered.doubt(DoubtCode::MorePages, page.place, name);
        }
        for incident in json.under(page, "incidents")? {
            take_incident(gathered, &incident);
        }
        for message in json.under(page, "messages")? {
            match json.under(&message, "log_entries")?.as_slice() {
                [] => pagerduty_webhooks::take_message(gathered, message.place, &message.value),
                entries => take_entries(gathered, entries),
            }
        }
        for note in json.under(page, "notes")? {
            belong(gathered, &page.value);
            take_note(gathered, &note.value, note.place);
        }
        take_entries(gathered, &json.under(page, "log_entries")?);
    }
    take_entries(gathered, &entries);
    Ok(())
}

/// Takes entries, which need not each name the incident that they are of.
fn take_entries(gathered: &mut DraftBuilder<'_>, entries: &[Node<'_>]) {
    let named = entries.iter().find(|entry| entry.value.word("incident.id").is_some());
    if let Some(entry) = named {
        belong(gathered, &entry.value);
    }
    for entry in entries {
        take(gathered, entry);
    }
}

/// Lets entries go into the record of the incident that one of them names.
fn belong(gathered: &mut DraftBuilder<'_>, value: &Value) {
    let Some(incident) = value.word("incident.id") else {
        if gathered.is_empty() {
            outage(gathered, "", None);
        }
        return;
    };
    let title = value.text("incident.summary").or_else(|| value.text("incident.title"));
    outage(gathered, &incident, title);
}

/// Takes an incident as its own API answers it: when it began, who acknowledged it, what was noted, and when it ended.
fn take_incident(gathered: &mut DraftBuilder<'_>, incident: &Node<'_>) {
    let (value, place) = (&incident.value, incident.place);
    let id = value.word("id").unwrap_or_default();
    let title = value.text("title").or_else(|| value.text("summary"));
    outage(gathered, &id, title);
    let mut tell = |written: Option<&str>, text: String, by: Option<&str>, kind: EventType| {
        let Some(written) = written else { return };
        let Some(at) = gathered.time(written, place) else {
            return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
        };
        let mut event = chat::event(at, &text);
        event.source = Some(format!("pagerduty:{id}:{}:{written}", kind.word()));
        event.by = by.map(str::to_owned);
        if kind == EventType::Detected {
            event.refs = value.text("html_url").map(str::to_owned).into_iter().collect();
            add(&mut event, value.at("body.details").map(spelled_out));
        }
        event.kind = Some(kind);
        gathered.event(event, place, written);
    };
    let began = title.map_or("PagerDuty", without_number).to_owned();
    tell(value.text("created_at"), began, value.text("service.summary"), EventType::Detected);
    for told in value.list("acknowledgements") {
        let by = told.text("acknowledger.summary");
        tell(told.text("at"), "Acknowledged".to_owned(), by, EventType::Acknowledged);
    }
    let ended = value.text("resolved_at").or_else(|| {
        let is_over = value.text("status") == Some("resolved");
        value.text("last_status_change_at").filter(|_| is_over)
    });
    let by = value.text("last_status_change_by.summary");
    let into = value.text("resolve_reason.incident.summary");
    let text = into.map_or("Resolved".to_owned(), |into| format!("Resolved: merged into {into}"));
    tell(ended, text, by, EventType::Resolved);
    for note in value.list("notes") {
        take_note(gathered, note, place);
    }
}

/// Takes a note as the API lists those of an incident.
fn take_note(gathered: &mut DraftBuilder<'_>, note: &Value, place: Place) {
    let (written, text) = (note.text("created_at"), note.text("content").unwrap_or_default());
    let written = written.unwrap_or_default();
    let Some(at) = gathered.time(written, place) else {
        return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
    };
    let mut event = chat::event(at, text);
    event.by = note.text("user.summary").map(str::to_owned);
    event.source = note.word("id").map(|id| format!("pagerduty:{id}"));
    gathered.event(event, place, written);
}

fn take(gathered: &mut DraftBuilder<'_>, entry: &Node<'_>) {
    if let Some(event) = pagerduty_webhooks::event_of(&entry.value) {
        return pagerduty_webhooks::take(gathered, entry.place, event);
    }
    // The answer to a question for one incident.
    let incident = entry.value.at("incident").filter(|it| it.text("created_at").is_some());
    if let Some(incident) = incident.filter(|_| entry.value.text("type").is_none()) {
        return take_incident(gathered, &entry.of(incident.clone()));
    }
    let value = entry.value.at("log_entry").unwrap_or(&entry.value);
    let summary = value.text("summary").unwrap_or_default();
    let kind = value.text("type").and_then(|kind| {
        kind.strip_suffix("_log_entry").or(kind.strip_suffix("_log_entry_reference"))
    });
    let Some(kind) = kind else {
        let told = if summary.is_empty() { value.to_string() } else { summary.to_owned() };
        return gathered.leave(entry.place, told, WhyLeft::NotTaken);
    };
    if NOISE.contains(&kind) {
        return gathered.leave(entry.place, summary.to_owned(), WhyLeft::Noise);
    }
    let written = value.text("created_at").unwrap_or_default();
    let Some(at) = gathered.time(written, entry.place) else {
        return gathered.leave(entry.place, format!("{written} {summary}"), WhyLeft::NoTime);
    };
    belong(gathered, value);
    let mut event = chat::event(at, words(kind, value).unwrap_or(summary));
    add_details(&mut event, kind, value);
    let milestone = MILESTONES.iter().find(|(word, _)| *word == kind);
    event.kind = milestone.map(|(_, milestone)| milestone.clone());
    let by = value.text("agent.summary").or_else(|| value.text("user.summary"));
    event.by = by.map(str::to_owned);
    event.source = value.word("id").map(|id| format!("pagerduty:{id}"));
    event.refs = links(kind, value);
    gathered.event(event, entry.place, written);
}

/// Returns what an entry itself says: of a trigger its subject, of a note or a status update its words.
fn words<'v>(kind: &str, value: &'v Value) -> Option<&'v str> {
    let keys: &[&str] = match kind {
        "trigger" => {
            &["channel.summary", "channel.subject", "channel.body", "event_details.description"]
        }
        "annotate" => &["channel.content", "channel.summary", "channel.notes"],
        _ => &["message", "channel.message"],
    };
    keys.iter().find_map(|keys| value.text(keys))
}

/// Adds what a trigger says below its subject, and the note that somebody left with an entry.
fn add_details(event: &mut Event, kind: &str, value: &Value) {
    let is_trigger = kind == "trigger";
    let told = ["channel.details", "channel.body"].map(|keys| value.at(keys).map(spelled_out));
    for told in told.into_iter().filter(|_| is_trigger) {
        add(event, told);
    }
    add(event, value.text("note").map(str::to_owned));
}

/// Adds words to an event's detail that it does not say yet.
fn add(event: &mut Event, words: Option<String>) {
    let words = words.unwrap_or_default();
    let words = words.trim();
    let told = event.detail.as_deref().unwrap_or_default();
    if words.is_empty() || event.text.contains(words) || told.contains(words) {
        return;
    }
    let lines = [told, words];
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    event.detail = Some(lines.join("\n"));
}

/// Returns a text, or what an object says, a line for each of its keys.
fn spelled_out(value: &Value) -> String {
    let one = |value: &Value| match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let Value::Object(keys) = value else { return one(value) };
    let lines = keys.iter().map(|(key, value)| format!("{key}: {}", one(value)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the addresses that an entry names: its own, and those that came with a trigger.
fn links(kind: &str, value: &Value) -> Vec<String> {
    let is_trigger = kind == "trigger";
    let own = value.text("html_url");
    let own = own.or_else(|| value.text("incident.html_url").filter(|_| is_trigger));
    let contexts = value.list("contexts").iter();
    let contexts = contexts.flat_map(|it| [it.text("href"), it.text("src")]).flatten();
    let mut links: Vec<String> = Vec::new();
    for link in own.into_iter().chain(value.text("channel.client_url")).chain(contexts) {
        if !links.iter().any(|known| known == link) {
            links.push(link.to_owned());
        }
    }
    links
}
