//! A project: the folder that contains `asrun.yaml`, or `incidents/`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::fault::{Doing, StoreFault, Unfit};
use crate::format::{DEFAULT_RECORDS, Settings, place_of_records, records_named};
use crate::model::DaysOff;

use crate::yaml::Lines;

use super::disk;
use super::file;
use super::names::{self, Listing};
use super::reading::{SETTINGS_LIMIT, rename_fault, settings_inside, settings_of, text_of};

/// The folder of the user's own templates.
pub const TEMPLATES: &str = "templates";
/// The settings file.
pub const SETTINGS_FILE: &str = "asrun.yaml";
/// The project's list of days off, if it has one.
pub const DAYS_OFF_FILE: &str = "holidays.txt";
/// The JSON Schema of records, if a project has it for its editors.
pub const SCHEMA_FILE: &str = "asrun.schema.json";
/// The largest schema that is compared with the built-in one, in bytes.
const SCHEMA_LIMIT: u64 = 4 * 1024 * 1024;
/// asrun's own folder; may be deleted at any time.
pub(super) const OWN: &str = ".asrun";
/// The file in it that makes git ignore it.
pub(super) const IGNORE: &str = ".gitignore";

/// Records found to be the only open ones, and the state of the others.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) open: Vec<String>,
    pub(super) others: String,
}

/// A project on disk.
#[derive(Debug, Clone)]
pub struct Project {
    pub(super) root: PathBuf,
    /// The folder of records, relative to the root, with slashes.
    pub(super) records: String,
    /// The settings in `asrun.yaml`.
    pub settings: Settings,
    /// Whether this is a dry run: everything is read and verified, nothing is written.
    pub dry_run: bool,
    /// The records found to be the only open ones.
    pub(super) found: Arc<Mutex<Option<Found>>>,
}

impl Project {
    /// Returns the project of `start`: the nearest folder at or above it with `incidents/` or `asrun.yaml`.
    ///
    /// # Errors
    /// There is none, or its settings cannot be read.
    pub fn find(start: &Path) -> Result<Project, StoreFault> {
        let found = Project::at(root_of(start)?);
        let settings = settings_inside(&found.root, &found.settings_file())?;
        Ok(Project { records: settings.records_folder().to_owned(), settings, ..found })
    }

    /// Returns the same project without settings, for when they cannot be read.
    ///
    /// # Errors
    /// There is none.
    pub fn find_without_settings(start: &Path) -> Result<Project, StoreFault> {
        let found = Project::at(root_of(start)?);
        Ok(Project { records: records_of(&found.root), ..found })
    }

    /// Returns the project of that folder, as if it had no settings.
    fn at(root: &Path) -> Project {
        Project {
            root: without_links(root),
            records: DEFAULT_RECORDS.to_owned(),
            settings: Settings::default(),
            dry_run: false,
            found: Arc::default(),
        }
    }

    /// Returns the project's own folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the language of the terminal in the project's settings. Unreadable settings are reported by whoever
    /// needs them.
    pub fn terminal_language(&self) -> Option<String> {
        let path = self.settings_file();
        let read = file::read_within(&self.root, &path, SETTINGS_LIMIT);
        settings_of(read, &path, "terminal_language").ok()?.terminal_language
    }

    /// Returns the path of the project's settings, whether or not it exists.
    pub fn settings_file(&self) -> PathBuf {
        self.root.join(SETTINGS_FILE)
    }

    /// Checks that records can be saved.
    ///
    /// # Errors
    /// Their folder or asrun's own is not writable.
    pub fn may_write(&self) -> Result<(), StoreFault> {
        file::check_writable(&self.records_folder())?;
        let own = self.root.join(OWN);
        if own.is_dir() { file::check_writable(&own) } else { file::check_writable(&self.root) }
    }

    /// Returns the project's copy of the JSON Schema for editors, if there is one.
    pub fn schema(&self) -> Option<String> {
        file::read_own(&self.root.join(SCHEMA_FILE), SCHEMA_LIMIT)
            .ok()
            .and_then(|contents| String::from_utf8(contents.bytes).ok())
    }

