//! Shows what is to be imported, asks for confirmation, and reports the result.

use crate::check::told_without_secrets;
use crate::fault::{DoubtCode, Fault, Field, ImportFault};
use crate::lang::{is_yes, terminal};
use crate::model::Zone;
use crate::operations::{
    Editing, ImportPlan, ImportRequest, ImportedRecord, LockWait, Target, Workspace, day_named,
    import_shown, import_texts,
};
use crate::render::{import_counts, import_text};
use crate::view::ImportView;

use super::edited::edited;
use super::settings::zone_named;
use super::{Context, Failure};

/// A record of an import whose text the user edits before it is written.
pub struct EditedRecord<'p> {
    editing: Editing<'p>,
    /// The edited text, if anything was changed.
    text: Option<String>,
}

/// Asks a person for what a document does not state, again until the answer can be parsed.
///
/// # Errors
/// Nobody answers.
pub fn answer(
    context: &Context,
    plan: &ImportPlan,
    code: DoubtCode,
    request: &mut ImportRequest,
) -> Result<(), Failure> {
    let doubt = plan.draft.doubts.iter().find(|doubt| doubt.code == code);
    let found = doubt.map_or("", |doubt| doubt.found.as_str());
    let question = terminal().import_question(code, found);
    while let Some(typed) = context.ask(&question).filter(|typed| !typed.is_empty()) {
        match take(context, code, &typed, request) {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            Err(failure) => {
                context.error(&failure.message);
                failure.hints.iter().for_each(|hint| context.hint(hint));
            }
        }
    }
    let (name, asks) = (plan.from.clone(), plan.draft.asks());
    Err(Fault::from(ImportFault::Unanswered { name, asks }).into())
}

/// Puts an answer into the request. Returns whether it was an answer to the question.
fn take(
    context: &Context,
    code: DoubtCode,
    typed: &str,
    request: &mut ImportRequest,
) -> Result<bool, Failure> {
    match code {
        DoubtCode::NoZone => request.answers.zone = Some(zone_named("--zone", typed)?),
        DoubtCode::NoDate => {
            request.answers.date = Some(day_named(typed, Field::Date, context.now, Zone::UTC)?);
        }
        _ => {
            let day_first = match typed.to_lowercase().as_str() {
                "d" => true,
                "m" => false,
                _ => return Ok(false),
            };
            request.answers.day_first = Some(day_first);
        }
    }
    Ok(true)
}

/// Shows what would be written, and asks whether to write it. Returns the texts that the user edited before that;
/// `None` if nothing is to be written.
///
/// # Errors
/// The editor fails, or the edited text is not a record, in which case it is kept in a file.
pub fn agrees<'w>(
    context: &mut Context,
    workspace: &'w Workspace,
    plan: &ImportPlan,
) -> Result<Option<Vec<EditedRecord<'w>>>, Failure> {
    show(context, workspace, plan);
    let mut records = Vec::new();
    loop {
        let answer = context.ask(terminal().write_it()).unwrap_or_default();
        if matches!(answer.trim().to_lowercase().as_str(), "e" | "edit") {
            edit(context, workspace, plan, &mut records)?;
        } else if is_yes(&answer) {
            return Ok(Some(records));
        } else {
            records.iter().for_each(|record| record.leave(context));
            return Ok(None);
        }
    }
}

/// Lets the user edit the text of each record.
fn edit<'w>(
    context: &Context,
    workspace: &'w Workspace,
    plan: &ImportPlan,
    records: &mut Vec<EditedRecord<'w>>,
) -> Result<(), Failure> {
    if records.is_empty() {
        for (place, text) in plan.places.iter().zip(import_texts(workspace, plan)?) {
            let editing = Editing::of_text(&workspace.project, &place.id, text)?;
            records.push(EditedRecord { editing, text: None });
        }
    }
    let given_up = |copy: &str| terminal().import_not_mended(&plan.from, copy);
    for at in 0..records.len() {
        let copy = edited(context, &records[at].editing, &given_up);
        match copy {
            Ok(text) => records[at].text = text,
            Err(failure) => {
                let others = records.iter().enumerate().filter(|(other, _)| *other != at);
                others.for_each(|(_, record)| record.leave(context));
                return Err(failure);
            }
        }
    }
    Ok(())
}

