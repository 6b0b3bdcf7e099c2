//! Times as people type them: `18:08`, `오후 6시 08분`, `10분 전`, `yesterday 22:57`, `~18:08`.
//!
//! Nothing is guessed: what is not understood is refused, and where a day is not typed the rule
//! that found it is told ([`Frame`]). `m` is minutes, never months.

use unicode_normalization::UnicodeNormalization;

use crate::model::{
    Day, Moment, Precision, TimeFault, Zone, number, read_clock, read_offset, split_offset,
};

/// What a typed time is read against.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// The moment of the command.
    pub now: Moment,
    /// The record's zone.
    pub zone: Zone,
    /// The day a bare clock time belongs to; none for a record that is under way, where `now`
    /// decides.
    pub day: Option<Day>,
    /// Where a bare clock time without a day looks from `now`.
    pub direction: Direction,
}

/// Where a bare clock time is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The latest such moment that is not in the future: for what happened.
    Past,
    /// The next such moment: for a plan.
    Future,
}

/// A typed time, understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typed {
    /// The instant.
    pub moment: Moment,
    /// It was said to be approximate.
    pub about: bool,
    /// The day came from the rule, not from the text.
    pub day_inferred: bool,
    /// Hours in words without a half of the day (`6시 8분`): read on the 24-hour clock.
    pub half_unsaid: bool,
}

/// A clock time this little ahead of `now` is still today's: wall clocks differ.
const AHEAD_SECONDS: i64 = 5 * 60;

/// Reads a typed time.
///
/// # Errors
/// What cannot be understood, does not exist, or is not one instant in the frame's zone.
pub fn read_typed(text: &str, frame: &Frame) -> Result<Typed, TimeFault> {
    let (whole, weekday) = tidy(text);
    let typed = read_tidy(&whole, text, frame)?;
    match weekday {
        // A weekday may confirm a day that was typed, never choose or contradict one.
        Some(_) if typed.day_inferred => Err(TimeFault::Unreadable(text.trim().to_owned())),
        Some(weekday) if typed.moment.day().weekday() != weekday => {
            Err(TimeFault::Impossible(text.trim().to_owned()))
        }
        _ => Ok(typed),
    }
}

fn read_tidy(whole: &str, text: &str, frame: &Frame) -> Result<Typed, TimeFault> {
    let (about, rest) = split_about(whole);
    let unreadable = || TimeFault::Unreadable(text.trim().to_owned());
    if rest.is_empty() {
        return Err(unreadable());
    }
    if let Some(moment) = relative(rest, frame) {
        return Ok(Typed { moment, about, day_inferred: false, half_unsaid: false });
    }
    if let Some(full) = written(rest, frame) {
        return full.map(|moment| Typed { moment, about, day_inferred: false, half_unsaid: false });
    }
    let (day, clock_text) = split_day(rest, frame)?;
    let clock =
        WallClock::read(clock_text).ok_or_else(|| match WallClock::is_shaped(clock_text) {
            true => TimeFault::Impossible(text.trim().to_owned()),
            false => unreadable(),
        })?;
    if day.is_none() && clock.looks_like_a_window(frame) {
        return Err(unreadable());
    }
    let moment = clock.resolve(day, frame, text.trim())?;
    let half_unsaid = clock_text.contains('시') && clock.time.0 < 12 && clock.half == Half::Unsaid;
    Ok(Typed { moment, about, day_inferred: day.is_none(), half_unsaid })
}

/// Splits a line such as `오후 6시: PV영상 공개`, `17:30 - deploy`, `22:00~22:30 watch` or `오후 6시부터
/// 7시까지 점검` into its time, the end of its window if it has one, and its text. A text that begins as
/// if more of the time were to come (`30 파티` after `오후 6시`) is no text: what was meant is not guessed.
pub fn split_leading_window<'a>(
    line: &'a str,
    frame: &Frame,
) -> Option<(Typed, Option<Typed>, &'a str)> {
    let (start, text) = split_leading_time(line, frame)?;
    let before = line[..line.len() - text.len()].trim_end();
    let joined = before.ends_with(SIGNS) || before.ends_with("부터");
    let end = if joined { window_end(&start, before, text, frame) } else { None };
    let (end, text) = match end {
        Some((end, text)) => (Some(end), text),
        None if joined && (before.ends_with("부터") || begins_like_a_time(before, text)) => {
            return None;
        }
        None if is_cut(before, text) => return None,
        None => (None, text),
    };
    Some((start, end, text))
}