    /// Returns the days off in the project's own list; none without a list.
    ///
    /// # Errors
    /// It is outside the project, cannot be opened, or is not text.
    pub fn days_off(&self) -> Result<DaysOff, StoreFault> {
        let path = self.root.join(DAYS_OFF_FILE);
        if std::fs::symlink_metadata(&path).is_err() {
            return Ok(DaysOff::default());
        }
        let contents = file::read_within(&self.root, &path, SETTINGS_LIMIT);
        let contents = contents.map_err(|fault| rename_fault(fault, &path))?;
        Ok(DaysOff::read(text_of(&path, &contents.bytes)?))
    }

    /// Returns the folder of records.
    pub fn records_folder(&self) -> PathBuf {
        self.root.join(&self.records)
    }

    /// Returns the folder of records from the project's own on, with slashes.
    pub fn records(&self) -> &str {
        &self.records
    }

    /// Returns the path of a record's file from the project's own folder on.
    pub fn file_of(&self, id: &str) -> String {
        format!("{}/{id}.yaml", self.records)
    }

    /// Returns the folder of a record's files from the project's own on.
    pub fn files_of(&self, id: &str) -> String {
        format!("{}/assets/{id}", self.records)
    }

    /// Returns the line with which a new record names the project's schema; empty without a schema.
    pub fn schema_line(&self) -> String {
        let up = "../".repeat(self.records.split('/').count());
        let line = || format!("# yaml-language-server: $schema={up}{SCHEMA_FILE}\n");
        self.schema().map(|_| line()).unwrap_or_default()
    }

    /// Checks that the folder of records exists, where the settings name one: a moved folder is not an empty one.
    ///
    /// # Errors
    /// It does not; the fault is in the settings.
    pub(super) fn check_records(&self) -> Result<(), StoreFault> {
        if self.records == DEFAULT_RECORDS || self.records_folder().is_dir() {
            return Ok(());
        }
        let settings = self.settings_file();
        let bytes = file::read_within(&self.root, &settings, SETTINGS_LIMIT)?.bytes;
        let text = String::from_utf8_lossy(&bytes);
        let place = Lines::of(&text).position(place_of_records(&text).unwrap_or(0));
        let (line, column) = (place.line, place.column);
        Err(StoreFault::NoRecords { settings, line, column, folder: self.records.clone() })
    }

