use std::path::PathBuf;

use clap::Args;

use crate::lang::help;
use crate::operations::{AttachRequest, EventChoice, attach};
use crate::store::{AssetSource, read_attachment};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().attach.about, long_about = help().attach.long_about)]
pub(in crate::cli) struct AttachArgs {
    #[arg(required = true, help = help().attach.files)]
    files: Vec<PathBuf>,
    #[arg(long, value_name = "NUMBER", help = help().attach.event)]
    event: Option<usize>,
    #[arg(long, value_name = "NAME", help = help().attach.name)]
    name: Option<String>,
    #[arg(long, value_name = "TEXT", help = help().attach.alt)]
    alt: Option<String>,
    #[arg(long, value_name = "WIDTH", help = help().attach.width)]
    width: Option<String>,
    #[arg(long, value_name = "TEXT", help = help().attach.caption)]
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
