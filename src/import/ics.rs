//! Calendars (RFC 5545): their events are steps of a plan.

use std::borrow::Cow;
use std::collections::HashMap;

use icalendar::parser::{Component, Property, read_calendar_simple, unfold};

use crate::fault::{DoubtCode, ImportFault, WhyLeft};
use crate::model::{Day, Moment, PlanStep, Revision, Skip, TimeFault, Zone};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::place::Place;
use super::text::decoded;
use super::windows_zones::windows_zone;

/// The deepest nesting of components; calendars have three levels.
const DEPTH: usize = 8;

/// Reads calendars, with a step of the plan for each event.
///
/// # Errors
/// It is not a calendar.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let bytes = folded_between_letters(&input.bytes);
        let text = decoded(&input.name, &bytes, answers)?;
        let structure = |line, expected: &str| ImportFault::Structure {
            name: input.name.clone(),
            line,
            column: 1,
            expected: expected.to_owned(),
        };
        let places = begun(&text).map_err(|(line, expected)| structure(line, expected))?;
        let plain = unfold(&text);
        let mut calendars = Vec::new();
        for calendar in one_by_one(&plain) {
            let read = read_calendar_simple(calendar);
            calendars.extend(read.map_err(|_| structure(1, "BEGIN:VCALENDAR"))?);
        }
        let (mut places, mut others) = (places.events.into_iter(), places.others.into_iter());
        for calendar in calendars.iter().filter(|it| is(it, "VCALENDAR")) {
            let title =
                text_property(calendar, "X-WR-CALNAME").unwrap_or_else(|| input.name.clone());
            gathered.belong(&input.name, || title);
            Calendar::of(calendar).take(&mut gathered, calendar, &mut places);
            for other in calendar.components.iter().filter(|it| is_other(it)) {
                gathered.leave(others.next().unwrap_or_default(), told(other), WhyLeft::NotTaken);
            }
        }
    }
    Ok(gathered.finish())
}

/// Components that are not events: to-dos, journal entries, free/busy times.
const OTHERS: [&str; 3] = ["VTODO", "VJOURNAL", "VFREEBUSY"];

/// Returns a calendar in UTF-8 whose lines are folded between characters: some programs fold within one (RFC 5545,
/// 3.1).
fn folded_between_letters(bytes: &[u8]) -> Cow<'_, [u8]> {
    if std::str::from_utf8(bytes).is_ok() {
        return Cow::Borrowed(bytes);
    }
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\n', rest) {
        let end = if rest[..at].ends_with(b"\r") { at - 1 } else { at };
        let behind = &rest[at + 1..];
        let within = behind.iter().skip(1).take_while(|byte| (0x80..0xc0).contains(*byte)).count();
        let is_fold = behind.starts_with(b" ") || behind.starts_with(b"\t");
        let moved = if is_fold { within } else { 0 };
        whole.extend_from_slice(&rest[..end]);
        whole.extend_from_slice(&behind[moved.min(1)..][..moved]);
        whole.extend_from_slice(&rest[end..=at]);
        if moved > 0 {
            whole.push(behind[0]);
        }
        rest = &behind[moved + moved.min(1)..];
    }
    whole.extend_from_slice(rest);
    Cow::Owned(whole)
}

/// Returns the calendars in a text, which may have several.
fn one_by_one(plain: &str) -> impl Iterator<Item = &str> {
    let is_end = |line: &str| line.trim_end().eq_ignore_ascii_case("END:VCALENDAR");
    let mut rest = plain;
    std::iter::from_fn(move || {
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            end += line.len();
            if is_end(line) {
                break;
            }
        }
        let (calendar, behind) = rest.split_at(end);
        rest = behind;
        (!calendar.trim().is_empty()).then_some(calendar)
    })
}

/// Returns the time and the text of a component that is not an event.
fn told(other: &Component<'_>) -> String {
    let keys = ["DTSTART", "DUE", "COMPLETED", "SUMMARY", "DESCRIPTION"];
    let texts: Vec<String> = keys.iter().filter_map(|key| text_property(other, key)).collect();
    if texts.is_empty() { other.name.to_string() } else { texts.join(" ") }
}

/// The positions of a calendar's components.
#[derive(Default)]
struct Begun {
    events: Vec<Place>,
    others: Vec<Place>,
}

