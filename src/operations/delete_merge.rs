//! Deletes records, and merges two records of the same incident.

use crate::fault::{EditFault, Fault, RecordFault};
use crate::format::{CopiedFile, DELETE, Document, LISTS, insert_items, list_place};
use crate::model::Event;
use crate::store::{Asset, AssetSource, Copies, Edit, Noted, RecordName, Saved};
use crate::yaml::{Change, KeyEdit, Lines, OwnLines, Value, comments};

use super::files::{copy_in, drop_all};
use super::own_lines::{Passage, missing};
use super::undo::leave;
use super::workspace::Target;

/// The journal's verb for it, in the remaining record.
const MERGE: &str = "merge";

/// A record that was deleted.
#[derive(Debug)]
pub struct Deleted {
    /// How many events and steps it had; `None` if it could not be read.
    pub held: Option<(usize, usize)>,
    /// What happened to its files.
    pub copies: Copies,
    /// The new current record.
    pub current: Option<String>,
}

/// Deletes a record with its files; both are kept so that they can be restored.
///
/// # Errors
/// The record still exists.
pub fn delete_record(target: &Target) -> Result<Deleted, Fault> {
    let project = &target.workspace.project;
    let incident = project.load(&target.record).map(|loaded| loaded.document.incident).ok();
    let held = incident.map(|incident| (incident.events.len(), incident.plan.len()));
    let noted = Noted { current: project.chosen(), ..Noted::default() };
    let command = target.command(DELETE);
    let copies = project.delete_record(&target.record, &command, noted, &target.wait)?;
    Ok(Deleted { held, copies, current: leave(target, None) })
}

/// A record that another one was merged into.
#[derive(Debug)]
pub struct Merged {
    /// How many entries came from the other record.
    pub added: usize,
    /// How many events both records had.
    pub same: usize,
    /// Values that differ and were not taken over: the key, the value here, the value there.
    pub differ: Vec<(String, Option<Value>, Option<Value>)>,
    /// Comments of the other record that were not taken over: the line there, and the text.
    pub left_out: Vec<(usize, String)>,
    /// This record before and after.
    pub saved: Saved,
    /// What happened to the other record's files.
    pub copies: Copies,
}

/// Moves the content of another record into this one, and deletes the other one: an incident that was logged twice.
///
/// # Errors
/// Nothing was changed; or the other record still exists, and the fault says so.
pub fn merge_records(target: &Target, from: &RecordName) -> Result<Merged, Fault> {
    let project = &target.workspace.project;
    if from.path == target.record.path {
        return Err(RecordFault::WithItself { record: from.id.clone() }.into());
    }
    let other = target.beside(from);
    let there = project.load(from)?.document;
    // If the other record cannot be deleted, nothing is merged.
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
    // If this record had everything already, it has no part of the change that could be undone.
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
        // If this fails, the current record does not exist, which is reported wherever it is used.
        let _ = project.choose(&target.record.id);
    }
    let MergeNotes { added, same, differ, left_out } = told;
    Ok(Merged { added, same, differ, left_out, saved, copies })
}

/// Copies the files of the other record under the same names, which texts refer to.
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

/// Remarks on a merge.
#[derive(Default)]
struct MergeNotes {
    added: usize,
    same: usize,
    differ: Vec<(String, Option<Value>, Option<Value>)>,
    left_out: Vec<(usize, String)>,
}

