//! What goes out to everyone: taken out, and looked at once more.

use crate::check::{Leak, leaks};
use crate::format::{Settings, UnknownKey};
use crate::model::Incident;
use crate::store::{Loaded, Project};
use crate::yaml::Position;

use super::context::Context;
use super::errors::Failure;

/// Takes out what is for the team alone, and says how much that was.
pub(super) fn left_out(loaded: &mut Loaded, settings: &Settings) -> Option<String> {
    let incident = &mut loaded.document.incident;
    let public = incident.for_public(|name| settings.roles.get(name).cloned());
    let out = entries(incident) - entries(&public);
    *incident = public;
    let plural = if out == 1 { "entry" } else { "entries" };
    (out > 0).then(|| format!("left out {out} internal {plural} of {}", loaded.id))
}

/// Reads a record for the team, or as the public may read it.
pub(super) fn load_for(
    context: &Context,
    project: &Project,
    record: Option<&str>,
    public: bool,
) -> Result<Loaded, Failure> {
    let mut loaded = context.load(project, record)?;
    if public {
        left_out(&mut loaded, &project.settings).iter().for_each(|note| context.say(note));
        look_over(&loaded)?;
    }
    Ok(loaded)
}

fn entries(incident: &Incident) -> usize {
    incident.events.len() + incident.sections.len() + incident.plan.len()
}

/// Refuses a record whose texts look as if they should not go out, or that may have meant to keep
/// something inside.
pub(super) fn look_over(loaded: &Loaded) -> Result<(), Failure> {
    let hides = |key: &&UnknownKey| {
        let key_word = key.key.to_lowercase();
        key.nearest == Some("audience")
            || ["audience", "internal", "private"].contains(&key_word.as_str())
    };
    let text = loaded.document.text();
    let file = format!("incidents/{}.yaml", loaded.id);
    if let Some(key) = loaded.document.unknown.iter().find(hides) {
        let place = Position::of(text, key.at);
        return Err(Failure::new(format!(
            "{file}:{place}: asrun does not know `{}`, so it would keep nothing from the public; nothing was shown or written",
            key.key
        ))
        .hint("what is for the team alone says `audience: internal`"));
    }
    let found = leaks(&loaded.document.incident);
    if found.is_empty() {
        return Ok(());
    }
    let line = |leak: &Leak| {
        let at = text.find(leak.found.as_str()).map(|at| Position::of(text, at));
        let place = at.map_or_else(|| leak.place.clone(), |at| format!("{at} ({})", leak.place));
        format!("\n    {place}: looks like {}: {}", leak.kind.words(), leak.excerpt)
    };
    let lines: String = found.iter().map(line).collect();
    Err(Failure::new(format!(
        "{file} may hold what is not for the public, so nothing was shown or written:{lines}"
    ))
    .hint("take it out of the record, or mark its entry `audience: internal`")
    .hint("if it may go out: asrun render --publish-anyway"))
}
