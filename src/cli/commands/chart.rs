use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::console::{
    Context, Exit, Failure,
    documents::{all_readable, reviewed_page},
};
use crate::fault::Fault;
use crate::lang::{Refusal, help, terminal};
use crate::model::Zone;
use crate::operations::ReadableRecord;
use crate::query::compare;
use crate::render::{
    Frame, chart_mermaid, chart_svg, chart_text, releases_page, releases_svg, releases_text,
};
use crate::store::{Claim, Origin};
use crate::timeline::Aliases;
use crate::view::{chart_view, record_view, releases_view};

use super::super::args::zone;
use crate::render::png;

#[derive(Debug, Args)]
#[command(about = help().chart.about, long_about = help().chart.long_about)]
pub(in crate::cli) struct ChartArgs {
    #[arg(env = "ASRUN_RECORD", help = help().compare.records)]
    records: Vec<String>,
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
    Png,
    Mermaid,
    Html,
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
    let format = format(args)?;
    if format == ChartFormat::Mermaid && args.zone.is_some() {
        return Err(Failure::misuse(terminal().one_clock()));
    }
    let file = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    if format == ChartFormat::Png && file.is_none() {
        return Err(Failure::misuse(terminal().png_needs_a_file()));
    }
    let records = all_readable(context, &project, &args.records, args.public)?;
    if let Some(refused) = unlike(format, records.len()) {
        return Err(Failure::misuse(refused));
    }
    // A picture of several records belongs to none of them.
    let of = if let [only] = records.as_slice() { Some(only.id.clone()) } else { None };
    let (tolerance, width) = (project.settings.tolerance_seconds(), context.width);
    let aliases = Aliases::of(&project.settings.steps);
    let text = reviewed_page(context, &records, |records| match records {
        [one] => Ok(of_one(one, (format, args), tolerance, width)),
        many => of_many(many, (format, args), (&aliases, tolerance), width),
    })?;
    match file {
        None => context.print(&text),
        Some(path) => {
            let origin = Origin { record: of, kind: "chart".to_owned(), only: false };
            let bytes = match format {
                ChartFormat::Png => pixels_of(context, &text)?,
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
fn unlike(format: ChartFormat, records: usize) -> Option<Refusal> {
    match (format, records) {
        (ChartFormat::Mermaid, 2..) => Some(terminal().mermaid_of_one()),
        (ChartFormat::Html, 0 | 1) => Some(terminal().page_of_many()),
        _ => None,
    }
}

fn of_one(
    record: &ReadableRecord,
    (format, args): (ChartFormat, &ChartArgs),
    tolerance: i64,
    width: u16,
) -> String {
    let view = || chart_view(record.shown(), tolerance, args.zone);
    match format {
        ChartFormat::Text | ChartFormat::Html => chart_text(&view(), width),
        ChartFormat::Svg | ChartFormat::Png => {
            chart_svg(&view(), Frame { width: args.width, alone: true })
        }
        ChartFormat::Mermaid => {
            chart_mermaid(&record_view(&record.id, record.shown(), tolerance, None))
        }
    }
}

fn of_many(
    many: &[&ReadableRecord],
    (format, args): (ChartFormat, &ChartArgs),
    (aliases, tolerance): (&Aliases, i64),
    width: u16,
) -> Result<String, Fault> {
    let records: Vec<_> =
        many.iter().map(|record| (record.id.as_str(), record.incident())).collect();
    let view = releases_view(&compare(&records, aliases, tolerance), args.zone);
    match format {
        ChartFormat::Text | ChartFormat::Mermaid => Ok(releases_text(&view, width)),
        ChartFormat::Html => Ok(releases_page(&view)?),
        ChartFormat::Svg | ChartFormat::Png => {
            Ok(releases_svg(&view, Frame { width: args.width, alone: true }))
        }
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

/// Extensions of picture formats that are not supported.
const OTHER_PICTURES: &[&str] =
    &["jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff", "pdf", "eps", "ps"];

/// Returns the requested format, or that of the file's extension. A file never gets an extension that does not match
/// its content.
fn format(args: &ChartArgs) -> Result<ChartFormat, Failure> {
    let ending = args.output.as_ref().and_then(|path| path.extension());
    let ending = ending.and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    let by_ending = match ending.as_str() {
        "svg" => Some(ChartFormat::Svg),
        "png" => Some(ChartFormat::Png),
        "md" | "mmd" => Some(ChartFormat::Mermaid),
        "html" | "htm" => Some(ChartFormat::Html),
        _ => None,
    };
    let format = args.format.or(by_ending).unwrap_or(ChartFormat::Text);
    let is_picture = matches!(by_ending, Some(ChartFormat::Svg | ChartFormat::Png));
    let other_pixels = format == ChartFormat::Png && args.output.is_some() && ending != "png";
    let unlike = is_picture && by_ending != Some(format);
    if unlike || other_pixels || OTHER_PICTURES.contains(&ending.as_str()) {
        return Err(Failure::misuse(terminal().not_that_picture(&ending)));
    }
    Ok(format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_never_called_what_it_is_not() {
        use ChartFormat::{Html, Mermaid, Png, Svg, Text};
        for (output, wanted, found) in [
            (None, None, Some(Text)),
            (None, Some(Svg), Some(Svg)),
            (Some("a.svg"), None, Some(Svg)),
            (Some("a.PNG"), None, Some(Png)),
            (Some("a.md"), None, Some(Mermaid)),
            (Some("a.html"), None, Some(Html)),
            (Some("a.txt"), None, Some(Text)),
            (Some("a.txt"), Some(Svg), Some(Svg)),
            (Some("a.md"), Some(Text), Some(Text)),
            (Some("-"), Some(Svg), Some(Svg)),
            (Some("a.png"), Some(Svg), None),
            (Some("a.png"), Some(Text), None),
            (Some("a.svg"), Some(Png), None),
            (Some("a"), Some(Png), None),
            (Some("a.jpg"), None, None),
            (Some("a.pdf"), Some(Svg), None),
        ] {
            let args = ChartArgs {
                records: Vec::new(),
                format: wanted,
                output: output.map(PathBuf::from),
                width: 880,
                public: false,
                zone: None,
                force: false,
            };
            assert_eq!(format(&args).ok(), found, "{output:?} {wanted:?}");
        }
    }
}
