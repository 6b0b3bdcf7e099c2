//! The days and zones that a document states around its entries.

use crate::fault::{DayFrom, ZoneFrom};
use crate::lang::Notation;
use crate::model::Day;

use super::super::draft::ImportOptions;
use super::lead::{StatedDay, StatedZone, day, lead, named, named_in_words, zone};
use super::letters::{Letters, is_spaced, plain_text};
use super::lines::{Document, What};
use super::words::{has_one, holds_one, is_one};

/// A day that is stated somewhere in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct ToldDay {
    pub(super) day: Day,
    pub(super) from: DayFrom,
    /// The line where it is stated.
    pub(super) line: usize,
}

/// The days and the zone that apply to all entries of a document.
pub(super) struct Around {
    /// `all events happened on …`.
    pub(super) all: Option<ToldDay>,
    /// The day of the first entries, if nothing nearer states one.
    pub(super) fallback: Option<ToldDay>,
    /// The year of days without one, and the day that it comes from.
    pub(super) year: Option<(i32, Day)>,
    /// The zone in a sentence about times.
    sentence: Option<StatedZone>,
    /// The zone in a field with the document's time: `Date: 2024-09-07 18:08 (KST)`.
    field: Option<StatedZone>,
    /// The zone in the title.
    title: Option<StatedZone>,
    /// The offset in the front matter.
    front: Option<StatedZone>,
    /// Whether all times are approximate.
    pub(super) about: bool,
    /// Whether numeric dates begin with the day, as given in advance or shown by other dates.
    pub(super) day_first: Option<bool>,
    /// The line of an ambiguous date before any unambiguous one.
    pub(super) unsure: Option<usize>,
    /// The zero point of `T+4m`.
    pub(super) zero: Option<(super::lead::StatedTime, usize)>,
}

impl Around {
    pub(super) fn of(document: &Document, name: &str, answers: &ImportOptions) -> Around {
        let mut around = Around {
            all: None,
            fallback: None,
            year: None,
            sentence: None,
            field: None,
            title: None,
            front: None,
            about: false,
            day_first: answers.day_first.or_else(|| order_of(document)),
            unsure: None,
            zero: None,
        };
        around.read_lines(document);
        let title = document.title();
        around.title = title.as_ref().and_then(|(title, _)| zone_in(title, false));
        let told = around.told(document, name, answers);
        around.year = told.first().map(|told| (told.day.year(), told.day));
        around.fallback = told.into_iter().next();
        around
    }

    /// Reads sentences about all times.
    fn read_lines(&mut self, document: &Document) {
        for line in &document.lines {
            if matches!(line.what, What::Code | What::Blank) {
                continue;
            }
            let text = line.inner();
            if line.what == What::Page {
                if self.front.is_none() && line.number < 40 {
                    let stated = lead(text.split_once(':').map_or("", |(_, value)| value), false);
                    self.front = stated.and_then(|stated| stated.start.zone);
                }
                continue;
            }
            let begins = lead(text, false).is_some_and(|lead| lead.start.clock.is_some());
            let plain = plain_text(text);
            if !begins && !self.about && holds_one(&plain, |it| it.approximations) {
                self.about = true;
            }
            let of_all = holds_one(&plain, |it| it.all_events);
            if self.sentence.is_none()
                && !begins
                && line.what != What::Row
                && (of_all || holds_one(&plain, |it| it.times))
            {
                self.sentence = zone_in(text, true).or_else(|| zone_of_times(text));
            }
            if self.all.is_none() && of_all {
                let found = day_in(text, self.day_first).and_then(|day| day.in_year(0));
                self.all =
                    found.map(|day| ToldDay { day, from: DayFrom::Sentence, line: line.number });
            }
            if self.zero.is_none() {
                self.zero = zero_of(text).map(|stated| (stated, line.number));
            }
        }
    }

    /// Returns the days that the document states, most relevant first.
    fn told(&mut self, document: &Document, name: &str, answers: &ImportOptions) -> Vec<ToldDay> {
        let day_first = self.day_first;
        let mut told = Vec::new();
        let mut unsure = None;
        let mut add = |text: &str, from, line| {
            let stated = day_in(text, day_first);
            let day = stated.and_then(|stated| stated.year.and_then(|year| stated.in_year(year)));
            if told.is_empty() && stated.is_none() && from != DayFrom::Prose && could_be_two(text) {
                unsure = unsure.or(Some(line));
            }
            told.extend(day.map(|day| ToldDay { day, from, line }));
        };
        for line in document.lines.iter().filter(|line| line.what != What::Page) {
            if let Some(value) = field(line.inner(), line.what, |it| it.date_field) {
                add(value, DayFrom::Field, line.number);
                self.field = self.field.take().or_else(|| zone_in(value, false));
            }
        }
        if let Some((title, line)) = document.title() {
            add(&title, DayFrom::Title, line);
            let closed = title.split(|c: char| !c.is_alphanumeric()).find_map(closed_day);
            add(&closed.map_or(String::new(), |day| day.to_string()), DayFrom::Title, line);
            let front = document.front.iter().find(|(key, ..)| key == "title");
            if let Some((_, title, line)) = front {
                add(title, DayFrom::Title, *line);
            }
        }
        if let Some(day) = answers.date {
            add(&day.to_string(), DayFrom::Option, 1);
        }
        for below in document.parts.iter().filter(|below| below.level > 1) {
            add(&below.title, DayFrom::Heading, below.heading.map_or(1, |line| line + 1));
        }
        for line in document.lines.iter().filter(|line| line.what == What::Text) {
            add(line.inner(), DayFrom::Prose, line.number);
        }
        for (key, value, line) in &document.front {
            if key.contains("date") || key.contains("resolved") || key == "path" {
                add(value, DayFrom::FrontMatter, *line);
            }
        }
        let of_name = day_of_name(name).map(|day| day.to_string());
        add(&of_name.unwrap_or_else(|| name.replace('_', " ")), DayFrom::FileName, 1);
        self.unsure = unsure;
        told
    }