/// Returns the positions of a calendar's components, if they are nested correctly.
fn begun(text: &str) -> Result<Begun, (usize, &'static str)> {
    let (mut open, mut places) = (Vec::new(), Begun::default());
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end().to_ascii_uppercase();
        if let Some(name) = line.strip_prefix("BEGIN:") {
            match name {
                "VEVENT" => places.events.push(Place::line(at + 1)),
                name if OTHERS.contains(&name) => places.others.push(Place::line(at + 1)),
                _ => {}
            }
            open.push(name.to_owned());
            if open.len() > DEPTH {
                return Err((at + 1, "END:…"));
            }
        }
        if let Some(name) = line.strip_prefix("END:")
            && open.pop().as_deref() != Some(name)
        {
            return Err((at + 1, "BEGIN:…"));
        }
    }
    if open.is_empty() { Ok(places) } else { Err((text.lines().count(), "END:VCALENDAR")) }
}

fn is(component: &Component<'_>, name: &str) -> bool {
    component.name.as_str().eq_ignore_ascii_case(name)
}

fn is_other(component: &Component<'_>) -> bool {
    OTHERS.iter().any(|name| is(component, name))
}

/// Returns a property of a component.
fn property<'c, 'i>(component: &'c Component<'i>, name: &str) -> Option<&'c Property<'i>> {
    component.properties.iter().find(|it| it.name.as_str().eq_ignore_ascii_case(name))
}

