//! Interprets typed times in the context of a record, and finds doubtful ones.

use std::collections::BTreeMap;

use crate::fault::{Doubt, EventFault, Fault, Field, TypedTimeFault};
use crate::lang::{Aim, Frame, Lead, Span, Typed, asks_for_clock, read_typed, split_time};
use crate::model::{Day, Event, EventType, Incident, Moment, Precision, Zone};

/// Returns the context for parsing times typed for this record.
pub fn frame(now: Moment, zone: Zone, incident: &Incident, aim: Aim) -> Frame {
    Frame { span: span(incident, zone), day: incident.date, ..Frame::bare(now, zone, aim) }
}

/// Returns the time from the first to the last moment of a record, planned or actual; its day if it has none.
fn span(incident: &Incident, zone: Zone) -> Option<Span> {
    let planned = incident.plan.iter().flat_map(|step| [step.planned(), step.until]).flatten();
    let happened = incident.events.iter().flat_map(|event| [event.at, event.until]).flatten();
    let moments: Vec<(i64, i64)> = planned.chain(happened).map(|at| ends(&at)).collect();
    let first = moments.iter().map(|(first, _)| *first).min();
    let last = moments.iter().map(|(_, last)| *last).max();
    let (span, is_bare_day) = match (first.zip(last), incident.date) {
        (Some(span), _) => (span, false),
        (None, Some(day)) => (ends(&Moment::of_day(day, Some(zone))), true),
        (None, None) => return None,
    };
    let has_ended = !incident.is_open();
    let ended = last_end(incident).filter(|_| has_ended).flatten().map(|at| at.unix());
    let begins = |event: &Event| event.kind.as_ref().is_some_and(EventType::is_beginning);
    let is_unended = !has_ended && incident.events.iter().any(begins);
    Some(Span { first: span.0, last: span.1, is_bare_day, has_ended, ended, is_unended })
}

/// Returns when it was last said that a record has ended, which may be unknown.
fn last_end(incident: &Incident) -> Option<Option<Moment>> {
    let is_end = |event: &&Event| event.kind.as_ref().is_some_and(EventType::is_end);
    incident.events_in_time().into_iter().rfind(is_end).map(|event| event.at)
}

/// Returns the first and the last second of a moment.
fn ends(at: &Moment) -> (i64, i64) {
    match at.precision() {
        Precision::Day | Precision::Hour => at.seconds(),
        _ => (at.unix(), at.unix()),
    }
}

/// How many days without an entry are normal in an open record.
const QUIET_DAYS: i64 = 7;

/// How many days apart the steps of one plan are, at most, without a doubt: a release is prepared days ahead.
const PLANNED_DAYS: i64 = 14;

/// The days in a record.
struct Days {
    /// The record's own day, if it has one.
    date: Option<Day>,
    first: Option<Moment>,
    /// All days of its entries, each with how far the next one may be.
    all: BTreeMap<Day, i64>,
}

impl Days {
    fn of(incident: &Incident, zone: Zone) -> Days {
        let planned = incident.plan.iter().flat_map(|step| [step.planned(), step.until]).flatten();
        let happened = incident.events.iter().filter_map(|event| event.at);
        let day = |at: Moment| at.clock(Some(zone)).day;
        let happened = happened.map(day).chain(incident.date).map(|day| (day, QUIET_DAYS));
        // On the same day, the plan counts.
        let all = happened.chain(planned.map(|at| (day(at), PLANNED_DAYS))).collect();
        Days { date: incident.date, first: incident.first_moment(), all }
    }

    fn add(&mut self, at: Option<Moment>, zone: Zone) {
        if let Some(at) = at {
            self.all.entry(at.clock(Some(zone)).day).or_insert(QUIET_DAYS);
        }
        self.first = self.first.into_iter().chain(at).min_by_key(Moment::earliest);
    }

    /// Returns the first and the last day of the record: from its own day on, as long as entries follow each other
    /// within a week, or two weeks in a plan. A single entry that is years off does not extend this period.
    fn known(&self) -> Option<(Day, Day)> {
        let own = self.date.or_else(|| self.first.map(|at| at.day()));
        let own = own.or_else(|| self.all.keys().next().copied())?;
        let (mut first, mut last) = (own, own);
        for (day, near) in self.all.range(..own).rev() {
            if first.days_since(day) <= *near {
                first = *day;
            }
        }
        for (day, near) in self.all.range(own..) {
            if day.days_since(&last) <= *near {
                last = *day;
            }
        }
        Some((first, last))
    }

