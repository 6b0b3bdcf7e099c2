//! Decodes a record's tree. Every fault is collected; none stops the reading.

use std::ops::Range;

use crate::fault::{ContentFault, Entry, Problem, Wanted};
use crate::model::{
    Action, After, Attachment, Audience, Day, Event, EventType, Imported, Incident, Length,
    Lessons, Moment, Note, PlanStep, Post, Review, Revision, Section, Skip, TimeFault, Zone,
    nearest,
};
use crate::yaml::MAX_TEXT_BYTES;
use crate::yaml::tree::{Content, Node};

use super::keys::{
    ACTION_KEYS, ATTACHMENT_KEYS, EVENT_KEYS, IMPORTED_KEYS, LESSON_KEYS, NOTE_KEYS, RECORD_KEYS,
    REVIEW_KEYS, REVISION_KEYS, SECTION_KEYS, SKIP_KEYS, STEP_KEYS, UnknownKey,
};
use super::post::read_post;
use super::shapes::found;

/// The result of decoding, including all faults.
pub(super) struct Decoded {
    pub(super) incident: Incident,
    pub(super) unknown: Vec<UnknownKey>,
    pub(super) problems: Vec<Problem>,
}

/// Decodes a record's tree.
pub(super) fn decode(root: &Node) -> Decoded {
    let mut decoder = Decoder::default();
    let incident = decoder.incident(root);
    let Decoder { unknown, mut problems, .. } = decoder;
    problems.sort_by_key(|problem| problem.span.start);
    Decoded { incident, unknown, problems }
}

/// What keys beside a time say about it: its digits may be more precise than what was known.
#[derive(Default, Clone, Copy)]
pub(super) struct Marks {
    about: bool,
    by_the_hour: bool,
}

impl Marks {
    fn apply(self, at: Moment) -> Moment {
        let at = if self.by_the_hour { at.by_the_hour() } else { at };
        if self.about { at.with_about(true) } else { at }
    }

    fn add(&mut self, more: Marks) {
        self.about |= more.about;
        self.by_the_hour |= more.by_the_hour;
    }
}

#[derive(Default)]
pub(super) struct Decoder {
    /// Marks for the end of the current event; their keys may come before its own.
    until_marks: Marks,
    zone: Option<Zone>,
    /// A zone is named, but does not exist.
    zone_unread: bool,
    /// The record's day, for examples.
    date: Option<Day>,
    pub(super) unknown: Vec<UnknownKey>,
    pub(super) problems: Vec<Problem>,
}

/// A mapping whose known keys are read one by one.
#[derive(Clone, Copy)]
struct Fields<'n> {
    node: &'n Node<'n>,
}

impl<'n> Fields<'n> {
    fn get(&self, key: &str) -> Option<&'n Node<'n>> {
        self.node.entry(key).map(|entry| &entry.value)
    }

    /// Returns the value of a key, unless it is null.
    fn non_null(&self, key: &str) -> Option<&'n Node<'n>> {
        self.get(key).filter(|node| !node.is_null())
    }

    /// Returns where to report a missing key: at the mapping's first byte.
    fn place(&self) -> Range<usize> {
        self.node.span.start..self.node.span.start
    }
}

impl Decoder {
    pub(super) fn incident(&mut self, root: &Node) -> Incident {
        if root.is_null() {
            self.problem(root, ContentFault::Nothing);
            return Incident::default();
        }
        let Some(fields) = self.fields(root, RECORD_KEYS) else {
            self.problem(root, ContentFault::NoRecord);
            return Incident::default();
        };
        self.zone = fields.get("timezone").and_then(|node| self.zone(node));
        self.date = fields.get("date").and_then(|node| match &node.value {
            Content::Scalar { text, .. } => Day::parse(text),
            _ => None,
        });
        Incident {
            title: self.required_text(fields, "title"),
            kind: self.text(fields, "kind"),
            version: self.text(fields, "version"),
            severity: self.text(fields, "severity"),
            date: self.day(fields, "date"),
            zone: self.zone,
            language: self.text(fields, "language"),
            author: self.text(fields, "author"),
            services: self.texts(fields, "services"),
            tags: self.texts(fields, "tags"),
            categories: self.texts(fields, "categories"),
            published: self.moment(fields, "published"),
            review: self.review(fields),
            post: self.post(fields),
            sample: self.truth(fields, "sample"),
            archived: self.truth(fields, "archived"),
            summary: self.text(fields, "summary"),
            impact: self.text(fields, "impact"),
            plan: self.list(fields, "plan", Self::step),
            events: self.list(fields, "events", Self::event),
            contributing_factors: self.notes(fields, "contributing_factors"),
            lessons: self.lessons(fields),
            actions: self.list(fields, "actions", Self::action),
            sections: self.list(fields, "sections", Self::section),
            attachments: self.list(fields, "attachments", Self::attachment),
            imported: self.list(fields, "imported", Self::imported),
        }
    }

