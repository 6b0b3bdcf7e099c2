//! PagerDuty: the log entries of incidents, or incidents alone, as its API answers them, newest first; and bodies of
//! its webhooks.

use serde_json::Value;

use crate::model::EventType;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, Node, Said};
use super::pagerduty_webhooks::{self, outage, without_number};
use super::place::Place;
use super::text::text_of;

/// Entries of the machinery: who was told, and whose turn it was.
const NOISE: [&str; 8] = [
    "notify",
    "assign",
    "escalate",
    "delegate",
    "exhaust_escalation_path",
    "repeat_escalation_path",
    "reach_ack_limit",
    "reach_trigger_limit",
];

/// Milestones that an entry's type is.
const MILESTONES: [(&str, EventType); 3] = [
    ("trigger", EventType::Detected),
    ("acknowledge", EventType::Acknowledged),
    ("resolve", EventType::Resolved),
];

/// Reads log entries; a record for each incident they are of.
///
/// # Errors
/// It is no such file.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        if is_a_body_a_line(&text) {
            take_lines(&mut gathered, &text);
            continue;
        }
        let json = Json::read(&input.name, &text)?;
        let root = json.root()?;
        if root.value.is_true("more") {
            gathered.doubt(DoubtCode::MorePages, root.place, &input.name);
        }
        for incident in json.under(&root, "incidents")? {
            take_incident(&mut gathered, &incident);
        }
        let mut entries = json.under(&root, "log_entries")?;
        if entries.is_empty() && root.value.at("incidents").is_none() {
            entries = json.items()?;
        }
        // The entries of one incident need not name it each.
        let named = entries.iter().find(|entry| entry.value.at("incident").is_some());
        if let Some(entry) = named {
            belong(&mut gathered, &entry.value);
        }
        for entry in &entries {
            take(&mut gathered, entry);
        }
    }
    gathered.tell_newest_first();
    Ok(gathered.finish())
}

/// Whether a text is bodies of webhooks, one a line, which together are no JSON.
fn is_a_body_a_line(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().and_then(|line| serde_json::from_str::<Value>(line).ok());
    let is_body = first.is_some_and(|first| pagerduty_webhooks::event_of(&first).is_some());
    is_body && lines.next().is_some()
}

/// Takes bodies of webhooks, one a line.
fn take_lines(gathered: &mut DraftBuilder<'_>, text: &str) {
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = Place::line(number + 1);
        let json = Json::read("", line).and_then(|json| Ok(json.root()?.value));
        match json {
            Ok(value) => match pagerduty_webhooks::event_of(&value) {
                Some(event) => pagerduty_webhooks::take(gathered, place, event),
                None => gathered.leave(place, line.to_owned(), WhyLeft::NotTaken),
            },
            Err(_) => gathered.leave(place, line.to_owned(), WhyLeft::NotJson),
        }
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

/// Takes an incident as its own API answers it: when it began, who acknowledged it, and when it ended.
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
        event.refs = link(value.text("html_url").filter(|_| kind == EventType::Detected));
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
    tell(ended, "Resolved".to_owned(), by, EventType::Resolved);
}

fn take(gathered: &mut DraftBuilder<'_>, entry: &Node<'_>) {
    if let Some(event) = pagerduty_webhooks::event_of(&entry.value) {
        return pagerduty_webhooks::take(gathered, entry.place, event);
    }
    let value = entry.value.at("log_entry").unwrap_or(&entry.value);
    let Some(kind) = value.text("type") else { return };
    let Some(kind) = kind.strip_suffix("_log_entry").or(kind.strip_suffix("_log_entry_reference"))
    else {
        return;
    };
    let id = value.word("id").unwrap_or_default();
    let summary = value.text("summary").unwrap_or_default();
    if NOISE.contains(&kind) {
        return gathered.leave(entry.place, summary.to_owned(), WhyLeft::Noise);
    }
    let written = value.text("created_at").unwrap_or_default();
    let Some(at) = gathered.time(written, entry.place) else {
        return gathered.leave(entry.place, format!("{written} {summary}"), WhyLeft::NoTime);
    };
    belong(gathered, value);
    let own = ["channel.summary", "channel.subject", "channel.body", "event_details.description"];
    let own = own.iter().find_map(|keys| value.text(keys));
    let tells = matches!(kind, "trigger" | "annotate");
    // What a status update says to those who follow it.
    let message = value.text("message");
    let text = own.filter(|_| tells).or(message).unwrap_or(summary);
    let mut event = chat::event(at, text);
    let milestone = MILESTONES.iter().find(|(word, _)| *word == kind);
    event.kind = milestone.map(|(_, milestone)| milestone.clone());
    event.by =
        value.text("agent.summary").or_else(|| value.text("user.summary")).map(str::to_owned);
    event.source = Some(format!("pagerduty:{id}"));
    event.refs = link(value.text("html_url").or_else(|| link_of_trigger(kind, value)));
    gathered.event(event, entry.place, written);
}

fn link_of_trigger<'v>(kind: &str, value: &'v serde_json::Value) -> Option<&'v str> {
    value.text("incident.html_url").filter(|_| kind == "trigger")
}

fn link(link: Option<&str>) -> Vec<String> {
    link.map(str::to_owned).into_iter().collect()
}
