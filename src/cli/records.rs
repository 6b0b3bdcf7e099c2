//! Every record, read on every core; only what is asked of each is kept.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::model::{Day, Incident};
use crate::operations::{self, Reading};
use crate::query::{Filter, Wanted};
use crate::render::{Answer, Layout, rows_text};
use crate::store::Project;
use crate::view::Row;

use super::args::FormArgs;

// Which records are meant.
#[derive(Debug, Args)]
#[command(next_help_heading = help().filter.heading)]
pub(super) struct FilterArgs {
    #[arg(long, value_name = "KIND", help = help().filter.kind)]
    kind: Option<String>,
    #[arg(long, value_name = "TAG", help = help().filter.tag)]
    tag: Option<String>,
    #[arg(long, value_name = "SERVICE", help = help().filter.service)]
    service: Option<String>,
    #[arg(long = "version", value_name = "VERSION", help = help().filter.of_version)]
    of_version: Option<String>,
    #[arg(long, value_name = "SEVERITY", help = help().filter.severity)]
    severity: Option<String>,
    #[arg(long, value_name = "MILESTONE", help = help().filter.status)]
    status: Option<String>,
    #[arg(long, value_name = "NAME", help = help().filter.author)]
    author: Option<String>,
    #[arg(long, value_name = "DAY", value_parser = first_day, help = help().filter.since)]
    since: Option<Day>,
    #[arg(long, value_name = "DAY", value_parser = last_day, help = help().filter.until)]
    until: Option<Day>,
    #[arg(long, help = help().filter.open)]
    pub(super) open: bool,
}

impl FilterArgs {
    fn filter(&self) -> Filter {
        Filter {
            kind: self.kind.clone(),
            tag: self.tag.clone(),
            service: self.service.clone(),
            version: self.of_version.clone(),
            severity: self.severity.clone(),
            status: self.status.clone(),
            author: self.author.clone(),
            since: self.since,
            until: self.until,
            open: self.open,
        }
    }
}

fn first_day(text: &str) -> Result<Day, String> {
    Day::first_of(text).ok_or_else(|| terminal().not_a_day(text))
}

fn last_day(text: &str) -> Result<Day, String> {
    Day::last_of(text).ok_or_else(|| terminal().not_a_day(text))
}

/// What is to be looked for.
pub(super) fn wanted(words: &[String]) -> Result<Wanted, Failure> {
    let wanted = Wanted::read(&words.join(" "));
    wanted.map_err(|fault| Failure::misuse(terminal().unreadable_pattern(&fault)))
}

/// The id of the one record that was asked for, if one was.
pub(super) fn only_record(
    project: &Project,
    wanted: Option<&str>,
) -> Result<Option<String>, Failure> {
    Ok(wanted.map(|wanted| project.select(wanted)).transpose()?.map(|record| record.id))
}

/// What was found, and what could not be read.
pub(super) struct Found<T> {
    /// In the order of the records' names.
    pub(super) rows: Vec<T>,
    /// A line each.
    pub(super) unreadable: Vec<String>,
    /// Copies of records that other programs left.
    pub(super) copies: Vec<PathBuf>,
    /// There are no records at all.
    pub(super) none_there: bool,
}

/// Asks every record that is one of those meant, and words what cannot be read.
pub(super) fn ask<T: Send>(
    project: &Project,
    filter: &FilterArgs,
    reading: Reading,
    question: impl Fn(&str, &Incident) -> Vec<T> + Sync,
) -> Result<Found<T>, Failure> {
    let answers = operations::ask(project, &filter.filter(), reading, question)?;
    let misnamed = answers.misnamed.iter().map(|path| misnamed_line(path));
    let faults = answers.unreadable.into_iter().map(|fault| Failure::from(fault).in_one_line());
    Ok(Found {
        rows: answers.rows,
        unreadable: misnamed.chain(faults).collect(),
        copies: answers.copies,
        none_there: answers.records == 0,
    })
}

/// What is to be said of a file whose name is no text.
fn misnamed_line(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    terminal().misnamed(&format!("{}/{name}", crate::store::RECORDS))
}

impl<R: Row> Found<R> {
    /// Prints what was found in the form that was asked for, and names on the error output what
    /// could not be read.
    pub(super) fn print(&self, context: &mut Context, form: &FormArgs) -> Result<(), Failure> {
        let text = rows_in(context, form, &self.rows, &self.unreadable)?;
        self.tell_unreadable(context);
        context.print(&text);
        Ok(())
    }
}

/// Rows in the form that was asked for.
pub(super) fn rows_in<R: Row>(
    context: &Context,
    form: &FormArgs,
    rows: &[R],
    unreadable: &[String],
) -> Result<String, Failure> {
    let columns = form.columns::<R>(context.table_width.is_none())?;
    let layout = Layout { form: form.form()?, columns: &columns, width: context.table_width };
    Ok(rows_text(&Answer { view: R::VIEW, rows, unreadable }, layout))
}

impl<T> Found<T> {
    /// Names on the error output what could not be read, a line each.
    pub(super) fn tell_unreadable(&self, context: &Context) {
        for fault in &self.unreadable {
            context.note(&terminal().unreadable(fault));
        }
    }

    /// Says that nothing is as it was asked for, if so.
    pub(super) fn tell_none(&self, context: &Context) -> bool {
        let none = self.rows.is_empty() && self.unreadable.is_empty();
        if self.none_there {
            context.note(terminal().no_records());
        } else if none {
            context.note(terminal().none_like_that());
        }
        self.none_there || none
    }

    /// Done, if everything could be read.
    pub(super) fn exit(&self) -> Exit {
        if self.unreadable.is_empty() { Exit::Done } else { Exit::Failed }
    }

    /// Done, if everything could be read and something was found; says so if not.
    pub(super) fn exit_of_search(&self, context: &Context, nothing: &str) -> Exit {
        if self.rows.is_empty() {
            context.note(nothing);
            return Exit::Failed;
        }
        self.exit()
    }
}
