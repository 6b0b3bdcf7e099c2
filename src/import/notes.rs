//! Notes: lines that begin with a time, below lines that are a day. Indented lines belong to the line above; any other
//! line is in no record.

use crate::fault::{DayFrom, DoubtCode, ImportFault, WhyLeft, ZoneFrom};
use crate::model::{Day, Event, Moment};

use super::draft::{Draft, ImportOptions, Input};
use super::draft_builder::DraftBuilder;
use super::markdown::{Lead, StatedTime, StatedZone, lead, named};
use super::place::Place;
use super::stated::{minutes, moment};
use super::text::text_of;

/// Reads notes.
///
/// # Errors
/// They are not text.
pub(super) fn read(inputs: &[Input], answers: &ImportOptions) -> Result<Draft, ImportFault> {
    let mut gathered = DraftBuilder::new(answers);
    for input in inputs {
        let text = text_of(input, answers)?;
        gathered.begin(title_of(&input.name));
        let mut notes = Notes {
            name: &input.name,
            answers,
            day: None,
            zone: None,
            clock: None,
            before: String::new(),
            last: None,
        };
        for (at, line) in text.lines().enumerate() {
            notes.line(&mut gathered, line, Place::line(at + 1));
        }
        notes.flush(&mut gathered);
    }
    Ok(gathered.finish())
}

/// An entry that following lines may belong to.
struct Entry {
    event: Event,
    place: Place,
    raw: String,
    from: (DayFrom, ZoneFrom),
}

struct Notes<'i> {
    name: &'i str,
    answers: &'i ImportOptions,
    /// The day for lines without one, and its source.
    day: Option<(Day, DayFrom)>,
    /// The zone in a separate line.
    zone: Option<StatedZone>,
    /// The clock time of the previous line, in minutes.
    clock: Option<u32>,
    /// The time of the previous line as it is written.
    before: String,
    last: Option<Entry>,
}

