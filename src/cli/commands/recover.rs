use clap::Args;

use crate::lang::help;
use crate::operations::{RecoverRequest, recover};
use crate::yaml::Value;

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

#[derive(Debug, Args)]
#[command(about = help().recover.about, long_about = help().recover.long_about)]
pub(in crate::cli) struct RecoverArgs {
    #[arg(help = help().recover.id)]
    id: Option<String>,
    #[arg(long, help = help().recover.forget)]
    forget: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &RecoverArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let wanted = args.id.as_deref().or(args.record.record.as_deref());
    let record = context.named_or_current(&workspace.project, wanted)?;
    let request = RecoverRequest { forget: args.forget };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let recovered = recover(&workspace, &record, &request, &wait)?;
    recovered.saved.iter().for_each(|saved| context.tell_saved(saved));
    for fault in recovered.unlinked {
        context.say(&format!("warning: {}", Failure::from(fault).message));
        context.say("hint: link it with: asrun amend NUMBER --step STEP");
    }
    if recovered.entries.is_empty() {
        context.answer(&format!("no event and no step is missing in {}\n", record.id));
    }
    let did = if request.forget { "forgotten" } else { "recovered" };
    for entry in &recovered.entries {
        context.confirm(&format!("{did}: {} → {}\n", said(entry), record.id));
    }
    Ok(Exit::Done)
}

pub(super) fn said(item: &Value) -> String {
    let text = format!("{} {}", item.said("at").unwrap_or(""), item.said("text").unwrap_or(""));
    crate::render::escape::terminal(text.trim()).into_owned()
}
