//! PagerDuty: the log entries of incidents, or incidents alone, as returned by its API, newest first; bodies of its
//! webhooks; and the sheet of incidents from its web app.

use serde_json::Value;

use crate::fault::{DoubtCode, ImportFault, WhyLeft};
use crate::model::{Event, EventType};

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::json::{Json, JsonFields, Node};
use super::place::Place;
use super::text::text_of;

mod incidents;
mod sheet;
mod webhooks;

use incidents::{Digests, add, outage, spelled_out};
pub(super) use sheet::is_sheet;

/// Types of automatic entries: notifications and assignments.
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

/// Entry types that are milestones.
const MILESTONES: [(&str, EventType); 3] = [
    ("trigger", EventType::Detected),
    ("acknowledge", EventType::Acknowledged),
    ("resolve", EventType::Resolved),
];

/// Keys with the items of an API page, or of the body of a webhook of version 2.
const PAGES: [&str; 4] = ["log_entries", "incidents", "notes", "messages"];

/// Reads log entries, with a record for each of their incidents.
///
/// # Errors
/// It is not such a file.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut reading = Reading { gathered: DraftBuilder::new(answers), digests: Digests::default() };
    for input in inputs {
        let text = text_of(input, answers)?;
        if is_sheet(&text) {
            sheet::take(&mut reading.gathered, &mut reading.digests, &text);
        } else if is_a_body_a_line(&text) {
            reading.lines(&text)?;
        } else {
            reading.json(&Json::read(&input.name, &text)?, &input.name)?;
        }
    }
    let Reading { mut gathered, digests } = reading;
    gathered.turn_newest_first();
    digests.take(&mut gathered);
    gathered.turn_newest_first();
    Ok(gathered.finish())
}

/// Whether a text consists of webhook bodies, one per line, which together are not JSON.
fn is_a_body_a_line(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().and_then(|line| serde_json::from_str::<Value>(line).ok());
    first.is_some_and(|first| webhooks::is_body(&first)) && lines.next().is_some()
}

/// Files being read.
struct Reading<'a> {
    gathered: DraftBuilder<'a>,
    digests: Digests,
}

impl Reading<'_> {
    /// Reads webhook bodies, one per line.
    fn lines(&mut self, text: &str) -> Result<(), ImportFault> {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match Json::of_line("", line, number + 1) {
                Ok(json) => self.json(&json, "")?,
                Err(_) => {
                    let place = Place::line(number + 1);
                    self.gathered.leave(place, line.to_owned(), WhyLeft::NotJson);
                }
            }
        }
        Ok(())
    }

    /// Reads an API page, webhook bodies, or entries.
    fn json(&mut self, json: &Json<'_>, name: &str) -> Result<(), ImportFault> {
        let is_page = |node: &Node<'_>| PAGES.iter().any(|key| node.value.at(key).is_some());
        let (pages, entries): (Vec<_>, Vec<_>) = json.items()?.into_iter().partition(is_page);
        for page in &pages {
            if page.value.is_true("more") {
                self.gathered.doubt(DoubtCode::MorePages, page.place, name);
            }
            for incident in json.under(page, "incidents")? {
                self.digests.incident(&mut self.gathered, &incident);
            }
            for message in json.under(page, "messages")? {
                match json.under(&message, "log_entries")?.as_slice() {
                    [] => {
                        let place = message.place;
                        webhooks::take_message(&mut self.gathered, place, &message.value);
                    }
                    entries => self.entries(entries),
                }
            }
            for note in json.under(page, "notes")? {
                let incident = page.value.word("incident.id");
                if incident.is_some() {
                    belong(&mut self.gathered, &page.value);
                }
                self.digests.note(&mut self.gathered, incident, &note.value, note.place);
            }
            self.entries(&json.under(page, "log_entries")?);
        }
        self.entries(&entries);
        Ok(())
    }

    /// Reads entries, not all of which need to name their incident.
    fn entries(&mut self, entries: &[Node<'_>]) {
        let named = entries.iter().find(|entry| entry.value.word("incident.id").is_some());
        if let Some(entry) = named {
            belong(&mut self.gathered, &entry.value);
        }
        for entry in entries {
            self.entry(entry);
        }
    }

    fn entry(&mut self, entry: &Node<'_>) {
        if let Some(event) = webhooks::event_of(&entry.value) {
            return webhooks::take(&mut self.gathered, entry.place, event);
        }
        // The result of a request for one incident.
        let incident = entry.value.at("incident").filter(|it| it.text("created_at").is_some());
        if let Some(incident) = incident.filter(|_| entry.value.text("type").is_none()) {
            return self.digests.incident(&mut self.gathered, &entry.of(incident.clone()));
        }
        take(&mut self.gathered, entry);
    }
}

/// Selects the record of the incident that an entry names.
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

/// Takes an entry of a log.
fn take(gathered: &mut DraftBuilder<'_>, entry: &Node<'_>) {
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
        let text = words(kind, value).unwrap_or(summary);
        return gathered.leave(
            entry.place,
            format!("{written} {text}").trim().to_owned(),
            WhyLeft::NoTime,
        );
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

/// Returns an entry's own text: a trigger's subject, or the text of a note or a status update.
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

/// Adds the details of a trigger, and the note that somebody attached to an entry.
fn add_details(event: &mut Event, kind: &str, value: &Value) {
    let is_trigger = kind == "trigger";
    let told = ["channel.details", "channel.body"].map(|keys| value.at(keys).map(spelled_out));
    for told in told.into_iter().filter(|_| is_trigger) {
        add(event, told);
    }
    add(event, value.text("note").map(str::to_owned));
}

/// Returns the links of an entry: its own, and those of its trigger.
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
