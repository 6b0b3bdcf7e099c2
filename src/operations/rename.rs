//! Changes a record's id: its file, its folder, and references in other records.

use std::path::{Path, PathBuf};

use crate::fault::{Fault, Field, RecordFault, StoreFault};
use crate::format::apply_all;
use crate::format::{Document, Joint, RELINK, RENAME, read};
use crate::model::IncidentId;
use crate::store::{Edit, Noted, Project, RecordName, Saved};
use crate::yaml::{Change, Value};

use super::texts::accepted;
use super::turns::{half_way, number_in, take_part_back};
use super::workspace::Target;

/// A record that was renamed.
#[derive(Debug)]
pub struct Renamed {
    /// The record.
    pub record: RecordName,
    /// Records whose references were changed, before and after.
    pub relinked: Vec<(RecordName, Saved)>,
    /// Files that still contain the old id, relative to the project's folder, each with the first line: texts with a
    /// possibly different meaning, and documents, also those of others that git does not ignore.
    pub named: Vec<(String, usize)>,
    /// What was published in a folder with the old id in its name: rendering the record again does not remove it.
    pub published: Vec<PathBuf>,
}

/// Renames a record, along with its file and the folder of its files; references in other records are changed as well.
///
/// # Errors
/// The id is invalid or taken, or another record cannot be changed; then nothing is changed.
pub fn rename_record(target: &Target, id: &str) -> Result<Renamed, Fault> {
    let id = IncidentId::parse(id).map_err(RecordFault::Id)?;
    accepted(Field::Id, id.as_str())?;
    let Target { workspace, record, wait } = target;
    if id.as_str() == record.id {
        return Err(RecordFault::SameId { record: record.id.clone() }.into());
    }
    let (command, project) = (target.command(RENAME), &workspace.project);
    // Another command may be renaming this record, or one that refers to it.
    let _alone = project.hold_joint_changes(wait)?;
    // If it cannot be renamed, the other records are not changed.
    let mut rehearsed = project.clone();
    rehearsed.dry_run = true;
    let rehearsed = rehearsed.rename_record(record, id.as_str(), &command, Noted::default(), wait);
    rehearsed.map_err(|fault| match fault {
        StoreFault::Exists { path } if path.extension().is_some_and(|it| it == "yaml") => {
            RecordFault::Taken { record: id.to_string() }.into()
        }
        fault => Fault::from(fault),
    })?;
    let others = naming(project, record, id.as_str())?;
    let joint = match others.as_slice() {
        [] => None,
        others => {
            let records: Vec<&RecordName> = others.iter().chain([record]).collect();
            let mut joint = target.joint_of(&records)?;
            joint.records.push(id.as_str().to_owned());
            Some(joint)
        }
    };
    let is_named_so = |path: &PathBuf| {
        let folder = path.parent().and_then(Path::file_name);
        folder.is_some_and(|name| name.to_string_lossy().contains(&record.id))
    };
    let published = project.outputs_of(&record.id).into_iter().filter(is_named_so).collect();
    let relinked = relink_all(target, &others, id.as_str(), joint.as_ref())?;
    let noted = Noted { joint: joint.clone(), ..Noted::default() };
    let renamed = project.rename_record(record, id.as_str(), &command, noted, wait);
    let renamed =
        renamed.map_err(|why| link_back(target, &relinked, joint.as_ref(), record, why.into()))?;
    let named = still_named(target, &relinked);
    Ok(Renamed { named, record: renamed, relinked, published })
}

/// Returns the other records that refer to a record's id; unreadable ones are skipped.
fn naming(project: &Project, record: &RecordName, id: &str) -> Result<Vec<RecordName>, StoreFault> {
    let mut others = project.list()?.records;
    others.retain(|other| {
        let names = project.raw_text(other).is_ok_and(|text| text.contains(&record.id));
        let document = (names && other.path != record.path).then(|| project.load(other).ok());
        document.flatten().is_some_and(|loaded| {
            let changed = relink(&loaded.document, &record.id, id);
            changed.is_ok_and(|changed| changed.text() != loaded.document.text())
        })
    });
    Ok(others)
}

