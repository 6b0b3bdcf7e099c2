//! Which record a command means.

use std::time::Duration;

use crate::fault::StoreFault;
use crate::lang::{Door, terminal};
use crate::operations::{Target, Workspace};
use crate::store::{Loaded, LockWait, Project, RecordName};

use super::super::errors::Failure;
use super::{Context, tell_waiting};

/// The most records that somebody is asked to choose from.
const MOST_CHOICES: usize = 9;

/// Which record a writing command means, and how long it waits for others.
#[derive(Debug, Clone, Copy)]
pub struct WantedRecord<'a> {
    /// The record as somebody named it; the current one is meant where nobody did.
    pub name: Option<&'a str>,
    /// How long it waits for others that write.
    pub wait: Duration,
}

impl<'a> WantedRecord<'a> {
    /// Returns a record that is always named; `wait` is in seconds.
    pub fn named(name: &'a str, wait: u64) -> WantedRecord<'a> {
        WantedRecord { name: Some(name), wait: Duration::from_secs(wait) }
    }
}

impl Context {
    /// The record that a writing command means.
    pub fn target<'a>(&self, wanted: impl Into<WantedRecord<'a>>) -> Result<Target, Failure> {
        self.target_in(self.workspace()?, None, wanted)
    }

    /// The same in a project that is there already; `named` wins over the option.
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

    /// A record that is known, as a writing command changes it.
    pub fn target_of(&self, workspace: Workspace, record: RecordName, wait: Duration) -> Target {
        let wait = LockWait { limit: wait, waiting: &tell_waiting };
        Target { workspace, record, wait }
    }

    /// A record by name, or the current one.
    pub fn named_or_current(
        &self,
        project: &Project,
        wanted: Option<&str>,
    ) -> Result<RecordName, Failure> {
        match wanted {
            Some(wanted) => Ok(project.select(wanted)?),
            None => match project.current() {
                Err(StoreFault::NoCurrent { open, .. }) if self.may_choose(&open) => {
                    let answer = self.ask(&terminal().which_record(&open));
                    let number = answer.and_then(|answer| answer.parse::<usize>().ok());
                    let id = number.and_then(|number| open.get(number.checked_sub(1)?));
                    match id.and_then(|id| project.exact(id)) {
                        Some(record) => Ok(record),
                        None => Ok(project.current()?),
                    }
                }
                current => Ok(current?),
            },
        }
    }

    /// Returns the option that names a record to another command; empty where commands mean that record without it.
    pub fn option_of(&self, project: &Project, record: &str) -> String {
        let meant = match self.environment.said("ASRUN_RECORD") {
            Some(named) => project.select(&named),
            None => project.current(),
        };
        let is_meant = meant.is_ok_and(|meant| meant.id == record);
        if is_meant { String::new() } else { format!(" -r {record}") }
    }

    /// Returns what takes a record's last change back, as it is typed where the change was.
    pub fn undo_of(&self, project: &Project, record: &str) -> String {
        match self.door() {
            Door::Prompt => "/undo".to_owned(),
            Door::CommandLine => format!("asrun undo{}", self.option_of(project, record)),
        }
    }

    /// Whether a person can be asked which of these records is meant.
    fn may_choose(&self, open: &[String]) -> bool {
        (2..=MOST_CHOICES).contains(&open.len()) && self.is_interactive()
    }

    /// Reads a record by name, or the current one.
    pub fn load(&self, project: &Project, wanted: Option<&str>) -> Result<Loaded, Failure> {
        Ok(project.load(&self.named_or_current(project, wanted)?)?)
    }
}
