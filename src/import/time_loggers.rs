//! Time loggers: klog's files, jrnl's and timewarrior's entries, as JSON or as they keep them.

use crate::fault::{DoubtCode, ImportFault, WhyLeft};
use crate::model::{Day, Event, Moment};

use super::chat;
use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::ics::taken_apart;
use super::json::{Json, Node, Said as _};
use super::markdown::{Said, lead};
use super::place::Place;
use super::text::text_of;

/// Reads klog's files: a day, and spans of it below.
///
/// # Errors
/// It is no text.
pub(super) fn klog(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.begin(input.name.clone());
        let mut klog = Klog { name: &input.name, day: None, last: None };
        for (at, line) in text.lines().enumerate() {
            klog.line(&mut gathered, line.trim_end(), Place::line(at + 1));
        }
        klog.flush(&mut gathered);
    }
    Ok(gathered.finish())
}

/// A file of klog being read.
struct Klog<'i> {
    name: &'i str,
    day: Option<Day>,
    /// The entry that lines below may belong to.
    last: Option<(Event, Place, String)>,
}

impl Klog<'_> {
    fn line(&mut self, gathered: &mut DraftBuilder<'_>, line: &str, place: Place) {
        let text = line.trim_start();
        let is_indented = text.len() < line.len();
        if text.is_empty() {
            return;
        }
        if !is_indented {
            let day = klog_day(text);
            self.flush(gathered);
            match day {
                Some(day) => self.day = Some(day),
                None => gathered.leave(place, text.to_owned(), WhyLeft::NotTaken),
            }
        } else if let Some((span, words)) = klog_span(text) {
            self.flush(gathered);
            self.entry(gathered, span, words, place);
        } else if let Some((event, ..)) = &mut self.last {
            event.text.push_str(if event.text.is_empty() { "" } else { "\n" });
            event.text.push_str(text);
        } else {
            gathered.leave(place, text.to_owned(), WhyLeft::NoTime);
        }
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

/// Returns the day of a record's first line: `2025-03-08 (8h!)`, `2025/03/08`.
fn klog_day(line: &str) -> Option<Day> {
    let (day, rest) = line.split_at_checked(10)?;
    let is_end = rest.is_empty() || rest.trim_start().starts_with('(') && rest.starts_with(' ');
    Day::parse(&day.replace('/', "-")).filter(|_| is_end)
}

/// From when until when, as written.
struct Span<'t> {
    raw: &'t str,
    start: Option<KlogTime>,
    end: Option<KlogTime>,
    is_open: bool,
}

/// A clock time, on the day of its record or one beside it.
struct KlogTime {
    hours: u32,
    minutes: u32,
    days: i64,
}

impl KlogTime {
    /// Reads `17:31`, `5:31pm`, `<23:00` of the day before, `0:10>` of the next.
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

/// Returns the span that a line begins with, and the words behind it; an amount of time alone has no clock.
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

/// Reads what jrnl exports as JSON, or its own lines: `[2025-03-08 18:08] words`.
///
/// # Errors
/// It is no such file.
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
        let time = jrnl_time(&written);
        match gathered.time(time.as_deref().unwrap_or(&written), place) {
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
                words.push('\n');
                words.push_str(line);
            }
            (None, None) if line.trim().is_empty() => {}
            (None, None) => gathered.leave(place, line.to_owned(), WhyLeft::NoTime),
        }
    }
    keep(gathered, last);
}

/// Returns the time that an entry of jrnl begins with, and the words behind it: in brackets, or bare as `--short` and
/// old releases write it.
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

/// Returns a time of jrnl, which follows the locale, as ISO 8601: `2025-03-08 06:20:00 PM`.
fn jrnl_time(written: &str) -> Option<String> {
    let Said { day, clock, .. } = lead(written, false)?.start;
    let (day, clock) = (day.filter(|day| !day.turned)?, clock?);
    let day = day.in_year(day.year?)?;
    let second = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
    Some(format!("{day}T{:02}:{:02}{second}", clock.hour, clock.minute?))
}

/// Reads what timewarrior exports as JSON, or its own lines: `inc 20250308T083100Z - … # tag`.
///
/// # Errors
/// It is no such file.
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

/// Keeps a span: its note, else its tags, are its words.
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
    let mut parts = rest.splitn(3, " # ");
    let span = parts.next().unwrap_or_default();
    let (start, end) =
        span.split_once(" - ").map_or((span, None), |(start, end)| (start, Some(end)));
    let tags = words_in_quotes(parts.next().unwrap_or_default());
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    let note = words_in_quotes(parts.next().unwrap_or_default()).join(" ");
    interval(gathered, (start.trim(), end.map(str::trim)), &tags, &note, place);
}

/// Returns words, of which some may stand in quotes.
fn words_in_quotes(text: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
            other => word.push(other),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
