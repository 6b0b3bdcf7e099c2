//! Parses the time at the beginning of a line, in eight languages.

use std::ops::Range;

use crate::lang::{Half, notations, zone_of_letters};
use crate::model::{Day, Zone};

use super::letters::{Letters, is_spaced};
use super::lexicon::{
    ABOUT_AFTER, ABOUT_BEFORE, ABOUT_NOON, AND_BETWEEN, CLOCK_ENDS, FROM_AFTER, FROM_BEFORE,
    HALF_PAST, HALVES, JOINS, MIDNIGHT, MINUTE_ENDS, MONTHS, NEAR_BEHIND, NEXT_DAY, NIGHTS, NOON,
    TO, UPDATES, WEEKDAYS,
};

/// A day as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct StatedDay {
    pub(in crate::import) year: Option<i32>,
    pub(in crate::import) month: u32,
    pub(in crate::import) day: u32,
    /// Whether the order of its first two numbers is ambiguous.
    pub(in crate::import) turned: bool,
}

/// A clock time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct StatedClock {
    pub(in crate::import) hour: u32,
    /// `None` if only the hour is known.
    pub(in crate::import) minute: Option<u32>,
    pub(in crate::import) second: Option<u32>,
    /// Whether it is invalid in the twelve-hour clock, although it has a half of the day.
    pub(in crate::import) impossible: bool,
    /// Whether it is written like `14.43`, without another indication that it is a clock time.
    pub(in crate::import) dotted: bool,
    /// Whether it has a half of the day.
    pub(in crate::import) half: bool,
    /// Whether it is midnight or a small hour of the night, which may belong to the stated day or to the next.
    pub(in crate::import) night: bool,
    /// The word, if it is not a number.
    pub(in crate::import) spelled: Option<Spelled>,
}

/// A word for noon or midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Spelled {
    /// Whether it means about that time.
    about: bool,
    /// Whether its language separates words by spaces: `Noon Technologies` is not a time.
    spaced: bool,
}

/// A zone as written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import) struct StatedZone {
    /// Minutes east of UTC; `None` for a named zone, whose offset may change.
    pub(in crate::import) offset: Option<i32>,
    /// The zone that is meant, if any.
    pub(in crate::import) zone: Option<Zone>,
    /// As it is written.
    pub(in crate::import) written: String,
}

/// One end of the time at the beginning of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::import) struct StatedTime {
    pub(in crate::import) day: Option<StatedDay>,
    pub(in crate::import) clock: Option<StatedClock>,
    pub(in crate::import) zone: Option<StatedZone>,
    pub(in crate::import) weekday: Option<usize>,
    pub(in crate::import) about: bool,
    pub(in crate::import) next_day: bool,
    /// Seconds since the zero point of the document.
    pub(in crate::import) relative: Option<i64>,
}

impl StatedTime {
    /// Returns the end of a span with the half of the day of its beginning: `오후 6시 20분~6시 25분`.
    fn in_half_of(mut self, start: &StatedTime) -> StatedTime {
        if let (Some(begin), Some(end)) = (start.clock, self.clock.as_mut()) {
            let behind = |clock: &StatedClock| clock.hour * 60 + clock.minute.unwrap_or(0);
            let is_before = behind(end) < behind(&begin) && behind(&begin) < behind(end) + 12 * 60;
            if begin.half && !end.half && end.hour < 12 && is_before {
                end.hour += 12;
            }
        }
        self
    }

    /// Whether it is midnight or a small hour of the night without an indication of the day: a stated day may be the
    /// one before, and without a previous entry in the list the night is unknown.
    pub(in crate::import) fn is_unclear(&self, has_before: bool) -> bool {
        self.clock.is_some_and(|clock| clock.night) && (self.day.is_some() || !has_before)
    }

    /// Whether it has a time of day, or one relative to the document's zero point.
    pub(super) fn is_timed(&self) -> bool {
        self.clock.is_some() || self.relative.is_some()
    }

    fn says_something(&self) -> bool {
        self.day.is_some() || self.is_timed()
    }
}

/// The time at the beginning of a line.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import) struct Lead {
    pub(in crate::import) start: StatedTime,
    pub(in crate::import) end: Option<StatedTime>,
    /// Whether the span is open-ended.
    pub(in crate::import) open: bool,
    /// The same time in another zone.
    pub(in crate::import) second: Option<StatedTime>,
    /// Whether a word marks it as a later addition.
    pub(in crate::import) update: bool,
    /// Whether it is in brackets.
    pub(in crate::import) bracketed: bool,
    /// The position of its link's address, if it is a link.
    pub(in crate::import) address: Option<Range<usize>>,
    /// Its position.
    pub(in crate::import) raw: Range<usize>,
    /// Where the text after it begins.
    pub(in crate::import) rest: usize,
}

/// Parses the time at the beginning of a text; `dotted` says whether `14.43` may be one. `At 3:43 PM, the attacker …`
/// is a sentence, and does not count.
pub(in crate::import) fn lead(text: &str, dotted: bool) -> Option<Lead> {
    read_lead(text, dotted, false)
}

/// Parses the time at the beginning of a text, which may be a sentence.
pub(super) fn lead_or_sentence(text: &str) -> Option<Lead> {
    read_lead(text, false, true)
}

