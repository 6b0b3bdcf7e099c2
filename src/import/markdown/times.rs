//! Resolves the times of entries: what each entry states, and what it takes from the lines around it.

use std::collections::HashSet;

use crate::fault::{DayFrom, DoubtCode, ZoneFrom};
use crate::model::{Day, Moment, Precision, TimeFault, Zone};

use super::super::draft::{Doubt, ImportOptions};
use super::candidates::{Candidate, Form};
use super::context::{Around, could_be_two, only_day};
use super::lead::{StatedClock, StatedDay, StatedTime, StatedZone};
use super::lines::{Document, What};

/// How many lines above an entry are searched for its day.
const FAR: usize = 2000;

/// The time of an entry, and its sources.
#[derive(Debug, Clone, Copy)]
pub(super) struct When {
    pub(super) at: Moment,
    pub(super) until: Option<Moment>,
    pub(super) day_from: DayFrom,
    pub(super) zone_from: ZoneFrom,
    pub(super) zone: Option<Zone>,
}

impl When {
    /// Returns the same clock time on the day closest to a moment, if that is another day.
    pub(super) fn nearest_to(&self, planned: &Moment) -> Option<When> {
        if self.at.precision() == Precision::Day || planned.precision() == Precision::Day {
            return None;
        }
        let apart = self.at.unix() - planned.unix();
        let days = (apart + DAY / 2).div_euclid(DAY);
        let moved = |at: &Moment| at.plus_seconds(-days * DAY);
        let at = (days != 0).then(|| moved(&self.at)).flatten()?;
        Some(When { at, until: self.until.as_ref().and_then(moved), ..*self })
    }
}

/// Resolves the times of a document's entries.
pub(super) struct Times<'d, 't> {
    pub(super) document: &'d Document<'t>,
    pub(super) around: &'d Around,
    pub(super) answers: &'d ImportOptions,
    /// Whether numeric dates begin with the day, as other dates in the document show.
    pub(super) day_first: Option<bool>,
    pub(super) doubts: Vec<Doubt>,
    /// Doubts that were already reported, for those that are reported once.
    pub(super) told: HashSet<DoubtCode>,
}

/// The previous entry in chronological order.
#[derive(Clone)]
struct Before {
    at: usize,
    /// Its time as printed.
    raw: String,
    day: Day,
    /// Minutes since midnight; `None` for a day.
    clock: Option<i64>,
    /// Whether it was stated to be on the next day, or follows such an entry.
    is_next: bool,
}

/// A day and its source.
type From = (Day, DayFrom);

impl<'d, 't> Times<'d, 't> {
    /// Returns the times of a run of entries, in order.
    pub(super) fn run(&mut self, run: &[&Candidate]) -> Vec<Option<When>> {
        let turned = newest_first(run);
        if turned {
            let line = self.document.lines[run[0].at].number;
            self.doubt(DoubtCode::NewestFirst, line, 1, "", "");
        }
        let first = run.iter().find_map(|it| it.lead.start.zone.clone());
        let order: Vec<usize> =
            if turned { (0..run.len()).rev().collect() } else { (0..run.len()).collect() };
        let mut found: Vec<Option<When>> = vec![None; run.len()];
        let mut before: Option<Before> = None;
        for at in &order {
            found[*at] = self.entry(run[*at], &mut before, first.as_ref(), turned);
        }
        self.neighbours(run, &found, &order);
        found
    }

    pub(super) fn doubt(
        &mut self,
        code: DoubtCode,
        line: usize,
        column: usize,
        found: &str,
        taken: &str,
    ) {
        self.doubts.push(Doubt::new(code, line, column, found, taken));
    }

    /// Adds a doubt, once per document.
    fn doubt_once(&mut self, code: DoubtCode, line: usize, found: &str, taken: &str) {
        if self.told.insert(code) {
            self.doubt(code, line, 1, found, taken);
        }
    }

