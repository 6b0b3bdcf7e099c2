//! Collects what a reader of an export finds: records with their entries and positions, doubts, and what was left out.

use std::collections::HashMap;

use crate::fault::{DayFrom, DoubtCode, WhyLeft, ZoneFrom};
use crate::model::{Action, Day, Event, Incident, Moment, PlanStep, Precision, TimeFault, Zone};

use super::draft::{Doubt, Draft, DraftRecord, EntryAt, Fields, ImportOptions, LeftOut, ReadAs};
use super::json::JsonFields;
use super::markdown::StatedDay;
use super::place::Place;

/// The beginning of a time that is not set, as Go writes it.
pub(super) const NO_TIME: &str = "0001-01-01T";

/// Records that are being read.
pub(super) struct DraftBuilder<'a> {
    answers: &'a ImportOptions,
    /// The zone that the export itself states.
    own_zone: Option<Zone>,
    /// Where the zone of the next entries is stated, if not by the export as a whole.
    zone_from: Option<ZoneFrom>,
    /// Whether a question must be answered before anything can be written.
    asks: bool,
    /// The file that is being read.
    file: String,
    records: Vec<Kept>,
    /// The record that entries are added to.
    current: usize,
    /// The sources of the entries so far, with their columns.
    seen: HashMap<String, usize>,
    doubts: Vec<Doubt>,
    left_out: Vec<LeftOut>,
}

/// A record and its entries.
struct Kept {
    /// Its id in the export.
    id: String,
    incident: Incident,
    events: Vec<(Event, ReadAs)>,
    plan: Vec<(PlanStep, ReadAs)>,
    actions: Vec<(Action, ReadAs)>,
}

