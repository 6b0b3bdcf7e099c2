//! Closes records, reopens them, and archives them.

use crate::fault::{Fault, StateFault};
use crate::format::{ARCHIVE, Joint};
use crate::lang::documents_for;
use crate::model::{Event, EventType, Incident, Moment, PlanStep, Zone};
use crate::publish::{StatusLag, status_lag};
use crate::store::{Edit, Noted, RecordName, Saved};
use crate::timeline::public_updates;
use crate::yaml::{Change, Value};

use super::log::{LogOutcome, LogRequest, log};
use super::turns::{half_way, number_in, take_part_back};
use super::undo::leave;
use super::workspace::{Outcome, Target};

/// What a record lacked when it was closed.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOpen {
    /// The latest beginning, if the record is still open since that is later than the closing.
    pub begun_later: Option<Event>,
    /// The latest event after its closing, if its time was typed. Public updates come afterwards.
    pub went_on: Option<Event>,
    /// The zone of the record's times.
    pub zone: Zone,
    /// Whether it had a beginning, but no event says when it was resolved.
    pub unresolved: bool,
    /// The ids, else texts, of planned steps that were neither carried out nor given up.
    pub steps: Vec<String>,
    /// How many actions are not done.
    pub actions: usize,
    /// When the public was promised an update that it did not get.
    pub promised: Option<Moment>,
    /// Its latest event's time and the seconds since, if the time of closing was not typed.
    pub silence: Option<(i64, Moment)>,
}

/// Returns how public pages lag behind a record since this change.
pub fn lag_begun(saved: &Saved) -> Option<StatusLag<'_>> {
    let now = status_lag(&saved.after.incident)?;
    let was = status_lag(&saved.before.incident);
    let is_same = was.is_some_and(|was| (was.shown, was.known) == (now.shown.clone(), now.known));
    (!is_same).then_some(now)
}

/// Closes a record; `event` is what was typed, with a default type.
///
/// # Errors
/// It is closed already, or the event is refused.
pub fn close(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    logged(target, closing(target, event)?)
}

/// Returns the event that closes a record; `event` is what was typed, with a default text.
///
/// # Errors
/// It is closed already.
pub fn closing(target: &Target, event: LogRequest) -> Result<LogRequest, Fault> {
    let word = |incident: &Incident| {
        (documents_for(incident.language.as_deref()).event_type)(&EventType::Closed)
    };
    let closed = StateFault::Closed { record: target.record.id.clone() };
    // A record that has ended, because its whole plan was done or it was resolved, may still be closed.
    let is_closed = |incident: &Incident| {
        !incident.is_open() && !incident.archived && incident.state().1 == Some(&EventType::Closed)
    };
    turn(target, EventType::Closed, event, &word, (&is_closed, closed))
}

/// Reopens a record: the problem continues, or has returned.
///
/// # Errors
/// It is open already, or the event is refused.
pub fn reopen(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    let word = |incident: &Incident| {
        documents_for(incident.language.as_deref()).labels.open_again.to_owned()
    };
    let open = StateFault::Open { record: target.record.id.clone() };
    let was_current = Some(target.workspace.project.chosen().unwrap_or_default());
    let event = LogRequest { was_current, ..event };
    logged(target, turn(target, EventType::Declared, event, &word, (&Incident::is_going_on, open))?)
}

/// Logs an event. If the record cannot be read, it is kept beside it.
fn logged(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    let outcome = log(target, &event)?;
    Ok((event, outcome))
}

/// Returns the event for a milestone, unless the record is in that state already.
fn turn(
    target: &Target,
    kind: EventType,
    event: LogRequest,
    word: &dyn Fn(&Incident) -> String,
    (is_so, already): (&dyn Fn(&Incident) -> bool, StateFault),
) -> Result<LogRequest, Fault> {
    let loaded = target.workspace.project.load(&target.record).ok();
    if loaded.as_ref().is_some_and(|loaded| is_so(&loaded.document.incident)) {
        return Err(already.into());
    }
    let incident = loaded.map(|loaded| loaded.document.incident).unwrap_or_default();
    if incident.archived {
        return Err(StateFault::Archived { record: target.record.id.clone() }.into());
    }
    let text = if event.text.is_empty() { word(&incident) } else { event.text };
    Ok(LogRequest { text, kind: Some(kind), tells_status: true, ..event })
}

