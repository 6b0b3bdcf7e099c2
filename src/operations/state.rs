//! Closing a record, and opening it again.

use crate::fault::{Fault, StateFault};
use crate::lang::documents_for;
use crate::model::{EventType, Incident};

use super::log::{LogOutcome, LogRequest, log};
use super::workspace::Target;

/// What a record still lacked when it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOpen {
    /// It began, and no event says when it was resolved.
    pub unresolved: bool,
    /// Planned steps that were neither carried out nor given up.
    pub steps: usize,
    /// Actions that are not done.
    pub actions: usize,
    /// Seconds since its latest entry, where the time of closing was not typed.
    pub silence: Option<i64>,
}

/// Closes a record; `event` is what is typed of it, and says at least that it is closed.
///
/// # Errors
/// Nothing goes on in it, or the event is refused.
pub fn close(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    let word = |incident: &Incident| {
        (documents_for(incident.language.as_deref()).event_type)(&EventType::Closed)
    };
    let closed = StateFault::Closed { record: target.record.id.clone() };
    turn(target, EventType::Closed, event, &word, (true, closed))
}

/// Opens a record again: what it is about goes on, or came back.
///
/// # Errors
/// Something goes on in it, or the event is refused.
pub fn reopen(target: &Target, event: LogRequest) -> Result<(LogRequest, LogOutcome), Fault> {
    let word = |incident: &Incident| {
        documents_for(incident.language.as_deref()).labels.open_again.to_owned()
    };
    let open = StateFault::Open { record: target.record.id.clone() };
    turn(target, EventType::Declared, event, &word, (false, open))
}

/// Logs a milestone, unless the record stands there already. One that cannot be read now keeps it.
fn turn(
    target: &Target,
    kind: EventType,
    event: LogRequest,
    word: &dyn Fn(&Incident) -> String,
    (is_open, already): (bool, StateFault),
) -> Result<(LogRequest, LogOutcome), Fault> {
    let loaded = target.workspace.project.load(&target.record).ok();
    if loaded.as_ref().is_some_and(|loaded| loaded.document.incident.is_open() != is_open) {
        return Err(already.into());
    }
    let incident = loaded.map(|loaded| loaded.document.incident).unwrap_or_default();
    let text = if event.text.is_empty() { word(&incident) } else { event.text };
    let event = LogRequest { text, kind: Some(kind), tells_status: true, ..event };
    let outcome = log(target, &event)?;
    Ok((event, outcome))
}

/// Returns what a record lacks that is closed now, with that request.
pub fn left_open(target: &Target, before: &Incident, request: &LogRequest) -> LeftOpen {
    let begun = [EventType::ImpactStart, EventType::Detected, EventType::Declared];
    let settled = before.settled();
    let latest = before.events.iter().filter_map(|event| event.at).map(|at| at.unix()).max();
    let silence = latest.map(|latest| target.workspace.now.unix() - latest);
    LeftOpen {
        unresolved: begun.iter().any(|kind| before.first(kind).is_some())
            && before.first(&EventType::Resolved).is_none(),
        steps: before.plan.iter().filter(|step| !settled(step)).count(),
        actions: before.actions.iter().filter(|action| action.done.is_none()).count(),
        silence: silence.filter(|seconds| request.at.is_none() && *seconds > 86_400),
    }
}
