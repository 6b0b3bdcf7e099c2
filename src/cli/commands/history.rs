use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::Reading;
use crate::query::{Sought, past};
use crate::timeline::Aliases;
use crate::view::past_rows;

use super::super::args::FormArgs;
use super::super::records::{FilterArgs, ask, print, wanted};

#[derive(Debug, Args)]
#[command(about = help().history.about, long_about = help().history.long_about)]
pub(in crate::cli) struct HistoryArgs {
    #[arg(required = true, help = help().history.words)]
    words: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &HistoryArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let tolerance = project.settings.tolerance_seconds();
    let wanted = wanted(&args.words)?;
    let aliases = Aliases::of(&project.settings.steps);
    let sought = Sought::of(&wanted, &args.words.join(" "), &aliases);
    let may_be_in = |text: &str| sought.may_be_in(text);
    let mut found = ask(&project, &args.filter, Reading::Texts(&may_be_in), |id, incident| {
        past_rows(id, incident, &past(incident, &sought, tolerance))
    })?;
    found.rows.sort_by(|a, b| (&a.date, &a.id).cmp(&(&b.date, &b.id)));
    print(context, &found, &args.form)?;
    Ok(found.exit_of_search(context, terminal().no_history()))
}
