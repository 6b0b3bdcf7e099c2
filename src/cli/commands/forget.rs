use clap::Args;

use crate::console::forgotten::{held_by_git, is_gone, places, tell, view};
use crate::console::{Context, Exit, Failure, WAIT_SECONDS, tell_waiting};
use crate::fault::Fault;
use crate::lang::{help, is_yes, terminal};
use crate::operations::{
    ForgetRequest, Forgotten, LockWait, Target, Workspace, take_event_out, take_out,
};
use crate::render::to_json;
use crate::store::{RecordName, Scratch};

use super::super::args::one_of;

#[derive(Debug, Args)]
#[command(about = help().forget.about, long_about = help().forget.long_about)]
pub(in crate::cli) struct ForgetArgs {
    #[arg(conflicts_with_all = ["stdin", "secrets", "event"], help = help().forget.text)]
    text: Option<String>,
    #[arg(long, conflicts_with_all = ["secrets", "event"], help = help().forget.stdin)]
    stdin: bool,
    #[arg(long, conflicts_with = "event", help = help().forget.secrets)]
    secrets: bool,
    #[arg(long, value_name = "NUMBER", help = help().forget.event)]
    event: Option<usize>,
    #[arg(short, long, value_name = "RECORD", requires = "event",
        conflicts_with_all = ["text", "stdin", "secrets"], help = help().record.record)]
    record: Option<String>,
    #[arg(long, help = help().forget.yes)]
    yes: bool,
    #[arg(long, value_parser = one_of(FORMS), default_value = "human", help = help().forget.format)]
    format: Form,
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT_SECONDS, help = help().record.wait)]
    wait: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Human,
    Json,
}

const FORMS: &[(&str, Form)] = &[("human", Form::Human), ("json", Form::Json)];

pub(in crate::cli) fn run(context: &mut Context, args: &ForgetArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let taking = args.taking(context)?;
    let limit = std::time::Duration::from_secs(args.wait);
    let wait = LockWait { limit, waiting: &tell_waiting };
    let ask = !args.yes && !args.stdin && !context.dry_run && context.is_interactive();
    if ask {
        let mut rehearsal = context.workspace()?;
        rehearsal.project.dry_run = true;
        let found = taking.out_of(rehearsal, &wait)?;
        let question = terminal().really_forget(&places(&found));
        if !found.taken.is_empty() && !context.ask(&question).is_some_and(|yes| is_yes(&yes)) {
            return Err(Failure::new(terminal().nothing_forgotten()));
        }
    }
    let project = workspace.project.clone();
    let forgotten = taking.out_of(workspace, &wait)?;
    let held = held_by_git(&project, &forgotten);
    match args.format {
        Form::Json => context.print(&to_json(&view(&forgotten, &held))),
        Form::Human => tell(context, &forgotten, &held),
    }
    if args.text.is_some() {
        context.warn(terminal().typed_in_the_open());
    }
    Ok(if is_gone(&forgotten, &held) && !forgotten.taken.is_empty() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// What is to be removed.
enum Taking {
    Texts(ForgetRequest),
    Event { record: RecordName, number: usize },
}

impl Taking {
    fn out_of(&self, workspace: Workspace, wait: &LockWait<'static>) -> Result<Forgotten, Fault> {
        match self {
            Taking::Texts(request) => {
                // What is typed is erased wherever asrun put it; what looks like a secret, only in what is this project's.
                let root = workspace.project.root();
                let project = (*request == ForgetRequest::Secrets).then_some(root);
                let refused = Scratch::refused(&std::env::temp_dir(), project);
                take_out(&workspace, request, &refused, wait)
            }
            Taking::Event { record, number } => {
                let wait = LockWait { limit: wait.limit, waiting: wait.waiting };
                let target = Target { workspace, record: record.clone(), wait };
                let refused = Scratch::refused(&std::env::temp_dir(), None);
                take_event_out(&target, *number, &refused)
            }
        }
    }
}

impl ForgetArgs {
    fn taking(&self, context: &Context) -> Result<Taking, Failure> {
        let Some(number) = self.event else { return self.request(context).map(Taking::Texts) };
        let around =
            context.environment.variable_text("ASRUN_RECORD").filter(|name| !name.is_empty());
        let named = self.record.as_ref().or(around.as_ref()).map(String::as_str);
        let record = context.named_or_current(&context.workspace()?.project, named)?;
        Ok(Taking::Event { record, number })
    }

    fn request(&self, context: &Context) -> Result<ForgetRequest, Failure> {
        match &self.text {
            _ if self.secrets => Ok(ForgetRequest::Secrets),
            Some(text) if context.project()?.exact(text).is_some() => {
                Err(Failure::misuse(terminal().record_to_forget(text)))
            }
            Some(text) => Ok(ForgetRequest::Text(text.clone())),
            None if self.stdin => Ok(ForgetRequest::Text(context.read_stdin_unshown()?)),
            None if context.is_interactive() => context
                .ask_unshown(terminal().text_to_forget())
                .map(ForgetRequest::Text)
                .ok_or_else(|| Failure::new(terminal().nothing_forgotten())),
            None => Err(Failure::misuse(terminal().no_text_to_forget())),
        }
    }
}
