//! Every text of a record, with its place in the record.

use std::collections::HashMap;
use std::fmt;

use super::incident::{
    Action, Attachment, Audience, Event, EventType, Imported, Incident, Lessons, Note, PlanStep,
    Review, Revision, Section, Skip,
};
use super::length::After;
use super::moment::Moment;
use super::post::Post;

/// Replaces a text that was removed for good: plain words in YAML, Markdown and HTML.
pub const REMOVED: &str = "(removed)";

/// One text of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<'i> {
    /// Its place in the record.
    pub place: TextPlace<'i>,
    /// When its event happened or its step is planned, if it belongs to one.
    pub at: Option<Moment>,
    /// The text itself.
    pub text: &'i str,
    /// Only the team may read it.
    pub internal: bool,
}

/// The place of a text: `events 3 detail`, `lessons well 1`; events are numbered chronologically. It is only formatted
/// on demand.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TextPlace<'i> {
    /// The record's key.
    list: &'static str,
    /// Which of its items, from 1.
    number: Option<usize>,
    /// The item's key.
    key: &'static str,
    /// Which of that key's items, from 1.
    inner: Option<usize>,
    /// The name of this entry, such as a metric's.
    name: &'i str,
}

/// A step on the way to a text in a record's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathStep<'i> {
    /// A key.
    Key(&'i str),
    /// An item of a list, from 0.
    Item(usize),
}

impl TextPlace<'_> {
    /// Whether it says who did something, is to do it, or wrote the record.
    pub fn names_somebody(&self) -> bool {
        ["by", "owner"].contains(&self.key) || self.list == "author"
    }

    /// Returns whether it is the id of the item whose text is `other`.
    pub fn is_id_of(&self, other: &TextPlace) -> bool {
        self.key == "id"
            && other.key.is_empty()
            && (self.list, self.number) == (other.list, other.number)
    }

    /// Whether it is the same key of the same list, of whichever item.
    pub fn is_like(&self, other: &TextPlace) -> bool {
        (self.list, self.key, self.name) == (other.list, other.key, other.name)
    }

    /// Returns the keys and, from 0, the numbers of items that lead to it in a record's file; `events` are its places
    /// of events, in chronological order.
    pub fn path(&self, events: &[usize]) -> Vec<PathStep<'_>> {
        let item = |number: usize| match self.list {
            "events" => events.get(number - 1).copied().unwrap_or(number - 1),
            _ => number - 1,
        };
        let text = if self.list == "sections" { "title" } else { "text" };
        let key = if self.number.is_some() && self.key.is_empty() { text } else { self.key };
        let keys = key.split(' ').chain([self.name]).filter(|key| !key.is_empty());
        let list = [PathStep::Key(self.list)]
            .into_iter()
            .chain(self.number.map(|n| PathStep::Item(item(n))));
        let inner = self.inner.map(|number| PathStep::Item(number - 1));
        list.chain(keys.map(PathStep::Key)).chain(inner).collect()
    }

    /// Whether it is a reference (an address, a file name or the id of a step): changing it would break it.
    pub fn leads_somewhere(&self) -> bool {
        ["file", "attachments file", "refs", "ref", "id", "step", "images", "source"]
            .contains(&self.key)
            || self.list == "imported"
    }
}

impl fmt::Display for TextPlace<'_> {
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

// Every type below is destructured by field, so that the compiler asks whether a new field is a text: search, the
// detection of secrets and public rendering rely on it.
impl Incident {
    /// Returns every text, in the order of the record's keys; events chronologically.
    pub fn texts(&self) -> Vec<Text<'_>> {
        let Incident {
            title,
            kind,
            version,
            severity,
            date: _,
            zone: _,
            language: _,
            author,
            services,
            tags,
            categories,
            published: _,
            review,
            post,
            sample: _,
            archived: _,
            summary,
            impact,
            plan,
            events: _,
            contributing_factors,
            lessons,
            actions,
            sections,
            attachments,
            imported,
        } = self;
        let mut texts = Texts::default();
        texts.head("title", Some(title));
        for (key, text) in [("kind", kind), ("version", version), ("severity", severity)] {
            texts.head(key, text.as_deref());
        }
        for (key, text) in [("author", author), ("summary", summary), ("impact", impact)] {
            texts.head(key, text.as_deref());
        }
        for (key, list) in [("services", services), ("tags", tags), ("categories", categories)] {
            texts.list(key, "", list);
        }
        texts.review(review.as_ref());
        texts.post(post);
        for (number, step) in plan.iter().enumerate() {
            texts.step(number + 1, step);
        }
        for (number, event) in self.events_in_time().into_iter().enumerate() {
            texts.event(number + 1, event);
        }
        (texts.at, texts.internal) = (None, false);
        texts.notes("contributing_factors", "", contributing_factors);
        texts.lessons(lessons);
        for (number, action) in actions.iter().enumerate() {
            texts.action(number + 1, action);
        }
        (1..).zip(sections).for_each(|(number, section)| texts.section(number, section));
        texts.internal = false;
        texts.place = TextPlace { list: "attachments", ..TextPlace::default() };
        texts.files(["file", "alt", "caption", "width"], attachments);
        (1..).zip(imported).for_each(|(number, imported)| texts.imported(number, imported));
        texts.found
    }
}

