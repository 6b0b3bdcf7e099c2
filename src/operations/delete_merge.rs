//! Records as wholes: taken away, or one incident that was logged twice.

use crate::fault::{Fault, RecordFault};
use crate::format::apply_all;
use crate::format::{CopiedFile, DELETE, Document, LISTS, insert_items, list_place};
use crate::model::Event;
use crate::store::{Asset, AssetSource, Copies, Edit, Noted, RecordName, Saved};
use crate::yaml::{Change, Value, comments};

use super::files::{copy_in, drop_all};
use super::relocate::Found;
use super::undo::leave;
use super::workspace::Target;

/// What the journal calls it, in the record that stays.
const MERGE: &str = "merge";

/// A record that was taken away.
#[derive(Debug)]
pub struct Deleted {
    /// How many events and steps it had; none if it could not be read.
    pub held: Option<(usize, usize)>,
    /// What became of its files.
    pub copies: Copies,
    /// The record that is the current one now.
    pub current: Option<String>,
}

/// Takes a record away with its files: both wait to be brought back.
///
/// # Errors
/// It is there.
pub fn delete_record(target: &Target) -> Result<Deleted, Fault> {
    let project = &target.workspace.project;
    let incident = project.load(&target.record).map(|loaded| loaded.document.incident).ok();
    let held = incident.map(|incident| (incident.events.len(), incident.plan.len()));
    let noted = Noted { current: project.chosen(), ..Noted::default() };
    let command = target.command(DELETE);
    let copies = project.delete_record(&target.record, &command, noted, &target.wait)?;
    Ok(Deleted { held, copies, current: leave(target, None) })
}

/// A record that has all of another one.
#[derive(Debug)]
pub struct Merged {
    /// Entries that came from the other record.
    pub added: usize,
    /// Events that both had.
    pub same: usize,
    /// What the other record says otherwise, which it said there: key, here, there.
    pub differ: Vec<(String, Option<Value>, Option<Value>)>,
    /// The record before and after.
    pub saved: Saved,
    /// What became of the other record's files.
    pub copies: Copies,
}

/// Puts everything of another record into this one, and takes the other one away: one incident that was
/// logged twice.
///
/// # Errors
/// Nothing was changed; or the other record is still there, and the fault says so.
pub fn merge_records(target: &Target, from: &RecordName) -> Result<Merged, Fault> {
    let project = &target.workspace.project;
    if from.path == target.record.path {
        return Err(RecordFault::WithItself { record: from.id.clone() }.into());
    }
    let other = target.beside(from);
    let there = project.load(from)?.document;
    // What cannot go stays, and then nothing of it is put in here.
    let rehearsed = other.rehearsed().workspace.project;
    rehearsed.delete_record(from, &other.command(DELETE), Noted::default(), &other.wait)?;
    let joint = target.joint(&[&target.record, from])?;
    let assets = copied(target, from, &there)?;
    let copies: Vec<CopiedFile> = assets.iter().filter_map(Asset::copied).collect();
    let written = target.update(MERGE, |document| {
        let (changed, told) = together(target, document, &other, &there)?;
        let noted =
            Noted { joint: Some(joint.clone()), copies: copies.clone(), ..Noted::default() };
        Ok((Edit::Text(Box::new(changed)), noted, told))
    });
    let (saved, told) =
        written.inspect_err(|_| drop_all(project, &target.record.id, assets.iter()))?;
    // Where this record had all of it already, there is no part of the change to be taken back here.
    let is_part = saved.journal.as_ref().is_ok_and(|names| !names.is_empty());
    if !is_part && saved.journal.is_ok() {
        drop_all(project, &target.record.id, assets.iter());
    }
    let joint = Some(joint).filter(|_| is_part);
    let noted = Noted { joint, current: project.chosen(), ..Noted::default() };
    let gone = project.delete_record(from, &other.command(DELETE), noted, &other.wait);
    let copies = gone.map_err(|why| {
        let other = from.id.clone();
        RecordFault::OtherStays { other, why: Box::new(why.into()) }
    })?;
    if project.chosen().as_deref() == Some(from.id.as_str()) {
        // A choice that stays names a record that is not there, which says itself.
        let _ = project.choose(&target.record.id);
    }
    let Told { added, same, differ } = told;
    Ok(Merged { added, same, differ, saved, copies })
}

