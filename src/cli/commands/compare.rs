use clap::{Args, ValueEnum};

use crate::lang::{help, terminal};
use crate::model::Zone;
use crate::query::compare;
use crate::render::{comparison_text, schedule_text, to_json, view_markdown};
use crate::store::Loaded;
use crate::timeline::Aliases;
use crate::view::{ScheduleView, comparison_view, record_view};

use super::super::args::zone;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().compare.about, long_about = help().compare.long_about)]
pub(in crate::cli) struct CompareArgs {
    #[arg(env = "ASRUN_RECORD", help = help().compare.records)]
    records: Vec<String>,
    #[arg(long, value_enum, default_value_t = CompareFormat::Table, help = help().compare.format)]
    format: CompareFormat,
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
    let wanted: Vec<Option<&str>> = match args.records.as_slice() {
        [] => vec![None],
        some => some.iter().map(|record| Some(record.as_str())).collect(),
    };
    let mut loaded: Vec<Loaded> = Vec::new();
    for record in wanted {
        let record = context.load(&project, record)?;
        if loaded.iter().any(|other| other.id == record.id) {
            return Err(Failure::misuse(terminal().named_twice(&record.id)));
        }
        loaded.push(record);
    }
    let text = match loaded.as_slice() {
        [one] => of_one(context, one, tolerance, args)?,
        many => {
            let aliases = Aliases::of(&project.settings.steps);
            of_many(context, many, &aliases, tolerance, args)?
        }
    };
    context.print(&text);
    Ok(Exit::Done)
}

fn of_one(
    context: &Context,
    one: &Loaded,
    tolerance: i64,
    args: &CompareArgs,
) -> Result<String, Failure> {
    let view = record_view(&one.id, &one.document.incident, tolerance, args.zone);
    match args.format {
        CompareFormat::Table => Ok(schedule_text(&view, context.width)),
        CompareFormat::Json => Ok(to_json(&ScheduleView::from(&view))),
        CompareFormat::Markdown => Ok(view_markdown("schedule.md", &view)?),
    }
}

fn of_many(
    context: &Context,
    many: &[Loaded],
    aliases: &Aliases,
    tolerance: i64,
    args: &CompareArgs,
) -> Result<String, Failure> {
    let records: Vec<_> =
        many.iter().map(|loaded| (loaded.id.as_str(), &loaded.document.incident)).collect();
    let view = comparison_view(&compare(&records, aliases, tolerance), args.zone);
    match args.format {
        CompareFormat::Table => Ok(comparison_text(&view, context.width)),
        CompareFormat::Json => Ok(to_json(&view)),
        CompareFormat::Markdown => Ok(view_markdown("comparison.md", &view)?),
    }
}
