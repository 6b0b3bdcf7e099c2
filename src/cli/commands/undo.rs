use clap::Args;

use crate::format::edit::take_back;
use crate::format::{
    Document, Effect, Journal, JournalEntry, REDO, UNDO, fingerprint, insert_items,
};
use crate::model::Moment;
use crate::operations::{Was, was};
use crate::store::{Patience, Project, RecordName, Work};
use crate::yaml::{Change, Splice, Value, key_changes};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};
use super::super::times::told;

/// Take back the last change that asrun made to a record
///
/// Repeated, it goes further back. What is taken back can be brought back with --redo, and stays
/// in the journal: --list shows every change with what it did.
#[derive(Debug, Args)]
pub(in crate::cli) struct UndoArgs {
    /// Bring back what was taken back last.
    #[arg(long, conflicts_with = "list")]
    redo: bool,
    /// Only show the changes, latest first.
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &UndoArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let record = context.record(&project, &args.record)?;
    if args.list {
        return list(context, &project, &record);
    }
    let wait = context.patience(&args.record, &tell_waiting);
    take_back_last(context, &project, &record, args.redo, &wait)
}

/// Takes back the last change that stands, or brings back the last one that was taken back.
pub(super) fn take_back_last(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    redo: bool,
    wait: &Patience<'_>,
) -> Result<Exit, Failure> {
    let verb = if redo { REDO } else { UNDO };
    let mut told = String::new();
    let saved = project.update(record, &context.act(verb), wait, |document| {
        let journal = project.journal(record)?;
        let standing = journal.standing();
        let entry = if redo { journal.taken_back() } else { standing.last().copied() };
        let entry = entry.ok_or_else(|| nothing_to_take_back(redo, record))?;
        let (splices, effects) = if redo { forward(entry) } else { backward(entry) };
        let untouched = is_untouched(&journal, document);
        let document = match take_back(document, &splices, &effects, untouched) {
            Ok(back) => back,
            // An edit may have changed anything: only word for word can it be taken back.
            Err(_) if entry.verb != "edit" => by_entries(document, &splices, &effects)?,
            Err(_) => {
                return Err(Failure::new(
                    "the record was changed since, so that edit cannot be taken back by asrun",
                ));
            }
        };
        told = summary(entry);
        Ok::<_, Failure>((Work::Text(Box::new(document)), vec![entry.id.clone()]))
    })?;
    let (did, back) =
        if redo { ("brought back", "asrun undo") } else { ("took back", "asrun undo --redo") };
    match (context.brief, redo) {
        (true, true) => context.confirm(&format!("{did}: {told}\n")),
        (true, false) => context.confirm(&format!("{did}: {told}; /redo brings it back\n")),
        _ => context.confirm(&format!("{did}: {told} → {}; to reverse that: {back}\n", record.id)),
    }
    context.tell_saved(&saved);
    Ok(Exit::Done)
}

fn nothing_to_take_back(redo: bool, record: &RecordName) -> Failure {
    if redo {
        return Failure::new(format!("nothing was taken back in {}", record.id));
    }
    Failure::new(format!("asrun knows of no change to take back in {}", record.id))
        .hint("only changes made by asrun on this machine can be taken back; git knows the others")
}

fn backward(entry: &JournalEntry) -> (Vec<Splice>, Vec<Effect>) {
    (entry.splices.clone(), entry.effects.iter().map(Effect::inverse).collect())
}

fn forward(entry: &JournalEntry) -> (Vec<Splice>, Vec<Effect>) {
    let turned = |splice: &Splice| Splice {
        at: splice.at,
        removed: splice.inserted.clone(),
        inserted: splice.removed.clone(),
    };
    (entry.splices.iter().rev().map(turned).collect(), entry.effects.clone())
}

/// Whether the text is still the one that asrun wrote last.
fn is_untouched(journal: &Journal, document: &Document) -> bool {
    let last = journal.entries().iter().rev().find(|entry| entry.after != 0);
    last.is_some_and(|entry| entry.after == fingerprint(&document.to_text()))
}

