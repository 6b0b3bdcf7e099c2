//! Changes one step of a plan: moves it, or gives it up.

use crate::fault::{Fault, Field, PlanFault};
use crate::format::step_item;
use crate::lang::{Aim, CountedFrom, Frame};
use crate::model::{Event, EventType, Incident, Moment, PlanStep, Precision, Skip, Zone};
use crate::yaml::{Change, Path, Value, key_changes};

use super::super::changes::events_of_step;
use super::super::steps::step_place;
use super::super::texts::optional;
use super::super::when::{frame, read_time, split_line};
use super::super::workspace::{Outcome, Target};
use super::step::{exact, window_end};

/// A new time for a step.
#[derive(Debug, Default)]
pub struct MoveRequest {
    /// The step, as typed.
    pub step: String,
    /// The new time, as typed.
    pub at: String,
    /// The new end of its window, as typed; if `None`, the window moves as a whole.
    pub until: Option<String>,
    /// Why the plan was changed.
    pub why: Option<String>,
    /// When that was decided, as typed; the moment of the operation if `None`.
    pub on: Option<String>,
}

/// A step with a new time.
#[derive(Debug)]
pub struct Moved {
    /// Its text.
    pub text: String,
    /// The former time.
    pub from: Option<Moment>,
    /// The new time.
    pub at: Moment,
    /// The new end of its window.
    pub until: Option<Moment>,
    /// The zone that its times were read in.
    pub zone: Zone,
    /// What the times were counted from, for relative ones.
    pub counted: Vec<CountedFrom>,
    /// Its deadline, if it is before the new time.
    pub missed_due: Option<Moment>,
}

/// A step to be given up.
#[derive(Debug, Default)]
pub struct SkipRequest {
    /// The step, as typed.
    pub step: String,
    /// Why.
    pub why: Option<String>,
    /// When that was decided, as typed; the moment of the operation if `None`.
    pub on: Option<String>,
}

/// A step that was given up, resumed or removed.
#[derive(Debug)]
pub struct Skipped {
    /// Its text.
    pub text: String,
    /// When it was planned for.
    pub at: Option<Moment>,
    /// The zone of its times.
    pub zone: Zone,
    /// Why it was skipped, if that was given.
    pub why: Option<String>,
}

/// Moves a step to another time; the first plan is kept beside it.
///
/// # Errors
/// No step matches, a time is invalid or unchanged, or the record cannot be written.
pub fn move_step(target: &Target, request: &MoveRequest) -> Outcome<Moved> {
    let wanted = (request.step.as_str(), request.on.as_deref());
    change_step(target, "plan move", wanted, |(incident, place), frame, on| {
        let step = &incident.plan[place];
        let from = step.planned();
        let moved = frame.aimed(from.map_or(Aim::Planned, Aim::Moved));
        let typed = exact(read_time(&request.at, &moved, Field::Unnamed)?, Field::Unnamed)?;
        let at = typed.moment;
        let until = match &request.until {
            Some(end) => Some(window_end(end, frame, &typed)?),
            None => None,
        };
        let end_moves = until.is_some_and(|until| Some(until.moment) != step.until);
        if Some(at) == from && !end_moves {
            return Err(PlanFault::SameTime { at, zone: frame.zone }.into());
        }
        let mut counted: Vec<CountedFrom> = typed.counted_from.into_iter().collect();
        counted.extend(until.and_then(|until| until.counted_from));
        let until = until.map(|until| until.moment).or_else(|| end_after(step, &at, frame.zone));
        let why = reason(request.why.as_deref())?;
        let changes = changed(place, step, &planned_at(step, at, until), (on, why));
        let (text, zone) = (step.text.clone(), frame.zone);
        let missed_due = missed_due(step, &at);
        Ok((changes, Moved { text, from, at, until, zone, counted, missed_due }))
    })
}

/// Returns the deadline of a step that has a time as well, if it is before a new time.
pub(super) fn missed_due(step: &PlanStep, at: &Moment) -> Option<Moment> {
    let due = step.due.filter(|_| !step.is_deadline())?;
    (at.unix() > due.seconds().1).then_some(due)
}