/// Returns the text of a property, whose escapes the parser has decoded.
fn text_property(component: &Component<'_>, name: &str) -> Option<String> {
    let plain = property(component, name)?.val.as_str().trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

fn parameter<'p>(property: &'p Property<'_>, name: &str) -> Option<&'p str> {
    let found = property.params.iter().find(|it| it.key.as_str().eq_ignore_ascii_case(name));
    found.and_then(|it| it.val.as_ref()).map(|value| value.as_str().trim_matches('"'))
}

/// The properties of a calendar that apply to all its events.
struct Calendar {
    /// The zone of times without one.
    zone: Option<Zone>,
    /// The zones that it defines, by name: a zone, or a fixed offset.
    own: HashMap<String, OwnZone>,
    /// Whether the calendar cancels its events.
    is_cancelled: bool,
}

/// A zone as defined by a calendar.
enum OwnZone {
    Named(Zone),
    Fixed(String),
    /// Alternating offsets, each with its transitions.
    Turns(Vec<Turn>),
}

/// An offset of a zone and when it takes effect.
struct Turn {
    offset: String,
    /// The local time of its first transition, by the offset before it: `20070311T020000`.
    since: String,
    /// When it recurs each year.
    yearly: Option<Yearly>,
}

/// A day that recurs each year, such as the last Sunday of March.
struct Yearly {
    month: u32,
    /// 0 for Monday.
    weekday: usize,
    /// Which of them in the month; a negative number counts from the end.
    which: i32,
    /// The last time at which it may occur, in the calendar's format and by the offset before it, if it has an end.
    until: Option<String>,
}

impl Turn {
    fn of(described: &Component<'_>) -> Option<Turn> {
        let (offset, since) =
            (text_property(described, "TZOFFSETTO")?, text_property(described, "DTSTART")?);
        let before = text_property(described, "TZOFFSETFROM").and_then(|it| offset_seconds(&it));
        let yearly = match text_property(described, "RRULE") {
            Some(rule) => Some(yearly(&rule, before)?),
            None => None,
        };
        // Listed days are not a supported rule.
        property(described, "RDATE").is_none().then_some(Turn { offset, since, yearly })
    }

    /// Returns its last transition before a local time, in the calendar's format.
    fn before(&self, day: &Day, clock: &str) -> Option<String> {
        let hands = self.since.get(9..15)?;
        let now = format!("{}T{clock}", day.to_string().replace('-', ""));
        let Some(Yearly { month, weekday, which, until }) = &self.yearly else {
            return Some(self.since.clone()).filter(|since| *since <= now);
        };
        // A recurrence that has ended occurred last in that year or in the one before.
        let last = until.as_ref().and_then(|until| until.get(..4)?.parse().ok());
        let year = last.map_or(day.year(), |last: i32| last.min(day.year()));
        let turns = [year, year - 1].into_iter().filter_map(|year| {
            let turn = nth_weekday(year, *month, *weekday, *which)?;
            Some(format!("{}T{hands}", turn.to_string().replace('-', "")))
        });
        let is_over = |turn: &String| until.as_ref().is_some_and(|until| turn > until);
        turns.filter(|turn| *turn <= now && *turn >= self.since && !is_over(turn)).max()
    }
}

/// Reads `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`, which may have an `UNTIL`; nothing where the rule says anything else. The
/// clocks before the turn are so many seconds ahead of UTC.
fn yearly(rule: &str, before: Option<i64>) -> Option<Yearly> {
    const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let (mut month, mut day, mut is_yearly, mut until) = (None, None, false, None);
    for part in rule.split(';') {
        match part.split_once('=')? {
            ("FREQ", "YEARLY") => is_yearly = true,
            ("BYMONTH", value) => month = value.parse().ok(),
            ("BYDAY", value) => {
                let (which, name) = value.split_at_checked(value.len().checked_sub(2)?)?;
                day = Some((DAYS.iter().position(|it| *it == name)?, which.parse::<i32>().ok()?));
            }
            ("UNTIL", value) => until = Some(last_turn(value, before)?),
            ("INTERVAL", "1") | ("WKST", _) => {}
            _ => return None,
        }
    }
    let (weekday, which) = day?;
    is_yearly.then_some(Yearly { month: month?, weekday, which, until })
}

/// Returns an `UNTIL`, which is in UTC (RFC 5545, 3.6.5), on clocks that are so many seconds ahead of it; a day alone
/// holds to its end.
fn last_turn(written: &str, ahead: Option<i64>) -> Option<String> {
    let (day, clock) = taken_apart(written)?;
    let Some(clock) = clock else { return Some(format!("{written}T235959")) };
    let Some(in_utc) = clock.strip_suffix('Z') else { return Some(written.to_owned()) };
    let in_utc = Some(in_utc).filter(|it| it.len() == "07:00:00".len())?;
    let at = Moment::parse(&format!("{day}T{in_utc}Z"), None).ok()?.plus_seconds(ahead?)?;
    Some(at.written().get(..19)?.replace(['-', ':'], ""))
}

/// Returns the seconds of an offset: `+0900`, `-053015`.
fn offset_seconds(written: &str) -> Option<i64> {
    let digits = written.strip_prefix(['+', '-'])?;
    let number = |at: usize| digits.get(at..at + 2).map_or(Some(0), |it| it.parse::<i64>().ok());
    let seconds = number(0)? * 3600 + number(2)? * 60 + number(4)?;
    Some(if written.starts_with('-') { -seconds } else { seconds })
}

/// Returns the first, second, … or last such weekday of a month.
fn nth_weekday(year: i32, month: u32, weekday: usize, which: i32) -> Option<Day> {
    let days: Vec<Day> = (1..=31)
        .filter_map(|day| Day::new(year, month, day))
        .filter(|day| day.weekday() == weekday)
        .collect();
    match which {
        1.. => days.get(usize::try_from(which).ok()? - 1).copied(),
        0 => None,
        _ => days.iter().rev().nth(usize::try_from(-which).ok()? - 1).copied(),
    }
}

/// Returns which of the alternating offsets applies at a day and clock time.
fn offset_then<'t>(turns: &'t [Turn], day: &str, clock: &str) -> Option<&'t str> {
    let day = Day::parse(day)?;
    let clock = clock.replace(':', "");
    let begun = turns.iter().filter_map(|turn| Some((turn.before(&day, &clock)?, turn)));
    begun.max_by(|a, b| a.0.cmp(&b.0)).map(|(_, turn)| turn.offset.as_str())
}

/// A time in a calendar.
struct Told {
    at: Moment,
    /// The day, if it is a whole one.
    day: Option<Day>,
}

impl Calendar {
    fn of(calendar: &Component<'_>) -> Calendar {
        let zones = calendar.components.iter().filter(|it| is(it, "VTIMEZONE"));
        let own = zones
            .filter_map(|zone| Some((text_property(zone, "TZID")?, own_zone(zone)?)))
            .collect();
        let zone = text_property(calendar, "X-WR-TIMEZONE").and_then(|name| zone_named(&name));
        let is_cancelled =
            text_property(calendar, "METHOD").is_some_and(|it| it.eq_ignore_ascii_case("CANCEL"));
        Calendar { zone, own, is_cancelled }
    }

