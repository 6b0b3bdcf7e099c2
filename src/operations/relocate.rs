//! Moves an event that was logged to the wrong record.

use crate::fault::{Doubt, Fault, MoveFault};
use crate::format::{CopiedFile, Document, Joint, MOVE, UNDO, made_internal};
use crate::lang::Aim;
use crate::model::{Event, Incident, PlanStep, Zone};
use crate::store::{Asset, AssetSource, Edit, Noted, RecordName, Saved};
use crate::yaml::{Change, Value};

use super::amend::{EventChoice, event_place};
use super::changes::{Following, moved_here, without};
use super::files::{copy_in, drop_all};
use super::log::repetition;
use super::losses::LossFinder;
use super::own_lines::Passage;
use super::turns::number_in;
use super::when::{frame, outside};
use super::workspace::Target;

/// An event that was moved.
#[derive(Debug)]
pub struct MovedEvent {
    /// The event in its new record.
    pub event: Event,
    /// The zone of its new record.
    pub zone: Zone,
    /// Steps of the event that the other plan does not have, or not the same ones.
    pub unlinked: Vec<String>,
    /// What became internal, because the event or one of the same moment and text in the other record was.
    pub internal: Vec<String>,
    /// Changes of severity or status that now begin with another value, in the new record and in the old one.
    pub doubts: [Vec<Doubt>; 2],
    /// Files that remain in the old record; the new one has copies.
    pub files: Vec<String>,
    /// The new record before and after.
    pub there: Saved,
    /// The old record before and after.
    pub here: Saved,
}

/// An event that was found in a record.
struct FoundEvent {
    /// Its index in the record.
    place: usize,
    item: Value,
    event: Event,
}

/// An event as it stands in the record that it was moved to.
struct ArrivedEvent {
    event: Event,
    /// Steps that the plan there does not have.
    unlinked: Vec<String>,
    /// Texts of events that became internal with it.
    internal: Vec<String>,
    doubts: Vec<Doubt>,
}

/// Moves an event with its files to another record: it is written there first, and then removed here.
///
/// # Errors
/// Nothing was changed; however, if the other record has the event already, the fault says so.
pub fn move_event(
    target: &Target,
    choice: EventChoice,
    to: &RecordName,
) -> Result<MovedEvent, Fault> {
    let project = &target.workspace.project;
    if to.path == target.record.path {
        return Err(MoveFault::SameRecord { record: to.id.clone() }.into());
    }
    let (joint, _alone) = target.joint(&[to, &target.record])?;
    let source = project.load(&target.record)?.document;
    let found = FoundEvent::of(&source, event_place(choice, &source, target)?);
    let finder = LossFinder::new(project, target.workspace.git);
    finder.refuse_entry(&target.record, &source, &found.item)?;
    let other = target.beside(to);
    let take_out = |document: &Document| found.taken_out(document, &joint);
    // If it cannot be removed here, it is not written there.
    target.rehearsed().update(MOVE, take_out)?;
    let assets = copied(target, to, &found.event)?;
    let copies: Vec<CopiedFile> = assets.iter().filter_map(|(_, asset)| asset.copied()).collect();
    let names: Vec<&str> = assets.iter().map(|(_, asset)| asset.name.as_str()).collect();
    let written = other.update(MOVE, |document| {
        let (changed, arrived) = found.put_in(document, &source, (target, to), &assets)?;
        let noted =
            Noted { joint: Some(joint.clone()), copies: copies.clone(), ..Noted::default() };
        Ok((Edit::Text(Box::new(changed)), noted, arrived))
    });
    let (there, ArrivedEvent { event, unlinked, internal, doubts }) =
        written.inspect_err(|_| {
            drop_all(project, &to.id, assets.iter().map(|(_, asset)| asset));
        })?;
    let taken_out = target.update(MOVE, take_out);
    let (here, here_doubts) = taken_out.map_err(|why| match put_back(&other, &there) {
        Ok(()) => {
            drop_all(project, &to.id, assets.iter().map(|(_, asset)| asset));
            why
        }
        Err(_) => {
            let undo = number_in(&other, &joint);
            MoveFault::InBoth { other: to.id.clone(), undo, why: Box::new(why) }.into()
        }
    })?;
    let files = names.into_iter().map(str::to_owned).collect();
    let zone = other.zone(&there.after.incident);
    let doubts = [doubts, here_doubts];
    Ok(MovedEvent { event, zone, unlinked, internal, doubts, files, there, here })
}

