//! Determines the record that a command applies to.

use std::time::Duration;

use crate::fault::{Fault, KeyFault, StoreFault};
use crate::lang::{Door, ProblemText, Refusal, terminal};
use crate::operations::{Target, Workspace, still_lost};
use crate::store::{Loaded, LockWait, Project, RecordName, Saved};

use super::super::errors::Failure;
use super::super::shell::shell_line;
use super::{Context, tell_waiting};

/// The record that a writing command applies to, and how long it waits for others.
#[derive(Debug, Clone, Copy)]
pub struct WantedRecord<'a> {
    /// The record's name as typed; `None` for the current record.
    pub name: Option<&'a str>,
    /// How long it waits for other writers.
    pub wait: Duration,
}

impl<'a> WantedRecord<'a> {
    /// Returns a record with a name; `wait` is in seconds.
    pub fn named(name: &'a str, wait: u64) -> WantedRecord<'a> {
        WantedRecord { name: Some(name), wait: Duration::from_secs(wait) }
    }
}

impl Context {
    /// Returns the record that a writing command applies to.
    pub fn target<'a>(&self, wanted: impl Into<WantedRecord<'a>>) -> Result<Target, Failure> {
        self.target_in(self.workspace()?, None, wanted)
    }

    /// Returns the target in an open project; `named` takes precedence over the option.
    pub fn target_in<'a>(
        &self,
        workspace: Workspace,
        named: Option<&str>,
        wanted: impl Into<WantedRecord<'a>>,
    ) -> Result<Target, Failure> {
        let wanted = wanted.into();
        let record = self.named_or_current(&workspace.project, named.or(wanted.name))?;
        Ok(self.target_of(workspace, record, wanted.wait))
    }

    /// Returns the target for a known record.
    pub fn target_of(&self, workspace: Workspace, record: RecordName, wait: Duration) -> Target {
        self.is_about(&record);
        let wait = LockWait { limit: wait, waiting: &tell_waiting };
        Target { workspace, record, wait }
    }

    /// Returns the name of a record by its typed name, or the current one.
    pub fn named_or_current(
        &self,
        project: &Project,
        wanted: Option<&str>,
    ) -> Result<RecordName, Failure> {
        let record = match wanted {
            Some(wanted) => project.select(wanted).map_err(|fault| {
                let named = self.record_of_environment();
                let is_named = matches!(fault, StoreFault::Unknown { .. })
                    && named.is_some_and(|named| named == wanted);
                let hint = is_named.then(|| terminal().named_in_environment(wanted));
                hint.into_iter().fold(Failure::from(fault), Failure::hint)
            })?,
            None => match project.current() {
                Err(StoreFault::NoCurrent { open, .. }) if self.may_choose(open.len()) => {
                    match self.choose_record(project, &open) {
                        Some(record) => record,
                        None => project.current()?,
                    }
                }
                current => current?,
            },
        };
        self.is_about(&record);
        Ok(record)
    }

    /// Stores the record that the command is about.
    pub fn is_about(&self, record: &RecordName) {
        *self.about.borrow_mut() = Some(record.id.clone());
    }

    /// Returns the record that the command is about, if commands without a name would apply to another one.
    pub fn record_to_name(&self) -> Option<String> {
        let record = self.about.borrow().clone()?;
        let meant = self.meant_by_none(&self.bare_project().ok()?);
        (meant.is_none_or(|meant| meant.id != record)).then_some(record)
    }

    /// Returns the option that names a record to another command; empty if commands apply to that record without it.
    pub fn option_of(&self, project: &Project, record: &str) -> String {
        let is_meant = self.meant_by_none(project).is_some_and(|meant| meant.id == record);
        if is_meant { String::new() } else { format!(" -r {record}") }
    }

    /// Returns the name of the record in the environment; an empty one counts as none.
    pub fn record_of_environment(&self) -> Option<String> {
        self.environment.variable_text("ASRUN_RECORD").filter(|named| !named.is_empty())
    }

    /// Returns the record that commands without a name apply to.
    fn meant_by_none(&self, project: &Project) -> Option<RecordName> {
        match self.record_of_environment() {
            Some(named) => project.select(&named).ok(),
            None => project.current().ok(),
        }
    }

    /// Returns the command that undoes a record's last change, in the form for where the change was typed.
    pub fn undo_of(&self, project: &Project, record: &str) -> String {
        match self.door() {
            Door::Prompt => "/undo".to_owned(),
            Door::CommandLine => format!("asrun undo{}", self.option_of(project, record)),
        }
    }

    /// Refuses a text of a single word that names a record if no record was given by an option: that record was
    /// probably meant, and the text would be written into another one. The suggested commands repeat the other options.
    pub fn refuse_record_as_text(
        &self,
        project: &Project,
        verb: &str,
        text: &[String],
        options: &[(&str, &Option<String>)],
    ) -> Result<(), Failure> {
        let [word] = text else { return Ok(()) };
        let named = match project.select(word) {
            _ if word.contains(char::is_whitespace) => return Ok(()),
            Ok(record) => vec![record.id],
            Err(StoreFault::Ambiguous { matches, .. }) => matches,
            Err(_) => return Ok(()),
        };
        let of = |record: &str, text: Option<&String>| {
            let command = ["asrun", verb, "-r", record].map(str::to_owned).into_iter();
            let said = options.iter().filter_map(|(name, value)| Some((*name, value.as_ref()?)));
            let options = said.flat_map(|(name, value)| [name.to_owned(), value.clone()]);
            shell_line(&command.chain(text.cloned()).chain(options).collect::<Vec<_>>())
        };
        const RECORD: &str = "RECORD";
        let as_record = of(if let [one] = named.as_slice() { one } else { RECORD }, None);
        let changed = self.meant_by_none(project).map(|record| record.id);
        let as_word = of(changed.as_deref().unwrap_or(RECORD), Some(word));
        Err(Failure::misuse(terminal().word_or_record(word, &named, &as_record, &as_word)))
    }

    /// Refuses a new id that names another record, if the record to be renamed was not given by an option.
    pub fn refuse_record_as_id(&self, target: &Target, id: &str) -> Result<(), Failure> {
        let own = &target.record.id;
        match target.workspace.project.select(id) {
            // A record with exactly this id is reported as a duplicate.
            Ok(other) if other.id != *own && other.id != id => {
                let as_record = format!("asrun rename -r {} NEW-ID", other.id);
                let as_word = format!("asrun rename -r {own} {id}");
                let named = [other.id];
                Err(Failure::misuse(terminal().word_or_record(id, &named, &as_record, &as_word)))
            }
            _ => Ok(()),
        }
    }

    /// Returns why a key was not set or shown; if a record was typed in its place, with the right command.
    pub fn key_failure(
        &self,
        project: &Project,
        fault: Fault,
        command: &str,
        typed: &[String],
    ) -> Failure {
        let is_unknown = matches!(fault, Fault::Key(KeyFault::Unknown { .. }));
        let is_record = is_unknown && typed.first().is_some_and(|key| project.select(key).is_ok());
        let failure = Failure::from(fault);
        match is_record {
            true => {
                let line = format!("{command} -r {}", shell_line(typed));
                failure.hint(terminal().record_by_option(&line))
            }
            false => failure,
        }
    }

    /// Reports how to undo a change of a record that is not the current one, to which a plain undo would apply.
    pub fn tell_way_back(&self, Target { workspace, record, .. }: &Target) {
        let project = &workspace.project;
        let is_meant = || self.option_of(project, &record.id).is_empty();
        if !self.dry_run && self.door() == Door::CommandLine && !is_meant() {
            self.hint(&terminal().to_take_back(&self.undo_of(project, &record.id)));
        }
    }

    /// Reports what is to be known about a change that was saved, and how to undo it.
    pub fn tell_changed(&mut self, target: &Target, saved: &Saved) {
        self.tell_saved(saved);
        let lost = if self.dry_run { Vec::new() } else { still_lost(target, saved) };
        for finding in lost {
            let ProblemText { message, help } = terminal().file_finding(&finding);
            self.warn(Refusal::new(message).hint(help));
        }
        self.tell_way_back(target);
    }

    /// Reads a record by name, or the current one.
    pub fn load(&self, project: &Project, wanted: Option<&str>) -> Result<Loaded, Failure> {
        Ok(project.load(&self.named_or_current(project, wanted)?)?)
    }
}
