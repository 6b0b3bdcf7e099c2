//! Changes what a record says about an attached file.

use crate::fault::{AttachmentFault, Fault, Field, StoreFault};
use crate::format::Document;
use crate::format::apply_all;
use crate::lang::Was;
use crate::model::{Attachment, Event};
use crate::store::{Edit, Noted};
use crate::yaml::{Change, OwnLines, Path, Value, comments, key_changes};

use super::amend::{EventChoice, event_place, key_named};
use super::changes::number_of;
use super::texts::{check_width, optional};
use super::was::was;
use super::workspace::{Outcome, Target};

/// The key of an event's files, and of the record's.
const ATTACHMENTS: &str = "attachments";
const FILE: &str = "file";
const AUDIENCE: &str = "audience";

/// The keys that can be removed from a file.
pub const CLEARED_OF_FILES: [&str; 4] = ["alt", "width", "caption", "audience"];

/// What a file is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// An event.
    Event(EventChoice),
    /// The record as a whole.
    Record,
}

/// The description, width and caption of a file, and for whom it is.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Captions {
    /// Its description.
    pub alt: Option<String>,
    /// Its width.
    pub width: Option<String>,
    /// Its caption.
    pub caption: Option<String>,
    /// Whether it is for the team only.
    pub internal: bool,
}

/// New values for an attached file. Fields without a value are unchanged.
#[derive(Debug, Default)]
pub struct AttachmentRequest {
    /// The name of the file, or an unambiguous part of it.
    pub file: String,
    /// What it is attached to; if `None`, wherever it is found.
    pub holder: Option<Holder>,
    /// Its new description, width and caption, and whether it becomes internal.
    pub captions: Captions,
    /// Its number among the files of the same event or record, from 1.
    pub place: Option<usize>,
    /// Whether it is to be removed from the record.
    pub remove: bool,
    /// Keys to be removed.
    pub clear: Vec<String>,
}

/// An attached file whose values were changed, or that was removed.
#[derive(Debug)]
pub struct ChangedAttachment {
    /// Its name.
    pub file: String,
    /// The event that it belongs to; `None` if it is the record's.
    pub event: Option<Event>,
    /// The former values; empty if it was removed.
    pub was: Vec<Was>,
}

/// Changes what a record says about a file.
///
/// # Errors
/// Nothing was changed.
pub fn change_attachment(
    target: &Target,
    request: &AttachmentRequest,
) -> Outcome<ChangedAttachment> {
    request.captions.check()?;
    target.update("amend", |document| {
        let found = request.find(document, target)?;
        let changes = request.changes(&found)?;
        let path = || target.record.path.clone();
        let edited = apply_all(document, &changes);
        let (changed, _) = edited.map_err(|source| StoreFault::Edit { path: path(), source })?;
        // What moves takes its comment along.
        let all_comments = |document: &Document| {
            let mut all = comments(document.text());
            all.sort();
            all
        };
        if !request.remove && all_comments(document) != all_comments(&changed) {
            return Err(AttachmentFault::Comments { file: found.file }.into());
        }
        let event = found.event.map(|place| document.incident.events[place].clone());
        let was = match request.remove {
            true => Vec::new(),
            false => found.was(&files_of(&changed, found.event), request.place),
        };
        let told = ChangedAttachment { file: found.file, event, was };
        Ok((Edit::Text(Box::new(changed)), Noted::default(), told))
    })
}

/// Returns the index of the event that a file is attached to; `None` for the record.
///
/// # Errors
/// There is no such event.
pub(super) fn holder_place(
    holder: Holder,
    document: &Document,
    target: &Target,
) -> Result<Option<usize>, Fault> {
    match holder {
        Holder::Event(choice) => event_place(choice, document, target).map(Some),
        Holder::Record => Ok(None),
    }
}

/// Returns the path of the mapping with the files of that event, or of the record.
pub(super) fn holder_path(event: Option<usize>) -> Path {
    event.map(|place| ("events".to_owned(), Some(place))).into_iter().collect()
}

