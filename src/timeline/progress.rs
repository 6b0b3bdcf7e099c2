//! The progress of a plan at a moment: what is due next, what is overdue, how late it runs.

use std::collections::HashSet;

use crate::lang::Standing;
use crate::model::{Elapsed, Event, Incident, Moment, PlanStep, Verdict};

use super::alignment::{candidates, suggestions};
use super::likeness::Aliases;
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
    /// Overdue steps, and steps without an event, that may have been carried out; each with the event that may have done
    /// it but names no step.
    pub perhaps: Vec<(&'i PlanStep, &'i Event)>,
    /// Steps without an event although a later one was carried out or the record has ended; they need not be late.
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
    /// How late the release runs; `None` for a silent one with overdue steps. A step that may have been carried out does
    /// not show it.
    pub running: Option<Running<'i>>,
    /// Whether nothing happened or was planned in the last two weeks.
    pub is_silent: bool,
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

impl Progress<'_> {
    /// Whether a step failed, and was neither done nor given up since.
    pub fn has_failed(&self, step: &PlanStep) -> bool {
        holds(&self.failed, step)
    }

    /// Returns the event that names no step, but may have carried out this one.
    pub fn perhaps_done_by(&self, step: &PlanStep) -> Option<&Event> {
        self.perhaps.iter().find(|(one, _)| std::ptr::eq(*one, step)).map(|(_, event)| *event)
    }
}

/// Returns the progress of a plan at `now`. A step is overdue when `tolerance` seconds have passed since its time; if
/// it is planned by day or hour, when that is over. How late the release runs is determined by the last step that was
/// carried out, or by the longest overdue one if that is more.
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
    let goes_on = incident.is_open();
    let waits = Waits::of(incident);
    let of = (incident, &waits);
    let proven = |(step, at): &With<Moment>| !goes_on || is_proven(&planned, (step, at), of);
    let (not_logged, overdue): (Vec<_>, Vec<_>) = passed.into_iter().partition(proven);
    let overdue: Vec<(&PlanStep, Elapsed)> =
        overdue.into_iter().map(|(step, at)| (step, now.since(&at))).collect();
    let current = current(&planned, (overdue.as_slice(), not_logged.as_slice()), of);
    let is_current = |(step, _): &(&PlanStep, Moment)| {
        current.is_some_and(|(current, _)| std::ptr::eq(current, *step))
    };
    // An hour on a day ends before the day.
    let soonest = |(step, at): &(&PlanStep, Moment)| (!is_current(&(step, *at)), at.seconds().1);
    let may_come = |(step, _): &(&PlanStep, Moment)| !waits_for(step, &failed, of);
    let next = ahead.iter().copied().filter(may_come).min_by_key(soonest);
    let is_silent = is_silent(incident, &now);
    let unclear = overdue.iter().map(|(step, _)| *step);
    let unclear = unclear.chain(not_logged.iter().map(|(step, _)| *step));
    let perhaps = aliases.map(|it| perhaps_done(incident, &unclear.collect::<Vec<_>>(), it));
    let perhaps = perhaps.unwrap_or_default();
    let longest = longest_overdue(&overdue, &perhaps);
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
        not_logged: not_logged.into_iter().map(|(step, _)| step).collect(),
        without_time,
        failed,
        rollback,
        running: running(&planned, longest).filter(|_| !is_silent || overdue.is_empty()),
        overdue,
        perhaps,
        is_silent,
    }
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
    let before = place.map(|place| waits.before(place)).unwrap_or_default();
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
    (overdue, not_logged): (&[With<'i, Elapsed>], &[With<'i, Moment>]),
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
        () if not_logged.iter().any(|(other, _)| std::ptr::eq(*other, step)) => {
            Standing::NotRecorded
        }
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
        let before = place(step).map(|place| waits.before(place)).unwrap_or_default();
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
        // Two weeks later nobody is about to carry it out: it is not done, and not later with every day.
        let later = |day: &str| {
            let now = Moment::parse(&format!("2024-09-{day}T17:59+09:00"), None).unwrap();
            let progress = progress(&incident, now, 300);
            (progress.running.is_some(), progress.overdue.len(), progress.is_silent)
        };
        assert_eq!(later("21"), (true, 3, false));
        assert_eq!(later("22"), (false, 3, true));
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
