use clap::Args;

use crate::format::{Effect, FORGET, Journal, RECOVER, insert_items};
use crate::model::Incident;
use crate::operations::step_id;
use crate::store::{Patience, Project, RecordName, Work};
use crate::yaml::{Change, Value};

use super::super::args::RecordArgs;
use super::super::context::{Context, tell_waiting};
use super::super::errors::{Exit, Failure};

/// Bring back entries that a record lost
///
/// An editor that saved an old copy, a bad merge or a broken file can take away what asrun had
/// written. The journal beside the project still knows it: this puts back what is missing, and
/// what was logged while the file could not be read. An entry that you deleted on purpose counts
/// as missing until --forget confirms it, and so does what only another git branch holds. asrun
/// undo takes a recovery back.
#[derive(Debug, Args)]
pub(in crate::cli) struct RecoverArgs {
    /// The record: its id, any unique part of it, or its version.
    id: Option<String>,
    /// Confirm that what is missing was deleted on purpose.
    #[arg(long)]
    forget: bool,
    #[command(flatten)]
    record: RecordArgs,
}

pub(in crate::cli) fn run(context: &mut Context, args: &RecoverArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let wanted = args.id.as_deref().or(args.record.record.as_deref());
    let record = context.named_or_current(&project, wanted)?;
    let patience = context.patience(&args.record, &tell_waiting);
    let (did, found) = if args.forget {
        ("forgotten", forget(context, &project, &record, &patience)?)
    } else {
        ("recovered", bring_back(context, &project, &record, &patience)?)
    };
    if found.is_empty() {
        context.answer(&format!("no event and no step is missing in {}\n", record.id));
    }
    for (_, item) in &found {
        context.confirm(&format!("{did}: {} → {}\n", said(item), record.id));
    }
    Ok(Exit::Done)
}

type Items = Vec<(String, Value)>;

/// Puts back what is missing and adds what was kept.
fn bring_back(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    patience: &Patience<'_>,
) -> Result<Items, Failure> {
    let mut found = Vec::new();
    let mut unknown = Vec::new();
    let saved = project.update(record, &context.act(RECOVER), patience, |document| {
        let journal = project.journal(record)?;
        found = journal.missing(document);
        let mut kept = kept(&journal);
        let (mut changes, unlinked) = link_steps(&mut kept, &document.incident);
        unknown = unlinked;
        found.extend(kept);
        changes.extend(insert_items(document, found.clone()));
        let about = journal.kept().iter().map(|entry| entry.id.clone()).collect();
        Ok::<_, Failure>((Work::Changes(changes), about))
    })?;
    context.tell_saved(&saved);
    for failure in unknown {
        context.say(&format!("warning: {}", failure.message));
        context.say("hint: link it with: asrun amend NUMBER --step STEP");
    }
    Ok(found)
}

/// What `--step` of a kept event meant could not be looked up while its record was unreadable: it
/// is now. Gives ids to steps that need one; words that fit no step stay as they were typed.
fn link_steps(kept: &mut Items, incident: &Incident) -> (Vec<Change>, Vec<Failure>) {
    let mut changes = Vec::new();
    let mut unknown = Vec::new();
    let mut link = |wanted: &mut String| match step_id(incident, wanted) {
        Ok((id, change)) => {
            *wanted = id;
            changes.extend(change.filter(|change| !changes.contains(change)));
        }
        Err(fault) => unknown.push(Failure::from(fault)),
    };
    for (_, item) in kept {
        let Value::Map(entries) = item else { continue };
        for (_, value) in entries.iter_mut().filter(|(key, _)| key == "step") {
            match value {
                Value::Scalar(wanted) => link(wanted),
                Value::List(several) => several.iter_mut().for_each(|one| {
                    if let Value::Scalar(wanted) = one {
                        link(wanted);
                    }
                }),
                _ => {}
            }
        }
    }
    (changes, unknown)
}

/// Writes down that all of it was deleted on purpose.
fn forget(
    context: &Context,
    project: &Project,
    record: &RecordName,
    patience: &Patience<'_>,
) -> Result<Items, Failure> {
    let journal = project.journal(record)?;
    let mut found = journal.missing(&project.load(record)?.document);
    let gone = |(list, item): &(String, Value)| Effect {
        list: list.clone(),
        before: Some(item.clone()),
        after: None,
    };
    let effects = found.iter().map(gone).collect();
    found.extend(kept(&journal));
    if !found.is_empty() {
        let about = journal.kept().iter().map(|entry| entry.id.clone()).collect();
        project.settle(record, &context.act(FORGET), about, effects, patience)?;
    }
    Ok(found)
}

/// What was logged while the file could not be read.
fn kept(journal: &Journal) -> Items {
    let entries = journal.kept();
    let effects = entries.iter().flat_map(|entry| &entry.effects);
    effects.filter_map(|effect| Some((effect.list.clone(), effect.after.clone()?))).collect()
}

pub(super) fn said(item: &Value) -> String {
    let text = format!("{} {}", item.said("at").unwrap_or(""), item.said("text").unwrap_or(""));
    crate::render::escape::terminal(text.trim()).into_owned()
}
