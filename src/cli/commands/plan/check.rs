use clap::{Args, ValueEnum};

use crate::render::{progress_line, to_json};
use crate::timeline::progress;
use crate::view::progress_view;

use super::super::super::context::Context;
use super::super::super::errors::{Exit, Failure};

/// Say in one line what is due next, what is overdue, and how late the release
/// runs
///
///   asrun plan check              fit for a shell prompt
///   watch -n 30 asrun plan check
///
/// Exit code 1 if a step is overdue. A step is overdue when its time has passed
/// by more than the tolerance (tolerance_minutes in asrun.yaml, 5 if not set)
/// and no event carries it out.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct CheckArgs {
    /// Its id, any unique part of it, or its version. Without it, the selected record, else the
    /// only open one.
    #[arg(env = "ASRUN_RECORD")]
    record: Option<String>,
    /// In which form: `line` for people, `json` for programs.
    #[arg(long, value_enum, default_value_t = ProgressFormat::Line)]
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
