//! Corrects an event that was logged.

use crate::fault::{Doubt, EventFault, Fault, Field};
use crate::format::{Document, Journal};
use crate::lang::{Aim, CountedFrom, Frame, Typed, Was, is_time, is_unknown_time};
use crate::model::{Event, EventType, Incident, Moment, Precision, Zone};
use crate::store::Saved;
use crate::yaml::{Change, Path, Value};

use super::changes::{Following, moved_in_time, number_of, retyped, without};
use super::own_lines::comments_gone;
use super::steps::step_id;
use super::texts::accepted;
use super::was::was;
use super::when::{frame, outside, promised, read_time};
use super::workspace::{Outcome, Target};
use super::written::written_down;

/// How an event of a record is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventChoice {
    /// The last one that was logged.
    Last,
    /// By its number in chronological order, from 1.
    Number(usize),
}

/// New values for an event. Fields without a value are unchanged.
#[derive(Debug, Default)]
pub struct AmendRequest {
    /// The event; without it the request is refused.
    pub event: Option<EventChoice>,
    /// What happened.
    pub text: Option<String>,
    /// Whether nothing says that it is the text: a time alone may then be meant for another field.
    pub is_unnamed: bool,
    /// When it happened, as typed.
    pub at: Option<String>,
    /// When it ended, as typed.
    pub until: Option<String>,
    /// When the next public update is promised for, as typed.
    pub next_update: Option<String>,
    /// A milestone or another type of event.
    pub kind: Option<EventType>,
    /// The planned step that it carries out, as typed.
    pub step: Option<String>,
    /// Who acted or noticed.
    pub by: Option<String>,
    /// Why it was done so.
    pub why: Option<String>,
    /// Markdown.
    pub detail: Option<String>,
    /// Whether it belongs in the short story.
    pub key: bool,
    /// Whether it is for the team only.
    pub internal: bool,
    /// Whether the whole event is to be removed.
    pub remove: bool,
    /// Keys to be removed.
    pub clear: Vec<String>,
}

/// An event that was corrected or removed.
#[derive(Debug)]
pub struct Amended {
    /// The new event; a removed one as it was.
    pub event: Event,
    /// Its number in chronological order, from 1, which may have changed with its time.
    pub number: usize,
    /// Its former number.
    pub former: usize,
    /// The zone of the record's times.
    pub zone: Zone,
    /// The former values; empty if it was removed.
    pub was: Vec<Was>,
    /// Doubts about its new time.
    pub doubts: Vec<Doubt>,
    /// What its new times were counted from, for relative ones.
    pub counted: Vec<CountedFrom>,
    /// Comments beside keys that were removed, which went with them.
    pub comments: Vec<String>,
}

/// Corrects or removes an event.
///
/// # Errors
/// Nothing was changed.
pub fn amend(target: &Target, request: &AmendRequest) -> Outcome<Amended> {
    let (saved, (index, zone, told)) = target.change("amend", |document| {
        let journal = target.journal()?;
        let index = selected_event(request, document, &journal)?;
        let incident = &document.incident;
        let zone = target.zone(incident);
        let (changes, told) = if request.remove {
            request.removal(incident, index)?
        } else {
            let frame = frame(target.workspace.now, zone, incident, Aim::Happened);
            let is_timed = request.at.is_some() || request.until.is_some();
            let machine = is_timed.then(target.workspace.machine_zone).flatten();
            request.changes(document, index, &Frame { machine, ..frame }, &journal)?
        };
        Ok((changes, (index, zone, told)))
    })?;
    let document = if request.remove { &saved.before } else { &saved.after };
    let incident = &document.incident;
    let (event, number) = (incident.events[index].clone(), number_of(incident, index));
    let former = number_of(&saved.before.incident, index);
    let was = if request.remove { Vec::new() } else { was_before(&saved, index) };
    let TimeRemarks { doubts, counted } = told;
    let comments = if request.clear.is_empty() { Vec::new() } else { comments_gone(&saved) };
    Ok((saved, Amended { event, number, former, zone, was, doubts, counted, comments }))
}

