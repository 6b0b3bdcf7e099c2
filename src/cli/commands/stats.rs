use clap::Args;

use crate::console::answers::ask;
use crate::console::{Context, Exit, Failure};
use crate::lang::help;
use crate::operations::{Reading, step_names};
use crate::query::{By, sample};
use crate::render::{
    Answer, Form, Layout, rows_text, stats_markdown, stats_svg, stats_text, to_json,
};
use crate::view::{Column, FigureRow, Row, StatsSettings, StatsView, TraceRow, stats_view};

use super::super::args::{FormArgs, one_of};
use super::super::records::FilterArgs;

#[derive(Debug, Args)]
#[command(about = help().stats.about, long_about = help().stats.long_about)]
pub(in crate::cli) struct StatsArgs {
    #[arg(long, value_parser = one_of(By::WORDS), value_name = "WHAT", help = help().stats.by)]
    by: Option<By>,
    #[arg(long, value_parser = FIGURES, value_name = "FIGURE", num_args = 0..=1,
        default_missing_value = "all", help = help().stats.explain)]
    explain: Option<String>,
    #[arg(long, conflicts_with_all = ["explain", "format", "bom"], help = help().stats.svg)]
    svg: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

const FIGURES: [&str; 10] =
    ["all", "records", "open", "events", "ttd", "tta", "ttm", "ttr", "deviation", "kept"];

pub(in crate::cli) fn run(context: &mut Context, args: &StatsArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let (tolerance, now) = (project.settings.tolerance_seconds(), context.now);
    let mut found = ask(&project, &args.filter, Reading::Outlines, |id, incident| {
        vec![sample(id, incident, (tolerance, now))]
    })?;
    found.rows.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    found.tell_unreadable(context);
    let settings = &project.settings;
    let aliases = step_names(settings);
    let settings = StatsSettings {
        aliases: &aliases,
        language: settings.language.as_deref(),
        zone: settings.zone(),
        severities: &settings.severities,
    };
    let mut view = stats_view(&found.rows, args.by, args.explain.as_deref(), &settings);
    view.unreadable.clone_from(&found.unreadable);
    let text = text(context, args, &view)?;
    context.print(&text);
    found.tell_none(context);
    let exit = found.exit();
    // The command ends here, and the system frees all memory at once.
    std::mem::forget(found.rows);
    Ok(exit)
}

fn text(context: &Context, args: &StatsArgs, view: &StatsView) -> Result<String, Failure> {
    if args.svg {
        return Ok(stats_svg(view));
    }
    let form = args.form.form()?;
    if args.explain.is_some() && form != Form::Json {
        return traces(context, args, view);
    }
    let columns = args.form.columns::<FigureRow>(context.table_width.is_none())?;
    Ok(match form {
        Form::Json => to_json(view),
        Form::Markdown if args.form.has_usual_columns() => stats_markdown(view),
        Form::Table if args.form.has_usual_columns() => stats_text(view, context.width),
        _ => rows(context, &view.rows, form, &columns),
    })
}

/// Prints the values behind a figure, including missing ones.
fn traces(context: &Context, args: &StatsArgs, view: &StatsView) -> Result<String, Failure> {
    let traces = view.rows.iter().flat_map(|row| row.from.iter().flatten().cloned());
    let traces: Vec<TraceRow> = traces.collect();
    let mut columns = args.form.columns::<TraceRow>(context.table_width.is_none())?;
    let group = &TraceRow::COLUMNS[0];
    let lacks_group = columns.iter().all(|column| column.key != group.key);
    if args.form.has_usual_columns() && args.by.is_some() && lacks_group {
        columns.insert(0, group);
    }
    Ok(rows(context, &traces, args.form.form()?, &columns))
}

fn rows<R: Row>(context: &Context, rows: &[R], form: Form, columns: &[&'static Column]) -> String {
    let answer = Answer { view: R::VIEW, rows, unreadable: &[] };
    rows_text(&answer, Layout { form, columns, width: context.table_width })
}
