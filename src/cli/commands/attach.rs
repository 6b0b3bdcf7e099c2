use std::path::PathBuf;

use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{AttachRequest, EventChoice, attach};
use crate::store::{AssetSource, read_attachment};

use super::super::args::RecordArgs;

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
    let target = context.target(&args.record)?;
    let mut request = args.request();
    request.check()?;
    request.files = sources(context, args)?;
    let (saved, attached) = attach(&target, &request)?;
    let event = attached.event.headline();
    for (asset, source) in attached.assets.iter().zip(&request.files) {
        context.confirm(&terminal().attached(&asset.name, event, &target.record.id));
        if let Some(doubt) = source.doubt() {
            context.warn(terminal().asset_doubt(&asset.name, &doubt));
        }
    }
    context.tell_saved(&saved);
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
            let nameless = || Failure::misuse(terminal().nameless_input());
            let name = args.name.as_deref().ok_or_else(nameless)?;
            sources.push(AssetSource::new(name, context.read_stdin_bytes()?));
        } else {
            let path = context.folder.join(file);
            let read = read_attachment(&path).map_err(|fault| {
                let number = file.to_str().and_then(|typed| typed.parse().ok());
                let hint = number.filter(|_| !path.exists());
                hint.map(|number| terminal().event_of_files(number))
                    .into_iter()
                    .fold(Failure::from(fault), Failure::hint)
            });
            sources.push(read?);
        }
    }
    Ok(sources)
}
