//! Plan against actual, row by row, worded.

use serde::Serialize;

use crate::lang::Documents;
use crate::model::{After, Event, EventType, Moment, PlanStep, Precision, Verdict};
use crate::timeline::{Row, is_to_come};

use super::time::{TimeFormatter, TimeView, span_of};

/// A planned step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StepView {
    /// Its id.
    pub id: Option<String>,
    /// Its planned time after revisions, or its deadline.
    pub time: TimeView,
    /// Whether its time is a deadline.
    pub deadline: bool,
    /// The end of a window.
    pub until: Option<TimeView>,
    /// Its times as on a page without day headings: `17:30–18:00`, `09-07 17:30`.
    pub dated: String,
    /// Its text.
    pub text: String,
    /// Who carries it out.
    pub owner: Option<String>,
    /// The steps that it waits for, each with the gap after its end: `deploy +16m`.
    pub after: Vec<String>,
    /// How long it is expected to take, as written: `20m`.
    pub takes: Option<String>,
    /// Its deadline, if it has a time of its own too.
    pub due: Option<TimeView>,
    /// Whether it is a go/no-go decision rather than work.
    pub decision: bool,
    /// Whether it is a rollback, which only runs when somebody calls it.
    pub rollback: bool,
    /// What to do if it fails.
    pub if_failed: Option<String>,
    /// A command that carries it out.
    pub command: Option<String>,
    /// The first planned time, if it was revised.
    pub first_planned: Option<TimeView>,
    /// The reason of the last revision.
    pub revised_why: Option<String>,
    /// Whether it was given up.
    pub skipped: bool,
    /// Why it was given up.
    pub skipped_why: Option<String>,
    /// Where it was imported from; null if it was typed, and in public.
    pub source: Option<String>,
}

/// One row of plan against actual.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RowView {
    /// The step; null for unplanned events.
    pub step: Option<Box<StepView>>,
    /// The events.
    pub events: Vec<RowEvent>,
    /// `on time`, `early`, `late`, `not recorded`, `skipped` or `unplanned`; in comparisons also `not called`.
    pub verdict: &'static str,
    /// The possible verdicts, if the written precision does not determine one; `verdict` is then `not recorded`.
    pub possible: Vec<&'static str>,
    /// The deviation in words: `30분 일찍`.
    pub label: String,
    /// Whether the deviation is approximate.
    pub about: bool,
    /// The least possible deviation, in seconds.
    pub least_seconds: Option<i64>,
    /// The greatest possible deviation, in seconds.
    pub most_seconds: Option<i64>,
    /// The deviation in minutes, negative if early; null if there is none, it is a range, or only days are known.
    pub minutes: Option<i64>,
    /// The deviation in days; null unless only days are known.
    pub days: Option<i64>,
    /// The deviation of the end in words, for a window that was carried out.
    pub end_label: Option<String>,
    /// The deviation of the end in minutes; null as for `minutes`, and while no end is recorded.
    pub end_minutes: Option<i64>,
    /// The deviation from the first plan in words, for a revised step.
    pub first_label: Option<String>,
    /// The planned length of a window.
    pub planned_length: Option<String>,
    /// The actual length, if an end is recorded.
    pub length: Option<String>,
    /// The actual length in words, compared with the planned one.
    pub took: Option<String>,
    /// The day, ISO 8601, for the first row of each day if the record spans several.
    pub new_day: Option<String>,
    /// The planned time below that day: `17:30`, `17:30–18:00`, with the date if it differs.
    pub planned: Option<String>,
}

/// An event in a row.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RowEvent {
    /// Its time.
    pub time: TimeView,
    /// The end of a span.
    pub until: Option<Box<TimeView>>,
    /// The time below the row's day: `17:00`, `17:00–17:16`, with the date if it differs.
    pub when: String,
    /// The same as on a page without day headings.
    pub dated: String,
    /// Whether the time is approximate.
    pub about: bool,
    /// Its first line.
    pub text: String,
}