/// Splits words into by how much or until when a step is moved, as for [`move_step`], and the rest. An amount without a
/// sign makes it later. `None` if they do not begin with a time.
pub fn delay_in<'w>(
    target: &Target,
    (incident, step): (&Incident, &PlanStep),
    words: &'w str,
) -> Option<(String, &'w str)> {
    let aim = step.planned().map_or(Aim::Planned, Aim::Moved);
    let frame = frame(target.workspace.now, target.zone(incident), incident, aim);
    let later = format!("+{words}");
    let lines = if words.starts_with(['+', '-']) { [words, words] } else { [&*later, words] };
    lines.into_iter().find_map(|line| {
        let lead = split_line(line, &frame, Field::At).ok()??;
        read_time(&lead.start, &frame, Field::Unnamed).ok()?;
        let is_whole = lead.end.is_none() && !lead.is_due;
        is_whole.then(|| (lead.start, &words[words.len() - lead.text.len()..]))
    })
}

/// Returns the changes that give the step at an index the values of `new`. If its time changes, the former one is kept
/// as a revision made at that moment.
pub(super) fn changed(
    place: usize,
    step: &PlanStep,
    new: &PlanStep,
    (on, why): (Value, Option<(String, Value)>),
) -> Vec<Change> {
    let path = path(place);
    let is_moved = (step.planned(), step.until) != (new.planned(), new.until);
    let mut revision = was(["from", "precision"], step.planned());
    revision.extend(was(["until", "until_precision"], step.until));
    revision.push(("on".to_owned(), on));
    revision.extend(why);
    let count = step.revised.len();
    let revised = || Change::insert(path.clone(), "revised", count, Value::Map(revision));
    let keys = |step: &PlanStep| match step_item(step) {
        Value::Map(keys) => keys,
        _ => Vec::new(),
    };
    let revised = step.planned().filter(|_| is_moved).map(|_| revised());
    revised.into_iter().chain(key_changes(&path, &keys(step), &keys(new))).collect()
}

/// Returns the step planned for another time.
pub(super) fn planned_at(step: &PlanStep, at: Moment, until: Option<Moment>) -> PlanStep {
    let (begins, due) = match step.is_deadline() {
        true => (None, Some(at)),
        false => (Some(at), step.due),
    };
    PlanStep { at: begins, due, until, ..step.clone() }
}

/// Returns the end of a step's window after a change of its beginning.
pub(super) fn end_after(step: &PlanStep, at: &Moment, zone: Zone) -> Option<Moment> {
    let window = step.planned().zip(step.until);
    window.map(|(from, until)| moved_end(&from, &until, at, zone))
}

/// Returns the end of a window after a change of its beginning: its length in wall-clock time is unchanged.
fn moved_end(from: &Moment, until: &Moment, at: &Moment, zone: Zone) -> Moment {
    let length = until.wall_since(from, Some(zone));
    if until.precision() == Precision::Day {
        let day = at.clock(Some(zone)).day.plus(length.seconds / 86_400);
        return Moment::of_day(day, Some(zone));
    }
    // If the beginning is known by the hour, the length is counted from the beginning of that hour.
    let by_hour = from.precision() == Precision::Hour && length.precision == Precision::Hour;
    let seconds = length.seconds + if by_hour { 3_600 } else { 0 };
    let end = at.wall_plus(seconds, Some(zone));
    let end = end.unwrap_or_else(|_| at.elapsed_in(seconds, Some(zone)));
    if length.open > 0 { end.by_the_hour() } else { end }
}

/// Returns the keys for a former time; if only its hour was planned, they say so, since the digits do not.
fn was([key, precision]: [&str; 2], at: Option<Moment>) -> Vec<(String, Value)> {
    let hour = at.filter(|at| at.precision() == Precision::Hour);
    let time = at.map(|at| (key.to_owned(), Value::text(at.written())));
    let hour = hour.map(|_| (precision.to_owned(), Value::text("hour")));
    time.into_iter().chain(hour).collect()
}

