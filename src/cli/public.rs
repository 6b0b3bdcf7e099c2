//! What goes out to everyone: taken out, and looked at once more.

use crate::check::leaks;
use crate::model::Incident;
use crate::store::Loaded;

use super::context::Context;
use super::errors::Failure;

/// The record without what is for the team alone; says how much that was.
pub(super) fn left_out(context: &Context, loaded: &mut Loaded, settings: &crate::format::Settings) {
    let incident = &mut loaded.document.incident;
    let public = incident.for_public(|name| settings.roles.get(name).cloned());
    let out = entries(incident) - entries(&public);
    if out > 0 {
        let plural = if out == 1 { "entry" } else { "entries" };
        context.say(&format!("left out {out} internal {plural} of {}", loaded.id));
    }
    *incident = public;
}

fn entries(incident: &Incident) -> usize {
    incident.events.len() + incident.sections.len() + incident.plan.len()
}

/// Refuses a record whose texts look as if they should not go out.
pub(super) fn look_over(loaded: &Loaded) -> Result<(), Failure> {
    let found = leaks(&loaded.document.incident);
    if found.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = found
        .iter()
        .map(|leak| format!("{}: looks like {}: {}", leak.place, leak.kind.words(), leak.excerpt))
        .collect();
    Err(Failure::new(format!(
        "{}: nothing was written, since this should perhaps not go out:\n    {}",
        loaded.id,
        lines.join("\n    ")
    ))
    .hint("take it out of the record, or mark its entry `audience: internal`")
    .hint("if it may go out: --publish-anyway"))
}
