//! Plan and actual, row by row.

use std::collections::HashMap;

use crate::lang::StepOutcome;
use crate::model::{
    Elapsed, Event, EventType, Incident, MissingTime, Moment, PlanStep, Precision, Verdict,
};

/// A row: a planned step with the events that carried it out, or an unplanned event.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'i> {
    /// The step; none for an unplanned event.
    pub step: Option<&'i PlanStep>,
    /// Its events in order; exactly one in an unplanned row.
    pub events: Vec<&'i Event>,
    /// The verdict, if it is certain.
    pub verdict: Verdict,
    /// The possible verdicts if the written precision leaves it open; else empty.
    pub possible: Vec<Verdict>,
    /// First event − planned time (the latest revision).
    pub deviation: Option<Elapsed>,
    /// First event − first plan, for a revised step. It never affects the verdict: replanned is not late.
    pub first_deviation: Option<Elapsed>,
    /// Recorded end − planned end, for a window; none while no end is recorded.
    pub end_deviation: Option<Elapsed>,
}

impl<'i> Row<'i> {
    /// Returns a row without deviations.
    fn of(step: Option<&'i PlanStep>, events: Vec<&'i Event>) -> Row<'i> {
        let (deviation, first_deviation, end_deviation) = (None, None, None);
        let (verdict, possible) = (Verdict::NotRecorded, Vec::new());
        Row { step, events, verdict, possible, deviation, first_deviation, end_deviation }
    }

    /// Whether no event carries the step out, and it is neither given up nor a rollback that nobody called.
    pub fn is_unrecorded(&self) -> bool {
        self.verdict == Verdict::NotRecorded && self.events.is_empty()
    }

    /// Returns the planned length of the step: the end of its window − its start.
    pub fn planned_length(&self) -> Option<Elapsed> {
        let step = self.step?;
        Some(step.until?.since(&step.at?))
    }

    /// Returns how long it took: recorded end − first event; `None` if one of them is known only by day and the other
    /// by hour.
    pub fn length(&self) -> Option<Elapsed> {
        let (first, end) = (self.start()?, self.end()?);
        let alike = (first.precision() == Precision::Day) == (end.precision() == Precision::Day);
        Some(end.since(&first)).filter(|length| alike && length.seconds >= 0)
    }

    /// Returns when it began: its first event. If the step is planned by hour, an event on its day with an unknown time
    /// gives way to one with a known time.
    pub fn start(&self) -> Option<Moment> {
        let planned = self.step?.planned();
        let times = || self.events.iter().filter_map(|event| event.at);
        let first = times().min_by_key(Moment::earliest)?;
        let by_day = |at: &Moment| at.precision() == Precision::Day;
        let on_its_day =
            planned.is_some_and(|planned| !by_day(&planned) && first.day() == planned.day());
        let told = |at: &Moment| !by_day(at) && at.day() == first.day();
        let better = times().find(told).filter(|_| by_day(&first) && on_its_day);
        Some(better.unwrap_or(first))
    }

    /// Returns which time is unknown for a step that was carried out.
    pub fn missing_time(&self) -> Option<MissingTime> {
        let step = self.step.filter(|_| !self.events.is_empty())?;
        match (step.planned(), self.start()) {
            (None, _) => Some(MissingTime::Planned),
            (_, None) => Some(MissingTime::Actual),
            _ => None,
        }
    }

    /// Returns the outcome of its step, for wording.
    pub fn outcome(&self) -> StepOutcome {
        StepOutcome {
            verdict: self.verdict,
            is_open: !self.possible.is_empty(),
            missing: self.missing_time(),
            deviation: self.deviation,
            is_deadline: self.step.is_some_and(PlanStep::is_deadline),
        }
    }

    /// Returns the first of its events with a known time, which determines the verdict.
    pub fn first(&self) -> Option<&'i Event> {
        self.events.iter().copied().find(|event| event.at.is_some())
    }

    /// Returns whether it failed and was not repeated: its last event is a failure.
    pub fn failed(&self) -> bool {
        self.step.is_some() && self.events.last().is_some_and(|event| event.is(&EventType::Failed))
    }

    /// Returns whether its step was given up: skipped, and no event carries it out, though one may say that it failed.
    pub fn is_given_up(&self) -> bool {
        self.step.is_some_and(|step| step.skipped.is_some()) && !self.is_carried_out()
    }

    /// Returns whether it was carried out: some event is not just a start or a failure.
    pub fn is_carried_out(&self) -> bool {
        self.events.iter().any(|event| event.carries_out())
    }

    /// Returns the event that it began with, if it is in progress: neither carried out nor failed since.
    pub fn under_way(&self) -> Option<&'i Event> {
        let last = self.events.last().filter(|last| last.is(&EventType::Started))?;
        (!self.is_carried_out()).then_some(last)
    }

    /// Returns when it was over, if recorded: the latest end of its events. A single event without an end of its own
    /// shows when a step began, not when it was over.
    pub fn end(&self) -> Option<Moment> {
        let several = self.events.len() > 1;
        let ends = self.events.iter().flat_map(|event| {
            let backwards = |until: &Moment| event.at.is_some_and(|at| until.is_before(&at));
            let until = event.until.filter(|until| !backwards(until));
            [until, event.at.filter(|_| several)]
        });
        ends.flatten().max_by_key(Moment::earliest)
    }
}

