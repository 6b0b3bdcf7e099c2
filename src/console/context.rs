//! Everything a command may touch: the two outputs, the clock, the folder, the width.

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::ColorChoice;

use crate::check::told_without_secrets;
use crate::fault::StoreFault;
use crate::lang::{Door, Refusal, terminal};
use crate::model::{Moment, Zone};
use crate::operations::{Workspace, secrets_added};
use crate::render::escape::{colours_only, terminal_lines};
use crate::store::{Project, Saved};

use super::diff::changes_between;
use super::environment::{Environment, now};
use super::errors::{self, Exit, Failure};
use super::settings;
use super::streams::Streams;
use super::width::{DEFAULT_WIDTH, width, wrapped_to};

mod input;
mod meant;
mod output;

pub use meant::WantedRecord;

/// How long a writing command waits for others if nobody says, in seconds.
pub const WAIT_SECONDS: u64 = 10;

/// The world of one command.
pub struct Context {
    /// The moment of the command: the clock is asked here, once.
    pub now: Moment,
    /// The folder it was started in.
    pub folder: PathBuf,
    /// Columns of the terminal.
    pub width: u16,
    /// The same, for tables that a pipe gets line by line: none there, unless COLUMNS says how many.
    pub table_width: Option<u16>,
    /// Somebody sits at a prompt that says which record and which zone: answers need not.
    pub brief: bool,
    /// Nothing is to be written.
    pub dry_run: bool,
    /// Only what was asked for, warnings and errors are said.
    quiet: bool,
    /// Nobody is there to be asked.
    no_input: bool,
    /// The outputs and the input.
    pub streams: Streams,
    /// What the environment says, and the machine's zone.
    pub environment: Environment,
    /// What a pager may show at the end, where one may.
    held: Option<String>,
    broken: Option<io::Error>,
    /// The id of the record that the command is about, once it is known.
    about: RefCell<Option<String>>,
    /// A record was saved: what cannot be printed any more does not change that.
    saved: bool,
    /// Something was written that may not survive a power cut.
    unsynced: bool,
}

impl Context {
    /// Returns the world of a command of this process.
    ///
    /// # Errors
    /// The clock or the current folder cannot be asked, or the folder that was named is none.
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

    /// Asks again how wide the terminal is: at a prompt, its window may have another size with every line.
    pub fn measure(&mut self) {
        self.table_width = width();
        self.width = self.table_width.unwrap_or(DEFAULT_WIDTH);
    }