    /// Reads the events of a calendar: the latest version of each.
    fn take(
        &self,
        gathered: &mut DraftBuilder<'_>,
        calendar: &Component<'_>,
        places: &mut impl Iterator<Item = Place>,
    ) {
        gathered.own_zone(self.zone);
        let mut events: Vec<(&Component<'_>, Place)> = Vec::new();
        for component in &calendar.components {
            if is(component, "VEVENT") {
                events.push((component, places.next().unwrap_or_default()));
            }
        }
        let id = |event: &Component<'_>| {
            (text_property(event, "UID").unwrap_or_default(), text_property(event, "RECURRENCE-ID"))
        };
        let number = |event: &Component<'_>| {
            text_property(event, "SEQUENCE").and_then(|it| it.parse().ok()).unwrap_or(0_u32)
        };
        events.sort_by_key(|(event, place)| (id(event), number(event), *place));
        let groups = events.chunk_by(|(a, _), (b, _)| id(a) == id(b) && !id(a).0.is_empty());
        let mut steps = Vec::new();
        for group in groups {
            let Some(((event, place), earlier)) = group.split_last() else { continue };
            let before =
                earlier.iter().filter_map(|(event, place)| self.window(gathered, event, *place));
            let revised: Vec<Revision> = before
                .collect::<Vec<_>>()
                .into_iter()
                .map(|(from, until)| Revision { from, until, on: None, why: None })
                .collect();
            if let Some(step) = self.step(gathered, event, *place, revised) {
                steps.push((step, *place, text_property(event, "DTSTART").unwrap_or_default()));
            }
        }
        steps.sort_by_key(|(step, place, _)| (step.at.map(|at| at.unix()), *place));
        for (step, place, raw) in steps {
            gathered.step(step, place, &raw);
        }
    }

    fn step(
        &self,
        gathered: &mut DraftBuilder<'_>,
        event: &Component<'_>,
        place: Place,
        revised: Vec<Revision>,
    ) -> Option<PlanStep> {
        let Some((at, until)) = self.window(gathered, event, place) else {
            gathered.leave(place, told(event), WhyLeft::NoTime);
            return None;
        };
        let uid = text_property(event, "UID").unwrap_or_else(|| format!("line-{}", place.line));
        let again =
            text_property(event, "RECURRENCE-ID").map_or(String::new(), |it| format!(":{it}"));
        let text = text_property(event, "SUMMARY").or_else(|| text_property(event, "DESCRIPTION"));
        let text = text.unwrap_or_else(|| uid.clone()).lines().collect::<Vec<_>>().join(" ");
        doubt_repetition(gathered, event, place, &text);
        leave_untold(gathered, event, place, &text);
        let mut step = PlanStep::new(at, text);
        step.until = until;
        step.owner = property(event, "ORGANIZER").and_then(|it| {
            let address = it.val.as_str();
            let address = address
                .get(..7)
                .filter(|it| it.eq_ignore_ascii_case("mailto:"))
                .map_or(address, |_| &address[7..]);
            let name = parameter(it, "CN").unwrap_or(address).trim();
            (!name.is_empty()).then(|| name.to_owned())
        });
        step.source = Some(format!("ics:{uid}{again}"));
        step.revised = revised.into_iter().filter(|it| it.from != at).collect();
        let status = text_property(event, "STATUS").unwrap_or_default();
        if self.is_cancelled || status.eq_ignore_ascii_case("CANCELLED") {
            let why = text_property(event, "COMMENT").unwrap_or_else(|| "CANCELLED".to_owned());
            step.skipped = Some(Skip { on: None, why: Some(why) });
        }
        Some(step)
    }

    /// Returns the beginning and the end of an event; an invalid end is left out.
    fn window(
        &self,
        gathered: &mut DraftBuilder<'_>,
        event: &Component<'_>,
        place: Place,
    ) -> Option<(Moment, Option<Moment>)> {
        let Some(start) = property(event, "DTSTART") else {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, "VEVENT");
            return None;
        };
        let start = self.time(gathered, start, place)?;
        let end = property(event, "DTEND").and_then(|it| self.time(gathered, it, place));
        let length = text_property(event, "DURATION").and_then(|it| seconds_of(&it));
        let until = match (end, start.day) {
            // The end of a whole day is the next day.
            (Some(Told { day: Some(day), .. }), _) => {
                Some(Moment::of_day(day.plus(-1), gathered.zone()))
            }
            (Some(end), _) => Some(end.at),
            (None, Some(day)) => {
                length.map(|it| Moment::of_day(day.plus(it / 86_400 - 1), gathered.zone()))
            }
            (None, None) => length.and_then(|it| start.at.plus_seconds(it)),
        };
        let ended = ["DTEND", "DURATION"].iter().find_map(|key| text_property(event, key));
        if let Some(ended) = ended.filter(|_| until.is_none_or(|it| it.is_before(&start.at))) {
            gathered.leave(place, format!("DTEND: {ended}"), WhyLeft::NotTaken);
        }
        Some((start.at, until.filter(|until| start.at.is_before(until))))
    }

    /// Returns the time of a property, in its zone.
    fn time(
        &self,
        gathered: &mut DraftBuilder<'_>,
        told: &Property<'_>,
        place: Place,
    ) -> Option<Told> {
        let raw = told.val.as_str().trim();
        let Some((day, clock)) = taken_apart(raw) else {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, raw);
            return None;
        };
        let Some(clock) = clock else {
            let whole = Day::parse(&day)?;
            return Some(Told { at: Moment::of_day(whole, gathered.zone()), day: Some(whole) });
        };
        let named = parameter(told, "TZID");
        // A time in UTC has no other zone.
        let named = named.filter(|_| !clock.ends_with('Z'));
        let (offset, mut zone) = match named.map(|name| (name, self.own.get(name))) {
            Some((_, Some(OwnZone::Fixed(offset)))) => (offset.as_str(), None),
            Some((_, Some(OwnZone::Named(zone)))) => ("", Some(*zone)),
            Some((_, Some(OwnZone::Turns(turns)))) => {
                (offset_then(turns, &day, &clock).unwrap_or(""), None)
            }
            Some((name, None)) => ("", zone_named(name)),
            None => ("", self.zone.or(gathered.zone())),
        };
        let written = named.filter(|_| zone.is_none() && offset.is_empty()).and_then(offset_named);
        let offset = written.as_deref().unwrap_or(offset);
        if let Some(name) = named.filter(|_| zone.is_none() && offset.is_empty()) {
            // The zone's name is unknown, so the given zone is used.
            let Some(answered) = gathered.answered_zone() else {
                gathered.ask(DoubtCode::NoZone, place, name);
                return None;
            };
            gathered.doubt_each(DoubtCode::ZoneDiffers, place, name, answered.name());
            zone = Some(answered);
        }
        let text = shown(&format!("{day}T{clock}{offset}"), zone);
        let at = gathered.time_in(&text, zone, place)?;
        Some(Told { at, day: None })
    }
}

