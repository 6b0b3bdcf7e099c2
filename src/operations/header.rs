//! Changes a record's metadata: title, severity, day and so on.

use crate::fault::{Fault, Field, KeyFault};
use crate::format::{Document, HEADER_KEYS, POST_PATHS, RECORD_KEYS};
use crate::lang::{Aim, Frame, documents_for, is_yes, keys_begun};
use crate::model::{Event, EventType, Zone, nearest};
use crate::store::{Loaded, Saved};
use crate::timeline::{next_severity, severity_at, status_at};
use crate::view::{HeaderView, KeyValue, KeyView, header_view, key_view};
use crate::yaml::{Change, Hop, Position, Value};

use super::changes::number_of;
use super::log::{LogOutcome, LogRequest, log};
use super::new::{kind_of, severity_named};
use super::own_lines::{bare_times, comments_gone};
use super::post_keys::{self, POST};
use super::texts::{accepted, check_language, event_type};
use super::when::{day_named, frame, read_time};
use super::workspace::Target;

/// The name of the record's status, which follows from its milestones and is not a key of the file.
pub const STATUS: &str = "status";

/// How the values of a key are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyDeed {
    /// They are replaced.
    #[default]
    Set,
    /// They are added to a list.
    Add,
    /// They are removed from a list.
    Remove,
    /// The key is removed.
    Clear,
}

/// A change of a key of a record.
#[derive(Debug, Default)]
pub struct SetRequest {
    /// Its name, as typed.
    pub key: String,
    /// The values, as typed: the items of a list, or the words of one text.
    pub values: Vec<String>,
    /// How they are applied.
    pub deed: KeyDeed,
    /// The event for a change of severity or status: its time, reason and person.
    pub event: LogRequest,
    /// Whether the severity was wrong from the beginning, so that no event is logged.
    pub no_event: bool,
}

/// The result of a change.
#[derive(Debug)]
pub enum SetOutcome {
    /// The key was changed.
    Key(Box<Saved>, KeyChange),
    /// An event was logged for the change.
    Event(Box<LogRequest>, LogOutcome),
}

/// A key that was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyChange {
    /// Its name.
    pub key: &'static str,
    /// Its former value.
    pub was: Option<Value>,
    /// Its new value.
    pub now: Option<Value>,
    /// How many times without an offset mean another moment in the record's new zone.
    pub moved: usize,
    /// Comments beside removed items, which went with them.
    pub comments: Vec<String>,
}

/// Returns the key of a name, which may be `status`, `post` or one of the keys in `post`. The name is the key itself, its
/// name in some language, or an unambiguous beginning of either.
///
/// # Errors
/// There is none, or it contains entries.
pub(super) fn header_key(typed: &str) -> Result<&'static str, KeyFault> {
    let wanted = typed.to_lowercase().replace('-', "_");
    let whole = HEADER_KEYS.iter().copied().chain([STATUS, POST]);
    let known: Vec<&'static str> = whole.chain(POST_PATHS.iter().copied()).collect();
    let is = |key: &&'static str| **key == wanted || format!("{wanted}s") == **key;
    let begun = || {
        let mut begun = known.iter().copied().filter(|key| key.starts_with(&wanted));
        begun.next().filter(|_| begun.next().is_none() && wanted.len() >= 3)
    };
    let named = keys_begun(typed);
    let by_name = || if let [(_, key)] = named.as_slice() { Some(*key) } else { None };
    let zone = || ["zone", "tz", "time_zone"].contains(&&*wanted).then_some("timezone");
    let key = known.iter().copied().find(is).or_else(zone).or_else(begun).or_else(by_name);
    if let Some(key) = key {
        return Ok(key);
    }
    match RECORD_KEYS.iter().copied().find(|key| is(key)) {
        Some(key) => Err(KeyFault::Entries { key }),
        None => {
            if wanted == "id" {
                return Err(KeyFault::Id);
            }
            let near = nearest(&wanted, known.iter().copied());
            let of_post = wanted.starts_with(POST);
            let known = known.into_iter().filter(|key| key.contains('.') == of_post).collect();
            Err(KeyFault::Unknown { typed: typed.to_owned(), near, known })
        }
    }
}

/// Returns the value of a key, with the key's full name, or of every known key if `typed` is `None`. An unknown key must be
/// typed exactly as in the file; its value is returned as written there.
///
/// # Errors
/// There is no such key, or it contains entries.
pub fn said_keys<'k>(
    record: &Loaded,
    typed: Option<&'k str>,
) -> Result<(Option<&'k str>, HeaderView), KeyFault> {
    let Loaded { id, document, .. } = record;
    let kept = typed.filter(|key| !RECORD_KEYS.contains(key));
    if let Some((key, value)) = kept.and_then(|key| Some((key, document.written(key)?))) {
        return Ok((Some(key), key_view(id, key, value_as_written(document.value(key), value))));
    }
    let key = typed.map(header_key).transpose()?;
    let mut view = header_view(id, &document.incident, key);
    if key.is_none() {
        view.keys.extend(own_keys(document));
    }
    // A key may say no, which is the same as no key to everybody else.
    match key.and_then(|key| Some((key, document.value(key)?))) {
        Some((key, Value::Scalar(text))) if view.keys.is_empty() => {
            Ok((Some(key), key_view(id, key, KeyValue::Text(text))))
        }
        _ => Ok((key, view)),
    }
}

