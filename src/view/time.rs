//! Words moments and durations in a record's language and zone.

use serde::Serialize;

use crate::lang::{Documents, documents_for};
use crate::model::{
    Clock, Day, Elapsed, Event, EventType, Incident, Moment, Precision, Verdict, Zone, put_two,
};
use crate::timeline::Row;

/// A moment in every format that a page may need.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimeView {
    /// ISO 8601 with offset, to the known precision; null if the time is not known.
    pub iso: Option<String>,
    /// `2024-09-07`.
    pub date: String,
    /// `2024년 9월 7일 (토)`.
    pub date_text: String,
    /// `18:08`; empty if only the day is known.
    pub hm: String,
    /// `18:08`; with the zone's abbreviation if the offset changes during the record, `01:12 EDT`; `about 18:08` if it
    /// is approximate.
    pub time: String,
    /// `오후 6시 08분`, without seconds in public; the date text if only the day is known. Abbreviation and mark are as in
    /// `time`.
    pub clock: String,
    /// `09-07 18:08` if the record spans several days (with the year if it spans several years), else `18:08`.
    /// Abbreviation and mark are as in `time`.
    pub short: String,
    /// The same moment in the additional zone, if one was requested: `09:08 UTC`.
    pub beside: Option<String>,
    /// `2024-09-07T09:08`, the same moment in UTC; only the day if no more is known.
    pub utc: String,
    /// RFC 3339, with seconds even if they were not recorded, as other tools require; only the day if no more is known.
    pub rfc3339: String,
    /// RFC 3339 of its first instant, for front matter, which cannot express a day. It is not printed elsewhere, since
    /// the hour of a day was not recorded.
    #[serde(skip)]
    pub begins: String,
    /// `+0900`, as front matter requires.
    pub offset: String,
    /// `KST`.
    pub zone: String,
    /// `unknown`, `day`, `hour`, `minute`, `second` or `fraction`.
    pub precision: &'static str,
    /// Whether it is approximate.
    pub about: bool,
    /// Its first second since 1970-01-01T00:00Z; null if the time is not known.
    pub unix: Option<i64>,
    /// The first second after it.
    pub latest: Option<i64>,
}

/// Formats the times of one record.
#[derive(Clone, Copy)]
pub(super) struct TimeFormatter {
    /// The record's language.
    pub(super) words: &'static Documents,
    /// The record's zone.
    pub(super) zone: Option<Zone>,
    /// Whether it spans more than one day.
    pub(super) many_days: bool,
    /// Whether it spans more than one year: a day without its year would be ambiguous.
    pub(super) many_years: bool,
    /// Whether more than the day is known of any of its moments.
    pub(super) has_hours: bool,
    /// Whether its zone changed offsets during it: times need their abbreviation.
    pub(super) many_offsets: bool,
    /// Whether worded times have seconds, if recorded.
    pub(super) says_seconds: bool,
    /// An additional zone for every time.
    pub(super) beside: Option<Zone>,
}

impl TimeFormatter {
    /// Returns a formatter for all times of a record.
    pub(super) fn of(incident: &Incident, beside: Option<Zone>) -> TimeFormatter {
        let planned = incident.plan.iter().flat_map(|step| [step.planned(), step.until]);
        let happened = incident.events.iter().flat_map(|event| [event.at, event.until]);
        let moments = || planned.clone().chain(happened.clone()).flatten();
        let teller =
            TimeFormatter::of_moments(incident.language.as_deref(), incident.zone, moments());
        // A page shows the record's day; a time on another day needs its own date.
        let other_day = incident.date.is_some_and(|date| moments().any(|at| at.day() != date));
        TimeFormatter { beside, many_days: teller.many_days || other_day, ..teller }
    }

    /// Returns a formatter for all times of a record as read at `now`: in another year, each day has its year.
    pub(super) fn at(incident: &Incident, now: Option<Moment>) -> TimeFormatter {
        let teller = TimeFormatter::of(incident, None);
        let year = now.map(|now| now.clock(teller.zone).day.year());
        let of_another_year = |day: Day| year.is_some_and(|year| year != day.year());
        let is_old = incident.day().is_some_and(of_another_year);
        TimeFormatter {
            many_days: teller.many_days || is_old,
            many_years: teller.many_years || is_old,
            ..teller
        }
    }

    /// Returns the same formatter in the words of another language.
    pub(super) fn in_words(self, words: &'static Documents) -> TimeFormatter {
        TimeFormatter { words, ..self }
    }

    /// Returns a moment in its short form, with its day if it is not that of `now`: a clock time alone would be taken for
    /// today's.
    pub(super) fn on_its_day(&self, at: &Moment, now: Option<Moment>) -> String {
        let is_today = now.is_none_or(|now| now.clock(self.zone).day == at.clock(self.zone).day);
        TimeFormatter { many_days: self.many_days || !is_today, ..*self }.time(at).short
    }

