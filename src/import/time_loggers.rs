//! Time loggers: klog's files, and the entries of jrnl and timewarrior, as JSON or in their own formats.

use crate::fault::{DoubtCode, ImportFault, WhyLeft};
use crate::model::{Day, Event, Moment};

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::ics::taken_apart;
use super::json::{Json, JsonFields as _, Node};
use super::markdown::{StatedTime, lead};
use super::place::Place;
use super::text::text_of;

/// Reads klog's files: days with spans below them.
///
/// # Errors
/// It is not text.
pub(super) fn klog(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.begin(input.name.clone());
        let mut klog = Klog { name: &input.name, day: None, indent: 0, is_open: false, last: None };
        for (at, line) in text.lines().enumerate() {
            klog.line(&mut gathered, line.trim_end(), Place::line(at + 1));
        }
        klog.flush(&mut gathered);
    }
    Ok(gathered.finish())
}

/// A klog file that is being read.
struct Klog<'i> {
    name: &'i str,
    day: Option<Day>,
    /// The indentation of the record's entries; `None` before its first one.
    indent: usize,
    /// Whether lines without indentation belong to the record: the summary of a day is directly below it.
    is_open: bool,
    /// The entry that following lines may belong to.
    last: Option<(Event, Place, String)>,
}

impl Klog<'_> {
    fn line(&mut self, gathered: &mut DraftBuilder<'_>, line: &str, place: Place) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if text.is_empty() {
            self.is_open = false;
            return;
        }
        if indent == 0 {
            self.flush(gathered);
            return self.head(gathered, text, place);
        }
        self.is_open = false;
        let is_below = self.indent > 0 && indent > self.indent;
        if let Some((span, words)) = klog_span(text).filter(|_| !is_below) {
            self.flush(gathered);
            self.indent = indent;
            self.entry(gathered, span, words, place);
        } else if let Some((event, ..)) = self.last.as_mut().filter(|_| is_below) {
            event.text.push_str(if event.text.is_empty() { "" } else { "\n" });
            event.text.push_str(text);
        } else {
            gathered.leave(place, text.to_owned(), WhyLeft::NoTime);
        }
    }

    /// Reads a line without indentation: the day of a record, or its summary. Entries below anything else have no day.
    fn head(&mut self, gathered: &mut DraftBuilder<'_>, text: &str, place: Place) {
        let day = klog_day(text);
        if day.is_some() {
            (self.day, self.indent, self.is_open) = (day, 0, true);
            return;
        }
        if !self.is_open {
            self.day = None;
        }
        if text.get(..10).is_some_and(is_like_a_day) {
            gathered.doubt(DoubtCode::NoSuchDay, place, text);
        }
        gathered.leave(place, text.to_owned(), WhyLeft::NotTaken);
    }

    fn entry(
        &mut self,
        gathered: &mut DraftBuilder<'_>,
        span: Span<'_>,
        words: &str,
        place: Place,
    ) {
        let Some(day) = self.day else {
            return gathered.leave(place, words.to_owned(), WhyLeft::NoTime);
        };
        let at = span.start.and_then(|start| start.on(gathered, day, place));
        let Some(at) = at else {
            return gathered.leave(place, format!("{} {words}", span.raw), WhyLeft::NoTime);
        };
        let mut event = Event::new(at, words);
        let until = span.end.and_then(|end| end.on(gathered, day, place));
        if until.is_some_and(|until| until.is_before(&at)) {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, span.raw);
        }
        event.until = until.filter(|until| at.is_before(until));
        event.source = Some(format!("{}:{}", self.name, place.line));
        if span.is_open {
            gathered.doubt(DoubtCode::OpenEnd, place, span.raw);
        }
        self.last = Some((event, place, span.raw.to_owned()));
    }

    fn flush(&mut self, gathered: &mut DraftBuilder<'_>) {
        if let Some((event, place, raw)) = self.last.take() {
            let (first, others) = event.text.split_once('\n').unwrap_or((&event.text, ""));
            let detail = (!others.is_empty()).then(|| others.to_owned());
            gathered.event(Event { text: first.to_owned(), detail, ..event }, place, &raw);
        }
    }
}