/// Copies the files of the other record: each must keep its name, by which texts name it.
fn copied(target: &Target, from: &RecordName, there: &Document) -> Result<Vec<Asset>, Fault> {
    let (project, id) = (&target.workspace.project, &target.record.id);
    let mut sources = Vec::new();
    for name in project.asset_names(&from.id) {
        let bytes = project.asset(&from.id, &name)?.unwrap_or_default();
        let here = project.asset(id, &name)?;
        if here.is_some_and(|here| here != bytes) && there.text().contains(&name) {
            return Err(RecordFault::FileClash { file: name }.into());
        }
        sources.push(AssetSource::new(&name, bytes));
    }
    copy_in(project, id, &sources)
}

/// What is told of a merge.
struct Told {
    added: usize,
    same: usize,
    differ: Vec<(String, Option<Value>, Option<Value>)>,
}

/// This record with everything of the other one.
fn together(
    target: &Target,
    document: &Document,
    other: &Target,
    there: &Document,
) -> Result<(Document, Told), Fault> {
    let mut changed = document.clone();
    let mut told = Told { added: 0, same: 0, differ: Vec::new() };
    // Steps first: events name them.
    for list in LISTS.iter().filter(|list| **list != "events") {
        let here = changed.items(list);
        let new: Vec<Value> =
            there.items(list).into_iter().filter(|item| !here.contains(item)).collect();
        if *list == "plan" {
            steps_differ(&here, &new)?;
        }
        if comments_in(there, list, &new) {
            return Err(RecordFault::Comments.into());
        }
        told.added += new.len();
        let items = new.into_iter().map(|item| ((*list).to_owned(), item)).collect();
        let changes = insert_items(&changed, items);
        changed = applied(&changed, &changes)?;
    }
    for (place, event) in there.incident.events.iter().enumerate() {
        if document.incident.events.iter().any(|known| is_same(known, event)) {
            told.same += 1;
            continue;
        }
        let found = Found::of(there, place, other);
        let zone = target.zone(&changed.incident);
        changed = match found.edit(&changed, event, zone)? {
            Edit::Text(changed) => *changed,
            Edit::Changes(changes) => applied(&changed, &changes)?,
        };
        told.added += 1;
    }
    let changed = headers(&changed, there, &mut told)?;
    Ok((changed, told))
}

fn applied(document: &Document, changes: &[Change]) -> Result<Document, Fault> {
    let changed = apply_all(document, changes).map_err(RecordFault::Edit)?;
    Ok(changed.0)
}

/// The same words at the same moment were logged twice.
fn is_same(here: &Event, there: &Event) -> bool {
    let same_time = match (here.at, there.at) {
        (Some(here), Some(there)) => here.unix() == there.unix(),
        (here, there) => here.is_none() && there.is_none(),
    };
    let more = |event: &Event| {
        let Event { detail, attachments, refs, kind, until, .. } = event;
        (detail.clone(), attachments.clone(), refs.clone(), kind.clone(), *until)
    };
    same_time && here.text == there.text && more(here) == more(there)
}

/// Two steps of one id that are not the same.
fn steps_differ(here: &[Value], new: &[Value]) -> Result<(), Fault> {
    let clash = new.iter().find_map(|step| {
        let id = step.said("id")?;
        here.iter().any(|known| known.said("id") == Some(id)).then(|| id.to_owned())
    });
    match clash {
        Some(step) => Err(RecordFault::StepClash { step }.into()),
        None => Ok(()),
    }
}

/// Whether comments stand in the lines of entries that are to go over.
fn comments_in(there: &Document, list: &str, new: &[Value]) -> bool {
    let lines = there.items_in_lines(list).into_iter();
    let mut lines = lines.filter(|(item, ..)| new.contains(item));
    lines.any(|(_, lines, _)| !comments(&there.text()[lines]).is_empty())
}

/// Takes over what this record does not say of itself, and more of its services, tags and categories.
fn headers(document: &Document, there: &Document, told: &mut Told) -> Result<Document, Fault> {
    const TOGETHER: [&str; 3] = ["services", "tags", "categories"];
    let mut changes = Vec::new();
    for key in there.keys() {
        let listed = LISTS
            .iter()
            .any(|list| list_place(list).0.first().map_or(*list, |(holder, _)| holder) == key);
        if listed {
            continue;
        }
        match (document.said(&key), there.said(&key)) {
            (None, Some(value)) => changes.push(Change::set(Vec::new(), &key, value)),
            (Some(Value::List(here)), Some(Value::List(new)))
                if TOGETHER.contains(&key.as_str()) =>
            {
                let new = new.into_iter().filter(|value| !here.contains(value));
                let places = here.len()..;
                let insert = |(place, value)| Change::insert(Vec::new(), &key, place, value);
                changes.extend(places.zip(new).map(insert));
            }
            (here, there) if here != there => told.differ.push((key, here, there)),
            _ => {}
        }
    }
    applied(document, &changes)
}
