//! The progress of a plan at a moment: what is due next, what is overdue, how late it runs.

use std::collections::HashSet;

use crate::lang::Standing;
use crate::model::{Elapsed, Event, Incident, Moment, PlanStep, Verdict};

use super::aliases::Aliases;
use super::alignment::{candidates, suggestions};
use super::rows::{Row, is_over, rows};
use super::waits::Waits;

/// The progress of a plan.
#[derive(Debug)]
pub struct Progress<'i> {
    /// Steps in the plan.
    pub planned: usize,
    /// Steps that were carried out, not only begun or failed.
    pub carried_out: usize,
    /// Steps that were given up.
    pub skipped: usize,
    /// Steps in progress: begun, neither ended nor failed since, with when they began.
    pub under_way: Vec<(&'i PlanStep, Option<Moment>)>,
    /// Open steps past their time, the longest overdue first, with how long ago it was.
    pub overdue: Vec<(&'i PlanStep, Elapsed)>,
    /// Steps past their time that may have been carried out, each with the event that may have done it but names no step.
    pub perhaps: Vec<(&'i PlanStep, &'i Event)>,
    /// Other steps without an event although a later one was carried out, one that waits for them has begun, the record
    /// has ended, or nobody follows the plan any more; they need not be late.
    pub not_logged: Vec<&'i PlanStep>,
    /// The step to be dealt with now: the first in time that is neither over nor waits for one that is not, with its
    /// standing. One that a later step shows to be done comes last.
    pub current: Option<(&'i PlanStep, Standing)>,
    /// The open step that is due next, with the time until then: the current one if its time is to come. One that waits
    /// for a step that failed is none.
    pub next: Option<(&'i PlanStep, Elapsed)>,
    /// Open steps whose time is to come or has just come, with the time until then.
    pub ahead: Vec<(&'i PlanStep, Elapsed)>,
    /// Open steps that are not planned for a time yet, without those of a rollback.
    pub without_time: Vec<&'i PlanStep>,
    /// Steps that failed, and were neither done nor given up since.
    pub failed: Vec<&'i PlanStep>,
    /// Steps without a time of a rollback that was called, that are still to be done.
    pub rollback: Vec<&'i PlanStep>,
    /// How late the release runs, or how late it ended; `None` if nothing was logged for so long that nobody knows. A step
    /// that may have been carried out does not show it.
    pub running: Option<Running<'i>>,
    /// Since when nothing was logged, if that is too long to say how late the release runs.
    pub not_logged_since: Option<Moment>,
    /// Whether the record has ended.
    pub has_ended: bool,
    /// Whether nothing happened or was planned in the last two weeks.
    pub is_silent: bool,
    /// The moment.
    pub now: Moment,
}

/// What a step is that nobody logged.
#[derive(Debug, Clone, Copy)]
pub enum Unlogged<'i> {
    /// This event may have carried it out, but names no step.
    PerhapsDone(&'i Event),
    /// Its time has passed, and something else shows that it need not be late.
    NotRecorded,
    /// Its time has passed, this long ago.
    Overdue(Elapsed),
}

/// How late the release runs, and which step shows it.
#[derive(Debug, Clone, Copy)]
pub struct Running<'i> {
    /// The step.
    pub step: &'i PlanStep,
    /// Its deviation, or how long it has been overdue.
    pub late: Elapsed,
    /// The verdict on the step.
    pub verdict: Verdict,
    /// Whether the step is still open, so that it may get later.
    pub at_least: bool,
}

impl<'i> Progress<'i> {
    /// Whether a step failed, and was neither done nor given up since.
    pub fn has_failed(&self, step: &PlanStep) -> bool {
        holds(&self.failed, step)
    }

    /// Whether a step failed or is overdue, or nobody has said whether it was done by the event that may have.
    pub fn needs_somebody(&self) -> bool {
        let is_asked = !self.has_ended && !self.is_silent && !self.perhaps.is_empty();
        is_asked || !self.failed.is_empty() || !self.overdue.is_empty()
    }

    /// Returns what a step is that nobody logged; `None` if it was logged, or its time is to come.
    pub fn unlogged(&self, step: &PlanStep) -> Option<Unlogged<'i>> {
        let is_it = |other: &PlanStep| std::ptr::eq(other, step);
        let perhaps = self.perhaps.iter().find(|(other, _)| is_it(other));
        let overdue = self.overdue.iter().find(|(other, _)| is_it(other));
        let not_recorded = holds(&self.not_logged, step).then_some(Unlogged::NotRecorded);
        let perhaps = perhaps.map(|(_, event)| Unlogged::PerhapsDone(event));
        perhaps.or(overdue.map(|(_, by)| Unlogged::Overdue(*by))).or(not_recorded)
    }
}

/// Returns the progress of a plan at `now`. A step is overdue when `tolerance` seconds have passed since its time; if
/// it is planned by day or hour, when that is over. How late the release runs is determined by the last step that was
/// carried out, or by the longest overdue one if that is more, unless nothing was logged for too long.
pub fn progress(incident: &Incident, now: Moment, tolerance: i64) -> Progress<'_> {
    progress_with(incident, now, tolerance, Some(&Aliases::default()))
}

/// Returns the same with other wordings of steps; without any, no event is searched that may have carried out a step.
pub fn progress_with<'i>(
    incident: &'i Incident,
    now: Moment,
    tolerance: i64,
    aliases: Option<&Aliases>,
) -> Progress<'i> {
    let now = seen(&now, incident);
    let rows = rows_at(incident, now, tolerance);
    let planned: Vec<&Row> = rows.iter().filter(|row| row.step.is_some()).collect();
    let is_open = |row: &&Row| is_not_over(row) && row.under_way().is_none();
    let open: Vec<&PlanStep> =
        planned.iter().copied().filter(is_open).filter_map(|row| row.step).collect();
    let timed = open.iter().filter_map(|step| Some((*step, step.planned()?)));
    let (passed, ahead): (Vec<_>, Vec<_>) = timed.partition(|(_, at)| is_over(&now, at, tolerance));
    let failed: Vec<&PlanStep> = planned
        .iter()
        .filter(|row| row.failed() && is_not_over(row))
        .filter_map(|row| row.step)
        .collect();
    // A step that failed does not come next, nor does one that waits for it.
    let has_failed = |step: &PlanStep| holds(&failed, step);
    let ahead: Vec<_> = ahead.into_iter().filter(|(step, _)| !has_failed(step)).collect();
    let undated = open.iter().copied().filter(|step| step.planned().is_none() && !has_failed(step));
    let (rollback, without_time) = undated.partition(|step| step.rollback);
    let waits = Waits::of(incident);
    let of = (incident, &waits);
    let is_silent = is_silent(incident, &now);
    let goes_on = incident.is_going_on();
    let is_followed = goes_on && !is_silent;
    let past = Past::of(&planned, (passed, &failed), of, (is_followed, now));
    let current = current(&planned, &past, of);
    let is_current = |(step, _): &(&PlanStep, Moment)| {
        current.is_some_and(|(current, _)| std::ptr::eq(current, *step))
    };
    // An hour on a day ends before the day.
    let soonest = |(step, at): &(&PlanStep, Moment)| (!is_current(&(step, *at)), at.seconds().1);
    let may_come = |(step, _): &(&PlanStep, Moment)| !waits_for(step, &failed, of);
    let next = ahead.iter().copied().filter(may_come).min_by_key(soonest);
    let past = past.with_perhaps(incident, aliases);
    let current = current.map(|(step, standing)| (step, past.standing(step, standing)));
    let comes = !ahead.is_empty();
    let (running, not_logged_since) = lateness(incident, &planned, &past, (is_silent, comes, now));
    Progress {
        planned: planned.len(),
        carried_out: planned.iter().filter(|row| row.is_carried_out()).count(),
        under_way: planned
            .iter()
            .filter(|row| !row.is_given_up())
            .filter_map(|row| Some((row.step?, row.under_way()?.at)))
            .collect(),
        skipped: planned.iter().filter(|row| row.is_given_up()).count(),
        current,
        next: next.map(|(step, at)| (step, at.since(&now))),
        ahead: ahead.into_iter().map(|(step, at)| (step, at.since(&now))).collect(),
        without_time,
        failed,
        rollback,
        running,
        not_logged_since,
        not_logged: past.not_logged,
        overdue: past.overdue,
        perhaps: past.perhaps,
        has_ended: !goes_on,
        is_silent,
        now,
    }
}

