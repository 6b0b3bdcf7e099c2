use std::collections::HashSet;

use clap::Args;

use crate::console::answers::{Found, ask};
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::Reading;
use crate::query::{SameSteps, StepQuery, Wanted, past};
use crate::timeline::Aliases;
use crate::view::{PastRow, past_rows};

use super::super::args::FormArgs;
use super::super::records::{FilterArgs, print, wanted};

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
    let (tolerance, now) = (project.settings.tolerance_seconds(), context.now);
    let wanted = wanted(&args.words)?;
    let aliases = Aliases::of(&project.settings.steps);
    let typed = args.words.join(" ");
    let sought = StepQuery::of(&wanted, &typed, &aliases);
    let may_be_in = |text: &str| sought.may_be_in(text);
    let mut found = ask(&project, &args.filter, Reading::Texts(&may_be_in), |id, incident| {
        let found = past(incident, &sought, tolerance);
        past_rows(id, incident, &found, (tolerance, now))
    })?;
    let steps = found.rows.iter().filter(|row| row.is_step());
    let steps = steps.map(|row| (row.step.as_deref(), row.text.as_str()));
    let mut same = SameSteps::of(steps, &aliases);
    if matches!(wanted, Wanted::Words(_)) {
        same = same.naming(&typed);
    }
    let may_be_in = |text: &str| same.may_be_in(text);
    let others = ask(&project, &args.filter, Reading::Texts(&may_be_in), |id, incident| {
        let mut others = same.past(incident, tolerance);
        others.retain(|(past, _)| !sought.finds(incident, past));
        let (pasts, texts): (Vec<_>, Vec<_>) = others.into_iter().unzip();
        let rows = past_rows(id, incident, &pasts, (tolerance, now)).into_iter();
        rows.zip(texts).map(|(row, text)| row.same_as(text)).collect()
    })?;
    let inferred = !others.rows.is_empty();
    found.rows.extend(others.rows);
    found.rows.sort_by(|a, b| a.place().cmp(&b.place()));
    print(context, &found, &args.form)?;
    if inferred && args.form.is_table() {
        context.note(terminal().same_in_other_words());
    }
    tell_unfound(context, &found, args);
    Ok(found.exit_of_search(context, terminal().no_history()))
}

/// Reports that other records may have the step in words that are not known to mean it.
fn tell_unfound(context: &Context, found: &Found<PastRow>, args: &HistoryArgs) {
    let ids: HashSet<&str> = found.rows.iter().map(|row| row.id.as_str()).collect();
    let is_some = !ids.is_empty() && ids.len() < found.records;
    if is_some && args.form.is_table() {
        context.note(&terminal().history_unfound(ids.len(), found.records));
    }
}
