//! Deletes records, and merges two records of the same incident.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use crate::fault::{Doubt, EditFault, Fault, RecordFault};
use crate::format::{
    CopiedFile, DELETE, Document, LISTS, insert_items, list_place, made_internal, without_audience,
};
use crate::model::{Event, Incident};
use crate::store::{Asset, AssetSource, Copies, Edit, Noted, RecordName, Saved};
use crate::timeline::severity_led_to;
use crate::yaml::{Change, KeyEdit, Lines, OwnLines, Value, comments};

use super::changes::{Following, merged};
use super::files::{copy_in, drop_all};
use super::losses::LossFinder;
use super::own_lines::{Passage, missing};
use super::renamed_files::{FileNames, with_file_names};
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
    /// What was published of it, which stays.
    pub published: Vec<PathBuf>,
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
    let published = project.outputs_of(&target.record.id);
    Ok(Deleted { held, copies, published, current: leave(target, None) })
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
    /// What became internal, because one of the two records said so.
    pub internal: Vec<String>,
    /// What became of its severities and statuses.
    pub states: StateNotes,
    /// Files of the other record that have another name here, each with both names.
    pub renamed: FileNames,
    /// This record before and after.
    pub saved: Saved,
    /// What happened to the other record's files.
    pub copies: Copies,
    /// What was published of the other record, which stays.
    pub published: Vec<PathBuf>,
    /// Whether this record is the current one now, as the other one was.
    pub is_chosen: bool,
}

/// Remarks on the severities and the statuses of a merged record.
#[derive(Debug, Default)]
pub struct StateNotes {
    /// Changes that now follow others, and say so.
    pub doubts: Vec<Doubt>,
    /// The severity that the events lead to, if the record keeps another one.
    pub severity_led: Option<String>,
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
    let (joint, _alone) = target.joint(&[&target.record, from])?;
    // Held from here on: what others log into it meanwhile would be deleted with it. If it cannot be deleted, nothing is merged.
    let held = project.hold_record(from, &other.wait)?;
    let there = project.load(from)?.document;
    LossFinder::new(project, target.workspace.git).refuse_losses(from, &there)?;
    let (assets, renamed) = copied(target, from)?;
    let there = with_file_names(&there, &renamed)
        .inspect_err(|_| drop_all(project, &target.record.id, assets.iter()))?;
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
    let into = Some(target.record.id.clone());
    let noted = Noted { joint, into, current: project.chosen(), ..Noted::default() };
    let gone = project.delete_held(&held, &other.command(DELETE), noted);
    let copies = gone.map_err(|why| {
        let other = from.id.clone();
        RecordFault::OtherStays { other, why: Box::new(why.into()) }
    })?;
    let is_chosen = project.chosen().as_deref() == Some(from.id.as_str());
    if is_chosen {
        // If this fails, the current record does not exist, which is reported wherever it is used.
        let _ = project.choose(&target.record.id);
    }
    let MergeNotes { added, same, differ, left_out, internal, states } = told;
    let published = project.outputs_of(&from.id);
    Ok(Merged {
        added,
        same,
        differ,
        left_out,
        internal,
        states,
        renamed,
        saved,
        copies,
        published,
        is_chosen,
    })
}

/// Copies the files of the other record, under the same names where they are free, and returns those that got another one.
fn copied(target: &Target, from: &RecordName) -> Result<(Vec<Asset>, FileNames), Fault> {
    let (project, id) = (&target.workspace.project, &target.record.id);
    let mut sources = Vec::new();
    for name in project.asset_names(&from.id)? {
        let bytes = project.asset(&from.id, &name)?.unwrap_or_default();
        sources.push((AssetSource::new(&name, bytes), name));
    }
    let assets = copy_in(project, id, sources.iter().map(|(source, _)| source))?;
    let names = sources.into_iter().map(|(_, name)| name).zip(assets.iter());
    let renamed = names.filter(|(name, asset)| asset.name != *name);
    let renamed = renamed.map(|(name, asset)| (name, asset.name.clone())).collect();
    Ok((assets, renamed))
}