/// Open steps whose time has passed.
struct Past<'i> {
    overdue: Vec<With<'i, Elapsed>>,
    not_logged: Vec<&'i PlanStep>,
    perhaps: Vec<(&'i PlanStep, &'i Event)>,
}

impl<'i> Past<'i> {
    /// Sorts the steps whose time has passed; what failed was logged.
    fn of(
        planned: &[&Row<'i>],
        (passed, failed): (Vec<With<'i, Moment>>, &[&'i PlanStep]),
        of: Of<'_, 'i>,
        (is_followed, now): (bool, Moment),
    ) -> Past<'i> {
        let waited_for = waited_for(planned, of);
        let proven = |(step, at): &With<Moment>| {
            !is_followed || holds(&waited_for, step) || is_proven(planned, (step, at), of)
        };
        let (not_logged, overdue): (Vec<_>, Vec<_>) = passed.into_iter().partition(proven);
        let not_logged = not_logged.into_iter().map(|(step, _)| step);
        Past {
            overdue: overdue.into_iter().map(|(step, at)| (step, now.since(&at))).collect(),
            not_logged: not_logged.filter(|step| !holds(failed, step)).collect(),
            perhaps: Vec::new(),
        }
    }

    /// Separates those that an event may have carried out which names no step.
    fn with_perhaps(self, incident: &'i Incident, aliases: Option<&Aliases>) -> Past<'i> {
        let overdue = self.overdue.iter().map(|(step, _)| *step);
        let unclear: Vec<&PlanStep> = overdue.chain(self.not_logged.iter().copied()).collect();
        let perhaps = aliases.map(|aliases| perhaps_done(incident, &unclear, aliases));
        let mut past = Past { perhaps: perhaps.unwrap_or_default(), ..self };
        let Past { overdue, not_logged, perhaps } = &mut past;
        let is_clear = |step: &PlanStep| !perhaps.iter().any(|(it, _)| std::ptr::eq(*it, step));
        overdue.retain(|(step, _)| is_clear(step));
        not_logged.retain(|step| is_clear(step));
        past
    }

    fn standing(&self, step: &PlanStep, standing: Standing) -> Standing {
        let is_perhaps = self.perhaps.iter().any(|(other, _)| std::ptr::eq(*other, step));
        match standing {
            Standing::Overdue | Standing::NotRecorded if is_perhaps => Standing::PerhapsDone,
            standing => standing,
        }
    }
}