/// Gives a step up; it stays in the plan as skipped. One that was skipped without a reason gets it.
///
/// # Errors
/// No step matches, it was skipped or carried out already, or the record cannot be written.
pub fn skip_step(target: &Target, request: &SkipRequest) -> Outcome<Skipped> {
    let wanted = (request.step.as_str(), request.on.as_deref());
    change_step(target, "plan skip", wanted, |(incident, place), frame, on| {
        let step = &incident.plan[place];
        if let Some(Skip { why: None, on: known }) = &step.skipped
            && request.why.is_some()
        {
            let on = known.map_or(on, |known| Value::text(known.written()));
            let (change, skipped) = skipped((step, place), (on, request), frame.zone)?;
            return Ok((vec![change], skipped));
        }
        if step.skipped.is_some() {
            return Err(PlanFault::SkippedAlready { text: step.text.clone() }.into());
        }
        // A step may be given up after it failed.
        if incident.last_event_of(step).is_some_and(Event::carries_out) {
            return Err(PlanFault::DoneAlready { text: step.text.clone() }.into());
        }
        let (change, skipped) = skipped((step, place), (on, request), frame.zone)?;
        Ok((vec![change], skipped))
    })
}

/// Gives up, in one change, every step that was neither carried out, started nor skipped. Rollback steps that nobody
/// called are unchanged. The step of the request is ignored.
///
/// # Errors
/// No step is left, or the record cannot be written.
pub fn skip_rest(target: &Target, request: &SkipRequest) -> Outcome<Vec<Skipped>> {
    let now = target.workspace.now;
    target.change("plan skip", |document| {
        let incident = &document.incident;
        let zone = target.zone(incident);
        let past = frame(now, zone, incident, Aim::Happened);
        let on = decided(now, request.on.as_deref(), &past)?;
        let is_left = |step: &PlanStep| match incident.last_event_of(step) {
            _ if step.skipped.is_some() => false,
            None => !step.rollback,
            Some(last) => last.is(&EventType::Failed),
        };
        let left = incident.plan.iter().zip(0..).filter(|(step, _)| is_left(step));
        let given_up = left.map(|step| skipped(step, (on.clone(), request), zone));
        let given_up = given_up.collect::<Result<Vec<_>, _>>()?;
        match given_up.is_empty() {
            true => Err(PlanFault::NothingToSkip.into()),
            false => Ok(given_up.into_iter().unzip()),
        }
    })
}

/// Returns the change that gives up the step at an index.
fn skipped(
    (step, place): (&PlanStep, usize),
    (on, request): (Value, &SkipRequest),
    zone: Zone,
) -> Result<(Change, Skipped), Fault> {
    let mut skipped = vec![("on".to_owned(), on)];
    let reason = reason(request.why.as_deref())?;
    let why = reason.as_ref().and_then(|(_, why)| Some(why.lone()?.to_owned()));
    skipped.extend(reason);
    let change = Change::set(path(place), "skipped", Value::Map(skipped));
    Ok((change, Skipped { text: step.text.clone(), at: step.planned(), zone, why }))
}

/// Resumes a step that was given up.
///
/// # Errors
/// No step matches, it was not skipped, or the record cannot be written.
pub fn unskip_step(target: &Target, step: &str) -> Outcome<Skipped> {
    change_step(target, "plan unskip", (step, None), |(incident, place), frame, _| {
        let step = &incident.plan[place];
        if step.skipped.is_none() {
            return Err(PlanFault::NotSkipped { text: step.text.clone() }.into());
        }
        let (text, at, zone) = (step.text.clone(), step.planned(), frame.zone);
        let skipped = Skipped { text, at, zone, why: None };
        Ok((vec![Change::unset(path(place), "skipped")], skipped))
    })
}

/// Removes a step from the plan, as if it had never been planned.
///
/// # Errors
/// No step matches, events carry it out, or the record cannot be written.
pub fn remove_step(target: &Target, step: &str) -> Outcome<Skipped> {
    target.change("plan remove", |document| {
        let incident = &document.incident;
        let place = step_place(incident, step, Field::Unnamed)?;
        let (change, removed) = removed(incident, place, target.zone(incident))?;
        refuse_waited_for(&incident.plan, &incident.plan[place])?;
        Ok((vec![change], removed))
    })
}

/// Returns the change that removes the step at an index.
pub(super) fn removed(
    incident: &Incident,
    place: usize,
    zone: Zone,
) -> Result<(Change, Skipped), Fault> {
    let step = &incident.plan[place];
    let events = step.id.as_deref().map_or_else(Vec::new, |id| events_of_step(incident, id));
    if !events.is_empty() {
        return Err(PlanFault::CarriedOut { text: step.text.clone(), events }.into());
    }
    let removed = Skipped { text: step.text.clone(), at: step.planned(), zone, why: None };
    Ok((Change::remove(Vec::new(), "plan", place), removed))
}

