//! Which steps of an old plan the next one does without, and what the others wait for then.

use crate::model::{After, EventType, Incident, Length, Moment, PlanStep};

/// Returns, for each step of a plan, whether the next plan does without it: it was skipped, no event is about it, and
/// nothing had failed when that was decided. What was skipped after a step had failed for good, or after the rollback
/// had been called, is still to be done; so is what was skipped at an unknown time in such a release.
pub fn left_out(incident: &Incident) -> Vec<bool> {
    let turns = turns(incident);
    let given_up = |step: &PlanStep| {
        let skip = step.skipped.as_ref().filter(|_| incident.last_event_of(step).is_none());
        let before = |turn: &Option<Moment>| {
            let decided = skip.and_then(|skip| skip.on);
            decided.zip(*turn).is_some_and(|(on, turn)| on.is_before(&turn))
        };
        skip.is_some() && turns.iter().all(before)
    };
    incident.plan.iter().map(given_up).collect()
}

/// Returns when the release failed or turned back: the events of rollback steps, and the failures of steps that were
/// not done afterwards. `None` for an event without a time.
fn turns(incident: &Incident) -> Vec<Option<Moment>> {
    let fails = |step: &PlanStep| {
        incident.last_event_of(step).is_some_and(|event| event.is(&EventType::Failed))
    };
    let turned = incident.events.iter().filter(|event| {
        let mut steps = event.steps.iter().filter_map(|id| incident.step(id));
        steps.any(|step| step.rollback || event.is(&EventType::Failed) && fails(step))
    });
    turned.map(|event| event.at).collect()
}

/// Returns what a step waits for in a plan without the steps that are left out: in place of each of them what that one
/// waited for, with both gaps.
pub(super) fn waits_without(incident: &Incident, step: &PlanStep, left_out: &[bool]) -> Vec<After> {
    let mut waits: Vec<After> = Vec::new();
    let mut open: Vec<After> = step.after.iter().rev().cloned().collect();
    let mut seen = vec![false; incident.plan.len()];
    while let Some(after) = open.pop() {
        let place = incident.step(&after.step).and_then(|other| incident.place_of_step(other));
        match place.filter(|place| left_out.get(*place) == Some(&true)) {
            Some(place) if !seen[place] => {
                seen[place] = true;
                let before = incident.plan[place].after.iter().rev();
                open.extend(before.map(|before| later(before, after.gap)));
            }
            Some(_) => {}
            None => match waits.iter_mut().find(|known| known.step == after.step) {
                Some(known) if known.gap.seconds() < after.gap.seconds() => known.gap = after.gap,
                Some(_) => {}
                None => waits.push(after),
            },
        }
    }
    waits
}

/// The same dependency with a longer gap.
fn later(after: &After, gap: Length) -> After {
    let sum = Length::of(after.gap.seconds() + gap.seconds());
    After { step: after.step.clone(), gap: sum.unwrap_or(after.gap) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Skip};

    fn moment(clock: &str) -> Moment {
        Moment::parse(&format!("2026-12-05T{clock}+09:00"), None).unwrap()
    }

    /// Returns a plan of steps that each wait for the one before, the last one of them a rollback step.
    fn plan(skips: &[(&str, Option<&str>)]) -> Incident {
        let ids = ["migrate", "deploy", "tell", "back"];
        let mut incident = Incident::default();
        for (place, id) in ids.into_iter().enumerate() {
            let before = place.checked_sub(1).map(|before| ids[before]);
            let after = before.map(|before| After { step: before.to_owned(), gap: minutes(10) });
            let skip = skips.iter().find(|(skipped, _)| *skipped == id);
            incident.plan.push(PlanStep {
                id: Some(id.to_owned()),
                after: after.into_iter().collect(),
                rollback: id == "back",
                skipped: skip.map(|(_, on)| Skip { on: on.map(moment), why: None }),
                ..PlanStep::new(moment("10:00"), id)
            });
        }
        incident
    }

    fn minutes(count: i64) -> Length {
        Length::of(count * 60).unwrap()
    }

    #[test]
    fn what_was_skipped_since_the_release_failed_is_still_to_be_done() {
        let (failed, done, began) = (EventType::Failed, EventType::Done, EventType::Started);
        let skips = [("deploy", Some("10:20")), ("tell", Some("10:40"))];
        for (skips, events, expected) in [
            (&skips, vec![], "deploy tell"),
            (&skips, vec![("migrate", "10:30", &done)], "deploy tell"),
            (&skips, vec![("migrate", "10:30", &failed)], "deploy"),
            (&skips, vec![("migrate", "10:10", &failed)], ""),
            (
                &skips,
                vec![("migrate", "10:10", &failed), ("migrate", "10:15", &done)],
                "deploy tell",
            ),
            (&skips, vec![("back", "10:30", &began)], "deploy"),
            // The rollback was called after the failure, and what was skipped between is still to be done.
            (&skips, vec![("migrate", "10:10", &failed), ("back", "10:50", &began)], ""),
            // Nobody knows when it was skipped.
            (&[("deploy", None), ("tell", None)], vec![("back", "10:30", &began)], ""),
            (&[("deploy", None), ("tell", None)], vec![], "deploy tell"),
        ] {
            let mut incident = plan(skips);
            incident.events = (events.iter())
                .map(|(id, at, kind)| Event {
                    steps: vec![(*id).to_owned()],
                    kind: Some((*kind).clone()),
                    ..Event::new(moment(at), "x")
                })
                .collect();
            let left = left_out(&incident);
            let left = incident.plan.iter().zip(left).filter(|(_, left)| *left);
            let left: Vec<&str> = left.map(|(step, _)| &*step.text).collect();
            assert_eq!(left.join(" "), expected, "{events:?}");
        }
    }

    #[test]
    fn what_waits_for_a_step_left_out_waits_for_what_that_one_waited_for() {
        let mut incident = plan(&[]);
        let waits = |incident: &Incident, left: [bool; 4]| {
            let told = waits_without(incident, &incident.plan[3], &left);
            told.iter().map(After::to_string).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(waits(&incident, [false; 4]), "tell +10m");
        assert_eq!(waits(&incident, [false, false, true, false]), "deploy +20m");
        assert_eq!(waits(&incident, [false, true, true, false]), "migrate +30m");
        assert_eq!(waits(&incident, [true, true, true, false]), "");
        incident.plan[3].after.push(After::new("deploy"));
        assert_eq!(waits(&incident, [false, false, true, false]), "deploy +20m");
        // A circle ends.
        incident.plan[1].after = vec![After::new("tell")];
        assert_eq!(waits(&incident, [false, true, true, false]), "");
    }
}
