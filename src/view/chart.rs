//! Plan and actual as a chart: positions and texts, without pixels.

use std::sync::{Arc, LazyLock};

use serde::Serialize;

use crate::lang::Labels;
use crate::model::{Audience, Event, EventType, Incident, PhaseKind, PlanStep, Verdict, Zone};
use crate::publish::Shown;
use crate::timeline::{Chart, ChartPlace, PhaseSpan, Row, Slot, SlotLine, chart};

use super::rows::{change_words, end_label, planned_time, verdict_word};
use super::time::TimeFormatter;

/// Two parallel lanes along the same time axis.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartView {
    /// The record's title.
    pub title: String,
    /// Language of the words.
    pub language: String,
    /// Every instant with something in it, in order.
    pub slots: Vec<ChartSlot>,
    /// Lines from a planned step to the event that began it.
    pub links: Vec<ChartLink>,
    /// The phases of the outage.
    pub phases: Vec<ChartPhase>,
    /// A sentence on how many steps and events are not drawn, because they have no time.
    pub not_drawn: Option<String>,
    /// The fixed words.
    pub labels: Labels,
}

impl ChartView {
    /// Whether there is a plan at all.
    pub fn has_plan(&self) -> bool {
        self.slots.iter().flat_map(|slot| &slot.lines).any(|line| line.step.is_some())
    }
}

/// A view that is created lazily, and only once.
#[derive(Clone)]
pub struct Source<V>(Option<Arc<Made<V>>>);

/// A chart that is created when it is drawn.
pub type ChartSource = Source<ChartView>;

type Made<V> = LazyLock<V, Box<dyn FnOnce() -> V + Send>>;

impl<V> Source<V> {
    /// Returns a view that is created by `make`.
    pub fn of(make: impl FnOnce() -> V + Send + 'static) -> Source<V> {
        Source(Some(Arc::new(LazyLock::new(Box::new(make)))))
    }

    /// Returns the view; `None` if there is nothing to create it.
    pub fn view(&self) -> Option<&V> {
        self.0.as_ref().map(|made| &***made)
    }
}

impl<V> Default for Source<V> {
    fn default() -> Source<V> {
        Source(None)
    }
}

impl<V> std::fmt::Debug for Source<V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("view to be made")
    }
}

/// One instant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartSlot {
    /// The day in words, if it begins here and the record spans several.
    pub new_day: Option<String>,
    /// The distance from the previous slot, in median distances; 0 for the first.
    pub share: f64,
    /// The distance in words, if it was too long to draw.
    pub broken: Option<String>,
    /// The lines at this instant.
    pub lines: Vec<ChartLine>,
}

/// A step and an event side by side at one instant.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartLine {
    /// In the lane of the plan.
    pub step: Option<StepMark>,
    /// In the lane of the events.
    pub event: Option<EventMark>,
}

/// A planned step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepMark {
    /// `17:30`, or its day.
    pub when: String,
    /// Its text.
    pub text: String,
    /// Its outcome if no event tells it: not recorded, or skipped with the reason.
    pub note: Option<String>,
    /// `on time`, `early`, `late`, `not recorded` or `skipped`; `open` if it was carried out but the written precision
    /// does not determine which.
    pub verdict: &'static str,
    /// The slot at which its window ends.
    pub until: Option<usize>,
}

/// An event.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EventMark {
    /// `~17:00`, or its day.
    pub when: String,
    /// Its first line.
    pub text: String,
    /// Its deviation, its type, and a change of severity, in words.
    pub note: Option<String>,
    /// How it is drawn: `planned`, `unplanned`, `milestone` or `severity`.
    pub shape: &'static str,
    /// Whether it belongs in the short story.
    pub key: bool,
    /// The slot at which its span ends.
    pub until: Option<usize>,
}

/// A line from a planned step to the event that began it.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartLink {
    /// Slot and line of the step.
    pub step: (usize, usize),
    /// Slot and line of the event.
    pub event: (usize, usize),
    /// The slot at which the step ended.
    pub over: usize,
    /// `on time`, `early`, `late`, or `open`.
    pub verdict: &'static str,
}

/// A phase between two slots.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChartPhase {
    /// `undetected`, `detected`, `mitigating` or `mitigated`.
    pub kind: &'static str,
    /// The same in the record's language, with how long it lasted.
    pub label: String,
    /// The slot at which it begins.
    pub from: usize,
    /// The slot at which it ends.
    pub to: usize,
    /// Whether it continues.
    pub open: bool,
}

/// Returns the chart of a record. `tolerance` is in seconds; `beside` is an additional zone for times.
pub fn chart_view<'i>(
    shown: impl Into<Shown<'i>>,
    tolerance: i64,
    beside: Option<Zone>,
) -> ChartView {
    let shown = shown.into();
    let incident = shown.incident();
    chart_of(&TimeFormatter::of(incident, beside), incident, shown.rows(tolerance))
}

fn chart_of(teller: &TimeFormatter, incident: &Incident, rows: Vec<Row>) -> ChartView {
    let chart = chart(incident, rows);
    let place = |place: ChartPlace| (place.slot, place.line);
    let links = chart.links.iter().map(|link| ChartLink {
        step: place(link.step),
        event: place(link.event),
        over: link.over,
        verdict: match chart.rows[link.row].verdict {
            Verdict::NotRecorded => "open",
            known => verdict_word(known),
        },
    });
    ChartView {
        title: incident.title.clone(),
        language: teller.words.code.to_owned(),
        slots: slots(teller, &chart),
        links: links.collect(),
        phases: chart.phases.iter().map(|span| phase(teller, span)).collect(),
        not_drawn: not_drawn(teller, incident),
        labels: teller.words.labels,
    }
}