/// Returns the views of a record's rows, each under the day it belongs to.
pub(super) fn row_views(teller: &TimeFormatter, rows: &[Row]) -> Vec<RowView> {
    let mut told = Vec::with_capacity(rows.len());
    let mut day = String::new();
    let mut headed = String::new();
    for row in rows {
        if let Some(at) = moment_of(row, &day, teller) {
            day = teller.day(&at);
        }
        let mut view = row_view(teller, row, &day);
        if teller.many_days && teller.has_hours && day != headed {
            view.new_day = Some(day.clone());
            headed.clone_from(&day);
        }
        told.push(view);
    }
    told
}

/// Returns the moment by which a row is placed: its first event, or its planned time if there is none, but not on a day
/// before that of the previous row.
fn moment_of(row: &Row, day: &str, teller: &TimeFormatter) -> Option<Moment> {
    let happened = row.events.iter().find_map(|event| event.at);
    let planned = row.step.and_then(PlanStep::planned).filter(|at| *teller.day(at) >= *day);
    happened.or(planned)
}

/// Returns the view of a row under a day's heading.
pub(super) fn row_view(teller: &TimeFormatter, row: &Row, day: &str) -> RowView {
    let exact = |precision| precision != Precision::Day;
    let told = row.deviation.and_then(|by| Some((by.precision, by.exact()?)));
    let minutes = told.filter(|(precision, _)| exact(*precision));
    let days = told.filter(|(precision, _)| !exact(*precision));
    let planned_length = row.planned_length().map(|length| teller.amount(length));
    let length = row.length().map(|length| teller.amount(length));
    let took = length.as_deref().map(|took| (teller.words.took)(took, planned_length.as_deref()));
    let step = row.step.map(|step| Box::new(step_view(teller, step)));
    RowView {
        planned: step.as_ref().map(|step| span_of(&step.time, step.until.as_ref(), day)),
        step,
        events: row.events.iter().map(|event| row_event(teller, event, day)).collect(),
        verdict: verdict_word(row.verdict),
        possible: row.possible.iter().map(|verdict| verdict_word(*verdict)).collect(),
        label: teller.row_told(row),
        minutes: minutes.map(|(_, seconds)| seconds / 60),
        days: days.map(|(_, seconds)| seconds / 86_400),
        about: row.deviation.is_some_and(|deviation| deviation.about),
        least_seconds: row.deviation.map(|deviation| deviation.seconds),
        most_seconds: row.deviation.map(|deviation| deviation.most()),
        end_label: end_label(teller, row),
        end_minutes: row
            .end_deviation
            .filter(|deviation| exact(deviation.precision))
            .and_then(|deviation| deviation.exact())
            .map(|seconds| seconds / 60),
        first_label: row.first_deviation.map(|deviation| teller.off_by(deviation)),
        planned_length,
        length,
        took,
        new_day: None,
    }
}

/// Words the steps of an open record without events relative to `now`: future ones are not "not recorded". `rows` are the
/// rows of the views.
pub(super) fn mark_future_steps(
    views: &mut [RowView],
    rows: &[Row],
    teller: &TimeFormatter,
    asked: Option<(i64, Moment)>,
) {
    for (view, row) in views.iter_mut().zip(rows) {
        if let Some(label) = asked.and_then(|asked| future_label(teller, row, asked)) {
            view.label = label;
        }
    }
}

/// Words the steps of an open record that nothing recorded in it is later than: without a clock, nobody can say whether
/// they are missing or to come.
pub(super) fn mark_open_steps(views: &mut [RowView], rows: &[Row], teller: &TimeFormatter) {
    let events = rows.iter().flat_map(|row| &row.events);
    let last = events.flat_map(|event| [event.at, event.until]).flatten().map(|at| at.unix()).max();
    for (view, row) in views.iter_mut().zip(rows).filter(|(_, row)| row.is_unrecorded()) {
        match row.step.map(PlanStep::planned) {
            Some(Some(at)) if last.is_none_or(|last| at.seconds().1 >= last) => {
                view.label = teller.words.labels.not_recorded_yet.to_owned();
            }
            Some(None) => view.label = teller.words.labels.not_planned_yet.to_owned(),
            _ => {}
        }
    }
}