/// Entries put back one by one, where the text around them was changed since: key by key, so that
/// comments beside them stay.
fn by_entries(
    document: &Document,
    splices: &[Splice],
    effects: &[Effect],
) -> Result<Document, Failure> {
    if effects.is_empty() {
        return Err(Failure::new(
            "the record was changed since, so this cannot be taken back by asrun",
        ));
    }
    let mut current = document.clone();
    for effect in effects {
        let items = current.items(&effect.list);
        let place = |before: &Value| {
            items.iter().position(|item| item == before).ok_or_else(|| changed_since(before))
        };
        let changes = match (&effect.before, &effect.after) {
            (None, Some(after)) => {
                insert_items(&current, vec![(effect.list.clone(), after.clone())])
            }
            (Some(before), Some(after)) => {
                let at = vec![(effect.list.clone(), Some(place(before)?))];
                match (before, after) {
                    (Value::Map(before), Value::Map(after)) => key_changes(&at, before, after),
                    _ => Vec::new(),
                }
            }
            (Some(before), None) => {
                let index = place(before)?;
                // What somebody wrote into the entry by hand must not go with it.
                let lines = current.item_lines(&effect.list, before).into_iter().next();
                let lines = lines.map(|lines| current.text()[lines].to_owned());
                let as_written = lines.is_some_and(|lines| {
                    splices.iter().any(|splice| splice.inserted.contains(lines.trim_end()))
                });
                if !as_written {
                    return Err(changed_since(before));
                }
                vec![Change::Remove { at: Vec::new(), key: effect.list.clone(), index }]
            }
            (None, None) => Vec::new(),
        };
        for change in &changes {
            current = applied(&current, change)?;
        }
    }
    Ok(current)
}

fn applied(document: &Document, change: &Change) -> Result<Document, Failure> {
    crate::format::edit::apply(document, change)
        .map(|(document, _)| document)
        .map_err(|fault| Failure::new(fault.to_string()))
}

fn changed_since(item: &Value) -> Failure {
    let said = |key| item.said(key).unwrap_or("");
    Failure::new(format!(
        "this entry is not in the record any more as asrun wrote it: {} {}",
        said("at"),
        said("text")
    ))
    .hint("if it was lost: asrun recover; if it was changed: asrun amend, or by hand")
}

/// `log: 2024-09-07T18:08+09:00 앱 진입 불가 확인`.
pub(super) fn summary(entry: &JournalEntry) -> String {
    let said = |item: &Value| {
        format!("{} {}", item.said("at").unwrap_or(""), item.said("text").unwrap_or(""))
            .trim()
            .to_owned()
    };
    let effect = |effect: &Effect| match (&effect.before, &effect.after) {
        (Some(before), Some(after)) => {
            format!("{} (was {})", said(after), was_words(&was(before, after)))
        }
        (Some(item), None) => format!("removed {}", said(item)),
        (None, Some(item)) => said(item),
        (None, None) => String::new(),
    };
    let effects: Vec<String> = entry.effects.iter().map(effect).collect();
    let text = format!("{}: {}", entry.verb, effects.join("; "));
    crate::render::escape::terminal(text.trim_end_matches([':', ' '])).into_owned()
}

/// The keys that differ, as they were: `type: observation`.
pub(super) fn was_words(was: &[Was]) -> String {
    let told = |value: &Option<Value>| match value {
        None => "—".to_owned(),
        Some(Value::Scalar(text)) => text.clone(),
        Some(_) => "…".to_owned(),
    };
    let key = |was: &Was| format!("{}: {}", was.key, told(&was.value));
    was.iter().map(key).collect::<Vec<_>>().join(", ")
}

fn list(context: &mut Context, project: &Project, record: &RecordName) -> Result<Exit, Failure> {
    let journal = project.journal(record)?;
    let standing: Vec<&str> = journal.standing().iter().map(|entry| entry.id.as_str()).collect();
    let own = project.load(record).ok().and_then(|loaded| loaded.document.incident.zone);
    let zone = own.unwrap_or_else(|| context.zone(project));
    let on = |written: &str| match Moment::parse(written, None) {
        Ok(moment) => told(&moment, zone),
        Err(_) => crate::render::escape::terminal(written).into_owned(),
    };
    for entry in journal.entries().iter().rev() {
        let mark = if standing.contains(&entry.id.as_str()) { " " } else { "·" };
        context.answer(&format!("{mark} {}  {}\n", on(&entry.on), summary(entry)));
    }
    if journal.entries().is_empty() {
        context.say(&format!("asrun has made no changes to {} on this machine", record.id));
    }
    Ok(Exit::Done)
}
