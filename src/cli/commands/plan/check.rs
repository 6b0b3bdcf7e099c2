use clap::{Args, ValueEnum};

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{Workspace, forecast_plan, progress_of};
use crate::render::{forecast_text, progress_line, to_json};
use crate::store::Loaded;
use crate::view::{ForecastView, forecast_view, progress_view};

use super::super::super::args::EitherRecordArgs;

#[derive(Debug, Args)]
#[command(about = help().plan.check.about, long_about = help().plan.check.long_about)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    record: EitherRecordArgs,
    #[arg(long, value_enum, default_value_t = ProgressFormat::Line,
        help = help().plan.check.format)]
    format: ProgressFormat,
    #[arg(long, help = help().plan.check.forecast)]
    forecast: bool,
    #[arg(long, requires = "forecast", help = help().plan.check.explain)]
    explain: bool,
    #[arg(long, value_name = "RECORD", requires = "forecast", help = help().plan.check.past)]
    past: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressFormat {
    Line,
    Json,
}

pub(super) fn run(context: &mut Context, args: &CheckArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let project = &workspace.project;
    let loaded = context.load(project, args.record.wanted(context)?)?;
    let incident = &loaded.document.incident;
    let progress = progress_of(project, incident, context.now);
    let exit = if progress.needs_somebody() { Exit::Failed } else { Exit::Done };
    if args.forecast {
        let view = forecast(context, &workspace, &loaded, args)?;
        context.print(&match args.format {
            ProgressFormat::Line => forecast_text(&view, context.width),
            ProgressFormat::Json => to_json(&view),
        });
        return Ok(exit);
    }
    let view = progress_view(&loaded.id, incident, &progress);
    match args.format {
        ProgressFormat::Line => {
            context.print(&progress_line(&view));
            if !view.perhaps_done.is_empty() {
                let of = context.option_of(project, &loaded.id);
                context.note(&terminal().perhaps_done(&of));
            }
        }
        ProgressFormat::Json => context.print(&to_json(&view)),
    }
    Ok(exit)
}

fn forecast(
    context: &Context,
    workspace: &Workspace,
    loaded: &Loaded,
    args: &CheckArgs,
) -> Result<ForecastView, Failure> {
    let incident = &loaded.document.incident;
    let told = forecast_plan(workspace, (&loaded.id, incident), &args.past)?;
    for fault in told.unreadable {
        context.note(&terminal().unreadable(&Failure::from(fault).in_one_line()));
    }
    let times = (context.now, workspace.project.settings.tolerance_seconds());
    let reckoned = (&told.forecast, told.past.as_slice());
    Ok(forecast_view(&loaded.id, incident, reckoned, times, args.explain))
}
