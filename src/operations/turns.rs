//! Undoes and redoes changes of whole records, and of several records at once.

use crate::fault::{EditedPlace, Fault, RecordFault, ReverseWay, StoreFault, UndoFault};
use crate::format::{
    DELETE, Document, Effect, Joint, Journal, JournalEntry, LEAVE, MOVE, REDO, RELINK, RENAME, UNDO,
};
use crate::model::Moment;
use crate::store::{Noted, RecordName};
use crate::yaml::Value;

use super::losses::LossFinder;
use super::undo::{
    RecordFate, Selection, Turn, Turned, choose_back, leave, may_turn, nothing_there, turn_change,
    turned_change, turned_now,
};
use super::workspace::{Target, Workspace};

/// Undoes a change in effect, or redoes the one that was undone last, in every record that it changed.
///
/// # Errors
/// Nothing was changed, or the fault says in which record something was.
pub fn undo(target: &Target, turn: Turn) -> Result<Turned, Fault> {
    turn_any(target, turn).map_err(|why| with_way_on(target, turn, why))
}

/// Passes over a change that cannot be undone, in every record that it changed: it stays, and the next undo takes the change
/// before it.
///
/// # Errors
/// The change can be undone, or its journal cannot be written.
pub fn pass_over(target: &Target, number: usize) -> Result<JournalEntry, Fault> {
    let (turn, journal) = (Turn::Back(number), target.journal()?);
    let change = turned_change(&journal, turn);
    let change = change.ok_or_else(|| nothing_there(&journal, turn, &target.record))?;
    match undo(&target.rehearsed(), turn) {
        Ok(_) => return Err(UndoFault::CanGo { number }.into()),
        Err(Fault::Undo(UndoFault::Refused { .. })) => {}
        Err(why) => return Err(why),
    }
    let others = change.joint.iter().flat_map(|joint| &joint.records);
    for part in others.filter(|id| **id != target.record.id).map(|id| other(target, id)) {
        let journal = part.journal()?;
        let is_part = |it: &&JournalEntry| it.joint == change.joint;
        if let Some(own) = journal.undoable().into_iter().find(is_part) {
            leave_standing(&part, own)?;
        }
    }
    leave_standing(target, change)?;
    Ok(change.clone())
}

fn leave_standing(target: &Target, change: &JournalEntry) -> Result<(), StoreFault> {
    let Target { workspace, record, wait } = target;
    let noted = Noted { about: vec![change.id.clone()], ..Noted::default() };
    workspace.project.settle(record, &target.command(LEAVE), noted, Vec::new(), wait)
}

/// Returns why a change was not undone, with the number by which it can be passed over, since the same command would meet
/// the same change again. A later one that is to be undone first can be.
fn with_way_on(target: &Target, turn: Turn, why: Fault) -> Fault {
    let Turn::Back(number) = turn else { return why };
    let can_go = |number: usize| turn_any(&target.rehearsed(), Turn::Back(number)).is_ok();
    let why = match why {
        Fault::Undo(UndoFault::ChangedLater { entry, number, event }) if !can_go(number) => {
            UndoFault::LaterStays { entry, number, event }.into()
        }
        why => why,
    };
    match why {
        Fault::Undo(
            why @ (UndoFault::EntryEdited { .. }
            | UndoFault::EntryGone { .. }
            | UndoFault::LaterStays { .. }
            | UndoFault::KeyChanged { .. }
            | UndoFault::TextChanged
            | UndoFault::HoldsMore { .. }
            | UndoFault::Step { .. }
            | UndoFault::Edit(_)
            | UndoFault::Apart { .. }
            | UndoFault::ChangedIn { .. }
            | UndoFault::EditedIn { .. }),
        ) => UndoFault::Refused { why: Box::new(why), number }.into(),
        why => why,
    }
}

fn turn_any(target: &Target, turn: Turn) -> Result<Turned, Fault> {
    let journal = target.journal()?;
    if let Some(joint) = left_half_way(target, &journal, turn)? {
        return turn_jointly(target, &joint, turn);
    }
    if let Some(JournalEntry { joint: Some(joint), .. }) = turned_change(&journal, turn) {
        return turn_jointly(target, joint, turn);
    }
    let change = turned_now(target, &journal, turn);
    turn_one(target, change.ok_or_else(|| nothing_there(&journal, turn, &target.record))?, turn)
}

/// Returns the joint change that was undone or redone last in this record, if a process ended before it did so in the
/// others.
fn left_half_way(target: &Target, journal: &Journal, turn: Turn) -> Result<Option<Joint>, Fault> {
    let is_last = |entry: &&JournalEntry| match turn {
        Turn::Back(number) => number == 1 && entry.verb == UNDO,
        Turn::Again(number) => number == 1 && entry.verb == REDO,
    };
    let last = journal.entries().last().filter(is_last);
    let about = |last: &JournalEntry| {
        journal.entries().iter().find(|entry| last.about.contains(&entry.id))?.joint.clone()
    };
    let Some(joint) = last.and_then(about) else { return Ok(None) };
    let mut others = joint.records.iter().filter(|id| **id != target.record.id);
    let waits = |id: &String| matches!(part_of(&other(target, id), &joint, turn), Ok(Some(_)));
    let is_left = others.any(waits);
    Ok(is_left.then_some(joint))
}

