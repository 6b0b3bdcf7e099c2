//! Every text of a record, with the place it stands at.

use std::fmt;

use super::incident::{Attachment, Audience, Event, Incident, PlanStep};
use super::moment::Moment;

/// One text of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<'i> {
    /// Where it stands.
    pub place: Place<'i>,
    /// When what it tells of was or is to be, if it is of an event or a step.
    pub at: Option<Moment>,
    /// What it says.
    pub text: &'i str,
    /// It is for the team alone.
    pub internal: bool,
}

/// Where a text stands: `events 3 detail`, `lessons well 1`; events by their place in time. It is
/// put into words only when somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Place<'i> {
    /// The record's key.
    list: &'static str,
    /// Which of its items, from 1.
    number: Option<usize>,
    /// The item's key.
    key: &'static str,
    /// Which of that key's items, from 1.
    inner: Option<usize>,
    /// What it is called there.
    name: &'i str,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.list)?;
        let number = |f: &mut fmt::Formatter<'_>, number: Option<usize>| match number {
            Some(number) => write!(f, " {number}"),
            None => Ok(()),
        };
        number(f, self.number)?;
        if !self.key.is_empty() {
            write!(f, " {}", self.key)?;
        }
        number(f, self.inner)?;
        if self.name.is_empty() { Ok(()) } else { write!(f, " {}", self.name) }
    }
}

impl Incident {
    /// Every text, in the order of the record's keys; events in time.
    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = Texts::default();
        texts.head("title", Some(&self.title));
        texts.head("kind", self.kind.as_deref());
        texts.head("version", self.version.as_deref());
        texts.head("severity", self.severity.as_deref());
        texts.head("summary", self.summary.as_deref());
        texts.head("impact", self.impact.as_deref());
        for (key, list) in
            [("services", &self.services), ("tags", &self.tags), ("categories", &self.categories)]
        {
            texts.list(key, "", list);
        }
        for (number, step) in self.plan.iter().enumerate() {
            texts.step(number + 1, step);
        }
        for (number, event) in self.events_in_time().into_iter().enumerate() {
            texts.event(number + 1, event);
        }
        (texts.at, texts.internal) = (None, false);
        texts.list("contributing_factors", "", &self.contributing_factors);
        for (key, list) in [
            ("well", &self.lessons.well),
            ("badly", &self.lessons.badly),
            ("lucky", &self.lessons.lucky),
            ("surprised", &self.lessons.surprised),
        ] {
            texts.list("lessons", key, list);
        }
        for (number, action) in self.actions.iter().enumerate() {
            texts.item("actions", number + 1);
            texts.add("", &action.text);
            texts.option("owner", action.owner.as_deref());
            texts.option("type", action.kind.as_deref());
            texts.option("ref", action.reference.as_deref());
        }
        for (number, section) in self.sections.iter().enumerate() {
            texts.internal = section.audience == Audience::Internal;
            texts.item("sections", number + 1);
            texts.add("", &section.title);
            texts.add("body", &section.body);
        }
        texts.internal = false;
        texts.place = Place { list: "attachments", ..Place::default() };
        texts.files(["file", "alt", "caption", "width"], &self.attachments);
        texts.found
    }
}

#[derive(Default)]
struct Texts<'i> {
    found: Vec<Text<'i>>,
    /// The item whose texts are taken.
    place: Place<'i>,
    at: Option<Moment>,
    internal: bool,
}

impl<'i> Texts<'i> {
    fn item(&mut self, list: &'static str, number: usize) {
        self.place = Place { list, number: Some(number), ..Place::default() };
    }

    fn put(&mut self, place: Place<'i>, text: &'i str) {
        self.found.push(Text { place, at: self.at, text, internal: self.internal });
    }

    fn add(&mut self, key: &'static str, text: &'i str) {
        self.put(Place { key, ..self.place }, text);
    }

    fn option(&mut self, key: &'static str, text: Option<&'i str>) {
        if let Some(text) = text {
            self.add(key, text);
        }
    }

    fn head(&mut self, key: &'static str, text: Option<&'i str>) {
        self.place = Place { list: key, ..Place::default() };
        self.option("", text);
    }

    fn list(&mut self, list: &'static str, key: &'static str, texts: &'i [String]) {
        for (number, text) in texts.iter().enumerate() {
            let place = Place { list, key, inner: Some(number + 1), ..Place::default() };
            self.put(place, text);
        }
    }

    fn step(&mut self, number: usize, step: &'i PlanStep) {
        self.item("plan", number);
        self.at = Some(step.at);
        self.add("", &step.text);
        self.option("id", step.id.as_deref());
        self.option("owner", step.owner.as_deref());
        let whys = step.revised.iter().filter_map(|revision| revision.why.as_deref());
        let skipped = step.skipped.as_ref().and_then(|skip| skip.why.as_deref());
        whys.chain(skipped).for_each(|why| self.add("why", why));
    }

    fn event(&mut self, number: usize, event: &'i Event) {
        self.item("events", number);
        self.at = Some(event.at);
        self.internal = event.audience == Audience::Internal;
        self.add("", &event.text);
        self.option("type", event.kind.as_ref().map(|kind| kind.word()));
        for (key, text) in [
            ("detail", &event.detail),
            ("why", &event.why),
            ("by", &event.by),
            ("from", &event.from),
            ("to", &event.to),
        ] {
            self.option(key, text.as_deref());
        }
        for (number, link) in event.refs.iter().enumerate() {
            self.put(Place { key: "refs", inner: Some(number + 1), ..self.place }, link);
        }
        for (name, value) in &event.metrics {
            self.add("metrics", name);
            self.put(Place { key: "metrics", name, ..self.place }, value);
        }
        let keys =
            ["attachments file", "attachments alt", "attachments caption", "attachments width"];
        self.files(keys, &event.attachments);
    }

    fn files(&mut self, keys: [&'static str; 4], files: &'i [Attachment]) {
        for file in files {
            self.add(keys[0], &file.file);
            self.option(keys[1], file.alt.as_deref());
            self.option(keys[2], file.caption.as_deref());
            self.option(keys[3], file.width.as_deref());
        }
    }
}
