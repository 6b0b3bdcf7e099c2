//! Finds out what records lack of what asrun wrote into them, also where others gave a record another id or merged it into
//! another one: its journal stays behind under the old id.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::fault::{Fault, FileFinding, StoreFault, Unrecovered};
use crate::format::{
    Document, FORGET, Journal, JournalEntry, LISTS, Losses, Missing, NEW, Reverted, read,
};
use crate::lang::{told_item, value_words};
use crate::store::{Loaded, Project, RecordName};
use crate::yaml::Value;

use super::elsewhere::{AskGit, Asked, Fate, FileCommit, Gone, Versions, gone_from};
use super::reverted::by_old_copy;

/// How often a record may have been renamed or merged since.
const MOST_STEPS: usize = 8;

/// Finds the losses of records.
pub struct LossFinder<'a> {
    pub(super) project: &'a Project,
    git: AskGit<'a>,
    strays: OnceLock<Vec<Stray>>,
    renamed: OnceLock<HashMap<String, String>>,
}

/// The journal of a record that is gone.
pub(super) struct Stray {
    /// The record.
    pub record: RecordName,
    pub journal: Journal,
    /// The records that it went to; several if each of them has all that it had.
    pub heirs: Vec<Heir>,
}

/// A record that has what was in one that is gone.
pub(super) struct Heir {
    pub id: String,
    /// Whether it was there before, and has keys of its own.
    is_merged: bool,
}

/// What a record lacks.
pub(super) struct Lacking {
    /// Its journal, with those of records that became a part of it.
    pub journal: Journal,
    pub gone: Vec<Gone>,
    /// What is as it was before asrun changed it.
    pub reverted: Vec<Reverted>,
    /// What of that git does not explain.
    pub by_old_copy: Vec<Reverted>,
}