/// Every text of a type below, mutable; `None` stands for a keyword of asrun's own.
type Slots<'i> = Vec<Option<&'i mut String>>;

impl Incident {
    /// Returns every text as mutable, at the same index as in [`Incident::texts`].
    pub fn texts_mut(&mut self) -> Vec<Option<&mut String>> {
        let order = self.order_of_events();
        let Incident {
            title,
            kind,
            version,
            severity,
            date: _,
            zone: _,
            language: _,
            author,
            services,
            tags,
            categories,
            published: _,
            review,
            post,
            sample: _,
            archived: _,
            summary,
            impact,
            plan,
            events,
            contributing_factors,
            lessons,
            actions,
            sections,
            attachments,
            imported,
        } = self;
        let mut slots: Slots = vec![Some(title)];
        for head in [kind, version, severity, author, summary, impact] {
            slots.extend(head.as_mut().map(Some));
        }
        for list in [services, tags, categories] {
            slots.extend(list.iter_mut().map(Some));
        }
        slots.extend(review.as_mut().into_iter().flat_map(Review::slots));
        post.slots(&mut slots);
        plan.iter_mut().for_each(|step| step.slots(&mut slots));
        let mut events: Vec<Option<&mut Event>> = events.iter_mut().map(Some).collect();
        let in_time = order.into_iter().filter_map(|place| events[place].take());
        in_time.for_each(|event| event.slots(&mut slots));
        slots.extend(contributing_factors.iter_mut().map(|note| Some(&mut note.text)));
        for list in lessons.lists_mut() {
            slots.extend(list.iter_mut().map(|note| Some(&mut note.text)));
        }
        for Action { text, owner, due: _, kind, done: _, reference, audience: _, source } in actions
        {
            slots.push(Some(text));
            slots.extend([owner, kind, reference, source].into_iter().flatten().map(Some));
        }
        for Section { title, body, audience: _ } in sections {
            slots.extend([Some(title), Some(body)]);
        }
        attachments.iter_mut().for_each(|file| file.slots(&mut slots));
        imported.iter_mut().for_each(|imported| imported.slots(&mut slots));
        slots
    }

    /// Returns the place among [`Incident::events`] of every event, in chronological order.
    pub fn order_of_events(&self) -> Vec<usize> {
        let places: HashMap<*const Event, usize> = self
            .events
            .iter()
            .enumerate()
            .map(|(place, event)| (std::ptr::from_ref(event), place))
            .collect();
        let in_time = self.events_in_time().into_iter();
        in_time.filter_map(|event| places.get(&std::ptr::from_ref(event)).copied()).collect()
    }
}

impl Imported {
    fn slots<'i>(&'i mut self, slots: &mut Slots<'i>) {
        let Imported { from, sha256, on: _, left_out } = self;
        slots.push(Some(from));
        slots.extend(sha256.iter_mut().chain(left_out).map(Some));
    }
}

impl Post {
    fn slots<'i>(&'i mut self, slots: &mut Slots<'i>) {
        let Post {
            layout: _,
            show: _,
            hide: _,
            heading,
            plan_title,
            before_plan,
            after_plan,
            pictures: _,
            images,
            baseurl,
            front_matter,
        } = self;
        let texts = [heading, plan_title, before_plan, after_plan, images, baseurl, front_matter];
        slots.extend(texts.into_iter().flatten().map(Some));
    }
}

