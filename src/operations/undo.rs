//! Undoes the last change, and redoes it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use crate::fault::{EditFault, EditedPlace, Fault, PlanFault, StoreFault, UndoFault};
use crate::format::apply_all;
use crate::format::edit::{apply, apply_together, take_back};
use crate::format::{
    ARCHIVE, CopiedFile, DELETE, Document, EDIT, Effect, FORGET, Journal, JournalEntry, LISTS,
    Losses, Missing, NEW, OldLines, OwnText, REDO, RENAME, Standing, UNDO, as_written, effects_as,
    insert_items, is_fingerprint, item_path, list_place, place_in,
};
use crate::lang::{Deed, Was, told_entry};
use crate::model::Incident;
use crate::store::{CopyFate, Edit, Noted, RecordName, Saved};
use crate::yaml::{Change, OwnLines, Splice, Value, comments, key_changes_in_place};

use super::changes::{events_of_step, number_of};
use super::header::header_key;
use super::post_keys::POST;
use super::was::was;
use super::workspace::Target;

/// Which change to undo or redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Undoes a change in effect, given by its number, where 1 is the last.
    Back(usize),
    /// Redoes a change that was undone, given by its number, where 1 is the one that was undone last.
    Again(usize),
}

impl Turn {
    /// Whether it is a redo.
    pub fn is_redo(self) -> bool {
        matches!(self, Turn::Again(_))
    }
}

/// A change that was undone or redone.
#[derive(Debug)]
pub struct Turned {
    /// Other records that were changed together with this one.
    pub with: Vec<(RecordName, Turned)>,
    /// The change as in the journal, with the entries that it removed as they stood.
    pub change: JournalEntry,
    /// What asrun had written of those entries that were edited by hand since.
    pub edited: Vec<Value>,
    /// What happened to the record.
    pub record: RecordFate,
    /// What happened to copies of files that belong to the change.
    pub copies: Vec<(String, Result<CopyFate, StoreFault>)>,
    /// Whether the current record changed.
    pub selection: Selection,
}

/// The effect on the current record.
#[derive(Debug)]
pub enum Selection {
    /// It is unchanged.
    Same,
    /// Another record is the current one, or none.
    Now(Option<String>),
    /// The record would be current again, but this one was selected since.
    Other(String),
    /// It could not be saved.
    Failed(StoreFault),
}

/// The effect on a record.
#[derive(Debug)]
pub enum RecordFate {
    /// Its content changed.
    Changed(Box<Saved>),
    /// It was removed; with the new current record, if there is one.
    Gone(Option<String>),
    /// It was restored.
    Back,
    /// It has another id.
    Renamed(RecordName),
}

/// Undoes a change in effect, or redoes the one that was undone last, along with the copies of files that belong to it,
/// and with the record itself if the change created it.
///
/// # Errors
/// Nothing was changed.
pub(super) fn turn_change(
    target: &Target,
    change: &JournalEntry,
    turn: Turn,
) -> Result<Turned, Fault> {
    if change.verb == NEW {
        let (record, copies) = turn_beginning(target, change, turn)?;
        let selection = if turn.is_redo() { choose(target) } else { Selection::Same };
        let (with, edited) = (Vec::new(), Vec::new());
        return Ok(Turned { with, change: change.clone(), edited, record, copies, selection });
    }
    let (project, id) = (&target.workspace.project, &target.record.id);
    let mut copies = Vec::new();
    let turned = target.update(if turn.is_redo() { REDO } else { UNDO }, |document| {
        // Others may have changed the record since the change was chosen, which is still meant.
        let journal = target.journal()?;
        let change = still_there(&journal, change, turn)
            .ok_or_else(|| nothing_there(&journal, turn, &target.record))?;
        let before = document;
        let TurnedText { document, noted: mut effects, done, edited } =
            turned(before, &journal, change, turn)?;
        if effects.is_empty() {
            // Several events of one minute may be like each other: each goes back to what it was.
            effects = effects_as(before, &document, &in_turn(&done, turn));
        }
        if turn.is_redo() && copies.is_empty() {
            let back = |copy: &CopiedFile| (copy.name.clone(), project.bring_copy_back(id, copy));
            copies = change.copies.iter().map(back).collect();
        }
        let noted = Noted { about: vec![change.id.clone()], effects, ..Noted::default() };
        let change = JournalEntry { effects: done, ..change.clone() };
        Ok((Edit::Text(Box::new(document)), noted, (change, edited)))
    });
    let (saved, (change, edited)) = turned?;
    if !turn.is_redo() {
        let text = saved.after.text();
        // A copy that the record still refers to belongs to another entry as well, or was referred to by hand.
        let fate = |copy: &CopiedFile| match text.contains(&copy.name) {
            true => Ok(CopyFate::Named),
            false => project.take_copy_away(id, copy),
        };
        copies = change.copies.iter().map(|copy| (copy.name.clone(), fate(copy))).collect();
    }
    let selection = turn_selection(target, &change, turn);
    let record = RecordFate::Changed(Box::new(saved));
    Ok(Turned { with: Vec::new(), change, edited, record, copies, selection })
}

/// Undoes or redoes a change of the current record.
fn turn_selection(target: &Target, change: &JournalEntry, turn: Turn) -> Selection {
    let (project, id) = (&target.workspace.project, &target.record.id);
    let Some(current) = change.current.as_deref() else { return Selection::Same };
    let is_chosen = project.chosen().as_ref() == Some(id);
    match (change.verb == ARCHIVE, turn.is_redo()) {
        (true, false) => choose_back(target, change, None),
        (true, true) if is_chosen => Selection::Now(leave(target, None)),
        (false, false) if is_chosen && current != id => {
            Selection::Now(leave(target, Some(current)))
        }
        (false, true) if !is_chosen => choose(target),
        _ => Selection::Same,
    }
}

/// Makes the record current again, if it was before the change and no other one was selected since; `after` is the one
/// that the change itself made current.
pub(super) fn choose_back(
    target: &Target,
    change: &JournalEntry,
    after: Option<&str>,
) -> Selection {
    match target.workspace.project.chosen().filter(|chosen| Some(chosen.as_str()) != after) {
        _ if change.current.as_ref() != Some(&target.record.id) => Selection::Same,
        Some(other) if other != target.record.id => Selection::Other(other),
        Some(_) => Selection::Same,
        None => choose(target),
    }
}

fn choose(target: &Target) -> Selection {
    let id = &target.record.id;
    match target.workspace.project.choose(id) {
        Ok(()) => Selection::Now(Some(id.clone())),
        Err(fault) => Selection::Failed(fault),
    }
}

/// Checks whether a record could be undone or redone, and written.
///
/// # Errors
/// It could not.
pub(super) fn may_turn(target: &Target, change: &JournalEntry, turn: Turn) -> Result<(), Fault> {
    let rehearsed = target.rehearsed().update(UNDO, |document| {
        let TurnedText { document, .. } = turned(document, &target.journal()?, change, turn)?;
        Ok((Edit::Text(Box::new(document)), Noted::default(), ()))
    });
    rehearsed.map(|_| ())
}

/// Selects another record as the current one, if the one that disappears was it; returns the current record.
pub(super) fn leave(target: &Target, before: Option<&str>) -> Option<String> {
    let (project, record) = (&target.workspace.project, &target.record);
    match project.chosen() {
        Some(chosen) if chosen == record.id => {
            let before = before.filter(|id| project.exact(id).is_some());
            // If this fails, the current record does not exist, which is reported wherever it is used.
            let _ = project.choose_again(before);
            before.map(str::to_owned)
        }
        other => other,
    }
}

/// What happened to the copies of files that belong to a change.
type CopyFates = Vec<(String, Result<CopyFate, StoreFault>)>;

/// Removes a record that contains only what it began with, or restores it, along with the files that were copied for
/// it.
fn turn_beginning(
    target: &Target,
    begun: &JournalEntry,
    turn: Turn,
) -> Result<(RecordFate, CopyFates), Fault> {
    let Target { workspace, record, wait } = target;
    let project = &workspace.project;
    if turn.is_redo() {
        let back =
            |copy: &CopiedFile| (copy.name.clone(), project.bring_copy_back(&record.id, copy));
        project.bring_record_back(record, &target.command(REDO), begun, wait)?;
        let copies = begun.copies.iter().map(back).collect();
        return Ok((RecordFate::Back, copies));
    }
    if !is_fingerprint(begun.after, &project.raw_text(record)?) {
        return Err(UndoFault::HoldsMore { record: record.id.clone() }.into());
    }
    let is_own = |file: &String| begun.copies.iter().any(|copy| copy.name == *file);
    if let Some(file) = project.asset_names(&record.id)?.into_iter().find(|file| !is_own(file)) {
        let folder = project.files_of(&record.id);
        return Err(UndoFault::HoldsFiles { folder, file }.into());
    }
    project.take_record_away(record, &target.command(UNDO), begun, wait)?;
    let away = |copy: &CopiedFile| (copy.name.clone(), project.take_copy_away(&record.id, copy));
    let copies = begun.copies.iter().map(away).collect();
    Ok((RecordFate::Gone(leave(target, begun.current.as_deref())), copies))
}

/// Returns the change that would be undone or redone.
pub fn turned_change(journal: &Journal, turn: Turn) -> Option<&JournalEntry> {
    let (all, number) = match turn {
        Turn::Again(number) => (journal.undone(), number),
        Turn::Back(number) => (journal.undoable(), number),
    };
    all.len().checked_sub(number).and_then(|at| all.get(at).copied())
}

/// Returns a change as the journal has it now, if it can still be undone or redone.
fn still_there<'j>(
    journal: &'j Journal,
    change: &JournalEntry,
    turn: Turn,
) -> Option<&'j JournalEntry> {
    let is_it = |other: &&JournalEntry| other.id == change.id;
    match turn {
        Turn::Again(_) => journal.undone().into_iter().rfind(is_it),
        Turn::Back(_) => journal.in_effect().into_iter().find(is_it),
    }
}

