//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::{Zone, nearest};
use crate::render::Form;

use crate::view::Row;

use super::commands;
use super::errors::Failure;

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

const EVERYWHERE: &str = "Options of every command";

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
    /// Work as if started in DIR.
    #[arg(short = 'C', long = "dir", value_name = "DIR", global = true, help_heading = EVERYWHERE)]
    pub(super) directory: Option<PathBuf>,
    /// Write nothing: say what would be done, and show how a record would change.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(super) dry_run: bool,
    /// Say nothing but what was asked for, warnings and errors.
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    pub(super) quiet: bool,
    /// Never wait for a person: no editor, no pager, no question.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(super) no_input: bool,
    /// Colours: on a terminal, always, or never.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colour::Auto, global = true,
        help_heading = EVERYWHERE)]
    pub(super) color: Colour,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// From here on, for both outputs.
    pub(super) fn apply(self) {
        let choice = match self {
            Colour::Auto => anstream::ColorChoice::Auto,
            Colour::Always => anstream::ColorChoice::Always,
            Colour::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
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

/// Which record a writing command means, and how long it waits for others.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    /// The record: its id, any unique part of it, or its version. Without it, the selected
    /// record, else the only open one.
    #[arg(short, long, value_name = "RECORD", env = "ASRUN_RECORD")]
    pub(super) record: Option<String>,
    /// Seconds to wait while another asrun writes the same record.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(super) wait: u64,
}

/// In which form an answer of many lines is printed.
#[derive(Debug, Args)]
pub(super) struct FormArgs {
    /// `table` for people, the others for programs and documents. A table that
    /// goes into a pipe has a line a row and tabs between its cells.
    #[arg(long = "format", value_enum, default_value_t = FormName::Table)]
    format: FormName,
    /// Which columns, such as `record,when,text`; a wrong name lists those there are.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormName {
    Table,
    Json,
    Ndjson,
    Csv,
    Markdown,
}

impl FormArgs {
    pub(super) fn form(&self) -> Form {
        match self.format {
            FormName::Table => Form::Table,
            FormName::Json => Form::Json,
            FormName::Ndjson => Form::Ndjson,
            FormName::Csv => Form::Csv,
            FormName::Markdown => Form::Markdown,
        }
    }

    /// The columns that were asked for, else those that are usual.
    pub(super) fn columns<R: Row>(&self) -> Result<Vec<&'static str>, Failure> {
        if self.columns.is_empty() {
            return Ok(R::SHOWN.to_vec());
        }
        self.columns.iter().map(|wanted| column::<R>(wanted.trim())).collect()
    }

    /// Nobody asked for other columns.
    pub(super) fn has_usual_columns(&self) -> bool {
        self.columns.is_empty()
    }

    pub(super) fn is_table(&self) -> bool {
        self.format == FormName::Table
    }
}

fn column<R: Row>(wanted: &str) -> Result<&'static str, Failure> {
    let known = R::COLUMNS.iter().copied();
    known.clone().find(|name| name.eq_ignore_ascii_case(wanted)).ok_or_else(|| {
        let all = R::COLUMNS.join(",");
        let near =
            nearest(wanted, known).map_or(String::new(), |near| format!("did you mean {near}? "));
        Failure::misuse(format!("--columns: there is no column {wanted:?}"))
            .hint(format!("{near}there are: {all}"))
    })
}

/// A zone by its IANA name.
pub(super) fn zone(name: &str) -> Result<Zone, String> {
    let suggestion = || match Zone::near(name) {
        Some(near) => format!("no zone is called {name:?}; did you mean {near}?"),
        None => format!("no zone is called {name:?}; use an IANA name, such as Asia/Seoul"),
    };
    Zone::parse(name).ok_or_else(suggestion)
}

/// What to say of a zone that there is not.
pub(super) fn no_zone(option: &str, name: &str) -> Failure {
    let failure = Failure::misuse(format!("{option}: no zone is called {name:?}"));
    match Zone::near(name) {
        Some(near) => failure.hint(format!("did you mean {near}?")),
        None => failure.hint("use an IANA name, such as Asia/Seoul or America/New_York"),
    }
}
