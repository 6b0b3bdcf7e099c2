use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{lines_of_plan, plan_for_calendar, plan_of};
use crate::render::{plan_calendar, plan_csv, plan_markdown, plan_text, to_json};
use crate::store::{Claim, Origin, Project};
use crate::view::PlanView;

use super::super::super::args::{EitherRecordArgs, TableFormat};

#[derive(Debug, Args)]
#[command(about = help().plan.list.about, long_about = help().plan.list.long_about)]
pub(super) struct ListArgs {
    #[command(flatten)]
    record: EitherRecordArgs,
    #[arg(long, value_enum, default_value_t = TableFormat::Table, help = help().plan.list.format)]
    format: TableFormat,
}

#[derive(Debug, Args)]
#[command(about = help().plan.export.about, long_about = help().plan.export.long_about)]
pub(super) struct ExportArgs {
    #[command(flatten)]
    record: EitherRecordArgs,
    #[arg(long, value_enum, help = help().plan.export.format)]
    format: Option<ExportFormat>,
    #[arg(short, long, value_name = "FILE", help = help().plan.export.output)]
    output: Option<PathBuf>,
    #[arg(long, help = help().force)]
    force: bool,
    #[arg(long, help = help().plan.export.bom)]
    bom: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    Ics,
    Csv,
    Markdown,
    Lines,
}

pub(super) fn list(context: &mut Context, args: &ListArgs) -> Result<Exit, Failure> {
    let view = plan(context, &context.project()?, &args.record)?;
    match args.format {
        TableFormat::Table if view.steps.is_empty() => context.note(terminal().plan_is_empty()),
        TableFormat::Table => context.print(&plan_text(&view, context.width)),
        TableFormat::Json => context.print(&to_json(&view)),
    }
    Ok(Exit::Done)
}

pub(super) fn export(context: &mut Context, args: &ExportArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    let format = args.format.or_else(|| file.and_then(|file| of_ending(file)));
    let format = format.unwrap_or(ExportFormat::Lines);
    let view = match format {
        ExportFormat::Ics => {
            let record = context.named_or_current(&project, args.record.wanted(context)?)?;
            plan_for_calendar(&project, &record, context.now)?
        }
        _ => plan(context, &project, &args.record)?,
    };
    let text = match format {
        ExportFormat::Ics => plan_calendar(&view),
        ExportFormat::Csv => plan_csv(&view, args.bom),
        ExportFormat::Markdown => plan_markdown(&view),
        ExportFormat::Lines => lines_of_plan(&view, context.now),
    };
    match file {
        None => context.print(&text),
        Some(path) => {
            let record = Some(view.id.clone());
            let origin = Origin { record, kind: "plan".to_owned(), only: false };
            let file = (path.clone(), text.into_bytes());
            context.write_outputs(Some(&project), vec![file], &origin, Claim::Whole, args.force)?;
            context.note_done(&terminal().wrote(path));
        }
    }
    if format == ExportFormat::Ics && view.undated() > 0 {
        context.note(&terminal().not_in_calendar(view.undated()));
    }
    Ok(Exit::Done)
}

/// Returns the format for a file's extension.
fn of_ending(file: &Path) -> Option<ExportFormat> {
    match file.extension()?.to_str()?.to_lowercase().as_str() {
        "ics" => Some(ExportFormat::Ics),
        "csv" => Some(ExportFormat::Csv),
        "md" => Some(ExportFormat::Markdown),
        _ => None,
    }
}

fn plan(
    context: &Context,
    project: &Project,
    record: &EitherRecordArgs,
) -> Result<PlanView, Failure> {
    let loaded = context.load(project, record.wanted(context)?)?;
    Ok(plan_of(project, &loaded, context.now))
}