impl Review {
    fn slots(&mut self) -> impl Iterator<Item = Option<&mut String>> {
        let texts = match self {
            Review::Draft => [None, None],
            Review::Reviewed { by, on: _, of } => [by.as_mut(), of.as_mut()],
        };
        texts.into_iter().flatten().map(Some)
    }
}

impl PlanStep {
    fn slots<'i>(&'i mut self, slots: &mut Slots<'i>) {
        let PlanStep {
            id,
            at: _,
            due: _,
            until: _,
            text,
            owner,
            after,
            takes: _,
            decision: _,
            rollback: _,
            if_failed,
            command,
            revised,
            skipped,
            source,
        } = self;
        slots.push(Some(text));
        slots.extend([id, owner].into_iter().flatten().map(Some));
        slots.extend(after.iter_mut().map(|after| Some(&mut after.step)));
        slots.extend([if_failed, command].into_iter().flatten().map(Some));
        for Revision { from: _, until: _, on: _, why } in revised {
            slots.extend(why.as_mut().map(Some));
        }
        if let Some(Skip { on: _, why }) = skipped {
            slots.extend(why.as_mut().map(Some));
        }
        slots.extend(source.as_mut().map(Some));
    }
}

impl Event {
    fn slots<'i>(&'i mut self, slots: &mut Slots<'i>) {
        let Event {
            at: _,
            until: _,
            logged: _,
            text,
            kind,
            steps,
            by,
            why,
            next_update: _,
            key: _,
            audience: _,
            from,
            to,
            detail,
            attachments,
            refs,
            metrics,
            printed,
            source,
        } = self;
        slots.push(Some(text));
        slots.extend(kind.as_mut().map(|kind| match kind {
            EventType::Other(word) => Some(word),
            _ => None,
        }));
        slots.extend([detail, why, by, from, to].into_iter().flatten().map(Some));
        slots.extend(steps.iter_mut().chain(refs).map(Some));
        for (name, value) in metrics {
            slots.extend([Some(name), Some(value)]);
        }
        slots.extend([printed, source].into_iter().flatten().map(Some));
        attachments.iter_mut().for_each(|file| file.slots(slots));
    }
}

impl Attachment {
    fn slots<'i>(&'i mut self, slots: &mut Slots<'i>) {
        let Attachment { file, alt, width, caption, audience: _ } = self;
        slots.push(Some(file));
        slots.extend([alt, caption, width].into_iter().flatten().map(Some));
    }
}

#[derive(Default)]
struct Texts<'i> {
    found: Vec<Text<'i>>,
    /// The item whose texts are collected.
    place: TextPlace<'i>,
    at: Option<Moment>,
    internal: bool,
}

impl<'i> Texts<'i> {
    fn item(&mut self, list: &'static str, number: usize) {
        self.place = TextPlace { list, number: Some(number), ..TextPlace::default() };
    }

    fn put(&mut self, place: TextPlace<'i>, text: &'i str) {
        self.found.push(Text { place, at: self.at, text, internal: self.internal });
    }

    fn add(&mut self, key: &'static str, text: &'i str) {
        self.put(TextPlace { key, ..self.place }, text);
    }

    fn option(&mut self, key: &'static str, text: Option<&'i str>) {
        if let Some(text) = text {
            self.add(key, text);
        }
    }

    fn head(&mut self, key: &'static str, text: Option<&'i str>) {
        self.place = TextPlace { list: key, ..TextPlace::default() };
        self.option("", text);
    }

    fn list(&mut self, list: &'static str, key: &'static str, texts: &'i [String]) {
        for (number, text) in texts.iter().enumerate() {
            let place = TextPlace { list, key, inner: Some(number + 1), ..TextPlace::default() };
            self.put(place, text);
        }
    }

    fn notes(&mut self, list: &'static str, key: &'static str, notes: &'i [Note]) {
        for (number, Note { text, audience }) in notes.iter().enumerate() {
            self.internal = *audience == Audience::Internal;
            let place = TextPlace { list, key, inner: Some(number + 1), ..TextPlace::default() };
            self.put(place, text);
        }
        self.internal = false;
    }

    fn post(&mut self, post: &'i Post) {
        let Post {
            layout: _,
            show: _,
            hide: _,
            heading,
            plan_title,
            before_plan,
            after_plan,
            pictures: _,
            images,
            baseurl,
            front_matter,
        } = post;
        self.place = TextPlace { list: "post", ..TextPlace::default() };
        for (key, text) in [
            ("heading", heading),
            ("plan_title", plan_title),
            ("before_plan", before_plan),
            ("after_plan", after_plan),
            ("images", images),
            ("baseurl", baseurl),
            ("front_matter", front_matter),
        ] {
            self.option(key, text.as_deref());
        }
    }

