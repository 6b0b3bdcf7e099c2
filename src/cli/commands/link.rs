use clap::Args;

use crate::console::shell::shell_line;
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::model::Zone;
use crate::operations::link;
use crate::render::{suggestions_text, to_json};
use crate::timeline::Aliases;
use crate::view::{CandidateView, SuggestionsView, suggestions_view};

use super::super::args::{RecordArgs, TableFormat, zone};

#[derive(Debug, Args)]
#[command(about = help().link.about, long_about = help().link.long_about)]
pub(in crate::cli) struct LinkArgs {
    #[arg(long, value_name = "NUMBER", num_args = 0.., help = help().link.apply)]
    apply: Option<Vec<usize>>,
    #[arg(long, value_enum, default_value_t = TableFormat::Table, help = help().link.format)]
    format: TableFormat,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
    zone: Option<Zone>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LinkArgs) -> Result<Exit, Failure> {
    match &args.apply {
        None => suggest(context, args),
        Some(numbers) => apply(context, args, numbers),
    }
}

fn suggest(context: &mut Context, args: &LinkArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let loaded = context.load(&project, args.record.record.as_deref())?;
    let aliases = Aliases::of(&project.settings.steps);
    let view = suggestions_view(&loaded.id, &loaded.document.incident, &aliases, args.zone);
    match args.format {
        TableFormat::Json => context.print(&to_json(&view)),
        TableFormat::Table => {
            context.print(&suggestions_text(&view, context.width));
            let of = context.option_of(&project, &loaded.id);
            if !view.suggestions.is_empty() {
                context.note(&terminal().nothing_linked(&of));
            }
            tell_perhaps(context, &view, &of);
        }
    }
    Ok(Exit::Done)
}

/// Prints possible links, each with the command that creates it; `of` is the option that names the record.
fn tell_perhaps(context: &mut Context, view: &SuggestionsView, of: &str) {
    if view.perhaps.is_empty() {
        return;
    }
    context.answer(&format!("{}\n", terminal().perhaps_linked(view.suggestions.is_empty())));
    for CandidateView { event, event_number, step, off, .. } in &view.perhaps {
        let name = step.id.as_ref().unwrap_or(&step.text).clone();
        let pair = format!("{} {} ↔ {} {} ({off})", event.dated, event.text, step.dated, step.text);
        context.answer(&format!("{}\n", context.fitted(&format!("  {pair}"), "    ")));
        let step = shell_line(&["--step".to_owned(), name]);
        context.answer(&format!("    asrun amend {event_number} {step}{of}\n"));
    }
}

fn apply(context: &mut Context, args: &LinkArgs, numbers: &[usize]) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let (saved, pairs) = link(&target, numbers)?;
    for pair in &pairs {
        let event = pair.event.headline();
        context.confirm(&terminal().linked(event, &pair.step, &pair.id, &target.record.id));
    }
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}