/// Returns plan and actual in chronological order, without rollbacks that nobody called. A step within `tolerance`
/// seconds of its time is on time; if only days are known, on the same day.
pub fn rows(incident: &Incident, tolerance: i64) -> Vec<Row<'_>> {
    let mut rows = all_rows(incident, tolerance);
    rows.retain(|row| row.verdict != Verdict::NotCalled);
    rows
}

/// Returns the same with the rollbacks that nobody called.
pub fn all_rows(incident: &Incident, tolerance: i64) -> Vec<Row<'_>> {
    #[cfg(test)]
    counted::SORTED.set(counted::SORTED.get() + incident.events.len());
    let events = incident.events_in_time();
    let mut carried_out: HashMap<&str, Vec<&Event>> =
        incident.plan.iter().filter_map(|step| Some((step.id.as_deref()?, Vec::new()))).collect();
    let mut unplanned = Vec::new();
    for event in events {
        let mut planned = false;
        for id in &event.steps {
            let Some(of_step) = carried_out.get_mut(id.as_str()) else { continue };
            planned = true;
            if !of_step.last().is_some_and(|last| std::ptr::eq(*last, event)) {
                of_step.push(event);
            }
        }
        unplanned.extend((!planned).then_some(event));
    }
    let not_called = incident.not_called();
    let planned = incident.steps_in_time().into_iter().map(|step| {
        let events = step.id.as_ref().and_then(|id| carried_out.get(id.as_str()));
        let mut row = planned_row(step, events.cloned().unwrap_or_default(), tolerance);
        if row.is_unrecorded() && not_called(step) {
            row.verdict = Verdict::NotCalled;
        }
        row
    });
    merge(planned.collect(), unplanned)
}

/// Merges the rows: the plan keeps its order; an unplanned event follows the last row that was over by then, and one
/// without a time follows the one shown before it.
fn merge<'i>(planned: Vec<Row<'i>>, unplanned: Vec<&'i Event>) -> Vec<Row<'i>> {
    let reached = reached(&planned);
    let place = |at: &Moment| {
        // It is unknown whether a day was over by an hour of it.
        let is_past = |row: Moment| match row.precision() {
            Precision::Day if at.precision() != Precision::Day => row.is_before(at),
            _ => !row.sorts_after(at),
        };
        let over = reached.iter().rposition(|row| row.is_some_and(is_past));
        over.map_or(0, |row| row + 1)
    };
    let mut above = 0;
    let mut waiting = Vec::new();
    for event in unplanned {
        above = event.at.map_or(above, |at| place(&at));
        waiting.push((above, event));
    }
    waiting.sort_by_key(|(place, _)| *place);
    let mut waiting = waiting.into_iter().peekable();
    let mut rows = Vec::new();
    for (at, row) in planned.into_iter().map(Some).chain([None]).enumerate() {
        while let Some((_, event)) = waiting.next_if(|(place, _)| *place == at) {
            rows.push(unplanned_row(event));
        }
        rows.extend(row);
    }
    rows
}

/// Returns the time reached at each planned row: its first event, else its planned time, but never before that of the
/// row above.
fn reached(planned: &[Row]) -> Vec<Option<Moment>> {
    let mut before: Option<Moment> = None;
    let mut reached = Vec::new();
    for row in planned {
        let actual = row.events.iter().find_map(|event| event.at);
        let planned = row.step.and_then(PlanStep::planned);
        let later = |a: Moment, b: Moment| if b.sorts_after(&a) { b } else { a };
        let here = actual.or_else(|| before.into_iter().chain(planned).reduce(later));
        reached.push(here);
        before = here;
    }
    reached
}

