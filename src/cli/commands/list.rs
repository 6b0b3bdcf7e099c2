use clap::{Args, ValueEnum};

use crate::render::rows_text;
use crate::view::{ListRow, list_row};

use super::super::args::FormArgs;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::records::{FilterArgs, ask_outlines, tell_unreadable};

/// List the records, latest last; `*` marks the selected one
///
///   asrun list --kind release --since 2024
///   asrun list --sort events --format csv
///
/// A record that cannot be read is named on the error output and the others are
/// listed all the same; the exit code is then 1.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct ListArgs {
    /// By what they are sorted.
    #[arg(long, value_enum, default_value_t = Sort::Date)]
    sort: Sort,
    /// The other way round.
    #[arg(long)]
    reverse: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    Date,
    Id,
    Severity,
    Events,
    Title,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ListArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let listing = project.list()?;
    let current = project.chosen();
    let found =
        ask_outlines(&project, &args.filter.filter(), |id, incident| vec![list_row(id, incident)])?;
    let mut rows = found.rows;
    for row in rows.iter_mut().filter(|row| current.as_ref() == Some(&row.id)) {
        row.current = true;
    }
    sort(&mut rows, args.sort);
    if args.reverse {
        rows.reverse();
    }
    tell_unreadable(context, &found.unreadable);
    for copy in &listing.copies {
        let name = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = crate::render::escape::terminal(&name).into_owned();
        context.say(&format!(
            "warning: {name} looks like a conflict copy of a record; it may hold events"
        ));
    }
    if listing.records.is_empty() {
        context.say("no records yet; begin one with: asrun new \"TITLE\"");
    }
    if !rows.is_empty() || !args.form.is_table() {
        context.print(&rows_text(args.form.form(), &rows, &found.unreadable, context.width));
    } else if !listing.records.is_empty() && found.unreadable.is_empty() {
        context.say("no record is like that");
    }
    Ok(if found.unreadable.is_empty() { Exit::Done } else { Exit::Failed })
}

fn sort(rows: &mut [ListRow], by: Sort) {
    rows.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
    match by {
        Sort::Date => {}
        Sort::Id => rows.sort_by(|a, b| a.id.cmp(&b.id)),
        // Those without a severity last.
        Sort::Severity => rows.sort_by(|a, b| {
            (a.severity.is_empty(), &a.severity).cmp(&(b.severity.is_empty(), &b.severity))
        }),
        Sort::Events => rows.sort_by_key(|row| row.events),
        Sort::Title => rows.sort_by(|a, b| a.title.cmp(&b.title)),
    }
}
