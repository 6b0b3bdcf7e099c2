//! How a step, or a sort of trouble, went every time.

use crate::model::{Event, Incident};
use crate::timeline::{Row, rows};

use super::search::Wanted;

/// One time that it was planned or happened.
#[derive(Debug)]
pub enum Past<'i> {
    /// A step of the plan, with what became of it.
    Step(Row<'i>),
    /// An event that no step planned.
    Event(&'i Event),
}

/// Every step and unplanned event of a record whose id, words or type hold what is asked for; every
/// unplanned event if one of the record's tags is exactly that.
pub fn past<'i>(incident: &'i Incident, wanted: &Wanted, tolerance: i64) -> Vec<Past<'i>> {
    let tagged = incident.tags.iter().any(|tag| wanted.is(tag));
    let holds = |text: &str| wanted.holds(text);
    let mut found = Vec::new();
    for row in rows(incident, tolerance) {
        match row.step {
            Some(step) => {
                let named = step.id.as_deref().is_some_and(holds) || holds(&step.text);
                found.extend(named.then_some(Past::Step(row)));
            }
            None => {
                let about = |event: &&Event| {
                    let kind = event.kind.as_ref().is_some_and(|kind| holds(kind.word()));
                    tagged || kind || holds(&event.text)
                };
                found.extend(row.events.into_iter().filter(about).map(Past::Event));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Moment, PlanStep};

    #[test]
    fn steps_and_troubles_by_words_and_tags() {
        let at = Moment::parse("2024-09-07T17:00+09:00", None).unwrap();
        let step =
            |id: &str, text: &str| PlanStep { id: Some(id.to_owned()), ..PlanStep::new(at, text) };
        let incident = Incident {
            tags: vec!["리젝".to_owned()],
            plan: vec![step("review", "앱스토어 심사"), step("deploy", "앱 배포")],
            events: vec![Event::new(at, "심사 리젝"), Event::new(at, "서버 멈춤")],
            ..Incident::default()
        };
        let count = |typed: &str| past(&incident, &Wanted::read(typed).unwrap(), 300).len();
        assert_eq!(count("review"), 1);
        assert_eq!(count("심사"), 2);
        assert_eq!(count("리젝"), 2);
        assert_eq!(count("없는말"), 0);
    }
}