/// As [`turned_change`], but returns the change again if the process that turned it ended after it had noted that and
/// before it did it: the record still has the other name, or is still there.
pub(super) fn turned_now<'j>(
    target: &Target,
    journal: &'j Journal,
    turn: Turn,
) -> Option<&'j JournalEntry> {
    let Target { workspace, record, .. } = target;
    let left_undone = || {
        let last = journal.entries().last()?;
        let is_turn = match turn {
            Turn::Back(number) => number == 1 && last.verb == UNDO,
            Turn::Again(number) => number == 1 && last.verb == REDO,
        };
        let change = journal.entries().iter().find(|entry| last.about.contains(&entry.id))?;
        let is_there = || workspace.project.exact(&record.id).is_some();
        let is_left = match (change.verb.as_str(), turn.is_redo()) {
            (RENAME, redo) => {
                let effect = change.effects.first()?;
                let left = if redo { &effect.before } else { &effect.after };
                left.as_ref()?.lone() == Some(record.id.as_str())
            }
            (NEW, false) | (DELETE, true) => is_there(),
            _ => false,
        };
        (is_turn && is_left).then_some(change)
    };
    left_undone().or_else(|| turned_change(journal, turn))
}

/// Returns the effects of a change, one per entry.
pub fn deeds(entry: &JournalEntry) -> Vec<Deed> {
    let deed = |effect: &Effect| match (&effect.before, &effect.after) {
        (was, now) if !LISTS.contains(&effect.list.as_str()) => {
            Deed::Key { key: effect.list.clone(), now: now.clone(), was: was.clone() }
        }
        (Some(before), Some(after)) => {
            Deed::Changed { now: after.clone(), was: was(before, after) }
        }
        (Some(item), None) => Deed::Removed(item.clone()),
        (None, Some(item)) => Deed::Added(item.clone()),
        (None, None) => Deed::Unknown,
    };
    if entry.verb == NEW {
        let title = entry.effects.iter().find_map(|effect| effect.after.clone());
        return title.map(Deed::Begun).into_iter().collect();
    }
    if entry.effects.is_empty() && entry.verb == EDIT {
        return vec![Deed::Layout];
    }
    entry.effects.iter().map(deed).collect()
}

pub(super) fn nothing_there(journal: &Journal, turn: Turn, record: &RecordName) -> UndoFault {
    let record = record.id.clone();
    let changes = journal.undoable().len();
    match turn {
        Turn::Again(_) => UndoFault::NothingTakenBack { record, is_over: journal.has_undone() },
        Turn::Back(_) if changes == 0 => UndoFault::NothingDone { record },
        Turn::Back(number) => UndoFault::NoSuchChange { number, changes },
    }
}

/// A record without a change, or with it again.
struct TurnedText {
    document: Document,
    /// The effects to be noted, if the record was so already in part.
    noted: Vec<Effect>,
    /// The change, with the entries that it removed as they stood.
    done: Vec<Effect>,
    /// What asrun had written of those that were edited by hand since.
    edited: Vec<Value>,
}

/// Returns the record without the change, or with it again: literally if the text is still the one that asrun wrote,
/// else entry by entry and key by key. If it is so already, since a process ended before it could note that, the effects to
/// be noted are returned with it. An entry that was edited by hand since is removed as it stands; a redo restores it so.
fn turned(
    document: &Document,
    journal: &Journal,
    entry: &JournalEntry,
    turn: Turn,
) -> Result<TurnedText, Fault> {
    let left = left_by(journal, entry);
    let (mut splices, effects) = backward(left);
    if left.splices.is_empty() {
        // The process that turned it ended before it could note that.
        (splices, _) = if turn.is_redo() { forward(entry) } else { backward(entry) };
    }
    let as_done = |effects: &[Effect]| in_turn(effects, turn);
    let (mut noted, mut edited) = (Vec::new(), Vec::new());
    // What was forgotten was gone before.
    if entry.verb == FORGET
        || is_last(journal, entry, turn) && is_turned(document, (entry, left), turn)
    {
        let done = as_done(&effects);
        return Ok(TurnedText { document: document.clone(), noted: effects, done, edited });
    }
    let is_left = left.after != 0 && is_fingerprint(left.after, &document.to_text());
    let mut done = as_done(&effects);
    let literally = take_back(document, &splices, &effects, is_left);
    let turned = literally.or_else(|_| {
        let mut open = not_so_yet(document, journal, &effects);
        let is_whole = open.len() == effects.len();
        if !is_whole {
            noted.clone_from(&effects);
            if open.is_empty() {
                return Ok(document.clone());
            }
        }
        // What another record gets back does not have what was edited here.
        let is_alone = entry.joint.is_none();
        if is_alone {
            edited = as_they_stand(document, (journal, entry), &splices, &mut open);
        }
        if is_whole {
            done = as_done(&open);
        }
        let old = OldLines::of([left, entry]);
        let may_go = |lines: &str| is_alone || may_go(lines, &splices);
        by_entries(document, &old, &may_go, &open).map_err(|stop| match stop {
            Stop::Refused(fault) => fault,
            Stop::Entry(effect) => not_as_written(document, journal, entry, &effect),
        })
    });
    let document_after = turned?;
    let document_after =
        if is_left { document_after } else { without_emptied(document_after, &splices, &effects) };
    // What is redone was there before: nothing was changed since.
    if !turn.is_redo() {
        refuse_broken_links(&document.incident, &document_after.incident)?;
    }
    Ok(TurnedText { document: document_after, noted, done, edited })
}

/// Removes the keys that a change had added for its entries, and that are empty without them.
fn without_emptied(document: Document, splices: &[Splice], effects: &[Effect]) -> Document {
    let has_line = |text: &str, key: &str| {
        let mut lines = text.lines();
        lines.any(|line| line.trim_start().strip_prefix(key).is_some_and(|it| it.starts_with(':')))
    };
    let is_new = |key: &str| {
        let mut own = splices.iter();
        own.any(|it| has_line(&it.inserted, key) && !has_line(&it.removed, key))
    };
    let lists = effects.iter().filter(|it| it.after.is_none() && LISTS.contains(&&*it.list));
    lists.fold(document, |document, effect| {
        let (path, key) = list_place(&effect.list);
        let is_empty = matches!(document.value_named(&effect.list), Some(Value::Null));
        if !is_empty || !is_new(key) {
            return document;
        }
        let done = apply(&document, &Change::unset(path, key)).map(|(done, _)| done);
        // A comment beside it is the user's.
        let kept = done.ok().filter(|done| comments(done.text()) == comments(document.text()));
        kept.unwrap_or(document)
    })
}

/// Gives each effect that removes an entry the entry as it stands, if that was edited by hand since, but not if a later
/// change in effect is about it; returns what asrun had written of these.
fn as_they_stand(
    document: &Document,
    (journal, entry): (&Journal, &JournalEntry),
    splices: &[Splice],
    effects: &mut [Effect],
) -> Vec<Value> {
    let (mut standing, mut edited) = (journal.standing(document), Vec::new());
    let mut lists: HashMap<String, Entries> = HashMap::new();
    for Effect { list, before, after } in effects {
        let (Some(written), None) = (&before, after) else { continue };
        if !LISTS.contains(&list.as_str()) {
            continue;
        }
        let entries = lists.entry(list.clone()).or_insert_with(|| Entries::of(document, list));
        if let Some(place) = entries.place(written) {
            let lines = entries.lines.get(place).map(|lines| &document.text()[lines.clone()]);
            let has_comment = lines.is_some_and(|lines| !may_go(lines, splices));
            edited.extend(has_comment.then(|| written.clone()));
            continue;
        }
        let is_it =
            |it: &Standing| it.was(list, written) && changed_later(journal, entry, it).is_none();
        if let Some(place) = standing.iter().position(is_it) {
            edited.push(written.clone());
            *before = Some(standing.swap_remove(place).stands);
        }
    }
    edited
}

/// Returns the number of the first change in effect after this one that is about an entry.
fn changed_later(journal: &Journal, entry: &JournalEntry, about: &Standing) -> Option<usize> {
    let stand = journal.undoable();
    let later = stand.iter().rev().zip(1..).take_while(|(change, _)| change.id != entry.id);
    let mut numbers = later
        .filter(|(change, _)| change.effects.iter().any(|effect| about.is_changed_by(effect)))
        .map(|(_, number)| number);
    numbers.next()
}

/// Returns why an entry cannot be restored, or removed: it is not as the change left it.
fn not_as_written(
    document: &Document,
    journal: &Journal,
    entry: &JournalEntry,
    Effect { list, before, after }: &Effect,
) -> UndoFault {
    let Some(written) = before else { return UndoFault::Edit(EditFault::Changed) };
    let told = told_entry(written);
    let standing = journal.standing(document).into_iter().find(|it| it.was(list, written));
    let Some(standing) = standing else {
        let missing = Missing::item(list, written.clone());
        let is_missed = journal.missing(document).contains(&missing);
        return UndoFault::EntryGone { entry: told, is_missed };
    };
    let index = document.items(list).iter().position(|item| *item == standing.stands);
    let event = index.filter(|_| list == "events").map(|at| number_of(&document.incident, at));
    if let Some(number) = changed_later(journal, entry, &standing) {
        let event = event.filter(|_| after.is_none());
        return UndoFault::ChangedLater { entry: told, number, event };
    }
    let stands = standing.stands;
    let pairs = |was: Vec<Was>| was.into_iter().map(|was| (was.key, was.value)).collect();
    let keys = pairs(was(written, &stands));
    let back = after.as_ref().map_or_else(Vec::new, |after| pairs(was(after, written)));
    let place = match (list.as_str(), event, stands.text_at("id")) {
        (_, Some(event), _) => EditedPlace::Event(event),
        ("plan", _, Some(id)) => EditedPlace::Step(id.to_owned()),
        _ => EditedPlace::Other,
    };
    UndoFault::EntryEdited { entry: told, keys, place, back }
}

/// Returns those of some effects that an old copy of the record has not brought about already.
fn not_so_yet(document: &Document, journal: &Journal, effects: &[Effect]) -> Vec<Effect> {
    let mut there = Losses::of(journal, document).reverted;
    let mut is_so = |effect: &Effect| {
        let place = there.iter().position(|reverted| reverted.is_effect(effect));
        place.map(|place| there.swap_remove(place)).is_some()
    };
    effects.iter().filter(|effect| !is_so(effect)).cloned().collect()
}