fn read_lead(text: &str, dotted: bool, sentence: bool) -> Option<Lead> {
    let mut letters = Letters::of(text);
    letters.pictures();
    letters.blanks();
    let update = letters.any(&UPDATES);
    if update {
        letters.take(&[':', ')']);
        letters.blanks();
    }
    let bracketed = letters.take(&['[', '(']).is_some();
    letters.blanks();
    let from = letters.place;
    letters.any(&FROM_BEFORE);
    if letters.place > from {
        letters.blanks();
    }
    let start = stated_time(&mut letters, dotted).or_else(|| {
        letters.place = from;
        stated_time(&mut letters, dotted)
    });
    let led = start.is_none();
    let start = start.or_else(|| {
        letters.place = from;
        letters.any(&JOINS).then(|| letters.blanks())?;
        stated_time(&mut letters, dotted).filter(|stated| stated.clock.is_some())
    })?;
    let mut lead = Lead {
        end: None,
        open: false,
        second: None,
        update,
        bracketed,
        address: None,
        raw: letters.byte_at(from)..letters.byte(),
        rest: letters.byte(),
        start,
    };
    lead.close(&mut letters, bracketed);
    lead.end(&mut letters, dotted, from);
    lead.second(&mut letters, dotted);
    if lead.is_cut(&mut letters) || is_number_on(&letters) || lead.is_of_a_sentence(&letters) {
        return None;
    }
    if led && !sentence {
        let place = letters.place;
        letters.blanks();
        let set_off = matches!(letters.peek(), None | Some(':' | '-' | '–' | '—' | '|'));
        if !set_off {
            return None;
        }
        letters.place = place;
    }
    lead.rest = rest(&mut letters);
    Some(lead)
}

/// Whether a number continues where a time should end: `4.18.1`, `1:10.11`.
fn is_number_on(letters: &Letters) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    matches!(letters.peek(), Some('.' | ':' | '/' | '-'))
        && digit(letters.ahead(1))
        && digit(letters.before())
}

/// Skips one separator, and returns where the text begins. Emphasis directly after the time is its end; after a space
/// it belongs to the text.
fn rest(letters: &mut Letters) -> usize {
    letters.marks();
    letters.spaces();
    if letters.take(&[')', ']']).is_some() {
        letters.marks();
        letters.spaces();
    }
    if separator(letters) {
        letters.marks();
        letters.spaces();
    }
    letters.byte()
}

/// Skips the separator between a time and its text: a sign, or an arrow of two characters before a space.
fn separator(letters: &mut Letters) -> bool {
    let is_blank = letters.ahead(2).is_none_or(char::is_whitespace);
    let two = (letters.peek(), letters.ahead(1));
    if is_blank && let (Some('-' | '='), Some('-' | '>')) | (Some('>'), Some('>')) = two {
        letters.place += 2;
        return true;
    }
    letters.take(&SEPARATORS).is_some()
}

/// Signs between a time and its text.
const SEPARATORS: [char; 9] = [':', ',', '-', '–', '—', '|', '→', ';', '、'];

impl Lead {
    /// Whether a word continues at its end. Japanese and Chinese need no space after a clock time (`18:08重启`), and a
    /// Korean particle is skipped: `18:08에 배포`.
    fn is_cut(&self, letters: &mut Letters) -> bool {
        let clock = self.end.as_ref().map_or(self.start.clock, |end| end.clock);
        let is_timed = clock.is_some_and(|clock| clock.minute.is_some() && clock.spelled.is_none());
        let is_blank = letters.ahead(1).is_none_or(char::is_whitespace);
        if is_timed && letters.peek() == Some('에') && is_blank {
            letters.place += 1;
        }
        let goes_on = |c: char| {
            let is_apart =
                is_timed && !is_spaced(c) && !matches!(c, '가'..='힣' | '年' | '月' | '日');
            c.is_alphanumeric() && !is_apart
        };
        letters.before().is_some_and(char::is_alphanumeric) && letters.peek().is_some_and(goes_on)
    }

    /// Whether it is a word for noon or midnight as part of the text, without a separator: `Midnight Commander`.
    fn is_of_a_sentence(&self, letters: &Letters) -> bool {
        let is_word = self.start.clock.and_then(|clock| clock.spelled).is_some_and(|it| it.spaced);
        let alone = is_word && self.start.day.is_none() && self.start.zone.is_none();
        let mut places = 0;
        while letters.ahead(places).is_some_and(|c| c.is_whitespace() || "*`_".contains(c)) {
            places += 1;
        }
        let is_sign = match letters.ahead(places) {
            Some('-') => !letters.ahead(places + 1).is_some_and(char::is_alphanumeric),
            Some(sign) => SEPARATORS.contains(&sign) || ")].".contains(sign),
            None => true,
        };
        alone && self.end.is_none() && !is_sign
    }

    /// Skips the closing bracket, with the address of a link.
    fn close(&mut self, letters: &mut Letters, bracketed: bool) {
        let place = letters.place;
        letters.blanks();
        if !bracketed || letters.take(&[']', ')']).is_none() {
            letters.place = place;
            return;
        }
        if letters.before() == Some(']') && letters.peek() == Some('(') {
            let begin = letters.byte() + 1;
            while letters.peek().is_some_and(|c| c != ')') {
                letters.place += 1;
            }
            self.address = Some(begin..letters.byte());
            letters.take(&[')']);
        }
    }

