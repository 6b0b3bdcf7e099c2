//! A record as the public may read it.

use crate::model::{Attachment, Audience, Event, Incident, PlanStep, Section};
use crate::timeline::{Row, rows};

/// A record without internal events and sections, without the steps and files that only those tell
/// of, and without names.
#[derive(Debug, Clone)]
pub struct PublicIncident {
    incident: Incident,
    /// How many entries were left out.
    left_out: usize,
    /// Places of events that carried out a step which the public is not told of.
    planned_inside: Vec<usize>,
}

impl PublicIncident {
    /// Takes out what is for the team alone. `role` says what a name is called in public; whoever has no
    /// role is not named.
    pub fn of(incident: &Incident, role: impl Fn(&str) -> Option<String>) -> PublicIncident {
        let inside = |step: &&PlanStep| has_internal_events(incident, step);
        let hidden: Vec<&String> =
            incident.plan.iter().filter(inside).filter_map(|step| step.id.as_ref()).collect();
        let is_hidden = |id: &String| hidden.contains(&id);
        let mut public = incident.clone();
        public.events.retain(|event| event.audience == Audience::Everyone);
        public.sections.retain(|section| section.audience == Audience::Everyone);
        public.plan.retain(|step| !has_internal_events(incident, step));
        public.attachments.retain(|file| !only_internal_sections(incident, file));
        let of_hidden = |(_, event): &(usize, &Event)| event.steps.iter().any(is_hidden);
        let planned_inside = public.events.iter().enumerate().filter(of_hidden);
        let planned_inside = planned_inside.map(|(at, _)| at).collect();
        public.events.iter_mut().for_each(|event| event.steps.retain(|id| !is_hidden(id)));
        let role = |name: &mut Option<String>| *name = name.as_deref().and_then(&role);
        role(&mut public.author);
        public.events.iter_mut().for_each(|event| role(&mut event.by));
        public.plan.iter_mut().for_each(|step| role(&mut step.owner));
        public.actions.iter_mut().for_each(|action| role(&mut action.owner));
        let left_out = entries(incident) - entries(&public);
        PublicIncident { incident: public, left_out, planned_inside }
    }

    /// Returns what is left of the record.
    pub fn incident(&self) -> &Incident {
        &self.incident
    }

    /// Returns how many events, sections and steps were left out.
    pub fn left_out(&self) -> usize {
        self.left_out
    }
}

fn entries(incident: &Incident) -> usize {
    incident.events.len() + incident.sections.len() + incident.plan.len()
}

/// Whether nobody outside may know all of how a step was carried out: what is left would make it "not
/// recorded", or later than it was.
fn has_internal_events(incident: &Incident, step: &PlanStep) -> bool {
    let Some(id) = &step.id else { return false };
    let mut events = incident.events.iter().filter(|event| event.steps.contains(id));
    events.any(|event| event.audience == Audience::Internal)
}

fn only_internal_sections(incident: &Incident, file: &Attachment) -> bool {
    let shown = |text: &str| {
        text.contains(&format!("]({}", file.file)) || text.contains(&format!("\"{}\"", file.file))
    };
    let internal = |section: &&Section| section.audience == Audience::Internal;
    let mut sections = incident.sections.iter();
    let inside = sections.clone().filter(internal).any(|section| shown(&section.body));
    let texts = [incident.summary.as_deref(), incident.impact.as_deref()];
    let outside =
        sections.any(|s| !internal(&s) && shown(&s.body)) || texts.into_iter().flatten().any(shown);
    inside && !outside
}

/// A record as it is shown: whole, or as the public may read it.
#[derive(Debug, Clone, Copy)]
pub enum Shown<'i> {
    /// To the team.
    Whole(&'i Incident),
    /// To everyone.
    Public(&'i PublicIncident),
}

impl<'i> Shown<'i> {
    /// Returns what is shown.
    pub fn incident(self) -> &'i Incident {
        match self {
            Shown::Whole(incident) => incident,
            Shown::Public(public) => &public.incident,
        }
    }

    /// Whether something was taken out: what is not here may well be recorded.
    pub fn withholds(self) -> bool {
        let Shown::Public(public) = self else { return false };
        public.left_out > 0
    }

    /// Returns plan and actual in rows. An event that carried out a step which is not shown is not
    /// unplanned.
    pub fn rows(self, tolerance: i64) -> Vec<Row<'i>> {
        let mut rows = rows(self.incident(), tolerance);
        if let Shown::Public(public) = self {
            let inside = |event: &Event| {
                public
                    .planned_inside
                    .iter()
                    .any(|at| std::ptr::eq(&public.incident.events[*at], event))
            };
            rows.retain(|row| row.step.is_some() || !row.events.iter().any(|event| inside(event)));
        }
        rows
    }
}

impl<'i> From<&'i Incident> for Shown<'i> {
    fn from(incident: &'i Incident) -> Shown<'i> {
        Shown::Whole(incident)
    }
}

impl<'i> From<&'i PublicIncident> for Shown<'i> {
    fn from(public: &'i PublicIncident) -> Shown<'i> {
        Shown::Public(public)
    }
}
