//! A project: the folder that contains `incidents/`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::fault::{Doing, StoreFault, Unfit};
use crate::format::Settings;
use crate::model::DaysOff;

use super::disk;
use super::file;
use super::names::{self, Listing};
use super::reading::{SETTINGS_LIMIT, settings_inside, settings_naming, text_of};

/// The folder of records.
pub const RECORDS: &str = "incidents";
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

/// The line of `.gitattributes` that assigns records to asrun's merge.
pub const MERGE_ATTRIBUTES: &str = "incidents/*.yaml merge=asrun";

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
        let found = Project::find_without_settings(start)?;
        Ok(Project { settings: settings_inside(&found.root, &found.settings_file())?, ..found })
    }

    /// Returns the same project without settings, for when they cannot be read.
    ///
    /// # Errors
    /// There is none.
    pub fn find_without_settings(start: &Path) -> Result<Project, StoreFault> {
        let root = start
            .ancestors()
            .find(|folder| folder.join(RECORDS).is_dir() || folder.join(SETTINGS_FILE).is_file())
            .ok_or_else(|| StoreFault::NoProject { start: start.to_owned() })?;
        Ok(Project {
            root: root.to_owned(),
            settings: Settings::default(),
            dry_run: false,
            found: Arc::default(),
        })
    }

    /// Returns the language of the terminal in the project's settings. Unreadable settings are reported by whoever
    /// needs them.
    pub fn terminal_language(&self) -> Option<String> {
        let path = self.settings_file();
        file::check_link(&self.root, &path).ok()?;
        settings_naming(&path, "terminal_language").ok()?.terminal_language
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
        file::check_link(&self.root, &path)?;
        let contents = file::read(&path, SETTINGS_LIMIT)?;
        Ok(DaysOff::read(text_of(&path, &contents.bytes)?))
    }

    /// Returns the folder of records.
    pub fn records_folder(&self) -> PathBuf {
        self.root.join(RECORDS)
    }

    /// Returns the names of all records.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn list(&self) -> Result<Listing, StoreFault> {
        let folder = self.records_folder();
        if std::fs::symlink_metadata(&folder).is_ok() {
            file::inside(&self.root, &folder)?;
        }
        names::list(&folder)
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
        match std::fs::symlink_metadata(&folder) {
            Ok(there) if there.is_dir() => {}
            Ok(_) => return Err(StoreFault::unfit(&folder, Unfit::NoOwnFolder)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                disk::make_folders(&folder).map_err(io)?;
            }
            Err(e) => return Err(io(e)),
        }
        let ignore = folder.join(IGNORE);
        // Also if it could not be written when the folder was created.
        if std::fs::symlink_metadata(&ignore).is_err() {
            let written = disk::create_plain(&ignore, b"*\n");
            let there = |e: &std::io::Error| e.kind() == std::io::ErrorKind::AlreadyExists;
            written
                .or_else(|e| if there(&e) { Ok(()) } else { Err(e) })
                .map_err(|e| StoreFault::io(Doing::Write, &ignore, e))?;
        }
        Ok(folder)
    }
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
            let made = Project::init(home.path(), "", schema, dry_run).unwrap();
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
        let fault = Project::init(other.path(), "", None, false).unwrap_err();
        let StoreFault::Unfit { path, why: Unfit::FileForFolder } = fault else {
            panic!("{fault:?}")
        };
        assert_eq!(path, other.path().join("templates"));
        assert!(!other.path().join("incidents").exists());
    }

    #[test]
    fn git_is_told_of_the_merge_once_and_in_a_line_of_its_own() {
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
                std::fs::write(&path, before.replace("LINE", MERGE_ATTRIBUTES)).unwrap();
            }
            assert_eq!(house.project.has_attributes(), !added, "{before:?}");
            assert_eq!(Project::add_attributes(&house.root).unwrap(), added, "{before:?}");
            let text = std::fs::read_to_string(&path).unwrap();
            assert_eq!(text, after.replace("LINE", MERGE_ATTRIBUTES), "{before:?}");
            assert!(house.project.has_attributes());
        }
        let house = House::new();
        std::fs::create_dir(house.root.join(".gitattributes")).unwrap();
        assert!(Project::add_attributes(&house.root).is_err());
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
    fn whether_records_can_be_saved_is_asked_of_both_folders() {
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
