use std::path::PathBuf;

use clap::Args;

use crate::console::{
    Context, Exit, Failure,
    documents::{all_readable, reviewed_page},
};
use crate::lang::{Refusal, help, terminal};
use crate::model::Zone;
use crate::operations::{ChartForm, chart_page};
use crate::render::png;
use crate::store::{Claim, Origin};

use super::super::args::{one_of, zone};

#[derive(Debug, Args)]
#[command(about = help().chart.about, long_about = help().chart.long_about)]
pub(in crate::cli) struct ChartArgs {
    #[arg(env = "ASRUN_RECORD", help = help().compare.records)]
    records: Vec<String>,
    #[arg(long, value_parser = one_of(ChartForm::WORDS), help = help().chart.format)]
    format: Option<ChartForm>,
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

/// Parses the width of a picture.
fn pixels(typed: &str) -> Result<u32, String> {
    let number = typed.parse().map_err(|fault| terminal().not_a_number(typed, &fault))?;
    match number {
        280..=4000 => Ok(number),
        _ => Err(terminal().not_between(number, 280, 4000)),
    }
}

pub(in crate::cli) fn run(context: &mut Context, args: &ChartArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let format = ChartForm::of_file(args.output.as_deref(), args.format)
        .map_err(|extension| Failure::misuse(terminal().not_that_picture(&extension)))?;
    if format == ChartForm::Mermaid && args.zone.is_some() {
        return Err(Failure::misuse(terminal().one_clock()));
    }
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    if format == ChartForm::Png && file.is_none() {
        return Err(Failure::misuse(terminal().png_needs_a_file()));
    }
    let records = all_readable(context, &project, &args.records, args.public)?;
    if let Some(refused) = unlike(format, records.len()) {
        return Err(Failure::misuse(refused));
    }
    // A picture of several records belongs to none of them.
    let of = if let [only] = records.as_slice() { Some(only.id.clone()) } else { None };
    let layout = (args.zone, context.width, args.width, context.now);
    let text = reviewed_page(context, &records, |records| {
        chart_page(&project.settings, records, format, layout)
    })?;
    match file {
        None => context.print(&text),
        Some(path) => {
            let origin = Origin { record: of, kind: "chart".to_owned(), only: false };
            let bytes = match format {
                ChartForm::Png => pixels_of(context, &text)?,
                _ => text.into_bytes(),
            };
            let file = (path.clone(), bytes);
            context.write_outputs(Some(&project), vec![file], &origin, Claim::Whole, args.force)?;
            context.note_done(&terminal().wrote(path));
        }
    }
    Ok(Exit::Done)
}

/// Refuses a format that cannot show this number of records.
fn unlike(format: ChartForm, records: usize) -> Option<Refusal> {
    match (format, records) {
        (ChartForm::Mermaid, 2..) => Some(terminal().mermaid_of_one()),
        (ChartForm::Html, 0 | 1) => Some(terminal().page_of_many()),
        _ => None,
    }
}

/// Draws the picture as PNG; reports characters without a font.
fn pixels_of(context: &mut Context, svg: &str) -> Result<Vec<u8>, Failure> {
    let picture = png(svg).map_err(Failure::new)?;
    if !picture.boxes.is_empty() {
        context.warn(terminal().boxes_in_png(&picture.boxes));
    }
    Ok(picture.bytes)
}