/// Undoes this record's part of a joint change that could not be made in all of its records.
///
/// # Errors
/// It is not in effect, or cannot be undone.
pub(super) fn take_part_back(target: &Target, joint: &Joint) -> Result<(), Fault> {
    let turn = Turn::Back(1);
    match part_of(target, joint, turn)? {
        Some(change) => turn_one(target, &change, turn).map(drop),
        None => Ok(()),
    }
}

/// Undoes or redoes a change of a single record.
fn turn_one(target: &Target, change: &JournalEntry, turn: Turn) -> Result<Turned, Fault> {
    match change.verb.as_str() {
        RENAME | DELETE => turn_whole(target, change, turn),
        _ => turn_change(target, change, turn),
    }
}

/// Undoes or redoes the renaming or deletion of a record.
fn turn_whole(target: &Target, change: &JournalEntry, turn: Turn) -> Result<Turned, Fault> {
    let Target { workspace, record, wait } = target;
    let project = &workspace.project;
    let command = target.command(if turn.is_redo() { REDO } else { UNDO });
    let about = vec![change.id.clone()];
    let mut selection = Selection::Same;
    let (fate, copies) = match (change.verb.as_str(), turn.is_redo()) {
        (DELETE, true) => {
            let noted = Noted { about, ..Noted::default() };
            let copies = project.delete_record(record, &command, noted, wait)?;
            (RecordFate::Gone(leave(target, into(change, record))), copies)
        }
        (DELETE, false) => {
            let copies = project.restore_record(record, &command, change, wait);
            let copies = copies.map_err(|fault| in_the_way(target, &record.id, fault, turn))?;
            selection = choose_back(target, change, into(change, record));
            (RecordFate::Back, copies)
        }
        (_, again) => {
            let effect = change.effects.first();
            let name = effect
                .and_then(|effect| if again { &effect.after } else { &effect.before }.as_ref());
            let name = name.and_then(|name| name.lone()).unwrap_or(&record.id);
            let noted = Noted { about, ..Noted::default() };
            let renamed = project.rename_record(record, name, &command, noted, wait);
            let renamed = renamed.map_err(|fault| in_the_way(target, name, fault, turn))?;
            (RecordFate::Renamed(renamed), Vec::new())
        }
    };
    let (with, edited) = (Vec::new(), Vec::new());
    Ok(Turned { with, change: change.clone(), edited, record: fate, copies, selection })
}

/// Returns why a record cannot be put back under a name.
fn in_the_way(target: &Target, name: &str, fault: StoreFault, turn: Turn) -> Fault {
    let StoreFault::Exists { path } = fault else { return fault.into() };
    let project = &target.workspace.project;
    if project.exact(name).is_none_or(|there| there.path != path) {
        return StoreFault::Exists { path }.into();
    }
    let (file, record) = (project.file_of(name), target.record.id.clone());
    UndoFault::InTheWay { file, record, redo: turn.is_redo() }.into()
}

/// Returns the record that another one was merged into when it was deleted.
fn into<'c>(deletion: &'c JournalEntry, record: &RecordName) -> Option<&'c str> {
    // Older journals only have the joint change.
    let all = deletion.joint.iter().flat_map(|joint| &joint.records);
    deletion.into.iter().chain(all).map(String::as_str).find(|id| *id != record.id)
}

/// Undoes or redoes a change of several records: restored entries are written before others are removed.
fn turn_jointly(target: &Target, joint: &Joint, turn: Turn) -> Result<Turned, Fault> {
    let Target { workspace, record, wait } = target;
    let _alone = workspace.project.hold_joint_changes(wait)?;
    let parts = parts(target, joint, turn)?;
    if parts.is_empty() {
        // Somebody else did it meanwhile.
        return Err(nothing_there(&target.journal()?, turn, record).into());
    }
    for (part, change) in &parts {
        // A deleted or renamed record is restored before its other changes are considered.
        if !matches!(change.verb.as_str(), RENAME | DELETE) {
            may_turn(part, change, turn).map_err(|why| changed_in(part, (record, joint), why))?;
        }
    }
    let mut done: Vec<(Target, Turned)> = Vec::new();
    for (part, change) in parts {
        match turn_one(&part, &change, turn) {
            Ok(turned) => done.push((part, turned)),
            Err(why) => return Err(turned_back(&done, part.record.id, why, turn)),
        }
    }
    // If it is not among them, a process that ended half-way had done it here.
    let own = done.iter().position(|(part, _)| part.record.id == record.id).unwrap_or(0);
    let (_, own) = done.remove(own);
    let with = done.into_iter().map(|(part, turned)| (part.record, turned)).collect();
    Ok(Turned { with, ..own })
}