/// Returns a sentence on how many steps and events have no time to be drawn at, if any.
pub(super) fn not_drawn(teller: &TimeFormatter, incident: &Incident) -> Option<String> {
    let not_called = incident.not_called();
    let undated = |step: &&PlanStep| step.planned().is_none() && !not_called(step);
    let steps = incident.plan.iter().filter(undated).count();
    let events = incident.events.iter().filter(|event| event.at.is_none()).count();
    (steps + events > 0).then(|| (teller.words.not_drawn)(steps, events))
}

fn slots(teller: &TimeFormatter, chart: &Chart) -> Vec<ChartSlot> {
    let mut day = String::new();
    let slot = |slot: &Slot| {
        let here = teller.day(&slot.at);
        let marked = !slot.lines.is_empty();
        let headed = marked && teller.many_days && teller.has_hours && here != day;
        if headed {
            day.clone_from(&here);
        }
        ChartSlot {
            new_day: headed.then(|| teller.time(&slot.at).date_text),
            share: slot.space.share,
            broken: slot.space.broken.map(|gap| teller.amount(gap)),
            lines: slot.lines.iter().map(|line| chart_line(teller, chart, line, &here)).collect(),
        }
    };
    chart.slots.iter().map(slot).collect()
}

fn chart_line(teller: &TimeFormatter, chart: &Chart, line: &SlotLine, day: &str) -> ChartLine {
    ChartLine {
        step: line.step.map(|(row, step)| step_mark(teller, chart, &chart.rows[row], step, day)),
        event: line.event.map(|(_, event)| event_mark(teller, chart, event, day)),
    }
}

/// Whether a step was carried out, but it is unknown whether it was on time.
fn is_open(row: &Row) -> bool {
    row.verdict == Verdict::NotRecorded && !row.events.is_empty()
}

fn step_mark(
    teller: &TimeFormatter,
    chart: &Chart,
    row: &Row,
    step: &PlanStep,
    day: &str,
) -> StepMark {
    let why = step.skipped.as_ref().and_then(|skip| skip.why.as_deref());
    let word = (teller.words.verdict)(row.verdict, None);
    let note = match row.verdict {
        Verdict::Skipped => Some(why.map_or(word.clone(), |why| format!("{word}: {why}"))),
        Verdict::NotRecorded if row.events.is_empty() => Some(word),
        _ => None,
    };
    let first = step.revised.first().map(|revision| {
        format!("{} {}", teller.words.labels.first_planned, teller.time(&revision.from).short)
    });
    let notes: Vec<String> = note.into_iter().chain(first).collect();
    StepMark {
        when: teller.span(&planned_time(teller, step), step.until.as_ref(), day),
        text: step.text.clone(),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        verdict: if is_open(row) { "open" } else { verdict_word(row.verdict) },
        until: step.until.map(|until| chart.slot_of(&until)),
    }
}

fn event_mark(teller: &TimeFormatter, chart: &Chart, event: &Event, day: &str) -> EventMark {
    let carried = chart.steps_of(event);
    let milestone = event.kind.as_ref().is_some_and(EventType::is_milestone);
    let shape = match () {
        () if event.is(&EventType::SeverityChange) => "severity",
        () if milestone => "milestone",
        () if carried.is_empty() => "unplanned",
        () => "planned",
    };
    EventMark {
        when: teller.span(&teller.time_of(event), event.until.as_ref(), day),
        text: event.headline().to_owned(),
        note: note(teller, event, &carried),
        shape,
        key: event.key,
        until: event.until.map(|until| chart.slot_of(&until)),
    }
}

fn note(teller: &TimeFormatter, event: &Event, carried: &[&Row]) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    notes.extend(event.kind.as_ref().map(teller.words.event_type));
    notes.extend(change_words(teller.words, event));
    for row in carried {
        if row.first().is_some_and(|first| std::ptr::eq(first, event)) {
            notes.push(teller.row_label(row));
            let end = end_label(teller, row);
            notes.extend(end.map(|end| format!("{} {end}", teller.words.labels.end)));
        }
    }
    if event.audience == Audience::Internal {
        notes.push(teller.words.labels.internal.to_owned());
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}

fn phase(teller: &TimeFormatter, span: &PhaseSpan) -> ChartPhase {
    let labels = &teller.words.labels;
    let word = match span.phase.kind {
        PhaseKind::Undetected => labels.undetected,
        PhaseKind::Detected => labels.detected,
        PhaseKind::Mitigating => labels.mitigating,
        PhaseKind::Mitigated => labels.mitigated,
    };
    let length = span.phase.to.and_then(|to| Some(to.at?.since(&span.phase.from.at?)));
    let length = length.map(|length| teller.signed_amount(length));
    ChartPhase {
        kind: phase_word(span.phase.kind),
        label: length.map_or_else(
            || format!("{word}, {}", labels.open),
            |length| format!("{word} {length}"),
        ),
        from: span.from,
        to: span.to,
        open: span.phase.to.is_none(),
    }
}

/// Returns a phase's word, the same in every language.
pub(super) fn phase_word(kind: PhaseKind) -> &'static str {
    match kind {
        PhaseKind::Undetected => "undetected",
        PhaseKind::Detected => "detected",
        PhaseKind::Mitigating => "mitigating",
        PhaseKind::Mitigated => "mitigated",
    }
}