/// Returns how late the release runs or ended, and since when nothing was logged if that is too long to say it.
fn lateness<'i>(
    incident: &Incident,
    planned: &[&Row<'i>],
    past: &Past<'i>,
    (is_silent, comes, now): (bool, bool, Moment),
) -> (Option<Running<'i>>, Option<Moment>) {
    let longest = longest_overdue(&past.overdue, &past.perhaps);
    let running = running(planned, longest);
    if !incident.is_going_on() {
        return (running.filter(|running| ends_with(running.step, &past.not_logged)), None);
    }
    let last = last_logged(incident, &now);
    let is_left = match longest {
        Some((step, _)) => is_left(incident, (step, last), &now),
        // All that is left was passed over: what went before runs no more.
        None => !comes && last.is_some_and(|last| now.unix() - last.seconds().1 > A_NIGHT),
    };
    if is_left || is_silent { (None, last) } else { (running, None) }
}

/// Returns the step that is overdue longest. What precedes a step that was perhaps done was perhaps done as well.
fn longest_overdue<'i>(
    overdue: &[With<'i, Elapsed>],
    perhaps: &[(&PlanStep, &Event)],
) -> Option<With<'i, Elapsed>> {
    let last = perhaps.iter().filter_map(|(step, _)| step.planned()).map(|at| at.unix()).max();
    let is_clear = |(step, _): &&With<Elapsed>| {
        step.planned().is_some_and(|at| last.is_none_or(|last| at.unix() > last))
    };
    overdue.iter().find(is_clear).copied()
}

/// Whether no step behind this one is left that nobody logged: then it shows how late the release ended.
fn ends_with(step: &PlanStep, not_logged: &[&PlanStep]) -> bool {
    let behind = |other: &&PlanStep| {
        step.planned().zip(other.planned()).is_none_or(|(at, other)| at.is_before(&other))
    };
    !not_logged.iter().any(behind)
}

/// Seconds without an event after which nobody knows how late a short plan runs: after a night.
const A_NIGHT: i64 = 12 * 3600;

/// Whether nothing was logged since the time of an overdue step, for longer than it is planned behind the step before it: at
/// least 12 hours, at most two weeks. Then it does not get later and later, but was not logged.
fn is_left(incident: &Incident, (step, last): (&PlanStep, Option<Moment>), now: &Moment) -> bool {
    let Some(at) = step.planned() else { return false };
    let planned = incident.plan.iter().filter_map(PlanStep::planned).map(|at| at.unix());
    let before = planned.filter(|before| *before < at.unix()).max();
    let takes = before.map_or(0, |before| at.unix() - before).clamp(A_NIGHT, SILENT);
    let heard = last.into_iter().chain([at]).map(|at| at.seconds().1).max();
    heard.is_some_and(|heard| now.unix() - heard > takes)
}

/// Returns the time of the last event that has happened.
fn last_logged(incident: &Incident, now: &Moment) -> Option<Moment> {
    let happened = incident.events.iter().filter_map(|event| event.at);
    happened.filter(|at| at.unix() - now.unix() <= SLACK).max_by_key(|at| at.seconds().1)
}

/// Returns the rows at that moment, without steps that were not called.
fn rows_at(incident: &Incident, now: Moment, tolerance: i64) -> Vec<Row<'_>> {
    let mut rows = rows(incident, tolerance);
    // Events dated later than now have not happened yet, whatever was logged.
    let happened = |event: &Event| event.at.is_none_or(|at| at.unix() - now.unix() <= SLACK);
    let not_called = incident.not_called_by(&happened);
    rows.retain_mut(|row| {
        row.events.retain(|event| happened(event));
        if row.events.is_empty() && !row.is_given_up() {
            (row.deviation, row.verdict) = (None, Verdict::NotRecorded);
            return row.step.is_none_or(|step| !not_called(step));
        }
        true
    });
    rows
}

