use clap::{Args, ValueEnum};

use crate::console::{
    Context, Exit, Failure,
    documents::{readable, reviewed_page},
};
use crate::fault::Fault;
use crate::lang::help;
use crate::operations::{ReadableRecord, others_open, render_page};
use crate::render::{Template, brief_text, to_json};
use crate::view::brief_view;

#[derive(Debug, Args)]
#[command(about = help().brief.about, long_about = help().brief.long_about)]
pub(in crate::cli) struct BriefArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, default_value_t = BriefFormat::Table, help = help().brief.format)]
    format: BriefFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum BriefFormat {
    Table,
    Json,
    Markdown,
}

pub(in crate::cli) fn run(context: &mut Context, args: &BriefArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), false)?;
    let now = (project.settings.tolerance_seconds(), context.now);
    let name = project.exact(&record.id);
    let others = name.map(|name| others_open(&project, &name)).transpose()?.unwrap_or_default();
    let (width, height) = (context.table_width, context.height());
    let draw = |record: &ReadableRecord| -> Result<String, Fault> {
        let view = brief_view(&record.id, record.shown().incident(), now, others.clone());
        Ok(match args.format {
            BriefFormat::Table => brief_text(&view, width, height),
            BriefFormat::Json => to_json(&view),
            BriefFormat::Markdown => {
                render_page(&project, &Template::built_in("handover.md")?, record)?
            }
        })
    };
    let text =
        reviewed_page(context, &[record], |records| records.iter().copied().map(draw).collect())?;
    context.print(&text);
    Ok(Exit::Done)
}
