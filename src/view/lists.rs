//! Many records: one line each, or one line a text, an action, a lesson of theirs.

use serde::Serialize;

use crate::model::{Action, Day, Incident, Moment};
use crate::query::{Hit, Past};
use crate::timeline::Verdict;

use super::rows::{row_view, verdict_word};
use super::time::Teller;
use super::words::words_for;

/// A line of an answer: what a table shows of it, column by column.
pub trait Row: Serialize {
    /// The columns' names.
    const COLUMNS: &'static [&'static str];
    /// What stands in each.
    fn cells(&self) -> Vec<String>;
}

/// A line of `asrun list`.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow {
    /// The record's id.
    pub id: String,
    /// The day it is about, ISO 8601; empty if nothing says it.
    pub date: String,
    /// `release`, `outage`, … as the record has it.
    pub kind: String,
    /// The version, if it has one.
    pub version: String,
    /// The severity, if it has one.
    pub severity: String,
    /// Whether work on it goes on.
    pub open: bool,
    /// The last milestone, else `open` or `ended`, in the record's language.
    pub state: String,
    /// How many events it holds.
    pub events: usize,
    /// Its title.
    pub title: String,
    /// It is the selected one.
    pub current: bool,
}

impl Row for ListRow {
    const COLUMNS: &'static [&'static str] = &["ID", "KIND", "SEV", "STATE", "TITLE"];

    fn cells(&self) -> Vec<String> {
        let kind = format!("{} {}", self.kind, self.version).trim().to_owned();
        let id = format!("{}{}", self.id, if self.current { " *" } else { "" });
        vec![id, kind, self.severity.clone(), self.state.clone(), self.title.clone()]
    }
}

/// The line of a record.
pub fn list_row(id: &str, incident: &Incident) -> ListRow {
    let words = words_for(incident.language.as_deref());
    let labels = &words.labels;
    let open = incident.is_open();
    let milestone = incident.last_milestone().map(words.event_type);
    ListRow {
        id: id.to_owned(),
        date: incident.day().map(|day| day.to_string()).unwrap_or_default(),
        kind: incident.kind.clone().unwrap_or_default(),
        version: incident.version.clone().unwrap_or_default(),
        severity: incident.severity.clone().unwrap_or_default(),
        open,
        state: milestone
            .unwrap_or_else(|| if open { labels.open } else { labels.ended }.to_owned()),
        events: incident.events.len(),
        title: incident.title.clone(),
        current: false,
    }
}

/// A text that holds what was searched for.
#[derive(Debug, Clone, Serialize)]
pub struct HitRow {
    /// The record's id.
    pub id: String,
    /// When what it tells of was or is to be, ISO 8601.
    pub at: Option<String>,
    /// The same, as a table says it.
    pub when: String,
    /// Where it stands in the record: `events 3 detail`.
    pub place: String,
    /// The text around what was found, one line.
    pub excerpt: String,
    /// What was found, as it stands there.
    pub found: String,
}

impl Row for HitRow {
    const COLUMNS: &'static [&'static str] = &["RECORD", "WHEN", "WHERE", "TEXT"];

    fn cells(&self) -> Vec<String> {
        vec![self.id.clone(), self.when.clone(), self.place.clone(), self.excerpt.clone()]
    }
}

/// Letters shown on either side of what was found.
const AROUND: usize = 40;

/// The line of a hit.
pub fn hit_row(id: &str, incident: &Incident, hit: &Hit) -> HitRow {
    let teller = Teller::of(incident, None);
    let time = hit.text.at.map(|at| teller.time(&at));
    let text = hit.text.text;
    let before = text[..hit.range.start].char_indices().rev().nth(AROUND);
    let after = text[hit.range.end..].char_indices().nth(AROUND);
    let from = before.map_or(0, |(at, c)| at + c.len_utf8());
    let to = after.map_or(text.len(), |(at, _)| hit.range.end + at);
    let ends = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
    let excerpt: Vec<&str> = text[from..to].split_whitespace().collect();
    HitRow {
        id: id.to_owned(),
        when: time
            .as_ref()
            .map(|time| format!("{} {}", time.date, time.hm).trim_end().to_owned())
            .unwrap_or_default(),
        at: time.map(|time| time.iso),
        place: hit.text.place.clone(),
        excerpt: format!("{}{}{}", ends.0, excerpt.join(" "), ends.1),
        found: text[hit.range.clone()].to_owned(),
    }
}

/// One time that a step was planned, or a trouble happened.
#[derive(Debug, Clone, Serialize)]
pub struct PastRow {
    /// The record's id.
    pub id: String,
    /// The day, ISO 8601.
    pub date: String,
    /// When it was planned for; none for what no step planned.
    pub planned: Option<String>,
    /// When it happened.
    pub actual: Option<String>,
    /// The step's words, or the event's.
    pub text: String,
    /// `on time`, `early`, `late`, `not recorded`, `skipped` or `unplanned`.
    pub verdict: &'static str,
    /// The same in the record's language, with how much and how long it took.
    pub label: String,
    /// Deviation in seconds.
    pub seconds: Option<i64>,
}

