//! Moving an event that was logged to the wrong record.

use crate::fault::{Fault, MoveFault, StoreFault};
use crate::format::{
    CopiedFile, Document, Joint, NewItem, event_item, insert_event, insert_lines, is_event_key,
};
use crate::model::{Event, Incident, Zone};
use crate::store::{Asset, AssetSource, Edit, Noted, RecordName, Saved};
use crate::yaml::{Change, KeyEdit, Value, comments};

use super::amend::{EventChoice, event_place};
use super::files::{copy_in, drop_all};
use super::workspace::Target;

/// What the journal calls it, in both records.
const MOVE: &str = "move";

/// An event that stands in another record now.
#[derive(Debug)]
pub struct MovedEvent {
    /// The event, as it stands there.
    pub event: Event,
    /// The zone of that record's times.
    pub zone: Zone,
    /// Steps that it named and that the other plan does not have.
    pub unlinked: Vec<String>,
    /// Files that stay where they were too: the other record has copies.
    pub files: Vec<String>,
    /// The record that it went to, before and after.
    pub there: Saved,
    /// The record that it came from, before and after.
    pub here: Saved,
}

/// An event as it was found, and as it is to stand in the other record.
pub(super) struct Found {
    item: Value,
    event: Event,
    /// Its lines, where it has lines of its own.
    lines: Option<String>,
    zone: Zone,
}

/// Moves an event to another record, with its files: it is written there first, then taken out here.
///
/// # Errors
/// Nothing was changed; but where the other record has it already, the fault says so.
pub fn move_event(
    target: &Target,
    choice: EventChoice,
    to: &RecordName,
) -> Result<MovedEvent, Fault> {
    let project = &target.workspace.project;
    if to.path == target.record.path {
        return Err(MoveFault::SameRecord { record: to.id.clone() }.into());
    }
    let document = project.load(&target.record)?.document;
    let found = Found::of(&document, event_place(choice, &document, target)?, target);
    let other = target.beside(to);
    let joint = target.joint(&[to, &target.record])?;
    let take_out = |document: &Document| found.taken_out(document, target, &joint);
    // What cannot be taken out here is not written there.
    target.rehearsed().update(MOVE, take_out)?;
    let assets = copied(target, to, &found.event)?;
    let copies: Vec<CopiedFile> = assets.iter().filter_map(|(_, asset)| asset.copied()).collect();
    let names: Vec<&str> = assets.iter().map(|(_, asset)| asset.name.as_str()).collect();
    let written = other.update(MOVE, |document| {
        let (event, unlinked) = found.event_there(&document.incident, &assets);
        Ok((
            found.edit(document, &event, other.zone(&document.incident))?,
            Noted { joint: Some(joint.clone()), copies: copies.clone(), ..Noted::default() },
            (event, unlinked),
        ))
    });
    let (there, (event, unlinked)) = written.inspect_err(|_| {
        drop_all(project, &to.id, assets.iter().map(|(_, asset)| asset));
    })?;
    let taken_out = target.update(MOVE, take_out);
    let (here, ()) = taken_out.map_err(|fault| {
        Fault::from(MoveFault::InBoth { other: to.id.clone(), why: Box::new(fault) })
    })?;
    let files = names.into_iter().map(str::to_owned).collect();
    let zone = other.zone(&there.after.incident);
    Ok(MovedEvent { event, zone, unlinked, files, there, here })
}

/// Copies the files of an event to the other record: each with the name that it had.
fn copied(target: &Target, to: &RecordName, event: &Event) -> Result<Vec<(String, Asset)>, Fault> {
    let project = &target.workspace.project;
    let mut sources = Vec::new();
    for attachment in &event.attachments {
        // One that is not there is missed in the other record as it was in this one.
        if let Some(bytes) = project.asset(&target.record.id, &attachment.file)? {
            sources.push((attachment.file.clone(), AssetSource::new(&attachment.file, bytes)));
        }
    }
    let (names, sources): (Vec<String>, Vec<AssetSource>) = sources.into_iter().unzip();
    Ok(names.into_iter().zip(copy_in(project, &to.id, &sources)?).collect())
}

impl Found {
    pub(super) fn of(document: &Document, place: usize, target: &Target) -> Found {
        let mut items = document.items("events");
        let item = items.swap_remove(place);
        let lines = document.items_in_lines("events");
        let lines = lines.into_iter().find(|(other, ..)| *other == item);
        Found {
            event: document.incident.events[place].clone(),
            lines: lines.map(|(_, lines, _)| document.text()[lines].to_owned()),
            zone: target.zone(&document.incident),
            item,
        }
    }

