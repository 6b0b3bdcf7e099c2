use clap::Args;

use crate::format::{Document, Position};
use crate::store::{Project, RecordName};

use super::super::context::Context;
use super::super::errors::{Exit, Failure};
use super::recover::said;

/// Check records: can they be read, is everything there that was logged
///
/// Every fault of a file is told, with its line and the way out. Exit code 1 if something is
/// wrong; unknown keys are only pointed out.
#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    /// Ids, unique parts of them, or versions; all records if none is given.
    records: Vec<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &CheckArgs) -> Result<Exit, Failure> {
    let project = context.project()?;
    let listing = project.list()?;
    let records: Vec<RecordName> = match args.records.as_slice() {
        [] => listing.records.clone(),
        wanted => wanted.iter().map(|id| project.select(id)).collect::<Result<_, _>>()?,
    };
    let mut wrong = 0;
    for record in &records {
        wrong += check(context, &project, record);
    }
    if args.records.is_empty() {
        for (id, count) in project.gone()? {
            wrong += 1;
            let text = format!(
                "incidents/{id}.yaml is gone, and with it {count} entries that asrun had written; bring it back (git checkout -- incidents/{id}.yaml), or delete .asrun/{id}.journal if it was renamed or deleted on purpose\n"
            );
            context.answer(&text);
        }
    }
    for copy in &listing.copies {
        let name = copy.file_name().unwrap_or_default().to_string_lossy();
        let name = crate::render::escape::terminal(&name).into_owned();
        context.say(&format!(
            "warning: {name} looks like a conflict copy of a record; it may hold events"
        ));
    }
    if wrong == 0 {
        let plural = if records.len() == 1 { "record" } else { "records" };
        context.answer(&format!("{} {plural} checked, nothing wrong\n", records.len()));
        return Ok(Exit::Done);
    }
    Ok(Exit::Failed)
}

/// Tells what is wrong with one record; how many things are.
fn check(context: &mut Context, project: &Project, record: &RecordName) -> usize {
    let loaded = match project.load(record) {
        Ok(loaded) => loaded,
        Err(fault) => {
            super::super::errors::print(&Failure::from(fault));
            return 1;
        }
    };
    let document = &loaded.document;
    unknown_keys(context, record, document);
    let mut wrong = dangling_steps(context, record, document);
    wrong += missing_files(context, project, record, document);
    let journal = match project.journal(record) {
        Ok(journal) => journal,
        Err(fault) => {
            context.say(&format!("error: {fault}"));
            return wrong + 1;
        }
    };
    for (_, item) in journal.missing(document) {
        wrong += 1;
        let hint = format!(
            "asrun recover {0} brings it back, asrun recover {0} --forget confirms that it was deleted",
            record.id
        );
        context.answer(&format!(
            "{}: missing: {}, which asrun had written; {hint}\n",
            record.id,
            said(&item)
        ));
    }
    let kept = journal
        .kept()
        .into_iter()
        .flat_map(|entry| &entry.effects)
        .filter_map(|effect| effect.after.clone());
    for item in kept {
        wrong += 1;
        context.answer(&format!(
            "{}: waiting: {}, logged while the file could not be read; asrun recover {} adds it\n",
            record.id,
            said(&item),
            record.id
        ));
    }
    wrong
}

pub(super) fn unknown_keys(context: &Context, record: &RecordName, document: &Document) {
    for unknown in &document.unknown {
        let place = Position::of(document.body(), unknown.at);
        let near =
            unknown.nearest.map(|key| format!("; did you mean `{key}`?")).unwrap_or_default();
        let key = crate::render::escape::terminal(&unknown.key).into_owned();
        context.say(&format!("note: incidents/{}.yaml:{place}: asrun does not know `{key}`; it is kept as it is{near}", record.id));
    }
}

fn missing_files(
    context: &mut Context,
    project: &Project,
    record: &RecordName,
    document: &Document,
) -> usize {
    let incident = &document.incident;
    let files =
        incident.events.iter().flat_map(|event| &event.attachments).chain(&incident.attachments);
    let mut wrong = 0;
    for attachment in files {
        let why = match project.asset(&record.id, &attachment.file) {
            Ok(Some(_)) => continue,
            Ok(None) => "is not there".to_owned(),
            Err(fault) => fault.to_string(),
        };
        wrong += 1;
        let text = format!("{}: the attachment {:?} {why}\n", record.id, attachment.file);
        context.answer(&text);
    }
    wrong
}

fn dangling_steps(context: &mut Context, record: &RecordName, document: &Document) -> usize {
    let incident = &document.incident;
    let mut wrong = 0;
    for event in &incident.events {
        for id in event.steps.iter().filter(|id| incident.step(id).is_none()) {
            wrong += 1;
            let text = format!(
                "{}: the event {:?} carries out step {id:?}, which the plan does not have",
                record.id,
                event.headline()
            );
            context.answer(&format!("{text}\n"));
        }
    }
    wrong
}