/// Returns the keys of a record that asrun does not know.
fn own_keys(document: &Document) -> impl Iterator<Item = KeyView> + '_ {
    let own = document.entries().into_iter().filter(|(key, _)| !RECORD_KEYS.contains(&&**key));
    own.filter_map(|(key, value)| {
        let value = value_as_written(Some(value), document.written(&key)?);
        Some(KeyView { key: key.into(), value })
    })
}

/// Returns a text as it is, a list of texts by item, and any other value as its lines in the file.
fn value_as_written(value: Option<Value>, written: &str) -> KeyValue {
    match value {
        Some(Value::Scalar(text)) => KeyValue::Text(text),
        Some(Value::List(items)) if items.iter().all(Value::is_text) => {
            KeyValue::Texts(items.iter().map(one_line).collect())
        }
        _ => KeyValue::Text(written.to_owned()),
    }
}

/// Sets or removes a key of a record. A change of severity or status is logged as an event, too.
///
/// # Errors
/// Nothing was changed.
pub fn set_key(target: &Target, request: SetRequest) -> Result<SetOutcome, Fault> {
    let key = header_key(&request.key).map_err(|fault| own_key(target, &request.key, fault))?;
    let given = !request.values.is_empty();
    match request.deed {
        _ if key == POST && (given || request.deed != KeyDeed::Clear) => {
            return Err(KeyFault::Entries { key }.into());
        }
        KeyDeed::Clear if given => return Err(KeyFault::ClearedAndSet { key }.into()),
        KeyDeed::Clear if matches!(key, "title" | STATUS) => {
            return Err(KeyFault::Needed { key }.into());
        }
        KeyDeed::Add | KeyDeed::Remove if !is_list(key) => {
            return Err(KeyFault::NoList { key }.into());
        }
        KeyDeed::Set | KeyDeed::Add | KeyDeed::Remove if !given => {
            return Err(KeyFault::NoValue { key }.into());
        }
        _ => {}
    }
    match key {
        STATUS if request.no_event => Err(KeyFault::IsEvent { key }.into()),
        STATUS => status(target, request),
        "severity" if !request.no_event && request.deed == KeyDeed::Clear => {
            no_severity(target, request)
        }
        "severity" if !request.no_event => severity(target, request),
        _ if request.tells_of_event() => Err(KeyFault::NoEvent { key }.into()),
        _ => {
            let (saved, mut change) = target.change("set", |document| {
                if key == "timezone" && request.deed == KeyDeed::Clear {
                    zone_not_needed(target, document)?;
                }
                request.change(target, key, document)
            })?;
            change.moved = moved(&saved.before, &saved.after);
            change.comments = comments_gone(&saved);
            Ok(SetOutcome::Key(Box::new(saved), change))
        }
    }
}

/// Logs a new severity, which applies from the time of the event.
fn severity(target: &Target, request: SetRequest) -> Result<SetOutcome, Fault> {
    let typed = request.values.join(" ");
    let severity = severity_named(&target.workspace.project, &typed)?;
    let incident = target.workspace.project.load(&target.record)?.document.incident;
    let at = request.event.moment(target, &incident)?;
    if severity_at(&incident, at.as_ref()) == Some(severity.as_str()) {
        return Err(KeyFault::Same { key: "severity", value: severity }.into());
    }
    logged(target, LogRequest { severity: Some(severity), ..request.event })
}

/// Logs that a record has no severity from the time of the event on.
fn no_severity(target: &Target, request: SetRequest) -> Result<SetOutcome, Fault> {
    let incident = target.workspace.project.load(&target.record)?.document.incident;
    let at = request.event.moment(target, &incident)?;
    if severity_at(&incident, at.as_ref()).is_some() {
        return logged(target, LogRequest { no_severity: true, ..request.event });
    }
    match at.and_then(|at| next_severity(&incident, &at)) {
        Some((place, Event { at: Some(at), to: Some(to), .. })) => {
            let (record, value) = (target.record.id.clone(), to.clone());
            let number = number_of(&incident, place);
            Err(KeyFault::LaterSame { record, value, at: *at, number }.into())
        }
        _ => Err(KeyFault::NotThere { key: "severity", value: None }.into()),
    }
}

/// Logs the milestone for a new status.
fn status(target: &Target, request: SetRequest) -> Result<SetOutcome, Fault> {
    let typed = request.values.join(" ");
    let kind = event_type(&typed).ok().filter(EventType::is_milestone).ok_or_else(|| {
        let milestone = |word: &&'static str| EventType::from_word(word).is_milestone();
        let known = EventType::words().filter(milestone).collect();
        Fault::from(KeyFault::Status { typed, known })
    })?;
    let incident = target.workspace.project.load(&target.record)?.document.incident;
    let at = request.event.moment(target, &incident)?;
    if status_at(&incident, at.as_ref()).as_ref() == Some(&kind) {
        let value = kind.word().to_owned();
        return Err(KeyFault::Same { key: STATUS, value }.into());
    }
    let word = || (documents_for(incident.language.as_deref()).event_type)(&kind);
    let event = request.event;
    let text = if event.text.is_empty() { word() } else { event.text };
    logged(target, LogRequest { text, kind: Some(kind), tells_status: true, ..event })
}

