//! Milestones in separate fields of a document: `First detected: 2024-09-07 14:22`.

use crate::fault::DoubtCode;
use crate::model::{EventType, Precision};

use super::super::draft::Doubt;
use super::candidates::{Candidate, Form, cell_lead};
use super::lead::{Lead, lead};
use super::letters::plain_text;
use super::lines::{Document, Line, What};
use super::reading::Reading;
use super::tables::cell_text;
use super::words::{milestone, tells};

/// A field with the time of a milestone.
struct Told {
    kind: EventType,
    entry: Candidate,
}

/// Marks the events of milestones in fields; a time without an event causes a doubt.
pub(super) fn take(reading: &mut Reading) {
    if reading.record.incident.events.is_empty() {
        return;
    }
    let lines = reading.document.lines.iter().enumerate();
    let fields: Vec<Told> = lines
        .filter(|(at, line)| {
            !reading.used[*at] && matches!(line.what, What::Item | What::Text | What::Row)
        })
        .filter_map(|(at, line)| told(at, line))
        .collect();
    let front = reading.document.front.iter().filter_map(|field| of_front(reading.document, field));
    let fields: Vec<Told> = fields.into_iter().chain(front).collect();
    let entries: Vec<&Candidate> = fields.iter().map(|field| &field.entry).collect();
    let whens = reading.times().run(&entries);
    for (field, when) in fields.iter().zip(whens) {
        let Some(when) = when.filter(|when| when.at.precision() != Precision::Day) else {
            continue;
        };
        mark(reading, field, when.at.unix());
    }
}

/// Returns the field in a line: a milestone, its time, and nothing else.
fn told(at: usize, line: &Line) -> Option<Told> {
    let (kind, found, base) = match line.what {
        What::Row => {
            let kind = milestone(&cell_text(line.text, 0))?;
            let (lead, base) = cell_lead(line.text, 1)?;
            (kind, lead, base)
        }
        _ => of_text(line)?,
    };
    let says_clock = found.start.clock.is_some_and(|clock| clock.minute.is_some());
    let entry = Candidate::new(at, found, Form::Item(0), base);
    (says_clock && entry.lead.end.is_none()).then_some(Told { kind, entry })
}

/// Keys of front matter for milestones, as used by cState.
const FRONT: [(&str, EventType); 1] = [("resolvedwhen", EventType::Resolved)];

/// Returns the field in front matter with the time of a milestone.
fn of_front(document: &Document, (key, value, number): &(String, String, usize)) -> Option<Told> {
    let (_, kind) = FRONT.iter().find(|(known, _)| known == key)?;
    let at = number - 1;
    let base = document.lines.get(at)?.text.find(value.as_str())?;
    let found = lead(value, true)?;
    let is_whole = found.start.day.is_some() && found.start.clock.is_some();
    let entry = Candidate::new(at, found, Form::Item(0), base);
    is_whole.then(|| Told { kind: kind.clone(), entry })
}

fn of_text(line: &Line) -> Option<(EventType, Lead, usize)> {
    let text = line.inner();
    let begin = text.find(|c: char| c.is_ascii_digit())?;
    let kind = milestone(text.get(..begin)?.trim_end_matches(['(', '[', '~']))?;
    let found = lead(text.get(begin..)?, true)?;
    let behind = text.get(begin + found.rest..).unwrap_or("");
    plain_text(behind).is_empty().then_some((kind, found, line.body + begin))
}

/// Marks the only event at that moment; of several, the only one whose text mentions the milestone.
fn mark(reading: &mut Reading, field: &Told, at: i64) {
    let line = &reading.document.lines[field.entry.at];
    let events = &mut reading.record.incident.events;
    let is_then = |moment: crate::model::Moment| {
        moment.precision() != Precision::Day && moment.unix().div_euclid(60) == at.div_euclid(60)
    };
    let then: Vec<usize> =
        (0..events.len()).filter(|place| events[*place].at.is_some_and(is_then)).collect();
    let all: Vec<usize> =
        (0..events.len()).filter(|place| tells(&events[*place].text, &field.kind)).collect();
    let told: Vec<usize> = then.iter().copied().filter(|place| all.contains(place)).collect();
    // One event has the time, and another one mentions the milestone: they contradict each other.
    let other = match (then.as_slice(), told.as_slice(), all.as_slice()) {
        (_, [], [other]) => events[*other].at.map(|at| at.written()),
        ([], ..) => Some(String::new()),
        _ => None,
    };
    if let Some(other) = other {
        let found = plain_text(line.inner());
        let (number, column) = (line.number, line.column(field.entry.base));
        let code = DoubtCode::MilestoneDiffers;
        reading.doubts.push(Doubt::new(code, number, column, &found, &other));
        return;
    }
    if let ([only], _) | (_, [only]) = (then.as_slice(), told.as_slice()) {
        events[*only].kind.get_or_insert(field.kind.clone());
    }
}
