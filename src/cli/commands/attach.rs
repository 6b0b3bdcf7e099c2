use std::path::PathBuf;

use clap::Args;

use crate::format::attachment_item;
use crate::model::Attachment;
use crate::operations::{EventChoice, Field, check_width, event_place, optional};
use crate::store::{Asset, AssetSource, Work, read_attachment};
use crate::yaml::Change;

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
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    check_width(args.width.as_deref())?;
    optional(Field::Alt, args.alt.as_deref())?;
    optional(Field::Caption, args.caption.as_deref())?;
    let sources = sources(context, args)?;
    let choice = args.event.map_or(EventChoice::Last, EventChoice::Number);
    let mut assets: Vec<Asset> = Vec::new();
    let mut told = String::new();
    let patience = context.patience(&args.record, &tell_waiting);
    let saved = project.update(&record, &context.act("attach"), &patience, |document| {
        let place = event_place(choice, document, &project.journal(&record)?, &record)?;
        if assets.is_empty() {
            for source in &sources {
                assets.push(project.add_asset(&record.id, source)?);
            }
        }
        let event = &document.incident.events[place];
        told = event.headline().to_owned();
        let there = event.attachments.len();
        let insert = |(at, asset): (usize, &Asset)| Change::Insert {
            at: vec![("events".to_owned(), Some(place))],
            key: "attachments".to_owned(),
            index: there + at,
            item: attachment_item(&attachment(args, asset)),
        };
        let changes = assets.iter().enumerate().map(insert).collect();
        Ok::<_, Failure>((Work::Changes(changes), Vec::new()))
    });
    let saved = saved
        .inspect_err(|_| assets.iter().for_each(|asset| project.drop_asset(&record.id, asset)))?;
    for (asset, source) in assets.iter().zip(&sources) {
        let text = format!("attached incidents/assets/{}/{} to {told:?}", record.id, asset.name);
        context.confirm(&format!("{text}\n"));
        if let Some(doubt) = source.doubt() {
            context.say(&format!("warning: {}: {doubt}", asset.name));
        }
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
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

fn attachment(args: &AttachArgs, asset: &Asset) -> Attachment {
    Attachment {
        file: asset.name.clone(),
        alt: args.alt.clone(),
        width: args.width.clone(),
        caption: args.caption.clone(),
    }
}
