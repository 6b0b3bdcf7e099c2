//! Every command.

use clap::{Arg, ArgAction, Parser, Subcommand};

use crate::lang::help;

use super::commands;
use super::globals::Globals;

/// The version, with the commit where a release build names it (`.ci/release`). Nothing of the machine
/// or the clock: who builds the same sources gets the same bytes.
const VERSION: &str = match option_env!("ASRUN_VERSION") {
    Some(version) => version,
    None => env!("CARGO_PKG_VERSION"),
};

#[derive(Debug, Parser)]
#[command(name = "asrun", version = VERSION, max_term_width = 80, disable_help_subcommand = true,
    arg = verbose(), about = help().asrun.about, long_about = help().asrun.long_about,
    after_long_help = help().asrun.after)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// What `--version` is asked to say more with; it means nothing elsewhere.
fn verbose() -> Arg {
    let verbose = Arg::new("verbose").long("verbose").action(ArgAction::SetTrue);
    verbose.requires("version").help_heading(None::<&str>).help(help().asrun.verbose)
}

/// The arguments of a command are made when it is asked for: the tree of all of them takes longer than a short command.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
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
    Import(commands::import::ImportArgs),
    Link(commands::link::LinkArgs),
    Amend(commands::amend::AmendArgs),
    Move(commands::move_event::MoveArgs),
    Attach(commands::attach::AttachArgs),
    Edit(commands::edit::EditArgs),
    Undo(commands::undo::UndoArgs),
    Forget(commands::forget::ForgetArgs),
    Check(commands::check::CheckArgs),
    Recover(commands::recover::RecoverArgs),
    Get(commands::get::GetArgs),
    Set(commands::set::SetArgs),
    Close(commands::close::CloseArgs),
    Reopen(commands::reopen::ReopenArgs),
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Command, CommandFactory};

    #[test]
    fn every_command_and_argument_has_help() {
        let mut whole = Cli::command();
        whole.build();
        let mut waiting = vec![whole];
        while let Some(command) = waiting.pop() {
            let name = command.get_name();
            let about = command.get_about().expect(name).to_string();
            if let Some(long) = command.get_long_about() {
                assert!(long.to_string().starts_with(&format!("{about}\n\n")), "{name}: {long}");
            }
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{name}: {}", arg.get_id());
            }
            waiting.extend(command.get_subcommands().map(Command::clone));
        }
    }
}
