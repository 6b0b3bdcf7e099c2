//! Restores entries that a record has lost, or confirms that they were deleted on purpose.

use crate::fault::{Fault, HeldIn, MergeConflict, StoreFault};
use crate::format::{
    ATTACHMENTS, Document, Effect, FORGET, Journal, LEFT_OUT, LISTS, Missing, RECOVER, Reverted,
    apply_all, bring_back, deletions, in_own_lines, read,
};
use crate::lang::{told_item, value_words};
use crate::merge::merge;
use crate::model::{Incident, REMOVED};
use crate::store::{Edit, Noted, Saved};
use crate::yaml::{Change, OwnLines, Value, comments};

use super::elsewhere::{AskGit, Fate, Gone};
use super::losses::{Lacking, LossFinder};
use super::steps::step_id;
use super::workspace::{Target, Workspace};

/// The entries that a record had lost.
#[derive(Debug)]
pub struct Recovered {
    /// The entries, with those that were kept beside the record last; empty if none was missing.
    pub entries: Vec<Value>,
    /// Entries and keys that are right although asrun had changed them.
    pub confirmed: Vec<Value>,
    /// Whether the record itself is right there, although it had been deleted, renamed or merged.
    pub is_back: bool,
    /// Whether the last commit's text was put in the place of an earlier one.
    pub is_again: bool,
    /// Commits of other branches that had removed some of them there.
    pub removed_by: Vec<HeldIn>,
    /// Entries that were not restored, with what took them out, or where they are now.
    pub left_out: Vec<(Value, HeldIn)>,
    /// Why steps of kept events are not in the plan: these are left as typed.
    pub unlinked: Vec<Fault>,
    /// The record before and after; `None` if only the journal was written.
    pub saved: Option<Saved>,
}

/// Returns missing items as they are reported: those that are no events or steps, with the name of their list.
fn items_of(missing: Vec<Missing>) -> Vec<Value> {
    missing.into_iter().map(|Missing { list, item, .. }| named(&list, item)).collect()
}

fn named(list: &str, item: Value) -> Value {
    match list {
        "events" | "plan" => item,
        _ => Value::text(told_item(list, &item)),
    }
}

/// What of the missing entries is to be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restore {
    /// What is lost: neither a commit nor the merge in progress took it out, and no other branch has it.
    Lost,
    /// All of it.
    All,
}

/// Restores missing entries, and adds those that were kept. An entry that one of these texts of the record has, as git
/// knows them, comes as it is there. What the merge in progress leaves out is noted, unless all of it is restored.
///
/// # Errors
/// Nothing was changed.
pub fn recover(
    target: &Target,
    what: Restore,
    texts: &[[String; 3]],
    git: AskGit,
) -> Result<Recovered, Fault> {
    let Target { workspace: Workspace { project, .. }, record, wait } = target;
    let finder = LossFinder::new(project, git);
    let (saved, (is_again, restored)) = target.update(RECOVER, |document| {
        let mut lacking = finder.of(record, document)?;
        let last = match lacking.old.take() {
            Some(old) => Some(old.brought_up_to_date(document, &record.id)?),
            None => None,
        };
        let again = last.as_ref().map(|last| finder.of(record, last)).transpose()?;
        let (base, is_again) = (last.as_ref().unwrap_or(document), last.is_some());
        let (changes, noted, restored) = restored(base, again.unwrap_or(lacking), (what, texts));
        let edit = match &last {
            Some(last) => {
                let whole = apply_all(last, &changes).map_err(|source| {
                    let path = record.path.clone();
                    StoreFault::Edit { path, source }
                })?;
                Edit::Text(Box::new(whole.0))
            }
            None => Edit::Changes(changes),
        };
        Ok((edit, noted, (is_again, restored)))
    })?;
    let Restoring { entries, unlinked, sorted: Sorted { removed_by, left_out, .. } } = restored;
    let chosen = left_out.iter().filter(|gone| gone.fate == Fate::LeftOut);
    let chosen: Vec<Missing> = chosen.map(|gone| gone.missing.clone()).collect();
    if !chosen.is_empty() {
        let noted = Noted::default();
        project.settle(record, &target.command(LEFT_OUT), noted, deletions(&chosen), wait)?;
    }
    let left_out = left_out.into_iter().filter_map(|gone| Some((gone.missing.item, gone.held?)));
    let (left_out, saved) = (left_out.collect(), Some(saved));
    let (confirmed, is_back) = (Vec::new(), false);
    Ok(Recovered { entries, confirmed, is_back, is_again, removed_by, left_out, unlinked, saved })
}

