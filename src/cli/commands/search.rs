use clap::Args;

use crate::query::{Wanted, search};
use crate::render::hits_text;
use crate::view::hit_rows;

use super::super::args::FormArgs;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::records::{FilterArgs, ask};

/// Find words in every record: titles, plans, events, lessons, actions
///
///   asrun search 타임아웃
///   asrun search 심사 리젝 --kind release
///   asrun search "/5\d\d on checkout/"      a regular expression between slashes
///
/// All words must stand in one text, in any order; capitals and blanks do not
/// matter, so 앱진입 finds 앱 진입. Exit code 1 if nothing was found.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct SearchArgs {
    /// Words, or /a regular expression/.
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &SearchArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let wanted = Wanted::read(&args.words.join(" "))
        .map_err(|fault| Failure::misuse(format!("the pattern cannot be read: {fault}")))?;
    let found = ask(
        &project,
        &args.filter.filter(),
        |text| wanted.may_be_in(text),
        |id, incident| hit_rows(id, incident, &search(incident, &wanted)),
    )?;
    match context.table_width.filter(|_| args.form.is_table() && args.form.has_usual_columns()) {
        Some(width) => {
            found.tell_unreadable(context);
            context.print(&hits_text(&found.rows, width));
        }
        None => found.print(context, &args.form)?,
    }
    if found.rows.is_empty() {
        context.say("nothing found");
    }
    let done = !found.rows.is_empty() && found.unreadable.is_empty();
    Ok(if done { Exit::Done } else { Exit::Failed })
}