impl<'a> DraftBuilder<'a> {
    pub(super) fn new(answers: &'a ImportOptions) -> DraftBuilder<'a> {
        DraftBuilder {
            answers,
            own_zone: None,
            zone_from: None,
            asks: false,
            file: String::new(),
            records: Vec::new(),
            current: 0,
            seen: HashMap::new(),
            doubts: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// Begins another file.
    pub(super) fn reads(&mut self, file: &str) {
        file.clone_into(&mut self.file);
    }

    /// Begins another record.
    pub(super) fn begin(&mut self, title: String) {
        self.belong(&format!("#{}", self.records.len()), || title);
    }

    /// Selects the record with an id of the export, creating it if necessary.
    pub(super) fn belong(&mut self, id: &str, title: impl FnOnce() -> String) {
        if let Some(known) = self.records.iter().position(|kept| kept.id == id) {
            self.current = known;
            return;
        }
        let incident = Incident { title: title(), ..Incident::default() };
        let id = id.to_owned();
        let (events, plan, actions) = (Vec::new(), Vec::new(), Vec::new());
        self.records.push(Kept { id, incident, events, plan, actions });
        self.current = self.records.len() - 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Returns how many records there are.
    pub(super) fn count(&self) -> usize {
        self.records.len()
    }

    /// Returns whether an event that was read matches, in the record with the given id in the export or in any.
    pub(super) fn tells(&self, id: Option<&str>, is_such: impl Fn(&Event) -> bool) -> bool {
        let records = self.records.iter().filter(|kept| id.is_none_or(|id| kept.id == id));
        records.flat_map(|kept| &kept.events).any(|(event, _)| is_such(event))
    }

    /// Returns a day, in the year of the previous one if it has none. If the order of day and month is ambiguous, that
    /// is asked.
    pub(super) fn stated_day(
        &mut self,
        stated: StatedDay,
        before: Option<Day>,
        raw: &str,
        place: Place,
    ) -> Option<Day> {
        let Some(year) = stated.year.or_else(|| before.map(|day| day.year())) else {
            self.ask(DoubtCode::NoDate, place, raw);
            return None;
        };
        let (month, day) = match (stated.turned, self.answers.day_first) {
            (true, None) => {
                self.ask(DoubtCode::DayMonthOrder, place, raw);
                return None;
            }
            (true, Some(true)) => (stated.day, stated.month),
            _ => (stated.month, stated.day),
        };
        let found = Day::new(year, month, day);
        if found.is_none() {
            self.doubt(DoubtCode::NoSuchDay, place, raw);
        }
        found
    }

    /// Returns the record that entries are added to.
    pub(super) fn record(&mut self) -> &mut Incident {
        &mut self.kept().incident
    }

    fn kept(&mut self) -> &mut Kept {
        if self.records.is_empty() {
            self.begin(String::new());
        }
        &mut self.records[self.current]
    }

    /// Sets the zone for times without one, as stated by the export.
    pub(super) fn own_zone(&mut self, zone: Option<Zone>) {
        self.own_zone = zone.or(self.own_zone);
    }

    /// Sets where the zone of the next entries is stated, if not by the export as a whole.
    pub(super) fn zones_from(&mut self, from: Option<ZoneFrom>) {
        self.zone_from = from;
    }

    /// Returns the zone that was given in advance.
    pub(super) fn answered_zone(&self) -> Option<Zone> {
        self.answers.zone
    }

    /// Returns the zone for times: the given one, else the export's own.
    pub(super) fn zone(&self) -> Option<Zone> {
        self.answers.zone.or(self.own_zone)
    }

    /// Parses an ISO 8601 time, to the second; an invalid one causes a doubt.
    pub(super) fn time(&mut self, text: &str, place: Place) -> Option<Moment> {
        self.time_in(text, self.own_zone.or(self.answers.zone), place)
    }

    /// Parses an ISO 8601 time in a zone, unless it has an offset. A missing one causes no doubt, nor does the zero of
    /// Go's clock, which stands for none.
    pub(super) fn time_in(
        &mut self,
        text: &str,
        zone: Option<Zone>,
        place: Place,
    ) -> Option<Moment> {
        if text.trim().is_empty() || text.starts_with(NO_TIME) {
            return None;
        }
        match Moment::parse(text, zone) {
            Ok(at) => Some(self.told(at)),
            Err(TimeFault::NoZone(_)) => {
                self.ask(DoubtCode::NoZone, place, text);
                None
            }
            Err(_) => {
                self.doubt(DoubtCode::TimeNotUnderstood, place, text);
                None
            }
        }
    }

    /// Returns an end that is behind its beginning; one before it causes a doubt.
    pub(super) fn end_of(
        &mut self,
        at: &Moment,
        end: Option<Moment>,
        place: Place,
    ) -> Option<Moment> {
        let end = end?;
        if end.is_before(at) {
            self.doubt_as(DoubtCode::StepBack, place, &end.written(), &at.written());
        }
        at.is_before(&end).then_some(end)
    }

    /// Returns the moment so many seconds after 1970-01-01.
    pub(super) fn epoch(&self, seconds: i64) -> Option<Moment> {
        Moment::from_unix(seconds).map(|at| self.told(at))
    }

    /// Returns a moment in the record's zone, without fractions of a second.
    pub(super) fn told(&self, at: Moment) -> Moment {
        let at = at.at_most(Precision::Second);
        self.zone().map_or(at, |zone| at.seen_in(zone))
    }

    /// Returns the names of the fields.
    pub(super) fn fields(&self) -> &'a Fields {
        &self.answers.fields
    }

    /// Returns whether an object was requested: `level=error` is a field and its value, anything else is a word in it.
    pub(super) fn matches(&self, value: &serde_json::Value) -> bool {
        let Some(wanted) = &self.answers.matching else { return true };
        match wanted.split_once('=') {
            Some((field, wanted)) => value.word(field.trim()).as_deref() == Some(wanted.trim()),
            None => value.to_string().contains(wanted.as_str()),
        }
    }

    /// Returns whether anything on a day may have been requested.
    pub(super) fn may_hold(&self, day: Day) -> bool {
        // The zone of the day is unknown: a moment may be on an adjacent day.
        let since = self.answers.since.is_none_or(|since| since.day().plus(-1) <= day);
        since && self.answers.until.is_none_or(|until| day <= until.day().plus(1))
    }

    fn is_asked_for(&self, at: Option<Moment>) -> bool {
        let since = |at: &Moment| self.answers.since.is_none_or(|since| !at.is_before(&since));
        let until = |at: &Moment| self.answers.until.is_none_or(|until| !until.is_before(at));
        at.is_none_or(|at| since(&at) && until(&at))
    }

    /// Adds an event unless it was added before, and returns whether it was added: one that was not requested is not.
    pub(super) fn event(&mut self, mut event: Event, place: Place, raw: &str) -> bool {
        // An entry without an id is identified by its line, several in a line by their columns too.
        let source = event.source.get_or_insert_with(|| format!("{}:{}", self.file, place.line));
        let is_beside = self.seen.get(source).is_some_and(|column| *column != place.column);
        if is_beside && source.ends_with(&format!(":{}", place.line)) {
            *source = format!("{source}:{}", place.column);
        }
        let whole = |first: &str| match &event.detail {
            Some(detail) => format!("{first}\n{detail}"),
            None => first.to_owned(),
        };
        if self.seen.insert(source.clone(), place.column).is_some() {
            self.leave(place, whole(&event.text), WhyLeft::Repeated);
        } else if !self.is_asked_for(event.at) {
            self.leave(place, whole(&event.text), WhyLeft::NotAsked);
        } else if event.text.trim().is_empty() {
            self.leave(place, whole(raw), WhyLeft::NoText);
        } else {
            let read = self.read_as(place, raw);
            self.kept().events.push((event, read));
            return true;
        }
        false
    }

    /// Adds an event whose day and zone may come from elsewhere.
    pub(super) fn event_of(
        &mut self,
        event: Event,
        place: Place,
        raw: &str,
        (date, zone): (DayFrom, ZoneFrom),
    ) {
        let count = self.kept().events.len();
        self.event(event, place, raw);
        if let Some((_, read)) = self.kept().events.get_mut(count) {
            (read.date_from, read.zone_from) = (Some(date), Some(zone));
        }
    }

    /// Adds a step, unless its source was seen before.
    pub(super) fn step(&mut self, step: PlanStep, place: Place, raw: &str) {
        let seen = step.source.clone().and_then(|it| self.seen.insert(it, place.column));
        if seen.is_some() {
            return self.leave(place, step.text, WhyLeft::Repeated);
        }
        if !self.is_asked_for(step.planned()) {
            return self.leave(place, step.text, WhyLeft::NotAsked);
        }
        let read = self.read_as(place, raw);
        self.kept().plan.push((step, read));
    }

    /// Adds an action.
    pub(super) fn action(&mut self, action: Action, place: Place) {
        let read = ReadAs { date_from: None, zone_from: None, ..self.read_as(place, "") };
        self.kept().actions.push((action, read));
    }

    fn read_as(&self, place: Place, raw: &str) -> ReadAs {
        let is_own = Moment::parse(raw, None).is_ok()
            || raw.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let named = if self.own_zone.is_some() { ZoneFrom::Field } else { ZoneFrom::Option };
        let named = self.zone_from.unwrap_or(named);
        ReadAs {
            entry: EntryAt::Event(0),
            line: place.line,
            column: place.column,
            raw: raw.to_owned(),
            date_from: Some(DayFrom::Entry),
            zone_from: Some(if is_own { ZoneFrom::Entry } else { named }),
        }
    }

    /// Adds a doubt about a text.
    pub(super) fn doubt(&mut self, code: DoubtCode, place: Place, found: &str) {
        self.doubts.push(Doubt::new(code, place.line, place.column, found, ""));
    }

    /// Adds a doubt about a text, with its interpretation.
    pub(super) fn doubt_as(&mut self, code: DoubtCode, place: Place, found: &str, taken: &str) {
        self.doubts.push(Doubt::new(code, place.line, place.column, found, taken));
    }

    /// Adds a doubt once per export.
    pub(super) fn doubt_once(&mut self, code: DoubtCode, place: Place, found: &str, taken: &str) {
        if !self.doubts.iter().any(|doubt| doubt.code == code) {
            self.doubt_as(code, place, found, taken);
        }
    }

    /// Adds a doubt once per text.
    pub(super) fn doubt_each(&mut self, code: DoubtCode, place: Place, found: &str, taken: &str) {
        if !self.doubts.iter().any(|doubt| doubt.code == code && doubt.found == found) {
            self.doubt_as(code, place, found, taken);
        }
    }

    /// Adds a question, once.
    pub(super) fn ask(&mut self, code: DoubtCode, place: Place, found: &str) {
        self.asks |= code.asks();
        if !self.doubts.iter().any(|doubt| doubt.code == code) {
            self.doubt(code, place, found);
        }
    }

    /// Lists something as left out. Consecutive items with the same reason are combined.
    pub(super) fn leave(&mut self, place: Place, text: String, why: WhyLeft) {
        // A time that waits for an answer is one that can be read.
        if why == WhyLeft::NoTime && self.asks {
            return;
        }
        if let Some(last) = self.left_out.last_mut()
            && last.why == why
            && why == WhyLeft::NotAsked
        {
            last.end_line = last.end_line.max(place.line);
            return;
        }
        let (line, column) = (place.line, place.column);
        self.left_out.push(LeftOut { line, end_line: line, column, text, why, fence: None });
    }

    /// Reverses records that begin with the latest entry, and adds a doubt about their order, once.
    pub(super) fn turn_newest_first(&mut self) {
        let mut first = None;
        for kept in self.records.iter_mut().filter(|kept| runs_back(&kept.events)) {
            first = first.or(kept.events.first().map(|(_, read)| (read.line, read.column)));
            kept.events.reverse();
        }
        if let Some((line, column)) = first {
            self.doubt_once(DoubtCode::NewestFirst, Place { line, column }, "", "");
        }
    }

    /// Returns the result, in chronological order.
    pub(super) fn finish(self) -> Draft {
        let zone = self.zone();
        let records = self.records.into_iter().filter(|kept| !kept.is_empty());
        Draft {
            records: records.map(|kept| kept.finish(zone)).collect(),
            doubts: self.doubts,
            left_out: self.left_out,
            timed_code: Vec::new(),
        }
    }
}

impl Kept {
    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.plan.is_empty()
    }

    fn finish(mut self, zone: Option<Zone>) -> DraftRecord {
        if runs_back(&self.events) {
            self.events.reverse();
        }
        self.events.sort_by_key(|(event, _)| event.at.map(|at| at.unix()));
        let mut record = DraftRecord { incident: self.incident, ..DraftRecord::default() };
        for (place, (event, read)) in self.events.into_iter().enumerate() {
            record.incident.events.push(event);
            record.read.push(ReadAs { entry: EntryAt::Event(place), ..read });
        }
        for (place, (step, read)) in self.plan.into_iter().enumerate() {
            record.incident.plan.push(step);
            record.read.push(ReadAs { entry: EntryAt::Step(place), ..read });
        }
        for (place, (action, read)) in self.actions.into_iter().enumerate() {
            record.incident.actions.push(action);
            record.read.push(ReadAs { entry: EntryAt::Action(place), ..read });
        }
        let incident = &mut record.incident;
        incident.zone = incident.zone.or(zone);
        let happened = incident.events.iter().find_map(|event| event.at);
        let planned = incident.plan.iter().find_map(PlanStep::planned);
        let first = happened.or(planned).map(|at| at.day());
        incident.date = incident.date.or(first);
        record
    }
}

/// Returns whether events are in reverse order.
fn runs_back(events: &[(Event, ReadAs)]) -> bool {
    let mut pairs = events.windows(2).map(|pair| (pair[0].0.at, pair[1].0.at));
    let mut goes_back = false;
    let is_order = pairs.all(|pair| match pair {
        (Some(first), Some(second)) => {
            goes_back |= second.unix() < first.unix();
            second.unix() <= first.unix()
        }
        _ => true,
    });
    is_order && goes_back
}