    fn imported(&mut self, node: &Node) -> Option<Imported> {
        let fields = self.item_fields(node, Entry::Imported, IMPORTED_KEYS)?;
        Some(Imported {
            from: self.required_text(fields, "from"),
            sha256: self.text(fields, "sha256"),
            on: self.moment(fields, "on"),
            left_out: self.texts(fields, "left_out"),
        })
    }

    fn review(&mut self, fields: Fields) -> Option<Review> {
        let node = fields.non_null("review")?;
        if let Content::Scalar { text, .. } = &node.value {
            return match &**text {
                "" => None,
                "draft" => Some(Review::Draft),
                // Whatever the rest of the value is, somebody reviewed it.
                by => Some(Review::Reviewed { by: Some(by.to_owned()), on: None, of: None }),
            };
        }
        let fields = self.item_fields(node, Entry::Review, REVIEW_KEYS)?;
        let (by, on) = (self.text(fields, "by"), self.day(fields, "on"));
        let of = self.text(fields, "of");
        // Keys that asrun does not know are no review.
        (by.is_some() || on.is_some() || of.is_some()).then_some(Review::Reviewed { by, on, of })
    }

    fn post(&mut self, fields: Fields) -> Post {
        let Some(node) = fields.non_null("post") else { return Post::default() };
        let read = read_post(node);
        self.unknown.extend(read.unknown);
        self.problems.extend(read.problems);
        read.post
    }

    fn step(&mut self, node: &Node) -> Option<PlanStep> {
        let fields = self.item_fields(node, Entry::Step, STEP_KEYS)?;
        let (at, due) = self.planned(fields)?;
        let marks = self.marks(fields, ["precision"]);
        let until_marks = self.marks(fields, ["until_precision"]);
        Some(PlanStep {
            id: self.text(fields, "id"),
            until: self.moment(fields, "until").map(|until| until_marks.apply(until)),
            text: self.required_text(fields, "text"),
            owner: self.text(fields, "owner"),
            after: self.after(fields),
            takes: self.length(fields, "takes"),
            decision: self.truth(fields, "decision"),
            rollback: self.truth(fields, "rollback"),
            if_failed: self.text(fields, "if_failed"),
            command: self.text(fields, "command"),
            revised: self.list(fields, "revised", Self::revision),
            skipped: self.skip(fields),
            source: self.text(fields, "source"),
            at: at.map(|at| marks.apply(at)),
            due: due.map(|due| if at.is_none() { marks.apply(due) } else { due }),
        })
    }

    /// Reads the time of a step and its deadline, at least one of which is required.
    fn planned(&mut self, fields: Fields) -> Option<(Option<Moment>, Option<Moment>)> {
        let due = match fields.non_null("due") {
            Some(due) => Some(self.moment_of(due, "due")?),
            None => None,
        };
        let at = match fields.non_null("at") {
            None if due.is_some() => None,
            _ => self.required_time(fields, "at")?,
        };
        Some((at, due))
    }