/// Remarks on a merge.
#[derive(Default)]
struct MergeNotes {
    added: usize,
    same: usize,
    differ: Vec<(String, Option<Value>, Option<Value>)>,
    left_out: Vec<(usize, String)>,
    internal: Vec<String>,
    states: StateNotes,
}

/// Returns this record with everything from the other one.
fn together(
    target: &Target,
    document: &Document,
    other: &Target,
    there: &Document,
) -> Result<(Document, MergeNotes), Fault> {
    let to = (&target.record, document.incident.zone);
    let passage = Passage::new((other, there), to, |lost| RecordFault::Comment(lost).into())?;
    let mut told = MergeNotes::default();
    // Steps come first, since events refer to them.
    let mut changed = document.clone();
    for list in LISTS.iter().filter(|list| **list != "events") {
        changed = listed(&passage, document, &changed, list, &mut told)?;
    }
    let (known, new) = known_and_new(document, passage.there());
    told.same += known.len();
    told.added += new.len();
    let own = passage.events(&new, true)?;
    let changed = passage.put(&changed, &new, own)?;
    let changed = headers(&passage, &changed, &mut told)?;
    let sides = [&document.incident, &there.incident];
    let made = made_internal(&changed, sides, &Incident::default());
    let changes: Vec<Change> = made.iter().flat_map(|made| made.changes.clone()).collect();
    let changed = passage.applied(&changed, &changes, "audience")?;
    told.internal = made.into_iter().map(|made| made.text).collect();
    let changed = in_order(&passage, &changed, sides, &mut told)?;
    let lines = Lines::of(there.text());
    let left = missing(there.text(), &comments(changed.text())).into_iter();
    told.left_out = left.map(|(at, comment)| (lines.position(at).line, comment)).collect();
    Ok((changed, told))
}

/// Returns the merged record with changes of severity and status that follow each other.
fn in_order(
    passage: &Passage,
    document: &Document,
    sides: [&Incident; 2],
    told: &mut MergeNotes,
) -> Result<Document, Fault> {
    const KEY: &str = "severity";
    let Following { changes, doubts } = merged(&document.incident, sides);
    let changed = passage.applied(document, &changes, KEY)?;
    if changed.incident.severity != document.incident.severity {
        told.differ.retain(|(key, ..)| key != KEY);
    }
    let severity_led = severity_led_to(&changed.incident).map(str::to_owned);
    told.states = StateNotes { doubts, severity_led };
    Ok(changed)
}

/// Returns this record with the missing items of a list; a list that this record lacks is moved with its key.
fn listed(
    passage: &Passage,
    document: &Document,
    changed: &Document,
    list: &str,
    told: &mut MergeNotes,
) -> Result<Document, Fault> {
    let there = passage.there();
    let items = there.items(list);
    let here = document.items(list);
    let known: HashSet<Value> = here.iter().map(without_audience).collect();
    let is_new = |at: &usize| !known.contains(&without_audience(&items[*at]));
    let places: Vec<usize> = (0..items.len()).filter(is_new).collect();
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
    let own = passage.there().own_key(name).ok_or_else(|| passage.unfit(EditFault::NotInLines))?;
    let (path, key) = list_place(name);
    passage.applied(changed, &[Change::add_own(path, key, own)], name)
}

/// Events of a record, each with its place.
type Placed = Vec<(usize, Event)>;

/// Returns the events of another record that this one also has, and those that it lacks.
fn known_and_new(document: &Document, there: &Document) -> (Placed, Placed) {
    let key = |event: &Event| (event.at.map(|at| at.unix()), event.text.clone());
    let mut here: HashMap<_, Vec<(&Event, Value)>> = HashMap::new();
    for (event, item) in document.incident.events.iter().zip(document.items("events")) {
        here.entry(key(event)).or_default().push((event, item));
    }
    let others = there.incident.events.iter().cloned().zip(there.items("events")).enumerate();
    let is_known = |event: &Event, item: &Value| {
        let mut alike = here.get(&key(event)).into_iter().flatten();
        alike.any(|(known, known_item)| is_covered((event, item), (known, known_item)))
    };
    let (known, new): (Vec<_>, Vec<_>) =
        others.partition(|(_, (event, item))| is_known(event, item));
    let placed = |all: Vec<(usize, (Event, Value))>| {
        all.into_iter().map(|(place, (event, _))| (place, event)).collect()
    };
    (placed(known), placed(new))
}