/// Signs between the beginning and the end of a window.
const SIGNS: [char; 10] = ['-', '–', '—', '~', '−', '‐', '‑', '～', '〜', '∼'];
/// Words of the twelve-hour clock.
const HALVES: [&str; 14] = [
    "오전", "오후", "새벽", "아침", "낮", "점심", "저녁", "밤", "정오", "am", "pm", "a.m", "p.m",
    "noon",
];
/// The longest window past midnight that is taken as one; a longer one needs its day.
const NIGHT: i64 = 12 * 3600;

/// The end of a window and the text behind it: on the day it begins; where the beginning is told on the
/// twelve-hour clock and the end is not, in the half that follows; of one that begins after noon, past
/// midnight. What would need more than that is not guessed.
fn window_end<'a>(
    start: &Typed,
    before: &str,
    text: &'a str,
    frame: &Frame,
) -> Option<(Typed, &'a str)> {
    let day = start.moment.clock(Some(frame.zone)).day;
    let on = |day: Day| split_leading_time(text, &Frame { day: Some(day), ..*frame });
    let (end, rest) = on(day)?;
    let half_in = |text: &str| {
        let text: String = text.nfc().collect::<String>().to_lowercase();
        HALVES.iter().any(|word| text.contains(word))
    };
    let said = &text[..text.len() - rest.len()];
    let (start_says, end_says) = (half_in(before), half_in(said));
    if end_says && !start_says && said.is_ascii() {
        // `6:00-7:00pm`: the beginning may be meant in the afternoon too.
        return None;
    }
    let length = |end: &Moment| end.unix() - start.moment.unix();
    let found = |moment: Moment| Some((Typed { moment, ..end }, rest));
    if length(&end.moment) > 0 {
        return found(end.moment);
    }
    let hour = end.moment.clock(Some(frame.zone)).hour;
    let later = end.moment.plus_seconds(NIGHT).filter(|_| start_says && !end_says && hour <= 12);
    if let Some(later) = later.filter(|later| length(later) > 0) {
        return found(later);
    }
    let begins_late = start.moment.clock(Some(frame.zone)).hour >= 12;
    let (next, rest) = on(day.plus(1)).filter(|_| begins_late && length(&end.moment) != 0)?;
    (length(&next.moment) < NIGHT).then_some((next, rest))
}

/// Whether what follows a range sign is more of a time rather than a text. A dash between blanks comes
/// before texts too: `18:00 - 3 pods restart`.
fn begins_like_a_time(before: &str, text: &str) -> bool {
    const DAYS: [&str; 7] = ["다음날", "다음 날", "익일", "내일", "오늘", "tomorrow", "자정"];
    let dash = [" -", " –", " —"].iter().any(|dash| before.ends_with(dash));
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.len() < text.len();
    let digits = text.starts_with('+') || (number && (!dash || rest.starts_with([':', '시'])));
    let half = HALVES.iter().any(|word| text.starts_with(word));
    digits || half || DAYS.iter().any(|word| text.starts_with(word))
}

/// Whether a text begins as if it were still the time before it: minutes after an hour, or what turns
/// the minutes into a distance (`5분 전`).
fn is_cut(before: &str, text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    let minutes = (1..=2).contains(&digits)
        && before.ends_with('시')
        && rest.starts_with(['분', ' ', ':'])
        && !rest.starts_with("분간");
    let distance = before.ends_with('분')
        && ["전 ", "뒤", "후 ", "동안", "이내"].iter().any(|word| text.starts_with(word));
    minutes || distance
}

/// Splits a line such as `오후 6시: PV영상 공개` or `17:30 - deploy` into its time and its text.
fn split_leading_time<'a>(line: &'a str, frame: &Frame) -> Option<(Typed, &'a str)> {
    let mut best = None;
    for end in boundaries(line) {
        let time = line[..end].trim_end_matches(|c: char| c == ':' || c.is_whitespace());
        // `10:00-11:00` is a window here, not ten o'clock eleven hours west of Greenwich.
        // After `2024-09-07T10:00` an offset is meant.
        let iso = line.as_bytes().get(10) == Some(&b'T');
        if !iso && best.is_some_and(|(_, end)| opens_range(&line[end..])) {
            break;
        }
        if let Ok(typed) = read_typed(time, frame) {
            best = Some((typed, end));
        }
    }
    let (typed, end) = best?;
    let separator = |c: char| matches!(c, ':' | '：' | '|' | '\t' | ' ') || SIGNS.contains(&c);
    let text = line[end..].trim_start();
    let text = RANGE.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.trim_start_matches(separator);
    (!text.is_empty()).then_some((typed, text))
}