/// Returns those of these steps that an event may have carried out which names no step.
fn perhaps_done<'i>(
    incident: &'i Incident,
    steps: &[&'i PlanStep],
    aliases: &Aliases,
) -> Vec<(&'i PlanStep, &'i Event)> {
    if steps.is_empty() {
        return Vec::new();
    }
    let suggested = suggestions(incident, aliases);
    let candidates = candidates(incident, aliases, &suggested);
    let suggested = suggested.iter().map(|one| (one.step, one.event));
    let pairs = suggested.chain(candidates.iter().map(|one| (one.step, one.event)));
    let pairs: Vec<(&PlanStep, &Event)> = pairs.collect();
    let of = |step: &&'i PlanStep| pairs.iter().find(|(other, _)| std::ptr::eq(*other, *step));
    steps.iter().filter_map(|step| of(step).copied()).collect()
}

/// After that many seconds without an event, a plan is not running late any more: it was abandoned, or not recorded.
const SILENT: i64 = 14 * 24 * 3600;

/// Returns whether the last event and the last planned time are that long past: two weeks.
pub fn is_silent(incident: &Incident, now: &Moment) -> bool {
    let happened = incident.events.iter().filter_map(|event| event.at);
    let planned = incident.plan.iter().filter_map(PlanStep::planned);
    let last = happened.chain(planned).map(|at| at.seconds().1).max();
    last.is_some_and(|last| now.unix() - last > SILENT)
}

/// A step, and a time or a distance of it.
type With<'i, T> = (&'i PlanStep, T);

/// A record, and what its steps wait for.
type Of<'p, 'i> = (&'i Incident, &'p Waits<'i>);

/// Whether the step itself is one of those.
fn holds(steps: &[&PlanStep], step: &PlanStep) -> bool {
    steps.iter().any(|other| std::ptr::eq(*other, step))
}

/// Whether a step waits for one of those, directly or indirectly.
fn waits_for(step: &PlanStep, steps: &[&PlanStep], (incident, waits): Of) -> bool {
    let place = incident.place_of_step(step).filter(|_| !steps.is_empty());
    let before = waits.before(place);
    before.into_iter().any(|other| holds(steps, &incident.plan[other]))
}

/// Returns the places of the steps that are not over.
fn not_over(planned: &[&Row], incident: &Incident) -> HashSet<usize> {
    let open = planned.iter().filter(|row| is_not_over(row));
    open.filter_map(|row| incident.place_of_step(row.step?)).collect()
}

fn is_not_over(row: &Row) -> bool {
    !row.is_carried_out() && !row.is_given_up()
}

fn current<'i>(
    planned: &[&Row<'i>],
    Past { overdue, not_logged, .. }: &Past<'i>,
    (incident, waits): Of<'_, 'i>,
) -> Option<(&'i PlanStep, Standing)> {
    let not_over = not_over(planned, incident);
    let waiting = |step: &PlanStep| {
        let (after, _) = incident.place_of_step(step).map(|at| waits.at(at)).unwrap_or_default();
        after.iter().any(|(other, _)| not_over.contains(other))
    };
    let standing = |row: &Row<'i>, step: &'i PlanStep| match () {
        () if row.failed() => Standing::Failed,
        () if row.under_way().is_some() => Standing::UnderWay,
        () if overdue.iter().any(|(other, _)| std::ptr::eq(*other, step)) => Standing::Overdue,
        () if holds(not_logged, step) => Standing::NotRecorded,
        () => Standing::Next,
    };
    let open = planned.iter().filter(|row| is_not_over(row));
    let told = open.filter_map(|row| Some((row.step?, standing(row, row.step?))));
    // What was called comes first, whatever else is open.
    let last = |(step, standing): &(&PlanStep, Standing)| {
        (*standing == Standing::NotRecorded, !step.rollback, waiting(step))
    };
    told.min_by_key(last)
}

/// Seconds that the clock of whoever logged an event may be ahead.
const SLACK: i64 = 300;

/// Returns the steps that one with events waits for, directly or indirectly: they are done, whenever they were planned for.
/// A rollback may be called at any time, and only shows that other rollbacks are done.
fn waited_for<'i>(planned: &[&Row<'i>], (incident, waits): Of<'_, 'i>) -> Vec<&'i PlanStep> {
    let before = |rollback: bool| {
        let logged = planned.iter().filter(|row| !row.events.is_empty());
        let logged = logged.filter_map(|row| row.step).filter(move |it| it.rollback == rollback);
        let before = waits.before(logged.filter_map(|step| incident.place_of_step(step)));
        before.into_iter().map(|place| &incident.plan[place])
    };
    before(false).chain(before(true).filter(|step| step.rollback)).collect()
}

/// Returns whether a step planned for later has events: then an open one before it was not logged, which does not make
/// it late. One that the open step waits for shows nothing.
fn is_proven<'i>(
    planned: &[&Row<'i>],
    (step, at): (&'i PlanStep, &Moment),
    (incident, waits): Of<'_, 'i>,
) -> bool {
    let later = |row: &&Row<'_>| {
        let planned = row.step.and_then(PlanStep::planned);
        !row.events.is_empty() && planned.is_some_and(|planned| at.is_before(&planned))
    };
    let mut later = planned.iter().filter(|row| later(row)).filter_map(|row| row.step).peekable();
    later.peek().is_some() && {
        let place = |step: &PlanStep| incident.place_of_step(step);
        let before = waits.before(place(step));
        later.any(|other| !place(other).is_some_and(|place| before.contains(&place)))
    }
}

