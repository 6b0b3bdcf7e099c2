//! Notes: lines that begin with a time each. What stands below a line belongs to it.

use crate::fault::{DayFrom, DoubtCode, ImportFault, WhyLeft, ZoneFrom};
use crate::lang::{Aim, Frame, read_typed, split_time};
use crate::model::{Day, Event, Incident, Moment, Precision, Zone};

use super::draft::{Answers, Doubt, Draft, DraftRecord, EntryAt, Input, LeftOut, ReadAs};

/// Reads notes.
///
/// # Errors
/// They are no text.
pub(super) fn read(inputs: &[Input], answers: &Answers) -> Result<Draft, ImportFault> {
    let mut draft = Draft::default();
    for input in inputs {
        let text = std::str::from_utf8(&input.bytes).map_err(|fault| ImportFault::NotText {
            name: input.name.clone(),
            byte: fault.valid_up_to(),
        })?;
        let mut notes = Notes::new(&input.name, answers);
        for (place, line) in text.lines().enumerate() {
            notes.line(place + 1, line);
        }
        notes.into_draft(&mut draft);
    }
    Ok(draft)
}

struct Notes<'i> {
    name: &'i str,
    answers: &'i Answers,
    /// The day that lines without one belong to.
    day: Option<Day>,
    record: DraftRecord,
    doubts: Vec<Doubt>,
    left_out: Vec<LeftOut>,
}

impl<'i> Notes<'i> {
    fn new(name: &'i str, answers: &'i Answers) -> Notes<'i> {
        let incident =
            Incident { title: title_of(name), zone: answers.zone, ..Incident::default() };
        Notes {
            name,
            answers,
            day: answers.date,
            record: DraftRecord { incident, ..DraftRecord::default() },
            doubts: Vec::new(),
            left_out: Vec::new(),
        }
    }

    fn line(&mut self, number: usize, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            return;
        }
        match self.entry(number, text) {
            Some(event) => self.record.incident.events.push(event),
            None => self.below(number, text),
        }
    }

    /// A line without a time: it belongs to the entry above.
    fn below(&mut self, number: usize, text: &str) {
        match self.record.incident.events.last_mut() {
            Some(event) => {
                let detail = event.detail.get_or_insert_with(String::new);
                detail.push_str(text);
                detail.push('\n');
            }
            None => self.left_out.push(LeftOut {
                line: number,
                end_line: number,
                column: 1,
                text: text.to_owned(),
                why: WhyLeft::NotTaken,
            }),
        }
    }

    fn entry(&mut self, number: usize, text: &str) -> Option<Event> {
        let zone = self.answers.zone.unwrap_or(Zone::UTC);
        let day = self.day.or(Day::new(2000, 1, 1))?;
        let lead = split_time(text, &frame(day, zone)?, false).ok()??;
        let raw = text.get(..text.len() - lead.text.len()).unwrap_or("").trim();
        let read = |zone| read_typed(&lead.start, &frame(day, zone)?).ok();
        let typed = read(zone)?;
        // A time that is another moment in another zone does not tell its own.
        let other = if zone == Zone::UTC { Zone::parse("Asia/Seoul") } else { Some(Zone::UTC) };
        let other = other.and_then(read);
        let apart = |other: i64| (other - typed.moment.unix()) % 86_400;
        let tells_zone = other.is_some_and(|other| apart(other.moment.unix()) == 0);
        if !tells_zone && self.answers.zone.is_none() {
            self.ask(DoubtCode::NoZone, number, raw);
        }
        if typed.day_inferred && self.day.is_none() {
            self.ask(DoubtCode::NoDate, number, raw);
        }
        let date_from = match typed.day_inferred {
            false => DayFrom::Entry,
            true if self.record.incident.events.is_empty() => DayFrom::Option,
            true => DayFrom::Previous,
        };
        let zone_from = if tells_zone { ZoneFrom::Entry } else { ZoneFrom::Option };
        let until = lead.end.as_deref().and_then(|end| {
            let frame = frame(day, zone)?.ending(&typed);
            Some(read_typed(end, &frame).ok()?.moment)
        });
        self.day = Some(typed.moment.clock(Some(zone)).day);
        self.record.read.push(ReadAs {
            entry: EntryAt::Event(self.record.incident.events.len()),
            line: number,
            column: 1,
            raw: raw.to_owned(),
            date_from: Some(date_from),
            zone_from: Some(zone_from),
        });
        let mut event = Event::new(typed.moment, lead.text);
        event.until = until;
        event.source = Some(format!("{}:{number}", self.name));
        Some(event)
    }

    /// Doubts something that somebody has to answer, once.
    fn ask(&mut self, code: DoubtCode, line: usize, found: &str) {
        if !self.doubts.iter().any(|doubt| doubt.code == code) {
            self.doubts.push(Doubt::new(code, line, 1, found, ""));
        }
    }

    fn into_draft(mut self, draft: &mut Draft) {
        let first = self.record.incident.events.first().and_then(|event| event.at);
        self.record.incident.date = first.map(|at| at.day());
        draft.records.push(self.record);
        draft.doubts.extend(self.doubts);
        draft.left_out.extend(self.left_out);
    }
}

/// What a time is read against on a day of which nothing else is known.
fn frame(day: Day, zone: Zone) -> Option<Frame> {
    let last = Moment::local(zone, day, (23, 59, 0), Precision::Minute, "").ok()?;
    Some(Frame::bare(last, zone, Aim::Happened))
}

/// The title of a record that only has the name of a file.
fn title_of(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(text: &str, zone: Option<&str>, date: Option<&str>) -> Draft {
        let input = Input { name: "notes.txt".to_owned(), bytes: text.as_bytes().to_vec() };
        let answers = Answers {
            zone: zone.and_then(Zone::parse),
            date: date.and_then(Day::parse),
            ..Answers::default()
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
                "2024-09-07T18:08+09:00 pool exhausted notes.txt:2 Some(\"500s on checkout\\n\")",
                "2024-09-07T18:20+09:00 재시작 notes.txt:4 None",
                "2024-09-08T00:05+09:00 green notes.txt:5 None",
            ]
        );
        assert_eq!((draft.left_out.len(), draft.left_out[0].line), (1, 1));
        assert!(draft.doubts.is_empty());
    }

    #[test]
    fn what_no_line_tells_is_asked_for() {
        assert_eq!(draft("18:08 a\n", None, None).asks(), [DoubtCode::NoZone, DoubtCode::NoDate]);
        assert_eq!(draft("18:08Z a\n", None, Some("2024-09-07")).asks(), []);
        assert_eq!(draft("2024-09-07 18:08 a\n", None, None).asks(), [DoubtCode::NoZone]);
    }
}