/// Adds doubts about a recurring event: its rule, additional and excluded dates.
fn doubt_repetition(
    gathered: &mut DraftBuilder<'_>,
    event: &Component<'_>,
    place: Place,
    text: &str,
) {
    let of = |key: &str| -> Vec<String> {
        let found = event.properties.iter().filter(|it| it.name.as_str().eq_ignore_ascii_case(key));
        found.map(|it| it.val.as_str().trim().to_owned()).collect()
    };
    let (mut rules, without) = ([of("RRULE"), of("RDATE")].concat(), of("EXDATE"));
    if rules.is_empty() {
        return;
    }
    rules.extend(without.into_iter().map(|it| format!("EXDATE {it}")));
    gathered.doubt_as(DoubtCode::Repeats, place, text, &rules.join("; "));
}

/// Lists properties of an event that a step cannot have.
fn leave_untold(gathered: &mut DraftBuilder<'_>, event: &Component<'_>, place: Place, text: &str) {
    const KEYS: [&str; 7] =
        ["DESCRIPTION", "LOCATION", "URL", "ATTACH", "CATEGORIES", "COMMENT", "CONTACT"];
    for key in KEYS {
        let untold = text_property(event, key)
            .filter(|value| value.lines().collect::<Vec<_>>().join(" ") != text);
        if let Some(text) = untold {
            gathered.leave(place, format!("{key}: {text}"), WhyLeft::NotTaken);
        }
    }
}