    fn entry(
        &mut self,
        it: &Candidate,
        before: &mut Option<Before>,
        first: Option<&StatedZone>,
        turned: bool,
    ) -> Option<When> {
        let line = &self.document.lines[it.at];
        let (number, column) = (line.number, line.column(it.base));
        let raw = &it.raw(line);
        let start = &it.lead.start;
        let (zone, zone_from) = self.zone(it, first, raw);
        if start.relative.is_some() {
            return self.relative(it, number);
        }
        let (mut day, mut from) = self.day(it, before.as_ref(), raw, turned)?;
        let clock = clock_of(start);
        let is_night = start.clock.is_some_and(|clock| clock.night);
        if is_night && from != DayFrom::Previous {
            // The night may be the one before or after that day.
            self.doubt(DoubtCode::TimeNotUnderstood, number, column, raw, "");
            return None;
        }
        if let (
            DayFrom::Previous,
            Some(clock),
            Some(Before { clock: Some(earlier), day: last, raw: told, .. }),
        ) = (from, clock, before.as_ref())
        {
            let (earlier, last, told) = (*earlier, *last, told.clone());
            // Midnight in words is the next one.
            let most = if is_night { 0 } else { 12 * 60 };
            if earlier - clock > most && day == last {
                (day, from) = (day.plus(1), DayFrom::Midnight);
                self.doubt(DoubtCode::MidnightAssumed, number, column, raw, &told);
            } else if earlier > clock && day == last {
                self.doubt(DoubtCode::StepBack, number, column, raw, &told);
            }
        }
        self.check_clock(start, day, (number, column), raw);
        if clock.is_some() && !it.lead.bracketed {
            let goes_on = before.as_ref().is_some_and(|before| before.is_next && before.day == day);
            let is_next = from == DayFrom::NextDay || goes_on;
            *before = Some(Before { at: it.at, raw: raw.clone(), day, clock, is_next });
        }
        let at = self.moment(start, day, zone.as_ref(), number, raw)?;
        let until =
            it.lead.end.as_ref().and_then(|end| self.end(end, start, day, zone.as_ref(), number));
        self.check_zone(zone.as_ref(), &at, number, raw);
        if let Some(other) = &it.lead.second {
            self.check_second(other, &at, day, number, raw);
        }
        if it.lead.open {
            self.doubt_once(DoubtCode::OpenEnd, number, raw, "");
        }
        let about = start.about || self.around.about && start.clock.is_some();
        let at = if about { at.with_about(true) } else { at };
        Some(When { at, until, day_from: from, zone_from, zone: zone.and_then(|zone| zone.zone) })
    }

    /// Adds doubts about a wrong weekday, an invalid hour in the twelve-hour clock, or a dot.
    fn check_clock(
        &mut self,
        start: &StatedTime,
        day: Day,
        (number, column): (usize, usize),
        raw: &str,
    ) {
        let clock = clock_of(start);
        if start.weekday.is_some_and(|weekday| weekday != day.weekday()) {
            self.doubt(DoubtCode::WrongWeekday, number, column, raw, &day.to_string());
        }
        if start.clock.is_some_and(|clock| clock.impossible) {
            let taken = clock.map_or(String::new(), |it| format!("{:02}:{:02}", it / 60, it % 60));
            self.doubt(DoubtCode::ImpossibleTwelveHour, number, column, raw, &taken);
        }
        if start.clock.is_some_and(|clock| clock.dotted) {
            self.doubt_once(DoubtCode::DottedTime, number, raw, &raw.replace('.', ":"));
        }
    }

    /// Returns the zone of an entry; UTC if none is stated, with a question.
    fn zone(
        &mut self,
        it: &Candidate,
        first: Option<&StatedZone>,
        raw: &str,
    ) -> (Option<StatedZone>, ZoneFrom) {
        if let Some(zone) = &it.lead.start.zone {
            return (Some(zone.clone()), ZoneFrom::Entry);
        }
        if let Some(zone) = it.lead.end.as_ref().and_then(|end| end.zone.clone()) {
            return (Some(zone), ZoneFrom::Entry);
        }
        let part = self.document.lines[it.at].part;
        if let Some(found) = self.around.zone(self.document, part, it.column.as_ref(), first) {
            return (Some(found.0), found.1);
        }
        if self.answers.zone.is_none() && it.lead.start.clock.is_some() {
            let line = self.document.lines[it.at].number;
            self.doubt_once(DoubtCode::NoZone, line, raw, "");
        }
        let zone = self.answers.zone.map(|zone| StatedZone {
            offset: None,
            zone: Some(zone),
            written: zone.name().to_owned(),
        });
        (zone, ZoneFrom::Option)
    }

