use clap::Args;

use crate::lang::{help, terminal};
use crate::operations::{MoveRequest, Moved, SkipRequest, Skipped, move_step, skip_step};

use super::super::super::args::RecordArgs;
use super::super::super::context::Context;
use super::super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().plan.move_step.about, long_about = help().plan.move_step.long_about)]
pub(super) struct MoveArgs {
    #[arg(help = help().plan.move_step.step)]
    step: String,
    #[arg(allow_hyphen_values = true, help = help().plan.move_step.time)]
    time: String,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true,
        help = help().plan.move_step.until)]
    until: Option<String>,
    #[arg(long, value_name = "REASON", help = help().plan.move_step.why)]
    why: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.move_step.on)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
#[command(about = help().plan.skip.about, long_about = help().plan.skip.long_about)]
pub(super) struct SkipArgs {
    #[arg(help = help().plan.skip.step)]
    step: String,
    #[arg(long, value_name = "REASON", help = help().plan.skip.why)]
    why: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.skip.on)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(super) fn run_move(context: &mut Context, args: &MoveArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = MoveRequest {
        step: args.step.clone(),
        at: args.time.clone(),
        until: args.until.clone(),
        why: args.why.clone(),
        on: args.on.clone(),
    };
    let (saved, moved) = move_step(&target, &request)?;
    let Moved { text, from, at, until, zone, counted } = moved;
    let id = &target.record.id;
    context.confirm(&terminal().moved(&text, from.as_ref(), (&at, until.as_ref()), zone, id));
    for from in &counted {
        context.note(&terminal().counted_from(from, zone));
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

pub(super) fn run_skip(context: &mut Context, args: &SkipArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request =
        SkipRequest { step: args.step.clone(), why: args.why.clone(), on: args.on.clone() };
    let (saved, Skipped { text, at, zone }) = skip_step(&target, &request)?;
    context.confirm(&terminal().skipped(&text, at.as_ref(), zone, &target.record.id));
    context.tell_saved(&saved);
    Ok(Exit::Done)
}
