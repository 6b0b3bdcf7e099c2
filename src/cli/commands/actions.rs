use clap::{Args, Subcommand};

use crate::operations::{AddActionRequest, FinishActionRequest, add_action, finish_action};
use crate::view::action_row;

use super::super::args::{FormArgs, RecordArgs};
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::records::{FilterArgs, ask_outlines, only_record};

/// What is to be done, across all records
///
///   asrun actions                    what is not done
///   asrun actions 3.0                of one record
///   asrun actions --overdue          exit code 1 if there is any: for CI
///   asrun actions add "점검표 만들기" --owner ios --due 2024-10-01
///   asrun actions done 3.0#2         the second action of that record is done
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct ActionsArgs {
    #[command(subcommand)]
    verb: Option<ActionsVerb>,
    /// Only those of this record: an id, a unique part of it, or a version.
    record: Option<String>,
    /// Only what is overdue; exit code 1 if there is any.
    #[arg(long)]
    overdue: bool,
    /// Only those of this owner.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Those that are done too.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

#[derive(Debug, Subcommand)]
enum ActionsVerb {
    /// Write down what is to be done
    Add(AddArgs),
    /// Note that an action is done
    Done(DoneArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// What is to be done.
    #[arg(required = true)]
    text: Vec<String>,
    /// Who will do it.
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// By when: 2024-10-01, 10월 1일, tomorrow.
    #[arg(long, value_name = "DAY")]
    due: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

#[derive(Debug, Args)]
struct DoneArgs {
    /// Its number, as `asrun actions` prints it, or part of its words; `RECORD#NUMBER` names
    /// the record too.
    action: String,
    /// The day it was done; today if not given.
    #[arg(long, value_name = "DAY")]
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
    let today = context.now.clock(Some(context.zone(&project))).day;
    let owner = args.owner.as_ref().map(|owner| owner.to_lowercase());
    let only = only_record(&project, args.record.as_deref())?;
    let found = ask_outlines(&project, &args.filter.filter(), |id, incident| {
        if only.as_deref().is_some_and(|only| only != id) {
            return Vec::new();
        }
        let actions = incident.actions.iter().enumerate();
        let mut rows: Vec<_> =
            actions.map(|(place, action)| action_row(id, place + 1, action, today)).collect();
        let owned = |row: &Option<String>| row.as_ref().map(|owner| owner.to_lowercase());
        rows.retain(|row| {
            (args.all || row.done.is_none())
                && (!args.overdue || row.overdue)
                && (owner.is_none() || owned(&row.owner) == owner)
        });
        rows
    })?;
    found.print(context, &args.form)?;
    if found.rows.is_empty() && args.form.is_table() {
        context.say(if args.filter.is_open() {
            "no such action in records that are still open; without --open, all records are asked"
        } else {
            "no such action; asrun actions add TEXT writes one down"
        });
    }
    let late = args.overdue && !found.rows.is_empty();
    Ok(if late { Exit::Failed } else { found.exit() })
}

fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let request = AddActionRequest {
        text: args.text.join(" "),
        owner: args.owner.clone(),
        due: args.due.clone(),
    };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let added = add_action(&workspace, &record, &request, &wait)?;
    context.confirm(&format!("action {}: {} → {}\n", added.number, added.text, record.id));
    context.tell_saved(&added.saved);
    Ok(Exit::Done)
}

fn mark_done(context: &mut Context, args: &DoneArgs) -> Result<Exit, Failure> {
    let workspace = context.workspace()?;
    let project = &workspace.project;
    let named = args.action.rsplit_once('#').filter(|_| args.record.record.is_none());
    let numbered = named.filter(|(_, number)| number.parse::<usize>().is_ok());
    let (record, wanted) = match numbered {
        Some((record, number)) => (project.select(record)?, number),
        None => (context.record(project, &args.record)?, args.action.as_str()),
    };
    let request = FinishActionRequest { action: wanted.to_owned(), on: args.on.clone() };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let finished = finish_action(&workspace, &record, &request, &wait)?;
    context.confirm(&format!("done on {}: {} → {}\n", finished.on, finished.text, record.id));
    context.tell_saved(&finished.saved);
    Ok(Exit::Done)
}
