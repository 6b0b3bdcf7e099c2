//! The parts of a planned step: an exact time, an end after it, and a unique id.

use crate::check::told_without_secrets;
use crate::fault::{Fault, Field, PlanFault};
use crate::lang::{Frame, Typed};
use crate::model::{Incident, made_step_ids};

use super::super::texts::accepted;
use super::super::when::read_time;

/// Returns a typed time if it is exact. A plan says when something is due; "about" would be lost.
pub(super) fn exact(typed: Typed, field: Field) -> Result<Typed, Fault> {
    if typed.moment.is_about() { Err(PlanFault::Approximate { field }.into()) } else { Ok(typed) }
}

/// Returns the typed end of a window that begins at `start`.
pub(super) fn window_end(text: &str, frame: &Frame, start: &Typed) -> Result<Typed, Fault> {
    let until = read_time(text, &frame.ending(start), Field::Until)?;
    if until.moment.is_before(&start.moment) {
        return Err(PlanFault::EndsBeforeItBegins.into());
    }
    Ok(until)
}

/// Returns the wanted id, or one made from the text; never one that is taken.
pub(super) fn free_id(
    incident: &Incident,
    wanted: Option<&str>,
    text: &str,
) -> Result<String, Fault> {
    if let Some(wanted) = wanted {
        let id = accepted(Field::Id, wanted)?;
        if incident.step(&id).is_some() {
            return Err(PlanFault::IdTaken { id }.into());
        }
        return Ok(id);
    }
    let mut ids = made_step_ids(&told_without_secrets(text));
    Ok(ids.find(|id| incident.step(id).is_none()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Moment, PlanStep};

    #[test]
    fn ids_are_made_of_the_words_and_are_free() {
        let at = Moment::parse("2024-09-07T18:00+09:00", None).unwrap();
        let taken = |id: &str| PlanStep { id: Some(id.to_owned()), ..PlanStep::new(at, "x") };
        let plan = vec![taken("deploy"), taken("deploy-2"), taken("step")];
        let incident = Incident { plan, ..Incident::default() };
        for (wanted, text, id) in [
            (None, "앱 배포", "앱-배포"),
            (None, "Deploy", "deploy-3"),
            (None, "!?", "step-2"),
            (None, "abcdefghijklmnopqrst", "abcdefghijklmnop"),
            (None, "Remove the flag everywhere", "remove-the-flag"),
            (Some(" own "), "Deploy", "own"),
        ] {
            assert_eq!(free_id(&incident, wanted, text).unwrap(), id, "{text:?}");
        }
        let fault = free_id(&incident, Some("deploy"), "x").unwrap_err();
        assert!(matches!(fault, Fault::Plan(PlanFault::IdTaken { id }) if id == "deploy"));
    }
}
