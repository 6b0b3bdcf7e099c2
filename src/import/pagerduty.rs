//! PagerDuty: the log entries of incidents, as its API answers them, newest first.

use crate::model::EventType;

use super::chat;
use crate::fault::{DoubtCode, ImportFault, WhyLeft};

use super::draft::{Answers, Draft, Input};
use super::gathered::Gathered;
use super::json::{Json, Node, Said};
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
pub(super) fn read(inputs: &[Input], answers: &Answers) -> Result<Draft, ImportFault> {
    let mut gathered = Gathered::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        let json = Json::read(&input.name, &text)?;
        let root = json.root()?;
        if root.value.is_true("more") {
            gathered.doubt(DoubtCode::MorePages, root.place, &input.name);
        }
        let mut entries = json.under(&root, "log_entries")?;
        if entries.is_empty() {
            entries = json.items()?;
        }
        for entry in &entries {
            take(&mut gathered, entry);
        }
    }
    gathered.tell_newest_first();
    Ok(gathered.finish())
}

fn take(gathered: &mut Gathered<'_>, entry: &Node<'_>) {
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
    let incident = value.word("incident.id").unwrap_or_default();
    let title = value.text("incident.summary").or_else(|| value.text("incident.title"));
    gathered.belong(&incident, || title.map_or("PagerDuty", without_number).to_owned());
    gathered.record().kind.get_or_insert_with(|| "outage".to_owned());
    let own = ["channel.summary", "channel.subject", "channel.body", "event_details.description"];
    let own = own.iter().find_map(|keys| value.text(keys));
    let tells = matches!(kind, "trigger" | "annotate");
    let text = own.filter(|_| tells).unwrap_or(summary);
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

/// Returns a title without the number that PagerDuty puts before it: `[#12] Search is slow`.
fn without_number(title: &str) -> &str {
    let behind = title.strip_prefix("[#").and_then(|rest| rest.split_once("] "));
    behind
        .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(title, |(_, it)| it)
}
