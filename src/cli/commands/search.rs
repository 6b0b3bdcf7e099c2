use clap::Args;

use crate::console::answers::ask;
use crate::console::{Context, Exit, Failure};
use crate::lang::{help, terminal};
use crate::operations::Reading;
use crate::query::search;
use crate::render::hits_text;
use crate::view::hit_rows;

use super::super::args::FormArgs;
use super::super::records::{FilterArgs, print, wanted};

#[derive(Debug, Args)]
#[command(about = help().search.about, long_about = help().search.long_about)]
pub(in crate::cli) struct SearchArgs {
    #[arg(required = true, help = help().search.words)]
    words: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SearchArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let wanted = wanted(&args.words)?;
    let may_be_in = |text: &str| wanted.may_be_in(text);
    let found = ask(&project, &args.filter, Reading::Hits(&may_be_in), |id, incident| {
        hit_rows(id, incident, &search(incident, &wanted))
    })?;
    match context.table_width.filter(|_| args.form.is_table() && args.form.has_usual_columns()) {
        Some(width) => {
            found.tell_unreadable(context);
            context.print(&hits_text(&found.rows, width));
        }
        None => print(context, &found, &args.form)?,
    }
    Ok(found.exit_of_search(context, terminal().nothing_found()))
}