impl Notes<'_> {
    fn line(&mut self, gathered: &mut DraftBuilder<'_>, line: &str, place: Place) {
        let text = line.trim();
        let is_indented = line.starts_with([' ', '\t']);
        if text.is_empty() {
            return;
        }
        if let Some(entry) = self.last.as_mut().filter(|_| is_indented) {
            let text = text.strip_prefix(['-', '*']).unwrap_or(text).trim();
            let detail = entry.event.detail.get_or_insert_with(String::new);
            detail.push_str(if detail.is_empty() { "" } else { "\n" });
            detail.push_str(text);
            return;
        }
        let bare = text.trim_start_matches(['-', '*', '#', ' ']);
        match lead(bare, false) {
            Some(found) if found.start.clock.is_some() => {
                self.flush(gathered);
                self.entry(gathered, bare, &found, place);
            }
            Some(found)
                if found.start.day.is_some() && self.is_day(gathered, bare, &found, place) =>
            {
                self.flush(gathered);
            }
            _ => gathered.leave(place, text.to_owned(), WhyLeft::NoTime),
        }
    }

    /// Reads a line that is only a day, possibly with a zone, which applies to the following lines.
    fn is_day(
        &mut self,
        gathered: &mut DraftBuilder<'_>,
        text: &str,
        found: &Lead,
        place: Place,
    ) -> bool {
        let rest = text.get(found.rest..).unwrap_or_default();
        let rest = rest.trim_matches(|c: char| c.is_whitespace() || "()[]:.".contains(c));
        let zone = found.start.zone.clone().or_else(|| named(rest));
        if !rest.is_empty() && zone.is_none() {
            return false;
        }
        self.zone = zone.or_else(|| self.zone.take());
        self.clock = None;
        if let Some(day) = self.day_of(gathered, &found.start, text, place) {
            self.day = Some((day, DayFrom::Line));
        }
        true
    }

    fn entry(&mut self, gathered: &mut DraftBuilder<'_>, text: &str, found: &Lead, place: Place) {
        let raw = text.get(found.raw.clone()).unwrap_or_default();
        if found.start.is_unclear(self.clock.is_some()) {
            gathered.doubt(DoubtCode::TimeNotUnderstood, place, raw);
            return gathered.leave(place, text.to_owned(), WhyLeft::NoTime);
        }
        let own = found.start.day.is_some();
        let day = self.day_of(gathered, &found.start, raw, place);
        let known = day.map(|day| (day, DayFrom::Entry)).or(self.day.filter(|_| !own));
        let option = || self.answers.date.map(|day| (day, DayFrom::Option));
        let Some((mut day, mut from)) = known.or_else(option) else {
            if !own {
                gathered.ask(DoubtCode::NoDate, place, raw);
            }
            let zones =
                [found.start.zone.is_some(), self.zone.is_some(), gathered.zone().is_some()];
            if !zones.contains(&true) {
                gathered.ask(DoubtCode::NoZone, place, raw);
            }
            return gathered.leave(place, text.to_owned(), WhyLeft::NoTime);
        };
        let clock = minutes(&found.start);
        let back = self.clock.zip(clock).and_then(|(before, now)| before.checked_sub(now));
        // Midnight in words is the next one.
        let most = if found.start.clock.is_some_and(|clock| clock.night) { 0 } else { 12 * 60 };
        if !own && back.is_some_and(|back| back > most) {
            (day, from) = (day.plus(1), DayFrom::Midnight);
            gathered.doubt_as(DoubtCode::MidnightAssumed, place, raw, &day.to_string());
        } else if !own && back.is_some_and(|back| back > 0) {
            gathered.doubt_as(DoubtCode::StepBack, place, raw, &self.before);
        }
        let zone_from = match (&found.start.zone, &self.zone) {
            (Some(_), _) => ZoneFrom::Entry,
            (None, Some(_)) => ZoneFrom::Heading,
            (None, None) => ZoneFrom::Option,
        };
        let words = text.get(found.rest..).unwrap_or_default().trim();
        // `03:40? pool exhausted` is about then.
        let unsure =
            words.strip_prefix(['?', '？']).map(|words| words.trim_start_matches(['?', '？']));
        let unsure = unsure.filter(|words| words.is_empty() || words.starts_with([' ', ')']));
        let at = self.moment(gathered, &found.start, day, place);
        let at = at.map(|at| if unsure.is_some() { at.with_about(true) } else { at });
        let words = unsure.map_or(words, |words| words.trim_start_matches([')', ' ']));
        self.clock = clock;
        raw.clone_into(&mut self.before);
        let before = if from == DayFrom::Line { DayFrom::Line } else { DayFrom::Previous };
        self.day = Some((day, before));
        let Some(at) = at else {
            return gathered.leave(place, text.to_owned(), WhyLeft::NoTime);
        };
        let mut event = Event::new(at, words);
        event.until =
            found.end.as_ref().and_then(|end| self.end(gathered, (end, raw), &at, day, place));
        event.source = Some(format!("{}:{}", self.name, place.line));
        self.last = Some(Entry { event, place, raw: raw.to_owned(), from: (from, zone_from) });
    }

    /// Returns the moment of a time, in the zone of the line, of the lines above, or of the options.
    fn moment(
        &self,
        gathered: &mut DraftBuilder<'_>,
        stated: &StatedTime,
        day: Day,
        place: Place,
    ) -> Option<Moment> {
        let zone = stated.zone.clone().or_else(|| self.zone.clone());
        moment(gathered, &StatedTime { zone, ..stated.clone() }, day, place)
    }

    /// Returns the end of a span, on the next day if it would be before the beginning.
    fn end(
        &self,
        gathered: &mut DraftBuilder<'_>,
        (stated, raw): (&StatedTime, &str),
        at: &Moment,
        day: Day,
        place: Place,
    ) -> Option<Moment> {
        let own = stated.day.and_then(|own| own.in_year(day.year()));
        let end = self.moment(gathered, stated, own.unwrap_or(day), place)?;
        match at.is_before(&end) {
            true => Some(end),
            false if own.is_none() => {
                let next = self.moment(gathered, stated, day.plus(1), place)?;
                gathered.doubt_as(DoubtCode::MidnightAssumed, place, raw, &next.day().to_string());
                Some(next)
            }
            false => None,
        }
    }

    /// Returns the day, if there is one. If the order of day and month is ambiguous, that is asked.
    fn day_of(
        &self,
        gathered: &mut DraftBuilder<'_>,
        stated: &StatedTime,
        raw: &str,
        place: Place,
    ) -> Option<Day> {
        let stated = stated.day?;
        let before = self.day.map(|(day, _)| day).or(self.answers.date);
        gathered.stated_day(stated, before, raw, place)
    }

    fn flush(&mut self, gathered: &mut DraftBuilder<'_>) {
        if let Some(Entry { mut event, place, raw, from }) = self.last.take() {
            // The words of a time alone on its line are below it.
            if let Some(detail) = event.detail.take_if(|_| event.text.is_empty()) {
                let (first, rest) = detail.split_once('\n').unwrap_or((detail.as_str(), ""));
                first.clone_into(&mut event.text);
                event.detail = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
            }
            gathered.event_of(event, place, &raw, from);
        }
    }
}