    /// Returns a doubt about a day outside this period. That an outage continues past midnight is normal, and that a plan
    /// begins days before; a release happens on its day.
    fn outside(&self, at: &Moment, frame: &Frame, is_release: bool, typed: bool) -> Option<Doubt> {
        let (first, last) = self.known()?;
        let live = (at.unix() - frame.now.unix()).abs() < DAY_SECONDS;
        let (before, behind) = match frame.aim {
            Aim::Planned | Aim::Moved(_) => (PLANNED_DAYS, PLANNED_DAYS),
            _ if typed && (is_release || !live) => (0, 0),
            _ => (0, 1),
        };
        let day = at.clock(Some(frame.zone)).day;
        (day < first.plus(-before) || day > last.plus(behind))
            .then_some(Doubt::Outside { day, days: (first, last) })
    }
}

/// Parses a typed time.
///
/// # Errors
/// It is not a time, does not exist, or is ambiguous.
pub fn read_time(text: &str, frame: &Frame, field: Field) -> Result<Typed, Fault> {
    read_typed(text, frame).map_err(|fault| refused(fault, frame, field))
}

fn refused(fault: TypedTimeFault, frame: &Frame, field: Field) -> Fault {
    Fault::Time { field, fault: Box::new(fault), zone: frame.zone }
}

/// Parses a period. A clock time alone as its end is the next one after its beginning.
///
/// # Errors
/// One of the times is not a time, does not exist, or is ambiguous.
pub fn period(
    since: Option<&str>,
    until: Option<&str>,
    now: Moment,
    zone: Zone,
) -> Result<(Option<Moment>, Option<Moment>), Fault> {
    let frame = frame(now, zone, &Incident::default(), Aim::Happened);
    let since = since.map(|text| read_time(text, &frame, Field::From)).transpose()?;
    let frame = since.as_ref().map_or(frame, |since| frame.ending(since));
    let until = until.map(|text| read_time(text, &frame, Field::Until)).transpose()?;
    Ok((since.map(|typed| typed.moment), until.map(|typed| typed.moment)))
}

/// Splits a text into a time and the rest; `None` if it does not begin with a time. A length is also accepted as an
/// end.
///
/// # Errors
/// It is unclear whether the word after the clock time belongs to it.
pub(super) fn split_line<'l>(
    text: &'l str,
    frame: &Frame,
    field: Field,
) -> Result<Option<Lead<'l>>, Fault> {
    split_time(text, frame, field == Field::Until).map_err(|fault| refused(fault, frame, field))
}

/// Splits a text that must begin with a time, as after `/at`; `None` if it does not.
///
/// # Errors
/// It is unclear whether the word after the clock time belongs to it, or the text begins with digits that are perhaps a
/// time (`0642`, `20261126 1340`).
pub fn split_required<'l>(
    text: &'l str,
    frame: &Frame,
    field: Field,
) -> Result<Option<Lead<'l>>, Fault> {
    match split_line(text, frame, field)? {
        Some(lead) => Ok(Some(lead)),
        None => perhaps_begins(text, frame).map_or(Ok(None), |it| Err(refused(it, frame, field))),
    }
}

/// Returns the refusal of the first two words, or of the first one, if they are digits that are perhaps a time.
fn perhaps_begins(text: &str, frame: &Frame) -> Option<TypedTimeFault> {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    (1..=words.len()).rev().find_map(|count| match read_typed(&words[..count].join(" "), frame) {
        Err(fault @ TypedTimeFault::Bare { .. }) => Some(fault),
        _ => None,
    })
}

/// Parses the time of a promised public update, which must be after the event's own time.
pub(super) fn promised(typed: &str, frame: &Frame, start: Option<Moment>) -> Result<Typed, Fault> {
    let read = read_time(typed, frame, Field::NextUpdate)?;
    let moment = read.moment;
    if moment.is_about() || moment.precision() < Precision::Minute {
        return Err(EventFault::VaguePromise { typed: typed.to_owned() }.into());
    }
    if start.is_some_and(|start| !is_later_minute(&moment, &start)) {
        let half_an_hour_later = start
            .filter(|start| start.precision() >= Precision::Minute)
            .and_then(|start| start.at_most(Precision::Minute).plus_seconds(1800));
        let later = half_an_hour_later.map(|at| at.clock(Some(frame.zone)));
        let later = later.map(|clock| format!("{} {}", clock.day, clock.hands()));
        return Err(EventFault::PromisedBefore { later }.into());
    }
    Ok(read)
}

/// Whether a promised moment is in a later minute than the event; on a day or in an hour, it may be at any time of that.
fn is_later_minute(promised: &Moment, start: &Moment) -> bool {
    let [promised_minute, minute] = [promised, start].map(|at| at.unix().div_euclid(60));
    match start.precision() >= Precision::Minute {
        true => promised_minute > minute,
        false => !promised.is_before(start),
    }
}

