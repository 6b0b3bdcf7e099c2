//! Creates a project, and registers asrun's merge with git.

use std::path::{Path, PathBuf};

use crate::fault::{Doing, StoreFault, Text, Unfit};

use super::disk;
use super::file;
use super::project::{MERGE_ATTRIBUTES, Project, RECORDS, SCHEMA_FILE, SETTINGS_FILE, TEMPLATES};
use super::replace;

impl Project {
    /// Creates what a project lacks, with that text of settings, and the JSON Schema if one is given; returns what was
    /// created, or would be in a dry run.
    ///
    /// # Errors
    /// The system refuses. Existing files are left as they are.
    pub fn init(
        root: &Path,
        settings: &str,
        schema: Option<&str>,
        dry_run: bool,
    ) -> Result<Vec<PathBuf>, StoreFault> {
        let missing = Project::missing(root, schema.is_some());
        let folder = |path: &&PathBuf| [RECORDS, TEMPLATES].iter().any(|name| path.ends_with(name));
        if let Some(path) = missing.iter().filter(folder).find(|path| path.exists()) {
            return Err(StoreFault::unfit(path, Unfit::FileForFolder));
        }
        if dry_run {
            return Ok(missing);
        }
        for path in &missing {
            if path.ends_with(SETTINGS_FILE) {
                replace::create(path, settings.as_bytes())?;
            } else if path.ends_with(SCHEMA_FILE) {
                replace::create(path, schema.unwrap_or_default().as_bytes())?;
            } else {
                disk::make_folders(path).map_err(|e| StoreFault::io(Doing::MakeFolder, path, e))?;
                // git stores no empty folders.
                replace::create(&path.join(".gitkeep"), b"")?;
            }
        }
        Ok(missing)
    }

    /// Returns what a project lacks: folders, then files.
    fn missing(root: &Path, schema: bool) -> Vec<PathBuf> {
        let folders = [RECORDS, TEMPLATES].map(|folder| root.join(folder));
        let folders = folders.into_iter().filter(|path| !path.is_dir());
        let files = [Some(SETTINGS_FILE), schema.then_some(SCHEMA_FILE)];
        let files = files.into_iter().flatten().map(|file| root.join(file));
        folders.chain(files.filter(|path| std::fs::symlink_metadata(path).is_err())).collect()
    }

    /// Makes sure that `.gitattributes` names asrun's merge; returns whether it was added.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn add_attributes(folder: &Path) -> Result<bool, StoreFault> {
        let path = folder.join(".gitattributes");
        let mut text = attributes(&path)?;
        if text.lines().any(|line| line.trim() == MERGE_ATTRIBUTES) {
            return Ok(false);
        }
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(MERGE_ATTRIBUTES);
        text.push('\n');
        replace::overwrite(&path, text.as_bytes())?;
        Ok(true)
    }

    /// Returns whether `.gitattributes` assigns records to asrun's merge.
    pub fn has_attributes(&self) -> bool {
        attributes(&self.root.join(".gitattributes"))
            .is_ok_and(|text| text.lines().any(|line| line.trim() == MERGE_ATTRIBUTES))
    }
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