fn logged(target: &Target, event: LogRequest) -> Result<SetOutcome, Fault> {
    let outcome = log(target, &event)?;
    Ok(SetOutcome::Event(Box::new(event), outcome))
}

fn is_list(key: &str) -> bool {
    matches!(key, "services" | "tags" | "categories" | "post.show" | "post.hide" | FRONT_MATTER)
}

/// The key with lines of front matter, which can be changed key by key.
const FRONT_MATTER: &str = "post.front_matter";

impl SetRequest {
    fn tells_of_event(&self) -> bool {
        let LogRequest { text, at, by, why, .. } = &self.event;
        !text.is_empty() || [at, by, why].into_iter().any(Option::is_some)
    }

    /// Returns the change of a key, and a description of it.
    fn change(
        &self,
        target: &Target,
        key: &'static str,
        document: &Document,
    ) -> Result<(Vec<Change>, KeyChange), Fault> {
        let was = post_keys::value(document, key);
        let now = match self.deed {
            KeyDeed::Clear => None,
            _ if key == FRONT_MATTER => self.front_matter(key, was.as_ref())?,
            _ if is_list(key) => self.list(key, was.as_ref())?,
            _ => Some(Value::Scalar(self.text(target, key, document)?)),
        };
        let same = now.as_ref().filter(|now| Some(*now) == was.as_ref());
        if let Some(value) = same {
            return Err(KeyFault::Same { key, value: one_line(value) }.into());
        }
        match &now {
            Some(value) => post_keys::check(key, value)?,
            None if was.is_none() => return Err(KeyFault::NotThere { key, value: None }.into()),
            None => {}
        }
        let changes = post_keys::changes(document, key, now.clone());
        Ok((changes, KeyChange { key, was, now, moved: 0, comments: Vec::new() }))
    }

    /// Returns the new items of a list; `None` if it is empty.
    fn list(&self, key: &'static str, was: Option<&Value>) -> Result<Option<Value>, Fault> {
        let field = match key {
            "services" => Field::Service,
            "tags" | "categories" => Field::Tag,
            _ => Field::Value,
        };
        let accepted = |text: &String| Ok(accepted(field, text)?.replace('\n', " "));
        // Names are also typed in one word, as they are printed.
        let is_of_names = matches!(key, "services" | "tags" | "categories");
        let split = |text: &String| -> Vec<String> {
            let names = text.split(", ").map(str::trim).filter(|name| !name.is_empty());
            let names: Vec<String> = names.map(str::to_owned).collect();
            if is_of_names && names.len() > 1 { names } else { vec![text.clone()] }
        };
        let values: Vec<String> = self.values.iter().flat_map(split).collect();
        let typed: Vec<String> = values.iter().map(accepted).collect::<Result<_, Fault>>()?;
        let mut items: Vec<Value> = match was {
            _ if self.deed == KeyDeed::Set => Vec::new(),
            Some(Value::List(items)) => items.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        };
        for text in typed {
            let place = items.iter().position(|item| *item == Value::text(text.as_str()));
            match (self.deed, place) {
                (KeyDeed::Remove, Some(place)) => drop(items.remove(place)),
                (KeyDeed::Remove, None) => {
                    return Err(KeyFault::NotThere { key, value: Some(text) }.into());
                }
                (_, Some(_)) => {}
                (_, None) => items.push(Value::text(text)),
            }
        }
        Ok((!items.is_empty()).then_some(Value::List(items)))
    }

    /// Returns the new lines of front matter.
    fn front_matter(&self, key: &'static str, was: Option<&Value>) -> Result<Option<Value>, Fault> {
        let typed = accepted(Field::Value, &self.values.join("\n"))?;
        let was = match was {
            Some(Value::Scalar(was)) => was.as_str(),
            _ => "",
        };
        let lines = match self.deed {
            KeyDeed::Add => post_keys::lines_with(was, &typed),
            KeyDeed::Remove => self.values.iter().try_fold(was.to_owned(), |lines, gone| {
                let there = || KeyFault::NotThere { key, value: Some(gone.clone()) };
                post_keys::without(&lines, gone.trim()).ok_or_else(there)
            })?,
            _ => format!("{typed}\n"),
        };
        Ok((!lines.trim().is_empty()).then_some(Value::Scalar(lines)))
    }

