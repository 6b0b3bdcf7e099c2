//! Many records: one line each, or one line a text, an action, a lesson of theirs.

use serde::Serialize;

use crate::lang::{Totals, documents_for, terminal};
use crate::model::{Action, Day, Incident, Moment, Verdict, Zone};
use crate::query::{Hit, Past};

use super::rows::{row_view, verdict_word};
use super::time::TimeFormatter;

/// A column: its name, and what stands in it.
pub type Column<R> = (&'static str, fn(&R) -> String);

/// A line of an answer: what a table shows of it, column by column.
pub trait Row: Serialize + Sized + 'static {
    /// The columns that can be asked for, each with what stands in it.
    const COLUMNS: &'static [Column<Self>];
    /// Those that are shown when nobody asks; all of them if none is named.
    const SHOWN: &'static [&'static str] = &[];

    /// The names of the columns.
    fn names() -> Vec<&'static str> {
        Self::COLUMNS.iter().map(|(name, _)| *name).collect()
    }

    /// What stands in a column; nothing in one that is not there.
    fn cell(&self, column: &str) -> String {
        let found = Self::COLUMNS.iter().find(|(name, _)| *name == column);
        found.map_or_else(String::new, |(_, cell)| cell(self))
    }
}

/// A line of `asrun list`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// What was released or broke.
    pub services: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Who wrote it; empty if nothing says it.
    pub author: String,
    /// Its title.
    pub title: String,
    /// It is the selected one.
    pub current: bool,
}

impl Row for ListRow {
    const COLUMNS: &'static [Column<ListRow>] = &[
        ("id", |row| format!("{}{}", row.id, if row.current { " *" } else { "" })),
        ("date", |row| row.date.clone()),
        ("kind", |row| format!("{} {}", row.kind, row.version).trim().to_owned()),
        ("version", |row| row.version.clone()),
        ("sev", |row| row.severity.clone()),
        ("state", |row| row.state.clone()),
        ("events", |row| row.events.to_string()),
        ("services", |row| row.services.join(", ")),
        ("tags", |row| row.tags.join(", ")),
        ("author", |row| row.author.clone()),
        ("title", |row| row.title.clone()),
    ];
    const SHOWN: &'static [&'static str] = &["id", "kind", "sev", "state", "title"];
}

/// The line of a record.
pub fn list_row(id: &str, incident: &Incident) -> ListRow {
    let words = documents_for(incident.language.as_deref());
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
        services: incident.services.clone(),
        tags: incident.tags.clone(),
        author: incident.author.clone().unwrap_or_default(),
        title: incident.title.clone(),
        current: false,
    }
}

/// A setting.
#[derive(Debug, Clone, Serialize)]
pub struct ConfigRow {
    /// Its key.
    pub key: &'static str,
    /// Its value, or what holds where nobody sets it.
    pub value: String,
    /// The file or the environment it comes from.
    pub from: String,
}

impl Row for ConfigRow {
    const COLUMNS: &'static [Column<ConfigRow>] = &[
        ("key", |row| row.key.to_owned()),
        ("value", |row| row.value.clone()),
        ("from", |row| row.from.clone()),
    ];
}

/// A record that cannot be read.
#[derive(Debug, Clone, Serialize)]
pub struct UnreadableRow {
    /// Its file, the place and the fault.
    pub unreadable: String,
}

impl Row for UnreadableRow {
    const COLUMNS: &'static [Column<UnreadableRow>] =
        &[("unreadable", |row| row.unreadable.clone())];
}

/// How many records there are, of which kinds, and how many are still open.
pub fn totals_line(rows: &[ListRow], unreadable: usize) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for kind in rows.iter().map(|row| row.kind.as_str()) {
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let events = rows.iter().map(|row| row.events).sum();
    let open = rows.iter().filter(|row| row.open).count();
    let records = rows.len();
    terminal().totals(&Totals { records, kinds: &kinds, open, events, unreadable })
}

