//! Closing a record, and opening it again.

use crate::fault::{Fault, StateFault};
use crate::lang::documents_for;
use crate::model::{EventType, Incident};

use super::log::{LogOutcome, LogRequest, log};
use super::workspace::Target;

/// What a record still lacked when it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOpen {
    /// It began, and no event says when it was resolved.
    pub unresolved: bool,
    /// Planned steps that were neither carried out nor given up.
    pub steps: usize,
    /// Actions that are not done.
    pub actions: usize,
    /// Seconds since its latest entry, where the time of closing was not typed.
    pub silence: Option<i64>,
}

/// Closes a record; `event` is what is typed of it, and says at least that it is closed.
///
/// # Errors
/// Nothing goes on in it, or the event is refused.
pub fn close(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    let word = |incident: &Incident| {
        (documents_for(incident.language.as_deref()).event_type)(&EventType::Closed)
    };
    let closed = StateFault::Closed { record: target.record.id.clone() };
    turn(target, EventType::Closed, event, &word, (true, closed))
}

/// Opens a record again: what it is about goes on, or came back.
///
/// # Errors
/// Something goes on in it, or the event is refused.
pub fn reopen(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    let word = |incident: &Incident| {
        documents_for(incident.language.as_deref()).labels.open_again.to_owned()
    };
    let open = StateFault::Open { record: target.record.id.clone() };
    turn(target, EventType::Declared, event, &word, (false, open))
}

/// Logs a milestone, unless the record stands there already. One that cannot be read now keeps it.
fn turn(
    target: &Target,
    kind: EventType,
    event: LogRequest,
    word: &dyn Fn(&Incident) -> String,
    (is_open, already): (bool, StateFault),
) -> Result<(LogRequest, LogOutcome), Fault> {
    let loaded = target.workspace.project.load(&target.record).ok();
    if loaded.as_ref().is_some_and(|loaded| loaded.document.incident.is_open() != is_open) {
        return Err(already.into());
    }
    let incident = loaded.map(|loaded| loaded.document.incident).unwrap_or_default();
    let text = if event.text.is_empty() { word(&incident) } else { event.text };
    let event = LogRequest { text, kind: Some(kind), tells_status: true, ..event };
    let outcome = log(target, &event)?;
    Ok((event, outcome))
}