/// Returns the day in a record's first line: `2025-03-08 (8h!)`, `2025/03/08`.
fn klog_day(line: &str) -> Option<Day> {
    let (day, rest) = line.split_at_checked(10)?;
    let is_end = rest.is_empty() || rest.trim_start().starts_with('(') && rest.starts_with(' ');
    Day::parse(&day.replace('/', "-")).filter(|_| is_end)
}

/// Whether a text has the digits of a day: `2025-02-30`.
fn is_like_a_day(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => matches!(byte, b'-' | b'/'),
        _ => byte.is_ascii_digit(),
    })
}

/// The beginning and the end of a span, as written.
struct Span<'t> {
    raw: &'t str,
    start: Option<KlogTime>,
    end: Option<KlogTime>,
    is_open: bool,
}

/// A clock time, on the day of its record or on an adjacent day.
struct KlogTime {
    hours: u32,
    minutes: u32,
    days: i64,
}

impl KlogTime {
    /// Parses `17:31`, `5:31pm`, `<23:00` on the previous day, `0:10>` on the next.
    fn read(text: &str) -> Option<KlogTime> {
        let (text, before) = text.strip_prefix('<').map_or((text, 0), |rest| (rest, -1));
        let (text, behind) = text.strip_suffix('>').map_or((text, 0), |rest| (rest, 1));
        let lower = text.to_ascii_lowercase();
        let half = ["am", "pm"].into_iter().find(|half| lower.ends_with(half));
        let clock = &lower[..lower.len() - half.map_or(0, str::len)];
        let (hours, minutes) = clock.split_once(':')?;
        let digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        if !digits(hours, 2) || minutes.len() != 2 || !digits(minutes, 2) {
            return None;
        }
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let hours = match half {
            None => hours,
            Some(_) if !(1..=12).contains(&hours) => return None,
            Some("am") => hours % 12,
            Some(_) => hours % 12 + 12,
        };
        let is_end_of_day = hours == 24 && minutes == 0;
        let days = before + behind + i64::from(is_end_of_day);
        let is_time = hours < 24 && minutes < 60 || is_end_of_day;
        is_time.then_some(KlogTime { hours: hours % 24, minutes, days })
    }

    fn on(&self, gathered: &mut DraftBuilder<'_>, day: Day, place: Place) -> Option<Moment> {
        let day = day.plus(self.days);
        gathered.time(&format!("{day}T{:02}:{:02}", self.hours, self.minutes), place)
    }
}

/// Returns the span at the beginning of a line, and the text after it; a duration alone has no clock time.
fn klog_span(line: &str) -> Option<(Span<'_>, &str)> {
    let end_of = |text: &str| text.find(char::is_whitespace).unwrap_or(text.len());
    let dash = line.find('-').filter(|at| line[..*at].trim_end().len() <= 9);
    let span = dash.and_then(|dash| {
        let start = KlogTime::read(line[..dash].trim_end())?;
        let behind = line[dash + 1..].trim_start();
        let written = &behind[..end_of(behind)];
        let is_open = !written.is_empty() && written.bytes().all(|b| b == b'?');
        let end = KlogTime::read(written);
        if end.is_none() && !is_open {
            return None;
        }
        let rest = &behind[written.len()..];
        let raw = line[..line.len() - rest.len()].trim_end();
        Some((Span { raw, start: Some(start), end, is_open }, rest.trim()))
    });
    span.or_else(|| {
        let (raw, rest) = line.split_at(end_of(line));
        let amount = raw.trim_start_matches(['-', '+']);
        let is_amount = amount.starts_with(|c: char| c.is_ascii_digit())
            && amount.ends_with(['h', 'm'])
            && amount.bytes().all(|b| b.is_ascii_digit() || b == b'h' || b == b'm');
        is_amount.then(|| (Span { raw, start: None, end: None, is_open: false }, rest.trim()))
    })
}

/// Reads jrnl's JSON export, or its own lines: `[2025-03-08 18:08] words`.
///
/// # Errors
/// It is not such a file.
pub(super) fn jrnl(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.begin(input.name.clone());
        if !text.trim_start().starts_with(['{']) {
            jrnl_lines(&mut gathered, &input.name, &text);
            continue;
        }
        let json = Json::read(&input.name, &text)?;
        let root = json.root()?;
        for entry in json.under(&root, "entries")? {
            jrnl_entry(&mut gathered, &input.name, &entry);
        }
    }
    Ok(gathered.finish())
}

