mod add;
mod change;
mod check;
mod from;

use clap::{Args, Subcommand};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};

/// Write down what is to happen when, and see how far it has come
#[derive(Debug, Args)]
pub(in crate::cli) struct PlanArgs {
    #[command(subcommand)]
    verb: PlanVerb,
}

#[derive(Debug, Subcommand)]
enum PlanVerb {
    Add(add::AddArgs),
    From(from::FromArgs),
    Check(check::CheckArgs),
    Move(change::MoveArgs),
    Skip(change::SkipArgs),
}

pub(in crate::cli) fn run(context: &mut Context, args: PlanArgs) -> Result<Exit, Failure> {
    match args.verb {
        PlanVerb::Add(args) => add::add(context, &args),
        PlanVerb::From(args) => from::run(context, &args),
        PlanVerb::Check(args) => check::run(context, &args),
        PlanVerb::Move(args) => change::run_move(context, &args),
        PlanVerb::Skip(args) => change::run_skip(context, &args),
    }
}
