//! Reports the result of changing a plan.

use crate::lang::terminal;
use crate::operations::{Moved, Shifted, Skipped, Target};
use crate::store::Saved;

use super::Context;

/// Reports that a step has a new planned time.
pub fn tell_moved(context: &mut Context, target: &Target, (saved, moved): (&Saved, &Moved)) {
    tell_time(context, target, moved);
    for from in &moved.counted {
        context.note(&terminal().counted_from(from, moved.zone));
    }
    context.tell_changed(target, saved);
}

/// Reports that the rest of a plan is later or earlier, and which steps are not.
pub fn tell_shifted(context: &mut Context, target: &Target, (saved, shifted): (&Saved, &Shifted)) {
    for moved in &shifted.moved {
        tell_time(context, target, moved);
    }
    let count = shifted.moved.len();
    if count > 1 {
        tell_total(context, target, &terminal().steps_moved(count));
    }
    if shifted.unsigned {
        context.note(terminal().moved_later());
    }
    if !shifted.left.is_empty() {
        context.warn(terminal().not_shifted(&shifted.left.join(", ")));
    }
    if !shifted.deadlines.is_empty() {
        context.note(&terminal().deadlines_stay(&shifted.deadlines.join(", ")));
    }
    context.tell_saved(saved);
}

/// Reports each step that was given up.
pub fn tell_skipped(context: &mut Context, target: &Target, (saved, steps): (&Saved, &[Skipped])) {
    for Skipped { text, at, zone, why } in steps {
        let (at, why) = (at.as_ref(), why.as_deref());
        context.confirm(&terminal().skipped((text, why), at, *zone, &target.record.id));
    }
    if steps.len() > 1 {
        tell_total(context, target, &terminal().steps_skipped(steps.len()));
    }
    context.tell_saved(saved);
}

/// Reports that a step is to be done after all.
pub fn tell_unskipped(context: &mut Context, target: &Target, (saved, step): (&Saved, &Skipped)) {
    let Skipped { text, at, zone, .. } = step;
    context.confirm(&terminal().unskipped(text, at.as_ref(), *zone, &target.record.id));
    context.tell_changed(target, saved);
}

/// Reports that a step was removed from the plan.
pub fn tell_removed(context: &mut Context, target: &Target, (saved, step): (&Saved, &Skipped)) {
    let Skipped { text, at, zone, .. } = step;
    context.confirm(&terminal().step_removed(text, at.as_ref(), *zone, &target.record.id));
    context.tell_changed(target, saved);
}

/// Reports how many steps were changed at once, and how all are taken back.
fn tell_total(context: &mut Context, target: &Target, told: &str) {
    let back = context.undo_of(&target.workspace.project, &target.record.id);
    context.confirm_with_way_back(told, &back);
}

fn tell_time(context: &mut Context, target: &Target, moved: &Moved) {
    let Moved { text, from, at, until, zone, missed_due, .. } = moved;
    let times = (at, until.as_ref());
    context.confirm(&terminal().moved(text, from.as_ref(), times, *zone, &target.record.id));
    if let Some(due) = missed_due {
        context.warn(terminal().moved_past_due(text, due, *zone));
    }
}