/// Between the beginning and the end of a window, and behind it.
const RANGE: [&str; 2] = ["부터", "까지"];

/// A dash, then a digit: the end of a window follows.
fn opens_range(rest: &str) -> bool {
    let after = rest.trim_start().strip_prefix(SIGNS);
    after.is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Places where a leading time may end: blanks, colons, `부터` and `까지` in the first forty letters.
fn boundaries(line: &str) -> impl Iterator<Item = usize> + '_ {
    let ends = |at: usize, c: char| {
        let word = || RANGE.iter().any(|word| line[at..].starts_with(word));
        c.is_whitespace() || matches!(c, ':' | '：') || SIGNS.contains(&c) || word()
    };
    line.char_indices()
        .take(40)
        .filter(move |(at, c)| ends(*at, *c))
        .map(|(at, _)| at)
        .filter(|at| *at > 0)
}

/// NFC, one blank between words, lower case; and the weekday that was said, 0 for Monday.
fn tidy(text: &str) -> (String, Option<usize>) {
    let text: String = text.nfc().collect::<String>().to_lowercase();
    let mut weekday = None;
    let mut words: Vec<String> = Vec::new();
    for word in text.replace('(', " (").replace(')', ") ").split_whitespace() {
        match weekday_of(word) {
            Some(day) => weekday = Some(day),
            None => words.push(word.to_owned()),
        }
    }
    (words.join(" "), weekday)
}

/// `토요일`, `(토)`, `sat`, `saturday,`.
fn weekday_of(word: &str) -> Option<usize> {
    const KOREAN: [&str; 7] = ["월", "화", "수", "목", "금", "토", "일"];
    const ENGLISH: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let bare = word.trim_matches(['(', ')', ',']);
    if let Some(letter) = bare.strip_suffix("요일") {
        return KOREAN.iter().position(|day| *day == letter);
    }
    if word.starts_with('(')
        && word.ends_with(')')
        && let Some(day) = KOREAN.iter().position(|day| *day == bare)
    {
        return Some(day);
    }
    ENGLISH.iter().position(|day| *day == bare || day[..3] == *bare)
}

/// `~18:08`, `about 18:08`, `약 18:08`, `18:08쯤`, `18:08경`.
fn split_about(text: &str) -> (bool, &str) {
    for sign in ["~", "about ", "약 ", "ca. ", "approx "] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (true, rest.trim_start());
        }
    }
    for sign in ["쯤", "경"] {
        if let Some(rest) = text.strip_suffix(sign) {
            return (true, rest.trim_end());
        }
    }
    (false, text)
}

/// `now`, `-5m`, `+1h30m`, `10 minutes ago`, `1시간 30분 전`.
fn relative(text: &str, frame: &Frame) -> Option<Moment> {
    if ["now", "지금", "방금"].contains(&text) {
        return Some(frame.now.seen_in(frame.zone));
    }
    let (amount, sign) = if let Some(rest) = text.strip_prefix('-') {
        (rest, -1)
    } else if let Some(rest) = text.strip_prefix('+') {
        (rest, 1)
    } else if let Some(rest) = text.strip_suffix("ago") {
        (rest, -1)
    } else if let Some(rest) = text.strip_suffix("전") {
        (rest, -1)
    } else if let Some(rest) = text.strip_suffix("후") {
        (rest, 1)
    } else {
        (text.strip_prefix("in ")?, 1)
    };
    let (seconds, finest) = amount_of_time(amount.trim())?;
    let moment = frame.now.plus_seconds(sign * seconds)?;
    // Beyond a century nobody means it.
    (seconds < 100 * 366 * 86_400).then(|| moment.seen_in(frame.zone).at_most(finest))
}