/// Returns a time that a zone's clocks skipped or showed twice as the standard interprets it (3.3.5): on the clocks
/// before they were put forward, or the first of the two; any other time is unchanged.
fn shown(text: &str, zone: Option<Zone>) -> String {
    match Moment::parse(text, zone) {
        Err(TimeFault::Gap { shown, .. }) => {
            let seconds = text.get(16..19).filter(|it| it.starts_with(':')).unwrap_or_default();
            let (minutes, offset) = shown.split_at_checked(16).unwrap_or((&shown, ""));
            let has_seconds = offset.starts_with(':');
            format!("{minutes}{}{offset}", if has_seconds { "" } else { seconds })
        }
        Err(TimeFault::Fold { first, .. }) => format!("{text}{first}"),
        _ => text.to_owned(),
    }
}

/// Returns the offset in a zone's name: `GMT+0900`, `UTC-05:30`.
fn offset_named(name: &str) -> Option<String> {
    let offset = name.strip_prefix("GMT").or(name.strip_prefix("UTC"))?;
    let digits = offset.strip_prefix(['+', '-'])?.replace(':', "");
    let is_offset = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    is_offset.then(|| format!("{}{}:{}", &offset[..1], &digits[..2], &digits[2..]))
}

/// Returns the day and the clock time of `20250308T173100Z` in ISO 8601.
pub(super) fn taken_apart(raw: &str) -> Option<(String, Option<String>)> {
    let digits = |text: &str, places: usize| {
        text.len() == places && text.bytes().all(|b| b.is_ascii_digit())
    };
    let (day, clock) = raw.split_once('T').map_or((raw, None), |(day, clock)| (day, Some(clock)));
    if !digits(day, 8) {
        return None;
    }
    let day = format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]);
    let Some(clock) = clock else { return Some((day, None)) };
    let (hands, z) = clock.strip_suffix('Z').map_or((clock, ""), |hands| (hands, "Z"));
    let seconds = match hands.len() {
        6 if digits(hands, 6) => format!(":{}", &hands[4..]),
        4 if digits(hands, 4) => String::new(),
        _ => return None,
    };
    Some((day, Some(format!("{}:{}{seconds}{z}", &hands[..2], &hands[2..4]))))
}

/// Returns the zone with a name in a calendar: its own name, a name that ends with it, or a Windows name.
fn zone_named(name: &str) -> Option<Zone> {
    let ends = name.match_indices('/').map(|(at, _)| &name[at + 1..]);
    let iana = std::iter::once(name).chain(ends).find_map(Zone::parse);
    iana.or_else(|| windows_zone(name).and_then(Zone::parse))
}

/// Returns the zone that a definition means: the one with its name, else its offsets, if all of its rules are
/// supported.
fn own_zone(described: &Component<'_>) -> Option<OwnZone> {
    let names = ["X-LIC-LOCATION", "TZID"];
    if let Some(zone) = names.iter().find_map(|it| zone_named(&text_property(described, it)?)) {
        return Some(OwnZone::Named(zone));
    }
    let offsets = described.components.iter().filter_map(|it| text_property(it, "TZOFFSETTO"));
    let mut offsets: Vec<String> = offsets.collect();
    offsets.dedup();
    if let [offset] = offsets.as_slice() {
        return Some(OwnZone::Fixed(offset.clone()));
    }
    let turns: Option<Vec<Turn>> = described.components.iter().map(Turn::of).collect();
    turns.filter(|turns| !turns.is_empty()).map(OwnZone::Turns)
}

/// Returns a duration in seconds: `PT1H30M`, `P2D`, `P1W`.
fn seconds_of(length: &str) -> Option<i64> {
    let rest = length.trim_start_matches('+').strip_prefix('P')?;
    let (mut seconds, mut number, mut in_time) = (0_i64, String::new(), false);
    for letter in rest.chars() {
        let unit = match letter {
            '0'..='9' => {
                number.push(letter);
                continue;
            }
            'T' => {
                in_time = true;
                continue;
            }
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3600,
            'M' if in_time => 60,
            'S' => 1,
            _ => return None,
        };
        let count: i64 = number.parse().ok().filter(|it| *it < 1_000_000)?;
        seconds += count * unit;
        number.clear();
    }
    (seconds > 0 && number.is_empty()).then_some(seconds)
}
