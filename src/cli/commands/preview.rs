use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use clap::Args;

use crate::console::{Context, Exit, Failure, documents::readable, editor};
use crate::lang::{help, terminal};
use crate::operations::render_page;
use crate::render::Template;
use crate::store::{Project, RecordName, rewrite_private, write_private};

use super::watch::{TICK, ended_by_signal};

#[derive(Debug, Args)]
#[command(about = help().preview.about, long_about = help().preview.long_about)]
pub(in crate::cli) struct PreviewArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, help = help().preview.open)]
    open: bool,
    #[arg(long, help = help().preview.watch)]
    watch: bool,
}

/// Makes a browser reload a page every two seconds, without scripts.
const AGAIN: &str = "<meta charset=\"utf-8\">\n<meta http-equiv=\"refresh\" content=\"2\">";

pub(in crate::cli) fn run(context: &mut Context, args: &PreviewArgs) -> Result<Exit, Failure> {
    context.refuse_dry_run("preview")?;
    let project = context.project()?;
    let name = context.named_or_current(&project, args.record.as_deref())?;
    let text = page(context, &project, &name, args.watch)?;
    let session = (context.environment.variable)("XDG_RUNTIME_DIR").map(PathBuf::from);
    // Records of different projects may have the same id.
    let file = format!("{}-{}.html", name.id, project.short_hash());
    let path = write_private(session.as_deref(), &std::env::temp_dir(), &file, text.as_bytes())?;
    context.answer(&format!("{}\n", path.display()));
    if args.open {
        editor::show_on_desktop(&path)?;
    }
    if args.watch {
        context.note(&terminal().previews_again());
        keep_up(context, &project, &name, &path)?;
    }
    Ok(Exit::Done)
}

/// Returns the page for the current state of a record.
fn page(
    context: &Context,
    project: &Project,
    name: &RecordName,
    again: bool,
) -> Result<String, Failure> {
    let record = readable(context, project, Some(&name.id), false)?;
    let text = render_page(project, &Template::built_in("html.html")?, &record, None)?;
    let first = "<meta charset=\"utf-8\">";
    Ok(if again { text.replacen(first, AGAIN, 1) } else { text })
}

/// Writes the page again whenever the record, its files or the settings change, until a signal ends it. Faults in the
/// meantime are reported, and the page stays as it was.
fn keep_up(
    context: &mut Context,
    project: &Project,
    name: &RecordName,
    path: &Path,
) -> Result<(), Failure> {
    let ended = ended_by_signal()?;
    let mut seen = project.last_changes(name);
    while !ended.load(Ordering::Relaxed) && context.can_print() {
        std::thread::sleep(TICK);
        let now = project.last_changes(name);
        if now == seen {
            continue;
        }
        seen = now;
        // The settings may have changed as well.
        match context.project().and_then(|project| page(context, &project, name, true)) {
            Ok(text) => rewrite_private(path, text.as_bytes())?,
            Err(failure) => context.error(&failure.in_one_line()),
        }
    }
    Ok(())
}