/// `1h30m`, `90 min`, `2 hours`, `1시간 30분`; a number without a unit is nothing.
fn amount_of_time(text: &str) -> Option<(i64, Precision)> {
    const HOURS: [(&str, &str); 5] = [
        ("한 시간", "1시간"),
        ("두 시간", "2시간"),
        ("세 시간", "3시간"),
        ("네 시간", "4시간"),
        ("한시간", "1시간"),
    ];
    let said = HOURS.iter().find(|(said, _)| text.starts_with(said));
    let numbered = said.map(|(said, number)| text.replacen(said, number, 1));
    let text = numbered.as_deref().unwrap_or(text);
    let mut rest = text;
    let mut seconds: i64 = 0;
    let mut finest = Precision::Minute;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let amount = i64::from(number(&rest[..digits], 1..=4)?);
        rest = rest[digits..].trim_start();
        let letters = rest.find(|c: char| c.is_ascii_digit() || c.is_whitespace());
        let (unit, after) = rest.split_at(letters.unwrap_or(rest.len()));
        let unit_seconds = unit_seconds(unit)?;
        if unit_seconds == 1 {
            finest = Precision::Second;
        }
        seconds = seconds.checked_add(amount.checked_mul(unit_seconds)?)?;
        rest = after.trim_start();
    }
    (!text.is_empty()).then_some((seconds, finest))
}

fn unit_seconds(unit: &str) -> Option<i64> {
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" | "초" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" | "분" => 60,
        "h" | "hr" | "hrs" | "hour" | "hours" | "시간" => 3600,
        "d" | "day" | "days" | "일" => 86_400,
        _ => return None,
    })
}

/// A day and a clock in ISO 8601, or a bare day; `None` if the text has not even that shape.
fn written(text: &str, frame: &Frame) -> Option<Result<Moment, TimeFault>> {
    let shaped = text.len() >= 10
        && text.is_char_boundary(10)
        && text[..10].bytes().filter(|b| *b == b'-').count() == 2;
    if !shaped {
        return None;
    }
    let text = text.replace(" utc", "z").to_uppercase();
    match Moment::parse(&text, Some(frame.zone)) {
        // A day with a clock in words (`2024-09-07 오후 6시`) is read below.
        Err(TimeFault::Unreadable(_)) => None,
        other => Some(other),
    }
}

/// The typed day, if there is one, and what is left for the clock.
fn split_day<'a>(text: &'a str, frame: &Frame) -> Result<(Option<Day>, &'a str), TimeFault> {
    let today = frame.now.clock(Some(frame.zone)).day;
    for (word, days) in DAY_WORDS {
        if let Some(rest) = text.strip_prefix(word)
            && let Some(rest) = rest.strip_prefix(' ')
        {
            return Ok((Some(today.plus(days)), rest.trim_start()));
        }
    }
    if let Some((date, rest)) = text.split_once([' ', 't'])
        && date.len() == 10
        && date.bytes().filter(|b| *b == b'-').count() == 2
    {
        let day = Day::parse(date).ok_or_else(|| TimeFault::Impossible(text.to_owned()))?;
        return Ok((Some(day), rest));
    }
    if let Some((parts, rest)) = korean_date(text).or_else(|| english_date(text)) {
        let day = parts.near(frame, today);
        let day = day.ok_or_else(|| TimeFault::Impossible(text.to_owned()))?;
        return Ok((Some(day), rest));
    }
    Ok((None, text))
}

const DAY_WORDS: [(&str, i64); 10] = [
    ("day before yesterday", -2),
    ("yesterday", -1),
    ("tomorrow", 1),
    ("today", 0),
    ("그저께", -2),
    ("그제", -2),
    ("어제", -1),
    ("오늘", 0),
    ("내일", 1),
    ("모레", 2),
];

/// A date of which the year may be missing.
struct DateParts {
    year: Option<i32>,
    month: u32,
    day: u32,
}

impl DateParts {
    /// With no year typed: the record's year, else the latest (or next) such day.
    fn near(&self, frame: &Frame, today: Day) -> Option<Day> {
        if let Some(year) = self.year {
            return Day::new(year, self.month, self.day);
        }
        if let Some(day) = frame.day {
            return Day::new(day.year(), self.month, self.day);
        }
        let this = Day::new(today.year(), self.month, self.day)?;
        let year = match frame.direction {
            Direction::Past if this > today => today.year() - 1,
            Direction::Future if this < today => today.year() + 1,
            _ => today.year(),
        };
        Day::new(year, self.month, self.day)
    }
}

