//! Everything that a command may use: outputs, clock, folder, width.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::ColorChoice;

use crate::check::told_without_secrets;
use crate::fault::StoreFault;
use crate::lang::{Door, Refusal, terminal};
use crate::model::{EventType, Moment, Zone};
use crate::operations::{STATUS, Workspace, lag_begun, secrets_added};
use crate::render::escape::{colours_only, terminal_lines};
use crate::store::{Project, RecordName, Saved};
use crate::yaml::Value;

use super::changed::{ChangeAnswer, id_of};
use super::diff::changes_of;
use super::environment::{Environment, now};
use super::errors::{self, Exit, Failure};
use super::settings;
use super::streams::Streams;
use super::versions::Git;
use super::width::{DEFAULT_WIDTH, width, wrapped_to};

mod choice;
mod input;
mod meant;
mod output;

pub use meant::WantedRecord;

/// The default time for which a writing command waits for others, in seconds.
pub const WAIT_SECONDS: u64 = 10;

/// The environment of one command.
pub struct Context {
    /// The time of the command: this is the only place that reads the clock.
    pub now: Moment,
    /// The folder that the command was started in.
    pub folder: PathBuf,
    /// The width of the terminal in columns.
    pub width: u16,
    /// The width for tables; `None` if they go to a pipe line by line, unless COLUMNS is set.
    pub table_width: Option<u16>,
    /// Whether the user is at a prompt that shows the record and the zone, so that answers need not mention them.
    pub brief: bool,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether only answers, warnings and errors are printed.
    quiet: bool,
    /// Whether the user must not be asked.
    no_input: bool,
    /// The outputs and the input.
    pub streams: Streams,
    /// Environment variables and the machine's zone.
    pub environment: Environment,
    /// What was said and changed, if the answer is to be JSON.
    json: Option<ChangeAnswer>,
    /// Output that is held back for a pager, if one may be used.
    held: Option<String>,
    broken: Option<io::Error>,
    /// The id of the command's record, once known.
    about: RefCell<Option<String>>,
    /// Whether a record was saved: a failure to print does not change that.
    saved: bool,
    /// Whether something was written that may not survive a power cut.
    unsynced: bool,
}

impl Context {
    /// Returns the context of this process.
    ///
    /// # Errors
    /// The clock or the current folder cannot be read, or the named folder is not a folder.
    pub fn from_environment(options: &Options) -> Result<Context, Failure> {
        options.color.write_global();
        let folder = match &options.directory {
            Some(folder) => folder.clone(),
            None => std::env::current_dir()
                .map_err(|fault| Failure::new(terminal().no_current_folder(&fault)))?,
        };
        if !folder.is_dir() {
            return Err(Failure::new(terminal().not_a_folder(&folder)));
        }
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        let (streams, environment) = (Streams::of_process(), Environment::of_process());
        let mut context = Context::new(options, &folder, now()?, streams, environment);
        context.measure();
        Ok(context)
    }

    /// Measures the terminal again: at a prompt the window may be resized between lines.
    pub fn measure(&mut self) {
        self.table_width = width();
        self.width = self.table_width.unwrap_or(DEFAULT_WIDTH);
    }

    /// Returns a context from its parts.
    pub fn new(
        options: &Options,
        folder: &Path,
        now: Moment,
        streams: Streams,
        environment: Environment,
    ) -> Context {
        Context {
            now,
            folder: folder.to_owned(),
            width: DEFAULT_WIDTH,
            table_width: None,
            brief: false,
            dry_run: options.dry_run,
            quiet: options.quiet,
            no_input: options.no_input,
            streams,
            environment,
            json: options.json.as_ref().map(|it| ChangeAnswer::of(it, options.dry_run)),
            held: None,
            broken: None,
            about: RefCell::new(None),
            saved: false,
            unsynced: false,
        }
    }

    /// Prints part of the answer. A reader that has gone away is no error; a full disk is reported at the end of the
    /// command.
    pub fn print(&mut self, text: &str) {
        if let Some(json) = &mut self.json {
            json.say(text);
        } else if let Some(held) = &mut self.held {
            held.push_str(text);
        } else if self.broken.is_none() {
            self.broken = self.streams.print(text).err();
        }
    }

