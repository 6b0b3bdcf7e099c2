use clap::{Args, ValueEnum};

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::model::{Precision, Zone};
use crate::render::{plan_calendar, plan_csv, plan_lines, plan_markdown, plan_text, to_json};
use crate::view::{PlanView, plan_view};

#[derive(Debug, Args)]
#[command(about = help().plan.list.about, long_about = help().plan.list.long_about)]
pub(super) struct ListArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, default_value_t = ListFormat::Table, help = help().plan.list.format)]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
#[command(about = help().plan.export.about, long_about = help().plan.export.long_about)]
pub(super) struct ExportArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, default_value_t = ExportFormat::Lines,
        help = help().plan.export.format)]
    format: ExportFormat,
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
    let view = plan(context, args.record.as_deref())?;
    match args.format {
        ListFormat::Table if view.steps.is_empty() => context.note(terminal().plan_is_empty()),
        ListFormat::Table => context.print(&plan_text(&view, context.width)),
        ListFormat::Json => context.print(&to_json(&view)),
    }
    Ok(Exit::Done)
}

pub(super) fn export(context: &mut Context, args: &ExportArgs) -> Result<Exit, Failure> {
    let view = plan(context, args.record.as_deref())?;
    let clock = context.now.at_most(Precision::Second).clock(Some(Zone::UTC));
    let day = clock.day.to_string().replace('-', "");
    let stamp = format!("{day}T{:02}{:02}{:02}Z", clock.hour, clock.minute, clock.second);
    context.print(&match args.format {
        ExportFormat::Ics => plan_calendar(&view, &stamp),
        ExportFormat::Csv => plan_csv(&view, args.bom),
        ExportFormat::Markdown => plan_markdown(&view),
        ExportFormat::Lines => plan_lines(&view),
    });
    let undated = view.steps.iter().filter(|planned| planned.begins.is_none()).count();
    if args.format == ExportFormat::Ics && undated > 0 {
        context.note(&terminal().not_in_calendar(undated));
    }
    Ok(Exit::Done)
}

fn plan(context: &Context, record: Option<&str>) -> Result<PlanView, Failure> {
    let project = context.project()?;
    let loaded = context.load(&project, record)?;
    Ok(plan_view(&loaded.id, &loaded.document.incident, context.now))
}