/// `2024년 9월 7일 …`, `9월 7일 …`.
fn korean_date(text: &str) -> Option<(DateParts, &str)> {
    let (year, rest) = match text.split_once('년') {
        Some((year, rest)) => (Some(number(year, 4..=4)? as i32), rest.trim_start()),
        None => (None, text),
    };
    let (month, rest) = rest.split_once('월')?;
    let (day, rest) = rest.trim_start().split_once('일')?;
    let (month, day) = (number(month.trim(), 1..=2)?, number(day.trim(), 1..=2)?);
    Some((DateParts { year, month, day }, rest.trim_start()))
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `sep 7 …`, `7 september 2024 …`, `sep 7, 2024 …`.
fn english_date(text: &str) -> Option<(DateParts, &str)> {
    let mut words = text.splitn(3, ' ');
    let (first, second, rest) = (words.next()?, words.next()?, words.next()?);
    let (month, day) = match month_of(first) {
        Some(month) => (month, second),
        None => (month_of(second)?, first),
    };
    let day = day.trim_end_matches([',', '.']);
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let day = number(day, 1..=2)?;
    if let Some((year, after)) = rest.split_once(' ')
        && let Some(year) = number(year.trim_end_matches(','), 4..=4)
    {
        return Some((DateParts { year: Some(year as i32), month, day }, after));
    }
    Some((DateParts { year: None, month, day }, rest))
}

fn month_of(word: &str) -> Option<u32> {
    let word = word.trim_end_matches(['.', ',']);
    let place = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() >= 3 && month.starts_with(word)))?;
    Some(place as u32 + 1)
}

/// A time of day as typed.
struct WallClock {
    time: (u32, u32, u32),
    precision: Precision,
    offset: Option<chrono::FixedOffset>,
    half: Half,
}

impl WallClock {
    fn read(text: &str) -> Option<WallClock> {
        let text = text.strip_prefix("at ").unwrap_or(text).replace(" utc", "z");
        let (clock, offset) = match split_offset(&text) {
            (clock, Some(written)) => (clock, Some(read_offset(written)?)),
            (clock, None) => (clock, None),
        };
        let (half, clock) = split_half(clock.trim())?;
        let (time, precision) =
            korean_clock(clock).or_else(|| read_clock(clock)).or_else(|| bare_hour(clock, half))?;
        let time = half.apply(time)?;
        (time.0 < 24 && time.1 < 60 && time.2 < 60).then_some(WallClock {
            time,
            precision,
            offset,
            half,
        })
    }

    /// `18:08-18:20`: an offset west of Greenwich that the zone at hand never has is the end of a window.
    fn looks_like_a_window(&self, frame: &Frame) -> bool {
        const HALF_A_YEAR: i64 = 183 * 86_400;
        let Some(offset) = self.offset.map(|offset| offset.local_minus_utc() / 60) else {
            return false;
        };
        let seasons = [Some(frame.now), frame.now.plus_seconds(-HALF_A_YEAR)];
        let known = |at: Moment| at.clock(Some(frame.zone)).offset_minutes == offset;
        offset < 0 && !seasons.into_iter().flatten().any(known)
    }

    /// Whether it is written as a clock time, such as `25:00`, be there such a one or not.
    fn is_shaped(text: &str) -> bool {
        let (clock, offset) = split_offset(text);
        let sound = offset.is_none_or(|written| read_offset(written).is_some());
        let Some((half, clock)) = split_half(clock.trim()) else { return false };
        let read = korean_clock(clock).or_else(|| read_clock(clock));
        // There is such a time as `밤 12시`, only which one it is people do not agree on.
        let midnight =
            |((hour, ..), _): &((u32, u32, u32), Precision)| half == Half::Evening && *hour == 12;
        sound && read.is_some_and(|read| !midnight(&read))
    }

    fn resolve(&self, day: Option<Day>, frame: &Frame, text: &str) -> Result<Moment, TimeFault> {
        if let Some(day) = day.or(frame.day) {
            return self.on(day, frame, text);
        }
        let today = match self.offset {
            Some(offset) => frame.now.day_at(offset),
            None => frame.now.clock(Some(frame.zone)).day,
        };
        let found = self.on(today, frame, text)?;
        let ahead = found.unix() - frame.now.unix();
        match frame.direction {
            Direction::Past if ahead > AHEAD_SECONDS => self.on(today.plus(-1), frame, text),
            Direction::Future if ahead < -59 => self.on(today.plus(1), frame, text),
            _ => Ok(found),
        }
    }