/// Returns the time until a step that is still to come in words; of one without a time that there is none.
pub(super) fn future_label(
    teller: &TimeFormatter,
    row: &Row,
    (tolerance, now): (i64, Moment),
) -> Option<String> {
    let now = teller.zone.map_or(now, |zone| now.seen_in(zone)).at_most(Precision::Minute);
    let step = row.step.filter(|_| row.is_unrecorded())?;
    let Some(at) = step.planned() else {
        return Some(teller.words.labels.not_planned_yet.to_owned());
    };
    let left = at.since(&now);
    is_to_come(row, &now, tolerance).then(|| match left.most() {
        ..=0 => teller.words.labels.due_now.to_owned(),
        _ => (teller.words.to_come)(&teller.amount(left.not_negative())),
    })
}

/// Returns the label of a window's end, also if it has begun and no end is recorded.
pub(super) fn end_label(teller: &TimeFormatter, row: &Row) -> Option<String> {
    row.step?.until?;
    row.events.first()?;
    Some(match row.end_deviation {
        Some(deviation) => teller.off_by(deviation),
        None => (teller.words.verdict)(Verdict::NotRecorded, None),
    })
}

/// Returns the old and the new value of a change in words; `None` if the event's text mentions them already.
pub(super) fn change_words(words: &Documents, event: &Event) -> Option<String> {
    let (from, to) = (event.from.as_deref()?, event.to.as_deref()?);
    let is_status = event.kind.as_ref().is_some_and(EventType::is_milestone);
    let named = |word: &str| match EventType::known(word).filter(|_| is_status) {
        Some(kind) => (words.event_type)(&kind),
        None => word.to_owned(),
    };
    let change = format!("{} → {}", named(from), named(to));
    let said = [&format!("{from} → {to}"), &change].iter().any(|it| event.text.contains(*it));
    (!said).then_some(change)
}

/// Returns the view of an event below a day's heading.
pub(super) fn row_event(teller: &TimeFormatter, event: &Event, day: &str) -> RowEvent {
    let time = teller.time_of(event);
    let until = event.until.map(|at| Box::new(teller.time(&at)));
    RowEvent {
        when: span_of(&time, until.as_deref(), day),
        dated: span_of(&time, until.as_deref(), ""),
        about: time.about,
        time,
        until,
        text: event.headline().to_owned(),
    }
}

/// Returns when a step is planned for; a deadline is marked as one.
pub(super) fn planned_time(teller: &TimeFormatter, step: &PlanStep) -> TimeView {
    let undated = if step.rollback { "—" } else { teller.words.labels.not_planned_yet };
    let time = teller.time_or(step.planned().as_ref(), undated);
    if step.is_deadline() { time.worded(teller.words.by) } else { time }
}

/// Returns the view of a step.
pub(super) fn step_view(teller: &TimeFormatter, step: &PlanStep) -> StepView {
    let time = planned_time(teller, step);
    let until = step.until.map(|at| teller.time(&at));
    StepView {
        deadline: step.is_deadline(),
        id: step.id.clone(),
        dated: span_of(&time, until.as_ref(), ""),
        time,
        until,
        text: step.text.clone(),
        owner: step.owner.clone(),
        after: step.after.iter().map(After::to_string).collect(),
        takes: step.takes.map(|takes| takes.to_string()),
        due: step.due.filter(|_| step.at.is_some()).map(|due| teller.time(&due)),
        decision: step.decision,
        rollback: step.rollback,
        if_failed: step.if_failed.clone(),
        command: step.command.clone(),
        first_planned: step.revised.first().map(|revision| teller.time(&revision.from)),
        revised_why: step.revised.last().and_then(|revision| revision.why.clone()),
        skipped: step.skipped.is_some(),
        skipped_why: step.skipped.as_ref().and_then(|skip| skip.why.clone()),
        source: step.source.clone(),
    }
}

/// Returns the word of a verdict for programs, the same in every language.
pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::OnTime => "on time",
        Verdict::Early => "early",
        Verdict::Late => "late",
        Verdict::NotRecorded => "not recorded",
        Verdict::Skipped => "skipped",
        Verdict::NotCalled => "not called",
        Verdict::Unplanned => "unplanned",
    }
}
