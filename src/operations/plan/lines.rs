//! Steps of a plan as people paste them, a line each.

use crate::fault::{Fault, Field, PlanFault, UnreadLine};
use crate::lang::{Frame, Typed, names_a_day, split_leading_window};
use crate::model::{Day, Moment, PlanStep};

use super::super::texts::accepted;

/// Returns the steps of pasted lines: each is a time and a text; all lines that are not are named at
/// once.
pub(super) fn steps_of_lines(lines: &str, frame: &Frame) -> Result<Vec<PlanStep>, Fault> {
    let mut steps = Vec::new();
    let mut unread = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let line = without_marker(line.trim());
        // `#1 18:00 deploy` is no heading, and neither is one that holds a step.
        let title = line.trim_start_matches('#');
        let heading = title.len() < line.len()
            && (title.is_empty() || title.starts_with(' '))
            && split_leading_window(title.trim(), frame).is_none();
        if heading && says_a_day(line) {
            unread.push(UnreadLine { number: number + 1, text: line.to_owned(), day: true });
        }
        if line.is_empty() || line.starts_with("```") || heading {
            continue;
        }
        match split_leading_window(line, frame) {
            Some((start, end, text)) if !start.about => {
                let (text, id) = split_id(text);
                let above = steps.last().map(|step: &PlanStep| step.at);
                let (start, end) = after_midnight(start, end, above, frame);
                steps.push(PlanStep {
                    id: id.map(str::to_owned),
                    until: end.map(|end| end.moment),
                    ..PlanStep::new(start.moment, accepted(Field::Text, text)?)
                });
            }
            _ => unread.push(UnreadLine { number: number + 1, text: line.to_owned(), day: false }),
        }
    }
    if !unread.is_empty() {
        return Err(PlanFault::Unread(unread).into());
    }
    if steps.is_empty() {
        return Err(PlanFault::NoLines.into());
    }
    Ok(steps)
}

/// Whether a heading names a day, which would be lost.
fn says_a_day(heading: &str) -> bool {
    let iso =
        heading.split_whitespace().any(|word| Day::parse(word.trim_matches(['(', ')'])).is_some());
    names_a_day(heading) || iso
}

/// A clock time before six in the morning, without a day, below one in the evening is on the next day:
/// plans are pasted in their order.
fn after_midnight(
    start: Typed,
    end: Option<Typed>,
    above: Option<Moment>,
    frame: &Frame,
) -> (Typed, Option<Typed>) {
    let hour = |at: &Moment| at.clock(Some(frame.zone)).hour;
    let evening = above.filter(|above| hour(above) >= 18 && above.unix() > start.moment.unix());
    if evening.is_none() || hour(&start.moment) >= 6 || !start.day_inferred {
        return (start, end);
    }
    let next = |typed: Typed| {
        let moment = typed.moment.wall_plus(DAY, Some(frame.zone)).unwrap_or(typed.moment);
        Typed { moment, ..typed }
    };
    (next(start), end.map(next))
}

const DAY: i64 = 86_400;

/// A line of a list without its dash, its bullet or its number: `1. 오후 6시: …`.
fn without_marker(line: &str) -> &str {
    let line = line.trim_start_matches(['-', '*', '•']).trim_start();
    let number = line.split_once(['.', ')']).filter(|(number, rest)| {
        (1..=2).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && rest.starts_with(' ')
    });
    number.map_or(line, |(_, rest)| rest.trim_start())
}

/// `앱 배포 [id: deploy]`: the words, and the id that `asrun plan from --format lines` puts behind them.
fn split_id(text: &str) -> (&str, Option<&str>) {
    let inside = text.strip_suffix(']').and_then(|text| text.rsplit_once(" [id: "));
    let plain =
        |id: &str| !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || "[]".contains(c));
    match inside.filter(|(words, id)| plain(id) && !words.trim().is_empty()) {
        Some((words, id)) => (words.trim_end(), Some(id)),
        None => (text, None),
    }
}
