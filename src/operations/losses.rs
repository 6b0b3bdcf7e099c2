//! Finds out what records lack of what asrun wrote into them, also where others gave a record another id or merged it into
//! another one: its journal stays behind under the old id.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::fault::{Fault, FileFinding, HeldIn, StoreFault, Unrecovered};
use crate::format::{
    DELETE, Document, FORGET, Journal, JournalEntry, LISTS, Losses, Missing, NEW, Reverted,
    effects, is_opened, read,
};
use crate::lang::{told_item, value_words};
use crate::store::{Loaded, Project, RecordName, Saved};
use crate::yaml::Value;

use super::committed::{OldVersion, Standing, told_change};
use super::elsewhere::{AskGit, Asked, Committed, Fate, Gone, Versions, gone_from};
use super::reverted::by_old_copy;
use super::workspace::{Target, Workspace};

/// How often a record may have been renamed or merged since.
const MOST_STEPS: usize = 8;

/// Returns what a change left in what it changed as it was before an earlier one: somebody had saved an old copy over that.
pub fn still_lost(target: &Target, saved: &Saved) -> Vec<FileFinding> {
    let Target { workspace: Workspace { project, git, .. }, record, .. } = target;
    let mut changed = effects(&saved.before, &saved.after);
    // What was added to a list was not there before.
    changed.retain(|effect| effect.before.is_some() || !LISTS.contains(&&*effect.list));
    let journal = (!changed.is_empty()).then(|| project.journal(record));
    let Some(Ok(journal)) = journal else { return Vec::new() };
    let is_changed = |it: &Reverted| {
        changed.iter().any(|effect| effect.list == it.list && effect.after == it.stands)
    };
    let mut reverted = Losses::reverted(&journal, &saved.after);
    reverted.retain(is_changed);
    let found = by_old_copy(reverted, &Asked::of(&record.path, *git)).into_iter();
    found.map(|it| reverted_finding(&it, record.id.clone())).collect()
}

/// Finds the losses of records.
pub struct LossFinder<'a> {
    pub(super) project: &'a Project,
    git: AskGit<'a>,
    /// Records that are compared with the commit, all at once, and what it has of them.
    many: HashSet<PathBuf>,
    committed: OnceLock<Option<Committed>>,
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
    /// The earlier version that it is, if it is one.
    pub old: Option<OldVersion>,
}

