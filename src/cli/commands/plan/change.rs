use clap::Args;

use crate::lang::{terminal, told};
use crate::operations::{MoveRequest, SkipRequest, move_step, skip_step};

use super::super::super::args::RecordArgs;
use super::super::super::context::{Context, tell_waiting};
use super::super::super::errors::{Exit, Failure};

/// Change a step's planned time; the first plan is kept beside it
///
///   asrun plan move deploy 17:30 --why "half an hour to spare"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct MoveArgs {
    /// The step, by its id or part of its words.
    step: String,
    /// When it is due now.
    #[arg(allow_hyphen_values = true)]
    time: String,
    /// When its window ends now; a window moves as a whole if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<String>,
    /// Why the plan was changed.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// When the plan was changed; now if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

/// Give a step up; it stays in the plan as skipped
///
///   asrun plan skip papers --why "not asked for last time"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(super) struct SkipArgs {
    /// The step, by its id or part of its words.
    step: String,
    /// Why.
    #[arg(long, value_name = "REASON")]
    why: Option<String>,
    /// When that was decided; now if not given.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(super) fn run_move(context: &mut Context, args: &MoveArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let request = MoveRequest {
        step: args.step.clone(),
        at: args.time.clone(),
        until: args.until.clone(),
        why: args.why.clone(),
        on: args.on.clone(),
    };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let moved = move_step(&workspace, &record, &request, &wait)?;
    let said = format!(
        "moved {}: {} → {}{}",
        moved.text,
        told(&moved.from, moved.zone),
        told(&moved.at, moved.zone),
        terminal().until(moved.until.as_ref(), moved.zone)
    );
    context.confirm(&format!("{said} → {}\n", record.id));
    context.tell_saved(&moved.saved);
    Ok(Exit::Done)
}

pub(super) fn run_skip(context: &mut Context, args: &SkipArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let request =
        SkipRequest { step: args.step.clone(), why: args.why.clone(), on: args.on.clone() };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let skipped = skip_step(&workspace, &record, &request, &wait)?;
    context.confirm(&format!(
        "skipped {} (planned {}) → {}\n",
        skipped.text,
        told(&skipped.at, skipped.zone),
        record.id
    ));
    context.tell_saved(&skipped.saved);
    Ok(Exit::Done)
}
