//! Suggestions on which events carried out which steps, with the reasons for each.

use serde::Serialize;

use crate::lang::Labels;
use crate::model::{Event, Incident, Zone};
use crate::timeline::{Aliases, Candidate, Order, Suggestion, candidates, suggestions};

use super::rows::{RowEvent, StepView, row_event, step_view};
use super::time::TimeFormatter;

/// Suggestions for one record, which are inferences until a person accepts them.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SuggestionsView {
    /// Version of this contract.
    pub view: u32,
    /// The record's id.
    pub id: String,
    /// The suggestions, in the order of the events.
    pub suggestions: Vec<SuggestionView>,
    /// Events that may have carried out steps for which there is no suggestion, based only on what was done, and when; in the
    /// order of the plan. `asrun link --apply` writes none of them.
    pub perhaps: Vec<CandidateView>,
    /// The fixed words of the record's language.
    pub labels: Labels,
}

/// An event that may have carried out a step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SuggestionView {
    /// Its number, from 1, as `asrun link --apply` uses it.
    pub number: usize,
    /// The event.
    pub event: RowEvent,
    /// The event's number, as `asrun show` prints it.
    pub event_number: usize,
    /// The step.
    pub step: StepView,
    /// How many of the step's words the event has, in percent; 0 if only order and time support the suggestion.
    pub words: u32,
    /// The event's time minus the planned time, in minutes.
    pub minutes: i64,
    /// Its position among the other pairs: `kept`, `only one left` or `crossed`.
    pub order: &'static str,
    /// The reasons for it, in words.
    pub reasons: Vec<String>,
}

/// An event with the same content as a step.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CandidateView {
    /// The event.
    pub event: RowEvent,
    /// The event's number, as `asrun show` prints it.
    pub event_number: usize,
    /// The step.
    pub step: StepView,
    /// The event's time minus the planned time, in minutes.
    pub minutes: i64,
    /// The same, in words.
    pub off: String,
}

/// Returns the suggestions for a record; `beside` is an additional zone for times.
pub fn suggestions_view(
    id: &str,
    incident: &Incident,
    aliases: &Aliases,
    beside: Option<Zone>,
) -> SuggestionsView {
    let teller = TimeFormatter::of(incident, beside);
    let found = suggestions(incident, aliases);
    let views =
        found.iter().enumerate().map(|(at, one)| suggestion(&teller, incident, at + 1, one));
    let candidate = |one: Candidate| CandidateView {
        event: row_event(&teller, one.event, ""),
        event_number: number_of(incident, one.event),
        step: step_view(&teller, one.step),
        minutes: one.deviation.seconds / 60,
        off: teller.off_by(one.deviation),
    };
    let perhaps = candidates(incident, aliases, &found).into_iter().map(candidate).collect();
    SuggestionsView {
        perhaps,
        view: 1,
        id: id.to_owned(),
        suggestions: views.collect(),
        labels: teller.words.labels,
    }
}

fn number_of(incident: &Incident, event: &Event) -> usize {
    let place = incident.events_in_time().iter().position(|other| std::ptr::eq(*other, event));
    place.map_or(0, |place| place + 1)
}

fn suggestion(
    teller: &TimeFormatter,
    incident: &Incident,
    number: usize,
    one: &Suggestion,
) -> SuggestionView {
    // A fraction between 0 and 1.
    let words = (one.words * 100.0).round() as u32;
    SuggestionView {
        number,
        event: row_event(teller, one.event, ""),
        event_number: number_of(incident, one.event),
        step: step_view(teller, one.step),
        words,
        minutes: one.deviation.seconds / 60,
        order: match one.order {
            Order::Kept => "kept",
            Order::OnlyOneLeft => "only one left",
            Order::Crossed => "crossed",
        },
        reasons: reasons(teller, one, words),
    }
}

fn reasons(teller: &TimeFormatter, one: &Suggestion, words: u32) -> Vec<String> {
    let labels = &teller.words.labels;
    let mut reasons = Vec::new();
    if words > 0 {
        reasons.push((teller.words.alike)(words));
    }
    reasons.push(teller.off_by(one.deviation));
    if one.running.seconds.abs() >= 300 {
        reasons.push((teller.words.running)(&teller.off_by(one.running)));
    }
    match one.order {
        Order::Kept => {}
        Order::OnlyOneLeft => reasons.push(labels.only_one_left.to_owned()),
        Order::Crossed => reasons.push(labels.out_of_order.to_owned()),
    }
    reasons
}