impl<'a> LossFinder<'a> {
    /// Prepares it for a project.
    pub fn new(project: &'a Project, git: AskGit<'a>) -> LossFinder<'a> {
        let (many, committed) = (HashSet::new(), OnceLock::new());
        let (strays, renamed) = (OnceLock::new(), OnceLock::new());
        LossFinder { project, git, many, committed, strays, renamed }
    }

    /// Prepares it for many records: git is asked once for all of them.
    #[must_use]
    pub fn for_all(self, records: &[RecordName]) -> LossFinder<'a> {
        LossFinder { many: records.iter().map(|record| record.path.clone()).collect(), ..self }
    }

    /// Returns what a record lacks.
    pub(super) fn of(
        &self,
        record: &RecordName,
        document: &Document,
    ) -> Result<Lacking, StoreFault> {
        let git = Asked::of(&record.path, self.git);
        let journal = self.journal(record)?;
        let Losses { mut missing, mut reverted } = Losses::of(&journal, document);
        missing.extend(taken_for_others(&journal, document, &git));
        let gone = gone_from((self.project, record), document, (&journal, missing), &git)?;
        let gone = self.without_those_of_heir(record, gone, &git)?;
        let Standing { old, reverted: committed } =
            self.standing((record, document), (&journal, &reverted), &git);
        let mut by_old_copy = by_old_copy(reverted.clone(), &git);
        by_old_copy.extend(committed.iter().cloned());
        reverted.extend(committed);
        Ok(Lacking { journal, gone, reverted, by_old_copy, old })
    }

    /// Leaves out what a record that is there again lacks because it was deleted, or went to the record that it became. What
    /// that one lacks as well is lost.
    fn without_those_of_heir(
        &self,
        record: &RecordName,
        mut gone: Vec<Gone>,
        git: &Asked,
    ) -> Result<Vec<Gone>, StoreFault> {
        let back = if gone.is_empty() { None } else { self.back(record)? };
        let Some(FileFinding::RecordIsBack { into, .. }) = back else { return Ok(gone) };
        let is_removal = |held: &Option<HeldIn>| {
            let commits = git.versions().into_iter().flat_map(|versions| &versions.commits);
            let mut removals = commits.filter(|commit| commit.after.is_none());
            removals.any(|commit| *held == Some(HeldIn::Commit(commit.name.clone())))
        };
        let Some(heir) = into.and_then(|into| self.project.exact(&into)) else {
            let is_deleted = self.project.journal(record)?.removal().is_some();
            gone.retain(|gone| !is_deleted && !is_removal(&gone.held));
            return Ok(gone);
        };
        let Ok(Loaded { document: there, .. }) = self.project.load(&heir) else { return Ok(gone) };
        gone.retain(|Gone { missing, .. }| {
            let likes = missing.likes_in(&there);
            likes.is_empty() || likes.iter().any(|like| is_opened(&missing.item, like))
        });
        for gone in gone.iter_mut().filter(|gone| is_removal(&gone.held)) {
            (gone.fate, gone.held) = (Fate::Lost, None);
        }
        Ok(gone)
    }

    /// Returns how a record stands to the commit that is checked out.
    fn standing(
        &self,
        (record, document): (&RecordName, &Document),
        own: (&Journal, &[Reverted]),
        git: &Asked,
    ) -> Standing {
        let committed =
            self.with_committed(record, |committed| committed.texts.get(&record.path).cloned());
        let committed = committed.flatten();
        committed.map_or_else(Standing::default, |text| Standing::of(document, text, own, git))
    }

    /// Asks what the commit that is checked out has of a record; `None` outside a repository.
    fn with_committed<T>(
        &self,
        record: &RecordName,
        ask: impl FnOnce(&Committed) -> T,
    ) -> Option<T> {
        let folder = self.project.records_folder();
        if self.many.contains(&record.path) {
            let all = self.committed.get_or_init(|| {
                let many: Vec<PathBuf> = self.many.iter().cloned().collect();
                self.git.committed(&folder, &many)
            });
            return all.as_ref().map(ask);
        }
        self.git.committed(&folder, std::slice::from_ref(&record.path)).as_ref().map(ask)
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
        let Lacking { gone, by_old_copy, old, .. } = self.of(record, document)?;
        refuse_old(record, old)?;
        let lost = gone.iter().filter(|gone| gone.fate == Fate::Lost).map(|gone| &gone.missing);
        let mut told: Vec<String> = lost.map(|it| told_item(&it.list, &it.item)).collect();
        told.extend(by_old_copy.iter().map(told_reverted));
        unrecovered(record, told)
    }

    /// Refuses a record in which something is as it was before asrun changed it or a commit did, or that is there again as
    /// a whole: it may have become internal, or have been removed.
    ///
    /// # Errors
    /// There is something.
    pub(super) fn refuse_reverted(&self, loaded: &Loaded) -> Result<(), Fault> {
        let Loaded { id, document, .. } = loaded;
        let Some(record) = &self.project.exact(id) else { return Ok(()) };
        if let Some(finding) = self.back(record)? {
            return Err(Fault::Unsettled(Box::new(finding)));
        }
        let by_old_copy = self.by_old_copy(record, document)?;
        let is_told = |it: &&Reverted| it.written.is_none() || it.is_committed;
        match by_old_copy.iter().find(is_told) {
            Some(it) => Err(Fault::Unsettled(Box::new(reverted_finding(it, id.clone())))),
            None => unrecovered(record, by_old_copy.iter().map(told_reverted).collect()),
        }
    }

    /// Refuses an entry that is as it was before asrun or a commit changed it.
    ///
    /// # Errors
    /// It is.
    pub(super) fn refuse_entry(
        &self,
        record: &RecordName,
        document: &Document,
        entry: &Value,
    ) -> Result<(), Fault> {
        let mut reverted = self.by_old_copy(record, document)?;
        reverted.retain(|reverted| reverted.stands.as_ref() == Some(entry));
        unrecovered(record, reverted.iter().map(told_reverted).collect())
    }

    /// Returns what of a record is as it was before asrun or a commit changed it.
    ///
    /// # Errors
    /// All of it is.
    fn by_old_copy(
        &self,
        record: &RecordName,
        document: &Document,
    ) -> Result<Vec<Reverted>, Fault> {
        let git = Asked::of(&record.path, self.git);
        let journal = self.journal(record)?;
        let reverted = Losses::reverted(&journal, document);
        let standing = self.standing((record, document), (&journal, &reverted), &git);
        refuse_old(record, standing.old)?;
        let mut found = by_old_copy(reverted, &git);
        found.extend(standing.reverted);
        Ok(found)
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
            let promised = |had: &Document| {
                let mut promised = journal.acknowledged_items(Some(had));
                promised.retain(|item| item.count_in(had) > 0);
                promised
            };
            self.find_heirs(&record, &promised, (false, MOST_STEPS), &mut heirs);
            Stray { record, journal, heirs }
        });
        let gone = gone.collect();
        Ok(self.strays.get_or_init(|| gone))
    }

    /// Returns the finding for a record that is there again, although it was deleted, merged or renamed: an editor saved an
    /// old copy under the old name. A commit that brought it back is no old copy.
    pub(super) fn back(&self, record: &RecordName) -> Result<Option<FileFinding>, StoreFault> {
        Ok(self.back_after_change(record)?.or(self.back_after_commit(record)?))
    }

    /// Returns the same for what asrun did here.
    fn back_after_change(&self, record: &RecordName) -> Result<Option<FileFinding>, StoreFault> {
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
        let is_brought_back = self.git.versions(&record.path).is_some_and(|versions| {
            versions.head.is_some() && versions.commits.iter().any(|it| it.after.is_none())
        });
        let (record, into) = (record.id.clone(), into.cloned());
        Ok((!is_brought_back).then_some(FileFinding::RecordIsBack { record, into }))
    }

    /// Returns the same for what a commit did, if the record has something that it had before, and it was not confirmed that
    /// it is right there.
    fn back_after_commit(&self, record: &RecordName) -> Result<Option<FileFinding>, StoreFault> {
        let is_removed = |committed: &Committed| committed.removed.contains(&record.path);
        if self.with_committed(record, is_removed) != Some(true) {
            return Ok(None);
        }
        let own = self.project.journal(record)?;
        let is_confirmed = |entry: &JournalEntry| entry.verb == FORGET && entry.effects.is_empty();
        let Some(versions) = self.git.versions(&record.path) else { return Ok(None) };
        let (Some(had), Ok(there)) = (before_removal(&versions), self.project.load(record)) else {
            return Ok(None);
        };
        let is_over = versions.head.is_some() || versions.merging.is_some();
        let there = there.document;
        let all = items_of(&had);
        // What was deleted here, or merged, is there again as a whole once that is undone.
        let is_undone = own.removal().is_none()
            && own.entries().iter().any(|entry| entry.verb == DELETE)
            && all.iter().all(|item| there.items(&item.list).contains(&item.item));
        let is_same = match all.is_empty() {
            true => had.incident.title == there.incident.title,
            false => all.iter().any(|item| there.items(&item.list).contains(&item.item)),
        };
        if is_over
            || is_undone
            || !is_same
            || own.in_effect().iter().any(|entry| is_confirmed(entry))
        {
            return Ok(None);
        }
        let mut heirs = Vec::new();
        self.find_heirs(record, &|_| all.clone(), (false, MOST_STEPS), &mut heirs);
        let into = heirs.into_iter().map(|heir| heir.id).find(|id| *id != record.id);
        Ok(Some(FileFinding::RecordIsBack { record: record.id.clone(), into }))
    }

    /// Finds the records that a missing one went to: those that have all that it had since the commit that removed it.
    fn find_heirs(
        &self,
        record: &RecordName,
        promised: &dyn Fn(&Document) -> Vec<Missing>,
        (is_merged, steps): (bool, usize),
        heirs: &mut Vec<Heir>,
    ) {
        let Some(versions) = self.git.versions(&record.path) else { return };
        for (id, is_new) in went_to(promised, &versions) {
            let is_merged = is_merged || !is_new;
            match self.project.exact(&id) {
                Some(_) if heirs.iter().any(|heir| heir.id == id) => {}
                Some(_) => heirs.push(Heir { id, is_merged }),
                None if steps > 0 => {
                    let path = self.project.records_folder().join(format!("{id}.yaml"));
                    let next = RecordName { id, path };
                    self.find_heirs(&next, promised, (is_merged, steps - 1), heirs);
                }
                None => {}
            }
        }
    }
}