/// Archives records, or restores them, as one change; returns for each whether it was open.
///
/// # Errors
/// One of them is in that state already, or cannot be written; then none is changed.
pub fn archive(targets: &[Target], back: bool) -> Result<Vec<(Saved, bool)>, Fault> {
    let (joint, _alone) = match targets {
        [first, _, ..] => {
            let records: Vec<&RecordName> = targets.iter().map(|target| &target.record).collect();
            let (joint, alone) = first.joint(&records)?;
            (Some(joint), Some(alone))
        }
        _ => (None, None),
    };
    if joint.is_some() {
        for target in targets {
            archive_one(&target.rehearsed(), back, None)?;
        }
    }
    let mut done = Vec::new();
    for (place, target) in targets.iter().enumerate() {
        match archive_one(target, back, joint.as_ref()) {
            Ok(archived) => done.push(archived),
            Err(why) => return Err(given_up(&targets[..place], target, joint.as_ref(), why)),
        }
    }
    Ok(done)
}

/// Returns why not all records were archived, or restored, after those that were are as before. If that fails, the fault
/// says so.
fn given_up(done: &[Target], at: &Target, joint: Option<&Joint>, why: Fault) -> Fault {
    let stays = |target: &&Target| joint.is_some_and(|it| take_part_back(target, it).is_err());
    let turned: Vec<&Target> = done.iter().filter(stays).collect();
    let undo = turned.first().zip(joint).and_then(|(target, joint)| number_in(target, joint));
    let turned = turned.into_iter().map(|target| target.record.id.clone()).collect();
    half_way(turned, at.record.id.clone(), (false, undo), why)
}

fn archive_one(target: &Target, back: bool, joint: Option<&Joint>) -> Outcome<bool> {
    const KEY: &str = "archived";
    let record = || target.record.id.clone();
    let current = target.workspace.project.chosen().filter(|id| !back && *id == target.record.id);
    let archived = target.update(ARCHIVE, |document| {
        let change = match (back, document.incident.archived) {
            (false, true) => return Err(StateFault::Archived { record: record() }.into()),
            (true, false) => return Err(StateFault::NotArchived { record: record() }.into()),
            (false, false) => Change::set(Vec::new(), KEY, Value::text("true")),
            (true, true) => Change::unset(Vec::new(), KEY),
        };
        let noted = Noted { current: current.clone(), joint: joint.cloned(), ..Noted::default() };
        Ok((Edit::Changes(vec![change]), noted, document.incident.is_open()))
    })?;
    if !back {
        leave(target, None);
    }
    Ok(archived)
}

/// Returns the latest end of a record that was reopened, with the zone of its times, if it is still ended since that end
/// is later than the reopening.
pub fn still_ended(target: &Target, after: &Incident) -> Option<(Event, Zone)> {
    let ends = |event: &&&Event| event.kind.as_ref().is_some_and(EventType::is_end);
    let events = after.events_in_time();
    let end = events.iter().rev().find(ends).filter(|_| !after.is_open())?;
    Some(((*end).clone(), target.zone(after)))
}

/// Returns the later milestone that still decides the status of a record after an event that states one, with the zone of
/// its times; `None` if the event decides it.
pub fn later_status(target: &Target, after: &Incident, event: &Event) -> Option<(Event, Zone)> {
    let last = after.last_milestone().filter(|last| Some(*last) != event.kind.as_ref())?;
    let in_time = after.events_in_time();
    let later = in_time.into_iter().rev().find(|other| other.kind.as_ref() == Some(last))?;
    Some((later.clone(), target.zone(after)))
}

/// Returns what a record that was closed by that request lacks, given its content before and after.
pub fn left_open(
    target: &Target,
    (before, after): (&Incident, &Incident),
    request: &LogRequest,
) -> LeftOpen {
    let begun = [EventType::ImpactStart, EventType::Detected, EventType::Declared];
    let begins = |event: &&&Event| event.kind.as_ref().is_some_and(EventType::is_beginning);
    let events = after.events_in_time();
    let latest_begun = events.iter().rev().find(begins).filter(|_| after.is_open());
    let settled = before.settled();
    let name = |step: &PlanStep| step.id.as_ref().unwrap_or(&step.text).clone();
    let latest = before.events.iter().filter_map(|event| event.at).max_by_key(Moment::unix);
    let silence = latest.map(|latest| (target.workspace.now.unix() - latest.unix(), latest));
    LeftOpen {
        went_on: request.at.as_ref().and_then(|_| after_closing(after)).cloned(),
        begun_later: latest_begun.map(|event| (*event).clone()),
        zone: target.zone(before),
        unresolved: begun.iter().any(|kind| before.first(kind).is_some())
            && before.first(&EventType::Resolved).is_none(),
        steps: before.plan.iter().filter(|step| !settled(step)).map(name).collect(),
        actions: before.actions.iter().filter(|action| action.done.is_none()).count(),
        promised: public_updates(before)
            .promised
            .filter(|_| public_updates(after).promised.is_none()),
        silence: silence.filter(|(seconds, _)| request.at.is_none() && *seconds > 86_400),
    }
}

