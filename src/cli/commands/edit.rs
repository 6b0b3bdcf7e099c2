use clap::Args;

use crate::format::{Document, read};
use crate::merge::merge;
use crate::store::{Edit, Project, RecordName};
use crate::yaml::{Position, Problem, decode_utf8};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::editor;
use super::super::errors::{Exit, Failure, shown};
use super::check::unknown_keys;

/// Open a record in your editor, and check it before it is saved
///
/// You edit a copy. When the editor closes, the copy is checked: a fault reopens the editor at
/// its line, as long as you are there to mend it; otherwise both texts are kept and the record
/// stays as it was. What others logged meanwhile is merged in.
#[derive(Debug, Args)]
pub(in crate::cli) struct EditArgs {
    /// The record: its id, any unique part of it, or its version.
    id: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &EditArgs) -> Result<Exit, Failure> {
    context.no_rehearsal("edit")?;
    let project = context.project()?;
    let wanted = args.id.as_deref().or(args.record.record.as_deref());
    let record = context.named_or_current(&project, wanted)?;
    if !context.may_edit() {
        return Err(Failure::misuse(
            "there is nobody to edit: no terminal and no EDITOR, or --no-input",
        ));
    }
    let base = project.raw_text(&record)?;
    let copy = project.editing_copy(&record, &base)?;
    let mut line = None;
    let edited = loop {
        let opened = editor::open_at(&copy, line);
        if opened.is_err() && project.read_copy(&copy).is_ok_and(|text| text == base) {
            project.drop_copy(&copy);
        }
        opened?;
        let text = project.read_copy(&copy)?;
        if text == base {
            project.drop_copy(&copy);
            context.answer("nothing was changed\n");
            return Ok(Exit::Done);
        }
        match parsed(&text) {
            Ok(_) => break text,
            Err(problems) => {
                let failure = Failure::faulty(&copy, &text, problems);
                line = failure.first_line();
                super::super::errors::print(&failure);
                if !again(context) {
                    let (copy, real) = (shown(&copy), shown(&record.path));
                    return Err(Failure::new(format!(
                        "{real} is as it was; what you wrote is kept in {copy}"
                    ))
                    .hint(format!("correct that copy, then: cp '{copy}' '{real}'"))
                    .hint(format!(
                        "asrun edit {} begins again with the record as it is",
                        record.id
                    )));
                }
            }
        }
    };
    save(context, &project, &record, args, &base, &edited)
        .map_err(|failure| failure.hint(format!("what you wrote is in {}", copy.display())))?;
    project.drop_copy(&copy);
    Ok(Exit::Done)
}

fn parsed(text: &str) -> Result<Document, Vec<Problem>> {
    decode_utf8(text.as_bytes()).map_err(|problem| vec![problem])?;
    read(text)
}

/// Whether the user wants to mend it now.
fn again(context: &Context) -> bool {
    if !context.is_interactive() {
        return false;
    }
    context.say("press Enter to open the editor at that line, or type q and Enter to stop");
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok_and(|bytes| bytes > 0) && answer.trim().is_empty()
}

fn save(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    args: &EditArgs,
    base: &str,
    edited: &str,
) -> Result<(), Failure> {
    if read(base).is_err() {
        // The record was broken before: there is nothing to merge with.
        project.mend(record, base, edited, &context.lock_wait(&args.record, &tell_waiting))?;
        context.confirm(&format!("saved {}; the record can be read again\n", record.id));
        return waiting(context, project, record);
    }
    let wait = context.lock_wait(&args.record, &tell_waiting);
    let (saved, merged_in) =
        project.update(record, &context.command("edit"), &wait, |document| {
            let now = document.to_text();
            let text = if now == base { edited.to_owned() } else { merged(base, &now, edited)? };
            let merged_in = now != base;
            let document =
                read(&text).map_err(|_| Failure::new("the merged text cannot be read"))?;
            Ok::<_, Failure>((Edit::Text(Box::new(document)), Vec::new(), merged_in))
        })?;
    unknown_keys(context, record, &saved.after);
    let note = if merged_in { ", merged with what was logged meanwhile" } else { "" };
    context.confirm(&format!("saved {}{note}\n", record.id));
    context.tell_saved(&saved);
    waiting(context, project, record)
}

fn merged(base: &str, now: &str, edited: &str) -> Result<String, Failure> {
    // What was written by hand stays as it is; what asrun logged meanwhile is put into it.
    let outcome = merge(base, edited, now).map_err(|_| changed_meanwhile())?;
    if outcome.conflicts.is_empty() { Ok(outcome.text) } else { Err(changed_meanwhile()) }
}

fn changed_meanwhile() -> Failure {
    Failure::new(
        "somebody else changed the same entry meanwhile; the record was left as they saved it",
    )
}

/// What was logged while the file could not be read can be added now.
fn waiting(context: &Context, project: &Project, record: &RecordName) -> Result<(), Failure> {
    let kept = project.journal(record)?.kept().len();
    if kept > 0 {
        context.say(&format!(
            "{kept} kept for this record; add them with: asrun recover {}",
            record.id
        ));
    }
    Ok(())
}

impl Failure {
    /// The line of the first fault.
    fn first_line(&self) -> Option<usize> {
        self.first_place().map(|place: Position| place.line)
    }
}