/// Returns the moment in the record's own zone, in which days are counted.
fn seen(now: &Moment, incident: &Incident) -> Moment {
    incident.zone.map_or(*now, |zone| now.seen_in(zone))
}

fn running<'i>(
    planned: &[&Row<'i>],
    overdue: Option<(&'i PlanStep, Elapsed)>,
) -> Option<Running<'i>> {
    let began = planned.iter().filter(|row| row.is_carried_out() || row.under_way().is_some());
    let told = began.filter_map(|row| {
        let (step, late) = row.step.zip(row.deviation.filter(|_| row.possible.is_empty()))?;
        // A deadline that was met does not show how late the others are.
        let told = !step.is_deadline() || row.verdict == Verdict::Late;
        let running = Running { step, late, verdict: row.verdict, at_least: false };
        told.then_some((row.start()?, running))
    });
    let done = told.max_by_key(|(at, _)| at.earliest()).map(|(_, running)| running);
    let overdue = overdue.map(|(step, late)| {
        let verdict = Verdict::NotRecorded;
        Running { step, late, verdict, at_least: true }
    });
    match (done, overdue) {
        (Some(done), Some(overdue)) if overdue.late.seconds > done.late.seconds => Some(overdue),
        (None, overdue) => overdue,
        (done, _) => done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventType;

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2024-09-07T{clock}+09:00"), None).unwrap()
    }

    fn plan() -> Incident {
        let step = |(id, clock): &(&str, &str)| PlanStep {
            id: Some((*id).to_owned()),
            ..PlanStep::new(moment(clock), *id)
        };
        let steps = [("flag", "17:00"), ("deploy", "17:30"), ("video", "18:00")];
        Incident { plan: steps.iter().map(step).collect(), ..Incident::default() }
    }

    fn told(incident: &Incident, now: &str) -> String {
        let progress = progress(incident, moment(now), 300);
        let minutes = |late: Elapsed| late.seconds / 60;
        let overdue: Vec<String> = progress
            .overdue
            .iter()
            .map(|(step, late)| format!("{} {}", step.text, minutes(*late)))
            .collect();
        let next = progress.next.map(|(step, until)| format!("{} {}", step.text, minutes(until)));
        let running = progress.running.map(|running| {
            format!("{}{}", minutes(running.late), if running.at_least { "+" } else { "" })
        });
        format!("{overdue:?} {next:?} {running:?}")
    }

    #[test]
    fn what_is_next_and_what_is_overdue() {
        let mut incident = plan();
        assert_eq!(told(&incident, "16:50"), r#"[] Some("flag 10") None"#);
        assert_eq!(told(&incident, "17:04"), r#"[] Some("flag -4") None"#);
        assert_eq!(told(&incident, "17:18"), r#"["flag 18"] Some("deploy 12") Some("18+")"#);
        let mut turned = plan();
        for (id, at) in [("video", "17:02"), ("flag", "17:20")] {
            let steps = vec![id.to_owned()];
            turned.events.push(Event { steps, ..Event::new(moment(at), "x") });
        }
        assert_eq!(told(&turned, "17:22"), r#"[] Some("deploy 8") Some("20")"#);
        let steps = vec!["deploy".to_owned()];
        turned.events.push(Event { steps, ..Event::new(moment("20:00"), "x") });
        assert_eq!(told(&turned, "17:22"), r#"[] Some("deploy 8") Some("20")"#);
        let steps = vec!["flag".to_owned()];
        incident.events.push(Event { steps, ..Event::new(moment("17:20"), "x") });
        assert_eq!(told(&incident, "17:22"), r#"[] Some("deploy 8") Some("20")"#);
        assert_eq!(told(&incident, "17:40"), r#"["deploy 10"] Some("video 20") Some("20")"#);
        assert_eq!(told(&incident, "18:30"), r#"["deploy 60", "video 30"] None Some("60+")"#);
    }

    #[test]
    fn what_nobody_logged_for_a_night_does_not_get_later_with_every_hour() {
        let mut incident = plan();
        let told = |incident: &Incident, now: &str| {
            let now = Moment::parse(&format!("2024-{now}+09:00"), None).unwrap();
            let progress = progress(incident, now, 300);
            let running = progress.running.map(|running| running.late.seconds / 60);
            let since = progress.not_logged_since.map(|at| at.written()[11..16].to_owned());
            let of = (progress.overdue.len(), progress.not_logged.len());
            (running, since, of, progress.needs_somebody())
        };
        assert_eq!(told(&incident, "09-08T05:00"), (Some(12 * 60), None, (3, 0), true));
        assert_eq!(told(&incident, "09-08T05:01"), (None, None, (3, 0), true));
        let since = |at: &str| Some(at.to_owned());
        incident.events.push(Event::new(moment("23:30"), "waiting for the review"));
        assert_eq!(told(&incident, "09-08T11:30"), (Some(18 * 60 + 30), None, (3, 0), true));
        assert_eq!(told(&incident, "09-08T11:31"), (None, since("23:30"), (3, 0), true));
        // After two weeks nobody follows the plan: nothing of it is overdue, and nobody is asked for it.
        assert_eq!(told(&incident, "09-21T23:30"), (None, since("23:30"), (3, 0), true));
        assert_eq!(told(&incident, "09-21T23:31"), (None, since("23:30"), (0, 3), false));
        // A plan of days is late by days.
        let freeze = Moment::parse("2024-09-04T18:00+09:00", None).unwrap();
        incident
            .plan
            .insert(0, PlanStep { id: Some("f".to_owned()), ..PlanStep::new(freeze, "f") });
        let last = incident.plan.pop();
        let steps = vec!["f".to_owned()];
        incident.events = vec![Event { steps, ..Event::new(moment("17:01"), "x") }];
        assert_eq!(told(&incident, "09-10T16:00").0, Some(3 * 24 * 60 - 59));
        incident.plan.extend(last);
        // What all others are over for runs no more after a night.
        let steps = ["f", "flag", "deploy"].map(str::to_owned).to_vec();
        incident.events = vec![Event { steps, ..Event::new(moment("17:30"), "x") }];
        assert_eq!(told(&incident, "09-08T06:00"), (Some(12 * 60), None, (1, 0), true));
        assert_eq!(told(&incident, "09-08T06:01"), (None, since("17:30"), (1, 0), true));
        // What has ended was as late as its last step, if that was logged.
        let closed = Event { kind: Some(EventType::Closed), ..Event::new(moment("19:00"), "x") };
        incident.events.push(closed);
        assert_eq!(told(&incident, "09-10T18:01"), (None, None, (0, 1), false));
        incident.events[0].steps.push("video".to_owned());
        assert_eq!(told(&incident, "12-10T18:01").0, Some(-30));
        assert!(progress(&incident, moment("20:00"), 300).has_ended);
    }

    #[test]
    fn a_step_that_nobody_logged_is_one_thing_everywhere() {
        let mut incident = plan();
        incident.plan[0].text = "Set the maintenance flag".to_owned();
        let told = |incident: &Incident, now: &str| {
            let progress = progress(incident, moment(now), 300);
            let word = |step: &PlanStep| match progress.unlogged(step) {
                Some(Unlogged::Overdue(by)) => format!("overdue {}", by.seconds / 60),
                Some(Unlogged::PerhapsDone(_)) => "perhaps".to_owned(),
                Some(Unlogged::NotRecorded) => "not recorded".to_owned(),
                None => "-".to_owned(),
            };
            let words: Vec<String> = incident.plan.iter().map(word).collect();
            let sheet = crate::timeline::Sheet::of(incident, Some(moment(now)));
            let sheet = sheet.knowing(incident, &progress);
            let rest = crate::timeline::forecast(&sheet, &[], moment(now).unix() / 60, 5).unwrap();
            let rest: Vec<usize> = rest.steps.iter().map(|step| step.place).collect();
            format!("{} {rest:?} {}", words.join(", "), progress.needs_somebody())
        };
        let logged = |step: &str, at: &str, text: &str| {
            let steps = vec![step.to_owned()].into_iter().filter(|step| !step.is_empty());
            Event { steps: steps.collect(), ..Event::new(moment(at), text) }
        };
        assert_eq!(told(&incident, "17:00"), "-, -, - [0, 1, 2] false");
        assert_eq!(told(&incident, "17:40"), "overdue 40, overdue 10, - [0, 1, 2] true");
        incident.events.push(logged("", "17:04", "maintenance flag set"));
        assert_eq!(told(&incident, "17:40"), "perhaps, overdue 10, - [1, 2] true");
        assert_eq!(told(&incident, "17:33"), "perhaps, -, - [1, 2] true");
        incident.events.push(logged("video", "18:00", "x"));
        assert_eq!(told(&incident, "18:40"), "perhaps, not recorded, - [] true");
        incident.events.remove(0);
        assert_eq!(told(&incident, "18:40"), "not recorded, not recorded, - [] false");
        // What waits for a step shows that it was done, whenever it was planned for; a rollback shows only others.
        incident.events.clear();
        incident.plan[0].after = vec![crate::model::After::new("video")];
        incident.events.push(logged("flag", "17:05", "x"));
        assert_eq!(told(&incident, "18:40"), "-, overdue 70, not recorded [1] true");
        incident.plan[0].rollback = true;
        assert_eq!(told(&incident, "18:40"), "-, overdue 70, overdue 40 [1, 2] true");
    }

    #[test]
    fn a_step_that_only_began_or_that_failed_is_not_done() {
        let mut incident = plan();
        let mut told = |kinds: &[EventType]| {
            let of = |(place, kind): (usize, &EventType)| Event {
                steps: vec!["flag".to_owned()],
                kind: Some(kind.clone()),
                ..Event::new(moment(&format!("17:0{place}")), "x")
            };
            incident.events = kinds.iter().enumerate().map(of).collect();
            let progress = progress(&incident, moment("17:10"), 300);
            let texts = |steps: Vec<&PlanStep>| steps.iter().map(|it| it.text.clone()).collect();
            let is_failed = kinds.last() == Some(&EventType::Failed);
            assert_eq!(
                progress.failed.iter().filter(|it| it.text == "flag").count(),
                usize::from(is_failed)
            );
            let overdue: Vec<String> = texts(progress.overdue.iter().map(|(it, _)| *it).collect());
            let begun: Vec<String> = texts(progress.under_way.iter().map(|(it, _)| *it).collect());
            (progress.carried_out, begun.join(" "), overdue.join(" "))
        };
        let (began, failed, done) = (EventType::Started, EventType::Failed, EventType::Done);
        for (kinds, expected) in [
            (vec![], (0, "", "flag")),
            (vec![began.clone()], (0, "flag", "")),
            (vec![failed.clone()], (0, "", "flag")),
            (vec![began.clone(), failed.clone()], (0, "", "flag")),
            (vec![failed, began.clone()], (0, "flag", "")),
            (vec![began, done], (1, "", "")),
        ] {
            let (carried_out, begun, overdue) = told(&kinds);
            assert_eq!((carried_out, &*begun, &*overdue), expected, "{kinds:?}");
        }
    }

    #[test]
    fn the_step_to_be_dealt_with_waits_for_none_that_is_open() {
        let mut incident = plan();
        incident.plan[0].after = vec![crate::model::After::new("deploy")];
        let mut told = |now: &str, events: &[(&str, &str, EventType)]| {
            let of = |(id, at, kind): &(&str, &str, EventType)| Event {
                steps: vec![(*id).to_owned()],
                kind: Some(kind.clone()),
                ..Event::new(moment(at), "x")
            };
            incident.events = events.iter().map(of).collect();
            let progress = progress(&incident, moment(now), 300);
            let next = progress.next.map_or("", |(step, _)| &step.text);
            progress.current.map(|(step, standing)| format!("{standing:?} {}; {next}", step.text))
        };
        let (began, failed, done) = (EventType::Started, EventType::Failed, EventType::Done);
        for (now, events, expected) in [
            // The flag is planned first and waits for the deploy.
            ("16:50", vec![], Some("Next deploy; deploy")),
            ("17:40", vec![], Some("Overdue deploy; video")),
            ("17:20", vec![("deploy", "17:10", began)], Some("UnderWay deploy; video")),
            ("17:20", vec![("deploy", "17:10", failed)], Some("Failed deploy; video")),
            ("17:20", vec![("deploy", "17:10", done.clone())], Some("Overdue flag; video")),
            ("18:20", vec![("video", "18:00", done.clone())], Some("NotRecorded deploy; ")),
        ] {
            assert_eq!(told(now, &events).as_deref(), expected, "{now} {events:?}");
        }
        let all = [
            ("flag", "17:00", done.clone()),
            ("deploy", "17:00", done.clone()),
            ("video", "17:00", done),
        ];
        assert_eq!(told("17:20", &all), None);
    }

    #[test]
    fn a_step_that_failed_and_was_given_up_blocks_nothing() {
        let mut incident = plan();
        incident.plan[1].after = vec![crate::model::After::new("flag")];
        let of = |at: &str, kind: EventType| Event {
            steps: vec!["flag".to_owned()],
            kind: Some(kind),
            ..Event::new(moment(at), "x")
        };
        incident.events = vec![of("17:00", EventType::Started), of("17:05", EventType::Failed)];
        let now = |incident: &Incident| {
            let progress = progress(incident, moment("17:20"), 300);
            let current = progress.current.map(|(step, standing)| (step.text.clone(), standing));
            (current, progress.skipped)
        };
        assert_eq!(now(&incident), (Some(("flag".to_owned(), Standing::Failed)), 0));
        incident.plan[0].skipped = Some(crate::model::Skip { on: None, why: None });
        assert_eq!(now(&incident), (Some(("deploy".to_owned(), Standing::Next)), 1));
        let sheet = crate::timeline::Sheet::of(&incident, None);
        assert!(sheet.steps[0].is_out());
        // Once it was carried out after all, that counts.
        incident.events.push(of("17:10", EventType::Done));
        assert_eq!(now(&incident), (Some(("deploy".to_owned(), Standing::Next)), 0));
        assert!(!crate::timeline::Sheet::of(&incident, None).steps[0].is_out());
    }

    #[test]
    fn what_a_step_waits_for_does_not_show_that_it_was_done() {
        let mut incident = plan();
        let done = |id: &str, at: &str| {
            let steps = vec![id.to_owned()];
            Event { steps, ..Event::new(moment(at), "x") }
        };
        incident.events = vec![done("video", "18:00")];
        assert_eq!(told(&incident, "18:30"), r#"[] None Some("0")"#);
        // The flag waits for the deploy, and that for the video.
        for (place, id) in [(0, "deploy"), (1, "video")] {
            incident.plan[place].after = vec![crate::model::After::new(id)];
        }
        assert_eq!(told(&incident, "18:30"), r#"["flag 90", "deploy 60"] None Some("90+")"#);
        incident.events.push(done("deploy", "18:20"));
        assert_eq!(told(&incident, "18:30"), r#"["flag 90"] None Some("90+")"#);
    }

    #[test]
    fn a_rollback_is_nothing_to_be_done_until_it_is_called() {
        let mut incident = plan();
        incident.plan[1].rollback = true;
        assert_eq!(told(&incident, "17:40"), r#"["flag 40"] Some("video 20") Some("40+")"#);
        let open =
            |incident: &Incident| incident.plan.iter().filter(|it| !incident.settled()(it)).count();
        assert_eq!((open(&incident), progress(&incident, moment("17:40"), 300).planned), (2, 2));
        let steps = vec!["deploy".to_owned()];
        let kind = Some(EventType::Started);
        incident.events = vec![Event { steps, kind, ..Event::new(moment("17:35"), "x") }];
        let now = progress(&incident, moment("17:40"), 300);
        let current = now.current.map(|(step, standing)| (step.text.as_str(), standing));
        assert_eq!((now.planned, current), (3, Some(("deploy", Standing::UnderWay))));
        assert_eq!(open(&incident), 3);
        // What waits for it is called with it, and comes next, but no other rollback is.
        let after = |after: &str| PlanStep {
            id: Some(format!("{after}-then")),
            at: None,
            after: vec![crate::model::After::new(after)],
            rollback: true,
            ..PlanStep::new(moment("18:00"), format!("behind {after}"))
        };
        incident.plan.extend(["deploy", "deploy-then", "video"].map(after));
        let called = |incident: &Incident, now: &str| {
            let progress = progress(incident, moment(now), 300);
            let texts: Vec<&str> = progress.rollback.iter().map(|step| &*step.text).collect();
            let current = progress.current.map(|(step, _)| step.text.as_str());
            format!("{texts:?} {current:?} of {}", progress.planned)
        };
        let both = r#"["behind deploy", "behind deploy-then"]"#;
        assert_eq!(called(&incident, "17:29"), r#"[] Some("flag") of 2"#);
        assert_eq!(called(&incident, "17:40"), format!(r#"{both} Some("deploy") of 5"#));
        incident.events[0].kind = Some(EventType::Done);
        assert_eq!(called(&incident, "17:40"), format!(r#"{both} Some("behind deploy") of 5"#));
        let rows = super::rows(&incident, 300);
        assert_eq!(rows.iter().filter(|row| row.step.is_some()).count(), 5);
        let sheet = crate::timeline::Sheet::of(&incident, Some(moment("17:40")));
        let out: Vec<bool> = sheet.steps.iter().map(|step| step.not_called).collect();
        assert_eq!(out, [false, false, false, false, false, true]);
        let sheet = crate::timeline::Sheet::of(&incident, Some(moment("17:30")));
        assert_eq!(sheet.steps.iter().filter(|step| step.not_called).count(), 4);
        // A plan of nothing else is no plan that is done.
        let rollbacks = Incident { plan: vec![incident.plan[1].clone()], ..Incident::default() };
        assert!(rollbacks.is_open());
    }

    #[test]
    fn a_deadline_that_is_met_does_not_make_a_release_early() {
        let mut incident = plan();
        let deadline = &mut incident.plan[0];
        (deadline.at, deadline.due) = (None, deadline.at);
        let happened = |at: &str| {
            let steps = vec!["flag".to_owned()];
            vec![Event { steps, ..Event::new(moment(at), "x") }]
        };
        incident.events = happened("16:00");
        assert_eq!(told(&incident, "17:10"), r#"[] Some("deploy 20") None"#);
        incident.events = happened("17:10");
        assert_eq!(told(&incident, "17:10"), r#"[] Some("deploy 20") Some("10")"#);
    }

    #[test]
    fn what_was_perhaps_done_is_found_in_other_wordings_and_only_where_it_is_told() {
        let mut incident = plan();
        incident.events.push(Event::new(moment("17:35"), "pressed the big button"));
        let others = vec!["press the big button".to_owned()];
        let wordings = Aliases::of(&[("deploy".to_owned(), others)].into());
        for (aliases, expected) in
            [(Some(&wordings), vec!["deploy"]), (Some(&Aliases::default()), vec![]), (None, vec![])]
        {
            let progress = progress_with(&incident, moment("17:50"), 300, aliases);
            let told: Vec<&str> = progress.perhaps.iter().map(|(step, _)| &*step.text).collect();
            assert_eq!(told, expected);
            // The flag before it was perhaps only not logged.
            assert_eq!(progress.running.is_some(), expected.is_empty());
        }
    }
}
