//! Removes a whole event for good from its record, from journals and from all other files of asrun.

use std::path::{Path, PathBuf};

use crate::fault::{Fault, StoreFault};
use crate::format::edit::apply;
use crate::format::{
    Document, Journal, Removal, Removed, Spelled, is_same_event, read, without_trail,
};
use crate::store::{RecordName, Written};
use crate::yaml::{Change, Value};

use super::amend::{EventChoice, event_place};
use super::forget::{
    Forgotten, LEAST, Stays, StaysWhy, TakenFrom, records, take_out_of_own, why_it_stays,
};
use super::workspace::Target;

/// Removes the event with this number for good. In a dry run nothing is written.
///
/// # Errors
/// There is no such event, or its record cannot be read or written, in which case nothing was changed. Faults of other
/// files are part of the result.
pub fn take_event_out(
    target: &Target,
    number: usize,
    refused: &[PathBuf],
) -> Result<Forgotten, Fault> {
    let project = &target.workspace.project;
    let document = project.load(&target.record)?.document;
    let place = event_place(EventChoice::Number(number), &document, target)?;
    let event = document.items("events").swap_remove(place);
    let trail = target.journal()?.trail(&event, document.incident.zone);
    let values: Vec<Value> = trail.values.into_iter().chain([event.clone()]).collect();
    let mut taking = Taking {
        target,
        sought: Search::of(&values),
        event,
        values,
        taken: Vec::new(),
        stays: Vec::new(),
    };
    taking.of_its_record()?;
    for record in records(&target.workspace)?.iter().filter(|other| other.id != target.record.id) {
        taking.of_journal(record);
    }
    for path in project.own_texts().iter().chain(refused) {
        taking.of_own(path);
    }
    let files = document.incident.events[place].attachments.iter();
    let folder = project.assets_folder(&target.record.id);
    let files: Vec<String> =
        files.map(|file| project.told_path(&folder.join(&file.file))).collect();
    for path in project.other_files() {
        let told = project.told_path(&path);
        let attached = files.contains(&told).then_some(StaysWhy::NotOurs);
        let holds = || why_it_stays(project, &path, |text| taking.sought.is_in(text));
        if let Some(why) = attached.or_else(holds) {
            taking.stays.push(Stays { path: told, why });
        }
    }
    let Taking { sought, taken, stays, .. } = taking;
    Ok(Forgotten { taken, stays, is_in: Box::new(move |text| sought.is_in(text)) })
}

/// What is searched for.
struct Search {
    values: Vec<Value>,
    texts: Vec<Spelled>,
}

impl Search {
    fn of(values: &[Value]) -> Search {
        let said = |value: &Value| {
            let texts = ["text", "detail", "why"].into_iter().filter_map(|key| value.text_at(key));
            texts.map(str::to_owned).collect::<Vec<_>>()
        };
        let mut texts: Vec<String> = values.iter().flat_map(said).collect();
        texts.retain(|text| text.trim().chars().count() >= LEAST);
        texts.sort();
        texts.dedup();
        let texts = texts.iter().map(|text| Spelled::new(text)).collect();
        Search { values: values.to_vec(), texts }
    }

    /// Whether a text contains the event: as an entry of a record, or its words in any other text.
    fn is_in(&self, text: &str) -> bool {
        let has_words = self.texts.iter().any(|words| words.is_in(text));
        if !has_words && !self.texts.is_empty() {
            return false;
        }
        match read(text) {
            Ok(document) => !self.places(&document).is_empty(),
            Err(_) => has_words,
        }
    }

    /// Returns the indices of the event in a record, last one first.
    fn places(&self, document: &Document) -> Vec<usize> {
        let events = document.items("events");
        let is_it = |at: &usize| self.values.iter().any(|value| is_same_event(value, &events[*at]));
        (0..events.len()).rev().filter(is_it).collect()
    }

    /// Returns a text without the event, or with its words replaced if the text is not a record.
    fn removed_from(&self, text: &str) -> Option<Removed> {
        let without = |document: &Document, at: &usize| {
            let change = Change::remove(Vec::new(), "events", *at);
            apply(document, &change).ok().map(|(after, _)| after)
        };
        if let Ok(document) = read(text) {
            let places = self.places(&document);
            let after = places.iter().try_fold(document, |document, at| without(&document, at));
            if let Some(after) = after {
                let places = places.len();
                return (places > 0).then(|| Removed { text: after.to_text(), places });
            }
        }
        let find = |text: &str| {
            let mut places: Vec<_> =
                self.texts.iter().flat_map(|words| words.places(text)).collect();
            places.sort_by_key(|place| (place.start, place.end));
            places
        };
        Removal { of_texts: &find, of_pieces: &find }.of_text(text)
    }
}