    /// Returns the names of all records.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn list(&self) -> Result<Listing, StoreFault> {
        let folder = self.records_folder();
        self.check_records()?;
        if std::fs::symlink_metadata(&folder).is_ok() {
            file::inside(&self.root, &folder)?;
        }
        names::list(&folder)
    }

    /// Returns how many records are left in the usual folder, where the settings name another one; they are not read.
    pub fn left_in_usual_folder(&self) -> usize {
        let usual = self.root.join(DEFAULT_RECORDS);
        if self.records == DEFAULT_RECORDS || file::inside(&self.root, &usual).is_err() {
            return 0;
        }
        names::list(&usual).map_or(0, |listing| listing.records.len())
    }

    /// Returns the content of an internal file; `None` if there is none.
    ///
    /// # Errors
    /// It is a link or in a linked folder, not a regular file, or cannot be read.
    pub(super) fn own_file(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, StoreFault> {
        let folder = self.root.join(OWN);
        match std::fs::symlink_metadata(&folder) {
            Ok(there) if !there.is_dir() => {
                return Err(StoreFault::unfit(&folder, Unfit::NoOwnFolder));
            }
            _ => {}
        }
        match file::read_own(&folder.join(name), limit) {
            Ok(contents) => Ok(Some(contents.bytes)),
            Err(StoreFault::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Returns the names in asrun's own folder, sorted; empty if it is a link or cannot be read.
    pub(super) fn own_names(&self) -> Vec<String> {
        let folder = self.root.join(OWN);
        let own = std::fs::symlink_metadata(&folder).is_ok_and(|there| there.is_dir());
        if own { file::names_in(&folder) } else { Vec::new() }
    }

    /// Returns asrun's own folder, created when first needed; git ignores it.
    pub(super) fn own_folder(&self) -> Result<PathBuf, StoreFault> {
        let folder = self.root.join(OWN);
        let io = |e| StoreFault::io(Doing::MakeFolder, &folder, e);
        let is_new = match std::fs::symlink_metadata(&folder) {
            Ok(there) if there.is_dir() => false,
            Ok(_) => return Err(StoreFault::unfit(&folder, Unfit::NoOwnFolder)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                disk::make_folders(&folder).map_err(io)?;
                true
            }
            Err(e) => return Err(io(e)),
        };
        let ignore = folder.join(IGNORE);
        // Also if it could not be written when the folder was created.
        if std::fs::symlink_metadata(&ignore).is_err() {
            let written = disk::create_plain(&ignore, b"*\n");
            let there = |e: &std::io::Error| e.kind() == std::io::ErrorKind::AlreadyExists;
            written
                .or_else(|e| if there(&e) { Ok(()) } else { Err(e) })
                .inspect_err(|_| {
                    // Nothing stays of what could not be done.
                    let _ = if is_new { disk::remove_folder(&folder) } else { Ok(()) };
                })
                .map_err(|e| StoreFault::io(Doing::Write, &ignore, e))?;
        }
        Ok(folder)
    }
}

/// Removes asrun's own folder, if nothing but what makes git ignore it is in it.
pub(super) fn remove_if_bare(own: &Path) {
    if file::names_in(own) == [IGNORE] {
        let _ = disk::remove(&own.join(IGNORE)).and_then(|()| disk::remove_folder(own));
    }
}

/// Returns the path of a folder without links, as files below it are reached through none.
pub(super) fn without_links(folder: &Path) -> PathBuf {
    let real = if cfg!(unix) { std::fs::canonicalize(folder).ok() } else { None };
    real.unwrap_or_else(|| folder.to_owned())
}

/// Returns the folder of a project: the nearest one at or above `start` with `asrun.yaml`, or with `incidents/` that the
/// settings above it do not name as their own.
fn root_of(start: &Path) -> Result<&Path, StoreFault> {
    let has_settings = |folder: &&Path| folder.join(SETTINGS_FILE).is_file();
    let found = start
        .ancestors()
        .find(|folder| has_settings(folder) || folder.join(DEFAULT_RECORDS).is_dir())
        .ok_or_else(|| StoreFault::NoProject { start: start.to_owned() })?;
    if has_settings(&found) {
        return Ok(found);
    }
    let above = found.ancestors().skip(1).find(has_settings);
    let owns = |above: &&Path| above.join(records_of(above)) == found.join(DEFAULT_RECORDS);
    Ok(above.filter(owns).unwrap_or(found))
}

/// Returns the folder of records that a project's settings name, whatever else is wrong with them.
pub(super) fn records_of(root: &Path) -> String {
    let path = root.join(SETTINGS_FILE);
    let contents = file::read_within(root, &path, SETTINGS_LIMIT).ok();
    let text = contents.and_then(|contents| String::from_utf8(contents.bytes).ok());
    let named = text.filter(|text| text.contains("records:")).and_then(|text| records_named(&text));
    let folder = named.as_deref().map(|folder| folder.trim_end_matches('/'));
    folder.unwrap_or(DEFAULT_RECORDS).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::outputs::Outputs;
    use super::super::promises::House;
    use super::super::reading::{SETTINGS_LIMIT, settings_at};
    use super::super::templates::TEMPLATE_LIMIT;
    use super::*;

    #[test]
    fn a_project_is_found_from_below_by_its_records_or_its_settings() {
        let home = tempfile::tempdir().unwrap();
        let below = home.path().join("a/b");
        std::fs::create_dir_all(&below).unwrap();
        assert!(
            matches!(Project::find(&below), Err(StoreFault::NoProject { start }) if start == below)
        );
        std::fs::write(home.path().join("asrun.yaml"), "language: ko\n").unwrap();
        let found = Project::find(&below).unwrap();
        assert_eq!((found.root.as_path(), found.dry_run), (home.path(), false));
        assert_eq!(found.settings.language.as_deref(), Some("ko"));
        assert_eq!(Project::find_without_settings(&below).unwrap().settings, Settings::default());
        std::fs::create_dir(home.path().join("a/incidents")).unwrap();
        assert_eq!(Project::find(&below).unwrap().root, home.path().join("a"), "the nearest");
        std::fs::write(home.path().join("a/asrun.yaml"), "zone: x\n").unwrap();
        assert!(matches!(Project::find(&below), Err(StoreFault::Faulty { .. })));
        assert!(Project::find_without_settings(&below).is_ok());
    }

    #[test]
    fn init_makes_what_is_missing_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let init = |schema: Option<&str>, dry_run: bool| {
            let made =
                Project::init(home.path(), &Settings::default(), "", schema, dry_run).unwrap();
            let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
            made.iter().map(name).collect::<Vec<_>>()
        };
        assert_eq!(init(None, true), ["incidents", "templates", "asrun.yaml"]);
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
        assert_eq!(init(None, false), ["incidents", "templates", "asrun.yaml"]);
        assert_eq!(init(Some("{}"), false), ["asrun.schema.json"]);
        assert_eq!(init(Some("{}"), false), [""; 0]);
        assert_eq!(Project::find(home.path()).unwrap().schema().as_deref(), Some("{}"));
        for folder in ["incidents", "templates"] {
            assert!(home.path().join(folder).join(".gitkeep").exists());
        }
        let other = tempfile::tempdir().unwrap();
        std::fs::write(other.path().join("templates"), "").unwrap();
        let fault = Project::init(other.path(), &Settings::default(), "", None, false).unwrap_err();
        let StoreFault::Unfit { path, why: Unfit::FileForFolder } = fault else {
            panic!("{fault:?}")
        };
        assert_eq!(path, other.path().join("templates"));
        assert!(!other.path().join("incidents").exists());
    }

    #[test]
    fn the_merge_attribute_is_added_once_on_a_line_of_its_own() {
        const LINE: &str = "incidents/*.yaml merge=asrun";
        for (before, after, added) in [
            (None, "LINE\n", true),
            (Some(""), "LINE\n", true),
            (Some("*.png binary"), "*.png binary\nLINE\n", true),
            (Some("*.png binary\n"), "*.png binary\nLINE\n", true),
            (Some("  LINE  \n*.png binary\n"), "  LINE  \n*.png binary\n", false),
        ] {
            let house = House::new();
            let path = house.root.join(".gitattributes");
            if let Some(before) = before {
                std::fs::write(&path, before.replace("LINE", LINE)).unwrap();
            }
            assert_eq!(house.project.has_attributes(), !added, "{before:?}");
            assert_eq!(house.project.add_attributes().unwrap(), added, "{before:?}");
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(text, after.replace("LINE", LINE), "{before:?}");
            assert!(house.project.has_attributes());
        }
        let house = House::new();
        std::fs::create_dir(house.root.join(".gitattributes")).unwrap();
        assert!(house.project.add_attributes().is_err());
    }

    #[test]
    fn what_killed_commands_left_is_named() {
        let house = House::new();
        let own = house.root.join(OWN);
        std::fs::create_dir(&own).unwrap();
        for name in [".asrun-1-2.tmp", ".asrun-1", "notes.tmp", ".asrun.tmp.yaml"] {
            std::fs::write(house.root.join("incidents").join(name), "x").unwrap();
        }
        let kept = [
            "출시.edit.yaml",
            "출시.edit-2.yaml",
            "출시.live.txt",
            "출시.journal",
            "a.yaml",
            "b.edit",
        ];
        for name in kept {
            std::fs::write(own.join(name), "x").unwrap();
        }
        std::fs::write(own.join("출시.live-2.txt"), "").unwrap();
        let expected = [
            ".asrun/출시.edit-2.yaml",
            ".asrun/출시.edit.yaml",
            ".asrun/출시.live.txt",
            "incidents/.asrun-1-2.tmp",
        ];
        assert_eq!(house.project.left_behind(), expected);
        // A line that is being typed is not left over.
        let held = house.project.left_lines(&house.record);
        assert_eq!(house.project.left_behind().len(), 3);
        drop(held);
    }

    #[test]
    fn templates_are_plain_names_in_their_own_folder() {
        let house = House::new();
        assert_eq!(house.project.templates().unwrap(), [""; 0]);
        assert_eq!(house.project.template("a.md").unwrap(), None);
        let folder = house.project.templates_folder();
        std::fs::create_dir(&folder).unwrap();
        for name in ["b.md", "a.md", ".gitkeep"] {
            std::fs::write(folder.join(name), name).unwrap();
        }
        assert_eq!(house.project.templates().unwrap(), ["a.md", "b.md"]);
        assert_eq!(house.project.template("a.md").unwrap().as_deref(), Some("a.md"));
        for name in [".gitkeep", "../asrun.yaml", "a/b", "a\\b", "a\0b", "none.md"] {
            assert_eq!(house.project.template(name).unwrap(), None, "{name}");
        }
        std::fs::write(folder.join("a.md"), b"\xff").unwrap();
        assert!(house.project.template("a.md").is_err());
        std::fs::remove_dir_all(&folder).unwrap();
        std::fs::write(&folder, "").unwrap();
        assert!(house.project.templates().is_err());
    }

    #[test]
    fn limits_hold_at_their_edge() {
        let house = House::new();
        let folder = house.project.templates_folder();
        std::fs::create_dir(&folder).unwrap();
        let sized = |path: PathBuf, size: u64| {
            std::fs::File::create(&path).unwrap().set_len(size).unwrap();
            path
        };
        sized(folder.join("t.md"), TEMPLATE_LIMIT);
        assert!(house.project.template("t.md").unwrap().is_some());
        sized(folder.join("t.md"), TEMPLATE_LIMIT + 1);
        assert!(house.project.template("t.md").is_err());
        assert_eq!(TEMPLATE_LIMIT, 4_194_304);
        let outputs = Outputs::new(Some(&house.project), &house.root, false);
        sized(house.root.join("page.md"), 67_108_864);
        assert!(outputs.text(Path::new("page.md")).is_ok());
        sized(house.root.join("page.md"), 67_108_865);
        assert!(outputs.text(Path::new("page.md")).is_err());
        let comment = |size: u64| format!("#{}\n", "x".repeat(size as usize - 2));
        let settings = house.root.join("asrun.yaml");
        std::fs::write(&settings, comment(SETTINGS_LIMIT)).unwrap();
        assert_eq!(settings_at(&settings).unwrap(), Settings::default());
        std::fs::write(&settings, comment(SETTINGS_LIMIT + 1)).unwrap();
        assert!(settings_at(&settings).is_err());
        assert_eq!(SETTINGS_LIMIT, 262_144);
        std::fs::remove_file(&settings).unwrap();
        assert_eq!(settings_at(&settings).unwrap(), Settings::default());
    }

    #[cfg(unix)]
    #[test]
    fn a_template_that_leads_out_of_its_folder_is_refused() {
        let house = House::new();
        let folder = house.project.templates_folder();
        std::fs::create_dir(&folder).unwrap();
        std::os::unix::fs::symlink(&house.record.path, folder.join("t.md")).unwrap();
        assert!(house.project.template("t.md").is_err());
    }

    #[test]
    fn both_folders_must_be_writable_to_save_records() {
        use super::super::disk::trial::watch;
        let house = House::new();
        let asked = |house: &House| {
            let (may, steps) = watch(|| house.project.may_write());
            may.unwrap();
            steps.iter().map(|step| step.told(&house.root)).collect::<Vec<_>>()
        };
        assert_eq!(asked(&house), ["MayWrite incidents", "MayWrite "]);
        house.log("one").unwrap();
        assert_eq!(asked(&house), ["MayWrite incidents", "MayWrite .asrun"]);
    }
}
