use clap::{Args, ValueEnum};

use crate::console::{
    Context, Exit, Failure,
    documents::{all_readable, reviewed_page},
};
use crate::fault::Fault;
use crate::lang::help;
use crate::model::Zone;
use crate::operations::ReadableRecord;
use crate::query::compare;
use crate::render::{comparison_text, schedule_text, to_json, view_markdown};
use crate::timeline::Aliases;
use crate::view::{ScheduleView, comparison_view, record_view};

use super::super::args::zone;

#[derive(Debug, Args)]
#[command(about = help().compare.about, long_about = help().compare.long_about)]
pub(in crate::cli) struct CompareArgs {
    #[arg(env = "ASRUN_RECORD", help = help().compare.records)]
    records: Vec<String>,
    #[arg(long, value_enum, default_value_t = CompareFormat::Table, help = help().compare.format)]
    format: CompareFormat,
    #[arg(long, help = help().chart.public)]
    public: bool,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    Table,
    Json,
    Markdown,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CompareArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let tolerance = project.settings.tolerance_seconds();
    let records = all_readable(context, &project, &args.records, args.public)?;
    let (aliases, width) = (Aliases::of(&project.settings.steps), context.width);
    let text = reviewed_page(context, &records, |records| match records {
        [one] => of_one(one, tolerance, width, args),
        many => of_many(many, &aliases, (tolerance, width), args),
    })?;
    context.print(&text);
    Ok(Exit::Done)
}

fn of_one(
    one: &ReadableRecord,
    tolerance: i64,
    width: u16,
    args: &CompareArgs,
) -> Result<String, Fault> {
    let mut view = record_view(&one.id, one.shown(), tolerance, args.zone);
    view.review = one.review_view();
    match args.format {
        CompareFormat::Table => Ok(schedule_text(&view, width)),
        CompareFormat::Json => Ok(to_json(&ScheduleView::from(&view))),
        CompareFormat::Markdown => Ok(view_markdown("schedule.md", &view)?),
    }
}

fn of_many(
    many: &[&ReadableRecord],
    aliases: &Aliases,
    (tolerance, width): (i64, u16),
    args: &CompareArgs,
) -> Result<String, Fault> {
    let records: Vec<_> =
        many.iter().map(|record| (record.id.as_str(), record.incident())).collect();
    let view = comparison_view(&compare(&records, aliases, tolerance), args.zone);
    match args.format {
        CompareFormat::Table => Ok(comparison_text(&view, width)),
        CompareFormat::Json => Ok(to_json(&view)),
        CompareFormat::Markdown => Ok(view_markdown("comparison.md", &view)?),
    }
}
