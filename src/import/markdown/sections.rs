//! The parts of a document other than timelines: summary, impact, factors, lessons, actions, and the remaining
//! sections.

use std::collections::{BTreeMap, HashSet};

use crate::fault::{DoubtCode, WhyLeft};
use crate::lang::{Notation, notations};
use crate::model::{Audience, Note, Section};

use super::super::draft::{Doubt, ReadSection};
use super::actions::{action_tables, actions, push_stated};
use super::blocks::{is_filling, text_of};
use super::letters::plain_text;
use super::lines::{Below, Line, What};
use super::notes::{notes, told_causes};
use super::reading::Reading;
use super::words::{Part, part_named};

/// Adds every line without an entry to the appropriate part of the record.
pub(super) fn take(reading: &mut Reading) {
    durations(reading);
    labelled(reading);
    let mut of_part: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, line) in reading.document.lines.iter().enumerate() {
        let is_text = !matches!(line.what, What::Page | What::Heading(_));
        if !reading.used[at] && is_text {
            of_part.entry(line.part).or_default().push(at);
        }
    }
    action_tables(reading);
    for (part, lines) in of_part {
        let says =
            |at: &usize| reading.document.lines[*at].what != What::Blank && !reading.used[*at];
        if lines.iter().any(says) {
            let lines: Vec<usize> = lines.into_iter().filter(|at| !reading.used[*at]).collect();
            section(reading, part, &lines);
        }
    }
}

fn section(reading: &mut Reading, part: usize, lines: &[usize]) {
    let below = &reading.document.parts[part];
    let named = below.part;
    let mut lines = lines.to_vec();
    // A subsection within a text keeps its heading.
    if matches!(named, Some(Part::Summary | Part::Impact))
        && part_named(&below.title).is_none()
        && let Some(heading) = below.heading
    {
        lines.insert(0, heading);
    }
    let lines = &lines[..];
    let is_head = below.heading.is_none() || below.level == 1 && named.is_none();
    match named {
        Some(Part::Timeline | Part::Plan) if !is_head && !is_of_its_own(below) => return,
        Some(Part::Impact) if !is_head => {
            let text = text_of(reading, lines);
            let before = reading.record.incident.impact.take();
            reading.record.incident.impact = Some(joined(before, &text));
            note_part(reading, part, "impact");
        }
        _ if is_head || named == Some(Part::Summary) => {
            let text = text_of(reading, lines);
            let before = reading.record.incident.summary.take();
            reading.record.incident.summary = Some(joined(before, &text));
            note_part(reading, part, "summary");
        }
        Some(Part::Actions) => {
            let before = reading.record.incident.actions.len();
            let others = actions(reading, lines);
            if reading.record.incident.actions.len() > before {
                note_part(reading, part, "actions");
            }
            keep(reading, part, lines, &others);
        }
        Some(of) if of.holds_notes() => {
            let noted = notes(reading, of, lines);
            push_notes(reading, part, of, noted.notes);
            keep(reading, part, lines, &noted.others);
        }
        _ => {
            let told = told_causes(reading, lines);
            let others = if told.notes.is_empty() { lines } else { &told.others[..] };
            push_notes(reading, part, Part::Factors, told.notes);
            keep(reading, part, lines, others);
        }
    }
    lines.iter().for_each(|at| reading.used[*at] = true);
}

/// Stores which part of the record a part of the document became.
fn note_part(reading: &mut Reading, part: usize, to: &'static str) {
    let below = &reading.document.parts[part];
    let line = below.heading.map_or(1, |line| line + 1);
    let title = below.title.clone();
    reading.record.sections.push(ReadSection { line, to, title });
}

fn push_notes(reading: &mut Reading, part: usize, of: Part, notes: Vec<Note>) {
    if notes.is_empty() {
        return;
    }
    let (list, to) = list_of(reading, of);
    list.extend(notes);
    note_part(reading, part, to);
}

