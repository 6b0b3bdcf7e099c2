//! Screenshots and files of a record: copied in under safe names, never outside its folder.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use unicode_normalization::UnicodeNormalization;

use crate::fault::{AssetDoubt, Doing, StoreFault, Unfit};
use crate::format::CopiedFile;

use super::disk;
use super::file;
use super::listed::hash;
use super::names::RecordName;
use super::project::{Project, SETTINGS_FILE};
use super::replace;

/// The largest file that can be attached, in bytes.
pub const LIMIT: u64 = 50 * 1024 * 1024;

/// The file extensions of pictures.
const PICTURES: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// A file to be attached, with its content and name.
#[derive(Debug)]
pub struct AssetSource {
    /// Its future name, safe on every system.
    pub name: String,
    bytes: Vec<u8>,
}

/// A file in a record's folder.
#[derive(Debug)]
pub struct Asset {
    /// Its name there.
    pub name: String,
    /// The hash of its bytes, if it was copied just now.
    new: Option<String>,
}

impl Asset {
    /// Returns the journal's entry for a file that was copied just now; none if it was already there.
    pub fn copied(&self) -> Option<CopiedFile> {
        let hash = self.new.clone()?;
        Some(CopiedFile { name: self.name.clone(), hash })
    }
}

/// Reads a file to be attached.
///
/// # Errors
/// It is no regular file, too large, or cannot be read.
pub fn read_attachment(path: &Path) -> Result<AssetSource, StoreFault> {
    let contents = file::read(path, LIMIT)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(AssetSource { name: safe_name(&name.unwrap_or_default()), bytes: contents.bytes })
}

/// The largest export that is read, in bytes.
const SOURCE_LIMIT: u64 = 512 * 1024 * 1024;

/// Reads a document or an export to be imported.
///
/// # Errors
/// It is no regular file, too large, or cannot be read.
pub fn read_source(path: &Path) -> Result<Vec<u8>, StoreFault> {
    Ok(file::read(path, SOURCE_LIMIT)?.bytes)
}

impl AssetSource {
    /// Returns an attachment from bytes without a file.
    pub fn new(name: &str, bytes: Vec<u8>) -> AssetSource {
        AssetSource { name: safe_name(name), bytes }
    }

    /// Returns it under another name, which is safe already.
    pub fn named(self, name: String) -> AssetSource {
        AssetSource { name, ..self }
    }

    /// Returns its size in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it is a picture by its name, and nothing in its content contradicts that.
    pub fn is_picture(&self) -> bool {
        let ending = self.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) && self.doubt().is_none()
    }

    /// Returns what is odd about it, if anything: content that does not match its extension.
    pub fn doubt(&self) -> Option<AssetDoubt> {
        let ending = self.name.rsplit('.').next().unwrap_or("").to_lowercase();
        if self.bytes.is_empty() {
            return Some(AssetDoubt::Empty);
        }
        let begins: &[&[u8]] = match ending.as_str() {
            "png" => &[b"\x89PNG\r\n\x1a\n"],
            "jpg" | "jpeg" => &[b"\xff\xd8\xff"],
            "gif" => &[b"GIF87a", b"GIF89a"],
            "webp" => &[b"RIFF"],
            _ => return None,
        };
        let fits = begins.iter().any(|start| self.bytes.starts_with(start));
        (!fits).then_some(AssetDoubt::NoSuchPicture { ending })
    }
}

impl Project {
    /// Returns the folder of a record's files.
    pub fn assets_folder(&self, id: &str) -> PathBuf {
        self.records_folder().join("assets").join(id)
    }

    /// Returns when the files behind a record's page were last changed, and their sizes: the record, the project's
    /// settings and its attachments.
    pub fn last_changes(&self, record: &RecordName) -> Vec<(PathBuf, Option<(SystemTime, u64)>)> {
        let folder = self.assets_folder(&record.id);
        let attached = self
            .asset_names(&record.id)
            .unwrap_or_default()
            .into_iter()
            .map(|name| folder.join(name));
        let files =
            [record.path.clone(), self.root.join(SETTINGS_FILE)].into_iter().chain(attached);
        let state = |path: &Path| {
            let there = path.symlink_metadata().ok()?;
            Some((there.modified().ok()?, there.len()))
        };
        files.map(|path| (path.clone(), state(&path))).collect()
    }