/// Returns what a record lacks that is closed now, with that request.
pub fn left_open(target: &Target, before: &Incident, request: &LogRequest) -> LeftOpen {
    let begun = [EventType::ImpactStart, EventType::Detected, EventType::Declared];
    let settled = before.settled();
    let latest = before.events.iter().filter_map(|event| event.at).map(|at| at.unix()).max();
    let silence = latest.map(|latest| target.workspace.now.unix() - latest);
    LeftOpen {
        unresolved: begun.iter().any(|kind| before.first(kind).is_some())
            && before.first(&EventType::Resolved).is_none(),
        steps: before.plan.iter().filter(|step| !settled(step)).count(),
        actions: before.actions.iter().filter(|action| action.done.is_none()).count(),
        silence: silence.filter(|seconds| request.at.is_none() && *seconds > 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::super::amend::EventChoice;
    use super::super::header::{KeyDeed, SetRequest, set_key};
    use super::super::relocate::move_event;
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::super::undo::Turn;
    use super::super::whole::{delete_record, merge_records, rename_record};
    use super::*;
    use crate::store::RecordName;

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

    fn event(text: &str) -> LogRequest {
        LogRequest { text: text.to_owned(), ..LogRequest::default() }
    }

    #[test]
    fn a_record_is_closed_once_and_opened_once() {
        let trial = Trial::new(RECORD);
        let before = trial.document().incident;
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
        let left = LeftOpen { unresolved: true, steps: 1, actions: 1, silence: None };
        assert_eq!(left_open(&trial.target, &before, &request), left);
        let told = trial.document().incident.events.last().unwrap().clone();
        assert_eq!((told.from.as_deref(), told.to.as_deref()), (Some("detected"), Some("closed")));
        reopen(&trial.target, event("5xx again")).unwrap();
        assert!(is_open());
        undo(&trial.target, Turn::Back(1)).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), RECORD);
    }

    #[test]
    fn closing_long_after_the_last_event_is_noticed() {
        let trial = Trial::new(&RECORD.replace("2024-09-07T18:10", "2024-09-05T18:10"));
        let before = trial.document().incident;
        let left = |request: &LogRequest| left_open(&trial.target, &before, request).silence;
        assert_eq!(left(&event("")), Some(2 * 86_400 + 20 * 60));
        assert_eq!(left(&LogRequest { at: Some("18:00".to_owned()), ..event("") }), None);
    }

    /// Numbers that look like chance and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) as usize % end
        }
    }

    /// One verb of the two records; whether it was refused does not matter.
    fn verb(dice: &mut Dice, target: &Target, other: &RecordName) {
        let set = |key: &str, value: &str, deed| {
            let (key, values) = (key.to_owned(), vec![value.to_owned()]);
            let request = SetRequest { key, values, deed, ..SetRequest::default() };
            drop(set_key(target, request));
        };
        match dice.below(11) {
            8 => comes_back(target, other, &target.record, |t| delete_record(t).map(drop)),
            9 => comes_back(target, other, other, |t| merge_records(t, other).map(drop)),
            10 => {
                let project = &target.workspace.project;
                let before = project.raw_text(&target.record).unwrap();
                let renamed = rename_record(target, "renamed").unwrap().record;
                assert_eq!(project.raw_text(&renamed).unwrap(), before);
                undo(&target.beside(&renamed), Turn::Back(1)).unwrap();
                assert_eq!(project.raw_text(&target.record).unwrap(), before);
            }
            0 => set("title", ["a: b", "왁뮤 3.0", "- x"][dice.below(3)], KeyDeed::Set),
            1 => set("severity", ["sev1", "sev2"][dice.below(2)], KeyDeed::Set),
            2 => set("tags", ["db", "net"][dice.below(2)], KeyDeed::Add),
            3 => set("tags", "db", KeyDeed::Remove),
            4 => drop(close(target, event("done"))),
            5 => drop(reopen(target, event("again"))),
            6 => drop(move_event(target, EventChoice::Number(1), other)),
            _ => drop(undo(target, Turn::Back(1))),
        }
    }

    /// A change of whole records, if it was made, is taken back to the byte.
    fn comes_back(
        target: &Target,
        other: &RecordName,
        gone: &RecordName,
        change: impl FnOnce(&Target) -> Result<(), Fault>,
    ) {
        let project = &target.workspace.project;
        let texts = || [&target.record, other].map(|record| project.raw_text(record).unwrap());
        let before = texts();
        if change(target).is_ok() {
            undo(&target.beside(gone), Turn::Back(1)).unwrap();
        }
        assert_eq!(texts(), before);
    }

    /// Whatever verbs come in whatever order, what people write between them stays to the byte: comment
    /// lines above keys and events, and keys that nobody knows. No event is lost, none becomes two.
    #[test]
    fn hand_edits_survive_any_sequence_of_verbs() {
        sequences(0..60);
    }

    fn sequences(seeds: std::ops::Range<u64>) {
        for seed in seeds {
            let dice = &mut Dice(seed);
            let trial = Trial::new(RECORD);
            let project = &trial.target.workspace.project;
            let search = project.create_record("search", RECORD).unwrap();
            let names = [trial.target.record.clone(), search];
            let mut written: Vec<String> = Vec::new();
            for round in 0..8 {
                let at = dice.below(2);
                let (here, there) = (&names[at], &names[1 - at]);
                let text = project.raw_text(here).unwrap();
                let lines: Vec<&str> = text.lines().collect();
                let can = |line: &&str| line.starts_with("  - at") || !line.starts_with(' ');
                let places: Vec<usize> =
                    (0..lines.len()).filter(|place| can(&lines[*place])).collect();
                let place = places[dice.below(places.len())];
                let indent = if lines[place].starts_with(' ') { "  " } else { "" };
                let by_hand = format!("{indent}# by hand {seed}.{round}");
                let mut edited = lines.clone();
                edited.insert(place, &by_hand);
                std::fs::write(&here.path, edited.join("\n") + "\n").unwrap();
                written.push(by_hand);
                let wait = crate::store::LockWait {
                    limit: trial.target.wait.limit,
                    waiting: trial.target.wait.waiting,
                };
                let workspace = trial.target.workspace.clone();
                let target = Target { workspace, record: here.clone(), wait };
                verb(dice, &target, there);
                let both: String =
                    names.iter().map(|name| project.raw_text(name).unwrap()).collect();
                for line in &written {
                    let times = both.lines().filter(|other| other == line).count();
                    assert_eq!(times, 1, "seed {seed}, round {round}: {line:?} in\n{both}");
                }
                let events = |name| project.load(name).unwrap().document.incident.events;
                let kept = names.iter().flat_map(events).filter(|event| event.text == "5xx");
                assert_eq!(kept.count(), 2, "seed {seed}, round {round}: {both}");
            }
        }
    }
}
