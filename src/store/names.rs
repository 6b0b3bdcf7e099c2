//! The names in the records folder: which are records, which are droppings of other programs.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::fault::StoreFault;

/// One record's file, not yet opened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordName {
    /// The file's stem in NFC: the record's id.
    pub id: String,
    /// The file as it is spelt on disk.
    pub path: PathBuf,
}

/// What lies in the records folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Records by id.
    pub records: Vec<RecordName>,
    /// Files that would be records, had their names been UTF-8.
    pub misnamed: Vec<PathBuf>,
    /// Copies that a sync program, a merge or a download left: they may hold events.
    pub copies: Vec<PathBuf>,
}

/// Reads the folder's names, nothing else.
pub(super) fn list(folder: &Path) -> Result<Listing, StoreFault> {
    let mut listing = Listing::default();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(listing),
        Err(e) => return Err(StoreFault::io("read the folder", folder, e)),
    };
    for entry in entries {
        let path = entry.map_err(|e| StoreFault::io("read the folder", folder, e))?.path();
        match sort(&path) {
            Sort::Record(id) => listing.records.push(RecordName { id, path }),
            Sort::Copy => listing.copies.push(path),
            Sort::Misnamed => listing.misnamed.push(path),
            Sort::Other => {}
        }
    }
    listing.records.sort();
    set_numbered_copies_apart(&mut listing);
    listing.copies.sort();
    Ok(listing)
}

enum Sort {
    Record(String),
    Copy,
    Misnamed,
    Other,
}

fn sort(path: &Path) -> Sort {
    let name = path.file_name().unwrap_or_default();
    let Some(name) = name.to_str() else {
        let record = name.as_encoded_bytes().ends_with(b".yaml");
        return if record { Sort::Misnamed } else { Sort::Other };
    };
    let Some(stem) = name.strip_suffix(".yaml") else { return Sort::Other };
    if stem.is_empty() || stem.starts_with(['.', '#', '~']) {
        return Sort::Other;
    }
    let merge_copy =
        ["_BACKUP_", "_LOCAL_", "_REMOTE_", "_BASE_"].iter().any(|mark| stem.contains(mark));
    if merge_copy || stem.contains("sync-conflict") || stem.contains("conflicted copy") {
        return Sort::Copy;
    }
    Sort::Record(if stem.is_ascii() { stem.to_owned() } else { stem.nfc().collect() })
}

/// `exam (1).yaml` beside `exam.yaml` is a copy of it.
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

/// NFC and lower case: how names are compared.
pub(super) fn folded(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}