fn was_before(saved: &Saved, index: usize) -> Vec<Was> {
    let item = |document: &Document| document.items("events").into_iter().nth(index);
    let changed = item(&saved.before).zip(item(&saved.after));
    changed.map(|(before, after)| was(&before, &after)).unwrap_or_default()
}

impl AmendRequest {
    /// Returns the changes that remove an event, with the severity that it set.
    fn removal(
        &self,
        incident: &Incident,
        index: usize,
    ) -> Result<(Vec<Change>, TimeRemarks), Fault> {
        let nothing_else = matches!(
            self,
            AmendRequest {
                event: _,
                text: None,
                is_unnamed: _,
                at: None,
                until: None,
                next_update: None,
                kind: None,
                step: None,
                by: None,
                why: None,
                detail: None,
                key: false,
                internal: false,
                remove: _,
                clear,
            } if clear.is_empty()
        );
        if !nothing_else {
            return Err(EventFault::RemovedAndChanged.into());
        }
        let Following { mut changes, doubts } = without(incident, index);
        changes.push(Change::remove(Vec::new(), "events", index));
        Ok((changes, TimeRemarks { doubts, counted: Vec::new() }))
    }

    /// Returns the changes of the text, and remarks on the new times.
    fn changes(
        &self,
        document: &Document,
        index: usize,
        frame: &Frame,
        journal: &Journal,
    ) -> Result<(Vec<Change>, TimeRemarks), Fault> {
        let incident = &document.incident;
        self.refuse_doubtful_text()?;
        let mut new = Corrections::default();
        new.texts(self)?;
        if self.at.is_some() {
            new.written = written_down((document, index), journal, frame.now);
        }
        new.times(self, frame, incident, index)?;
        if let Some(wanted) = &self.step {
            let (id, change) = step_id(incident, wanted)?;
            new.others.extend(change);
            new.put("step", id);
        }
        let mut both = self.clear.iter().map(|key| key_named(key)).filter(|key| new.sets(key));
        if let Some(key) = both.next() {
            return Err(EventFault::ClearedAndSet { key: key.to_owned() }.into());
        }
        let at = new.at;
        let (mut changes, mut told) = new.into_changes(index);
        changes.extend(cleared(&self.clear, document, index)?);
        let kind = match self.clear.iter().any(|key| key == "type") {
            true => None,
            false => self.kind.as_ref().or(incident.events[index].kind.as_ref()),
        };
        let mut follow = |following: Following| {
            let is_new = |change: &Change| {
                !changes.iter().any(|it| it.key == change.key && it.at == change.at)
            };
            let new: Vec<Change> = following.changes.into_iter().filter(is_new).collect();
            changes.extend(new);
            told.doubts.extend(following.doubts);
        };
        if kind != incident.events[index].kind.as_ref() {
            follow(retyped(incident, index, kind));
        }
        if let Some(at) = at {
            follow(moved_in_time(incident, index, at));
        }
        if changes.is_empty() {
            return Err(EventFault::NothingGiven.into());
        }
        Ok((changes, told))
    }

    /// Refuses a text that is probably not meant as one.
    fn refuse_doubtful_text(&self) -> Result<(), Fault> {
        let Some(text) = self.text.as_deref() else { return Ok(()) };
        if text.trim() == "-" {
            return Err(EventFault::DashAsText.into());
        }
        match self.is_unnamed && is_time(text) {
            true => Err(EventFault::TimeAsText { typed: text.to_owned() }.into()),
            false => Ok(()),
        }
    }
}

/// Doubts about new times, and what they were counted from.
#[derive(Default)]
struct TimeRemarks {
    doubts: Vec<Doubt>,
    counted: Vec<CountedFrom>,
}

/// The corrections of an event.
#[derive(Default)]
struct Corrections {
    values: Vec<(&'static str, String)>,
    /// Other necessary changes, such as an id for a step.
    others: Vec<Change>,
    /// When it happened, if that is new; it may be unknown.
    at: Option<Option<Moment>>,
    /// When the event was written down, if that is known; only for a new time.
    written: Option<Moment>,
    told: TimeRemarks,
}

impl Corrections {
    fn put(&mut self, key: &'static str, value: impl Into<String>) {
        self.values.push((key, value.into()));
    }

