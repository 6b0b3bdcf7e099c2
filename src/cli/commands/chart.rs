use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::lang::{help, terminal};
use crate::model::Zone;
use crate::render::{Frame, chart_mermaid, chart_svg, chart_text};
use crate::store::{Claim, Origin};
use crate::view::{chart_view, record_view};

use super::super::args::zone;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::render::readable;

#[derive(Debug, Args)]
#[command(about = help().chart.about, long_about = help().chart.long_about)]
pub(in crate::cli) struct ChartArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, help = help().chart.format)]
    format: Option<ChartFormat>,
    #[arg(short, long, value_name = "FILE", help = help().chart.output)]
    output: Option<PathBuf>,
    #[arg(long, help = help().force)]
    force: bool,
    #[arg(long, value_name = "PIXELS", default_value_t = 880, value_parser = pixels,
        help = help().chart.width)]
    width: u32,
    #[arg(long, help = help().chart.public)]
    public: bool,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChartFormat {
    Text,
    Svg,
    Mermaid,
}

/// How wide a picture is.
fn pixels(typed: &str) -> Result<u32, String> {
    let number = typed.parse().map_err(|fault| terminal().not_a_number(typed, &fault))?;
    match number {
        280..=4000 => Ok(number),
        _ => Err(terminal().not_between(number, 280, 4000)),
    }
}

pub(in crate::cli) fn run(context: &mut Context, args: &ChartArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), args.public)?;
    let tolerance = project.settings.tolerance_seconds();
    let view = || chart_view(record.shown(), tolerance, args.zone);
    if format(args) == ChartFormat::Mermaid && args.zone.is_some() {
        return Err(Failure::misuse(terminal().one_clock()));
    }
    let text = match format(args) {
        ChartFormat::Text => chart_text(&view(), context.width),
        ChartFormat::Svg => chart_svg(&view(), Frame { width: args.width, alone: true }),
        ChartFormat::Mermaid => {
            chart_mermaid(&record_view(&record.id, record.shown(), tolerance, None))
        }
    };
    match args.output.as_ref().filter(|path| path.as_os_str() != "-") {
        None => context.print(&text),
        Some(path) => {
            let record = Some(record.id.clone());
            let origin = Origin { record, kind: "chart".to_owned(), only: false };
            let file = (path.clone(), text.into_bytes());
            context.write_outputs(Some(&project), vec![file], &origin, Claim::Whole, args.force)?;
            context.note_done(&terminal().wrote(path));
        }
    }
    Ok(Exit::Done)
}

fn format(args: &ChartArgs) -> ChartFormat {
    let ending = args.output.as_ref().and_then(|path| path.extension());
    let by_ending = match ending.and_then(|ending| ending.to_str()) {
        Some("svg") => ChartFormat::Svg,
        Some("md" | "mmd") => ChartFormat::Mermaid,
        _ => ChartFormat::Text,
    };
    args.format.unwrap_or(by_ending)
}
