//! Lists over many records: one line per record, text, action or lesson.

use serde::Serialize;

use crate::lang::{TableHeads, Totals, documents_for, terminal};
use crate::model::{Action, Audience, Day, Incident, Moment, Verdict, Zone};
use crate::query::{Cause, Hit, Past, severity_rank};
use crate::timeline::StepName;

use super::rows::{future_label, row_view, verdict_word};
use super::time::TimeFormatter;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The key of its JSON, which programs use.
    pub key: &'static str,
    /// Its former name, which is still accepted.
    pub once: Option<&'static str>,
    /// Its heading in a table.
    pub head: fn(&TableHeads) -> &'static str,
}

impl Column {
    pub(super) const fn new(key: &'static str, head: fn(&TableHeads) -> &'static str) -> Column {
        Column { key, once: None, head }
    }

    pub(super) const fn once(self, name: &'static str) -> Column {
        Column { once: Some(name), ..self }
    }
}

/// A row of a table: in every format programs read the values of its JSON, and people the text of its cells.
pub trait Row: Serialize {
    /// The version of its schema.
    const VIEW: u32;
    /// The available columns, in the order of the keys of its JSON.
    const COLUMNS: &'static [Column];
    /// The default columns of a table; all if empty.
    const SHOWN: &'static [&'static str] = &[];
    /// The default columns when the output goes to a program.
    const PIPED: &'static [&'static str] = Self::SHOWN;

    /// Returns the text of a column for people; `None` if it is the same as for programs.
    fn text_for_people(&self, _column: &str) -> Option<String> {
        None
    }
}

/// A row of `asrun list`.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ListRow {
    /// The record's id.
    pub id: String,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// `release`, `outage`, … as written; empty if there is none.
    pub kind: String,
    /// The version; empty if there is none.
    pub version: String,
    /// The severity; empty if there is none.
    pub severity: String,
    /// Whether work on it goes on.
    pub open: bool,
    /// The last milestone other than `announced`, such as `resolved`; `open`, `ended` or `unknown` if there is none.
    pub state: String,
    /// The same in the record's language.
    pub state_label: String,
    /// How many events it holds.
    pub events: usize,
    /// What was released or broke.
    pub services: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The author; empty if there is none.
    pub author: String,
    /// Its title.
    pub title: String,
    /// Whether it is the current record.
    pub current: bool,
    /// Whether it is archived.
    pub archived: bool,
}

impl Row for ListRow {
    const VIEW: u32 = 2;
    const COLUMNS: &'static [Column] = &[
        Column::new("id", |heads| heads.id),
        Column::new("date", |heads| heads.date),
        Column::new("kind", |heads| heads.kind),
        Column::new("version", |heads| heads.version),
        Column::new("severity", |heads| heads.severity).once("sev"),
        Column::new("open", |heads| heads.open),
        Column::new("state", |heads| heads.state),
        Column::new("state_label", |heads| heads.state),
        Column::new("events", |heads| heads.events),
        Column::new("services", |heads| heads.services),
        Column::new("tags", |heads| heads.tags),
        Column::new("author", |heads| heads.author),
        Column::new("title", |heads| heads.title),
        Column::new("current", |heads| heads.current),
        Column::new("archived", |heads| heads.archived),
    ];
    const SHOWN: &'static [&'static str] = &["id", "kind", "severity", "state", "title"];
    const PIPED: &'static [&'static str] = &["id", "kind", "version", "severity", "state", "title"];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "id" if self.current => Some(format!("{} *", self.id)),
            "kind" => {
                let both = format!("{} {}", self.kind, self.version);
                Some(both.trim().to_owned())
            }
            "state" => Some(self.state_label.clone()),
            _ => None,
        }
    }
}

/// Returns the type of a record's last milestone other than `announced`; `open`, `ended` or `unknown` if it has none.
pub(super) fn state_of(incident: &Incident) -> &str {
    match incident.state() {
        (_, Some(milestone)) => milestone.word(),
        (true, None) => "open",
        (false, None) if incident.has_unknown_end() => "unknown",
        (false, None) => "ended",
    }
}