    /// Takes the event out of its record, where it still stands there.
    fn taken_out(
        &self,
        document: &Document,
        target: &Target,
        joint: &Joint,
    ) -> Result<(Edit, Noted, ()), Fault> {
        let place = document.items("events").iter().position(|item| *item == self.item);
        let place =
            place.ok_or_else(|| StoreFault::KeepsChanging { path: target.record.path.clone() })?;
        let noted = Noted { joint: Some(joint.clone()), ..Noted::default() };
        Ok((Edit::Changes(vec![Change::remove(Vec::new(), "events", place)]), noted, ()))
    }

    /// The event as the other record is to have it, and the steps that its plan does not have.
    fn event_there(&self, incident: &Incident, assets: &[(String, Asset)]) -> (Event, Vec<String>) {
        let mut event = self.event.clone();
        for attachment in &mut event.attachments {
            if let Some((_, asset)) = assets.iter().find(|(name, _)| *name == attachment.file) {
                attachment.file.clone_from(&asset.name);
            }
        }
        let (steps, unlinked) = std::mem::take(&mut event.steps)
            .into_iter()
            .partition(|id| incident.step(id).is_some());
        event.steps = steps;
        (event, unlinked)
    }

    /// Puts the event into the other record: in its own lines where they mean the same there.
    pub(super) fn edit(
        &self,
        document: &Document,
        event: &Event,
        zone: Zone,
    ) -> Result<Edit, Fault> {
        let (index, change) = insert_event(&document.incident.events, event);
        if let Some(lines) =
            self.lines.as_ref().filter(|_| *event == self.event && zone == self.zone)
        {
            let new = NewItem { index, item: self.item.clone(), lines };
            if let Ok(changed) = insert_lines(document, "events", &[new]) {
                return Ok(Edit::Text(Box::new(changed)));
            }
        }
        if self.lines.as_deref().is_some_and(|lines| !comments(lines).is_empty()) {
            return Err(MoveFault::Comments.into());
        }
        // Keys that nobody knows go along.
        let mut item = event_item(event);
        if let (Value::Map(entries), Value::Map(written)) = (&mut item, &self.item) {
            let unknown = |(key, _): &&(String, Value)| !is_event_key(key);
            entries.extend(written.iter().filter(unknown).cloned());
        }
        Ok(Edit::Changes(vec![Change { edit: KeyEdit::Insert(index, item), ..change }]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

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
    fn a_step_that_the_other_plan_lacks_is_let_go_and_told() {
        let (trial, there, outcome) = moved(EMPTY, 2);
        let moved = outcome.unwrap();
        assert_eq!((moved.unlinked, moved.files), (vec!["deploy".to_owned()], Vec::new()));
        assert!(there.contains("text: second") && !there.contains("deploy"), "{there}");
        assert!(!trial.text().contains("second"));
    }

    #[test]
    fn what_would_lose_something_is_refused() {
        // Its lines cannot stand between brackets, and its time would mean another moment.
        for there in [EMPTY, &BEGUN.replace("Seoul", "Tokyo").replace("Asia/Tokyo", "UTC")] {
            let (trial, text, outcome) = moved(there, 1);
            assert!(matches!(outcome, Err(Fault::Move(MoveFault::Comments))), "{outcome:?}");
            assert_eq!((text.as_str(), trial.text().as_str()), (there, RECORD));
        }
        // Nor is a copy of its file left there.
        let trial = Trial::of(RECORD);
        trial.write(&RECORD.replace("    mood: bad\n", "    attachments: [a.png]\n"));
        let project = &trial.target.workspace.project;
        project.add_asset("demo", &AssetSource::new("a.png", vec![7])).unwrap();
        let to = project.create_record("search", EMPTY).unwrap();
        let outcome = move_event(&trial.target, EventChoice::Number(1), &to);
        assert!(matches!(outcome, Err(Fault::Move(MoveFault::Comments))), "{outcome:?}");
        assert!(project.asset_names("search").is_empty());
        let trial = Trial::of(RECORD);
        let itself = trial.target.record.clone();
        let outcome = move_event(&trial.target, EventChoice::Last, &itself);
        assert!(matches!(outcome, Err(Fault::Move(MoveFault::SameRecord { .. }))));
    }

    #[test]
    fn a_time_without_an_offset_stays_the_same_moment() {
        let trial = Trial::of(&RECORD.replace("   # as it was said", ""));
        let project = &trial.target.workspace.project;
        let there = BEGUN.replace("Asia/Seoul", "UTC");
        let to = project.create_record("search", &there).unwrap();
        let before = trial.document().incident.events[0].clone();
        move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        let text = project.raw_text(&to).unwrap();
        let after = project.load(&to).unwrap().document.incident.events[0].clone();
        assert_eq!(after.at.unwrap().unix(), before.at.unwrap().unix());
        assert!(text.contains("mood: bad"), "unknown keys go along: {text}");
    }
}