/// Returns a record as it was before the commit that removed it.
fn before_removal(versions: &Versions) -> Option<Document> {
    let removal = versions.commits.iter().find(|it| it.is_here && it.after.is_none());
    removal.and_then(|removal| read(&removal.before).ok())
}

/// Returns the items of a record.
fn items_of(document: &Document) -> Vec<Missing> {
    let of = |list: &&str| -> Vec<Missing> {
        document.items(list).into_iter().map(|item| Missing::item(list, item)).collect()
    };
    LISTS.iter().flat_map(of).collect()
}

/// Returns the records that the commit which removed a record changed or added, and that have all of what it had and was
/// `promised` since; each with whether it was added.
fn went_to(
    promised: &dyn Fn(&Document) -> Vec<Missing>,
    versions: &Versions,
) -> Vec<(String, bool)> {
    let Some(had) = before_removal(versions) else { return Vec::new() };
    let promised = promised(&had);
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

pub(super) fn told_reverted(Reverted { list, stands, written, .. }: &Reverted) -> String {
    told_change(list, stands.as_ref(), written.as_ref())
}

fn refuse_old(record: &RecordName, old: Option<OldVersion>) -> Result<(), Fault> {
    match old {
        Some(old) => Err(Fault::Unsettled(Box::new(old.finding(record.id.clone())))),
        None => Ok(()),
    }
}

/// Returns the finding for an entry or a key that is as it was before a change.
pub(super) fn reverted_finding(reverted: &Reverted, record: String) -> FileFinding {
    let Reverted { list, stands, written, is_committed, .. } = reverted;
    if !LISTS.contains(&list.as_str()) {
        let [stands, written] = [stands, written].map(|value| value_words(value.as_ref()));
        return FileFinding::RevertedKey { key: list.clone(), stands, written, record };
    }
    let entry = told_reverted(reverted);
    match written {
        Some(_) if *is_committed => FileFinding::OpenedEntry { entry, record },
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