    /// Returns the names of a record's files, sorted; none if its folder leads out of the project.
    ///
    /// # Errors
    /// The folder is there and cannot be read.
    pub fn asset_names(&self, id: &str) -> Result<Vec<String>, StoreFault> {
        let folder = self.assets_folder(id);
        // Most records have none.
        if !file::is_there(&folder)? || file::inside(&self.root, &folder).is_err() {
            return Ok(Vec::new());
        }
        let names = file::names_of(&folder)?.into_iter();
        Ok(names.filter(|name| !name.starts_with('.') && folder.join(name).is_file()).collect())
    }

    /// Copies a file into the record's folder. One with the same content is reused; one with the same name but other
    /// content is never overwritten.
    ///
    /// # Errors
    /// The system refuses, or the folder is a link that leaves the project.
    pub fn add_asset(&self, id: &str, source: &AssetSource) -> Result<Asset, StoreFault> {
        let mut folder = self.assets_folder(id);
        if !self.dry_run {
            folder = self.make_folder(&folder)?;
        }
        for number in 1..10_000 {
            let name = numbered(&source.name, number);
            let path = folder.join(&name);
            let made = match self.dry_run {
                true if std::fs::symlink_metadata(&path).is_err() => {
                    return Ok(Asset { name, new: None });
                }
                true => Err(StoreFault::Exists { path: path.clone() }),
                false => replace::create(&path, &source.bytes),
            };
            match made {
                Ok(()) => return Ok(Asset { name, new: Some(hash(&source.bytes)) }),
                Err(StoreFault::Exists { .. }) => {
                    let there = file::read_own(&path, LIMIT);
                    if there.is_ok_and(|there| there.bytes == source.bytes) {
                        return Ok(Asset { name, new: None });
                    }
                }
                Err(fault) => {
                    remove_if_empty(&folder);
                    return Err(fault);
                }
            }
        }
        Err(StoreFault::unfit(&folder, Unfit::TooManyOfOneName))
    }

    /// Returns the name that a file gets in the record's folder, beside others that are to be added before it; and whether
    /// it is there already.
    pub fn asset_name(
        &self,
        id: &str,
        source: &AssetSource,
        before: &[AssetSource],
    ) -> (String, bool) {
        let folder = self.assets_folder(id);
        for number in 1.. {
            let name = numbered(&source.name, number);
            if let Some(known) = before.iter().find(|known| known.name == name) {
                if known.bytes == source.bytes {
                    return (name, false);
                }
                continue;
            }
            let path = folder.join(&name);
            if std::fs::symlink_metadata(&path).is_err() {
                return (name, false);
            }
            if self.asset(id, &name).is_ok_and(|there| there.as_ref() == Some(&source.bytes)) {
                return (name, true);
            }
        }
        (source.name.clone(), false)
    }

    /// Removes a copy that no record refers to.
    pub fn drop_asset(&self, id: &str, asset: &Asset) {
        if asset.new.is_some() {
            let folder = file::inside(&self.root, &self.assets_folder(id));
            let _ = folder.map(|folder| {
                replace::discard(&folder.join(&asset.name));
                remove_if_empty(&folder);
            });
        }
    }

    /// Returns the content of a record's file, for embedding; `None` if it does not exist.
    ///
    /// # Errors
    /// It is outside the project, not a regular file, or cannot be read.
    pub fn asset(&self, id: &str, name: &str) -> Result<Option<Vec<u8>>, StoreFault> {
        let path = self.assets_folder(id).join(name);
        let plain = !name.contains(['/', '\\', '\0']) && !name.starts_with('.');
        if !plain {
            return Err(StoreFault::unfit(&path, Unfit::NoAttachment));
        }
        if !file::is_there(&path)? {
            return Ok(None);
        }
        let real = file::inside(&self.assets_folder(id), &path)?;
        file::inside(&self.root, &real)?;
        file::read_own(&real, LIMIT).map(|contents| Some(contents.bytes))
    }