    /// Reads the dependencies of a step: ids, each with or without a gap after it.
    fn after(&mut self, fields: Fields) -> Vec<After> {
        let Some(node) = fields.non_null("after") else { return Vec::new() };
        let items = match &node.value {
            Content::List { items, .. } => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut all = Vec::new();
        for item in items {
            let after = match &item.value {
                Content::Scalar { text, .. } if !item.is_null() => After::parse(text),
                _ => None,
            };
            match after {
                Some(after) => all.push(after),
                None => self.wrong_type(item, "after", Wanted::After),
            }
        }
        all
    }

    fn length(&mut self, fields: Fields, key: &str) -> Option<Length> {
        let node = fields.non_null(key)?;
        let length = match &node.value {
            Content::Scalar { text, .. } => Length::parse(text),
            _ => None,
        };
        if length.is_none() {
            self.wrong_type(node, key, Wanted::Length);
        }
        length
    }

    fn revision(&mut self, node: &Node) -> Option<Revision> {
        let fields = self.item_fields(node, Entry::Revision, REVISION_KEYS)?;
        let marks = self.marks(fields, ["precision"]);
        let until_marks = self.marks(fields, ["until_precision"]);
        Some(Revision {
            until: self.moment(fields, "until").map(|until| until_marks.apply(until)),
            on: self.moment(fields, "on"),
            why: self.text(fields, "why"),
            from: marks.apply(self.required_moment(fields, "from")?),
        })
    }

    /// Reads `skipped: {on: …, why: …}`, `skipped: the reason` or `skipped: true`.
    fn skip(&mut self, step: Fields) -> Option<Skip> {
        let node = step.non_null("skipped")?;
        if let Content::Scalar { text, .. } = &node.value {
            let reason = match &**text {
                "" => return None,
                text if is_one_of(text, ["false", "no", "off"]) => return None,
                text if is_one_of(text, ["true", "yes", "on"]) => None,
                why => Some(why.to_owned()),
            };
            return Some(Skip { on: None, why: reason });
        }
        let fields = self.item_fields(node, Entry::Skip, SKIP_KEYS)?;
        Some(Skip { on: self.moment(fields, "on"), why: self.text(fields, "why") })
    }

    fn event(&mut self, node: &Node) -> Option<Event> {
        let fields = self.item_fields(node, Entry::Event, EVENT_KEYS)?;
        self.begin_event();
        let at = self.required_time(fields, "at");
        if fields.get("text").is_none() {
            self.missing(fields, "text");
        }
        // An event whose time cannot be read is dropped, but its other faults are reported.
        let mut event = Event::new(at.flatten(), String::new());
        for entry in fields.node.entries() {
            self.event_key(&mut event, &entry.key, &entry.value);
        }
        at.map(|_| event)
    }

    /// Resets what is remembered from the previous event.
    pub(super) fn begin_event(&mut self) {
        self.until_marks = Marks::default();
    }

    /// Reads one key of an event other than its time; returns `false` if events have no such key.
    pub(super) fn event_key(&mut self, event: &mut Event, key: &str, node: &Node) -> bool {
        match key {
            "text" => event.text = self.nonempty_text(node, "text"),
            "at" => {}
            _ if node.is_null() => return EVENT_KEYS.contains(&key),
            "until" => {
                let until = self.moment_of(node, "until");
                event.until = until.map(|until| self.until_marks.apply(until));
            }
            "about" | "precision" => {
                let marks = self.marks_of(key, node);
                event.at = event.at.map(|at| marks.apply(at));
            }
            "until_precision" | "until_about" => {
                let marks = self.marks_of(key, node);
                self.until_marks.add(marks);
                event.until = event.until.map(|until| marks.apply(until));
            }
            "logged" => event.logged = self.moment_of(node, "logged"),
            "type" => {
                event.kind = self.word_of(node, "type").map(EventType::from_word);
            }
            "step" => event.steps = self.texts_of(node, "step"),
            "by" => event.by = self.text_of(node, "by"),
            "why" => event.why = self.text_of(node, "why"),
            "next_update" => event.next_update = self.moment_of(node, "next_update"),
            "key" => event.key = self.truth_of(node, "key"),
            "audience" => event.audience = self.audience_of(node),
            "from" => event.from = self.text_of(node, "from"),
            "to" => event.to = self.text_of(node, "to"),
            "detail" => event.detail = self.text_of(node, "detail"),
            "attachments" => {
                event.attachments = self.list_of(node, "attachments", Self::attachment);
            }
            "refs" => event.refs = self.texts_of(node, "refs"),
            "metrics" => event.metrics = self.metrics_of(node),
            "printed" => event.printed = self.text_of(node, "printed"),
            "source" => event.source = self.text_of(node, "source"),
            _ => return false,
        }
        true
    }

    fn marks_of(&mut self, key: &str, node: &Node) -> Marks {
        match key {
            "about" | "until_about" => {
                Marks { about: self.truth_of(node, key), ..Marks::default() }
            }
            _ => Marks { by_the_hour: self.is_hour(key, node), ..Marks::default() },
        }
    }

    /// Returns whether a key says that only the hour is known, which digits cannot express.
    fn is_hour(&mut self, key: &str, node: &Node) -> bool {
        let is_hour = matches!(&node.value, Content::Scalar { text, .. } if &**text == "hour");
        if !is_hour {
            self.wrong_type(node, key, Wanted::Precision);
        }
        is_hour
    }

    /// Returns the marks that the keys beside a time set for it.
    fn marks<const N: usize>(&mut self, fields: Fields, keys: [&str; N]) -> Marks {
        let mut marks = Marks::default();
        for key in keys {
            if let Some(node) = fields.non_null(key) {
                let more = self.marks_of(key, node);
                marks.add(more);
            }
        }
        marks
    }

    /// Reads `{file: 044.png, alt: …}` or just `044.png`.
    fn attachment(&mut self, node: &Node) -> Option<Attachment> {
        if let Content::Scalar { text, .. } = &node.value
            && !node.is_null()
            && !text.is_empty()
        {
            return Some(Attachment { file: text.to_string(), ..Attachment::default() });
        }
        let fields = self.item_fields(node, Entry::Attachment, ATTACHMENT_KEYS)?;
        Some(Attachment {
            file: self.required_text(fields, "file"),
            alt: self.text(fields, "alt"),
            width: self.text(fields, "width"),
            caption: self.text(fields, "caption"),
            audience: self.audience(fields),
        })
    }

    fn lessons(&mut self, fields: Fields) -> Lessons {
        let Some(fields) = fields
            .non_null("lessons")
            .and_then(|node| self.item_fields(node, Entry::Lessons, LESSON_KEYS))
        else {
            return Lessons::default();
        };
        Lessons {
            well: self.notes(fields, "well"),
            badly: self.notes(fields, "badly"),
            lucky: self.notes(fields, "lucky"),
            surprised: self.notes(fields, "surprised"),
            learned: self.notes(fields, "learned"),
        }
    }

    fn action(&mut self, node: &Node) -> Option<Action> {
        let fields = self.item_fields(node, Entry::Action, ACTION_KEYS)?;
        Some(Action {
            text: self.required_text(fields, "text"),
            owner: self.text(fields, "owner"),
            due: self.day(fields, "due"),
            kind: self.text(fields, "type"),
            done: self.day(fields, "done"),
            reference: self.text(fields, "ref"),
            audience: self.audience(fields),
            source: self.text(fields, "source"),
        })
    }

    fn section(&mut self, node: &Node) -> Option<Section> {
        let fields = self.item_fields(node, Entry::Section, SECTION_KEYS)?;
        Some(Section {
            title: self.required_text(fields, "title"),
            body: self.text(fields, "body").unwrap_or_default(),
            audience: self.audience(fields),
        })
    }

    fn audience(&mut self, fields: Fields) -> Audience {
        fields.non_null("audience").map_or(Audience::Everyone, |node| self.audience_of(node))
    }

    fn audience_of(&mut self, node: &Node) -> Audience {
        match self.text_of(node, "audience").as_deref() {
            None | Some("public" | "everyone") => Audience::Everyone,
            Some("internal") => Audience::Internal,
            Some(other) => {
                self.problem(node, ContentFault::Audience(other.to_owned()));
                Audience::Internal
            }
        }
    }

    fn metrics_of(&mut self, node: &Node) -> Vec<(String, String)> {
        let Content::Map { entries, .. } = &node.value else {
            self.wrong_type(node, "metrics", Wanted::Metrics);
            return Vec::new();
        };
        let mut metrics = Vec::new();
        for entry in entries {
            match &entry.value.value {
                Content::Scalar { text, .. } => {
                    metrics.push((entry.key.to_string(), text.to_string()))
                }
                _ => self.wrong_type(&entry.value, &entry.key, Wanted::Value),
            }
        }
        metrics
    }
}

/// The helpers used above.
impl Decoder {
    fn fields<'n>(
        &mut self,
        node: &'n Node<'n>,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let Content::Map { entries, .. } = &node.value else { return None };
        for entry in entries {
            if !known.contains(&&*entry.key) {
                self.unknown.push(UnknownKey {
                    key: entry.key.to_string(),
                    at: entry.key_span.start,
                    nearest: nearest(&entry.key, known.iter().copied()),
                });
            }
        }
        Some(Fields { node })
    }

