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
    if let Some(named) = context.record_of_environment() {
        context.warn(terminal().named_in_environment(&named));
    }
    Ok(Exit::Done)
}

/// Prints the id of the current record, and on the error output why it is that one.
fn tell(context: &mut Context, project: &Project) -> Result<Exit, Failure> {
    let named = context.record_of_environment();
    let record = context.named_or_current(project, named.as_deref())?;
    let chosen = project.chosen().is_some_and(|id| id == record.id);
    let others = others_open(project, &record)?;
    let title = project.load(&record).map(|loaded| loaded.document.incident.title);
    let why = match (named.is_some(), chosen) {
        (true, _) => Current::InEnvironment,
        (_, true) => Current::Chosen,
        _ => Current::Only,
    };
    context.answer(&format!("{}\n", record.id));
    context.note(&terminal().is_current(why, &title.unwrap_or_default(), &others));
    Ok(Exit::Done)
}