fn unplanned_row(event: &Event) -> Row<'_> {
    Row { verdict: Verdict::Unplanned, ..Row::of(None, vec![event]) }
}

/// Returns the row of a step and the events that carried it out, in order.
pub(super) fn planned_row<'i>(
    step: &'i PlanStep,
    events: Vec<&'i Event>,
    tolerance: i64,
) -> Row<'i> {
    let mut row = Row::of(Some(step), events);
    match step {
        _ if !row.events.is_empty() => {}
        _ if step.skipped.is_some() => row.verdict = Verdict::Skipped,
        _ => {}
    }
    if row.missing_time() == Some(MissingTime::Actual) {
        row.possible = anything(step.is_deadline());
    }
    let Some((first, planned)) = row.start().zip(step.planned()) else { return row };
    row.possible = possible(&first, &planned, tolerance, step.is_deadline());
    if let [certain] = row.possible[..] {
        row.verdict = certain;
        row.possible.clear();
    }
    row.deviation = deviation_between(&first, &planned);
    let first_plan = step.revised.first().map(|revision| revision.from);
    row.first_deviation = row.deviation.and(first_plan).map(|plan| first.since(&plan));
    row.end_deviation =
        step.until.zip(row.end()).and_then(|(planned, end)| deviation_between(&end, &planned));
    row
}

/// Returns the deviation; `None` if only the day is known, and it is the day of an hour that was planned: that may have
/// been kept or not.
fn deviation_between(actual: &Moment, planned: &Moment) -> Option<Elapsed> {
    let deviation = actual.since(planned);
    let same_day = deviation.precision == Precision::Day && deviation.seconds == 0;
    let open =
        same_day && planned.precision() != Precision::Day && actual.precision() == Precision::Day;
    (!open).then_some(deviation)
}

/// Returns all possible verdicts on a step: several if the written precision leaves it open. A planned day or hour is
/// met at any time in it, a deadline at any time before it.
fn possible(actual: &Moment, planned: &Moment, tolerance: i64, is_deadline: bool) -> Vec<Verdict> {
    let Some(deviation) = deviation_between(actual, planned) else { return anything(is_deadline) };
    if deviation.precision == Precision::Day {
        return kept_early(vec![judge(deviation.seconds, 0)], is_deadline);
    }
    let by_the_hour = |at: &Moment| at.precision() == Precision::Hour;
    let tolerance = if by_the_hour(actual) && by_the_hour(planned) { 0 } else { tolerance };
    // An hour includes all of its minutes; minutes and seconds are points, as everywhere.
    let last = |at: &Moment| if by_the_hour(at) { 3599 } else { 0 };
    let start = match deviation.exact() {
        Some(seconds) => seconds,
        None => actual.unix() - planned.unix(),
    };
    let (first, end) = (start, start + last(actual));
    let kept = -tolerance..=last(planned) + tolerance;
    let verdicts = ANYTHING.into_iter().filter(|verdict| match verdict {
        Verdict::Early => first < *kept.start(),
        Verdict::Late => end > *kept.end(),
        _ => first <= *kept.end() && end >= *kept.start(),
    });
    kept_early(verdicts.collect(), is_deadline)
}

/// The possible verdicts if the time is unknown.
const ANYTHING: [Verdict; 3] = [Verdict::Early, Verdict::OnTime, Verdict::Late];

fn anything(is_deadline: bool) -> Vec<Verdict> {
    kept_early(ANYTHING.to_vec(), is_deadline)
}

/// Returns the same for a deadline, which being early meets.
fn kept_early(mut verdicts: Vec<Verdict>, is_deadline: bool) -> Vec<Verdict> {
    let early = verdicts.iter_mut().filter(|verdict| is_deadline && **verdict == Verdict::Early);
    early.for_each(|verdict| *verdict = Verdict::OnTime);
    verdicts.dedup();
    verdicts
}

fn judge(seconds: i64, tolerance: i64) -> Verdict {
    match seconds {
        seconds if seconds.abs() <= tolerance => Verdict::OnTime,
        seconds if seconds < 0 => Verdict::Early,
        _ => Verdict::Late,
    }
}

