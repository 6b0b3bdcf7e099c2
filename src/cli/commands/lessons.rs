use clap::{Args, Subcommand, ValueEnum};

use crate::model::Incident;
use crate::operations::{Field, accepted};
use crate::view::lesson_rows;
use crate::yaml::{Change, Value};

use super::super::args::{FormArgs, RecordArgs};
use super::super::changes::change_record;
use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::super::records::{FilterArgs, ask_outlines, only_record};

/// What was learnt, across all records: lessons and contributing factors
///
///   asrun lessons --kind release
///   asrun lessons --sort badly --since 2024
///   asrun lessons add badly "기본값이 강제 종료였다"
#[derive(Debug, Args)]
#[command(verbatim_doc_comment, args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct LessonsArgs {
    #[command(subcommand)]
    verb: Option<LessonsVerb>,
    /// Only those of this record: an id, a unique part of it, or a version.
    record: Option<String>,
    /// Only one sort.
    #[arg(long, value_enum)]
    sort: Option<Sort>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// What went well.
    #[value(aliases = ["잘한점", "잘된점", "좋았던점"])]
    Well,
    /// What went badly.
    #[value(aliases = ["아쉬운점", "아쉬움", "나빴던점"])]
    Badly,
    /// Where we got lucky.
    #[value(aliases = ["운", "운이좋았던점"])]
    Lucky,
    /// What surprised us.
    #[value(aliases = ["놀란점", "뜻밖"])]
    Surprised,
    /// What together made it happen.
    #[value(aliases = ["요인", "원인"])]
    Factor,
}

impl Sort {
    fn word(self) -> &'static str {
        match self {
            Sort::Well => "well",
            Sort::Badly => "badly",
            Sort::Lucky => "lucky",
            Sort::Surprised => "surprised",
            Sort::Factor => "factor",
        }
    }

    /// How many the record has.
    fn count(self, incident: &Incident) -> usize {
        let lessons = &incident.lessons;
        match self {
            Sort::Well => lessons.well.len(),
            Sort::Badly => lessons.badly.len(),
            Sort::Lucky => lessons.lucky.len(),
            Sort::Surprised => lessons.surprised.len(),
            Sort::Factor => incident.contributing_factors.len(),
        }
    }
}

#[derive(Debug, Subcommand)]
enum LessonsVerb {
    /// Write down what was learnt
    Add(AddArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    /// Which sort of lesson it is.
    sort: Sort,
    /// What was learnt.
    #[arg(required = true)]
    text: Vec<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LessonsArgs) -> Result<Exit, Failure> {
    match &args.verb {
        Some(LessonsVerb::Add(new)) => add(context, new),
        None => list(context, args),
    }
}

fn list(context: &mut Context, args: &LessonsArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let only = only_record(&project, args.record.as_deref())?;
    let found = ask_outlines(&project, &args.filter.filter(), |id, incident| {
        let mut rows = lesson_rows(id, incident);
        rows.retain(|row| {
            args.sort.is_none_or(|sort| sort.word() == row.sort)
                && only.as_deref().is_none_or(|only| only == id)
        });
        rows
    })?;
    found.print(context, &args.form)?;
    if found.rows.is_empty() && args.form.is_table() {
        context.say("no such lesson; asrun lessons add SORT TEXT writes one down");
    }
    Ok(found.exit())
}

fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    let text = accepted(Field::Text, &args.text.join(" "))?;
    let sort = args.sort;
    change_record(context, &project, &record, &args.record, "lessons add", |document| {
        let incident = &document.incident;
        let index = sort.count(incident);
        let item = Value::text(text.clone());
        let begun = matches!(document.value("lessons"), Some(Value::Map(keys)) if !keys.is_empty());
        let change = match sort {
            Sort::Factor => Change::Insert {
                at: Vec::new(),
                key: "contributing_factors".to_owned(),
                index,
                item,
            },
            _ if begun => Change::Insert {
                at: vec![("lessons".to_owned(), None)],
                key: sort.word().to_owned(),
                index,
                item,
            },
            _ => Change::Set {
                at: Vec::new(),
                key: "lessons".to_owned(),
                value: Value::Map(vec![(sort.word().to_owned(), Value::List(vec![item]))]),
            },
        };
        Ok((vec![change], vec![format!("{}: {text}", sort.word())]))
    })
}