/// Refuses a change that would leave a link to no step, or two steps with one id.
fn refuse_broken_links(before: &Incident, after: &Incident) -> Result<(), Fault> {
    let steps = |incident: &Incident, id: &String| {
        incident.plan.iter().filter(|step| step.id.as_ref() == Some(id)).count()
    };
    let is_twice = |id: &&String| steps(after, id) > 1 && steps(before, id) < 2;
    if let Some(id) = after.plan.iter().filter_map(|step| step.id.as_ref()).find(is_twice) {
        return Err(UndoFault::Step { id: id.clone(), twice: true }.into());
    }
    let links = |incident: &Incident, id: &String| {
        incident.events.iter().filter(|event| event.steps.contains(id)).count()
    };
    let is_open =
        |incident: &Incident, id: &String| links(incident, id) > 0 && steps(incident, id) == 0;
    let is_lost = |id: &&String| is_open(after, id) && !is_open(before, id);
    let Some(lost) = after.events.iter().flat_map(|event| &event.steps).find(is_lost) else {
        return Ok(());
    };
    match before.step(lost) {
        Some(step) => {
            let (text, events) = (step.text.clone(), events_of_step(after, lost));
            Err(PlanFault::CarriedOut { text, events }.into())
        }
        None => Err(UndoFault::Step { id: lost.clone(), twice: false }.into()),
    }
}

/// Whether no later change is in effect, which could have led to the text before this one as well.
fn is_last(journal: &Journal, entry: &JournalEntry, turn: Turn) -> bool {
    turn.is_redo() || journal.in_effect().last().is_some_and(|last| last.id == entry.id)
}

/// Whether the text is the one before the change, or before what undid or redid it last; for a redo, also if it is the one
/// after the change.
fn is_turned(
    document: &Document,
    (entry, left): (&JournalEntry, &JournalEntry),
    turn: Turn,
) -> bool {
    let text = document.to_text();
    let is_after = |change: &JournalEntry, text: &str| {
        change.after != 0 && !change.splices.is_empty() && is_fingerprint(change.after, text)
    };
    let shift = text.len() - document.text().len();
    let is_before = |change: &JournalEntry| {
        let mut text = text.clone();
        for Splice { at, removed, inserted } in &change.splices {
            let at = at + shift;
            if !text.get(at..).is_some_and(|rest| rest.starts_with(removed)) {
                return false;
            }
            text.replace_range(at..at + removed.len(), inserted);
        }
        is_after(change, &text)
    };
    let is_of_change = if turn.is_redo() { is_after(entry, &text) } else { is_before(entry) };
    is_of_change || is_before(left)
}

/// Returns the effects of a turn as those of the change, and those of the change as those of the turn.
fn in_turn(effects: &[Effect], turn: Turn) -> Vec<Effect> {
    match turn.is_redo() {
        true => effects.to_vec(),
        false => effects.iter().map(Effect::inverse).collect(),
    }
}

fn backward(entry: &JournalEntry) -> (Vec<Splice>, Vec<Effect>) {
    (entry.splices.clone(), entry.effects.iter().map(Effect::inverse).collect())
}

fn forward(entry: &JournalEntry) -> (Vec<Splice>, Vec<Effect>) {
    let turned = |splice: &Splice| Splice {
        at: splice.at,
        removed: splice.inserted.clone(),
        inserted: splice.removed.clone(),
    };
    (entry.splices.iter().rev().map(turned).collect(), entry.effects.clone())
}

/// Returns what left the record as it is to be changed back: the change, or what undid or redid it last.
fn left_by<'j>(journal: &'j Journal, entry: &'j JournalEntry) -> &'j JournalEntry {
    let turns = |other: &&JournalEntry| other.turns() && other.about.contains(&entry.id);
    journal.entries().iter().rev().find(turns).unwrap_or(entry)
}

/// Why entries cannot be restored.
enum Stop {
    /// An entry is not as the change left it.
    Entry(Box<Effect>),
    /// Another reason.
    Refused(UndoFault),
}

impl From<UndoFault> for Stop {
    fn from(fault: UndoFault) -> Stop {
        Stop::Refused(fault)
    }
}

/// Restores entries one by one, if the text around them was changed: key by key, so that comments beside them stay, and
/// as they were written, if the journal has their lines.
fn by_entries(
    document: &Document,
    old: &OldLines,
    may_go: &dyn Fn(&str) -> bool,
    effects: &[Effect],
) -> Result<Document, Stop> {
    if effects.is_empty() {
        return Err(UndoFault::TextChanged.into());
    }
    if let Some(done) = at_once(document, old.clone(), may_go, effects) {
        return Ok(done);
    }
    let mut old = old.clone();
    let mut current = document.clone();
    for effect in effects {
        let changes = match LISTS.contains(&effect.list.as_str()) {
            true => entry_changes(&current, may_go, effect)?,
            false => vec![key_change(&current, effect, old.keys_below(&effect.list))?],
        };
        let own = old.take(effect);
        for change in &changes {
            let own = own.as_ref();
            let written =
                own.and_then(|own| as_written(&current.own_text(), &effect.list, change, own));
            let done = written.and_then(|written| apply(&current, &written).ok());
            current = match done {
                Some((done, _)) => done,
                None => apply(&current, change).map_err(UndoFault::Edit)?.0,
            };
        }
    }
    Ok(current)
}

/// Restores many entries at once, if all of them are as the change left them; the result is verified once. `None` if
/// they must be restored one by one.
fn at_once(
    document: &Document,
    mut old: OldLines,
    may_go: &dyn Fn(&str) -> bool,
    effects: &[Effect],
) -> Option<Document> {
    let mut lists: HashMap<&str, Entries> = HashMap::new();
    let (mut set, mut gone, mut added) = (Vec::new(), Vec::new(), Vec::new());
    let (mut added_own, text) = (Vec::new(), document.own_text());
    for effect in effects {
        let Effect { list, before, after } = effect;
        let own = old.take(effect);
        let written = |change| written(&text, list, change, own.as_ref());
        if !LISTS.contains(&list.as_str()) {
            set.push(written(key_change(document, effect, old.keys_below(list)).ok()?));
            continue;
        }
        let entries = lists.entry(list).or_insert_with(|| Entries::of(document, list));
        match (before, after) {
            (None, Some(after)) => {
                added.push((list.clone(), after.clone()));
                added_own.push(own);
            }
            (Some(Value::Map(before)), Some(Value::Map(after))) => {
                let place = entries.place(&Value::Map(before.clone()))?;
                let changes = key_changes_in_place(&item_path(list, place), before, after);
                set.extend(changes.into_iter().map(written));
            }
            (Some(before), None) => {
                let place = entries.place(before)?;
                let lines = &document.text()[entries.lines.get(place)?.clone()];
                if !may_go(lines) {
                    return None;
                }
                let (path, key) = list_place(list);
                gone.push((place, Change::remove(path, key, place)));
            }
            _ => return None,
        }
    }
    gone.sort_by_key(|(place, _)| Reverse(*place));
    let gone: Vec<Change> = gone.into_iter().map(|(_, change)| change).collect();
    // Removing entries changes the indices of others.
    let (changed, _) = apply_together(document, &set).ok()?;
    let (without, _) = apply_together(&changed, &gone).ok()?;
    let text = without.own_text();
    let changes = insert_items(&without, added).into_iter().zip(&added_own);
    let changes = changes.map(|(change, own)| {
        let list = change.key.clone();
        written(&text, &list, change, own.as_ref())
    });
    Some(apply_all(&without, &changes.collect::<Vec<_>>()).ok()?.0)
}

/// Returns the change with the lines that the journal has of its value, if it can be written so.
fn written(text: &OwnText, list: &str, change: Change, own: Option<&OwnLines>) -> Change {
    own.and_then(|own| as_written(text, list, &change, own)).unwrap_or(change)
}

/// The entries of a list, each of which can be found once.
struct Entries {
    items: Vec<Value>,
    lines: Vec<Range<usize>>,
    taken: Vec<bool>,
    /// Where to search for the next one: changes are usually in the order of the record.
    next: usize,
}

impl Entries {
    fn of(document: &Document, list: &str) -> Entries {
        let items = document.items(list);
        let lines = document.items_in_lines(list).into_iter().map(|(_, lines, _)| lines);
        let lines: Vec<_> = lines.collect();
        // If some entries have no lines of their own, the lines cannot be assigned.
        let lines = if lines.len() == items.len() { lines } else { Vec::new() };
        Entries { taken: vec![false; items.len()], items, lines, next: 0 }
    }

    fn place(&mut self, wanted: &Value) -> Option<usize> {
        let mut places = (self.next..self.items.len()).chain(0..self.next);
        let place = places.find(|place| !self.taken[*place] && self.items[*place] == *wanted)?;
        self.taken[place] = true;
        self.next = place + 1;
        Some(place)
    }
}

/// Whether an entry may be removed with its lines: what somebody added to it by hand must not be removed.
fn may_go(lines: &str, splices: &[Splice]) -> bool {
    let written = |splice: &Splice| splice.inserted.contains(lines.trim_end());
    splices.iter().any(written) || comments(lines).is_empty()
}

/// Returns the change that restores a key of the record, before the first of those keys if it is missing.
fn key_change(
    current: &Document,
    effect: &Effect,
    below: Vec<String>,
) -> Result<Change, UndoFault> {
    let Effect { list: name, before, after } = effect;
    if current.value_named(name) != *before {
        let can_set = header_key(name).is_ok_and(|key| key == name && key != POST);
        let (key, back) = (name.clone(), after.clone());
        return Err(UndoFault::KeyChanged { key, back, can_set });
    }
    let (path, key) = list_place(name);
    Ok(match after {
        Some(value) => Change { before: below, ..Change::set(path, key, value.clone()) },
        None => Change::unset(path, key),
    })
}

