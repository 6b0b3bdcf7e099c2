use std::path::PathBuf;

use clap::Args;

use crate::operations::{AttachRequest, EventChoice, attach};
use crate::store::{AssetSource, read_attachment};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

/// Copy a screenshot or a file into a record
///
///   asrun attach shot.png                      to the event that was logged last
///   asrun attach shot.png --event 4 --alt "error popup" --width 50%
///   pngpaste - | asrun attach - --name shot.png
///
/// The copy lies in incidents/assets/ID/ under a safe name; a file of the same
/// name is never overwritten.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct AttachArgs {
    /// The files; `-` reads one from the standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The event's number as `asrun show` prints it; the one logged last if not given.
    #[arg(long, value_name = "NUMBER")]
    event: Option<usize>,
    /// The name of what comes from the standard input.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What it shows.
    #[arg(long, value_name = "TEXT")]
    alt: Option<String>,
    /// How wide to show it, such as 50%.
    #[arg(long, value_name = "WIDTH")]
    width: Option<String>,
    /// A line under it.
    #[arg(long, value_name = "TEXT")]
    caption: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &AttachArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let mut request = args.request();
    request.check()?;
    request.files = sources(context, args)?;
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let attached = attach(&workspace, &record, &request, &wait)?;
    let event = attached.event.headline();
    for (asset, source) in attached.assets.iter().zip(&request.files) {
        let text = format!("attached incidents/assets/{}/{} to {event:?}", record.id, asset.name);
        context.confirm(&format!("{text}\n"));
        if let Some(doubt) = source.doubt() {
            context.say(&format!("warning: {}: {doubt}", asset.name));
        }
    }
    context.tell_saved(&attached.saved);
    Ok(Exit::Done)
}

impl AttachArgs {
    /// Everything but the files.
    fn request(&self) -> AttachRequest {
        AttachRequest {
            event: self.event.map_or(EventChoice::Last, EventChoice::Number),
            files: Vec::new(),
            alt: self.alt.clone(),
            width: self.width.clone(),
            caption: self.caption.clone(),
        }
    }
}

fn sources(context: &Context, args: &AttachArgs) -> Result<Vec<AssetSource>, Failure> {
    let mut sources = Vec::new();
    for file in &args.files {
        if file.as_os_str() == "-" {
            let name = args.name.as_deref().ok_or_else(|| {
                Failure::misuse("what comes from the standard input needs a name: --name shot.png")
            })?;
            sources.push(AssetSource::new(name, context.read_stdin_bytes()?));
        } else {
            sources.push(read_attachment(&context.folder.join(file))?);
        }
    }
    Ok(sources)
}