/// Refuses to remove a step that others of a plan are to begin after.
///
/// # Errors
/// There are some.
pub(super) fn refuse_waited_for(plan: &[PlanStep], gone: &PlanStep) -> Result<(), Fault> {
    let waits = |step: &&PlanStep| step.after.iter().any(|it| Some(&it.step) == gone.id.as_ref());
    let waiting = plan.iter().filter(waits);
    let waiting: Vec<String> =
        waiting.map(|step| step.id.as_ref().unwrap_or(&step.text).clone()).collect();
    match waiting.is_empty() {
        true => Ok(()),
        false => Err(PlanFault::WaitedFor { text: gone.text.clone(), waiting }.into()),
    }
}

pub(super) fn reason(why: Option<&str>) -> Result<Option<(String, Value)>, Fault> {
    let why = optional(Field::Reason, why)?;
    Ok(why.map(|why| ("why".to_owned(), Value::text(why))))
}

/// Changes a step, as decided at the typed moment. `make` gets the record, the step's index, the frame and the moment
/// of the decision, and returns the changes and a description of them.
fn change_step<T>(
    target: &Target,
    verb: &'static str,
    (step, on): (&str, Option<&str>),
    make: impl Fn((&Incident, usize), &Frame, Value) -> Result<(Vec<Change>, T), Fault>,
) -> Outcome<T> {
    let now = target.workspace.now;
    target.change(verb, |document| {
        let incident = &document.incident;
        let zone = target.zone(incident);
        let past = frame(now, zone, incident, Aim::Happened);
        let frame = frame(now, zone, incident, Aim::Planned);
        let decided = decided(now, on, &past)?;
        let place = step_place(incident, step, Field::Unnamed)?;
        make((incident, place), &frame, decided)
    })
}

fn path(place: usize) -> Path {
    vec![("plan".to_owned(), Some(place))]
}

/// Returns when a change of the plan was decided: as typed, else now.
pub(super) fn decided(now: Moment, on: Option<&str>, past: &Frame) -> Result<Value, Fault> {
    let moment = match on {
        None => now.seen_in(past.zone).at_most(Precision::Minute),
        Some(text) => read_time(text, past, Field::On)?.moment,
    };
    Ok(Value::text(moment.written()))
}

#[cfg(test)]
mod tests {
    use super::super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "\
title: 출시
kind: release
date: 2024-09-07
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T17:30+09:00
    until: 2024-09-07T18:00+09:00
    id: deploy
    text: 앱 배포
  - at: 2024-09-08
    until: 2024-09-09
    text: 확인
";

    #[test]
    fn a_window_moves_as_a_whole_unless_its_end_is_given() {
        for (step, at, until, end) in [
            ("deploy", "18:00", None, "2024-09-07T18:30+09:00"),
            ("deploy", "18:00", Some("19:00"), "2024-09-07T19:00+09:00"),
            ("확인", "2024-09-10 09:00", None, "2024-09-11"),
        ] {
            let trial = Trial::of(RECORD);
            let request = MoveRequest {
                step: step.to_owned(),
                at: at.to_owned(),
                until: until.map(str::to_owned),
                why: Some("later".to_owned()),
                on: None,
            };
            let (saved, moved) = move_step(&trial.target, &request).unwrap();
            let written = moved.until.map(|until| until.written());
            assert_eq!(written.as_deref(), Some(end), "{step} {at}");
            let after = saved.after.incident;
            let revised =
                &after.plan.iter().find(|planned| planned.text == moved.text).unwrap().revised;
            assert_eq!(revised[0].why.as_deref(), Some("later"));
        }
    }

