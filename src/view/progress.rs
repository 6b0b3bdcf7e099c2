//! The progress of a plan, in one line.

use serde::Serialize;

use crate::model::{Elapsed, Event, Incident, Moment, PlanStep, Verdict};
use crate::timeline::{Progress, Running, Unlogged};

use super::rows::{RowEvent, StepView, row_event, step_view};
use super::time::TimeFormatter;

/// The progress of a plan at a moment.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ProgressView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// The progress in one line, in the record's language.
    pub line: String,
    /// The number of steps in the plan.
    pub planned: usize,
    /// The number of steps with events.
    pub carried_out: usize,
    /// The number of steps that were given up.
    pub skipped: usize,
    /// What is due next.
    pub next: Option<DueView>,
    /// Open steps whose time has passed and that were not perhaps done, the longest overdue first.
    pub overdue: Vec<DueView>,
    /// Steps whose time has passed that may have been carried out, each with the event that may have done it but names no step: an
    /// inference, which `asrun link` shows.
    pub perhaps_done: Vec<PerhapsView>,
    /// Steps that began and have neither ended nor failed since.
    pub under_way: Vec<StepView>,
    /// Other steps whose time has passed, but which need not be late, since a later step was logged, the record has ended,
    /// or nothing happened or was planned in two weeks.
    pub not_recorded: Vec<StepView>,
    /// Steps that failed, and have neither been done nor given up since.
    pub failed: Vec<StepView>,
    /// The remaining steps without a time of a rollback that was called.
    pub rollback: Vec<StepView>,
    /// The number of open steps without a time, not counting those of a rollback.
    pub without_time: usize,
    /// How late the release is, or was when it ended, in words.
    pub running: Option<String>,
    /// The same in seconds, negative if early; for an overdue step, until now. Null if it is a range.
    pub running_seconds: Option<i64>,
    /// The step that it is derived from.
    pub running_by: Option<String>,
    /// Since when nothing was logged, if that is too long to say how late the release is.
    pub not_logged_since: Option<String>,
}

/// A step that may have been carried out.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PerhapsView {
    /// The step.
    pub step: StepView,
    /// The event.
    pub event: RowEvent,
}

/// A step that is due or overdue.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DueView {
    /// The step.
    pub step: StepView,
    /// Seconds until its time, or since.
    pub seconds: i64,
    /// The same in words.
    pub amount: String,
}

/// Returns the view of a plan's progress.
pub fn progress_view(id: &str, incident: &Incident, progress: &Progress) -> ProgressView {
    let teller = TimeFormatter::of(incident, None);
    let overdue = progress.overdue.iter().map(|late| due(&teller, late)).collect();
    let views = |steps: &[&PlanStep]| -> Vec<StepView> {
        steps.iter().map(|step| step_view(&teller, step)).collect()
    };
    ProgressView {
        view: 2,
        id: id.to_owned(),
        line: progress_line(&teller, progress),
        planned: progress.planned,
        carried_out: progress.carried_out,
        skipped: progress.skipped,
        next: progress.next.as_ref().map(|next| due(&teller, next)),
        under_way: progress.under_way.iter().map(|(step, _)| step_view(&teller, step)).collect(),
        overdue,
        perhaps_done: progress
            .perhaps
            .iter()
            .map(|(step, event)| PerhapsView {
                step: step_view(&teller, step),
                event: row_event(&teller, event, ""),
            })
            .collect(),
        not_recorded: views(&progress.not_logged),
        failed: views(&progress.failed),
        rollback: views(&progress.rollback),
        without_time: progress.without_time.len(),
        running: progress.running.as_ref().map(|it| running(&teller, it)),
        running_seconds: progress.running.and_then(|running| running.late.exact()),
        running_by: progress.running.map(|running| running.step.text.clone()),
        not_logged_since: progress.not_logged_since.and_then(|at| teller.time(&at).iso),
    }
}

fn due(teller: &TimeFormatter, (step, elapsed): &(&PlanStep, Elapsed)) -> DueView {
    DueView {
        step: step_view(teller, step),
        seconds: elapsed.seconds,
        amount: teller.amount(*elapsed),
    }
}