/// A text that holds what was searched for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    const COLUMNS: &'static [Column<HitRow>] = &[
        ("record", |row| row.id.clone()),
        ("when", |row| row.when.clone()),
        ("where", |row| row.place.clone()),
        ("text", |row| row.excerpt.clone()),
    ];
}

/// Letters shown on either side of what was found.
const AROUND: usize = 40;

/// The lines of a record's hits.
pub fn hit_rows(id: &str, incident: &Incident, hits: &[Hit]) -> Vec<HitRow> {
    hits.iter().map(|hit| hit_row(id, incident.zone, hit)).collect()
}

fn hit_row(id: &str, zone: Option<Zone>, hit: &Hit) -> HitRow {
    let at = hit.text.at.map(|at| zone.map_or(at, |zone| at.seen_in(zone)).written());
    let text = hit.text.text;
    let before = text[..hit.range.start].char_indices().rev().nth(AROUND);
    let after = text[hit.range.end..].char_indices().nth(AROUND);
    let from = before.map_or(0, |(at, c)| at + c.len_utf8());
    let to = after.map_or(text.len(), |(at, _)| hit.range.end + at);
    let ends = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
    let excerpt: Vec<&str> = text[from..to].split_whitespace().collect();
    HitRow {
        id: id.to_owned(),
        when: at.as_deref().map(when).unwrap_or_default(),
        at,
        place: hit.text.place.to_string(),
        excerpt: format!("{}{}{}", ends.0, excerpt.join(" "), ends.1),
        found: text[hit.range.clone()].to_owned(),
    }
}

/// `2024-09-07 18:08` of ISO 8601; the day alone where only that is known.
fn when(iso: &str) -> String {
    let parts = iso.get(..10).zip(iso.get(11..16));
    parts.map_or_else(|| iso.to_owned(), |(day, clock)| format!("{day} {clock}"))
}

/// One time that a step was planned, or a trouble happened.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    const COLUMNS: &'static [Column<PastRow>] = &[
        ("record", |row| row.id.clone()),
        ("planned", |row| or_dash(&row.planned)),
        ("actual", |row| or_dash(&row.actual)),
        ("deviation", |row| row.label.clone()),
        ("what", |row| row.text.clone()),
    ];
}

fn or_dash(text: &Option<String>) -> String {
    text.clone().unwrap_or_else(|| "—".to_owned())
}

/// The lines of what a record says of a step or a trouble.
pub fn past_rows(id: &str, incident: &Incident, found: &[Past]) -> Vec<PastRow> {
    let teller = TimeFormatter::of(incident, None);
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// `mitigate`, `prevent`, `process` or `other`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// A ticket or a link.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
}

impl Row for ActionRow {
    const COLUMNS: &'static [Column<ActionRow>] = &[
        ("record", |row| row.id.clone()),
        ("no", |row| row.number.to_string()),
        ("due", |row| due(row)),
        ("done", |row| row.done.clone().unwrap_or_default()),
        ("owner", |row| or_dash(&row.owner)),
        ("type", |row| row.kind.clone().unwrap_or_default()),
        ("ref", |row| row.reference.clone().unwrap_or_default()),
        ("action", |row| row.text.clone()),
    ];
    const SHOWN: &'static [&'static str] = &["record", "no", "due", "owner", "action"];
}

fn due(row: &ActionRow) -> String {
    match (&row.done, row.overdue) {
        (Some(done), _) => format!("✓ {done}"),
        (None, true) => format!("! {}", or_dash(&row.due)),
        (None, false) => or_dash(&row.due),
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
        kind: action.kind.clone(),
        reference: action.reference.clone(),
    }
}

/// A lesson of a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    const COLUMNS: &'static [Column<LessonRow>] = &[
        ("record", |row| row.id.clone()),
        ("date", |row| row.date.clone()),
        ("what", |row| row.sort.to_owned()),
        ("lesson", |row| row.text.clone()),
    ];
    const SHOWN: &'static [&'static str] = &["record", "what", "lesson"];
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