    /// Prints part of the answer at once, after a code that moves the cursor. The code is printed even without colours.
    pub fn print_at(&mut self, code: &str, text: &str) {
        if self.broken.is_none() {
            self.broken = self.streams.print_code(code).err();
        }
        self.print(text);
        if self.broken.is_none() {
            self.broken = self.streams.flush().err();
        }
    }

    /// Whether the output can still be written to.
    pub fn can_print(&self) -> bool {
        self.broken.is_none()
    }

    /// Whether the output is a terminal, so that it is not stored in a file.
    pub fn prints_to_terminal(&self) -> bool {
        self.streams.terminals.out
    }

    /// Prints lines of an answer. Control characters in them are made visible, and the secrets of entries are masked,
    /// including former ones.
    pub fn answer(&mut self, text: &str) {
        self.print(&terminal_lines(&told_without_secrets(text)));
    }

    /// Holds the output back, so that a long answer can go to a pager.
    pub fn page(&mut self) {
        let somebody = self.prints_to_terminal() && !self.no_input;
        self.held = somebody.then(String::new);
    }

    /// Prints the output that was held back, in a pager if it is long.
    fn let_go(&mut self) {
        let Some(text) = self.held.take() else { return };
        let text = colours_only(&text).into_owned();
        let lines = terminal_height();
        let colours = self.streams.colours;
        let plain = || anstream::adapter::strip_str(&text).to_string();
        let long = text.lines().count() >= lines;
        if !(long && super::pager::show(&if colours { text.clone() } else { plain() })) {
            self.print(&text);
        }
    }

    /// Returns the number of the terminal's lines; `None` if the output is not a terminal.
    pub fn height(&self) -> Option<usize> {
        self.prints_to_terminal().then(terminal_height)
    }

    /// Returns a line of an answer wrapped for the terminal, with the continuation lines indented; without a terminal
    /// it remains one line.
    pub fn fitted(&self, line: &str, indent: &str) -> String {
        // Masked before it is wrapped, since half a secret would not be recognized.
        let line = told_without_secrets(line);
        self.table_width.map_or(line.to_string(), |width| wrapped_to(&line, indent, width))
    }

    /// Reports what was done, or in a dry run would have been, as a line of the answer.
    pub fn confirm(&mut self, text: &str) {
        if !self.quiet {
            let text = self.done(&told_without_secrets(text));
            self.answer(&self.streams.fitted(&format!("{text}\n")));
        }
    }

    /// As [`Context::confirm`], with the command that undoes it, if it was done.
    pub fn confirm_with_way_back(&mut self, text: &str, command: &str) {
        match self.dry_run {
            true => self.confirm(text),
            false => self.confirm(&terminal().with_way_back(text, command)),
        }
    }