/// Removes an event from the record that it was just moved to, since it could not be removed from its own.
fn put_back(other: &Target, moved: &Saved) -> Result<(), Fault> {
    let change = moved.journal.as_ref().map(Clone::clone).unwrap_or_default();
    let noted = || Noted { about: change.clone(), ..Noted::default() };
    let before = moved.before.items("events");
    let after = moved.after.items("events");
    let place = after.iter().zip(&before).take_while(|(after, before)| after == before).count();
    let mut left = after.clone();
    let is_all = place < after.len() && {
        left.remove(place);
        left == before
    };
    let taken_back = other.update(UNDO, |document| {
        if document.text() == moved.after.text() {
            return Ok((Edit::Text(Box::new(moved.before.clone())), noted(), ()));
        }
        // Others became internal with it.
        if !is_all {
            return Err(Fault::ChangedMeanwhile);
        }
        let now = document.items("events");
        let place = now.iter().position(|item| Some(item) == after.get(place));
        let place = place.ok_or(Fault::ChangedMeanwhile)?;
        Ok((Edit::Changes(vec![Change::remove(Vec::new(), "events", place)]), noted(), ()))
    });
    taken_back.map(|_| ())
}

/// Copies the files of an event to the other record, under the same names.
fn copied(target: &Target, to: &RecordName, event: &Event) -> Result<Vec<(String, Asset)>, Fault> {
    let project = &target.workspace.project;
    let mut sources = Vec::new();
    for attachment in &event.attachments {
        // A missing file is missing in the other record as well.
        if let Some(bytes) = project.asset(&target.record.id, &attachment.file)? {
            sources.push((attachment.file.clone(), AssetSource::new(&attachment.file, bytes)));
        }
    }
    let (names, sources): (Vec<String>, Vec<AssetSource>) = sources.into_iter().unzip();
    Ok(names.into_iter().zip(copy_in(project, &to.id, &sources)?).collect())
}

impl FoundEvent {
    fn of(document: &Document, place: usize) -> FoundEvent {
        let item = document.items("events").swap_remove(place);
        FoundEvent { place, item, event: document.incident.events[place].clone() }
    }

    /// Removes the event from its record, if it is still there, with the severity that it set.
    fn taken_out(
        &self,
        document: &Document,
        joint: &Joint,
    ) -> Result<(Edit, Noted, Vec<Doubt>), Fault> {
        let place = document.items("events").iter().position(|item| *item == self.item);
        let place = place.ok_or(Fault::ChangedMeanwhile)?;
        let noted = Noted { joint: Some(joint.clone()), ..Noted::default() };
        let Following { mut changes, doubts } = without(&document.incident, place);
        changes.push(Change::remove(Vec::new(), "events", place));
        Ok((Edit::Changes(changes), noted, doubts))
    }

