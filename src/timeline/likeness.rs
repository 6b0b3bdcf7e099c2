//! Which open step an event's words speak of. A hint, never a link.

use std::collections::HashSet;

use crate::model::{Incident, PlanStep};

const CLEAR: f64 = 0.6;
const AHEAD: f64 = 0.2;

/// The one open step whose words the text clearly shares, if there is one: not carried out, not
/// skipped, and well ahead of every other step.
pub fn likely_step<'i>(incident: &'i Incident, text: &str) -> Option<&'i PlanStep> {
    let pairs = letter_pairs(text);
    let mut scored: Vec<(f64, &PlanStep)> = incident
        .plan
        .iter()
        .map(|step| (likeness(&pairs, &letter_pairs(&step.text)), step))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (best, step) = *scored.first()?;
    let second = scored.get(1).map_or(0.0, |(score, _)| *score);
    let clear = best >= CLEAR && best - second >= AHEAD;
    (clear && is_open(incident, step)).then_some(step)
}

fn is_open(incident: &Incident, step: &PlanStep) -> bool {
    let carried_out = |id: &String| incident.events.iter().any(|event| event.steps.contains(id));
    step.skipped.is_none() && !step.id.as_ref().is_some_and(carried_out)
}

/// Pairs of neighbouring letters: particles and endings of Korean words matter little to them.
fn letter_pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> =
        text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Dice's coefficient, or how much of the shorter text the longer one holds.
fn likeness(a: &HashSet<(char, char)>, b: &HashSet<(char, char)>) -> f64 {
    let shared = a.intersection(b).count() as f64;
    let shorter = a.len().min(b.len());
    if shorter == 0 {
        return 0.0;
    }
    let dice = 2.0 * shared / (a.len() + b.len()) as f64;
    let held = if shorter >= 4 { shared / shorter as f64 * 0.9 } else { 0.0 };
    dice.max(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Moment};

    fn incident() -> Incident {
        let step = |id: &str, text: &str| PlanStep {
            id: Some(id.to_owned()),
            at: Moment::parse("2024-09-07T17:00+09:00", None).unwrap(),
            until: None,
            text: text.to_owned(),
            owner: None,
            revised: Vec::new(),
            skipped: None,
        };
        Incident {
            plan: vec![
                step("flag-on", "서버에서 진입 금지 플래그 설정"),
                step("deploy", "앱 배포"),
                step("video", "PV영상 공개"),
                step("flag-off", "서버 진입 금지 플래그 제거"),
            ],
            ..Incident::default()
        }
    }

    #[track_caller]
    fn means(text: &str, id: Option<&str>) {
        let incident = incident();
        let step = likely_step(&incident, text).and_then(|step| step.id.as_deref());
        assert_eq!(step, id, "{text}");
    }

    #[test]
    fn clear_words_only() {
        means("PV 영상 공개됨", Some("video"));
        means("서버 진입 금지 플래그를 제거함", Some("flag-off"));
        means("진입 금지 플래그", None);
        means("앱 진입 불가 확인", None);
        means("", None);
    }

    #[test]
    fn a_step_that_was_carried_out_is_not_meant() {
        let mut incident = incident();
        let at = incident.plan[0].at;
        incident.events.push(Event { steps: vec!["video".to_owned()], ..Event::new(at, "x") });
        assert_eq!(likely_step(&incident, "PV영상 공개"), None);
    }
}