    /// Returns the world of a command from plain parts.
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
            held: None,
            broken: None,
            about: RefCell::new(None),
            saved: false,
            unsynced: false,
        }
    }

    /// Prints part of the answer. A reader that went away is a good end; a full disk is told at
    /// the end, when everything else is done.
    pub fn print(&mut self, text: &str) {
        if let Some(held) = &mut self.held {
            held.push_str(text);
        } else if self.broken.is_none() {
            self.broken = self.streams.print(text).err();
        }
    }

    /// Prints part of the answer after a code that moves the terminal's cursor, which is no colour
    /// and stays where colours are not wanted; to be seen at once.
    pub fn print_at(&mut self, code: &str, text: &str) {
        if self.broken.is_none() {
            self.broken = self.streams.print_code(code).err();
        }
        self.print(text);
        if self.broken.is_none() {
            self.broken = self.streams.flush().err();
        }
    }

    /// Whether what is printed still goes somewhere.
    pub fn is_heard(&self) -> bool {
        self.broken.is_none()
    }

    /// Whether what is printed goes to a terminal, and so into no file.
    pub fn is_seen(&self) -> bool {
        self.streams.terminals.out
    }

    /// Prints lines of answer: ids, names and texts in them are shown, never sent, and without the secrets
    /// that an entry says, now or before it was changed.
    pub fn answer(&mut self, text: &str) {
        self.print(&terminal_lines(&told_without_secrets(text)));
    }

    /// An answer that does not fit the terminal's lines goes to a pager.
    pub fn page(&mut self) {
        let somebody = self.is_seen() && !self.no_input;
        self.held = somebody.then(String::new);
    }

    /// Shows what was held back: in a pager, if it is long.
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

    /// Returns how many lines the terminal has; none where the answer goes elsewhere.
    pub fn height(&self) -> Option<usize> {
        self.is_seen().then(terminal_height)
    }

    /// Returns a line of an answer as it fits the terminal, its other lines behind that indent; for a
    /// program it stays one line.
    pub fn fitted(&self, line: &str, indent: &str) -> String {
        // Before it is broken: half a secret looks like none.
        let line = told_without_secrets(line);
        self.table_width.map_or(line.to_string(), |width| wrapped_to(&line, indent, width))
    }

    /// Tells what was done, or would have been, as a line of answer.
    pub fn confirm(&mut self, text: &str) {
        if !self.quiet {
            let text = self.done(&told_without_secrets(text));
            self.answer(&self.streams.fitted(&format!("{text}\n")));
        }
    }

    /// The same, with the command that takes it back once it was done.
    pub fn confirm_with_way_back(&mut self, text: &str, command: &str) {
        match self.dry_run {
            true => self.confirm(text),
            false => self.confirm(&terminal().with_way_back(text, command)),
        }
    }

    /// The same beside the answer.
    pub fn note_done(&self, text: &str) {
        self.note(&self.done(text));
    }

    fn done(&self, text: &str) -> String {
        if self.dry_run { terminal().rehearsed(text) } else { text.to_owned() }
    }

    /// Returns whether what can be done without is not said.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Says something about the answer that can be done without.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            self.tell(text);
        }
    }

    /// Says how to go on.
    pub fn hint(&self, text: &str) {
        self.note(&terminal().hint(text));
    }

    /// Says what is odd, and how to mend it.
    pub fn warn(&self, words: impl Into<Refusal>) {
        let Refusal { message, hints } = words.into();
        self.tell(&terminal().warning(&message));
        hints.iter().for_each(|hint| self.hint(hint));
    }

    /// Says what failed, while the command goes on.
    pub fn error(&self, text: &str) {
        self.tell(&terminal().error(text));
    }

    fn tell(&self, text: &str) {
        self.streams.tell(&terminal_lines(&told_without_secrets(text)));
    }

    /// Says why something failed, while the command goes on.
    pub fn fail(&self, failure: &Failure) {
        self.streams.tell_whole(&errors::text_of(failure, self.streams.terminals.err));
    }

    /// Names copies of records that other programs left.
    pub fn tell_copies(&self, copies: &[PathBuf]) {
        for copy in copies {
            let name = copy.file_name().unwrap_or_default().to_string_lossy();
            self.warn(terminal().conflict_copy(&name));
        }
    }

    /// Ends the command: its failure is told once, its exit code chosen.
    pub fn finish(mut self, outcome: Result<Exit, Failure>) -> Exit {
        self.let_go();
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

    /// The project that the command was started in, with everything that sets it.
    pub fn project(&self) -> Result<Project, Failure> {
        let mut project = self.bare_project()?;
        project.settings = settings::merged(&settings::layers(&project, &self.environment)?);
        Ok(project)
    }

    /// The same with what its own file sets, and nothing else.
    pub fn bare_project(&self) -> Result<Project, Failure> {
        let mut project = Project::find(&self.folder)?;
        project.dry_run = self.dry_run;
        Ok(project)
    }

    /// The same for logging: faulty settings are no reason to lose an event.
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

    /// The project with the moment and the zone, as operations need it.
    pub fn workspace(&self) -> Result<Workspace, Failure> {
        Ok(self.workspace_of(self.project()?))
    }

    /// The same for logging.
    pub fn workspace_for_logging(&self) -> Result<Workspace, Failure> {
        Ok(self.workspace_of(self.project_for_logging()?))
    }

    /// A project that is there already, with the moment and the zone.
    pub fn workspace_of(&self, project: Project) -> Workspace {
        let machine_zone = self.environment.machine_zone;
        Workspace { zone: self.zone(&project), now: self.now, project, machine_zone }
    }

    /// Tells what went wrong after the record was written: it is in its place either way, but what
    /// may not survive a power cut is not acknowledged.
    pub fn tell_saved(&mut self, saved: &Saved) {
        if self.dry_run {
            let (before, after) = (saved.before.to_text(), saved.after.to_text());
            self.answer(&changes_between(&before, &after));
            return;
        }
        self.saved = true;
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

    /// Warns of secrets that were written, as they may be shown; not in a rehearsal, which writes none.
    pub fn tell_secrets(&self, secrets: &[String]) {
        if !secrets.is_empty() && !self.dry_run {
            self.warn(terminal().secrets_written(secrets));
        }
    }

    /// The zone of times that no record decides: the project's, else the machine's.
    pub fn zone(&self, project: &Project) -> Zone {
        project.settings.zone().or_else(self.environment.machine_zone).unwrap_or(Zone::UTC)
    }

    /// Refuses to rehearse what cannot be rehearsed.
    pub fn refuse_dry_run(&self, verb: &str) -> Result<(), Failure> {
        match self.dry_run {
            true => Err(Failure::misuse(terminal().refuse_dry_run(verb))),
            false => Ok(()),
        }
    }

    /// Where somebody types.
    pub fn door(&self) -> Door {
        if self.brief { Door::Prompt } else { Door::CommandLine }
    }
}

/// What holds for every command, however it is given.
#[derive(Debug)]
pub struct Options {
    /// The folder to begin in, if it is not the current one.
    pub directory: Option<PathBuf>,
    /// Nothing is to be written.
    pub dry_run: bool,
    /// Only what was asked for, warnings and errors are said.
    pub quiet: bool,
    /// Nobody is there to be asked.
    pub no_input: bool,
    /// When colours are used.
    pub color: ColorChoice,
}

/// What to tell someone who waits for another asrun.
pub fn tell_waiting() {
    let _ = writeln!(anstream::stderr(), "{}", terminal().waiting());
}

/// Returns how many lines the terminal has; as many as usual where it does not say.
fn terminal_height() -> usize {
    terminal_size::terminal_size().map_or(24, |(_, height)| usize::from(height.0))
}