    /// Puts the event into `document`, the record `to`, with the severity or status that it set and its audience.
    fn put_in(
        &self,
        document: &Document,
        source: &Document,
        (target, to): (&Target, &RecordName),
        assets: &[(String, Asset)],
    ) -> Result<(Document, ArrivedEvent), Fault> {
        let there = &document.incident;
        let (mut event, unlinked) = self.event_there((&source.incident, there), assets);
        let Following { changes, mut doubts } = moved_here(there, &mut event);
        // A command that was killed may have left it in both records.
        doubts.extend(repetition(&event, there.events.iter()));
        let zone = target.beside(to).zone(there);
        let frame = frame(target.workspace.now, zone, there, Aim::Happened);
        doubts.extend(event.at.and_then(|at| outside(&at, &frame, there, false)));
        let passage = Passage::new((target, source), (to, there.zone), |lost| {
            MoveFault::Comment(lost).into()
        })?;
        let wanted = [(self.place, event.clone())];
        let own = passage.events(&wanted, false)?;
        let followed = passage.applied(document, &changes, "events")?;
        let changed = passage.put(&followed, &wanted, own)?;
        let moved = Incident { events: vec![event.clone()], ..Incident::default() };
        let made = made_internal(&changed, [there, &moved], &Incident::default());
        let changes: Vec<Change> = made.iter().flat_map(|made| made.changes.clone()).collect();
        let changed = passage.applied(&changed, &changes, "audience")?;
        let internal = made.into_iter().map(|made| made.text).collect();
        Ok((changed, ArrivedEvent { event, unlinked, internal, doubts }))
    }

    /// Returns the event for the other record, and the steps that its plan does not have: an id alone may be that of another
    /// step.
    fn event_there(
        &self,
        (here, there): (&Incident, &Incident),
        assets: &[(String, Asset)],
    ) -> (Event, Vec<String>) {
        let mut event = self.event.clone();
        for attachment in &mut event.attachments {
            if let Some((_, asset)) = assets.iter().find(|(name, _)| *name == attachment.file) {
                attachment.file.clone_from(&asset.name);
            }
        }
        let (steps, unlinked) = std::mem::take(&mut event.steps)
            .into_iter()
            .partition(|id| is_same_step(here.step(id), there.step(id)));
        event.steps = steps;
        (event, unlinked)
    }
}

