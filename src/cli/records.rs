//! Every record, read on every core; only what is asked of each is kept.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::lang::{help, terminal};
use crate::model::{Day, Incident};
use crate::operations::at_once;
use crate::query::{Filter, Wanted};
use crate::render::{Answer, Layout, rows_text};
use crate::store::{Listing, Project, RecordName};
use crate::view::Row;

use super::args::FormArgs;
use super::context::Context;
use super::errors::{Exit, Failure};

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
    let day = Day::parse(text).or_else(|| Day::parse(&format!("{text}-01")));
    day.or_else(|| Day::parse(&format!("{text}-01-01"))).ok_or_else(|| terminal().not_a_day(text))
}

fn last_day(text: &str) -> Result<Day, String> {
    let of_month = || {
        let days = (28..=31).rev();
        days.map(|day| format!("{text}-{day}")).find_map(|day| Day::parse(&day))
    };
    let day = Day::parse(text).or_else(of_month);
    day.or_else(|| Day::parse(&format!("{text}-12-31"))).ok_or_else(|| terminal().not_a_day(text))
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

/// Asks every record that is one of those meant: with words that are looked for, all of those whose
/// text may hold them; without, all that is said of them but the words of events. One that cannot be
/// read keeps no other from answering.
pub(super) fn ask<T: Send>(
    project: &Project,
    filter: &FilterArgs,
    wanted: Option<&Wanted>,
    question: impl Fn(&str, &Incident) -> Vec<T> + Sync,
) -> Result<Found<T>, Failure> {
    let (reader, filter) = (project.reader(), filter.filter());
    let read = |record: &RecordName| match wanted {
        Some(wanted) => reader.incident_if(record, |text| wanted.may_be_in(text)),
        None => reader.outline(record),
    };
    let Listing { records, copies, misnamed } = project.list()?;
    let one = |record: &RecordName| match read(record) {
        Ok(Some(incident)) if filter.admits(&incident) => {
            Some(question(&record.id, &incident)).filter(|rows| !rows.is_empty()).map(Ok)
        }
        Ok(_) => None,
        Err(fault) => Some(Err(Failure::from(fault).in_one_line())),
    };
    // More readers than cores: on a cold cache reading is what takes time.
    let workers = if records.len() < 8 { 1 } else { 8 };
    let none_there = records.is_empty();
    let mut found = Found { rows: Vec::new(), unreadable: Vec::new(), copies, none_there };
    found.unreadable.extend(misnamed.iter().map(|path| misnamed_line(path)));
    for answer in at_once(&records, workers, one) {
        match answer {
            Ok(rows) => found.rows.extend(rows),
            Err(fault) => found.unreadable.push(fault),
        }
    }
    Ok(found)
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
    let columns = form.columns::<R>()?;
    let layout = Layout { form: form.format, columns: &columns, width: context.table_width };
    Ok(rows_text(&Answer { view: 1, rows, unreadable }, layout))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_spans_of_days() {
        let both = |text: &str| {
            (first_day(text).map(|day| day.to_string()), last_day(text).map(|day| day.to_string()))
        };
        assert_eq!(both("2024"), (Ok("2024-01-01".to_owned()), Ok("2024-12-31".to_owned())));
        assert_eq!(both("2024-02"), (Ok("2024-02-01".to_owned()), Ok("2024-02-29".to_owned())));
        assert_eq!(both("2024-09-07"), (Ok("2024-09-07".to_owned()), Ok("2024-09-07".to_owned())));
        assert!(first_day("soon").is_err() && last_day("2024-13").is_err());
    }
}