/// Returns the changes that restore one entry.
fn entry_changes(
    current: &Document,
    may_go: &dyn Fn(&str) -> bool,
    effect: &Effect,
) -> Result<Vec<Change>, Stop> {
    let list = &effect.list;
    let items = current.items(list);
    let changed_since = || Stop::Entry(Box::new(effect.clone()));
    let exactly =
        |before: &Value| items.iter().position(|item| item == before).ok_or_else(changed_since);
    let (path, key) = list_place(list);
    Ok(match (&effect.before, &effect.after) {
        (None, Some(after)) => insert_items(current, vec![(list.clone(), after.clone())]),
        (Some(Value::Map(before)), Some(Value::Map(after))) => {
            let entry = Value::Map(before.clone());
            // A key that was restored may be the last one now.
            let same = |item: &Value| match item {
                Value::Map(keys) => key_changes_in_place(&Vec::new(), keys, before).is_empty(),
                _ => false,
            };
            let place = items
                .iter()
                .position(same)
                .or_else(|| place_in(&items, &entry, current.incident.zone));
            let place = place.ok_or_else(changed_since)?;
            let untouched = |change: &Change| {
                let top = change.at.first().map_or(change.key.as_str(), |(key, _)| key);
                items[place].get(top) == entry.get(top)
            };
            if !key_changes_in_place(&Vec::new(), before, after).iter().all(untouched) {
                return Err(changed_since());
            }
            key_changes_in_place(&item_path(list, place), before, after)
        }
        (Some(before), Some(after)) => {
            let index = exactly(before)?;
            let added = Change::insert(path.clone(), key, index, after.clone());
            vec![Change::remove(path, key, index), added]
        }
        (Some(before), None) => {
            let index = exactly(before)?;
            let items = current.items_in_lines(list);
            let lines = items.into_iter().find(|(item, ..)| item == before);
            let lines = lines.map(|(_, lines, _)| &current.text()[lines]);
            if !lines.is_none_or(may_go) {
                return Err(changed_since());
            }
            vec![Change::remove(path, key, index)]
        }
        (None, None) => Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use crate::yaml::chance::Chance;

    use super::super::actions::{AddActionRequest, add_action};
    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:00+09:00
    text: first
";
    const BACK: Turn = Turn::Back(1);
    const AGAIN: Turn = Turn::Again(1);

    fn turn(trial: &Trial, turn: Turn) -> Result<JournalEntry, UndoFault> {
        match undo(&trial.target, turn) {
            Err(Fault::Undo(fault)) => Err(fault),
            other => Ok(other.unwrap().change),
        }
    }

    /// Returns why a change was not undone, though it can be passed over.
    fn refused(turned: Result<JournalEntry, UndoFault>) -> UndoFault {
        match turned.unwrap_err() {
            UndoFault::Refused { why, .. } => *why,
            other => panic!("{other:?}"),
        }
    }

    fn logged(text: &str) -> Trial {
        let trial = Trial::new(RECORD);
        let request = LogRequest { text: text.to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        trial
    }

    /// Several events of one minute are edited together, however like each other they are: an undo and a redo restore every
    /// byte, say what became of which, and the event that was logged last stays the last one.
    #[test]
    fn edits_of_events_of_one_minute_go_and_come_word_for_word() {
        let mut chance = Chance::of_seed(11);
        for _ in 0..50 {
            let trial = Trial::new(&format!("title: t\nseed: {}\n", chance.of(9)));
            for number in 0..3 + chance.of(4) {
                let request =
                    LogRequest { text: format!("event {number}"), ..LogRequest::default() };
                log(&trial.target, &request).unwrap();
            }
            let journal = || trial.target.journal().unwrap();
            let state = || (trial.text(), journal().place_of_last(&trial.document()));
            let mut states = vec![state()];
            for _ in 0..1 + chance.of(3) {
                edited_at_random(&trial, &mut chance);
                states.extend((state().0 != states[states.len() - 1].0).then(state));
            }
            let made: Vec<_> = journal().in_effect().into_iter().cloned().collect();
            let edits = &made[made.len() - (states.len() - 1)..];
            let is_of = |turned: JournalEntry, edit: &JournalEntry| {
                let told = |entry: &JournalEntry| {
                    let mut told: Vec<_> =
                        entry.effects.iter().map(|it| format!("{it:?}")).collect();
                    told.sort_unstable();
                    told
                };
                assert_eq!(told(&turned), told(edit));
            };
            for (edit, before) in edits.iter().zip(&states).rev() {
                is_of(turn(&trial, BACK).unwrap(), edit);
                assert_eq!(state(), *before);
            }
            for (edit, after) in edits.iter().zip(&states[1..]) {
                is_of(turn(&trial, AGAIN).unwrap(), edit);
                assert_eq!(state(), *after);
            }
        }
    }

    /// Rewords, removes, adds and swaps events, as somebody does in an editor.
    fn edited_at_random(trial: &Trial, chance: &mut Chance) {
        let text = trial.text();
        let (head, events) = text.split_once("  - ").unwrap();
        let mut events: Vec<String> = events.split("  - ").map(str::to_owned).collect();
        let more = chance.pick(&["reviewed", "reworded", "by kim"]);
        let is_shorter = chance.of(4) == 0;
        for event in &mut events {
            let line = event.trim_end().to_owned();
            let line = match (chance.of(3), is_shorter) {
                (0, _) => line,
                (_, true) => line.replace(&format!(" ({more})"), ""),
                (1, _) => format!("{line} ({more})"),
                _ => line.replace("event", &format!("{more}, event")),
            };
            *event = format!("{line}\n");
        }
        let place = chance.of(events.len());
        match chance.of(6) {
            0 if events.len() > 1 => drop(events.remove(place)),
            1 => events.push(format!("at: 2024-09-07T18:30:00+09:00\n    text: {more}\n")),
            2 => events.swap(0, place),
            _ => {}
        }
        let edited = crate::format::read(&format!("{head}  - {}", events.join("  - "))).unwrap();
        let edit = trial.target.update(EDIT, |_| -> Result<_, Fault> {
            Ok((Edit::Text(Box::new(edited.clone())), Noted::default(), ()))
        });
        edit.unwrap();
    }

    /// What became of which of several events of one minute is told by their words, in whatever order they are.
    #[test]
    fn events_of_one_minute_are_told_apart_by_their_words() {
        let event = |text: &String| format!("- {{at: 2024-09-07T18:30Z, text: {text}}}\n");
        let record = |texts: &[String]| {
            let events: String = texts.iter().map(event).collect();
            crate::format::read(&format!("title: t\nevents:\n{events}")).unwrap()
        };
        let texts = |more: [&str; 4]| {
            let text = |(number, more)| format!("event {number}{more}");
            more.into_iter().enumerate().map(text).collect::<Vec<_>>()
        };
        let number = |item: &Option<Value>| {
            let text = item.as_ref()?.text_at("text")?.to_owned();
            text.chars().find(char::is_ascii_digit)
        };
        let (plain, reviewed) = (texts([""; 4]), texts([" (reviewed)"; 4]));
        let some = texts(["", " (reviewed)", "", ", reworded"]);
        for (from, to) in [(&plain, &reviewed), (&some, &reviewed), (&plain, &some)] {
            for (from, to) in [(from, to), (to, from)] {
                for turned in 0..4 {
                    let mut to = to.clone();
                    to.rotate_left(turned);
                    for effect in crate::format::effects(&record(from), &record(&to)) {
                        let (before, after) = (number(&effect.before), number(&effect.after));
                        assert_eq!(before, after, "{from:?} {to:?}");
                    }
                }
            }
        }
    }

    /// Returns a record whose title a command changed.
    fn retitled() -> Trial {
        let trial = Trial::new(RECORD);
        let saved = trial.target.update(EDIT, |document| {
            let text = document.to_text().replace("Checkout", "Payment");
            let edited = crate::format::read(&text).unwrap();
            Ok((Edit::Text(Box::new(edited)), Noted::default(), ()))
        });
        saved.unwrap();
        trial
    }

    #[test]
    fn a_step_stays_while_an_event_carries_it_out() {
        use super::super::amend::{AmendRequest, EventChoice, amend};
        use super::super::plan::{NewStep, NewSteps, add_steps, remove_step};
        let trial = Trial::new(RECORD);
        let step =
            || NewStep { at: "19:00".to_owned(), text: "deploy".to_owned(), ..NewStep::default() };
        add_steps(&trial.target, &NewSteps::One(step())).unwrap();
        let steps = vec!["deploy".to_owned()];
        let request = LogRequest { text: "done".to_owned(), steps, ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        let text = trial.text();
        let outcome = undo(&trial.target, Turn::Back(2));
        let Err(Fault::Plan(PlanFault::CarriedOut { events, .. })) = outcome else {
            panic!("{outcome:?}")
        };
        let linked = trial.document().incident;
        let linked = linked.events_in_time().into_iter().position(|event| event.text == "done");
        assert_eq!(events, Vec::from_iter(linked.map(|at| at + 1)));
        assert_eq!(trial.text(), text);
        // With the event, the step may go, and the event does not come back before it.
        undo(&trial.target, BACK).unwrap();
        undo(&trial.target, BACK).unwrap();
        assert!(!trial.text().contains("deploy"), "{}", trial.text());
        undo(&trial.target, AGAIN).unwrap();
        undo(&trial.target, AGAIN).unwrap();
        let removal = AmendRequest {
            event: Some(EventChoice::Last),
            remove: true,
            ..AmendRequest::default()
        };
        amend(&trial.target, &removal).unwrap();
        remove_step(&trial.target, "deploy").unwrap();
        let id = || "deploy".to_owned();
        let gone = turn(&trial, Turn::Back(2));
        assert_eq!(refused(gone), UndoFault::Step { id: id(), twice: false });
        add_steps(&trial.target, &NewSteps::One(step())).unwrap();
        let twice = turn(&trial, Turn::Back(2));
        assert_eq!(refused(twice), UndoFault::Step { id: id(), twice: true });
    }

    /// What an undo does not make worse is no reason to refuse it.
    #[test]
    fn links_that_were_broken_before_do_not_keep_a_change() {
        let twice = "plan:\n  - {id: x, at: 2024-09-07T17:00+09:00, text: a}\n  - {id: x, at: 2024-09-07T17:30+09:00, text: b}\n";
        let open = "  - {at: 2024-09-07T18:10+09:00, text: done, step: gone}\n";
        for broken in [format!("{RECORD}{twice}"), format!("{RECORD}{open}")] {
            let trial = Trial::new(&broken);
            let request = LogRequest { text: "second".to_owned(), ..LogRequest::default() };
            log(&trial.target, &request).unwrap();
            turn(&trial, BACK).unwrap();
            assert_eq!(trial.text(), broken);
        }
    }

    #[test]
    fn the_current_record_stays_when_another_one_is_archived_again() {
        use super::super::state::archive;
        let trial = Trial::new(RECORD);
        let project = &trial.target.workspace.project;
        let other = project.create_record("other", RECORD).unwrap();
        project.choose("checkout").unwrap();
        archive(&[trial.target.beside(&trial.target.record)], false).unwrap();
        undo(&trial.target, BACK).unwrap();
        project.choose(&other.id).unwrap();
        let again = undo(&trial.target, AGAIN).unwrap();
        assert!(matches!(again.selection, Selection::Same), "{:?}", again.selection);
        assert_eq!(project.chosen(), Some(other.id));
    }

    #[test]
    fn a_key_that_can_be_set_is_told_as_such() {
        for (key, settable) in [("title", true), ("post", false), ("custom", false)] {
            let document = crate::format::read(RECORD).unwrap();
            let before = Some(Value::text("as it was"));
            let effect = Effect { list: key.to_owned(), before, after: None };
            let fault = key_change(&document, &effect, Vec::new()).unwrap_err();
            let key = key.to_owned();
            assert_eq!(fault, UndoFault::KeyChanged { key, back: None, can_set: settable });
        }
    }

    #[test]
    fn a_change_goes_and_comes_word_for_word() {
        let trial = logged("second");
        let with = trial.text();
        let gone = turn(&trial, BACK).unwrap();
        assert_eq!((gone.verb.as_str(), trial.text().as_str()), ("log", RECORD));
        let back = turn(&trial, AGAIN).unwrap();
        assert_eq!((back, trial.text()), (gone, with));
    }

    /// A step without an id gets one when an event carries it out, and loses it when that is undone: no event is about
    /// another step afterwards.
    #[test]
    fn steps_that_lost_their_ids_are_not_mixed_up() {
        let plan = "plan:\n  - at: 2024-09-07T17:00+09:00\n    text: deploy\n  - at: 2024-09-07T18:00+09:00\n    text: announce\n";
        let trial = Trial::new(&RECORD.replace("events:\n", &format!("{plan}events:\n")));
        let before = trial.text();
        let carries_out = |step: &str| {
            let steps = vec![step.to_owned()];
            let request = LogRequest { text: step.to_owned(), steps, ..LogRequest::default() };
            log(&trial.target, &request).unwrap();
        };
        let is_right = || {
            let incident = trial.document().incident;
            let carried = incident.events.iter().filter(|event| !event.steps.is_empty());
            let names = carried.map(|event| {
                let of = |step: &&crate::model::PlanStep| step.id.as_ref() == event.steps.first();
                let steps: Vec<_> =
                    incident.plan.iter().filter(of).map(|step| &step.text).collect();
                assert_eq!(steps, [&event.text]);
            });
            names.count()
        };
        carries_out("deploy");
        carries_out("announce");
        assert_eq!(is_right(), 2);
        turn(&trial, Turn::Back(2)).unwrap();
        assert_eq!(is_right(), 1);
        carries_out("deploy");
        assert_eq!(is_right(), 2);
        turn(&trial, BACK).unwrap();
        turn(&trial, BACK).unwrap();
        assert_eq!(trial.text(), before);
        carries_out("announce");
        carries_out("deploy");
        assert_eq!(is_right(), 2);
    }

    #[test]
    fn where_nothing_is_left_nothing_is_done() {
        let record = "checkout".to_owned();
        let trial = Trial::new(RECORD);
        let fault = turn(&trial, BACK).unwrap_err();
        assert_eq!(fault, UndoFault::NothingDone { record: record.clone() });
        let fault = turn(&trial, AGAIN).unwrap_err();
        assert_eq!(fault, UndoFault::NothingTakenBack { record, is_over: false });
    }

    /// Others log between an undo and its redo; only what was changed otherwise since cannot be redone.
    #[test]
    fn what_was_undone_is_redone_whatever_others_did_meanwhile() {
        let trial = logged("pool exhausted");
        let whole = trial.text();
        turn(&trial, BACK).unwrap();
        let request = LogRequest { text: "paged".to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        turn(&trial, AGAIN).unwrap();
        assert!(trial.text().contains("pool exhausted") && trial.text().contains("paged"));
        turn(&trial, Turn::Back(2)).unwrap();
        assert_eq!(trial.text(), whole);
        let set = |value: &str| {
            let at = item_path("events", 0);
            made(&trial, "amend", &Change::set(at, "why", Value::text(value)));
        };
        set("one");
        turn(&trial, BACK).unwrap();
        set("two");
        let fault = turn(&trial, AGAIN).unwrap_err();
        assert_eq!(
            fault,
            UndoFault::NothingTakenBack { record: "checkout".to_owned(), is_over: true }
        );
        // What was logged again is not redone beside it.
        let request = LogRequest { text: "again".to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        turn(&trial, BACK).unwrap();
        log(&trial.target, &request).unwrap();
        assert!(turn(&trial, AGAIN).is_err());
    }

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let changed = UndoFault::KeyChanged {
            key: "title".to_owned(),
            back: Some(Value::text("Checkout")),
            can_set: true,
        };
        let cases: [(Trial, &str, &str, Option<UndoFault>); 3] = [
            (logged("second"), "text: first", "text: the first", None),
            (retitled(), "text: first", "text: the first", None),
            (retitled(), "title: Payment", "title: Payments", Some(changed)),
        ];
        for (trial, from, to, expected) in cases {
            let text = trial.text().replace(from, to);
            trial.write(&text);
            let fault = turn(&trial, BACK).err().map(|fault| refused(Err(fault)));
            assert_eq!(fault, expected, "{to}");
            assert_eq!(trial.text() == text, fault.is_some(), "{to}");
            assert!(trial.text().contains(to), "{to}");
        }
    }

    /// Whatever was edited in it, and whatever was done elsewhere before it is redone.
    #[test]
    fn an_entry_that_was_edited_by_hand_goes_and_comes_back_as_it_was_edited() {
        for (from, to) in [
            ("text: second", "text: second, by hand # why"),
            ("text: second\n", "text: second # important\n"),
            ("text: second\n", "text: |\n      second\n      and more\n    x-k: 07\n"),
            ("18:30+09:00", "18:29+09:00"),
        ] {
            for (is_edited, other) in [(false, ""), (true, "# above\n")] {
                let trial = logged("second");
                let by_hand = trial.text().replace(from, to);
                assert_ne!(by_hand, trial.text());
                trial.write(&by_hand);
                let gone = undo(&trial.target, BACK).unwrap();
                assert_eq!((gone.edited.len(), trial.text().as_str()), (1, RECORD), "{to}");
                trial.write(&format!("{other}{RECORD}"));
                let back = undo(&trial.target, AGAIN).unwrap();
                assert_eq!(trial.text(), format!("{other}{by_hand}"), "{is_edited}");
                assert_eq!(back.change.effects, gone.change.effects);
                undo(&trial.target, BACK).unwrap();
                assert_eq!(trial.text(), format!("{other}{RECORD}"), "{is_edited}");
            }
        }
    }

    /// The entry of another record would come back without what was edited here.
    #[test]
    fn an_entry_that_was_moved_here_does_not_go_back_without_what_was_edited() {
        use super::super::amend::EventChoice;
        use super::super::relocate::move_event;
        let trial = logged("second");
        let other = trial.target.workspace.project.create_record("other", RECORD).unwrap();
        move_event(&trial.target, EventChoice::Number(2), &other).unwrap();
        let text = std::fs::read_to_string(&other.path).unwrap();
        let by_hand = text.replace("text: second", "text: second, by hand");
        assert_ne!(by_hand, text);
        std::fs::write(&other.path, &by_hand).unwrap();
        let here = trial.text();
        undo(&trial.target.beside(&other), BACK).unwrap_err();
        assert_eq!((trial.text(), std::fs::read_to_string(&other.path).unwrap()), (here, by_hand));
    }

    /// What cannot be undone says what to do: each of these is done, and the next older change can be undone.
    #[test]
    fn a_change_that_was_edited_over_says_what_can_be_done() {
        use super::super::amend::{AmendRequest, EventChoice, amend};
        let amended = |trial: &Trial, by: &str| {
            let (event, by) = (Some(EventChoice::Number(2)), Some(by.to_owned()));
            amend(&trial.target, &AmendRequest { event, by, ..AmendRequest::default() }).unwrap();
        };
        let trial = logged("second");
        log(&trial.target, &LogRequest { text: "third".to_owned(), ..LogRequest::default() })
            .unwrap();
        amended(&trial, "sam");
        amended(&trial, "kim");
        let later = turn(&trial, Turn::Back(4)).unwrap_err();
        assert!(matches!(later, UndoFault::ChangedLater { number: 1, .. }), "{later:?}");
        trial.write(&trial.text().replace("by: kim", "by: lee"));
        let text = trial.text();
        let UndoFault::Refused { why, number: 1 } = turn(&trial, BACK).unwrap_err() else {
            panic!("another one")
        };
        let UndoFault::EntryEdited { keys, place, back, .. } = *why else { panic!("{why:?}") };
        let by = |name: &str| vec![("by".to_owned(), Some(Value::text(name)))];
        assert_eq!((keys, place, back), (by("kim"), EditedPlace::Event(2), by("sam")));
        assert_eq!(trial.text(), text);
        turn(&trial, Turn::Back(3)).unwrap();
        assert!(!trial.text().contains("third"), "{}", trial.text());
        trial.write(RECORD);
        let gone = refused(turn(&trial, BACK));
        assert!(matches!(gone, UndoFault::EntryGone { is_missed: true, .. }), "{gone:?}");
        // The one that is to be undone first cannot be: what is said instead can be done.
        trial.write(&text);
        let stays = |number| match turn(&trial, Turn::Back(number)).unwrap_err() {
            UndoFault::Refused { why, .. } => *why,
            why => why,
        };
        let second = stays(2);
        assert!(
            matches!(second, UndoFault::LaterStays { number: 1, event: None, .. }),
            "{second:?}"
        );
        let UndoFault::LaterStays { number: 1, event: Some(event), .. } = stays(3) else {
            panic!("{:?}", stays(3))
        };
        let (event, remove) = (Some(EventChoice::Number(event)), true);
        amend(&trial.target, &AmendRequest { event, remove, ..AmendRequest::default() }).unwrap();
        assert!(!trial.text().contains("second"), "{}", trial.text());
    }

    /// Whatever was edited over by hand, the ways on that refusals name end with nothing left to undo, and nothing that a hand
    /// wrote is changed by passing over it.
    #[test]
    fn the_ways_on_that_refusals_name_come_to_an_end() {
        use super::super::amend::{AmendRequest, EventChoice, amend};
        use super::super::turns::pass_over;
        let mut chance = Chance::of_seed(5);
        for _ in 0..40 {
            let trial = Trial::new(RECORD);
            for _ in 0..6 {
                let text = chance.pick(&["pool exhausted", "paged", "queue full"]).to_owned();
                let why = chance.pick(&["because", "load", "no idea"]);
                let event = Some(EventChoice::Last);
                let amended = |why: &str| {
                    let why = Some(why.to_owned());
                    AmendRequest { event, why, ..AmendRequest::default() }
                };
                match chance.of(3) {
                    0 => drop(log(&trial.target, &LogRequest { text, ..LogRequest::default() })),
                    1 => drop(amend(&trial.target, &amended(why))),
                    _ => made(&trial, "set", &Change::set(Vec::new(), "title", Value::text(why))),
                }
                let (from, to) = match chance.of(6) {
                    0 => ("because", "because of load"),
                    1 => ("paged", "paged the owner"),
                    2 => ("    why: load\n", ""),
                    3 => ("title: ", "title: by hand, "),
                    4 => ("pool", "poll"),
                    _ => ("", ""),
                };
                trial.write(&trial.text().replacen(from, to, 1));
            }
            let left = || trial.target.journal().unwrap().undoable().len();
            for turns in 0.. {
                assert!(turns < 50, "{}", trial.text());
                let text = trial.text();
                match turn(&trial, BACK) {
                    Ok(_) => {}
                    Err(UndoFault::NothingDone { .. }) => break,
                    Err(UndoFault::Refused { number, .. }) => {
                        let before = left();
                        pass_over(&trial.target, number).unwrap();
                        assert_eq!((trial.text(), left()), (text, before - 1));
                    }
                    Err(UndoFault::ChangedLater { number, .. }) => {
                        turn(&trial, Turn::Back(number)).unwrap();
                    }
                    Err(other) => panic!("{other:?}"),
                }
            }
            assert_eq!(left(), 0);
        }
    }

    #[test]
    fn only_what_cannot_be_undone_is_passed_over_and_it_stays() {
        use super::super::turns::pass_over;
        let trial = logged("second");
        made(&trial, "set", &Change::set(Vec::new(), "title", Value::text("by asrun")));
        let refused = pass_over(&trial.target, 1).unwrap_err();
        assert!(matches!(refused, Fault::Undo(UndoFault::CanGo { number: 1 })), "{refused:?}");
        trial.write(&trial.text().replace("by asrun", "by hand"));
        let text = trial.text();
        assert_eq!(pass_over(&trial.target, 1).unwrap().verb, "set");
        assert_eq!(trial.text(), text);
        assert_eq!(turn(&trial, BACK).unwrap().verb, "log");
        assert!(trial.text().contains("title: by hand"), "{}", trial.text());
        assert!(matches!(turn(&trial, BACK).unwrap_err(), UndoFault::NothingDone { .. }));
        // Nor does it stay in the way of what can be redone.
        assert_eq!(turn(&trial, AGAIN).unwrap().verb, "log");
    }

    #[test]
    fn an_older_change_is_undone_alone() {
        let trial = logged("second");
        let request = LogRequest { text: "third".to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        let all = trial.text();
        let by_hand = trial.text().replace("text: third", "text: third, by hand");
        trial.write(&by_hand);
        let back = turn(&trial, Turn::Back(2)).unwrap();
        assert_eq!(back.effects[0].after.as_ref().unwrap().text_at("text"), Some("second"));
        assert!(!trial.text().contains("second") && trial.text().contains("third, by hand"));
        turn(&trial, AGAIN).unwrap();
        assert_eq!(trial.text(), by_hand, "it comes back to its place");
        trial.write(&all);
        // Undone in another order than they were made, every position is searched again.
        for (number, gone) in [(2, "third"), (1, "second")] {
            turn(&trial, Turn::Back(number)).unwrap();
            assert!(!trial.text().contains(gone), "{gone}");
        }
        assert_eq!(trial.text(), RECORD);
        for number in [0, 1, 9] {
            let fault = turn(&trial, Turn::Back(number)).unwrap_err();
            assert_eq!(fault, UndoFault::NothingDone { record: "checkout".to_owned() });
        }
    }

    #[test]
    fn a_key_that_a_change_added_goes_with_its_only_entry_though_that_was_edited() {
        for comment in [false, true] {
            let trial = Trial::new(RECORD);
            let request =
                AddActionRequest { text: "Move db".to_owned(), ..AddActionRequest::default() };
            add_action(&trial.target, &request).unwrap();
            let mut by_hand = trial.text().replace("Move db", "Move the db");
            if comment {
                by_hand = by_hand.replace("actions:", "actions: # to do");
            }
            trial.write(&by_hand);
            turn(&trial, BACK).unwrap();
            let left =
                if comment { format!("{RECORD}actions: # to do\n") } else { RECORD.to_owned() };
            assert_eq!(trial.text(), left);
            turn(&trial, AGAIN).unwrap();
            assert_eq!(trial.text(), by_hand);
            assert!(trial.target.journal().unwrap().missing(&trial.document()).is_empty());
        }
    }

    /// What somebody wrote, had undone and redone, and took back, is neither lost nor back again.
    #[test]
    fn an_edit_by_hand_may_be_taken_back_after_undo_and_redo() {
        let trial = logged("second");
        let before = trial.text();
        trial.write(&before.replace("text: second", "text: second\n    audience: internal"));
        turn(&trial, BACK).unwrap();
        turn(&trial, AGAIN).unwrap();
        trial.write(&before);
        let (journal, document) = (trial.target.journal().unwrap(), trial.document());
        assert!(journal.missing(&document).is_empty());
        let losses = Losses::of(&journal, &document);
        assert!(losses.reverted.is_empty() && losses.missing.is_empty(), "{losses:?}");
    }

    #[test]
    fn a_comment_written_beside_an_empty_list_stays_as_it_is() {
        for comment in ["   # c\n", "   # c\n\n", "\n  # c\n", "\n\n"] {
            let trial = Trial::new("title: Checkout\ntimezone: Asia/Seoul\nevents: []\n");
            let request = LogRequest { text: "first".to_owned(), ..LogRequest::default() };
            log(&trial.target, &request).unwrap();
            let by_hand = trial.text().replace("events:\n", &format!("events:{comment}"));
            trial.write(&by_hand);
            turn(&trial, BACK).unwrap();
            let left = trial.text();
            assert_eq!(comments(&left), comments(&by_hand), "{left}");
            assert!(!left.contains("\n []") && !left.contains("first"), "{left}");
            turn(&trial, AGAIN).unwrap();
            assert_eq!(trial.text(), by_hand);
        }
    }

    /// Only a key that came with an entry goes with it.
    #[test]
    fn a_key_that_was_there_without_entries_stays() {
        for events in ["events:\n", "events: []\n", "events: # none yet\n", ""] {
            let before = format!("title: Checkout\ntimezone: Asia/Seoul\n{events}");
            let trial = Trial::new(&before);
            let request = LogRequest { text: "first".to_owned(), ..LogRequest::default() };
            log(&trial.target, &request).unwrap();
            turn(&trial, BACK).unwrap();
            assert_eq!(trial.text(), before);
        }
    }

    #[test]
    fn a_key_that_somebody_changed_meanwhile_stays() {
        let trial = logged("second");
        let amended = |text: &str| super::super::amend::AmendRequest {
            event: Some(super::super::amend::EventChoice::Last),
            text: Some(text.to_owned()),
            ..Default::default()
        };
        super::super::amend::amend(&trial.target, &amended("two")).unwrap();
        let by_hand = trial.text().replace("text: two", "text: two\n    by: kim # asked");
        trial.write(&by_hand);
        turn(&trial, BACK).unwrap();
        assert_eq!(trial.text(), by_hand.replace("text: two", "text: second"));
    }

    /// A change of this size is not kept literally.
    #[test]
    fn a_large_edit_is_undone_entry_by_entry() {
        let trial = logged("second");
        let before = trial.text();
        let words = "word ".repeat(200_000);
        let edited =
            ["first", "second"].iter().fold(before.replace("Checkout", "Pay"), |text, word| {
                text.replace(word, &format!("{word} {words}end"))
            });
        let document = crate::format::read(&edited).unwrap();
        let edit = |_: &Document| -> Result<_, Fault> {
            Ok((Edit::Text(Box::new(document.clone())), Noted::default(), ()))
        };
        trial.target.update(EDIT, edit).unwrap();
        turn(&trial, BACK).unwrap();
        assert_eq!(trial.text(), before);
        turn(&trial, BACK).unwrap();
        assert_eq!(trial.text(), RECORD);
    }

    /// However many entries an edit changed, added and named, the record is parsed only a few times.
    #[test]
    fn an_edit_of_many_entries_is_proved_once() {
        let reads = |count: usize| {
            let entry = |at: usize, hour: usize, text: &str| {
                format!("  - at: 2024-09-07T{hour}:{:02}+09:00\n    text: {text} {at}\n", at % 60)
            };
            let all = |hour, text: &str| -> String {
                (0..count).map(|at| entry(at, hour, text)).collect()
            };
            let head = "title: Checkout\ntimezone: Asia/Seoul\nevents:\n";
            let before = format!("{head}{}", all(18, "the checkout page was slow for entry"));
            let trial = Trial::new(&before);
            let edited = format!(
                "{head}{}{}",
                all(18, "the checkout page was very slow for entry"),
                all(20, "a note")
            );
            let document = crate::format::read(&edited.replace("Checkout", "Pay")).unwrap();
            let edit = |_: &Document| -> Result<_, Fault> {
                Ok((Edit::Text(Box::new(document.clone())), Noted::default(), ()))
            };
            trial.target.update(EDIT, edit).unwrap();
            // Somebody made another change since, so the text is not restored literally.
            trial.write(&trial.text().replace("Asia/Seoul", "Asia/Seoul # ours"));
            let text = trial.text();
            let reads = &crate::format::counted::READS;
            let so_far = reads.get();
            turn(&trial, BACK).unwrap();
            let done = reads.get() - so_far;
            assert_eq!(trial.text(), before.replace("Asia/Seoul", "Asia/Seoul # ours"));
            turn(&trial, AGAIN).unwrap();
            let order = |text: &str| {
                let mut lines: Vec<String> =
                    text.lines().map(|line| line.replace('"', "")).collect();
                lines.sort();
                lines
            };
            assert_eq!(order(&trial.text()), order(&text));
            done
        };
        assert_eq!(reads(4), reads(40));
        assert!(reads(40) < 10);
    }

    #[test]
    fn undoing_lessons_and_actions_leaves_those_of_others() {
        use super::super::actions::{AddActionRequest, add_action};
        use super::super::lessons::{LessonKind, add_lesson};
        let trial = Trial::new(RECORD);
        let request = AddActionRequest { text: "page".to_owned(), ..AddActionRequest::default() };
        add_action(&trial.target, &request).unwrap();
        add_lesson(&trial.target, LessonKind::Well, &"quick".into()).unwrap();
        add_lesson(&trial.target, LessonKind::Factor, &"luck".into()).unwrap();
        trial.write(&format!("# by hand\n{}", trial.text().replace("first", "the first")));
        for gone in ["luck", "quick", "page"] {
            turn(&trial, BACK).unwrap();
            assert!(!trial.text().contains(gone), "{}", trial.text());
        }
        for back in ["page", "quick", "luck"] {
            turn(&trial, AGAIN).unwrap();
            assert!(trial.text().contains(back), "{}", trial.text());
        }
        assert!(trial.text().starts_with("# by hand\n") && trial.text().contains("the first"));
    }

    /// Returns a record that was created while another one was the current one.
    fn begun(trial: &Trial) -> Target {
        let workspace = trial.target.workspace.clone();
        workspace.project.choose("checkout").unwrap();
        let request = super::super::new::NewRequest {
            title: "Payment".to_owned(),
            kind: "outage".to_owned(),
            ..Default::default()
        };
        let made = super::super::new::new_record(&workspace, &request).unwrap();
        made.noted.unwrap();
        let wait =
            crate::store::LockWait { limit: std::time::Duration::from_secs(5), waiting: &|| {} };
        Target { workspace, record: made.record, wait }
    }

    #[test]
    fn the_beginning_of_a_record_goes_and_comes_with_the_record() {
        let trial = Trial::new(RECORD);
        let target = begun(&trial);
        let project = &target.workspace.project;
        let text = project.raw_text(&target.record).unwrap();
        let folder = |project: &crate::store::Project| {
            let names = std::fs::read_dir(project.records_folder()).unwrap();
            names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
        };
        let records = folder(project).len();
        let gone = undo(&target, BACK).unwrap();
        assert!(matches!(gone.record, RecordFate::Gone(Some(current)) if current == "checkout"));
        assert_eq!(project.chosen().as_deref(), Some("checkout"));
        assert_eq!(folder(project).len(), records - 1, "{:?}", folder(project));
        let away = project.records_taken_away();
        assert_eq!(away.iter().map(|record| &record.id).collect::<Vec<_>>(), [&target.record.id]);
        let back = undo(&target, AGAIN).unwrap();
        assert!(matches!(
            (back.record, back.selection),
            (RecordFate::Back, Selection::Now(Some(_)))
        ));
        assert_eq!(project.raw_text(&target.record).unwrap(), text);
        assert_eq!(project.chosen().as_ref(), Some(&target.record.id));
        assert!(project.records_taken_away().is_empty());
        // The program ended before it was removed: it still exists, and can be removed again.
        undo(&target, BACK).unwrap();
        std::fs::write(&target.record.path, &text).unwrap();
        let journal = target.journal().unwrap();
        let begins = |turn| turned_now(&target, &journal, turn).map(|change| change.verb.clone());
        assert_eq!((begins(BACK).as_deref(), begins(Turn::Back(2))), (Some(NEW), None));
        undo(&target, AGAIN).unwrap();
        undo(&target, BACK).unwrap();
        std::fs::write(&target.record.path, RECORD).unwrap();
        assert!(undo(&target, AGAIN).is_err(), "somebody made another one");
        assert_eq!(project.raw_text(&target.record).unwrap(), RECORD);
    }

    #[test]
    fn a_record_with_more_than_its_beginning_stays() {
        let trial = Trial::new(RECORD);
        let target = begun(&trial);
        let project = &target.workspace.project;
        let text = project.raw_text(&target.record).unwrap();
        let by_hand = format!("{text}# asked twice\n");
        std::fs::write(&target.record.path, &by_hand).unwrap();
        let record = target.record.id.clone();
        let Err(Fault::Undo(fault)) = undo(&target, BACK) else { panic!("it went") };
        assert_eq!(refused(Err(fault)), UndoFault::HoldsMore { record: record.clone() });
        assert_eq!(project.raw_text(&target.record).unwrap(), by_hand);
        std::fs::write(&target.record.path, &text).unwrap();
        let files = project.assets_folder(&record);
        std::fs::create_dir_all(&files).unwrap();
        std::fs::write(files.join("a.png"), "x").unwrap();
        let Err(Fault::Undo(fault)) = undo(&target, BACK) else { panic!("it went") };
        assert_eq!(
            fault,
            UndoFault::HoldsFiles {
                folder: format!("incidents/assets/{record}"),
                file: "a.png".to_owned()
            }
        );
    }

    #[test]
    fn copies_go_and_come_with_their_change_unless_somebody_else_needs_them() {
        use super::super::attach::{AttachRequest, attach};
        use super::super::attachments::{Captions, Holder};
        let file = || crate::store::AssetSource::new("a.png", vec![7; 10]);
        let attached = |trial: &Trial| {
            let holder = Holder::Event(super::super::amend::EventChoice::Last);
            let request =
                AttachRequest { holder, files: vec![file()], captions: Captions::default() };
            attach(&trial.target, &request).unwrap();
        };
        let fates = |trial: &Trial, turn| {
            let turned = undo(&trial.target, turn).unwrap();
            turned.copies.into_iter().map(|(_, fate)| fate.unwrap()).collect::<Vec<_>>()
        };
        let path =
            |trial: &Trial| trial.target.workspace.project.assets_folder("checkout").join("a.png");
        let trial = Trial::new(RECORD);
        attached(&trial);
        for _ in 0..2 {
            assert_eq!(fates(&trial, BACK), [CopyFate::Away]);
            assert!(!trial.target.record.path.with_file_name("assets").exists(), "as it was");
            assert_eq!(fates(&trial, AGAIN), [CopyFate::Back]);
            assert_eq!(std::fs::read(path(&trial)).unwrap(), [7; 10]);
        }
        // It was changed since, so it stays and is not restored.
        std::fs::write(path(&trial), "drawn over").unwrap();
        assert_eq!(fates(&trial, BACK), [CopyFate::Changed]);
        assert_eq!(fates(&trial, AGAIN), [CopyFate::Another]);
        assert_eq!(std::fs::read(path(&trial)).unwrap(), b"drawn over");
        std::fs::remove_file(path(&trial)).unwrap();
        assert_eq!(fates(&trial, BACK), [CopyFate::Gone]);
        assert_eq!(fates(&trial, AGAIN), [CopyFate::Gone]);
        // It is referred to elsewhere in the record, or existed before, so it stays.
        let trial = Trial::new(RECORD);
        attached(&trial);
        trial.write(&format!("{}    detail: see a.png\n", trial.text()));
        assert_eq!(fates(&trial, BACK), [CopyFate::Named]);
        assert!(path(&trial).exists());
        attached(&trial);
        trial.write(&trial.text().replace("    detail: see a.png\n", ""));
        assert_eq!(fates(&trial, BACK), [], "it was copied before");
        assert!(path(&trial).exists());
    }

    /// Whatever a command removes from handwritten records or replaces in them is restored as it was written, although
    /// the title was edited meanwhile; then it is redone and undone once more.
    #[test]
    fn removed_lines_are_restored_as_they_were_written() {
        let events = "events:\n# above\n- at: 2024-09-07 11:00 # mine\n  text: two\n  # inside\n  x-k: 5\n  metrics: {a: 1.10}\n- {at: 2024-09-07 12:00, text: three, x-k: 07}\n";
        let block = "events:\n   -   at: 2024-09-07 11:00\n       text: |\n         one\n         # no comment\n\n         two\n       x-n:\n       by: 'K'   # who\n   -   {at: 2024-09-07 12:00, text: last}\n";
        let remove = |index| Change::remove(Vec::new(), "events", index);
        let unset = |index, key| Change::unset(item_path("events", index), key);
        // The text has more of it, so that it cannot be replaced literally.
        let set = |index, key| Change::set(item_path("events", index), key, Value::text("e"));
        let metrics = Value::Map(vec![("a".to_owned(), Value::text("2"))]);
        for (body, change, moved) in [
            (events, remove(0), true),
            (events, remove(1), false),
            (events, unset(0, "metrics"), false),
            (events, unset(0, "x-k"), true),
            (events, set(0, "x-k"), false),
            (events, set(0, "text"), false),
            (events, Change::set(item_path("events", 0), "metrics", metrics), false),
            (events, set(1, "x-k"), false),
            (events, unset(1, "x-k"), false),
            (block, remove(0), false),
            (block, set(0, "text"), false),
            (block, unset(0, "x-n"), false),
            (block, unset(0, "by"), false),
            (block, set(0, "by"), false),
            ("tags:\n- a # why\n- b\nx-k: 1\n", Change::unset(Vec::new(), "tags"), false),
            (
                "tags:\n- 'a'\n- b\nx-k: 1\n",
                Change::set(Vec::new(), "tags", Value::text("e")),
                false,
            ),
            ("x-k: 1.10 # c\n", Change::set(Vec::new(), "x-k", Value::text("e")), false),
            (
                "summary: >-\n  one\n  two\n",
                Change::set(Vec::new(), "summary", Value::text("e")),
                false,
            ),
            (
                "plan:\n- id: s\n  at: 2024-09-07 12:00 # c\n  text: p\n  x-k: 5\n- {id: t, at: 2024-09-07 13:00, text: q}\n",
                Change::remove(Vec::new(), "plan", 0),
                false,
            ),
            (
                "lessons:\n  well:\n  - 'a' # a\n  - \"b\"\n",
                Change::remove(vec![("lessons".to_owned(), None)], "well", 1),
                false,
            ),
        ] {
            comes_back(body, &change, moved);
        }
    }

    /// Undoes and redoes a change of such a record; if `moved`, some of its lines may change places.
    fn comes_back(body: &str, change: &Change, moved: bool) {
        let trial = Trial::new(&format!("title: t\ntimezone: Asia/Seoul\n{body}"));
        let before = trial.text().replace("title: t", "title: by hand");
        made(&trial, "amend", change);
        let after = trial.text().replace("title: t", "title: by hand");
        trial.write(&after);
        turn(&trial, BACK).unwrap();
        assert_eq!(sorted(&trial.text()), sorted(&before), "{}", trial.text());
        assert!(moved || trial.text() == before, "{before}{}", trial.text());
        let text = trial.text();
        trial.write(&text.replace("by hand", "twice by hand"));
        turn(&trial, AGAIN).unwrap();
        assert_eq!(trial.text(), after.replace("by hand", "twice by hand"));
        trial.write(&after);
        turn(&trial, BACK).unwrap();
        assert_eq!(trial.text(), text);
    }

    fn made(trial: &Trial, verb: &'static str, change: &Change) {
        let edit = |_: &Document| -> Result<_, Fault> {
            Ok((Edit::Changes(vec![change.clone()]), Noted::default(), ()))
        };
        trial.target.update(verb, edit).unwrap();
    }

    fn sorted(text: &str) -> Vec<&str> {
        let mut lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.sort_unstable();
        lines
    }

    #[test]
    fn what_an_older_change_took_out_comes_back_as_it_was_written() {
        let own = "- at: 2024-09-07 11:00 # mine\n  text: 'two'\n";
        let head = "title: t\ntimezone: Asia/Seoul\nevents:\n";
        let first = "- {at: 2024-09-07 10:00, text: one}\n";
        let trial = Trial::new(&format!("{head}{first}{own}"));
        made(&trial, "amend", &Change::remove(Vec::new(), "events", 1));
        let request = LogRequest { text: "third".to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        let (_, third) =
            trial.text().split_once(first).map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        turn(&trial, Turn::Back(2)).unwrap();
        assert_eq!(trial.text(), format!("{head}{first}{own}{third}"));
    }

    /// Keys come back before those that followed them, whatever became of these and of the title.
    #[test]
    fn a_key_comes_back_where_it_was() {
        let keys = "title: t\nx-a: 1\nx-b: 2\nx-c: 3\nx-d: 4\n";
        let event =
            "events:\n- at: 2024-09-07T11:00Z\n  x-a: 1\n  x-b: 2\n  x-c: 3\n  x-d: 4\n  text: e\n";
        let lessons = "lessons:\n  x-a: 1\n  x-b: 2\n  x-c: 3\n  x-d: 4\n";
        let flow = "events: [{at: 2024-09-07T11:00Z, x-a: 1, x-b: 2, x-c: 3, x-d: 4, text: e}]\n";
        let text = |body: &str| {
            format!("{}{body}", if body.contains("title") { "" } else { "title: t\n" })
        };
        for (body, at) in [
            (keys, Vec::new()),
            (event, item_path("events", 0)),
            (lessons, vec![("lessons".to_owned(), None)]),
            (flow, item_path("events", 0)),
        ] {
            for (key, gone) in [("x-a", "x-b: 2"), ("x-b", "x-c: 3"), ("x-d", "x-a: 1")] {
                let trial = Trial::new(&text(body));
                made(&trial, "set", &Change::unset(at.clone(), key));
                let lines = trial.text().replace("title: t", "title: by hand");
                // A neighbour goes, unless it is of the same entry, whose other keys must be as they were.
                let goes = |text: &str| match body {
                    _ if body == event || body == flow => text.to_owned(),
                    _ => text
                        .lines()
                        .filter(|line| line.trim() != gone)
                        .map(|line| format!("{line}\n"))
                        .collect(),
                };
                trial.write(&goes(&lines));
                turn(&trial, BACK).unwrap();
                let expected = goes(&text(body).replace("title: t", "title: by hand"));
                assert_eq!(trial.text(), expected, "{key}");
            }
        }
    }

    /// The value comes back, but not in lines that do not have a comment beside it now.
    #[test]
    fn a_users_comment_stays_when_a_value_is_restored() {
        for (comment, number) in [(" # by hand", false), (" # c", true)] {
            let trial = Trial::new("title: t\ntimezone: Asia/Seoul\nx-k: 5 # c\n");
            made(&trial, "set", &Change::set(Vec::new(), "x-k", Value::text("a")));
            let by_hand =
                trial.text().replace(" # c", comment).replace("title: t", "title: by hand");
            trial.write(&by_hand);
            turn(&trial, BACK).unwrap();
            let text = trial.text();
            assert!(text.ends_with(&format!("{comment}\n")), "{text}");
            assert_eq!(text.contains("x-k: 5 "), number, "{text}");
        }
    }

    /// What a redo restores is written as it was when it was undone.
    #[test]
    fn what_was_put_in_comes_again_as_it_was_written() {
        let trial = Trial::new("title: t\ntimezone: Asia/Seoul\nevents:\n");
        let own = "- at: 2024-09-07 11:00 # mine\n  text: two\n  x-k: 5\n";
        let own = OwnLines::read(own).unwrap();
        made(&trial, "move", &Change::insert_own(Vec::new(), "events", 0, own));
        let with = trial.text().replace("title: t", "title: by hand");
        turn(&trial, BACK).unwrap();
        trial.write(&trial.text().replace("title: t", "title: by hand"));
        turn(&trial, AGAIN).unwrap();
        assert_eq!(trial.text(), with);
    }

    /// A journal of an earlier version has values only: numbers come back as texts.
    #[test]
    fn what_an_earlier_version_took_out_comes_back_by_its_value() {
        let trial = Trial::new("title: t\nevents:\n- {at: 2024-09-07T11:00Z, text: two, x-k: 5}\n");
        made(&trial, "amend", &Change::remove(Vec::new(), "events", 0));
        let entry = turned_change(&trial.target.journal().unwrap(), BACK).unwrap().clone();
        let old = JournalEntry { own: Vec::new(), splices: Vec::new(), ..entry.clone() };
        assert!(!old.to_line().contains("\"own\"") && entry.to_line().contains("\"own\""));
        let read = Journal::read(&old.to_line());
        for (entry, number) in [(&read.entries()[0], "x-k: \"5\""), (&entry, "x-k: 5")] {
            let document = trial.document();
            let back = turned(&document, &Journal::default(), entry, BACK).unwrap().document;
            assert!(back.text().contains(number), "{}", back.text());
        }
    }

    /// Whatever is removed from random handwritten items, nothing of it is lost, and numbers stay numbers.
    #[test]
    fn nothing_of_a_handwritten_item_is_lost_by_removing_and_restoring_it() {
        let mut chance = Chance::of_seed(7);
        let empty = r#"{"id": "1", "on": "2024", "verb": "edit", "effects": []}"#;
        let entry = Journal::read(empty).entries()[0].clone();
        let (mut tried, mut exact, mut kept) = (0, 0, 0);
        for _ in 0..2000 {
            let (dash, gap) = (chance.of(4), 1 + chance.of(3));
            let lead = " ".repeat(dash);
            let map = chance.map(dash + 1 + gap, 2, "");
            let at =
                format!("{lead}-{}at: 2024-09-07 11:00\n{lead} {0}text: two\n", " ".repeat(gap));
            let text = format!(
                "title: t\ntimezone: Asia/Seoul\nevents:\n{at}{map}{lead}- {{at: 2024-09-07 12:00, text: last}}\n"
            );
            let Ok(before) = crate::format::read(&text) else { continue };
            let key = format!("k{}", chance.of(3));
            let change = match chance.of(3) {
                0 => Change::remove(Vec::new(), "events", 0),
                1 => Change::unset(item_path("events", 0), &key),
                _ => Change::set(item_path("events", 0), &key, Value::text("new")),
            };
            let Ok((after, _)) = apply(&before, &change) else { continue };
            let told = crate::format::effects(&before, &after);
            let lines = crate::format::own_lines(&before, &after, &told);
            let effects: Vec<Effect> = told.iter().map(Effect::inverse).collect();
            let hand = |text: &str| crate::format::read(&text.replace("title: t", "title: hand"));
            let old = OldLines::of([&JournalEntry { own: lines, ..entry.clone() }]);
            let Ok(back) =
                by_entries(&hand(after.text()).unwrap(), &old, &|_: &str| true, &effects)
            else {
                continue;
            };
            tried += 1;
            let wanted = hand(&text).unwrap();
            let (mut now, was) = (sorted(back.text()), sorted(wanted.text()));
            exact += usize::from(now == was);
            let is_kept = |line: &&str| {
                let place = now.iter().position(|other| other == line);
                place.map(|place| now.remove(place)).is_some()
            };
            kept += usize::from(was.iter().all(is_kept));
        }
        // A value whose block text cannot be moved is written anew.
        assert!(tried > 500 && exact * 100 >= tried * 95, "{exact} of {tried}");
        assert!(kept * 100 >= tried * 99, "{kept} of {tried}");
    }

    #[test]
    fn the_summary_of_a_change_names_its_entries() {
        let map = |text: &str| Value::Map(vec![("text".to_owned(), Value::text(text))]);
        let effect = |before: Option<&str>, after: Option<&str>| Effect {
            list: "events".to_owned(),
            before: before.map(map),
            after: after.map(map),
        };
        let entry = JournalEntry {
            id: "1".to_owned(),
            on: "2024-09-07T18:30+09:00".to_owned(),
            verb: "edit".to_owned(),
            about: Vec::new(),
            effects: vec![
                effect(None, Some("a")),
                effect(Some("b"), None),
                effect(Some("c"), Some("d")),
                effect(None, None),
            ],
            copies: Vec::new(),
            joint: None,
            completes: Vec::new(),
            current: None,
            into: None,
            own: Vec::new(),
            next: Vec::new(),
            away: Vec::new(),
            beside: Vec::new(),
            splices: Vec::new(),
            after: 0,
        };
        let was = vec![Was { key: "text".to_owned(), value: Some(Value::text("c")) }];
        let expected = [
            Deed::Added(map("a")),
            Deed::Removed(map("b")),
            Deed::Changed { now: map("d"), was },
            Deed::Unknown,
        ];
        assert_eq!(deeds(&entry), expected);
    }
}