/// Parses a day as people type it, in any form that may precede a clock time.
///
/// # Errors
/// It is not a day.
pub fn day_named(text: &str, field: Field, now: Moment, zone: Zone) -> Result<Day, Fault> {
    let parts: Vec<&str> =
        text.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let dashed = match parts.as_slice() {
        [year, month, day] => format!("{year}-{month:0>2}-{day:0>2}"),
        [whole] if whole.len() == 8 && whole.is_ascii() => {
            format!("{}-{}-{}", &whole[..4], &whole[4..6], &whole[6..])
        }
        _ => String::new(),
    };
    let today = now.clock(Some(zone)).day;
    let typed = |aim: Aim| {
        let frame = Frame::bare(now, zone, aim);
        let noon = read_typed(&format!("{} 12:00", text.trim()), &frame).ok()?;
        (!noon.day_inferred).then(|| noon.moment.clock(Some(zone)).day)
    };
    // Without a year, the nearest date is meant: releases are in the future, outages in the past.
    let day = Day::parse(&dashed).or_else(|| {
        let days = [Aim::Happened, Aim::Planned].into_iter().filter_map(typed);
        let days = days.filter(|_| !asks_for_clock(text));
        days.min_by_key(|day| day.days_since(&today).abs())
    });
    day.ok_or_else(|| Fault::Day { field, typed: text.to_owned() })
}

const DAY_SECONDS: i64 = 86_400;

/// The state of a record for judging new events. It can be updated for events that neither begin nor end an outage.
pub(super) struct RecordState {
    zone: Zone,
    span: Option<Span>,
    days: Days,
    is_release: bool,
    is_open: bool,
    has_plan: bool,
    /// The steps that were neither carried out nor given up, each with its id and whether it is planned for about now.
    unsettled: Vec<(Option<String>, bool)>,
    /// Whether new events leave it as open as it is: it has beginnings and ends.
    is_settled: bool,
    has_events: bool,
    /// When it was last said to have ended, which may be unknown.
    ended: Option<Option<Moment>>,
}

impl RecordState {
    /// Returns the state of a record at a moment.
    pub(super) fn of(incident: &Incident, zone: Zone, now: Moment) -> RecordState {
        let span = span(incident, zone);
        let settled = incident.settled();
        let unsettled = incident.plan.iter().filter(|step| !settled(step)).map(|step| {
            let off = step.planned().map(|at| (at.unix() - now.unix()).abs());
            (step.id.clone(), off.is_some_and(|off| off < DAY_SECONDS))
        });
        RecordState {
            zone,
            span,
            days: Days::of(incident, zone),
            is_release: is_release(incident),
            is_open: span.map_or_else(|| incident.is_open(), |span| !span.has_ended),
            has_plan: !incident.plan.is_empty(),
            unsettled: unsettled.collect(),
            is_settled: incident.has_turns(),
            has_events: !incident.events.is_empty(),
            ended: last_end(incident),
        }
    }

    /// Returns the context for parsing times typed at a moment.
    pub(super) fn frame(&self, now: Moment) -> Frame {
        let day = self.days.date;
        Frame { span: self.span, day, ..Frame::bare(now, self.zone, Aim::Happened) }
    }

    /// Updates the state for an event that was added.
    pub(super) fn add(&mut self, event: &Event) {
        self.has_events = true;
        if event.carries_out() {
            let is_done =
                |id: &Option<String>| id.as_ref().is_some_and(|id| event.steps.contains(id));
            self.unsettled.retain(|(id, _)| !is_done(id));
        }
        if !self.is_settled {
            self.is_open = !self.has_plan || !self.unsettled.is_empty();
        }
        for at in [event.at, event.until].into_iter().flatten() {
            let (first, last) = ends(&at);
            let before = self.span.filter(|span| !span.is_bare_day);
            let (first, last) =
                before.map_or((first, last), |it| (it.first.min(first), it.last.max(last)));
            let ended = before.and_then(|span| span.ended);
            let has_ended = !self.is_open;
            let is_unended = self.span.is_some_and(|span| span.is_unended);
            self.span =
                Some(Span { first, last, is_bare_day: false, has_ended, ended, is_unended });
        }
        if let Some(span) = &mut self.span {
            span.has_ended = !self.is_open;
        }
        self.days.add(event.at, self.zone);
    }