/// Returns this record with everything from the other one.
fn together(
    target: &Target,
    document: &Document,
    other: &Target,
    there: &Document,
) -> Result<(Document, MergeNotes), Fault> {
    let passage = Passage {
        there,
        from: other,
        to: &target.record,
        zones: [other.zone(&there.incident), target.zone(&document.incident)],
        refuse: |lost| RecordFault::Comment(lost).into(),
    };
    let mut told = MergeNotes::default();
    // Steps come first, since events refer to them.
    let mut changed = document.clone();
    for list in LISTS.iter().filter(|list| **list != "events") {
        changed = listed(&passage, document, &changed, list, &mut told)?;
    }
    let is_known = |event: &Event| document.incident.events.iter().any(|it| is_same(it, event));
    let all = there.incident.events.iter().cloned().enumerate();
    let (known, new): (Vec<_>, Vec<_>) = all.partition(|(_, event)| is_known(event));
    told.same += known.len();
    told.added += new.len();
    let own = passage.events(&new, true)?;
    let changed = passage.put(&changed, &new, own)?;
    let changed = headers(&passage, &changed, &mut told)?;
    let lines = Lines::of(there.text());
    let left = missing(there.text(), &comments(changed.text())).into_iter();
    told.left_out = left.map(|(at, comment)| (lines.position(at).line, comment)).collect();
    Ok((changed, told))
}

/// Returns this record with the missing items of a list; a list that this record lacks is moved with its key.
fn listed(
    passage: &Passage,
    document: &Document,
    changed: &Document,
    list: &str,
    told: &mut MergeNotes,
) -> Result<Document, Fault> {
    let there = passage.there;
    let items = there.items(list);
    let here = document.items(list);
    let places: Vec<usize> = (0..items.len()).filter(|at| !here.contains(&items[*at])).collect();
    let new: Vec<Value> = places.iter().map(|at| items[*at].clone()).collect();
    if list == "plan" {
        steps_differ(&here, &new)?;
    }
    told.added += new.len();
    // The items came with the key of all lessons.
    if new.is_empty() || changed.items(list) == items {
        return Ok(changed.clone());
    }
    let (holder, _) = list_place(list);
    let top = holder.first().map_or(list, |(holder, _)| holder.as_str());
    let holds = |name: &str| matches!(changed.value_named(name), Some(Value::Map(keys)) if !keys.is_empty());
    for name in [top, list] {
        let can_hold = name == top || holds(top);
        if can_hold && changed.value_named(name).is_none() && there.value_named(name).is_some() {
            return with_key(passage, changed, name);
        }
    }
    let named = new.into_iter().map(|item| (list.to_owned(), item)).collect();
    let own = there.own_items(list, &places, true);
    let own_lines = |(change, own): (Change, Option<OwnLines>)| match (&change.edit, own) {
        (KeyEdit::Insert(index, _), Some(own)) => {
            Change::insert_own(change.at, &change.key, *index, own)
        }
        _ => change,
    };
    let changes: Vec<Change> =
        insert_items(changed, named).into_iter().zip(own).map(own_lines).collect();
    passage.applied(changed, &changes, list)
}

/// Returns this record with a key of the other one, in its own lines.
fn with_key(passage: &Passage, changed: &Document, name: &str) -> Result<Document, Fault> {
    let own = passage.there.own_key(name).ok_or_else(|| passage.unfit(EditFault::NotInLines))?;
    let (path, key) = list_place(name);
    passage.applied(changed, &[Change::add_own(path, key, own)], name)
}

/// Whether two events are the same one logged twice: same text, same moment.
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

/// Refuses two different steps with the same id.
fn steps_differ(here: &[Value], new: &[Value]) -> Result<(), Fault> {
    let clash = new.iter().find_map(|step| {
        let id = step.text_at("id")?;
        here.iter().any(|known| known.text_at("id") == Some(id)).then(|| id.to_owned())
    });
    match clash {
        Some(step) => Err(RecordFault::StepClash { step }.into()),
        None => Ok(()),
    }
}

