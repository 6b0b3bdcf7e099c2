use clap::Args;

use crate::console::{Context, Exit, Failure, logged};
use crate::lang::{help, terminal};
use crate::operations::{LogOutcome, LogRequest, Workspace, reopen, still_ended};

use super::super::args::TypedRecordArgs;

#[derive(Debug, Args)]
#[command(about = help().reopen.about, long_about = help().reopen.long_about)]
pub(in crate::cli) struct ReopenArgs {
    #[arg(help = help().reopen.text)]
    text: Vec<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().reopen.at)]
    at: Option<String>,
    #[arg(long, value_name = "NAME", help = help().reopen.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().reopen.why)]
    why: Option<String>,
    #[command(flatten)]
    record: TypedRecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ReopenArgs) -> Result<Exit, Failure> {
    let not_recorded = |failure: Failure| failure.not_recorded(&args.text.join(" "));
    let workspace = context.workspace_for_logging().map_err(not_recorded)?;
    if !args.record.is_typed {
        let options = [("--at", &args.at), ("--by", &args.by), ("--why", &args.why)];
        context.refuse_record_as_text(&workspace.project, "reopen", &args.text, &options)?;
    }
    record(context, workspace, args).map_err(not_recorded)
}

fn record(context: &mut Context, workspace: Workspace, args: &ReopenArgs) -> Result<Exit, Failure> {
    let target = context.target_in(workspace, None, &args.record.record)?;
    let event = LogRequest {
        text: args.text.join(" "),
        at: args.at.clone(),
        by: args.by.clone(),
        why: args.why.clone(),
        ..LogRequest::default()
    };
    let (request, outcome) = reopen(&target, event)?;
    let ended = match &outcome {
        LogOutcome::Recorded(logged) => still_ended(&target, &logged.saved.after.incident),
        LogOutcome::Kept(_) => None,
    };
    let exit = logged::tell_with_way_back(context, &target, &request, outcome)?;
    let (project, id) = (&target.workspace.project, &target.record.id);
    if let Some((end, zone)) = ended {
        let of = context.option_of(project, id);
        context.warn(terminal().ended_after_all(&end, zone, &of));
    }
    if project.chosen().as_ref() != Some(id) {
        match project.choose(id) {
            Ok(()) => context.confirm(&terminal().chosen(id)),
            Err(_) => context.warn(terminal().not_chosen(id)),
        }
    }
    Ok(exit)
}