    /// Creates the folder step by step, following no link out of the project, and returns its path without links.
    pub(super) fn make_folder(&self, folder: &Path) -> Result<PathBuf, StoreFault> {
        disk::make_folders(&self.records_folder())
            .map_err(|e| StoreFault::io(Doing::MakeFolder, folder, e))?;
        let mut here = self.records_folder();
        let rest = folder.strip_prefix(&here).map(Path::to_owned).unwrap_or_default();
        here = file::inside(&self.root, &here)?;
        for part in rest.components() {
            here.push(part);
            disk::make_folders(&here).map_err(|e| StoreFault::io(Doing::MakeFolder, &here, e))?;
            here = file::inside(&self.root, &here)?;
        }
        Ok(here)
    }
}

/// Removes the folder of a record's files, and that of all records', if nothing is in them.
pub(super) fn remove_if_empty(folder: &Path) {
    for folder in folder.ancestors().take(2) {
        let _ = disk::remove_folder(folder);
    }
}

/// Returns `shot.png`, `shot-2.png`, `shot-3.png`, …
fn numbered(name: &str, number: usize) -> String {
    if number == 1 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{number}.{ending}"),
        None => format!("{name}-{number}"),
    }
}

/// Returns a safe name: NFC, letters and digits of any script, nothing special to a shell, a link or a file system.
fn safe_name(name: &str) -> String {
    let mut safe = String::new();
    for c in name.nfc() {
        let keep = c.is_alphanumeric()
            || matches!(c, '-' | '_' | '.')
            || unicode_normalization::char::is_combining_mark(c);
        let c = if keep { c } else { '-' };
        if c == '-' && safe.ends_with('-') {
            continue;
        }
        safe.push(c);
    }
    let safe = safe.trim_end_matches(['.', '-']);
    let (stem, ending) = match safe.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && (1..=8).contains(&ending.len()) => {
            (stem, Some(ending))
        }
        _ => (safe, None),
    };
    let stem = stem.trim_matches(['.', '-']);
    let mut stem: String = stem.chars().take(60).collect();
    if stem.is_empty() || crate::model::IncidentId::parse(&stem).is_err() {
        stem = format!("file-{stem}").trim_end_matches('-').to_owned();
    }
    match ending {
        Some(ending) => format!("{stem}.{}", ending.to_lowercase()).nfc().collect(),
        None => stem.nfc().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::promises::House;
    use super::*;

    fn added(house: &House, name: &str, bytes: &[u8]) -> String {
        house.project.add_asset("출시", &AssetSource::new(name, bytes.to_vec())).unwrap().name
    }

    #[test]
    fn one_content_is_kept_once_and_one_name_never_overwritten() {
        let house = House::new();
        assert_eq!(added(&house, "a.png", b"1"), "a.png");
        assert_eq!(added(&house, "a.png", b"1"), "a.png");
        assert_eq!(added(&house, "a.png", b"2"), "a-2.png");
        assert_eq!(added(&house, "a.png", b"3"), "a-3.png");
        assert_eq!(added(&house, "a.png", b"2"), "a-2.png");
        assert_eq!(added(&house, "log", b"1"), "log");
        assert_eq!(added(&house, "log", b"2"), "log-2");
        std::fs::write(house.project.assets_folder("출시").join(".hidden"), "").unwrap();
        std::fs::create_dir(house.project.assets_folder("출시").join("folder")).unwrap();
        let names = ["a-2.png", "a-3.png", "a.png", "log", "log-2"];
        assert_eq!(house.project.asset_names("출시").unwrap(), names);
        assert_eq!(house.project.asset("출시", "a-2.png").unwrap(), Some(b"2".to_vec()));
        assert!(house.project.asset_names("none").unwrap().is_empty());
    }

    #[test]
    fn only_a_new_copy_is_removed_again() {
        let house = House::new();
        let source = AssetSource::new("a.png", vec![1]);
        let first = house.project.add_asset("출시", &source).unwrap();
        let again = house.project.add_asset("출시", &source).unwrap();
        house.project.drop_asset("출시", &again);
        assert_eq!(house.project.asset_names("출시").unwrap(), ["a.png"]);
        house.project.drop_asset("출시", &first);
        assert!(house.project.asset_names("출시").unwrap().is_empty());
    }

    #[test]
    fn a_dry_run_says_which_name_it_would_be() {
        let mut house = House::new();
        added(&house, "a.png", b"1");
        house.project.dry_run = true;
        assert_eq!(added(&house, "a.png", b"1"), "a.png");
        assert_eq!(added(&house, "a.png", b"2"), "a-2.png");
        assert_eq!(house.project.asset_names("출시").unwrap(), ["a.png"]);
    }

    #[test]
    fn a_file_may_be_as_large_as_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("화면 1.PNG");
        let file = std::fs::File::create(&path).unwrap();
        file.set_len(50 * 1024 * 1024).unwrap();
        let source = read_attachment(&path).unwrap();
        assert_eq!((source.name.as_str(), source.bytes.len()), ("화면-1.png", 52_428_800));
        file.set_len(50 * 1024 * 1024 + 1).unwrap();
        let fault = read_attachment(&path).unwrap_err();
        let StoreFault::Unfit { why: Unfit::TooLarge { bytes, .. }, .. } = fault else {
            panic!("{fault:?}")
        };
        assert_eq!(bytes, 52_428_801);
        assert!(read_attachment(folder.path()).is_err());
    }

    #[test]
    fn a_file_whose_content_does_not_match_its_extension_is_doubted() {
        for (name, bytes, doubted) in [
            ("a.png", b"\x89PNG\r\n\x1a\n...".as_slice(), false),
            ("a.png", b"\x89PNG", true),
            ("a.PNG", b"GIF89a", true),
            ("a.jpg", b"\xff\xd8\xff\xe0", false),
            ("a.jpeg", b"\xff\xd8\xff\xe0", false),
            ("a.jpeg", b"\x89PNG\r\n\x1a\n", true),
            ("a.gif", b"GIF87a", false),
            ("a.gif", b"GIF89a", false),
            ("a.gif", b"GIF88a", true),
            ("a.webp", b"RIFF....WEBP", false),
            ("a.webp", b"webp", true),
            ("a.log", b"anything", false),
            ("png", b"anything", true),
            ("a.log", b"", true),
        ] {
            let doubt = AssetSource::new(name, bytes.to_vec()).doubt();
            assert_eq!(doubt.is_some(), doubted, "{name}: {doubt:?}");
        }
        let empty = AssetSource::new("a.png", Vec::new()).doubt();
        assert_eq!(empty, Some(AssetDoubt::Empty));
        let picture = AssetSource::new("a.jpg", vec![1]).doubt();
        assert_eq!(picture, Some(AssetDoubt::NoSuchPicture { ending: "jpg".to_owned() }));
    }

    #[test]
    fn names_become_safe() {
        for (given, safe) in [
            ("044.png", "044.png"),
            ("한글 스크린샷.PNG", "한글-스크린샷.png"),
            ("../../x.png", "x.png"),
            ("-rf", "rf"),
            ("a\nb.png", "a-b.png"),
            ("con.png", "file-con.png"),
            ("<img src=x>.png", "img-src-x.png"),
            (".hidden", "hidden"),
            ("", "file"),
            ("a", "a"),
            ("a--b  c.png", "a-b-c.png"),
            ("a.tar.gz", "a.tar.gz"),
            ("a.", "a"),
            ("a.123456789", "a.123456789"),
            ("a.12345678", "a.12345678"),
            ("-.-", "file"),
            ("trailing. ", "trailing"),
            ("e\u{301}.png", "é.png"),
            (&"x".repeat(61), &"x".repeat(60)),
            (&format!("{}.png", "한".repeat(61)), &format!("{}.png", "한".repeat(60))),
        ] {
            assert_eq!(safe_name(given), safe);
        }
    }
}
