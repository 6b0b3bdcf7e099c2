//! Every record, read on every core; only what is asked of each is kept.

use std::path::PathBuf;

use crate::lang::terminal;
use crate::model::Incident;
use crate::operations::{self, Reading};
use crate::query::Filter;
use crate::store::Project;

use super::{Context, Exit, Failure};

/// What was found, and what could not be read.
pub struct Found<T> {
    /// In the order of the records' names.
    pub rows: Vec<T>,
    /// A line each.
    pub unreadable: Vec<String>,
    /// Copies of records that other programs left.
    pub copies: Vec<PathBuf>,
    /// There are no records at all.
    pub none_there: bool,
}

/// Asks every record that is one of those meant, and words what cannot be read.
pub fn ask<T: Send>(
    project: &Project,
    filter: &Filter,
    reading: Reading,
    question: impl Fn(&str, &Incident) -> Vec<T> + Sync,
) -> Result<Found<T>, Failure> {
    let answers = operations::ask(project, filter, reading, question)?;
    let misnamed = answers.misnamed.iter();
    let misnamed = misnamed.map(|path| terminal().misnamed(&project.told_path(path)));
    let faults = answers.unreadable.into_iter().map(|fault| Failure::from(fault).in_one_line());
    Ok(Found {
        rows: answers.rows,
        unreadable: misnamed.chain(faults).collect(),
        copies: answers.copies,
        none_there: answers.records == 0,
    })
}

impl<T> Found<T> {
    /// Names on the error output what could not be read, a line each.
    pub fn tell_unreadable(&self, context: &Context) {
        for fault in &self.unreadable {
            context.note(&terminal().unreadable(fault));
        }
    }

    /// Says that nothing is as it was asked for, if so.
    pub fn tell_none(&self, context: &Context) -> bool {
        let none = self.rows.is_empty() && self.unreadable.is_empty();
        if self.none_there {
            context.note(terminal().no_records());
        } else if none {
            context.note(terminal().none_like_that());
        }
        self.none_there || none
    }

    /// Done, if everything could be read.
    pub fn exit(&self) -> Exit {
        if self.unreadable.is_empty() { Exit::Done } else { Exit::Failed }
    }

    /// Done, if everything could be read and something was found; says so if not.
    pub fn exit_of_search(&self, context: &Context, nothing: &str) -> Exit {
        if self.rows.is_empty() {
            context.note(nothing);
            return Exit::Failed;
        }
        self.exit()
    }
}
