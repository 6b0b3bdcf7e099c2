//! The list of outputs: what asrun wrote for people, with the hash of each file, so that later changes by others are
//! noticed.
//!
//! It is committed with the outputs, at the top of the project or of the repository. Each record has its own file, so
//! that branches that render different records change no common line, with one sorted line per path. Malformed lines,
//! such as conflict markers, are ignored, and all of it may be deleted: existing outputs then count as the user's.

use std::collections::{BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::fault::{Doing, StoreFault, Unfit};

use super::disk::{self, Access, OwnFile};
use super::file;
use super::sha256::sha256_of;

/// The folder with the lists.
pub(super) const LISTS: &str = ".asrun-outputs";
/// The folder in asrun's own for lists of outputs outside any repository.
pub(super) const OUTSIDE: &str = "outputs";
/// The list of outputs without a record.
const OF_NO_RECORD: &str = "others";
/// The largest list of one record, in bytes.
const LIMIT: u64 = 4 * 1024 * 1024;
const HEAD: &str = "# What asrun wrote: path, SHA-256, what it is. Commit it; it may be deleted.\n";

/// One file that asrun wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// Its path from the top, with slashes.
    pub(super) path: String,
    /// The hash of its content.
    pub(super) hash: String,
    /// Its kind: outputs of one kind and one record in one folder are one document.
    pub(super) kind: String,
}

/// The lists of one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lists {
    pub(super) folder: PathBuf,
}

/// Everything listed in one place.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// For each path, what was written there, each with the record's list.
    written: HashMap<String, Vec<(String, String)>>,
}

impl Listed {
    /// Returns the hashes of what asrun wrote to that path.
    pub(super) fn of(&self, path: &str) -> Vec<String> {
        self.at(path).map(|(_, hash)| hash.clone()).collect()
    }

    /// Returns the records that something was written to that path for.
    pub(super) fn records_of(&self, path: &str) -> impl Iterator<Item = &str> {
        self.at(path).map(|(record, _)| record.as_str())
    }

    /// Returns the records that content with that hash was written to that path for.
    pub(super) fn records_with(&self, path: &str, hash: &str) -> impl Iterator<Item = &str> {
        self.at(path).filter(move |(_, written)| written == hash).map(|(record, _)| record.as_str())
    }

    fn at(&self, path: &str) -> impl Iterator<Item = &(String, String)> {
        self.written.get(path).into_iter().flatten()
    }
}

/// Returns the hash of a file's bytes. Line ends of a text are normalized, as git may change them.
pub(super) fn hash(bytes: &[u8]) -> String {
    let plain = std::str::from_utf8(bytes).ok().filter(|text| text.contains("\r\n"));
    let unix = plain.map(|text| text.replace("\r\n", "\n"));
    sha256_of([unix.as_deref().map_or(bytes, str::as_bytes)])
}

impl Lists {
    /// Returns the list of a record, or of outputs without one.
    pub(super) fn of(&self, record: Option<&str>) -> Vec<Line> {
        self.read(record.unwrap_or(OF_NO_RECORD))
    }

    /// Returns everything listed, for any record.
    pub(super) fn all(&self) -> Listed {
        let names = if self.is_there() { file::names_in(&self.folder) } else { Vec::new() };
        let mut listed = Listed::default();
        for name in names {
            for line in self.read(&name) {
                let written = listed.written.entry(line.path).or_default();
                written.push((name.clone(), line.hash));
            }
        }
        listed
    }

    /// Returns the listed paths, from the top.
    pub(super) fn paths(&self) -> Vec<String> {
        let names = if self.is_there() { file::names_in(&self.folder) } else { Vec::new() };
        names.iter().flat_map(|name| self.read(name)).map(|line| line.path).collect()
    }

    fn read(&self, name: &str) -> Vec<Line> {
        if !self.is_there() {
            return Vec::new();
        }
        let read = file::read_own(&self.folder.join(name), LIMIT);
        read.map(|contents| lines(&String::from_utf8_lossy(&contents.bytes))).unwrap_or_default()
    }

    /// Moves what is listed of a record to the list of another id.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn move_list(&self, from: &str, to: &str) -> Result<(), StoreFault> {
        let (old, new) = (self.folder.join(from), self.folder.join(to));
        if !self.is_there() || std::fs::symlink_metadata(&old).is_err() {
            return Ok(());
        }
        let failed = |e| StoreFault::io(Doing::Write, &new, e);
        if std::fs::symlink_metadata(&new).is_err() {
            return disk::rename_new(&old, &new).map_err(failed);
        }
        // Of a record that had this id before.
        self.note(Some(to), &self.of(Some(from)), &[])?;
        disk::remove(&old).map_err(failed)
    }

    /// Whether it is a folder, not a link to one.
    fn is_there(&self) -> bool {
        std::fs::symlink_metadata(&self.folder).is_ok_and(|there| there.is_dir())
    }

    /// Adds what was written of a record to its list, and removes what is gone.
    ///
    /// # Errors
    /// The system refuses, or a link is in the way.
    pub(super) fn note(
        &self,
        record: Option<&str>,
        written: &[Line],
        gone: &[String],
    ) -> Result<(), StoreFault> {
        let path = self.folder.join(record.unwrap_or(OF_NO_RECORD));
        let failed = |e| StoreFault::io(Doing::Write, &path, e);
        if std::fs::symlink_metadata(&self.folder).is_ok_and(|there| !there.is_dir()) {
            return Err(StoreFault::unfit(&self.folder, Unfit::NoOwnFolder));
        }
        if self.of(record).iter().filter(|line| written.contains(line)).count() == written.len()
            && gone.is_empty()
        {
            return Ok(());
        }
        disk::make_folders(&self.folder).map_err(failed)?;
        let file = OwnFile::open(&path, Access::Rewrite).map_err(failed)?;
        // Another process rendering the same record may write it at the same time.
        file.lock().map_err(failed)?;
        let old = file.read_start(LIMIT).map_err(failed)?;
        let mut all: BTreeSet<Line> = lines(&String::from_utf8_lossy(&old)).into_iter().collect();
        let stays = |line: &Line| {
            !gone.contains(&line.path) && !written.iter().any(|new| new.path == line.path)
        };
        all.retain(stays);
        all.extend(written.iter().cloned());
        file.rewrite(text(&all).as_bytes()).map_err(failed)
    }
}

