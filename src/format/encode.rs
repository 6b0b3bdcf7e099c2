//! Encodes records and their entries: which keys, in which order.

use crate::fault::ContentFault;
use crate::model::{
    Action, After, Attachment, Audience, Event, Imported, Incident, Moment, Note, PlanStep,
    Precision, Review, Revision, Section, Skip,
};
use crate::yaml::style::{ItemStyle, Quotes};
use crate::yaml::tree;
use crate::yaml::{Change, Value, Writer};

use super::decode::UNKNOWN_TIMES;
use super::document::Document;
use super::keys::SCHEMA;
use super::lists::list_place;
use super::post::read_post;

const UNKNOWN: &str = UNKNOWN_TIMES[0];
const TBD: &str = UNKNOWN_TIMES[1];

/// The specification's own style.
const OWN_HAND: Writer = Writer {
    schema: &SCHEMA,
    line_end: "\n",
    list_indent: 2,
    below: 0,
    quotes: &|_| Quotes::Needed,
};

/// Returns the text of a new record: its keys in that order, in the specification's own style.
pub fn compose(entries: &[(&str, Value)]) -> String {
    entries.iter().map(|(key, value)| OWN_HAND.entry(0, key, value)).collect()
}

/// Returns why a key of `post` cannot have that value, if so.
pub fn post_fault(key: &str, value: &Value) -> Option<ContentFault> {
    let text = compose(&[("post", Value::Map(vec![(key.to_owned(), value.clone())]))]);
    let tree = tree::parse(&text, |_| true).ok()?;
    let read = read_post(&tree.entry("post")?.value);
    read.problems.into_iter().next().map(|problem| problem.kind)
}

/// Returns an item as whole lines, in the specification's own style.
pub fn item_text(item: &Value) -> String {
    OWN_HAND.item(ItemStyle { dash: 2, gap: 2, flow: false }, item)
}

/// The keys of an entry, filled one by one; unknown values are not written.
struct Keys(Vec<(String, Value)>);

impl Keys {
    fn put(&mut self, key: &str, value: Value) {
        self.0.push((key.to_owned(), value));
    }

    fn text(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.put(key, Value::text(value.clone()));
        }
    }

    fn time(&mut self, key: &str, value: Option<Moment>) {
        if let Some(value) = value {
            self.put(key, Value::text(value.written()));
        }
    }

    fn time_or(&mut self, key: &str, value: Option<Moment>, unknown: &str) {
        self.put(key, Value::text(value.map_or_else(|| unknown.to_owned(), |at| at.written())));
    }

    /// Adds that only the hour of a time is known, which its digits do not say.
    fn hour(&mut self, key: &str, value: Option<Moment>) {
        if value.is_some_and(|at| at.precision() == Precision::Hour) {
            self.put(key, Value::text("hour"));
        }
    }

    fn truth(&mut self, key: &str, value: bool) {
        if value {
            self.put(key, Value::text("true"));
        }
    }

    fn items<T>(&mut self, key: &str, items: &[T], item: fn(&T) -> Value) {
        if !items.is_empty() {
            self.put(key, Value::List(items.iter().map(item).collect()));
        }
    }

    fn audience(&mut self, audience: Audience) {
        if audience == Audience::Internal {
            self.put("audience", Value::text("internal"));
        }
    }

    fn texts(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.put(key, Value::texts(values));
        }
    }
}

// Types are destructured by field: a forgotten field would be logged and then missing.