/// Whether two steps have the same text, but for case and blanks.
fn is_same_step(here: Option<&PlanStep>, there: Option<&PlanStep>) -> bool {
    let words = |step: &PlanStep| {
        step.text.split_whitespace().map(str::to_lowercase).collect::<Vec<String>>()
    };
    here.zip(there).is_some_and(|(here, there)| words(here) == words(there))
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::time::Duration;

    use super::super::trial::Trial;
    use super::*;
    use crate::model::Audience;
    use crate::store::LockWait;
    use crate::timeline::{broken_severities, severity_led_to};

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
plan:
  - id: deploy
    at: 2024-09-07T18:00+09:00
    text: deploy
events:
  # the first one
  - at: 2024-09-07T18:00
    text: 'first'   # as it was said
    mood: bad
  - at: 2024-09-07T18:10+09:00
    text: second
    step: deploy
";
    const EMPTY: &str = "title: Search\ntimezone: Asia/Seoul\nevents: []\n";
    const BEGUN: &str = "\
title: Search
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:05+09:00
    text: slow # very
";

    fn moved(there: &str, number: usize) -> (Trial, String, Result<MovedEvent, Fault>) {
        let trial = Trial::of(RECORD);
        let project = &trial.target.workspace.project;
        let to = project.create_record("search", there).unwrap();
        let outcome = move_event(&trial.target, EventChoice::Number(number), &to);
        let text = project.raw_text(&to).unwrap();
        (trial, text, outcome)
    }

    #[test]
    fn an_event_goes_with_its_own_lines() {
        let (trial, there, outcome) = moved(BEGUN, 1);
        outcome.unwrap();
        let lines =
            "  - at: 2024-09-07T18:00\n    text: 'first'   # as it was said\n    mood: bad\n";
        assert_eq!(there, BEGUN.replace("events:\n", &format!("events:\n{lines}")));
        assert_eq!(trial.text(), RECORD.replace(lines, ""));
    }

    #[test]
    fn a_step_that_the_other_plan_lacks_is_unlinked_and_reported() {
        let (trial, there, outcome) = moved(EMPTY, 2);
        let moved = outcome.unwrap();
        assert_eq!((moved.unlinked, moved.files), (vec!["deploy".to_owned()], Vec::new()));
        assert!(there.contains("text: second") && !there.contains("deploy"), "{there}");
        assert!(!trial.text().contains("second"));
    }

    #[test]
    fn a_day_that_is_not_the_other_records_is_doubted() {
        for (day, is_doubted) in [("2024-03-01", true), ("2024-09-06", false)] {
            let there = format!(
                "title: Search\ntimezone: Asia/Seoul\nevents:\n  - at: {day}T18:00\n    text: slow\n"
            );
            let (_, _, outcome) = moved(&there, 1);
            let [there, here] = outcome.unwrap().doubts;
            let is_day = |doubt: &Doubt| matches!(doubt, Doubt::Outside { .. });
            assert_eq!((there.iter().any(is_day), here.len()), (is_doubted, 0), "{day}");
        }
    }

    #[test]
    fn a_step_is_the_same_only_if_its_text_is() {
        let plan = |text: &str| {
            format!(
                "title: Search\ntimezone: Asia/Seoul\nplan:\n  - id: deploy\n    at: 2024-09-07T18:00\n    text: {text}\nevents: []\n"
            )
        };
        for (text, unlinked) in [("Deploy", 0), ("deploy database", 1), ("take a copy", 1)] {
            let (_, there, outcome) = moved(&plan(text), 2);
            assert_eq!(outcome.unwrap().unlinked.len(), unlinked, "{text}");
            assert_eq!(there.contains("step: deploy"), unlinked == 0, "{there}");
        }
    }

    const WORSE: &str = "\
title: Wrong
timezone: Asia/Seoul
severity: sev1   # by hand
events:
  - at: 2024-09-07T18:00+09:00
    text: worse
    type: severity_change
    from: sev2
    to: sev1
";

    /// Otherwise one record would have a severity that nothing says, and the other none.
    #[test]
    fn a_severity_goes_with_the_event_that_set_it() {
        let (one, two) = ("2024-09-07T18:30+09:00", "2024-09-07T17:30+09:00");
        let worse = |at: &str, from: &str, to: &str| {
            format!("  - at: {at}\n    text: then\n    type: severity_change\n{from}    to: {to}\n")
        };
        let right = |severity: &str, event: &str| {
            format!("title: Right\ntimezone: Asia/Seoul\n{severity}events:\n{event}")
        };
        for (there, severity, from) in [
            (right("", "  - at: 2024-09-07T17:00+09:00\n    text: x\n"), "sev1", None),
            (right("severity: sev3\n", &worse(two, "", "sev3")), "sev1", Some("sev3")),
            // A later change decides, and begins with this one.
            (
                right("severity: sev3\n", &worse(one, "    from: sev2\n", "sev3")),
                "sev3",
                Some("sev2"),
            ),
        ] {
            let trial = Trial::of(WORSE);
            let project = &trial.target.workspace.project;
            let to = project.create_record("right", &there).unwrap();
            let moved = move_event(&trial.target, EventChoice::Last, &to).unwrap();
            let after = &moved.there.after.incident;
            assert_eq!(after.severity.as_deref(), Some(severity), "{there}");
            assert_eq!(
                (moved.event.from.as_deref(), moved.event.to.as_deref()),
                (from, Some("sev1"))
            );
            assert!(broken_severities(after).is_empty() && severity_led_to(after).is_none());
            assert!(trial.text().contains("severity: sev2   # by hand\n"), "{}", trial.text());
            super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(1)).unwrap();
            assert_eq!((trial.text().as_str(), project.raw_text(&to).unwrap()), (WORSE, there));
        }
    }

    /// Both say so, and the event is not refused.
    #[test]
    fn a_change_to_what_was_or_will_be_there_is_moved_too() {
        let there = "title: Right\ntimezone: Asia/Seoul\nseverity: sev1\nevents:\n";
        let later = "  - at: 2024-09-07T18:30+09:00\n    text: then\n    type: severity_change\n    from: sev3\n    to: sev1\n";
        let trial = Trial::of(WORSE);
        let to = trial.target.workspace.project.create_record("right", &format!("{there}{later}"));
        let moved = move_event(&trial.target, EventChoice::Last, &to.unwrap()).unwrap();
        let after = &moved.there.after.incident;
        assert!(broken_severities(after).is_empty() && severity_led_to(after).is_none());
        assert!(
            matches!(moved.doubts[0].as_slice(), [Doubt::NowFrom { .. }]),
            "{:?}",
            moved.doubts
        );
        let earlier = later.replace("18:30", "17:30");
        let trial = Trial::of(&WORSE.replace("worse", "'Severity: sev2 → sev1'"));
        let to =
            trial.target.workspace.project.create_record("right", &format!("{there}{earlier}"));
        let moved = move_event(&trial.target, EventChoice::Last, &to.unwrap()).unwrap();
        let Event { kind, from, to, text, .. } = &moved.event;
        assert_eq!((kind, from, to, text.as_str()), (&None, &None, &None, "Severity: sev1"));
        assert!(
            matches!(moved.doubts[0].as_slice(), [Doubt::NoChange { .. }]),
            "{:?}",
            moved.doubts
        );
    }

    #[test]
    fn a_status_begins_where_it_stands_in_its_new_record() {
        let milestones = "\
title: Wrong
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:00+09:00
    text: seen
    type: detected
  - at: 2024-09-07T18:10+09:00
    text: better
    type: mitigated
    from: detected
    to: mitigated
  - at: 2024-09-07T18:20+09:00
    text: done
    type: resolved
    from: mitigated
    to: resolved
";
        let trial = Trial::of(milestones);
        let there = BEGUN.replace("slow # very", "slow\n    type: identified");
        let to = trial.target.workspace.project.create_record("search", &there).unwrap();
        let moved = move_event(&trial.target, EventChoice::Number(2), &to).unwrap();
        assert_eq!(moved.event.from.as_deref(), Some("identified"));
        assert_eq!(trial.document().incident.events[1].from.as_deref(), Some("detected"));
        assert_eq!(moved.doubts[1].len(), 1);
    }

    /// The same event with unknown keys, in a record with another indentation.
    const FOUR: &str = "\
title: Other
timezone: Asia/Seoul
events:
    -   at: 2024-09-07T18:00   # about
        text: >-
            one
              two
        my_count: 5
        share: 1.10
        is_bad: true
        nothing: null
        empty:
        both: [1,  'a, b', x]
        # between
        deep:
        -   k: 07   # seven
            l: |2
                a
               b
        # its own
    -   at: 2024-09-07T18:20
        text: later
