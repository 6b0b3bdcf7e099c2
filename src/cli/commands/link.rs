use clap::{Args, ValueEnum};

use crate::lang::help;
use crate::model::Zone;
use crate::operations::{LinkRequest, link};
use crate::render::{suggestions_text, to_json};
use crate::view::suggestions_view;

use super::super::args::{RecordArgs, zone};
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().link.about, long_about = help().link.long_about)]
pub(in crate::cli) struct LinkArgs {
    #[arg(long, value_name = "NUMBER", num_args = 0.., help = help().link.apply)]
    apply: Option<Vec<usize>>,
    #[arg(long, value_enum, default_value_t = LinkFormat::Table, conflicts_with = "apply",
        help = help().link.format)]
    format: LinkFormat,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
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