/// Returns an event, in the specification's order of keys.
pub fn event_item(event: &Event) -> Value {
    let Event {
        at,
        until,
        logged,
        text,
        kind,
        steps,
        by,
        why,
        next_update,
        key,
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
    let mut keys = Keys(Vec::new());
    keys.time_or("at", *at, UNKNOWN);
    keys.time("until", *until);
    keys.time("logged", *logged);
    keys.text("text", Some(text));
    keys.text("type", kind.as_ref().map(|kind| kind.word().to_owned()).as_ref());
    match steps.as_slice() {
        [] => {}
        [one] => keys.put("step", Value::text(one.clone())),
        many => keys.put("step", Value::texts(many)),
    }
    keys.text("by", by.as_ref());
    keys.text("why", why.as_ref());
    keys.time("next_update", *next_update);
    keys.truth("about", at.is_some_and(|at| at.is_about()));
    keys.hour("precision", *at);
    keys.truth("until_about", until.is_some_and(|until| until.is_about()));
    keys.hour("until_precision", *until);
    keys.truth("key", *key);
    keys.audience(*audience);
    keys.text("from", from.as_ref());
    keys.text("to", to.as_ref());
    keys.text("detail", detail.as_ref());
    if !attachments.is_empty() {
        keys.put("attachments", Value::List(attachments.iter().map(attachment_item).collect()));
    }
    keys.texts("refs", refs);
    if !metrics.is_empty() {
        let entry = |(name, value): &(String, String)| (name.clone(), Value::text(value.clone()));
        keys.put("metrics", Value::Map(metrics.iter().map(entry).collect()));
    }
    keys.text("printed", printed.as_ref());
    keys.text("source", source.as_ref());
    Value::Map(keys.0)
}

/// Returns an attachment.
pub fn attachment_item(attachment: &Attachment) -> Value {
    let Attachment { file, alt, width, caption, audience } = attachment;
    let mut keys = Keys(Vec::new());
    keys.text("file", Some(file));
    keys.text("alt", alt.as_ref());
    keys.text("width", width.as_ref());
    keys.text("caption", caption.as_ref());
    keys.audience(*audience);
    Value::Map(keys.0)
}

/// Returns a planned step as first written: without revisions, not skipped.
pub fn step_item(step: &PlanStep) -> Value {
    let PlanStep {
        id,
        at,
        due,
        until,
        text,
        owner,
        after,
        takes,
        decision,
        rollback,
        if_failed,
        command,
        revised: _,
        skipped: _,
        source,
    } = step;
    let mut keys = Keys(Vec::new());
    keys.text("id", id.as_ref());
    if at.is_some() || due.is_none() {
        keys.time_or("at", *at, TBD);
    }
    keys.time("due", *due);
    keys.hour("precision", step.planned());
    keys.time("until", *until);
    keys.hour("until_precision", *until);
    keys.text("text", Some(text));
    keys.text("owner", owner.as_ref());
    let after: Vec<String> = after.iter().map(After::to_string).collect();
    keys.texts("after", &after);
    keys.text("takes", takes.map(|takes| takes.to_string()).as_ref());
    keys.truth("decision", *decision);
    keys.truth("rollback", *rollback);
    keys.text("if_failed", if_failed.as_ref());
    keys.text("command", command.as_ref());
    keys.text("source", source.as_ref());
    Value::Map(keys.0)
}

/// Returns a planned step with its outcome: given up, with or without a reason.
pub fn whole_step(step: &PlanStep) -> Value {
    let mut keys = match step_item(step) {
        Value::Map(keys) => Keys(keys),
        other => return other,
    };
    match &step.skipped {
        None => {}
        Some(Skip { on: None, why: Some(why) }) => keys.text("skipped", Some(why)),
        Some(Skip { on: None, why: None }) => keys.truth("skipped", true),
        Some(Skip { on, why }) => {
            let mut skip = Keys(Vec::new());
            skip.time("on", *on);
            skip.text("why", why.as_ref());
            keys.put("skipped", Value::Map(skip.0));
        }
    }
    Value::Map(keys.0)
}

/// Returns an action.
pub fn action_item(action: &Action) -> Value {
    let Action { text, owner, due, kind, done, reference, audience, source } = action;
    let mut keys = Keys(Vec::new());
    keys.text("text", Some(text));
    keys.text("owner", owner.as_ref());
    keys.text("due", due.map(|day| day.to_string()).as_ref());
    keys.text("type", kind.as_ref());
    keys.text("done", done.map(|day| day.to_string()).as_ref());
    keys.text("ref", reference.as_ref());
    keys.audience(*audience);
    keys.text("source", source.as_ref());
    Value::Map(keys.0)
}

/// Returns the state of the review.
pub fn review_value(review: &Review) -> Value {
    match review {
        Review::Draft => Value::text("draft"),
        Review::Reviewed { by, on, of } => {
            let mut keys = Keys(Vec::new());
            keys.text("by", by.as_ref());
            keys.text("on", on.map(|day| day.to_string()).as_ref());
            keys.text("of", of.as_ref());
            Value::Map(keys.0)
        }
    }
}

/// Returns a section.
pub fn section_item(section: &Section) -> Value {
    let Section { title, body, audience } = section;
    let mut keys = Keys(Vec::new());
    keys.text("title", Some(title));
    keys.text("body", Some(body));
    keys.audience(*audience);
    Value::Map(keys.0)
}

/// Returns an imported document.
pub fn imported_item(imported: &Imported) -> Value {
    let Imported { from, sha256, on, left_out } = imported;
    let mut keys = Keys(Vec::new());
    keys.text("from", Some(from));
    keys.text("sha256", sha256.as_ref());
    keys.time("on", *on);
    keys.texts("left_out", left_out);
    Value::Map(keys.0)
}

/// Returns a factor or a lesson: a text, or a mapping that adds who may read it.
pub fn note_item(note: &Note) -> Value {
    let Note { text, audience } = note;
    if *audience == Audience::Everyone {
        return Value::text(text.clone());
    }
    let mut keys = Keys(Vec::new());
    keys.text("text", Some(text));
    keys.audience(*audience);
    Value::Map(keys.0)
}

/// Returns a whole record, in the specification's order of keys, without its `post`.
pub fn record_text(incident: &Incident) -> String {
    let keys = record_keys(incident);
    let keys: Vec<(&str, Value)> =
        keys.0.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    compose(&keys)
}

/// Returns what a reviewer reads, as canonical bytes independent of the record's style: all but the review itself, the
/// publication time, whether it is archived, and which actions have been done since.
pub fn reviewed_bytes(incident: &Incident) -> Vec<u8> {
    let mut incident =
        Incident { review: None, published: None, archived: false, ..incident.clone() };
    incident.actions.iter_mut().for_each(|action| action.done = None);
    let mut bytes = Vec::new();
    put_bytes(&Value::Map(record_keys(&incident).0), &mut bytes);
    let changes = incident.plan.iter().map(revisions);
    put_bytes(&Value::List(changes.collect()), &mut bytes);
    bytes
}

/// Returns the earlier times of a planned step, which new records do not have.
fn revisions(step: &PlanStep) -> Value {
    let mut keys = Keys(Vec::new());
    for Revision { from, until, on, why } in &step.revised {
        keys.time("from", Some(*from));
        keys.time("until", *until);
        keys.time("on", *on);
        keys.text("why", why.as_ref());
    }
    Value::Map(keys.0)
}

/// Appends a value with the length of each part, so that no two values have the same bytes.
fn put_bytes(value: &Value, bytes: &mut Vec<u8>) {
    let mut begin = |sign: u8, length: usize| {
        bytes.push(sign);
        bytes.extend((length as u64).to_le_bytes());
    };
    match value {
        Value::Null => begin(b'n', 0),
        Value::Scalar(text) => {
            begin(b's', text.len());
            bytes.extend(text.as_bytes());
        }
        Value::List(items) => {
            begin(b'l', items.len());
            items.iter().for_each(|item| put_bytes(item, bytes));
        }
        Value::Map(entries) => {
            begin(b'm', entries.len());
            for (key, value) in entries {
                put_bytes(&Value::Scalar(key.clone()), bytes);
                put_bytes(value, bytes);
            }
        }
    }
}

fn record_keys(incident: &Incident) -> Keys {
    let mut keys = Keys(Vec::new());
    keys.text("title", Some(&incident.title));
    keys.text("kind", incident.kind.as_ref());
    keys.text("version", incident.version.as_ref());
    keys.text("severity", incident.severity.as_ref());
    keys.text("date", incident.date.map(|day| day.to_string()).as_ref());
    keys.text("timezone", incident.zone.map(|zone| zone.name().to_owned()).as_ref());
    keys.text("language", incident.language.as_ref());
    keys.text("author", incident.author.as_ref());
    keys.texts("services", &incident.services);
    keys.texts("tags", &incident.tags);
    keys.texts("categories", &incident.categories);
    keys.time("published", incident.published);
    keys.truth("sample", incident.sample);
    keys.truth("archived", incident.archived);
    keys.text("summary", incident.summary.as_ref());
    keys.text("impact", incident.impact.as_ref());
    if let Some(review) = &incident.review {
        keys.put("review", review_value(review));
    }
    keys.items("plan", &incident.plan, whole_step);
    keys.put("events", Value::List(incident.events.iter().map(event_item).collect()));
    keys.items("contributing_factors", &incident.contributing_factors, note_item);
    let mut lessons = Keys(Vec::new());
    for (key, notes) in incident.lessons.by_key() {
        lessons.items(key, notes, note_item);
    }
    if !lessons.0.is_empty() {
        keys.put("lessons", Value::Map(lessons.0));
    }
    keys.items("actions", &incident.actions, action_item);
    keys.items("sections", &incident.sections, section_item);
    keys.items("attachments", &incident.attachments, attachment_item);
    keys.items("imported", &incident.imported, imported_item);
    keys
}

/// Inserts an event in chronological order, after everything not later; returns the index and the change.
pub fn insert_event(events: &[Event], event: &Event) -> (usize, Change) {
    let index = Moment::place_among(events.iter().map(|other| other.at), event.at);
    (index, Change::insert(Vec::new(), "events", index, event_item(event)))
}

/// Inserts a step in chronological order; returns the index and the change.
pub fn insert_step(plan: &[PlanStep], step: &PlanStep) -> (usize, Change) {
    let index = Moment::place_among(plan.iter().map(PlanStep::planned), step.planned());
    (index, Change::insert(Vec::new(), "plan", index, step_item(step)))
}

/// Inserts items: plans and events chronologically, everything else at the end of its list. The changes must be made
/// one after the other.
pub fn insert_items(document: &Document, items: Vec<(String, Value)>) -> Vec<Change> {
    let zone = document.incident.zone;
    let mut lists: Vec<(String, Vec<Option<Moment>>)> = Vec::new();
    let mut changes = Vec::new();
    let lessons = document.value_named("lessons");
    let mut has_lessons = matches!(lessons, Some(Value::Map(lists)) if !lists.is_empty());
    for (list, item) in items {
        let moment = |item: &Value| Moment::parse(item.text_at("at")?, zone).ok();
        let known = lists.iter().position(|(name, _)| *name == list).unwrap_or_else(|| {
            lists.push((list.clone(), document.items(&list).iter().map(moment).collect()));
            lists.len() - 1
        });
        let moments = &mut lists[known].1;
        let at = moment(&item);
        let index = Moment::place_among(moments.iter().copied(), at);
        moments.insert(index, at);
        let (path, key) = list_place(&list);
        changes.push(match path.as_slice() {
            [(holder, _)] if !std::mem::replace(&mut has_lessons, true) => {
                let lists = vec![(key.to_owned(), Value::List(vec![item]))];
                Change::set(Vec::new(), holder, Value::Map(lists))
            }
            _ => Change::insert(path, key, index, item),
        });
    }
    changes
}

/// Returns the indices where [`insert_items`] puts several items in a list, each among the existing items.
pub fn places_among(document: &Document, list: &str, items: &[Value]) -> Vec<usize> {
    let zone = document.incident.zone;
    let moment = |item: &Value| Moment::parse(item.text_at("at")?, zone).ok();
    let there: Vec<Option<Moment>> = document.items(list).iter().map(moment).collect();
    let new: Vec<Option<Moment>> = items.iter().map(moment).collect();
    let is_exact = |at: &Moment| !matches!(at.precision(), Precision::Day | Precision::Hour);
    let exact = there.iter().chain(&new).flatten().all(is_exact);
    let mut latest_first: Vec<usize> = (0..items.len()).collect();
    latest_first.sort_by_key(|at| std::cmp::Reverse(new[*at].map(|at| at.unix())));
    let mut places = vec![there.len(); items.len()];
    // Everything after the place of a later item is later still.
    let mut limit = there.len();
    for at in latest_first.into_iter().filter(|at| new[*at].is_some()) {
        let from = if exact { limit } else { there.len() };
        places[at] = Moment::place_among(there[..from].iter().copied(), new[at]);
        limit = places[at];
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::KeyEdit;

    use crate::format::read;

    const AT: &str = "2024-09-07T18:0";

    fn moment(minute: u32) -> Moment {
        Moment::parse(&format!("{AT}{minute}Z"), None).unwrap()
    }

    #[test]
    fn entries_go_after_what_was_not_later() {
        for (times, at, index) in [
            (&[][..], 1, 0),
            (&[1, 2, 3], 2, 2),
            (&[1, 2, 3], 0, 0),
            (&[1, 2, 3], 3, 3),
            (&[1, 2, 3], 4, 3),
            (&[3, 1, 2], 2, 3),
            (&[1, 3, 2], 1, 1),
        ] {
            let events: Vec<Event> =
                times.iter().map(|n| Event::new(moment(*n), "a".to_owned())).collect();
            let steps: Vec<PlanStep> =
                times.iter().map(|n| PlanStep::new(moment(*n), "a".to_owned())).collect();
            let (place, change) = insert_event(&events, &Event::new(moment(at), "new".to_owned()));
            assert_eq!(place, index, "{times:?} {at}");
            assert_eq!(change.key, "events");
            assert!(matches!(change.edit, KeyEdit::Insert(place, _) if place == index));
            let (place, change) = insert_step(&steps, &PlanStep::new(moment(at), "new".to_owned()));
            assert_eq!(place, index, "{times:?} {at}");
            assert_eq!(change.key, "plan");
            assert!(matches!(change.edit, KeyEdit::Insert(place, _) if place == index));
        }
    }

    #[test]
    fn several_items_find_their_places_in_turn() {
        let text = format!(
            "title: t\nevents:\n  - {{at: {AT}1Z, text: a}}\n  - {{at: {AT}5Z, text: b}}\ntags: [x]\n"
        );
        let document = read(&text).unwrap();
        let item = |minute: u32| {
            Value::Map(vec![("at".to_owned(), Value::text(format!("{AT}{minute}Z")))])
        };
        let items = vec![
            ("events".to_owned(), item(3)),
            ("events".to_owned(), item(2)),
            ("events".to_owned(), item(5)),
            ("plan".to_owned(), item(4)),
            ("plan".to_owned(), item(3)),
            ("tags".to_owned(), Value::text("y")),
            ("events".to_owned(), item(0)),
        ];
        let places: Vec<(String, usize)> = insert_items(&document, items)
            .into_iter()
            .filter_map(|change| match change {
                Change { key, edit: KeyEdit::Insert(index, _), .. } => Some((key, index)),
                _ => None,
            })
            .collect();
        let expected = [
            ("events", 1),
            ("events", 1),
            ("events", 4),
            ("plan", 0),
            ("plan", 0),
            ("tags", 1),
            ("events", 0),
        ];
        assert_eq!(places, expected.map(|(key, index)| (key.to_owned(), index)));
    }

    #[test]
    fn what_is_not_known_is_not_written() {
        let keys = |item: &Value| match item {
            Value::Map(entries) => entries.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        assert_eq!(keys(&event_item(&Event::new(moment(1), "a".to_owned()))), ["at", "text"]);
        assert_eq!(keys(&step_item(&PlanStep::new(moment(1), "a".to_owned()))), ["at", "text"]);
        let full = PlanStep {
            id: Some("i".to_owned()),
            until: Some(moment(2)),
            owner: Some("o".to_owned()),
            ..PlanStep::new(moment(1), "a".to_owned())
        };
        assert_eq!(keys(&step_item(&full)), ["id", "at", "until", "text", "owner"]);
        let file = Attachment { file: "f".to_owned(), ..Attachment::default() };
        assert_eq!(keys(&attachment_item(&file)), ["file"]);
        let word = Some("w".to_owned());
        let file = Attachment {
            file: "f".to_owned(),
            alt: word.clone(),
            width: word.clone(),
            caption: word,
            audience: Audience::Internal,
        };
        assert_eq!(keys(&attachment_item(&file)), ["file", "alt", "width", "caption", "audience"]);
    }

    #[test]
    fn an_event_is_written_as_it_was_read() {
        let event = format!(
            "  - at: {AT}1+00:00\n    until: {AT}2+00:00\n    logged: {AT}3+00:00\n    text: a\n    type: detected\n    step: b\n    by: c\n    why: d\n    next_update: {AT}4+00:00\n    about: true\n    key: true\n    audience: internal\n    from: e\n    to: f\n    detail: g\n    attachments:\n      - {{file: h}}\n    refs: [i]\n    metrics: {{j: k}}\n    printed: l\n    source: m:1\n"
        );
        let document = read(&format!("title: t\nevents:\n{event}")).unwrap();
        assert_eq!(crate::format::item_text(&event_item(&document.incident.events[0])), event);
        let two = event.replace("step: b", "step: [b, c]");
        let document = read(&format!("title: t\nevents:\n{two}")).unwrap();
        assert_eq!(crate::format::item_text(&event_item(&document.incident.events[0])), two);
    }

    #[test]
    fn a_record_is_written_as_it_was_read() {
        let text = "title: a\nkind: outage\nversion: \"1.2\"\nseverity: sev2\ndate: 2024-09-07\ntimezone: Asia/Seoul\nlanguage: en\nauthor: b\nservices: [c]\ntags: [d]\ncategories: [e]\npublished: 2024-09-08T10:00+00:00\nsample: true\nsummary: f\nimpact: g\nplan:\n  - id: h\n    at: 2024-09-07T17:00+09:00\n    text: i\n    source: \"j:2\"\n    skipped: true\nevents:\n  - at: 2024-09-07T17:05+09:00\n    text: k\n    step: h\ncontributing_factors: [l, {text: m, audience: internal}]\nlessons:\n  badly: [n]\nactions:\n  - text: o\n    owner: p\n    due: 2024-10-01\n    type: prevent\n    done: 2024-09-30\n    ref: q\n    audience: internal\n    source: \"j:9\"\nsections:\n  - title: r\n    body: s\n    audience: internal\nattachments: [{file: t}]\nimported:\n  - from: j\n    sha256: \"00\"\n    on: 2024-09-09\n    left_out: [\"j:3\"]\n";
        let read_back = read(text).unwrap().incident;
        let written = record_text(&read_back);
        assert_eq!(read(&written).unwrap().incident, read_back, "{written}");
        assert!(
            ["left_out:", "ref: q", "badly:", "audience: internal"]
                .iter()
                .all(|key| written.contains(key))
        );
    }

    #[test]
    fn a_review_is_valid_for_the_content_however_it_is_formatted() {
        let bytes = |text: &str| reviewed_bytes(&read(text).unwrap().incident);
        let record = "title: t\nplan:\n  - {at: 2024-09-07T17:00+09:00, text: i}\nevents:\n  - {at: 2024-09-07T18:00+09:00, text: a}\nactions:\n  - text: b\n";
        let before = bytes(record);
        for same in [
            format!("# note\n{record}review: draft\npublished: 2024-09-09\n"),
            record.replace("- text: b\n", "- text: \"b\"\n    done: 2024-10-01\n"),
            record.replace(
                "{at: 2024-09-07T18:00+09:00, text: a}",
                "text: 'a'\n    at: 2024-09-07 18:00+09:00",
            ),
        ] {
            assert_eq!(bytes(&same), before, "{same}");
        }
        for (from, to) in [
            ("text: a", "text: c"),
            ("T18:00", "T18:01"),
            ("title: t", "title: t\nsummary: s"),
            ("- text: b\n", "- text: b\n    owner: c\n"),
            ("text: i", "text: i, skipped: late"),
            ("text: i", "text: i, skipped: {on: 2024-09-07, why: late}"),
            ("text: i", "text: i, revised: [{from: 2024-09-07T16:00+09:00}]"),
            ("text: a", "text: a, audience: internal"),
        ] {
            assert_ne!(bytes(&record.replace(from, to)), before, "{from} → {to}");
        }
    }
}