    /// Returns a formatter for these times.
    pub(super) fn of_moments(
        language: Option<&str>,
        zone: Option<Zone>,
        moments: impl Iterator<Item = Moment>,
    ) -> TimeFormatter {
        let clocks: Vec<Clock> = moments.map(|at| at.clock(zone)).collect();
        let mut exact = clocks.iter().filter(|clock| clock.precision != Precision::Day);
        let (first, first_exact) = (clocks.first(), exact.next());
        let differ = |it: &dyn Fn(&Clock, &Clock) -> bool| {
            first.is_some_and(|first| clocks.iter().any(|clock| it(first, clock)))
        };
        TimeFormatter {
            words: documents_for(language),
            zone,
            many_days: differ(&|one, other| one.day != other.day),
            many_years: differ(&|one, other| one.day.year() != other.day.year()),
            has_hours: first_exact.is_some(),
            many_offsets: first_exact.is_some_and(|first| {
                exact.any(|clock| clock.offset_minutes != first.offset_minutes)
            }),
            says_seconds: true,
            beside: None,
        }
    }

    /// Returns a time or a span under a heading of `day`: with dates of other days, and with the time in the additional
    /// zone. Without a heading, `day` is empty.
    pub(super) fn span(&self, from: &TimeView, until: Option<&Moment>, day: &str) -> String {
        span_of(from, until.map(|until| self.time(until)).as_ref(), day)
    }

    /// Returns the day of a moment, ISO 8601.
    pub(super) fn day(&self, at: &Moment) -> String {
        at.clock(self.zone).day.to_string()
    }

    /// Returns a row's verdict with its deviation.
    pub(super) fn row_label(&self, row: &Row) -> String {
        match (row.step, row.events.first()) {
            (None, Some(event)) => self.unplanned_label(event),
            _ => self.words.outcome(&row.outcome()),
        }
    }

    /// Returns that an event was not planned; nothing of one that no plan could have.
    pub(super) fn unplanned_label(&self, event: &Event) -> String {
        match event.is_of_record() {
            true => "—".to_owned(),
            false => (self.words.verdict)(Verdict::Unplanned, None),
        }
    }

    /// Returns the same followed by the outcome of the step if it failed and was not repeated, which its times do not
    /// show.
    pub(super) fn row_told(&self, row: &Row) -> String {
        let label = self.row_label(row);
        if !row.failed() {
            return label;
        }
        let failed = (self.words.event_type)(&EventType::Failed);
        let skipped = format!(", {}", self.words.labels.skipped);
        let skipped = if row.is_given_up() { &skipped } else { "" };
        format!("{failed}{skipped}; {label}")
    }

    /// Returns the deviation as early or late, whatever the tolerance.
    pub(super) fn off_by(&self, deviation: Elapsed) -> String {
        self.words.off_by(deviation)
    }

    /// Returns a duration without its sign, as a range if the written precision leaves it open.
    pub(super) fn amount(&self, elapsed: Elapsed) -> String {
        self.words.length(elapsed)
    }

    /// Returns a duration. A negative one is marked, as its events are in the wrong order; zero days are worded as the
    /// same day.
    pub(super) fn signed_amount(&self, elapsed: Elapsed) -> String {
        let labels = &self.words.labels;
        if elapsed.precision == Precision::Day && elapsed.seconds == 0 {
            let same = if elapsed.about { labels.about_same_day } else { labels.same_day };
            return same.to_owned();
        }
        let sign = if elapsed.seconds < 0 { "−" } else { "" };
        format!("{sign}{}", self.amount(elapsed))
    }

    /// Returns a time, or `unknown` in its place.
    pub(super) fn time_or(&self, at: Option<&Moment>, unknown: &str) -> TimeView {
        at.map_or_else(|| unknown_time(unknown), |at| self.time(at))
    }

    /// Returns when an event was.
    pub(super) fn time_of(&self, event: &Event) -> TimeView {
        self.time_or(event.at.as_ref(), self.words.labels.unknown_time)
    }

