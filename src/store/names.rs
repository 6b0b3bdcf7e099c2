//! The names in the records folder: which are records, which are leftovers of other programs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::fault::{Doing, StoreFault};
use crate::model::is_name_of_copy;

/// One record's file, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordName {
    /// The file's stem in NFC: the record's id.
    pub id: String,
    /// The file as it is spelt on disk.
    pub path: PathBuf,
}

/// The content of the records folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Records by id.
    pub records: Vec<RecordName>,
    /// Files that would be records if their names were UTF-8.
    pub misnamed: Vec<PathBuf>,
    /// Copies left by a sync program, a merge or a download: they may contain events.
    pub copies: Vec<PathBuf>,
}

/// Reads the names in the folder, nothing else.
pub(super) fn list(folder: &Path) -> Result<Listing, StoreFault> {
    let mut listing = Listing::default();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(listing),
        Err(e) => return Err(StoreFault::io(Doing::ReadFolder, folder, e)),
    };
    for entry in entries {
        let entry = entry.map_err(|e| StoreFault::io(Doing::ReadFolder, folder, e))?;
        match file_kind(&entry.file_name()) {
            FileKind::Record(id) => listing.records.push(RecordName { id, path: entry.path() }),
            FileKind::Copy => listing.copies.push(entry.path()),
            FileKind::Misnamed => listing.misnamed.push(entry.path()),
            FileKind::Other => {}
        }
    }
    listing.records.sort();
    set_numbered_copies_apart(&mut listing);
    listing.copies.sort();
    Ok(listing)
}

enum FileKind {
    Record(String),
    Copy,
    Misnamed,
    Other,
}

fn file_kind(name: &OsStr) -> FileKind {
    let Some(name) = name.to_str() else {
        let record = name.as_encoded_bytes().ends_with(b".yaml");
        return if record { FileKind::Misnamed } else { FileKind::Other };
    };
    let Some(stem) = name.strip_suffix(".yaml") else { return FileKind::Other };
    if stem.is_empty() || stem.starts_with(['.', '#', '~']) {
        return FileKind::Other;
    }
    if is_name_of_copy(stem) {
        return FileKind::Copy;
    }
    FileKind::Record(if stem.is_ascii() { stem.to_owned() } else { stem.nfc().collect() })
}

/// Moves `exam (1).yaml` beside `exam.yaml` to the copies.
fn set_numbered_copies_apart(listing: &mut Listing) {
    let numbered = |id: &str| {
        let (base, number) = id.strip_suffix(')')?.rsplit_once(" (")?;
        number.bytes().all(|b| b.is_ascii_digit()).then(|| base.to_owned())
    };
    let bases: Vec<String> = listing.records.iter().filter_map(|r| numbered(&r.id)).collect();
    if bases.is_empty() {
        return;
    }
    let there = |base: &String| listing.records.binary_search_by(|r| r.id.cmp(base)).is_ok();
    let bases: Vec<String> = bases.into_iter().filter(there).collect();
    let is_copy = |id: &str| numbered(id).is_some_and(|base| bases.contains(&base));
    let (copies, records) =
        std::mem::take(&mut listing.records).into_iter().partition(|r| is_copy(&r.id));
    listing.records = records;
    listing.copies.extend(Vec::into_iter(copies).map(|record: RecordName| record.path));
}

/// Returns the text in NFC and lower case, for comparing names.
pub(super) fn folded(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what a folder of files with these names contains: records, copies and misnamed files.
    fn listed(names: &[&str]) -> (Vec<String>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let listing = list(folder.path()).unwrap();
        let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let records = listing.records.iter().map(|record| record.id.clone()).collect();
        (records, listing.copies.iter().map(name).collect())
    }

    #[test]
    fn leftovers_of_other_programs_are_no_records() {
        for name in [
            ".yaml",
            ".a.yaml",
            "#a.yaml",
            "~a.yaml",
            "a.yaml~",
            "a.yml",
            "a.yaml.orig",
            "a",
            "a.yaml.tmp",
        ] {
            assert_eq!(listed(&[name]), (vec![], vec![]), "{name}");
        }
        for name in [
            "a.yaml",
            "a b.yaml",
            "왁뮤-출시.yaml",
            "a~.yaml",
            "a#b.yaml",
            "2024.yaml",
            "2024-09-07-sync-conflict-in-the-app.yaml",
        ] {
            let (records, copies) = listed(&[name]);
            assert_eq!(format!("{}.yaml", records[0]), name);
            assert!(copies.is_empty(), "{name}");
        }
    }

    #[test]
    fn copies_are_set_apart_and_named() {
        for name in [
            "a.sync-conflict-20240907-ABC.yaml",
            "a (conflicted copy 2024-09-07).yaml",
            "a_BACKUP_1.yaml",
            "a_LOCAL_1.yaml",
            "a_REMOTE_1.yaml",
            "a_BASE_1.yaml",
        ] {
            assert_eq!(listed(&["a.yaml", name]), (vec!["a".to_owned()], vec![name.to_owned()]));
        }
    }

    #[test]
    fn a_numbered_copy_is_one_beside_its_original_only() {
        let both = listed(&["a.yaml", "a (1).yaml", "b (2).yaml", "c (x).yaml", "c.yaml"]);
        assert_eq!(both.0, ["a", "b (2)", "c", "c (x)"]);
        assert_eq!(both.1, ["a (1).yaml"]);
    }

    #[test]
    fn a_missing_folder_is_empty_and_an_unreadable_one_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        assert!(list(&folder.path().join("none")).unwrap().records.is_empty());
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert!(list(&folder.path().join("file")).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_is_reported() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        for bytes in [b"\xff.yaml".as_slice(), b"\xff.txt"] {
            let name = std::ffi::OsStr::from_bytes(bytes);
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(list(folder.path()).unwrap().misnamed.len(), 1);
    }
}