    /// Parses the end, if it is a span.
    fn end(&mut self, letters: &mut Letters, dotted: bool, from: usize) {
        let place = letters.place;
        letters.blanks();
        let glued = letters.place == place;
        let sign = letters.take(&['-', '–', '—', '~', '→']);
        let by_word = sign.is_none() && (letters.any(&TO) || letters.any(&AND_BETWEEN));
        if sign.is_some() || by_word {
            let behind = letters.place;
            letters.blanks();
            if let Some(end) = stated_time(letters, dotted).filter(|end| self.may_end(end)) {
                for word in ["까지", "まで", "为止", "止"] {
                    letters.word(word);
                }
                self.end = Some(end.in_half_of(&self.start));
                self.raw = letters.byte_at(from)..letters.byte();
                return;
            }
            letters.place = behind;
            if glued && let Some(end) = self.minutes(letters) {
                self.end = Some(end);
                self.raw = letters.byte_at(from)..letters.byte();
                return;
            }
        }
        letters.place = place;
        self.open = self.start.clock.is_some() && opens(letters, glued);
        if self.open {
            self.raw = letters.byte_at(from)..letters.byte();
        }
    }

    /// Whether what was parsed can be the end of what came before.
    fn may_end(&self, end: &StatedTime) -> bool {
        let same = self.start.clock.is_some() == end.clock.is_some();
        same && end.relative.is_some() == self.start.relative.is_some()
    }

    /// Parses the minutes in `23:15-30`.
    fn minutes(&self, letters: &mut Letters) -> Option<StatedTime> {
        let start = self.start.clock?;
        let minute = letters.digits(2..=2).filter(|minute| *minute < 60)?;
        let goes_on = letters.ahead(1).is_some_and(|c| c.is_ascii_digit());
        let is_end = match letters.peek() {
            Some(':' | '.') => !goes_on,
            next => !next.is_some_and(char::is_alphanumeric),
        };
        let clock = StatedClock { minute: Some(minute), second: None, ..start };
        (is_end && start.minute.is_some_and(|from| from < minute))
            .then(|| StatedTime { clock: Some(clock), ..StatedTime::default() })
    }

    /// Parses the same time in another zone: `13:14 EDT (17:14 UTC)`, `01:00 UTC / 18:00 PDT`.
    fn second(&mut self, letters: &mut Letters, dotted: bool) {
        if self.start.clock.is_none() || self.start.zone.is_none() {
            return;
        }
        let place = letters.place;
        letters.blanks();
        let sign = letters.take(&['(', '/', '[']);
        letters.blanks();
        let other = sign.and_then(|_| stated_time(letters, dotted));
        if let Some(other) = other.filter(|it| it.clock.is_some() && it.zone.is_some()) {
            self.second = Some(other);
            letters.blanks();
            letters.take(&[')', ']']);
            if self.raw.start < self.raw.end {
                self.raw.end = self.raw.end.max(letters.byte());
            }
            return;
        }
        letters.place = place;
    }
}

/// Skips a sign or word after a time that says that something began then: `15:45〜`, `15:45から`. A sign that touches only
/// what follows belongs to the text: `15:45 ~50% fail`.
fn opens(letters: &mut Letters, glued: bool) -> bool {
    let place = letters.place;
    if letters.any(&FROM_AFTER) {
        return true;
    }
    letters.blanks();
    let is_sign = letters.take(&['~']).is_some();
    if is_sign && (glued || !letters.peek().is_some_and(char::is_alphanumeric)) {
        return true;
    }
    letters.place = place;
    false
}

/// Parses the parts of a time in any order.
pub(super) fn stated_time(letters: &mut Letters, dotted: bool) -> Option<StatedTime> {
    let mut stated = StatedTime::default();
    if let Some(seconds) = relative(letters) {
        stated.relative = Some(seconds);
        return Some(stated);
    }
    let mut behind = letters.place;
    for _ in 0..12 {
        letters.blanks();
        if !part(letters, &mut stated, dotted) {
            break;
        }
        behind = letters.place;
    }
    letters.place = behind;
    stated.says_something().then_some(stated)
}

/// Parses one part of a time.
fn part(letters: &mut Letters, stated: &mut StatedTime, dotted: bool) -> bool {
    let place = letters.place;
    if stated.clock.is_none() && !stated.about && about(letters) {
        // After a day, a sign that no clock time follows is the sign of a span.
        if stated.day.is_none() || is_clock_next(letters, dotted) {
            stated.about = true;
            return true;
        }
        letters.place = place;
    }
    if stated.clock.is_none() && stated.day.is_none() && letters.any(&NEXT_DAY) {
        stated.next_day = true;
        letters.take(&[',', ':']);
        return true;
    }
    if stated.day.is_none()
        && let Some(found) = day(letters)
    {
        stated.day = Some(found);
        // The `T` in an ISO time.
        if letters.peek() == Some('t') && letters.ahead(1).is_some_and(|c| c.is_ascii_digit()) {
            letters.place += 1;
        }
        return true;
    }
    letters.place = place;
    if stated.clock.is_none()
        && let Some(found) = clock(letters, dotted)
    {
        stated.clock = Some(found);
        stated.about |= found.spelled.is_some_and(|spelled| spelled.about);
        return true;
    }
    letters.place = place;
    if stated.clock.is_some()
        && stated.zone.is_none()
        && let Some(found) = zone(letters, stated.clock)
    {
        stated.zone = Some(found);
        return true;
    }
    letters.place = place;
    if stated.clock.is_some()
        && stated.day.is_none()
        && let Some(found) = day_in_brackets(letters)
    {
        stated.day = Some(found);
        return true;
    }
    letters.place = place;
    if stated.says_something() && !stated.about && letters.ending(&ABOUT_AFTER) {
        stated.about = true;
        return true;
    }
    weekday(letters, stated) || joined(letters, stated, dotted)
}

/// Whether a clock time follows.
fn is_clock_next(letters: &mut Letters, dotted: bool) -> bool {
    let place = letters.place;
    letters.blanks();
    let is_next = clock(letters, dotted).is_some();
    letters.place = place;
    is_next
}

