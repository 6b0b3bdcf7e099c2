use std::path::PathBuf;

use clap::Args;

use crate::console::command::{CommandToRun, run_and_log};
use crate::console::logged::{chosen, is_wanted, sources, tell_others, tell_with_way_back};
use crate::console::{Context, Exit, Failure, Message};
use crate::fault::Doubt;
use crate::lang::{help, terminal};
use crate::live::meant_in_shell;
use crate::operations::{LogOutcome, LogRequest, event_type, log};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(
    about = help().log.about,
    long_about = help().log.long_about,
    after_long_help = help().log.after,
)]
pub(in crate::cli) struct LogArgs {
    #[arg(help = help().log.text)]
    text: Vec<String>,
    #[arg(last = true, value_name = "COMMAND", help = help().log.behind)]
    after_dashes: Vec<String>,
    #[arg(long, help = help().log.run)]
    run: bool,
    #[arg(long, alias = "time", value_name = "TIME", allow_hyphen_values = true,
        help = help().log.at)]
    at: Option<String>,
    #[arg(long, value_name = "TIME", allow_hyphen_values = true, help = help().log.until)]
    until: Option<String>,
    #[arg(long = "type", alias = "kind", short = 't', value_name = "TYPE", help = help().log.kind)]
    kind: Option<String>,
    #[arg(long = "step", value_name = "STEP", help = help().log.steps)]
    steps: Vec<String>,
    #[arg(long, value_name = "NAME", help = help().log.by)]
    by: Option<String>,
    #[arg(long, value_name = "REASON", help = help().log.why)]
    why: Option<String>,
    #[arg(long, value_name = "MARKDOWN", help = help().log.detail)]
    detail: Option<String>,
    #[arg(long = "attach", value_name = "FILE", help = help().log.attachments)]
    attachments: Vec<PathBuf>,
    #[arg(long, value_name = "TEXT", requires = "attachments", help = help().log.alt)]
    alt: Option<String>,
    #[arg(long, value_name = "WIDTH", requires = "attachments", help = help().log.width)]
    width: Option<String>,
    #[arg(long = "ref", value_name = "URL", help = help().log.refs)]
    refs: Vec<String>,
    #[arg(long, alias = "next", value_name = "TIME", allow_hyphen_values = true,
        help = help().log.next_update)]
    next_update: Option<String>,
    #[arg(long, alias = "sev", value_name = "SEVERITY", help = help().log.severity)]
    severity: Option<String>,
    #[arg(long, help = help().log.key)]
    key: bool,
    #[arg(long, help = help().log.internal)]
    internal: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LogArgs) -> Result<Exit, Failure> {
    let mut draft = String::new();
    let logged =
        if args.run { run_command(context, args) } else { record(context, args, &mut draft) };
    logged.map_err(|failure| match failure.exit {
        Exit::Kept => failure,
        _ => not_recorded(context, failure, args, &draft),
    })
}

/// Logs a command and runs it.
fn run_command(context: &mut Context, args: &LogArgs) -> Result<Exit, Failure> {
    if args.after_dashes.is_empty() {
        return Err(Failure::misuse(terminal().no_command_to_run()));
    }
    if args.at.is_some() || args.until.is_some() {
        return Err(Failure::misuse(terminal().command_runs_now()));
    }
    if args.text.last().is_some_and(|word| word == "-") || is_piped(args) {
        return Err(Failure::misuse(terminal().input_is_the_commands()));
    }
    let workspace = context.workspace_for_logging()?;
    let target = context.target_in(workspace, None, &args.record)?;
    let request = LogRequest {
        text: args.text.join(" "),
        detail: args.detail.clone(),
        internal: true,
        ..args.request(context)?
    };
    let words = args.after_dashes.clone();
    Ok(run_and_log(context, &target, CommandToRun { words, request, step_in: None })?.exit)
}

