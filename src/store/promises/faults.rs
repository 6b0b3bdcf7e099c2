//! Makes every call of every operation that writes fail, once and from then on, which is how a killed process ends.
//! What was there stays, what is acknowledged is there, and the next command works.

use rustix::io::Errno;

use super::super::disk::Call;
use super::super::disk::trial::{Fails, Step, failing, meanwhile, watch};
use super::*;

/// Returns the files that belong to people.
fn theirs(house: &House) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&house.root);
    files.retain(|name, _| {
        !name.starts_with(".asrun") && !name.ends_with('/') && !name.ends_with(".tmp")
    });
    files
}

/// One operation, with its calls failing in one way.
struct Attempt {
    house: House,
    before: BTreeMap<String, Vec<u8>>,
    outcome: Result<Answer, StoreFault>,
    steps: Vec<Step>,
}

fn attempt(deed: &Deed, fails: Fails, errno: Errno) -> Attempt {
    let house = House::new();
    let before = theirs(&house);
    let (outcome, steps) = failing(fails, errno, || (deed.does)(&house));
    Attempt { house, before, outcome, steps }
}

/// Returns the result of an operation when nothing fails.
fn whole(deed: &Deed) -> (BTreeMap<String, Vec<u8>>, usize) {
    let house = House::new();
    let (outcome, steps) = watch(|| (deed.does)(&house));
    assert!(outcome.is_ok(), "{}", deed.name);
    (theirs(&house), steps.len())
}

/// Checks that each file is entirely old or new: all new once acknowledged, all old if a change of the record was
/// refused.
fn judge(what: &str, attempt: &Attempt, after: &BTreeMap<String, Vec<u8>>) {
    let there = theirs(&attempt.house);
    for (name, bytes) in &there {
        let old = attempt.before.get(name) == Some(bytes);
        let new = after.get(name) == Some(bytes);
        assert!(old || new, "{what}: {name} holds {:?}", String::from_utf8_lossy(bytes));
    }
    for name in attempt.before.keys() {
        assert!(there.contains_key(name), "{what}: {name} is gone");
    }
    match &attempt.outcome {
        Ok(_) => assert_eq!(&there, after, "{what}: acknowledged, but not there"),
        Err(fault) => {
            let told = said(fault);
            assert!(!told.is_empty() && !told.contains("os error"), "{what}: {told}");
            let old = there == attempt.before;
            // Several files are created one after the other; one created earlier stays.
            let partly = what.starts_with("init");
            assert!(old || partly || told.contains("written, but"), "{what}: {told}");
        }
    }
}

#[test]
fn each_call_may_fail_once() {
    for deed in DEEDS {
        let (after, calls) = whole(deed);
        for at in 0..calls {
            for errno in [Errno::IO, Errno::NOSPC, Errno::ACCESS] {
                let attempt = attempt(deed, Fails::Once(at), errno);
                let call = attempt.steps[at].told(&attempt.house.root);
                let what = format!("{}, {call} fails once with {errno:?}", deed.name);
                judge(&what, &attempt, &after);
                let left = attempt.house.left_over();
                let may_stay = attempt.steps[at].call == Call::Remove;
                assert!(left.is_empty() || may_stay, "{what}: left {left:?}");
                let Attempt { house, .. } = attempt;
                house.log("next").unwrap_or_else(|fault| panic!("{what}: then {fault:?}"));
                assert!(house.text().contains("next"), "{what}");
            }
        }
    }
}

#[test]
fn a_program_may_be_killed_at_each_call() {
    for deed in DEEDS {
        let (after, calls) = whole(deed);
        for at in 0..calls {
            let attempt = attempt(deed, Fails::From(at), Errno::IO);
            let call = attempt.steps[at].told(&attempt.house.root);
            let what = format!("{}, killed at {call}", deed.name);
            judge(&what, &attempt, &after);
            let house = &attempt.house;
            house.log("next").unwrap_or_else(|fault| panic!("{what}: then {fault:?}"));
            assert!(house.text().contains("next"), "{what}");
            // A process killed while saving this record left its temporary file to the next save.
            if ["log", "save another text", "mend"].contains(&deed.name) {
                assert_eq!(house.left_over(), Vec::<String>::new(), "{what}");
            }
        }
    }
}

