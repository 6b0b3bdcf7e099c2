use clap::{ArgGroup, Args};

use crate::console::planned::{
    tell_moved, tell_removed, tell_shifted, tell_skipped, tell_unskipped,
};
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{
    MoveRequest, ShiftBy, ShiftRequest, SkipRequest, Target, move_step, remove_step, shift_plan,
    skip_rest, skip_step, unskip_step,
};

use super::super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().plan.move_step.about, long_about = help().plan.move_step.long_about)]
pub(super) struct MoveArgs {
    #[arg(help = help().plan.move_step.step)]
    step: String,
    #[arg(allow_hyphen_values = true, help = help().plan.move_step.time)]
    time: String,
    #[arg(value_name = "REASON", conflicts_with = "why", help = help().plan.move_step.why)]
    reason: Vec<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true,
        help = help().plan.move_step.until)]
    until: Option<String>,
    #[arg(long, value_name = "REASON", help = help().plan.reason_too)]
    why: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.move_step.on)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
#[command(about = help().plan.skip.about, long_about = help().plan.skip.long_about)]
pub(super) struct SkipArgs {
    #[arg(required_unless_present = "rest", help = help().plan.skip.step)]
    step: Option<String>,
    #[arg(value_name = "REASON", conflicts_with = "why", help = help().plan.skip.why)]
    reason: Vec<String>,
    #[arg(long, value_name = "REASON", help = help().plan.reason_too)]
    why: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().plan.skip.on)]
    on: Option<String>,
    #[arg(long, help = help().plan.skip.rest)]
    rest: bool,
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
    #[arg(value_name = "REASON", conflicts_with = "why", help = help().plan.shift.why)]
    reason: Vec<String>,
    #[arg(long, value_name = "LENGTH", allow_hyphen_values = true, help = help().plan.shift.by)]
    by: String,
    #[arg(long, value_name = "STEP", help = help().plan.shift.from)]
    from: Option<String>,
    #[arg(long, value_name = "REASON", help = help().plan.reason_too)]
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
        why: reason(&args.reason, args.why.as_ref()),
        on: args.on.clone(),
    };
    let (saved, moved) = move_step(&target, &request)?;
    tell_moved(context, &target, (&saved, &moved));
    Ok(Exit::Done)
}

/// Returns the reason, whether it was typed as words or as an option.
fn reason(words: &[String], why: Option<&String>) -> Option<String> {
    let words = (!words.is_empty()).then(|| words.join(" "));
    words.or_else(|| why.cloned())
}

pub(super) fn run_shift(context: &mut Context, args: &ShiftArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = ShiftRequest {
        by: ShiftBy::Length(args.by.clone()),
        from: args.from.clone(),
        why: reason(&args.reason, args.why.as_ref()),
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
    tell_shifted(context, target, (&saved, &shifted));
    Ok(Exit::Done)
}

pub(super) fn run_unskip(context: &mut Context, args: &UnskipArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let (saved, step) = unskip_step(&target, &args.step)?;
    tell_unskipped(context, &target, (&saved, &step));
    Ok(Exit::Done)
}

pub(super) fn run_remove(context: &mut Context, args: &RemoveArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let (saved, step) = remove_step(&target, &args.step)?;
    tell_removed(context, &target, (&saved, &step));
    Ok(Exit::Done)
}

pub(super) fn run_skip(context: &mut Context, args: &SkipArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = SkipRequest {
        step: args.step.clone().unwrap_or_default(),
        why: reason(&args.reason, args.why.as_ref()),
        on: args.on.clone(),
    };
    let (saved, steps) = match args.rest {
        true if args.step.is_some() => return Err(Failure::misuse(terminal().rest_is_all_steps())),
        true => skip_rest(&target, &request)?,
        false => skip_step(&target, &request).map(|(saved, step)| (saved, vec![step]))?,
    };
    tell_skipped(context, &target, (&saved, &steps));
    Ok(Exit::Done)
}
