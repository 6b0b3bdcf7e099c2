use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::model::Zone;
use crate::render::{Frame, chart_mermaid, chart_svg, chart_text};
use crate::view::{chart_view, record_view};

use super::super::args::zone;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::render::readable;

/// Draw plan and actual as two lanes of one picture
///
///   asrun chart                          on the terminal
///   asrun chart 3.0 -o release.svg       a picture: light, dark and print
///   asrun chart --format mermaid         for pages that draw Mermaid
///
/// Lines lead from each planned step to what happened; long silences are cut
/// and say how long they were; phases of an outage are shaded.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct ChartArgs {
    /// Its id, any unique part of it, or its version. Without it, the selected record, else the
    /// only open one.
    #[arg(env = "ASRUN_RECORD")]
    record: Option<String>,
    /// Text for a terminal, an SVG picture, or Mermaid in a Markdown code block. By the ending of
    /// --output if not given, else text.
    #[arg(long, value_enum)]
    format: Option<ChartFormat>,
    /// Write it to this file: .svg, .md, or any other for text.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Pixels from side to side of the SVG picture; below 560 it is laid out for a phone.
    #[arg(long, value_name = "PIXELS", default_value_t = 880, value_parser = clap::value_parser!(u32).range(280..=4000))]
    width: u32,
    /// Leave out what is for the team alone, as published pages do.
    #[arg(long)]
    public: bool,
    /// Tell every time in this zone too, such as UTC or Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChartFormat {
    Text,
    Svg,
    Mermaid,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ChartArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), args.public)?;
    let tolerance = project.settings.tolerance_seconds();
    let view = || chart_view(record.shown(), tolerance, args.zone);
    if format(args) == ChartFormat::Mermaid && args.zone.is_some() {
        return Err(Failure::misuse("--zone: a Mermaid picture has one clock only"));
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
            project.write_document(&context.folder.join(path), &text)?;
            context.say(&format!("wrote {}", path.display()));
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