/// Parses the day in `22:30 UTC (Oct 29)`.
fn day_in_brackets(letters: &mut Letters) -> Option<StatedDay> {
    letters.take(&['(', '['])?;
    letters.blanks();
    let found = day(letters)?;
    // `(19. Okt.)`.
    letters.take(&['.']);
    letters.blanks();
    letters.take(&[')', ']'])?;
    Some(found)
}

fn about(letters: &mut Letters) -> bool {
    if letters.take(&['~', '≈', '±']).is_some() {
        return true;
    }
    letters.any(&ABOUT_BEFORE)
}

/// Parses a weekday: after a clock time only before a day, and single letters only in brackets.
fn weekday(letters: &mut Letters, stated: &mut StatedTime) -> bool {
    if stated.weekday.is_some() {
        return false;
    }
    let place = letters.place;
    let bracket = letters.take(&['(', '[']).is_some();
    letters.blanks();
    let begin = letters.place;
    let found = letters.meaning(&WEEKDAYS);
    let short = letters.place - begin < 2;
    if let Some(found) = found.filter(|_| bracket || !short) {
        letters.take(&['.']);
        letters.blanks();
        let closed = !bracket || letters.take(&[')', ']']).is_some();
        letters.take(&[',']);
        let behind = letters.place;
        letters.blanks();
        letters.any(&JOINS);
        letters.blanks();
        let before_day = stated.day.is_none() && day(letters).is_some();
        letters.place = behind;
        let before_clock = stated.clock.is_none() && {
            letters.blanks();
            letters.take(&['-', '–', ',']);
            letters.blanks();
            letters.any(&JOINS);
            letters.blanks();
            clock(letters, false).is_some()
        };
        letters.place = behind;
        if closed && (before_day || before_clock || stated.day.is_some()) {
            stated.weekday = Some(found);
            return true;
        }
    }
    letters.place = place;
    false
}

/// Skips what joins a day and a clock time: `Sep 7 at 18:08`, `7.10.2025 - 16:00`, `on Sep 7`.
fn joined(letters: &mut Letters, stated: &mut StatedTime, dotted: bool) -> bool {
    let place = letters.place;
    let one = stated.day.is_some() != stated.clock.is_some();
    if !one && !stated.next_day {
        return false;
    }
    // After a clock time a colon begins the text: `18:08: on 7.10. …`.
    letters.take(if stated.clock.is_none() {
        &[',', '-', '–', '/', ':', '@']
    } else {
        &[',', '-', '–', '@']
    });
    letters.blanks();
    letters.any(&JOINS);
    letters.blanks();
    if stated.clock.is_none() {
        letters.any(&FROM_BEFORE);
        letters.blanks();
        let about = about(letters);
        letters.blanks();
        if let Some(found) = clock(letters, dotted) {
            stated.clock = Some(found);
            stated.about |= about || found.spelled.is_some_and(|spelled| spelled.about);
            return true;
        }
    } else if let Some(found) = day(letters) {
        stated.day = Some(found);
        return true;
    }
    letters.place = place;
    false
}

/// Parses seconds since the zero point: `T+0`, `T+4m`, `T+0:12`, `T+1h05m`, `+90 min`.
fn relative(letters: &mut Letters) -> Option<i64> {
    let place = letters.place;
    let found = relative_at(letters);
    if found.is_none() {
        letters.place = place;
    }
    found
}

fn relative_at(letters: &mut Letters) -> Option<i64> {
    let named = letters.take(&['t']).is_some();
    letters.blanks();
    let sign = if letters.take(&['+'])? == '+' { 1 } else { -1 };
    letters.blanks();
    let first = i64::from(letters.digits(1..=4)?);
    letters.blanks();
    let seconds = match letters.peek() {
        Some(':') if named => {
            letters.place += 1;
            match letters.digits(2..=2) {
                Some(minutes) => first * 3600 + i64::from(minutes) * 60,
                // `T+0: text`.
                None if first == 0 => {
                    letters.place -= 1;
                    0
                }
                None => return None,
            }
        }
        Some('h') => {
            letters.place += 1;
            letters.blanks();
            let minutes = letters.digits(1..=2).unwrap_or(0);
            if minutes > 0 {
                let _ = letters.word("min") || letters.word("m");
            }
            first * 3600 + i64::from(minutes) * 60
        }
        Some('s') => {
            let _ = letters.word("sec") || letters.word("s");
            first
        }
        Some('m') => {
            let _ = letters.word("minutes")
                || letters.word("mins")
                || letters.word("min")
                || letters.word("m");
            first * 60
        }
        _ if named && first == 0 => 0,
        _ => return None,
    };
    Some(sign * seconds)
}

/// Parses a clock time.
fn clock(letters: &mut Letters, dotted: bool) -> Option<StatedClock> {
    if let Some(found) = spelled(letters) {
        return Some(found);
    }
    let before = half(letters);
    if before.is_some() {
        letters.blanks();
    }
    let hour = letters.digits(1..=2)?;
    let (minute, second, marked, dot) = hands(letters, before.is_some())?;
    let place = letters.place;
    letters.blanks();
    let ended = letters.ending(&CLOCK_ENDS) || marked;
    if !ended {
        letters.place = place;
    }
    let place = letters.place;
    letters.blanks();
    let after = if before.is_none() { half_behind(letters, hour) } else { None };
    if after.is_none() {
        letters.place = place;
    }
    let half = before.or(after);
    let is_clock = ended || half.is_some() || (minute != Minute::Unstated && !dot);
    if !(is_clock || dot && dotted) || hour > 24 {
        return None;
    }
    let minute = match minute {
        Minute::Stated(minute) => Some(minute),
        Minute::Unstated => Some(0),
        Minute::Unknown => None,
    };
    if minute.is_some_and(|minute| minute > 59) || second.is_some_and(|second| second > 60) {
        return None;
    }
    let (hour, impossible, night) = in_half(hour, half)?;
    let (dotted, half) = (dot && !ended, half.is_some());
    Some(StatedClock { hour, minute, second, impossible, dotted, half, night, spelled: None })
}