/// Changes the references in other records.
fn relink_all(
    target: &Target,
    others: &[RecordName],
    id: &str,
    joint: Option<&Joint>,
) -> Result<Vec<(RecordName, Saved)>, Fault> {
    let mut done = Vec::new();
    for other in others {
        let saved = target.beside(other).update(RELINK, |document| {
            let noted = Noted { joint: joint.cloned(), ..Noted::default() };
            Ok((Edit::Text(Box::new(relink(document, &target.record.id, id)?)), noted, ()))
        });
        match saved {
            Ok((saved, ())) => done.push((other.clone(), saved)),
            Err(why) => return Err(link_back(target, &done, joint, other, why)),
        }
    }
    Ok(done)
}

/// Returns why a record was not renamed, or the references in one not changed, after those in other records are as
/// before. If that fails, the fault says so.
fn link_back(
    target: &Target,
    done: &[(RecordName, Saved)],
    joint: Option<&Joint>,
    at: &RecordName,
    why: Fault,
) -> Fault {
    let Some(joint) = joint.filter(|_| !target.workspace.project.dry_run) else { return why };
    let stays = |other: &&RecordName| take_part_back(&target.beside(other), joint).is_err();
    let turned: Vec<&RecordName> = done.iter().map(|(other, _)| other).filter(stays).collect();
    let undo = turned.first().and_then(|other| number_in(&target.beside(other), joint));
    let turned = turned.into_iter().map(|other| other.id.clone()).collect();
    half_way(turned, at.id.clone(), (false, undo), why)
}

/// Returns a record with its references to another one changed.
fn relink(document: &Document, from: &str, to: &str) -> Result<Document, Fault> {
    let text = document.to_text();
    let changed = match relinked(&text, from, to) {
        Some(text) => read(&text).unwrap_or_else(|_| document.clone()),
        None => document.clone(),
    };
    let path = |event| vec![("events".to_owned(), Some(event))];
    let changes: Vec<Change> = refers(&changed, from)
        .map(|(event, place)| Change::replace(path(event), "refs", place, Value::text(to)))
        .collect();
    Ok(apply_all(&changed, &changes).map_err(RecordFault::Edit)?.0)
}

/// Returns the references to a record's id in events: index of the event, and index of the reference.
fn refers<'d>(document: &'d Document, id: &'d str) -> impl Iterator<Item = (usize, usize)> + 'd {
    let events = document.incident.events.iter().enumerate();
    events.flat_map(move |(event, told)| {
        let refs = told.refs.iter().enumerate().filter(move |(_, it)| *it == id);
        refs.map(move |(place, _)| (event, place))
    })
}

/// Returns a text in which the names of a record's file (`ID.yaml`) and folder (`assets/ID/`) have another id; `None`
/// if it has neither.
fn relinked(text: &str, from: &str, to: &str) -> Option<String> {
    let mut changed = String::with_capacity(text.len());
    let (mut done, mut found) = (0, false);
    for (at, _) in text.match_indices(from) {
        let (before, after) = (&text[..at], &text[at + from.len()..]);
        let apart = !before.chars().next_back().is_some_and(|sign| is_of_id(sign) || sign == '.');
        let is_file = after.strip_prefix(".yaml").is_some_and(|rest| {
            // A full stop may end the sentence.
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            !rest.chars().next().is_some_and(is_of_id)
        });
        let is_folder = before.ends_with("assets/") && after.starts_with('/');
        if apart && (is_file || is_folder) && at >= done {
            changed.push_str(&text[done..at]);
            changed.push_str(to);
            (done, found) = (at + from.len(), true);
        }
    }
    changed.push_str(&text[done..]);
    found.then_some(changed)
}

/// Whether a character may continue an id.
fn is_of_id(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '-' | '_')
}

