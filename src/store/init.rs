//! Creates a project, and registers asrun's merge with git.

use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault, Text, Unfit};
use crate::format::Settings;
use crate::model::Day;

use super::disk;
use super::file;
use super::project::{Project, SCHEMA_FILE, SETTINGS_FILE, TEMPLATES, records_of, without_links};
use super::replace;

/// The day on which git was last asked for its merge, in asrun's own folder.
const LOOKED: &str = "merge";
/// The most that is read of it, in bytes.
const LIMIT: u64 = 16;

impl Project {
    /// Creates what a project lacks, with those settings and their text, and the JSON Schema if one is given; returns what
    /// was created, or would be in a dry run. Settings that are there already name the folder of records.
    ///
    /// # Errors
    /// The system refuses. Existing files are left as they are.
    pub fn init(
        root: &Path,
        settings: &Settings,
        text: &str,
        schema: Option<&str>,
        dry_run: bool,
    ) -> Result<Vec<PathBuf>, StoreFault> {
        let root = &without_links(root);
        let has_settings = std::fs::symlink_metadata(root.join(SETTINGS_FILE)).is_ok();
        let named = if has_settings { records_of(root) } else { String::new() };
        let records = if has_settings { &named } else { settings.records_folder() };
        let missing = Project::missing(root, records, schema.is_some());
        let is_folder =
            |path: &&PathBuf| [records, TEMPLATES].iter().any(|name| **path == root.join(name));
        if let Some(path) = missing.iter().filter(is_folder).find(|path| path.exists()) {
            return Err(StoreFault::unfit(path, Unfit::FileForFolder));
        }
        let outside = |path: &PathBuf| folder_that_leads_out(root, path);
        if let Some(fault) = missing.iter().filter(is_folder).find_map(outside) {
            return Err(fault);
        }
        if dry_run {
            return Ok(missing);
        }
        let is_new = |path: &&Path| *path != root && std::fs::symlink_metadata(path).is_err();
        let above = missing.iter().flat_map(|path| path.ancestors().take_while(is_new));
        let new: Vec<PathBuf> = above.map(Path::to_owned).collect();
        let mut files = Vec::new();
        let make = |path: &PathBuf| {
            let (file, bytes) = if path.ends_with(SETTINGS_FILE) {
                (path.clone(), text)
            } else if path.ends_with(SCHEMA_FILE) {
                (path.clone(), schema.unwrap_or_default())
            } else {
                disk::make_folders(path).map_err(|e| StoreFault::io(Doing::MakeFolder, path, e))?;
                // git stores no empty folders.
                (path.join(".gitkeep"), "")
            };
            replace::create(&file, bytes.as_bytes())?;
            files.push(file);
            Ok(())
        };
        missing.iter().try_for_each(make).inspect_err(|_| take_back(&files, &new))?;
        Ok(missing)
    }

    /// Returns what a project lacks: folders, then files.
    fn missing(root: &Path, records: &str, schema: bool) -> Vec<PathBuf> {
        let folders = [records, TEMPLATES].map(|folder| root.join(folder));
        let folders = folders.into_iter().filter(|path| !path.is_dir());
        let files = [Some(SETTINGS_FILE), schema.then_some(SCHEMA_FILE)];
        let files = files.into_iter().flatten().map(|file| root.join(file));
        folders.chain(files.filter(|path| std::fs::symlink_metadata(path).is_err())).collect()
    }

    /// Makes sure that `.gitattributes` names asrun's merge; returns whether it was added, or would be in a dry run.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn add_attributes(&self) -> Result<bool, StoreFault> {
        let (path, wanted) = (self.root.join(".gitattributes"), self.merge_attributes());
        let mut text = attributes(&path)?;
        if text.lines().any(|line| line.trim() == wanted) {
            return Ok(false);
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&wanted);
        text.push('\n');
        if !self.dry_run {
            replace::overwrite(&path, text.as_bytes())?;
        }
        Ok(true)
    }

    /// Returns whether `.gitattributes` assigns records to asrun's merge.
    pub fn has_attributes(&self) -> bool {
        let wanted = self.merge_attributes();
        attributes(&self.root.join(".gitattributes"))
            .is_ok_and(|text| text.lines().any(|line| line.trim() == wanted))
    }

    /// Returns whether git should be asked today if this clone is set up for asrun's merge, which `.gitattributes` names;
    /// once it has said so, not before another day.
    pub fn may_lack_merge(&self, today: Day) -> bool {
        if !self.has_attributes() {
            return false;
        }
        let today = today.to_string();
        let looked = self.own_file(LOOKED, LIMIT).ok().flatten();
        let is_new = looked.is_none_or(|day| day != today.as_bytes());
        // Where that cannot be kept, every command would ask again.
        let keep = |folder: PathBuf| replace::overwrite(&folder.join(LOOKED), today.as_bytes());
        is_new && self.own_folder().is_ok_and(|folder| keep(folder).is_ok())
    }

    /// Returns the line of `.gitattributes` that assigns records to asrun's merge (gitattributes(5)).
    pub fn merge_attributes(&self) -> String {
        let pattern = format!("{}/*.yaml", self.records);
        let quote = if pattern.contains(' ') || pattern.starts_with('#') { "\"" } else { "" };
        format!("{quote}{pattern}{quote} merge=asrun")
    }
}

/// Removes files that were made, and folders that were not there before, each before the one that it is in. A folder
/// that somebody has put something into stays.
fn take_back(files: &[PathBuf], folders: &[PathBuf]) {
    files.iter().for_each(|file| replace::discard(file));
    for folder in folders {
        let _ = disk::remove_folder(folder);
    }
}

/// Returns the fault of a folder that is to be made where a link leads out of the project.
fn folder_that_leads_out(root: &Path, path: &Path) -> Option<StoreFault> {
    let there = path.ancestors().take_while(|above| *above != root).find(|above| above.exists())?;
    file::inside(root, there).err()
}

/// The largest `.gitattributes` that is read, in bytes.
const ATTRIBUTES_LIMIT: u64 = 4 * 1024 * 1024;

/// Returns the text of a `.gitattributes`, empty if there is none.
fn attributes(path: &Path) -> Result<String, StoreFault> {
    match file::read_own(path, ATTRIBUTES_LIMIT) {
        Ok(contents) => String::from_utf8(contents.bytes)
            .map_err(|_| StoreFault::unfit(path, Unfit::NotUtf8(Text::Document))),
        Err(StoreFault::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            Ok(String::new())
        }
        Err(fault) => Err(fault),
    }
}
