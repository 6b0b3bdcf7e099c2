//! Taking the last change back, and bringing back what was taken back.

use crate::fault::{Fault, UndoFault};
use crate::format::edit::{apply, take_back};
use crate::format::{
    Document, Effect, Journal, JournalEntry, REDO, UNDO, fingerprint, insert_items,
};
use crate::lang::Deed;
use crate::store::{Edit, RecordName};
use crate::yaml::{Change, Splice, Value, key_changes};

use super::was::was;
use super::workspace::{Outcome, Target};

/// Takes back the last change that stands, or brings back the last one that was taken back; returns
/// that change, as the journal has it.
///
/// # Errors
/// Nothing was changed.
pub fn undo(target: &Target, redo: bool) -> Outcome<JournalEntry> {
    target.update(if redo { REDO } else { UNDO }, |document| {
        let journal = target.journal()?;
        let entry =
            last_change(&journal, redo).ok_or_else(|| nothing_there(redo, &target.record))?;
        let document = turned(document, &journal, entry, redo)?;
        let about = vec![entry.id.clone()];
        Ok((Edit::Text(Box::new(document)), about, entry.clone()))
    })
}

/// Returns the change that would be taken back, or brought back.
pub fn last_change(journal: &Journal, redo: bool) -> Option<&JournalEntry> {
    if redo { journal.taken_back() } else { journal.in_effect().last().copied() }
}

/// Returns what a change did, entry by entry.
pub fn deeds(entry: &JournalEntry) -> Vec<Deed> {
    let deed = |effect: &Effect| match (&effect.before, &effect.after) {
        (Some(before), Some(after)) => {
            Deed::Changed { now: after.clone(), was: was(before, after) }
        }
        (Some(item), None) => Deed::Removed(item.clone()),
        (None, Some(item)) => Deed::Added(item.clone()),
        (None, None) => Deed::Unknown,
    };
    entry.effects.iter().map(deed).collect()
}

fn nothing_there(redo: bool, record: &RecordName) -> UndoFault {
    let record = record.id.clone();
    if redo { UndoFault::NothingTakenBack { record } } else { UndoFault::NothingDone { record } }
}