/// A removal in progress.
struct Taking<'t> {
    target: &'t Target,
    event: Value,
    values: Vec<Value>,
    sought: Search,
    taken: Vec<TakenFrom>,
    stays: Vec<Stays>,
}

impl Taking<'_> {
    /// Removes it from its record and the journal of that.
    fn of_its_record(&mut self) -> Result<(), Fault> {
        let Target { workspace, record, wait } = self.target;
        let project = &workspace.project;
        let mut places = 0;
        project.rewrite(record, wait, |written| -> Result<Written, StoreFault> {
            let path = || record.path.clone();
            let document = written.record.as_deref().and_then(|text| read(text).ok());
            let document = document.ok_or_else(|| StoreFault::KeepsChanging { path: path() })?;
            let place = document.items("events").iter().position(|event| *event == self.event);
            let place = place.ok_or_else(|| StoreFault::KeepsChanging { path: path() })?;
            let (after, _) = apply(&document, &Change::remove(Vec::new(), "events", place))
                .map_err(|source| StoreFault::Edit { path: path(), source })?;
            let zone = document.incident.zone;
            let without = |text: &String| {
                let trail = Journal::read(text).trail(&self.event, zone);
                without_trail(text, &trail, &self.sought.texts)
            };
            let journal = written.journal.as_ref().and_then(without);
            places = journal.as_ref().map_or(0, |journal| journal.places);
            Ok(Written { record: Some(after.to_text()), journal: journal.map(|it| it.text) })
        })?;
        self.taken.push(TakenFrom { path: project.told_path(&record.path), places: 1 });
        self.note_journal(record, places);
        Ok(())
    }

    fn note_journal(&mut self, record: &RecordName, places: usize) {
        let name = self.target.workspace.project.journal_name(record);
        let path = format!(".asrun/{name}.journal");
        self.taken.extend((places > 0).then_some(TakenFrom { path, places }));
    }

    /// Removes it from the journal of another record from which it was moved, or which was deleted.
    fn of_journal(&mut self, record: &RecordName) {
        let Target { workspace, wait, .. } = self.target;
        let project = &workspace.project;
        let made = |written: &Written| {
            let text = written.journal.as_deref()?;
            let journal = Journal::read(text);
            let trail = match written.record {
                Some(_) => journal.trail_elsewhere(&self.values),
                None => journal.trail_anywhere(&self.values),
            };
            let has_any = !trail.values.is_empty();
            has_any.then(|| without_trail(text, &trail, &self.sought.texts)).flatten()
        };
        let mut places = 0;
        let done = match project.written(record) {
            Ok(written) if made(&written).is_none() => Ok(()),
            Ok(_) => project.rewrite(record, wait, |written| -> Result<Written, StoreFault> {
                let journal = made(written);
                places = journal.as_ref().map_or(0, |journal| journal.places);
                Ok(Written { record: None, journal: journal.map(|it| it.text) })
            }),
            Err(fault) => Err(fault),
        };
        match done {
            Ok(()) => self.note_journal(record, places),
            Err(fault) => self.stays.push(Stays {
                path: project.told_path(&record.path),
                why: StaysWhy::Fault(Box::new(fault)),
            }),
        }
    }

    /// Removes it from another file of asrun.
    fn of_own(&mut self, path: &Path) {
        let sought = &self.sought;
        let removed = |text: &str, is_journal: bool| match is_journal {
            true => {
                let trail = Journal::read(text).trail_anywhere(&self.values);
                without_trail(text, &trail, &sought.texts)
            }
            false => sought.removed_from(text),
        };
        let project = &self.target.workspace.project;
        match take_out_of_own(project, path, removed, |text| sought.is_in(text)) {
            None => {}
            Some(Ok(taken)) => self.taken.push(taken),
            Some(Err(stays)) => self.stays.push(stays),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::amend::{AmendRequest, amend};
    use super::super::delete_merge::merge_records;
    use super::super::log::{LogRequest, log};
    use super::super::recover::{Restore, recover};
    use super::super::relocate::move_event;
    use super::super::trial::Trial;
    use super::super::turns::undo;
    use super::super::undo::Turn;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
  # by hand
  - at: 2024-09-07T17:00+09:00   # early
    text: first
";

    fn logs(trial: &Trial, at: &str, text: &str) {
        let request =
            LogRequest { text: text.to_owned(), at: Some(at.to_owned()), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
    }

    fn amends(trial: &Trial, number: usize, text: &str) {
        let event = Some(EventChoice::Number(number));
        let request =
            AmendRequest { event, text: Some(text.to_owned()), ..AmendRequest::default() };
        amend(&trial.target, &request).unwrap();
    }

    /// Returns everything in the project's folder as one text.
    fn all(trial: &Trial) -> String {
        let root = trial.target.workspace.project.records_folder();
        let mut folders = vec![root.parent().unwrap().to_owned()];
        let mut all = String::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => all += &String::from_utf8_lossy(&std::fs::read(path).unwrap()),
                }
            }
        }
        all
    }

    fn journal(trial: &Trial) -> Vec<String> {
        let journal = trial.target.journal().unwrap();
        journal.entries().iter().map(|entry| entry.to_line()).collect()
    }

    #[test]
    fn an_event_goes_with_every_version_of_it_and_all_else_stays() {
        let trial = Trial::new(RECORD);
        logs(&trial, "18:00", "second");
        logs(&trial, "18:10", "the key is under the mat");
        logs(&trial, "18:20", "third");
        let before = (trial.text(), journal(&trial));
        amends(&trial, 3, "the key was moved");
        undo(&trial.target, Turn::Back(1)).unwrap();
        undo(&trial.target, Turn::Again(1)).unwrap();
        amends(&trial, 3, "nothing to see");
        let forgotten = take_event_out(&trial.target, 3, &[]).unwrap();
        assert!(forgotten.stays.is_empty());
        let places: Vec<usize> = forgotten.taken.iter().map(|taken| taken.places).collect();
        assert_eq!(places, [1, 5], "the record, and each change in its journal");
        for word in ["the mat", "was moved", "nothing to see"] {
            assert!(!all(&trial).contains(word), "{word}");
        }
        let at = "title: x\nevents:\n- {at: \"2024-09-07T18:10+09:00\", text: the key was moved}\n";
        for (held, text) in [
            (true, at.to_owned()),
            (true, "so: the key was moved, he said".to_owned()),
            (false, at.replace("18:10", "18:11")),
            (false, at.replace("was", "is")),
        ] {
            assert_eq!(forgotten.is_in_bytes(text.as_bytes()), held, "{text}");
        }
        let rest = |line: &&String| !line.contains("mat");
        assert_eq!(journal(&trial), before.1.iter().filter(rest).cloned().collect::<Vec<_>>());
        assert_eq!(trial.document().incident.events.len(), 3);
        assert!(trial.text().starts_with(RECORD));
        // The remaining changes can still be undone one by one.
        assert!(
            recover(&trial.target, Restore::Lost, &[], &|_: &std::path::Path| None)
                .unwrap()
                .entries
                .is_empty()
        );
        undo(&trial.target, Turn::Back(1)).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), RECORD);
    }

    #[test]
    fn another_event_with_the_same_text_stays_with_its_journal() {
        let trial = Trial::new(RECORD);
        logs(&trial, "18:00", "checked");
        logs(&trial, "18:00", "checked");
        amends(&trial, 3, "checked twice");
        take_event_out(&trial.target, 2, &[]).unwrap();
        let texts: Vec<String> =
            trial.document().incident.events.iter().map(|event| event.text.clone()).collect();
        assert_eq!(texts, ["first", "checked twice"]);
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert!(trial.text().contains("text: checked\n"), "{}", trial.text());
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), RECORD);
        // An event of another record, whose journal has its history.
        let project = &trial.target.workspace.project;
        let other = trial.target.beside(&project.create_record("other", RECORD).unwrap());
        for target in [&trial.target, &other] {
            let request = LogRequest {
                text: "checked".to_owned(),
                at: Some("18:00".to_owned()),
                ..LogRequest::default()
            };
            log(target, &request).unwrap();
        }
        take_event_out(&trial.target, 2, &[]).unwrap();
        undo(&other, Turn::Back(1)).unwrap();
        assert_eq!(project.raw_text(&other.record).unwrap(), RECORD);
    }

    #[test]
    fn what_was_kept_copied_typed_or_moved_goes_too() {
        let trial = Trial::new(RECORD);
        trial.write("title: [");
        logs_kept(&trial, "the key is under the mat");
        trial.write(RECORD);
        recover(&trial.target, Restore::Lost, &[], &|_: &std::path::Path| None).unwrap();
        let project = &trial.target.workspace.project;
        let own = project.records_folder().with_file_name(".asrun");
        std::fs::write(own.join("checkout.edit.yaml"), trial.text()).unwrap();
        std::fs::write(own.join("checkout.live.txt"), "again the key is under the mat").unwrap();
        std::fs::copy(own.join("checkout.journal"), own.join("checkout.journal-1.old")).unwrap();
        let other = project.create_record("other", &RECORD.replace("first", "other")).unwrap();
        move_event(&trial.target, EventChoice::Number(2), &other).unwrap();
        let target = trial.target.beside(&other);
        let forgotten = take_event_out(&target, 2, &[]).unwrap();
        assert!(!all(&trial).contains("under the mat"), "{}", all(&trial));
        assert!(all(&trial).contains("again (removed)"));
        let paths: Vec<&str> = forgotten.taken.iter().map(|taken| taken.path.as_str()).collect();
        for path in ["incidents/other.yaml", ".asrun/other.journal", ".asrun/checkout.journal"] {
            assert!(paths.contains(&path), "{path}: {paths:?}");
        }
        let copy = std::fs::read_to_string(own.join("checkout.edit.yaml")).unwrap();
        assert_eq!(copy, RECORD);
    }

    #[test]
    fn an_event_that_came_from_a_deleted_record_goes_from_the_journal_of_that() {
        let trial = Trial::new(RECORD);
        let project = &trial.target.workspace.project;
        let again = project.create_record("again", &RECORD.replace("first", "other")).unwrap();
        let request = LogRequest {
            text: "the key is under the mat".to_owned(),
            at: Some("18:00".to_owned()),
            ..LogRequest::default()
        };
        log(&trial.target.beside(&again), &request).unwrap();
        merge_records(&trial.target, &again).unwrap();
        take_event_out(&trial.target, 3, &[]).unwrap();
        assert!(!all(&trial).contains("under the mat"), "{}", all(&trial));
    }

    #[test]
    fn its_detail_and_reason_go_and_words_too_short_to_be_its_own_stay() {
        let trial = Trial::new(RECORD);
        let request = LogRequest {
            text: "up".to_owned(),
            at: Some("18:00".to_owned()),
            detail: Some("the key is under the mat".to_owned()),
            why: Some("nobody was at home".to_owned()),
            ..LogRequest::default()
        };
        log(&trial.target, &request).unwrap();
        let own = trial.target.workspace.project.records_folder().with_file_name(".asrun");
        let typed = "backup: the key is under the mat\n, as nobody was at home";
        std::fs::write(own.join("checkout.live.txt"), typed).unwrap();
        take_event_out(&trial.target, 2, &[]).unwrap();
        let left = std::fs::read_to_string(own.join("checkout.live.txt")).unwrap();
        assert!(left.starts_with("backup: ") && left.ends_with(", as (removed)"), "{left}");
        assert!(!left.contains("mat"), "{left}");
    }

    fn logs_kept(trial: &Trial, text: &str) {
        let request = LogRequest { text: text.to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
    }

    /// Ids of changes depend on the length of the journal, so the same one must not occur twice within a second.
    #[test]
    fn no_unrelated_change_counts_as_a_later_one() {
        for length in 1..8 {
            let trial = Trial::new(RECORD);
            logs(&trial, "18:00", &"a".repeat(length));
            logs(&trial, "18:10", "bbb");
            take_event_out(&trial.target, 2, &[]).unwrap();
            logs(&trial, "18:20", "ccc");
            let journal = trial.target.journal().unwrap();
            let ids: std::collections::HashSet<&String> =
                journal.entries().iter().map(|entry| &entry.id).collect();
            assert_eq!(ids.len(), 2, "{length}");
            undo(&trial.target, Turn::Back(1)).unwrap();
            assert!(trial.text().contains("bbb") && !trial.text().contains("ccc"));
        }
    }

    #[test]
    fn what_else_its_change_did_stays_without_its_text() {
        let trial = Trial::new(RECORD);
        let request = LogRequest {
            text: "the key is under the mat".to_owned(),
            severity: Some("sev1".to_owned()),
            ..LogRequest::default()
        };
        log(&trial.target, &request).unwrap();
        take_event_out(&trial.target, 2, &[]).unwrap();
        assert!(!all(&trial).contains("under the mat"), "{}", all(&trial));
        assert!(trial.text().contains("severity: sev1"), "{}", trial.text());
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), RECORD);
    }

    #[test]
    fn nothing_is_written_where_there_is_no_such_event() {
        let trial = Trial::new(RECORD);
        for number in [0, 2] {
            assert!(take_event_out(&trial.target, number, &[]).is_err());
            assert_eq!(trial.text(), RECORD);
        }
        let mut rehearsed = Trial::new(RECORD);
        rehearsed.target.workspace.project.dry_run = true;
        assert_eq!(take_event_out(&rehearsed.target, 1, &[]).unwrap().taken.len(), 1);
        assert_eq!(rehearsed.text(), RECORD);
    }
}
