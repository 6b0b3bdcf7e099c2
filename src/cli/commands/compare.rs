use clap::Args;

use crate::console::{
    Context, Exit, Failure,
    documents::{all_readable, reviewed_page},
};
use crate::lang::help;
use crate::model::Zone;
use crate::operations::{PageForm, comparison_page};

use super::super::args::{one_of, zone};

#[derive(Debug, Args)]
#[command(about = help().compare.about, long_about = help().compare.long_about)]
pub(in crate::cli) struct CompareArgs {
    #[arg(env = "ASRUN_RECORD", help = help().compare.records)]
    records: Vec<String>,
    #[arg(long, value_parser = one_of(PageForm::WORDS), default_value = "table",
        help = help().compare.format)]
    format: PageForm,
    #[arg(long, help = help().chart.public)]
    public: bool,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
    zone: Option<Zone>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CompareArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let records = all_readable(context, &project, &args.records, args.public)?;
    let times = (args.zone, context.width, context.now);
    let text = reviewed_page(context, &records, |records| {
        comparison_page(&project.settings, records, args.format, times)
    })?;
    context.print(&text);
    Ok(Exit::Done)
}