    /// Returns the day of an entry, and its source.
    fn day(
        &mut self,
        it: &Candidate,
        before: Option<&Before>,
        raw: &str,
        turned: bool,
    ) -> Option<From> {
        let number = self.document.lines[it.at].number;
        if let Some(stated) = it.lead.start.day {
            let stated = self.answered(stated, number, raw);
            return match stated.year {
                Some(year) => self.real(stated, year, number, raw).map(|day| (day, DayFrom::Entry)),
                None => {
                    self.with_year(stated, it, before, number, raw).map(|day| (day, DayFrom::Entry))
                }
            };
        }
        let inherited = self.inherited(it, before, turned);
        if it.lead.start.next_day {
            let (day, _) = inherited?;
            // `次日 00:45`, `次日 01:10`: the second one is on the same day as the first.
            let is_there = before.is_some_and(|before| {
                before.is_next && before.day == day && before.clock <= clock_of(&it.lead.start)
            });
            return Some((day.plus(i64::from(!is_there)), DayFrom::NextDay));
        }
        if inherited.is_none() {
            self.doubt_once(DoubtCode::NoDate, number, raw, "");
            return Some((Day::new(2000, 1, 1)?, DayFrom::Option));
        }
        inherited
    }

    fn inherited(&mut self, it: &Candidate, before: Option<&Before>, turned: bool) -> Option<From> {
        if let Some(told) = self.around.all {
            return Some((told.day, told.from));
        }
        let above = self.above(it, before.filter(|_| !turned).map(|before| before.at));
        match (above, before) {
            (Some(above), _) => Some(above),
            (None, Some(before)) => Some((before.day, DayFrom::Previous)),
            (None, None) => {
                if let Some(line) = self.around.unsure {
                    self.ask_order(line - 1, true);
                }
                let told = self.around.fallback?;
                if let Some(code) = told.from.doubt() {
                    self.doubt_once(code, told.line, "", &told.day.to_string());
                }
                Some((told.day, told.from))
            }
        }
    }

    /// Returns the day in a line or a heading above, if there is no entry of the run in between.
    fn above(&mut self, it: &Candidate, before: Option<usize>) -> Option<From> {
        let lowest = before.map_or(0, |before| before + 1);
        let part = self.document.lines[it.at].part;
        let default = self.around.year.map(|(year, _)| year);
        let day_of = |stated: StatedDay| stated.in_year(stated.year.or(default)?);
        for at in (lowest..it.at).rev().take(FAR) {
            let line = &self.document.lines[at];
            let is_head = matches!(line.what, What::Heading(_));
            if is_head
                && !self
                    .document
                    .chain(part)
                    .any(|part| self.document.parts[part].heading == Some(at))
            {
                if it_is_above(self.document, part, at) {
                    break;
                }
                continue;
            }
            if is_head {
                let is_unsure = self.day_first.is_none() && could_be_two(line.inner());
                self.ask_order(at, is_unsure);
                let line = &self.document.lines[at];
                // The order of day and month waits for an answer.
                let order = if is_unsure { Some(false) } else { self.day_first };
                let day = super::context::day_in(line.inner(), order).and_then(day_of);
                let is_title = self.document.parts[line.part].level == 1;
                if let Some(day) =
                    day.filter(|_| !is_title && !matches!(it.form, Form::Heading(_) if at == it.at))
                {
                    return Some((day, DayFrom::Heading));
                }
            } else if matches!(line.what, What::Text | What::Item)
                && let Some(stated) = only_day(line.inner(), self.day_first)
                && let Some(day) = day_of(stated)
            {
                self.ask_order(at, stated.turned);
                return Some((day, DayFrom::Line));
            }
        }
        None
    }