/// Parses noon or midnight in words, unless the next word says before or after.
fn spelled(letters: &mut Letters) -> Option<StatedClock> {
    let place = letters.place;
    let found = spelled_at(letters);
    if found.is_none() {
        letters.place = place;
    }
    found
}

fn spelled_at(letters: &mut Letters) -> Option<StatedClock> {
    let about = letters.any(&ABOUT_NOON);
    let is_noon = about || letters.any(&NOON);
    if !is_noon && !letters.any(&MIDNIGHT) {
        return None;
    }
    let spaced = letters.before().is_some_and(is_spaced);
    // `정오에 배포`, `正午に再起動`.
    let is_particle = matches!(letters.peek(), Some('에' | 'に'));
    if is_particle && letters.ahead(1).is_none_or(|c| !c.is_alphanumeric() || !is_spaced(c)) {
        letters.place += usize::from(letters.ahead(1) != Some('서'));
    }
    let place = letters.place;
    letters.blanks();
    let is_half_past = letters.any(&HALF_PAST);
    if !is_half_past {
        if letters.any(&NEAR_BEHIND) {
            return None;
        }
        letters.place = place;
    }
    Some(StatedClock {
        hour: if is_noon { 12 } else { 0 },
        minute: Some(if is_half_past { 30 } else { 0 }),
        second: None,
        impossible: false,
        dotted: false,
        half: true,
        night: !is_noon,
        spelled: Some(Spelled { about, spaced }),
    })
}

/// The minute of a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Minute {
    Stated(u32),
    Unstated,
    /// `14:??`.
    Unknown,
}

/// Parses what follows an hour: minutes, seconds, whether it is marked as a clock time, and whether it has a dot.
fn hands(letters: &mut Letters, half: bool) -> Option<(Minute, Option<u32>, bool, bool)> {
    match letters.peek() {
        Some(':') => {
            letters.place += 1;
            let unknown = letters.take(&['x', '?', '-', '_']);
            if let Some(sign) = unknown {
                letters.take(&[sign])?;
                return Some((Minute::Unknown, None, false, false));
            }
            let minute = letters.digits(2..=2)?;
            let second = seconds(letters);
            Some((Minute::Stated(minute), second, false, false))
        }
        Some('.') => {
            letters.place += 1;
            let minute = letters.digits(2..=2)?;
            Some((Minute::Stated(minute), None, false, true))
        }
        _ => marked(letters).or(half.then_some((Minute::Unstated, None, true, false))).or({
            // `5pm`, `18 Uhr`: what follows decides.
            Some((Minute::Unstated, None, false, false))
        }),
    }
}

fn seconds(letters: &mut Letters) -> Option<u32> {
    let place = letters.place;
    letters.take(&[':'])?;
    let Some(second) = letters.digits(2..=2) else {
        letters.place = place;
        return None;
    };
    let place = letters.place;
    if letters.take(&['.', ',']).is_none() || letters.digits(1..=9).is_none() {
        letters.place = place;
    }
    Some(second)
}

/// Parses `14h32`, `9h`, `6시 08분`, `18時`, `6시 반`.
fn marked(letters: &mut Letters) -> Option<(Minute, Option<u32>, bool, bool)> {
    let place = letters.place;
    letters.blanks();
    let spaced = letters.place > place;
    let is_apart = spaced && letters.peek() == Some('h');
    if is_apart && let Some(minute) = minute_apart(letters) {
        return Some((Minute::Stated(minute), None, true, false));
    }
    let mark = letters.peek().filter(|c| is_hour_mark(*c) && !is_apart);
    if mark.is_none() {
        letters.place = place;
        return None;
    }
    letters.place += 1;
    let behind = letters.place;
    if mark != Some('h') {
        letters.blanks();
    }
    if letters.take(&['반', '半']).is_some() {
        return Some((Minute::Stated(30), None, true, false));
    }
    let digits = letters.count_digits();
    let minute = letters.digits(if mark == Some('h') { 2..=2 } else { 1..=2 });
    let Some(minute) = minute.filter(|_| digits < 3) else {
        letters.place = behind;
        let goes_on = mark == Some('h') && letters.peek().is_some_and(char::is_alphanumeric);
        return (!goes_on).then_some((Minute::Unstated, None, true, false));
    };
    let place = letters.place;
    letters.blanks();
    if !letters.any(&MINUTE_ENDS) {
        letters.place = place;
        if mark != Some('h') {
            // `6시 5대`: the number counts something else.
            letters.place = behind;
            return Some((Minute::Unstated, None, true, false));
        }
    }
    let place = letters.place;
    letters.blanks();
    let second = letters.digits(1..=2);
    if second.is_some() && letters.take(&['초', '秒']).is_some() {
        return Some((Minute::Stated(minute), second, true, false));
    }
    letters.place = place;
    Some((Minute::Stated(minute), None, true, false))
}

/// Parses the minute in `9 h 40`.
fn minute_apart(letters: &mut Letters) -> Option<u32> {
    let place = letters.place;
    letters.place += 1;
    letters.spaces();
    let minute = letters.digits(2..=2).filter(|minute| *minute < 60);
    let goes_on = letters.peek().is_some_and(|c| c.is_alphanumeric());
    if letters.place > place + 2 && !goes_on && minute.is_some() {
        return minute;
    }
    letters.place = place;
    None
}

