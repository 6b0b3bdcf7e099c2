//! Reports the result of logging an event.

use std::path::PathBuf;

use crate::fault::{Doubt, Fault, Field, StoreFault};
use crate::lang::{
    CarriedOut, CountedFrom, LoggedEvent, Refusal, is_yes, numbered_moments, terminal,
};
use crate::model::{Event, EventType, Incident, Moment, PlanStep, Zone};
use crate::operations::{
    EarlierCauses, LogOutcome, LogRequest, Logged, LoggedLine, Target, others_under_way,
};
use crate::query::failed_step;
use crate::render::escape;
use crate::store::{AssetSource, RecordName, read_attachment};

use super::{Context, Exit, Failure};

/// Reads files that are to be copied into the record; paths are relative to the current folder.
pub fn sources(context: &Context, paths: &[PathBuf]) -> Result<Vec<AssetSource>, Failure> {
    let read = |path: &PathBuf| read_attachment(&context.folder.join(path));
    Ok(paths.iter().map(read).collect::<Result<Vec<_>, _>>()?)
}

/// Reports the result of logging.
///
/// # Errors
/// The event was kept beside a record that cannot be read: [`Exit::Kept`].
pub fn tell(
    context: &mut Context,
    target: &Target,
    request: &LogRequest,
    outcome: LogOutcome,
) -> Result<Exit, Failure> {
    let Target { workspace, record, .. } = target;
    match outcome {
        LogOutcome::Recorded(logged) => {
            context.tell_saved(&logged.saved);
            answer(context, target, &logged);
            if logged.saved.after.incident.archived {
                context.warn(terminal().logged_to_archived(&record.id));
            }
            tell_seen_of(context, target, &logged.saved.after.incident, &[&logged.event]);
            Ok(Exit::Done)
        }
        LogOutcome::Kept(fault) => {
            Err(kept(fault, record, request.text.trim(), workspace.project.dry_run))
        }
    }
}

/// As [`tell`], for a command of its own: how to undo it is reported as well, if a plain undo would not.
///
/// # Errors
/// As for [`tell`].
pub fn tell_with_way_back(
    context: &mut Context,
    target: &Target,
    request: &LogRequest,
    outcome: LogOutcome,
) -> Result<Exit, Failure> {
    // For a repeated event it is reported anyway.
    let is_repeated = match &outcome {
        LogOutcome::Recorded(logged) => {
            logged.doubts.iter().any(|doubt| matches!(doubt, Doubt::Repeated { .. }))
        }
        LogOutcome::Kept(_) => false,
    };
    let exit = tell(context, target, request, outcome)?;
    if !is_repeated {
        context.tell_way_back(target);
    }
    Ok(exit)
}

/// Reports that an event that states a status was too early to decide it.
pub fn tell_later_status(context: &Context, target: &Target, later: Option<(Event, Zone)>) {
    if let Some((later, zone)) = later {
        let of = context.option_of(&target.workspace.project, &target.record.id);
        context.warn(terminal().status_stays(&later, zone, &of));
    }
}

/// Reports which earlier records have the causes that these events name, or failed at the same steps, and which of their
/// actions are open.
pub fn tell_seen_of(context: &Context, target: &Target, incident: &Incident, events: &[&Event]) {
    let cause = |event: &&Event| match failed_step(incident, event) {
        Some(step) => Some((step.to_owned(), true)),
        None => event.is(&EventType::Identified).then(|| (event.text.clone(), false)),
    };
    let causes: Vec<(String, bool)> = events.iter().filter_map(cause).collect();
    tell_seen(context, target, incident, &causes);
}

/// Reports which earlier records have these causes, and which of their actions are open; each comes with whether it is a
/// step that failed.
pub fn tell_seen(
    context: &Context,
    target: &Target,
    incident: &Incident,
    causes: &[(String, bool)],
) {
    if context.is_quiet() || causes.is_empty() {
        return;
    }
    let (project, id) = (&target.workspace.project, &target.record.id);
    // The event is recorded and confirmed, so problems with other records are ignored.
    let Ok(known) = EarlierCauses::before(project, id, incident) else { return };
    for seen in causes.iter().flat_map(|(text, is_step)| known.told(text, *is_step)) {
        let first = seen.text.lines().next().unwrap_or_default();
        context.note(&escape::terminal(&terminal().seen_before(&seen.id, first, &seen.open)));
    }
}