/// Returns the change that adds a file to that event, or to the record, at an index.
pub(super) fn added(event: Option<usize>, index: usize, item: Value) -> Change {
    Change::insert(holder_path(event), ATTACHMENTS, index, item)
}

/// Returns the files of that event, or of the record.
pub(super) fn of_holder(document: &Document, event: Option<usize>) -> &[Attachment] {
    let incident = &document.incident;
    event.map_or(&incident.attachments, |place| &incident.events[place].attachments)
}

/// Returns the files as they are written in the record.
fn files_of(document: &Document, event: Option<usize>) -> Vec<Value> {
    let Some(place) = event else { return document.items(ATTACHMENTS) };
    let Value::Map(entries) = document.items("events").swap_remove(place) else {
        return Vec::new();
    };
    let files = entries.into_iter().find(|(key, _)| key == ATTACHMENTS);
    match files {
        Some((_, Value::List(items))) => items,
        _ => Vec::new(),
    }
}

/// An attached file that was found in a record.
pub(super) struct FoundFile {
    event: Option<usize>,
    index: usize,
    file: String,
    items: Vec<Value>,
    /// Its own lines, if it has any.
    own: Option<OwnLines>,
}

impl FoundFile {
    /// Returns the file at an index.
    pub(super) fn at(document: &Document, event: Option<usize>, index: usize) -> FoundFile {
        let file = of_holder(document, event)[index].file.clone();
        let text = document.own_text();
        let own = text.items(&holder_path(event), ATTACHMENTS, &[index], false).pop().flatten();
        FoundFile { event, index, file, items: files_of(document, event), own }
    }

    /// Returns its keys and values; a file that is written as a bare name only has the key `file`.
    fn entries(&self) -> Vec<(String, Value)> {
        match &self.items[self.index] {
            Value::Map(entries) => entries.clone(),
            name => vec![(FILE.to_owned(), name.clone())],
        }
    }

    /// Returns the values that differ in the new list.
    fn was(&self, after: &[Value], place: Option<usize>) -> Vec<Was> {
        let index = place.map_or(self.index, |place| place - 1);
        let items = after.to_vec();
        let now = FoundFile { items, index, file: String::new(), own: None, ..*self };
        let mut said = was(&Value::Map(self.entries()), &Value::Map(now.entries()));
        if index != self.index {
            let value = Some(Value::text((self.index + 1).to_string()));
            said.push(Was { key: "place".to_owned(), value });
        }
        said
    }

    /// Returns the change that removes it from its list.
    fn removed(&self) -> Change {
        match self.items.len() {
            // The list would be left empty.
            1 => Change::unset(holder_path(self.event), ATTACHMENTS),
            _ => Change::remove(holder_path(self.event), ATTACHMENTS, self.index),
        }
    }

    /// Returns the changes that give it other values and another index.
    fn changed(&self, entries: Vec<(String, Value)>, place: usize) -> Vec<Change> {
        let (path, was) = (holder_path(self.event), self.entries());
        let is_map = matches!(self.items[self.index], Value::Map(_));
        let at: Path =
            path.iter().cloned().chain([(ATTACHMENTS.to_owned(), Some(place))]).collect();
        if place != self.index || (!is_map && self.items.len() > 1) {
            // A bare name that only moves stays one.
            let is_as_written = is_map || entries == was;
            let Some(own) = self.own.clone().filter(|_| is_as_written) else {
                let item = match is_as_written {
                    true => self.items[self.index].clone(),
                    false => Value::Map(entries),
                };
                return vec![self.removed(), added(self.event, place, item)];
            };
            let put = Change::insert_own(path, ATTACHMENTS, place, own);
            return [self.removed(), put]
                .into_iter()
                .chain(key_changes(&at, &was, &entries))
                .collect();
        }
        if !is_map {
            let only = Value::List(vec![Value::Map(entries)]);
            return vec![Change::set(path, ATTACHMENTS, only)];
        }
        key_changes(&at, &was, &entries)
    }
}

