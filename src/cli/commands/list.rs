use clap::Args;

use crate::render::list_table;
use crate::view::list_row;

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// List the records, latest last; `*` marks the selected one
///
/// A record that cannot be read is named on the error output and the others are listed all the
/// same; the exit code is then 1.
#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    /// Only records that are still open.
    #[arg(long)]
    open: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ListArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let listing = project.list()?;
    let mut rows = Vec::new();
    let mut unreadable = 0;
    for record in &listing.records {
        match project.load(record) {
            Ok(loaded) => rows.push(list_row(&loaded.id, &loaded.document.incident)),
            Err(fault) => {
                unreadable += 1;
                context.say(&format!("unreadable: {}", Failure::from(fault).in_one_line()));
            }
        }
    }
    for copy in &listing.copies {
        let name = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = crate::render::escape::terminal(&name).into_owned();
        context.say(&format!(
            "warning: {name} looks like a conflict copy of a record; it may hold events"
        ));
    }
    let current = project.chosen();
    for row in rows.iter_mut().filter(|row| current.as_ref() == Some(&row.id)) {
        row.current = true;
    }
    rows.retain(|row| row.open || !args.open);
    rows.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
    if rows.is_empty() && unreadable == 0 {
        context.say("no records yet; begin one with: asrun new \"TITLE\"");
    } else {
        context.print(&list_table(&rows, context.width));
    }
    Ok(if unreadable == 0 { Exit::Done } else { Exit::Failed })
}