    fn on(&self, day: Day, frame: &Frame, text: &str) -> Result<Moment, TimeFault> {
        match self.offset {
            None => Moment::local(frame.zone, day, self.time, self.precision, text),
            Some(offset) => Moment::at_offset(day, self.time, self.precision, offset)
                .ok_or_else(|| TimeFault::Impossible(text.to_owned())),
        }
    }
}

/// Which half of the day was said.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    Unsaid,
    Morning,
    Afternoon,
    /// `저녁`, `밤`: five to eleven; what `밤 12시` is people do not agree on.
    Evening,
}

impl Half {
    /// 12-hour to 24-hour clock; hours that no such clock shows are refused.
    fn apply(self, (hour, minute, second): (u32, u32, u32)) -> Option<(u32, u32, u32)> {
        let hour = match self {
            Half::Unsaid => hour,
            // `오전 0시` is what clocks in Korean say at midnight.
            Half::Morning if hour <= 12 => hour % 12,
            Half::Afternoon if (1..=12).contains(&hour) => hour % 12 + 12,
            Half::Evening if (5..=11).contains(&hour) => hour + 12,
            _ => return None,
        };
        Some((hour, minute, second))
    }
}

fn split_half(text: &str) -> Option<(Half, &str)> {
    for (word, half) in [
        ("오전", Half::Morning),
        ("오후", Half::Afternoon),
        ("새벽", Half::Morning),
        ("아침", Half::Morning),
        ("낮", Half::Afternoon),
        ("점심", Half::Afternoon),
        ("저녁", Half::Evening),
        ("밤", Half::Evening),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return Some((half, rest.trim_start()));
        }
    }
    for (word, half) in [
        ("am", Half::Morning),
        ("pm", Half::Afternoon),
        ("a.m.", Half::Morning),
        ("p.m.", Half::Afternoon),
    ] {
        if let Some(rest) = text.strip_suffix(word) {
            return Some((half, rest.trim_end()));
        }
    }
    match text {
        "noon" | "정오" => Some((Half::Unsaid, "12:00")),
        "" => None,
        _ => Some((Half::Unsaid, text)),
    }
}

/// `6시 08분 30초`, `6시 반`, `18시`.
fn korean_clock(text: &str) -> Option<((u32, u32, u32), Precision)> {
    let (hour, rest) = text.split_once('시')?;
    let hour = number(hour.trim(), 1..=2)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(((hour, 0, 0), Precision::Minute));
    }
    if rest == "반" {
        return Some(((hour, 30, 0), Precision::Minute));
    }
    let (minute, rest) = rest.split_once('분')?;
    let minute = number(minute.trim(), 1..=2)?;
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(((hour, minute, 0), Precision::Minute));
    }
    let second = number(rest.strip_suffix('초')?.trim(), 1..=2)?;
    Some(((hour, minute, second), Precision::Second))
}