/// Returns the line of a record.
pub fn list_row(id: &str, incident: &Incident) -> ListRow {
    let words = documents_for(incident.language.as_deref());
    let labels = &words.labels;
    let (open, milestone) = incident.state();
    let is_unknown = incident.has_unknown_end();
    let ending_label = labels.state(open, is_unknown);
    let mut state_label = milestone.map_or_else(|| ending_label.to_owned(), words.event_type);
    if incident.archived {
        state_label = format!("{state_label} · {}", labels.archived);
    }
    ListRow {
        id: id.to_owned(),
        date: incident.day().map(|day| day.to_string()),
        kind: incident.kind.clone().unwrap_or_default(),
        version: incident.version.clone().unwrap_or_default(),
        severity: incident.severity.clone().unwrap_or_default(),
        open,
        state: state_of(incident).to_owned(),
        state_label,
        events: incident.events.len(),
        services: incident.services.clone(),
        tags: incident.tags.clone(),
        author: incident.author.clone().unwrap_or_default(),
        title: incident.title.clone(),
        current: false,
        archived: incident.archived,
    }
}

/// An order of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListOrder {
    /// By day, then by id.
    Date,
    /// By id.
    Id,
    /// By severity, the worst first and records without one last.
    Severity,
    /// By the number of events, the fewest first.
    Events,
    /// By title.
    Title,
}

impl ListOrder {
    /// All of them, with their words.
    pub const WORDS: &'static [(&'static str, ListOrder)] = &[
        ("date", ListOrder::Date),
        ("id", ListOrder::Id),
        ("severity", ListOrder::Severity),
        ("events", ListOrder::Events),
        ("title", ListOrder::Title),
    ];
}

/// Sorts records; those that are alike are in the order of their days. `scale` lists the project's severities, the worst
/// first.
pub fn sort_list(rows: &mut [ListRow], by: ListOrder, scale: &[String]) {
    rows.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
    match by {
        ListOrder::Date => {}
        ListOrder::Id => rows.sort_by(|a, b| a.id.cmp(&b.id)),
        ListOrder::Severity => rows.sort_by_key(|row| {
            (row.severity.is_empty(), severity_rank(scale, &row.severity), row.severity.clone())
        }),
        ListOrder::Events => rows.sort_by_key(|row| row.events),
        ListOrder::Title => rows.sort_by(|a, b| a.title.cmp(&b.title)),
    }
}

/// A setting.
#[derive(Debug, Clone, Serialize)]
pub struct ConfigRow {
    /// Its key.
    pub key: &'static str,
    /// Its value or its default; null if the default is not a fixed value.
    pub value: Option<String>,
    /// The file that it comes from, or [`ConfigRow::ENVIRONMENT`] or [`ConfigRow::BUILT_IN`].
    pub from: String,
}

impl ConfigRow {
    /// The source of settings from environment variables.
    pub const ENVIRONMENT: &'static str = "environment";
    /// The source of defaults.
    pub const BUILT_IN: &'static str = "built_in";
}

impl Row for ConfigRow {
    const VIEW: u32 = 2;
    const COLUMNS: &'static [Column] = &[
        Column::new("key", |heads| heads.key),
        Column::new("value", |heads| heads.value),
        Column::new("from", |heads| heads.from),
    ];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "value" if self.value.is_none() => Some(terminal().unset(self.key).to_owned()),
            "from" => Some(setting_source(&self.from).to_owned()),
            _ => None,
        }
    }
}

/// Returns the name of a setting's source for people.
pub fn setting_source(from: &str) -> &str {
    match from {
        ConfigRow::ENVIRONMENT => terminal().environment(),
        ConfigRow::BUILT_IN => terminal().built_in(),
        file => file,
    }
}

/// A record that cannot be read.
#[derive(Debug, Clone, Serialize)]
pub struct UnreadableRow {
    /// Its file with the position and the fault.
    pub unreadable: String,
}

impl Row for UnreadableRow {
    const VIEW: u32 = 1;
    const COLUMNS: &'static [Column] = &[Column::new("unreadable", |heads| heads.unreadable)];
}

/// Returns a line with the number of records, of each kind, and of those that are open.
pub fn totals_line(rows: &[ListRow], archived: usize, unreadable: usize) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for kind in rows.iter().map(|row| row.kind.as_str()) {
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    kinds.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let events = rows.iter().map(|row| row.events).sum();
    let open = rows.iter().filter(|row| row.open && !row.archived).count();
    let records = rows.len();
    terminal().totals(&Totals { records, kinds: &kinds, open, events, archived, unreadable })
}

