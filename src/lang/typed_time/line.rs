//! Lines that begin with a time or with a window.

use crate::fault::TypedTimeFault;
use crate::lang::reading::{ClockWords, TimeWords, Words};
use crate::lang::{time_sets, time_words};
use crate::model::{Moment, Zone};

use super::behind::{Continued, continued};
use super::frame::{Aim, Frame};
use super::parse::{From, OnClock, TypedTime, What, said};
use super::words::{is_unknown_time, leading};
use super::zone::{TypedZone, in_any_record, meanings_of, zone};

/// The parts of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead<'l> {
    /// The time at its start, as typed; with the zone of its window, if that follows the end.
    pub start: String,
    /// The end of its window, as typed.
    pub end: Option<String>,
    /// Whether it is a deadline.
    pub is_due: bool,
    /// The text after it, possibly empty.
    pub text: &'l str,
}

/// The most letters that the time of a line takes.
const TIME_LETTERS: usize = 48;
/// Signs between the start and the end of a window.
const SIGNS: [char; 12] = ['-', '–', '—', '~', '−', '‐', '‑', '～', '〜', '∼', '→', '⇒'];
/// Arrows, which stand there too.
const ARROWS: [&str; 4] = ["->", "=>", "→", "⇒"];

/// Splits a line such as `오후 6시: PV영상 공개`, `17:30 - deploy`, `22:00~22:30 watch` or `오후 6시부터 7시까지 점검` into its time,
/// the end of its window if it has one, and its text; `None` if it does not begin with a time. A text that looks like
/// more of the time (`30 파티` after `오후 6시`, `tomorrow` after `17:30`) is not accepted: nothing is guessed. `is_end` is whether a duration alone
/// (`20m`) is a time.
///
/// # Errors
/// What follows the clock time may or may not belong to it.
pub fn split_time<'l>(
    line: &'l str,
    frame: &Frame,
    is_end: bool,
) -> Result<Option<Lead<'l>>, TypedTimeFault> {
    let line = line.trim_start();
    if let Some((inside, behind)) = wrapped(line)
        && let Some(lead) = split_time(inside, frame, is_end)?.filter(|lead| lead.text.is_empty())
    {
        return Ok(Some(Lead { text: trimmed(behind), ..lead }));
    }
    let end = line.find([' ', ':', '|', ',', '\t']).unwrap_or(line.len());
    let (first, behind) = line.split_at(end);
    if is_unknown_time(first) {
        let start = first.to_owned();
        return Ok(Some(Lead { start, end: None, is_due: false, text: trimmed(behind) }));
    }
    let by = typed_before(line, |times| times.by_before);
    let from = typed_before(line, |times| times.from_before);
    let line = by.or(from).unwrap_or(line);
    let Some((start, end)) = longest(line, frame, is_end)? else { return Ok(None) };
    let (before, behind) = line.split_at(end);
    let join = Join::at(before, behind);
    if is_cut(before, join.ahead) {
        return Ok(None);
    }
    complete(&start, before, behind, frame)?;
    let window = if join.opens_window { window(&start, before, join.ahead, frame)? } else { None };
    let lacks_end = join.is_from
        || from.is_some()
        || (join.opens_window && begins_like_a_time(join.is_dash, join.ahead));
    if window.is_some() || lacks_end {
        return Ok(window);
    }
    let start = before.trim().to_owned();
    let is_due = by.is_some() || join.is_until;
    Ok(Some(Lead { start, end: None, is_due, text: join.text }))
}

/// Returns a whole text as a window, with its beginning and its end as typed; `None` if it is none, or more than one.
pub(super) fn window_alone(text: &str, frame: &Frame) -> Option<(String, String)> {
    let lead = split_time(text, frame, false).ok()??;
    let end = lead.end.filter(|_| lead.text.is_empty())?;
    Some((lead.start, end))
}

/// Returns the window at the start of a text; `None` if there is none in every record.
pub(super) fn window_before_text(text: &str) -> Option<Lead<'_>> {
    let now = Moment::from_unix(0)?;
    let frame = Frame::bare(now, Zone::UTC, Aim::Happened);
    split_time(text, &frame, false).ok()?.filter(|lead| lead.end.is_some())
}

