use clap::Args;

use crate::console::{
    Context, Exit, Failure,
    documents::{readable, reviewed_page},
};
use crate::lang::help;
use crate::operations::{PageForm, brief_page};

use super::super::args::one_of;

#[derive(Debug, Args)]
#[command(about = help().brief.about, long_about = help().brief.long_about)]
pub(in crate::cli) struct BriefArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_parser = one_of(PageForm::WORDS), default_value = "table",
        help = help().brief.format)]
    format: PageForm,
}

pub(in crate::cli) fn run(context: &mut Context, args: &BriefArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), false)?;
    let size = (context.table_width, context.height());
    let text = reviewed_page(context, &[record], |records| {
        let pages = records.iter();
        pages.map(|record| brief_page(&project, record, args.format, context.now, size)).collect()
    })?;
    context.print(&text);
    Ok(Exit::Done)
}