    fn sets(&self, key: &str) -> bool {
        self.values.iter().any(|(set, _)| *set == key)
    }

    /// Stores the fields that do not depend on the record. The request is destructured, so that no field is forgotten.
    fn texts(&mut self, request: &AmendRequest) -> Result<(), Fault> {
        let AmendRequest {
            event: _,
            text,
            is_unnamed: _,
            at: _,
            until: _,
            next_update: _,
            kind,
            step: _,
            by,
            why,
            detail,
            key,
            internal,
            remove: _,
            clear: _,
        } = request;
        for (key, field, value) in
            [("text", Field::Text, text), ("by", Field::By, by), ("why", Field::Why, why)]
        {
            if let Some(value) = value {
                self.put(key, accepted(field, value)?);
            }
        }
        if let Some(kind) = kind {
            self.put("type", kind.word());
        }
        if let Some(detail) = detail {
            self.put("detail", accepted(Field::Detail, detail)? + "\n");
        }
        if *key {
            self.put("key", "true");
        }
        if *internal {
            self.put("audience", "internal");
        }
        Ok(())
    }

    fn times(
        &mut self,
        request: &AmendRequest,
        frame: &Frame,
        incident: &Incident,
        index: usize,
    ) -> Result<(), Fault> {
        let event = &incident.events[index];
        let path = vec![("events".to_owned(), Some(index))];
        let mut start = event.at;
        let mut on_twelve = false;
        match request.at.as_deref() {
            Some(typed) if is_unknown_time(typed) => {
                self.without_time(event, &path);
                (start, self.at) = (None, Some(None));
            }
            Some(typed) => {
                let at = self.time(typed, event, frame, &path)?;
                self.told.doubts.extend(outside(&at.moment, frame, incident, true));
                (start, on_twelve) = (Some(at.moment), at.half_said);
                self.at = Some(start);
            }
            None => {}
        }
        let cleared = request.clear.iter().any(|key| key == "until");
        let mut end = event.until.filter(|_| !cleared);
        if let Some(typed) = &request.until {
            let aim = start.map_or(Aim::Happened, |start| Aim::End { start, on_twelve });
            let ending = frame.aimed(aim);
            let until = read_time(typed, &ending, Field::Until)?;
            self.told.counted.extend(until.counted_from);
            self.told.doubts.extend(ahead(&until.moment, frame));
            self.put("until", until.moment.written());
            let marks = ["until_about", "until_precision"];
            self.marks(&path, marks, event.until.as_ref(), Some(&until.moment));
            end = Some(until.moment);
        }
        if end.zip(start).is_some_and(|(end, start)| end.is_before(&start)) {
            return Err(EventFault::EndsBeforeItBegins.into());
        }
        if let Some(typed) = &request.next_update {
            let aim = start.map_or(Aim::Happened, |start| Aim::End { start, on_twelve });
            let next = promised(typed, &frame.aimed(aim), start)?;
            self.told.counted.extend(next.counted_from);
            self.put("next_update", next.moment.written());
        }
        Ok(())
    }

    /// Stores the new time of an event.
    fn time(
        &mut self,
        typed: &str,
        event: &Event,
        frame: &Frame,
        path: &Path,
    ) -> Result<Typed, Fault> {
        let aim = event.at.map_or(Aim::Happened, Aim::Moved);
        let near = read_time(typed, &frame.aimed(aim), Field::At)?;
        // A clock time near the former one that is still ahead is read as for a new event.
        let at = match near.day_inferred && ahead(&near.moment, frame).is_some() {
            true => read_time(typed, frame, Field::At)?,
            false => near,
        };
        self.told.counted.extend(at.counted_from);
        self.told.doubts.extend(ahead(&at.moment, frame));
        self.put("at", at.moment.written());
        self.logged(event, path, self.written.filter(|written| is_late(written, &at.moment)));
        self.marks(path, ["about", "precision"], event.at.as_ref(), Some(&at.moment));
        Ok(at)
    }