impl EditedRecord<'_> {
    /// Removes the copy, or reports its path if it was edited.
    fn leave(&self, context: &Context) {
        match self.text {
            Some(_) => context.note(&terminal().kept_in(&super::shown(&self.editing.copy))),
            None => self.editing.end(),
        }
    }
}

/// Saves the user's edits of records that were just written as imported. The changes then count as the user's own.
///
/// # Errors
/// A record cannot be written; the edited texts are kept.
pub fn save_edited(
    context: &mut Context,
    workspace: &Workspace,
    edited: &[EditedRecord<'_>],
    (written, wait): (&[ImportedRecord], &LockWait<'static>),
) -> Result<(), Failure> {
    for (at, (it, written)) in edited.iter().zip(written).enumerate() {
        let Some(text) = &it.text else {
            it.editing.end();
            continue;
        };
        let wait = LockWait { limit: wait.limit, waiting: wait.waiting };
        let (workspace, record) = (workspace.clone(), written.record.clone());
        let target = Target { workspace, record, wait };
        if let Err(fault) = it.editing.save(&target, text) {
            edited[at + 1..].iter().for_each(|other| other.leave(context));
            let copy = super::shown(&it.editing.copy);
            return Err(Failure::from(fault).hint(terminal().kept_in(&copy)));
        }
        it.editing.end();
        context.confirm(&terminal().import_edited(&written.record.id));
    }
    Ok(())
}

/// Returns the view of an import, with secrets masked.
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

/// Reports what was written, and how much of it is new; for an import without a preview also whether there are doubts.
pub fn tell(
    context: &mut Context,
    workspace: &Workspace,
    plan: &ImportPlan,
    (written, is_unseen): (&[ImportedRecord], bool),
) {
    let mut is_new = false;
    let view = shown(workspace, plan, Some(written));
    if context.dry_run {
        context.print(&import_text(&view, context.width));
    }
    for record in written {
        let (from, id) = (&plan.from, &record.record.id);
        let counts = import_counts(&view, id);
        let differing = if plan.updates { 0 } else { counts.changed };
        let is_known = differing + counts.conflicts == 0;
        is_new |= record.written && counts.events + counts.steps + counts.actions > 0;
        match record.written {
            true => {
                let told = terminal().imported(from, counts, id);
                context.confirm_with_way_back(&told, &format!("asrun undo -r {id}"));
            }
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
    for (record, (place, read)) in written.iter().zip(plan.places.iter().zip(&plan.draft.records)) {
        let is_new = place.there.is_none() && record.written;
        if is_new && read.incident.kind.is_none() && !read.incident.plan.is_empty() {
            context.note(&terminal().imported_without_kind(&record.record.id));
        }
    }
    if is_new && is_unseen && !context.dry_run {
        tell_doubts(context, plan);
    }
}

/// Reports doubts about a document that was imported without a preview.
fn tell_doubts(context: &Context, plan: &ImportPlan) {
    let mut codes: Vec<&str> = Vec::new();
    for doubt in &plan.draft.doubts {
        let code = doubt.code.word();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    if !codes.is_empty() {
        let count = plan.draft.doubts.len();
        context.note(&terminal().import_doubts(&plan.from, count, &codes.join(", ")));
    }
}

/// Warns of secrets that were written, of existing entries that differ from the document's, and of records that the
/// journal lacks. Returns whether there are such entries.
pub fn warn(context: &Context, plan: &ImportPlan, written: &[ImportedRecord]) -> bool {
    for record in written.iter().filter(|record| !record.internal.is_empty()) {
        context.note(&terminal().kept_internal(&record.internal));
    }
    written.iter().for_each(|record| context.tell_secrets(&record.secrets));
    for fault in written.iter().filter_map(|record| record.noted.as_ref().err()) {
        context.warn(terminal().not_in_journal(fault));
    }
    let mut told = false;
    for (read, it) in plan.draft.records.iter().zip(written) {
        let sources = it.conflicts(read, &plan.from);
        if !sources.is_empty() {
            context.warn(terminal().entries_conflict(&sources, &it.record.id));
            told = true;
        }
    }
    told
}