/// Returns the valid lines of a list: each names a file below its top.
fn lines(text: &str) -> Vec<Line> {
    let is_below = |path: &str| {
        let mut parts = Path::new(path).components();
        !path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
    };
    let line = |line: &str| {
        let mut parts = line.split('\t');
        let (path, hash, kind) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        (is_hash && parts.next().is_none() && is_below(path)).then(|| Line {
            path: path.to_owned(),
            hash: hash.to_owned(),
            kind: kind.to_owned(),
        })
    };
    text.lines().filter_map(line).collect()
}

fn text(lines: &BTreeSet<Line>) -> String {
    let line = |Line { path, hash, kind }: &Line| format!("{path}\t{hash}\t{kind}\n");
    format!("{HEAD}{}", lines.iter().map(line).collect::<String>())
}

/// Returns a path below that top as written in a list; `None` if a line cannot contain it.
pub(super) fn key(top: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(top).ok()?.iter();
    let parts: Option<Vec<&str>> = parts.map(|part| part.to_str()).collect();
    let key: String = parts?.join("/").nfc().collect();
    (!key.is_empty() && !key.contains(|c: char| c.is_control())).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, content: &str) -> Line {
        Line { path: path.to_owned(), hash: hash(content.as_bytes()), kind: "page.md".to_owned() }
    }

    #[test]
    fn a_list_is_sorted_and_reads_back_whatever_git_put_into_it() {
        let home = tempfile::tempdir().unwrap();
        let lists = Lists { folder: home.path().join(LISTS) };
        assert!(lists.of(Some("a")).is_empty());
        lists.note(Some("a"), &[line("b.md", "b"), line("a.md", "a")], &[]).unwrap();
        lists.note(Some("a"), &[line("c.md", "c"), line("b.md", "new")], &[]).unwrap();
        assert_eq!(
            lists.of(Some("a")),
            [line("a.md", "a"), line("b.md", "new"), line("c.md", "c")]
        );
        let path = lists.folder.join("a");
        let torn = std::fs::read_to_string(&path).unwrap();
        let torn = format!("<<<<<<< ours\r\n{torn}=======\nx\ty\tz\n>>>>>>> theirs\nhalf");
        std::fs::write(&path, torn).unwrap();
        assert_eq!(lists.of(Some("a")).len(), 3);
        lists.note(Some("a"), &[line("d.md", "d")], &["a.md".to_owned()]).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let paths: Vec<&str> = text.lines().map(|line| &line[..4]).collect();
        assert_eq!(paths, [&HEAD[..4], "b.md", "c.md", "d.md"]);
        lists.note(None, &[line("c.md", "other")], &[]).unwrap();
        assert_eq!(lists.all().of("c.md"), [hash(b"c"), hash(b"other")]);
        assert!(lists.all().of("a.md").is_empty());
    }

    #[test]
    fn a_list_names_no_file_outside_its_folder() {
        let home = tempfile::tempdir().unwrap();
        let lists = Lists { folder: home.path().join(LISTS) };
        let planted = ["/etc/passwd", "../secret", "a/../../secret", ".", "", "a/b.md"];
        let planted: String =
            planted.map(|path| format!("{path}\t{}\tpage.md\n", hash(b""))).concat();
        std::fs::create_dir(&lists.folder).unwrap();
        std::fs::write(lists.folder.join("one"), planted).unwrap();
        assert_eq!(lists.paths(), ["a/b.md"]);
    }

    #[test]
    fn a_list_goes_with_its_record_and_keeps_what_was_there() {
        let home = tempfile::tempdir().unwrap();
        let lists = Lists { folder: home.path().join(LISTS) };
        lists.move_list("a", "b").unwrap();
        assert!(!lists.folder.exists());
        lists.note(Some("a"), &[line("a.md", "a")], &[]).unwrap();
        lists.move_list("a", "b").unwrap();
        assert_eq!((lists.of(Some("a")), lists.of(Some("b"))), (vec![], vec![line("a.md", "a")]));
        lists.note(Some("c"), &[line("c.md", "c")], &[]).unwrap();
        lists.move_list("b", "c").unwrap();
        assert_eq!(lists.of(Some("c")), [line("a.md", "a"), line("c.md", "c")]);
        assert!(!lists.folder.join("b").exists());
    }

    #[test]
    fn line_ends_of_a_text_do_not_count_and_bytes_do() {
        assert_eq!(hash(b"a\r\nb\r\n"), hash(b"a\nb\n"));
        assert_ne!(hash(b"\xff\r\n"), hash(b"\xff\n"));
        assert_eq!(
            hash(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "FIPS 180-2, appendix B.1"
        );
    }

    #[test]
    fn a_path_that_does_not_fit_a_line_is_not_listed() {
        let top = Path::new("/p");
        for (path, listed) in [
            ("/p/a/b.md", Some("a/b.md")),
            ("/p/e\u{301}.md", Some("é.md")),
            ("/p/a\tb", None),
            ("/p/a\nb", None),
            ("/p", None),
            ("/q/a", None),
        ] {
            assert_eq!(key(top, Path::new(path)).as_deref(), listed, "{path:?}");
        }
    }
}