fn jrnl_entry(gathered: &mut DraftBuilder<'_>, name: &str, entry: &Node<'_>) {
    let value = &entry.value;
    let title = value.text("title").unwrap_or_default();
    let written = [value.text("date"), value.text("time")].map(Option::unwrap_or_default).join(" ");
    let Some(at) = gathered.time(written.trim(), entry.place) else {
        return gathered.leave(entry.place, format!("{written} {title}"), WhyLeft::NoTime);
    };
    let body = value.text("body").unwrap_or_default();
    let mut event = chat::event(at, &format!("{title}\n{body}"));
    event.key = value.is_true("starred");
    event.source = Some(format!("{name}:{}", entry.place.line));
    gathered.event(event, entry.place, written.trim());
}

fn jrnl_lines(gathered: &mut DraftBuilder<'_>, name: &str, text: &str) {
    let mut last: Option<(String, String, Place)> = None;
    let keep = |gathered: &mut DraftBuilder<'_>, entry: Option<(String, String, Place)>| {
        let Some((written, words, place)) = entry else { return };
        match jrnl_time(gathered, &written, place) {
            None => gathered.leave(place, format!("{written} {words}"), WhyLeft::NoTime),
            Some(at) => {
                let is_key = words.split('\n').next().is_some_and(|title| title.ends_with(" *"));
                let mut event = chat::event(at, &words);
                event.text = event.text.strip_suffix(" *").unwrap_or(&event.text).to_owned();
                event.key = is_key;
                event.source = Some(format!("{name}:{}", place.line));
                gathered.event(event, place, &written);
            }
        }
    };
    let is_bare = !text.lines().any(|line| jrnl_start(line, false).is_some());
    for (at, line) in text.lines().enumerate() {
        let place = Place::line(at + 1);
        match (jrnl_start(line, is_bare), &mut last) {
            (Some((written, words)), _) => {
                keep(gathered, last.take());
                last = Some((written.to_owned(), words.to_owned(), place));
            }
            (None, Some((_, words, _))) => {
                // A pretty export marks the lines of an entry.
                let line = line.strip_prefix('|').filter(|_| is_bare).unwrap_or(line);
                words.push('\n');
                words.push_str(line.strip_prefix(' ').filter(|_| is_bare).unwrap_or(line));
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => gathered.leave(place, line.to_owned(), WhyLeft::NoTime),
        }
    }
    keep(gathered, last);
}

/// Returns the time at the beginning of a jrnl entry, and the text after it: in brackets, or without, as with `--short`
/// and in old releases.
fn jrnl_start(line: &str, is_bare: bool) -> Option<(&str, &str)> {
    if is_bare {
        let found = lead(line, false).filter(|_| line.starts_with(|c: char| c.is_ascii_digit()))?;
        let is_whole = found.start.day.is_some_and(|day| day.year.is_some());
        let (written, words) = (line.get(..found.raw.end)?, line.get(found.raw.end..)?);
        let is_entry = is_whole && found.start.clock.is_some() && words.starts_with(' ');
        return is_entry.then(|| (written.trim(), words.trim()));
    }
    let (written, words) = line.strip_prefix('[')?.split_once(']')?;
    let is_time = lead(written, false).is_some_and(|found| found.start.day.is_some());
    is_time.then(|| (written.trim(), words.trim()))
}

/// Parses a time of jrnl, which depends on the locale: `2025-03-08 06:20:00 PM`. If the order of day and month is
/// ambiguous, that is asked.
fn jrnl_time(gathered: &mut DraftBuilder<'_>, written: &str, place: Place) -> Option<Moment> {
    let stated = lead(written, false).map(|found| found.start);
    let Some(StatedTime { day: Some(day), clock: Some(clock), .. }) = stated else {
        return gathered.time(written, place);
    };
    let (Some(minute), true) = (clock.minute, day.year.is_some()) else {
        return gathered.time(written, place);
    };
    let day = gathered.stated_day(day, None, written, place)?;
    let second = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
    gathered.time(&format!("{day}T{:02}:{minute:02}{second}", clock.hour), place)
}

