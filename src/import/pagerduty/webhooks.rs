//! PagerDuty: saved bodies of its webhooks: a single one, an array, or one per line. The events and their fields are
//! defined in <https://developer.pagerduty.com/docs/webhooks-overview> (version 3) and
//! <https://developer.pagerduty.com/docs/v2-webhooks-overview> (version 2, whose messages contain log entries).

use serde_json::Value;

use crate::fault::WhyLeft;
use crate::model::{EventType, Moment};

use super::super::chat;
use super::super::draft_builder::DraftBuilder;
use super::super::json::JsonFields;
use super::super::place::Place;
use super::incidents::{outage, without_number};

/// How an event of an incident is imported: its milestone, if any, and its text if it has none of its own.
const TAKEN: [(&str, Option<EventType>, &str); 9] = [
    ("triggered", Some(EventType::Detected), "Triggered"),
    ("acknowledged", Some(EventType::Acknowledged), "Acknowledged"),
    ("unacknowledged", None, "Unacknowledged"),
    ("reopened", None, "Reopened"),
    ("resolved", Some(EventType::Resolved), "Resolved"),
    ("annotated", None, ""),
    ("status_update_published", None, ""),
    ("priority_updated", None, "Priority: none"),
    ("responder.replied", None, "Responder replied"),
];

/// How the event of a version 2 message without a log entry is imported.
const MESSAGES: [(&str, Option<EventType>, &str); 4] = [
    ("incident.trigger", Some(EventType::Detected), "Triggered"),
    ("incident.acknowledge", Some(EventType::Acknowledged), "Acknowledged"),
    ("incident.unacknowledge", None, "Unacknowledged"),
    ("incident.resolve", Some(EventType::Resolved), "Resolved"),
];

/// Whether a value is the body of a webhook.
pub(super) fn is_body(value: &Value) -> bool {
    let is_message =
        |message: &Value| message.text("event").is_some_and(|event| event.starts_with("incident."));
    event_of(value).is_some() || value.list("messages").iter().any(is_message)
}

/// Reads a version 2 message without a log entry: what happened to its incident, and when.
pub(super) fn take_message(gathered: &mut DraftBuilder<'_>, place: Place, message: &Value) {
    let kind = message.text("event").unwrap_or_default();
    let written = message.text("created_on").unwrap_or_default();
    let title = message.text("incident.title").or(message.text("incident.summary"));
    let Some((_, milestone, words)) = MESSAGES.iter().find(|(word, ..)| *word == kind) else {
        let told = [written, kind, title.unwrap_or_default()].join(" ");
        return gathered.leave(place, told.trim().to_owned(), WhyLeft::Noise);
    };
    let is_trigger = *milestone == Some(EventType::Detected);
    let text = title.filter(|_| is_trigger).map_or(*words, without_number);
    let Some(at) = gathered.time(written, place) else {
        return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
    };
    let id = message.word("incident.id").unwrap_or_default();
    outage(gathered, &id, title);
    let mut event = chat::event(at, text);
    event.kind = milestone.clone();
    event.source = message.word("id").map(|id| format!("pagerduty:{id}"));
    gathered.event(event, place, written);
}

/// Returns the event in the body of a webhook, if a value is one.
pub(super) fn event_of(value: &Value) -> Option<&Value> {
    let event = value.get("event")?;
    event.text("event_type").and(event.text("occurred_at")).map(|_| event)
}

/// Reads the event in the body of a webhook into the record of its incident. Automatic events, and those about
/// something other than an incident, are listed as left out.
pub(super) fn take(gathered: &mut DraftBuilder<'_>, place: Place, event: &Value) {
    let kind = event.text("event_type").unwrap_or_default();
    let written = event.text("occurred_at").unwrap_or_default();
    let by = event.text("agent.summary").or_else(|| event.text("data.user.summary"));
    let named = kind.strip_prefix("incident.").unwrap_or_default();
    let Some((_, milestone, words)) = TAKEN.iter().find(|(word, ..)| *word == named) else {
        let about = [
            event.text("data.incident.summary"),
            event.text("data.title"),
            event.text("data.summary"),
            by,
        ];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        let told = [written, kind, &about.join(", ")].join(" ");
        return gathered.leave(place, told.trim_end().to_owned(), WhyLeft::Noise);
    };
    let text = text_of(event, named, words);
    let Some(at) = gathered.time(written, place) else {
        return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
    };
    // A note or a status update names its incident; all other events are about the incident itself.
    let (id, title) = match event.at("data.incident") {
        Some(incident) => (incident.word("id"), incident.text("summary")),
        None => (event.word("data.id"), event.text("data.title").or(event.text("data.summary"))),
    };
    outage(gathered, &id.unwrap_or_default(), title);
    gathered.event(told(at, &text, (event, by), milestone.clone()), place, written);
}

fn told(
    at: Moment,
    text: &str,
    (event, by): (&Value, Option<&str>),
    kind: Option<EventType>,
) -> crate::model::Event {
    let link = event.text("data.html_url").filter(|_| kind == Some(EventType::Detected));
    let mut told = chat::event(at, text);
    told.by = by.map(str::to_owned);
    told.source = event.word("id").map(|id| format!("pagerduty:{id}"));
    told.refs = link.map(str::to_owned).into_iter().collect();
    told.kind = kind;
    told
}

/// Returns the text of an event: its own, else a description of its type. A text that PagerDuty cut ends in `…`.
fn text_of(event: &Value, named: &str, words: &str) -> String {
    let own = match named {
        "triggered" => event.text("data.title"),
        "annotated" => event.text("data.content"),
        "status_update_published" => event.text("data.message"),
        "priority_updated" => {
            let priority = event.text("data.priority.summary");
            return priority.map_or_else(|| words.to_owned(), |it| format!("Priority: {it}"));
        }
        "resolved" => {
            let into = event.text("data.resolve_reason.incident.summary");
            return into
                .map_or_else(|| words.to_owned(), |it| format!("{words}: merged into {it}"));
        }
        "responder.replied" => {
            let state = event.text("data.state");
            return state.map_or_else(|| words.to_owned(), |it| format!("{words}: {it}"));
        }
        _ => None,
    };
    let cut = if event.is_true("data.trimmed") { "…" } else { "" };
    own.map_or_else(|| words.to_owned(), |own| format!("{own}{cut}"))
}
