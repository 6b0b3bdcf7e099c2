//! PagerDuty: incidents as its API answers them, and the notes of one. The log of an incident has the same entries with
//! ids of their own, and takes precedence.

use serde_json::Value;

use crate::fault::WhyLeft;
use crate::model::{Event, EventType};

use super::super::chat;
use super::super::draft_builder::DraftBuilder;
use super::super::json::{JsonFields, Node};
use super::super::place::Place;

/// Lets entries go into the record of an outage.
pub(super) fn outage(gathered: &mut DraftBuilder<'_>, id: &str, title: Option<&str>) {
    gathered.belong(id, || title.map_or("PagerDuty", without_number).to_owned());
    gathered.record().kind = Some("outage".to_owned());
}

/// Returns a title without the number that PagerDuty puts before it: `[#12] Search is slow`.
pub(super) fn without_number(title: &str) -> &str {
    let behind = title.strip_prefix("[#").and_then(|rest| rest.split_once("] "));
    behind
        .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(title, |(_, it)| it)
}

/// Entries that incidents and lists of notes tell, until all logs are read.
#[derive(Default)]
pub(super) struct Digests(Vec<Digest>);

/// An entry that a log may tell, too.
struct Digest {
    /// The incident that it is of; a list of notes need not name it.
    incident: Option<String>,
    event: Event,
    place: Place,
    written: String,
}

impl Digests {
    /// Keeps an entry of an incident.
    pub(super) fn tell(&mut self, incident: &str, event: Event, place: Place, written: &str) {
        let (incident, written) = (Some(incident.to_owned()), written.to_owned());
        self.0.push(Digest { incident, event, place, written });
    }

    /// Keeps an incident as its own API answers it: when it began, who acknowledged it, what was noted, and when it
    /// ended.
    pub(super) fn incident(&mut self, gathered: &mut DraftBuilder<'_>, incident: &Node<'_>) {
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
            // Two people may acknowledge in one second.
            if let Some(by) = by.filter(|_| self.0.iter().any(|it| it.event.source == event.source))
            {
                event.source = event.source.map(|source| format!("{source}:{by}"));
            }
            if kind == EventType::Detected {
                event.refs = value.text("html_url").map(str::to_owned).into_iter().collect();
                add(&mut event, value.at("body.details").map(spelled_out));
            }
            event.kind = Some(kind);
            self.tell(&id, event, place, written);
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
        let text =
            into.map_or("Resolved".to_owned(), |into| format!("Resolved: merged into {into}"));
        tell(ended, text, by, EventType::Resolved);
        for note in value.list("notes") {
            self.note(gathered, Some(id.clone()), note, place);
        }
    }

    /// Keeps a note as the API lists those of an incident, which need not be named.
    pub(super) fn note(
        &mut self,
        gathered: &mut DraftBuilder<'_>,
        incident: Option<String>,
        note: &Value,
        place: Place,
    ) {
        let (written, text) = (note.text("created_at"), note.text("content").unwrap_or_default());
        let written = written.unwrap_or_default();
        let Some(at) = gathered.time(written, place) else {
            return gathered.leave(place, format!("{written} {text}"), WhyLeft::NoTime);
        };
        let mut event = chat::event(at, text);
        event.by = note.text("user.summary").map(str::to_owned);
        event.source = note.word("id").map(|id| format!("pagerduty:{id}"));
        self.0.push(Digest { incident, event, place, written: written.to_owned() });
    }

    /// Takes whatever no log tells. Notes of which nobody says whose they are belong to the only incident that there is;
    /// where there are several, to a record of their own.
    pub(super) fn take(self, gathered: &mut DraftBuilder<'_>) {
        let is_told: Vec<bool> = self.0.iter().map(|digest| digest.is_told(gathered)).collect();
        for (Digest { incident, event, place, written }, is_told) in self.0.into_iter().zip(is_told)
        {
            if is_told {
                let texts = [Some(event.text), event.detail].into_iter().flatten();
                gathered.leave(place, texts.collect::<Vec<_>>().join("\n"), WhyLeft::Repeated);
                continue;
            }
            match incident.as_deref() {
                None if gathered.count() == 1 => {}
                incident => outage(gathered, incident.unwrap_or_default(), None),
            }
            gathered.event(event, place, &written);
        }
    }
}

impl Digest {
    /// Whether a log has it: the same milestone of its incident or the same words, in the same second.
    fn is_told(&self, gathered: &DraftBuilder<'_>) -> bool {
        let event = &self.event;
        gathered.tells(self.incident.as_deref(), |told| {
            let is_then = told.at.map(|at| at.unix()) == event.at.map(|at| at.unix());
            let is_milestone = event.kind.is_some() && told.kind == event.kind;
            is_then && (is_milestone || told.text == event.text)
        })
    }
}

/// Adds text to an event's detail, unless it contains it already.
pub(super) fn add(event: &mut Event, words: Option<String>) {
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

/// Returns a text, or the values of an object, one line per key.
pub(super) fn spelled_out(value: &Value) -> String {
    let one = |value: &Value| match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let Value::Object(keys) = value else { return one(value) };
    let lines = keys.iter().map(|(key, value)| format!("{key}: {}", one(value)));
    lines.collect::<Vec<_>>().join("\n")
}