/// Returns whether an open step is past its time.
pub(super) fn is_over(now: &Moment, planned: &Moment, tolerance: i64) -> bool {
    let (first, last) = planned.seconds();
    match planned.precision() {
        Precision::Day => now.unix() > last,
        Precision::Hour => now.unix() > last + tolerance,
        _ => now.unix() > first + tolerance,
    }
}

/// Whether a step is still to come at `now`: it is planned for later, and nothing has been logged for it.
pub fn is_to_come(row: &Row, now: &Moment, tolerance: i64) -> bool {
    let planned = row.step.and_then(PlanStep::planned);
    row.is_unrecorded() && planned.is_some_and(|at| !is_over(now, &at, tolerance))
}

/// How many planned steps were on time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduleKept {
    /// Steps on time.
    pub on_time: usize,
    /// Steps planned, without those still to come.
    pub planned: usize,
    /// Steps still to come.
    pub to_come: usize,
}

/// Returns steps on time and steps planned, without rollbacks, which no schedule asks for; one that failed and was not
/// repeated does not count as on time, however early it began. `None` without a plan, or if nothing of it has happened yet.
/// With `asked`, the tolerance and the time, steps still to come are not counted.
pub fn schedule_kept(rows: &[Row], asked: Option<(i64, Moment)>) -> Option<ScheduleKept> {
    let is_planned = |row: &&Row| row.step.is_some_and(|step| !step.rollback);
    let planned = || rows.iter().filter(is_planned);
    let is_kept = |row: &&Row| row.verdict == Verdict::OnTime && !row.failed();
    let on_time = planned().filter(is_kept).count();
    let is_left = |row: &&Row| asked.is_some_and(|(by, now)| is_to_come(row, &now, by));
    let to_come = planned().filter(is_left).count();
    let planned = planned().count() - to_come;
    let begun = rows.iter().any(|row| !row.events.is_empty());
    (planned > 0 && begun).then_some(ScheduleKept { on_time, planned, to_come })
}

/// How many events this thread put in order for rows.
#[cfg(test)]
pub(crate) mod counted {
    use std::cell::Cell;