    /// Asks for the order of day and month, if nothing shows it.
    fn ask_order(&mut self, at: usize, is_unsure: bool) {
        if is_unsure && self.day_first.is_none() {
            let line = &self.document.lines[at];
            self.doubt_once(DoubtCode::DayMonthOrder, line.number, line.inner(), "");
        }
    }

    /// Returns a day with day and month in the right order, which may need a question.
    fn answered(&mut self, stated: StatedDay, number: usize, raw: &str) -> StatedDay {
        if stated.turned && self.day_first.is_none() {
            self.doubt_once(DoubtCode::DayMonthOrder, number, raw, "");
        }
        stated.answered(self.day_first)
    }

    fn real(&mut self, stated: StatedDay, year: i32, number: usize, raw: &str) -> Option<Day> {
        let day = stated.in_year(year);
        if day.is_none() {
            self.doubt(DoubtCode::NoSuchDay, number, 1, raw, "");
        }
        day
    }

    /// Returns a day that has no year of its own.
    fn with_year(
        &mut self,
        stated: StatedDay,
        it: &Candidate,
        before: Option<&Before>,
        number: usize,
        raw: &str,
    ) -> Option<Day> {
        let near = match before {
            Some(before) => Some(before.day),
            None => self.above(it, None).map(|(day, _)| day),
        };
        let near = near.or(self.around.year.map(|(_, day)| day));
        let Some(near) = near else {
            self.doubt_once(DoubtCode::NoDate, number, raw, "");
            return stated.in_year(2000);
        };
        self.doubt_once(DoubtCode::YearInherited, number, raw, &near.to_string());
        let years = [near.year(), near.year() + 1, near.year() - 1];
        let days = years.into_iter().filter_map(|year| stated.in_year(year));
        let day = days.min_by_key(|day| day.days_since(&near).abs());
        if day.is_none() {
            self.doubt(DoubtCode::NoSuchDay, number, 1, raw, "");
        }
        day
    }

    fn moment(
        &mut self,
        stated: &StatedTime,
        day: Day,
        zone: Option<&StatedZone>,
        number: usize,
        raw: &str,
    ) -> Option<Moment> {
        let Some(clock) = stated.clock else {
            return Some(Moment::of_day(day, zone.and_then(|zone| zone.zone)));
        };
        let (day, hour) = if clock.hour == 24 { (day.plus(1), 0) } else { (day, clock.hour) };
        let minute = clock.minute.unwrap_or(0);
        let seconds = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
        let text = format!("{day}T{hour:02}:{minute:02}{seconds}");
        let (offset, named) = zone.map_or((Some(0), None), |zone| (zone.offset, zone.zone));
        let found = match offset {
            Some(offset) => Moment::parse(&format!("{text}{}", offset_text(offset)), named),
            None => match Moment::parse(&text, named) {
                Err(TimeFault::Fold { first, .. }) => {
                    Moment::parse(&format!("{text}{first}"), named)
                }
                other => other,
            },
        };
        let Ok(found) = found else {
            self.doubt(DoubtCode::TimeNotUnderstood, number, 1, raw, "");
            return None;
        };
        Some(match clock.minute {
            None => found.by_the_hour().with_about(true),
            Some(_) => found,
        })
    }

    fn end(
        &mut self,
        end: &StatedTime,
        start: &StatedTime,
        day: Day,
        zone: Option<&StatedZone>,
        number: usize,
    ) -> Option<Moment> {
        let own = end.day.map(|stated| stated.answered(self.day_first));
        let own = own.and_then(|stated| stated.in_year(day.year()));
        let minutes = |stated: &StatedTime| {
            stated.clock.map(|clock| clock.hour * 60 + clock.minute.unwrap_or(0))
        };
        let is_later = minutes(end).zip(minutes(start)).is_some_and(|(end, start)| end < start);
        let next = end.next_day || own.is_none() && is_later;
        let day = own.unwrap_or(if next { day.plus(1) } else { day });
        let zone = end.zone.as_ref().or(zone);
        self.moment(end, day, zone, number, "")
    }