    /// Returns the zone of an entry without one, according to its column, headings and the document.
    pub(super) fn zone(
        &self,
        document: &Document,
        part: usize,
        column: Option<&StatedZone>,
        first: Option<&StatedZone>,
    ) -> Option<(StatedZone, ZoneFrom)> {
        let heading = || {
            document.chain(part).find_map(|at| {
                let below = &document.parts[at];
                let title = below.level == 1;
                zone_in(&below.title, false).filter(|_| !title)
            })
        };
        let with = |zone: &Option<StatedZone>, from| zone.clone().map(|zone| (zone, from));
        column
            .map(|zone| (zone.clone(), ZoneFrom::Column))
            .or_else(|| heading().map(|zone| (zone, ZoneFrom::Heading)))
            .or_else(|| with(&self.sentence, ZoneFrom::Sentence))
            .or_else(|| with(&self.field, ZoneFrom::Field))
            .or_else(|| with(&self.front, ZoneFrom::FrontMatter))
            .or_else(|| first.map(|zone| (zone.clone(), ZoneFrom::FirstEntry)))
            .or_else(|| with(&self.title, ZoneFrom::Title))
    }
}

/// Returns the value of a field: `**Date**: 03.08.2023`, `| Date | 2024-09-07 |`.
pub(super) fn field(
    text: &str,
    what: What,
    names: fn(&'static Notation) -> &'static [&'static str],
) -> Option<&str> {
    if what == What::Row {
        let mut cells = text.trim().trim_matches('|').splitn(2, '|');
        let (name, value) = (cells.next()?, cells.next()?);
        return is_one(name, names).then_some(value);
    }
    let at = text.find([':', '：'])?;
    let (name, value) = text.split_at(at);
    let short = name.chars().count() < 40;
    (short && is_one(name, names)).then(|| value.trim_start_matches([':', '：']))
}

/// Returns the zero point of a document: `Start (T+0): 2026-05-12 09:00 UTC`.
fn zero_of(text: &str) -> Option<super::lead::StatedTime> {
    let plain = text.to_lowercase();
    let at = ["t+0", "t0", "t=0", "t-0"].iter().find_map(|zero| plain.find(zero))?;
    let behind = text.get(at..)?;
    let value = behind.find([':', '=', ')']).and_then(|colon| behind.get(colon..))?;
    let value = value.trim_start_matches(|c: char| ":=)0* ".contains(c));
    let stated = lead(value, false)?.start;
    (stated.clock.is_some() && stated.relative.is_none()).then_some(stated)
}

/// Returns the first day in a text.
pub(super) fn day_in(text: &str, day_first: Option<bool>) -> Option<StatedDay> {
    let mut letters = Letters::of(text);
    while letters.peek().is_some() {
        let begins = !letters.before().is_some_and(char::is_alphanumeric);
        let place = letters.place;
        if begins && let Some(found) = day(&mut letters) {
            let of_clock =
                letters.peek() == Some('t') && letters.ahead(1).is_some_and(|c| c.is_ascii_digit());
            let whole = of_clock || !letters.peek().is_some_and(|c| c.is_ascii_alphanumeric());
            if whole && (!found.turned || day_first.is_some()) {
                return Some(found.answered(day_first));
            }
        }
        letters.place = place + 1;
    }
    None
}

impl StatedDay {
    /// Returns the day with day and month in the given order.
    pub(super) fn answered(self, day_first: Option<bool>) -> StatedDay {
        match day_first {
            Some(true) if self.turned => {
                StatedDay { month: self.day, day: self.month, turned: false, ..self }
            }
            Some(_) => StatedDay { turned: false, ..self },
            None => self,
        }
    }
}

/// Returns the day in a file name: `20240907-outage.md`.
fn day_of_name(name: &str) -> Option<Day> {
    closed_day(name.split(|c: char| !c.is_ascii_digit()).next()?)
}

/// Returns the day in eight digits: `20240907`.
fn closed_day(word: &str) -> Option<Day> {
    if word.len() != 8 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let day = Day::parse(&format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..]))?;
    (1970..=2100).contains(&day.year()).then_some(day)
}

