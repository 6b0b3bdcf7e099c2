use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{Current, help, terminal};
use crate::operations::others_open;
use crate::store::Project;

#[derive(Debug, Args)]
#[command(about = help().select.about, long_about = help().select.long_about)]
pub(in crate::cli) struct SelectArgs {
    #[arg(help = help().select.record)]
    record: Option<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SelectArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let Some(wanted) = &args.record else { return tell(context, &project) };
    let record = project.select(wanted)?;
    project.choose(&record.id)?;
    context.confirm(&terminal().chosen(&record.id));
    Ok(Exit::Done)
}

/// Prints the id of the current record, and on the error output why it is that one.
fn tell(context: &mut Context, project: &Project) -> Result<Exit, Failure> {
    let record = project.current()?;
    let chosen = project.chosen().is_some_and(|id| id == record.id);
    let others = others_open(project, &record)?;
    let title = project.load(&record).map(|loaded| loaded.document.incident.title);
    let why = if chosen { Current::Chosen } else { Current::Only };
    context.answer(&format!("{}\n", record.id));
    context.note(&terminal().is_current(why, &title.unwrap_or_default(), &others));
    Ok(Exit::Done)
}
