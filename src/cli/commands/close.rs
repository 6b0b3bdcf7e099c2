use clap::Args;

use crate::console::{Context, Exit, Failure, logged};
use crate::lang::{help, terminal};
use crate::operations::{
    LeftOpen, LogOutcome, LogRequest, Target, Workspace, close, later_status, left_open,
};

use super::super::args::TypedRecordArgs;

#[derive(Debug, Args)]
#[command(about = help().close.about, long_about = help().close.long_about)]
pub(in crate::cli) struct CloseArgs {
    #[arg(help = help().close.text)]
    text: Vec<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().close.at)]
    at: Option<String>,
    #[arg(long, value_name = "NAME", help = help().close.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().close.why)]
    why: Option<String>,
    #[command(flatten)]
    record: TypedRecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CloseArgs) -> Result<Exit, Failure> {
    let not_recorded = |failure: Failure| failure.not_recorded(&args.text.join(" "));
    let workspace = context.workspace_for_logging().map_err(not_recorded)?;
    if !args.record.is_typed {
        let options = [("--at", &args.at), ("--by", &args.by), ("--why", &args.why)];
        context.refuse_record_as_text(&workspace.project, "close", &args.text, &options)?;
    }
    record(context, workspace, args).map_err(not_recorded)
}

fn record(context: &mut Context, workspace: Workspace, args: &CloseArgs) -> Result<Exit, Failure> {
    let target = context.target_in(workspace, None, &args.record.record)?;
    let event = LogRequest {
        text: args.text.join(" "),
        at: args.at.clone(),
        by: args.by.clone(),
        why: args.why.clone(),
        ..LogRequest::default()
    };
    let (request, outcome) = close(&target, event)?;
    let (left, later) = match &outcome {
        LogOutcome::Recorded(logged) => {
            let (before, after) = (&logged.saved.before.incident, &logged.saved.after.incident);
            let left = left_open(&target, (before, after), &request);
            // That of a record that is still open is told with it.
            let ended = left.begun_later.is_none();
            let later = later_status(&target, after, &logged.event).filter(|_| ended);
            (Some(left), later)
        }
        LogOutcome::Kept(_) => (None, None),
    };
    let exit = logged::tell_with_way_back(context, &target, &request, outcome)?;
    logged::tell_later_status(context, &target, later);
    if let Some(left) = left {
        tell(context, &target, &left);
    }
    Ok(exit)
}

/// Reports what is missing in the record.
fn tell(context: &Context, target: &Target, left: &LeftOpen) {
    let of = context.option_of(&target.workspace.project, &target.record.id);
    if let Some(begun) = &left.begun_later {
        context.warn(terminal().open_after_all(begun, left.zone, &of));
    }
    if let Some(seconds) = left.silence {
        context.warn(terminal().closed_late(seconds, &of));
    }
    if left.unresolved {
        context.note(&terminal().never_resolved(&of));
    }
    if left.steps > 0 {
        context.note(&terminal().steps_left(left.steps, &of));
    }
    if left.actions > 0 {
        context.note(&terminal().actions_left(left.actions, &target.record.id));
    }
}