/// Returns where the old id still occurs as a whole word: in records, templates, documents by asrun, and in files that git
/// does not ignore.
fn still_named(target: &Target, relinked: &[(RecordName, Saved)]) -> Vec<(String, usize)> {
    let (workspace, record) = (&target.workspace, &target.record);
    let project = &workspace.project;
    let records = project.list().map(|listing| listing.records).unwrap_or_default();
    let own: Vec<PathBuf> = records.into_iter().map(|record| record.path).collect();
    let own: Vec<PathBuf> = own.into_iter().chain(project.other_files()).collect();
    let mut named = Vec::new();
    for path in &own {
        // In a dry run these files are unchanged.
        let changed = relinked.iter().find(|(other, _)| other.path == *path);
        let text = match changed {
            Some((_, saved)) => saved.after.to_text(),
            None => match project.bytes_of(path).map(String::from_utf8) {
                Some(Ok(text)) => text,
                _ => continue,
            },
        };
        let line = text.lines().position(|line| stands_in(line, &record.id));
        named.extend(line.map(|line| (path.clone(), line + 1)));
    }
    let spelled = [record.id.clone(), in_address(&record.id)];
    for (path, number, line) in workspace.git.lines_with(project.root(), &spelled) {
        let is_known = own.contains(&path) || named.iter().any(|(known, _)| *known == path);
        if !is_known && spelled.iter().any(|id| stands_in(&line, id)) {
            named.push((path, number));
        }
    }
    named.into_iter().map(|(path, line)| (project.told_path(&path), line)).collect()
}

