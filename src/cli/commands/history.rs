use clap::Args;

use crate::console::answers::Found;
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::{Coverage, step_history};
use crate::view::PastRow;

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
    let (wanted, typed) = (wanted(&args.words)?, args.words.join(" "));
    let filter = (&args.filter).into();
    let history = step_history(&project, &filter, (&wanted, &typed), context.now)?;
    let coverage = match args.form.is_table() {
        true => history.coverage(&project, &filter)?,
        false => None,
    };
    let found = Found::of(&project, history.found);
    print(context, &found, &args.form)?;
    if args.form.is_table() {
        let is_signed = |row: &PastRow| row.same_as.is_some() && !row.same_place;
        // A program gets a column instead of the sign.
        if context.table_width.is_some() && found.rows.iter().any(is_signed) {
            context.note(terminal().same_in_other_words());
        }
        let placed = found.rows.iter().filter(|row| row.same_place).count();
        if placed > 0 {
            context.note(&terminal().taken_by_place(placed));
        }
    }
    if let Some(Coverage { known, records, without, cure }) = coverage {
        context.note(&terminal().history_unfound((known, records), &without, &cure));
    }
    Ok(found.exit_of_search(context, terminal().no_history()))
}
