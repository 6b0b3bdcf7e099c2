use clap::Args;

use crate::view::lesson_rows;

use super::super::args::FormArgs;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::records::{FilterArgs, ask_outlines};

/// What was learnt, across all records: lessons and contributing factors
///
///   asrun lessons --kind release
///   asrun lessons --sort badly --since 2024
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(in crate::cli) struct LessonsArgs {
    /// Only one sort: well, badly, lucky, surprised or factor.
    #[arg(long, value_parser = ["well", "badly", "lucky", "surprised", "factor"])]
    sort: Option<String>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LessonsArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let found = ask_outlines(&project, &args.filter.filter(), |id, incident| {
        let mut rows = lesson_rows(id, incident);
        rows.retain(|row| args.sort.as_deref().is_none_or(|sort| sort == row.sort));
        rows
    })?;
    found.print(context, &args.form)?;
    Ok(found.exit())
}
