use clap::{Args, Subcommand};

use crate::model::Incident;
use crate::operations::{Field, accepted, day_named, optional};
use crate::view::action_row;
use crate::yaml::{Change, Value};

use super::super::args::{FormArgs, RecordArgs};
use super::super::changes::change_record;
use super::super::context::Context;
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
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    let text = accepted(Field::Text, &args.text.join(" "))?;
    let owner = optional(Field::Owner, args.owner.as_deref())?;
    let zone = context.zone(&project);
    let day = |text: &String| day_named(text, Field::Due, context.now, zone);
    let due = args.due.as_ref().map(day).transpose()?;
    change_record(context, &project, &record, &args.record, "actions add", |document| {
        let incident = &document.incident;
        let keys = [
            ("text", Some(text.clone())),
            ("owner", owner.clone()),
            ("due", due.map(|day| day.to_string())),
        ];
        let given =
            keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::text(value?))));
        let index = incident.actions.len();
        let change = Change::Insert {
            at: Vec::new(),
            key: "actions".to_owned(),
            index,
            item: Value::Map(given.collect()),
        };
        Ok((vec![change], vec![format!("action {}: {text}", index + 1)]))
    })
}

fn mark_done(context: &mut Context, args: &DoneArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let named = args.action.rsplit_once('#').filter(|_| args.record.record.is_none());
    let numbered = named.filter(|(_, number)| number.parse::<usize>().is_ok());
    let (record, wanted) = match numbered {
        Some((record, number)) => (project.select(record)?, number),
        None => (context.record(&project, &args.record)?, args.action.as_str()),
    };
    let zone = context.zone(&project);
    let day = |text: &String| day_named(text, Field::On, context.now, zone);
    let on = args.on.as_ref().map(day).transpose()?;
    let on = on.unwrap_or_else(|| context.now.clock(Some(zone)).day);
    change_record(context, &project, &record, &args.record, "actions done", |document| {
        let incident = &document.incident;
        let place = meant(incident, wanted)?;
        let action = &incident.actions[place];
        if let Some(done) = action.done {
            return Err(Failure::misuse(format!("{} was done on {done} already", action.text)));
        }
        let change = Change::Set {
            at: vec![("actions".to_owned(), Some(place))],
            key: "done".to_owned(),
            value: Value::text(on.to_string()),
        };
        Ok((vec![change], vec![format!("done on {on}: {}", action.text)]))
    })
}

/// The action of that number, else the only one whose words hold it.
fn meant(incident: &Incident, wanted: &str) -> Result<usize, Failure> {
    let number = wanted.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    if let Some(place) = number.filter(|place| *place < incident.actions.len()) {
        return Ok(place);
    }
    let part = wanted.to_lowercase();
    let holds = |place: &usize| incident.actions[*place].text.to_lowercase().contains(&part);
    let places: Vec<usize> = (0..incident.actions.len()).filter(holds).collect();
    match places.as_slice() {
        [place] if !part.is_empty() => Ok(*place),
        _ if incident.actions.is_empty() => Err(Failure::misuse("the record has no actions")
            .hint("asrun actions lists those of every record: RECORD#NUMBER names one")),
        several => {
            let meant = if part.is_empty() || several.is_empty() {
                (0..incident.actions.len()).collect()
            } else {
                several.to_vec()
            };
            let says = match several {
                [] => format!("there is no action {wanted:?}; the record has"),
                _ => format!("{wanted:?} could mean"),
            };
            let line =
                |place: usize| format!("\n    {}  {}", place + 1, incident.actions[place].text);
            let lines: String = meant.into_iter().map(line).collect();
            Err(Failure::misuse(format!("{says}{lines}"))
                .hint("give its number, or more of its words"))
        }
    }
}
