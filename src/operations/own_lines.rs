//! Moves entries to another record in their own lines, with their comments, or not at all.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::fault::{CommentLoss, EditFault, Fault, LostComment, StoreFault, Unproved};
use crate::format::{Document, apply_all, event_item, item_path};
use crate::model::{Event, Moment, Zone};
use crate::store::{RecordName, Saved};
use crate::yaml::{
    Change, OwnLines, PatchFault, Path, Position, Value, comment_places, comments, key_changes,
};

use super::renamed_files::renamed;
use super::workspace::Target;

/// The keys whose values are times, with the path to the mapping that has them.
const TIMES: [(&[&str], &[&str]); 6] = [
    (&[], &["published"]),
    (&["events"], &["at", "until", "logged", "next_update"]),
    (&["plan"], &["at", "until", "due"]),
    (&["plan", "revised"], &["from", "until", "on"]),
    (&["plan", "skipped"], &["on"]),
    (&["imported"], &["on"]),
];

/// The record that entries leave, and the one that they go to.
pub(super) struct Passage<'p> {
    /// The record that they leave, as it was read.
    there: &'p Document,
    /// The same record, with an offset added to each time that would mean another moment, or be unreadable, without one.
    timed: Cow<'p, Document>,
    from: &'p Target,
    to: &'p RecordName,
    /// Returns the refusal for a comment that would be lost.
    refuse: fn(LostComment) -> Fault,
}

impl<'p> Passage<'p> {
    /// Prepares moving entries from one record to another; `zone` is the zone that the other record names, if any.
    ///
    /// # Errors
    /// An offset cannot be added to a time.
    pub(super) fn new(
        (from, there): (&'p Target, &'p Document),
        (to, zone): (&'p RecordName, Option<Zone>),
        refuse: fn(LostComment) -> Fault,
    ) -> Result<Passage<'p>, Fault> {
        let as_read = Passage { there, timed: Cow::Borrowed(there), from, to, refuse };
        let times = match there.incident.zone {
            own if own == zone => Vec::new(),
            own => bare_times(there, own, zone),
        };
        if times.is_empty() {
            return Ok(as_read);
        }
        let timed = Cow::Owned(as_read.changed(there, &times)?);
        Ok(Passage { timed, ..as_read })
    }

    /// Returns the record that entries leave, with times that mean the same moments in the other record.
    pub(super) fn there(&self) -> &Document {
        &self.timed
    }

    /// Returns events in their own lines, changed to the wanted ones. `above` includes the comments directly above.
    ///
    /// # Errors
    /// A comment would be lost, or the lines cannot be changed like this.
    pub(super) fn events(
        &self,
        wanted: &[(usize, Event)],
        above: bool,
    ) -> Result<Vec<OwnLines>, Fault> {
        let items = self.timed.items("events");
        let to_wanted = |(place, event): &(usize, Event)| {
            let now = self.timed.incident.events[*place].clone();
            wanted_of(*place, (now, &items[*place]), event)
        };
        let changes: Vec<Change> = wanted.iter().flat_map(to_wanted).collect();
        let changed = self.changed(&self.timed, &changes)?;
        if let Some(at) = first_lost(self.there.text(), changed.text()) {
            let other = self.file_of(self.to);
            return Err(self.lost(at, CommentLoss::Key { other }));
        }
        let places: Vec<usize> = wanted.iter().map(|(place, _)| *place).collect();
        let own = changed.own_items("events", &places, above).into_iter();
        own.collect::<Option<Vec<OwnLines>>>().ok_or_else(|| self.unfit(EditFault::NotInLines))
    }

    /// Inserts events with their own lines into a record, each after everything not later.
    ///
    /// # Errors
    /// A comment cannot be moved, or the result would have another meaning.
    pub(super) fn put(
        &self,
        document: &Document,
        events: &[(usize, Event)],
        own: Vec<OwnLines>,
    ) -> Result<Document, Fault> {
        let mut times: Vec<Option<Moment>> =
            document.incident.events.iter().map(|event| event.at).collect();
        let changes: Vec<Change> = events
            .iter()
            .zip(own)
            .map(|((_, event), own)| {
                let index = Moment::place_among(times.iter().copied(), event.at);
                times.insert(index, event.at);
                Change::insert_own(Vec::new(), "events", index, own)
            })
            .collect();
        let changed = self.applied(document, &changes, "events")?;
        let there: HashSet<Value> = changed.incident.events.iter().map(event_item).collect();
        match events.iter().all(|(_, event)| there.contains(&event_item(event))) {
            true => Ok(changed),
            false => Err(self.unfit(EditFault::NotProved(Unproved::Differs))),
        }
    }

    /// Makes changes that move a part of a key to the other record.
    ///
    /// # Errors
    /// A comment in its lines cannot be moved, or the change cannot be made.
    pub(super) fn applied(
        &self,
        document: &Document,
        changes: &[Change],
        key: &str,
    ) -> Result<Document, Fault> {
        match apply_all(document, changes) {
            Ok((changed, _)) => Ok(changed),
            Err(EditFault::Patch(PatchFault::OwnComments)) => {
                let own = changes.iter().filter_map(|change| change.edit.own());
                let first = own.flat_map(OwnLines::comments).next();
                let mut all = comment_places(self.there.text()).into_iter();
                let at = all.find(|(_, comment)| Some(comment) == first.as_ref());
                let (list, other) = (key.to_owned(), self.file_of(self.to));
                Err(self.lost(at.map_or(0, |(at, _)| at), CommentLoss::Brackets { list, other }))
            }
            Err(fault) => Err(self.unfit(fault)),
        }
    }