/// The record without the change, or with it again.
fn turned(
    document: &Document,
    journal: &Journal,
    entry: &JournalEntry,
    redo: bool,
) -> Result<Document, Fault> {
    let (splices, effects) = if redo { forward(entry) } else { backward(entry) };
    match take_back(document, &splices, &effects, is_untouched(journal, document)) {
        Ok(back) => Ok(back),
        // An edit may have changed anything: only word for word can it be taken back.
        Err(_) if entry.verb != "edit" => by_entries(document, &splices, &effects),
        Err(_) => Err(UndoFault::EditChanged.into()),
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

/// Whether the text is still the one that asrun wrote last.
fn is_untouched(journal: &Journal, document: &Document) -> bool {
    let last = journal.entries().iter().rev().find(|entry| entry.after != 0);
    last.is_some_and(|entry| entry.after == fingerprint(&document.to_text()))
}

/// Entries put back one by one, where the text around them was changed since: key by key, so that
/// comments beside them stay.
fn by_entries(
    document: &Document,
    splices: &[Splice],
    effects: &[Effect],
) -> Result<Document, Fault> {
    if effects.is_empty() {
        return Err(UndoFault::TextChanged.into());
    }
    let mut current = document.clone();
    for effect in effects {
        for change in &entry_changes(&current, splices, effect)? {
            current = apply(&current, change).map_err(UndoFault::Edit)?.0;
        }
    }
    Ok(current)
}

/// The changes that put one entry back.
fn entry_changes(
    current: &Document,
    splices: &[Splice],
    effect: &Effect,
) -> Result<Vec<Change>, Fault> {
    let items = current.items(&effect.list);
    let place = |before: &Value| {
        items.iter().position(|item| item == before).ok_or_else(|| changed_since(before))
    };
    Ok(match (&effect.before, &effect.after) {
        (None, Some(after)) => insert_items(current, vec![(effect.list.clone(), after.clone())]),
        (Some(before), Some(after)) => {
            let at = vec![(effect.list.clone(), Some(place(before)?))];
            match (before, after) {
                (Value::Map(before), Value::Map(after)) => key_changes(&at, before, after),
                _ => Vec::new(),
            }
        }
        (Some(before), None) => {
            let index = place(before)?;
            // What somebody wrote into the entry by hand must not go with it.
            let lines = current.item_lines(&effect.list, before).into_iter().next();
            let lines = lines.map(|lines| current.text()[lines].to_owned());
            let as_written = lines.is_some_and(|lines| {
                splices.iter().any(|splice| splice.inserted.contains(lines.trim_end()))
            });
            if !as_written {
                return Err(changed_since(before).into());
            }
            vec![Change::remove(Vec::new(), &effect.list, index)]
        }
        (None, None) => Vec::new(),
    })
}

fn changed_since(item: &Value) -> UndoFault {
    let said = |key| item.said(key).unwrap_or("").to_owned();
    UndoFault::EntryChanged { at: said("at"), text: said("text") }
}

#[cfg(test)]
mod tests {
    use crate::lang::Was;

    use super::super::log::{LogRequest, log};
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:00+09:00
    text: first
";
    const BACK: bool = false;
    const AGAIN: bool = true;

    fn turn(trial: &Trial, redo: bool) -> Result<JournalEntry, UndoFault> {
        match undo(&trial.target, redo) {
            Err(Fault::Undo(fault)) => Err(fault),
            other => Ok(other.unwrap().1),
        }
    }

    fn logged(text: &str) -> Trial {
        let trial = Trial::new(RECORD);
        let request = LogRequest { text: text.to_owned(), ..LogRequest::default() };
        log(&trial.target, &request).unwrap();
        trial
    }

    /// A record that a command gave another title.
    fn retitled(verb: &'static str) -> Trial {
        let trial = Trial::new(RECORD);
        let saved = trial.target.update(verb, |document| {
            let text = document.to_text().replace("Checkout", "Payment");
            let edited = crate::format::read(&text).unwrap();
            Ok((Edit::Text(Box::new(edited)), Vec::new(), ()))
        });
        saved.unwrap();
        trial
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

    #[test]
    fn where_nothing_is_left_nothing_is_done() {
        let record = "checkout".to_owned();
        let trial = Trial::new(RECORD);
        let fault = turn(&trial, BACK).unwrap_err();
        assert_eq!(fault, UndoFault::NothingDone { record: record.clone() });
        let fault = turn(&trial, AGAIN).unwrap_err();
        assert_eq!(fault, UndoFault::NothingTakenBack { record });
    }

    #[test]
    fn what_others_wrote_meanwhile_stays() {
        let changed = UndoFault::EntryChanged {
            at: "2024-09-07T18:30+09:00".to_owned(),
            text: "second".to_owned(),
        };
        let cases: [(Trial, &str, &str, Option<UndoFault>); 4] = [
            (logged("second"), "text: first", "text: the first", None),
            (logged("second"), "text: second", "text: the second", Some(changed)),
            (retitled("edit"), "text: first", "text: the first", Some(UndoFault::EditChanged)),
            (retitled("actions"), "text: first", "text: the first", Some(UndoFault::TextChanged)),
        ];
        for (trial, from, to, expected) in cases {
            let text = trial.text().replace(from, to);
            trial.write(&text);
            let fault = turn(&trial, BACK).err();
            assert_eq!(fault, expected, "{to}");
            assert_eq!(trial.text() == text, fault.is_some(), "{to}");
            assert!(trial.text().contains(to), "{to}");
        }
    }

    #[test]
    fn deeds_tell_what_became_of_entries() {
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
