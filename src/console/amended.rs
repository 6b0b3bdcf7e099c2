//! Reports that an event or a file of it was changed or removed.

use crate::lang::terminal;
use crate::model::Event;
use crate::operations::{Amended, ChangedAttachment, Target};
use crate::store::Saved;

use super::Context;

/// Prints one line of the answer, then what remains of a removed event, and doubts.
pub fn tell_amended(
    context: &mut Context,
    target: &Target,
    (saved, amended): (&Saved, &Amended),
    removed: bool,
) {
    let Target { workspace, record, .. } = target;
    let Amended { event, number, former, zone, was, doubts, counted, comments } = amended;
    let (number, zone) = (*number, *zone);
    context.confirm(&match removed {
        true => terminal().removed(number, event, zone, &record.id),
        false => terminal().amended((*former, number), event, was, zone, &record.id),
    });
    let files: Vec<&str> = event.attachments.iter().map(|file| file.file.as_str()).collect();
    if removed && !files.is_empty() {
        context.note(&terminal().files_stay(&workspace.project.files_of(&record.id), &files));
    }
    if !comments.is_empty() {
        context.note(&terminal().comments_gone(comments));
    }
    for from in counted {
        context.note(&terminal().counted_from(from, zone));
    }
    for doubt in doubts {
        let undo = context.undo_of(&workspace.project, &record.id);
        context.warn(terminal().new_time_doubt(doubt, zone, &undo));
    }
    context.tell_severity(saved, &record.id);
    context.tell_changed(target, saved);
}

/// Prints the former values of a file, or that it stays in its folder.
pub fn tell_file_changed(
    context: &mut Context,
    target: &Target,
    (saved, changed): (&Saved, &ChangedAttachment),
    removed: bool,
) {
    let (file, record) = (&changed.file, &target.record.id);
    let event = changed.event.as_ref().map(Event::headline);
    if removed {
        context.confirm(&terminal().attachment_removed(file, event, record));
        context.note(&terminal().files_stay(&target.workspace.project.files_of(record), &[file]));
    } else {
        context.confirm(&terminal().attachment_changed(file, event, &changed.was, record));
    }
    context.tell_changed(target, saved);
}