/// Returns the title of a record from the name of its file.
fn title_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Zone;

    fn draft(text: &str, zone: Option<&str>, date: Option<&str>) -> Draft {
        let input = Input { name: "notes.txt".to_owned(), bytes: text.as_bytes().to_vec() };
        let answers = ImportOptions {
            zone: zone.and_then(Zone::parse),
            date: date.and_then(Day::parse),
            ..ImportOptions::default()
        };
        read(&[input], &answers).unwrap()
    }

    #[test]
    fn lines_with_times_are_events() {
        let draft = draft(
            "on call\n18:08 pool exhausted\n  500s on checkout\n오후 6시 20분 재시작\n2024-09-08 00:05 green\n",
            Some("Asia/Seoul"),
            Some("2024-09-07"),
        );
        let told: Vec<String> = draft.records[0]
            .incident
            .events
            .iter()
            .map(|event| {
                let (at, text) = (event.at.unwrap().written(), &event.text);
                format!("{at} {text} {} {:?}", event.source.as_ref().unwrap(), event.detail)
            })
            .collect();
        assert_eq!(
            told,
            [
                "2024-09-07T18:08+09:00 pool exhausted notes.txt:2 Some(\"500s on checkout\")",
                "2024-09-07T18:20+09:00 재시작 notes.txt:4 None",
                "2024-09-08T00:05+09:00 green notes.txt:5 None",
            ]
        );
        assert_eq!((draft.left_out.len(), draft.left_out[0].line), (1, 1));
        assert!(draft.doubts.is_empty());
    }

    #[test]
    fn what_a_line_says_is_in_the_record_or_doubted() {
        let text = "13:00-12:00 odd\n03:40? pool\n18:55\n  several\n  lines\n12:00 back\n18:00\n";
        let draft = draft(text, Some("Asia/Seoul"), Some("2024-09-07"));
        let events = draft.records[0].incident.events.iter();
        let told: Vec<String> = events
            .map(|event| {
                let about = event.at.unwrap().is_about();
                format!("{} {about} {:?}", event.text, event.detail)
            })
            .collect();
        assert_eq!(
            told,
            [
                "pool true None",
                "back false None",
                "odd false None",
                "several false Some(\"lines\")",
            ]
        );
        let doubts: Vec<String> = draft
            .doubts
            .iter()
            .map(|it| format!("{} {} {}", it.code.word(), it.found, it.taken))
            .collect();
        assert_eq!(
            doubts,
            [
                "midnight-assumed 13:00-12:00 2024-09-08",
                "step-back 03:40 13:00-12:00",
                "step-back 12:00 18:55",
            ]
        );
        assert_eq!(draft.left_out[0].text, "18:00");
    }

    #[test]
    fn what_no_line_states_raises_a_question() {
        assert_eq!(draft("18:08 a\n", None, None).asks(), [DoubtCode::NoZone, DoubtCode::NoDate]);
        assert_eq!(draft("18:08Z a\n", None, Some("2024-09-07")).asks(), []);
        assert_eq!(draft("2024-09-07 18:08 a\n", None, None).asks(), [DoubtCode::NoZone]);
    }
}
