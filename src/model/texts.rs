//! Every text of a record, with the place it stands at.

use super::incident::{Attachment, Audience, Event, Incident};
use super::moment::Moment;

/// One text of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<'i> {
    /// Where: `events 3 detail`; events by their place in time.
    pub place: String,
    /// When what it tells of was or is to be, if it is of an event or a step.
    pub at: Option<Moment>,
    /// What it says.
    pub text: &'i str,
    /// It is for the team alone.
    pub internal: bool,
}

impl Incident {
    /// Every text, in the order of the record's keys; events in time.
    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = Texts::default();
        texts.add("title", &self.title);
        texts.option("kind", self.kind.as_deref());
        texts.option("version", self.version.as_deref());
        texts.option("severity", self.severity.as_deref());
        texts.option("summary", self.summary.as_deref());
        texts.option("impact", self.impact.as_deref());
        for (key, list) in
            [("services", &self.services), ("tags", &self.tags), ("categories", &self.categories)]
        {
            texts.list(key, list);
        }
        for (number, step) in self.plan.iter().enumerate() {
            let place = format!("plan {}", number + 1);
            texts.at = Some(step.at);
            texts.add(&place, &step.text);
            texts.option(&format!("{place} id"), step.id.as_deref());
            texts.option(&format!("{place} owner"), step.owner.as_deref());
            let whys = step.revised.iter().filter_map(|revision| revision.why.as_deref());
            let skipped = step.skipped.as_ref().and_then(|skip| skip.why.as_deref());
            whys.chain(skipped).for_each(|why| texts.add(&format!("{place} why"), why));
        }
        for (number, event) in self.events_in_time().into_iter().enumerate() {
            texts.event(&format!("events {}", number + 1), event);
        }
        (texts.at, texts.internal) = (None, false);
        texts.list("contributing_factors", &self.contributing_factors);
        for (key, list) in [
            ("lessons well", &self.lessons.well),
            ("lessons badly", &self.lessons.badly),
            ("lessons lucky", &self.lessons.lucky),
            ("lessons surprised", &self.lessons.surprised),
        ] {
            texts.list(key, list);
        }
        for (number, action) in self.actions.iter().enumerate() {
            let place = format!("actions {}", number + 1);
            texts.add(&place, &action.text);
            texts.option(&format!("{place} owner"), action.owner.as_deref());
            texts.option(&format!("{place} type"), action.kind.as_deref());
            texts.option(&format!("{place} ref"), action.reference.as_deref());
        }
        for (number, section) in self.sections.iter().enumerate() {
            texts.internal = section.audience == Audience::Internal;
            texts.add(&format!("sections {}", number + 1), &section.title);
            texts.add(&format!("sections {} body", number + 1), &section.body);
        }
        texts.internal = false;
        texts.files("attachments", &self.attachments);
        texts.found
    }
}

#[derive(Default)]
struct Texts<'i> {
    found: Vec<Text<'i>>,
    at: Option<Moment>,
    internal: bool,
}

impl<'i> Texts<'i> {
    fn add(&mut self, place: &str, text: &'i str) {
        let (at, internal) = (self.at, self.internal);
        self.found.push(Text { place: place.to_owned(), at, text, internal });
    }

    fn option(&mut self, place: &str, text: Option<&'i str>) {
        if let Some(text) = text {
            self.add(place, text);
        }
    }

    fn list(&mut self, place: &str, list: &'i [String]) {
        for (number, text) in list.iter().enumerate() {
            self.add(&format!("{place} {}", number + 1), text);
        }
    }

    fn event(&mut self, place: &str, event: &'i Event) {
        self.at = Some(event.at);
        self.internal = event.audience == Audience::Internal;
        self.add(place, &event.text);
        self.option(&format!("{place} type"), event.kind.as_ref().map(|kind| kind.word()));
        for (key, text) in [
            ("detail", &event.detail),
            ("why", &event.why),
            ("by", &event.by),
            ("from", &event.from),
            ("to", &event.to),
        ] {
            self.option(&format!("{place} {key}"), text.as_deref());
        }
        self.list(&format!("{place} refs"), &event.refs);
        for (name, value) in &event.metrics {
            self.add(&format!("{place} metrics"), name);
            self.add(&format!("{place} metrics {name}"), value);
        }
        self.files(&format!("{place} attachments"), &event.attachments);
    }

    fn files(&mut self, place: &str, files: &'i [Attachment]) {
        for file in files {
            self.add(&format!("{place} file"), &file.file);
            self.option(&format!("{place} alt"), file.alt.as_deref());
            self.option(&format!("{place} caption"), file.caption.as_deref());
            self.option(&format!("{place} width"), file.width.as_deref());
        }
    }
}