    /// Returns the new value of a key with one text.
    fn text(&self, target: &Target, key: &str, document: &Document) -> Result<String, Fault> {
        let workspace = &target.workspace;
        let (incident, now) = (&document.incident, workspace.now);
        let zone = target.zone(incident);
        let typed = self.values.join(" ");
        let line = |field| Ok(accepted(field, &typed)?.replace('\n', " "));
        match key {
            "title" => line(Field::Title),
            "kind" => Ok(kind_of(&line(Field::Kind)?)),
            "severity" => severity_named(&workspace.project, &typed),
            "date" => Ok(day_named(&typed, Field::Value, now, zone)?.to_string()),
            "published" => match day_named(&typed, Field::Value, now, zone) {
                Ok(day) => Ok(day.to_string()),
                Err(_) => published(&typed, &frame(now, zone, incident, Aim::Happened)),
            },
            "timezone" => match Zone::parse(&typed) {
                Some(zone) => Ok(zone.name().to_owned()),
                None => Err(KeyFault::Zone { near: Zone::near(&typed), typed }.into()),
            },
            "language" => check_language(Some(&typed)).map(|()| typed),
            "sample" | "archived" => match typed.to_lowercase().as_str() {
                "false" | "no" | "off" => Ok("false".to_owned()),
                "true" | "on" => Ok("true".to_owned()),
                word if is_yes(word) => Ok("true".to_owned()),
                _ => Err(KeyFault::Truth { typed }.into()),
            },
            "summary" | "impact" | "post.before_plan" | "post.after_plan" => {
                let text = accepted(Field::Value, &typed)?;
                Ok(if text.contains('\n') { text + "\n" } else { text })
            }
            _ => line(Field::Value),
        }
    }
}

