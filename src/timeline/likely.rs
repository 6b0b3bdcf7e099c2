//! Which open step of a record a text means.

use crate::model::{Incident, PlanStep};

use super::aliases::Aliases;
use super::likeness::{CLEAR, Lexicon, Wording};

/// How far the best step must be ahead of the second.
const AHEAD: f64 = 0.2;

/// Returns the open step that a text clearly matches, if there is one: not carried out, not skipped, and well ahead of
/// every other step.
pub fn likely_step<'i>(
    incident: &'i Incident,
    text: &str,
    aliases: &Aliases,
) -> Option<&'i PlanStep> {
    LikelySteps::of(incident, aliases)?.of_words(text)
}

/// The steps of a record, to be compared with texts.
pub struct LikelySteps<'i> {
    lexicon: Lexicon,
    /// Each with its wordings, and whether it is still open.
    steps: Vec<(&'i PlanStep, Vec<Wording>, bool)>,
}

impl<'i> LikelySteps<'i> {
    /// Returns the steps of a record; `None` if no step is open.
    pub fn of(incident: &'i Incident, aliases: &Aliases) -> Option<LikelySteps<'i>> {
        // Texts are only analysed if it may matter: logging every event does this.
        let settled = incident.settled();
        if incident.plan.iter().all(&settled) {
            return None;
        }
        let lexicon = Lexicon::of(incident.plan.iter().map(|step| step.text.as_str()));
        let called = |step: &'i PlanStep| {
            let wording = lexicon.wording(&step.text);
            let called = aliases.wordings(&wording).cloned().collect();
            (step, called, !settled(step))
        };
        let steps = incident.plan.iter().map(called).collect();
        Some(LikelySteps { lexicon, steps })
    }

    /// Notes that steps were carried out: they match no text any more.
    pub fn settle(&mut self, ids: &[String]) {
        for (step, _, open) in &mut self.steps {
            *open &= !step.id.as_ref().is_some_and(|id| ids.contains(id));
        }
    }

    /// Returns the step that a text matches.
    pub fn of_words(&self, text: &str) -> Option<&'i PlanStep> {
        let wording = self.lexicon.wording(text);
        let like = |called: &[Wording]| {
            called.iter().map(|step| step.carried_out_by(&wording)).fold(0.0, f64::max)
        };
        let mut scored: Vec<(f64, &PlanStep, bool)> =
            self.steps.iter().map(|(step, called, open)| (like(called), *step, *open)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, step, is_open) = *scored.first()?;
        let second = scored.get(1).map_or(0.0, |(score, _, _)| *score);
        let clear = best >= CLEAR && best - second >= AHEAD;
        (clear && is_open).then_some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Moment};

    fn incident() -> Incident {
        let step = |id: &str, text: &str| PlanStep {
            id: Some(id.to_owned()),
            ..PlanStep::new(Moment::parse("2024-09-07T17:00+09:00", None).unwrap(), text)
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
        let step =
            likely_step(&incident, text, &Aliases::default()).and_then(|step| step.id.as_deref());
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
    fn a_step_that_was_carried_out_is_not_selected() {
        let mut incident = incident();
        let at = incident.plan[0].at;
        incident.events.push(Event { steps: vec!["video".to_owned()], ..Event::new(at, "x") });
        assert_eq!(likely_step(&incident, "PV영상 공개", &Aliases::default()), None);
    }
}