/// Returns why a joint change cannot be turned in one of its records: if that is another one than this `record` and was
/// changed since, it is named.
fn changed_in(part: &Target, (record, joint): (&RecordName, &Joint), why: Fault) -> Fault {
    let is_changed = matches!(
        why,
        Fault::Undo(
            UndoFault::EntryEdited { .. }
                | UndoFault::EntryGone { .. }
                | UndoFault::ChangedLater { .. }
                | UndoFault::KeyChanged { .. }
                | UndoFault::TextChanged
        )
    );
    let other = part.record.id.clone();
    if !is_changed || part.record.id == record.id {
        return why;
    }
    let Workspace { project, git, .. } = &part.workspace;
    let document = project.load(&part.record).map(|loaded| loaded.document);
    let finder = LossFinder::new(project, *git);
    // Lost entries are no later change that could be undone.
    if let Some(Err(lost)) = document.ok().map(|it| finder.refuse_losses(&part.record, &it)) {
        return lost;
    }
    match (number_in(part, joint), why) {
        (Some(1) | None, Fault::Undo(UndoFault::EntryEdited { entry, place, .. })) => {
            let back = way_back(part, (record, joint), &place);
            UndoFault::EditedIn { record: other, entry, back }.into()
        }
        (Some(1) | None, Fault::Undo(UndoFault::KeyChanged { key, .. })) => {
            let back = way_back(part, (record, joint), &EditedPlace::Other);
            UndoFault::EditedIn { record: other, entry: key, back }.into()
        }
        (Some(1) | None, _) => UndoFault::Apart { record: other }.into(),
        (Some(_), _) => UndoFault::ChangedIn { record: other }.into(),
    }
}

/// Returns the command that does the opposite of a joint change, whatever was edited in this part of it by hand: it moves
/// the event at this place back, or gives the record its former name.
fn way_back(
    part: &Target,
    (record, joint): (&RecordName, &Joint),
    place: &EditedPlace,
) -> Option<ReverseWay> {
    let journal = part.journal().ok()?;
    let own = journal.in_effect().into_iter().rfind(|it| it.joint.as_ref() == Some(joint))?;
    let change = |target: &Target| {
        let names = names_of_renamed(target, joint);
        Some((names.first()?.clone(), names.last()?.clone()))
    };
    match (own.verb.as_str(), place) {
        (MOVE, EditedPlace::Event(number)) => {
            let (from, to) = (part.record.id.clone(), record.id.clone());
            Some(ReverseWay::Move { number: *number, from, to })
        }
        (RELINK, _) => {
            let mut renamed = joint.records.iter().filter_map(|id| change(&other(part, id)));
            let (to, from) = renamed.next()?;
            Some(ReverseWay::Rename { from, to })
        }
        _ => None,
    }
}

/// Returns why a joint change was not turned in a record, after it was turned back in those that had turned already. If
/// that fails, the fault says so.
fn turned_back(done: &[(Target, Turned)], record: String, why: Fault, turn: Turn) -> Fault {
    let opposite = if turn.is_redo() { Turn::Back(1) } else { Turn::Again(1) };
    let stays = done.iter().rev().filter(|(part, turned)| {
        let renamed = match &turned.record {
            RecordFate::Renamed(name) => Some(part.beside(name)),
            _ => None,
        };
        turn_one(renamed.as_ref().unwrap_or(part), &turned.change, opposite).is_err()
    });
    let stays: Vec<_> = stays.collect();
    // It is finished by the same command, unless somebody changed the record since.
    let is_last = |(part, turned): &&(Target, Turned)| {
        let journal = part.journal().unwrap_or_default();
        journal.entries().last().is_some_and(|last| last.about.contains(&turned.change.id))
    };
    let undo = stays.first().copied().filter(is_last).map(|_| 1);
    let turned = stays.iter().map(|(part, _)| part.record.id.clone()).collect();
    half_way(turned, record, (turn.is_redo(), undo), why)
}

/// Returns why a change of several records was refused in one of them; `turned` are others in which it stays, `undo` its
/// number in the first one. `redo` is whether it was to be redone.
pub(super) fn half_way(
    turned: Vec<String>,
    record: String,
    (redo, undo): (bool, Option<usize>),
    why: Fault,
) -> Fault {
    match turned.is_empty() {
        true => why,
        false => RecordFault::Halfway { turned, record, redo, undo, why: Box::new(why) }.into(),
    }
}

/// Returns the number by which a joint change can be undone in a record.
pub(super) fn number_in(record: &Target, joint: &Joint) -> Option<usize> {
    let journal = record.journal().ok()?;
    let is_it = |change: &&JournalEntry| change.joint.as_ref() == Some(joint);
    Some(journal.undoable().iter().rev().position(is_it)? + 1)
}

