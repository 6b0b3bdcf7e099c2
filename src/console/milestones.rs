//! Reports that a record was closed or reopened.

use crate::lang::terminal;
use crate::operations::{
    LeftOpen, LogOutcome, LogRequest, Target, later_status, left_open, still_ended,
};

use super::logged::{tell_later_status, tell_with_way_back};
use super::{Context, Exit, Failure};

/// Reports that a record was closed, and what is missing in it.
///
/// # Errors
/// As for [`super::logged::tell`].
pub fn tell_closed(
    context: &mut Context,
    target: &Target,
    request: &LogRequest,
    outcome: LogOutcome,
) -> Result<Exit, Failure> {
    let (left, later) = match &outcome {
        LogOutcome::Recorded(logged) => {
            let (before, after) = (&logged.saved.before.incident, &logged.saved.after.incident);
            let left = left_open(target, (before, after), request);
            // That of a record that is still open is told with it.
            let ended = left.begun_later.is_none();
            let later = later_status(target, after, &logged.event).filter(|_| ended);
            (Some(left), later)
        }
        LogOutcome::Kept(_) => (None, None),
    };
    let exit = tell_with_way_back(context, target, request, outcome)?;
    tell_later_status(context, target, later);
    if let Some(left) = left {
        tell_left(context, target, &left);
    }
    Ok(exit)
}

/// Reports what is missing in a record that was closed.
fn tell_left(context: &Context, target: &Target, left: &LeftOpen) {
    let of = context.option_of(&target.workspace.project, &target.record.id);
    if let Some(begun) = &left.begun_later {
        context.warn(terminal().open_after_all(begun, left.zone, &of));
    }
    if let Some(event) = &left.went_on {
        context.warn(terminal().went_on_after_closing(event, left.zone, &of));
    }
    if let Some((seconds, latest)) = &left.silence {
        context.warn(terminal().closed_late((*seconds, latest), &of));
    }
    if left.unresolved {
        context.note(&terminal().never_resolved(&of));
    }
    if !left.steps.is_empty() {
        context.note(&terminal().steps_left(&left.steps, &of));
    }
    if left.actions > 0 {
        context.note(&terminal().actions_left(left.actions, &target.record.id));
    }
    if let Some(promised) = &left.promised {
        context.note(&terminal().promise_left(promised, left.zone, &of));
    }
}

/// Reports that a record was reopened, and makes it the current one.
///
/// # Errors
/// As for [`super::logged::tell`].
pub fn tell_reopened(
    context: &mut Context,
    target: &Target,
    request: &LogRequest,
    outcome: LogOutcome,
) -> Result<Exit, Failure> {
    let ended = match &outcome {
        LogOutcome::Recorded(logged) => still_ended(target, &logged.saved.after.incident),
        LogOutcome::Kept(_) => None,
    };
    let exit = tell_with_way_back(context, target, request, outcome)?;
    let (project, id) = (&target.workspace.project, &target.record.id);
    if let Some((end, zone)) = ended {
        let of = context.option_of(project, id);
        context.warn(terminal().ended_after_all(&end, zone, &of));
    }
    if project.chosen().as_ref() != Some(id) {
        match project.choose(id) {
            Ok(()) => context.confirm(&terminal().chosen(id)),
            Err(_) => context.warn(terminal().not_chosen(id)),
        }
    }
    Ok(exit)
}
