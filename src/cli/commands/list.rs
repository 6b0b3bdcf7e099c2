use clap::Args;

use crate::console::answers::{Found, ask};
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::Reading;
use crate::render::{Answer, Form, Layout, rows_text};
use crate::view::{ListOrder, ListRow, Row, UnreadableRow, list_row, sort_list, totals_line};

use super::super::args::{FormArgs, one_of};
use super::super::records::{FilterArgs, print};

#[derive(Debug, Args)]
#[command(about = help().list.about, long_about = help().list.long_about)]
pub(in crate::cli) struct ListArgs {
    #[arg(long, value_parser = one_of(ListOrder::WORDS), default_value = "date",
        help = help().list.sort)]
    sort: ListOrder,
    #[arg(long, help = help().list.reverse)]
    reverse: bool,
    #[arg(long, help = help().list.archived)]
    archived: bool,
    #[arg(long, help = help().list.unreadable)]
    unreadable: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ListArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let current = project.chosen();
    let mut found = ask(&project, &args.filter, Reading::Outlines, |id, incident| {
        vec![list_row(id, incident)]
    })?;
    for row in found.rows.iter_mut().filter(|row| current.as_ref() == Some(&row.id)) {
        row.current = true;
    }
    let all = found.rows.len();
    found.rows.retain(|row| args.archived || !row.archived);
    let archived = all - found.rows.len();
    sort_list(&mut found.rows, args.sort, &project.settings.severities);
    if args.reverse {
        found.rows.reverse();
    }
    context.tell_copies(&found.copies);
    let left = project.left_in_usual_folder();
    if left > 0 {
        context.warn(terminal().left_in_usual_folder(left, project.records()));
    }
    if args.unreadable {
        return unreadable(context, found, &args.form);
    }
    print(context, &found, &args.form_of_rows(context.table_width.is_none()))?;
    if found.rows.is_empty() && archived > 0 {
        context.note(&terminal().only_archived(archived));
    } else if !found.tell_none(context) && args.form.is_table() && context.table_width.is_some() {
        context
            .answer(&format!("\n{}\n", totals_line(&found.rows, archived, found.unreadable.len())));
    }
    Ok(found.exit())
}

impl ListArgs {
    /// Returns the format of the rows. A table marks archived records in their state; machine-readable rows have a
    /// column for it, if archived records may be included.
    fn form_of_rows(&self, piped: bool) -> FormArgs {
        self.form.with_piped::<ListRow>("archived", piped && self.archived)
    }
}

/// Records that cannot be read are part of the answer here.
fn unreadable(
    context: &mut Context,
    mut found: Found<ListRow>,
    form: &FormArgs,
) -> Result<Exit, Failure> {
    found.rows.clear();
    let rows: Vec<UnreadableRow> =
        found.unreadable.iter().map(|fault| UnreadableRow { unreadable: fault.clone() }).collect();
    let columns: Vec<_> = UnreadableRow::COLUMNS.iter().collect();
    let layout = Layout { form: form.form()?, columns: &columns, width: None };
    match layout.form {
        Form::Json => print(context, &found, form)?,
        _ => {
            let answer = Answer { view: UnreadableRow::VIEW, rows: &rows, unreadable: &[] };
            context.print(&rows_text(&answer, layout));
        }
    }
    if found.unreadable.is_empty() {
        context.note(terminal().all_readable());
    }
    Ok(found.exit())
}