/// A text that matches a search.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct HitRow {
    /// The record's id.
    pub id: String,
    /// When it happened or is planned for, ISO 8601.
    pub at: Option<String>,
    /// Its place in the record, such as `events 3 detail`.
    pub place: String,
    /// The text around the match, in one line.
    pub excerpt: String,
    /// The matching text as written.
    pub found: String,
}

impl Row for HitRow {
    const VIEW: u32 = 2;
    const COLUMNS: &'static [Column] = &[
        Column::new("id", |heads| heads.record).once("record"),
        Column::new("at", |heads| heads.time).once("when"),
        Column::new("place", |heads| heads.place).once("where"),
        Column::new("excerpt", |heads| heads.text).once("text"),
        Column::new("found", |heads| heads.found),
    ];
    const SHOWN: &'static [&'static str] = &["id", "at", "place", "excerpt"];

    fn text_for_people(&self, column: &str) -> Option<String> {
        (column == "at").then(|| self.when())
    }
}

impl HitRow {
    /// Returns `2024-09-07 18:08`; only the day if no more is known, empty without a time.
    pub fn when(&self) -> String {
        let iso = self.at.as_deref().unwrap_or_default();
        let parts = iso.get(..10).zip(iso.get(11..16));
        parts.map_or_else(|| iso.to_owned(), |(day, clock)| format!("{day} {clock}"))
    }
}

/// How many characters are shown on either side of a match.
const AROUND: usize = 40;

/// Returns the lines of a record's hits.
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
        at,
        place: hit.text.place.to_string(),
        excerpt: format!("{}{}{}", ends.0, excerpt.join(" "), ends.1),
        found: text[hit.range.clone()].to_owned(),
    }
}

/// One planned step or one trouble in a past record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PastRow {
    /// The record's id.
    pub id: String,
    /// The record's day, ISO 8601.
    pub date: Option<String>,
    /// When it was planned for, ISO 8601; null if it was not planned.
    pub planned: Option<String>,
    /// When it happened, ISO 8601.
    pub actual: Option<String>,
    /// Deviation in seconds.
    pub seconds: Option<i64>,
    /// `on time`, `early`, `late`, `not recorded`, `skipped` or `unplanned`.
    pub verdict: &'static str,
    /// The same in the record's language, with the deviation and the length.
    pub label: String,
    /// The text of the step or of the event.
    pub text: String,
    /// The step's id.
    pub step: Option<String>,
    /// The step that matches the searched words, if this one was taken for the same step by its id or text.
    pub same_as: Option<String>,
    /// Whether only its place in the plan says that it is that step: it stands between the same two steps.
    pub same_place: bool,
    /// Its text without the version of its record, by which it is found in others.
    #[serde(skip)]
    pub plain: String,
    /// When it was planned for, in the record's zone.
    #[serde(skip)]
    pub planned_told: Option<String>,
    /// When it happened, in the record's zone.
    #[serde(skip)]
    pub actual_told: Option<String>,
}

impl Row for PastRow {
    const VIEW: u32 = 2;
    const COLUMNS: &'static [Column] = &[
        Column::new("id", |heads| heads.record).once("record"),
        Column::new("date", |heads| heads.date),
        Column::new("planned", |heads| heads.planned),
        Column::new("actual", |heads| heads.actual),
        Column::new("seconds", |heads| heads.seconds),
        Column::new("verdict", |heads| heads.verdict),
        Column::new("label", |heads| heads.deviation).once("deviation"),
        Column::new("text", |heads| heads.what).once("what"),
        Column::new("step", |heads| heads.step),
        Column::new("same_as", |heads| heads.same_as),
        Column::new("same_place", |heads| heads.same_place),
    ];
    const SHOWN: &'static [&'static str] = &["id", "planned", "actual", "label", "text"];
    const PIPED: &'static [&'static str] = &[
        "id",
        "planned",
        "actual",
        "seconds",
        "verdict",
        "label",
        "text",
        "same_as",
        "same_place",
    ];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "planned" => Some(or_dash(&self.planned_told)),
            "actual" => Some(or_dash(&self.actual_told)),
            "text" => {
                let same = self.same_as.as_ref()?;
                let place = if self.same_place { terminal().same_place() } else { "" };
                Some(format!("{} ≈ {same} {place}", self.text).trim_end().to_owned())
            }
            _ => None,
        }
    }
}