    fn step(&mut self, number: usize, step: &'i PlanStep) {
        let PlanStep {
            id,
            at: _,
            due: _,
            until: _,
            text,
            owner,
            after,
            takes: _,
            decision: _,
            rollback: _,
            if_failed,
            command,
            revised,
            skipped,
            source,
        } = step;
        self.item("plan", number);
        self.at = step.planned();
        self.add("", text);
        self.option("id", id.as_deref());
        self.option("owner", owner.as_deref());
        for (number, After { step, gap: _ }) in after.iter().enumerate() {
            self.put(TextPlace { key: "after", inner: Some(number + 1), ..self.place }, step);
        }
        self.option("if_failed", if_failed.as_deref());
        self.option("command", command.as_deref());
        for Revision { from: _, until: _, on: _, why } in revised {
            self.option("why", why.as_deref());
        }
        if let Some(Skip { on: _, why }) = skipped {
            self.option("why", why.as_deref());
        }
        self.option("source", source.as_deref());
    }

    fn event(&mut self, number: usize, event: &'i Event) {
        let Event {
            at,
            until: _,
            logged: _,
            text,
            kind,
            steps,
            by,
            why,
            next_update: _,
            key: _,
            audience,
            from,
            to,
            detail,
            attachments,
            refs,
            metrics,
            printed,
            source,
        } = event;
        self.item("events", number);
        self.at = *at;
        self.internal = *audience == Audience::Internal;
        self.add("", text);
        self.option("type", kind.as_ref().map(|kind| kind.word()));
        for (key, text) in
            [("detail", detail), ("why", why), ("by", by), ("from", from), ("to", to)]
        {
            self.option(key, text.as_deref());
        }
        self.inner("step", steps);
        self.inner("refs", refs);
        for (name, value) in metrics {
            self.add("metrics", name);
            self.put(TextPlace { key: "metrics", name, ..self.place }, value);
        }
        self.option("printed", printed.as_deref());
        self.option("source", source.as_deref());
        let keys =
            ["attachments file", "attachments alt", "attachments caption", "attachments width"];
        self.files(keys, attachments);
    }

    /// Adds the items of a key of the current item.
    fn inner(&mut self, key: &'static str, texts: &'i [String]) {
        for (number, text) in texts.iter().enumerate() {
            self.put(TextPlace { key, inner: Some(number + 1), ..self.place }, text);
        }
    }

    fn lessons(&mut self, lessons: &'i Lessons) {
        for (key, list) in lessons.by_key() {
            self.notes("lessons", key, list);
        }
    }

    fn review(&mut self, review: Option<&'i Review>) {
        let Some(Review::Reviewed { by, on: _, of }) = review else { return };
        self.place = TextPlace { list: "review", ..TextPlace::default() };
        self.option("by", by.as_deref());
        self.option("of", of.as_deref());
    }

    fn action(&mut self, number: usize, action: &'i Action) {
        let Action { text, owner, due: _, kind, done: _, reference, audience, source } = action;
        self.internal = *audience == Audience::Internal;
        self.item("actions", number);
        self.add("", text);
        self.option("owner", owner.as_deref());
        self.option("type", kind.as_deref());
        self.option("ref", reference.as_deref());
        self.option("source", source.as_deref());
    }

    fn imported(&mut self, number: usize, imported: &'i Imported) {
        let Imported { from, sha256, on: _, left_out } = imported;
        self.item("imported", number);
        self.add("from", from);
        self.option("sha256", sha256.as_deref());
        self.inner("left_out", left_out);
    }

    fn section(&mut self, number: usize, section: &'i Section) {
        let Section { title, body, audience } = section;
        self.internal = *audience == Audience::Internal;
        self.item("sections", number);
        self.add("", title);
        self.add("body", body);
    }

    fn files(&mut self, keys: [&'static str; 4], files: &'i [Attachment]) {
        let around = self.internal;
        for Attachment { file, alt, width, caption, audience } in files {
            self.internal = around || *audience == Audience::Internal;
            self.add(keys[0], file);
            self.option(keys[1], alt.as_deref());
            self.option(keys[2], caption.as_deref());
            self.option(keys[3], width.as_deref());
        }
        self.internal = around;
    }
}