    fn changed(&self, document: &Document, changes: &[Change]) -> Result<Document, Fault> {
        Ok(apply_all(document, changes).map_err(|fault| self.unfit(fault))?.0)
    }

    /// Returns the refusal of an impossible edit, with the file that entries would go to.
    pub(super) fn unfit(&self, source: EditFault) -> Fault {
        StoreFault::Edit { path: self.to.path.clone(), source }.into()
    }

    fn lost(&self, at: usize, why: CommentLoss) -> Fault {
        let text = self.there.text();
        let mut all = comment_places(text).into_iter();
        let comment = all.find(|(place, _)| *place == at).map(|(_, words)| words);
        (self.refuse)(LostComment {
            file: self.file_of(&self.from.record),
            at: Position::of(text, at),
            comment: comment.unwrap_or_default(),
            why,
        })
    }

    fn file_of(&self, record: &RecordName) -> String {
        self.from.workspace.project.told_path(&record.path)
    }
}

/// Returns the changes that add an offset to times without one, if they would mean another moment in the other zone or be
/// unreadable without a zone.
pub(super) fn bare_times(
    document: &Document,
    own: Option<Zone>,
    other: Option<Zone>,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut offset = |path: &Path, key: &str, text: &str| {
        let Ok(here) = Moment::parse(text, own) else { return };
        let same = Moment::parse(text, other).is_ok_and(|there| there.unix() == here.unix());
        if !same && here.written() != text {
            changes.push(Change::set(path.clone(), key, Value::text(here.written())));
        }
    };
    let root = Value::Map(document.entries());
    for (holders, keys) in TIMES {
        each_time(&root, &mut Vec::new(), (holders, keys), &mut offset);
    }
    changes
}

/// Visits the times below a value, with the path, the key and the text of each.
fn each_time(
    value: &Value,
    path: &mut Path,
    (holders, keys): (&[&str], &[&str]),
    visit: &mut impl FnMut(&Path, &str, &str),
) {
    let Some((holder, rest)) = holders.split_first() else {
        for key in keys {
            if let Some(text) = value.text_at(key) {
                visit(path, key, text);
            }
        }
        return;
    };
    let mut inner = |value: &Value, place: Option<usize>| {
        path.push(((*holder).to_owned(), place));
        each_time(value, path, (rest, keys), visit);
        path.pop();
    };
    match value.get(holder) {
        Some(Value::List(items)) => {
            items.iter().enumerate().for_each(|(place, item)| inner(item, Some(place)));
        }
        Some(map @ Value::Map(_)) => inner(map, None),
        _ => {}
    }
}

/// Returns the changes from an event, with the item it is written as, to the wanted one.
fn wanted_of(place: usize, (mut now, item): (Event, &Value), event: &Event) -> Vec<Change> {
    let path = item_path("events", place);
    let mut changes = Vec::new();
    for (at, (old, new)) in now.attachments.iter().zip(&event.attachments).enumerate() {
        if old.file == new.file {
            continue;
        }
        changes.push(renamed(&path, item.get("attachments"), at, &new.file));
    }
    now.attachments.clone_from(&event.attachments);
    if let (Value::Map(now), Value::Map(wanted)) = (event_item(&now), event_item(event)) {
        changes.extend(key_changes(&path, &now, &wanted));
    }
    changes
}

/// Returns the position of the first comment that a changed text has lost.
fn first_lost(before: &str, after: &str) -> Option<usize> {
    missing(before, &comments(after)).into_iter().next().map(|(at, _)| at)
}

/// Returns the comments that a record no longer has after a change.
pub fn comments_gone(saved: &Saved) -> Vec<String> {
    let gone = missing(saved.before.text(), &comments(saved.after.text()));
    gone.into_iter().map(|(_, comment)| comment).collect()
}

/// Returns the comments of a text that are not among these, each with its offset.
pub(super) fn missing(text: &str, kept: &[String]) -> Vec<(usize, String)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for comment in kept {
        *counts.entry(comment).or_default() += 1;
    }
    let mut all = comment_places(text);
    all.retain(|(_, comment)| match counts.get_mut(comment.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    all
}

#[cfg(test)]
mod tests {
    use super::super::delete_merge::merge_records;
    use super::super::trial::Trial;
    use crate::yaml::tree::counted::READ;

    #[test]
    fn the_text_read_grows_in_proportion_to_the_entries_that_are_moved() {
        let record = |text: &str, count: usize| {
            let event = |n: usize| {
                format!("  - at: 2024-09-07T18:{:02}+09:00\n    text: {text} {n}\n", n % 60)
            };
            let events: String = (0..count).map(event).collect();
            format!("title: Checkout\ntimezone: Asia/Seoul\nevents:\n{events}")
        };
        let read = |count: usize| {
            let trial = Trial::of(&record("here", count));
            let project = &trial.target.workspace.project;
            let from = project.create_record("again", &record("there", count)).unwrap();
            let before = READ.get();
            assert_eq!(merge_records(&trial.target, &from).unwrap().added, count);
            READ.get() - before
        };
        let (few, many) = (read(50), read(200));
        assert!(many < 5 * few, "{few} {many}");
    }
}