pub(super) fn or_dash(text: &Option<String>) -> String {
    text.clone().unwrap_or_else(|| "—".to_owned())
}

/// Returns the lines of a record about a step or a type of trouble.
pub fn past_rows(
    id: &str,
    incident: &Incident,
    found: &[Past],
    asked: (i64, Moment),
) -> Vec<PastRow> {
    let teller = TimeFormatter::of(incident, None);
    let told = |at: &Moment| {
        let time = teller.time(at);
        (time.iso.unwrap_or_default(), format!("{} {}", time.date, time.time).trim_end().to_owned())
    };
    let row = |past: &Past| {
        let (planned, actual) = match past {
            Past::Step(row) => (row.step.and_then(|step| step.planned()), row.start()),
            Past::Event(event) => (None, event.at),
        };
        let (text, verdict, label, seconds) = match past {
            Past::Step(row) => {
                let told = row_view(&teller, row, "");
                let step = row.step.map_or(String::new(), |step| step.text.clone());
                let to_come = future_label(&teller, row, asked).filter(|_| incident.is_going_on());
                let label = [Some(to_come.unwrap_or(told.label)), told.took];
                let label = label.into_iter().flatten();
                let label = label.collect::<Vec<_>>().join("; ");
                (step, told.verdict, label, row.deviation.and_then(|deviation| deviation.exact()))
            }
            Past::Event(event) => {
                let label = teller.unplanned_label(event);
                (event.headline().to_owned(), verdict_word(Verdict::Unplanned), label, None)
            }
        };
        let date = actual.or(planned).map(|at| teller.day(&at));
        let (planned, planned_told) = planned.as_ref().map(told).unzip();
        let (actual, actual_told) = actual.as_ref().map(told).unzip();
        PastRow {
            id: id.to_owned(),
            date,
            planned,
            actual,
            seconds,
            verdict,
            label,
            step: match past {
                Past::Step(row) => row.step.and_then(|step| step.id.clone()),
                Past::Event(_) => None,
            },
            same_as: None,
            same_place: false,
            plain: match past {
                Past::Step(row) => row
                    .step
                    .map_or(String::new(), |step| StepName::of(incident, step).text.into_owned()),
                Past::Event(_) => text.clone(),
            },
            text,
            planned_told,
            actual_told,
        }
    };
    found.iter().map(row).collect()
}

impl PastRow {
    /// Returns the row, marked as a step that was taken for the one with this text.
    pub fn same_as(self, text: &str) -> PastRow {
        PastRow { same_as: Some(text.to_owned()), ..self }
    }

    /// Returns the row, marked as a step at the place of the one with this text.
    pub fn same_place_as(self, text: &str) -> PastRow {
        PastRow { same_place: true, ..self.same_as(text) }
    }

    /// Returns the sort key of a row: the day, the record, and when it was planned for or happened.
    pub fn place(&self) -> (Option<&str>, &str, Option<&str>) {
        let at = self.planned.as_deref().or(self.actual.as_deref());
        (self.date.as_deref(), &self.id, at)
    }

    /// Returns whether it is about a step of a plan.
    pub fn is_step(&self) -> bool {
        self.verdict != verdict_word(Verdict::Unplanned)
    }
}

/// An action item of a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ActionRow {
    /// The record's id.
    pub id: String,
    /// Its number among the record's actions, from 1.
    pub number: usize,
    /// Its text.
    pub text: String,
    /// Who is to do it.
    pub owner: Option<String>,
    /// When it is due, ISO 8601.
    pub due: Option<String>,
    /// When it was done, ISO 8601.
    pub done: Option<String>,
    /// Whether its due day has passed and it is not done.
    pub overdue: bool,
    /// `mitigate`, `prevent`, `process` or `other`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// A ticket or a link.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Whether it is for the team only.
    pub internal: bool,
}