    #[test]
    fn the_end_of_a_window_is_revised_alone() {
        let trial = Trial::of(RECORD);
        let request = MoveRequest {
            step: "deploy".to_owned(),
            at: "17:30".to_owned(),
            until: Some("18:20".to_owned()),
            ..MoveRequest::default()
        };
        let (saved, _) = move_step(&trial.target, &request).unwrap();
        let step = saved.after.incident.step("deploy").unwrap().clone();
        let ends = [step.until, step.revised[0].until].map(|end| end.map(|end| end.written()));
        let written = |clock: &str| Some(format!("2024-09-07T{clock}+09:00"));
        assert_eq!(ends, [written("18:20"), written("18:00")]);
        assert_eq!(Some(step.revised[0].from), step.at);
    }

    #[test]
    fn an_hour_that_was_planned_stays_one() {
        let hours = RECORD.replace(
            "    id: deploy\n",
            "    precision: hour\n    until_precision: hour\n    id: deploy\n",
        );
        let trial = Trial::of(&hours);
        let request = MoveRequest {
            step: "deploy".to_owned(),
            at: "19:10".to_owned(),
            ..MoveRequest::default()
        };
        let (saved, _) = move_step(&trial.target, &request).unwrap();
        let revised = saved.after.incident.step("deploy").unwrap().revised[0].clone();
        let precisions = [Some(revised.from), revised.until].map(|at| at.map(|at| at.precision()));
        assert_eq!(precisions, [Some(Precision::Hour); 2]);
    }

    #[test]
    fn a_delay_is_split_from_its_reason() {
        let trial = Trial::of(RECORD);
        let incident = trial.target.workspace.project.load(&trial.target.record).unwrap();
        let incident = incident.document.incident;
        for (words, expected) in [
            ("+20m the build", Some(("+20m", "the build"))),
            ("20m the build", Some(("+20m", "the build"))),
            ("20분 빌드가 늦습니다", Some(("+20분", "빌드가 늦습니다"))),
            ("-10m", Some(("-10m", ""))),
            ("18:40 심사", Some(("18:40", "심사"))),
            ("오후 6시 40분 심사", Some(("오후 6시 40분", "심사"))),
            ("tomorrow 18:00", Some(("tomorrow 18:00", ""))),
            ("+30", None),
            ("soon", None),
            ("심사가 늦어집니다", None),
            ("", None),
        ] {
            let split = delay_in(&trial.target, (&incident, &incident.plan[0]), words);
            let split = split.as_ref().map(|(at, why)| (at.as_str(), *why));
            assert_eq!(split, expected, "{words:?}");
        }
    }

    #[test]
    fn what_is_so_already_is_refused() {
        let trial = Trial::of(RECORD);
        let target = &trial.target;
        let to = |at: &str, until: Option<&str>| MoveRequest {
            step: "deploy".to_owned(),
            at: at.to_owned(),
            until: until.map(str::to_owned),
            ..MoveRequest::default()
        };
        let same = move_step(target, &to("17:30", None)).unwrap_err();
        assert!(matches!(same, Fault::Plan(PlanFault::SameTime { .. })), "{same:?}");
        let early = move_step(target, &to("18:00", Some("17:00"))).unwrap_err();
        assert!(matches!(early, Fault::Plan(PlanFault::EndsBeforeItBegins)), "{early:?}");
        assert_eq!(trial.text(), RECORD);
        let skip = SkipRequest { step: "배포".to_owned(), ..SkipRequest::default() };
        assert_eq!(skip_step(target, &skip).unwrap().1.text, "앱 배포");
        let again = skip_step(target, &skip).unwrap_err();
        let Fault::Plan(PlanFault::SkippedAlready { text }) = again else { panic!("{again:?}") };
        assert_eq!(text, "앱 배포");
        // The reason is given later; it is not replaced by another one.
        let with_why = |why: &str| SkipRequest {
            step: "배포".to_owned(),
            why: Some(why.to_owned()),
            ..SkipRequest::default()
        };
        let on = trial.document().incident.plan.iter().find_map(|step| step.skipped.clone()?.on);
        assert_eq!(skip_step(target, &with_why("비")).unwrap().1.why.as_deref(), Some("비"));
        let skip = trial.document().incident.plan.iter().find_map(|step| step.skipped.clone());
        assert_eq!(skip, Some(Skip { on, why: Some("비".to_owned()) }));
        let other = skip_step(target, &with_why("눈")).unwrap_err();
        assert!(matches!(other, Fault::Plan(PlanFault::SkippedAlready { .. })), "{other:?}");
    }
}