/// Returns how late the plan is.
fn running(teller: &TimeFormatter, running: &Running) -> String {
    // A plan by the hour is kept at any time in that hour.
    let kept = running.verdict == Verdict::OnTime && running.late.open > 0;
    let late = match kept {
        true => (teller.words.verdict)(Verdict::OnTime, None),
        false => teller.off_by(running.late),
    };
    if running.at_least { (teller.words.at_least)(&late) } else { late }
}

/// Returns a plan's progress in one line.
pub(super) fn progress_line(teller: &TimeFormatter, progress: &Progress) -> String {
    let words = teller.words;
    let mut parts = Vec::new();
    if progress.planned == 0 {
        return words.labels.no_plan.to_owned();
    }
    let settled = progress.carried_out + progress.skipped;
    if settled == progress.planned {
        let all = (words.all_done)(progress.carried_out, progress.skipped);
        parts.push(all);
    }
    parts.extend(progress.under_way.iter().map(|(step, begun)| {
        let begun = begun.map(|at| teller.time(&at).short);
        let since = begun.unwrap_or_else(|| words.labels.unknown_time.to_owned());
        format!("{}: {}", step.text, (words.handover.under_way)(&since))
    }));
    // Later than on its day, a clock time alone would be taken for today's.
    let when = |at: &Moment| match (progress.is_silent, teller.time(at)) {
        (true, at) if !at.hm.is_empty() => format!("{} {}", at.date, at.time),
        _ => teller.on_its_day(at, Some(progress.now)),
    };
    let told = |label: &str, steps: &[&PlanStep]| {
        let (first, rest) = steps.split_first()?;
        let more = if rest.is_empty() { String::new() } else { format!(" +{}", rest.len()) };
        let when = first.planned().map(|at| format!(" ({})", when(&at))).unwrap_or_default();
        Some(format!("{label}: {}{when}{more}", first.text))
    };
    let labels = &words.labels;
    // During a rollback its next steps matter most.
    parts.extend(told(labels.rollback_next, &progress.rollback));
    parts.extend(told(words.forecast.has_failed, &progress.failed));
    parts.extend(progress.next.as_ref().map(|next| {
        let next = due(teller, next);
        let soon = next.seconds <= 0;
        let amount = if soon { words.labels.now.to_owned() } else { (words.due_in)(&next.amount) };
        (words.next_step)(&next.step.text, &amount, &next.step.time.short)
    }));
    let late = progress.overdue.iter().map(|(step, _)| *step);
    let late = late.filter(|step| !progress.has_failed(step));
    parts.extend(told(labels.overdue, &late.collect::<Vec<_>>()));
    parts.extend(progress.perhaps.iter().map(|(step, event)| {
        let when = event.at.map_or_else(|| row_event(teller, event, "").dated, |at| when(&at));
        (words.perhaps_done)(&step.text, &format!("{when} {}", event.text))
    }));
    parts.extend(told(labels.not_recorded, &progress.not_logged));
    parts.extend(told(labels.not_planned_yet, &progress.without_time));
    parts.extend(progress.not_logged_since.map(|at| (words.not_logged_since)(&when(&at))));
    if let Some(by) = &progress.running {
        let late = running(teller, by);
        let step = Some(by.step.text.as_str()).filter(|_| !by.at_least);
        parts.push(if progress.has_ended { words.ended } else { words.runs }(&late, step));
    }
    parts.join(" · ")
}

/// Returns what a step is that nobody logged, in words; `None` if it was logged, or its time is to come.
pub(super) fn unlogged_words(
    teller: &TimeFormatter,
    progress: &Progress,
    step: &PlanStep,
) -> Option<String> {
    let words = teller.words;
    Some(match progress.unlogged(step)? {
        Unlogged::PerhapsDone(event) => (words.handover.perhaps_done)(&event_words(teller, event)),
        Unlogged::NotRecorded => words.labels.not_recorded.to_owned(),
        Unlogged::Overdue(by) => (words.handover.overdue_by)(&teller.amount(by)),
    })
}

/// Returns an event with its time.
pub(super) fn event_words(teller: &TimeFormatter, event: &Event) -> String {
    let event = row_event(teller, event, "");
    format!("{} {}", event.dated, event.text)
}
