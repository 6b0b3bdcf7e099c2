use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::lang::help;
use crate::operations::Readers as RequestReaders;

#[derive(Debug, Args)]
#[command(about = help().render.about, long_about = help().render.long_about)]
pub(in crate::cli) struct RenderArgs {
    #[arg(env = "ASRUN_RECORD", conflicts_with = "all", help = help().render.records)]
    pub(super) records: Vec<String>,
    #[arg(long, help = help().render.all)]
    pub(super) all: bool,
    #[arg(short, long, value_name = "NAME", default_value = "retrospective",
        help = help().render.template)]
    pub(super) template: String,
    #[arg(long, value_enum, value_name = "AUDIENCE", help = help().render.audience)]
    pub(super) audience: Option<Readers>,
    #[arg(long, help = help().render.publish_anyway)]
    pub(super) publish_anyway: bool,
    #[arg(long, help = help().render.draft)]
    pub(super) draft: bool,
    #[arg(short, long, value_name = "FILE|DIR", help = help().render.output)]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "template", "all"],
        help = help().render.into)]
    pub(super) into: Option<PathBuf>,
    #[arg(long, help = help().render.check)]
    pub(super) check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Readers {
    Team,
    Public,
}

impl RenderArgs {
    /// Returns who reads the document, if the command says so.
    pub(super) fn readers(&self) -> Option<RequestReaders> {
        self.audience.map(|readers| match readers {
            Readers::Team => RequestReaders::Team,
            Readers::Public => RequestReaders::Public,
        })
    }
}