    /// Returns the view of a moment; an approximate one is marked in `time`, `clock` and `short`.
    pub(super) fn time(&self, at: &Moment) -> TimeView {
        let clock = at.clock(self.zone);
        let date = clock.day.to_string();
        let date_text = (self.words.day)(&clock.day);
        let hm = clock.hands();
        let marked = |time: &str| match at.is_about() {
            true => (self.words.about_time)(time),
            false => time.to_owned(),
        };
        let letters = |time: &str| match time {
            "" => String::new(),
            time if self.many_offsets => format!("{} {}", marked(time), clock.zone),
            time => marked(time),
        };
        let time = letters(&hm);
        let short = match (&*time, self.many_days) {
            ("", _) => marked(&date),
            (time, true) if self.many_years => format!("{date} {time}"),
            (time, true) => format!("{} {time}", &date[5..]),
            (time, false) => time.to_owned(),
        };
        let spoken = letters(&match self.says_seconds {
            true => (self.words.clock)(&clock),
            false => (self.words.clock)(&without_seconds(at, self.zone)),
        });
        let (begins, offset) = first_instant(&clock, &date);
        TimeView {
            iso: Some(self.zone.map_or(*at, |zone| at.seen_in(zone)).written()),
            clock: if spoken.is_empty() { marked(&date_text) } else { spoken },
            rfc3339: match clock.precision {
                Precision::Day => date.clone(),
                _ => begins.clone(),
            },
            begins,
            utc: utc(at),
            offset,
            zone: if clock.precision == Precision::Day { String::new() } else { clock.zone },
            beside: self.beside.and_then(|zone| elsewhere(at, zone, &date)),
            precision: match clock.precision {
                Precision::Day => "day",
                Precision::Hour => "hour",
                Precision::Minute => "minute",
                Precision::Second => "second",
                Precision::Fraction => "fraction",
            },
            about: at.is_about(),
            unix: Some(at.unix()),
            latest: Some(at.seconds().1 + 1),
            date,
            date_text,
            hm,
            time,
            short,
        }
    }
}

impl TimeView {
    /// Returns the same time with more words: `by 18:00`. An empty clock time stays empty.
    pub(super) fn worded(self, said: fn(&str) -> String) -> TimeView {
        let time = if self.time.is_empty() { String::new() } else { said(&self.time) };
        TimeView { time, clock: said(&self.clock), short: said(&self.short), ..self }
    }
}

/// Returns a moment without seconds, as people say it.
fn without_seconds(at: &Moment, zone: Option<Zone>) -> Clock {
    at.at_most(Precision::Minute).clock(zone)
}

/// Returns the view of an unknown time, with these words in its place.
fn unknown_time(words: &str) -> TimeView {
    let (none, words) = (String::new(), words.to_owned());
    TimeView {
        iso: None,
        date: none.clone(),
        date_text: none.clone(),
        hm: none.clone(),
        time: words.clone(),
        clock: words.clone(),
        short: words,
        beside: None,
        utc: none.clone(),
        rfc3339: none.clone(),
        begins: none.clone(),
        offset: none.clone(),
        zone: none,
        precision: "unknown",
        about: false,
        unix: None,
        latest: None,
    }
}

/// Returns a span of times that are already formatted: see [`TimeFormatter::span`].
pub(super) fn span_of(from: &TimeView, until: Option<&TimeView>, day: &str) -> String {
    let Some(until) = until else {
        return with_beside(under(from, day), from.beside.as_deref());
    };
    let span = format!("{}–{}", under(from, day), under(until, &from.date));
    let beside = from.beside.as_ref().zip(until.beside.as_ref());
    with_beside(&span, beside.map(|(a, b)| format!("{a}–{b}")).as_deref())
}

fn under<'t>(time: &'t TimeView, day: &str) -> &'t str {
    if time.date == day && !time.time.is_empty() { &time.time } else { &time.short }
}

fn with_beside(time: &str, beside: Option<&str>) -> String {
    beside.map_or_else(|| time.to_owned(), |beside| format!("{time} ({beside})"))
}

/// Returns the first second of a time with its offset, and that offset for front matter.
fn first_instant(clock: &Clock, date: &str) -> (String, String) {
    let (mut begins, mut offset) = (String::with_capacity(25), String::with_capacity(5));
    begins.push_str(date);
    for (before, number) in [('T', clock.hour), (':', clock.minute), (':', clock.second)] {
        begins.push(before);
        put_two(&mut begins, number);
    }
    let sign = if clock.offset_minutes < 0 { '-' } else { '+' };
    let minutes = clock.offset_minutes.unsigned_abs();
    offset.push(sign);
    put_two(&mut offset, minutes / 60);
    begins.push_str(&offset);
    begins.push(':');
    put_two(&mut begins, minutes % 60);
    put_two(&mut offset, minutes % 60);
    (begins, offset)
}

fn utc(at: &Moment) -> String {
    let written = at.seen_in(Zone::UTC).written();
    written.get(..16).unwrap_or(&written).to_owned()
}

/// Returns `09:08 UTC`, with its date if that differs from `date`.
fn elsewhere(at: &Moment, zone: Zone, date: &str) -> Option<String> {
    let clock = at.clock(Some(zone));
    let time = clock.hands();
    let there = clock.day.to_string();
    let day = if there == date { String::new() } else { format!("{} ", &there[5..]) };
    (!time.is_empty()).then(|| format!("{day}{time} {}", clock.zone))
}
