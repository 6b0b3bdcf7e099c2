use clap::{Args, ValueEnum};

use crate::model::Zone;
use crate::operations::{LinkRequest, link};
use crate::render::{suggestions_text, to_json};
use crate::view::suggestions_view;

use super::super::args::{RecordArgs, zone};
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

/// Suggest which events carried out which planned steps
///
///   asrun link                  what may belong together, with the reasons
///   asrun link --apply          write all of it
///   asrun link --apply 1 3      write the first and the third
///
/// Suggestions weigh words, time and order over the whole plan. They are never
/// record until you accept them; `asrun undo` takes them back.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct LinkArgs {
    /// Write the suggestions of these numbers, or all of them.
    #[arg(long, value_name = "NUMBER", num_args = 0..)]
    apply: Option<Vec<usize>>,
    /// In which form: `table` for people, `json` for programs.
    #[arg(long, value_enum, default_value_t = LinkFormat::Table, conflicts_with = "apply")]
    format: LinkFormat,
    /// Tell every time in this zone too, such as UTC or Europe/Berlin.
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LinkFormat {
    Table,
    Json,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LinkArgs) -> Result<Exit, Failure> {
    match &args.apply {
        None => suggest(context, args),
        Some(numbers) => apply(context, args, &LinkRequest { numbers: numbers.clone() }),
    }
}

fn suggest(context: &mut Context, args: &LinkArgs) -> Result<Exit, Failure> {
    let loaded = context.load(&context.project()?, args.record.record.as_deref())?;
    let view = suggestions_view(&loaded.id, &loaded.document.incident, args.zone);
    match args.format {
        LinkFormat::Json => context.print(&to_json(&view)),
        LinkFormat::Table => {
            context.print(&suggestions_text(&view, context.width));
            if !view.suggestions.is_empty() {
                context.say(
                    "nothing is linked yet: asrun link --apply writes all, --apply 1 3 only those",
                );
            }
        }
    }
    Ok(Exit::Done)
}

fn apply(context: &mut Context, args: &LinkArgs, request: &LinkRequest) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let linked = link(&workspace, &record, request, &wait)?;
    for pair in &linked.pairs {
        let (event, step, id) = (pair.event.headline(), &pair.step, &pair.id);
        context.confirm(&format!("linked: {event} ↔ {step} [{id}] → {}\n", record.id));
    }
    context.tell_saved(&linked.saved);
    Ok(Exit::Done)
}
