use clap::{Args, Subcommand, ValueEnum};

use crate::operations::{AddLessonRequest, LessonSort, add_lesson};
use crate::view::lesson_rows;

use super::super::args::{FormArgs, RecordArgs};
use super::super::context::{Context, tell_waiting};
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
    sort: Option<LessonKind>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LessonKind {
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

impl From<LessonKind> for LessonSort {
    fn from(sort: LessonKind) -> LessonSort {
        match sort {
            LessonKind::Well => LessonSort::Well,
            LessonKind::Badly => LessonSort::Badly,
            LessonKind::Lucky => LessonSort::Lucky,
            LessonKind::Surprised => LessonSort::Surprised,
            LessonKind::Factor => LessonSort::Factor,
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
    sort: LessonKind,
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
    let sort = args.sort.map(LessonSort::from);
    let found = ask_outlines(&project, &args.filter.filter(), |id, incident| {
        let mut rows = lesson_rows(id, incident);
        rows.retain(|row| {
            sort.is_none_or(|sort| sort.word() == row.sort)
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
    let workspace = context.workspace()?;
    let record = context.record(&workspace.project, &args.record)?;
    let request = AddLessonRequest { sort: args.sort.into(), text: args.text.join(" ") };
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let added = add_lesson(&workspace, &record, &request, &wait)?;
    context.confirm(&format!("{}: {} → {}\n", request.sort.word(), added.text, record.id));
    context.tell_saved(&added.saved);
    Ok(Exit::Done)
}
