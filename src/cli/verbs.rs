//! Every command.

use clap::{Parser, Subcommand};

use super::commands;
use super::globals::Globals;

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 failed or found something wrong, 2 misuse, 3 another
  asrun held the record (nothing written, try again), 4 the event was kept
  beside a record that cannot be read (asrun recover adds it).

Environment: ASRUN_RECORD names the record, VISUAL or EDITOR the editor,
  ASRUN_PAGER or PAGER the pager of long answers (cat for none), NO_COLOR turns
  colours off; ASRUN_TIMEZONE and others set what asrun.yaml does (asrun config).";

/// The version, with the commit where a release build names it (`.ci/release`). Nothing of the machine
/// or the clock: who builds the same sources gets the same bytes.
const VERSION: &str = match option_env!("ASRUN_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

/// Log what really happened in a release or an outage, beside what was planned.
///
/// Every record is one YAML file in incidents/, made for people and git. asrun
/// adds entries to it without touching anything else, and renders it as a
/// retrospective.
///
/// Once in a project:
///   asrun init
///
/// In an outage:
///   asrun new "Checkout is down" --kind outage
///   asrun log "5xx on checkout" --type detected
///   asrun log "pool exhausted" --at "10m ago" --type identified
///   asrun log "all green" --type resolved
///   asrun show
///
/// For a release:
///   asrun new "Checkout 3.0" --kind release --version 3.0
///   asrun plan add 17:30 "deploy" --id deploy
///   asrun log "deploy started" --step deploy
///   asrun edit                           lessons, actions, summary
///   asrun render --template chirpy -o _posts/
///
/// Before the next one: asrun compare 2.0 3.0, asrun stats (which steps slip
/// most), asrun lessons, asrun plan from 3.0 --at 17:30
#[derive(Debug, Parser)]
#[command(name = "asrun", version = VERSION, verbatim_doc_comment, max_term_width = 80, disable_help_subcommand = true, after_long_help = AFTER_HELP)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Init(commands::init::InitArgs),
    #[command(alias = "create")]
    New(commands::new::NewArgs),
    Log(commands::log::LogArgs),
    Live(commands::live::LiveArgs),
    Plan(commands::plan::PlanArgs),
    #[command(alias = "status")]
    Show(commands::show::ShowArgs),
    Compare(commands::compare::CompareArgs),
    Chart(commands::chart::ChartArgs),
    Render(commands::render::RenderArgs),
    Preview(commands::preview::PreviewArgs),
    Templates(commands::templates::TemplatesArgs),
    Search(commands::search::SearchArgs),
    History(commands::history::HistoryArgs),
    Stats(commands::stats::StatsArgs),
    Actions(commands::actions::ActionsArgs),
    Lessons(commands::lessons::LessonsArgs),
    #[command(alias = "ls")]
    List(commands::list::ListArgs),
    Watch(commands::watch::WatchArgs),
    Link(commands::link::LinkArgs),
    Amend(commands::amend::AmendArgs),
    Attach(commands::attach::AttachArgs),
    Edit(commands::edit::EditArgs),
    Undo(commands::undo::UndoArgs),
    Check(commands::check::CheckArgs),
    Recover(commands::recover::RecoverArgs),
    Select(commands::select::SelectArgs),
    Schema(commands::schema::SchemaArgs),
    Completions(commands::completions::CompletionsArgs),
    Man(commands::man::ManArgs),
    Config(commands::config::ConfigArgs),
    Doctor(commands::doctor::DoctorArgs),
    Help(commands::help::HelpArgs),
    #[command(hide = true)]
    MergeDriver(commands::merge_driver::MergeDriverArgs),
}
