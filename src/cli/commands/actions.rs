use std::sync::atomic::{AtomicUsize, Ordering};

use clap::{Args, Subcommand};

use crate::console::answers::ask;
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::Reading;
use crate::operations::{AddActionRequest, AddedAction, add_action, finish_action};
use crate::view::action_row;

use super::super::args::{FormArgs, RecordArgs};
use super::super::records::{FilterArgs, only_record, print};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true,
    about = help().actions.about, long_about = help().actions.long_about)]
pub(in crate::cli) struct ActionsArgs {
    #[command(subcommand)]
    verb: Option<ActionsVerb>,
    #[arg(help = help().actions.record)]
    record: Option<String>,
    #[arg(long, help = help().actions.overdue)]
    overdue: bool,
    #[arg(long, value_name = "NAME", help = help().actions.owner)]
    owner: Option<String>,
    #[arg(long, help = help().actions.all)]
    all: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

#[derive(Debug, Subcommand)]
enum ActionsVerb {
    #[command(about = help().actions.add.about)]
    Add(AddArgs),
    #[command(about = help().actions.done.about)]
    Done(DoneArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    #[arg(required = true, help = help().actions.add.text)]
    text: Vec<String>,
    #[arg(long, value_name = "NAME", help = help().actions.add.owner)]
    owner: Option<String>,
    #[arg(long, value_name = "DAY", help = help().actions.add.due)]
    due: Option<String>,
    #[arg(long, help = help().actions.add.internal)]
    internal: bool,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
struct DoneArgs {
    #[arg(help = help().actions.done.action)]
    action: String,
    #[arg(long, value_name = "DAY", help = help().actions.done.on)]
    on: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ActionsArgs) -> Result<Exit, Failure> {
    match &args.verb {
        Some(ActionsVerb::Add(new)) => add(context, new),
        Some(ActionsVerb::Done(done)) => mark_done(context, done),
        None => list(context, args),
    }
}

fn list(context: &mut Context, args: &ActionsArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let (now, here) = (context.now, context.zone(&project));
    let owner = args.owner.as_ref().map(|owner| owner.to_lowercase());
    let only = only_record(&project, args.record.as_deref())?;
    let done = AtomicUsize::new(0);
    let found = ask(&project, &args.filter, Reading::Outlines, |id, incident| {
        if only.as_deref().is_some_and(|only| only != id) {
            return Vec::new();
        }
        // Whether a day is over depends on the record's zone.
        let today = now.clock(Some(incident.zone.unwrap_or(here))).day;
        let actions = incident.actions.iter().enumerate();
        let mut rows: Vec<_> =
            actions.map(|(place, action)| action_row(id, place + 1, action, today)).collect();
        let owned = |row: &Option<String>| row.as_ref().map(|owner| owner.to_lowercase());
        rows.retain(|row| {
            let is_asked =
                (!args.overdue || row.overdue) && (owner.is_none() || owned(&row.owner) == owner);
            let is_open = args.all || row.done.is_none();
            done.fetch_add(usize::from(is_asked && !is_open), Ordering::Relaxed);
            is_asked && is_open
        });
        rows
    })?;
    print(context, &found, &args.form)?;
    if found.rows.is_empty() && args.form.is_table() {
        context.note(&match done.into_inner() {
            0 => terminal().no_action(args.filter.open).to_owned(),
            done => terminal().only_done_actions(done),
        });
    }
    let late = args.overdue && !found.rows.is_empty();
    Ok(if late { Exit::Failed } else { found.exit() })
}

fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = AddActionRequest {
        text: args.text.join(" "),
        owner: args.owner.clone(),
        due: args.due.clone(),
        internal: args.internal,
    };
    let (saved, added) = add_action(&target, &request)?;
    let AddedAction { number, mut text, owner, due } = added;
    if args.internal {
        text = terminal().internal_text(&text);
    }
    let given = (owner.as_deref(), due);
    context.confirm(&terminal().action_added(number, &text, given, &target.record.id));
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}

fn mark_done(context: &mut Context, args: &DoneArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    // The record from the environment only counts if nothing else selects records.
    let option = args.record.record.as_ref();
    let unnamed =
        option.is_none() || option == context.environment.variable_text("ASRUN_RECORD").as_ref();
    let named = args.action.rsplit_once('#').filter(|_| unnamed);
    let numbered = named.filter(|(_, number)| number.parse::<usize>().is_ok());
    let (record, wanted) = numbered.unzip();
    let wanted = wanted.unwrap_or(&args.action);
    let target = context.target_in(workspace, record, &args.record)?;
    let (saved, finished) = finish_action(&target, wanted, args.on.as_deref())?;
    context.confirm(&terminal().action_done(&finished.text, &finished.on, &target.record.id));
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}