    /// Returns doubts about a moment. `typed` is how it was parsed; `None` for the moment of the operation.
    pub(super) fn doubts(&self, at: &Moment, frame: &Frame, typed: Option<&Typed>) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        let ahead = at.unix() - frame.now.unix();
        let past = frame.aim == Aim::Happened;
        if past && ahead > 60 {
            doubts.push(Doubt::Future { at: *at, ahead });
        }
        let by_now = frame.span.is_none() || frame.is_under_way();
        let inferred = typed.is_some_and(|typed| typed.day_inferred) && by_now;
        if past && inferred && -ahead > DAY_SECONDS / 2 {
            doubts.push(Doubt::LongAgo { at: *at, ago: -ahead });
        }
        if typed.is_some_and(|typed| typed.half_unsaid) {
            doubts.push(Doubt::HalfUnsaid);
        }
        if past && ahead.abs() < 3600 && self.had_ended(at) {
            doubts.push(Doubt::Ended);
        }
        doubts.extend(self.days.outside(at, frame, self.is_release, typed.is_some()));
        doubts
    }

    /// Whether the record was said to have ended by that moment. A completed plan does not count.
    fn had_ended(&self, at: &Moment) -> bool {
        let is_after = |end: Option<Moment>| end.is_none_or(|end| at.unix() > end.unix());
        let after = self.ended.is_some_and(is_after);
        let is_awaited = self.unsettled.iter().any(|(_, is_near)| *is_near);
        after && self.has_events && !self.is_open && !is_awaited
    }
}

/// Returns a doubt about a day outside the record's period.
pub(super) fn outside(
    at: &Moment,
    frame: &Frame,
    incident: &Incident,
    typed: bool,
) -> Option<Doubt> {
    Days::of(incident, frame.zone).outside(at, frame, is_release(incident), typed)
}

fn is_release(incident: &Incident) -> bool {
    incident.kind.as_deref() == Some("release")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PlanStep;

    #[test]
    fn the_period_of_a_record_goes_on_within_a_week_of_its_day() {
        let at = |day: &str| Moment::parse(&format!("{day}T12:00+09:00"), None).unwrap();
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let days =
            ["2023-09-07", "2024-08-28", "2024-09-01", "2024-09-13", "2024-09-20", "2024-10-20"];
        let incident = Incident {
            date: Some(at("2024-09-07").day()),
            events: days.map(|day| Event::new(at(day), "x".to_owned())).to_vec(),
            ..Incident::default()
        };
        let (first, last) = Days::of(&incident, zone).known().unwrap();
        assert_eq!(
            (first.to_string(), last.to_string()),
            ("2024-08-28".into(), "2024-09-20".into())
        );
        let frame = frame(at("2024-12-01"), zone, &incident, Aim::Happened);
        for (day, is_outside) in [
            ("2024-08-27", true),
            ("2024-08-28", false),
            ("2024-09-20", false),
            ("2024-09-21", true),
            ("2024-10-20", true),
        ] {
            assert_eq!(outside(&at(day), &frame, &incident, true).is_some(), is_outside, "{day}");
        }
    }

    #[test]
    fn a_plan_may_begin_two_weeks_before_the_day() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let at = |day: &str| Moment::parse(&format!("{day}T12:00+09:00"), None).unwrap();
        let mut incident = Incident {
            kind: Some("release".to_owned()),
            date: Some(at("2022-03-17").day()),
            ..Incident::default()
        };
        let is_outside = |incident: &Incident, day: &str, aim: Aim| {
            let frame = frame(at("2022-03-01"), zone, incident, aim);
            outside(&at(day), &frame, incident, true).is_some()
        };
        for (day, expected) in [
            ("2022-03-02", true),
            ("2022-03-03", false),
            ("2022-03-31", false),
            ("2022-04-01", true),
            ("2021-03-14", true),
        ] {
            assert_eq!(is_outside(&incident, day, Aim::Planned), expected, "{day}");
        }
        assert!(is_outside(&incident, "2022-03-14", Aim::Happened), "not planned");
        incident.plan = vec![PlanStep::new(at("2022-03-04"), "Freeze")];
        assert!(!is_outside(&incident, "2022-03-14", Aim::Happened), "within the plan");
        assert!(!is_outside(&incident, "2022-03-04", Aim::Happened), "a step of the plan");
        assert!(is_outside(&incident, "2022-03-03", Aim::Happened));
    }

    #[test]
    fn a_day_is_read_in_every_form_in_which_it_is_typed() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let now = Moment::parse("2024-09-09T12:00+09:00", None).unwrap();
        let day = |typed: &str| match day_named(typed, Field::Date, now, zone) {
            Ok(day) => day.to_string(),
            Err(_) => "refused".to_owned(),
        };
        for typed in [
            "2024-09-07",
            "2024-9-7",
            "2024. 9. 7.",
            "2024.9.7",
            "2024/9/7",
            "2024 9 7",
            "20240907",
            "9월 7일",
            "Sep 7",
            "7 Sep",
        ] {
            assert_eq!(day(typed), "2024-09-07", "{typed}");
        }
        for typed in ["9/7", "09-07", "saturday", "2024-13-01", "2024 9 31", "20240931"] {
            assert_eq!(day(typed), "refused", "{typed}");
        }
    }
}