/// Whether each key of an event has the same value in another one with the same text and moment. When it was logged is
/// not compared, nor its audience, as the stricter one holds for both.
fn is_covered((event, item): (&Event, &Value), (known, known_item): (&Event, &Value)) -> bool {
    let Value::Map(entries) = item else { return false };
    entries.iter().all(|(key, value)| match key.as_str() {
        "at" => event.at == known.at,
        "until" => event.until == known.until,
        "next_update" => event.next_update == known.next_update,
        "logged" | "audience" => true,
        key => known_item.get(key) == Some(value),
    })
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

/// Keys that speak of their own record alone: whether it is out of the way or a sample, who reviewed it, and when it was
/// published. Another record never takes them over.
const OF_ITS_OWN: [&str; 4] = ["archived", "sample", "review", "published"];

/// Adds metadata that this record lacks, and additional services, tags and categories.
fn headers(
    passage: &Passage,
    document: &Document,
    told: &mut MergeNotes,
) -> Result<Document, Fault> {
    const TOGETHER: [&str; 3] = ["services", "tags", "categories"];
    let there = passage.there();
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
            (None, Some(there)) if OF_ITS_OWN.contains(&key.as_str()) => {
                told.differ.push((key, None, Some(there)));
            }
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
    use std::sync::Barrier;
    use std::time::Duration;

    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::super::undo::Turn;
    use super::*;
    use crate::fault::StoreFault;
    use crate::model::{Audience, Note};
    use crate::store::LockWait;

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
    fn entries_keep_their_lines_and_other_comments_are_reported() {
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

    fn merged(here: &str, there: &str) -> (String, Merged) {
        let trial = Trial::of(here);
        let from = trial.target.workspace.project.create_record("again", there).unwrap();
        let merged = merge_records(&trial.target, &from).unwrap();
        (trial.text(), merged)
    }

    /// The running outage is not archived because its double was, and nobody reviewed what the other record says.
    #[test]
    fn what_speaks_of_the_other_record_alone_is_told_and_not_taken_over() {
        let there = "title: Checkout\narchived: true # done\nsample: true\nseverity: sev2\n\
                     review: Kim\npublished: 2024-09-09T10:00+09:00\nevents: []\n";
        let (text, merged) = merged(HERE, there);
        assert!(text.contains("severity: sev2\n"), "{text}");
        for (key, _) in there.lines().filter_map(|line| line.split_once(": ")) {
            let is_own = OF_ITS_OWN.contains(&key);
            assert_eq!(text.contains(&format!("{key}:")), !is_own, "{key}\n{text}");
        }
        let told: Vec<(&str, bool)> =
            merged.differ.iter().map(|(key, here, _)| (key.as_str(), here.is_none())).collect();
        assert_eq!(told, ["archived", "sample", "review", "published"].map(|key| (key, true)));
        assert_eq!(merged.left_out, [(2, "done".to_owned())]);
    }

    /// Where the events of this record do not say how it came to its severity, nobody knows which one is right.
    #[test]
    fn changes_of_severity_follow_each_other_in_the_merged_record() {
        let record = |severity: &str, events: &str| {
            format!(
                "title: Checkout\ntimezone: Asia/Seoul\nseverity: {severity}\nevents:\n{events}"
            )
        };
        let change = |at: &str, from: &str, to: &str| {
            format!(
                "- at: 2024-09-07T{at}+09:00\n  text: {to}\n  type: severity_change\n  from: {from}\n  to: {to}\n"
            )
        };
        let there = record("sev1", &change("17:10", "sev3", "sev1"));
        let (text, merged_both) = merged(&record("sev2", &change("17:00", "sev3", "sev2")), &there);
        let together = change("17:00", "sev3", "sev2") + &change("17:10", "sev2", "sev1");
        assert_eq!(text, record("sev1", &together));
        let StateNotes { doubts, severity_led } = merged_both.states;
        assert!(matches!(doubts.as_slice(), [Doubt::NowFrom { .. }]), "{doubts:?}");
        assert_eq!((severity_led, merged_both.differ), (None, Vec::new()));
        let (text, kept) =
            merged(&record("sev3", "- at: 2024-09-07T17:00+09:00\n  text: x\n"), &there);
        assert!(text.contains("severity: sev3\n"), "{text}");
        assert_eq!((kept.states.severity_led.as_deref(), kept.differ.len()), (Some("sev1"), 1));
    }

    /// Another record with its id would make a deleted one impossible to restore.
    #[test]
    fn the_id_of_a_deleted_record_is_not_given_away() {
        use super::super::rename::rename_record;
        use super::super::undo::Turn;
        let trial = Trial::of(HERE);
        let project = &trial.target.workspace.project;
        let other = project.create_record("other", THERE).unwrap();
        delete_record(&trial.target).unwrap();
        let refused = project.create_record("demo", THERE);
        assert!(matches!(refused, Err(StoreFault::Deleted { .. })), "{refused:?}");
        let refused = rename_record(&trial.target.beside(&other), "demo");
        assert!(matches!(refused, Err(Fault::Store(StoreFault::Deleted { .. }))), "{refused:?}");
        super::super::turns::undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), HERE);
    }

    /// An event that both have is kept once, unless the other record says more about it.
    #[test]
    fn nothing_of_an_event_is_lost() {
        for (more, added) in [
            ("", 0),
            ("  logged: 2024-09-07T18:07+09:00\n", 0),
            ("  audience: internal\n", 0),
            ("  by: Kim\n", 1),
            ("  why: w\n", 1),
            ("  my_key: 5\n", 1),
            ("  until: 2024-09-07T18:30+09:00\n", 1),
            ("  next_update: 2024-09-07T18:30+09:00\n", 1),
            ("  step: deploy\n", 1),
            ("  about: true\n", 1),
        ] {
            let there = format!(
                "title: Checkout\ntimezone: UTC\nevents:\n- at: 2024-09-07T09:00Z\n  text: one\n{more}"
            );
            let (text, merged) = merged(HERE, &there);
            assert_eq!((merged.added, merged.same), (added, 1 - added), "{more}");
            assert!(added == 0 || text.contains(more), "{text}");
        }
    }

    /// Whichever record calls it internal, and whatever else differs, the public never reads it.
    #[test]
    fn what_one_of_the_two_calls_internal_is_internal() {
        let record = |event: &str, lesson: &str| {
            format!(
                "title: t\ntimezone: UTC\nevents:\n- at: 2024-09-07T18:00\n  text: one\n{event}lessons:\n  well:\n  - {lesson} # why\n"
            )
        };
        let internal = ["  audience: internal\n", "  by: Kim\n  audience: internal\n"];
        let note = "{text: quick, audience: internal}";
        for (event, count) in internal.into_iter().zip([1, 2]) {
            let (open, closed) = (record("", "quick"), record(event, note));
            for (here, there) in [(&open, &closed), (&closed, &open)] {
                let (text, merged) = merged(here, there);
                let incident = crate::format::read(&text).unwrap().incident;
                let closed = |event: &Event| event.audience == Audience::Internal;
                assert!(incident.events.iter().all(closed), "{text}");
                assert!(incident.lessons.well.iter().all(Note::is_internal), "{text}");
                assert!(
                    incident.events.len() <= count && incident.lessons.well.len() == 1,
                    "{text}"
                );
                assert!(text.contains("# why"), "{text}");
                let told = usize::from(here == &open || incident.events.len() == 2);
                assert_eq!(merged.internal.iter().filter(|text| *text == "one").count(), told);
            }
        }
    }

    #[test]
    fn lessons_that_only_the_other_record_has_go_over_whole() {
        let lessons = "lessons:\n    # how\n    well:\n    - quick   # yes\n    mine: 1.10\n";
        let there = format!("title: t\n{lessons}events: []\n");
        let (text, merged) = merged("title: t\nevents: []\n", &there);
        assert!(text.contains(lessons), "{text}");
        assert_eq!(merged.added, 1);
    }

    #[test]
    fn a_file_whose_name_is_taken_gets_another_one() {
        let there = "\
title: t
summary: 'see ![it](a.png), [log](a.png) and https://example.org/a.png'
events:
- at: 2024-09-07T18:00Z
  text: took a.png
  attachments: [a.png, b.png] # both
attachments:
- file: a.png
  alt: it
";
        let trial = Trial::of(HERE);
        let project = &trial.target.workspace.project;
        let from = project.create_record("again", there).unwrap();
        for (record, file, byte) in [
            ("demo", "a.png", 1),
            ("demo", "b.png", 2),
            ("again", "a.png", 3),
            ("again", "b.png", 2),
        ] {
            project.add_asset(record, &AssetSource::new(file, vec![byte])).unwrap();
        }
        let merged = merge_records(&trial.target, &from).unwrap();
        assert_eq!(merged.renamed, [("a.png".to_owned(), "a-2.png".to_owned())]);
        let text = trial.text();
        for lines in [
            "summary: 'see ![it](a-2.png), [log](a-2.png) and https://example.org/a.png'\n",
            "  text: took a.png\n  attachments: [a-2.png, b.png] # both\n",
            "- file: a-2.png\n  alt: it\n",
        ] {
            assert!(text.contains(lines), "{lines}\n{text}");
        }
        assert_eq!(project.asset_names("demo").unwrap(), ["a-2.png", "a.png", "b.png"]);
        assert_eq!(project.asset("demo", "a-2.png").unwrap(), Some(vec![3]));
        super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(1)).unwrap();
        assert_eq!(
            (trial.text().as_str(), project.raw_text(&from).unwrap().as_str()),
            (HERE, there)
        );
        assert_eq!(project.asset_names("demo").unwrap(), ["a.png", "b.png"]);
        assert_eq!(project.asset("again", "a.png").unwrap(), Some(vec![3]));
    }

    /// An event logged into the other record during the merge is kept, or the logging fails.
    #[test]
    fn what_is_logged_meanwhile_is_not_lost() {
        for round in 0..10 {
            let trial = Trial::of(HERE);
            let project = &trial.target.workspace.project;
            let from = project.create_record("again", THERE).unwrap();
            let start = Barrier::new(2);
            let workspace = trial.target.workspace.clone();
            let was_logged = std::thread::scope(|scope| {
                let logger = scope.spawn(|| {
                    let wait = LockWait { limit: Duration::from_secs(5), waiting: &|| {} };
                    let target = Target { workspace, record: from.clone(), wait };
                    let request =
                        LogRequest { text: "meanwhile".to_owned(), ..LogRequest::default() };
                    start.wait();
                    std::thread::sleep(Duration::from_millis(round));
                    log(&target, &request).is_ok()
                });
                start.wait();
                merge_records(&trial.target, &from).unwrap();
                logger.join().unwrap()
            });
            assert_eq!(trial.text().contains("meanwhile"), was_logged, "{}", trial.text());
        }
    }

    /// The end of an event and the next update are compared as moments, however they are written.
    #[test]
    fn times_of_an_event_that_both_have_may_be_written_differently() {
        let event = "- at: 2024-09-07T09:00Z\n  text: one\n  until: 2024-09-07T09:30Z\n  next_update: 2024-09-07T10:00Z\n";
        let there = format!("title: Checkout\nevents:\n{event}");
        let here = there.replace("09:30Z", "18:30+09:00").replace("10:00Z", "19:00+09:00");
        let (text, merged) = merged(&here, &there);
        assert_eq!((merged.added, merged.same), (0, 1));
        assert_eq!(text, here);
    }

    /// Times without an offset mean the same moment in the other record's zone, or get an offset.
    #[test]
    fn no_time_becomes_another_one() {
        let there = "\
title: Checkout
timezone: Asia/Seoul
plan:
- id: s
  at: 2024-09-07 12:00
  due: 2024-09-08
  text: p
  revised:
  - from: 2024-09-07 11:00
    on: 2024-09-07T09:00+09:00
- id: t
  due: 2024-09-07 13:00
  text: q
  skipped: {on: 2024-09-07 12:30, why: late}
events:
- {at: 2024-09-07 12:01, until: 2024-09-07 12:02, text: two, next_update: 2024-09-07 12:03}
";
        for zone in ["timezone: America/New_York\n", ""] {
            let here = HERE.replace("timezone: Asia/Seoul\n", zone);
            let (text, _) = merged(&here, there);
            for expected in [
                "  at: 2024-09-07T12:00+09:00\n  due: 2024-09-08\n",
                "  - from: 2024-09-07T11:00+09:00\n    on: 2024-09-07T09:00+09:00\n",
                "  due: 2024-09-07T13:00+09:00\n",
                "  skipped: {on: 2024-09-07T12:30+09:00, why: late}\n",
                "at: 2024-09-07T12:01+09:00, until: 2024-09-07T12:02+09:00, text: two, next_update: 2024-09-07T12:03+09:00",
            ] {
                assert!(text.contains(expected), "{expected}\n{text}");
            }
        }
        let same = HERE.to_owned() + "plan: []\n";
        assert!(merged(&same, there).0.contains("  at: 2024-09-07 12:00\n"));
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

    #[test]
    fn a_record_that_cannot_be_deleted_is_not_merged() {
        let trial = Trial::of(HERE);
        let project = &trial.target.workspace.project;
        let from = project.create_record("again", THERE).unwrap();
        let real = project.root().join("again-elsewhere.yaml");
        std::fs::rename(&from.path, &real).unwrap();
        std::os::unix::fs::symlink(&real, &from.path).unwrap();
        merge_records(&trial.target, &from).unwrap_err();
        assert_eq!(trial.text(), HERE);
        assert_eq!(std::fs::read_to_string(&real).unwrap(), THERE);
    }

    #[test]
    fn of_a_record_that_adds_nothing_no_file_is_copied() {
        let trial = Trial::of(HERE);
        let project = &trial.target.workspace.project;
        let from = project.create_record("again", HERE).unwrap();
        let files = project.assets_folder("again");
        std::fs::create_dir_all(&files).unwrap();
        std::fs::write(files.join("web.log"), "x").unwrap();
        project.choose("again").unwrap();
        let merged = merge_records(&trial.target, &from).unwrap();
        assert_eq!((merged.added, merged.copies.len()), (0, 1));
        assert!(!project.assets_folder(&trial.target.record.id).join("web.log").exists());
        assert!(!files.join("web.log").exists());
        assert_eq!(project.chosen().as_deref(), Some("demo"));
        // Nothing of it is in the other record, so it comes back alone.
        undo(&trial.target.beside(&from), Turn::Back(1)).unwrap();
        assert_eq!(
            (project.raw_text(&from).unwrap(), trial.text()),
            (HERE.to_owned(), HERE.to_owned())
        );
        assert_eq!(project.chosen().as_deref(), Some("again"), "it was the current record");
    }

    /// A record without lessons gets the key of all of them with the first list.
    #[test]
    fn each_lesson_comes_once() {
        let there =
            "title: t\nlessons:\n  well:\n  - the alarm\n  badly:\n  - the pager\nevents: []\n";
        for here in ["title: t\nevents: []\n", "title: t\nlessons: {}\nevents: []\n"] {
            let (text, merged) = merged(here, there);
            for lesson in ["the alarm", "the pager"] {
                assert_eq!(text.matches(lesson).count(), 1, "{text}");
            }
            assert_eq!(merged.added, 2, "{text}");
        }
    }

    #[test]
    fn what_both_have_is_there_once_and_what_differs_twice() {
        let record = |services: &str, until: &str| {
            format!(
                "title: t\ntimezone: UTC\nservices:\n{services}events:\n- at: 2024-09-07T18:00\n  \
                 text: one\n  until: 2024-09-07T{until}\n- at: 2024-09-07T18:05\n  text: two\n"
            )
        };
        let trial = Trial::of(&record("- web\n- db\n", "18:10"));
        let project = &trial.target.workspace.project;
        let there = record("- db\n- api\n", "18:20");
        let from = project.create_record("again", &there).unwrap();
        let merged = merge_records(&trial.target, &from).unwrap();
        assert_eq!((merged.added, merged.same), (1, 1));
        let incident = trial.document().incident;
        assert_eq!(incident.services, ["web", "db", "api"]);
        let ends: Vec<String> =
            incident.events.iter().filter_map(|event| Some(event.until?.written())).collect();
        assert_eq!(ends.len(), 2, "{ends:?}");
    }
}