/// Reads timewarrior's JSON export, or its own lines: `inc 20250308T083100Z - … # tag`.
///
/// # Errors
/// It is not such a file.
pub(super) fn timewarrior(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.belong("", || input.name.clone());
        if !text.trim_start().starts_with('[') {
            for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                timewarrior_line(&mut gathered, line, Place::line(at + 1));
            }
            continue;
        }
        let json = Json::read(&input.name, &text)?;
        for item in json.items()? {
            let value = &item.value;
            let tags: Vec<&str> =
                value.list("tags").iter().filter_map(serde_json::Value::as_str).collect();
            let [start, end] = ["start", "end"].map(|key| value.text(key));
            let note = value.text("annotation").unwrap_or_default();
            interval(&mut gathered, (start.unwrap_or_default(), end), &tags, note, item.place);
        }
    }
    Ok(gathered.finish())
}

/// Adds a span: its text is its note, else its tags.
fn interval(
    gathered: &mut DraftBuilder<'_>,
    (start, end): (&str, Option<&str>),
    tags: &[&str],
    note: &str,
    place: Place,
) {
    let tags = tags.join(", ");
    let text = if note.is_empty() { tags.clone() } else { note.to_owned() };
    let iso =
        |raw: &str| taken_apart(raw).and_then(|(day, clock)| Some(format!("{day}T{}", clock?)));
    let at = iso(start).and_then(|iso| gathered.time(&iso, place));
    let Some(at) = at else {
        return gathered.leave(place, format!("{start} {text}"), WhyLeft::NoTime);
    };
    let mut event = chat::event(at, &text);
    let until = end.and_then(iso).and_then(|iso| gathered.time(&iso, place));
    if let Some(end) = end.filter(|_| until.is_none_or(|until| until.is_before(&at))) {
        gathered.doubt(DoubtCode::TimeNotUnderstood, place, end);
    }
    event.until = until.filter(|until| at.is_before(until));
    if !note.is_empty() && !tags.is_empty() {
        event.detail =
            Some(event.detail.map_or(tags.clone(), |detail| format!("{detail}\n\n{tags}")));
    }
    if end.is_none() {
        gathered.doubt(DoubtCode::OpenEnd, place, start);
    }
    event.source = Some(format!("timewarrior:{start}"));
    gathered.event(event, place, start);
}

fn timewarrior_line(gathered: &mut DraftBuilder<'_>, line: &str, place: Place) {
    let Some(rest) = line.trim().strip_prefix("inc ") else {
        return gathered.leave(place, line.to_owned(), WhyLeft::NotTaken);
    };
    // A span, `#`, tags, `#`, a note; without tags both marks are adjacent.
    let words = words_in_quotes(rest);
    let mut parts = words.split(|(word, is_quoted)| word == "#" && !is_quoted);
    let mut part = || -> Vec<&str> {
        parts.next().unwrap_or_default().iter().map(|(word, _)| word.as_str()).collect()
    };
    let (span, tags, note) = (part(), part(), part().join(" "));
    let (start, end) = match span.as_slice() {
        [start, "-", end] => (*start, Some(*end)),
        [start] => (*start, None),
        _ => return gathered.leave(place, line.to_owned(), WhyLeft::NoTime),
    };
    interval(gathered, (start, end), &tags, &note, place);
}

/// Returns words, and whether each was in quotes, where a backslash escapes a quote.
fn words_in_quotes(text: &str) -> Vec<(String, bool)> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let (mut is_inside, mut was_quoted) = (false, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if is_inside && matches!(letters.peek(), Some('"' | '\\')) => {
                word.extend(letters.next());
            }
            // A quote within a word is part of it.
            '"' if is_inside || word.is_empty() => {
                is_inside = !is_inside;
                was_quoted = true;
            }
            ' ' if !is_inside => {
                words.push((std::mem::take(&mut word), std::mem::take(&mut was_quoted)))
            }
            other => word.push(other),
        }
    }
    words.push((word, was_quoted));
    words.retain(|(word, _)| !word.is_empty());
    words
}