/// A half-written record would be noticed here: the trial writes half and then fails.
#[test]
fn a_disk_that_is_full_half_way_is_seen() {
    let house = House::new();
    let path = house.root.join("half");
    let file = super::super::disk::OwnFile::open(&path, super::super::disk::Access::Rewrite);
    let file = file.unwrap();
    let (written, _) = failing(Fails::Once(0), Errno::NOSPC, || file.rewrite(b"1234"));
    assert_eq!(written.unwrap_err().raw_os_error(), Some(Errno::NOSPC.raw_os_error()));
    assert_eq!(fs::read(&path).unwrap(), b"12");
}

#[test]
fn a_folder_that_cannot_be_synced_is_reported_but_not_as_a_loss() {
    let house = House::new();
    house.log("before").unwrap();
    let (saved, _) =
        failing(Fails::Every(Call::SyncFolder), Errno::IO, || house.log("not lost").unwrap());
    let told = said(&saved.synced.unwrap_err());
    assert!(told.contains("written, but the folder could not be synced"), "{told}");
    assert!(told.contains("출시.yaml"), "{told}");
    assert!(house.text().contains("not lost"));
}

#[test]
fn a_journal_that_cannot_be_written_is_reported() {
    let house = House::new();
    house.log("before").unwrap();
    let journal = house.root.join(".asrun/출시.journal");
    fs::remove_file(&journal).unwrap();
    fs::create_dir(&journal).unwrap();
    let saved = house.log("in the record").unwrap();
    let told = said(&saved.journal.unwrap_err());
    assert!(told.contains("출시.journal"), "{told}");
    assert!(house.text().contains("in the record"));
}

/// Returns a new record, and its journal entry.
fn begun(house: &House) -> (RecordName, crate::format::JournalEntry) {
    let begun =
        house.project.begin_record("new", RECORD, "t", (&command("new"), Vec::new()), &lock_wait());
    let record = begun.unwrap().0;
    let entry = house.project.journal(&record).unwrap().entries()[0].clone();
    (record, entry)
}

#[test]
fn a_record_is_deleted_completely_or_not_at_all() {
    let takes = |house: &House, (record, entry): &(RecordName, crate::format::JournalEntry)| {
        house.project.take_record_away(record, &command("undo"), entry, &lock_wait())
    };
    let house = House::new();
    let begun_there = begun(&house);
    let (taken, steps) = watch(|| takes(&house, &begun_there));
    taken.unwrap();
    for (at, step) in steps.iter().enumerate() {
        for fails in [Fails::Once(at), Fails::From(at)] {
            let house = House::new();
            let begun = begun(&house);
            let (outcome, _) = failing(fails, Errno::IO, || takes(&house, &begun));
            let (record, entry) = &begun;
            let what = step.told(&house.root);
            assert_eq!(record.path.exists(), outcome.is_err(), "{what}: {outcome:?}");
            if outcome.is_ok() {
                assert_eq!(house.project.records_taken_away().len(), 1, "{what}");
            }
            // Whatever the outcome, it can be restored.
            let back =
                house.project.bring_record_back(record, &command("redo"), entry, &lock_wait());
            back.unwrap_or_else(|fault| panic!("{what}: {fault:?}"));
            assert_eq!(fs::read_to_string(&record.path).unwrap(), RECORD, "{what}");
            takes(&house, &begun).unwrap_or_else(|fault| panic!("{what}: then {fault:?}"));
        }
    }
}

/// Returns a record with a file and a line written by hand.
fn with_file(house: &House) -> (RecordName, String) {
    let (record, _) = begun(house);
    let text = format!("{RECORD}# by hand\n");
    fs::write(&record.path, &text).unwrap();
    house.project.add_asset("new", &AssetSource::new("a.png", vec![7])).unwrap();
    (record, text)
}

#[test]
fn a_record_is_deleted_whole_or_not_at_all() {
    let deletes = |house: &House, record: &RecordName| {
        house.project.delete_record(record, &command("delete"), Noted::default(), &lock_wait())
    };
    let house = House::new();
    let (record, _) = with_file(&house);
    let (deleted, steps) = watch(|| deletes(&house, &record));
    deleted.unwrap();
    for (at, step) in steps.iter().enumerate() {
        for fails in [Fails::Once(at), Fails::From(at)] {
            let house = House::new();
            let (record, text) = with_file(&house);
            let (outcome, _) = failing(fails, Errno::IO, || deletes(&house, &record));
            let what = step.told(&house.root);
            assert_eq!(record.path.exists(), outcome.is_err(), "{what}: {outcome:?}");
            let journal = house.project.journal(&record).unwrap();
            // Where no more than one call failed, what stays was never deleted.
            let is_noted = outcome.is_ok() || matches!(fails, Fails::From(_));
            assert!(is_noted || journal.deletion().is_none(), "{what}: {outcome:?}");
            if let Some(deletion) = journal.deletion() {
                let known = house.project.records_deleted().len();
                assert_eq!(known, usize::from(outcome.is_ok()), "{what}");
                // Whatever the outcome, it can be restored.
                let back =
                    house.project.restore_record(&record, &command("undo"), deletion, &lock_wait());
                back.unwrap_or_else(|fault| panic!("{what}: {fault:?}"));
            }
            assert_eq!(fs::read_to_string(&record.path).unwrap(), text, "{what}");
            assert_eq!(house.project.asset_names("new").unwrap(), ["a.png"], "{what}");
            deletes(&house, &record).unwrap_or_else(|fault| panic!("{what}: then {fault:?}"));
        }
    }
}