impl Captions {
    /// Checks the texts.
    ///
    /// # Errors
    /// One of them is invalid, or the width is.
    pub fn check(&self) -> Result<(), Fault> {
        check_width(self.width.as_deref())?;
        optional(Field::Alt, self.alt.as_deref())?;
        optional(Field::Caption, self.caption.as_deref()).map(|_| ())
    }

    /// Returns the keys and values that are set.
    fn given(&self) -> impl Iterator<Item = (&'static str, &String)> {
        let keys = [("alt", &self.alt), ("width", &self.width), ("caption", &self.caption)];
        keys.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?)))
    }

    /// Returns the keys of a file, with these values added.
    fn added_to(&self, found: &FoundFile) -> Vec<(String, Value)> {
        let mut entries = found.entries();
        self.given().for_each(|(key, value)| put(&mut entries, key, value.trim()));
        if self.internal {
            put(&mut entries, AUDIENCE, "internal");
        }
        entries
    }

    /// Returns the changes that give a file these values, and its former values; nothing if it has them already.
    pub(super) fn changes(&self, found: &FoundFile) -> (Vec<Change>, Vec<Was>) {
        let entries = self.added_to(found);
        let was = was(&Value::Map(found.entries()), &Value::Map(entries.clone()));
        if was.is_empty() {
            return (Vec::new(), was);
        }
        (found.changed(entries, found.index), was)
    }
}

fn put(entries: &mut Vec<(String, Value)>, key: &str, value: &str) {
    match entries.iter_mut().find(|(known, _)| known == key) {
        Some((_, said)) => *said = Value::text(value),
        None => entries.push((key.to_owned(), Value::text(value))),
    }
}

impl AttachmentRequest {
    /// Returns the only file that matches.
    fn find(&self, document: &Document, target: &Target) -> Result<FoundFile, Fault> {
        let holders: Vec<Option<usize>> = match self.holder {
            Some(holder) => vec![holder_place(holder, document, target)?],
            None => (0..document.incident.events.len()).map(Some).chain([None]).collect(),
        };
        let there = || {
            let files = holders.iter().map(|event| (event, of_holder(document, *event)));
            files.flat_map(|(event, files)| {
                files.iter().enumerate().map(move |(at, file)| (*event, at, file))
            })
        };
        let part = self.file.to_lowercase();
        let named: Vec<_> = there().filter(|(.., it)| it.file == self.file).collect();
        let named = match named.is_empty() {
            true => there().filter(|(.., it)| it.file.to_lowercase().contains(&part)).collect(),
            false => named,
        };
        match named.as_slice() {
            [(event, index, _)] => Ok(FoundFile::at(document, *event, *index)),
            [] => {
                let files = there().map(|(.., it)| it.file.clone()).collect();
                Err(AttachmentFault::Unknown { typed: self.file.clone(), files }.into())
            }
            several => {
                let number = |place: usize| number_of(&document.incident, place);
                let places =
                    several.iter().map(|(event, _, it)| (it.file.clone(), event.map(number)));
                let (typed, places) = (self.file.clone(), places.collect());
                Err(AttachmentFault::Several { typed, places }.into())
            }
        }
    }