/// What is restored, as it is reported.
struct Restoring {
    entries: Vec<Value>,
    unlinked: Vec<Fault>,
    sorted: Sorted,
}

/// Returns the changes that restore what a record lacks.
fn restored(
    document: &Document,
    Lacking { journal, gone, reverted, by_old_copy, .. }: Lacking,
    (what, texts): (Restore, &[[String; 3]]),
) -> (Vec<Change>, Noted, Restoring) {
    let mut sorted = Sorted::of(gone, what);
    let lost = std::mem::take(&mut sorted.lost);
    let (mut found, own) = as_written(document, lost, texts);
    let mut kept = kept(&journal);
    let (mut changes, unlinked) = link_steps(&mut kept, &document.incident);
    found.extend(kept);
    let reverted = match what {
        Restore::All => reverted,
        Restore::Lost => by_old_copy,
    };
    changes.extend(reverted.iter().flat_map(|reverted| reverted.changes(document)));
    changes.extend(in_own_lines(&journal, document, bring_back(document, &found), own));
    let about = journal.kept().iter().map(|entry| entry.id.clone()).collect();
    let mut entries = items_of(found);
    entries.extend(reverted.iter().filter_map(changed_again));
    (changes, Noted { about, ..Noted::default() }, Restoring { entries, unlinked, sorted })
}

/// Returns what is confirmed, as it is reported.
fn as_it_is(Reverted { list, stands, .. }: &Reverted) -> Option<Value> {
    reported(list, stands.as_ref())
}

/// Returns what is changed again, as it is reported; `None` for an entry that asrun had removed, which stays.
fn changed_again(Reverted { list, written, .. }: &Reverted) -> Option<Value> {
    reported(list, written.as_ref())
}

/// Returns an entry of a list, or a key with its value.
fn reported(list: &str, value: Option<&Value>) -> Option<Value> {
    match LISTS.contains(&list) {
        true => value.map(|item| named(list, item.clone())),
        false => Some(Value::text(format!("{list}: {}", value_words(value)))),
    }
}

/// Missing entries by whether they are to be restored.
#[derive(Default)]
struct Sorted {
    lost: Vec<Missing>,
    /// Commits of other branches that removed some of the lost ones there.
    removed_by: Vec<HeldIn>,
    left_out: Vec<Gone>,
}

impl Sorted {
    fn of(gone: Vec<Gone>, what: Restore) -> Sorted {
        let mut sorted = Sorted::default();
        for gone in gone {
            match gone.fate {
                Fate::Lost => {
                    sorted.lost.push(gone.missing);
                    let new = gone.held.filter(|held| !sorted.removed_by.contains(held));
                    sorted.removed_by.extend(new);
                }
                _ if what == Restore::All => sorted.lost.push(gone.missing),
                Fate::Elsewhere | Fate::LeftOut => sorted.left_out.push(gone),
                Fate::Noted => {}
            }
        }
        sorted
    }
}

/// Returns missing entries as the last of base, ours and theirs that has one has it, with the lines there.
fn as_written(
    document: &Document,
    missing: Vec<Missing>,
    texts: &[[String; 3]],
) -> (Vec<Missing>, Vec<OwnLines>) {
    // What was erased for good must not come back from git.
    let is_asked = !missing.is_empty() && !document.text().contains(REMOVED);
    let texts = texts.iter().filter(|_| is_asked).flat_map(|sides| sides.iter().rev());
    let sides: Vec<Document> = texts.filter_map(|text| read(text).ok()).collect();
    let here = if sides.is_empty() { Vec::new() } else { comments(document.text()) };
    let mut lines = Vec::new();
    let found = missing.into_iter().map(|missing| {
        let written = sides.iter().filter(|_| missing.list != ATTACHMENTS).find_map(|side| {
            let items = side.items(&missing.list);
            let place = items.iter().position(|item| says_all_of(item, &missing.item))?;
            let own = side.own_items(&missing.list, &[place], true).pop()??;
            Some(own.without_comments(|comment| here.iter().any(|other| other == comment)))
        });
        let Some(own) = written else { return missing };
        let item = Missing::item(&missing.list, own.value().clone());
        lines.push(own);
        item
    });
    (found.collect(), lines)
}