/// Splits off a time in brackets or emphasis: `[18:00] deploy`, `**18:00** deploy`.
fn wrapped(line: &str) -> Option<(&str, &str)> {
    const AROUND: [(&str, &str); 4] = [("[", "]"), ("(", ")"), ("**", "**"), ("`", "`")];
    AROUND.iter().find_map(|(open, close)| line.strip_prefix(open)?.split_once(close))
}

/// A list of words, in every language.
type Part = fn(&'static TimeWords) -> Words;

/// Returns what follows the longest of these words at the start of a line, ignoring case.
fn typed_before(line: &str, words: Part) -> Option<&str> {
    let begins =
        |word: &&&str| line.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    let longest = time_words(words).filter(begins).max_by_key(|word| word.len());
    longest.map(|word| line[word.len()..].trim_start())
}

/// Returns the longest time at the start of a line, and where it ends.
fn longest(
    line: &str,
    frame: &Frame,
    is_end: bool,
) -> Result<Option<(TypedTime, usize)>, TypedTimeFault> {
    let mut best: Option<(TypedTime, usize)> = None;
    for end in boundaries(line) {
        let time = line[..end].trim_end();
        let Some(said) = said(time).filter(|said| counts(said, time, frame, is_end)) else {
            continue;
        };
        // `-5m 30s timeouts`: a signed duration is a single word, unless a colon follows.
        let is_signed = |said: &TypedTime| {
            matches!(said.what, What::Distance { from: From::Sign, .. } | What::FromZero(_))
        };
        let goes_on = best.as_ref().is_some_and(|(best, _)| is_signed(best));
        if !goes_on || line[end..].starts_with(':') {
            best = Some((said, end));
        }
    }
    if let Some((said, end)) = &best {
        unclear(said, &line[..*end], frame)?;
    }
    Ok(best)
}

/// Iterates over offsets where a time may end: spaces, colons, signs, words of windows, and the end of the line.
/// Between Latin letters a dash joins words: `z-index`.
fn boundaries(line: &str) -> impl Iterator<Item = usize> + '_ {
    let ends = |at: usize, c: char| {
        let is_letter = |c: char| c.is_ascii_alphabetic();
        let joins =
            line[..at].ends_with(is_letter) && line[at..].chars().nth(1).is_some_and(is_letter);
        let word = || range_words().any(|word| line[at..].starts_with(word));
        c.is_whitespace()
            || matches!(c, ':' | '：' | '|' | ',')
            || (SIGNS.contains(&c) && !joins)
            || word()
    };
    let letters = line.char_indices().take(TIME_LETTERS);
    let inside = letters.filter(move |(at, c)| *at > 0 && ends(*at, *c)).map(|(at, _)| at);
    inside.chain([line.len()])
}

/// Iterates over words after the start or the end of a window.
fn range_words() -> impl Iterator<Item = &'static str> {
    time_sets().flat_map(|times| times.from_behind.iter().chain(times.until_behind)).copied()
}

/// Whether what was read counts as the time of a line if text follows: `17:30 west region down` has no zone.
fn counts(said: &TypedTime, time: &str, frame: &Frame, is_end: bool) -> bool {
    let last = time.rsplit(char::is_whitespace).next().unwrap_or(time);
    let is_apart = last.starts_with(|c: char| c.is_ascii_alphabetic() || ['+', '-'].contains(&c));
    let said = match &said.what {
        What::Amount(_) => return is_end,
        What::Clock(clock) => &clock.zone,
        _ => return true,
    };
    match said {
        TypedZone::Letters(letters) => {
            let is_large = !last.contains(|c: char| c.is_ascii_lowercase());
            is_large && (meanings_of(letters).is_some() || is_own(letters, frame))
        }
        TypedZone::NoZone(name) => Zone::near(name).is_some(),
        // The end of a window.
        TypedZone::OffsetOrEnd(..) => false,
        TypedZone::NoOffset if !is_apart => false,
        TypedZone::Offset(_) | TypedZone::NoOffset if is_apart => match last.as_bytes() {
            [b'z'] => false,
            // `-10 replicas`; `-19:00` is where a window ends.
            [b'+' | b'-', b'1'..=b'9', _] => false,
            [b'-', _, _, b':', ..] => *said != TypedZone::NoOffset,
            _ => true,
        },
        _ => true,
    }
}

/// Whether it is the abbreviation of the record's zone now, or half a year away.
fn is_own(letters: &str, frame: &Frame) -> bool {
    const HALF_A_YEAR: i64 = 183 * 86_400;
    let seasons = [Some(frame.now), frame.now.plus_seconds(-HALF_A_YEAR)];
    seasons
        .into_iter()
        .flatten()
        .any(|at| at.clock(Some(frame.zone)).zone.eq_ignore_ascii_case(letters))
}

