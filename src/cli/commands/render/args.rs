use std::path::PathBuf;

use clap::Args;

use crate::lang::help;
use crate::model::{PostLayout, Worded};
use crate::operations::Readers;

use super::super::super::args::one_of;

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
    #[arg(long, value_parser = one_of(PostLayout::WORDS), value_name = "LAYOUT",
        conflicts_with = "into", help = help().render.layout)]
    pub(super) layout: Option<PostLayout>,
    #[arg(long, value_parser = one_of(AUDIENCES), value_name = "AUDIENCE",
        help = help().render.audience)]
    pub(super) audience: Option<Readers>,
    #[arg(long, help = help().render.publish_anyway)]
    pub(super) publish_anyway: bool,
    #[arg(long, help = help().render.draft)]
    pub(super) draft: bool,
    #[arg(long, help = help().render.strict)]
    pub(super) strict: bool,
    #[arg(short, long, value_name = "FILE|DIR", help = help().render.output)]
    pub(super) output: Option<PathBuf>,
    #[arg(long, value_name = "FILE", conflicts_with_all = ["output", "template", "all"],
        help = help().render.into)]
    pub(super) into: Option<PathBuf>,
    #[arg(long, help = help().render.check)]
    pub(super) check: bool,
    #[arg(long, help = help().force)]
    pub(super) force: bool,
    #[arg(long, conflicts_with = "into", help = help().render.keep_going)]
    pub(super) keep_going: bool,
}

const AUDIENCES: &[(&str, Readers)] = &[("team", Readers::Team), ("public", Readers::Public)];