/// Adds lines of a part as a section under its heading, with the blank lines between them.
fn keep(reading: &mut Reading, part: usize, lines: &[usize], kept: &[usize]) {
    if kept.is_empty() {
        return;
    }
    let kept: HashSet<usize> = kept.iter().copied().collect();
    let is_blank = |at: &usize| reading.document.lines[*at].what == What::Blank;
    let mut of_section: Vec<usize> = Vec::new();
    for at in lines.iter().filter(|at| is_blank(at) || kept.contains(at)) {
        let is_second = is_blank(at) && of_section.last().is_some_and(is_blank);
        if !is_second || kept.contains(at) {
            of_section.push(*at);
        }
    }
    let body = text_of(reading, &of_section);
    let title = reading.document.parts[part].title.clone();
    let title = if title.is_empty() { "—".to_owned() } else { title };
    let audience = Audience::Everyone;
    reading.record.incident.sections.push(Section { title, body, audience });
    note_part(reading, part, "sections");
}

/// Whether a part below a timeline is independent of it: `### Resolution`.
fn is_of_its_own(below: &Below) -> bool {
    below.heading.is_some() && below.parent.is_some() && part_named(&below.title).is_none()
}

fn joined(before: Option<String>, text: &str) -> String {
    match before {
        Some(before) => format!("{}\n\n{text}\n", before.trim_end()),
        None => format!("{text}\n"),
    }
}

/// Returns the record's list for a part with notes, and its key.
fn list_of<'r>(reading: &'r mut Reading, part: Part) -> (&'r mut Vec<Note>, &'static str) {
    let incident = &mut reading.record.incident;
    match part {
        Part::Well => (&mut incident.lessons.well, "lessons.well"),
        Part::Badly => (&mut incident.lessons.badly, "lessons.badly"),
        Part::Lucky => (&mut incident.lessons.lucky, "lessons.lucky"),
        Part::Surprised => (&mut incident.lessons.surprised, "lessons.surprised"),
        Part::Learned => (&mut incident.lessons.learned, "lessons.learned"),
        _ => (&mut incident.contributing_factors, "contributing_factors"),
    }
}

/// Reads a label before a text: `**Root Causes**: the pool was too small`.
fn labelled(reading: &mut Reading) {
    for at in 0..reading.document.lines.len() {
        let line = &reading.document.lines[at];
        let free = !reading.used[at] && matches!(line.what, What::Text | What::Item);
        let own = reading.document.parts[line.part].part.filter(|own| *own != Part::Timeline);
        let text = line.inner();
        let label = text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        let Some((label, value)) = label.filter(|_| free && own.is_none()) else { continue };
        let is_empty = value.trim_matches([':', ' ', '：']).is_empty();
        let more = continuation(reading, at);
        let is_filler =
            more.is_empty() && is_filling(value.trim_start_matches([':', ' ', '：']), |_| false);
        let value = [&[text.to_owned()][..], &more].concat().join("\n");
        let label = label.to_owned();
        let named = part_named(&label).filter(|_| !is_empty && label.chars().count() < 40);
        let number = line.number;
        let to = match named {
            Some(Part::Impact) => {
                let before = reading.record.incident.impact.take();
                reading.record.incident.impact = Some(joined(before, &value));
                "impact"
            }
            Some(part) if is_filler && (part.holds_notes() || part == Part::Actions) => {
                reading.leave(&[at], WhyLeft::Template);
                continue;
            }
            Some(part) if part.holds_notes() => {
                let (list, to) = list_of(reading, part);
                list.push(Note::from(value));
                to
            }
            Some(Part::Actions) if push_stated(reading, at, value) => "actions",
            _ => continue,
        };
        (at..=at + more.len()).for_each(|at| reading.used[at] = true);
        reading.record.sections.push(ReadSection { line: number, to, title: label });
    }
}

