use clap::builder::PossibleValue;
use clap::{Args, Subcommand, ValueEnum};

use crate::console::answers::ask;
use crate::console::{Context, Exit, Failure, logged};
use crate::lang::{help, lesson_words, terminal};
use crate::model::{Audience, Note};
use crate::operations::{EarlierCauses, LessonKind, Reading, add_lesson};
use crate::query::{Cause, causes};
use crate::view::{SeenRow, lesson_rows};

use super::super::args::{FormArgs, RecordArgs};
use super::super::records::{FilterArgs, only_record, print, rows_in};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true,
    about = help().lessons.about, long_about = help().lessons.long_about)]
pub(in crate::cli) struct LessonsArgs {
    #[command(subcommand)]
    verb: Option<LessonsVerb>,
    #[arg(help = help().lessons.record)]
    record: Option<String>,
    #[arg(long, value_enum, help = help().lessons.sort)]
    sort: Option<LessonKind>,
    #[arg(long, conflicts_with = "sort", help = help().lessons.seen)]
    seen: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    form: FormArgs,
}

/// A kind of lesson is typed by its word, or by a heading that it has in any language.
impl ValueEnum for LessonKind {
    fn value_variants<'a>() -> &'a [LessonKind] {
        &LessonKind::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let texts = &help().lessons.sorts;
        let (text, headings) = match self {
            LessonKind::Well => (texts.well, lesson_words(|words| words.well)),
            LessonKind::Badly => (texts.badly, lesson_words(|words| words.badly)),
            LessonKind::Lucky => (texts.lucky, lesson_words(|words| words.lucky)),
            LessonKind::Surprised => (texts.surprised, lesson_words(|words| words.surprised)),
            LessonKind::Learned => (texts.learned, lesson_words(|words| words.learned)),
            LessonKind::Factor => (texts.factor, lesson_words(|words| words.factor)),
        };
        Some(PossibleValue::new(self.word()).help(text).aliases(headings))
    }
}

#[derive(Debug, Subcommand)]
enum LessonsVerb {
    #[command(about = help().lessons.add.about)]
    Add(AddArgs),
}

#[derive(Debug, Args)]
struct AddArgs {
    #[arg(help = help().lessons.add.sort)]
    sort: LessonKind,
    #[arg(required = true, help = help().lessons.add.text)]
    text: Vec<String>,
    #[arg(long, help = help().lessons.add.internal)]
    internal: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &LessonsArgs) -> Result<Exit, Failure> {
    match &args.verb {
        Some(LessonsVerb::Add(new)) => add(context, new),
        None if args.seen => seen(context, args),
        None => list(context, args),
    }
}

fn list(context: &mut Context, args: &LessonsArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let only = only_record(&project, args.record.as_deref())?;
    let found = ask(&project, &args.filter, Reading::Outlines, |id, incident| {
        let mut rows = lesson_rows(id, incident);
        rows.retain(|row| {
            args.sort.is_none_or(|sort| sort.word() == row.sort)
                && only.as_deref().is_none_or(|only| only == id)
        });
        rows
    })?;
    print(context, &found, &args.form)?;
    if found.rows.is_empty() && args.form.is_table() {
        context.note(terminal().no_lesson());
    }
    Ok(found.exit())
}

/// Prints which causes earlier records have as well; exits with 1 if one of them still has open actions.
fn seen(context: &mut Context, args: &LessonsArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let loaded = context.load(&project, args.record.as_deref())?;
    let incident = &loaded.document.incident;
    let known = EarlierCauses::before(&project, &loaded.id, incident)?;
    let of_cause = |cause: &Cause| {
        let like = known.like(&cause.text, cause.is_failed_step);
        like.iter().map(|seen| SeenRow::new(cause, seen)).collect::<Vec<_>>()
    };
    let rows: Vec<SeenRow> = causes(&loaded.id, incident).iter().flat_map(of_cause).collect();
    let text = rows_in(context, &args.form, &rows, &[])?;
    context.print(&text);
    if rows.is_empty() {
        context.note(terminal().never_seen());
    }
    let left = rows.iter().any(|row| !row.not_done.is_empty());
    Ok(if left { Exit::Failed } else { Exit::Done })
}

fn add(context: &mut Context, args: &AddArgs) -> Result<Exit, Failure> {
    let target = context.target(&args.record)?;
    let audience = if args.internal { Audience::Internal } else { Audience::Everyone };
    let note = Note { text: args.text.join(" "), audience };
    let (saved, mut text) = add_lesson(&target, args.sort, &note)?;
    if args.internal {
        text = terminal().internal_text(&text);
    }
    let sort = terminal().lesson_sort(args.sort.word());
    context.confirm(&terminal().lesson_added(sort, &text, &target.record.id));
    if matches!(args.sort, LessonKind::Factor | LessonKind::Badly) {
        logged::tell_seen(context, &target, &saved.after.incident, &[(note.text, false)]);
    }
    context.tell_changed(&target, &saved);
    Ok(Exit::Done)
}