    /// Resolves `T+4m`, from the document's zero point.
    fn relative(&mut self, it: &Candidate, number: usize) -> Option<When> {
        let (zero, line) = self.around.zero.clone()?;
        let seconds = it.lead.start.relative?;
        let day = match zero.day {
            Some(stated) => stated.in_year(self.around.year?.0)?,
            None => self.around.fallback?.day,
        };
        let part = self.document.lines[it.at].part;
        let around = || self.around.zone(self.document, part, None, None).map(|(zone, _)| zone);
        let own = self.answers.zone.map(|zone| StatedZone {
            offset: None,
            zone: Some(zone),
            written: String::new(),
        });
        let zone = zero.zone.clone().or_else(around).or(own);
        if zone.is_none() {
            self.doubt_once(DoubtCode::NoZone, line, "T+0", "");
        }
        let begin = self.moment(&zero, day, zone.as_ref(), number, "")?;
        let named = zone.as_ref().and_then(|zone| zone.zone);
        let at = shifted(&begin, seconds, named)?;
        let about = it.lead.start.about || self.around.about;
        Some(When {
            at: at.with_about(about),
            until: None,
            day_from: DayFrom::Sentence,
            zone_from: ZoneFrom::Sentence,
            zone: named,
        })
    }

    /// Adds a doubt about a zone's abbreviation that does not apply at that time.
    fn check_zone(&mut self, stated: Option<&StatedZone>, at: &Moment, number: usize, raw: &str) {
        let Some(StatedZone { offset: Some(offset), zone: Some(zone), written }) = stated else {
            return;
        };
        if at.precision() == Precision::Day {
            return;
        }
        let shown = at.clock(Some(*zone));
        if shown.offset_minutes != *offset
            && written.len() > 1
            && written != "UTC"
            && written != "GMT"
        {
            let told = offset_text(shown.offset_minutes);
            let found = match raw.contains(written.as_str()) {
                true => raw.to_owned(),
                false => format!("{raw} {written}"),
            };
            self.doubt_once(DoubtCode::ZoneOutOfSeason, number, &found, &told);
        }
    }

    /// Compares the same moment as stated in another zone.
    fn check_second(
        &mut self,
        other: &StatedTime,
        at: &Moment,
        day: Day,
        number: usize,
        raw: &str,
    ) {
        let own = other.day.and_then(|stated| stated.in_year(day.year()));
        let Some(second) = self.moment(other, own.unwrap_or(day), other.zone.as_ref(), number, raw)
        else {
            return;
        };
        let apart = second.unix() - at.unix();
        let differs = if own.is_some() { apart != 0 } else { apart.rem_euclid(86_400) != 0 };
        if differs {
            self.doubt(DoubtCode::SecondZoneDiffers, number, 1, raw, &second.written());
        }
    }

    /// Adds doubts about entries far from their neighbours, and about zones that differ from the others in the run.
    fn neighbours(&mut self, run: &[&Candidate], found: &[Option<When>], order: &[usize]) {
        let told: Vec<(usize, When)> =
            order.iter().filter_map(|at| Some((*at, found[*at]?))).collect();
        let mut last: Option<(usize, When)> = None;
        for (place, (at, own)) in told.iter().enumerate() {
            if own.at.precision() == Precision::Day || run[*at].planned {
                continue;
            }
            let next = told.get(place + 1).map(|(_, next)| next);
            let far = last.is_some_and(|(_, before)| is_far(&before, own, next));
            let line = &self.document.lines[run[*at].at];
            let (number, raw) = (line.number, run[*at].raw(line));
            if let Some((before, when)) = last {
                let back = when.at.unix() - own.at.unix();
                if far {
                    let near = when.at.day().to_string();
                    self.doubt(DoubtCode::DateJump, number, 1, &raw, &near);
                } else if back > 0 && own.day_from != DayFrom::Previous {
                    let earlier = run[before].raw(&self.document.lines[run[before].at]);
                    self.doubt(DoubtCode::StepBack, number, 1, &raw, &earlier);
                }
            }
            // The entry after an outlier is compared with the one before it.
            let is_outlier = far && next.is_some_and(|next| is_back(last, next));
            last = if is_outlier { last } else { Some((*at, *own)) };
        }
        let zones: Vec<(usize, &StatedZone)> =
            run.iter().filter_map(|it| Some((it.at, it.lead.start.zone.as_ref()?))).collect();
        let offset = |zone: &StatedZone| (zone.offset, zone.zone.map(|zone| zone.name()));
        let Some((_, usual)) = zones.first() else { return };
        let usual_offset = offset(usual);
        let other = zones.iter().find(|(_, zone)| offset(zone) != usual_offset);
        if let Some((at, zone)) = other {
            let number = self.document.lines[*at].number;
            let (found, taken) = (zone.written.clone(), usual.written.clone());
            self.doubt_once(DoubtCode::ZoneDiffers, number, &found, &taken);
        }
    }
}