/// Returns the lines that continue a line, up to a blank one.
fn continuation(reading: &Reading, at: usize) -> Vec<String> {
    let lines = &reading.document.lines;
    let indent = lines[at].indent;
    let goes_on = |line: &&Line| match line.what {
        What::Text => !line.inner().starts_with("**"),
        What::Item => line.indent > indent,
        _ => false,
    };
    let more = lines[at + 1..].iter().take_while(goes_on);
    more.map(|line| line.text.trim_end().to_owned()).collect()
}

/// The most durations that are compared.
const LENGTHS: usize = 100;

/// Compares the durations in the document with those between its entries.
fn durations(reading: &mut Reading) {
    let mut moments: Vec<i64> = reading
        .record
        .incident
        .events
        .iter()
        .flat_map(|event| [event.at, event.until])
        .flatten()
        .filter(|at| at.precision() > crate::model::Precision::Day)
        .map(|at| at.unix())
        .collect();
    if moments.len() < 2 {
        return;
    }
    moments.sort_unstable();
    let mut told = 0;
    for at in 0..reading.document.lines.len() {
        let line = &reading.document.lines[at];
        let may_tell = matches!(line.what, What::Item | What::Text | What::Row);
        if reading.used[at] || !may_tell || told > LENGTHS {
            continue;
        }
        if let Some((stated, seconds)) = told_length(line.inner()) {
            told += 1;
            let near = |one: &i64| {
                let after = moments.partition_point(|at| *at <= one + seconds - 60);
                moments.get(after).is_some_and(|at| *at < one + seconds + 60)
            };
            if !moments.iter().any(near) {
                let code = DoubtCode::DurationDiffers;
                let longest = moments
                    .iter()
                    .max()
                    .zip(moments.iter().min())
                    .map_or(0, |(last, first)| last - first);
                let taken = format!("{}:{:02}", longest / 3600, longest / 60 % 60);
                reading.doubts.push(Doubt::new(code, line.number, 1, &stated, &taken));
            }
        }
    }
}

/// Returns the duration after a label in a line, in seconds, and its words.
fn told_length(text: &str) -> Option<(String, i64)> {
    let plain = plain_text(text);
    let at = plain.find([':', '|'])?;
    let (label, value) = (plain[..at].trim(), plain[at + 1..].trim());
    let is_label = |word: &&&str| {
        label == **word
            || label.starts_with(&format!("{word} "))
            || label.ends_with(&format!(" {word}"))
    };
    let labelled = notations().iter().flat_map(|it| it.length_labels).any(|word| is_label(&word));
    if !labelled || label.chars().count() > 40 {
        return None;
    }
    let (mut seconds, mut rest, mut stated) = (0, value, false);
    while let Some((number, unit, behind)) = amount(rest) {
        (seconds, rest, stated) = (seconds + number * unit, behind, true);
    }
    let whole = rest.trim_matches(|c: char| !c.is_alphanumeric()).is_empty()
        || rest.starts_with(['(', ' ']);
    (stated && whole && seconds > 0).then(|| (plain.clone(), seconds))
}

/// Parses a number with its unit, in seconds; also returns the rest.
fn amount(text: &str) -> Option<(i64, i64, &str)> {
    let text = text.trim_start_matches([' ', ',', '~']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = text.get(..digits)?.parse().ok()?;
    let rest = text.get(digits..)?.trim_start();
    let unit_of = |words: fn(&'static Notation) -> &'static [&'static str], seconds: i64| {
        let all = notations().iter().flat_map(words);
        let found = all.filter(|word| rest.starts_with(**word)).max_by_key(|word| word.len());
        found.map(|word| (word.len(), seconds))
    };
    let found = [unit_of(|it| it.hours, 3600), unit_of(|it| it.minutes, 60)];
    let (length, unit) = found.into_iter().flatten().max_by_key(|(length, _)| *length)?;
    Some((number, unit, rest.get(length..)?))
}