fn is_hour_mark(c: char) -> bool {
    let mut marks = notations().iter().flat_map(|notation| notation.hour_marks);
    marks.any(|word| word.chars().eq([c]))
}

/// A part of the day.
#[derive(Clone, Copy)]
enum DayPart {
    /// With its hours.
    Of(Half),
    Night,
}

/// Parses a part of the day.
fn half(letters: &mut Letters) -> Option<DayPart> {
    let place = letters.place;
    let is_night = letters.any(&NIGHTS);
    let behind_night = std::mem::replace(&mut letters.place, place);
    let half = letters.meaning(&HALVES);
    if is_night && behind_night > letters.place {
        letters.place = behind_night;
        return Some(DayPart::Night);
    }
    half.map(DayPart::Of)
}

/// Parses a part of the day after its hour, as in languages with spaces; `noon` and `midnight` are for twelve.
fn half_behind(letters: &mut Letters, hour: u32) -> Option<DayPart> {
    let place = letters.place;
    let is_of_twelve = letters.any(&NOON) || letters.any(&MIDNIGHT);
    letters.place = place;
    if is_of_twelve && !hour.is_multiple_of(12) {
        return None;
    }
    half(letters).filter(|_| letters.before().is_some_and(is_spaced))
}

/// Returns the hour in 24-hour time, whether the part of the day has no such hour, and whether it is one of the night
/// whose day is ambiguous; `None` if it could be two hours.
fn in_half(hour: u32, half: Option<DayPart>) -> Option<(u32, bool, bool)> {
    match half {
        None => Some((hour, false, false)),
        Some(DayPart::Night) => match hour {
            6..=11 => Some((hour + 12, false, false)),
            18..=24 => Some((hour, false, false)),
            0..=5 | 12 => Some((hour % 12, false, true)),
            _ => Some((hour, true, false)),
        },
        Some(DayPart::Of(half)) => {
            let of = half.iter().find(|(first, last, _)| (*first..=*last).contains(&hour));
            match of {
                Some((_, _, added)) => Some((hour.saturating_add_signed(*added), false, false)),
                None => (hour > 12).then_some((hour, true, false)),
            }
        }
    }
}

/// Parses a zone after a clock time.
pub(super) fn zone(letters: &mut Letters, clock: Option<StatedClock>) -> Option<StatedZone> {
    let bracket = letters.take(&['(', '[']).is_some();
    letters.blanks();
    let begin = letters.place;
    let spaced = letters.before().is_none_or(|c| !c.is_ascii_digit());
    let offset = |minutes: i32, written: String| StatedZone {
        offset: Some(minutes),
        zone: (minutes == 0).then_some(Zone::UTC),
        written,
    };
    let run = letters.run();
    // `PST/9:08 PM EST` are two zones.
    let run = match run.split_once('/') {
        Some((first, _)) if named(&run).is_none() => first.to_owned(),
        _ => run,
    };
    let found = match run.as_str() {
        _ if let Some(named) = named_in_words(letters) => named,
        "" => {
            let precise = clock.is_some_and(|clock| clock.second.is_some()) || spaced || bracket;
            if spaced && !bracket && !is_whole_offset(letters) {
                return None;
            }
            let minutes = signed(letters, precise)?;
            offset(minutes, String::new())
        }
        "UTC" | "GMT" | "utc" => {
            letters.place += run.len();
            let place = letters.place;
            let minutes = signed(letters, true).unwrap_or_else(|| {
                letters.place = place;
                0
            });
            offset(minutes, run)
        }
        _ => {
            let named = named(&run)?;
            letters.place += run.chars().count();
            let place = letters.place;
            letters.blanks();
            if !(named.offset.is_none() && letters.word("time")) {
                letters.place = place;
            }
            match offset_behind(letters).filter(|_| !bracket) {
                // `CST (UTC+8)`: the letters are ambiguous, the offset is not.
                Some(minutes) if named.offset.is_some_and(|own| own != minutes) => {
                    StatedZone { offset: Some(minutes), zone: None, ..named }
                }
                _ => named,
            }
        }
    };
    if bracket {
        // `(CET, UTC+1)`: the rest does not matter.
        letters.blanks();
        letters.take(&[')', ']'])?;
    }
    if letters.peek().is_some_and(|c| c.is_ascii_alphanumeric()) || letters.place == begin {
        return None;
    }
    Some(found)
}

/// Parses the offset in brackets after the letters of a zone.
fn offset_behind(letters: &mut Letters) -> Option<i32> {
    let place = letters.place;
    letters.blanks();
    let found = letters.take(&['(', '[']).and_then(|_| {
        let _ = letters.word("utc") || letters.word("gmt");
        letters.blanks();
        let minutes = signed(letters, true)?;
        letters.blanks();
        letters.take(&[')', ']']).map(|_| minutes)
    });
    if found.is_none() {
        letters.place = place;
    }
    found
}

/// Names of zones in words.
const NAMES: [(&str, &str); 6] = [
    ("pacific", "America/Los_Angeles"),
    ("eastern", "America/New_York"),
    ("central", "America/Chicago"),
    ("mountain", "America/Denver"),
    ("pt", "America/Los_Angeles"),
    ("et", "America/New_York"),
];

