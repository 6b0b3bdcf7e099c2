//! Options that several commands share.

use std::time::Duration;

use clap::builder::{EnumValueParser, PossibleValuesParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command, FromArgMatches, ValueEnum};

use crate::console::Failure;
use crate::console::{Context, WAIT_SECONDS, WantedRecord};
use crate::lang::{Part, help, terminal};
use crate::model::{Zone, nearest};
use crate::render::Form;
use crate::view::{Column, Row};

use super::asked::innermost;

// The record that a writing command changes, and how long it waits for others.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    #[arg(short, long, value_name = "RECORD", env = "ASRUN_RECORD", help = help().record.record)]
    pub(super) record: Option<String>,
    #[command(flatten)]
    pub(super) change: ChangeArgs,
}

// How long a writing command waits for others, and how it answers.
#[derive(Debug, Args)]
pub(super) struct ChangeArgs {
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT_SECONDS, help = help().record.wait)]
    pub(super) wait: u64,
    #[command(flatten)]
    answer: AnswerArgs,
}

impl<'a> From<&'a RecordArgs> for WantedRecord<'a> {
    fn from(args: &'a RecordArgs) -> WantedRecord<'a> {
        WantedRecord { name: args.record.as_deref(), wait: Duration::from_secs(args.change.wait) }
    }
}

/// The same, for a command whose first word could be taken for a record's name.
#[derive(Debug)]
pub(super) struct TypedRecordArgs {
    /// The record.
    pub(super) record: RecordArgs,
    /// Whether it was named on the command line, not by the environment.
    pub(super) is_typed: bool,
}

impl FromArgMatches for TypedRecordArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<TypedRecordArgs, clap::Error> {
        let is_typed = matches.value_source("record") == Some(ValueSource::CommandLine);
        Ok(TypedRecordArgs { record: RecordArgs::from_arg_matches(matches)?, is_typed })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = TypedRecordArgs::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for TypedRecordArgs {
    fn augment_args(command: Command) -> Command {
        RecordArgs::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        RecordArgs::augment_args_for_update(command)
    }
}

// The record of a command on plans. Some of these commands take other words, so all of them accept the option.
#[derive(Debug, Args)]
pub(super) struct EitherRecordArgs {
    #[arg(help = help().record.current)]
    record: Option<String>,
    #[arg(short = 'r', long = "record", value_name = "RECORD", env = "ASRUN_RECORD",
        help = help().record.either)]
    record_option: Option<String>,
}

impl EitherRecordArgs {
    /// Returns the name of the record, if one was given.
    ///
    /// # Errors
    /// It was given in both ways.
    pub(super) fn wanted(&self, context: &Context) -> Result<Option<&str>, Failure> {
        let option = self.record_option.as_ref();
        let typed =
            option.filter(|_| option != context.environment.variable_text("ASRUN_RECORD").as_ref());
        if self.record.is_some() && typed.is_some() {
            let other = vec!["[RECORD]".to_owned()];
            let option = "--record <RECORD>";
            return Err(Failure::misuse(terminal().not_together(Part::Argument, option, &other)));
        }
        Ok(self.record.as_ref().or(option).map(String::as_str))
    }
}

/// How a command answers that changes something: `--format`, unless it has such an option of its own.
#[derive(Debug)]
pub(super) struct AnswerArgs;

impl AnswerArgs {
    /// The option's id, which differs from that of other commands' formats.
    const ID: &str = "answer";

    /// Returns the name of the command if it is to answer in JSON.
    pub(super) fn command_to_answer_in_json(matches: &ArgMatches) -> Option<String> {
        let (names, matches) = innermost(matches);
        let format = matches.try_get_one::<AnswerFormat>(AnswerArgs::ID).ok().flatten();
        // `link` has a format of its own, for what it suggests.
        let own = matches.try_get_one::<TableFormat>("format").ok().flatten();
        let applies = matches.try_contains_id("apply").unwrap_or(false);
        let is_json = format == Some(&AnswerFormat::Json)
            || applies && own.is_some_and(|own| matches!(own, TableFormat::Json));
        is_json.then(|| names.join(" "))
    }
}

impl Args for AnswerArgs {
    fn augment_args(command: Command) -> Command {
        if command.get_arguments().any(|arg| arg.get_long() == Some("format")) {
            return command;
        }
        let format = Arg::new(AnswerArgs::ID).long("format").default_value("text");
        let format = format.value_parser(EnumValueParser::<AnswerFormat>::new());
        command.arg(format.value_name("FORMAT").help(help().record.format))
    }