    fn changes(&self, found: &FoundFile) -> Result<Vec<Change>, Fault> {
        let AttachmentRequest { captions, place, remove, clear, .. } = self;
        let nothing = *captions == Captions::default() && place.is_none();
        match (remove, nothing && clear.is_empty()) {
            (true, true) => return Ok(vec![found.removed()]),
            (true, false) => return Err(AttachmentFault::RemovedAndChanged.into()),
            (false, true) => return Err(AttachmentFault::NothingGiven.into()),
            (false, false) => {}
        }
        let mut entries = captions.added_to(found);
        for key in clear {
            let named = key_named(key);
            let is_given = captions.given().any(|(given, _)| given == named)
                || (captions.internal && named == AUDIENCE);
            if is_given {
                return Err(AttachmentFault::ClearedAndSet { key: key.clone() }.into());
            }
            let at = entries.iter().position(|(known, _)| known == named && named != FILE);
            let Some(at) = at else {
                let keys =
                    found.entries().into_iter().map(|(key, _)| key).filter(|key| key != FILE);
                let (file, key) = (found.file.clone(), key.clone());
                return Err(AttachmentFault::NoKey { file, key, keys: keys.collect() }.into());
            };
            entries.remove(at);
        }
        let files = found.items.len();
        let index = match *place {
            None => found.index,
            Some(place) if (1..=files).contains(&place) => place - 1,
            Some(place) => return Err(AttachmentFault::NoPlace { place, files }.into()),
        };
        if entries == found.entries() && index == found.index {
            return Ok(Vec::new());
        }
        Ok(found.changed(entries, index))
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
attachments: [report.pdf]   # of the whole
events:
  - at: 2024-09-07T18:00+09:00
    text: first
    attachments:
      - one.png   # from the phone
      - file: two.png
        mood: 'bad'   # nobody knows this key
      - {file: three.png, alt: graph}
  - at: 2024-09-07T18:10+09:00
    text: second
    attachments: [four.png, {file: two-again.png, width: 50%}]
";

    fn internal() -> Captions {
        Captions { internal: true, ..Captions::default() }
    }

    fn file(name: &str) -> AttachmentRequest {
        AttachmentRequest { file: name.to_owned(), ..AttachmentRequest::default() }
    }

    fn captions(alt: Option<&str>, width: Option<&str>) -> Captions {
        let said = |text: Option<&str>| text.map(str::to_owned);
        Captions { alt: said(alt), width: said(width), ..Captions::default() }
    }

    #[test]
    fn a_bare_name_that_moves_stays_one_with_its_comment() {
        let trial = Trial::of(RECORD);
        let request = AttachmentRequest { place: Some(3), ..file("one.png") };
        change_attachment(&trial.target, &request).unwrap();
        let (line, behind) =
            ("      - one.png   # from the phone\n", "      - {file: three.png, alt: graph}\n");
        let expected = RECORD.replace(line, "").replace(behind, &format!("{behind}{line}"));
        assert_eq!(trial.text(), expected);
    }

    #[test]
    fn a_change_of_a_file_affects_nothing_else_and_can_be_undone() {
        let width = captions(None, Some("50%"));
        let on_event = |number| Some(Holder::Event(EventChoice::Number(number)));
        for (request, from, to) in [
            (
                AttachmentRequest { captions: width.clone(), ..file("two.png") },
                "        mood: 'bad'   # nobody knows this key\n",
                "        mood: 'bad'   # nobody knows this key\n        width: 50%\n",
            ),
            (
                AttachmentRequest { captions: width.clone(), ..file("THREE") },
                "alt: graph}",
                "alt: graph, width: 50%}",
            ),
            (
                AttachmentRequest { captions: width.clone(), ..file("report") },
                "attachments: [report.pdf]   # of the whole\n",
                "attachments:   # of the whole\n  - {file: report.pdf, width: 50%}\n",
            ),
            (
                AttachmentRequest { captions: width, ..file("four.png") },
                "[four.png, ",
                "[{file: four.png, width: 50%}, ",
            ),
            (
                AttachmentRequest { captions: internal(), ..file("three.png") },
                "alt: graph}",
                "alt: graph, audience: internal}",
            ),
            (
                AttachmentRequest { clear: vec!["alt".to_owned()], ..file("three.png") },
                ", alt: graph}",
                "}",
            ),
            (
                AttachmentRequest { place: Some(2), ..file("four.png") },
                "[four.png, {file: two-again.png, width: 50%}]",
                "[{file: two-again.png, width: 50%}, four.png]",
            ),
            (
                AttachmentRequest { place: Some(3), ..file("two.png") },
                "      - file: two.png\n        mood: 'bad'   # nobody knows this key\n      - {file: three.png, alt: graph}\n",
                "      - {file: three.png, alt: graph}\n      - file: two.png\n        mood: 'bad'   # nobody knows this key\n",
            ),
            (
                AttachmentRequest { remove: true, holder: on_event(1), ..file("three") },
                "      - {file: three.png, alt: graph}\n",
                "",
            ),
            (
                AttachmentRequest { remove: true, holder: Some(Holder::Record), ..file("pdf") },
                "attachments: [report.pdf]   # of the whole\n",
                "",
            ),
        ] {
            let trial = Trial::of(RECORD);
            change_attachment(&trial.target, &request).unwrap();
            assert_eq!(trial.text(), RECORD.replacen(from, to, 1), "{request:?}");
            super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
            assert_eq!(trial.text(), RECORD, "{request:?} taken back");
        }
    }

    #[test]
    fn a_key_is_cleared_where_it_is_and_is_not_set_as_well() {
        let not_there = |key: &str| AttachmentFault::NoKey {
            file: "three.png".to_owned(),
            key: key.to_owned(),
            keys: vec!["alt".to_owned()],
        };
        let set_too = |key: &str| AttachmentFault::ClearedAndSet { key: key.to_owned() };
        for (key, captions, fault) in [
            ("file", Captions::default(), not_there("file")),
            ("internal", Captions::default(), not_there("internal")),
            ("alt", captions(Some("x"), None), set_too("alt")),
            ("internal", internal(), set_too("internal")),
        ] {
            let trial = Trial::of(RECORD);
            let clear = vec![key.to_owned()];
            let request = AttachmentRequest { clear, captions, ..file("three.png") };
            match change_attachment(&trial.target, &request) {
                Err(Fault::Attachment(found)) => assert_eq!(found, fault),
                other => panic!("{other:?}"),
            }
            assert_eq!(trial.text(), RECORD);
        }
    }

    #[test]
    fn the_former_value_is_reported() {
        let trial = Trial::of(RECORD);
        let request = AttachmentRequest {
            captions: captions(Some("pool"), None),
            place: Some(1),
            ..file("three.png")
        };
        let (_, changed) = change_attachment(&trial.target, &request).unwrap();
        let said =
            |key: &str, text: &str| Was { key: key.to_owned(), value: Some(Value::text(text)) };
        assert_eq!(changed.was, [said("alt", "graph"), said("place", "3")]);
        let (_, again) = change_attachment(&trial.target, &request).unwrap();
        assert_eq!(again.was, []);
    }

    #[test]
    fn what_makes_no_sense_is_refused_and_changes_nothing() {
        let alt = captions(Some("x"), None);
        let on_event = |number| Some(Holder::Event(EventChoice::Number(number)));
        let named = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect();
        for (request, fault) in [
            (file("one.png"), AttachmentFault::NothingGiven),
            (
                AttachmentRequest { remove: true, captions: internal(), ..file("one.png") },
                AttachmentFault::RemovedAndChanged,
            ),
            (
                AttachmentRequest { captions: alt.clone(), holder: on_event(2), ..file("one.png") },
                AttachmentFault::Unknown {
                    typed: "one.png".to_owned(),
                    files: named(&["four.png", "two-again.png"]),
                },
            ),
            (
                AttachmentRequest { captions: alt.clone(), ..file("two") },
                AttachmentFault::Several {
                    typed: "two".to_owned(),
                    places: vec![
                        ("two.png".to_owned(), Some(1)),
                        ("two-again.png".to_owned(), Some(2)),
                    ],
                },
            ),
            (
                AttachmentRequest { place: Some(4), ..file("three") },
                AttachmentFault::NoPlace { place: 4, files: 3 },
            ),
            (
                AttachmentRequest { captions: alt, ..file("one.png") },
                AttachmentFault::Comments { file: "one.png".to_owned() },
            ),
        ] {
            let trial = Trial::of(RECORD);
            match change_attachment(&trial.target, &request) {
                Err(Fault::Attachment(found)) => assert_eq!(found, fault),
                other => panic!("{other:?}"),
            }
            assert_eq!(trial.text(), RECORD);
        }
    }
}