/// Adds metadata that this record lacks, and additional services, tags and categories.
fn headers(
    passage: &Passage,
    document: &Document,
    told: &mut MergeNotes,
) -> Result<Document, Fault> {
    const TOGETHER: [&str; 3] = ["services", "tags", "categories"];
    let there = passage.there;
    let holds_lists =
        |key: &str| LISTS.iter().any(|list| list_place(list).0.iter().any(|(it, _)| it == key));
    let lessons = match there.value_named("lessons") {
        Some(Value::Map(entries)) => entries,
        _ => Vec::new(),
    };
    let lessons = lessons.into_iter().map(|(key, _)| format!("lessons.{key}"));
    let keys = there.keys().into_iter().filter(|key| !holds_lists(key)).chain(lessons);
    let mut changed = document.clone();
    for key in keys.filter(|key| !LISTS.contains(&key.as_str())) {
        match (changed.value_named(&key), there.value_named(&key)) {
            (None, Some(_)) => changed = with_key(passage, &changed, &key)?,
            (Some(Value::List(here)), Some(Value::List(new)))
                if TOGETHER.contains(&key.as_str()) =>
            {
                let places: Vec<usize> =
                    (0..new.len()).filter(|at| !here.contains(&new[*at])).collect();
                let own = there.own_items(&key, &places, true).into_iter();
                let own: Option<Vec<OwnLines>> = own.collect();
                let own = own.ok_or_else(|| passage.unfit(EditFault::NotInLines))?;
                let insert = |(place, own)| Change::insert_own(Vec::new(), &key, place, own);
                let changes: Vec<Change> = (here.len()..).zip(own).map(insert).collect();
                changed = passage.applied(&changed, &changes, &key)?;
            }
            (here, there) if here != there => told.differ.push((key, here, there)),
            _ => {}
        }
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    const HERE: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
- at: 2024-09-07T18:00+09:00
  text: one
lessons:
  badly:
  - slow
";
    const THERE: &str = "\
# second laptop
title: Checkout
timezone: Asia/Seoul
severity: sev2   # by eye
# ours
custom_two: [1,  2]   # keep me
lessons:
    badly: [ \"paged late\" ]   # flow
    mine: 1.10 # odd
actions:
    # first
    - text: fix   # soon
      my_key: 07
events:
    # started
    - at: 2024-09-07T18:05+09:00
      text: two   # aside
      my_key: yes
      my_count: '5'
      # its own

    # lunch

    - at: 2024-09-07T18:10+09:00
      text: three
# the end
";

    #[test]
    fn entries_keep_their_lines_and_other_comments_are_told() {
        let trial = Trial::of(HERE);
        let project = &trial.target.workspace.project;
        let from = project.create_record("again", THERE).unwrap();
        let merged = merge_records(&trial.target, &from).unwrap();
        let text = trial.text();
        for lines in [
            "severity: sev2   # by eye\n",
            "# ours\ncustom_two: [1,  2]   # keep me\n",
            "  badly:\n  - slow\n  - \"paged late\"\n",
            "  mine: 1.10 # odd\n",
            "actions:\n    # first\n    - text: fix   # soon\n      my_key: 07\n",
            "# started\n- at: 2024-09-07T18:05+09:00\n  text: two   # aside\n  my_key: yes\n  my_count: '5'\n  # its own\n",
            "- at: 2024-09-07T18:10+09:00\n  text: three\n",
        ] {
            assert!(text.contains(lines), "{lines}\n{text}");
        }
        let told: Vec<(usize, &str)> =
            merged.left_out.iter().map(|(line, words)| (*line, words.as_str())).collect();
        assert_eq!(told, [(1, "second laptop"), (8, "flow"), (22, "lunch"), (26, "the end")]);
        assert_eq!((merged.added, merged.same), (4, 0));
    }

    #[test]
    fn a_comment_that_has_no_place_stops_all_of_it() {
        let here = format!("{HERE}actions: [{{text: ask}}]\n");
        let trial = Trial::of(&here);
        let project = &trial.target.workspace.project;
        let from = project.create_record("again", THERE).unwrap();
        let outcome = merge_records(&trial.target, &from);
        let Err(Fault::Whole(RecordFault::Comment(lost))) = outcome else { panic!("{outcome:?}") };
        assert_eq!((lost.at.line, lost.at.column, lost.comment.as_str()), (11, 5, "first"));
        assert_eq!(trial.text(), here);
        assert_eq!(project.raw_text(&from).unwrap(), THERE);
    }
}