/// Whether an item has every key of another one, with the same value.
fn says_all_of(item: &Value, other: &Value) -> bool {
    match (item, other) {
        (Value::Map(_), Value::Map(keys)) => {
            keys.iter().all(|(key, value)| item.get(key) == Some(value))
        }
        _ => item == other,
    }
}

/// Resolves the typed steps of kept events, which was impossible while the record was unreadable. Steps get ids if
/// necessary; text that matches no step is left as typed.
fn link_steps(kept: &mut [Missing], incident: &Incident) -> (Vec<Change>, Vec<Fault>) {
    let mut changes = Vec::new();
    let mut unknown = Vec::new();
    let mut link = |wanted: &mut String| match step_id(incident, wanted) {
        Ok((id, change)) => {
            *wanted = id;
            changes.extend(change.filter(|change| !changes.contains(change)));
        }
        Err(fault) => unknown.push(fault),
    };
    for kept in kept {
        let Value::Map(entries) = &mut kept.item else { continue };
        for (_, value) in entries.iter_mut().filter(|(key, _)| key == "step") {
            match value {
                Value::Scalar(wanted) => link(wanted),
                Value::List(several) => several.iter_mut().for_each(|one| {
                    if let Value::Scalar(wanted) = one {
                        link(wanted);
                    }
                }),
                _ => {}
            }
        }
    }
    (changes, unknown)
}

/// What became of a conflict that git left in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// There is none.
    NoConflict,
    /// There is one, but it is not what git makes of these texts.
    NotGits,
    /// It was merged entry by entry.
    Merged {
        /// What both sides changed differently.
        conflicts: Vec<MergeConflict>,
        /// New comments of entries that the other side deleted.
        left_out: Vec<String>,
    },
}

/// Merges entry by entry what git merged line by line, if there was a conflict and the text is unchanged since: it is one
/// of the texts that git makes of base, ours and theirs. `is_gits` returns whether one of these is as it asks, and is only
/// called if necessary.
///
/// # Errors
/// The record is not text, or cannot be written; or `is_gits` failed.
pub fn resolve<E: From<Fault>>(
    target: &Target,
    [base, ours, theirs]: &[String; 3],
    is_gits: impl FnOnce(&dyn Fn(&str) -> bool) -> Result<bool, E>,
) -> Result<Resolution, E> {
    let Target { workspace: Workspace { project, .. }, record, wait } = target;
    let text = project.raw_text(record).map_err(Fault::from)?;
    if read(&text).is_ok() {
        return Ok(Resolution::NoConflict);
    }
    let Ok(merged) = merge(base, ours, theirs) else { return Ok(Resolution::NotGits) };
    if !is_same_conflict(&text, &merged.text) {
        if !is_gits(&|by_lines| is_same_conflict(&text, by_lines))? {
            return Ok(Resolution::NotGits);
        }
        project.mend(record, &text, &merged.text, wait).map_err(Fault::from)?;
    }
    Ok(Resolution::Merged { conflicts: merged.conflicts, left_out: merged.left_out })
}

/// Returns whether git's conflict between these texts could be merged entry by entry.
pub fn can_merge([base, ours, theirs]: &[String; 3]) -> bool {
    merge(base, ours, theirs).is_ok()
}

/// Whether two texts with conflicts are the same except for the names of the sides.
fn is_same_conflict(a: &str, b: &str) -> bool {
    let unnamed = |line: &str| -> String {
        let marker = ["<<<<<<<", "|||||||", ">>>>>>>"].into_iter().find(|m| line.starts_with(m));
        marker.unwrap_or(line.trim_end_matches('\r')).to_owned()
    };
    a.lines().map(unnamed).eq(b.lines().map(unnamed))
}

