use clap::{Args, ValueEnum};

use crate::lang::help;
use crate::render::{progress_line, to_json};
use crate::timeline::progress;
use crate::view::progress_view;

use super::super::super::context::Context;
use super::super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().plan.check.about, long_about = help().plan.check.long_about)]
pub(super) struct CheckArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, default_value_t = ProgressFormat::Line,
        help = help().plan.check.format)]
    format: ProgressFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressFormat {
    Line,
    Json,
}

pub(super) fn run(context: &mut Context, args: &CheckArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let loaded = context.load(&project, args.record.as_deref())?;
    let incident = &loaded.document.incident;
    let progress = progress(incident, context.now, project.settings.tolerance_seconds());
    let view = progress_view(&loaded.id, incident, &progress);
    match args.format {
        ProgressFormat::Line => context.print(&progress_line(&view)),
        ProgressFormat::Json => context.print(&to_json(&view)),
    }
    Ok(if progress.overdue.is_empty() { Exit::Done } else { Exit::Failed })
}