#[test]
fn a_record_has_one_name_whatever_fails_while_it_gets_another() {
    let renames = |house: &House, record: &RecordName| {
        house.project.rename_record(
            record,
            "other",
            &command("rename"),
            Noted::default(),
            &lock_wait(),
        )
    };
    let house = House::new();
    let (record, _) = with_file(&house);
    let (renamed, steps) = watch(|| renames(&house, &record));
    renamed.unwrap();
    for (at, step) in steps.iter().enumerate() {
        for fails in [Fails::Once(at), Fails::From(at)] {
            let house = House::new();
            let (record, text) = with_file(&house);
            let (outcome, _) = failing(fails, Errno::IO, || renames(&house, &record));
            let what = step.told(&house.root);
            let other = house.project.exact("other");
            assert_ne!(record.path.exists(), other.is_some(), "{what}: {outcome:?}");
            // A refused one keeps its name; if every further call fails, its old name may be out of reach.
            let keeps_name = matches!(fails, Fails::From(_)) || record.path.exists();
            assert!(outcome.is_ok() || keeps_name, "{what}: {outcome:?}");
            if record.path.exists() {
                assert_eq!(house.project.asset_names("new").unwrap(), ["a.png"], "{what}");
            }
            let there = other.as_ref().unwrap_or(&record);
            assert_eq!(fs::read_to_string(&there.path).unwrap(), text, "{what}");
            if outcome.is_ok() {
                assert!(other.is_some(), "{what}");
                assert_eq!(house.project.asset_names("other").unwrap(), ["a.png"], "{what}");
                // A journal that could not be moved is moved the next time.
                assert!(house.project.strays().unwrap().is_empty(), "{what}");
                let known = house.project.journal(other.as_ref().unwrap()).unwrap();
                assert_eq!(known.entries().last().unwrap().verb, "rename", "{what}");
            }
        }
    }
}

#[test]
fn what_is_saved_while_a_record_or_a_copy_is_removed_stays() {
    let house = House::new();
    let (record, entry) = begun(&house);
    let theirs = format!("{RECORD}# theirs\n");
    let quiet = (Fails::Never, Errno::IO);
    let (path, text) = (record.path.clone(), theirs.clone());
    let save = move |_: &Path| fs::write(&path, &text).unwrap();
    let (taken, _) = meanwhile(&[Call::Rename], quiet, save, || {
        house.project.take_record_away(&record, &command("undo"), &entry, &lock_wait())
    });
    assert!(taken.is_err());
    assert_eq!(fs::read_to_string(&record.path).unwrap(), theirs);
    assert!(house.project.records_taken_away().is_empty());
    let (path, text) = (record.path.clone(), theirs.replace("theirs", "theirs again"));
    let save = move |from: &Path| {
        if from == path {
            fs::write(&path, &text).unwrap();
        }
    };
    let (deleted, _) = meanwhile(&[Call::Rename, Call::Remove], quiet, save, || {
        house.project.delete_record(&record, &command("delete"), Noted::default(), &lock_wait())
    });
    assert!(deleted.is_err());
    assert!(fs::read_to_string(&record.path).unwrap().ends_with("theirs again\n"));
    assert!(house.project.records_deleted().is_empty());
    let asset = house.project.add_asset("new", &AssetSource::new("a.png", vec![7])).unwrap();
    let copy = asset.copied().unwrap();
    let path = house.project.assets_folder("new").join("a.png");
    let there = path.clone();
    let save = move |from: &Path| {
        if from == there {
            fs::write(&there, "theirs").unwrap();
        }
    };
    let (taken, _) =
        meanwhile(&[Call::Rename], quiet, save, || house.project.take_copy_away("new", &copy));
    assert_eq!(taken.unwrap(), super::super::CopyFate::Changed);
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
}
