use clap::{Args, ValueEnum};

use crate::console::{
    Context, Exit, Failure,
    documents::{readable, reviewed_page},
};
use crate::fault::Fault;
use crate::lang::{help, terminal};
use crate::model::Zone;
use crate::operations::{ReadableRecord, Workspace, forecast_today, render_page};
use crate::render::{Template, events_csv, forecast_text, record_text, sources_text, to_json};
use crate::view::{ForecastView, forecast_view, record_view_now};

use super::super::args::zone;

#[derive(Debug, Args)]
#[command(about = help().show.about)]
pub(in crate::cli) struct ShowArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, default_value_t = ShowFormat::Table, help = help().show.format)]
    format: ShowFormat,
    #[arg(long, help = help().form.bom)]
    bom: bool,
    #[arg(long, help = help().show.full)]
    full: bool,
    #[arg(long, conflicts_with = "public", help = help().show.sources)]
    sources: bool,
    #[arg(long, help = help().show.public)]
    public: bool,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    Table,
    Json,
    Csv,
    Markdown,
}

/// Returns the forecast for the rest of a record's plan, on the day and if past releases allow one.
fn forecast_now(workspace: &Workspace, record: &ReadableRecord) -> Option<ForecastView> {
    let incident = record.shown().incident();
    let told = forecast_today(workspace, (&record.id, incident))?;
    let times = (workspace.now, workspace.project.settings.tolerance_seconds());
    Some(forecast_view(&record.id, incident, (&told.forecast, &told.past), times, false))
}

pub(in crate::cli) fn run(context: &mut Context, args: &ShowArgs) -> Result<Exit, Failure> {
    if args.bom && args.format != ShowFormat::Csv {
        return Err(Failure::misuse(terminal().bom_without_csv()));
    }
    if args.sources && !matches!(args.format, ShowFormat::Table | ShowFormat::Json) {
        return Err(Failure::misuse(terminal().sources_without_table()));
    }
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), args.public)?;
    let tolerance = project.settings.tolerance_seconds();
    let now = (tolerance, context.now);
    let width = context.width;
    let workspace = context.workspace_of(project.clone());
    let draw = |record: &ReadableRecord| -> Result<String, Fault> {
        let mut view = record_view_now(&record.id, record.shown(), now, args.zone);
        view.review = record.review_view();
        if !args.public && matches!(args.format, ShowFormat::Table | ShowFormat::Json) {
            view.forecast = forecast_now(&workspace, record);
        }
        Ok(match args.format {
            ShowFormat::Table if args.sources => sources_text(&view, width),
            ShowFormat::Table => {
                let forecast = view.forecast.as_ref();
                let told = forecast.map(|forecast| format!("\n{}", forecast_text(forecast, width)));
                record_text(&view, width, args.full) + &told.unwrap_or_default()
            }
            ShowFormat::Json => to_json(&view),
            ShowFormat::Csv => events_csv(&view, args.bom),
            ShowFormat::Markdown => {
                let template = Template::built_in("retrospective.md")?;
                render_page(&project, &template, record)?
            }
        })
    };
    let text =
        reviewed_page(context, &[record], |records| records.iter().copied().map(draw).collect())?;
    context.print(&text);
    Ok(Exit::Done)
}
