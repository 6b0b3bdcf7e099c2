//! Compares a record with the commit that is checked out: what others recorded is committed, and no journal here has it, so
//! that an old copy over it is only seen there.

use crate::fault::{Fault, FileFinding};
use crate::format::{Document, Effect, Journal, LISTS, Reverted, Unexplained, read};
use crate::lang::{told_item, value_words};
use crate::merge::merge;
use crate::yaml::Value;

use super::elsewhere::{Asked, FileCommit};

/// How a record stands to the commit that is checked out.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// The earlier version that it is, if it is one.
    pub old: Option<OldVersion>,
    /// What else of it the commit keeps internal or no longer has.
    pub reverted: Vec<Reverted>,
}

/// An earlier version of a record in place of the last one.
#[derive(Debug)]
pub(super) struct OldVersion {
    /// The commit that followed it.
    commit: String,
    /// Its text, and that of the last one.
    texts: [String; 2],
    /// What the last one has otherwise.
    since: Unexplained,
}

impl Standing {
    /// Returns how a record stands to its committed text. git is only asked for earlier ones if something differs that asrun
    /// did not change here. While git is merging, nothing is told: what is right is being decided.
    pub(super) fn of(
        document: &Document,
        committed: String,
        (journal, reverted): (&Journal, &[Reverted]),
        git: &Asked,
    ) -> Standing {
        if committed == document.text() {
            return Standing::default();
        }
        let Ok(last) = read(&committed) else { return Standing::default() };
        let all = Unexplained::of(journal, &last, document);
        let Some(versions) = (if all.is_empty() { None } else { git.versions() }) else {
            return Standing::default();
        };
        if versions.merging.is_some() {
            return Standing::default();
        }
        let mut opened = all.opened();
        opened.retain(|it| !reverted.iter().any(|own| own.stands == it.stands));
        let untold = all.without(journal, document, reverted);
        let here = versions.commits.iter().filter(|commit| commit.is_here);
        let mut back: Vec<Reverted> = Vec::new();
        let mut old: Option<(&FileCommit, Unexplained)> = None;
        for commit in here {
            let Ok(before) = read(&commit.before) else { continue };
            // Changes of several commits are missing if those of the earliest one are.
            if let Some(since) = untold.as_in([&before, &last], journal, document)
                && old.as_ref().is_none_or(|(_, known)| since.len() > known.len())
            {
                old = Some((commit, since));
            }
            let found = untold.back_from(&before);
            let is_new = |it: &Reverted| !back.contains(it);
            let found: Vec<Reverted> = found.into_iter().filter(is_new).collect();
            back.extend(found);
        }
        if let Some((commit, since)) = old {
            opened.retain(|it| !since.tells_of(it));
            let (commit, texts) = (commit.name.clone(), [commit.before.clone(), committed]);
            return Standing { old: Some(OldVersion { commit, texts, since }), reverted: opened };
        }
        back.retain(|it| !opened.iter().any(|other| other.stands == it.stands));
        opened.extend(back);
        Standing { old: None, reverted: opened }
    }
}

impl OldVersion {
    /// Returns the last version, with what was changed in the earlier one since.
    ///
    /// # Errors
    /// They cannot be put together.
    pub(super) fn brought_up_to_date(
        &self,
        document: &Document,
        record: &str,
    ) -> Result<Document, Fault> {
        let [old, last] = &self.texts;
        let merged = merge(old, last, document.text()).ok();
        let merged = merged.filter(|merged| merged.conflicts.is_empty());
        let merged = merged.and_then(|merged| read(&merged.text).ok());
        merged.ok_or_else(|| Fault::Unsettled(Box::new(self.finding(record.to_owned()))))
    }

    pub(super) fn finding(&self, record: String) -> FileFinding {
        let (mut lacks, mut back) = (Vec::new(), Vec::new());
        for (list, last, stands) in self.since.changes() {
            match (last, stands) {
                (None, Some(item)) => back.push(told_change(&list, None, Some(&item))),
                (last, stands) => lacks.push(told_change(&list, stands.as_ref(), last.as_ref())),
            }
        }
        FileFinding::OldVersion { commit: self.commit.clone(), lacks, back, record }
    }

    /// Returns the effects that confirm that it is right.
    pub(super) fn confirmed(&self) -> Vec<Effect> {
        self.since.confirmed()
    }
}

/// Returns what an item or a key was changed into; of an item that is still there, the keys that were.
pub(super) fn told_change(list: &str, stands: Option<&Value>, written: Option<&Value>) -> String {
    if !LISTS.contains(&list) {
        return format!("{list}: {}", value_words(written.or(stands)));
    }
    let told = stands.or(written).map(|item| told_item(list, item)).unwrap_or_default();
    let (Some(Value::Map(stands)), Some(Value::Map(keys))) = (stands, written) else { return told };
    let of = |keys: &[(String, Value)], name: &str| {
        keys.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    };
    let others = stands.iter().filter(|(key, _)| of(keys, key).is_none());
    let differs = |(key, _): &&(String, Value)| of(stands, key) != of(keys, key);
    let changed = keys.iter().chain(others).filter(differs);
    let words: Vec<String> =
        changed.map(|(key, _)| format!("{key}: {}", value_words(of(keys, key).as_ref()))).collect();
    if words.is_empty() { told } else { format!("{told} ({})", words.join(", ")) }
}