    thread_local! {
        pub(crate) static SORTED: Cell<usize> = const { Cell::new(0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Revision;

    fn moment(text: &str) -> Moment {
        Moment::parse(text, None).unwrap()
    }

    fn step(id: &str, at: &str) -> PlanStep {
        PlanStep { id: Some(id.to_owned()), ..PlanStep::new(moment(at), id) }
    }

    fn event(at: &str, steps: &[&str]) -> Event {
        let steps = steps.iter().map(|s| (*s).to_owned()).collect();
        Event { steps, ..Event::new(moment(at), "x") }
    }

    #[track_caller]
    fn judged(plan: Vec<PlanStep>, events: Vec<Event>, expected: &[(Verdict, Option<i64>)]) {
        let incident = Incident { plan, events, ..Incident::default() };
        let rows = rows(&incident, 300);
        let got: Vec<_> =
            rows.iter().map(|row| (row.verdict, row.deviation.map(|d| d.seconds / 60))).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn six_words() {
        use Verdict::*;
        let deploy = || step("deploy", "2024-09-07T17:30+09:00");
        let at = |time: &str| format!("2024-09-07T{time}+09:00");
        judged(vec![deploy()], vec![event(&at("17:00"), &["deploy"])], &[(Early, Some(-30))]);
        judged(vec![deploy()], vec![event(&at("17:35"), &["deploy"])], &[(OnTime, Some(5))]);
        judged(vec![deploy()], vec![event(&at("17:36"), &["deploy"])], &[(Late, Some(6))]);
        judged(vec![deploy()], vec![], &[(NotRecorded, None)]);
        let skipped =
            PlanStep { skipped: Some(crate::model::Skip { on: None, why: None }), ..deploy() };
        judged(vec![skipped], vec![], &[(Skipped, None)]);
        judged(
            vec![deploy()],
            vec![event(&at("17:10"), &[])],
            &[(Unplanned, None), (NotRecorded, None)],
        );
        judged(
            vec![deploy()],
            vec![event(&at("17:40"), &[])],
            &[(NotRecorded, None), (Unplanned, None)],
        );
        let late = vec![event(&at("20:00"), &["deploy"]), event(&at("19:00"), &[])];
        judged(vec![deploy()], late, &[(Unplanned, None), (Late, Some(150))]);
        judged(vec![], vec![event(&at("17:10"), &["gone"])], &[(Unplanned, None)]);
    }

    #[test]
    fn days_never_become_minutes() {
        let plan = vec![step("final", "2022-10-03")];
        let events = vec![event("2022-10-24", &["final"])];
        judged(plan, events, &[(Verdict::Late, Some(21 * 24 * 60))]);
    }

    #[test]
    fn an_event_of_some_time_that_day_does_not_keep_an_hour() {
        let plan = || vec![step("flag", "2024-09-07T17:00+09:00")];
        judged(plan(), vec![event("2024-09-07", &["flag"])], &[(Verdict::NotRecorded, None)]);
        let late = (Verdict::Late, Some(24 * 60));
        judged(plan(), vec![event("2024-09-08", &["flag"])], &[late]);
        let day = vec![step("flag", "2024-09-07")];
        judged(
            day,
            vec![event("2024-09-07T17:00+09:00", &["flag"])],
            &[(Verdict::OnTime, Some(0))],
        );
    }

    #[test]
    fn an_exact_event_is_not_hidden_by_a_vague_one() {
        let plan = vec![step("flag", "2024-09-07T17:00+09:00")];
        let events =
            vec![event("2024-09-07", &["flag"]), event("2024-09-07T17:10+09:00", &["flag"])];
        judged(plan, events, &[(Verdict::Late, Some(10))]);
    }

    #[test]
    fn what_failed_and_was_not_repeated_is_not_kept() {
        let at = |time: &str| format!("2024-09-07T{time}+09:00");
        let of = |kind, time: &str| Event { kind: Some(kind), ..event(&at(time), &["deploy"]) };
        for (events, kept) in [
            (vec![of(EventType::Failed, "17:30")], 0),
            (vec![of(EventType::Started, "17:30"), of(EventType::Failed, "17:50")], 0),
            (vec![of(EventType::Failed, "17:30"), of(EventType::Done, "17:50")], 1),
            (vec![of(EventType::Done, "17:30")], 1),
        ] {
            let plan = vec![step("deploy", &at("17:30"))];
            let incident = Incident { plan, events, ..Incident::default() };
            let counted = schedule_kept(&rows(&incident, 300), None).unwrap();
            assert_eq!((counted.on_time, counted.planned), (kept, 1), "{:?}", incident.events);
        }
    }

    #[test]
    fn replanned_is_not_late() {
        let revised =
            Revision { until: None, from: moment("2024-09-07T17:00+09:00"), on: None, why: None };
        let plan =
            vec![PlanStep { revised: vec![revised], ..step("deploy", "2024-09-07T17:30+09:00") }];
        let events = vec![event("2024-09-07T17:31+09:00", &["deploy"])];
        let incident = Incident { plan, events, ..Incident::default() };
        let row = &rows(&incident, 300)[0];
        assert_eq!(row.verdict, Verdict::OnTime);
        assert_eq!(row.first_deviation.unwrap().seconds, 31 * 60);
    }

    #[test]
    fn where_only_a_start_is_recorded_there_is_no_end() {
        let window = PlanStep {
            until: Some(moment("2025-01-14T23:00Z")),
            ..step("resize", "2025-01-14T21:00Z")
        };
        let started = event("2025-01-14T21:18Z", &["resize"]);
        let over = event("2025-01-14T21:35Z", &["resize"]);
        let ends = |events: Vec<Event>| {
            let incident = Incident { plan: vec![window.clone()], events, ..Incident::default() };
            let row = &rows(&incident, 300)[0];
            (row.end_deviation.map(|d| d.seconds / 60), row.length().map(|l| l.seconds / 60))
        };
        assert_eq!(ends(vec![started.clone()]), (None, None));
        assert_eq!(ends(vec![started, over]), (Some(-85), Some(17)));
    }

    #[test]
    fn a_window_deviates_at_both_ends() {
        let window = PlanStep {
            until: Some(moment("2025-01-14T23:00Z")),
            ..step("resize", "2025-01-14T21:00Z")
        };
        let done = Event {
            until: Some(moment("2025-01-14T21:35Z")),
            ..event("2025-01-14T21:18Z", &["resize"])
        };
        let incident = Incident { plan: vec![window], events: vec![done], ..Incident::default() };
        let row = &rows(&incident, 300)[0];
        assert_eq!(row.deviation.unwrap().seconds, 18 * 60);
        assert_eq!(row.end_deviation.unwrap().seconds, -85 * 60);
    }
}