/// Returns every record of a joint change, with its part, in the order in which they are turned. The change has both ids of
/// a renamed record, which exists under one of them.
fn parts(target: &Target, joint: &Joint, turn: Turn) -> Result<Vec<(Target, JournalEntry)>, Fault> {
    let (mut parts, mut unmade, mut apart) = (Vec::new(), Vec::new(), Vec::new());
    let mut absent = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for id in &joint.records {
        let part = other(target, id);
        let names = names_of_renamed(&part, joint);
        // It was noted, but the record still has its old name.
        let is_noted_only = !turn.is_redo()
            && names.first() == Some(id)
            && target.workspace.project.exact(id).is_some();
        let is_there = target.workspace.project.exact(id).is_some() || !names.is_empty();
        ids.extend(names);
        match part_of(&part, joint, turn) {
            // A process that ended half-way has turned it.
            Ok(None) => {}
            // Its beginning was undone as well.
            _ if turn.is_redo() && !is_there => absent.push(id),
            Ok(Some(_)) if is_noted_only => unmade.push(part),
            Ok(Some(change)) => parts.push((part, change)),
            Err(why) => apart.push((id, why)),
        }
    }
    if let Some(id) = absent.into_iter().find(|id| !ids.contains(id)) {
        return Err(UndoFault::Absent { record: id.clone() }.into());
    }
    apart.retain(|(id, _)| !ids.contains(id));
    unmade.extend(apart.iter().map(|(id, _)| other(target, id)));
    if !turn.is_redo() {
        parts.reverse();
    }
    // The records are only read if one of them has no part.
    match apart.into_iter().next() {
        Some((_, why)) if turn.is_redo() || !is_made_alone(&parts, &unmade) => Err(why),
        _ => Ok(parts),
    }
}

/// Returns the old and the new id of a record that was renamed as its part of a joint change.
fn names_of_renamed(part: &Target, joint: &Joint) -> Vec<String> {
    let journal = part.journal().unwrap_or_default();
    let mut changes = journal.entries().iter();
    let rename = changes.find(|it| it.verb == RENAME && it.joint.as_ref() == Some(joint));
    let effect = rename.and_then(|change| change.effects.first());
    let names = effect.map(|effect| [&effect.before, &effect.after]).into_iter().flatten();
    names.filter_map(|id| Some(id.as_ref()?.lone()?.to_owned())).collect()
}

/// Whether a joint change was made in these parts alone, because the process ended before it came to the other records:
/// they are there, and still have every entry that the parts added.
fn is_made_alone(parts: &[(Target, JournalEntry)], unmade: &[Target]) -> bool {
    // The new id of a renamed record, which is the last one, has no file yet.
    let relinks = parts.iter().all(|(_, change)| change.verb == RELINK);
    let there = if relinks { unmade.len().saturating_sub(1) } else { unmade.len() };
    let is_whole = |change: &JournalEntry| matches!(change.verb.as_str(), RENAME | DELETE);
    if parts.iter().any(|(_, change)| is_whole(change)) {
        return false;
    }
    let load = |part: &Target| part.workspace.project.load(&part.record).ok();
    let Some(others) = unmade[..there].iter().map(load).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let is_kept = |part: &Target, effect: &Effect| match (&effect.before, &effect.after) {
        (None, Some(item)) => {
            let entry = load(part).and_then(|own| moment_and_text(&own.document, effect, item));
            others.iter().any(|other| match &entry {
                Some((at, text)) => {
                    let events = &other.document.incident.events;
                    events.iter().any(|event| event.at == *at && event.text == *text)
                }
                None => other.document.items(&effect.list).contains(item),
            })
        }
        (Some(_), None) => false,
        _ => true,
    };
    let mut effects = parts
        .iter()
        .flat_map(|(part, change)| change.effects.iter().map(move |effect| (part, effect)));
    !others.is_empty() && effects.all(|(part, effect)| is_kept(part, effect))
}

/// Returns the moment and the text of an event as an effect has it, if it is still in the record.
fn moment_and_text(
    document: &Document,
    effect: &Effect,
    item: &Value,
) -> Option<(Option<Moment>, String)> {
    let place = document.items("events").iter().position(|other| other == item)?;
    let event = document.incident.events.get(place).filter(|_| effect.list == "events")?;
    Some((event.at, event.text.clone()))
}

/// Returns another record of the project, which may not exist.
fn other(target: &Target, id: &str) -> Target {
    let project = &target.workspace.project;
    let gone = || RecordName {
        id: id.to_owned(),
        path: project.records_folder().join(format!("{id}.yaml")),
    };
    target.beside(&project.exact(id).unwrap_or_else(gone))
}