impl Row for ActionRow {
    const VIEW: u32 = 1;
    const COLUMNS: &'static [Column] = &[
        Column::new("id", |heads| heads.record).once("record"),
        Column::new("number", |heads| heads.position).once("no"),
        Column::new("text", |heads| heads.action).once("action"),
        Column::new("owner", |heads| heads.owner),
        Column::new("due", |heads| heads.due),
        Column::new("done", |heads| heads.done),
        Column::new("overdue", |heads| heads.overdue),
        Column::new("type", |heads| heads.type_of_action),
        Column::new("ref", |heads| heads.reference),
        Column::new("internal", |heads| heads.internal),
    ];
    const SHOWN: &'static [&'static str] = &["id", "number", "due", "owner", "text"];
    const PIPED: &'static [&'static str] =
        &["id", "number", "due", "done", "overdue", "owner", "text"];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "due" => Some(match (&self.done, self.overdue) {
                (Some(done), _) => format!("✓ {done}"),
                (None, true) => format!("! {}", or_dash(&self.due)),
                (None, false) => or_dash(&self.due),
            }),
            "owner" => Some(or_dash(&self.owner)),
            "text" => self.internal.then(|| terminal().internal_text(&self.text)),
            _ => None,
        }
    }
}

/// Returns the line of an action; `today` determines whether it is overdue.
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
        internal: action.audience == Audience::Internal,
    }
}

/// A lesson of a record.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LessonRow {
    /// The record's id.
    pub id: String,
    /// The day it is about, ISO 8601.
    pub date: Option<String>,
    /// `well`, `badly`, `lucky`, `surprised`, `learned` or `factor`.
    pub sort: &'static str,
    /// Markdown.
    pub text: String,
    /// Whether it is for the team only.
    pub internal: bool,
}

impl Row for LessonRow {
    const VIEW: u32 = 2;
    const COLUMNS: &'static [Column] = &[
        Column::new("id", |heads| heads.record).once("record"),
        Column::new("date", |heads| heads.date),
        Column::new("sort", |heads| heads.sort).once("what"),
        Column::new("text", |heads| heads.lesson).once("lesson"),
        Column::new("internal", |heads| heads.internal),
    ];
    const SHOWN: &'static [&'static str] = &["id", "sort", "text"];

    fn text_for_people(&self, column: &str) -> Option<String> {
        match column {
            "sort" => Some(terminal().lesson_sort(self.sort).to_owned()),
            "text" => self.internal.then(|| terminal().internal_text(&self.text)),
            _ => None,
        }
    }
}

/// A cause of a record that an earlier record has, too.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SeenRow {
    /// The record's id.
    pub id: String,
    /// The cause as the record describes it.
    pub text: String,
    /// The earlier record's id.
    pub seen_in: String,
    /// The day that the earlier record is about, ISO 8601.
    pub date: Option<String>,
    /// The cause as the earlier record describes it.
    pub seen_text: String,
    /// The earlier record's open actions.
    pub not_done: Vec<String>,
}

impl SeenRow {
    /// Returns the row of a cause that an earlier record has.
    pub fn new(of: &Cause, seen: &Cause) -> SeenRow {
        SeenRow {
            id: of.id.clone(),
            text: of.text.clone(),
            seen_in: seen.id.clone(),
            date: seen.day.map(|day| day.to_string()),
            seen_text: seen.text.clone(),
            not_done: seen.open.clone(),
        }
    }
}

impl Row for SeenRow {
    const VIEW: u32 = 1;
    const COLUMNS: &'static [Column] = &[
        Column::new("id", |heads| heads.record),
        Column::new("text", |heads| heads.what),
        Column::new("seen_in", |heads| heads.seen_in),
        Column::new("date", |heads| heads.date),
        Column::new("seen_text", |heads| heads.seen_text),
        Column::new("not_done", |heads| heads.not_done),
    ];
    const SHOWN: &'static [&'static str] = &["text", "seen_in", "seen_text", "not_done"];
}

/// Returns every lesson and contributing factor of a record.
pub fn lesson_rows(id: &str, incident: &Incident) -> Vec<LessonRow> {
    let date = incident.day().map(|day| day.to_string());
    let factors = ("factor", &incident.contributing_factors);
    let sorts = incident.lessons.by_key().into_iter().chain([factors]);
    let rows = sorts.flat_map(|(sort, notes)| notes.iter().map(move |note| (sort, note)));
    rows.map(|(sort, note)| LessonRow {
        id: id.to_owned(),
        date: date.clone(),
        sort,
        text: note.text.clone(),
        internal: note.audience == Audience::Internal,
    })
    .collect()
}
