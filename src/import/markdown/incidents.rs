//! Documents about several incidents: which lines belong to each of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::candidates::{Candidate, Form};
use super::context::{day_in, only_day};
use super::letters::plain_text;
use super::lines::{Document, What};
use super::words::{Part, part_named};

/// The lines of an incident, and its title.
pub(super) struct Told {
    pub(super) lines: Range<usize>,
    pub(super) title: String,
}

/// Returns the incidents of a document, if there are several. `split` is the given option.
pub(super) fn incidents(
    document: &Document,
    found: &[Candidate],
    split: Option<bool>,
) -> Vec<Told> {
    if split == Some(false) {
        return Vec::new();
    }
    let mut siblings: BTreeMap<(u8, Option<usize>), Vec<usize>> = BTreeMap::new();
    for (part, below) in document.parts.iter().enumerate() {
        if below.heading.is_some() && (1..=6).contains(&below.level) {
            siblings.entry((below.level, below.parent)).or_default().push(part);
        }
    }
    let several = |parts: &Vec<usize>| -> Vec<usize> {
        let are: Vec<usize> = parts
            .iter()
            .copied()
            .filter(|part| is_incident(document, found, *part, split == Some(true)))
            .collect();
        if are.len() > 1 { are } else { are_spans(document, found, parts) }
    };
    let first = siblings.values().map(several).find(|parts| parts.len() > 1);
    first.unwrap_or_default().into_iter().filter_map(|part| told(document, part)).collect()
}

fn told(document: &Document, part: usize) -> Option<Told> {
    let below = &document.parts[part];
    let lines = lines_of(document, part)?;
    let is_only_time = super::lead::lead(&below.title, false)
        .is_some_and(|lead| plain_text(below.title.get(lead.rest..).unwrap_or("")).is_empty());
    let above = below.parent.map(|parent| document.parts[parent].title.as_str());
    let title = match above.filter(|_| is_only_time) {
        Some(above) => format!("{above} {}", below.title),
        None => below.title.clone(),
    };
    Some(Told { lines, title })
}

/// Returns the lines of a part, including its subsections.
fn lines_of(document: &Document, part: usize) -> Option<Range<usize>> {
    let begin = document.parts[part].heading?;
    let level = document.parts[part].level;
    let ends = |line: &super::lines::Line| matches!(line.what, What::Heading(other @ 1..=6) if other <= level);
    let length = document.lines[begin + 1..].iter().take_while(|line| !ends(line)).count();
    Some(begin..begin + 1 + length)
}

/// Whether a part is about an incident: its heading has a day and a name, and it contains entries and subsections such
/// as a timeline or causes.
fn is_incident(document: &Document, found: &[Candidate], part: usize, stated: bool) -> bool {
    let below = &document.parts[part];
    let Some(lines) = lines_of(document, part) else { return false };
    let has_entries = found.iter().any(|it| lines.contains(&it.at) && it.at != lines.start);
    if stated {
        return has_entries && part_named(&below.title).is_none();
    }
    let is_named = day_in(&below.title, None).is_some() && only_day(&below.title, None).is_none();
    let has_parts = document.parts.iter().any(|other| {
        other.heading.is_some_and(|at| at != lines.start && lines.contains(&at))
            && part_named(&other.title).is_some()
    });
    let has_labels = document.lines[lines].iter().any(|line| {
        let label = line.inner().strip_prefix("**").and_then(|rest| rest.split_once("**"));
        label.is_some_and(|(label, _)| part_named(label).is_some())
    });
    has_entries && is_named && (has_parts || has_labels)
}

/// Returns the parts whose headings are only a span of time outside a timeline: one outage each.
fn are_spans(document: &Document, found: &[Candidate], parts: &[usize]) -> Vec<usize> {
    let is_span = |part: &usize| {
        let below = &document.parts[*part];
        let own = found.iter().find(|it| Some(it.at) == below.heading);
        own.is_some_and(|it| {
            let line = document.lines[it.at].text;
            let behind = line.get(it.base + it.lead.rest..).unwrap_or("");
            matches!(it.form, Form::Heading(_))
                && below.part != Some(Part::Timeline)
                && it.lead.start.day.is_some()
                && it.lead.end.is_some()
                && !plain_text(behind).chars().any(char::is_alphanumeric)
        })
    };
    if parts.iter().all(is_span) { parts.to_vec() } else { Vec::new() }
}
