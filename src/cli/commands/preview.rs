use std::path::PathBuf;

use clap::Args;

use crate::lang::help;
use crate::operations::render_page;
use crate::render::Template;
use crate::store::write_private;

use super::super::context::Context;
use super::super::editor;
use super::super::errors::{Exit, Failure};
use super::render::readable;

#[derive(Debug, Args)]
#[command(about = help().preview.about, long_about = help().preview.long_about)]
pub(in crate::cli) struct PreviewArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, help = help().preview.open)]
    open: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &PreviewArgs) -> Result<Exit, Failure> {
    context.no_rehearsal("preview")?;
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), false)?;
    let template = Template::built_in("html.html")?;
    let text = render_page(&project, &template, &record)?;
    let session = (context.environment.variable)("XDG_RUNTIME_DIR").map(PathBuf::from);
    // Records of two projects may share an id.
    let name = format!("{}-{}.html", record.id, project.short_hash());
    let path = write_private(session.as_deref(), &std::env::temp_dir(), &name, text.as_bytes())?;
    context.answer(&format!("{}\n", path.display()));
    if args.open {
        editor::show_on_desktop(&path)?;
    }
    Ok(Exit::Done)
}
