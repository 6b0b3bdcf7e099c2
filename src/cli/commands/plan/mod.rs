mod add;
mod change;
mod check;
mod edit;
mod from;
mod list;
mod run;

use clap::{Args, Subcommand};

use crate::console::{Context, Exit, Failure};
use crate::lang::help;

#[derive(Debug, Args)]
#[command(about = help().plan.about)]
pub(in crate::cli) struct PlanArgs {
    #[command(subcommand)]
    verb: PlanVerb,
}

#[derive(Debug, Subcommand)]
enum PlanVerb {
    Add(add::AddArgs),
    List(list::ListArgs),
    Export(list::ExportArgs),
    Run(run::RunArgs),
    From(from::FromArgs),
    Check(check::CheckArgs),
    Edit(edit::EditArgs),
    Move(change::MoveArgs),
    Shift(change::ShiftArgs),
    Rebase(change::RebaseArgs),
    Skip(change::SkipArgs),
    Unskip(change::UnskipArgs),
    Remove(change::RemoveArgs),
}

pub(in crate::cli) fn run(context: &mut Context, args: PlanArgs) -> Result<Exit, Failure> {
    match args.verb {
        PlanVerb::Add(args) => add::add(context, &args),
        PlanVerb::List(args) => list::list(context, &args),
        PlanVerb::Export(args) => list::export(context, &args),
        PlanVerb::Run(args) => run::run(context, &args),
        PlanVerb::From(args) => from::run(context, &args),
        PlanVerb::Check(args) => check::run(context, &args),
        PlanVerb::Edit(args) => edit::run(context, &args),
        PlanVerb::Move(args) => change::run_move(context, &args),
        PlanVerb::Shift(args) => change::run_shift(context, &args),
        PlanVerb::Rebase(args) => change::run_rebase(context, &args),
        PlanVerb::Skip(args) => change::run_skip(context, &args),
        PlanVerb::Unskip(args) => change::run_unskip(context, &args),
        PlanVerb::Remove(args) => change::run_remove(context, &args),
    }
}
