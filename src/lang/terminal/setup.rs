//! Messages about a project, its settings, git, the machine, and asrun itself.

use std::path::{Path, PathBuf};

use crate::fault::StoreFault;
use crate::model::{Zone, ZoneSource};

use super::refusal::Refusal;

/// The settings of a new project; none if undetermined.
#[derive(Debug, Clone, Copy)]
pub struct FirstSettings<'a> {
    /// The zone of new records.
    pub timezone: Option<&'a str>,
    /// Their language.
    pub language: Option<&'a str>,
    /// Their author.
    pub author: Option<&'a str>,
}

/// Something that `doctor` examined.
#[derive(Debug)]
pub enum Examined {
    /// There is no project here.
    NoProject(StoreFault),
    /// The records.
    Records(RecordsState),
    /// The settings.
    Settings(SettingsState),
    /// The JSON Schema that editors use for records.
    Schema(SchemaState),
    /// Whether records can be saved.
    Writing(Result<(), StoreFault>),
    /// Files that were left over, by name.
    Leftovers(Vec<String>),
    /// Events that are not in their records yet.
    Waiting(Vec<WaitingEvents>),
    /// Files with the texts of refused events.
    Refused(Vec<PathBuf>),
    /// Locks, which are never left over.
    Locks,
    /// Caches; there are none.
    Cache,
    /// How git merges records.
    Git(GitState),
    /// The time zone data.
    Zones(ZoneSource),
    /// The editor.
    Editor(String),
    /// The editor's program, which is missing.
    NoEditor(String),
    /// The terminal, with its width in columns; none without one.
    Terminal(Option<u16>),
    /// The same, if its locale is not UTF-8; none if no locale is set.
    NoUnicode(Option<u16>, Option<String>),
}

/// The state of a project's records.
#[derive(Debug)]
pub enum RecordsState {
    /// There are this many, but also this many in the usual folder, which is not read: the settings name another one.
    LeftBehind(usize, usize, String),
    /// Their folder cannot be listed.
    Unlisted(StoreFault),
    /// This many file names are not valid text.
    Misnamed(usize),
    /// How many there are, and those that cannot be read, each with the reason.
    Unreadable(usize, Vec<UnreadableRecord>),
    /// How many records there are, and how many copies that other programs left.
    WithCopies(usize, usize),
    /// How many records there are, and their folder.
    Fine(usize, PathBuf),
}

/// Events that are not in their record yet.
#[derive(Debug)]
pub struct WaitingEvents {
    /// The record's id.
    pub id: String,
    /// How many there are.
    pub count: usize,
    /// The path of the record's file from the project's folder on, if it is gone.
    pub gone: Option<String>,
}

/// A record that cannot be read.
#[derive(Debug)]
pub struct UnreadableRecord {
    /// Its id.
    pub id: String,
    /// The place of its first fault, and what is wrong there.
    pub why: String,
    /// Whether git left a merge conflict in it.
    pub in_conflict: bool,
}

/// The state of a project's settings.
#[derive(Debug)]
pub enum SettingsState {
    /// They cannot be read, for this reason.
    Faulty(String),
    /// New records have no known zone.
    NoZone,
    /// New records have that zone.
    In(Zone),
}

/// The state of the project's JSON Schema.
#[derive(Debug)]
pub enum SchemaState {
    /// There is none.
    Missing,
    /// It is the built-in one.
    Own,
    /// It is that of another version.
    Other,
}

/// How git merges records.
#[derive(Debug)]
pub enum GitState {
    /// They are in no repository.
    NoRepository,
    /// Entry by entry.
    ByEntries,
    /// It is configured by these attributes, but not in this clone.
    Untaught(String),
    /// By another command than `init --git` configures.
    OtherDriver,
    /// The command is right, but git finds no asrun that can merge; with the error.
    DriverFails(Option<String>),
    /// Line by line.
    ByLines,
}

