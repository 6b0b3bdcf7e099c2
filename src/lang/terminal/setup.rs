//! What is said of a project, its settings, git and the machine, and of asrun itself.

use std::path::{Path, PathBuf};

use crate::fault::StoreFault;
use crate::model::{Zone, ZoneSource};

use super::refusal::Refusal;

/// The settings that a new project begins with; none where nothing was found.
#[derive(Debug, Clone, Copy)]
pub struct FirstSettings<'a> {
    /// The zone of new records.
    pub timezone: Option<&'a str>,
    /// Their language.
    pub language: Option<&'a str>,
    /// Who writes them.
    pub author: Option<&'a str>,
}

/// One thing that `doctor` looked at.
#[derive(Debug)]
pub enum Examined {
    /// There is no project here.
    NoProject(StoreFault),
    /// The records.
    Records(RecordsState),
    /// The settings.
    Settings(SettingsState),
    /// The schema that editors complete records by.
    Schema(SchemaState),
    /// Whether records can be saved.
    Writing(Result<(), StoreFault>),
    /// Files that were left behind, by name.
    Leftovers(Vec<String>),
    /// Locks, which are never left behind.
    Locks,
    /// Caches, of which there are none.
    Cache,
    /// How git merges records.
    Git(GitState),
    /// What is known of zones.
    Zones(ZoneSource),
    /// The editor.
    Editor(String),
    /// The editor's program, which is not there.
    NoEditor(String),
    /// The terminal, by its columns; none without one.
    Terminal(Option<u16>),
    /// The same, where its locale is not in UTF-8; none if none is set.
    NoUnicode(Option<u16>, Option<String>),
}

/// How the records of a project are.
#[derive(Debug)]
pub enum RecordsState {
    /// Their folder cannot be listed.
    Unlisted(StoreFault),
    /// So many files have names that are no text.
    Misnamed(usize),
    /// So many records lie beside so many copies that other programs left.
    WithCopies(usize, usize),
    /// So many lie in that folder.
    Fine(usize, PathBuf),
}

/// How the settings of a project are.
#[derive(Debug)]
pub enum SettingsState {
    /// They cannot be read, for this reason.
    Faulty(String),
    /// New records are in no known zone.
    NoZone,
    /// New records are in that zone.
    In(Zone),
}

/// How the schema beside records is.
#[derive(Debug)]
pub enum SchemaState {
    /// There is none.
    Missing,
    /// It is asrun's own.
    Own,
    /// It is that of another asrun.
    Other,
}

/// How git merges records.
#[derive(Debug)]
pub enum GitState {
    /// They are in no repository.
    NoRepository,
    /// Entry by entry.
    ByEntries,
    /// It is told to by these attributes, and this clone does not know how.
    Untaught(&'static str),
    /// By another line than `init --git` writes.
    OtherDriver,
    /// The line is right, but git does not find an asrun that merges; what was complained of.
    DriverFails(Option<String>),
    /// Line by line.
    ByLines,
}

/// What is said of one thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What was looked at: a word.
    pub about: &'static str,
    /// How it is.
    pub is: String,
    /// How to mend it, if it should be.
    pub mend: Option<String>,
}

/// How grave it is when a rule is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// A check fails.
    Error,
    /// A strict check fails.
    Warning,
    /// Nothing fails.
    Note,
}

/// What is said of a project, its settings, git and the machine, and of asrun itself.
pub trait SetupWords {
    /// Nothing had to be made.
    fn all_there(&self) -> &'static str;

    /// A file or (with a slash behind it) a folder was made.
    fn made(&self, name: &str) -> String;

    /// What the first line of a new project's settings says.
    fn settings_comment(&self) -> &'static str;

    /// What stands behind a key of them.
    fn setting_comment(&self, key: &str) -> &'static str;

    /// What a new project's settings say.
    fn first_settings(&self, settings: FirstSettings<'_>) -> String;

    /// The machine's clock is in UTC, which was taken for the people's.
    fn clock_in_utc(&self) -> &'static str;

    /// Settings were typed for a project that has some.
    fn settings_there(&self) -> Refusal;

    /// How to go on from a new project: lines.
    fn what_next(&self) -> &'static str;

    /// There is no project, for that reason, and one could be made.
    fn no_project_yet(&self, why: &str) -> String;

    /// Asks whether a project is to be made in that folder.
    fn make_it(&self, folder: &Path) -> String;

    /// Asks for the zone of a new project.
    fn whose_clocks(&self) -> &'static str;

    /// There is no git repository to teach.
    fn no_repository(&self) -> Refusal;

    /// git would have been told to merge records by that line of the shell.
    fn named_to_git(&self, line: &str) -> String;

    /// `.gitattributes` has these attributes; since now if they were `added`.
    fn attributes(&self, attributes: &str, added: bool) -> String;

    /// What git calls its way to merge records.
    fn driver_name(&self) -> &'static str;

    /// git's configuration says this now.
    fn git_says(&self, key: &str, value: &str) -> String;

    /// How git shows names in Korean as they are.
    fn names_as_they_are(&self) -> &'static str;

    /// git's configuration could not be changed, for that reason.
    fn git_refused(&self, key: &str, why: &str) -> Refusal;

    /// Where settings come from that variables set.
    fn environment(&self) -> &'static str;

    /// Where settings come from that nobody set.
    fn built_in(&self) -> &'static str;

    /// A variable is to be minutes, and is no number.
    fn not_minutes(&self, variable: &str, typed: &str) -> String;

    /// How one thing is that was looked at.
    fn examined(&self, examined: &Examined) -> Diagnosis;

    /// What leads the way to mend it.
    fn to_mend(&self, mend: &str) -> String;

    /// There are completions for these shells alone.
    fn no_completions(&self, shell: &str, known: &[&str]) -> Refusal;

    /// Completions cannot be written, for that reason.
    fn completions_failed(&self, why: &str) -> String;

    /// The man pages were written into a folder.
    fn wrote_pages(&self, folder: &Path) -> String;

    /// A man page cannot be made, for that reason.
    fn page_failed(&self, why: &str) -> String;

    /// Where the options of a command stand that is a topic too.
    fn options_of(&self, command: &str) -> String;

    /// Which topics there are.
    fn topics(&self, names: &[&str]) -> String;

    /// How grave a rule is, as a word.
    fn gravity(&self, gravity: Gravity) -> &'static str;

    /// No command and no topic is called so; `near` may have been meant.
    fn nothing_to_explain(&self, typed: &str, near: Option<&str>) -> Refusal;

    /// A file or the environment names a language that is not spoken at the terminal.
    fn not_spoken(&self, from: &str, typed: &str, spoken: &[&str]) -> Refusal;
}
