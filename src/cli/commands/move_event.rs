use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{EventChoice, move_event};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().move_event.about, long_about = help().move_event.long_about)]
pub(in crate::cli) struct MoveArgs {
    #[arg(required_unless_present = "last", conflicts_with = "last",
        help = help().move_event.number)]
    number: Option<usize>,
    #[arg(long, help = help().move_event.last)]
    last: bool,
    #[arg(long, value_name = "RECORD", help = help().move_event.to)]
    to: String,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &MoveArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let to = target.workspace.project.select(&args.to)?;
    let choice = match args.number {
        Some(number) if !args.last => EventChoice::Number(number),
        _ => EventChoice::Last,
    };
    let moved = move_event(&target, choice, &to)?;
    let from = &target.record.id;
    let told = terminal().event_moved(&moved.event, moved.zone, from, &to.id);
    let both = [&moved.there, &moved.here];
    context.confirm_change_of(both, &told, &format!("asrun undo -r {}", to.id));
    if !moved.unlinked.is_empty() {
        context.note(&terminal().steps_let_go(&moved.unlinked, &to.id));
    }
    if !moved.internal.is_empty() {
        context.note(&terminal().kept_internal(&moved.internal));
    }
    if !moved.files.is_empty() {
        context.note_done(
            &terminal().files_copied(&moved.files, &target.workspace.project.files_of(from)),
        );
    }
    for ((record, saved), doubts) in
        [(&to.id, &moved.there), (from, &moved.here)].into_iter().zip(&moved.doubts)
    {
        context.tell_severity(saved, record);
        context.tell_status(saved, record);
        let undo = context.undo_of(&target.workspace.project, record);
        for doubt in doubts {
            context.warn(terminal().doubt(doubt, moved.zone, &undo));
        }
    }
    context.tell_saved(&moved.there);
    context.tell_saved(&moved.here);
    Ok(Exit::Done)
}