impl<'a> LossFinder<'a> {
    /// Prepares it for a project.
    pub fn new(project: &'a Project, git: AskGit<'a>) -> LossFinder<'a> {
        LossFinder { project, git, strays: OnceLock::new(), renamed: OnceLock::new() }
    }

    /// Returns what a record lacks.
    pub(super) fn of(
        &self,
        record: &RecordName,
        document: &Document,
    ) -> Result<Lacking, StoreFault> {
        let git = Asked::of(&record.path, self.git);
        let journal = self.journal(record)?;
        let Losses { mut missing, reverted } = Losses::of(&journal, document);
        missing.extend(taken_for_others(&journal, document, &git));
        let gone = gone_from((self.project, record), document, (&journal, missing), &git)?;
        let by_old_copy = by_old_copy(reverted.clone(), &git);
        Ok(Lacking { journal, gone, reverted, by_old_copy })
    }

    /// Refuses what must not be done to a record that lacks something, which would no longer be known to be lost.
    ///
    /// # Errors
    /// It does.
    pub(super) fn refuse_losses(
        &self,
        record: &RecordName,
        document: &Document,
    ) -> Result<(), Fault> {
        let Lacking { gone, by_old_copy, .. } = self.of(record, document)?;
        let lost = gone.iter().filter(|gone| gone.fate == Fate::Lost).map(|gone| &gone.missing);
        let mut told: Vec<String> = lost.map(|it| told_item(&it.list, &it.item)).collect();
        told.extend(by_old_copy.iter().map(told_reverted));
        unrecovered(record, told)
    }

    /// Refuses a record in which something is as it was before asrun changed it, or that is there again as a whole: it may
    /// have become internal, or have been removed.
    ///
    /// # Errors
    /// There is something.
    pub(super) fn refuse_reverted(&self, loaded: &Loaded) -> Result<(), Fault> {
        let Loaded { id, document, .. } = loaded;
        let Some(record) = &self.project.exact(id) else { return Ok(()) };
        let reverted = Losses::reverted(&self.journal(record)?, document);
        let by_old_copy = by_old_copy(reverted, &Asked::of(&record.path, self.git));
        let is_back = |reverted: &&Reverted| reverted.written.is_none();
        let of_entry = by_old_copy.iter().find(is_back);
        let of_entry = of_entry.map(|reverted| reverted_finding(reverted, id.clone()));
        match self.back(record)?.or(of_entry) {
            Some(finding) => Err(Fault::Unsettled(Box::new(finding))),
            None => unrecovered(record, by_old_copy.iter().map(told_reverted).collect()),
        }
    }

    /// Refuses an entry that is as it was before asrun changed it.
    ///
    /// # Errors
    /// It is.
    pub(super) fn refuse_entry(
        &self,
        record: &RecordName,
        document: &Document,
        entry: &Value,
    ) -> Result<(), Fault> {
        let mut reverted = Losses::reverted(&self.journal(record)?, document);
        reverted.retain(|reverted| reverted.stands.as_ref() == Some(entry));
        let by_old_copy = by_old_copy(reverted, &Asked::of(&record.path, self.git));
        unrecovered(record, by_old_copy.iter().map(told_reverted).collect())
    }

    /// Returns the journal of a record, after those of records that became a part of it.
    fn journal(&self, record: &RecordName) -> Result<Journal, StoreFault> {
        let own = self.project.journal(record)?;
        let strays = self.strays()?.iter().filter_map(|stray| match stray.heirs.as_slice() {
            [heir] if heir.id == record.id => Some((stray, heir.is_merged)),
            _ => None,
        });
        let former = strays.map(|(stray, is_merged)| {
            stray.journal.clone().as_part_of(&stray.record.id, is_merged)
        });
        Ok(former.chain([own.clone()]).reduce(Journal::followed_by).unwrap_or(own))
    }

    /// Returns the journals of records that are gone, and where these went.
    pub(super) fn strays(&self) -> Result<&[Stray], StoreFault> {
        if let Some(known) = self.strays.get() {
            return Ok(known);
        }
        let gone = self.project.strays()?.into_iter().map(|(record, journal)| {
            let mut heirs = Vec::new();
            self.find_heirs(&record, &journal, (false, MOST_STEPS), &mut heirs);
            Stray { record, journal, heirs }
        });
        let gone = gone.collect();
        Ok(self.strays.get_or_init(|| gone))
    }

    /// Returns the finding for a record that is there again, although asrun had deleted, merged or renamed it here: an editor
    /// saved an old copy under the old name. A commit that brought it back is no old copy.
    pub(super) fn back(&self, record: &RecordName) -> Result<Option<FileFinding>, StoreFault> {
        let own = self.project.journal(record)?;
        let is_there = |id: &&String| **id != record.id && self.project.exact(id).is_some();
        let renamed = || {
            let renamed = self.renamed.get_or_init(|| self.project.records_renamed());
            renamed.get(&record.id).filter(is_there)
        };
        let into = match own.removal() {
            Some(JournalEntry { joint, .. }) => {
                let merged = joint.as_ref().and_then(|joint| joint.records.iter().find(is_there));
                merged.or_else(renamed)
            }
            None if own.entries().iter().any(|it| [NEW, FORGET].contains(&&*it.verb)) => {
                return Ok(None);
            }
            None => match renamed() {
                None => return Ok(None),
                into => into,
            },
        };
        let is_brought_back = (self.git)(&record.path).is_some_and(|versions| {
            versions.head.is_some() && versions.commits.iter().any(|it| it.after.is_none())
        });
        let (record, into) = (record.id.clone(), into.cloned());
        Ok((!is_brought_back).then_some(FileFinding::RecordIsBack { record, into }))
    }

    /// Whether a commit removed a record that is there again, and no commit has it since.
    pub(super) fn is_removed(&self, record: &RecordName) -> Result<bool, StoreFault> {
        let own = self.project.journal(record)?;
        let is_confirmed = own.entries().iter().any(|entry| entry.verb == FORGET);
        let is_removed = |versions: Versions| {
            let removed = |it: &FileCommit| it.is_here && it.after.is_none();
            versions.head.is_none() && versions.commits.iter().any(removed)
        };
        Ok(!is_confirmed && (self.git)(&record.path).is_some_and(is_removed))
    }

    /// Whether a record is there again, by either.
    pub(super) fn is_back(&self, record: &RecordName) -> Result<bool, StoreFault> {
        Ok(self.back(record)?.is_some() || self.is_removed(record)?)
    }

    /// Finds the records that a missing one went to: those that have all that it had since the commit that removed it.
    fn find_heirs(
        &self,
        record: &RecordName,
        journal: &Journal,
        (is_merged, steps): (bool, usize),
        heirs: &mut Vec<Heir>,
    ) {
        let Some(versions) = (self.git)(&record.path) else { return };
        for (id, is_new) in went_to(journal, &versions) {
            let is_merged = is_merged || !is_new;
            match self.project.exact(&id) {
                Some(_) if heirs.iter().any(|heir| heir.id == id) => {}
                Some(_) => heirs.push(Heir { id, is_merged }),
                None if steps > 0 => {
                    let path = self.project.records_folder().join(format!("{id}.yaml"));
                    let next = RecordName { id, path };
                    self.find_heirs(&next, journal, (is_merged, steps - 1), heirs);
                }
                None => {}
            }
        }
    }
}