/// Returns a value in one line.
fn one_line(value: &Value) -> String {
    match value {
        Value::Scalar(text) => text.clone(),
        Value::List(items) => items.iter().map(one_line).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// Returns how many times of a record mean another moment after a change of its zone: those without an offset.
fn moved(before: &Document, after: &Document) -> usize {
    match (before.incident.zone, after.incident.zone) {
        (was, is) if was == is => 0,
        (was, is) => bare_times(before, was, is).len(),
    }
}

/// Checks that no time of a record needs its zone.
///
/// # Errors
/// Times have no offset: they could not be read without a zone.
fn zone_not_needed(target: &Target, document: &Document) -> Result<(), Fault> {
    let times = bare_times(document, document.incident.zone, None);
    let places = document.places();
    let place = |change: &Change| {
        let hops = change.at.iter().flat_map(|(key, item)| {
            [Some(Hop::Key(key.as_str())), item.map(Hop::Item)].into_iter().flatten()
        });
        let hops: Vec<Hop> = hops.chain([Hop::Key(change.key.as_str())]).collect();
        Position::of(document.text(), places.of(&hops).start)
    };
    let mut found: Vec<Position> = times.iter().map(place).collect();
    found.sort_unstable();
    let Some(at) = found.first().copied() else { return Ok(()) };
    let mut lines: Vec<usize> = found.into_iter().map(|at| at.line).collect();
    lines.dedup();
    let file = target.workspace.project.told_path(&target.record.path);
    Err(KeyFault::ZoneNeeded { file, at, lines }.into())
}

/// Returns the fault of a name that is no key of a record; if this record has such a key, where it is.
fn own_key(target: &Target, typed: &str, fault: KeyFault) -> Fault {
    let KeyFault::Unknown { .. } = fault else { return fault.into() };
    let Ok(loaded) = target.workspace.project.load(&target.record) else { return fault.into() };
    let document = loaded.document;
    if document.value(typed).is_none() {
        return fault.into();
    }
    let own = document.unknown.iter().find(|own| own.key == typed);
    let at = Position::of(document.text(), own.map_or(0, |own| own.at));
    let file = target.workspace.project.told_path(&target.record.path);
    KeyFault::Own { key: typed.to_owned(), file, at }.into()
}

/// Returns when a record was or will be published. A clock time alone is of today: it is published after what it is about.
fn published(typed: &str, frame: &Frame) -> Result<String, Fault> {
    let read = read_time(typed, frame, Field::Value);
    if read.as_ref().map_or(true, |read| read.day_inferred) {
        let today = frame.now.day_in(Some(frame.zone));
        if let Ok(read) = read_time(&format!("{today} {typed}"), frame, Field::Value) {
            return Ok(read.moment.written());
        }
    }
    Ok(read?.moment.written())
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;
    use crate::fault::Doubt;
    use crate::model::{Incident, Moment};
    use crate::timeline::{broken_severities, broken_statuses, severity_led_to, tells_severity};

    const RECORD: &str = "\
title: Checkout
severity: sev3   # as the pager said
timezone: Asia/Seoul
# what is broken
services: [checkout, api] # both

plan: []
events:
  # by hand
  - at: 2024-09-07T18:00
    text: \"first\"
";

    fn request(key: &str, values: &[&str], deed: KeyDeed) -> SetRequest {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        SetRequest { key: key.to_owned(), values, deed, ..SetRequest::default() }
    }

    #[test]
    fn keys_are_named_in_a_language_too() {
        for (typed, key) in [
            ("severity", Some("severity")),
            ("sev", Some("severity")),
            ("심각도", Some("severity")),
            ("심", Some("severity")),
            ("시간대", Some("timezone")),
            ("zone", Some("timezone")),
            ("TZ", Some("timezone")),
            ("예시", Some("sample")),
            ("상태", Some(STATUS)),
            ("시각", None),
            ("", None),
        ] {
            assert_eq!(header_key(typed).ok(), key, "{typed}");
        }
    }

    #[test]
    fn a_record_is_published_today_or_on_the_nearest_day() {
        for (typed, expected) in [
            ("10:00", "2024-09-07T10:00+09:00"),
            ("오후 9시", "2024-09-07T21:00+09:00"),
            ("10m ago", "2024-09-07T18:20+09:00"),
            ("9월 9일 10:00", "2024-09-09T10:00+09:00"),
            ("Sep 5 18:00", "2024-09-05T18:00+09:00"),
            ("2024-09-09 12:00", "2024-09-09T12:00+09:00"),
            ("9월 9일", "2024-09-09"),
        ] {
            let trial = Trial::new(RECORD);
            set_key(&trial.target, request("published", &[typed], KeyDeed::Set)).unwrap();
            let incident = trial.document().incident;
            assert_eq!(incident.published.unwrap().written(), expected, "{typed}");
        }
    }

    #[test]
    fn a_key_changes_and_nothing_else() {
        for (key, values, deed, (from, to)) in [
            ("title", &["Pay", "ments"][..], KeyDeed::Set, ("title: Checkout", "title: Pay ments")),
            ("kind", &["outage"], KeyDeed::Set, ("severity:", "kind: outage\nseverity:")),
            ("kind", &["출시"], KeyDeed::Set, ("severity:", "kind: release\nseverity:")),
            ("kind", &["훈련"], KeyDeed::Set, ("severity:", "kind: 훈련\nseverity:")),
            ("language", &["ko"], KeyDeed::Set, ("# what", "language: ko\n# what")),
            ("tags", &["db"], KeyDeed::Add, ("plan:", "tags: [db]\nplan:")),
            ("service", &["web"], KeyDeed::Add, ("api]", "api, web]")),
            ("services", &["api"], KeyDeed::Remove, ("[checkout, api]", "[checkout]")),
            ("services", &["web"], KeyDeed::Set, ("[checkout, api]", "[web]")),
            ("services", &["api", "web"], KeyDeed::Set, ("[checkout, api]", "[api, web]")),
        ] {
            let trial = Trial::of(RECORD);
            let Ok(SetOutcome::Key(_, change)) = set_key(&trial.target, request(key, values, deed))
            else {
                panic!("{key}")
            };
            assert_eq!(trial.text(), RECORD.replacen(from, to, 1), "{key} {deed:?}");
            assert_eq!(change.moved, 0, "{key}");
            super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
            assert_eq!(trial.text(), RECORD, "{key} taken back");
        }
    }

    #[test]
    fn a_key_that_says_no_is_written_as_a_boolean_and_shown() {
        let trial = Trial::of(RECORD);
        let shown = || {
            let record = trial.target.workspace.project.load(&trial.target.record).unwrap();
            said_keys(&record, Some("sample")).unwrap().1.keys.len()
        };
        assert_eq!(shown(), 0);
        for (typed, written) in [("no", "sample: false\n"), ("yes", "sample: true\n")] {
            set_key(&trial.target, request("sample", &[typed], KeyDeed::Set)).unwrap();
            assert!(trial.text().contains(written), "{}", trial.text());
            assert_eq!(shown(), 1, "{typed}");
        }
    }

    #[test]
    fn a_status_is_an_event_whatever_is_asked() {
        let trial = Trial::of(RECORD);
        let quietly = SetRequest { no_event: true, ..request(STATUS, &["resolved"], KeyDeed::Set) };
        let fault = set_key(&trial.target, quietly).unwrap_err();
        assert!(matches!(fault, Fault::Key(KeyFault::IsEvent { key: STATUS })), "{fault:?}");
        assert_eq!(trial.text(), RECORD);
    }

    #[test]
    fn keys_of_a_post_change_one_by_one() {
        let trial = Trial::of(RECORD);
        let set = |key: &str, values: &[&str], deed| {
            set_key(&trial.target, request(key, values, deed)).map(drop)
        };
        let mut texts = vec![trial.text()];
        for (key, values, deed, post) in [
            ("post.layout", &["blog"][..], KeyDeed::Set, "post:\n  layout: blog\n"),
            ("post.hide", &["rows"], KeyDeed::Add, "  hide: [rows]\n"),
            ("post.hide", &["links", "rows"], KeyDeed::Add, "  hide: [rows, links]\n"),
            ("post.hide", &["rows"], KeyDeed::Remove, "  hide: [links]\n"),
            ("post.before-plan", &["So it", "was."], KeyDeed::Set, "  before_plan: So it was.\n"),
            ("post.after_plan", &["One.\nTwo."], KeyDeed::Set, "    One.\n    Two.\n"),
            ("post.front_matter", &["image: /a", "pin: true"], KeyDeed::Set, "    pin: true\n"),
            ("post.front_matter", &["image: /b"], KeyDeed::Add, "    pin: true\n    image: /b\n"),
            ("post.front_matter", &["pin"], KeyDeed::Remove, "  front_matter: |\n    image: /b\n"),
        ] {
            set(key, values, deed).unwrap();
            assert!(trial.text().contains(post), "{key} {deed:?}\n{}", trial.text());
            texts.push(trial.text());
        }
        while let (Some(_), Some(before)) = (texts.pop(), texts.last()) {
            super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
            assert_eq!(trial.text(), *before, "taken back");
        }
        set("post.layout", &["blog"], KeyDeed::Set).unwrap();
        set("post.layout", &[], KeyDeed::Clear).unwrap();
        assert_eq!(trial.text(), RECORD, "the last key takes `post` with it");
        for (key, value) in [
            ("post.layout", "plain"),
            ("post.hide", "tables"),
            ("post.heading", "{txt}"),
            ("post.images", "../x"),
            ("post.front_matter", "a: ["),
            ("post.front_matter", "---"),
        ] {
            let fault = set(key, &[value], KeyDeed::Set).unwrap_err();
            assert!(matches!(fault, Fault::Key(KeyFault::Post { .. })), "{key}: {fault:?}");
        }
        assert_eq!(trial.text(), RECORD);
    }

    #[test]
    fn what_makes_no_sense_is_refused_and_changes_nothing() {
        let same = |key, value: &str| KeyFault::Same { key, value: value.to_owned() };
        let there = |key, value: Option<&str>| {
            let value = value.map(str::to_owned);
            KeyFault::NotThere { key, value }
        };
        for (key, values, deed, fault) in [
            ("events", &["x"][..], KeyDeed::Set, KeyFault::Entries { key: "events" }),
            ("title", &[], KeyDeed::Clear, KeyFault::Needed { key: "title" }),
            ("status", &[], KeyDeed::Clear, KeyFault::Needed { key: "status" }),
            ("author", &[], KeyDeed::Clear, there("author", None)),
            ("title", &[], KeyDeed::Set, KeyFault::NoValue { key: "title" }),
            ("title", &["x"], KeyDeed::Clear, KeyFault::ClearedAndSet { key: "title" }),
            ("title", &["x"], KeyDeed::Add, KeyFault::NoList { key: "title" }),
            ("title", &["Checkout"], KeyDeed::Set, same("title", "Checkout")),
            ("services", &["api"], KeyDeed::Add, same("services", "checkout, api")),
            ("services", &["web"], KeyDeed::Remove, there("services", Some("web"))),
            ("severity", &["SEV3"], KeyDeed::Set, same("severity", "sev3")),
        ] {
            let trial = Trial::of(RECORD);
            match set_key(&trial.target, request(key, values, deed)) {
                Err(Fault::Key(found)) => assert_eq!(found, fault),
                other => panic!("{key}: {other:?}"),
            }
            assert_eq!(trial.text(), RECORD);
        }
    }

    #[test]
    fn a_new_severity_is_an_event_with_old_and_new() {
        let trial = Trial::new(RECORD);
        let set = request("severity", &["sev1"], KeyDeed::Set);
        assert!(matches!(set_key(&trial.target, set), Ok(SetOutcome::Event(..))));
        let incident = trial.document().incident;
        let told = incident.events.last().unwrap();
        assert_eq!(incident.severity.as_deref(), Some("sev1"));
        assert_eq!((told.from.as_deref(), told.to.as_deref()), (Some("sev3"), Some("sev1")));
        assert_eq!(told.kind, Some(EventType::SeverityChange));
        assert!(trial.text().contains("severity: sev1   # as the pager said\n"));
        super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), RECORD);
        let quiet = SetRequest { no_event: true, ..request("severity", &["sev2"], KeyDeed::Set) };
        assert!(matches!(set_key(&trial.target, quiet), Ok(SetOutcome::Key(..))));
        assert_eq!(trial.text(), RECORD.replace("sev3", "sev2"));
        let quiet = SetRequest { no_event: true, ..request("severity", &[], KeyDeed::Clear) };
        assert!(matches!(set_key(&trial.target, quiet), Ok(SetOutcome::Key(..))));
        assert_eq!(trial.text(), RECORD.replace("severity: sev3   # as the pager said\n", ""));
    }

    /// A removed severity is a change, too, with which those before and after it agree.
    #[test]
    fn a_severity_that_is_removed_is_an_event_and_the_record_has_none_until_the_next() {
        use super::super::{AmendRequest, EventChoice, amend};
        let trial = Trial::new(RECORD);
        let clear = || request("severity", &[], KeyDeed::Clear);
        let told = |trial: &Trial| {
            let incident = trial.document().incident;
            assert!(broken_severities(&incident).is_empty(), "{}", trial.text());
            assert_eq!(severity_led_to(&incident), None, "{}", trial.text());
            let in_time = incident.events_in_time().into_iter().filter(|it| tells_severity(it));
            let changes: Vec<(Option<String>, Option<String>)> =
                in_time.map(|it| (it.from.clone(), it.to.clone())).collect();
            (incident.severity.clone(), changes)
        };
        let some = |severity: &str| Some(severity.to_owned());
        set_key(&trial.target, clear()).unwrap();
        assert_eq!(told(&trial), (None, vec![(some("sev3"), None)]));
        assert!(trial.text().contains("Severity: sev3 → none"), "{}", trial.text());
        let again = set_key(&trial.target, clear());
        assert!(matches!(again, Err(Fault::Key(KeyFault::NotThere { .. }))), "{again:?}");
        // What is put before it is what it removes.
        set_key(&trial.target, backdated("severity", "sev2", "18:25")).unwrap();
        let between = vec![(some("sev3"), some("sev2")), (some("sev2"), None)];
        assert_eq!(told(&trial), (None, between.clone()));
        set_key(&trial.target, backdated("severity", "sev1", "2024-09-07 18:50")).unwrap();
        let ahead = [between.clone(), vec![(None, some("sev1"))]].concat();
        assert_eq!(told(&trial), (some("sev1"), ahead));
        // There is none now, but there will be.
        let later = set_key(&trial.target, clear());
        assert!(matches!(later, Err(Fault::Key(KeyFault::LaterSame { .. }))), "{later:?}");
        super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
        assert_eq!(told(&trial), (None, between));
        let last = trial.document().incident.events.len();
        let event = Some(EventChoice::Number(last));
        let moved = AmendRequest { event, at: some("18:20"), ..AmendRequest::default() };
        amend(&trial.target, &moved).unwrap();
        let swapped = vec![(some("sev3"), None), (None, some("sev2"))];
        assert_eq!(told(&trial), (some("sev2"), swapped));
        super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
        let removed = AmendRequest { event, remove: true, ..AmendRequest::default() };
        amend(&trial.target, &removed).unwrap();
        assert_eq!(told(&trial), (some("sev2"), vec![(some("sev3"), some("sev2"))]));
    }

    /// Returns a change of severity or status at that time.
    fn backdated(key: &str, value: &str, at: &str) -> SetRequest {
        let event = LogRequest { at: Some(at.to_owned()), ..LogRequest::default() };
        SetRequest { event, ..request(key, &[value], KeyDeed::Set) }
    }

    #[test]
    fn a_change_before_a_later_one_is_put_between_what_was_and_what_became_of_it() {
        let changed = RECORD.replace("sev3", "sev1")
            + "  - at: 2024-09-07T18:20+09:00
    text: 'Severity: sev3 → sev1'
    type: severity_change
    from: sev3  # the pager
    to: sev1
";
        let trial = Trial::new(&changed);
        let set = |value, at| set_key(&trial.target, backdated("severity", value, at));
        let Ok(SetOutcome::Event(_, LogOutcome::Recorded(logged))) = set("sev2", "18:10") else {
            panic!("it is refused")
        };
        let later = logged.doubts.iter().find(|it| matches!(it, Doubt::ChangesLater { .. }));
        assert!(later.is_some(), "{:?}", logged.doubts);
        let incident = trial.document().incident;
        let told = |event: &Event| (event.text.clone(), event.from.clone(), event.to.clone());
        let said = |text: &str, from: &str, to: &str| {
            (text.to_owned(), Some(from.to_owned()), Some(to.to_owned()))
        };
        let events: Vec<_> = incident.events_in_time().into_iter().skip(1).map(told).collect();
        let between = said("Severity: sev3 → sev2", "sev3", "sev2");
        assert_eq!(events, [between, said("Severity: sev2 → sev1", "sev2", "sev1")]);
        assert_eq!(incident.severity.as_deref(), Some("sev1"), "it is what it became last");
        assert!(trial.text().contains("from: sev2  # the pager"));
        assert!(broken_severities(&incident).is_empty());
        super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
        assert_eq!(trial.text(), changed, "taken back whole");
        let later = Moment::parse("2024-09-07T18:20+09:00", None).unwrap();
        for (value, fault) in [
            ("sev3", KeyFault::Same { key: "severity", value: "sev3".to_owned() }),
            (
                "sev1",
                KeyFault::LaterSame {
                    record: "checkout".to_owned(),
                    value: "sev1".to_owned(),
                    at: later,
                    number: 2,
                },
            ),
        ] {
            assert!(matches!(set(value, "18:10"), Err(Fault::Key(found)) if found == fault));
            assert_eq!(trial.text(), changed);
        }
    }

    #[test]
    fn a_milestone_before_a_later_one_is_what_that_one_came_from() {
        let first = RECORD.replace("\"first\"\n", "\"first\"\n    type: detected\n");
        let trial = Trial::new(&first);
        let set = |value, at| set_key(&trial.target, backdated("status", value, at)).unwrap();
        set("resolved", "18:20");
        set("mitigated", "18:10");
        let incident = trial.document().incident;
        let from: Vec<_> =
            incident.events_in_time().into_iter().map(|it| it.from.as_deref()).collect();
        assert_eq!(from, [None, Some("detected"), Some("mitigated")]);
        assert!(broken_statuses(&incident).is_empty());
    }

    /// This also holds for one that does not state the status itself.
    #[test]
    fn a_logged_milestone_is_what_the_later_one_came_from() {
        let first = RECORD.replace("\"first\"\n", "\"first\"\n    type: detected\n");
        let trial = Trial::new(&first);
        set_key(&trial.target, backdated("status", "resolved", "18:20")).unwrap();
        let resolved = trial.text();
        let milestone = |at: &str| LogRequest {
            text: "one pool".to_owned(),
            kind: Some(EventType::Mitigated),
            at: Some(at.to_owned()),
            ..LogRequest::default()
        };
        let doubts = |request: &LogRequest| match log(&trial.target, request) {
            Ok(LogOutcome::Recorded(logged)) => logged.doubts,
            other => panic!("{other:?}"),
        };
        let told = |doubts: Vec<Doubt>| {
            doubts.iter().filter(|it| matches!(it, Doubt::ChangesLater { .. })).count()
        };
        let with_severity = LogRequest { severity: Some("sev2".to_owned()), ..milestone("18:10") };
        for (request, later) in
            [(milestone("18:10"), 1), (with_severity, 1), (milestone("18:25"), 0)]
        {
            assert_eq!(told(doubts(&request)), later, "{request:?}");
            let incident = trial.document().incident;
            assert!(broken_statuses(&incident).is_empty(), "{}", trial.text());
            super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
            assert_eq!(trial.text(), resolved, "taken back whole");
        }
        let incident = trial.document().incident;
        assert!(!milestone("18:10").goes_with_others(&incident), "another event changes, too");
        assert!(milestone("18:10").goes_with_others(&Incident::default()));
    }

    #[test]
    fn times_without_an_offset_are_counted_when_the_zone_moves_them() {
        let trial = Trial::of(RECORD);
        let set = |zone| request("timezone", &[zone], KeyDeed::Set);
        let moved = |zone| match set_key(&trial.target, set(zone)) {
            Ok(SetOutcome::Key(_, change)) => change.moved,
            other => panic!("{other:?}"),
        };
        assert_eq!(moved("Europe/Berlin"), 1);
        assert_eq!(moved("Europe/Paris"), 0, "the same clocks");
    }

    const BARE: &str = "\
title: Checkout
timezone: Asia/Seoul
published: 2024-09-09 10:00
plan:
  - at: 2024-09-07 12:00
    text: p
    revised:
      - from: 2024-09-07 11:00
        on: 2024-09-07 09:00
    skipped: {on: 2024-09-07 12:30, why: late}
events:
  - at: 2024-09-07T18:00+09:00
    text: first
    next_update: 2024-09-07 18:30
imported:
  - from: a.md
    on: 2024-09-08 09:00
";

    #[test]
    fn every_time_that_needs_the_zone_is_counted_and_keeps_it() {
        let trial = Trial::of(BARE);
        let set = request("timezone", &["Europe/Berlin"], KeyDeed::Set);
        let Ok(SetOutcome::Key(_, change)) = set_key(&trial.target, set) else { panic!() };
        assert_eq!(change.moved, 7);
        super::super::undo(&trial.target, super::super::Turn::Back(1)).unwrap();
        let clear = || set_key(&trial.target, request("timezone", &[], KeyDeed::Clear));
        let Err(Fault::Key(KeyFault::ZoneNeeded { file, at, lines })) = clear() else { panic!() };
        assert_eq!((file.as_str(), at.line, at.column), ("incidents/demo.yaml", 3, 12));
        assert_eq!(lines, [3, 5, 8, 9, 10, 14, 17]);
        assert_eq!(trial.text(), BARE);
        trial.write("title: Checkout\ntimezone: Asia/Seoul\nevents:\n  - at: 2024-09-07T18:00+09:00\n    text: first\n");
        assert!(matches!(clear(), Ok(SetOutcome::Key(..))));
    }

    #[test]
    fn a_key_of_the_users_own_is_told_with_its_place() {
        let trial = Trial::of(&RECORD.replace("# what", "custom_key: 5\n# what"));
        let set = |key: &str| set_key(&trial.target, request(key, &["6"], KeyDeed::Set));
        let Err(Fault::Key(KeyFault::Own { key, file, at })) = set("custom_key") else { panic!() };
        assert_eq!((key.as_str(), file.as_str()), ("custom_key", "incidents/demo.yaml"));
        assert_eq!((at.line, at.column), (4, 1));
        assert!(matches!(set("other_key"), Err(Fault::Key(KeyFault::Unknown { .. }))));
    }

    #[test]
    fn a_comment_that_goes_with_its_item_is_told() {
        let record = "title: t\nservices:\n- a # why a\n# of b\n- b\nevents: []\n";
        for (key, values, left, told) in [
            ("services", &["b"][..], "services:\n# of b\n- b\n", &["why a"][..]),
            ("services", &["a"], "services:\n- a # why a\n# of b\n", &[]),
            ("services", &["c"], "services:\n# of b\n- c\n", &["why a"]),
            ("services", &[], "title: t\nevents", &["why a", "of b"]),
        ] {
            let trial = Trial::of(record);
            let deed = if values.is_empty() { KeyDeed::Clear } else { KeyDeed::Set };
            let Ok(SetOutcome::Key(_, change)) = set_key(&trial.target, request(key, values, deed))
            else {
                panic!("{values:?}")
            };
            assert!(trial.text().contains(left), "{}", trial.text());
            assert_eq!(change.comments, told, "{values:?}");
        }
    }
}
