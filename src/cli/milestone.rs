//! The options of commands that log a milestone of the record.

use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::help;
use crate::operations::{LogRequest, Target};

use super::args::TypedRecordArgs;

#[derive(Debug, Args)]
pub(super) struct MilestoneArgs {
    #[arg(help = help().milestone.text)]
    text: Vec<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().milestone.at)]
    at: Option<String>,
    #[arg(long, value_name = "NAME", help = help().milestone.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().milestone.why)]
    why: Option<String>,
    #[command(flatten)]
    record: TypedRecordArgs,
}

impl MilestoneArgs {
    /// Logs the event that was typed for this command; a failure repeats its text.
    pub(super) fn log_with(
        &self,
        context: &mut Context,
        command: &str,
        log: impl FnOnce(&mut Context, &Target, LogRequest) -> Result<Exit, Failure>,
    ) -> Result<Exit, Failure> {
        let logged = self.target(context, command);
        let logged = logged.and_then(|target| log(context, &target, self.event()));
        logged.map_err(|failure| failure.not_recorded(&self.text.join(" ")))
    }

    fn target(&self, context: &mut Context, command: &str) -> Result<Target, Failure> {
        let workspace = context.workspace_for_logging()?;
        if !self.record.is_typed {
            let options = [("--at", &self.at), ("--by", &self.by), ("--why", &self.why)];
            context.refuse_record_as_text(&workspace.project, command, &self.text, &options)?;
        }
        context.target_in(workspace, None, &self.record.record)
    }

    fn event(&self) -> LogRequest {
        LogRequest {
            text: self.text.join(" "),
            at: self.at.clone(),
            by: self.by.clone(),
            why: self.why.clone(),
            ..LogRequest::default()
        }
    }
}
