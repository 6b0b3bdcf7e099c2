use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{ReviewRequest, review, review_of};

use super::super::args::RecordArgs;

#[derive(Debug, Args)]
#[command(about = help().review.about, long_about = help().review.long_about)]
pub(in crate::cli) struct ReviewArgs {
    #[arg(long, value_name = "NAME", help = help().review.by)]
    by: Option<String>,
    #[arg(long, value_name = "DAY", requires = "by", help = help().review.on)]
    on: Option<String>,
    #[arg(long, conflicts_with_all = ["by", "clear"], help = help().review.draft)]
    draft: bool,
    #[arg(long, conflicts_with = "by", help = help().review.clear)]
    clear: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ReviewArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let request = match (&args.by, args.draft, args.clear) {
        (Some(by), ..) => ReviewRequest::Reviewed { by: by.clone(), on: args.on.clone() },
        (_, true, _) => ReviewRequest::Draft,
        (.., true) => ReviewRequest::Clear,
        _ => return tell(context, args),
    };
    let saved = review(&target, &request)?;
    let incident = &saved.after.incident;
    let label = review_of(incident).map(|view| view.label);
    context.confirm(&terminal().review_set(label.as_deref(), &target.record.id));
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}

/// Prints the state of the review; exits with 1 while something is to be done.
fn tell(context: &mut Context, args: &ReviewArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let loaded = context.load(&project, args.record.record.as_deref())?;
    let incident = &loaded.document.incident;
    let Some(view) = review_of(incident) else {
        context.note(&terminal().no_review(&loaded.id));
        return Ok(Exit::Failed);
    };
    context.answer(&format!("{}\n", view.label));
    Ok(if view.state == "reviewed" { Exit::Done } else { Exit::Failed })
}
