//! Selects records, and prints answers about them.

use clap::Args;

use crate::console::answers::Found;
use crate::console::{Context, Failure};
use crate::lang::{help, terminal};
use crate::model::Day;
use crate::query::{Filter, Wanted};
use crate::render::{Answer, Layout, rows_text};
use crate::store::Project;
use crate::view::Row;

use super::args::FormArgs;

// Criteria for records.
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

impl From<&FilterArgs> for Filter {
    fn from(args: &FilterArgs) -> Filter {
        Filter {
            kind: args.kind.clone(),
            tag: args.tag.clone(),
            service: args.service.clone(),
            version: args.of_version.clone(),
            severity: args.severity.clone(),
            status: args.status.clone(),
            author: args.author.clone(),
            since: args.since,
            until: args.until,
            open: args.open,
        }
    }
}

fn first_day(text: &str) -> Result<Day, String> {
    Day::first_of(text).ok_or_else(|| terminal().not_a_day(text))
}

fn last_day(text: &str) -> Result<Day, String> {
    Day::last_of(text).ok_or_else(|| terminal().not_a_day(text))
}

/// Parses a search query.
pub(super) fn wanted(words: &[String]) -> Result<Wanted, Failure> {
    let wanted = Wanted::read(&words.join(" "));
    wanted.map_err(|fault| Failure::misuse(terminal().unreadable_pattern(&fault)))
}

/// Returns the id of the one requested record, if there is one. `list`, which other commands have as a verb, requests none
/// unless a record has that name.
pub(super) fn only_record(
    project: &Project,
    wanted: Option<&str>,
) -> Result<Option<String>, Failure> {
    let wanted = wanted.filter(|wanted| *wanted != "list" || project.exact(wanted).is_some());
    let Some(wanted) = wanted else { return Ok(None) };
    let way = || terminal().way_of_entry(wanted);
    let record = project.select(wanted).map_err(|fault| match way() {
        Some(way) => Failure::from(fault).hint(way),
        None => Failure::from(fault),
    })?;
    Ok(Some(record.id))
}

/// Prints rows in the requested format, and reports on the error output what could not be read.
pub(super) fn print<R: Row>(
    context: &mut Context,
    found: &Found<R>,
    form: &FormArgs,
) -> Result<(), Failure> {
    let text = rows_in(context, form, &found.rows, &found.unreadable)?;
    found.tell_unreadable(context);
    context.print(&text);
    Ok(())
}

/// Returns rows in the requested format.
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
