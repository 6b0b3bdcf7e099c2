//! Options that several commands share.

use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, FromArgMatches};

use crate::console::Failure;
use crate::console::{Context, WAIT_SECONDS, WantedRecord};
use crate::lang::{Part, help, terminal};
use crate::model::{Zone, nearest};
use crate::render::Form;
use crate::view::{Column, Row};

// Which record a writing command means, and how long it waits for others.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    #[arg(short, long, value_name = "RECORD", env = "ASRUN_RECORD", help = help().record.record)]
    pub(super) record: Option<String>,
    #[arg(long, value_name = "SECONDS", default_value_t = WAIT_SECONDS, help = help().record.wait)]
    pub(super) wait: u64,
}

impl<'a> From<&'a RecordArgs> for WantedRecord<'a> {
    fn from(args: &'a RecordArgs) -> WantedRecord<'a> {
        WantedRecord { name: args.record.as_deref(), wait: Duration::from_secs(args.wait) }
    }
}

/// The same, for a command whose own words could be taken for a record.
#[derive(Debug)]
pub(super) struct TypedRecordArgs {
    /// Which record is meant.
    pub(super) record: RecordArgs,
    /// It was named on the command line, and not by the environment or by nobody.
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

// Which record a command of a plan means: some of them take other words, so all of them take the option.
#[derive(Debug, Args)]
pub(super) struct EitherRecordArgs {
    #[arg(help = help().record.current)]
    record: Option<String>,
    #[arg(short = 'r', long = "record", value_name = "RECORD", env = "ASRUN_RECORD",
        help = help().record.either)]
    record_option: Option<String>,
}

impl EitherRecordArgs {
    /// Returns the name of the record that is meant, if one was said.
    ///
    /// # Errors
    /// It was typed both ways.
    pub(super) fn wanted(&self, context: &Context) -> Result<Option<&str>, Failure> {
        let option = self.record_option.as_ref();
        let typed = option.filter(|_| option != context.environment.said("ASRUN_RECORD").as_ref());
        if self.record.is_some() && typed.is_some() {
            let other = vec!["[RECORD]".to_owned()];
            let option = "--record <RECORD>";
            return Err(Failure::misuse(terminal().not_together(Part::Argument, option, &other)));
        }
        Ok(self.record.as_ref().or(option).map(String::as_str))
    }
}

// In which form an answer of many lines is printed.
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

/// Reads one of these words as what it stands for.
pub(super) fn one_of<T: Copy + Send + Sync + 'static>(
    words: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let known = PossibleValuesParser::new(words.iter().map(|(word, _)| *word));
    known.map(|typed| {
        // The parser before knows no other word.
        words.iter().find(|(word, _)| *word == typed).map_or(words[0].1, |(_, value)| *value)
    })
}

impl FormArgs {
    /// Returns the form that was asked for.
    pub(super) fn form(&self) -> Result<Form, Failure> {
        match (self.format, self.bom) {
            (Form::Csv { .. }, mark) => Ok(Form::Csv { mark }),
            (_, true) => Err(Failure::misuse(terminal().bom_without_csv())),
            (form, false) => Ok(form),
        }
    }

    /// The columns that were asked for, else those that are usual: CSV has all, as JSON does.
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

    /// The same form with one more column in lines of data, unless others were asked for.
    pub(super) fn with_piped<R: Row>(&self, column: &str, piped: bool) -> FormArgs {
        let mut form = self.clone();
        if piped && self.is_table() && self.has_usual_columns() {
            form.columns = R::PIPED.iter().copied().chain([column]).map(str::to_owned).collect();
        }
        form
    }

    /// Nobody asked for other columns.
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

/// A zone by its IANA name.
pub(super) fn zone(name: &str) -> Result<Zone, String> {
    Zone::parse(name).ok_or_else(|| terminal().no_such_zone(name, Zone::near(name)))
}