/// Returns the change of a record that is its part of a joint one; `None` if that is undone, or redone, already.
fn part_of(part: &Target, joint: &Joint, turn: Turn) -> Result<Option<JournalEntry>, Fault> {
    let journal = part.journal()?;
    let is_part = |change: &&JournalEntry| change.joint.as_ref() == Some(joint);
    let taken_back = journal.undone().into_iter().rfind(is_part);
    let in_effect = journal.in_effect().into_iter().rev().find(is_part);
    match if turn.is_redo() { (taken_back, in_effect) } else { (in_effect, taken_back) } {
        (Some(change), _) => Ok(Some(change.clone())),
        (None, Some(_)) => Ok(None),
        (None, None) => Err(UndoFault::Apart { record: part.record.id.clone() }.into()),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::amend::EventChoice;
    use super::super::delete_merge::{delete_record, merge_records};
    use super::super::relocate::move_event;
    use super::super::rename::rename_record;
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::Doubt;
    use crate::store::Project;

    /// Returns why a change was not undone, though it can be passed over.
    fn why(outcome: Result<Turned, Fault>) -> UndoFault {
        match outcome.unwrap_err() {
            Fault::Undo(UndoFault::Refused { why, .. }) => *why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_joint_change_is_undone_in_all_of_its_records_or_in_none() {
        let (trial, to, _) = moved();
        let project = &trial.target.workspace.project;
        let texts = || [trial.text(), project.raw_text(&to).unwrap()];
        let moved = texts();
        let journal = project.root().join(".asrun/search.journal");
        let kept = std::fs::read(&journal).unwrap();
        std::fs::remove_file(&journal).unwrap();
        let outcome = undo(&trial.target, Turn::Back(1));
        let UndoFault::Apart { record } = why(outcome) else { panic!("not apart") };
        assert_eq!((record.as_str(), texts()), ("search", moved.clone()));
        std::fs::write(&journal, kept).unwrap();
        // What somebody edited there stays, and nothing is done here meanwhile.
        let edited = moved[1].replace("text: one", "text: one of two");
        std::fs::write(&to.path, &edited).unwrap();
        let own = || std::fs::read(project.root().join(".asrun/demo.journal")).unwrap();
        let noted = own();
        let outcome = undo(&trial.target, Turn::Back(1));
        let UndoFault::EditedIn { record, back, .. } = why(outcome) else { panic!("not edited") };
        let back_again =
            ReverseWay::Move { number: 1, from: "search".to_owned(), to: "demo".to_owned() };
        assert_eq!((record.as_str(), back), ("search", Some(back_again)));
        assert_eq!((texts(), own()), ([moved[0].clone(), edited.clone()], noted));
        // It can be left as it is, in both.
        pass_over(&trial.target, 1).unwrap();
        let in_both = [&trial.target.record, &to].map(|it| project.journal(it).unwrap());
        assert!(in_both.iter().all(|it| it.undoable().is_empty() && it.in_effect().len() == 1));
        assert_eq!(texts(), [moved[0].clone(), edited]);
    }

    #[test]
    fn a_joint_change_is_undone_once_its_records_are_as_it_left_them() {
        let (trial, to, before) = moved();
        let project = &trial.target.workspace.project;
        let texts = || [trial.text(), project.raw_text(&to).unwrap()];
        let moved = texts();
        std::fs::write(&to.path, moved[1].replace("text: one", "text: one of two")).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap_err();
        std::fs::write(&to.path, &moved[1]).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(texts(), before);
    }

    /// Returns two records, the second of which has an event that was moved there from the first one.
    fn moved() -> (Trial, RecordName, [String; 2]) {
        let trial = Trial::of(
            "title: Checkout\ntimezone: UTC\nevents:\n  - {at: 2024-09-07T18:00, text: one}\n  \
             - {at: 2024-09-07T18:10, text: two}\n",
        );
        let project = &trial.target.workspace.project;
        let search = "title: Search\ntimezone: UTC\nevents: []\n";
        let to = project.create_record("search", search).unwrap();
        let before = [trial.text(), search.to_owned()];
        move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        (trial, to, before)
    }

    /// Locks a record, as another command does, until the file is unlocked.
    fn locked(project: &Project, record: &RecordName) -> std::fs::File {
        let path = project.root().join(format!(".asrun/{}.lock", record.id));
        let lock = std::fs::File::open(path).unwrap();
        lock.lock().unwrap();
        lock
    }

    /// Others may log between the moment when a change is chosen and the moment when the record is free.
    #[test]
    fn the_change_that_was_chosen_is_undone_whatever_is_logged_meanwhile() {
        use super::super::log::{LogRequest, log};
        let (trial, to, _) = moved();
        let other = trial.target.beside(&to);
        let later = |target: &Target| {
            let text = "later in the other shift".to_owned();
            log(target, &LogRequest { text, ..LogRequest::default() }).unwrap();
        };
        let journal = trial.target.journal().unwrap();
        let joint = journal.in_effect().pop().unwrap().joint.clone().unwrap();
        let parts = parts(&trial.target, &joint, Turn::Back(1)).unwrap();
        // The event is back in its own record before it goes from the other one.
        let ids: Vec<&str> = parts.iter().map(|(part, _)| part.record.id.as_str()).collect();
        assert_eq!(ids, ["demo", "search"]);
        later(&trial.target);
        later(&other);
        for (part, change) in &parts {
            turn_one(part, change, Turn::Back(1)).unwrap();
        }
        let texts = [trial.text(), trial.target.workspace.project.raw_text(&to).unwrap()];
        assert!(texts[0].contains("text: one") && texts[0].contains("later in"), "{}", texts[0]);
        assert!(!texts[1].contains("text: one") && texts[1].contains("later in"), "{}", texts[1]);
    }

    #[test]
    fn a_joint_change_is_undone_and_redone_in_no_record_while_another_one_is_held() {
        let (mut trial, to, before) = moved();
        trial.target.wait.limit = std::time::Duration::ZERO;
        let project = trial.target.workspace.project.clone();
        let texts = |trial: &Trial| [trial.text(), project.raw_text(&to).unwrap()];
        let after = texts(&trial);
        for (turn, was, then) in
            [(Turn::Back(1), &after, &before), (Turn::Again(1), &before, &after)]
        {
            for held in [&trial.target.record, &to] {
                let lock = locked(&project, held);
                assert!(undo(&trial.target, turn).is_err());
                lock.unlock().unwrap();
                assert_eq!(texts(&trial), *was, "{turn:?} while {} is held", held.id);
            }
            undo(&trial.target, turn).unwrap();
            assert_eq!(texts(&trial), *then, "{turn:?}");
        }
    }

    /// A failure half-way names it: what was logged since is not undone instead.
    #[test]
    fn the_number_of_a_joint_change_is_that_by_which_it_is_undone() {
        use super::super::log::{LogRequest, log};
        let (trial, to, before) = moved();
        let other = trial.target.beside(&to);
        let journal = trial.target.journal().unwrap();
        let joint = journal.in_effect().pop().unwrap().joint.clone().unwrap();
        log(&other, &LogRequest { text: "later".to_owned(), ..LogRequest::default() }).unwrap();
        let number = number_in(&other, &joint).unwrap();
        undo(&other, Turn::Back(number)).unwrap();
        assert_eq!(trial.text(), before[0]);
        let text = trial.target.workspace.project.raw_text(&to).unwrap();
        assert!(text.contains("later") && !text.contains("text: one"), "{text}");
        assert_eq!(number_in(&other, &joint), None);
    }

    /// A process that is killed between the two halves of a change leaves the first one.
    fn forget_last_change(trial: &Trial, id: &str, text: &str) {
        let project = &trial.target.workspace.project;
        let journal = project.root().join(format!(".asrun/{id}.journal"));
        let lines = std::fs::read_to_string(&journal).unwrap();
        let kept = lines.trim_end().rfind('\n').map_or("", |end| &lines[..=end]);
        std::fs::write(&journal, kept).unwrap();
        std::fs::write(project.root().join(format!("incidents/{id}.yaml")), text).unwrap();
    }

    #[test]
    fn a_change_made_in_the_first_record_only_is_undone_there_alone() {
        let (trial, to, before) = moved();
        let project = &trial.target.workspace.project;
        forget_last_change(&trial, &trial.target.record.id, &before[0]);
        // Again, it is there twice, and the answer says so.
        let again = move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        assert!(matches!(again.doubts[0][..], [Doubt::Repeated { before: 0, .. }]), "{again:?}");
        undo(&trial.target.beside(&to), Turn::Back(1)).unwrap();
        undo(&trial.target.beside(&to), Turn::Back(1)).unwrap();
        assert_eq!([trial.text(), project.raw_text(&to).unwrap()], before);
        // Where the event is in no other record, it is not undone.
        let (trial, to, before) = moved();
        forget_last_change(
            &trial,
            &trial.target.record.id,
            &before[0].replace("text: one", "text: x"),
        );
        let outcome = undo(&trial.target.beside(&to), Turn::Back(1));
        assert!(matches!(why(outcome), UndoFault::Apart { .. }));
        // References to a record that has not got its new id yet.
        let trial = Trial::of("title: Checkout\nevents: []\n");
        let project = &trial.target.workspace.project;
        let refers = "title: Search\nevents:\n  - {at: 2024-09-07T18:00Z, text: see demo.yaml}\n";
        let search = project.create_record("search", refers).unwrap();
        rename_record(&trial.target, "other").unwrap();
        let other = project.exact("other").unwrap();
        std::fs::rename(&other.path, &trial.target.record.path).unwrap();
        std::fs::remove_file(project.root().join(".asrun/other.journal")).unwrap();
        assert!(project.raw_text(&search).unwrap().contains("see other.yaml"));
        undo(&trial.target.beside(&search), Turn::Back(1)).unwrap();
        assert_eq!(project.raw_text(&search).unwrap(), refers);
        // The same, where the new id was noted already.
        rename_record(&trial.target, "other").unwrap();
        std::fs::rename(&other.path, &trial.target.record.path).unwrap();
        let journal = |id: &str| project.root().join(format!(".asrun/{id}.journal"));
        std::fs::rename(journal("other"), journal(&trial.target.record.id)).unwrap();
        undo(&trial.target.beside(&search), Turn::Back(1)).unwrap();
        assert_eq!(project.raw_text(&search).unwrap(), refers);
    }

    /// Only the last change is completed: an older one is another change.
    #[test]
    fn what_was_left_half_way_is_completed_as_the_last_change_alone() {
        let (trial, to, before) = moved();
        let project = &trial.target.workspace.project;
        let there = project.raw_text(&to).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        forget_last_change(&trial, "search", &there);
        let texts = || [trial.text(), project.raw_text(&to).unwrap()];
        assert!(undo(&trial.target, Turn::Back(2)).is_err());
        assert_eq!(texts(), [before[0].clone(), there]);
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(texts(), before);
    }

    #[test]
    fn a_record_comes_back_from_no_merge_whose_other_half_is_not_known() {
        let trial = Trial::of("title: Checkout\nevents:\n  - {at: 2024-09-07T18:00Z, text: one}\n");
        let project = &trial.target.workspace.project;
        let again = "title: Again\nevents:\n  - {at: 2024-09-07T18:10Z, text: two}\n";
        let from = project.create_record("again", again).unwrap();
        merge_records(&trial.target, &from).unwrap();
        std::fs::remove_file(project.root().join(".asrun/demo.journal")).unwrap();
        let outcome = undo(&trial.target.beside(&from), Turn::Back(1));
        assert!(matches!(why(outcome), UndoFault::Apart { .. }));
        assert!(project.exact("again").is_none());
    }

    #[test]
    fn the_last_of_several_names_is_taken_back() {
        let trial = Trial::of("title: Checkout\nevents: []\n");
        let project = &trial.target.workspace.project;
        let mut target = trial.target.beside(&trial.target.record);
        for id in ["b", "c"] {
            target = target.beside(&rename_record(&target, id).unwrap().record);
        }
        let refers = "title: Search\nevents:\n  - {at: 2024-09-07T18:00Z, text: see c.yaml}\n";
        let search = project.create_record("search", refers).unwrap();
        rename_record(&target, "d").unwrap();
        undo(&trial.target.beside(&search), Turn::Back(1)).unwrap();
        assert_eq!(project.raw_text(&search).unwrap(), refers);
        assert!(project.exact("c").is_some() && project.exact("d").is_none());
    }

    /// The event of a merged record may have gone on to a third one.
    #[test]
    fn a_merge_is_not_undone_without_an_event_that_was_moved_on() {
        let (trial, to, _) = moved();
        let project = &trial.target.workspace.project;
        let third = project.create_record("third", "title: Third\nevents: []\n").unwrap();
        merge_records(&trial.target, &to).unwrap();
        move_event(&trial.target, EventChoice::Number(1), &third).unwrap();
        let outcome = undo(&trial.target, Turn::Back(2));
        assert!(matches!(outcome, Err(Fault::Undo(_))), "{outcome:?}");
        assert!(project.exact(&to.id).is_none());
        undo(&trial.target, Turn::Back(1)).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert!(project.raw_text(&to).unwrap().contains("text: one"));
    }

    #[test]
    fn several_records_are_changed_by_one_command_at_a_time() {
        use super::super::log::{LogRequest, log};
        use super::super::state::archive;
        let (mut trial, to, _) = moved();
        trial.target.wait.limit = std::time::Duration::ZERO;
        let project = trial.target.workspace.project.clone();
        let texts = |trial: &Trial| [trial.text(), project.raw_text(&to).unwrap()];
        let before = texts(&trial);
        let alone = project.hold_joint_changes(&trial.target.wait).unwrap();
        let both = || [trial.target.beside(&trial.target.record), trial.target.beside(&to)];
        assert!(move_event(&trial.target, EventChoice::Number(1), &to).is_err());
        assert!(merge_records(&trial.target, &to).is_err());
        assert!(archive(&both(), false).is_err());
        assert!(undo(&trial.target, Turn::Back(1)).is_err());
        assert_eq!(texts(&trial), before);
        // What changes one record does not wait.
        log(&trial.target, &LogRequest { text: "on".to_owned(), ..LogRequest::default() }).unwrap();
        drop(alone);
        archive(&both(), false).unwrap();
    }

    #[test]
    fn records_are_archived_all_or_none() {
        use super::super::state::archive;
        let (mut trial, to, _) = moved();
        trial.target.wait.limit = std::time::Duration::ZERO;
        let project = trial.target.workspace.project.clone();
        let lock = locked(&project, &to);
        let text = trial.text();
        let other = trial.target.beside(&to);
        assert!(archive(&[trial.target.beside(&trial.target.record), other], false).is_err());
        assert_eq!(trial.text(), text);
        lock.unlock().unwrap();
        let other = trial.target.beside(&to);
        archive(&[trial.target.beside(&trial.target.record), other], false).unwrap();
        assert!(trial.document().incident.archived);
    }

    /// Returns the files of a project, each with its content.
    fn files(trial: &Trial) -> Vec<(PathBuf, Vec<u8>)> {
        let root = trial.target.workspace.project.root();
        let folders = ["incidents", ".asrun"].map(|name| std::fs::read_dir(root.join(name)));
        let paths = folders.into_iter().flatten().flatten().map(|entry| entry.unwrap().path());
        let paths = paths.filter(|path| path.is_file() && path.extension().is_some());
        let mut files: Vec<_> =
            paths.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
        files.sort();
        files
    }

    /// Puts back the files of one kind as they were, as if a process had ended before it changed them.
    fn put_back(kind: &str, was: &[(PathBuf, Vec<u8>)], now: &[(PathBuf, Vec<u8>)]) {
        let of_kind =
            |(path, _): &&(PathBuf, Vec<u8>)| path.extension().is_some_and(|it| it == kind);
        now.iter().filter(of_kind).for_each(|(path, _)| std::fs::remove_file(path).unwrap());
        was.iter().filter(of_kind).for_each(|(path, text)| std::fs::write(path, text).unwrap());
    }

    /// Undoes or redoes a change, ends before files of that kind are written, and does it again.
    fn twice(trial: &Trial, record: &RecordName, turn: Turn, kind: &str) {
        let target = trial.target.beside(record);
        let was = files(trial);
        undo(&target, turn).unwrap();
        let done = files(trial);
        put_back(kind, &was, &done);
        undo(&target, turn).unwrap_or_else(|why| panic!("{turn:?} {kind}: {why:?}"));
        let texts = |files: Vec<(PathBuf, Vec<u8>)>| -> Vec<_> {
            files
                .into_iter()
                .filter(|(path, _)| path.extension().is_some_and(|it| it == "yaml"))
                .collect()
        };
        assert_eq!(texts(files(trial)), texts(done), "{turn:?} {kind}");
    }

    /// A record is written before that is noted, so that nothing is lost if a process ends between the two; what happens to
    /// a whole record is noted first.
    #[test]
    fn what_a_killed_process_undid_or_redid_is_finished_by_the_next_one() {
        use super::super::log::{LogRequest, log};
        use super::super::recover::{Restore, recover};
        let trial =
            Trial::of("title: t\ntimezone: UTC\nevents:\n- at: 2024-09-07T01:00Z\n  text: one\n");
        let record = trial.target.record.clone();
        let request = LogRequest { text: "two".to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        for turn in [Turn::Back(1), Turn::Again(1), Turn::Back(1)] {
            twice(&trial, &record, turn, "journal");
            let recovered =
                recover(&trial.target, Restore::Lost, &[], &|_: &std::path::Path| None).unwrap();
            assert!(recovered.entries.is_empty(), "{turn:?} {:?}", recovered.entries);
        }
        let renamed = super::super::rename::rename_record(&trial.target, "other").unwrap().record;
        let was = files(&trial);
        undo(&trial.target.beside(&renamed), Turn::Back(1)).unwrap();
        // The journal is renamed with the record.
        put_back("yaml", &was, &files(&trial));
        let journal = trial.target.workspace.project.root().join(".asrun");
        std::fs::rename(journal.join("demo.journal"), journal.join("other.journal")).unwrap();
        undo(&trial.target.beside(&renamed), Turn::Back(1)).unwrap();
        assert!(record.path.exists() && !renamed.path.exists());
        delete_record(&trial.target).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        twice(&trial, &record, Turn::Again(1), "yaml");
        assert!(!record.path.exists());
    }

    #[test]
    fn a_joint_change_that_was_undone_in_one_record_is_undone_in_the_others() {
        let trial = Trial::of(
            "title: Checkout\ntimezone: UTC\nevents:\n  - {at: 2024-09-07T18:00, text: one}\n",
        );
        let project = &trial.target.workspace.project;
        let to =
            project.create_record("search", "title: Search\ntimezone: UTC\nevents: []\n").unwrap();
        move_event(&trial.target, EventChoice::Number(1), &to).unwrap();
        for turn in [Turn::Back(1), Turn::Again(1)] {
            let both = [&trial.target.record, &to];
            for (first, typed) in both.into_iter().flat_map(|first| both.map(|it| (first, it))) {
                let was = files(&trial);
                undo(&trial.target, turn).unwrap();
                let done = files(&trial);
                let is_first =
                    |(path, _): &&(PathBuf, Vec<u8>)| path.file_stem() == first.path.file_stem();
                was.iter()
                    .filter(is_first)
                    .for_each(|(path, text)| std::fs::write(path, text).unwrap());
                undo(&trial.target.beside(typed), turn).unwrap();
                let texts = [trial.text(), project.raw_text(&to).unwrap()];
                let all = |path: &std::path::Path| {
                    done.iter().find(|(it, _)| it == path).unwrap().1.clone()
                };
                assert_eq!(
                    texts.map(String::into_bytes),
                    [all(&trial.target.record.path), all(&to.path)]
                );
                let back = if turn.is_redo() { Turn::Back(1) } else { Turn::Again(1) };
                undo(&trial.target, back).unwrap();
            }
            undo(&trial.target, turn).unwrap();
        }
    }
}