";

    #[test]
    fn an_event_keeps_its_types_and_comments_at_any_indentation() {
        let moved_at = |text: &str, there: &str, number: usize| {
            let trial = Trial::of(text);
            let to = trial.target.workspace.project.create_record("search", there).unwrap();
            let outcome = move_event(&trial.target, EventChoice::Number(number), &to);
            outcome.unwrap_or_else(|fault| panic!("{fault:?}"));
            let there = trial.target.workspace.project.raw_text(&to).unwrap();
            (trial.text(), there)
        };
        let first = FOUR.find("    -   at").unwrap();
        let second = FOUR.rfind("    -   at").unwrap();
        let lines = &FOUR[first..second];
        for there in [BEGUN, EMPTY, "title: Search\ntimezone: Asia/Seoul\n"] {
            let (here, text) = moved_at(FOUR, there, 1);
            assert_eq!(here, FOUR.replace(lines, ""));
            let two_less = |line: &str| format!("{}\n", &line[2..]);
            let expected: String = lines.lines().map(two_less).collect();
            assert!(text.contains(&expected), "{text}");
            // Moved back, it is as before.
            assert_eq!(moved_at(&text, &here, 1).1, FOUR, "{text}");
        }
    }

    #[test]
    fn a_value_that_brackets_cannot_contain_is_refused_at_its_line() {
        let there =
            "title: Search\ntimezone: Asia/Seoul\nevents: [{at: 2024-09-07T18:05, text: y}]\n";
        let (trial, text, outcome) = moved(there, 1);
        let Err(Fault::Move(MoveFault::Comment(lost))) = outcome else { panic!("{outcome:?}") };
        assert_eq!((lost.at.line, lost.at.column), (10, 21));
        assert_eq!(
            (lost.comment.as_str(), lost.file.as_str()),
            ("as it was said", "incidents/demo.yaml")
        );
        assert_eq!((text.as_str(), trial.text().as_str()), (there, RECORD));
        let trial = Trial::of(&RECORD.replace("   # as it was said", "").replace("bad", "5"));
        let to = trial.target.workspace.project.create_record("search", there).unwrap();
        move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        let text = trial.target.workspace.project.raw_text(&to).unwrap();
        let event = "{at: 2024-09-07T18:00, text: 'first', mood: 5}";
        assert_eq!(text, there.replace("[{", &format!("[{event}, {{")));
    }

    #[test]
    fn a_comment_beside_a_step_that_is_unlinked_is_not_lost() {
        let trial = Trial::of(&RECORD.replace("step: deploy", "step: deploy # late"));
        let before = trial.text();
        let to = trial.target.workspace.project.create_record("search", EMPTY).unwrap();
        let outcome = move_event(&trial.target, EventChoice::Number(2), &to);
        let Err(Fault::Move(MoveFault::Comment(lost))) = outcome else { panic!("{outcome:?}") };
        assert_eq!((lost.at.line, lost.comment.as_str()), (14, "late"));
        assert_eq!(trial.text(), before);
    }

    #[test]
    fn no_identical_comment_is_lost() {
        let twice = RECORD.replace("step: deploy", "step: deploy # as it was said");
        let trial = Trial::of(&twice);
        let to = trial.target.workspace.project.create_record("search", EMPTY).unwrap();
        let outcome = move_event(&trial.target, EventChoice::Number(2), &to);
        let Err(Fault::Move(MoveFault::Comment(lost))) = outcome else { panic!("{outcome:?}") };
        assert_eq!(lost.comment, "as it was said");
        assert_eq!(trial.text(), twice);
    }

    #[test]
    fn a_file_whose_name_is_in_use_gets_another_one_and_keeps_its_description() {
        for (attached, expected) in [
            ("    attachments: [a.png]   # shot\n", "    attachments: [a-2.png]   # shot\n"),
            (
                "    attachments:\n      - {file: a.png, alt: the 5xx}\n      - b.png\n",
                "    attachments:\n      - {file: a-2.png, alt: the 5xx}\n      - b.png\n",
            ),
        ] {
            let trial = Trial::of(RECORD);
            trial.write(&RECORD.replace("    mood: bad\n", attached));
            let project = &trial.target.workspace.project;
            let to = project.create_record("search", EMPTY).unwrap();
            for (record, byte) in [("demo", 7), ("search", 8)] {
                project.add_asset(record, &AssetSource::new("a.png", vec![byte])).unwrap();
            }
            move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
            let there = project.raw_text(&to).unwrap();
            assert!(there.contains(expected), "{there}");
            assert_eq!(project.asset("search", "a-2.png").unwrap(), Some(vec![7]));
        }
    }

    /// The record that it goes to may have the same event, which the public must not read either.
    #[test]
    fn what_one_of_two_same_events_says_of_its_audience_holds_for_both() {
        let twin = BEGUN.replace("18:05", "18:00").replace("slow # very", "first # very");
        let closed = format!("{twin}    audience: internal\n");
        let from_closed = RECORD.replace("    mood: bad\n", "    audience: internal\n");
        for (here, there, told) in [(RECORD, &closed, 1), (&from_closed, &twin, 1)] {
            let trial = Trial::of(here);
            let to = trial.target.workspace.project.create_record("search", there).unwrap();
            let moved = move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
            assert_eq!(moved.internal.len(), told);
            let incident = moved.there.after.incident;
            assert_eq!(incident.events.len(), 2);
            assert!(incident.events.iter().all(|it| it.audience == Audience::Internal));
        }
    }

    #[test]
    fn a_refusal_leaves_no_copy_of_a_file() {
        let there =
            "title: Search\ntimezone: Asia/Seoul\nevents: [{at: 2024-09-07T18:05, text: y}]\n";
        let trial = Trial::of(RECORD);
        trial.write(&RECORD.replace("    mood: bad\n", "    attachments: [a.png]\n"));
        let project = &trial.target.workspace.project;
        project.add_asset("demo", &AssetSource::new("a.png", vec![7])).unwrap();
        let to = project.create_record("search", there).unwrap();
        let outcome = move_event(&trial.target, EventChoice::Number(1), &to);
        assert!(matches!(outcome, Err(Fault::Move(MoveFault::Comment(_)))), "{outcome:?}");
        assert!(project.asset_names("search").unwrap().is_empty());
        let itself = trial.target.record.clone();
        let outcome = move_event(&trial.target, EventChoice::Last, &itself);
        assert!(matches!(outcome, Err(Fault::Move(MoveFault::SameRecord { .. }))));
    }

    /// The second one finds the event gone, and leaves no copy of it.
    #[test]
    fn of_two_who_move_an_event_at_once_one_does() {
        for _ in 0..10 {
            let trial = Trial::of(RECORD);
            let project = &trial.target.workspace.project;
            let to = project.create_record("search", BEGUN).unwrap();
            let start = Barrier::new(2);
            let (workspace, record) = (&trial.target.workspace, &trial.target.record);
            let moved = || {
                let wait = LockWait { limit: Duration::from_secs(5), waiting: &|| {} };
                let target = Target { workspace: workspace.clone(), record: record.clone(), wait };
                start.wait();
                move_event(&target, EventChoice::Number(1), &to).is_ok()
            };
            let (one, two) = std::thread::scope(|scope| {
                let other = scope.spawn(moved);
                (moved(), other.join().unwrap())
            });
            let there = project.raw_text(&to).unwrap();
            assert!(one || two);
            // A late second one may find the other event in its place, and move that.
            let left = trial.document().incident.events.len();
            assert_eq!(there.matches("at: ").count() + left, 3, "{one} {two} {there}");
            assert_eq!(there.matches("as it was said").count(), 1, "{one} {two} {there}");
        }
    }

    #[test]
    fn a_time_without_an_offset_stays_the_same_moment() {
        let trial = Trial::of(RECORD);
        let project = &trial.target.workspace.project;
        let there = BEGUN.replace("Asia/Seoul", "UTC");
        let to = project.create_record("search", &there).unwrap();
        let before = trial.document().incident.events[0].clone();
        move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        let text = project.raw_text(&to).unwrap();
        let after = project.load(&to).unwrap().document.incident.events[0].clone();
        assert_eq!(after.at.unwrap().unix(), before.at.unwrap().unix());
        let rest = "\n    text: 'first'   # as it was said\n    mood: bad\n";
        assert!(text.contains(&format!("2024-09-07T18:00+09:00{rest}")), "{text}");
    }

    /// There, a time without an offset would be unreadable.
    #[test]
    fn in_a_record_without_a_zone_each_time_has_its_offset() {
        let trial = Trial::of(RECORD);
        let project = &trial.target.workspace.project;
        let to = project.create_record("search", "title: Search\nevents: []\n").unwrap();
        move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        let text = project.raw_text(&to).unwrap();
        assert!(text.contains("at: 2024-09-07T18:00+09:00\n"), "{text}");
    }
}
