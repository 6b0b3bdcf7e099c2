//! Every command.

use std::ffi::OsString;

use clap::builder::Resettable;
use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand,
};

use crate::lang::help;

use super::args::AnswerArgs;
use super::commands;
use super::globals::Globals;

/// The version, with the commit in release builds (`.ci/release`). It depends on neither machine nor clock: the same
/// sources give the same bytes.
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

/// Adds the arguments of a command.
type WithArgs = fn(Command) -> Command;

/// Frequently used commands with their arguments: building the tree of all commands takes longer than many of these
/// commands themselves.
const ALONE: [(&str, WithArgs); 14] = [
    ("log", commands::log::LogArgs::augment_args),
    ("show", commands::show::ShowArgs::augment_args),
    ("list", commands::list::ListArgs::augment_args),
    ("search", commands::search::SearchArgs::augment_args),
    ("render", commands::render::RenderArgs::augment_args),
    ("check", commands::check::CheckArgs::augment_args),
    ("plan", commands::plan::PlanArgs::augment_args),
    ("actions", commands::actions::ActionsArgs::augment_args),
    ("history", commands::history::HistoryArgs::augment_args),
    ("get", commands::get::GetArgs::augment_args),
    ("set", commands::set::SetArgs::augment_args),
    ("amend", commands::amend::AmendArgs::augment_args),
    ("live", commands::live::LiveArgs::augment_args),
    ("merge-driver", commands::merge_driver::MergeDriverArgs::augment_args),
];

impl Cli {
    /// Parses the command line.
    pub(super) fn read(args: &[OsString]) -> Result<Cli, clap::Error> {
        if let [_, version] = args
            && version == "--version"
            && let Err(version) = Command::new("asrun").version(VERSION).try_get_matches_from(args)
        {
            return Err(version);
        }
        if std::env::var_os(VARIABLE).is_some_and(|named| named.is_empty()) {
            return Cli::of(&without_variables(Cli::command()).try_get_matches_from(args)?);
        }
        // Whatever cannot be parsed is reported in view of all commands.
        Cli::read_alone(args)
            .map_or_else(|| Cli::of(&Cli::command().try_get_matches_from(args)?), Ok)
    }

    /// Parses the command line as if the first command in it were the only one.
    fn read_alone(args: &[OsString]) -> Option<Cli> {
        let named = |arg: &OsString| ALONE.iter().find(|(name, _)| arg == name);
        let (name, with_args) = args.iter().skip(1).find_map(named)?;
        let command = Globals::augment_args(Command::new("asrun")).disable_help_subcommand(true);
        let command = command.subcommand(with_args(Command::new(*name)));
        Cli::of(&command.try_get_matches_from(args).ok()?).ok()
    }

    fn of(matches: &ArgMatches) -> Result<Cli, clap::Error> {
        let mut cli = Cli::from_arg_matches(matches)?;
        cli.globals.json = AnswerArgs::command_to_answer_in_json(matches);
        Ok(cli)
    }
}

/// Names the record; if it is empty, it counts as unset.
const VARIABLE: &str = "ASRUN_RECORD";

/// Returns a command whose arguments come from the command line alone.
fn without_variables(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let command = command.mut_args(|arg| arg.env(Resettable::Reset));
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, without_variables))
}

/// Makes `--version` print more; it has no effect otherwise.
fn verbose() -> Arg {
    let verbose = Arg::new("verbose").long("verbose").action(ArgAction::SetTrue);
    verbose.requires("version").help_heading(None::<&str>).help(help().asrun.verbose)
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
    #[command(alias = "handover")]
    Brief(commands::brief::BriefArgs),
    Import(commands::import::ImportArgs),
    Link(commands::link::LinkArgs),
    Amend(commands::amend::AmendArgs),
    Move(commands::move_event::MoveArgs),
    Merge(commands::merge::MergeArgs),
    Rename(commands::rename::RenameArgs),
    Delete(commands::delete::DeleteArgs),
    Attach(commands::attach::AttachArgs),
    Edit(commands::edit::EditArgs),
    Undo(commands::undo::UndoArgs),
    Forget(commands::forget::ForgetArgs),
    Check(commands::check::CheckArgs),
    Recover(commands::recover::RecoverArgs),
    Get(commands::get::GetArgs),
    Set(commands::set::SetArgs),
    Close(commands::close::CloseArgs),
    Archive(commands::archive::ArchiveArgs),
    Reopen(commands::reopen::ReopenArgs),
    Review(commands::review::ReviewArgs),
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
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_has_help() {
        let mut waiting = vec![Cli::command()];
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

    /// Parsing a command alone either gives the same result as with all commands, or fails.
    #[test]
    fn a_command_alone_is_read_as_among_all_others() {
        let lines = [
            "",
            "show",
            "-C show list",
            "--dir=x show 3.0 --full",
            "-q log 5xx on checkout --at 18:08 -t detected --key",
            "log -- --at",
            "log show list",
            "config show",
            "help log",
            "show --help",
            "show --version",
            "--verbose show",
            "--version --verbose",
            "ls",
            "status 3.0",
            "list show",
            "list --since 2024 --format json --color never",
            "plan add x --at 18:00",
            "plan",
            "search --dry-run x",
            "render --all -o out -t chirpy --check",
            "show --nonsense",
            "--nonsense show",
            "sho",
            "log log",
            "get title -r 3.0",
        ];
        let mut alone = 0;
        for line in lines {
            let args = || std::iter::once("asrun").chain(line.split_whitespace());
            let typed: Vec<OsString> = args().map(OsString::from).collect();
            let whole = Cli::try_parse_from(args());
            if let Some(cli) = Cli::read_alone(&typed) {
                alone += 1;
                assert_eq!(format!("{cli:?}"), format!("{:?}", whole.as_ref().unwrap()), "{line}");
            }
            let (read, whole) = (format!("{:?}", Cli::read(&typed)), format!("{whole:?}"));
            assert_eq!(read, whole, "{line}");
        }
        assert!(alone > 9, "{alone}");
        for (name, with_args) in ALONE {
            let own = with_args(Command::new(name));
            let of =
                |command: &Command| format!("{:?}", command.get_arguments().collect::<Vec<_>>());
            assert_eq!(of(&own), of(Cli::command().find_subcommand(name).unwrap()), "{name}");
        }
    }
}