/// Returns the latest event of a record after it was closed, if any is: neither a public update nor a milestone, which says
/// itself what the record's state is.
fn after_closing(incident: &Incident) -> Option<&Event> {
    let events = incident.events_in_time();
    let closed = events.iter().rev().find(|event| event.is(&EventType::Closed))?.at?.unix();
    let is_public = |event: &&Event| {
        [EventType::Announced, EventType::Communication].iter().any(|kind| event.is(kind))
    };
    let is_later = |event: &&Event| event.at.is_some_and(|at| at.unix() > closed);
    let is_milestone = |event: &Event| event.kind.as_ref().is_some_and(EventType::is_milestone);
    let mut later = events.into_iter().rev().take_while(is_later).filter(|event| !is_public(event));
    later.next().filter(|event| !is_milestone(event))
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::super::undo::Turn;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T18:00+09:00
    text: deploy
events:
  - at: 2024-09-07T18:10+09:00
    text: 5xx
    type: detected
actions:
  - text: page
";

    #[test]
    fn an_archived_record_is_not_open_and_comes_back_as_it_was() {
        let trial = Trial::of(RECORD);
        let project = &trial.target.workspace.project;
        project.choose(&trial.target.record.id).unwrap();
        let (_, was_open) = archive_one(&trial.target, false, None).unwrap();
        assert!(was_open && !trial.document().incident.is_going_on());
        assert!(trial.document().incident.is_open(), "nobody said that it is over");
        assert_eq!(project.chosen(), None, "nobody works on it");
        assert_eq!(trial.text(), RECORD.replace("plan:", "archived: true\nplan:"));
        let state = |outcome: Result<_, Fault>| match outcome {
            Err(Fault::State(fault)) => fault,
            _ => panic!("it was done"),
        };
        let record = trial.target.record.id.clone();
        let archived = StateFault::Archived { record: record.clone() };
        assert_eq!(state(archive_one(&trial.target, false, None).map(drop)), archived);
        assert_eq!(state(reopen(&trial.target, event("again")).map(drop)), archived);
        archive_one(&trial.target, true, None).unwrap();
        assert_eq!(trial.text(), RECORD);
        let fault = state(archive_one(&trial.target, true, None).map(drop));
        assert_eq!(fault, StateFault::NotArchived { record });
        for text in [RECORD.replace("plan:", "archived: true\nplan:"), RECORD.to_owned()] {
            undo(&trial.target, Turn::Back(1)).unwrap();
            assert_eq!(trial.text(), text);
        }
    }

    fn event(text: &str) -> LogRequest {
        LogRequest { text: text.to_owned(), ..LogRequest::default() }
    }

    #[test]
    fn a_record_is_closed_once_and_opened_once() {
        let trial = Trial::new(RECORD);
        let before = trial.document().incident;
        let zone = trial.target.zone(&before);
        let is_open = || trial.document().incident.is_open();
        assert!(matches!(
            reopen(&trial.target, event("")),
            Err(Fault::State(StateFault::Open { .. }))
        ));
        let (request, _) = close(&trial.target, event("")).unwrap();
        assert!(!is_open());
        assert!(matches!(
            close(&trial.target, event("")),
            Err(Fault::State(StateFault::Closed { .. }))
        ));
        let steps = vec!["deploy".to_owned()];
        let (begun_later, silence) = (None, None);
        let left = LeftOpen {
            begun_later,
            went_on: None,
            zone,
            unresolved: true,
            steps,
            actions: 1,
            promised: None,
            silence,
        };
        let after = trial.document().incident;
        assert_eq!(left_open(&trial.target, (&before, &after), &request), left);
        let told = trial.document().incident.events.last().unwrap().clone();
        assert_eq!((told.from.as_deref(), told.to.as_deref()), (Some("detected"), Some("closed")));
        reopen(&trial.target, event("5xx again")).unwrap();
        assert!(is_open());
        let early = || LogRequest { at: Some("18:11".to_owned()), ..event("") };
        close(&trial.target, early()).unwrap();
        let after = trial.document().incident;
        let begun = left_open(&trial.target, (&before, &after), &early()).begun_later.unwrap();
        assert_eq!(begun.text, "5xx again", "it begins later than it ends");
        undo(&trial.target, Turn::Back(1)).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), RECORD);
    }

    /// Closing ends the promise, so nothing tells of it later.
    #[test]
    fn an_update_that_the_public_did_not_get_is_told_at_closing() {
        for (events, is_told) in [
            ("", false),
            (
                "  - {at: 2024-09-07T18:12, text: told, type: communication, next_update: 2024-09-07T18:20}\n",
                true,
            ),
            (
                "  - {at: 2024-09-07T18:12, text: told, next_update: 2024-09-07T18:20}\n  - {at: 2024-09-07T18:14, text: told again, type: communication}\n",
                false,
            ),
        ] {
            let (record, _) = RECORD.split_once("actions:").unwrap();
            let trial = Trial::new(&format!("{record}{events}"));
            let before = trial.document().incident;
            let (request, _) = close(&trial.target, event("")).unwrap();
            let after = trial.document().incident;
            let promised = left_open(&trial.target, (&before, &after), &request).promised;
            assert_eq!(promised.is_some(), is_told, "{events}");
        }
    }

    #[test]
    fn an_event_after_the_closing_is_told() {
        for (kind, at, told) in [
            (None, Some("18:20"), true),
            (None, Some("18:28"), false),
            (None, None, false),
            (Some(EventType::Announced), Some("18:20"), false),
        ] {
            let trial = Trial::new(RECORD);
            let post_at = Some("18:25".to_owned());
            let post = LogRequest { kind: kind.clone(), at: post_at, ..event("post is out") };
            log(&trial.target, &post).unwrap();
            let before = trial.document().incident;
            let closing = LogRequest { at: at.map(str::to_owned), ..event("") };
            let (request, _) = close(&trial.target, closing).unwrap();
            let left = left_open(&trial.target, (&before, &trial.document().incident), &request);
            let expected = told.then(|| "post is out".to_owned());
            assert_eq!(left.went_on.map(|event| event.text), expected, "{kind:?} {at:?}");
        }
    }

    /// A status that is stated too early for it to be the present one.
    #[test]
    fn a_later_milestone_decides_the_status() {
        let trial = Trial::new(RECORD);
        let at = |time: &str| Some(time.to_owned());
        let resolved =
            LogRequest { kind: Some(EventType::Resolved), at: at("18:20"), ..event("all green") };
        log(&trial.target, &resolved).unwrap();
        for (at, later) in [(at("18:05"), Some("all green")), (None, None)] {
            let (_, outcome) = close(&trial.target, LogRequest { at, ..event("") }).unwrap();
            let LogOutcome::Recorded(logged) = outcome else { panic!("{outcome:?}") };
            let found = later_status(&trial.target, &logged.saved.after.incident, &logged.event);
            assert_eq!(found.map(|(event, _)| event.text), later.map(str::to_owned));
        }
    }

    #[test]
    fn a_record_reopened_before_it_ended_is_still_ended() {
        let trial = Trial::new(RECORD);
        let zone = trial.target.zone(&trial.document().incident);
        let at = |time: &str, text: &str| LogRequest { at: Some(time.to_owned()), ..event(text) };
        close(&trial.target, at("18:15", "all green")).unwrap();
        reopen(&trial.target, at("18:12", "again")).unwrap();
        let (end, of) = still_ended(&trial.target, &trial.document().incident).unwrap();
        assert_eq!((end.text.as_str(), of), ("all green", zone));
        undo(&trial.target, Turn::Back(1)).unwrap();
        reopen(&trial.target, at("18:18", "again")).unwrap();
        assert_eq!(still_ended(&trial.target, &trial.document().incident), None);
    }

    #[test]
    fn closing_long_after_the_last_event_is_noticed() {
        let trial = Trial::new(&RECORD.replace("2024-09-07T18:10", "2024-09-05T18:10"));
        let before = trial.document().incident;
        let left =
            |request: &LogRequest| left_open(&trial.target, (&before, &before), request).silence;
        let latest = before.events.last().and_then(|event| event.at).unwrap();
        assert_eq!(left(&event("")), Some((2 * 86_400 + 20 * 60, latest)));
        assert_eq!(left(&LogRequest { at: Some("18:00".to_owned()), ..event("") }), None);
    }
}