/// Confirms that all missing entries were deleted on purpose, and must not be restored. Those that only another branch has
/// are not missing there, and stay acknowledged.
///
/// # Errors
/// Nothing was changed.
pub fn forget(target: &Target, git: AskGit) -> Result<Recovered, Fault> {
    let Target { workspace: Workspace { project, .. }, record, wait } = target;
    let document = project.load(record)?.document;
    let finder = LossFinder::new(project, git);
    let lacking = finder.of(record, &document)?;
    let Lacking { journal, gone, reverted, old, .. } = lacking;
    let is_away = |gone: &Gone| matches!(gone.held, Some(HeldIn::Ref(_)));
    let (away, gone): (Vec<Gone>, Vec<Gone>) = gone.into_iter().partition(is_away);
    let is_taken = |gone: &&Gone| matches!(gone.fate, Fate::Elsewhere);
    let taken: Vec<Missing> = gone.iter().filter(is_taken).map(|it| it.missing.clone()).collect();
    let mut found: Vec<Missing> = gone.into_iter().map(|gone| gone.missing).collect();
    let mut effects = deletions(&found);
    effects.extend(reverted.iter().map(Reverted::confirmed));
    let of_commit = old.map(|old| old.confirmed()).unwrap_or_default();
    effects.extend(of_commit.iter().cloned());
    found.extend(kept(&journal));
    let is_back = finder.back(record)?.is_some();
    if is_back || !(found.is_empty() && effects.is_empty()) {
        let about = journal.kept().iter().map(|entry| entry.id.clone()).collect();
        let noted = Noted { about, away: deletions(&taken), ..Noted::default() };
        project.settle(record, &target.command(FORGET), noted, effects, wait)?;
    }
    let mut entries = items_of(found);
    let mut confirmed: Vec<Value> = reverted.iter().filter_map(as_it_is).collect();
    for Effect { list, before, after } in &of_commit {
        match after {
            None if LISTS.contains(&list.as_str()) => {
                entries.extend(before.clone().map(|item| named(list, item)));
            }
            after => confirmed.extend(reported(list, after.as_ref())),
        }
    }
    let left_out = away.into_iter().filter_map(|gone| Some((gone.missing.item, gone.held?)));
    let (removed_by, left_out, unlinked) = (Vec::new(), left_out.collect(), Vec::new());
    let (is_again, saved) = (false, None);
    Ok(Recovered { entries, confirmed, is_back, is_again, removed_by, left_out, unlinked, saved })
}