/// Refuses an offset that may be text (`+1000 users`), or the end of a window (`06:00 -07:00`).
fn unclear(said: &TypedTime, time: &str, frame: &Frame) -> Result<(), TypedTimeFault> {
    let What::Clock(clock) = &said.what else { return Ok(()) };
    let Some((before, last)) = time.trim_end().rsplit_once(char::is_whitespace) else {
        return Ok(());
    };
    let words = || TypedTimeFault::OffsetOrWords {
        clock: before.trim_end().to_owned(),
        behind: last.to_owned(),
    };
    let TypedZone::Offset(minutes) = clock.zone else { return Ok(()) };
    match last.as_bytes() {
        [b'+' | b'-', b'1'..=b'9', _, _, _] => Err(words()),
        [b'-', _, _, b':', ..] => {
            let is_own = frame.now.clock(Some(frame.zone)).offset_minutes == minutes;
            if is_own && clock.day.is_some() { Ok(()) } else { Err(words()) }
        }
        _ => Ok(()),
    }
}

/// Refuses a clock time whose day or zone may be the words right behind it: `17:30 tomorrow deploy`.
fn complete(
    clock: &TypedTime,
    typed: &str,
    behind: &str,
    frame: &Frame,
) -> Result<(), TypedTimeFault> {
    let clock_typed = typed.trim();
    if !behind.starts_with(char::is_whitespace) {
        return Ok(());
    }
    match continued(clock, clock_typed, behind) {
        None => Ok(()),
        Some(Continued { words, time }) => {
            let is_own = time.rsplit(' ').next().is_some_and(|letters| is_own(letters, frame));
            let times = if is_own { vec![time] } else { in_any_record(&time) };
            Err(TypedTimeFault::TimeOrWords { clock: clock_typed.to_owned(), behind: words, times })
        }
    }
}

/// What follows a time.
struct Join<'l> {
    /// Whether a sign or a word allows the end of a window to follow.
    opens_window: bool,
    /// Whether a word requires the end of a window to follow.
    is_from: bool,
    /// Whether a word marks a deadline.
    is_until: bool,
    /// Whether it is a dash after a space, an arrow or a word: a text may follow, too.
    is_dash: bool,
    /// The rest after it.
    ahead: &'l str,
    /// The text after the time, if it opens no window.
    text: &'l str,
}

