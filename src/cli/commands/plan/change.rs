use clap::{ArgGroup, Args};

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{
    MoveRequest, Moved, ShiftBy, ShiftRequest, SkipRequest, Skipped, Target, move_step,
    remove_step, shift_plan, skip_step, unskip_step,
};

use super::super::super::args::RecordArgs;

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

#[derive(Debug, Args)]
#[command(about = help().plan.unskip.about, long_about = help().plan.unskip.long_about)]
pub(super) struct UnskipArgs {
    #[arg(help = help().plan.unskip.step)]
    step: String,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
#[command(about = help().plan.remove.about, long_about = help().plan.remove.long_about)]
pub(super) struct RemoveArgs {
    #[arg(help = help().plan.remove.step)]
    step: String,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
#[command(about = help().plan.shift.about, long_about = help().plan.shift.long_about)]
pub(super) struct ShiftArgs {
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true, help = help().plan.shift.by)]
    by: String,
    #[arg(long, value_name = "STEP", help = help().plan.shift.from)]
    from: Option<String>,
    #[arg(long, value_name = "REASON", help = help().plan.shift.why)]
    why: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.shift.on)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
#[command(about = help().plan.rebase.about, long_about = help().plan.rebase.long_about,
    group = ArgGroup::new("to").required(true).args(["now", "at"]))]
pub(super) struct RebaseArgs {
    #[arg(long, help = help().plan.rebase.now)]
    now: bool,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.rebase.at)]
    at: Option<String>,
    #[arg(long, value_name = "STEP", help = help().plan.shift.from)]
    from: Option<String>,
    #[arg(long, value_name = "REASON", help = help().plan.shift.why)]
    why: Option<String>,
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
    tell_moved(context, &target, &moved);
    for from in &moved.counted {
        context.note(&terminal().counted_from(from, moved.zone));
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

fn tell_moved(context: &mut Context, target: &Target, moved: &Moved) {
    let Moved { text, from, at, until, zone, .. } = moved;
    let times = (at, until.as_ref());
    context.confirm(&terminal().moved(text, from.as_ref(), times, *zone, &target.record.id));
}

pub(super) fn run_shift(context: &mut Context, args: &ShiftArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = ShiftRequest {
        by: ShiftBy::Length(args.by.clone()),
        from: args.from.clone(),
        why: args.why.clone(),
        on: args.on.clone(),
    };
    shift(context, &target, &request)
}

pub(super) fn run_rebase(context: &mut Context, args: &RebaseArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = ShiftRequest {
        by: ShiftBy::To(args.at.clone().filter(|_| !args.now)),
        from: args.from.clone(),
        why: args.why.clone(),
        on: None,
    };
    shift(context, &target, &request)
}

fn shift(context: &mut Context, target: &Target, request: &ShiftRequest) -> Result<Exit, Failure> {
    let (saved, shifted) = shift_plan(target, request)?;
    for moved in &shifted.moved {
        tell_moved(context, target, moved);
    }
    let texts = |all: &[String]| all.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    if !shifted.left.is_empty() {
        context.warn(terminal().not_shifted(&texts(&shifted.left)));
    }
    if !shifted.deadlines.is_empty() {
        context.note(&terminal().deadlines_stay(&texts(&shifted.deadlines)));
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

pub(super) fn run_unskip(context: &mut Context, args: &UnskipArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let (saved, Skipped { text, at, zone }) = unskip_step(&target, &args.step)?;
    context.confirm(&terminal().unskipped(&text, at.as_ref(), zone, &target.record.id));
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

pub(super) fn run_remove(context: &mut Context, args: &RemoveArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let (saved, Skipped { text, at, zone }) = remove_step(&target, &args.step)?;
    context.confirm(&terminal().step_removed(&text, at.as_ref(), zone, &target.record.id));
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