/// Returns the events that were logged while the file could not be read.
fn kept(journal: &Journal) -> Vec<Missing> {
    let entries = journal.kept();
    let effects = entries.iter().flat_map(|entry| &entry.effects);
    effects.filter_map(|effect| Some(Missing::item(&effect.list, effect.after.clone()?))).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::amend::{AmendRequest, EventChoice, amend};
    use super::super::elsewhere::{FileCommit, Versions};
    use super::super::log::{LogOutcome, LogRequest, log};
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::StepFault;
    use crate::format::{Document, EDIT, Losses};

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
plan:
  - at: 2024-09-07T18:00+09:00
    text: deploy the app
events:
  - at: 2024-09-07T18:00+09:00
    text: first
";

    fn logs(trial: &Trial, text: &str, steps: &[&str]) -> LogOutcome {
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        let request = LogRequest { text: text.to_owned(), steps, ..LogRequest::default() };
        log(&trial.target, &request).unwrap()
    }

    /// Returns a record that lost an event, and has one that was kept while it could not be read.
    fn lossy(steps: &[&str]) -> Trial {
        let trial = Trial::new(RECORD);
        logs(&trial, "lost", &[]);
        trial.write("title: [");
        assert!(matches!(logs(&trial, "kept", steps), LogOutcome::Kept(_)));
        trial.write(RECORD);
        trial
    }

    fn recovers(trial: &Trial, forgotten: bool) -> Recovered {
        if forgotten {
            forget(&trial.target, &|_: &Path| None)
        } else {
            recover(&trial.target, Restore::Lost, &[], &|_: &Path| None)
        }
        .unwrap()
    }

    fn texts(recovered: &Recovered) -> Vec<&str> {
        recovered.entries.iter().filter_map(|entry| entry.text_at("text")).collect()
    }

    #[test]
    fn what_only_another_branch_has_is_not_confirmed_as_deleted() {
        let trial = Trial::new(RECORD);
        logs(&trial, "on main", &[]);
        let main = trial.text();
        trial.write(RECORD);
        let versions = || Versions {
            refs: vec![("main".to_owned(), main.clone())],
            head: Some(RECORD.to_owned()),
            ..Versions::default()
        };
        let recovered = forget(&trial.target, &|_: &Path| Some(versions())).unwrap();
        assert!(recovered.entries.is_empty());
        assert!(matches!(&recovered.left_out[..], [(_, HeldIn::Ref(name))] if name == "main"));
        // Back there, it is promised as before.
        assert_eq!(texts(&recovers(&trial, false)), ["on main"]);
    }

    /// An editor that had the record open before saves over what asrun changed meanwhile.
    #[test]
    fn what_an_old_copy_has_as_it_was_is_changed_again_or_confirmed() {
        let changed = || {
            let trial = Trial::new(RECORD);
            logs(&trial, "pool exhausted", &[]);
            let old = trial.text();
            let amends = AmendRequest {
                event: Some(EventChoice::Number(2)),
                text: Some("the queue is full".to_owned()),
                internal: true,
                ..AmendRequest::default()
            };
            amend(&trial.target, &amends).unwrap();
            (trial, old)
        };
        let (trial, old) = changed();
        let new = trial.text();
        trial.write(&old);
        assert_eq!(losses(&trial).reverted.len(), 1);
        assert_eq!(texts(&recovers(&trial, false)), ["the queue is full"]);
        assert_eq!(trial.text(), new);
        assert!(losses(&trial).is_empty());
        let (trial, old) = changed();
        trial.write(&old);
        assert_eq!(recovers(&trial, true).confirmed.len(), 1);
        assert!(losses(&trial).is_empty());
        assert!(recovers(&trial, false).entries.is_empty());
        assert_eq!(trial.text(), old);
        // A commit that took it back is no old copy, nor is another branch that has it.
        let (trial, old) = changed();
        let new = trial.text();
        trial.write(&old);
        let versions = [
            Versions {
                commits: vec![FileCommit {
                    name: "c".to_owned(),
                    before: new.clone(),
                    after: Some(old.clone()),
                    is_here: true,
                }],
                ..Versions::default()
            },
            Versions { refs: vec![("main".to_owned(), new.clone())], ..Versions::default() },
            Versions { merging: Some((new, None)), ..Versions::default() },
        ];
        for versions in versions {
            let asked = std::sync::Mutex::new(vec![versions]);
            let git = |_: &Path| asked.lock().unwrap().pop();
            assert!(recover(&trial.target, Restore::Lost, &[], &git).unwrap().entries.is_empty());
            assert!(asked.lock().unwrap().is_empty(), "git was not asked");
        }
        assert_eq!(trial.text(), old);
    }

    fn amends(trial: &Trial, request: AmendRequest) {
        let event = request.event.or(Some(EventChoice::Number(1)));
        amend(&trial.target, &AmendRequest { event, ..request }).unwrap();
    }

    fn word(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn losses(trial: &Trial) -> Losses {
        Losses::of(&trial.target.journal().unwrap(), &trial.document())
    }

    /// However the time of an entry is written, and whoever writes it otherwise, the entry is the same one.
    #[test]
    fn an_entry_is_the_same_however_its_time_is_written() {
        let spellings = [
            "2024-09-07 18:10",
            "2024-09-07T18:10",
            "'2024-09-07 18:10'",
            "2024-09-07 18:10:00",
            "2024-09-07T18:10+09:00",
            "2024-09-07T09:10Z",
            "2024-09-07 18:10 KST",
        ];
        for (one, other) in spellings.iter().flat_map(|one| spellings.map(|other| (one, other))) {
            let event = format!("  - at: {one}\n    text: pool exhausted\n");
            let text = format!("title: t\ntimezone: Asia/Seoul\nevents:\n{event}");
            let trial = Trial::new(&text);
            amends(&trial, AmendRequest { why: word("a"), ..AmendRequest::default() });
            let by_hand = trial.text().replace(&format!("at: {one}"), &format!("at: {other}"));
            trial.write(&by_hand.replace("    why: a\n", "    why: a\n    key: true\n"));
            amends(&trial, AmendRequest { by: word("kim"), ..AmendRequest::default() });
            assert!(losses(&trial).is_empty(), "{one}, {other}: {:?}", losses(&trial));
            let whole = trial.text();
            assert!(recovers(&trial, false).entries.is_empty());
            assert_eq!(trial.text(), whole);
            for (number, gone) in [(1, "    by: kim\n"), (1, "    why: a\n")] {
                let before = trial.text();
                super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(number))
                    .unwrap();
                assert_eq!(trial.text(), before.replace(gone, ""), "{one}, {other}");
            }
            assert!(losses(&trial).is_empty(), "{one}, {other}");
        }
    }

    /// What an old copy took back stays lost when asrun changes the same entry again, and comes back on top of that.
    #[test]
    fn a_later_change_of_an_entry_does_not_hide_what_an_old_copy_took_back() {
        let by = || AmendRequest { by: word("kim"), ..AmendRequest::default() };
        for request in [
            AmendRequest {
                kind: Some(crate::model::EventType::Resolved),
                why: word("fixed"),
                ..AmendRequest::default()
            },
            AmendRequest { text: word("quite another"), ..AmendRequest::default() },
            AmendRequest { at: word("18:20"), ..AmendRequest::default() },
            AmendRequest { internal: true, ..AmendRequest::default() },
        ] {
            let old = "title: t\ntimezone: Asia/Seoul\nevents:\n";
            let (trial, whole) = (Trial::new(old), Trial::new(old));
            for trial in [&trial, &whole] {
                logs(trial, "pool exhausted", &[]);
            }
            let old = trial.text();
            let clone = || AmendRequest {
                text: request.text.clone(),
                at: request.at.clone(),
                kind: request.kind.clone(),
                why: request.why.clone(),
                internal: request.internal,
                ..AmendRequest::default()
            };
            amends(&whole, clone());
            amends(&whole, by());
            amends(&trial, clone());
            trial.write(&old);
            assert_eq!(losses(&trial).reverted.len(), 1);
            amends(&trial, by());
            let found = losses(&trial);
            assert_eq!((found.missing.len(), found.reverted.len()), (0, 1), "{found:?}");
            // Undone, that is lost which was before.
            super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(1)).unwrap();
            assert_eq!((trial.text(), losses(&trial).reverted.len()), (old, 1));
            amends(&trial, by());
            assert_eq!(recovers(&trial, false).entries.len(), 1);
            let sorted = |trial: &Trial| {
                let text = trial.text();
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort_unstable();
                lines
            };
            assert_eq!(sorted(&trial), sorted(&whole));
            assert!(losses(&trial).is_empty() && losses(&whole).is_empty());
            assert!(recovers(&trial, false).entries.is_empty());
        }
    }

    /// Somebody rewords an event in an editor: it is there. Another one of that minute is not it.
    #[test]
    fn an_event_reworded_by_hand_is_not_lost() {
        for (was, is, kept) in [
            ("db down", "the database is down", true),
            ("복구", "서비스 복구", true),
            ("하나", "하나 고침", true),
            ("롤백", "3.0을 롤백함", true),
            ("pool exhausted", "on call paged", false),
            ("cold cache in the lab", "the queue is full", false),
        ] {
            let trial = Trial::new("title: t\ntimezone: Asia/Seoul\nevents:\n");
            logs(&trial, was, &[]);
            let text = trial.text();
            trial.write(&text.replace(was, is));
            assert_eq!(losses(&trial).missing.is_empty(), kept, "{is}");
            // What it says otherwise is another event.
            trial.write(&text.replace(was, &format!("{is}\n    by: lee")));
            assert_eq!(losses(&trial).missing.len(), 1, "{is}");
            if !kept {
                continue;
            }
            trial.write(&text.replace(was, is));
            amends(&trial, AmendRequest { why: word("a"), ..AmendRequest::default() });
            assert!(losses(&trial).is_empty(), "{is}");
            for _ in 0..2 {
                super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(1))
                    .unwrap();
            }
            assert!(!trial.text().contains(is) && losses(&trial).is_empty(), "{}", trial.text());
        }
        // With a key that it lacked, or of a type that one moment has once.
        for (was, is, kept) in [
            ("text: db down", "text: the database is down\n    key: true", true),
            ("text: db down", "text: on call paged\n    key: true", false),
            ("text: db down", "text: on call paged\n    type: detected", false),
            ("text: up\n    type: resolved", "text: no errors\n    type: resolved", true),
            ("text: up\n    type: resolved", "text: no errors\n    type: mitigated", false),
        ] {
            let trial = Trial::new("title: t\ntimezone: Asia/Seoul\nevents:\n");
            let (text, kind) = match was.contains("type") {
                true => ("up", Some(crate::model::EventType::Resolved)),
                false => ("db down", None),
            };
            let request = LogRequest { text: text.to_owned(), kind, ..LogRequest::default() };
            log(&trial.target, &request).unwrap();
            let text = trial.text();
            assert!(text.contains(was), "{text}");
            trial.write(&text.replace(was, is));
            assert_eq!(losses(&trial).missing.is_empty(), kept, "{is}");
        }
        // asrun wrote the other one.
        let trial = Trial::new("title: t\ntimezone: Asia/Seoul\nevents:\n");
        logs(&trial, "the database is down", &[]);
        let other = trial.text();
        logs(&trial, "db down", &[]);
        trial.write(&other);
        assert_eq!(losses(&trial).missing.len(), 1);
    }

    /// Somebody gives an event another time in an editor: whatever asrun does to it then, it is that event.
    #[test]
    fn an_event_given_another_time_by_hand_is_not_lost() {
        use super::super::{turns::undo, undo::Turn};
        let turns: [&[Turn]; 3] = [
            &[Turn::Back(1)],
            &[Turn::Back(1), Turn::Again(1)],
            &[Turn::Back(1), Turn::Again(1), Turn::Back(1)],
        ];
        for turns in turns.into_iter().map(Some).chain([None]) {
            let trial = Trial::new("title: t\ntimezone: Asia/Seoul\nevents:\n");
            logs(&trial, "one", &[]);
            logs(&trial, "two", &[]);
            let text = trial.text();
            let at = text.rfind("at: ").unwrap() + "at: 2024-09-07T".len();
            let by_hand = format!("{}09:01{}", &text[..at], &text[at + 5..]);
            trial.write(&by_hand);
            assert!(losses(&trial).is_empty(), "{by_hand}");
            match turns {
                Some(turns) => {
                    turns.iter().for_each(|turn| drop(undo(&trial.target, *turn).unwrap()))
                }
                None => amends(&trial, AmendRequest { why: word("a"), ..AmendRequest::default() }),
            }
            assert!(losses(&trial).is_empty(), "{turns:?} {} {:?}", trial.text(), losses(&trial));
            let whole = trial.text();
            assert!(recovers(&trial, false).entries.is_empty());
            assert_eq!(trial.text(), whole);
        }
    }

    /// git writes conflicts in several forms, with the lines of the base or without.
    #[test]
    fn a_conflict_in_any_of_gits_forms_is_merged() {
        let event =
            |at: &str, text: &str| format!("  - at: 2024-09-07T{at}+09:00\n    text: {text}\n");
        let (ours, theirs) = (event("18:10", "ours"), event("18:20", "theirs"));
        let sides = [String::new(), ours.clone(), theirs.clone()];
        let sides = sides.map(|more| format!("{RECORD}{more}"));
        let conflict = |names: [&str; 3], base: &str| {
            let [a, b, c] = names;
            format!("{RECORD}<<<<<<< {a}\n{ours}{base}{b}=======\n{theirs}>>>>>>> {c}\n")
        };
        for base in ["", "||||||| "] {
            let names = |b: &'static str| if base.is_empty() { "" } else { b };
            let trial = Trial::new(RECORD);
            trial.write(&conflict(["HEAD", names("1a2b\n"), "branch"], base));
            let forms = ["", "||||||| "].map(|base| {
                conflict(["ours", if base.is_empty() { "" } else { "base\n" }, "theirs"], base)
            });
            let mut asked = Vec::new();
            let is_gits = |is_it: &dyn Fn(&str) -> bool| -> Result<bool, Fault> {
                asked = forms.iter().map(|form| is_it(form)).collect();
                Ok(asked.contains(&true))
            };
            let merged = Resolution::Merged { conflicts: Vec::new(), left_out: Vec::new() };
            assert_eq!(resolve(&trial.target, &sides, is_gits).unwrap(), merged);
            assert_eq!(asked, [base.is_empty(), !base.is_empty()]);
            assert_eq!(trial.text(), format!("{RECORD}{ours}{theirs}"));
            let never = |_: &dyn Fn(&str) -> bool| -> Result<bool, Fault> { unreachable!() };
            let none = resolve(&trial.target, &sides, never).unwrap();
            assert_eq!(none, Resolution::NoConflict);
            // A part of it that somebody settled is left alone.
            let edited =
                conflict(["HEAD", names("1a2b\n"), "branch"], base).replace("=======\n", "");
            trial.write(&edited);
            let none = |_: &dyn Fn(&str) -> bool| -> Result<bool, Fault> { Ok(false) };
            assert_eq!(resolve(&trial.target, &sides, none).unwrap(), Resolution::NotGits);
            assert_eq!(trial.text(), edited);
        }
    }

    #[test]
    fn keys_of_somebodys_own_come_back_as_they_were_written() {
        let trial = Trial::new(RECORD);
        let more = "  - at: 2024-09-07T18:10+09:00\n    text: second\n    my_count: 5   # five\n    my_list: [1,  '2']\n";
        let edited = read(&format!("{RECORD}{more}")).unwrap();
        let edit = |_: &Document| Ok((Edit::Text(Box::new(edited.clone())), Noted::default(), ()));
        trial.target.update(EDIT, edit).unwrap();
        // It is lost, and the list is indented differently.
        let (head, events) = RECORD.split_once("events:\n").unwrap();
        let shifted =
            |lines: &str| lines.lines().map(|line| format!("{}\n", &line[2..])).collect::<String>();
        let lost = format!("{head}events:\n{}", shifted(events));
        trial.write(&lost);
        assert_eq!(texts(&recovers(&trial, false)), ["second"]);
        assert_eq!(trial.text(), format!("{lost}{}", shifted(more)));
    }

    #[test]
    fn an_entry_removed_and_restored_is_recovered_as_it_was_written() {
        let own = "  - at: 2024-09-07T18:10+09:00 # mine\n    text: 'second'\n";
        let whole = format!("{RECORD}{own}");
        let trial = Trial::new(&whole);
        let remove = |_: &Document| {
            let change = Change::remove(Vec::new(), "events", 1);
            Ok((Edit::Changes(vec![change]), Noted::default(), ()))
        };
        trial.target.update(EDIT, remove).unwrap();
        super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), whole);
        trial.write(RECORD);
        assert_eq!(texts(&recovers(&trial, false)), ["second"]);
        assert_eq!(trial.text(), whole);
    }

    #[test]
    fn what_is_missing_comes_back_once() {
        let trial = lossy(&["deploy"]);
        let recovered = recovers(&trial, false);
        assert_eq!(texts(&recovered), ["lost", "kept"]);
        assert!(recovered.unlinked.is_empty() && recovered.saved.is_some());
        let incident = trial.document().incident;
        assert_eq!(incident.events.len(), 3);
        assert_eq!(incident.plan[0].id.as_deref(), Some("step-1"));
        assert!(incident.events.iter().any(|event| event.steps == ["step-1"]));
        assert_eq!(texts(&recovers(&trial, false)), [""; 0]);
    }

    #[test]
    fn a_step_that_is_none_stays_as_it_was_typed() {
        let trial = lossy(&["rollback"]);
        let recovered = recovers(&trial, false);
        let [Fault::Step { wanted, fault, .. }] = recovered.unlinked.as_slice() else {
            panic!("{:?}", recovered.unlinked)
        };
        assert!(matches!(fault, StepFault::Unknown { .. }));
        assert_eq!(wanted, "rollback");
        assert!(trial.text().contains("step: rollback"));
    }

    #[test]
    fn what_is_forgotten_does_not_come_back() {
        let trial = lossy(&[]);
        let forgotten = recovers(&trial, true);
        assert_eq!(texts(&forgotten), ["lost", "kept"]);
        assert!(forgotten.saved.is_none());
        assert_eq!(trial.text(), RECORD);
        for forget in [true, false] {
            assert_eq!(texts(&recovers(&trial, forget)), [""; 0]);
        }
    }
}