/// A day in seconds.
const DAY: i64 = 86_400;

/// Whether a moment is more than a day before the previous one, or far from both its neighbours, which are close to
/// each other.
fn is_far(before: &When, own: &When, next: Option<&When>) -> bool {
    let back = own.at.unix() - before.at.unix();
    if back < -DAY {
        return true;
    }
    let Some(next) = next.filter(|next| next.at.precision() != Precision::Day) else {
        return false;
    };
    let on = next.at.unix() - own.at.unix();
    let around = (next.at.unix() - before.at.unix()).abs();
    back > DAY && on < -DAY && around < back.min(-on)
}

/// Whether a moment is not before the last one that was in order.
fn is_back(last: Option<(usize, When)>, next: &When) -> bool {
    last.is_some_and(|(_, last)| next.at.unix() >= last.at.unix() - DAY)
}

/// Whether a heading above a part is at the level of one of its parents without being one.
fn it_is_above(document: &Document, part: usize, heading: usize) -> bool {
    let level = document.parts[document.lines[heading].part].level;
    let own = document.chain(part).map(|part| document.parts[part].level).min();
    own.is_some_and(|own| level < own)
}

/// Whether a run begins with its latest entry.
fn newest_first(run: &[&Candidate]) -> bool {
    let (mut down, mut up) = (0, 0);
    for two in run.windows(2) {
        let (one, other) = (&two[0].lead.start, &two[1].lead.start);
        let (Some(a), Some(b)) = (one.clock, other.clock) else { continue };
        let minutes = |clock: StatedClock| i64::from(clock.hour * 60 + clock.minute.unwrap_or(0));
        let on = minutes(b) - minutes(a);
        // Midnight is between clock times that are more than half a day apart.
        let over = if on.abs() > 12 * 60 { on.cmp(&0) } else { 0.cmp(&on) };
        let days =
            |stated: &StatedTime| stated.day.map(|day| (day.year.unwrap_or(0), day.month, day.day));
        let order = match (days(one), days(other)) {
            (Some(a), Some(b)) => a.cmp(&b).then(0.cmp(&on)),
            (None, None) => over,
            _ => continue,
        };
        down += usize::from(order.is_gt());
        up += usize::from(order.is_lt());
    }
    down > 1 && down > up * 2
}

/// Returns the minutes since midnight of a clock time.
fn clock_of(stated: &StatedTime) -> Option<i64> {
    stated.clock.map(|clock| i64::from(clock.hour * 60 + clock.minute.unwrap_or(0)))
}

/// Returns an offset in the format of a moment: `+09:00`.
pub(in crate::import) fn offset_text(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

/// Returns a moment so many seconds later, as precise as both, in the zone or at the moment's own offset.
fn shifted(begin: &Moment, seconds: i64, zone: Option<Zone>) -> Option<Moment> {
    let precise = if seconds % 60 == 0 { Precision::Minute } else { Precision::Second };
    let Some(zone) = zone else {
        let written = begin.written();
        // A zero point is precise to the minute.
        let whole = match (precise, begin.precision()) {
            (Precision::Second, Precision::Minute) => {
                format!("{}:00{}", written.get(..16)?, written.get(16..)?)
            }
            _ => written,
        };
        return Moment::parse(&whole, None).ok()?.plus_seconds(seconds);
    };
    Some(Moment::from_unix(begin.unix() + seconds)?.seen_in(zone).at_most(precise))
}