/// Returns the records that the commit which removed a record changed or added, and that have all of its acknowledged entries
/// since; each with whether it was added.
fn went_to(journal: &Journal, versions: &Versions) -> Vec<(String, bool)> {
    let removals = versions.commits.iter().filter(|it| it.is_here && it.after.is_none());
    let Some(had) = removals.map(|it| read(&it.before).ok()).next().flatten() else {
        return Vec::new();
    };
    let mut promised = journal.acknowledged_items();
    promised.retain(|item| item.count_in(&had) > 0);
    let has = |text: &String, is_it: &dyn Fn(usize) -> bool| {
        let document = read(text).ok();
        document.is_some_and(|there| promised.iter().all(|item| is_it(item.count_in(&there))))
    };
    let heirs = versions.heirs.iter().filter(|heir| {
        let had = heir.before.as_ref().is_some_and(|text| has(text, &|count| count > 0));
        !promised.is_empty() && has(&heir.after, &|count| count > 0) && !had
    });
    heirs.map(|heir| (heir.id.clone(), heir.before.is_none())).collect()
}

/// Returns acknowledged entries for which another one has been taken so far, although some version of the record has both.
fn taken_for_others(journal: &Journal, document: &Document, git: &Asked) -> Vec<Missing> {
    let doubtful = journal.doubtful(document);
    let Some(versions) = (if doubtful.is_empty() { None } else { git.versions() }) else {
        return Vec::new();
    };
    let texts: Vec<Document> = versions.texts().filter_map(|text| read(text).ok()).collect();
    let are_two = |(missing, other): &(Missing, Value)| {
        texts.iter().any(|text| {
            let items = text.items(&missing.list);
            items.contains(other)
                && items.iter().any(|it| it != other && missing.is_exactly(it, text.incident.zone))
        })
    };
    doubtful.into_iter().filter(are_two).map(|(missing, _)| missing).collect()
}

fn told_reverted(Reverted { list, stands, written, .. }: &Reverted) -> String {
    match (stands, LISTS.contains(&list.as_str())) {
        (Some(stands), true) => told_item(list, stands),
        _ => format!("{list}: {}", value_words(stands.as_ref().or(written.as_ref()))),
    }
}

/// Returns the finding for an entry or a key that is as it was before a change.
pub(super) fn reverted_finding(
    Reverted { list, stands, written, .. }: &Reverted,
    record: String,
) -> FileFinding {
    if !LISTS.contains(&list.as_str()) {
        let [stands, written] = [stands, written].map(|value| value_words(value.as_ref()));
        return FileFinding::RevertedKey { key: list.clone(), stands, written, record };
    }
    let entry = stands.as_ref().map(|stands| told_item(list, stands)).unwrap_or_default();
    match written {
        Some(_) => FileFinding::RevertedEntry { entry, record },
        None => FileFinding::EntryIsBack { entry, record },
    }
}

fn unrecovered(record: &RecordName, told: Vec<String>) -> Result<(), Fault> {
    let more = told.len().saturating_sub(1);
    match told.into_iter().next() {
        Some(entry) => {
            Err(Fault::Unrecovered(Unrecovered { record: record.id.clone(), entry, more }))
        }
        None => Ok(()),
    }
}
