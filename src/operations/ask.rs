//! Runs a query over every record.

use std::path::PathBuf;

use crate::fault::{Fault, StoreFault};
use crate::format::Prose;
use crate::model::Incident;
use crate::query::Filter;
use crate::store::{Listing, Project, RecordName};

use super::workers::at_once;
use super::workspace::Workspace;

/// Returns the other open records; one that cannot be read counts as open.
///
/// # Errors
/// The records cannot be listed.
pub fn others_open(project: &Project, record: &RecordName) -> Result<Vec<String>, Fault> {
    open_beside(project, record, |_| true)
}

/// Returns the other open records that can be read and match.
fn open_beside(
    project: &Project,
    record: &RecordName,
    is_meant: impl Fn(&Incident) -> bool,
) -> Result<Vec<String>, Fault> {
    let reader = project.reader();
    let is_meant = |other: &RecordName| {
        let read = reader.outline(other).ok().flatten();
        read.is_some_and(|incident| incident.is_open_work() && is_meant(&incident))
    };
    let open = project.open_beside(record)?.into_iter().filter(is_meant);
    Ok(open.map(|other| other.id).collect())
}

/// Returns the other open records with an entry within a day, for a record that was just written to; within a month if
/// `is_doubtful`, as it was probably written to by mistake.
///
/// # Errors
/// The records cannot be listed.
pub fn others_under_way(
    workspace: &Workspace,
    record: &RecordName,
    is_doubtful: bool,
) -> Result<Vec<String>, Fault> {
    let (now, today) = (workspace.now, workspace.now.clock(Some(workspace.zone)).day);
    let within = if is_doubtful { MONTH } else { DAY };
    let is_recent = |incident: &Incident| {
        let told = incident.events.iter().flat_map(|event| [event.at, event.logged]).flatten();
        let latest = told.map(|at| at.unix()).filter(|at| *at <= now.unix()).max();
        latest.map_or(incident.date == Some(today), |latest| now.unix() - latest <= within)
    };
    let recent = open_beside(&workspace.project, record, is_recent)?;
    workspace.project.remember(record);
    Ok(recent)
}

/// Returns the other open records without an entry for a month; once a day, and nothing the rest of the day.
///
/// # Errors
/// The records cannot be listed.
pub fn long_open(workspace: &Workspace, record: &RecordName) -> Result<Vec<String>, Fault> {
    let (now, project) = (workspace.now, &workspace.project);
    // All records are read once a day.
    let today = now.clock(Some(workspace.zone)).day.to_string();
    if !project.is_first_mention(&today) {
        return Ok(Vec::new());
    }
    let is_old = |incident: &Incident| {
        let told = incident.events.iter().flat_map(|event| [event.at, event.logged]).flatten();
        let latest = told.map(|at| at.unix()).max();
        let planned = incident.plan.iter().filter_map(|step| step.planned()).map(|at| at.unix());
        let last = planned.chain(latest).max();
        !incident.sample && last.is_some_and(|last| now.unix() - last > MONTH)
    };
    open_beside(project, record, is_old)
}

const DAY: i64 = 86_400;
const MONTH: i64 = 30 * DAY;

/// The results of a query over records.
#[derive(Debug)]
pub struct Answers<T> {
    /// The results, in the order of the records' names.
    pub rows: Vec<T>,
    /// Why records cannot be read, which does not affect the others.
    pub unreadable: Vec<StoreFault>,
    /// Files whose names are not valid text.
    pub misnamed: Vec<PathBuf>,
    /// Copies of records that other programs left behind.
    pub copies: Vec<PathBuf>,
    /// The number of records.
    pub records: usize,
}

/// Which parts of the records are read.
#[derive(Clone, Copy)]
pub enum Reading<'a> {
    /// All records, without the texts of events.
    Outlines,
    /// Records that may match, with the `text` of events.
    Texts(MayHold<'a>),
    /// Records that may match, with the texts of events that may match.
    Hits(MayHold<'a>),
}

/// Whether a text may match a search.
pub type MayHold<'a> = &'a (dyn Fn(&str) -> bool + Sync);

/// Runs a query over every selected record.
///
/// # Errors
/// The records cannot be listed.
pub fn ask<T: Send>(
    project: &Project,
    filter: &Filter,
    reading: Reading,
    question: impl Fn(&str, &Incident) -> Vec<T> + Sync,
) -> Result<Answers<T>, Fault> {
    let reader = project.reader();
    let read = |record: &RecordName| match reading {
        Reading::Outlines => reader.outline(record),
        Reading::Texts(may_hold) => reader.incident_if(record, may_hold, Prose::Texts),
        Reading::Hits(may_hold) => reader.incident_if(record, may_hold, Prose::Holding(may_hold)),
    };
    let Listing { records, copies, misnamed } = project.list()?;
    let one = |record: &RecordName| match read(record) {
        Ok(Some(incident)) if filter.admits(&incident) => {
            Some(question(&record.id, &incident)).filter(|rows| !rows.is_empty()).map(Ok)
        }
        Ok(_) => None,
        Err(fault) => Some(Err(fault)),
    };
    // More threads than cores: with a cold cache, reading takes most of the time.
    let workers = if records.len() < 8 { 1 } else { 8 };
    let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
    for answer in at_once(&records, workers, one) {
        match answer {
            Ok(answer) => rows.extend(answer),
            Err(fault) => unreadable.push(fault),
        }
    }
    Ok(Answers { rows, unreadable, misnamed, copies, records: records.len() })
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::model::Moment;

    #[test]
    fn records_left_open_are_mentioned_once_a_day() {
        let event = "events:\n  - {at: 2024-07-01T10:00Z, text: x, type: detected}\n";
        let trial = Trial::new(&format!("title: t\n{event}"));
        let mut workspace = trial.target.workspace.clone();
        let other = workspace.project.create_record("search", "title: s\n").unwrap();
        let told = |workspace: &Workspace| long_open(workspace, &other).unwrap();
        assert_eq!(told(&workspace), ["checkout"]);
        assert!(told(&workspace).is_empty());
        workspace.now = Moment::parse("2024-09-08T18:30+09:00", None).unwrap();
        assert_eq!(told(&workspace), ["checkout"]);
        trial.write(&format!("title: t\narchived: true\n{event}"));
        workspace.now = Moment::parse("2024-09-09T18:30+09:00", None).unwrap();
        assert!(told(&workspace).is_empty());
    }
}