    fn item_fields<'n>(
        &mut self,
        node: &'n Node<'n>,
        entry: Entry,
        known: &'static [&'static str],
    ) -> Option<Fields<'n>> {
        let fields = self.fields(node, known);
        if fields.is_none() {
            self.problem(node, ContentFault::NoKeys { entry, found: found(node) });
        }
        fields
    }

    fn list<T>(
        &mut self,
        fields: Fields,
        key: &str,
        read: fn(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        fields.non_null(key).map_or_else(Vec::new, |node| self.list_of(node, key, read))
    }

    fn list_of<T>(
        &mut self,
        node: &Node,
        key: &str,
        read: fn(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        let Content::List { items, .. } = &node.value else {
            self.wrong_type(node, key, Wanted::Entries);
            return Vec::new();
        };
        items.iter().filter_map(|item| read(self, item)).collect()
    }

    fn text(&mut self, fields: Fields, key: &str) -> Option<String> {
        fields.non_null(key).and_then(|node| self.text_of(node, key))
    }

    fn text_of(&mut self, node: &Node, key: &str) -> Option<String> {
        self.word_of(node, key).map(str::to_owned)
    }

    /// The same without a copy.
    fn word_of<'n>(&mut self, node: &'n Node, key: &str) -> Option<&'n str> {
        match &node.value {
            Content::Scalar { text, .. } if text.len() > MAX_TEXT_BYTES => {
                let (key, limit) = (key.to_owned(), MAX_TEXT_BYTES);
                self.problem(node, ContentFault::TextTooLarge { key, limit });
                None
            }
            Content::Scalar { text, .. } => Some(text),
            _ => {
                self.wrong_type(node, key, Wanted::Text);
                None
            }
        }
    }

    fn required_text(&mut self, fields: Fields, key: &str) -> String {
        let Some(node) = fields.get(key) else {
            self.missing(fields, key);
            return String::new();
        };
        self.nonempty_text(node, key)
    }

    /// Returns the text of a key that must not be empty.
    fn nonempty_text(&mut self, node: &Node, key: &str) -> String {
        let text = if node.is_null() { None } else { self.text_of(node, key) };
        let says_nothing = match &text {
            None => node.is_null(),
            Some(text) => text.trim().is_empty(),
        };
        if says_nothing {
            self.problem(node, ContentFault::NoText { key: key.to_owned() });
        }
        text.unwrap_or_default()
    }

    /// Returns notes, each a text or `{text: …, audience: …}`.
    fn notes(&mut self, fields: Fields, key: &str) -> Vec<Note> {
        let Some(node) = fields.non_null(key) else { return Vec::new() };
        let Content::List { items, .. } = &node.value else {
            return self.texts_of(node, key).into_iter().map(Note::from).collect();
        };
        let mut notes = Vec::new();
        for item in items {
            match (&item.value, self.fields_of_note(item)) {
                (_, Some(note)) => notes.push(note),
                (Content::Scalar { text, .. }, None) if !item.is_null() => {
                    notes.push(Note::from(text.to_string()));
                }
                _ => self.wrong_type(item, key, Wanted::Texts),
            }
        }
        notes
    }

    fn fields_of_note(&mut self, item: &Node) -> Option<Note> {
        let Content::Map { .. } = &item.value else { return None };
        let fields = self.fields(item, NOTE_KEYS)?;
        let text = self.required_text(fields, "text");
        Some(Note { text, audience: self.audience(fields) })
    }

    fn texts(&mut self, fields: Fields, key: &str) -> Vec<String> {
        fields.non_null(key).map_or_else(Vec::new, |node| self.texts_of(node, key))
    }

    fn texts_of(&mut self, node: &Node, key: &str) -> Vec<String> {
        match &node.value {
            Content::Scalar { text, .. } => vec![text.to_string()],
            Content::List { items, .. } => {
                let mut texts = Vec::new();
                for item in items {
                    match &item.value {
                        Content::Scalar { text, .. } if !item.is_null() => {
                            texts.push(text.to_string())
                        }
                        _ => self.wrong_type(item, key, Wanted::Texts),
                    }
                }
                texts
            }
            Content::Map { .. } => {
                self.wrong_type(node, key, Wanted::Texts);
                Vec::new()
            }
        }
    }

    fn truth(&mut self, fields: Fields, key: &str) -> bool {
        fields.non_null(key).is_some_and(|node| self.truth_of(node, key))
    }

    fn truth_of(&mut self, node: &Node, key: &str) -> bool {
        match &node.value {
            Content::Scalar { text, .. } if is_one_of(text, ["true", "yes", "on"]) => true,
            Content::Scalar { text, .. } if is_one_of(text, ["false", "no", "off"]) => false,
            _ => {
                self.wrong_type(node, key, Wanted::Truth);
                false
            }
        }
    }

    /// Reads a required time, which may be given as unknown.
    fn required_time(&mut self, fields: Fields, key: &str) -> Option<Option<Moment>> {
        let Some(node) = fields.get(key) else {
            self.missing(fields, key);
            return None;
        };
        self.given_time(node, key)
    }

    /// Returns the time of a key that must have one, which may be unknown.
    pub(super) fn given_time(&mut self, node: &Node, key: &str) -> Option<Option<Moment>> {
        if is_unknown(node) {
            return Some(None);
        }
        self.known_moment(node, key).map(Some)
    }

    fn required_moment(&mut self, fields: Fields, key: &str) -> Option<Moment> {
        let Some(node) = fields.get(key) else {
            self.missing(fields, key);
            return None;
        };
        self.known_moment(node, key)
    }

    /// Returns the time of a key that must have a known one.
    fn known_moment(&mut self, node: &Node, key: &str) -> Option<Moment> {
        let empty = matches!(&node.value, Content::Scalar { text, .. } if text.is_empty());
        if !node.is_null() && !empty {
            return self.moment_of(node, key);
        }
        self.problem(node, ContentFault::NoTime { key: key.to_owned() });
        None
    }

    fn moment(&mut self, fields: Fields, key: &str) -> Option<Moment> {
        fields.non_null(key).and_then(|node| self.moment_of(node, key))
    }

    fn moment_of(&mut self, node: &Node, key: &str) -> Option<Moment> {
        let Content::Scalar { text, .. } = &node.value else {
            self.wrong_type(node, key, Wanted::Time);
            return None;
        };
        match Moment::parse(text, self.zone) {
            Ok(moment) => Some(moment),
            // The zone's own fault is reported; once it is fixed, these times can be read.
            Err(TimeFault::NoZone(_)) if self.zone_unread => None,
            Err(fault) => {
                self.problem(node, ContentFault::Time { fault, day: self.date });
                None
            }
        }
    }

    fn day(&mut self, fields: Fields, key: &str) -> Option<Day> {
        let node = fields.non_null(key)?;
        let day = match &node.value {
            Content::Scalar { text, .. } => Day::parse(text),
            _ => None,
        };
        if day.is_none() {
            self.problem(node, ContentFault::NoDay { key: key.to_owned() });
        }
        day
    }

    fn zone(&mut self, node: &Node) -> Option<Zone> {
        if node.is_null() {
            return None;
        }
        let Content::Scalar { text, .. } = &node.value else {
            self.wrong_type(node, "timezone", Wanted::Zone);
            return None;
        };
        let zone = Zone::parse(text);
        if zone.is_none() {
            self.zone_unread = true;
            let (name, near) = (text.to_string(), Zone::near(text));
            self.problem(node, ContentFault::NoZone { name, near, in_settings: false });
        }
        zone
    }

    fn missing(&mut self, fields: Fields, key: &str) {
        let others = fields.node.entries().iter().map(|entry| &*entry.key);
        let (key, near) = (key.to_owned(), nearest(key, others).map(str::to_owned));
        self.problems.push(ContentFault::Missing { key, near }.at(fields.place()));
    }

    fn wrong_type(&mut self, node: &Node, key: &str, wanted: Wanted) {
        let (key, found) = (key.to_owned(), found(node));
        self.problem(node, ContentFault::WrongShape { key, wanted, found });
    }

    fn problem(&mut self, node: &Node, fault: ContentFault) {
        self.problems.push(fault.at(node.span.clone()));
    }
}