/// Returns an id as an address of a page has it: letters other than ASCII as bytes.
fn in_address(id: &str) -> String {
    let sign = |byte: u8| match byte {
        byte if byte.is_ascii() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    id.bytes().map(sign).collect()
}

/// Whether a line contains an id as a whole word. An id without a digit may be an ordinary word.
fn stands_in(line: &str, id: &str) -> bool {
    let is_distinct = id.contains(|sign: char| sign.is_ascii_digit());
    line.match_indices(id).any(|(at, _)| {
        let apart = |sign: Option<char>| !sign.is_some_and(is_of_id);
        let after = &line[at + id.len()..];
        let whole = apart(line[..at].chars().next_back()) && apart(after.chars().next());
        whole && (is_distinct || after.starts_with(".yaml") || line[..at].ends_with("assets/"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::elsewhere::{Committed, FoundLine, Repository, Versions};
    use super::super::trial::Trial;
    use super::*;

    #[test]
    fn files_and_folders_of_a_record_get_its_new_id_and_other_words_stay() {
        for (text, expected) in [
            ("see incidents/a-1.yaml", Some("see incidents/b.yaml")),
            ("[x](a-1.yaml) a-1.yaml.", Some("[x](b.yaml) b.yaml.")),
            ("![](assets/a-1/shot.png)", Some("![](assets/b/shot.png)")),
            ("a-1.yaml and assets/a-1/", Some("b.yaml and assets/b/")),
            ("a-1", None),
            ("aa-1.yaml", None),
            ("x-a-1.yaml", None),
            ("x.a-1.yaml", None),
            ("a-1.yaml.orig", None),
            ("a-1.yamlx", None),
            ("assets/a-1-2/shot.png", None),
            ("assets/a-1.png", None),
            ("", None),
        ] {
            assert_eq!(relinked(text, "a-1", "b").as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_one_reference_changes_in_its_place() {
        let head = "title: t\nevents:\n  - at: 2024-09-07T18:00Z\n    text: x\n";
        for (before, after) in [
            ("    refs: [\"a-1\"]  # see\n", "    refs: [\"b\"]  # see\n"),
            ("    refs: [x, 'a-1',  y]\n", "    refs: [x, 'b',  y]\n"),
            ("    refs: [a-1, a-1]\n", "    refs: [b, b]\n"),
            ("    refs:\n    - x\n    -  a-1   # see\n", "    refs:\n    - x\n    -  b   # see\n"),
            ("    refs: a-1\n", "    refs: b\n"),
        ] {
            let document = read(&format!("{head}{before}")).unwrap();
            let changed = relink(&document, "a-1", "b").unwrap();
            assert_eq!(changed.text(), format!("{head}{after}"));
        }
    }

    #[test]
    fn an_id_is_a_separate_word_of_its_line() {
        for (line, id, stands) in [
            ("- [x](/posts/2024-09-07-a/)", "2024-09-07-a", true),
            ("2024-09-07-a.md", "2024-09-07-a", true),
            ("2024-09-07-ab", "2024-09-07-a", false),
            ("one of them", "one", false),
            ("see one.yaml", "one", true),
            ("assets/one/x.png", "one", true),
        ] {
            assert_eq!(stands_in(line, id), stands, "{line}");
        }
    }

    const REFERS: &str =
        "title: Search\nevents:\n  - {at: 2024-09-07T18:00Z, text: see demo.yaml}\n";

    /// Returns a record and another one that refers to it.
    fn referred() -> (Trial, RecordName) {
        let trial = Trial::of(&REFERS.replace("Search", "Checkout"));
        let search = trial.target.workspace.project.create_record("search", REFERS).unwrap();
        (trial, search)
    }

    #[test]
    fn only_other_records_are_changed_with_a_renamed_one() {
        let (trial, search) = referred();
        let renamed = rename_record(&trial.target, "other").unwrap();
        let relinked: Vec<&RecordName> = renamed.relinked.iter().map(|(name, _)| name).collect();
        assert_eq!(relinked, [&search]);
    }

    #[test]
    fn a_rehearsed_renaming_names_what_would_still_have_the_old_id() {
        let (mut trial, _) = referred();
        trial.target.workspace.project.dry_run = true;
        let renamed = rename_record(&trial.target, "other").unwrap();
        let named: Vec<&str> = renamed.named.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(named, ["incidents/demo.yaml"]);
    }

    /// Also where capital and small letters are the same file, and back.
    #[test]
    fn an_id_may_change_only_in_capital_and_small_letters() {
        let (mut trial, search) = referred();
        let project = trial.target.workspace.project.clone();
        for (from, to) in [("demo", "Demo"), ("Demo", "demo")] {
            trial.target.record = project.exact(from).unwrap();
            let renamed = rename_record(&trial.target, to).unwrap();
            assert_eq!((renamed.record.id.as_str(), renamed.relinked.len()), (to, 1));
            assert!(project.raw_text(&search).unwrap().contains(&format!("see {to}.yaml")));
            let ids: Vec<String> =
                project.list().unwrap().records.into_iter().map(|it| it.id).collect();
            assert!(ids.contains(&to.to_owned()) && !ids.contains(&from.to_owned()), "{ids:?}");
            assert!(!project.journal(&renamed.record).unwrap().entries().is_empty());
        }
        trial.target.record = project.exact("demo").unwrap();
        let taken = rename_record(&trial.target, "SEARCH");
        assert!(matches!(taken, Err(Fault::Whole(RecordFault::Taken { .. }))), "{taken:?}");
    }

    /// A repository with documents.
    struct Documents;

    impl Repository for Documents {
        fn versions(&self, _: &Path) -> Option<Versions> {
            None
        }

        fn committed(&self, _: &Path, _: &[PathBuf]) -> Option<Committed> {
            None
        }

        fn lines_with(&self, root: &Path, ids: &[String]) -> Vec<FoundLine> {
            assert_eq!(ids, ["demo", "demo"]);
            let line = |path: &str, number, text: &str| (root.join(path), number, text.to_owned());
            vec![
                line("README.md", 2, "a demo of it"),
                line("README.md", 3, "[r](incidents/demo.yaml)"),
                line("README.md", 4, "[r](incidents/demo.yaml)"),
                line("docs/a.md", 1, "demos.yaml"),
                line("incidents/search.yaml", 4, "demo.yaml"),
            ]
        }
    }

    #[test]
    fn documents_of_others_are_named_once_with_their_first_line() {
        let (mut trial, _) = referred();
        trial.target.workspace.git = &Documents;
        let renamed = rename_record(&trial.target, "other").unwrap();
        let named = [("incidents/other.yaml".to_owned(), 3), ("README.md".to_owned(), 3)];
        assert_eq!(renamed.named, named);
        assert_eq!(in_address("2024-09-07-왁"), "2024-09-07-%EC%99%81");
    }

    #[test]
    fn nothing_is_changed_where_the_new_id_is_taken_or_another_command_changes_several_records() {
        let (mut trial, search) = referred();
        let project = trial.target.workspace.project.clone();
        let journals = || project.journalled();
        let before = journals();
        let taken = rename_record(&trial.target, "search");
        let Err(Fault::Whole(RecordFault::Taken { record })) = taken else { panic!("{taken:?}") };
        assert_eq!((record.as_str(), journals()), ("search", before));
        let _alone = project.hold_joint_changes(&trial.target.wait).unwrap();
        trial.target.wait.limit = std::time::Duration::ZERO;
        assert!(rename_record(&trial.target, "other").is_err());
        assert_eq!(project.raw_text(&search).unwrap(), REFERS);
    }
}
