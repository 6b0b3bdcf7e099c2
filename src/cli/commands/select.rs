use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{Current, help, terminal};
use crate::operations::others_open;
use crate::store::Project;

use super::super::args::AnswerArgs;

#[derive(Debug, Args)]
#[command(about = help().select.about, long_about = help().select.long_about)]
pub(in crate::cli) struct SelectArgs {
    #[arg(help = help().select.record)]
    record: Option<String>,
    #[command(flatten)]
    answer: AnswerArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SelectArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let named = context.record_of_environment();
    let record = match &args.record {
        Some(wanted) => project.select(wanted)?,
        // Nothing says which one is current, until somebody does here.
        None if named.is_none() && context.asks_for_record(&project) => {
            context.named_or_current(&project, None)?
        }
        None => return tell(context, &project, named.as_deref()),
    };
    project.choose(&record.id)?;
    context.note_chosen(&project, &record.id);
    context.confirm(&terminal().chosen(&record.id));
    if let Some(named) = named {
        context.warn(terminal().named_in_environment(&named));
    }
    Ok(Exit::Done)
}

/// Prints the id of the current record, and on the error output why it is that one.
fn tell(context: &mut Context, project: &Project, named: Option<&str>) -> Result<Exit, Failure> {
    let record = context.named_or_current(project, named)?;
    let chosen = project.chosen().is_some_and(|id| id == record.id);
    let others = others_open(project, &record)?;
    let incident = project.load(&record).map(|loaded| loaded.document.incident);
    let (title, is_open) = incident.map_or_else(
        |_| Default::default(),
        |incident| (incident.title.clone(), incident.is_open_work()),
    );
    let why = match (named.is_some(), chosen, is_open) {
        (true, ..) => Current::InEnvironment,
        (_, true, _) => Current::Chosen,
        (.., true) => Current::OnlyOpen,
        _ => Current::Only,
    };
    context.note_chosen(project, &record.id);
    context.answer(&format!("{}\n", record.id));
    context.note(&terminal().is_current(why, &title, &others));
    Ok(Exit::Done)
}
