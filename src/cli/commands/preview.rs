use clap::Args;

use crate::operations::render_page;
use crate::render::Template;
use crate::store::write_output;

use super::super::context::Context;
use super::super::editor;
use super::super::errors::{Exit, Failure};
use super::render::readable;

/// Write a record as one HTML page to a temporary place, and say where
///
///   asrun preview          prints the path
///   asrun preview --open   asks the desktop to open it
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct PreviewArgs {
    /// Its id, any unique part of it, or its version. Without it, the selected record, else the
    /// only open one.
    #[arg(env = "ASRUN_RECORD")]
    record: Option<String>,
    /// Ask the desktop to open it.
    #[arg(long)]
    open: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &PreviewArgs) -> Result<Exit, Failure> {
    context.no_rehearsal("preview")?;
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), false)?;
    let template = Template::built_in("html.html")?;
    let text = render_page(&project, &template, &record)?;
    let path = std::env::temp_dir().join("asrun-preview").join(format!("{}.html", record.id));
    write_output(&path, text.as_bytes())?;
    context.answer(&format!("{}\n", path.display()));
    if args.open {
        editor::show_on_desktop(&path)?;
    }
    Ok(Exit::Done)
}