/// Names of zones in scripts without capital letters.
const WORDS: [(&str, &str); 8] = [
    ("北京时间", "Asia/Shanghai"),
    ("北京時間", "Asia/Shanghai"),
    ("中国标准时间", "Asia/Shanghai"),
    ("日本時間", "Asia/Tokyo"),
    ("日本標準時", "Asia/Tokyo"),
    ("한국시간", "Asia/Seoul"),
    ("한국 시간", "Asia/Seoul"),
    ("한국 표준시", "Asia/Seoul"),
];

/// Parses a zone in words: `北京时间`.
pub(super) fn named_in_words(letters: &mut Letters) -> Option<StatedZone> {
    let (written, zone) = WORDS.iter().find(|(word, _)| letters.word(word))?;
    Some(StatedZone { offset: None, zone: Zone::parse(zone), written: (*written).to_owned() })
}

/// Returns the zone with these letters or this name.
pub(in crate::import) fn named(run: &str) -> Option<StatedZone> {
    let small = run.to_ascii_lowercase();
    let in_capitals = run.chars().all(|c| c.is_ascii_uppercase());
    if in_capitals && let Some((minutes, zone)) = zone_of_letters(run) {
        return Some(StatedZone {
            offset: Some(minutes),
            zone: Some(zone),
            written: run.to_owned(),
        });
    }
    if in_capitals {
        let own = notations().iter().flat_map(|notation| notation.zones);
        if let Some((_, written)) = own.into_iter().find(|(letters, _)| *letters == small) {
            let mut letters = Letters::of(written);
            let offset = signed(&mut letters, true);
            return Some(StatedZone { offset, zone: None, written: run.to_owned() });
        }
    }
    let begins_large = run.starts_with(|c: char| c.is_ascii_uppercase());
    let by_name = NAMES.iter().find(|(name, _)| *name == small && begins_large);
    let by_name = by_name.filter(|(name, _)| name.len() > 2 || in_capitals);
    let zone = match by_name {
        Some((_, zone)) => Zone::parse(zone),
        None if run.contains('/') => Zone::parse(run),
        None => None,
    }?;
    Some(StatedZone { offset: None, zone: Some(zone), written: run.to_owned() })
}

/// Whether a signed number can only be an offset: `+09:00`, `+0900`, `+09`. `+5 nodes` belongs to the text.
fn is_whole_offset(letters: &Letters) -> bool {
    let digits = (1..).take_while(|at| letters.ahead(*at).is_some_and(|c| c.is_ascii_digit()));
    let count = digits.count();
    count == 4
        || letters.ahead(1 + count) == Some(':')
        || count == 2 && letters.ahead(1) == Some('0')
}