/// `6` of `6pm`; a bare number alone is no time.
fn bare_hour(text: &str, half: Half) -> Option<((u32, u32, u32), Precision)> {
    let hour = number(text, 1..=2).filter(|_| half != Half::Unsaid)?;
    Some(((hour, 0, 0), Precision::Minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It is 18:30:20 on 7 September 2024 in Seoul, a Saturday.
    fn frame() -> Frame {
        Frame {
            now: Moment::parse("2024-09-07T18:30:20+09:00", None).unwrap(),
            zone: Zone::parse("Asia/Seoul").unwrap(),
            day: None,
            direction: Direction::Past,
        }
    }

    #[track_caller]
    fn reads(text: &str, written: &str) {
        let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!(typed.moment.written(), written, "{text}");
    }

    #[test]
    fn reads_clock_times() {
        for text in [
            "18:08",
            "6:08pm",
            "6:08 PM",
            "오후 6시 08분",
            "오후 6시 8분",
            "오후6시8분",
            "18시 8분",
            "오후 6:08",
            "at 18:08",
            "today 18:08",
            "오늘 18:08",
            "09:08z",
            "09:08 UTC",
        ] {
            let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let expected = Moment::parse("2024-09-07T18:08+09:00", None).unwrap();
            assert_eq!(typed.moment.unix(), expected.unix(), "{text}");
        }
        reads("6시 8분", "2024-09-07T06:08+09:00");
        reads("12am", "2024-09-07T00:00+09:00");
        reads("오전 0시 10분", "2024-09-07T00:10+09:00");
        reads("새벽 3시", "2024-09-07T03:00+09:00");
        reads("밤 11시", "2024-09-06T23:00+09:00");
        reads("12:30pm", "2024-09-07T12:30+09:00");
        reads("오후 6시 반", "2024-09-07T18:30+09:00");
        reads("18:08:07", "2024-09-07T18:08:07+09:00");
        reads("22:57+09:00", "2024-09-06T22:57+09:00");
        reads("정오", "2024-09-07T12:00+09:00");
    }

    #[test]
    fn a_bare_clock_time_is_the_latest_not_in_the_future() {
        reads("18:30", "2024-09-07T18:30+09:00");
        reads("18:34", "2024-09-07T18:34+09:00");
        reads("18:40", "2024-09-06T18:40+09:00");
        let plan = Frame { direction: Direction::Future, ..frame() };
        let next = |text| read_typed(text, &plan).unwrap().moment.written();
        assert_eq!(next("17:00"), "2024-09-08T17:00+09:00");
        assert_eq!(next("18:30"), "2024-09-07T18:30+09:00");
        let past = Frame { day: Day::parse("2024-01-02"), ..frame() };
        let typed = read_typed("23:59", &past).unwrap();
        assert_eq!(typed.moment.written(), "2024-01-02T23:59+09:00");
        assert!(typed.day_inferred);
    }

    #[test]
    fn reads_relative_times() {
        reads("now", "2024-09-07T18:30:20+09:00");
        reads("지금", "2024-09-07T18:30:20+09:00");
        for text in ["-5m", "5m ago", "5 minutes ago", "5 min ago", "5분 전", "- 5m"] {
            reads(text, "2024-09-07T18:25+09:00");
        }
        for text in ["-1h30m", "90m ago", "1시간 30분 전", "1h 30m ago", "-90m"] {
            reads(text, "2024-09-07T17:00+09:00");
        }
        reads("+30m", "2024-09-07T19:00+09:00");
        reads("10초 전", "2024-09-07T18:30:10+09:00");
    }

    #[test]
    fn reads_days() {
        for text in [
            "yesterday 22:57",
            "어제 22:57",
            "어제 오후 10시 57분",
            "2024-09-06 22:57",
            "2024-09-06T22:57+09:00",
            "2024-09-06T13:57Z",
            "2024-09-06 22:57 +0900",
            "9월 6일 22:57",
            "2024년 9월 6일(금) 오후 10시 57분",
            "Sep 6 22:57",
            "6 September 2024 10:57pm",
            "Sep 6, 2024 22:57",
            "2024-09-06 오후 10시 57분",
            "2024년 9월 6일 금요일 22:57",
        ] {
            let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            let expected = Moment::parse("2024-09-06T22:57+09:00", None).unwrap();
            assert_eq!(typed.moment.unix(), expected.unix(), "{text}");
            assert!(!typed.day_inferred, "{text}");
        }
        reads("12월 25일 10:00", "2023-12-25T10:00+09:00");
    }

    #[test]
    fn reads_about() {
        for text in ["~18:08", "about 18:08", "약 18:08", "18:08쯤", "오후 6시 8분경"] {
            let typed = read_typed(text, &frame()).unwrap_or_else(|e| panic!("{text}: {e:?}"));
            assert!(typed.about, "{text}");
            assert_eq!(typed.moment.written(), "2024-09-07T18:08+09:00", "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            " ",
            "25:00",
            "18:60",
            "1808",
            "soon",
            "nonsense",
            "5",
            "-5",
            "5 months ago",
            "-5mo",
            "13:06pm",
            "오후 13시",
            "밤 12시",
            "저녁 3시",
            "9/7 18:08",
            "18:08 KST",
            "2024-13-01 10:00",
            "9월 31일 10:00",
            "yesterday",
            "18:08 or so",
            "월요일 10:00",
            "fri 10:00",
            "2024년 9월 6일(토) 10:00",
            "6",
            "0pm",
            "~",
            "-",
            "99999999h ago",
        ] {
            assert!(read_typed(text, &frame()).is_err(), "{text:?}");
        }
    }

    #[track_caller]
    fn splits(line: &str, time: &str, text: &str) {
        let (typed, rest) = split_leading_time(line, &frame()).unwrap_or_else(|| panic!("{line}"));
        assert_eq!((typed.moment.written().as_str(), rest), (time, text), "{line}");
    }

    #[test]
    fn splits_lines_of_a_plan() {
        splits("오후 6시: PV영상 공개 & 제거", "2024-09-07T18:00+09:00", "PV영상 공개 & 제거");
        splits("오후 5시 30분: 앱 배포", "2024-09-07T17:30+09:00", "앱 배포");
        splits("17:30 - deploy", "2024-09-07T17:30+09:00", "deploy");
        splits("17:30 deploy 3.0", "2024-09-07T17:30+09:00", "deploy 3.0");
        splits("17:30: deploy: now", "2024-09-07T17:30+09:00", "deploy: now");
        splits("2024-09-08 10:00 – check", "2024-09-08T10:00+09:00", "check");
        let (start, end, text) = split_leading_window("10:00-11:00 deploy", &frame()).unwrap();
        assert_eq!((start.moment.written().as_str(), text), ("2024-09-07T10:00+09:00", "deploy"));
        assert_eq!(end.unwrap().moment.written(), "2024-09-07T11:00+09:00");
        let (start, end, text) = split_leading_window("22:00~22:30 감시", &frame()).unwrap();
        assert_eq!((start.moment.written().as_str(), text), ("2024-09-06T22:00+09:00", "감시"));
        assert_eq!(end.unwrap().moment.written(), "2024-09-06T22:30+09:00");
        let (start, end, _) =
            split_leading_window("2024-09-08 23:30-00:30 deploy", &frame()).unwrap();
        assert_eq!(start.moment.written(), "2024-09-08T23:30+09:00");
        assert_eq!(end.unwrap().moment.written(), "2024-09-09T00:30+09:00");
        let (_, end, text) =
            split_leading_window("2024-09-08 23:30-2024-09-10 00:30 deploy", &frame()).unwrap();
        assert_eq!(
            (end.unwrap().moment.written().as_str(), text),
            ("2024-09-10T00:30+09:00", "deploy")
        );
        let line = "2024-09-08T01:30-04:00 ~ 2024-09-08T02:30-05:00 deploy";
        let (start, end, text) = split_leading_window(line, &frame()).unwrap();
        assert_eq!((start.moment.written().as_str(), text), ("2024-09-08T01:30-04:00", "deploy"));
        assert_eq!(end.unwrap().moment.written(), "2024-09-08T02:30-05:00");
        splits("6pm\tdeploy", "2024-09-07T18:00+09:00", "deploy");
        assert_eq!(split_leading_time("deploy at 17:30", &frame()), None);
        assert_eq!(split_leading_time("17:30", &frame()), None);
    }

    #[test]
    fn windows_are_read_or_refused() {
        let zone = Zone::parse("Asia/Seoul").unwrap();
        let now = Moment::parse("2024-09-07T09:00+09:00", None).unwrap();
        let frame = Frame { now, zone, day: None, direction: Direction::Future };
        let told = |line: &str| {
            let Some((start, end, text)) = split_leading_window(line, &frame) else {
                return "—".to_owned();
            };
            let short = |typed: &Typed| typed.moment.written()[8..16].replace('T', " ");
            let end = end.map_or_else(String::new, |end| format!("–{}", short(&end)));
            format!("{}{end} {text}", short(&start))
        };
        let table = [
            ("오후 6시 30분부터 7시까지: 파티", "07 18:30–07 19:00 파티"),
            ("오전 11시 ~ 1시 점검", "07 11:00–07 13:00 점검"),
            ("정오 ~ 1시 점심", "07 12:00–07 13:00 점심"),
            ("22:00~02:00 deploy", "07 22:00–08 02:00 deploy"),
            ("6:30pm - 7:15: party", "07 18:30–07 19:15 party"),
            ("10:00 ~ 오후 1시 회의", "07 10:00–07 13:00 회의"),
            ("18:00 − 19:00 x", "07 18:00–07 19:00 x"),
            ("18:00 - 3 pods restart", "07 18:00 3 pods restart"),
            ("오후 6시 3번 서버", "07 18:00 3번 서버"),
            ("오후 6시 30분간 점검", "07 18:00 30분간 점검"),
            ("오후 6시 ~ 17시 a", "—"),
            ("9시 ~ 6시 근무", "—"),
            ("6:00-7:00pm party", "—"),
            ("18:00-18:00 x", "—"),
            ("18:00-19 deploy", "—"),
            ("오후 6시부터 파티", "—"),
            ("오후 6시 30 파티", "—"),
            ("오후 6시 5분 전 집합", "—"),
            ("18:00 ~ 다음날 01:00 x", "—"),
        ];
        for (line, expected) in table {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
