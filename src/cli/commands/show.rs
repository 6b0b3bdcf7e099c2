use clap::{Args, ValueEnum};

use crate::console::{
    Context, Exit, Failure,
    documents::{readable, reviewed_page},
};
use crate::lang::{help, terminal};
use crate::model::Zone;
use crate::operations::{RecordForm, record_page};

use super::super::args::zone;

#[derive(Debug, Args)]
#[command(about = help().show.about)]
pub(in crate::cli) struct ShowArgs {
    #[arg(env = "ASRUN_RECORD", help = help().record.current)]
    record: Option<String>,
    #[arg(long, value_enum, default_value_t = ShowFormat::Table, help = help().show.format)]
    format: ShowFormat,
    #[arg(long, help = help().form.bom)]
    bom: bool,
    #[arg(long, help = help().show.full)]
    full: bool,
    #[arg(long, conflicts_with = "public", help = help().show.sources)]
    sources: bool,
    #[arg(long, help = help().show.public)]
    public: bool,
    #[arg(long, value_name = "ZONE", value_parser = zone, help = help().zone)]
    zone: Option<Zone>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    Table,
    Json,
    Csv,
    Markdown,
}

pub(in crate::cli) fn run(context: &mut Context, args: &ShowArgs) -> Result<Exit, Failure> {
    let form = args.form()?;
    let project = context.project()?;
    let record = readable(context, &project, args.record.as_deref(), args.public)?;
    let workspace = context.workspace_of(project);
    let layout = (args.zone, context.width);
    let text = reviewed_page(context, &[record], |records| {
        let pages = records.iter();
        pages.map(|record| record_page(&workspace, record, form, layout, !args.public)).collect()
    })?;
    context.print(&text);
    Ok(Exit::Done)
}

impl ShowArgs {
    fn form(&self) -> Result<RecordForm, Failure> {
        if self.bom && self.format != ShowFormat::Csv {
            return Err(Failure::misuse(terminal().bom_without_csv()));
        }
        match self.format {
            ShowFormat::Csv | ShowFormat::Markdown if self.sources => {
                Err(Failure::misuse(terminal().sources_without_table()))
            }
            ShowFormat::Table if self.sources => Ok(RecordForm::Sources),
            ShowFormat::Table => Ok(RecordForm::Table { full: self.full }),
            ShowFormat::Json => Ok(RecordForm::Json),
            ShowFormat::Csv => Ok(RecordForm::Csv { mark: self.bom }),
            ShowFormat::Markdown => Ok(RecordForm::Markdown),
        }
    }
}