    fn augment_args_for_update(command: Command) -> Command {
        AnswerArgs::augment_args(command)
    }
}

impl FromArgMatches for AnswerArgs {
    fn from_arg_matches(_: &ArgMatches) -> Result<AnswerArgs, clap::Error> {
        Ok(AnswerArgs)
    }

    fn update_from_arg_matches(&mut self, _: &ArgMatches) -> Result<(), clap::Error> {
        Ok(())
    }
}

/// The format of the answer of a command that changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AnswerFormat {
    Text,
    Json,
}

/// The format of an answer that is either read or processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    Table,
    Json,
}

// The format of an answer with many rows.
#[derive(Debug, Clone, Args)]
pub(super) struct FormArgs {
    #[arg(long = "format", value_parser = one_of(FORMS), default_value = "table",
        help = help().form.format)]
    format: Form,
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help = help().form.columns)]
    columns: Vec<String>,
    #[arg(long, help = help().form.bom)]
    bom: bool,
}

const FORMS: &[(&str, Form)] = &[
    ("table", Form::Table),
    ("json", Form::Json),
    ("ndjson", Form::Ndjson),
    ("csv", Form::Csv { mark: false }),
    ("markdown", Form::Markdown),
];

/// Parses one of these words into its value.
pub(super) fn one_of<T: Copy + Send + Sync + 'static>(
    words: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let known = PossibleValuesParser::new(words.iter().map(|(word, _)| *word));
    known.map(|typed| {
        // The previous parser accepts no other word.
        words.iter().find(|(word, _)| *word == typed).map_or(words[0].1, |(_, value)| *value)
    })
}

impl FormArgs {
    /// Returns the requested format.
    pub(super) fn form(&self) -> Result<Form, Failure> {
        match (self.format, self.bom) {
            (Form::Csv { .. }, mark) => Ok(Form::Csv { mark }),
            (_, true) => Err(Failure::misuse(terminal().bom_without_csv())),
            (form, false) => Ok(form),
        }
    }

    /// Returns the requested columns, or the default ones; CSV has all columns by default, as JSON does.
    pub(super) fn columns<R: Row>(&self, piped: bool) -> Result<Vec<&'static Column>, Failure> {
        let usual = match self.format {
            Form::Csv { .. } => &[],
            Form::Table if piped => R::PIPED,
            _ => R::SHOWN,
        };
        let wanted: Vec<&str> = match self.has_usual_columns() {
            true => usual.to_vec(),
            false => self.columns.iter().map(|name| name.trim()).collect(),
        };
        match wanted.is_empty() {
            true => Ok(R::COLUMNS.iter().collect()),
            false => wanted.into_iter().map(column::<R>).collect(),
        }
    }

    /// Returns the same format with an additional column in machine-readable rows, unless columns were requested.
    pub(super) fn with_piped<R: Row>(&self, column: &str, piped: bool) -> FormArgs {
        let mut form = self.clone();
        if piped && self.is_table() && self.has_usual_columns() {
            form.columns = R::PIPED.iter().copied().chain([column]).map(str::to_owned).collect();
        }
        form
    }

    /// Whether no columns were requested.
    pub(super) fn has_usual_columns(&self) -> bool {
        self.columns.is_empty()
    }

    pub(super) fn is_table(&self) -> bool {
        self.format == Form::Table
    }
}

fn column<R: Row>(wanted: &str) -> Result<&'static Column, Failure> {
    let is = |name: &str| name.eq_ignore_ascii_case(wanted);
    let by_key = R::COLUMNS.iter().find(|column| is(column.key));
    let found = by_key.or_else(|| R::COLUMNS.iter().find(|column| column.once.is_some_and(is)));
    found.ok_or_else(|| {
        let known: Vec<&str> = R::COLUMNS.iter().map(|column| column.key).collect();
        let near = nearest(wanted, known.iter().copied());
        Failure::misuse(terminal().no_column(wanted, near, &known))
    })
}

/// Parses a zone's IANA name.
pub(super) fn zone(name: &str) -> Result<Zone, String> {
    Zone::parse(name).ok_or_else(|| terminal().no_such_zone(name, Zone::near(name)))
}
