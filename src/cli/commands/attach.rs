use std::path::PathBuf;

use clap::Args;

use crate::console::{Context, Exit, Failure, clipboard};
use crate::lang::{help, terminal};
use crate::model::Event;
use crate::operations::{AttachRequest, Captions, EventChoice, Holder, Listing, attach};
use crate::store::{AssetSource, read_attachment};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().attach.about, long_about = help().attach.long_about)]
pub(in crate::cli) struct AttachArgs {
    #[arg(required_unless_present = "clipboard", help = help().attach.files)]
    files: Vec<PathBuf>,
    #[arg(long, help = help().attach.clipboard)]
    clipboard: bool,
    #[arg(long, value_name = "NUMBER", help = help().attach.event)]
    event: Option<usize>,
    #[arg(long, conflicts_with = "event", help = help().attach.whole)]
    whole: bool,
    #[arg(long, value_name = "NAME", help = help().attach.name)]
    name: Option<String>,
    #[arg(long, value_name = "TEXT", help = help().attach.alt)]
    alt: Option<String>,
    #[arg(long, value_name = "WIDTH", help = help().attach.width)]
    width: Option<String>,
    #[arg(long, value_name = "TEXT", help = help().attach.caption)]
    caption: Option<String>,
    #[arg(long, help = help().attach.internal)]
    internal: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &AttachArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let mut request = args.request();
    request.captions.check()?;
    request.files = sources(context, args)?;
    let (saved, attached) = attach(&target, &request)?;
    let (event, record) = (attached.event.as_ref().map(Event::headline), &target.record.id);
    let folder = target.workspace.project.files_of(record);
    for ((asset, listing), source) in attached.assets.iter().zip(&request.files) {
        context.confirm(&match listing {
            Listing::New => terminal().attached(&format!("{folder}/{}", asset.name), event),
            Listing::Changed(was) => terminal().attachment_changed(&asset.name, event, was, record),
            Listing::Same => terminal().attached_already(&asset.name, event),
        });
        if let Some(doubt) = source.doubt() {
            context.warn(terminal().asset_doubt(&asset.name, &doubt));
        }
    }
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}

impl AttachArgs {
    /// Returns the request without the files.
    fn request(&self) -> AttachRequest {
        let event = self.event.map_or(EventChoice::Last, EventChoice::Number);
        let (alt, width, caption) = (self.alt.clone(), self.width.clone(), self.caption.clone());
        AttachRequest {
            holder: if self.whole { Holder::Record } else { Holder::Event(event) },
            files: Vec::new(),
            captions: Captions { alt, width, caption, internal: self.internal },
        }
    }
}

fn sources(context: &Context, args: &AttachArgs) -> Result<Vec<AssetSource>, Failure> {
    let mut sources = Vec::new();
    let is_named = args.clipboard || args.files.iter().any(|file| file.as_os_str() == "-");
    if args.name.is_some() && !is_named {
        return Err(Failure::misuse(terminal().name_without_input()));
    }
    if args.clipboard {
        let name = args.name.as_deref().unwrap_or("clipboard.png");
        sources.push(AssetSource::new(name, clipboard::picture()?));
    }
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