/// Returns a failure that repeats what was typed, so that it can be copied; for an input that was read in vain, its
/// beginning.
fn not_recorded(context: &Context, mut failure: Failure, args: &LogArgs, draft: &str) -> Failure {
    failure.message = terminal().not_recorded(&failure.message);
    let mut words = args.words();
    words.retain(|word| word != "-");
    let words = words.join(" ");
    if failure.repeats() {
        let repeated = Failure::new(String::new()).repeating_of(&words, &failure);
        return failure.repeating_of("", &repeated);
    }
    let unread = draft.is_empty() && args.words().last().is_some_and(|word| word == "-");
    let piped = if unread { context.read_output() } else { Ok(String::new()) };
    let draft = match piped {
        Ok(piped) => format!("{draft}{piped}"),
        Err(long) => return failure.repeating_of(&words, &long),
    };
    let draft = draft.trim();
    let typed = match draft.strip_prefix(&words) {
        Some(below) => format!("{words}{below}"),
        None => format!("{words}\n{draft}"),
    };
    failure.repeating(&typed)
}

/// Logs the event of the command line; `draft` receives the text that was read.
fn record(context: &mut Context, args: &LogArgs, draft: &mut String) -> Result<Exit, Failure> {
    let workspace = context.workspace_for_logging()?;
    let mut request = args.request(context)?;
    let target = context.target_in(workspace, None, &args.record)?;
    let is_written = args.words().last().is_some_and(|word| word != "-") && !is_piped(args);
    // Checked before anybody writes a text in vain.
    if let Err(fault) = if is_written { Ok(()) } else { request.check(&target) } {
        request.at = Some(chosen(context, &fault).ok_or(fault)?.written());
        request.check(&target)?;
    }
    let detail = args.detail.as_deref();
    let message = Message::collect(context, &args.words(), detail, &target.record.id, draft)?;
    (request.text, request.detail) = (message.text, message.detail);
    if !is_wanted(context, &target, &request) {
        return Err(Failure::new(terminal().not_again()));
    }
    let outcome = match log(&target, &request) {
        Err(fault) if is_written => {
            request.at = Some(chosen(context, &fault).ok_or(fault)?.written());
            log(&target, &request)?
        }
        outcome => outcome?,
    };
    let state = match &outcome {
        LogOutcome::Recorded(logged) => {
            (logged.saved.after.incident.events.len(), logged.doubts.contains(&Doubt::Ended))
        }
        LogOutcome::Kept(_) => (0, false),
    };
    let exit = tell_with_way_back(context, &target, &request, outcome)?;
    if let Some(meant) = meant_in_shell(&request.text).filter(|_| is_written) {
        let undo = context.undo_of(&target.workspace.project, &target.record.id);
        context.warn(terminal().form_in_shell(&meant, &undo));
    }
    if args.record.record.is_none() {
        tell_others(context, &target, state);
    }
    Ok(exit)
}

/// Whether the detail is read from the standard input.
fn is_piped(args: &LogArgs) -> bool {
    args.detail.as_deref() == Some("-")
}

impl LogArgs {
    /// Returns the words of the event, from both sides of `--`.
    fn words(&self) -> Vec<String> {
        self.text.iter().chain(&self.after_dashes).cloned().collect()
    }

    /// Returns the request without the text.
    fn request(&self, context: &Context) -> Result<LogRequest, Failure> {
        Ok(LogRequest {
            at: self.at.clone(),
            until: self.until.clone(),
            kind: self.kind.as_deref().map(event_type).transpose()?,
            steps: self.steps.clone(),
            by: self.by.clone(),
            why: self.why.clone(),
            files: sources(context, &self.attachments)?,
            alt: self.alt.clone(),
            width: self.width.clone(),
            next_update: self.next_update.clone(),
            refs: self.refs.clone(),
            key: self.key,
            internal: self.internal,
            severity: self.severity.clone(),
            ..LogRequest::default()
        })
    }
}