    /// Makes the time of an event unknown; the time when it was written down is kept.
    fn without_time(&mut self, event: &Event, path: &Path) {
        self.put("at", "unknown");
        self.logged(event, path, self.written);
        self.marks(path, ["about", "precision"], event.at.as_ref(), None);
    }

    /// Stores when an event was written down, or removes it if the new time says so already.
    fn logged(&mut self, event: &Event, path: &Path, written: Option<Moment>) {
        match written {
            Some(written) if event.logged != Some(written) => self.put("logged", written.written()),
            None if event.logged.is_some() => {
                self.others.push(Change::unset(path.clone(), "logged"));
            }
            _ => {}
        }
    }

    /// Updates the keys beside a time: whether it is approximate, and whether only its hour is known, which is never
    /// the case for a typed time.
    fn marks(
        &mut self,
        path: &Path,
        [about, precision]: [&'static str; 2],
        was: Option<&Moment>,
        is: Option<&Moment>,
    ) {
        if is.is_some_and(Moment::is_about) {
            self.put(about, "true");
        } else if was.is_some_and(Moment::is_about) {
            self.others.push(Change::unset(path.clone(), about));
        }
        if was.is_some_and(|was| was.precision() == Precision::Hour) {
            self.others.push(Change::unset(path.clone(), precision));
        }
    }

    fn into_changes(self, index: usize) -> (Vec<Change>, TimeRemarks) {
        let at = vec![("events".to_owned(), Some(index))];
        let set = |(key, value)| Change::set(at.clone(), key, Value::text(value));
        let changes = self.others.into_iter().chain(self.values.into_iter().map(set)).collect();
        (changes, self.told)
    }
}

/// Whether something was written down more than a minute after it happened; one of which only the day or the hour is
/// known may have been.
fn is_late(written: &Moment, at: &Moment) -> bool {
    let last = match written.precision() {
        Precision::Day | Precision::Hour => written.seconds().1,
        _ => written.unix(),
    };
    last - at.unix() > 60
}

/// Returns a doubt about a moment in the future.
fn ahead(at: &Moment, frame: &Frame) -> Option<Doubt> {
    let ahead = at.unix() - frame.now.unix();
    (ahead > 60).then_some(Doubt::Future { at: *at, ahead })
}

/// Returns the record's key for the name of an option.
pub(super) fn key_named(typed: &str) -> &str {
    match typed {
        "internal" => "audience",
        key => key,
    }
}

/// Returns the keys that can be removed from the event with this number, or from any event of the record.
pub fn keys_to_clear(document: &Document, number: Option<usize>) -> Vec<String> {
    let place = number.and_then(|number| place_of_number(document, number));
    let items = document.items("events").into_iter().enumerate();
    let mut keys: Vec<String> = Vec::new();
    for (_, item) in items.filter(|(index, _)| place.is_none_or(|place| place == *index)) {
        let Value::Map(entries) = item else { continue };
        let new = entries.into_iter().map(|(key, _)| key).filter(|key| !is_needed(key));
        let new: Vec<String> = new.filter(|key| !keys.contains(key)).collect();
        keys.extend(new);
    }
    keys
}

/// Returns whether an event cannot be without this key.
fn is_needed(key: &str) -> bool {
    matches!(key, "at" | "text")
}

fn cleared(clear: &[String], document: &Document, index: usize) -> Result<Vec<Change>, Fault> {
    let item = document.items("events").into_iter().nth(index);
    let keys = match &item {
        Some(Value::Map(entries)) => entries.iter().map(|(key, _)| key.as_str()).collect(),
        _ => Vec::new(),
    };
    let mut changes = Vec::new();
    for key in clear.iter().map(|key| key_named(key)) {
        if is_needed(key) {
            return Err(EventFault::Needed { key: key.to_owned() }.into());
        }
        if !keys.contains(&key) {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            return Err(EventFault::NoKey { key: key.to_owned(), keys }.into());
        }
        changes.push(Change::unset(vec![("events".to_owned(), Some(index))], key));
    }
    Ok(changes)
}

/// Returns the index of the selected event.
fn selected_event(
    request: &AmendRequest,
    document: &Document,
    journal: &Journal,
) -> Result<usize, Fault> {
    if document.incident.events.is_empty() {
        return Err(EventFault::NothingToAmend.into());
    }
    place_of(request.event.ok_or(EventFault::Unnamed)?, document, journal)
}

/// Returns the index of the event that a writing command changes.
///
/// # Errors
/// The record has no events, or none with that number; or the last one cannot be identified.
pub(super) fn event_place(
    choice: EventChoice,
    document: &Document,
    target: &Target,
) -> Result<usize, Fault> {
    if document.incident.events.is_empty() {
        return Err(EventFault::NoEvents { record: target.record.id.clone() }.into());
    }
    place_of(choice, document, &target.journal()?)
}

fn place_of(choice: EventChoice, document: &Document, journal: &Journal) -> Result<usize, Fault> {
    let number = match choice {
        EventChoice::Last => return last_logged(document, journal),
        EventChoice::Number(number) => number,
    };
    let events = document.incident.events.len();
    place_of_number(document, number)
        .ok_or_else(|| EventFault::NoSuchNumber { number, events }.into())
}

/// Returns the index of the event with this number in chronological order.
pub(super) fn place_of_number(document: &Document, number: usize) -> Option<usize> {
    let in_time = document.incident.events_in_time();
    let event = number.checked_sub(1).and_then(|at| in_time.get(at))?;
    document.incident.events.iter().position(|other| std::ptr::eq(other, *event))
}

/// Returns the index of the event that was logged last, or of the latest one if none was logged with asrun. If it was
/// edited by hand so much that it cannot be identified, this fails.
fn last_logged(document: &Document, journal: &Journal) -> Result<usize, Fault> {
    if !journal.has_logged() {
        let latest = document.incident.events_in_time().len();
        return Ok(place_of_number(document, latest).unwrap_or(0));
    }
    journal.place_of_last(document).ok_or_else(|| EventFault::LastChanged.into())
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::*;

    const RECORD: &str = "\
title: Checkout
timezone: Asia/Seoul
events:
  - at: 2024-09-07T18:20+09:00
    text: second
    why: because
  - at: 2024-09-07T18:00+09:00
    until: 2024-09-07T18:10+09:00
    text: first
";

    fn event(choice: EventChoice) -> AmendRequest {
        AmendRequest { event: Some(choice), ..AmendRequest::default() }
    }

    fn refused(record: &str, request: &AmendRequest) -> String {
        let trial = Trial::new(record);
        let outcome = amend(&trial.target, request);
        assert_eq!(trial.text(), record, "a refusal changes nothing");
        match outcome {
            Err(Fault::Event(fault)) => format!("{fault:?}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused_as_data() {
        let last = || event(EventChoice::Last);
        let text = |text: &str| Some(text.to_owned());
        for (request, fault) in [
            (AmendRequest::default(), "Unnamed"),
            (last(), "NothingGiven"),
            (event(EventChoice::Number(0)), "NoSuchNumber { number: 0, events: 2 }"),
            (event(EventChoice::Number(3)), "NoSuchNumber { number: 3, events: 2 }"),
            (AmendRequest { remove: true, text: text("x"), ..last() }, "RemovedAndChanged"),
            (AmendRequest { remove: true, key: true, ..last() }, "RemovedAndChanged"),
            (
                AmendRequest { remove: true, clear: vec!["why".to_owned()], ..last() },
                "RemovedAndChanged",
            ),
            (AmendRequest { clear: vec!["at".to_owned()], ..last() }, "Needed { key: \"at\" }"),
            (
                AmendRequest { clear: vec!["by".to_owned()], ..last() },
                "NoKey { key: \"by\", keys: [\"at\", \"text\", \"why\"] }",
            ),
            (AmendRequest { until: text("18:19"), ..last() }, "EndsBeforeItBegins"),
            (AmendRequest { text: text("-"), ..last() }, "DashAsText"),
            (
                AmendRequest { text: text("3:25"), is_unnamed: true, ..last() },
                "TimeAsText { typed: \"3:25\" }",
            ),
            (
                AmendRequest { why: text("x"), clear: vec!["why".to_owned()], ..last() },
                "ClearedAndSet { key: \"why\" }",
            ),
        ] {
            assert_eq!(refused(RECORD, &request), fault);
        }
        assert_eq!(refused("title: Empty\n", &last()), "NothingToAmend");
    }

    #[test]
    fn the_outcome_has_the_number_and_the_former_values() {
        let trial = Trial::new(RECORD);
        let request = AmendRequest {
            at: Some("17:50".to_owned()),
            text: Some("earlier".to_owned()),
            ..event(EventChoice::Number(2))
        };
        let (_, amended) = amend(&trial.target, &request).unwrap();
        assert_eq!((amended.former, amended.number), (2, 1));
        assert_eq!(amended.event.text, "earlier");
        let was: Vec<&str> = amended.was.iter().map(|was| was.key.as_str()).collect();
        assert_eq!(was, ["at", "text", "logged"]);
        assert_eq!(amended.doubts, []);
        let (_, again) = amend(&trial.target, &request_of_first()).unwrap();
        assert_eq!(again.was, [], "the text was that already");
    }

    fn request_of_first() -> AmendRequest {
        AmendRequest { text: Some("earlier".to_owned()), ..event(EventChoice::Number(1)) }
    }

    /// As for a new event: nothing that happened is ahead.
    #[test]
    fn a_clock_time_alone_is_never_ahead_of_now() {
        let amended = |typed: &str| {
            let trial = Trial::new(&RECORD.replace("18:00", "02:00").replace("18:10", "02:10"));
            let request = AmendRequest { at: Some(typed.to_owned()), ..event(EventChoice::Last) };
            match amend(&trial.target, &request) {
                Ok((_, amended)) => amended.event.at.map(|at| at.written()).unwrap_or_default(),
                Err(fault) => format!("{fault:?}").split('{').next().unwrap().trim().to_owned(),
            }
        };
        assert_eq!(amended("18:25"), "2024-09-07T18:25+09:00");
        // The nearest one is in the next morning, and the trial is at 18:30.
        assert_eq!(amended("6:10"), "2024-09-07T06:10+09:00");
        assert_eq!(amended("2024-09-08 06:10"), "2024-09-08T06:10+09:00");
        assert_eq!(amended("+1h"), "2024-09-07T19:20+09:00");
    }

    const CLOSED: &str = "\
title: Checkout
timezone: Asia/Seoul
severity: sev1
events:
  - at: 2024-09-07T17:50+09:00
    text: seen
    type: detected
  - at: 2024-09-07T17:55+09:00
    text: worse
    type: severity_change
    from: sev2
    to: sev1
  - at: 2024-09-07T18:00+09:00
    text: done
    type: mitigated
    from: detected
    to: mitigated
  - at: 2024-09-07T18:10+09:00
    text: over
    type: closed
    from: mitigated
    to: closed
";

    /// Otherwise the documents would show the old status, or take it for a severity.
    #[test]
    fn another_type_takes_the_status_with_it() {
        let retyped = |kind: Option<EventType>, clear: &[&str]| {
            let trial = Trial::new(CLOSED);
            let clear = clear.iter().map(|key| (*key).to_owned()).collect();
            let request = AmendRequest { kind, clear, ..event(EventChoice::Number(3)) };
            amend(&trial.target, &request).unwrap();
            let text = trial.text();
            text.split_once("text: done\n").unwrap().1.to_owned()
        };
        let over = |from: &str| {
            format!(
                "  - at: 2024-09-07T18:10+09:00\n    text: over\n    type: closed\n    from: {from}\n    to: closed\n"
            )
        };
        let resolved = "    type: resolved\n    from: detected\n    to: resolved\n".to_owned();
        assert_eq!(retyped(Some(EventType::Resolved), &[]), resolved + &over("resolved"));
        let other = EventType::from_word("decision");
        let plain = "    type: decision\n".to_owned();
        assert_eq!(retyped(Some(other.clone()), &[]), plain.clone() + &over("detected"));
        assert_eq!(retyped(None, &["type"]), over("detected"));
        assert_eq!(retyped(Some(other), &["from", "to"]), plain + &over("detected"));
    }

    #[test]
    fn a_removed_change_of_severity_leaves_the_one_before() {
        let trial = Trial::new(CLOSED);
        let remove = |number| AmendRequest { remove: true, ..event(EventChoice::Number(number)) };
        let (_, amended) = amend(&trial.target, &remove(2)).unwrap();
        assert_eq!(trial.document().incident.severity.as_deref(), Some("sev2"));
        assert_eq!(amended.doubts, []);
        amend(&trial.target, &remove(2)).unwrap();
        let incident = trial.document().incident;
        assert_eq!(incident.events[1].from.as_deref(), Some("detected"));
        assert_eq!(incident.severity.as_deref(), Some("sev2"));
        for _ in 0..2 {
            super::super::turns::undo(&trial.target, super::super::undo::Turn::Back(1)).unwrap();
        }
        assert_eq!(trial.text(), CLOSED);
        // One that another change of severity begins with.
        let later = "  - at: 2024-09-07T18:20+09:00\n    text: calm\n    type: severity_change\n    from: sev1\n    to: sev3\n";
        let trial = Trial::new(&(CLOSED.replace("severity: sev1", "severity: sev3") + later));
        amend(&trial.target, &remove(2)).unwrap();
        let incident = trial.document().incident;
        assert_eq!(incident.events.last().unwrap().from.as_deref(), Some("sev2"));
        assert_eq!(incident.severity.as_deref(), Some("sev3"));
    }

    const WORSE: &str = "\
title: Checkout
timezone: Asia/Seoul
severity: sev1
events:
  - at: 2024-09-07T17:00+09:00
    text: 'Severity: sev3 → sev2'
    type: severity_change
    from: sev3
    to: sev2
  - at: 2024-09-07T17:10+09:00
    text: worse
    type: severity_change
    from: sev2
    to: sev1
  - at: 2024-09-07T17:20+09:00
    text: better
    type: mitigated
    from: detected
    to: mitigated
  - at: 2024-09-07T16:50+09:00
    text: seen
    type: detected
";

    fn changes(incident: &Incident) -> Vec<(Option<&str>, Option<&str>)> {
        let in_time = incident.events_in_time().into_iter();
        in_time
            .filter(|it| it.to.is_some())
            .map(|it| (it.from.as_deref(), it.to.as_deref()))
            .collect()
    }

    /// Whether the changes of severity and status follow each other, up to the record's own severity.
    fn is_consistent(incident: &Incident) -> bool {
        use crate::timeline::{broken_severities, broken_statuses, severity_led_to};
        broken_severities(incident).is_empty()
            && broken_statuses(incident).is_empty()
            && severity_led_to(incident).is_none()
    }

    #[test]
    fn a_change_of_severity_that_moves_in_time_follows_the_one_before() {
        let moved = |number: usize, at: &str| {
            let trial = Trial::new(WORSE);
            let at = Some(at.to_owned());
            let request = AmendRequest { at, ..event(EventChoice::Number(number)) };
            let (_, amended) = amend(&trial.target, &request).unwrap();
            assert!(is_consistent(&trial.document().incident), "{}", trial.text());
            (trial.document().incident, amended.doubts)
        };
        let (worse, better) = ((Some("sev3"), Some("sev1")), (Some("sev1"), Some("sev2")));
        let mitigated = (Some("detected"), Some("mitigated"));
        let (incident, doubts) = moved(2, "17:15");
        assert_eq!(changes(&incident), [worse, better, mitigated]);
        assert_eq!(incident.severity.as_deref(), Some("sev2"));
        assert_eq!(incident.events[0].text, "Severity: sev1 → sev2");
        assert_eq!(doubts.len(), 1, "the other event says another severity: {doubts:?}");
        // In the same order nothing else changes.
        let (incident, doubts) = moved(2, "17:05");
        assert_eq!((incident.severity.as_deref(), doubts), (Some("sev1"), Vec::new()));
        assert_eq!(incident.events[1].from.as_deref(), Some("sev2"));
        // A milestone that nothing precedes any more says nothing of what was before it.
        let (incident, _) = moved(4, "16:40");
        assert_eq!(incident.events[2].from, None);
        let (incident, _) = moved(1, "17:30");
        assert_eq!(incident.events[2].from, None);
        // The last change without a time may be anywhere, and so the severity stays.
        let (incident, _) = moved(3, "unknown");
        assert_eq!(incident.severity.as_deref(), Some("sev1"));
    }

    #[test]
    fn a_removed_event_of_any_type_takes_its_severity_along() {
        let decision = "  - at: 2024-09-07T18:00+09:00\n    text: x\n    type: decision\n";
        for (from, severity) in [("    from: sev2\n", Some("sev2")), ("", None)] {
            let text = format!(
                "title: x\ntimezone: Asia/Seoul\nseverity: sev1\nevents:\n{decision}{from}    to: sev1\n"
            );
            let trial = Trial::new(&text);
            let request = AmendRequest { remove: true, ..event(EventChoice::Last) };
            amend(&trial.target, &request).unwrap();
            assert_eq!(trial.document().incident.severity.as_deref(), severity);
        }
    }

    #[test]
    fn a_removed_event_that_returns_is_not_the_one_logged_last() {
        use super::super::{LogRequest, Turn, log, undo};
        let trial = Trial::new(RECORD);
        for text in ["one", "two", "three"] {
            let request = LogRequest { text: text.to_owned(), ..LogRequest::default() };
            log(&trial.target, &request).unwrap();
        }
        let last = |trial: &Trial| {
            let document = trial.document();
            let place = event_place(EventChoice::Last, &document, &trial.target).unwrap();
            document.incident.events[place].text.clone()
        };
        let document = trial.document();
        let number = document
            .incident
            .events_in_time()
            .iter()
            .position(|event| event.text == "two")
            .unwrap()
            + 1;
        let request = AmendRequest { remove: true, ..event(EventChoice::Number(number)) };
        amend(&trial.target, &request).unwrap();
        assert_eq!(last(&trial), "three");
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(last(&trial), "three");
        undo(&trial.target, Turn::Again(1)).unwrap();
        undo(&trial.target, Turn::Back(1)).unwrap();
        let request = AmendRequest { remove: true, ..event(EventChoice::Last) };
        amend(&trial.target, &request).unwrap();
        assert_eq!(last(&trial), "two");
        undo(&trial.target, Turn::Back(1)).unwrap();
        assert_eq!(last(&trial), "three");
    }

    #[test]
    fn removed_entries_are_reported_as_they_were() {
        let trial = Trial::new(RECORD);
        let request = AmendRequest { remove: true, ..event(EventChoice::Number(1)) };
        let (_, amended) = amend(&trial.target, &request).unwrap();
        assert_eq!((amended.number, amended.event.text.as_str()), (1, "first"));
        assert_eq!(amended.was, []);
        assert_eq!(trial.document().incident.events.len(), 1);
    }

    /// As for a new event, a clock time may be that of the machine.
    #[test]
    fn a_new_time_off_the_machine_is_asked_about() {
        for (at, is_read) in [("09:25", false), ("18:05", true), ("09:05 UTC", true)] {
            let mut trial = Trial::new(RECORD);
            trial.target.workspace.machine_zone = || Some(Zone::UTC);
            let request = AmendRequest { at: Some(at.to_owned()), ..event(EventChoice::Number(1)) };
            assert_eq!(amend(&trial.target, &request).is_ok(), is_read, "{at}");
            assert_eq!(trial.text() == RECORD, !is_read, "{at}");
        }
    }
}