/// Returns the zone in a text; in a sentence, only one that cannot be an ordinary word.
pub(in crate::import) fn zone_in(text: &str, sentence: bool) -> Option<StatedZone> {
    let mut letters = Letters::of(text);
    while letters.peek().is_some() {
        let place = letters.place;
        let begins = !letters.before().is_some_and(|c| c.is_ascii_alphanumeric());
        if let Some(found) = named_in_words(&mut letters) {
            return Some(found);
        }
        if begins {
            let run = letters.run();
            let universal = run.starts_with("UTC") || run.starts_with("GMT");
            let is_meant = |zone: StatedZone| {
                zone.offset.is_some()
                    || !sentence
                    || run.contains('/')
                    || is_called(text, letters.byte(), &run)
            };
            if (universal || named(&run).is_some_and(is_meant))
                && let Some(found) = zone(&mut letters, None)
            {
                return Some(found);
            }
        }
        letters.place = place + 1;
    }
    None
}

/// Returns the zone in the sentence or brackets about times, anywhere in a text: `… It took three hours. What matters
/// (all times in PDT):`.
fn zone_of_times(text: &str) -> Option<StatedZone> {
    let pieces = text.split(['.', '(', '（', '。', '!', '?', ';']);
    pieces.filter(|piece| has_one(piece, |it| it.times)).find_map(|piece| zone_in(piece, true))
}

/// Whether a sentence uses a word as the name of a zone: `All times are Pacific`, `in Eastern time`.
fn is_called(text: &str, at: usize, word: &str) -> bool {
    let before = text.get(..at).unwrap_or("").to_lowercase();
    let behind = text.get(at + word.len()..).unwrap_or("").to_lowercase();
    let is_led = [" are ", " in ", " is "].iter().any(|word| before.ends_with(word));
    let ends = behind.trim_start().trim_end_matches(['.', ')', '*', '_', ' ']);
    is_led && (ends.is_empty() || ends.starts_with("time"))
}

/// Whether a text has an ambiguous numeric date.
pub(super) fn could_be_two(text: &str) -> bool {
    day_in(text, None).is_none() && day_in(text, Some(true)).is_some()
}

/// Returns a day that is alone on its line, possibly ambiguous.
pub(super) fn only_day(text: &str, day_first: Option<bool>) -> Option<StatedDay> {
    let found = lead(text, false)?;
    let alone = plain_text(text.get(found.rest..).unwrap_or("")).is_empty();
    let stated = found.start;
    (alone && found.end.is_none() && stated.clock.is_none() && !found.bracketed)
        .then(|| stated.day.map(|day| day.answered(day_first)))
        .flatten()
}

/// Returns whether numeric dates begin with the day: if one of them is unambiguous, or if the document is in a language
/// that puts the month first and no date ends with its year, as foreign ones do.
fn order_of(document: &Document) -> Option<bool> {
    let (mut shown, mut is_foreign, mut is_both) = (None, false, false);
    for line in document.lines.iter().filter(|line| line.what != What::Code) {
        for (first, second) in days_before_years(line.text) {
            let found = match (first, second) {
                (13..=31, 1..=12) => Some(true),
                (1..=12, 13..=31) => Some(false),
                _ => None,
            };
            is_foreign = true;
            is_both |= shown.is_some() && found.is_some() && shown != found;
            shown = shown.or(found);
        }
    }
    let of_language = || (!is_foreign && says_month_first(document)).then_some(false);
    shown.filter(|_| !is_both).or_else(of_language)
}

/// Returns the two numbers before each year in a text, as in `24/07/2025`, `7/5/23` and `02-13-2025`.
fn days_before_years(text: &str) -> impl Iterator<Item = (u32, u32)> + '_ {
    let of_sign = move |sign: char| {
        let words = text.split(move |c: char| !c.is_ascii_digit() && c != sign);
        words.filter_map(move |word| {
            let parts: Vec<&str> = word.split(sign).collect();
            let [first, second, year] = parts.as_slice() else { return None };
            let is_year = year.len() == 4 || year.len() == 2 && sign == '/';
            let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() < 3);
            Some((number(first)?, number(second)?)).filter(|_| is_year)
        })
    };
    of_sign('/').chain(of_sign('-'))
}

/// Whether a third of a document's letters are Korean, Japanese or Chinese: `8/10` is in August there.
fn says_month_first(document: &Document) -> bool {
    let (mut of_these, mut all) = (0, 0);
    for line in document.lines.iter().filter(|line| !matches!(line.what, What::Code | What::Page)) {
        for c in line.text.chars().filter(|c| c.is_alphabetic()) {
            all += 1;
            of_these += usize::from(!is_spaced(c));
        }
    }
    of_these > 0 && of_these * 3 >= all
}