/// Returns whether a time is given as unknown: `unknown`, or `tbd` for what is yet to be planned.
fn is_unknown(node: &Node) -> bool {
    let Content::Scalar { text, .. } = &node.value else { return false };
    UNKNOWN_TIMES.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Words for an unknown time: of an event, and of a step not planned yet.
pub(super) const UNKNOWN_TIMES: [&str; 2] = ["unknown", "tbd"];

/// Whether a text is one of the spellings of a boolean; YAML 1.1 readers know them all.
fn is_one_of(text: &str, words: [&str; 3]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::lang::terminal;
    use crate::yaml::Position;

    /// Returns every fault of a text as where, which, what and the way out.
    fn told(text: &str) -> Vec<String> {
        let problems = read(text).map_or_else(|problems| problems, |_| Vec::new());
        let line = |p: &Problem| {
            let place = Position::of(text, p.span.start);
            let told = terminal().problem(&p.kind);
            format!("{place} {}: {} | {}", p.code, told.message, told.help)
        };
        problems.iter().map(line).collect()
    }

    /// Returns a record with these lines.
    fn record(lines: &str) -> Incident {
        let text = format!("title: t\ntimezone: Asia/Seoul\n{lines}\n");
        read(&text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}")).incident
    }

    #[test]
    fn a_text_may_be_as_long_as_the_limit() {
        for (length, faults) in [(MAX_TEXT_BYTES, 0), (MAX_TEXT_BYTES + 1, 1)] {
            // One that spans lines, which only the full parser reads, and one that does not.
            for text in [
                format!("title: \"{}\\x20\"\n", "x".repeat(length - 1)),
                format!("title: {}\n", "x".repeat(length)),
            ] {
                let told = told(&text);
                assert_eq!(told.len(), faults, "{length}");
                let fault = "1:8 too-large: `title` is longer than 1048576 bytes | move it to a file and attach that";
                assert!(told.iter().all(|line| line == fault), "{told:?}");
            }
        }
    }

    #[test]
    fn marks_of_a_time_may_precede_or_follow_it() {
        let told = |lines: &str| {
            let events =
                record(&format!("events:\n  - {{at: 2024-09-07T18:08, text: a, {lines}}}")).events;
            let at = |at: Option<Moment>| {
                at.map(|at| format!("{} {:?} {}", at.written(), at.precision(), at.is_about()))
            };
            format!("{:?} {:?}", at(events[0].at), at(events[0].until))
        };
        let until = "until: 2024-09-07T19:30";
        let marks = "precision: hour, until_about: true, until_precision: hour";
        let before = told(&format!("{marks}, {until}"));
        assert_eq!(before, told(&format!("{until}, {marks}")));
        let expected =
            r#"Some("2024-09-07T18:00+09:00 Hour false") Some("2024-09-07T19:00+09:00 Hour true")"#;
        assert_eq!(before, expected);
    }

    #[test]
    fn a_step_is_marked_as_skipped_in_many_ways() {
        let day = Moment::parse("2024-09-07", Zone::parse("Asia/Seoul")).ok();
        let skip =
            |on: Option<Moment>, why: Option<&str>| Some(Skip { on, why: why.map(str::to_owned) });
        for (written, skipped) in [
            ("true", skip(None, None)),
            ("Yes", skip(None, None)),
            ("on", skip(None, None)),
            ("not needed", skip(None, Some("not needed"))),
            ("{on: 2024-09-07, why: late}", skip(day, Some("late"))),
            ("{why: late}", skip(None, Some("late"))),
            ("{}", skip(None, None)),
            ("false", None),
            ("No", None),
            ("off", None),
            ("''", None),
            ("~", None),
            ("", None),
        ] {
            let plan = record(&format!(
                "plan:\n  - at: 2024-09-07T18:08\n    text: a\n    skipped: {written}"
            ))
            .plan;
            assert_eq!(plan[0].skipped, skipped, "{written}");
        }
    }

    #[test]
    fn truth_has_many_words() {
        for (word, truth) in [
            ("true", true),
            ("yes", true),
            ("on", true),
            ("TRUE", true),
            ("false", false),
            ("no", false),
            ("Off", false),
            ("~", false),
            ("", false),
        ] {
            let event = format!("events:\n  - {{at: 2024-09-07T18:08, text: a, about: {word}}}");
            let said = record(&format!("sample: {word}\n{event}"));
            assert_eq!(
                (said.sample, said.events[0].at.unwrap().is_about()),
                (truth, truth),
                "{word}"
            );
        }
    }

    #[test]
    fn an_audience_is_internal_or_everyone() {
        for (word, audience) in [
            ("internal", Audience::Internal),
            ("public", Audience::Everyone),
            ("everyone", Audience::Everyone),
            ("~", Audience::Everyone),
            ("", Audience::Everyone),
        ] {
            let event = format!("events:\n  - {{at: 2024-09-07T18:08, text: a, audience: {word}}}");
            let section = format!("sections:\n  - {{title: a, audience: {word}}}");
            let said = record(&format!("{section}\n{event}"));
            assert_eq!(
                (said.sections[0].audience, said.events[0].audience),
                (audience, audience),
                "{word}"
            );
        }
    }

    #[test]
    fn a_note_may_have_an_audience() {
        let internal = Note { text: "b".to_owned(), audience: Audience::Internal };
        let said = record(
            "contributing_factors: [a, {text: b, audience: internal}]\nlessons:\n  badly:\n    - {text: a, audience: public}\n    - text: b\n      audience: internal",
        );
        assert_eq!(said.contributing_factors, ["a".into(), internal.clone()]);
        assert_eq!(said.lessons.badly, ["a".into(), internal]);
        assert!(read("title: x\nlessons: {well: [{audience: internal}]}").is_err());
    }

    #[test]
    fn one_text_is_a_list_of_one_and_nothing_is_none() {
        for (written, texts) in [
            ("a", vec!["a"]),
            ("[a, 'null']", vec!["a", "null"]),
            ("[]", vec![]),
            ("~", vec![]),
            ("", vec![]),
        ] {
            let said = record(&format!(
                "tags: {written}\nlessons:\n  well: {written}\nevents: [{{at: 2024-09-07T18:08, text: a, step: {written}}}]"
            ));
            assert_eq!(said.tags, texts, "{written}");
            let notes: Vec<Note> = texts.iter().map(|text| Note::from(*text)).collect();
            assert_eq!(said.lessons.well, notes, "{written}");
            assert_eq!(said.events[0].steps, texts, "{written}");
        }
        let attachments =
            record("attachments: [a.png, {file: b.png, alt: b, width: 50%, caption: c, audience: internal}]")
                .attachments;
        let words = |text: &str| Some(text.to_owned());
        assert_eq!(
            attachments,
            [
                Attachment { file: "a.png".to_owned(), ..Attachment::default() },
                Attachment {
                    file: "b.png".to_owned(),
                    alt: words("b"),
                    width: words("50%"),
                    caption: words("c"),
                    audience: Audience::Internal,
                },
            ]
        );
    }

    #[test]
    fn a_review_states_who_or_when() {
        for (review, is_reviewed) in [
            ("{}", false),
            ("{by: }", false),
            ("{state: draft, x-n: 5}", false),
            ("{by: Kim}", true),
            ("{on: 2024-09-09, x-n: 5}", true),
            ("Kim", true),
        ] {
            let review = record(&format!("review: {review}\n")).review;
            let reviewed = matches!(review, Some(Review::Reviewed { .. }));
            assert_eq!(reviewed, is_reviewed, "{review:?}");
        }
    }

    #[test]
    fn keys_without_a_value_are_not_there() {
        for nothing in ["", " ~", " null"] {
            let keys = RECORD_KEYS.iter().filter(|key| !["title", "timezone"].contains(key));
            let lines: Vec<String> = keys.map(|key| format!("{key}:{nothing}")).collect();
            assert_eq!(record(&lines.join("\n")), record(""), "{nothing:?}");
            let keys = EVENT_KEYS.iter().filter(|key| !["at", "text"].contains(key));
            let lines: String = keys.map(|key| format!("\n    {key}:{nothing}")).collect();
            let event = "events:\n  - at: 2024-09-07T18:08\n    text: a";
            assert_eq!(record(&format!("{event}{lines}")), record(event), "{nothing:?}");
        }
        assert_eq!(read("title: t\ntimezone: ~\n").unwrap().incident.zone, None);
    }

    fn moment(text: &str) -> Moment {
        Moment::parse(text, Zone::parse("Asia/Seoul")).unwrap()
    }

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn texts(text: &str) -> Vec<String> {
        vec![text.to_owned()]
    }

    /// Returns a step with every key that a plan may have.
    fn full_step() -> PlanStep {
        PlanStep {
            id: text("x"),
            until: Some(moment("2024-09-07T18:00")),
            owner: text("z"),
            revised: vec![Revision {
                until: None,
                from: moment("2024-09-07T17:00"),
                on: Some(moment("2024-09-06T12:00")),
                why: text("A"),
            }],
            ..PlanStep::new(moment("2024-09-07T17:30"), "y".to_owned())
        }
    }

    #[test]
    fn every_key_of_a_record_is_read() {
        let said = record(
            "kind: a\nversion: b\nseverity: c\ndate: 2024-09-07\nlanguage: d\nauthor: e\nservices: [f]\n\
             tags: [g]\ncategories: [h]\npublished: 2024-09-08T10:00\nsample: true\narchived: true\nsummary: i\nimpact: j\n\
             contributing_factors: [k]\nlessons: {well: [l], badly: [m], lucky: [n], surprised: [o], learned: [o2]}\n\
             actions: [{text: p, owner: q, due: 2024-09-09, type: r, done: 2024-09-10, ref: s}]\n\
             sections: [{title: u, body: v, audience: internal}, {title: w}]\n\
             plan: [{id: x, at: 2024-09-07T17:30, until: 2024-09-07T18:00, text: y, owner: z, \
             revised: [{from: 2024-09-07T17:00, on: 2024-09-06T12:00, why: A}]}]",
        );
        let section = |title: &str, body: &str, audience: Audience| Section {
            title: title.to_owned(),
            body: body.to_owned(),
            audience,
        };
        let expected = Incident {
            title: "t".to_owned(),
            kind: text("a"),
            version: text("b"),
            severity: text("c"),
            date: Day::parse("2024-09-07"),
            zone: Zone::parse("Asia/Seoul"),
            language: text("d"),
            author: text("e"),
            services: texts("f"),
            tags: texts("g"),
            categories: texts("h"),
            published: Some(moment("2024-09-08T10:00")),
            sample: true,
            archived: true,
            summary: text("i"),
            impact: text("j"),
            plan: vec![full_step()],
            contributing_factors: vec!["k".into()],
            lessons: Lessons {
                well: vec!["l".into()],
                badly: vec!["m".into()],
                lucky: vec!["n".into()],
                surprised: vec!["o".into()],
                learned: vec!["o2".into()],
            },
            actions: vec![Action {
                text: "p".to_owned(),
                owner: text("q"),
                due: Day::parse("2024-09-09"),
                kind: text("r"),
                done: Day::parse("2024-09-10"),
                reference: text("s"),
                audience: Audience::Everyone,
                source: None,
            }],
            sections: vec![
                section("u", "v", Audience::Internal),
                section("w", "", Audience::Everyone),
            ],
            ..Incident::default()
        };
        assert_eq!(said, expected);
    }

    #[test]
    fn every_key_of_an_event_is_read() {
        let lines = "title: t\ntimezone: Asia/Seoul\nevents:\n  - at: 2024-09-07T18:08\n    until: 2024-09-07T18:09\n    logged: 2024-09-07T18:30\n    text: a\n    \
             type: detected\n    step: b\n    by: c\n    why: d\n    next_update: 2024-09-07T19:00\n    about: true\n    key: true\n    audience: internal\n    \
             from: e\n    to: f\n    detail: g\n    attachments: [h]\n    refs: [i]\n    metrics: {j: 1}\n    printed: k\n    source: l\n";
        let said = read(lines).unwrap();
        assert_eq!(said.unknown, []);
        // Named field by field: a new one needs a key that is read.
        let event = Event {
            at: Some(moment("2024-09-07T18:08").with_about(true)),
            text: "a".to_owned(),
            until: Some(moment("2024-09-07T18:09")),
            logged: Some(moment("2024-09-07T18:30")),
            kind: Some(EventType::from_word("detected")),
            steps: texts("b"),
            by: text("c"),
            why: text("d"),
            next_update: Some(moment("2024-09-07T19:00")),
            key: true,
            audience: Audience::Internal,
            from: text("e"),
            to: text("f"),
            detail: text("g"),
            attachments: vec![Attachment { file: "h".to_owned(), ..Attachment::default() }],
            refs: texts("i"),
            metrics: vec![("j".to_owned(), "1".to_owned())],
            printed: text("k"),
            source: text("l"),
        };
        assert_eq!(said.incident.events, [event]);
    }

    #[test]
    fn unknown_keys_are_kept_in_mind() {
        let text = "title: t\nx-own: 1\nautor: a\nevents:\n  - at: 2024-09-07T18:08Z\n    text: a\n    mood: ~\n";
        let unknown = |key: &str, nearest| UnknownKey {
            key: key.to_owned(),
            at: text.find(key).unwrap(),
            nearest,
        };
        let expected =
            [unknown("x-own", None), unknown("autor", Some("author")), unknown("mood", None)];
        assert_eq!(read(text).unwrap().unknown, expected);
    }
}