impl Row for PastRow {
    const COLUMNS: &'static [&'static str] = &["RECORD", "PLANNED", "ACTUAL", "DEVIATION", "WHAT"];

    fn cells(&self) -> Vec<String> {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
        vec![
            self.id.clone(),
            or_dash(&self.planned),
            or_dash(&self.actual),
            self.label.clone(),
            self.text.clone(),
        ]
    }
}

/// The lines of what a record says of a step or a trouble.
pub fn past_rows(id: &str, incident: &Incident, found: &[Past]) -> Vec<PastRow> {
    let teller = Teller::of(incident, None);
    let when = |at: &Moment| {
        let time = teller.time(at);
        format!("{} {}", time.date, time.time).trim_end().to_owned()
    };
    let row = |past: &Past| match past {
        Past::Step(row) => {
            let told = row_view(&teller, row, "");
            let step = row.step.map_or(String::new(), |step| step.text.clone());
            let planned = row.step.map(|step| step.at);
            let date = row.start().or(planned).map(|at| teller.day(&at));
            let details = [Some(told.label), told.took];
            PastRow {
                id: id.to_owned(),
                date: date.unwrap_or_default(),
                planned: planned.as_ref().map(when),
                actual: row.start().as_ref().map(when),
                text: step,
                verdict: told.verdict,
                label: details.into_iter().flatten().collect::<Vec<_>>().join("; "),
                seconds: row.deviation.map(|deviation| deviation.seconds),
            }
        }
        Past::Event(event) => PastRow {
            id: id.to_owned(),
            date: teller.day(&event.at),
            planned: None,
            actual: Some(when(&event.at)),
            text: event.headline().to_owned(),
            verdict: verdict_word(Verdict::Unplanned),
            label: (teller.words.verdict)(Verdict::Unplanned, None),
            seconds: None,
        },
    };
    found.iter().map(row).collect()
}

/// An action item of a record.
#[derive(Debug, Clone, Serialize)]
pub struct ActionRow {
    /// The record's id.
    pub id: String,
    /// Its place among the record's actions, from 1.
    pub number: usize,
    /// What.
    pub text: String,
    /// Who.
    pub owner: Option<String>,
    /// By when, ISO 8601.
    pub due: Option<String>,
    /// When it was done, ISO 8601.
    pub done: Option<String>,
    /// Its day has passed and it is not done.
    pub overdue: bool,
    /// A ticket or a link.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
}

impl Row for ActionRow {
    const COLUMNS: &'static [&'static str] = &["RECORD", "NO", "DUE", "OWNER", "ACTION"];

    fn cells(&self) -> Vec<String> {
        let due = self.due.as_deref().unwrap_or("—");
        let due = match (&self.done, self.overdue) {
            (Some(done), _) => format!("✓ {done}"),
            (None, true) => format!("! {due}"),
            (None, false) => due.to_owned(),
        };
        let owner = self.owner.clone().unwrap_or_else(|| "—".to_owned());
        vec![self.id.clone(), self.number.to_string(), due, owner, self.text.clone()]
    }
}

/// The line of an action; `today` says what is overdue.
pub fn action_row(id: &str, number: usize, action: &Action, today: Day) -> ActionRow {
    ActionRow {
        id: id.to_owned(),
        number,
        text: action.text.clone(),
        owner: action.owner.clone(),
        due: action.due.map(|day| day.to_string()),
        done: action.done.map(|day| day.to_string()),
        overdue: action.done.is_none() && action.due.is_some_and(|due| due < today),
        reference: action.reference.clone(),
    }
}

/// A lesson of a record.
#[derive(Debug, Clone, Serialize)]
pub struct LessonRow {
    /// The record's id.
    pub id: String,
    /// The day it is about, ISO 8601.
    pub date: String,
    /// `well`, `badly`, `lucky`, `surprised` or `factor`.
    pub sort: &'static str,
    /// Markdown.
    pub text: String,
}

impl Row for LessonRow {
    const COLUMNS: &'static [&'static str] = &["RECORD", "WHAT", "LESSON"];

    fn cells(&self) -> Vec<String> {
        vec![self.id.clone(), self.sort.to_owned(), self.text.clone()]
    }
}

/// Every lesson and contributing factor of a record.
pub fn lesson_rows(id: &str, incident: &Incident) -> Vec<LessonRow> {
    let lessons = &incident.lessons;
    let date = incident.day().map(|day| day.to_string()).unwrap_or_default();
    let sorts = [
        ("well", &lessons.well),
        ("badly", &lessons.badly),
        ("lucky", &lessons.lucky),
        ("surprised", &lessons.surprised),
        ("factor", &incident.contributing_factors),
    ];
    let rows =
        sorts.into_iter().flat_map(|(sort, texts)| texts.iter().map(move |text| (sort, text)));
    rows.map(|(sort, text)| LessonRow {
        id: id.to_owned(),
        date: date.clone(),
        sort,
        text: text.clone(),
    })
    .collect()
}