/// Returns the failure for an event that is kept beside an unreadable record; with `rehearsed`, for one that would be.
pub fn kept(fault: StoreFault, record: &RecordName, text: &str, rehearsed: bool) -> Failure {
    let in_conflict = fault.is_merge_conflict();
    let mut failure = Failure::from(fault);
    let Refusal { message, hints } = match rehearsed {
        true => terminal().would_be_kept(&failure.message).into(),
        false => terminal().kept(&failure.message, text, &record.id, in_conflict),
    };
    (failure.exit, failure.message) = (Exit::Kept, message);
    failure.hints.extend(hints);
    failure
}

/// Returns the line that confirms an event, with the steps that it carries out.
pub fn line(
    context: &Context,
    record: &RecordName,
    (event, carried): (&Event, &[CarriedOut]),
    zone: Zone,
) -> String {
    let (now, door) = (&context.now, context.door());
    terminal().logged(&LoggedEvent { event, carried, zone, record: &record.id, door, now })
}

/// Confirms one of several events.
pub fn tell_event(context: &mut Context, target: &Target, logged: &LoggedLine, zone: Zone) {
    let LoggedLine { event, carried, doubts, counted, sounds_like } = logged;
    context.confirm(&line(context, &target.record, (event, carried), zone));
    tell_notes(context, target, (counted, doubts), sounds_like.as_ref(), zone);
}

/// Prints one line of the answer, then doubts and hints.
fn answer(context: &mut Context, target: &Target, logged: &Logged) {
    let Logged { event, frame, carried, doubts, counted, sounds_like, .. } = logged;
    let zone = frame.zone;
    context.confirm(&line(context, &target.record, (event, carried), zone));
    tell_notes(context, target, (counted, doubts), sounds_like.as_ref(), zone);
}

fn tell_notes(
    context: &Context,
    Target { workspace, record, .. }: &Target,
    (counted, doubts): (&[CountedFrom], &[Doubt]),
    sounds_like: Option<&PlanStep>,
    zone: Zone,
) {
    for from in counted {
        context.note(&terminal().counted_from(from, zone));
    }
    let of = || context.option_of(&workspace.project, &record.id);
    let undo = || context.undo_of(&workspace.project, &record.id);
    for doubt in doubts {
        context.warn(terminal().doubt(doubt, zone, &undo()));
        if matches!(doubt, Doubt::Repeated { .. }) {
            context.hint(&terminal().to_take_back(&undo()));
        }
    }
    if let Some(step) = sounds_like {
        context.hint(&escape::terminal(&terminal().sounds_like(step, zone, &of())));
    }
}

/// Returns whether an event is to be logged. If the record has the same event already, a person is asked; if nobody is
/// there, it is logged with a remark.
pub fn is_wanted(context: &Context, target: &Target, request: &LogRequest) -> bool {
    if !context.is_interactive() || context.dry_run {
        return true;
    }
    // An invalid request is reported later, where it is refused.
    let Ok(Some((at, before))) = request.repeats(target) else { return true };
    let zone = context.zone(&target.workspace.project);
    context
        .ask_or_give_up(&terminal().log_again(&at, before, zone))
        .is_some_and(|answer| is_yes(&answer.to_lowercase()))
}

/// Asks a person which moment was meant if `--at` is ambiguous; `None` if nobody is there, or the answer is not one of
/// them.
pub fn chosen(context: &Context, fault: &Fault) -> Option<Moment> {
    let Fault::Time { field: Field::At, fault, zone } = fault else { return None };
    let moments = fault.choices();
    if !context.may_choose(moments.len()) {
        return None;
    }
    let words = terminal();
    let none = |typed: &str| Err(words.no_choice(typed, moments.len(), false));
    context.choose((&numbered_moments(&moments, *zone), words.which_moment()), &moments, none)
}

/// The number of events up to which a record counts as new. Creating a record makes it the current one, so its first
/// events may have been meant for another one.
const FIRST_EVENTS: usize = 3;

/// Reports other open records after an event whose record was not named, if that is the current one and new, or had
/// ended; `events` is how many it has now.
pub fn tell_others(context: &Context, target: &Target, (events, had_ended): (usize, bool)) {
    let Target { workspace, record, .. } = target;
    let is_new = (1..=FIRST_EVENTS).contains(&events)
        && workspace.project.chosen().as_ref() == Some(&record.id);
    if workspace.project.dry_run || !is_new && !had_ended {
        return;
    }
    // The event is recorded, so problems with other records are ignored.
    let is_doubtful = had_ended || events == 1;
    let others = others_under_way(workspace, record, is_doubtful).unwrap_or_default();
    if !others.is_empty() {
        context.note(&terminal().open_too(&record.id, &others));
    }
}