/// Parses `+09:00`, `+0900`, `+9`; with a minus only if it cannot be the end of a span.
fn signed(letters: &mut Letters, precise: bool) -> Option<i32> {
    let sign = match letters.take(&['+', '-'])? {
        '-' if !precise => return None,
        '-' => -1,
        _ => 1,
    };
    let count = letters.count_digits();
    let number = letters.digits(1..=4).and_then(|number| i32::try_from(number).ok())?;
    let (hours, minutes) = match count {
        3 | 4 => (number / 100, number % 100),
        _ => {
            let place = letters.place;
            letters.take(&[':']);
            let minutes = letters.digits(2..=2);
            if minutes.is_none() {
                letters.place = place;
            }
            (number, minutes.and_then(|minutes| i32::try_from(minutes).ok()).unwrap_or(0))
        }
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// Parses a day.
pub(super) fn day(letters: &mut Letters) -> Option<StatedDay> {
    let place = letters.place;
    for form in [written_day, ideographic_day, day_then_month, month_then_day, numbers] {
        letters.place = place;
        let found = form(letters)
            .filter(|day| (1..=12).contains(&day.month) && (1..=31).contains(&day.day));
        if found.is_some() {
            return found;
        }
    }
    letters.place = place;
    None
}

fn plain_day(year: Option<i32>, month: u32, day: u32) -> Option<StatedDay> {
    Some(StatedDay { year, month, day, turned: false })
}

fn year_of(number: u32) -> Option<i32> {
    i32::try_from(number).ok().filter(|year| (1970..=2100).contains(year))
}

/// Parses `2024-09-07`, `2024/9/7`, `2024. 9. 7.`, `'24. 9. 7.`
fn written_day(letters: &mut Letters) -> Option<StatedDay> {
    let year = match letters.take(&['\'']) {
        Some(_) => year_of(2000 + letters.digits(2..=2)?)?,
        None => year_of(letters.digits(4..=4)?)?,
    };
    let sign = letters.take(&['-', '/', '.'])?;
    if sign == '.' {
        letters.blanks();
    }
    let month = letters.digits(1..=2)?;
    letters.take(&[sign])?;
    if sign == '.' {
        letters.blanks();
    }
    let day = letters.digits(1..=2)?;
    if sign == '.' {
        letters.take(&['.']);
    }
    plain_day(Some(year), month, day)
}

/// Parses `2024년 9월 7일`, `9月7日`.
fn ideographic_day(letters: &mut Letters) -> Option<StatedDay> {
    let count = letters.count_digits();
    let first = letters.digits(1..=4)?;
    letters.blanks();
    let (year, month) = match letters.take(&['년', '年', '월', '月'])? {
        '년' | '年' if count == 4 => {
            letters.blanks();
            let month = letters.digits(1..=2)?;
            letters.blanks();
            letters.take(&['월', '月'])?;
            (Some(year_of(first)?), month)
        }
        '월' | '月' => (None, first),
        _ => return None,
    };
    letters.blanks();
    let day = letters.digits(1..=2)?;
    letters.blanks();
    letters.take(&['일', '日', '号', '號'])?;
    plain_day(year, month, day)
}

/// Parses `7 September 2024`, `7. September`, `3 de febrero de 2026`, `1er mars`.
fn day_then_month(letters: &mut Letters) -> Option<StatedDay> {
    let _ = letters.word("le") || letters.word("the");
    letters.blanks();
    let day = letters.digits(1..=2)?;
    ordinal(letters);
    letters.blanks();
    letters.any(&JOINS);
    letters.blanks();
    let month = letters.meaning(&MONTHS)?;
    plain_day(year(letters), month as u32 + 1, day)
}

/// Parses `September 7th, 2024`.
fn month_then_day(letters: &mut Letters) -> Option<StatedDay> {
    let month = letters.meaning(&MONTHS)?;
    letters.take(&['.']);
    letters.blanks();
    let day = letters.digits(1..=2)?;
    ordinal(letters);
    if letters.peek() == Some(':') && letters.ahead(1).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    plain_day(year(letters), month as u32 + 1, day)
}

fn ordinal(letters: &mut Letters) {
    let _ = ["st", "nd", "rd", "th", "er"].iter().any(|word| letters.word(word))
        || letters.take(&['.', 'º', 'ª', '°']).is_some();
}

/// Parses a year after a month or a day.
fn year(letters: &mut Letters) -> Option<i32> {
    let place = letters.place;
    letters.take(&['.']);
    letters.take(&[',']);
    letters.blanks();
    letters.any(&JOINS);
    letters.blanks();
    let found = letters.digits(4..=4).and_then(year_of);
    let is_year = found.is_some()
        && !is_number_on(letters)
        && !letters.peek().is_some_and(char::is_alphanumeric);
    if !is_year {
        letters.place = place;
        return None;
    }
    found
}

/// Parses `03.08.2023`, `15.11.`, `24/07/25`, `7/5/2023`, `8/2`, `02-13-2025`, `10-01 15:03`.
fn numbers(letters: &mut Letters) -> Option<StatedDay> {
    let is_of_two = letters.count_digits() == 2;
    let first = letters.digits(1..=2)?;
    let sign = letters.take(&['.', '/', '-'])?;
    if sign == '-' {
        return hyphened(letters, first).filter(|_| is_of_two);
    }
    let second = letters.digits(1..=2)?;
    let dotted = sign == '.';
    let place = letters.place;
    let closed = letters.take(&[sign]).is_some();
    let count = letters.count_digits();
    let year = letters.digits(2..=4).filter(|_| closed && count != 3);
    let year = match year {
        Some(number) if count == 2 => year_of(2000 + number),
        Some(number) => Some(year_of(number)?),
        None => {
            letters.place = if dotted && closed { place + 1 } else { place };
            None
        }
    };
    // `1.1.4-hotfix` is a version.
    let goes_on = closed && letters.peek().is_some_and(char::is_alphanumeric);
    if year.is_none() && dotted && (!closed || goes_on) {
        return None;
    }
    if dotted {
        return plain_day(year, second, first);
    }
    of_two_numbers(year, first, second)
}

/// Returns the day from two numbers, one of which is the month; their order may be ambiguous.
fn of_two_numbers(year: Option<i32>, first: u32, second: u32) -> Option<StatedDay> {
    if first > 12 {
        return plain_day(year, second, first);
    }
    let turned = second <= 12 && first != second;
    Some(StatedDay { year, month: first, day: second, turned })
}

/// Parses what follows the first number and hyphen of `02-13-2025`, or of a day without a year, which must precede a
/// clock time or be an end of a span of such days: `10-01 15:03`, `08-23〜08-27`. Otherwise it may be two hours.
fn hyphened(letters: &mut Letters, first: u32) -> Option<StatedDay> {
    let second = letters.digits(2..=2)?;
    let place = letters.place;
    if letters.take(&['-']).is_some() {
        let year = letters.digits(4..=4).and_then(year_of)?;
        return of_two_numbers(Some(year), first, second);
    }
    let day = of_two_numbers(None, first, second)?;
    let is_timed = is_before_clock(letters, day);
    letters.place = place;
    let is_day = is_timed || is_in_span_of_days(letters);
    letters.place = place;
    is_day.then_some(day)
}

/// Whether a clock time follows a day.
fn is_before_clock(letters: &mut Letters, day: StatedDay) -> bool {
    let mut stated = StatedTime { day: Some(day), ..StatedTime::default() };
    for _ in 0..4 {
        letters.blanks();
        if matches!(letters.peek(), Some('-' | '–' | '—' | '/' | ':' | ','))
            || !part(letters, &mut stated, false)
        {
            break;
        }
    }
    stated.clock.is_some()
}

/// Whether a day such as `08-23`, which was just read, begins or ends a span whose other end is such a day too.
fn is_in_span_of_days(letters: &mut Letters) -> bool {
    let begin = letters.place.saturating_sub("08-23".len());
    let before = (0..begin).rev().filter_map(|at| letters.at(at)).find(|c| !c.is_whitespace());
    letters.blanks();
    let is_begun = letters.take(&SPAN).is_some();
    letters.blanks();
    let two = |letters: &mut Letters| letters.digits(2..=2).is_some();
    let is_followed = two(letters) && letters.take(&['-']).is_some() && two(letters);
    before.is_some_and(|c| SPAN.contains(&c)) || is_begun && is_followed
}

/// Signs between the ends of a span of days written with hyphens.
const SPAN: [char; 3] = ['~', '→', '–'];

impl StatedDay {
    /// Returns the day in that year, or in its own if it has one.
    pub(in crate::import) fn in_year(&self, year: i32) -> Option<Day> {
        Day::new(self.year.unwrap_or(year), self.month, self.day)
    }
}