impl<'l> Join<'l> {
    fn at(before: &str, behind: &'l str) -> Join<'l> {
        let rest = behind.trim_start();
        let word = |words: Part| {
            leading(rest, time_words(words).map(|word| (*word, ()))).map(|(_, rest)| rest)
        };
        let from = word(|times| times.from_behind);
        let until = word(|times| times.until_behind).filter(|_| from.is_none());
        let to = typed_before(rest, |times| times.to_between);
        let text = from.or(until).unwrap_or(rest).trim_start();
        let is_blank = behind.len() > rest.len() || before.ends_with(char::is_whitespace);
        let is_arrow = arrow_behind(text).is_some();
        // `-10 replicas`
        let is_number = text.strip_prefix('-').is_some_and(begins_with_digit) && is_blank;
        Join {
            opens_window: text.starts_with(SIGNS) || is_arrow || from.is_some() || to.is_some(),
            is_from: from.is_some(),
            is_until: until.is_some(),
            is_dash: (is_blank && text.starts_with(['-', '–', '—'])) || is_arrow || to.is_some(),
            ahead: to.unwrap_or(trimmed(text)),
            text: if is_number { text } else { trimmed(text) },
        }
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Returns the text after a time, without separators.
fn trimmed(text: &str) -> &str {
    let separator =
        |c: char| matches!(c, ':' | '：' | '|' | ',') || c.is_whitespace() || SIGNS.contains(&c);
    arrow_behind(text).unwrap_or(text).trim_start_matches(separator)
}

/// Returns what follows the arrow at the start of a text.
fn arrow_behind(text: &str) -> Option<&str> {
    ARROWS.iter().find_map(|arrow| text.trim_start().strip_prefix(arrow))
}

/// Returns the window from a time to the one at the start of a text; the zone of one end applies to the other, too.
fn window<'l>(
    start: &TypedTime,
    before: &str,
    text: &'l str,
    frame: &Frame,
) -> Result<Option<Lead<'l>>, TypedTimeFault> {
    let Some((end, length)) = longest(text, frame, false)? else { return Ok(None) };
    let (said, behind) = text.split_at(length);
    let (What::Clock(first), What::Clock(last)) = (&start.what, &end.what) else {
        let (before, said) = (before.trim().to_owned(), said.trim().to_owned());
        let text = trimmed(behind);
        return Ok(start.may_last_until(&end).then_some(Lead {
            start: before,
            end: Some(said),
            is_due: false,
            text,
        }));
    };
    complete(&end, said, behind, frame)?;
    // `6:00-7:00pm`: the start may be in the afternoon, too.
    let unclear = last.clock.half && !first.clock.half && first.clock.time.0 <= 12;
    if unclear && said.is_ascii() || end.about {
        return Ok(None);
    }
    let (before, said) = (before.trim(), said.trim());
    let is_told = |of: &OnClock| of.zone != TypedZone::Unsaid;
    let with = |time: &str, other: &str| match zone_typed(other) {
        Some(zone) => format!("{time} {zone}"),
        None => time.to_owned(),
    };
    let (start, end) = match (is_told(first), is_told(last)) {
        (false, true) => (with(before, said), said.to_owned()),
        (true, false) => (before.to_owned(), with(said, before)),
        _ => (before.to_owned(), said.to_owned()),
    };
    let rest = leading(behind.trim_start(), range_words().map(|word| (word, ())));
    let behind = rest.map_or(behind, |(_, rest)| rest);
    Ok(Some(Lead { start, end: Some(end), is_due: false, text: trimmed(behind) }))
}

/// Returns the zone at the end of a typed time, as typed.
fn zone_typed(time: &str) -> Option<&str> {
    let is_bare = |place: &usize| {
        let before = said(&time[..*place]).is_some_and(
            |said| matches!(said.what, What::Clock(clock) if clock.zone == TypedZone::Unsaid),
        );
        let behind = zone(&time[*place..].to_lowercase(), true);
        before && behind.is_some_and(|zone| zone != TypedZone::Unsaid)
    };
    let places = time.char_indices().map(|(place, _)| place).filter(|place| *place > 0);
    places.rev().find(is_bare).map(|place| time[place..].trim())
}

/// Whether what follows a range sign is more of a time rather than a text. A dash between spaces may also precede a
/// text: `18:00 - 3 pods restart`.
fn begins_like_a_time(is_dash: bool, text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.len() < text.len();
    let digits = text.starts_with('+') || (number && (!is_dash || opens_clock(rest)));
    digits
        || opens_half(text, is_dash)
        || time_words(|times| times.days_of_ends).any(|word| text.starts_with(word))
}

/// Whether a text begins with a part of the day. If it may also be a text in a language without spaces, an hour must
/// follow: `朝9時`, not `朝会`.
fn opens_half(text: &str, may_be_text: bool) -> bool {
    let is_hour = |rest: &str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    time_sets().any(|times| {
        let words = times.halves_before.iter().map(|(word, _)| (*word, ()));
        let opened = leading(text, words).is_some_and(|(_, rest)| {
            is_hour(rest) || times.spaced && rest.starts_with(' ') || !may_be_text
        });
        opened || leading(text, times.noon.iter().map(|word| (*word, ()))).is_some()
    })
}

/// Whether the text after a number makes it a clock time.
fn opens_clock(rest: &str) -> bool {
    rest.starts_with(':') || clock_words().any(|words| rest.starts_with(words.hour))
}

fn clock_words() -> impl Iterator<Item = &'static ClockWords> {
    time_sets().filter_map(|times| times.clock.as_ref())
}

/// Whether a text continues the time before it: minutes after an hour, or what turns the minutes into a relative time
/// (`5분 전`).
fn is_cut(before: &str, text: &str) -> bool {
    let before = before.trim_end();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = &text[digits..];
    let minutes = |words: &ClockWords| {
        before.ends_with(words.hour)
            && (rest.starts_with([' ', ':']) || rest.starts_with(words.minute))
            && !rest.starts_with(words.minutes_long)
    };
    let distance = |words: &ClockWords| {
        before.ends_with(words.minute) && words.distance.iter().any(|word| text.starts_with(word))
    };
    clock_words().any(|words| ((1..=2).contains(&digits) && minutes(words)) || distance(words))
}
