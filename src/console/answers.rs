//! Runs a query over every record, in parallel, and keeps only its results.

use std::path::PathBuf;

use crate::lang::terminal;
use crate::model::Incident;
use crate::operations::{self, Answers, Reading};
use crate::query::Filter;
use crate::store::Project;

use super::{Context, Exit, Failure};

/// The results of a query, and what could not be read.
pub struct Found<T> {
    /// The results, in the order of the records' names.
    pub rows: Vec<T>,
    /// One line for each record that could not be read.
    pub unreadable: Vec<String>,
    /// Copies of records that other programs left behind.
    pub copies: Vec<PathBuf>,
    /// The number of records, whether they match or not.
    pub records: usize,
}

/// Runs a query over every selected record, and words what cannot be read.
pub fn ask<T: Send>(
    project: &Project,
    filter: impl Into<Filter>,
    reading: Reading,
    question: impl Fn(&str, &Incident) -> Vec<T> + Sync,
) -> Result<Found<T>, Failure> {
    Ok(Found::of(project, operations::ask(project, &filter.into(), reading, question)?))
}

impl<T> Found<T> {
    /// Returns the results of a query, with what cannot be read in words.
    pub fn of(project: &Project, answers: Answers<T>) -> Found<T> {
        let misnamed = answers.misnamed.iter();
        let misnamed = misnamed.map(|path| terminal().misnamed(&project.told_path(path)));
        let faults = answers.unreadable.into_iter().map(|fault| Failure::from(fault).in_one_line());
        Found {
            rows: answers.rows,
            unreadable: misnamed.chain(faults).collect(),
            copies: answers.copies,
            records: answers.records,
        }
    }

    /// Reports on the error output what could not be read, one line each.
    pub fn tell_unreadable(&self, context: &Context) {
        for fault in &self.unreadable {
            context.note(&terminal().unreadable(fault));
        }
    }

    /// Reports that nothing was found, if so, and returns whether it did.
    pub fn tell_none(&self, context: &Context) -> bool {
        let none = self.rows.is_empty() && self.unreadable.is_empty();
        if self.records == 0 {
            context.note(terminal().no_records());
        } else if none {
            context.note(terminal().none_like_that());
        }
        self.records == 0 || none
    }

    /// Returns success if everything could be read.
    pub fn exit(&self) -> Exit {
        if self.unreadable.is_empty() { Exit::Done } else { Exit::Failed }
    }

    /// Returns success if everything could be read and something was found; reports `nothing` if nothing was.
    pub fn exit_of_search(&self, context: &Context, nothing: &str) -> Exit {
        if self.rows.is_empty() {
            context.note(nothing);
            return Exit::Failed;
        }
        self.exit()
    }
}