    /// As [`Context::confirm_with_way_back`], for a change of several records. If the journal of one of them could not be
    /// written, the command would undo another change, and is left out.
    pub fn confirm_change_of<'s>(
        &mut self,
        records: impl IntoIterator<Item = &'s Saved>,
        text: &str,
        command: &str,
    ) {
        match records.into_iter().all(|saved| saved.journal.is_ok()) {
            true => self.confirm_with_way_back(text, command),
            false => self.confirm(text),
        }
    }

    /// As [`Context::confirm`], but on the error output.
    pub fn note_done(&self, text: &str) {
        self.note(&self.done(text));
    }

    fn done(&self, text: &str) -> String {
        if self.dry_run { terminal().rehearsed(text) } else { text.to_owned() }
    }

    /// Returns whether optional remarks are suppressed.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Notes that a record was saved, unless this is a dry run.
    pub fn note_saved(&mut self) {
        self.saved |= !self.dry_run;
    }

    /// Whether a record was saved.
    pub fn has_saved(&self) -> bool {
        self.saved
    }

    /// Prints an optional remark on the answer.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.tell(text);
        }
    }

    /// Prints how to continue.
    pub fn hint(&self, text: &str) {
        self.note(&terminal().hint(text));
    }

    /// Prints a warning, with the way out.
    pub fn warn(&self, words: impl Into<Refusal>) {
        let Refusal { message, hints } = words.into();
        self.tell(&terminal().warning(&message));
        hints.iter().for_each(|hint| self.hint(hint));
    }

    /// Reports an error without ending the command.
    pub fn error(&self, text: &str) {
        self.tell(&terminal().error(text));
    }

    fn tell(&self, text: &str) {
        self.streams.tell(&terminal_lines(&told_without_secrets(text)));
    }

    /// Reports a failure without ending the command.
    pub fn fail(&self, failure: &Failure) {
        self.streams.tell_whole(&errors::text_of(failure, self.streams.terminals.err));
    }

    /// Reports copies of records that other programs left behind.
    pub fn tell_copies(&self, copies: &[PathBuf]) {
        for copy in copies {
            let name = copy.file_name().unwrap_or_default().to_string_lossy();
            self.warn(terminal().conflict_copy(&name));
        }
    }

    /// Ends the command: reports its failure and returns its exit code.
    pub fn finish(mut self, outcome: Result<Exit, Failure>) -> Exit {
        self.let_go();
        if let Some(answer) = self.json.take().filter(|it| outcome.is_ok() || it.has_changes()) {
            self.print(&answer.json());
        }
        let flushed = self.streams.flush().err();
        match outcome {
            Err(failure) => {
                self.fail(&failure);
                failure.exit
            }
            Ok(exit) => match self.broken.take().or(flushed) {
                Some(fault) if fault.kind() != io::ErrorKind::BrokenPipe => {
                    self.error(&terminal().not_printed(self.saved, &fault));
                    if self.saved && !self.unsynced { Exit::Done } else { Exit::Failed }
                }
                _ if self.unsynced => Exit::Failed,
                _ => exit,
            },
        }
    }

    /// Returns the project that the command was started in, with the settings from every source.
    pub fn project(&self) -> Result<Project, Failure> {
        let mut project = self.bare_project()?;
        project.settings = settings::merged(&settings::layers(&project, &self.environment)?);
        Ok(project)
    }

    /// Returns the project with only its own settings.
    pub fn bare_project(&self) -> Result<Project, Failure> {
        let mut project = Project::find(&self.folder)?;
        project.dry_run = self.dry_run;
        Ok(project)
    }

    /// Returns the project for logging: faulty settings are no reason to lose an event.
    pub fn project_for_logging(&self) -> Result<Project, Failure> {
        let left_out = |failure: &Failure| {
            self.warn(terminal().settings_left_out(&failure.in_one_line()));
        };
        let mut project = match Project::find(&self.folder) {
            Err(fault)
                if matches!(fault, StoreFault::NoProject { .. }) || fault.hides_records() =>
            {
                return Err(fault.into());
            }
            Err(fault) => {
                left_out(&Failure::from(fault));
                Project::find_without_settings(&self.folder)?
            }
            Ok(project) => project,
        };
        match settings::layers(&project, &self.environment) {
            Ok(layers) => project.settings = settings::merged(&layers),
            Err(failure) => left_out(&failure),
        }
        project.dry_run = self.dry_run;
        Ok(project)
    }

    /// Returns the project with the moment and the zone, as operations need it.
    pub fn workspace(&self) -> Result<Workspace, Failure> {
        Ok(self.workspace_of(self.project()?))
    }

    /// Returns the workspace for logging.
    pub fn workspace_for_logging(&self) -> Result<Workspace, Failure> {
        Ok(self.workspace_of(self.project_for_logging()?))
    }

    /// Returns the workspace of an open project.
    pub fn workspace_of(&self, project: Project) -> Workspace {
        let machine_zone = self.environment.machine_zone;
        Workspace { zone: self.zone(&project), now: self.now, project, machine_zone, git: &Git }
    }

    /// Reports problems after a record was written. The record is in place in any case, but a write that may not
    /// survive a power cut is not acknowledged.
    pub fn tell_saved(&mut self, saved: &Saved) {
        match &mut self.json {
            Some(json) => json.saved(saved),
            None if self.dry_run => self.answer(&changes_of(saved)),
            None => {}
        }
        if self.dry_run {
            return;
        }
        self.saved = true;
        self.tell_lag(saved);
        self.tell_secrets(&secrets_added(saved.before.text(), saved.after.text()));
        if !secrets_added(saved.after.text(), saved.before.text()).is_empty() {
            self.warn(terminal().secret_stays_in_journal());
        }
        if let Err(fault) = &saved.journal {
            self.warn(terminal().not_in_journal(fault));
        }
        if let Err(fault) = &saved.synced {
            self.error(&terminal().not_synced(fault));
            self.unsynced = true;
        }
    }

    /// Warns if public pages lag behind the record since this change.
    fn tell_lag(&self, saved: &Saved) {
        if let Some(lag) = lag_begun(saved) {
            let (door, record) = (self.door(), id_of(&saved.file));
            let known = (lag.known, lag.event.at);
            self.warn(terminal().public_lags(&lag.shown, known, door, &record));
        }
    }

    /// Notes that a record was begun, deleted, restored or renamed as a whole, which its journal noted last.
    pub fn note_whole(&mut self, project: &Project, id: &str) {
        let path = project.records_folder().join(format!("{id}.yaml"));
        let record = RecordName { id: id.to_owned(), path };
        self.note_saved();
        if let Some(json) = &mut self.json {
            let journal = if self.dry_run { None } else { project.journal(&record).ok() };
            let last = journal.as_ref().and_then(|journal| journal.entries().last());
            let changes = last.map(|entry| entry.id.clone()).into_iter().collect();
            json.whole(id, &project.file_of(id), changes);
        }
    }

    /// Notes for programs that a record was chosen, which changes nothing in it.
    pub fn note_chosen(&mut self, project: &Project, id: &str) {
        if let Some(json) = &mut self.json {
            json.whole(id, &project.file_of(id), Vec::new());
        }
    }

    /// Reports the severity of a record if it changed with an event.
    pub fn tell_severity(&self, saved: &Saved, record: &str) {
        const KEY: &str = "severity";
        let [was, now] = [&saved.before, &saved.after].map(|document| document.value_named(KEY));
        if was != now {
            self.note_done(&terminal().key_set(KEY, was.as_ref(), now.as_ref(), record));
        }
    }

    /// Reports that a record has another status, which nobody asked for.
    pub fn tell_status(&self, saved: &Saved, record: &str) {
        let [was, now] = [&saved.before, &saved.after]
            .map(|document| document.incident.last_milestone().map(EventType::word));
        if was != now {
            let value = |word: Option<&str>| Some(word.map_or(Value::Null, Value::text));
            let (was, now) = (value(was), value(now));
            self.note_done(&terminal().key_set(STATUS, was.as_ref(), now.as_ref(), record));
        }
    }

    /// Whether the answer is JSON.
    pub fn answers_in_json(&self) -> bool {
        self.json.is_some()
    }

    /// Warns of secrets that were written, in masked form; not in a dry run, which writes nothing.
    pub fn tell_secrets(&self, secrets: &[String]) {
        if !secrets.is_empty() && !self.dry_run {
            self.warn(terminal().secrets_written(secrets));
        }
    }

    /// Returns the zone for times that belong to no record: the project's, else the machine's.
    pub fn zone(&self, project: &Project) -> Zone {
        project.settings.zone().or_else(self.environment.machine_zone).unwrap_or(Zone::UTC)
    }

    /// Refuses a dry run of a command that does not support it.
    pub fn refuse_dry_run(&self, verb: &str) -> Result<(), Failure> {
        match self.dry_run {
            true => Err(Failure::misuse(terminal().refuse_dry_run(verb))),
            false => Ok(()),
        }
    }

    /// Returns where the user types commands.
    pub fn door(&self) -> Door {
        if self.brief { Door::Prompt } else { Door::CommandLine }
    }
}

/// Options that apply to every command.
#[derive(Debug)]
pub struct Options {
    /// The folder to start in instead of the current one.
    pub directory: Option<PathBuf>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether only answers, warnings and errors are printed.
    pub quiet: bool,
    /// Whether the user must not be asked.
    pub no_input: bool,
    /// When colours are used.
    pub color: ColorChoice,
    /// The command's name if it is to answer in JSON.
    pub json: Option<String>,
}

/// Reports that the command is waiting for another asrun.
pub fn tell_waiting() {
    let _ = writeln!(anstream::stderr(), "{}", terminal().waiting());
}

/// Returns the number of the terminal's lines, or a default if it is not known.
fn terminal_height() -> usize {
    terminal_size::terminal_size().map_or(24, |(_, height)| usize::from(height.0))
}
