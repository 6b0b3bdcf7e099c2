use clap::Args;

use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::Reading;
use crate::query::{SameSteps, Sought, Wanted, past};
use crate::timeline::Aliases;
use crate::view::{PastRow, past_rows};

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
    let typed = args.words.join(" ");
    let sought = Sought::of(&wanted, &typed, &aliases);
    let may_be_in = |text: &str| sought.may_be_in(text);
    let mut found = ask(&project, &args.filter, Reading::Texts(&may_be_in), |id, incident| {
        past_rows(id, incident, &past(incident, &sought, tolerance))
    })?;
    let steps: Vec<PastRow> = found.rows.iter().filter(|row| row.is_step()).cloned().collect();
    let steps = steps.iter().map(|row| (row.step.as_deref(), row.text.as_str()));
    let mut same = SameSteps::of(steps, &aliases);
    if matches!(wanted, Wanted::Words(_)) {
        same = same.naming(&typed);
    }
    let may_be_in = |text: &str| same.may_be_in(text);
    let others = ask(&project, &args.filter, Reading::Texts(&may_be_in), |id, incident| {
        let past = same.past(incident, tolerance).into_iter();
        past.flat_map(|(past, text)| {
            past_rows(id, incident, &[past]).into_iter().map(|row| row.same_as(text))
        })
        .collect()
    })?;
    let is_new = |row: &PastRow| !found.rows.iter().any(|known| known.is_about(row));
    let others: Vec<PastRow> = others.rows.into_iter().filter(is_new).collect();
    let inferred = !others.is_empty();
    found.rows.extend(others);
    found.rows.sort_by(|a, b| a.place().cmp(&b.place()));
    print(context, &found, &args.form)?;
    if inferred && args.form.is_table() {
        context.note(terminal().same_in_other_words());
    }
    Ok(found.exit_of_search(context, terminal().no_history()))
}