/// The result of one examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What was examined, as a word.
    pub about: &'static str,
    /// Its state.
    pub is: String,
    /// How to fix it, if necessary.
    pub mend: Option<String>,
}

/// The severity of breaking a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gravity {
    /// A check fails.
    Error,
    /// A strict check fails.
    Warning,
    /// Nothing fails.
    Note,
}

/// Messages about a project, its settings, git, the machine, and asrun itself.
pub trait SetupWords {
    /// Nothing had to be created.
    fn all_there(&self) -> &'static str;

    /// A file, or a folder if there is a slash at the end, was created.
    fn made(&self, name: &str) -> String;

    /// The first line of a new project's settings.
    fn settings_comment(&self) -> &'static str;

    /// The comment after a key in the settings.
    fn setting_comment(&self, key: &str) -> &'static str;

    /// The folder that was asked for cannot hold records.
    fn no_records_folder(&self, typed: &str) -> Refusal;
    /// The user's own settings name a folder of records.
    fn records_not_here(&self, path: &Path) -> Refusal;
    /// The settings of a new project.
    fn first_settings(&self, settings: FirstSettings<'_>) -> String;

    /// The machine's clock is in UTC, which was assumed for its users.
    fn clock_in_utc(&self) -> &'static str;

    /// Settings were given for a project that already has some.
    fn settings_there(&self) -> Refusal;

    /// The next steps in a new project, as lines.
    fn what_next(&self) -> &'static str;

    /// There is no project, for this reason, but one could be created.
    fn no_project_yet(&self, why: &str) -> String;

    /// Asks whether to create a project in that folder.
    fn make_it(&self, folder: &Path) -> String;

    /// Asks for the zone of a new project.
    fn whose_clocks(&self) -> &'static str;

    /// There is no git repository to configure.
    fn no_repository(&self) -> Refusal;

    /// git would have been configured to merge records with that command.
    fn named_to_git(&self, line: &str) -> String;

    /// `.gitattributes` has these attributes; they may have been `added` just now.
    fn attributes(&self, attributes: &str, added: bool) -> String;

    /// The name of the merge driver in git.
    fn driver_name(&self) -> &'static str;

    /// This value was set in git's configuration.
    fn git_says(&self, key: &str, value: &str) -> String;

    /// How to make git show Korean names verbatim.
    fn names_as_they_are(&self) -> &'static str;

    /// git's configuration could not be changed, for this reason.
    fn git_refused(&self, key: &str, why: &str) -> Refusal;

    /// The source of settings from environment variables.
    fn environment(&self) -> &'static str;

    /// The source of defaults.
    fn built_in(&self) -> &'static str;

    /// A variable must be minutes, but is not a number.
    fn not_minutes(&self, variable: &str, typed: &str) -> String;

    /// The result of one examination.
    fn examined(&self, examined: &Examined) -> Diagnosis;

    /// The label before a fix.
    fn to_mend(&self, mend: &str) -> String;

    /// Completions are only available for these shells.
    fn no_completions(&self, shell: &str, known: &[&str]) -> Refusal;

    /// Completions cannot be written, for this reason.
    fn completions_failed(&self, why: &str) -> String;

    /// The man pages were written into a folder.
    fn wrote_pages(&self, folder: &Path) -> String;

    /// A man page could not be created, for this reason.
    fn page_failed(&self, why: &str) -> String;

    /// Where the options are of a command that is also a topic.
    fn options_of(&self, command: &str) -> String;

    /// The list of topics.
    fn topics(&self, names: &[&str]) -> String;

    /// The severity of a rule, as a word.
    fn gravity(&self, gravity: Gravity) -> &'static str;

    /// There is no such command or topic; `near` may have been meant.
    fn nothing_to_explain(&self, typed: &str, near: Option<&str>) -> Refusal;

    /// A file or the environment names a language that is not available at the terminal.
    fn not_spoken(&self, from: &str, typed: &str, spoken: &[&str]) -> Refusal;
}
