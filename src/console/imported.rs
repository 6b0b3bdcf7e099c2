//! What is to be imported, shown and asked for, and what came of it, told.

use crate::check::told_without_secrets;
use crate::fault::{DoubtCode, Fault, Field, ImportFault};
use crate::lang::{is_yes, terminal};
use crate::model::Zone;
use crate::operations::{
    ImportPlan, ImportRequest, ImportedRecord, Workspace, day_named, import_shown,
};
use crate::render::{import_counts, import_text};
use crate::view::ImportView;

use super::settings::zone_named;
use super::{Context, Failure};

/// Asks a person for what a document does not say.
///
/// # Errors
/// Nobody answers, or the answer cannot be read.
pub fn answer(
    context: &Context,
    plan: &ImportPlan,
    code: DoubtCode,
    request: &mut ImportRequest,
) -> Result<(), Failure> {
    let doubt = plan.draft.doubts.iter().find(|doubt| doubt.code == code);
    let found = doubt.map_or("", |doubt| doubt.found.as_str());
    let unanswered = || {
        let (name, asks) = (plan.from.clone(), plan.draft.asks());
        Failure::from(Fault::from(ImportFault::Unanswered { name, asks }))
    };
    let typed = context.ask(&terminal().import_question(code, found)).ok_or_else(unanswered)?;
    if typed.is_empty() {
        return Err(unanswered());
    }
    match code {
        DoubtCode::NoZone => request.answers.zone = Some(zone_named("--zone", &typed)?),
        DoubtCode::NoDate => {
            request.answers.date = Some(day_named(&typed, Field::Date, context.now, Zone::UTC)?);
        }
        _ => request.answers.day_first = Some(!typed.to_lowercase().starts_with('m')),
    }
    Ok(())
}

/// Shows what would be written, and asks whether it is to be.
pub fn agrees(context: &mut Context, workspace: &Workspace, plan: &ImportPlan) -> bool {
    show(context, workspace, plan);
    context.ask(terminal().write_it()).is_some_and(|answer| is_yes(&answer))
}

/// Returns what is shown of an import: texts without their secrets.
fn shown(
    workspace: &Workspace,
    plan: &ImportPlan,
    written: Option<&[ImportedRecord]>,
) -> ImportView {
    let mut view = import_shown(workspace, plan, written);
    view.texts_mut().for_each(|text| *text = told_without_secrets(text).into_owned());
    view
}

/// Shows what would be written.
pub fn show(context: &mut Context, workspace: &Workspace, plan: &ImportPlan) {
    let view = shown(workspace, plan, None);
    for (place, path) in plan.places.iter().zip(&view.records) {
        let counts = import_counts(&view, &place.id);
        let is_new = place.there.is_none();
        context.answer(&format!("{}\n", terminal().import_head(&plan.from, counts, path, is_new)));
    }
    context.print(&import_text(&view, context.width));
}

/// Says what was written, and how much of it is new.
pub fn tell(
    context: &mut Context,
    workspace: &Workspace,
    plan: &ImportPlan,
    written: &[ImportedRecord],
) {
    let view = shown(workspace, plan, Some(written));
    if context.dry_run {
        context.print(&import_text(&view, context.width));
    }
    for record in written {
        let (from, id) = (&plan.from, &record.record.id);
        let counts = import_counts(&view, id);
        let differing = if plan.updates { 0 } else { counts.changed };
        let is_known = differing + counts.conflicts == 0;
        match record.written {
            true => context.confirm(&terminal().imported(from, counts, id)),
            false if is_known && plan.is_part => {
                context.confirm(&terminal().no_new_part(from, id));
            }
            false if is_known => context.confirm(&terminal().nothing_new(from, id)),
            false => {}
        }
        if differing > 0 {
            context.note(&terminal().entries_differ(from, differing, id));
        }
    }
}

/// Warns of secrets that were written, of entries that were left as they are, though the document corrects them, and of records that the journal
/// does not have; returns whether there are such entries.
pub fn warn(context: &Context, plan: &ImportPlan, written: &[ImportedRecord]) -> bool {
    written.iter().for_each(|record| context.tell_secrets(&record.secrets));
    for fault in written.iter().filter_map(|record| record.noted.as_ref().err()) {
        context.warn(terminal().not_in_journal(fault));
    }
    let mut told = false;
    for (read, it) in plan.draft.records.iter().zip(written) {
        let sources = it.conflicts(read);
        if !sources.is_empty() {
            context.warn(terminal().entries_conflict(&sources, &it.record.id));
            told = true;
        }
    }
    told
}
